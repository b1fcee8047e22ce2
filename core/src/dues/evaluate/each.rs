//! Stage 17: a charge on each record of a list.

use super::Stages;
use super::outcome::Outcome;
use crate::dues::answer::{Line, Status};
use crate::dues::rule::Each;
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{Datum, Given, Halt, InForce};
use crate::value::Exact;

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// Stage 17: one line for each record whose day lies in the period, by the versions of that day.
    pub(super) fn each(&mut self, each: Each) -> Outcome {
        let facts = self.scope.facts;
        let records = match facts.get(each.list) {
            Given::List(records) => records,
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
            // A record without its day could lie in any period.
            let Some(Datum::Date(day)) = record.get(usize::from(each.day)).copied().flatten() else {
                return Outcome::needs(self.scope.work.missing.one(each.list, None));
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
        // A sum of lines has no next band, even where it is a sum of one.
        outcome.tell_next_band(None);
        if !lines.is_empty() {
            outcome.rare.get_or_insert_default().lines = lines;
        }
        outcome
    }
}
