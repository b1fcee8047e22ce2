//! The steps of an evaluation, emitted by the code that computes.
//!
//! A step holds what was read and what it gave, never a text. The evaluators are generic over a [`Sink`]: with [`NoTrace`]
//! the compiler removes every step, so a direct answer without explanation pays nothing; the general evaluator takes a trace
//! that may be absent, and is one copy for both.

use crate::ruleset::{ChargeId, Datum, ExprId, InputId, SettingId, TermId, VersionId};
use crate::value::{Date, Exact, Period, Rounding};

/// Takes the steps of an evaluation.
pub trait Sink {
    /// Whether steps can be wanted at all.
    const ON: bool;

    /// Whether steps are wanted now.
    #[inline]
    fn is_on(&self) -> bool {
        Self::ON
    }

    /// Takes the next step.
    fn step(&mut self, step: Step);
}

/// Wants no steps.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTrace;

impl Sink for NoTrace {
    const ON: bool = false;

    #[inline]
    fn step(&mut self, _: Step) {}
}

/// All steps in the order in which they were taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The steps.
    pub steps: Vec<Step>,
}

impl Sink for Trace {
    const ON: bool = true;

    fn step(&mut self, step: Step) {
        if self.steps.capacity() == 0 {
            self.steps.reserve(32);
        }
        self.steps.push(step);
    }
}

/// Takes steps where there is a trace for them: one evaluator for both, where a second copy of it would be too large.
impl Sink for Option<Trace> {
    const ON: bool = true;

    #[inline]
    fn is_on(&self) -> bool {
        self.is_some()
    }

    #[inline]
    fn step(&mut self, step: Step) {
        if let Some(trace) = self {
            trace.step(step);
        }
    }
}

/// How a term came to its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TermFrom {
    /// The host gave it.
    Given,
    /// It was worked out by this version of an alternative.
    Formula(VersionId),
    /// No alternative applies.
    Nothing,
}

/// One operation of an evaluation: what it read and what it gave.
#[derive(Clone, Copy, PartialEq)]
pub enum Step {
    /// A fact was read.
    Fact {
        /// Which.
        input: InputId,
        /// What it is.
        value: Datum,
        /// The day for which it was read.
        on: Date,
        /// Since when it has that value, when it has a history.
        since: Option<Date>,
        /// Whether the rule set assumed it because it was not given.
        assumed: bool,
    },
    /// A field of the present record was read.
    Field {
        /// The list.
        list: InputId,
        /// Its number among the fields of the record.
        field: u8,
        /// What it is.
        value: Datum,
    },
    /// A setting was read.
    Setting {
        /// Which.
        setting: SettingId,
        /// What it is.
        value: Datum,
        /// The version that allows it.
        version: VersionId,
        /// Whether the organisation decided it; otherwise it is the default.
        given: bool,
    },
    /// An operator or function of an expression gave a value.
    Operation {
        /// The node.
        expression: ExprId,
        /// What it gave.
        value: Datum,
    },
    /// A term has a value.
    Term {
        /// Which.
        term: TermId,
        /// What it is.
        value: Datum,
        /// The day for which it holds.
        on: Date,
        /// How it came to it.
        from: TermFrom,
    },
    /// Another charge is computed from here on, because this one reads it.
    Reads {
        /// Which.
        charge: ChargeId,
    },
    /// What another charge comes to that this one reads; the last of its steps.
    Charge {
        /// Which.
        charge: ChargeId,
        /// Its rounded amount, 0 where nothing is due; none where facts are missing for it.
        amount: Option<Exact>,
        /// The version that gave it, as in the answer for itself.
        rule: Option<VersionId>,
    },
    /// The condition of an alternative, a reduction or a limit was decided; `None` is unknown.
    Condition {
        /// The version whose condition it is.
        version: VersionId,
        /// The condition.
        when: ExprId,
        /// Whether it holds.
        holds: Option<bool>,
    },
    /// An alternative was chosen: of a term, a tariff or the reductions.
    Chosen {
        /// The version of the alternative.
        version: VersionId,
    },
    /// The charge is owed on some days of the period.
    Owed {
        /// The version of the rule; none means the whole period.
        version: Option<VersionId>,
        /// The first day on which it is owed.
        first: Date,
        /// On how many days it is owed.
        days: u16,
        /// How many days the period has.
        of: u16,
        /// The part of the amount that this makes.
        factor: Exact,
    },
    /// The charge is not owed on any day of the period.
    NotOwed {
        /// The version of the rule.
        version: VersionId,
    },
    /// The day whose facts are read from here on.
    AsOf {
        /// The version of the rule; none means the first day owed.
        version: Option<VersionId>,
        /// The day.
        day: Date,
    },
    /// A value lies in a row of a table.
    Band {
        /// The version of the rule that has the table.
        version: VersionId,
        /// The row, counted from 0.
        row: u16,
        /// The value that is looked up, before the table's own rounding.
        value: Exact,
        /// The value as it is looked up.
        looked_up: Exact,
    },
    /// A share of a value: rate × of = gives.
    Rated {
        /// The rate; 1% is 1/100.
        rate: Exact,
        /// Of what.
        of: Exact,
        /// The product.
        gives: Exact,
    },
    /// A part of a value at its own rate: rate × part = gives.
    Part {
        /// The version of the rule that has the table.
        version: VersionId,
        /// The row, counted from 0.
        row: u16,
        /// The rate.
        rate: Exact,
        /// The part of the value that lies in the row.
        part: Exact,
        /// The product.
        gives: Exact,
    },
    /// The parts before it together.
    Sum {
        /// The sum.
        gives: Exact,
    },
    /// An amount was stated or computed by an expression.
    Amount {
        /// The expression.
        expression: ExprId,
        /// The amount.
        gives: Exact,
    },
    /// The greater of a declared amount and the least that is owed.
    Declared {
        /// What the member declared; none, when nothing was.
        declared: Option<Exact>,
        /// The least.
        minimum: Exact,
        /// What is owed.
        gives: Exact,
    },
    /// A limit was held against an amount; it acted if `before` and `after` differ.
    Limit {
        /// The version of the limit, or of the alternative that has it.
        version: VersionId,
        /// Whether it is the greatest amount; otherwise the least.
        at_most: bool,
        /// The limit.
        limit: Exact,
        /// The amount before.
        before: Exact,
        /// The amount after.
        after: Exact,
    },
    /// A limit was set aside by the host.
    SetAside {
        /// The version of the limit or as-of day.
        version: VersionId,
    },
    /// A reduction gave a share of the amount: share × before = after.
    Reduced {
        /// The version of the reduction.
        version: VersionId,
        /// The share that is left.
        share: Exact,
        /// The amount before.
        before: Exact,
        /// The amount after.
        after: Exact,
    },
    /// Only a part of the period is owed: factor × before = after.
    Prorated {
        /// The part.
        factor: Exact,
        /// The amount before.
        before: Exact,
        /// The amount after.
        after: Exact,
    },
    /// Pieces of the period under different versions, weighted by days: the sum of `days/of × amount`.
    Piece {
        /// First day of the piece.
        from: Date,
        /// Its days.
        days: u16,
        /// The days of the period.
        of: u16,
        /// The amount of the whole period under the rules of the piece.
        amount: Exact,
        /// The piece's part.
        gives: Exact,
    },
    /// An amount was rounded.
    Rounded {
        /// The version of the rule that says how.
        version: VersionId,
        /// How.
        rounding: Rounding,
        /// The exact amount.
        exact: Exact,
        /// The rounded amount.
        gives: Exact,
    },
    /// One instalment of the amount, before it is rounded: share × of = gives.
    Instalment {
        /// The version of the way of paying.
        version: VersionId,
        /// What one instalment is of the amount; 1/4 of four parts.
        share: Exact,
        /// The amount.
        of: Exact,
        /// The product.
        gives: Exact,
    },
    /// The instalment that takes what rounding leaves: of − others × each = gives.
    Rest {
        /// The version of the way of paying.
        version: VersionId,
        /// The amount.
        of: Exact,
        /// How many other instalments there are.
        others: u16,
        /// What each of them is.
        each: Exact,
        /// What is left for this one.
        gives: Exact,
    },
    /// A part of a longer period begins here.
    Period {
        /// The part.
        period: Period,
    },
    /// A record of the list that the charge goes through begins here.
    Record {
        /// Its number, counted from 0.
        number: u16,
        /// Its day.
        day: Date,
    },
}

impl std::fmt::Debug for Step {
    /// Names the operation, never what it read or gave.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Fact { .. } => "Fact",
            Self::Field { .. } => "Field",
            Self::Setting { .. } => "Setting",
            Self::Operation { .. } => "Operation",
            Self::Term { .. } => "Term",
            Self::Charge { .. } => "Charge",
            Self::Condition { .. } => "Condition",
            Self::Chosen { .. } => "Chosen",
            Self::Owed { .. } => "Owed",
            Self::NotOwed { .. } => "NotOwed",
            Self::AsOf { .. } => "AsOf",
            Self::Band { .. } => "Band",
            Self::Rated { .. } => "Rated",
            Self::Part { .. } => "Part",
            Self::Sum { .. } => "Sum",
            Self::Amount { .. } => "Amount",
            Self::Declared { .. } => "Declared",
            Self::Limit { .. } => "Limit",
            Self::SetAside { .. } => "SetAside",
            Self::Reduced { .. } => "Reduced",
            Self::Prorated { .. } => "Prorated",
            Self::Piece { .. } => "Piece",
            Self::Rounded { .. } => "Rounded",
            Self::Instalment { .. } => "Instalment",
            Self::Rest { .. } => "Rest",
            Self::Period { .. } => "Period",
            Self::Record { .. } => "Record",
            Self::Reads { .. } => "Reads",
        })
    }
}
