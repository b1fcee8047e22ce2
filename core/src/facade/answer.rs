//! What is said back, in names and texts.
//!
//! Every face mirrors these types. It takes them apart without `..`, so that a field that is added here does not
//! compile there until somebody decided how it is shown.

use std::collections::BTreeMap;

use super::fact::write_texts;
use crate::dues::{RuleSetName, Status};
use crate::explain::Severity;
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::Attested;
use crate::value::{Date, Per};

/// What is owed for a period, why, and what is missing.
///
/// Amounts are decimal numbers in plain digits with the decimals of the unit that they were rounded to (`81.00`).
/// Exact numbers have the decimals they need, or are fractions (`100/3`).
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which rules answered.
    pub rule_set: RuleSetName,
    /// The charge.
    pub charge: String,
    /// The period as it is written: `2026-11`.
    pub period: String,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount, when it is charged.
    pub amount: Option<String>,
    /// The currency of all amounts, by its three letters.
    pub currency: String,
    /// The length of time that the amount is for; none for an amount paid once and for a longer period.
    pub unit: Option<Per>,
    /// The amount before the last rounding, when it is charged: an exact number.
    pub exact: Option<String>,
    /// The least and greatest amount, when the answer is open and every open alternative can be computed.
    pub bounds: Option<Bounds>,
    /// The path of the alternative or reduction that gave the amount or the status (`dues.tariff.waged`); the charge,
    /// where no single one did.
    pub rule: String,
    /// Since when the version of that rule holds; none where there is no single rule.
    pub version: Option<Since>,
    /// The clauses that the answer rests on, the rule's own first.
    pub cite: Vec<Citation>,
    /// How well the weakest part of it is attested.
    pub attested: Attested,
    /// Facts that were not given and have a value all the same.
    pub assumed: Vec<String>,
    /// What still matters and is not known.
    pub missing: Vec<Missing>,
    /// What is recommended beside a declared amount: an exact number.
    pub guide: Option<String>,
    /// The steps offered beside a declared amount: exact numbers.
    pub suggested: Vec<String>,
    /// Where the next band begins and what it would cost.
    pub next_band: Option<NextBand>,
    /// The ways in which a charged amount is paid in instalments, by their names. A longer period has none.
    pub instalments: Vec<Instalment>,
    /// Who gets it, as a word of the charge's recipients.
    pub goes_to: Option<String>,
    /// A line for each record of a charge that goes through a list.
    pub lines: Vec<Line>,
    /// The parts of a longer period.
    pub parts: Vec<Part>,
    /// What else there is to say.
    pub findings: Vec<Finding>,
    /// The steps in the order in which they were taken, when they were asked for.
    pub trace: Option<Vec<Step>>,
}

/// Since when a version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The open past: its first day was not seen.
    NotSeen,
    /// From this day on.
    Day(Date),
}

impl Since {
    pub(super) fn of(from: Date) -> Self {
        if from == Date::LONG_AGO { Self::NotSeen } else { Self::Day(from) }
    }
}

/// The day as YYYY-MM-DD, or `not_seen`.
impl std::fmt::Display for Since {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotSeen => f.write_str("not_seen"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// The least and greatest amount.
#[derive(Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub at_least: String,
    /// The greatest.
    pub at_most: String,
}

/// A clause of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The short name of the source in the rule set.
    pub source: String,
    /// The clause as it is written in the rule set (`art. 6`); none cites the whole instrument.
    pub clause: Option<String>,
    /// Number or title of the source and the clause as a reader writes them (`中组发〔2008〕3号 第六条`), by language of
    /// the rule set.
    pub titles: BTreeMap<String, String>,
}

/// Something that still matters and is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The fact, or the term that can be given.
    pub name: String,
    /// The day for which it is wanted, when the history that was given begins later.
    pub on: Option<Date>,
    /// A sentence that says so, by language of the rule set.
    pub messages: BTreeMap<String, String>,
}

/// Where the next band begins.
#[derive(Clone, PartialEq, Eq)]
pub struct NextBand {
    /// The edge: an exact number.
    pub from: String,
    /// Whether the edge itself already belongs to the next band.
    pub included: bool,
    /// The amount there; just above the edge, if it does not belong.
    pub amount: String,
}

/// A way in which an amount is paid in instalments.
#[derive(Clone, PartialEq, Eq)]
pub struct Instalment {
    /// The name of the way.
    pub way: String,
    /// One instalment.
    pub amount: String,
    /// How many there are; none, where the rules say what one is and not how many.
    pub count: Option<u32>,
    /// The one that takes what rounding leaves, where that makes it differ from the others.
    pub rest: Option<Rest>,
    /// Since when the version of the way holds.
    pub version: Option<Since>,
    /// The clauses that the way rests on.
    pub cite: Vec<Citation>,
    /// How well the version of the way is attested.
    pub attested: Attested,
}

/// The instalment that differs from the others of its way.
#[derive(Clone, PartialEq, Eq)]
pub struct Rest {
    /// Whether it is the last one; otherwise the first.
    pub last: bool,
    /// What it is.
    pub amount: String,
}

/// A line of a charge that goes through a list.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the record, counted from 0.
    pub record: u32,
    /// The record's day.
    pub day: Date,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<String>,
    /// The amount before rounding: an exact number.
    pub exact: Option<String>,
    /// The path of the rule that gave it; the charge, where none did.
    pub rule: String,
    /// Who gets it.
    pub goes_to: Option<String>,
}

/// A part of a longer period.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// The part, as it is written: `2026-11`.
    pub period: String,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<String>,
}

/// What an answer has to say beside its amount. Code and parameters are the contract, messages are renderings.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it says; the list of findings in the documentation has every code.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The rule that it concerns, as a dotted place in the rule set; empty where it concerns none.
    pub path: String,
    /// The fact that it concerns, as a JSON pointer such as `/base` or `/payments/0/paid`; empty where it concerns none.
    pub pointer: String,
    /// What the messages are filled with, by name.
    pub params: BTreeMap<String, String>,
    /// The clauses that it rests on.
    pub cite: Vec<Citation>,
    /// The message, by language of the rule set.
    pub messages: BTreeMap<String, String>,
}

/// One operation of an evaluation: what it read and what it gave.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done: `fact`, `condition`, `band`, `rated`, `limit`, `rounded` and so on.
    pub step: String,
    /// What it read and what it gave, in the order of the canonical JSON.
    pub fields: Vec<StepField>,
}

/// One field of a step.
#[derive(Clone, PartialEq, Eq)]
pub struct StepField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: StepValue,
}

/// The value of a field of a step.
#[derive(Clone, PartialEq, Eq)]
pub enum StepValue {
    /// A text: a name, a word, a path, an expression or a value in the notation of the rule set.
    Text(String),
    /// An exact number: a decimal, or a fraction such as `100/3`.
    Number(String),
    /// A day as YYYY-MM-DD, or `long_ago` or `never`.
    Day(String),
    /// A count.
    Count(u64),
    /// Yes or no.
    YesNo(bool),
}

/// What a form shows at a field: a finding or something missing, in one language.
#[derive(Clone, PartialEq, Eq)]
pub struct Issue {
    /// The code of the finding, or `missing` for a fact that was not given and is needed.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The place of the fact: its name, and for a field of a record the number of the record, counted from 0, and the
    /// field. Empty where no single fact is concerned.
    pub path: Vec<PathItem>,
    /// The same place as a JSON pointer: `/base`, `/payments/0/paid`.
    pub pointer: String,
    /// The rule that it concerns, as a dotted place in the rule set; empty where it concerns none.
    pub rule: String,
    /// What the message is filled with, by name.
    pub params: BTreeMap<String, String>,
    /// The message.
    pub message: String,
}

/// A step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathItem {
    /// A name.
    Name(String),
    /// The number of a record, counted from 0.
    Record(u32),
}

impl Issue {
    /// Issues as a JSON list of objects with the names of their fields; what is empty is left out.
    pub fn list_to_json(issues: &[Self]) -> String {
        let mut json = JsonWriter::default();
        json.array(|json| issues.iter().for_each(|issue| issue.write_json(json)));
        json.finish()
    }

    fn write_json(&self, json: &mut JsonWriter) {
        let Self { code, severity, path, pointer, rule, params, message } = self;
        json.object(|json| {
            json.key("code").string(code);
            json.key("severity").string(severity.name());
            json.key("path").array(|json| {
                for item in path {
                    match item {
                        PathItem::Name(name) => json.string(name),
                        PathItem::Record(number) => json.whole(u64::from(*number)),
                    }
                }
            });
            json.key("pointer").string(pointer);
            if !rule.is_empty() {
                json.key("rule").string(rule);
            }
            write_texts(json, "params", params);
            json.key("message").string(message);
        });
    }
}

impl std::fmt::Debug for Answer {
    /// Says what it is about and what it amounts to, never an amount or a fact.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("period", &self.period)
            .field("status", &self.status)
            .field("missing", &self.missing)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Finding {
    /// Names the code and the places, never a value that a host told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, path, pointer, .. } = self;
        f.debug_struct("Finding")
            .field("code", code)
            .field("path", path)
            .field("pointer", pointer)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Issue {
    /// Names the code and the place, never a value that a host told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, pointer, .. } = self;
        f.debug_struct("Issue").field("code", code).field("pointer", pointer).finish_non_exhaustive()
    }
}

macro_rules! hidden {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            /// Never shows an amount or a fact.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        })+
    };
}

hidden!(Bounds, NextBand, Instalment, Rest, Line, Part, Step, StepField, StepValue);
