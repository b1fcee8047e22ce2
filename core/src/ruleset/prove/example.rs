//! Plain values: the number or day that a person would name as an example.

use super::variable::{Counts, Key, Line, Variable, bit};
use super::{Example, Subject};
use crate::ruleset::datum::Datum;
use crate::value::{ArithmeticError, Date, Exact};

/// A bound, and whether it belongs to the stretch.
pub(super) type Bound = Option<(Exact, bool)>;

/// An unbroken stretch of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub lower: Bound,
    pub upper: Bound,
    /// Whether only integers count.
    pub whole: bool,
}

impl Stretch {
    /// The part inside a range whose ends belong to it.
    pub(super) fn within(mut self, range: (Option<Exact>, Option<Exact>)) -> Self {
        if let Some(least) = range.0
            && self.lower.is_none_or(|(at, _)| at < least)
        {
            self.lower = Some((least, true));
        }
        if let Some(most) = range.1
            && self.upper.is_none_or(|(at, _)| at > most)
        {
            self.upper = Some((most, true));
        }
        self
    }

    /// Of integers, the same stretch from its first to its last one; else as it is.
    ///
    /// # Errors
    /// When an end leaves the range of exact numbers.
    pub(super) fn owned_ends(mut self) -> Result<Self, ArithmeticError> {
        if let (true, Some((low, own))) = (self.whole, self.lower) {
            let first = low.ceil()?;
            self.lower = Some((if first == low && !own { first.checked_add(Exact::ONE)? } else { first }, true));
        }
        if let (true, Some((high, own))) = (self.whole, self.upper) {
            let last = high.floor()?;
            self.upper = Some((if last == high && !own { last.checked_sub(Exact::ONE)? } else { last }, true));
        }
        Ok(self)
    }

    /// Whether a number lies in it.
    pub(super) fn holds(&self, value: Exact) -> bool {
        (!self.whole || value.is_integer())
            && self.lower.is_none_or(|(at, own)| value > at || own && value == at)
            && self.upper.is_none_or(|(at, own)| value < at || own && value == at)
    }

    /// Whether any number lies in it.
    pub(super) fn holds_a_value(&self) -> bool {
        match self.owned_ends() {
            Ok(Self { lower: Some((low, low_own)), upper: Some((high, high_own)), .. }) => {
                low < high || (low == high && low_own && high_own)
            }
            // Too far out to be counted: nothing is claimed about it.
            _ => true,
        }
    }

    /// The plainest number in it (0, 1, an end that belongs to it, else a rounded one), behind its rank.
    fn plainest(&self) -> Option<(u8, Exact)> {
        let ends = [self.lower, self.upper].into_iter().flatten().filter(|end| end.1).map(|end| (2, end.0));
        let mut plain = [(0, Exact::ZERO), (1, Exact::ONE)].into_iter().chain(ends);
        plain.find(|(_, value)| self.holds(*value)).or_else(|| Some((3, self.rounded()?)))
    }

    /// A rounded number in it, away from its ends where it has an inside.
    pub(super) fn rounded(&self) -> Option<Exact> {
        let inside = Self {
            lower: self.lower.map(|(at, _)| (at, false)),
            upper: self.upper.map(|(at, _)| (at, false)),
            whole: self.whole,
        };
        let found = match (self.lower, self.upper) {
            (None, None) => Some(Exact::ZERO),
            (None, Some((high, _))) => {
                let mirrored = Self { lower: high.checked_neg().ok().map(|at| (at, false)), upper: None, ..inside };
                mirrored.above().and_then(|value| value.checked_neg().ok())
            }
            (Some(_), None) => inside.above(),
            (Some((low, _)), Some((high, _))) => inside.between(low, high),
        };
        let ends = [self.lower, self.upper].into_iter().flatten().map(|end| end.0);
        found.into_iter().chain(ends).find(|value| self.holds(*value))
    }

    /// In a stretch that is open above: the next multiple of the power of ten of its lower end.
    fn above(&self) -> Option<Exact> {
        let (low, _) = self.lower?;
        if low.is_negative() {
            return Some(Exact::ZERO);
        }
        units().filter(|unit| *unit <= low || *unit == Exact::ONE).find_map(|unit| {
            let next = next_multiple(low, unit)?;
            self.holds(next).then_some(next)
        })
    }

    fn between(&self, low: Exact, high: Exact) -> Option<Exact> {
        if self.holds(Exact::ZERO) {
            return Some(Exact::ZERO);
        }
        let halves = units().flat_map(|unit| {
            let times = |count: i64| unit.checked_mul(Exact::from_i64(count)).ok();
            [times(5), times(2), Some(unit)].into_iter().flatten()
        });
        let rounded = halves.filter_map(|unit| next_multiple(low, unit)).find(|value| self.holds(*value));
        rounded.or_else(|| {
            let middle = low.checked_add(high).and_then(|sum| sum.checked_div(Exact::from_i64(2))).ok()?;
            self.holds(middle).then_some(middle)
        })
    }
}

/// The powers of ten, from the greatest that an example needs to the smallest.
fn units() -> impl Iterator<Item = Exact> {
    (-15..=15_i32).rev().filter_map(|power| {
        let ten = 10_i128.checked_pow(power.unsigned_abs())?;
        if power < 0 { Exact::ratio(1, ten).ok() } else { Exact::ratio(ten, 1).ok() }
    })
}

/// The first multiple of `unit` above `low`.
fn next_multiple(low: Exact, unit: Exact) -> Option<Exact> {
    let count = low.checked_div(unit).and_then(Exact::floor).and_then(|count| count.checked_add(Exact::ONE)).ok()?;
    count.checked_mul(unit).ok()
}

/// A day between two days that are not meant, next to one of them; `bounds`: whether there are days beyond all days.
pub(super) fn some_day(after: Option<Date>, before: Option<Date>, bounds: (bool, bool)) -> Option<Date> {
    let fits = |day: &Date| after.is_none_or(|after| *day > after) && before.is_none_or(|before| *day < before);
    let beside = [before.map(Date::previous), after.map(Date::next)];
    let beyond = [bounds.0.then_some(Date::LONG_AGO), bounds.1.then_some(Date::NEVER)];
    // Between the two ends of time every day fits, and the first of the usual ones is as good as any.
    let any = [Date::new(2000, 1, 1)];
    let mut days = beside.into_iter().chain(any).chain(beyond).flatten();
    days.find(|day| fits(day) && (!day.is_bound() || beyond.contains(&Some(*day))))
}

/// The values of an example, from the cells that are left of each variable; only of those that had to be narrowed.
pub(super) fn values(variables: &[Variable], left: &[u128]) -> Option<Vec<Example>> {
    let mut values: Vec<Example> = Vec::new();
    for (variable, left) in variables.iter().zip(left) {
        if *left == variable.cells {
            continue;
        }
        match variable.key {
            Key::Read(subject) => values.push(Example { subject, value: plainest(variable, *left)? }),
            Key::Holds(subject, word) => hold(&mut values, subject, word, *left == 0b10),
            _ => return None,
        }
    }
    // In the order of the document, whichever condition was written first.
    values.sort_by_key(|example| example.subject);
    Some(values)
}

/// Puts a word into the set of an example, or keeps it out.
fn hold(values: &mut Vec<Example>, subject: Subject, word: u8, is_held: bool) {
    let held = if is_held { bit(usize::from(word)) } else { 0 };
    match values.iter_mut().find(|known| known.subject == subject) {
        Some(Example { value: Datum::Words(words), .. }) => *words |= held,
        _ => values.push(Example { subject, value: Datum::Words(held) }),
    }
}

fn plainest(variable: &Variable, left: u128) -> Option<Datum> {
    let cells = (0..128_usize).filter(|cell| left & bit(*cell) != 0);
    match &variable.line {
        Line::YesNo => Some(Datum::YesNo(left & 1 == 0)),
        Line::Listed(_) | Line::Order => u8::try_from(left.trailing_zeros()).ok().map(Datum::Word),
        Line::Numbers { counts, .. } => {
            let plain = cells.filter_map(|cell| variable.stretch(cell)?.plainest());
            let (_, number) =
                plain.min_by_key(|(rank, value)| (*rank, value.to_string().len(), value.checked_abs().ok()))?;
            let count = || number.to_i64().and_then(|count| i32::try_from(count).ok());
            match counts {
                Counts::Plain => Some(Datum::Number(number)),
                Counts::Days => count().map(Datum::Days),
                Counts::Months => count().map(Datum::Months),
            }
        }
        Line::Days { .. } => {
            let days = cells.filter_map(|cell| variable.day(cell).map(|day| (day.is_bound(), cell % 2 == 0, day)));
            days.min().map(|(_, _, day)| Datum::Date(day))
        }
    }
}
