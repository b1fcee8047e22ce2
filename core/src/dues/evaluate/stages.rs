//! The row of stages from owed to rounded.

use super::Stages;
use super::outcome::Outcome;
use super::owed::OwedDays;
use super::schedule::Amount;
use crate::dues::answer::{Bounds, Line, Status};
use crate::dues::rule::{Each, ReductionBody, Reductions, Take, Tariff, TariffBody};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{Attested, Chosen, Datum, Evaluated, Given, Halt, InForce, Missing, VersionId};
use crate::value::{Date, Exact, Period};

/// The exact amount before the last rounding, and what led to it.
struct Reached {
    exact: Exact,
    outcome: Outcome,
}

/// What a reduction does once it is known to apply.
#[derive(Clone, Copy)]
struct Applies {
    version: VersionId,
    body: ReductionBody,
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
    fn reach(&mut self) -> Evaluated<Result<(Reached, Date), Box<Outcome>>> {
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

    fn stage_without_rule(&self, stage: &str) -> Outcome {
        let path = format!("{}.{stage}", self.charge.name);
        Outcome::no_rule(Finding::new(Code::NoRule).at(&path).with("name", &path))
    }

    /// The day whose facts are read: the charge's own, else the first day owed.
    fn as_of(&mut self, first: Date) -> Evaluated<Result<Date, Box<Outcome>>> {
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
                    self.held_at(version, day, first)?;
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
    fn held_at(&mut self, version: VersionId, day: Date, first: Date) -> Evaluated<()> {
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
        Ok(())
    }

    /// Stages 11, 12 and 14: the amount after reductions, before limits.
    fn reduced(&mut self, day: Date) -> Evaluated<Result<Outcome, Box<Outcome>>> {
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
    fn lowest(
        &mut self,
        applies: &[Applies],
        start: &Outcome,
        day: Date,
        before: Attested,
    ) -> Evaluated<Result<Outcome, Box<Outcome>>> {
        let full = self.scope.attested;
        let mut least: Option<(Outcome, Attested)> = None;
        for reduction in applies {
            self.scope.attested = full;
            match self.reduce(*reduction, start.clone(), day, before)? {
                Ok(outcome) => {
                    if least.as_ref().is_none_or(|(known, _)| outcome.exact < known.exact) {
                        least = Some((outcome, self.scope.attested));
                    }
                }
                Err(outcome) => return Ok(Err(outcome)),
            }
        }
        let (outcome, attested) = least.unwrap_or_else(|| (start.clone(), full));
        self.scope.attested = attested;
        Ok(Ok(outcome))
    }

    /// The reductions that apply and whose formality is met; `Err` with `true` is a choice that is open.
    fn applying(
        &mut self,
        reductions: &Reductions,
        day: Date,
    ) -> Evaluated<Result<Vec<Applies>, (Box<Outcome>, bool)>> {
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
            if let Take::InOrder(order) = &reductions.take {
                let rank = |version: VersionId| {
                    let at = reductions.choice.alternatives.iter().position(|a| a.dated.timeline == version.timeline);
                    order.iter().position(|wanted| Some(*wanted) == at)
                };
                chosen.retain(|(version, _)| rank(*version).is_some());
                chosen.sort_by_key(|(version, _)| rank(*version));
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
    fn reduce(
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
        // A reduction never raises an amount and never turns it negative.
        let product = share.checked_mul(before).map_err(|why| overflow(self, why))?;
        let after = if before.is_negative() { before } else { product.max(Exact::ZERO).min(before) };
        self.scope.emit(|| Step::Reduced { version, share, before, after });
        let mut outcome = outcome;
        if after != before {
            self.scope.attest(version);
            outcome.cite.push(version);
        }
        outcome.exact = Some(after);
        Ok(Ok(outcome))
    }

    /// Stage 12: the amount of the tariff.
    fn tariff(&mut self, day: Date) -> Evaluated<Result<Outcome, Box<Outcome>>> {
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

    fn by_alternative(
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

    /// Stage 14: limits that are in force and true, the greatest amounts first.
    fn limited(&mut self, before: Exact, day: Date, outcome: &mut Outcome) -> Evaluated<Result<Exact, Missing>> {
        // The memory for them is kept from one answer to the next.
        let mut live = std::mem::take(&mut self.scope.work.limits);
        live.clear();
        let limited = self.limited_by(&mut live, before, day, outcome);
        self.scope.work.limits = live;
        limited
    }

    fn limited_by(
        &mut self,
        live: &mut Vec<(VersionId, bool, Exact)>,
        before: Exact,
        day: Date,
        outcome: &mut Outcome,
    ) -> Evaluated<Result<Exact, Missing>> {
        let charge = self.charge;
        let mut open: Vec<(VersionId, Missing)> = Vec::new();
        for limit in &charge.limits {
            let Some(version) = self.scope.in_force.version(limit.dated.timeline) else { continue };
            let Some(body) = limit.dated.body(version).copied() else { continue };
            if let Some(reason) = self.scope.set_aside(limit.dated.timeline)
                && self.scope.is_soft(version)
            {
                self.scope.say_set_aside(version, reason);
                continue;
            }
            if let Some(when) = body.when {
                match self.scope.deciding(|scope| scope.evaluate(when, day))? {
                    Datum::YesNo(true) => {}
                    Datum::Unknown(missing) => {
                        open.push((version, missing));
                        continue;
                    }
                    Datum::Nothing(absent) => return Err(self.scope.nothing(absent)),
                    _ => continue,
                }
            }
            for (expression, is_most) in [(body.at_most, true), (body.at_least, false)] {
                let Some(expression) = expression else { continue };
                match self.number(expression, day)? {
                    Ok(value) => live.push((version, is_most, value)),
                    Err(missing) => return Ok(Err(missing)),
                }
            }
        }
        if live.is_empty() && open.is_empty() {
            return Ok(Ok(before));
        }
        let most = live.iter().filter(|(_, is_most, _)| *is_most).map(|(_, _, value)| *value).min();
        let least = live.iter().filter(|(_, is_most, _)| !*is_most).map(|(_, _, value)| *value).max();
        if let (Some(most), Some(least)) = (most, least)
            && least > most
        {
            return Err(self.crossed(least, most));
        }
        let mut amount = before;
        for is_most_turn in [true, false] {
            for (version, is_most, limit) in live.iter() {
                if *is_most == is_most_turn {
                    let after = if *is_most { amount.min(*limit) } else { amount.max(*limit) };
                    amount = self.limit_acts(*version, *is_most, *limit, amount, after, outcome);
                }
            }
        }
        for (version, missing) in open {
            if self.would_act(version, amount, day)? {
                return Ok(Err(missing));
            }
        }
        Ok(Ok(amount))
    }

    fn limit_acts(
        &mut self,
        version: VersionId,
        at_most: bool,
        limit: Exact,
        before: Exact,
        after: Exact,
        outcome: &mut Outcome,
    ) -> Exact {
        self.scope.emit(|| Step::Limit { version, at_most, limit, before, after });
        if before != after {
            self.scope.attest(version);
            outcome.cite.push(version);
            let path = self.scope.rules.path(version.timeline);
            let finding = Finding::new(Code::LimitActed).at(path).with("rule", path).citing(version);
            self.scope.find(finding.with("before", before).with("after", after));
        }
        after
    }

    /// Whether a limit whose condition is unknown would change the amount.
    fn would_act(&mut self, version: VersionId, amount: Exact, day: Date) -> Evaluated<bool> {
        let charge = self.charge;
        let limit = charge.limits.iter().find(|limit| limit.dated.timeline == version.timeline);
        let Some(body) = limit.and_then(|limit| limit.dated.body(version)).copied() else { return Ok(false) };
        let mut acts = false;
        for (expression, is_most) in [(body.at_most, true), (body.at_least, false)] {
            let Some(expression) = expression else { continue };
            acts |= match self.scope_silently(|stages| stages.number(expression, day))? {
                Ok(limit) => {
                    if is_most {
                        amount > limit
                    } else {
                        amount < limit
                    }
                }
                Err(_) => true,
            };
        }
        Ok(acts)
    }

    /// Stage 15: the last rounding.
    fn finish(&mut self, reached: Reached, day: Date) -> Outcome {
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
        if let Some(next) = outcome.rare.as_mut().and_then(|rare| rare.next_band.as_mut()) {
            next.amount = self.scope_silently(|stages| {
                let limited = stages.limited(next.amount, day, &mut Outcome::of(Status::Charged));
                let amount = limited.ok().and_then(Result::ok).unwrap_or(next.amount);
                rounding.apply(amount).unwrap_or(amount)
            });
        }
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

    /// The amounts that an open choice of alternatives leaves possible, if every one can be computed.
    fn open_tariff(&mut self, open: &[VersionId], day: Date) -> Option<Bounds> {
        if self.scope.is_silent() {
            return None;
        }
        let charge = self.charge;
        let mut amounts = Vec::with_capacity(open.len());
        for version in open {
            let alternative = charge.tariff.alternatives.iter().find(|a| a.dated.timeline == version.timeline)?;
            let case = alternative.dated.body(*version)?;
            let outcome = self.scope_silently(|stages| stages.by_alternative(*version, &case.body, day));
            amounts.push(self.possible(outcome, day)?);
        }
        between(&amounts)
    }

    /// The amounts that an open choice of reductions leaves possible, if every one can be computed.
    fn open_reductions(&mut self, reductions: &Reductions, day: Date) -> Option<Bounds> {
        if self.scope.is_silent() {
            return None;
        }
        let full = self.scope_silently(|stages| stages.tariff(day));
        let start = match &full {
            Ok(Ok(outcome)) => outcome.clone(),
            _ => return None,
        };
        let mut amounts = vec![self.possible(full, day)?];
        for alternative in &reductions.choice.alternatives {
            let Some(version) = self.scope.in_force.version(alternative.dated.timeline) else { continue };
            let case = alternative.dated.body(version)?;
            if matches!(case.body.body, ReductionBody::Exempt) {
                amounts.push(Exact::ZERO);
                continue;
            }
            let applies = Applies { version, body: case.body.body };
            let outcome = self.scope_silently(|stages| stages.reduce(applies, start.clone(), day, Attested::Official));
            amounts.push(self.possible(outcome, day)?);
        }
        between(&amounts)
    }

    /// The rounded amount that a possible outcome would have.
    fn possible(&mut self, outcome: Evaluated<Result<Outcome, Box<Outcome>>>, day: Date) -> Option<Exact> {
        match outcome.ok()? {
            Ok(outcome) => self.scope_silently(|stages| {
                let exact = outcome.exact?;
                let mut outcome = outcome;
                let exact = stages.limited(exact, day, &mut outcome).ok()?.ok()?;
                stages.finish(Reached { exact, outcome }, day).amount
            }),
            Err(outcome) if matches!(outcome.status, Status::Exempt | Status::NotDue) => Some(Exact::ZERO),
            Err(_) => None,
        }
    }

    /// Stage 17: one line for each record whose day lies in the period, by the versions of that day.
    pub(super) fn each(&mut self, each: Each) -> Outcome {
        let facts = self.scope.facts;
        let records = match facts.get(each.list) {
            Given::List(records) => records.as_slice(),
            _ if self.scope.rules.input(each.list).is_some_and(|input| input.unless_given.is_some()) => {
                self.scope.assume(each.list);
                &[]
            }
            _ => return Outcome::needs(self.scope.work.missing.one(each.list, None)),
        };
        let period = self.scope.period;
        let mut lines = Vec::new();
        let mut worst: Option<Outcome> = None;
        let mut charged: Option<Outcome> = None;
        let mut sums = (Exact::ZERO, Exact::ZERO);
        for (number, record) in records.iter().enumerate() {
            let day = match record.get(usize::from(each.day)).copied().flatten() {
                Some(Datum::Date(day)) => day,
                // A record without its day could lie in any period.
                _ => return Outcome::needs(self.scope.work.missing.one(each.list, None)),
            };
            if day < period.start || day > period.end {
                continue;
            }
            let in_force = InForce::at(&self.scope.rules.timelines, day, self.scope.in_force.known);
            let outcome = self.scope.with_record(record, &in_force, |scope| {
                let index = u16::try_from(number).unwrap_or(u16::MAX);
                scope.emit(|| Step::Record { number: index, day });
                Stages { charge: self.charge, scope }.whole()
            });
            let outcome = match outcome {
                Ok(outcome) => outcome,
                Err(wrong) => {
                    let finding = Finding::new(Code::BadValue).at(&self.charge.name).with("name", &self.charge.name);
                    let finding = finding.with("value", day).with("wanted", wrong);
                    return Outcome::halted(Halt::Rejected(Box::new(finding)));
                }
            };
            lines.push(Line {
                record: number,
                day,
                status: outcome.status,
                amount: outcome.amount,
                exact: outcome.exact.filter(|_| outcome.status == Status::Charged),
                rule: outcome.rule,
                goes_to: outcome.goes_to,
            });
            match outcome.status {
                Status::Charged => {
                    let added = |sum: Exact, more: Option<Exact>| sum.checked_add(more.unwrap_or(Exact::ZERO));
                    sums = match (added(sums.0, outcome.amount), added(sums.1, outcome.exact)) {
                        (Ok(amount), Ok(exact)) => (amount, exact),
                        (Err(why), _) | (_, Err(why)) => {
                            return Outcome::halted(self.scope.overflow_at(&self.charge.name, why));
                        }
                    };
                    charged = Some(match charged {
                        None => outcome,
                        Some(before) => before.beside(outcome),
                    });
                }
                Status::Exempt | Status::NotDue => {
                    if charged.is_none() && worst.is_none() {
                        worst = Some(outcome);
                    }
                }
                _ => {
                    if worst.as_ref().is_none_or(|known| known.status.is_settled()) {
                        worst = Some(outcome);
                    }
                }
            }
        }
        // Lines are printed at their unit although another one is open.
        let rounding = charged.as_ref().and_then(|charged| charged.rounding);
        let mut outcome = match (charged, worst) {
            (_, Some(worst)) if !worst.status.is_settled() => worst,
            (Some(charged), _) => Outcome { amount: Some(sums.0), exact: Some(sums.1), ..charged },
            (None, Some(settled)) => settled,
            (None, None) => Outcome::of(Status::NotDue),
        };
        outcome.rounding = outcome.rounding.or(rounding);
        if !lines.is_empty() {
            outcome.rare.get_or_insert_default().lines = lines;
        }
        outcome
    }
}

fn between(amounts: &[Exact]) -> Option<Bounds> {
    let (least, most) = (amounts.iter().min()?, amounts.iter().max()?);
    Some(Bounds { at_least: *least, at_most: *most })
}
