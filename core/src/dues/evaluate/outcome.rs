//! What the stages of a charge came to, before it is made into an answer.

use crate::dues::answer::{Bounds, Line, NextBand, Status};
use crate::explain::{Code, Finding};
use crate::ruleset::{Halt, Missing, VersionId};
use crate::value::{Exact, Rounding};
use smallvec::SmallVec;

/// The result of the stages of one charge for one period.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub status: Status,
    pub amount: Option<Exact>,
    pub exact: Option<Exact>,
    pub rounding: Option<Rounding>,
    pub rule: Option<VersionId>,
    pub cite: SmallVec<[VersionId; 2]>,
    pub missing: Option<Missing>,
    pub goes_to: Option<u8>,
    pub rare: Option<Box<Rare>>,
}

/// What few outcomes have; apart, because outcomes are handed from stage to stage.
#[derive(Clone, Debug, Default)]
pub(super) struct Rare {
    pub bounds: Option<Bounds>,
    pub guide: Option<Exact>,
    pub suggested: Vec<Exact>,
    pub next_band: Option<NextBand>,
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
            cite: SmallVec::new(),
            missing: None,
            goes_to: None,
            rare: None,
        }
    }

    /// Facts are missing.
    pub(super) fn needs(missing: Missing) -> Self {
        Self { missing: Some(missing), ..Self::of(Status::NeedsFacts) }
    }

    /// There is no rule, and why.
    pub(super) fn no_rule(finding: Finding) -> Self {
        Self::of(Status::NoRule).because(Box::new(finding))
    }

    /// The evaluation stopped.
    pub(super) fn halted(halt: Halt) -> Self {
        let (status, finding) = match halt {
            Halt::Rejected(finding) => (Status::Rejected, finding),
            Halt::NoRule(finding) => (Status::NoRule, finding),
        };
        Self::of(status).because(finding)
    }

    /// The same with the reason that there is no amount.
    fn because(mut self, finding: Box<Finding>) -> Self {
        self.rare.get_or_insert_default().finding = Some(finding);
        self
    }

    /// The same with the amounts between which it lies, if they are known.
    pub(super) fn between(mut self, bounds: Option<Bounds>) -> Self {
        if bounds.is_some() {
            self.rare.get_or_insert_default().bounds = bounds;
        }
        self
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
        if let Some(rare) = &mut self.rare {
            rare.next_band = None;
        }
        self
    }

    /// The halt for a charge that reads this one.
    pub(super) fn into_halt(self) -> Halt {
        let rejected = self.status == Status::Rejected;
        let finding = self.rare.and_then(|rare| rare.finding).unwrap_or_else(|| Box::new(Finding::new(Code::NoRule)));
        if rejected { Halt::Rejected(finding) } else { Halt::NoRule(finding) }
    }
}
