//! The row of stages from owed to rounded.

use super::Stages;
use super::outcome::Outcome;
use super::owed::OwedDays;
use super::schedule::Amount;
use crate::dues::answer::Status;
use crate::dues::rule::{Tariff, TariffBody};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{Chosen, Datum, Evaluated, Halt, VersionId};
use crate::value::{Date, Exact, Period};

/// The exact amount before the last rounding, and what led to it.
pub(super) struct Reached {
    pub(super) exact: Exact,
    pub(super) outcome: Outcome,
}

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// Computes the charge for its period.
    pub(super) fn whole(&mut self) -> Outcome {
        match self.reach() {
            Ok(Ok((reached, day))) => self.finish(reached, day),
            Ok(Err(outcome)) => *outcome,
            Err(halt) => Outcome::halted(halt),
        }
    }

    /// Stages 10 to 15 without the rounding; `Err` is an outcome that stops before an amount.
    pub(super) fn reach(&mut self) -> Evaluated<Result<(Reached, Date), Box<Outcome>>> {
        let (first, factor, owed_by) = match self.owed(true)? {
            OwedDays::Owed { version, first, factor } => (first, factor, version),
            OwedDays::NotOwed { version } => {
                let mut outcome = Outcome::of(Status::NotDue);
                outcome.cite.push(version);
                return Ok(Err(Box::new(outcome)));
            }
            OwedDays::Unknown(missing) => return Ok(Err(Box::new(Outcome::needs(missing)))),
            OwedDays::NoRule => return Ok(Err(Box::new(self.stage_without_rule("owed")))),
        };
        let day = match self.as_of(first)? {
            Ok(day) => day,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let mut outcome = match self.reduced(day)? {
            Ok(outcome) => outcome,
            Err(outcome) => return Ok(Err(outcome)),
        };
        // INVARIANT: a reduced outcome that goes on has an exact amount.
        let before = outcome.exact.unwrap_or(Exact::ZERO);
        let limited = match self.limited(before, day, &mut outcome) {
            Ok(Ok(limited)) => limited,
            Err(halt) => {
                let halted = Outcome::halted(halt);
                return Ok(Err(Box::new(Outcome { rule: outcome.rule, cite: outcome.cite, ..halted })));
            }
            Ok(Err(missing)) => {
                return Ok(Err(Box::new(Outcome { status: Status::NeedsFacts, missing: Some(missing), ..outcome })));
            }
        };
        if let Some(next) = outcome.next_band() {
            let limited =
                self.scope_silently(|stages| stages.limited(next.amount, day, &mut Outcome::of(Status::Charged)));
            let limited = limited.ok().and_then(Result::ok);
            outcome.change_next_band(|_| limited?.checked_mul(factor).ok());
        }
        let exact = if factor == Exact::ONE {
            limited
        } else {
            let after = factor.checked_mul(limited).map_err(|why| self.scope.overflow_at(&self.charge.name, why))?;
            self.scope.emit(|| Step::Prorated { factor, before: limited, after });
            outcome.cite.extend(owed_by);
            after
        };
        Ok(Ok((Reached { exact, outcome }, day)))
    }

    /// The exact amount of a whole period under the present versions, for a period that is cut by days.
    pub(super) fn exactly(&mut self) -> Outcome {
        match self.reach() {
            Ok(Ok((reached, _))) => Outcome { status: Status::Charged, exact: Some(reached.exact), ..reached.outcome },
            Ok(Err(outcome)) => *outcome,
            Err(halt) => Outcome::halted(halt),
        }
    }

    pub(super) fn stage_without_rule(&self, stage: &str) -> Outcome {
        let path = format!("{}.{stage}", self.charge.name);
        Outcome::no_rule(Finding::new(Code::NoRule).at(&path).with("name", &path))
    }

    /// The day whose facts are read: the charge's own, else the first day owed.
    pub(super) fn as_of(&mut self, first: Date) -> Evaluated<Result<Date, Box<Outcome>>> {
        let Some(dated) = &self.charge.as_of else {
            return Ok(Ok(first));
        };
        let version = self.scope.in_force.version(dated.timeline);
        let Some((version, expression)) = version.and_then(|version| Some((version, *dated.body(version)?))) else {
            return Ok(Err(Box::new(self.stage_without_rule("as_of"))));
        };
        if let Some(reason) = self.scope.set_aside(dated.timeline)
            && self.scope.is_soft(version)
        {
            self.scope.say_set_aside(version, reason);
            return Ok(Ok(first));
        }
        match self.scope.deciding(|scope| scope.evaluate(expression, first))? {
            Datum::Date(day) => {
                if day != first && self.scope.facts.has_history() {
                    self.held_at(version, day, first);
                }
                self.scope.emit(|| Step::AsOf { version: Some(version), day });
                Ok(Ok(day))
            }
            Datum::Unknown(missing) => Ok(Err(Box::new(Outcome::needs(missing)))),
            Datum::Nothing(absent) => Err(self.scope.nothing(absent)),
            _ => Ok(Ok(first)),
        }
    }

    /// Whether another day's facts change the amount: then the rule that chose the day is part of the answer.
    pub(super) fn held_at(&mut self, version: VersionId, day: Date, first: Date) {
        let at = |stages: &mut Self, day: Date| {
            stages.scope_silently(|stages| match stages.reduced(day) {
                Ok(Ok(outcome)) => outcome.exact,
                _ => None,
            })
        };
        let (here, there) = (at(self, day), at(self, first));
        self.scope.forget_terms();
        if here != there {
            self.scope.attest(version);
            if let (Some(here), Some(there), true) = (here, there, self.scope.is_soft(version)) {
                let finding = Finding::new(Code::HeldAt).at(self.scope.rules.path(version.timeline)).citing(version);
                let name = &*self.charge.name;
                self.scope.find(finding.with("name", name).with("value", here).with("day", day).with("instead", there));
            }
        }
    }

    /// Stage 12: the amount of the tariff.
    pub(super) fn tariff(&mut self, day: Date) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let charge = self.charge;
        match self.scope.choose(&charge.tariff, day)? {
            Chosen::One(_, version, case) => self.by_alternative(version, &case.body, day),
            Chosen::Nothing => Ok(Err(Box::new(self.stage_without_rule("tariff")))),
            Chosen::Two(one, other) => Err(Halt::NoRule(Box::new(self.scope.two_rules(one, other)))),
            Chosen::Unknown(missing, open) => {
                let bounds = self.open_tariff(&open, day);
                Ok(Err(Box::new(Outcome::needs(missing).between(bounds))))
            }
        }
    }

    pub(super) fn by_alternative(
        &mut self,
        version: VersionId,
        tariff: &Tariff,
        day: Date,
    ) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let schedule = match &tariff.body {
            TariffBody::Exempt => {
                self.scope.attest(version);
                return Ok(Err(Box::new(Outcome::of(Status::Exempt).by(version))));
            }
            TariffBody::NoRule(why) => {
                let path = self.scope.rules.path(version.timeline);
                let finding = Finding::new(Code::NoRule).at(path).with("name", path).with("why", why).citing(version);
                return Ok(Err(Box::new(Outcome::no_rule(finding).by(version))));
            }
            TariffBody::Amount(schedule) => schedule,
        };
        if let (Some(due), Some(own)) = (tariff.due, self.charge.per)
            && let Some(longer) = Period::containing(due.per, self.scope.period.start)
        {
            match self.due_elsewhere_in(longer, own, due.last)? {
                Ok(false) => {}
                Ok(true) => return Ok(Err(Box::new(Outcome::of(Status::NotDue).by(version)))),
                Err(missing) => return Ok(Err(Box::new(Outcome::needs(missing).by(version)))),
            }
        }
        let mut rare = None;
        let amount = match self.schedule(schedule, version, day, &mut rare, 0) {
            Ok(amount) => amount,
            Err(halt) => return Ok(Err(Box::new(Outcome::halted(halt).by(version)))),
        };
        Ok(match amount {
            Amount::Known(exact) => {
                self.scope.attest(version);
                let goes_to = tariff.goes_to;
                let reached = Outcome { exact: Some(exact), rare, goes_to, ..Outcome::of(Status::Charged) };
                Ok(reached.by(version))
            }
            Amount::Unknown(missing) => Err(Box::new(Outcome::needs(missing).by(version))),
            Amount::Exempt => {
                self.scope.attest(version);
                Err(Box::new(Outcome::of(Status::Exempt).by(version)))
            }
        })
    }

    /// Stage 15: the last rounding.
    pub(super) fn finish(&mut self, reached: Reached, day: Date) -> Outcome {
        let Reached { exact, mut outcome } = reached;
        let version = self.scope.in_force.version(self.charge.round.timeline);
        let body = version.and_then(|version| Some((version, *self.charge.round.body(version)?)));
        let Some((version, expression)) = body else { return self.stage_without_rule("round") };
        let rounding = match self.rounding(expression, day) {
            Ok(Ok(rounding)) => rounding,
            Ok(Err(missing)) => return Outcome { status: Status::NeedsFacts, missing: Some(missing), ..outcome },
            Err(halt) => return Outcome::halted(halt),
        };
        if exact.is_negative() {
            let finding = Finding::new(Code::NegativeAmount).at(&self.charge.name).with("amount", exact);
            let halted = Outcome::halted(Halt::Rejected(Box::new(finding)));
            return match outcome.rule {
                Some(rule) => halted.by(rule),
                None => halted,
            };
        }
        let gives = match rounding.apply(exact) {
            Ok(gives) => gives,
            Err(why) => return Outcome::halted(self.scope.overflow(why, version.timeline)),
        };
        self.scope.emit(|| Step::Rounded { version, rounding, exact, gives });
        if gives != exact {
            self.scope.attest(version);
            outcome.cite.push(version);
        }
        outcome.change_next_band(|amount| rounding.apply(amount).ok().filter(|_| !amount.is_negative()));
        outcome.status = Status::Charged;
        outcome.exact = Some(exact);
        outcome.amount = Some(gives);
        outcome.rounding = Some(rounding);
        outcome
    }

    /// Rounds a sum of pieces once, by the rule of the present versions.
    pub(super) fn finish_pieces(&mut self, exact: Exact, outcome: Outcome) -> Outcome {
        let day = self.scope.period.start;
        self.finish(Reached { exact, outcome }, day)
    }
}
