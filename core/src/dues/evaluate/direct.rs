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

use super::reached::Reached;
use super::reductions::left_of;
use crate::dues::answer::{NextBand, Status};
use crate::explain::{Sink, Step};
use crate::ruleset::evaluate::bound::{AsOf, Bound, Case, Choice, Direct, Elsewhere, Found, NodeId, Setting};
use crate::ruleset::{Attested, Facts, InputId, VersionId};
use crate::value::{Date, Exact, Rounding};
use limits::Limit;
use owed::Owed;
use schedule::{Amount, Schedule};

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

impl DirectPlan {
    /// What facts without histories come to, put where nothing was reached yet: to hand it on from stage to stage takes
    /// longer than to find it. Where the next band begins is only for who asks why.
    pub(super) fn answer<S: Sink>(
        &self,
        facts: &Facts,
        assumed: &mut Vec<InputId>,
        sink: &mut S,
        reached: &mut Reached,
    ) -> Found<()> {
        let mut direct = Direct::new(&self.bound, facts, assumed, sink, self.start);
        self.stages(&mut direct, reached)?;
        reached.attested = direct.attested;
        Ok(())
    }

    fn stages<S: Sink>(&self, direct: &mut Direct<'_, S>, reached: &mut Reached) -> Found<()> {
        match self.owed(direct)? {
            Ok(first) => direct.day = first,
            Err(version) => {
                reached.status = Status::NotDue;
                reached.cite.push(version);
                return Ok(());
            }
        }
        if let Some(as_of) = self.as_of
            && (S::ON || as_of.reads)
        {
            let day = direct.deciding_day(as_of.day)?;
            direct.emit(|| Step::AsOf { version: Some(as_of.version), day });
            direct.day = day;
        }
        let mut reduced_by = None;
        let exact = match self.reduction(direct)? {
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Exempt, .. }, .. }) => {
                direct.attest(*attested);
                reached.exempt_by(*version);
                return Ok(());
            }
            Some(Case { version, attested, gives: Reduction { gives: Reduced::Amount(amount), .. }, .. }) => {
                let exact = schedule::stated(*amount, direct)?;
                direct.attest(*attested);
                reached.decided_by(*version);
                exact
            }
            reduction => {
                let Amount::Known(exact) = self.tariff(direct, reached)? else { return Ok(()) };
                match reduction {
                    Some(case) => {
                        let after = reduced(case, exact, direct, &mut reached.next_band)?;
                        reduced_by = (after != exact).then_some(case.version);
                        after
                    }
                    None => exact,
                }
            }
        };
        self.limited(exact, direct)?;
        if let Some(version) = reduced_by {
            reached.cite.push(version);
        }
        self.rounded(exact, direct, reached)
    }

    /// How amounts are rounded at last.
    pub(super) fn rounding(&self) -> Rounding {
        self.round.rounding
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

    fn tariff<S: Sink>(&self, direct: &mut Direct<'_, S>, reached: &mut Reached) -> Found<Amount> {
        let Some(Case { version, attested, gives, .. }) = direct.choose(&self.tariff)? else { return Err(Elsewhere) };
        let amount = match gives {
            Tariff::Exempt => Amount::Exempt,
            Tariff::Amount { schedule, goes_to } => {
                reached.goes_to = *goes_to;
                schedule.amount(*version, direct, &mut reached.next_band)?
            }
            Tariff::Elsewhere => return Err(Elsewhere),
        };
        direct.attest(*attested);
        match amount {
            Amount::Known(_) => reached.decided_by(*version),
            Amount::Exempt => reached.exempt_by(*version),
        }
        Ok(amount)
    }

    fn rounded<S: Sink>(&self, exact: Exact, direct: &mut Direct<'_, S>, reached: &mut Reached) -> Found<()> {
        let Round { version, attested, rounding, setting } = self.round;
        if let Some(setting) = setting {
            direct.read_setting(setting);
        }
        if exact.is_negative() {
            return Err(Elsewhere);
        }
        let amount = rounding.apply(exact)?;
        direct.emit(|| Step::Rounded { version, rounding, exact, gives: amount });
        if amount != exact {
            direct.attest(attested);
            reached.cite.push(version);
        }
        if let Some(next) = reached.next_band {
            let limited = direct.silently(|direct| self.limited_to(next.amount, direct))?;
            reached.next_band = next.after(|_| rounding.apply(limited).ok().filter(|_| !limited.is_negative()));
        }
        reached.status = Status::Charged;
        reached.amount = Some(amount);
        reached.exact = Some(exact);
        Ok(())
    }
}

impl Reached {
    /// The version that decides is cited first.
    fn decided_by(&mut self, version: VersionId) {
        self.rule = Some(version);
        self.cite.push(version);
    }

    fn exempt_by(&mut self, version: VersionId) {
        self.status = Status::Exempt;
        self.goes_to = None;
        self.decided_by(version);
    }
}

/// A share of an amount, and of that of the next band.
fn reduced<S: Sink>(
    case: &Case<Reduction>,
    before: Exact,
    direct: &mut Direct<'_, S>,
    next: &mut Option<NextBand>,
) -> Found<Exact> {
    let share = match case.gives.gives {
        Reduced::Pays(share) => direct.number(share)?,
        Reduced::Less(share) => Exact::ONE.checked_sub(direct.number(share)?)?,
        Reduced::Exempt | Reduced::Amount(_) => return Err(Elsewhere),
    };
    let after = left_of(before, share)?;
    *next = next.and_then(|next| next.after(|amount| left_of(amount, share).ok()));
    direct.emit(|| Step::Reduced { version: case.version, share, before, after });
    if after != before {
        direct.attest(case.attested);
    }
    Ok(after)
}
