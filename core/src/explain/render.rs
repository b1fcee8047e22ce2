//! An answer as an officer's reckoning: numbered lines, each with its clause, from the steps that computed it.

mod closing;
mod condition;
mod facts;
mod forms;
mod formula;
mod lines;
mod places;
mod plain;
mod reckoning;
mod stages;
mod tables;
mod values;

use std::ops::Range;

use super::json_writer::JsonWriter;
use super::names::Names;
use super::number::pick;
use super::put::{listed, put};
use crate::dues::{Answer, Charges};
use crate::ruleset::{Datum, InputId, Rules};
use crate::value::Exact;
use lines::Lines;

pub(super) use forms::Escaped;
pub(super) use places::Places;
pub(super) use plain::Plain;
pub(super) use values::{OfKind, members};

/// The form of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one line a step.
    Text,
    /// The same lines as an ordered list, clauses in italics, the amount bold.
    Markdown,
    /// The lines as objects `{kind, text, cite, values}`, and the answer.
    Json,
}

/// What a line of an explanation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A part of a longer period begins.
    Period,
    /// A record of a list begins.
    Record,
    /// Facts as read.
    Fact,
    /// A setting as read.
    Setting,
    /// What is owed on which days.
    Owed,
    /// The day whose facts are read.
    AsOf,
    /// Which alternative applies, and why.
    Chosen,
    /// A derived value.
    Term,
    /// An intermediate value of a formula.
    Operation,
    /// The row of a table.
    Band,
    /// A share of a value.
    Rate,
    /// A sum of lines before.
    Sum,
    /// An amount by an expression.
    Amount,
    /// A declared amount against the least.
    Declared,
    /// A limit, held or acting.
    Limit,
    /// A rule that was set aside.
    SetAside,
    /// A reduction.
    Reduction,
    /// The part of a period.
    Proration,
    /// A piece of a period under its own versions.
    Piece,
    /// A rounding.
    Rounding,
    /// The amount of another charge.
    Charge,
    /// One instalment of the amount.
    Instalment,
    /// What the answer comes to.
    Result,
    /// Where the next band begins.
    NextBand,
    /// What is missing, or between what the amount lies.
    Missing,
    /// What is recommended.
    Guide,
    /// A way in which the amount is paid in instalments.
    PayBy,
    /// A finding.
    Finding,
}

impl LineKind {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Record => "record",
            Self::Fact => "fact",
            Self::Setting => "setting",
            Self::Owed => "owed",
            Self::AsOf => "as_of",
            Self::Chosen => "chosen",
            Self::Term => "term",
            Self::Operation => "operation",
            Self::Band => "band",
            Self::Rate => "rate",
            Self::Sum => "sum",
            Self::Amount => "amount",
            Self::Declared => "declared",
            Self::Limit => "limit",
            Self::SetAside => "set_aside",
            Self::Reduction => "reduction",
            Self::Proration => "proration",
            Self::Piece => "piece",
            Self::Rounding => "rounding",
            Self::Charge => "charge",
            Self::Instalment => "instalment",
            Self::Result => "result",
            Self::NextBand => "next_band",
            Self::Missing => "missing",
            Self::Guide => "guide",
            Self::PayBy => "pay_by",
            Self::Finding => "finding",
        }
    }

    /// Whether the line is part of the reckoning; the others are remarks behind it.
    fn is_numbered(self) -> bool {
        !matches!(
            self,
            Self::NextBand | Self::Missing | Self::Guide | Self::PayBy | Self::Finding | Self::Period | Self::Record
        )
    }

    fn is_heading(self) -> bool {
        matches!(self, Self::Period | Self::Record)
    }
}

/// A line of an explanation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExplainedLine<'e> {
    /// What it tells.
    pub kind: LineKind,
    /// The line without its clause; one that computes is an equation.
    pub text: &'e str,
    /// The clause that it rests on, since when, and what its authors decided.
    pub cite: Option<&'e str>,
    /// The values that it shows, the result last.
    pub values: &'e [Exact],
}

/// An explanation in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation<'a> {
    heading: Range<usize>,
    result: Range<usize>,
    lines: Lines<'a>,
}

impl<'a> Explanation<'a> {
    /// Explains an answer that has its steps; without steps only what the answer itself says is told.
    ///
    /// The wording is Chinese for `zh` and English for every other language; titles are in `language` where the rule
    /// set has them.
    pub fn of(rules: &'a Rules, charges: &'a Charges, answer: &'a Answer, language: &'a str) -> Self {
        reckoning::reckon(Names::new(rules, charges, language), answer, true)
    }

    /// The rule set, the charge and the period.
    pub fn heading(&self) -> &str {
        self.at(&self.heading)
    }

    /// What it comes to.
    pub fn result(&self) -> &str {
        self.at(&self.result)
    }

    /// The lines, in the order of the reckoning.
    pub fn lines(&self) -> impl Iterator<Item = ExplainedLine<'_>> {
        self.lines.marks.iter().flatten().map(|mark| ExplainedLine {
            kind: mark.kind,
            text: self.at(&mark.text),
            cite: mark.cite.as_deref(),
            values: self.lines.values.get(mark.values.clone()).unwrap_or_default(),
        })
    }

    /// Plain text: a heading, numbered lines, remarks.
    pub fn text(&self) -> &str {
        &self.lines.text
    }

    /// What stands for a clause that repeats the last one.
    fn same(&self) -> &'static str {
        self.lines.same
    }

    fn at(&self, range: &Range<usize>) -> &str {
        self.lines.text.get(range.clone()).unwrap_or_default()
    }
}

/// Explains an answer in a language and a form.
pub fn render(rules: &Rules, charges: &Charges, answer: &Answer, language: &str, format: Format) -> String {
    let marked = format != Format::Text;
    let explanation = reckoning::reckon(Names::new(rules, charges, language), answer, marked);
    match format {
        Format::Text => explanation.lines.text,
        Format::Markdown => explanation.to_markdown(),
        Format::Json => {
            let mut json = JsonWriter::default();
            json.object(|json| {
                json.key("language").string(language);
                explanation.write_lines(json);
                let clauses = answer.clauses(rules, charges, language);
                json.key("clauses").array(|json| clauses.iter().for_each(|clause| json.string(clause)));
                json.key("answer");
                answer.write_json(json, rules, charges, false);
            });
            json.finish()
        }
    }
}

#[cfg(test)]
#[cfg(feature = "builtin")]
pub(crate) mod tests;

/// Facts with their values, in words.
pub(crate) fn facts_in_words(rules: &Rules, charges: &Charges, facts: &[(InputId, Datum)], language: &str) -> String {
    let names = Names::new(rules, charges, language);
    let mut text = String::new();
    let known = facts.iter().filter_map(|(id, value)| Some((rules.input(*id)?, *value)));
    listed(&mut text, pick!(names.tongue, "；", "; "), known, |out, (input, value)| {
        let shown = OfKind(names, &input.kind, value);
        put!(out, names.title(&input.title, &input.name), pick!(names.tongue, "：", ": "), shown);
    });
    text
}
