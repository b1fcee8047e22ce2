//! What changed from one outline to another, rule by rule in words.

use super::{Entry, Outline, Part, Section};
use crate::explain::number::{Tongue, pick};
use crate::explain::put::put;

/// A rule that is not in both outlines as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place of the rule, such as `dues.limits.cap`; none for a text that is not in the rules.
    pub path: Option<Box<str>>,
    /// What the rule is called, with the section and part that it stands in.
    pub place: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// The lines that are no more.
    pub before: Vec<String>,
    /// The lines that are new.
    pub after: Vec<String>,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It says something else.
    Changed,
    /// It says the same and rests on something else.
    OtherGrounds,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Gone, Self::Changed, Self::OtherGrounds];

    /// In words: Chinese for `zh`, else English.
    pub fn in_words(self, language: &str) -> &'static str {
        let tongue = Tongue::of(language);
        match self {
            Self::New => pick!(tongue, "新增", "new"),
            Self::Gone => pick!(tongue, "取消", "gone"),
            Self::Changed => pick!(tongue, "修改", "changed"),
            Self::OtherGrounds => pick!(tongue, "依据不同，内容相同", "same words on other grounds"),
        }
    }
}

impl Outline {
    /// What is different in another outline of the same language, in its order, what is gone where it stood.
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let (before, after) = (self.places(), other.places());
        let at = |places: &[Place<'_>], wanted: &Place<'_>| places.iter().position(|known| known.key() == wanted.key());
        let mut changes = Vec::new();
        let mut passed = 0_usize;
        for place in &after {
            match at(&before, place) {
                None => changes.push(place.only(ChangeKind::New)),
                Some(number) => {
                    // What is gone is told before the rule that it stood before.
                    let gone = before.iter().take(number).skip(passed).filter(|old| at(&after, old).is_none());
                    changes.extend(gone.map(|old| old.only(ChangeKind::Gone)));
                    passed = passed.max(number.saturating_add(1));
                    changes.extend(before.get(number).and_then(|old| old.change_to(place)));
                }
            }
        }
        let gone = before.iter().skip(passed).filter(|old| at(&after, old).is_none());
        changes.extend(gone.map(|old| old.only(ChangeKind::Gone)));
        changes
    }

    fn places(&self) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        for section in &self.sections {
            for part in &section.parts {
                places.extend(part.entries.iter().map(|entry| Place {
                    section,
                    part,
                    entry,
                    tongue: Tongue::of(&self.language),
                }));
            }
        }
        places
    }
}

/// A rule with where it stands.
struct Place<'a> {
    section: &'a Section,
    part: &'a Part,
    entry: &'a Entry,
    tongue: Tongue,
}

impl Place<'_> {
    /// By what it is found again: its path, or else its first words.
    fn key(&self) -> &str {
        self.entry.path.as_deref().or(self.entry.says.first().map(String::as_str)).unwrap_or_default()
    }

    fn called(&self) -> String {
        let parts = [Some(&self.section.title), self.part.title.as_ref(), self.entry.title.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// What it says, a line each.
    fn lines(&self) -> Vec<String> {
        let tables = self.entry.tables.iter();
        let rows = tables.flat_map(|table| table.title.iter().cloned().chain(table.lines(self.tongue)));
        self.entry.says.iter().cloned().chain(rows).collect()
    }

    fn grounds(&self) -> Option<String> {
        self.entry.grounds.as_ref().map(|grounds| format!("[{}]", grounds.words))
    }

    /// The rule where the other side does not have it.
    fn only(&self, kind: ChangeKind) -> Change {
        let lines: Vec<String> = self.lines().into_iter().chain(self.grounds()).collect();
        let (before, after) = if kind == ChangeKind::Gone { (lines, Vec::new()) } else { (Vec::new(), lines) };
        Change { path: self.entry.path.clone(), place: self.called(), kind, before, after }
    }

    /// What is different in the same rule on the other side.
    fn change_to(&self, other: &Self) -> Option<Change> {
        let only = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter().filter(|line| !other.contains(line)).cloned().collect()
        };
        let (mut was, mut is) = (self.lines(), other.lines());
        if self.called() != other.called() {
            was.insert(0, self.called());
            is.insert(0, other.called());
        }
        let (mut before, mut after) = (only(&was, &is), only(&is, &was));
        let kind = match (before.is_empty() && after.is_empty(), self.grounds() == other.grounds()) {
            (true, true) => return None,
            (true, false) => ChangeKind::OtherGrounds,
            (false, _) => ChangeKind::Changed,
        };
        if self.grounds() != other.grounds() {
            before.extend(self.grounds());
            after.extend(other.grounds());
        }
        Some(Change { path: other.entry.path.clone(), place: other.called(), kind, before, after })
    }
}

impl Change {
    /// The change in words: what and where, then a line for each that is no more and each that is new.
    pub fn to_text(&self, language: &str) -> String {
        let mut text = String::new();
        let between = pick!(Tongue::of(language), "：", ": ");
        put!(&mut text, self.place, between, self.kind.in_words(language), "\n");
        for (lines, sign) in [(&self.before, "  − "), (&self.after, "  + ")] {
            for line in lines {
                put!(&mut text, sign, line, "\n");
            }
        }
        text
    }
}
