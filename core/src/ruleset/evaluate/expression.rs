//! Expressions to values.

use std::cmp::Ordering;

use super::{Evaluated, Halt, Scope};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::datum::{Absent, Datum, ENDLESS};
use crate::ruleset::decided::Decided;
use crate::ruleset::expression::{Comparison, ExprId, Op, Reserved};
use crate::ruleset::given::Given;
use crate::ruleset::rules::Assumed;
use crate::ruleset::written::written;
use crate::value::{ArithmeticError, Date, Exact};

impl<S: Sink> Scope<'_, S> {
    /// The value of an expression with facts as of a day.
    ///
    /// # Errors
    ///
    /// A result too large to be exact, a division by zero, more than [`super::MAX_STEPS`] steps, or arithmetic on a
    /// value that is known not to exist.
    pub fn evaluate(&mut self, expression: ExprId, day: Date) -> Evaluated {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            let finding = Finding::new(Code::TooManySteps).with("steps", super::MAX_STEPS);
            return Err(Halt::Rejected(Box::new(finding)));
        }
        let rules = self.rules;
        let Some(node) = rules.arena.get(expression) else {
            return Ok(Datum::Unknown(self.work.missing.nothing()));
        };
        Ok(match node.op {
            Op::Number(number) => Datum::Number(number),
            Op::Date(date) => Datum::Date(date),
            Op::Months(count) => Datum::Months(count),
            Op::Days(count) => Datum::Days(count),
            Op::YesNo(answer) => Datum::YesNo(answer),
            Op::Word(word) => Datum::Word(word),
            Op::Rounding(rounding) => Datum::Rounding(rounding),
            Op::Fact(input) => self.fact(input, day),
            Op::Reserved(reserved) => Datum::Date(self.reserved(reserved, day)),
            Op::In(a, words) if let Some(word) = self.told_word(a, day) => {
                let value = Datum::YesNo(has(words, word));
                self.emit(|| Step::Operation { expression, value });
                value
            }
            Op::Compare(comparison, a, b)
                if let Some(Op::Word(wanted)) = rules.arena.get(b).map(|node| node.op)
                    && let Some(word) = self.told_word(a, day) =>
            {
                let value = Datum::YesNo(comparison.holds(word.cmp(&wanted)));
                self.emit(|| Step::Operation { expression, value });
                value
            }
            _ => return self.operation(expression, &node.op, day),
        })
    }

    /// The word of a fact without a history, told or assumed: what most conditions ask for.
    #[inline]
    fn told_word(&mut self, expression: ExprId, day: Date) -> Option<u8> {
        let Op::Fact(input) = self.rules.arena.get(expression)?.op else { return None };
        let (word, assumed) = match self.facts.get(input) {
            Given::One(Datum::Word(word)) => (*word, false),
            Given::Nothing => match &self.rules.input(input)?.unless_given {
                Some(Assumed::Value(Datum::Word(word))) => (*word, true),
                _ => return None,
            },
            _ => return None,
        };
        if assumed {
            self.assume(input);
        }
        self.emit(|| Step::Fact { input, value: Datum::Word(word), on: day, since: None, assumed });
        Some(word)
    }

    /// What is more than a leaf. Apart, so that the many leaves need little of the stack.
    #[inline(never)]
    fn operation(&mut self, expression: ExprId, op: &Op, day: Date) -> Evaluated {
        let value = match *op {
            Op::Term(term) => return self.term(term, day),
            Op::Setting(setting) => return Ok(self.setting(setting)),
            Op::Field(list, field) => return Ok(self.field(list, field)),
            Op::Charge(charge) => self.charges.amount(self, charge)?,
            Op::Not(a) => match self.evaluate(a, day)? {
                Datum::YesNo(answer) => Datum::YesNo(!answer),
                other => other,
            },
            Op::And(a, b) => self.both(a, b, day, false)?,
            Op::Or(a, b) => self.both(a, b, day, true)?,
            Op::Compare(comparison, a, b) => self.compare(comparison, a, b, day)?,
            Op::In(a, words) => match self.evaluate(a, day)? {
                Datum::Word(word) => Datum::YesNo(has(words, word)),
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                other => other,
            },
            Op::Includes(a, word) => match self.evaluate(a, day)? {
                Datum::Words(words) => Datum::YesNo(has(words, word)),
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                other => other,
            },
            Op::If(condition, a, b) => self.branch(condition, a, b, day)?,
            Op::Otherwise(a, b) => match self.evaluate(a, day)? {
                Datum::Nothing(_) => self.evaluate(b, day)?,
                value => value,
            },
            Op::Exists(a) => match self.evaluate(a, day)? {
                Datum::Nothing(_) => Datum::YesNo(false),
                Datum::Unknown(missing) => Datum::Unknown(missing),
                _ => Datum::YesNo(true),
            },
            Op::Since(input) => self.since(input, day),
            Op::Average(input, months) => self.average(expression, input, months)?,
            Op::Latched(on, off) => self.latched(expression, on, off, day)?,
            Op::Negative(a) | Op::Convert(a, _, _) | Op::Round(a, _) => self.unary(expression, *op, a, day)?,
            Op::Add(a, b)
            | Op::Subtract(a, b)
            | Op::Multiply(a, b)
            | Op::Divide(a, b)
            | Op::Later(a, b)
            | Op::Earlier(a, b)
            | Op::DaysBetween(a, b)
            | Op::MonthsBetween(a, b)
            | Op::AtLeast(a, b)
            | Op::AtMost(a, b) => self.binary(expression, *op, a, b, day)?,
            // The leaves were read before.
            Op::Number(_)
            | Op::Date(_)
            | Op::Months(_)
            | Op::Days(_)
            | Op::YesNo(_)
            | Op::Word(_)
            | Op::Rounding(_)
            | Op::Fact(_)
            | Op::Reserved(_) => return Ok(Datum::Unknown(self.work.missing.nothing())),
        };
        self.emit(|| Step::Operation { expression, value });
        Ok(value)
    }

    fn setting(&mut self, setting: crate::ruleset::ids::SettingId) -> Datum {
        let decided = match self.settings_on {
            Some(day) => self.settings.on(setting, day),
            None => self.settings.get(setting),
        };
        match decided {
            Some(Decided { value, given, version }) => {
                self.emit(|| Step::Setting { setting, value, version, given });
                value
            }
            None => Datum::Nothing(Absent::Setting(setting)),
        }
    }

    fn field(&mut self, list: crate::ruleset::ids::InputId, field: u8) -> Datum {
        match self.record.and_then(|record| record.get(usize::from(field)).copied().flatten()) {
            Some(value) => {
                self.emit(|| Step::Field { list, field, value });
                value
            }
            None => Datum::Unknown(self.work.missing.one(list, None)),
        }
    }

    pub(super) fn reserved(&self, reserved: Reserved, day: Date) -> Date {
        match reserved {
            Reserved::PeriodStart => self.period.start,
            Reserved::PeriodEnd => self.period.end,
            Reserved::YearStart => Date::new(self.period.start.year(), 1, 1).unwrap_or(self.period.start),
            Reserved::Day => day,
            Reserved::LongAgo => Date::LONG_AGO,
            Reserved::Never => Date::NEVER,
        }
    }

    /// `and`, `or`: the value `decides` decides alone, whatever the other side is.
    fn both(&mut self, a: ExprId, b: ExprId, day: Date, decides: bool) -> Evaluated {
        let left = self.evaluate(a, day)?;
        match left {
            Datum::YesNo(answer) if answer == decides => return Ok(left),
            Datum::YesNo(_) => return self.evaluate(b, day),
            Datum::Nothing(absent) => return Err(self.nothing(absent)),
            _ => {}
        }
        match (left, self.evaluate(b, day)?) {
            (_, right @ Datum::YesNo(answer)) if answer == decides => Ok(right),
            (Datum::Unknown(a), Datum::Unknown(b)) => Ok(Datum::Unknown(self.join(a, b))),
            (_, Datum::Nothing(absent)) => Err(self.nothing(absent)),
            (left, _) => Ok(left),
        }
    }

    fn branch(&mut self, condition: ExprId, a: ExprId, b: ExprId, day: Date) -> Evaluated {
        match self.evaluate(condition, day)? {
            Datum::YesNo(true) => self.evaluate(a, day),
            Datum::YesNo(false) => self.evaluate(b, day),
            Datum::Nothing(absent) => Err(self.nothing(absent)),
            undecided => {
                // A branch that cannot be worked out may not be the one that holds.
                let (Ok(left), Ok(right)) = (self.evaluate(a, day), self.evaluate(b, day)) else {
                    return Ok(undecided);
                };
                let known = !matches!(left, Datum::Unknown(_));
                Ok(if known && left == right { left } else { undecided })
            }
        }
    }

    fn compare(&mut self, comparison: Comparison, a: ExprId, b: ExprId, day: Date) -> Evaluated {
        let (left, right) = (self.evaluate(a, day)?, self.evaluate(b, day)?);
        let order = match (left, right) {
            (Datum::Nothing(absent), _) | (_, Datum::Nothing(absent)) => return Err(self.nothing(absent)),
            (Datum::Unknown(a), Datum::Unknown(b)) => return Ok(Datum::Unknown(self.join(a, b))),
            (Datum::Unknown(_), _) => return Ok(left),
            (_, Datum::Unknown(_)) => return Ok(right),
            (Datum::Number(a), Datum::Number(b)) => a.cmp(&b),
            (Datum::Date(a), Datum::Date(b)) => a.cmp(&b),
            (Datum::Word(a), Datum::Word(b)) => a.cmp(&b),
            (Datum::YesNo(a), Datum::YesNo(b)) => a.cmp(&b),
            (a, b) => match (plain(a), plain(b)) {
                (Some(a), Some(b)) => a.cmp(&b),
                // INVARIANT: the compiler lets only like types meet.
                _ => return Ok(Datum::Unknown(self.work.missing.nothing())),
            },
        };
        Ok(Datum::YesNo(comparison.holds(order)))
    }

    fn unary(&mut self, expression: ExprId, op: Op, a: ExprId, day: Date) -> Evaluated {
        let number = match self.evaluate(a, day)? {
            Datum::Number(number) => number,
            Datum::Nothing(absent) => return Err(self.nothing(absent)),
            other => return Ok(other),
        };
        let result = match op {
            Op::Negative(_) => number.checked_neg(),
            Op::Convert(_, factor, _) => number.checked_mul(factor),
            Op::Round(_, rounding) => rounding.apply(number),
            _ => Ok(number),
        };
        result.map(Datum::Number).map_err(|why| self.broken(expression, why))
    }

    fn binary(&mut self, expression: ExprId, op: Op, a: ExprId, b: ExprId, day: Date) -> Evaluated {
        let (left, right) = (self.evaluate(a, day)?, self.evaluate(b, day)?);
        let result = match (left, right) {
            (Datum::Nothing(absent), _) | (_, Datum::Nothing(absent)) => return Err(self.nothing(absent)),
            (Datum::Unknown(a), Datum::Unknown(b)) => return Ok(Datum::Unknown(self.join(a, b))),
            (Datum::Unknown(_), _) => return Ok(left),
            (_, Datum::Unknown(_)) => return Ok(right),
            (Datum::Number(a), Datum::Number(b)) => numbers(op, a, b).map(Datum::Number),
            (Datum::Date(a), Datum::Date(b)) => dates(op, a, b),
            (Datum::Date(day), Datum::Months(count)) => match op {
                Op::Later(..) => day.add_months(count),
                _ => count.checked_neg().ok_or(ArithmeticError::Overflow).and_then(|count| day.add_months(count)),
            }
            .map(Datum::Date),
            (Datum::Date(day), Datum::Days(count)) => match op {
                Op::Later(..) => day.add_days(count),
                _ => count.checked_neg().ok_or(ArithmeticError::Overflow).and_then(|count| day.add_days(count)),
            }
            .map(Datum::Date),
            (a, b) => lengths(op, a, b),
        };
        result.map_err(|why| {
            let counts = matches!(op, Op::DaysBetween(..) | Op::MonthsBetween(..));
            if counts || left.is_endless() || right.is_endless() {
                self.endless(expression)
            } else {
                self.broken(expression, why)
            }
        })
    }

    /// The halt for a calculation with a length of time that has no number.
    fn endless(&self, expression: ExprId) -> Halt {
        let rules = self.rules;
        let is_bound = |value: Datum| matches!(value, Datum::Date(day) if day.is_bound());
        let mut name = "";
        rules.arena.walk(expression, &mut |_, node| {
            if let Op::Fact(id) = node.op
                && let Some(input) = rules.input(id)
            {
                let is_endless = match self.facts.get(id) {
                    Given::One(value) => is_bound(*value),
                    Given::Nothing => matches!(input.unless_given, Some(Assumed::Value(value)) if is_bound(value)),
                    _ => false,
                };
                if name.is_empty() && is_endless {
                    name = &input.name;
                }
            }
        });
        let finding = Finding::new(Code::EndlessTime).with("name", name);
        Halt::Rejected(Box::new(finding.with("expression", written(rules, expression))))
    }

    pub(super) fn broken(&self, expression: ExprId, why: ArithmeticError) -> Halt {
        Halt::Rejected(Box::new(super::failed(why, written(self.rules, expression))))
    }
}

/// Whether the bit of a word is set.
pub(crate) fn has(words: u128, word: u8) -> bool {
    words.checked_shr(u32::from(word)).is_some_and(|rest| rest & 1 == 1)
}

fn numbers(op: Op, a: Exact, b: Exact) -> Result<Exact, ArithmeticError> {
    match op {
        Op::Add(..) => a.checked_add(b),
        Op::Subtract(..) => a.checked_sub(b),
        Op::Multiply(..) => a.checked_mul(b),
        Op::Divide(..) => a.checked_div(b),
        Op::AtMost(..) => Ok(a.min(b)),
        _ => Ok(a.max(b)),
    }
}

fn dates(op: Op, a: Date, b: Date) -> Result<Datum, ArithmeticError> {
    match op {
        Op::DaysBetween(..) => length(b, a, Date::days_until).map(Datum::Days),
        Op::MonthsBetween(..) => length(a, b, Date::months_until).map(Datum::Months),
        Op::AtMost(..) => Ok(Datum::Date(a.min(b))),
        _ => Ok(Datum::Date(a.max(b))),
    }
}

/// The length of time between two days; from long ago, or to never, it is longer than every other.
fn length(from: Date, to: Date, count: fn(Date, Date) -> Option<i32>) -> Result<i32, ArithmeticError> {
    if from.is_bound() || to.is_bound() {
        return match from.cmp(&to) {
            Ordering::Less => Ok(ENDLESS),
            Ordering::Equal => Err(ArithmeticError::Overflow),
            Ordering::Greater => Ok(-ENDLESS),
        };
    }
    count(from, to).ok_or(ArithmeticError::Overflow)
}

/// Counts of days or of months; a bare number beside them counts the same.
fn lengths(op: Op, a: Datum, b: Datum) -> Result<Datum, ArithmeticError> {
    let in_days = matches!(a, Datum::Days(_)) || matches!(b, Datum::Days(_));
    // The greater or the lesser of two can be told of an endless one too; nothing else can be calculated with it.
    if (a.is_endless() || b.is_endless()) && !matches!(op, Op::AtLeast(..) | Op::AtMost(..)) {
        return Err(ArithmeticError::Overflow);
    }
    let (Some(a), Some(b)) = (plain(a), plain(b)) else { return Err(ArithmeticError::Overflow) };
    let number = numbers(op, a, b)?;
    if let Op::Divide(..) = op {
        return Ok(Datum::Number(number));
    }
    let count = number.to_i64().and_then(|count| i32::try_from(count).ok()).ok_or(ArithmeticError::Overflow)?;
    Ok(if in_days { Datum::Days(count) } else { Datum::Months(count) })
}

fn plain(datum: Datum) -> Option<Exact> {
    match datum {
        Datum::Number(number) => Some(number),
        Datum::Days(count) | Datum::Months(count) => Some(Exact::from_i64(i64::from(count))),
        _ => None,
    }
}
