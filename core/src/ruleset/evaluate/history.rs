//! What depends on a fact's history: since when, averages, switches.

use super::{Evaluated, Halt, Scope};
use crate::explain::{Code, Finding, Sink};
use crate::ruleset::datum::Datum;
use crate::ruleset::expression::ExprId;
use crate::ruleset::given::Given;
use crate::ruleset::ids::InputId;
use crate::ruleset::order;
use crate::ruleset::written::written;
use crate::value::{Date, Exact};

impl<S: Sink> Scope<'_, S> {
    /// First day of the run of a fact's value at a day. A single value, and the first record, have held long since.
    pub(super) fn since(&mut self, input: InputId, day: Date) -> Datum {
        let facts = self.facts;
        let value = self.fact(input, day);
        let Given::History(records) = facts.get(input) else {
            return if matches!(value, Datum::Unknown(_)) { value } else { Datum::Date(Date::LONG_AGO) };
        };
        let mut first = None;
        for (position, (from, met)) in records.iter().enumerate().rev() {
            if *from > day {
                continue;
            }
            if *met != value {
                break;
            }
            first = Some(if position == 0 { Date::LONG_AGO } else { *from });
        }
        first.map_or(value, Datum::Date)
    }

    /// Mean of a fact's values at the ends of the months before the period; one unknown makes it unknown.
    pub(super) fn average(&mut self, expression: ExprId, input: InputId, months: u16) -> Evaluated {
        let mut sum = Exact::ZERO;
        let mut unknown = None;
        for back in (1..=i32::from(months)).rev() {
            let first_of_next = back.checked_sub(1).and_then(i32::checked_neg).unwrap_or(0);
            let end = month_start(self.period.start)
                .add_months(first_of_next)
                .map(Date::previous)
                .map_err(|why| self.broken(expression, why))?;
            match (self.fact(input, end), unknown) {
                (Datum::Number(value), _) => {
                    sum = sum.checked_add(value).map_err(|why| self.broken(expression, why))?;
                }
                (Datum::Unknown(missing), Some(known)) => unknown = Some(self.join(known, missing)),
                (Datum::Unknown(missing), None) => unknown = Some(missing),
                _ => {}
            }
        }
        if let Some(missing) = unknown {
            return Ok(Datum::Unknown(missing));
        }
        let mean = sum.checked_div(Exact::from_i64(i64::from(months))).map_err(|why| self.broken(expression, why))?;
        Ok(Datum::Number(mean))
    }

    /// The last switch up to a day: on or off; on one day off wins. Without any switch the state is not known.
    ///
    /// Facts are looked at up to the as-of day, settings up to the day whose versions hold.
    pub(super) fn latched(&mut self, expression: ExprId, on: ExprId, off: ExprId, day: Date) -> Evaluated {
        let (facts, settings, rules) = (self.facts, self.settings, self.rules);
        let latch = rules.latch(expression);
        let looked_at = latch.map_or(&[][..], |latch| &latch.settings);
        let inputs = latch.map_or(&[][..], |latch| &latch.inputs);
        let effective = self.settings_on.unwrap_or(self.in_force.effective);
        // Values change only on the first days of records, so those days (and the last one) are all that matter.
        let mut days: Vec<Date> = facts.changes().filter(|from| *from < day).collect();
        days.push(day);
        if !looked_at.is_empty() {
            let changes = looked_at.iter().flat_map(|setting| settings.changes(*setting));
            days.extend(changes.filter(|from| *from <= effective));
            days.push(day.max(effective));
        }
        order::sort_by(&mut days, Ord::cmp);
        days.dedup();
        let last = days.last().copied();
        for at in days.into_iter().rev() {
            let settings_on = (!looked_at.is_empty()).then_some(at.min(effective));
            match self.with_settings_on(settings_on, |scope| scope.switched(on, off, at.min(day))) {
                Ok(None) => {}
                Ok(Some(state)) => return Ok(state),
                // Before it had a value nothing could be switched.
                Err(Halt::NoRule(finding)) if finding.code == Code::NoValue && Some(at) != last => break,
                Err(halt) => return Err(halt),
            }
        }
        if inputs.is_empty() && !looked_at.is_empty() {
            let setting = looked_at.first().and_then(|setting| rules.settings.get(setting.index()));
            let finding = Finding::new(Code::NeverSwitched).with("name", setting.map_or("", |setting| &setting.name));
            return Err(Halt::NoRule(Box::new(finding.with("expression", written(rules, expression)))));
        }
        let mut missing = self.work.missing.nothing();
        for input in inputs {
            let one = self.work.missing.one(*input, Some(day));
            missing = self.join(missing, one);
        }
        Ok(Datum::Unknown(missing))
    }

    /// Whether one day switched it on or off, or leaves that unknown; none where neither holds.
    fn switched(&mut self, on: ExprId, off: ExprId, day: Date) -> Evaluated<Option<Datum>> {
        for (expression, state) in [(off, false), (on, true)] {
            match self.evaluate(expression, day)? {
                Datum::YesNo(true) => return Ok(Some(Datum::YesNo(state))),
                unknown @ Datum::Unknown(_) => return Ok(Some(unknown)),
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                _ => {}
            }
        }
        Ok(None)
    }
}

fn month_start(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}
