//! What is said back.

use std::fmt;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::explain::{Finding, Trace};
use crate::ruleset::{Attested, InputId, MissingName, VersionId};
use crate::value::{Currency, Date, Exact, Per, Period, Rounding};

/// What an answer amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// An amount is owed.
    Charged,
    /// The rules exempt.
    Exempt,
    /// Nothing is owed in this period.
    NotDue,
    /// Facts are missing that still matter.
    NeedsFacts,
    /// The rules say nothing, or two things.
    NoRule,
    /// Something told is not acceptable.
    Rejected,
}

impl Status {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Charged, Self::Exempt, Self::NotDue, Self::NeedsFacts, Self::NoRule, Self::Rejected];

    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::Exempt => "exempt",
            Self::NotDue => "not_due",
            Self::NeedsFacts => "needs_facts",
            Self::NoRule => "no_rule",
            Self::Rejected => "rejected",
        }
    }

    /// From what was written.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether a rule decided on the amount, so that the answer rests on texts that are attested well or badly.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Charged | Self::Exempt)
    }

    /// Whether a total can go on: charged, exempt and not due have an amount or count as 0.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Charged | Self::Exempt | Self::NotDue)
    }
}

/// Which rules answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetName {
    /// The short name.
    pub id: Box<str>,
    /// The edition.
    pub edition: u32,
    /// The hash of the document without its cases.
    pub hash: Box<str>,
}

/// What is owed for a period, why, and what is missing.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// The charge, by its place among the charges.
    pub charge: usize,
    /// The period.
    pub period: Period,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount, when it is charged.
    pub amount: Option<Exact>,
    /// The amount before the last rounding, when it is charged.
    pub exact: Option<Exact>,
    /// How it was rounded; amounts are printed at this unit.
    pub rounding: Option<Rounding>,
    /// The currency of the amount.
    pub currency: Currency,
    /// The length of time that the amount is for; none for an amount paid once.
    pub unit: Option<Per>,
    /// The least and greatest amount, when the answer is open and every open alternative can be computed.
    pub bounds: Option<Bounds>,
    /// The version of the alternative or reduction that gave the amount or the status.
    pub rule: Option<VersionId>,
    /// The versions whose citations the answer rests on, the rule's own first.
    pub cite: SmallVec<[VersionId; 2]>,
    /// How well the weakest part of it is attested.
    pub attested: Attested,
    /// Facts that were not given and have a value all the same.
    pub assumed: SmallVec<[InputId; 8]>,
    /// What still matters and is not known.
    pub missing: Vec<MissingName>,
    /// What is recommended beside a declared amount.
    pub guide: Option<Exact>,
    /// The steps offered beside a declared amount.
    pub suggested: Vec<Exact>,
    /// Where the next band begins and what it would cost.
    pub next_band: Option<NextBand>,
    /// The ways in which a charged amount is paid in instalments, by their names. A longer period has none.
    pub instalments: Vec<Instalment>,
    /// Who gets it, as a word of the charge's recipients.
    pub goes_to: Option<u8>,
    /// A line for each record of a charge that goes through a list.
    pub lines: Vec<Line>,
    /// The parts of a longer period.
    pub parts: Vec<Part>,
    /// What else there is to say. A finding about the rules is shared by all answers that have it.
    pub findings: SmallVec<[Arc<Finding>; 2]>,
    /// The steps, when they were asked for.
    pub trace: Option<Trace>,
}

/// The least and greatest amount.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub at_least: Exact,
    /// The greatest.
    pub at_most: Exact,
}

/// Where the next band begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NextBand {
    /// The edge.
    pub from: Exact,
    /// Whether the edge itself already belongs to the next band.
    pub included: bool,
    /// The amount there; just above the edge, if it does not belong.
    pub amount: Exact,
}

/// A way in which an amount is paid in instalments.
#[derive(Clone, PartialEq)]
pub struct Instalment {
    /// The version of the way.
    pub version: VersionId,
    /// The way, by its place among those of the charge.
    pub way: usize,
    /// One instalment.
    pub amount: Exact,
    /// How it was rounded.
    pub rounding: Rounding,
    /// How many there are; none, where the rules say what one is and not how many.
    pub count: Option<u16>,
    /// The one that takes what rounding leaves, where that makes it differ from the others.
    pub rest: Option<Rest>,
}

/// The instalment that differs from the others of its way.
#[derive(Clone, Copy, PartialEq)]
pub struct Rest {
    /// Whether it is the last one; otherwise the first.
    pub last: bool,
    /// What it is.
    pub amount: Exact,
}

impl Instalment {
    /// Every instalment in turn; none, where the rules do not say how many there are.
    pub fn each(&self) -> Option<impl Iterator<Item = Exact>> {
        let count = self.count?;
        let (rest, one) = (self.rest, self.amount);
        Some((1..=count).map(move |number| match rest {
            Some(rest) if number == if rest.last { count } else { 1 } => rest.amount,
            _ => one,
        }))
    }

    /// An instalment at the finer of the units that the amount of the answer and the way are rounded to.
    pub(crate) fn text(&self, instalment: Exact, of: &Answer) -> String {
        let scale = of.rounding.map_or(0, Rounding::scale).max(self.rounding.scale());
        instalment.to_fixed(scale).unwrap_or_else(|| instalment.to_string())
    }
}

/// A line of a charge that goes through a list.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// The number of the record, counted from 0.
    pub record: usize,
    /// The record's day.
    pub day: Date,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<Exact>,
    /// The amount before rounding.
    pub exact: Option<Exact>,
    /// The version of the alternative that gave it.
    pub rule: Option<VersionId>,
    /// Who gets it.
    pub goes_to: Option<u8>,
}

/// A part of a longer period.
#[derive(Clone, PartialEq)]
pub struct Part {
    /// The part.
    pub period: Period,
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount.
    pub amount: Option<Exact>,
}

impl fmt::Debug for Answer {
    /// Says what it is about and what it amounts to, never an amount or a fact.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("period", &self.period)
            .field("status", &self.status)
            .field("missing", &self.missing)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

macro_rules! hidden {
    ($($name:ident),+) => {
        $(impl fmt::Debug for $name {
            /// Never shows an amount.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        })+
    };
}

hidden!(Bounds, NextBand, Instalment, Rest, Line, Part);
