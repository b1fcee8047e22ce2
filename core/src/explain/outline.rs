//! What a rule set says on a day, as a document to read: every rule in force in words, with its clause.
//!
//! An [`Outline`] is typed, so that a face can lay it out in its own way; [`Outline::write`] does it as text, Markdown
//! or a page of HTML. Two of them are compared rule by rule by [`Outline::changes_to`].

mod changes;
mod charges;
mod declared;
mod grounds;
mod schedules;
mod write;

use super::names::Names;
use super::number::{Day, pick};
use super::put::put;
use crate::dues::Charges;
use crate::ruleset::{Attested, InForce, Rules, SourceId};
use crate::value::Date;

pub use changes::{Change, ChangeKind};
pub use write::OutlineFormat;

/// What a rule set says on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The language of its words: `zh`, or else English.
    pub language: Box<str>,
    /// The title of the rule set.
    pub title: String,
    /// Which rule set it is, for which day, and how well its rules are attested; a line each.
    pub head: Vec<String>,
    /// Charges in the order of the document, then what they are worked out from, then what is not in the rules.
    pub sections: Vec<Section>,
}

/// A section of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub kind: SectionKind,
    /// Its heading.
    pub title: String,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// Something that is owed.
    Charge,
    /// How values are worked out.
    Terms,
    /// What an organisation decides for itself.
    Settings,
    /// What is asked of a member or an organisation.
    Facts,
    /// Texts that are not in the rules.
    NotEncoded,
    /// The instruments that the rules rest on.
    Sources,
}

/// A part of a section, such as the reductions of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its heading, if it has one.
    pub title: Option<String>,
    /// What it holds.
    pub entries: Vec<Entry>,
}

/// A rule in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The place of the rule, such as `dues.tariff.waged`; none for a text that is not in the rules.
    pub path: Option<Box<str>>,
    /// What it is called, if anything.
    pub title: Option<String>,
    /// What it says, a line each.
    pub says: Vec<String>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What it rests on; none for what is only declared.
    pub grounds: Option<Grounds>,
}

/// Rows with as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table is, if that is to be said.
    pub title: Option<String>,
    /// What stands above each column.
    pub columns: Vec<String>,
    /// The rows; the first cell says which row it is.
    pub rows: Vec<Vec<String>>,
}

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// The clauses, each as a reader of the language writes it.
    pub clauses: Vec<String>,
    /// The instruments of the clauses, by their numbers in the rule set.
    pub sources: Vec<SourceId>,
    /// The first day in force, if it is known.
    pub from: Option<Date>,
    /// The last day in force, if there is one.
    pub until: Option<Date>,
    /// The day of issue, where that is later than the first day in force.
    pub issued: Option<Date>,
    /// How well the text is attested.
    pub attested: Attested,
    /// Why the authors of the rule set decided, where the text is silent.
    pub chosen: Option<Box<str>>,
    /// All of it in words.
    pub words: String,
}

/// What an outline is made from.
#[derive(Clone, Copy)]
struct Writer<'a> {
    names: Names<'a>,
    in_force: &'a InForce,
}

impl Outline {
    /// The rules that hold on a day and had been issued by another.
    pub(crate) fn of(rules: &Rules, charges: &Charges, at: Date, known: Date, language: &str) -> Self {
        let in_force = InForce::at(&rules.timelines, at, known);
        let names = Names::new(rules, charges, language);
        let writer = Writer { names, in_force: &in_force };
        let mut sections: Vec<Section> = charges.charges.iter().map(|charge| writer.charge(charge)).collect();
        sections
            .extend([writer.terms(), writer.settings(), writer.facts(), writer.not_encoded()].into_iter().flatten());
        let sources = writer.sources(&sections);
        let mut outline = Self {
            language: language.into(),
            title: names.title(&rules.title, &rules.id).into_owned(),
            head: Vec::new(),
            sections,
        };
        outline.head = writer.head(&outline);
        outline.sections.extend(sources);
        outline
    }

    /// Every rule of it that rests on something, in the order of the document.
    pub fn grounds(&self) -> impl Iterator<Item = &Grounds> {
        let parts = self.sections.iter().flat_map(|section| &section.parts);
        parts.flat_map(|part| &part.entries).filter_map(|entry| entry.grounds.as_ref())
    }
}

impl Section {
    /// A section, unless it holds nothing.
    fn unless_empty(kind: SectionKind, title: &str, parts: Vec<Part>) -> Option<Self> {
        let parts: Vec<Part> = parts.into_iter().filter(|part| !part.entries.is_empty()).collect();
        (!parts.is_empty()).then(|| Self { kind, title: title.to_owned(), parts })
    }
}

impl Entry {
    /// What is said at a place of the rule set.
    fn at(path: impl Into<Box<str>>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// Adds a line.
    fn say(&mut self, write: impl FnOnce(&mut String)) {
        self.says.push(line(write));
    }
}

/// A line of its own.
fn line(write: impl FnOnce(&mut String)) -> String {
    let mut text = String::new();
    write(&mut text);
    text
}

impl Writer<'_> {
    /// Which rule set it is, for which day, and how well its rules are attested.
    fn head(&self, outline: &Outline) -> Vec<String> {
        let (rules, tongue) = (self.names.rules, self.names.tongue);
        let on = Day(self.in_force.effective, tongue);
        let which = line(|out| {
            pick!(
                tongue,
                put!(out, "规则集 ", *rules.id, " 第 ", u64::from(rules.edition), " 版，", on, " 施行的规定"),
                put!(
                    out,
                    "rule set ",
                    *rules.id,
                    ", edition ",
                    u64::from(rules.edition),
                    ": the rules in force on ",
                    on
                )
            );
            if self.in_force.known != Date::NEVER {
                let known = self.in_force.known;
                pick!(tongue, put!(out, "，只计截至 ", known, " 已发布的"), put!(out, ", as issued by ", known));
            }
        });
        let counted = Attested::ALL
            .map(|attested| (attested, outline.grounds().filter(|grounds| grounds.attested == attested).count()));
        let attested = line(|out| {
            let all: usize = counted.iter().map(|(_, count)| count).sum();
            pick!(tongue, put!(out, "共 ", all, " 项规定"), put!(out, all, " rules"));
            let known = counted.into_iter().filter(|(_, count)| *count > 0);
            for (number, (attested, count)) in known.enumerate() {
                let between = if number == 0 { pick!(tongue, "：", ": ") } else { pick!(tongue, "，", ", ") };
                let how = super::names::how_attested(attested, tongue);
                pick!(tongue, put!(out, between, how, " ", count, " 项"), put!(out, between, count, " ", how));
            }
        });
        vec![which, attested]
    }
}
