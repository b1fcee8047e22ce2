//! The stages of a charge on bound expressions: what nearly every answer needs, and no more.
//!
//! The stages are those of [`Stages`](super::Stages), in the same order and with the same steps. What they do not know is
//! [`Elsewhere`]: then the answer is the general evaluator's.

mod bind;
mod limits;
mod owed;
mod schedule;
#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests;

use super::reductions::left_of;
use crate::dues::answer::Status;
use crate::explain::{Sink, Step};
use crate::ruleset::evaluate::bound::{AsOf, Bound, Case, Choice, Direct, Elsewhere, Found, NodeId, Setting};
use crate::ruleset::{Attested, Facts, InputId, VersionId};
use crate::value::{Date, Exact, Rounding};
use limits::Limit;
use owed::Owed;
use schedule::{Amount, Next, Schedule};

/// A charge bound to the versions and settings of one period.
#[derive(Clone, Debug)]
pub(super) struct DirectPlan {
    bound: Bound,
    start: Date,
    end: Date,
    owed: Option<Owed>,
    as_of: Option<AsOf>,
    reductions: Choice<Reduction>,
    tariff: Choice<Tariff>,
    limits: Vec<Limit>,
    round: Round,
}

/// An alternative of the tariff.
#[derive(Clone, Debug)]
enum Tariff {
    Exempt,
    Amount { schedule: Schedule, goes_to: Option<u8> },
    Elsewhere,
}

/// A reduction.
#[derive(Clone, Copy, Debug)]
struct Reduction {
    needs: Option<NodeId>,
    gives: Reduced,
}

#[derive(Clone, Copy, Debug)]
enum Reduced {
    Exempt,
    Amount(NodeId),
    Pays(NodeId),
    Less(NodeId),
}

/// The last rounding; no fact can change it.
#[derive(Clone, Copy, Debug)]
struct Round {
    version: VersionId,
    attested: Attested,
    rounding: Rounding,
    setting: Option<Setting>,
}

/// What the stages came to; anything else than these is said elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    pub(super) status: Status,
    pub(super) charged: Option<Charged>,
    pub(super) rule: Option<VersionId>,
    /// What is cited after the rule.
    pub(super) beside: [Option<VersionId>; 2],
    pub(super) attested: Attested,
}

/// An amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charged {
    pub(super) amount: Exact,
    pub(super) exact: Exact,
    pub(super) rounding: Rounding,
    pub(super) goes_to: Option<u8>,
}

impl Reached {
    fn without_amount(status: Status, rule: Option<VersionId>, attested: Attested) -> Self {
        Self { status, charged: None, rule, beside: [None, None], attested }
    }
}

/// An exact amount on its way through the stages.
#[derive(Clone, Copy)]
struct Amounts {
    exact: Exact,
    rule: VersionId,
    goes_to: Option<u8>,
    reduced_by: Option<VersionId>,
}

impl Amounts {
    fn by(rule: VersionId, exact: Exact) -> Self {
        Self { exact, rule, goes_to: None, reduced_by: None }
    }
}

impl DirectPlan {
    /// The answer for facts without histories. Where the next band begins is only for who asks why.
    pub(super) fn answer<S: Sink>(
        &self,
        facts: &Facts,
        assumed: &mut Vec<InputId>,
        sink: &mut S,
        next: &mut Next,
    ) -> Found<Reached> {
        let mut direct = Direct::new(&self.bound, facts, assumed, sink, self.start);
        match self.owed(&mut direct)? {
            Ok(first) => direct.day = first,
            Err(version) => {
                let not_due = Reached::without_amount(Status::NotDue, None, direct.attested);
                return Ok(Reached { beside: [Some(version), None], ..not_due });
            }
        }
        if let Some(as_of) = self.as_of
            && (S::ON || as_of.reads)
        {
            let day = direct.deciding_day(as_of.day)?;
            direct.emit(|| Step::AsOf { version: Some(as_of.version), day });
            direct.day = day;
        }
        let amounts = match self.reduction(&mut direct)? {
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Exempt, .. }, .. }) => {
                direct.attest(*attested);
                return Ok(Reached::without_amount(Status::Exempt, Some(*version), direct.attested));
            }
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Amount(amount), .. }, .. }) => {
                let exact = schedule::stated(*amount, &mut direct)?;
                direct.attest(*attested);
                Amounts::by(*version, exact)
            }
            reduction => match (self.tariff(&mut direct, next)?, reduction) {
                (Err(exempt), _) => return Ok(exempt),
                (Ok(amounts), Some(case)) => reduced(case, amounts, &mut direct)?,
                (Ok(amounts), None) => amounts,
            },
        };
        self.limited(amounts.exact, &mut direct)?;
        self.rounded(amounts, &mut direct, next)
    }

    /// The reduction that applies; what it lacks is a finding, and those are found elsewhere.
    fn reduction<S: Sink>(&self, direct: &mut Direct<'_, S>) -> Found<Option<&Case<Reduction>>> {
        let chosen = direct.choose(&self.reductions)?;
        if let Some(needs) = chosen.and_then(|case| case.gives.needs)
            && !direct.holds(needs)?
        {
            return Err(Elsewhere);
        }
        Ok(chosen)
    }

    fn tariff<S: Sink>(&self, direct: &mut Direct<'_, S>, next: &mut Next) -> Found<Result<Amounts, Reached>> {
        let Some(Case { version, attested, gives, .. }) = direct.choose(&self.tariff)? else { return Err(Elsewhere) };
        let amount = match gives {
            Tariff::Exempt => Amount::Exempt,
            Tariff::Amount { schedule, .. } => schedule.amount(*version, direct, next)?,
            Tariff::Elsewhere => return Err(Elsewhere),
        };
        direct.attest(*attested);
        Ok(match (amount, gives) {
            (Amount::Known(exact), Tariff::Amount { goes_to, .. }) => {
                Ok(Amounts { goes_to: *goes_to, ..Amounts::by(*version, exact) })
            }
            _ => Err(Reached::without_amount(Status::Exempt, Some(*version), direct.attested)),
        })
    }

    fn rounded<S: Sink>(&self, amounts: Amounts, direct: &mut Direct<'_, S>, next: &mut Next) -> Found<Reached> {
        let Amounts { exact, rule, goes_to, reduced_by } = amounts;
        let Round { version, attested, rounding, setting } = self.round;
        if let Some(setting) = setting {
            direct.read_setting(setting);
        }
        if exact.is_negative() {
            return Err(Elsewhere);
        }
        let amount = rounding.apply(exact)?;
        direct.emit(|| Step::Rounded { version, rounding, exact, gives: amount });
        let by_rounding = (amount != exact).then_some(version);
        if by_rounding.is_some() {
            direct.attest(attested);
        }
        if let Some(next) = next {
            next.amount = self.as_charged(next.amount, direct)?;
        }
        Ok(Reached {
            status: Status::Charged,
            charged: Some(Charged { amount, exact, rounding, goes_to }),
            rule: Some(rule),
            beside: if reduced_by.is_some() { [reduced_by, by_rounding] } else { [by_rounding, None] },
            attested: direct.attested,
        })
    }

    /// What would be charged of an amount of the tariff, without a word about it.
    fn as_charged<S: Sink>(&self, amount: Exact, direct: &mut Direct<'_, S>) -> Found<Exact> {
        let limited = direct.silently(|direct| self.limited_to(amount, direct))?;
        Ok(self.round.rounding.apply(limited).unwrap_or(limited))
    }
}

/// A share of an amount.
fn reduced<S: Sink>(case: &Case<Reduction>, amounts: Amounts, direct: &mut Direct<'_, S>) -> Found<Amounts> {
    let share = match case.gives.gives {
        Reduced::Pays(share) => direct.number(share)?,
        Reduced::Less(share) => Exact::ONE.checked_sub(direct.number(share)?)?,
        Reduced::Exempt | Reduced::Amount(_) => return Err(Elsewhere),
    };
    let before = amounts.exact;
    let after = left_of(before, share)?;
    direct.emit(|| Step::Reduced { version: case.version, share, before, after });
    if after == before {
        return Ok(Amounts { exact: after, ..amounts });
    }
    direct.attest(case.attested);
    Ok(Amounts { exact: after, reduced_by: Some(case.version), ..amounts })
}
