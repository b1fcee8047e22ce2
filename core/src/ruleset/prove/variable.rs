//! The variables of a search, each with a line of values cut into cells.
//!
//! Within a cell every comparison that is asked has one answer, so a set of values is a set of cells, one bit each. The
//! cells of numbers and days are the points that something is compared with and the stretches between them: with two
//! points `below | first | between | second | above`.

use std::cmp::Ordering;

use super::Subject;
use super::example::{Stretch, some_day};
use crate::ruleset::expression::{Comparison, ExprId};
use crate::ruleset::ids::TimelineId;
use crate::value::{Date, Exact};

/// Most points that one variable may be compared with: their cells fill 127 bits.
const MOST_POINTS: usize = 63;

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Key {
    /// Something that is told or decided.
    Read(Subject),
    /// Whether a set of words holds a word.
    Holds(Subject, u8),
    /// Which version of a term is in force.
    Version(TimelineId),
    /// The value of an expression that is not looked into.
    Value(ExprId),
    /// How the values of two expressions compare.
    Order(ExprId, ExprId),
}

/// What values a variable can have.
#[derive(Clone, Debug)]
pub(super) enum Line {
    /// No and yes, in that order.
    YesNo,
    /// So many values without an order: words, versions.
    Listed(usize),
    /// Less, equal, greater.
    Order,
    /// Numbers between bounds that belong to them.
    Numbers {
        /// The least and greatest.
        range: (Option<Exact>, Option<Exact>),
        /// Whether only integers.
        whole: bool,
        /// What is counted.
        counts: Counts,
        /// The points, from low to high once [`Variable::cut`] was called.
        points: Vec<Exact>,
    },
    /// Days.
    Days {
        /// Whether `long_ago` and `never` are possible.
        bounds: (bool, bool),
        /// As for numbers.
        points: Vec<Date>,
    },
}

/// What a number counts, for the form of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    Plain,
    Days,
    Months,
}

/// A question about one variable.
#[derive(Clone, Copy, Debug)]
pub(super) enum Test {
    /// Whether the value is one of these cells.
    Cells(u128),
    /// Whether the number compares so.
    Number(Comparison, Exact),
    /// Whether the day compares so.
    Day(Comparison, Date),
}

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub key: Key,
    pub line: Line,
    /// Whether nobody can choose its value, so that an example must not need it.
    pub opaque: bool,
    /// The cells that hold a value at all; known once it is cut.
    pub cells: u128,
}

impl Variable {
    pub(super) fn new(key: Key, line: Line, opaque: bool) -> Self {
        Self { key, line, opaque, cells: 0 }
    }

    /// Notes the point that a test compares with. No, when there are too many.
    pub(super) fn note(&mut self, test: Test) -> bool {
        match (&mut self.line, test) {
            (Line::Numbers { points, .. }, Test::Number(_, at)) => insert(points, at),
            (Line::Days { points, .. }, Test::Day(_, at)) => insert(points, at),
            _ => true,
        }
    }

    /// Finds the cells that hold a value, after all points were noted.
    pub(super) fn cut(&mut self) {
        self.cells = match &self.line {
            Line::YesNo => below(2),
            Line::Listed(count) => below(*count),
            Line::Order => below(3),
            Line::Numbers { points, .. } => self.living(points.len()),
            Line::Days { points, .. } => self.living(points.len()),
        };
    }

    fn living(&self, points: usize) -> u128 {
        let count = points.saturating_mul(2).saturating_add(1);
        (0..count).filter(|cell| self.holds_a_value(*cell)).fold(0, |cells, cell| cells | bit(cell))
    }

    fn holds_a_value(&self, cell: usize) -> bool {
        match &self.line {
            Line::Numbers { .. } => self.stretch(cell).is_some_and(|stretch| stretch.holds_a_value()),
            Line::Days { .. } => self.day(cell).is_some(),
            _ => true,
        }
    }

    /// The numbers of a cell.
    pub(super) fn stretch(&self, cell: usize) -> Option<Stretch> {
        let Line::Numbers { range, whole, points, .. } = &self.line else { return None };
        let (before, after) = neighbours(points, cell);
        let own = if cell % 2 == 1 {
            let at = after?;
            Stretch { lower: Some((at, true)), upper: Some((at, true)), whole: *whole }
        } else {
            let open = |at: Exact| (at, false);
            Stretch { lower: before.map(open), upper: after.map(open), whole: *whole }
        };
        Some(own.within(*range))
    }

    /// A day of a cell, if it holds one.
    pub(super) fn day(&self, cell: usize) -> Option<Date> {
        let Line::Days { bounds, points } = &self.line else { return None };
        let possible =
            |day: &Date| !day.is_bound() || (*day == Date::LONG_AGO && bounds.0) || (*day == Date::NEVER && bounds.1);
        let (before, after) = neighbours(points, cell);
        if cell % 2 == 1 { after.filter(possible) } else { some_day(before, after, *bounds).filter(possible) }
    }

    /// The cells in which the answer to a test is yes.
    pub(super) fn answering(&self, test: Test) -> u128 {
        match (&self.line, test) {
            (_, Test::Cells(cells)) => cells,
            (Line::Numbers { points, .. }, Test::Number(comparison, at)) => compared(points, comparison, &at),
            (Line::Days { points, .. }, Test::Day(comparison, at)) => compared(points, comparison, &at),
            _ => 0,
        }
    }
}

/// One bit.
pub(super) fn bit(at: usize) -> u128 {
    u32::try_from(at).ok().and_then(|at| 1_u128.checked_shl(at)).unwrap_or(0)
}

/// The bits below `count`.
pub(super) fn below(count: usize) -> u128 {
    match u32::try_from(count) {
        Ok(count) if count < 128 => bit(usize::try_from(count).unwrap_or(0)).saturating_sub(1),
        _ => u128::MAX,
    }
}

/// The cells of [`Line::Order`] in which a comparison holds.
pub(super) fn orders(comparison: Comparison) -> u128 {
    let all = [Ordering::Less, Ordering::Equal, Ordering::Greater];
    let holding = all.into_iter().enumerate().filter(|(_, order)| comparison.holds(*order));
    holding.fold(0, |cells, (cell, _)| cells | bit(cell))
}

fn insert<T: Ord>(points: &mut Vec<T>, at: T) -> bool {
    if let Err(place) = points.binary_search(&at) {
        points.insert(place, at);
    }
    points.len() <= MOST_POINTS
}

/// The points around a stretch; of a point's own cell, the second is that point.
fn neighbours<T: Copy>(points: &[T], cell: usize) -> (Option<T>, Option<T>) {
    let place = cell / 2;
    (place.checked_sub(1).and_then(|before| points.get(before)).copied(), points.get(place).copied())
}

fn compared<T: Ord>(points: &[T], comparison: Comparison, at: &T) -> u128 {
    let Ok(place) = points.binary_search(at) else { return 0 };
    let own = place.saturating_mul(2).saturating_add(1);
    let less = below(own);
    let all = below(points.len().saturating_mul(2).saturating_add(1));
    let equal = bit(own);
    match comparison {
        Comparison::Less => less,
        Comparison::LessOrEqual => less | equal,
        Comparison::Equal => equal,
        Comparison::NotEqual => all & !equal,
        Comparison::Greater => all & !(less | equal),
        Comparison::GreaterOrEqual => all & !less,
    }
}
