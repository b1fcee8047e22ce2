//! What is said back.

use std::collections::HashMap;

use rollbook::facade;

use crate::error::signed;
use crate::named::{Amount, Attested, CivilDate, Exact, Per, Severity, Status};

/// What is owed for a period, why, and what is missing.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct AnswerRecord {
    /// Which rules answered.
    pub rule_set: RuleSetName,
    /// The charge.
    pub charge: String,
    /// The period as it is written: `2026-11`.
    pub period: String,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount, when it is charged.
    pub amount: Option<Amount>,
    /// The currency of all amounts, by its three letters.
    pub currency: String,
    /// The length of time that the amount is for; none for an amount paid once and for a longer period.
    pub unit: Option<Per>,
    /// The amount before the last rounding, when it is charged.
    pub exact: Option<Exact>,
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
    /// What is recommended beside a declared amount.
    pub guide: Option<Exact>,
    /// The steps offered beside a declared amount.
    pub suggested: Vec<Exact>,
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

/// Which rules answered.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct RuleSetName {
    /// The short name.
    pub id: String,
    /// Counts up with every published change.
    pub edition: i32,
    /// SHA-256 of the canonical document without its cases, in 64 hexadecimal digits.
    pub hash: String,
}

/// Since when a version holds.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Since {
    /// The open past: its first day was not seen.
    NotSeen,
    /// From this day on.
    Day {
        /// The first day.
        day: CivilDate,
    },
}

/// The least and greatest amount.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Bounds {
    /// The least.
    pub at_least: Amount,
    /// The greatest.
    pub at_most: Amount,
}

/// A clause of a source.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Citation {
    /// The short name of the source in the rule set.
    pub source: String,
    /// The clause as it is written in the rule set (`art. 6`); none cites the whole instrument.
    pub clause: Option<String>,
    /// Number or title of the source and the clause as a reader writes them, by language of the rule set.
    pub titles: HashMap<String, String>,
}

/// Something that still matters and is not known.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Missing {
    /// The fact, or the term that can be given.
    pub name: String,
    /// The day for which it is wanted, when the history that was given begins later.
    pub on: Option<CivilDate>,
    /// A sentence that says so, by language of the rule set.
    pub messages: HashMap<String, String>,
}

/// Where the next band begins.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct NextBand {
    /// The edge.
    pub from: Exact,
    /// Whether the edge itself already belongs to the next band.
    pub included: bool,
    /// The amount there; just above the edge, if it does not belong.
    pub amount: Amount,
}

/// A way in which an amount is paid in instalments.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Instalment {
    /// The name of the way.
    pub way: String,
    /// One instalment.
    pub amount: Amount,
    /// How many there are; none, where the rules say what one is and not how many.
    pub count: Option<i32>,
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
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Rest {
    /// Whether it is the last one; otherwise the first.
    pub last: bool,
    /// What it is.
    pub amount: Amount,
}

/// A line of a charge that goes through a list.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Line {
    /// The number of the record, counted from 0.
    pub record: i32,
    /// The record's day.
    pub day: CivilDate,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<Amount>,
    /// The amount before rounding.
    pub exact: Option<Exact>,
    /// The path of the rule that gave it; the charge, where none did.
    pub rule: String,
    /// Who gets it.
    pub goes_to: Option<String>,
}

/// A part of a longer period.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Part {
    /// The part, as it is written: `2026-11`.
    pub period: String,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<Amount>,
}

/// What an answer has to say beside its amount. Code and parameters are the contract, messages are renderings.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
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
    pub params: HashMap<String, String>,
    /// The clauses that it rests on.
    pub cite: Vec<Citation>,
    /// The message, by language of the rule set.
    pub messages: HashMap<String, String>,
}

/// One operation of an evaluation: what it read and what it gave.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Step {
    /// What was done: `fact`, `condition`, `band`, `rated`, `limit`, `rounded` and so on.
    pub step: String,
    /// What it read and what it gave, in the order of the canonical JSON.
    pub fields: Vec<StepField>,
}

/// One field of a step.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct StepField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: StepValue,
}

/// The value of a field of a step.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum StepValue {
    /// A name, a word, a path, an expression or a value in the notation of the rule set.
    Text {
        /// The text.
        text: String,
    },
    /// An exact number.
    Number {
        /// The number.
        number: Exact,
    },
    /// A day.
    Day {
        /// The day as YYYY-MM-DD, or `long_ago` or `never`.
        day: String,
    },
    /// A count.
    Count {
        /// How many.
        count: i64,
    },
    /// Yes or no.
    YesNo {
        /// Whether it is so.
        yes: bool,
    },
}

/// What a form shows at a field: a finding or something missing, in one language.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Issue {
    /// The code of the finding, or `missing` for a fact that was not given and is needed.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The place of the fact: its name, and for a field of a record the number of the record and the field. Empty where
    /// no single fact is concerned.
    pub path: Vec<PathItem>,
    /// The same place as a JSON pointer: `/base`, `/payments/0/paid`.
    pub pointer: String,
    /// The rule that it concerns, as a dotted place in the rule set; empty where it concerns none.
    pub rule: String,
    /// What the message is filled with, by name.
    pub params: HashMap<String, String>,
    /// The message.
    pub message: String,
}

/// A step on the way to a field.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PathItem {
    /// A name.
    Name {
        /// The name.
        name: String,
    },
    /// A record of a list.
    Record {
        /// The number of the record, counted from 0.
        number: i32,
    },
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

hidden!(AnswerRecord, Bounds, NextBand, Instalment, Rest, Line, Part, Finding, Issue, Step, StepField, StepValue);

impl From<facade::Answer> for AnswerRecord {
    fn from(answer: facade::Answer) -> Self {
        let facade::Answer {
            rule_set,
            charge,
            period,
            status,
            amount,
            currency,
            unit,
            exact,
            bounds,
            rule,
            version,
            cite,
            attested,
            assumed,
            missing,
            guide,
            suggested,
            next_band,
            instalments,
            goes_to,
            lines,
            parts,
            findings,
            trace,
        } = answer;
        Self {
            rule_set: rule_set.into(),
            charge,
            period,
            status: status.into(),
            amount: amount.map(Amount),
            currency,
            unit: unit.map(Per::from),
            exact: exact.map(Exact),
            bounds: bounds.map(Bounds::from),
            rule,
            version: version.map(Since::from),
            cite: all(cite),
            attested: attested.into(),
            assumed,
            missing: all(missing),
            guide: guide.map(Exact),
            suggested: suggested.into_iter().map(Exact).collect(),
            next_band: next_band.map(NextBand::from),
            instalments: all(instalments),
            goes_to,
            lines: all(lines),
            parts: all(parts),
            findings: all(findings),
            trace: trace.map(all),
        }
    }
}

/// Each of a list.
fn all<From, To: std::convert::From<From>>(list: Vec<From>) -> Vec<To> {
    list.into_iter().map(To::from).collect()
}

impl From<facade::RuleSetName> for RuleSetName {
    fn from(facade::RuleSetName { id, edition, hash }: facade::RuleSetName) -> Self {
        Self { id: id.into(), edition: signed(edition), hash: hash.into() }
    }
}

impl From<facade::Since> for Since {
    fn from(since: facade::Since) -> Self {
        match since {
            facade::Since::NotSeen => Self::NotSeen,
            facade::Since::Day(day) => Self::Day { day: day.into() },
        }
    }
}

impl From<facade::Bounds> for Bounds {
    fn from(facade::Bounds { at_least, at_most }: facade::Bounds) -> Self {
        Self { at_least: Amount(at_least), at_most: Amount(at_most) }
    }
}

impl From<facade::Citation> for Citation {
    fn from(facade::Citation { source, clause, titles }: facade::Citation) -> Self {
        Self { source, clause, titles: titles.into_iter().collect() }
    }
}

impl From<facade::Missing> for Missing {
    fn from(facade::Missing { name, on, messages }: facade::Missing) -> Self {
        Self { name, on: on.map(CivilDate::from), messages: messages.into_iter().collect() }
    }
}

impl From<facade::NextBand> for NextBand {
    fn from(facade::NextBand { from, included, amount }: facade::NextBand) -> Self {
        Self { from: Exact(from), included, amount: Amount(amount) }
    }
}

impl From<facade::Instalment> for Instalment {
    fn from(instalment: facade::Instalment) -> Self {
        let facade::Instalment { way, amount, count, rest, version, cite, attested } = instalment;
        Self {
            way,
            amount: Amount(amount),
            count: count.map(signed),
            rest: rest.map(Rest::from),
            version: version.map(Since::from),
            cite: all(cite),
            attested: attested.into(),
        }
    }
}

impl From<facade::Rest> for Rest {
    fn from(facade::Rest { last, amount }: facade::Rest) -> Self {
        Self { last, amount: Amount(amount) }
    }
}

impl From<facade::Line> for Line {
    fn from(line: facade::Line) -> Self {
        let facade::Line { record, day, status, amount, exact, rule, goes_to } = line;
        Self {
            record: signed(record),
            day: day.into(),
            status: status.into(),
            amount: amount.map(Amount),
            exact: exact.map(Exact),
            rule,
            goes_to,
        }
    }
}

impl From<facade::Part> for Part {
    fn from(facade::Part { period, status, amount }: facade::Part) -> Self {
        Self { period, status: status.into(), amount: amount.map(Amount) }
    }
}

impl From<facade::Finding> for Finding {
    fn from(finding: facade::Finding) -> Self {
        let facade::Finding { code, severity, path, pointer, params, cite, messages } = finding;
        Self {
            code,
            severity: severity.into(),
            path,
            pointer,
            params: params.into_iter().collect(),
            cite: all(cite),
            messages: messages.into_iter().collect(),
        }
    }
}

impl From<facade::Step> for Step {
    fn from(facade::Step { step, fields }: facade::Step) -> Self {
        Self { step, fields: all(fields) }
    }
}

impl From<facade::StepField> for StepField {
    fn from(facade::StepField { name, value }: facade::StepField) -> Self {
        Self { name, value: value.into() }
    }
}

impl From<facade::StepValue> for StepValue {
    fn from(value: facade::StepValue) -> Self {
        match value {
            facade::StepValue::Text(text) => Self::Text { text },
            facade::StepValue::Number(number) => Self::Number { number: Exact(number) },
            facade::StepValue::Day(day) => Self::Day { day },
            facade::StepValue::Count(count) => Self::Count { count: i64::try_from(count).unwrap_or(i64::MAX) },
            facade::StepValue::YesNo(yes) => Self::YesNo { yes },
        }
    }
}

impl From<facade::Issue> for Issue {
    fn from(issue: facade::Issue) -> Self {
        let facade::Issue { code, severity, path, pointer, rule, params, message } = issue;
        Self {
            code,
            severity: severity.into(),
            path: all(path),
            pointer,
            rule,
            params: params.into_iter().collect(),
            message,
        }
    }
}

impl From<facade::PathItem> for PathItem {
    fn from(item: facade::PathItem) -> Self {
        match item {
            facade::PathItem::Name(name) => Self::Name { name },
            facade::PathItem::Record(number) => Self::Record { number: signed(number) },
        }
    }
}
