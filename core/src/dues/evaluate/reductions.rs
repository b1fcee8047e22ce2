//! Stages 11 and 14: which reductions apply, and what they leave of the amount.

use super::Stages;
use super::outcome::Outcome;
use crate::dues::answer::Status;
use crate::dues::rule::{ReductionBody, Reductions, Take};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{Attested, Chosen, Datum, Evaluated, Halt, VersionId, order};
use crate::value::{ArithmeticError, Date, Exact};

/// What a reduction does once it is known to apply.
#[derive(Clone, Copy)]
pub(super) struct Applies {
    pub(super) version: VersionId,
    pub(super) body: ReductionBody,
}

/// The reductions that apply; or the outcome that stops the charge, and whether it is the choice that is open.
type Applying = Result<Vec<Applies>, (Box<Outcome>, bool)>;

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// Stages 11, 12 and 14: the amount after reductions, before limits.
    pub(super) fn reduced(&mut self, day: Date) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let charge = self.charge;
        let Some(reductions) = &charge.reductions else { return self.tariff(day) };
        let before = self.scope.attested;
        let applies = match self.applying(reductions, day)? {
            Ok(applies) => applies,
            Err((outcome, open)) => {
                let bounds = open.then(|| self.open_reductions(reductions, day)).flatten();
                return Ok(Err(Box::new(outcome.between(bounds))));
            }
        };
        if let Some(exempt) = applies.iter().find(|reduction| matches!(reduction.body, ReductionBody::Exempt)) {
            self.scope.attest(exempt.version);
            return Ok(Err(Box::new(Outcome::of(Status::Exempt).by(exempt.version))));
        }
        let first_states = matches!(applies.first(), Some(Applies { body: ReductionBody::Amount(_), .. }));
        let all_state = applies.iter().all(|reduction| matches!(reduction.body, ReductionBody::Amount(_)));
        let skips = !applies.is_empty() && if reductions.take == Take::Lowest { all_state } else { first_states };
        let start = if skips {
            Outcome { exact: Some(Exact::ZERO), ..Outcome::of(Status::Charged) }
        } else {
            match self.tariff(day)? {
                Ok(outcome) => outcome,
                Err(outcome) => return Ok(Err(outcome)),
            }
        };
        if reductions.take == Take::Lowest && !applies.is_empty() {
            return self.lowest(&applies, &start, day, before);
        }
        let mut outcome = start;
        for reduction in applies {
            outcome = match self.reduce(reduction, outcome, day, before)? {
                Ok(outcome) => outcome,
                Err(outcome) => return Ok(Err(outcome)),
            };
        }
        Ok(Ok(outcome))
    }

    /// The least of what the reductions leave; only the one that is taken counts for how well the amount is attested.
    pub(super) fn lowest(
        &mut self,
        applies: &[Applies],
        start: &Outcome,
        day: Date,
        before: Attested,
    ) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let full = self.scope.attested;
        let mut least: Option<(Outcome, Attested)> = None;
        let mut next = start.next_band().map(|next| next.amount);
        for reduction in applies {
            self.scope.attested = full;
            match self.reduce(*reduction, start.clone(), day, before)? {
                Ok(outcome) => {
                    // In the next band another one may leave the least.
                    let left = match reduction.body {
                        ReductionBody::Amount(_) => outcome.exact,
                        _ => outcome.next_band().map(|next| next.amount),
                    };
                    next = next.and_then(|least| Some(left?.min(least)));
                    if least.as_ref().is_none_or(|(known, _)| outcome.exact < known.exact) {
                        least = Some((outcome, self.scope.attested));
                    }
                }
                Err(outcome) => return Ok(Err(outcome)),
            }
        }
        let (mut outcome, attested) = least.unwrap_or_else(|| (start.clone(), full));
        outcome.change_next_band(|_| next);
        self.scope.attested = attested;
        Ok(Ok(outcome))
    }

    /// The reductions that apply and whose formality is met; `Err` with `true` is a choice that is open.
    pub(super) fn applying(&mut self, reductions: &Reductions, day: Date) -> Evaluated<Applying> {
        let mut chosen = Vec::new();
        if reductions.take == Take::One {
            match self.scope.choose(&reductions.choice, day)? {
                Chosen::One(_, version, case) => chosen.push((version, case)),
                Chosen::Nothing => {}
                Chosen::Two(one, other) => return Err(Halt::NoRule(Box::new(self.scope.two_rules(one, other)))),
                Chosen::Unknown(missing, _) => return Ok(Err((Box::new(Outcome::needs(missing)), true))),
            }
        } else {
            match self.scope.choose_all(&reductions.choice, day)? {
                Ok(all) => chosen = all,
                Err(missing) => return Ok(Err((Box::new(Outcome::needs(missing)), false))),
            }
            if let Take::InOrder(taken) = &reductions.take {
                let rank = |version: VersionId| {
                    let at = reductions.choice.alternatives.iter().position(|a| a.dated.timeline == version.timeline);
                    taken.iter().position(|wanted| Some(*wanted) == at)
                };
                chosen.retain(|(version, _)| rank(*version).is_some());
                order::sort_by(&mut chosen, |(one, _), (other, _)| rank(*one).cmp(&rank(*other)));
            }
        }
        let mut applies = Vec::with_capacity(chosen.len());
        for (version, case) in chosen {
            if let Some(needs) = case.body.needs {
                match self.scope.deciding(|scope| scope.evaluate(needs, day))? {
                    Datum::YesNo(true) => {}
                    Datum::Unknown(missing) => {
                        return Ok(Err((Box::new(Outcome::needs(missing).by(version)), false)));
                    }
                    Datum::Nothing(absent) => return Err(self.scope.nothing(absent)),
                    _ => {
                        let path = self.scope.rules.path(version.timeline);
                        self.scope.find(Finding::new(Code::NeedsNotMet).at(path).with("rule", path).citing(version));
                        continue;
                    }
                }
            }
            applies.push(Applies { version, body: case.body.body });
        }
        Ok(Ok(applies))
    }

    /// One reduction on an amount; a stated one is attested as what stood `before_tariff`, and as itself.
    pub(super) fn reduce(
        &mut self,
        reduction: Applies,
        outcome: Outcome,
        day: Date,
        before_tariff: Attested,
    ) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let Applies { version, body } = reduction;
        let before = outcome.exact.unwrap_or(Exact::ZERO);
        let overflow = |stages: &Self, why| stages.scope.overflow(why, version.timeline);
        let (expression, is_less) = match body {
            ReductionBody::Exempt => return Ok(Ok(outcome)),
            ReductionBody::Amount(expression) => {
                self.scope.attested = before_tariff;
                let gives = match self.number(expression, day)? {
                    Ok(gives) => gives,
                    Err(missing) => return Ok(Err(Box::new(Outcome::needs(missing).by(version)))),
                };
                self.scope.emit(|| Step::Amount { expression, gives });
                self.scope.attest(version);
                return Ok(Ok(Outcome { exact: Some(gives), ..Outcome::of(Status::Charged) }.by(version)));
            }
            ReductionBody::Pays(expression) => (expression, false),
            ReductionBody::Less(expression) => (expression, true),
        };
        let share = match self.number(expression, day)? {
            Ok(share) if is_less => Exact::ONE.checked_sub(share).map_err(|why| overflow(self, why))?,
            Ok(share) => share,
            Err(missing) => {
                return Ok(Err(Box::new(Outcome { status: Status::NeedsFacts, missing: Some(missing), ..outcome })));
            }
        };
        let after = left_of(before, share).map_err(|why| overflow(self, why))?;
        self.scope.emit(|| Step::Reduced { version, share, before, after });
        let mut outcome = outcome;
        if after != before {
            self.scope.attest(version);
            outcome.cite.push(version);
        }
        outcome.exact = Some(after);
        outcome.change_next_band(|amount| left_of(amount, share).ok());
        Ok(Ok(outcome))
    }
}

/// What a reduction to a share leaves of an amount: it never raises it and never turns it negative.
pub(super) fn left_of(before: Exact, share: Exact) -> Result<Exact, ArithmeticError> {
    let product = share.checked_mul(before)?;
    Ok(if before.is_negative() { before } else { product.max(Exact::ZERO).min(before) })
}
