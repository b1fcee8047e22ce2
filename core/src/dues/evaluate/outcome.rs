//! What the stages of a charge came to, before it is made into an answer.

use crate::dues::answer::{Bounds, Line, NextBand, Status};
use crate::explain::{Code, Finding};
use crate::ruleset::{Halt, Missing, VersionId};
use crate::value::{Exact, Rounding};

/// The result of the stages of one charge for one period.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub status: Status,
    pub amount: Option<Exact>,
    pub exact: Option<Exact>,
    pub rounding: Option<Rounding>,
    pub rule: Option<VersionId>,
    pub cite: Vec<VersionId>,
    pub missing: Option<Missing>,
    pub bounds: Option<Bounds>,
    pub guide: Option<Exact>,
    pub suggested: Vec<Exact>,
    pub next_band: Option<NextBand>,
    pub goes_to: Option<u8>,
    pub lines: Vec<Line>,
    pub finding: Option<Box<Finding>>,
}

impl Outcome {
    /// An outcome without an amount.
    pub(super) fn of(status: Status) -> Self {
        Self {
            status,
            amount: None,
            exact: None,
            rounding: None,
            rule: None,
            cite: Vec::new(),
            missing: None,
            bounds: None,
            guide: None,
            suggested: Vec::new(),
            next_band: None,
            goes_to: None,
            lines: Vec::new(),
            finding: None,
        }
    }

    /// Facts are missing.
    pub(super) fn needs(missing: Missing) -> Self {
        Self { missing: Some(missing), ..Self::of(Status::NeedsFacts) }
    }

    /// There is no rule, and why.
    pub(super) fn no_rule(finding: Finding) -> Self {
        Self { finding: Some(Box::new(finding)), ..Self::of(Status::NoRule) }
    }

    /// The evaluation stopped.
    pub(super) fn halted(halt: Halt) -> Self {
        let (status, finding) = match halt {
            Halt::Rejected(finding) => (Status::Rejected, finding),
            Halt::NoRule(finding) => (Status::NoRule, finding),
        };
        Self { finding: Some(finding), ..Self::of(status) }
    }

    /// The same by a version.
    pub(super) fn by(mut self, rule: VersionId) -> Self {
        self.rule = Some(rule);
        self.cite.insert(0, rule);
        self
    }

    /// Two charged outcomes as one: the rule only if it is the same, every citation once.
    pub(super) fn beside(mut self, other: Self) -> Self {
        if self.rule != other.rule {
            self.rule = None;
        }
        for version in other.cite {
            if !self.cite.contains(&version) {
                self.cite.push(version);
            }
        }
        self.next_band = None;
        self
    }

    /// The halt for a charge that reads this one.
    pub(super) fn into_halt(self) -> Halt {
        let rejected = self.status == Status::Rejected;
        let finding = self.finding.unwrap_or_else(|| Box::new(Finding::new(Code::NoRule)));
        if rejected { Halt::Rejected(finding) } else { Halt::NoRule(finding) }
    }
}
