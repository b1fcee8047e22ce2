//! Values inside conditions, as far as they are looked into: constants, one variable by a straight line, cases.

use super::Subject;
use super::condition::{Conditions, Part, PartId};
use super::variable::{Counts, Key, Line, bit};
use crate::ruleset::bands::{Bands, Gives};
use crate::ruleset::expression::{Comparison, ExprId, Op, Reserved, Type};
use crate::ruleset::ids::TermId;
use crate::ruleset::rules::Formula;
use crate::value::{Date, Exact};

/// What a number, a day or a word may be.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Number(Exact),
    /// `variable × scale + shift`; the scale is not 0.
    Line {
        variable: usize,
        scale: Exact,
        shift: Exact,
    },
    Date(Date),
    Day(usize),
    Word(u8),
    WordOf(usize),
    /// The first where the condition holds, else the second.
    Either(PartId, Box<Value>, Box<Value>),
    /// The value of an expression that is not looked into.
    Opaque(ExprId),
}

impl Value {
    fn line(variable: usize) -> Self {
        Self::Line { variable, scale: Exact::ONE, shift: Exact::ZERO }
    }

    /// The difference of two lines or numbers, if it is one.
    pub(super) fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.times(Exact::from_i64(-1))?)
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a.checked_add(*b).ok()?),
            (Self::Line { variable, scale, shift }, Self::Number(number))
            | (Self::Number(number), Self::Line { variable, scale, shift }) => {
                Self::Line { variable: *variable, scale: *scale, shift: shift.checked_add(*number).ok()? }
            }
            (Self::Line { variable, scale, shift }, Self::Line { variable: same, scale: times, shift: more })
                if variable == same =>
            {
                let (scale, shift) = (scale.checked_add(*times).ok()?, shift.checked_add(*more).ok()?);
                if scale.is_zero() { Self::Number(shift) } else { Self::Line { variable: *variable, scale, shift } }
            }
            _ => return None,
        })
    }

    fn times(&self, factor: Exact) -> Option<Self> {
        Some(match self {
            Self::Number(number) => Self::Number(number.checked_mul(factor).ok()?),
            Self::Line { .. } if factor.is_zero() => Self::Number(Exact::ZERO),
            Self::Line { variable, scale, shift } => Self::Line {
                variable: *variable,
                scale: scale.checked_mul(factor).ok()?,
                shift: shift.checked_mul(factor).ok()?,
            },
            _ => return None,
        })
    }

    /// The same done in every case; nothing if one of them does not allow it.
    fn each(&self, change: &dyn Fn(&Self) -> Option<Self>) -> Option<Self> {
        match self {
            Self::Either(condition, yes, no) => {
                Some(Self::Either(*condition, Box::new(yes.each(change)?), Box::new(no.each(change)?)))
            }
            leaf => change(leaf),
        }
    }
}

impl Conditions<'_> {
    /// What an expression may be.
    pub(super) fn value(&mut self, expression: ExprId) -> Value {
        if self.enter().is_none() {
            return Value::Opaque(expression);
        }
        let op = self.node(expression).map(|node| node.op);
        let value = op.and_then(|op| self.value_of(op)).unwrap_or(Value::Opaque(expression));
        self.leave();
        value
    }

    fn value_of(&mut self, op: Op) -> Option<Value> {
        match op {
            Op::Number(number) => Some(Value::Number(number)),
            Op::Months(count) | Op::Days(count) => Some(Value::Number(Exact::from_i64(i64::from(count)))),
            Op::Date(date) => Some(Value::Date(date)),
            Op::Reserved(Reserved::LongAgo) => Some(Value::Date(Date::LONG_AGO)),
            Op::Reserved(Reserved::Never) => Some(Value::Date(Date::NEVER)),
            Op::Word(word) => Some(Value::Word(word)),
            Op::Fact(_) | Op::Setting(_) | Op::Field(..) => self.told(op).and_then(|subject| self.of_subject(subject)),
            Op::Term(term) => match self.told(op) {
                Some(subject) => self.of_subject(subject),
                None => self.of_term(term),
            },
            Op::Negative(a) => self.scaled(a, Exact::from_i64(-1)),
            Op::Convert(a, factor, _) => self.scaled(a, factor),
            Op::Add(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                a.each(&|a| b.each(&|b| a.plus(b)))
            }
            Op::Subtract(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                a.each(&|a| b.each(&|b| a.minus(b)))
            }
            Op::Multiply(a, b) => match (self.value(a), self.value(b)) {
                (Value::Number(factor), other) | (other, Value::Number(factor)) => {
                    other.each(&|leaf| leaf.times(factor))
                }
                _ => None,
            },
            Op::Divide(a, b) => match (self.value(a), self.value(b)) {
                (other, Value::Number(divisor)) => {
                    let factor = Exact::ONE.checked_div(divisor).ok()?;
                    other.each(&|leaf| leaf.times(factor))
                }
                _ => None,
            },
            Op::AtLeast(a, b) => Some(self.extreme(Comparison::GreaterOrEqual, a, b)),
            Op::AtMost(a, b) => Some(self.extreme(Comparison::LessOrEqual, a, b)),
            Op::If(condition, a, b) => {
                let condition = self.condition(condition);
                let (a, b) = (self.value(a), self.value(b));
                Some(Value::Either(condition, Box::new(a), Box::new(b)))
            }
            _ => None,
        }
    }

    fn scaled(&mut self, a: ExprId, factor: Exact) -> Option<Value> {
        self.value(a).each(&|leaf| leaf.times(factor))
    }

    /// The first of two where it compares so with the second, else the second.
    fn extreme(&mut self, comparison: Comparison, a: ExprId, b: ExprId) -> Value {
        let (left, right) = (self.value(a), self.value(b));
        let first = self.compare_values(comparison, (Some(a), &left), (Some(b), &right));
        Value::Either(first, Box::new(left), Box::new(right))
    }

    fn of_subject(&mut self, subject: Subject) -> Option<Value> {
        let variable = self.read(subject, false)?;
        self.of_variable(variable)
    }

    fn of_variable(&self, variable: usize) -> Option<Value> {
        match self.variables.get(variable)?.line {
            Line::Listed(_) => Some(Value::WordOf(variable)),
            Line::Numbers { .. } => Some(Value::line(variable)),
            Line::Days { .. } => Some(Value::Day(variable)),
            Line::YesNo | Line::Order => None,
        }
    }

    /// A term that cannot be given, by its formula.
    fn of_term(&mut self, id: TermId) -> Option<Value> {
        let term = self.rules.terms.get(id.index())?;
        let mut value = None;
        for (number, formula) in self.formulas(term).into_iter().enumerate() {
            let body = match formula {
                Formula::Is(is) => self.value(*is),
                Formula::ByWord(of, rows) => self.by_word(*of, rows)?,
                Formula::BandOf(bands) => self.band_of(bands)?,
            };
            value = Some(match value {
                None => body,
                Some(other) => {
                    let chosen = self.version(term, number);
                    Value::Either(chosen, Box::new(body), Box::new(other))
                }
            });
        }
        // A value outside the range of the term refuses the answer, so the formula alone would say too much.
        value.filter(|value| self.surely_within(value, term.at_least, term.at_most))
    }

    fn surely_within(&self, value: &Value, at_least: Option<Exact>, at_most: Option<Exact>) -> bool {
        if at_least.is_none() && at_most.is_none() {
            return true;
        }
        let holds = |low: Option<Exact>, high: Option<Exact>| {
            at_least.is_none_or(|least| low.is_some_and(|low| low >= least))
                && at_most.is_none_or(|most| high.is_some_and(|high| high <= most))
        };
        match value {
            Value::Number(number) => holds(Some(*number), Some(*number)),
            Value::Line { variable, scale, shift } => {
                let Some(Line::Numbers { range, .. }) = self.variables.get(*variable).map(|variable| &variable.line)
                else {
                    return false;
                };
                let end = |end: Option<Exact>| end?.checked_mul(*scale).and_then(|end| end.checked_add(*shift)).ok();
                let (low, high) = (end(range.0), end(range.1));
                if scale.is_negative() { holds(high, low) } else { holds(low, high) }
            }
            Value::Either(_, yes, no) => {
                self.surely_within(yes, at_least, at_most) && self.surely_within(no, at_least, at_most)
            }
            _ => false,
        }
    }

    fn by_word(&mut self, of: ExprId, rows: &[Option<ExprId>]) -> Option<Value> {
        let of = self.value(of);
        let mut value = None;
        for (word, row) in rows.iter().enumerate() {
            let row = self.value((*row)?);
            value = Some(match value {
                None => row,
                Some(other) => {
                    let is_word = self.in_words(&of, bit(word));
                    Value::Either(is_word, Box::new(row), Box::new(other))
                }
            });
        }
        value
    }

    fn band_of(&mut self, bands: &Bands) -> Option<Value> {
        if bands.printed.is_some() {
            return None;
        }
        let of = self.value(bands.of);
        // Where two rows hold, the one that says why is asked first.
        let (first, rest): (Vec<_>, Vec<_>) = bands.rows.iter().partition(|row| row.chosen.is_some());
        let mut value = None;
        for row in first.into_iter().chain(rest).rev() {
            let Gives::Word(word) = row.gives else { return None };
            value = Some(match value {
                None => Value::Word(word),
                Some(other) => {
                    let lower = row.lower.map(|edge| {
                        (if edge.included { Comparison::GreaterOrEqual } else { Comparison::Greater }, edge.at)
                    });
                    let upper = row
                        .upper
                        .map(|edge| (if edge.included { Comparison::LessOrEqual } else { Comparison::Less }, edge.at));
                    let mut inside = self.constant(true);
                    for (comparison, at) in [lower, upper].into_iter().flatten() {
                        let side = self.compare_values(comparison, (None, &of), (None, &Value::Number(at)));
                        inside = self.push(Part::And(inside, side));
                    }
                    Value::Either(inside, Box::new(Value::Word(word)), Box::new(other))
                }
            });
        }
        value
    }

    /// A leaf with its variable, where one can stand for it.
    pub(super) fn seen(&mut self, value: &Value) -> Option<Value> {
        let Value::Opaque(expression) = *value else { return Some(value.clone()) };
        let node = self.node(expression)?;
        let term = match node.op {
            Op::Term(term) => self.rules.terms.get(term.index()),
            _ => None,
        };
        let range = term.map_or((None, None), |term| (term.at_least, term.at_most));
        let numbers = |whole: bool, counts: Counts| Line::Numbers { range, whole, counts, points: Vec::new() };
        let line = match node.type_ {
            Type::Word(list) => Line::Listed(self.rules.words.get(usize::from(list.0))?.words.len()),
            Type::Bare | Type::Number | Type::Money(_) => numbers(false, Counts::Plain),
            Type::Days => numbers(true, Counts::Days),
            Type::Months => numbers(true, Counts::Months),
            Type::Date | Type::Month => Line::Days { bounds: (true, true), points: Vec::new() },
            _ => return None,
        };
        let variable = self.variable(Key::Value(expression), true, || line);
        self.of_variable(variable)
    }
}
