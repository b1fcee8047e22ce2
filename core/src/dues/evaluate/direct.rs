//! The stages of a charge on bound expressions: what nearly every answer needs, and no more.
//!
//! The stages are those of [`Stages`](super::Stages), in the same order. What they do not know is
//! [`Elsewhere`](crate::ruleset::evaluate::bound::Elsewhere): then the answer is the general evaluator's.

mod bind;
mod schedule;
#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests;

use crate::dues::answer::Status;
use crate::ruleset::evaluate::bound::{Bound, Case, Direct, Elsewhere, Found, NodeId};
use crate::ruleset::{Attested, Facts, InputId, VersionId};
use crate::value::{Date, Exact, Rounding};
use schedule::{Amount, Schedule};

/// A charge bound to the versions and settings of one period.
#[derive(Clone, Debug)]
pub(super) struct DirectPlan {
    bound: Bound,
    start: Date,
    end: Date,
    owed: Option<Owed>,
    as_of: Option<NodeId>,
    reductions: Vec<Case<Reduction>>,
    tariff: Vec<Case<Tariff>>,
    limits: Vec<Limit>,
    round: Round,
}

/// On which days the charge is owed.
#[derive(Clone, Copy, Debug)]
struct Owed {
    version: VersionId,
    starts: Option<NodeId>,
    ends: Option<NodeId>,
    when: Option<NodeId>,
    /// Whether a part of the period costs the whole.
    whole: bool,
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

#[derive(Clone, Copy, Debug)]
struct Limit {
    when: Option<NodeId>,
    at_most: Option<NodeId>,
    at_least: Option<NodeId>,
}

#[derive(Clone, Copy, Debug)]
struct Round {
    version: VersionId,
    attested: Attested,
    rounding: Rounding,
}

/// What the stages came to; anything else than these is said elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    pub(super) status: Status,
    /// The rounded amount and the exact one, if it is charged.
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

impl DirectPlan {
    /// The answer for facts without histories.
    pub(super) fn answer(&self, facts: &Facts, assumed: &mut Vec<InputId>) -> Found<Reached> {
        let mut direct = Direct::new(&self.bound, facts, assumed);
        if let Some(owed) = &self.owed
            && !self.is_owed(owed, &mut direct)?
        {
            let not_due = Reached::without_amount(Status::NotDue, None, direct.attested);
            return Ok(Reached { beside: [Some(owed.version), None], ..not_due });
        }
        if let Some(day) = self.as_of {
            direct.day(day)?;
        }
        let reduction = match direct.choose(&self.reductions)? {
            None => None,
            // What a reduction lacks is a finding.
            Some(case) => match case.gives.needs {
                Some(needs) if !direct.holds(needs)? => return Err(Elsewhere),
                _ => Some(case),
            },
        };
        let amounts = match reduction {
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Exempt, .. }, .. }) => {
                direct.attest(*attested);
                return Ok(Reached::without_amount(Status::Exempt, Some(*version), direct.attested));
            }
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Amount(amount), .. }, .. }) => {
                let exact = direct.number(*amount)?;
                direct.attest(*attested);
                Amounts { exact, rule: *version, goes_to: None, reduced_by: None }
            }
            other => {
                let amounts = match self.tariff(&mut direct)? {
                    Ok(amounts) => amounts,
                    Err(exempt) => return Ok(exempt),
                };
                match other {
                    Some(case) => reduced(case, amounts, &mut direct)?,
                    None => amounts,
                }
            }
        };
        self.limited(amounts.exact, &mut direct)?;
        self.rounded(amounts, direct.attested)
    }

    fn is_owed(&self, owed: &Owed, direct: &mut Direct<'_>) -> Found<bool> {
        let first = owed.starts.map_or(Ok(Date::LONG_AGO), |day| direct.day(day))?;
        let last = owed.ends.map_or(Ok(Date::NEVER), |day| direct.day(day))?;
        if first > last || first > self.end || last < self.start {
            return Ok(false);
        }
        if let Some(when) = owed.when
            && !direct.holds(when)?
        {
            return Ok(false);
        }
        let is_all = first <= self.start && last >= self.end;
        if owed.whole || is_all { Ok(true) } else { Err(Elsewhere) }
    }

    fn tariff(&self, direct: &mut Direct<'_>) -> Found<Result<Amounts, Reached>> {
        let Some(Case { version, attested, gives, .. }) = direct.choose(&self.tariff)? else { return Err(Elsewhere) };
        let amount = match gives {
            Tariff::Exempt => Amount::Exempt,
            Tariff::Amount { schedule, .. } => schedule.amount(direct)?,
            Tariff::Elsewhere => return Err(Elsewhere),
        };
        direct.attest(*attested);
        Ok(match (amount, gives) {
            (Amount::Known(exact), Tariff::Amount { goes_to, .. }) => {
                Ok(Amounts { exact, rule: *version, goes_to: *goes_to, reduced_by: None })
            }
            _ => Err(Reached::without_amount(Status::Exempt, Some(*version), direct.attested)),
        })
    }

    /// Reads the limits; one that acts is said in a finding.
    fn limited(&self, amount: Exact, direct: &mut Direct<'_>) -> Found<()> {
        for limit in &self.limits {
            if let Some(when) = limit.when
                && !direct.holds(when)?
            {
                continue;
            }
            if let Some(most) = limit.at_most
                && amount > direct.number(most)?
            {
                return Err(Elsewhere);
            }
            if let Some(least) = limit.at_least
                && amount < direct.number(least)?
            {
                return Err(Elsewhere);
            }
        }
        Ok(())
    }

    fn rounded(&self, amounts: Amounts, attested: Attested) -> Found<Reached> {
        let Amounts { exact, rule, goes_to, reduced_by } = amounts;
        let Round { version, attested: how_well, rounding } = self.round;
        if exact.is_negative() {
            return Err(Elsewhere);
        }
        let amount = rounding.apply(exact)?;
        let by_rounding = (amount != exact).then_some(version);
        Ok(Reached {
            status: Status::Charged,
            charged: Some(Charged { amount, exact, rounding, goes_to }),
            rule: Some(rule),
            beside: if reduced_by.is_some() { [reduced_by, by_rounding] } else { [by_rounding, None] },
            attested: if by_rounding.is_some() { attested.max(how_well) } else { attested },
        })
    }
}

/// A share of an amount; it never raises it and never turns it negative.
fn reduced(case: &Case<Reduction>, amounts: Amounts, direct: &mut Direct<'_>) -> Found<Amounts> {
    let share = match case.gives.gives {
        Reduced::Pays(share) => direct.number(share)?,
        Reduced::Less(share) => Exact::ONE.checked_sub(direct.number(share)?)?,
        Reduced::Exempt | Reduced::Amount(_) => return Err(Elsewhere),
    };
    let before = amounts.exact;
    let product = share.checked_mul(before)?;
    let after = if before.is_negative() { before } else { product.max(Exact::ZERO).min(before) };
    if after == before {
        return Ok(Amounts { exact: after, ..amounts });
    }
    direct.attest(case.attested);
    Ok(Amounts { exact: after, reduced_by: Some(case.version), ..amounts })
}
