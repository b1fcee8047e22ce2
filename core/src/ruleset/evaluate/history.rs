//! What depends on a fact's history: since when, averages, switches.

use super::{Evaluated, Scope};
use crate::explain::Sink;
use crate::ruleset::datum::Datum;
use crate::ruleset::expression::{ExprId, Op};
use crate::ruleset::given::Given;
use crate::ruleset::ids::InputId;
use crate::ruleset::order;
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
    pub(super) fn latched(&mut self, on: ExprId, off: ExprId, day: Date) -> Evaluated {
        let facts = self.facts;
        // Values change only on the first days of records, so those days (and the asked one) are all that matter.
        let mut days: Vec<Date> = facts.changes().filter(|from| *from < day).collect();
        days.push(day);
        order::sort_by(&mut days, Ord::cmp);
        days.dedup();
        for day in days.into_iter().rev() {
            match self.evaluate(off, day)? {
                Datum::YesNo(true) => return Ok(Datum::YesNo(false)),
                Datum::Unknown(missing) => return Ok(Datum::Unknown(missing)),
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                _ => {}
            }
            match self.evaluate(on, day)? {
                Datum::YesNo(true) => return Ok(Datum::YesNo(true)),
                Datum::Unknown(missing) => return Ok(Datum::Unknown(missing)),
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                _ => {}
            }
        }
        let mut read = Vec::new();
        for root in [on, off] {
            self.rules.arena.walk(root, &mut |_, node| {
                if let Op::Fact(input) = node.op
                    && !read.contains(&input)
                {
                    read.push(input);
                }
            });
        }
        let mut missing = self.work.missing.nothing();
        for input in read {
            let one = self.work.missing.one(input, Some(day));
            missing = self.join(missing, one);
        }
        Ok(Datum::Unknown(missing))
    }
}

fn month_start(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}
