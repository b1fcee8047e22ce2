//! Stage 14: limits on the amount.

use super::Stages;
use super::outcome::Outcome;
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{Datum, Evaluated, Missing, VersionId};
use crate::value::{Date, Exact};

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// Stage 14: limits that are in force and true, the greatest amounts first.
    pub(super) fn limited(
        &mut self,
        before: Exact,
        day: Date,
        outcome: &mut Outcome,
    ) -> Evaluated<Result<Exact, Missing>> {
        // The memory for them is kept from one answer to the next.
        let mut live = std::mem::take(&mut self.scope.work.limits);
        live.clear();
        let limited = self.limited_by(&mut live, before, day, outcome);
        self.scope.work.limits = live;
        limited
    }

    pub(super) fn limited_by(
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

    pub(super) fn limit_acts(
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
    pub(super) fn would_act(&mut self, version: VersionId, amount: Exact, day: Date) -> Evaluated<bool> {
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
}
