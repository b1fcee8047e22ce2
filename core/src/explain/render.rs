//! An answer as an officer's reckoning: numbered lines, each with its clause, from the steps that computed it.

mod closing;
mod condition;
mod forms;
mod formula;
mod places;
mod reckoning;
mod stages;
mod values;

use super::json_writer::JsonWriter;
use super::names::Names;
use crate::dues::{Answer, Charges};
use crate::explain::number::pick;
use crate::ruleset::Rules;
use crate::value::Exact;

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
    /// What the answer comes to.
    Result,
    /// Where the next band begins.
    NextBand,
    /// What is missing, or between what the amount lies.
    Missing,
    /// What is recommended.
    Guide,
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
            Self::Result => "result",
            Self::NextBand => "next_band",
            Self::Missing => "missing",
            Self::Guide => "guide",
            Self::Finding => "finding",
        }
    }

    /// Whether the line is part of the reckoning; the others are remarks behind it.
    fn is_numbered(self) -> bool {
        !matches!(self, Self::NextBand | Self::Missing | Self::Guide | Self::Finding | Self::Period | Self::Record)
    }
}

/// A line of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedLine {
    /// What it tells.
    pub kind: LineKind,
    /// The line without its clause; one that computes is an equation.
    pub text: String,
    /// The clause that it rests on, since when, and what its authors decided.
    pub cite: Option<String>,
    /// The values that it shows, the result last.
    pub values: Vec<Exact>,
}

impl ExplainedLine {
    fn new(kind: LineKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), cite: None, values: Vec::new() }
    }

    fn cite(self, cite: Option<String>) -> Self {
        Self { cite, ..self }
    }

    fn with(self, values: &[Exact]) -> Self {
        Self { values: values.to_vec(), ..self }
    }
}

/// An explanation in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The rule set, the charge and the period.
    pub heading: String,
    /// What it comes to.
    pub result: String,
    /// The lines, in the order of the reckoning.
    pub lines: Vec<ExplainedLine>,
    same: &'static str,
}

impl Explanation {
    /// Explains an answer that has its steps; without steps only what the answer itself says is told.
    ///
    /// The wording is Chinese for `zh` and English for every other language; titles are in `language` where the rule
    /// set has them.
    pub fn of(rules: &Rules, charges: &Charges, answer: &Answer, language: &str) -> Self {
        let names = Names::new(rules, charges, language);
        let lines = reckoning::reckon(names, answer);
        Self {
            heading: closing::heading(names, answer),
            result: closing::result(names, answer),
            lines,
            same: pick!(names.tongue, "同上", "as above"),
        }
    }
}

/// Explains an answer in a language and a form.
pub fn render(rules: &Rules, charges: &Charges, answer: &Answer, language: &str, format: Format) -> String {
    let explanation = Explanation::of(rules, charges, answer, language);
    match format {
        Format::Text => explanation.to_text(),
        Format::Markdown => explanation.to_markdown(),
        Format::Json => {
            let mut json = JsonWriter::default();
            json.object(|json| {
                json.key("language").string(language);
                explanation.write_lines(json);
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
