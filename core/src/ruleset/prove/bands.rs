//! Bands that leave values out, that share them, or that stand in the wrong order.

use super::example::Stretch;
use crate::ruleset::bands::{Band, Bands, Edge};
use crate::ruleset::node::Span;
use crate::value::Exact;

/// Something wrong with the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandFault {
    /// What is wrong.
    pub kind: BandFaultKind,
    /// The row to look at, by its place: of two, the one that comes second from low to high, but of an overlap the
    /// first if it is open above.
    pub row: usize,
    /// The other row, where two are concerned.
    pub other: Option<usize>,
    /// Where [`BandFault::row`] stands in the document.
    pub span: Span,
    /// A value for which it matters; none for [`BandFaultKind::Order`] and [`BandFaultKind::Empty`].
    pub example: Option<Exact>,
}

/// What is wrong with rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BandFaultKind {
    /// Values between two rows, below the lowest or above the highest (then without another row), that no row has.
    Gap,
    /// Exactly one value between two rows that belongs to neither.
    OwnedByNobody,
    /// Exactly one value that belongs to two rows.
    OwnedByBoth,
    /// Values that belong to two rows.
    Overlap,
    /// The row begins below the row that stands before it.
    Order,
    /// Its lower edge is above its upper edge, or no value that is looked up lies in it.
    Empty,
}

/// Checks that every value that can be looked up has exactly one row, and that the rows stand from low to high.
///
/// `range` is the least and greatest value of what is looked up (nothing: open), `whole` says that it is a count. Where
/// the table is [`printed`](Bands::printed) in units only multiples of the unit are looked up. Two rows may overlap
/// where exactly one of them says why it is chosen. Rows without a value are left
/// out of the other questions; a table without rows is refused for its form, not here.
pub fn check_bands(bands: &Bands, range: (Option<Exact>, Option<Exact>), whole: bool) -> Vec<BandFault> {
    let Some(grid) = Grid::of(bands, range, whole) else { return Vec::new() };
    let mut faults = Vec::new();
    let fault = |kind, row: usize, other, example: Option<Exact>| {
        let span = bands.rows.get(row).map(|row| row.span).unwrap_or_default();
        BandFault { kind, row, other, span, example }
    };
    let mut rows: Vec<Row<'_>> = Vec::with_capacity(bands.rows.len());
    for (number, band) in bands.rows.iter().enumerate() {
        let stretch = grid.stretch(bound(band.lower), bound(band.upper));
        if stretch.is_some_and(|stretch| stretch.holds_a_value()) {
            rows.push(Row { number, band });
        } else {
            faults.push(fault(BandFaultKind::Empty, number, None, None));
        }
    }
    if let Some((before, row)) = out_of_order(&rows) {
        faults.push(fault(BandFaultKind::Order, row, Some(before), None));
    }
    rows.sort_by_key(|row| lower_key(row.band.lower));
    if rows.is_empty()
        && !bands.rows.is_empty()
        && let Some(example) = grid.stretch(None, None).and_then(|all| grid.example(all))
    {
        faults.push(fault(BandFaultKind::Gap, 0, None, Some(example)));
    }
    // The row that reaches highest so far; what begins above its end leaves a gap.
    let mut highest: Option<Row<'_>> = None;
    for row in &rows {
        let end = highest.map(|before| before.band.upper);
        // Nothing lies between what is open above, or what is open below, and anything else.
        let touches = end.is_some_and(|end| end.is_none() || row.band.lower.is_none());
        if !touches && let Some((kind, example)) = grid.gap(end.flatten(), row.band.lower) {
            faults.push(fault(kind, row.number, highest.map(|before| before.number), Some(example)));
        }
        if highest.is_none_or(|before| upper_key(before.band.upper) < upper_key(row.band.upper)) {
            highest = Some(*row);
        }
    }
    if let Some(last) = highest.filter(|last| last.band.upper.is_some())
        && let Some((kind, example)) = grid.gap(last.band.upper, None)
    {
        faults.push(fault(kind, last.number, None, Some(example)));
    }
    for (place, row) in rows.iter().enumerate() {
        let above = rows.iter().skip(place.saturating_add(1));
        let touching = above.take_while(|next| reaches(row.band, next.band));
        let mut shared = touching.filter_map(|next| {
            let one_prevails = row.band.chosen.is_some() != next.band.chosen.is_some();
            if one_prevails { None } else { Some((next, grid.shared(row.band, next.band)?)) }
        });
        // One example a row is enough to see what is wrong with it.
        if let Some((next, (kind, example))) = shared.next() {
            let is_open = row.band.upper.is_none() && next.band.lower.is_some() && kind == BandFaultKind::Overlap;
            let (at, other) = if is_open { (row, next) } else { (next, row) };
            faults.push(fault(kind, at.number, Some(other.number), Some(example)));
        }
    }
    faults.extend(hidden(&rows, &grid).into_iter().map(|row| fault(BandFaultKind::Empty, row, None, None)));
    faults
}

#[derive(Clone, Copy)]
struct Row<'a> {
    number: usize,
    band: &'a Band,
}

/// The values that are looked up: all in a range, or the multiples of a unit in it.
struct Grid {
    range: (Option<Exact>, Option<Exact>),
    unit: Option<Exact>,
}

impl Grid {
    fn of(bands: &Bands, range: (Option<Exact>, Option<Exact>), whole: bool) -> Option<Self> {
        let unit = match bands.printed {
            // A count that is rounded to a part of one stays a count.
            Some(printed) if whole && Exact::ONE.checked_div(printed.unit()).ok()?.is_integer() => Some(Exact::ONE),
            Some(printed) => Some(printed.unit()),
            None => whole.then_some(Exact::ONE),
        };
        let looked_up = |end: Option<Exact>| match end {
            Some(end) => bands.printed(end).ok().map(Some),
            None => Some(None),
        };
        Some(Self { range: (looked_up(range.0)?, looked_up(range.1)?), unit })
    }

    /// The values between two ends, counted in units where there is one.
    fn stretch(&self, lower: Option<(Exact, bool)>, upper: Option<(Exact, bool)>) -> Option<Stretch> {
        let stretch = Stretch { lower, upper, whole: false }.within(self.range);
        let Some(unit) = self.unit else { return Some(stretch) };
        let count = |end: Option<(Exact, bool)>| match end {
            Some((at, own)) => at.checked_div(unit).ok().map(|at| Some((at, own))),
            None => Some(None),
        };
        Some(Stretch { lower: count(stretch.lower)?, upper: count(stretch.upper)?, whole: true })
    }

    fn example(&self, stretch: Stretch) -> Option<Exact> {
        let value = stretch.rounded()?;
        self.unit.map_or(Some(value), |unit| value.checked_mul(unit).ok())
    }

    /// The values above the end of one row and below the beginning of the next, if there are any.
    fn gap(&self, upper: Option<Edge>, lower: Option<Edge>) -> Option<(BandFaultKind, Exact)> {
        if upper.is_none() && lower.is_none() {
            return None;
        }
        // What the row does not own belongs to the gap.
        let outside = |edge: Option<Edge>| edge.map(|edge| (edge.at, !edge.included));
        let stretch = self.stretch(outside(upper), outside(lower)).filter(Stretch::holds_a_value)?;
        let is_point = upper.zip(lower).is_some_and(|(upper, lower)| upper.at == lower.at);
        let kind = if is_point { BandFaultKind::OwnedByNobody } else { BandFaultKind::Gap };
        Some((kind, self.example(stretch)?))
    }

    /// The values that two rows share, if there are any.
    fn shared(&self, first: &Band, second: &Band) -> Option<(BandFaultKind, Exact)> {
        let lower = if lower_key(first.lower) < lower_key(second.lower) { second.lower } else { first.lower };
        let upper = if upper_key(first.upper) < upper_key(second.upper) { first.upper } else { second.upper };
        let stretch = self.stretch(bound(lower), bound(upper)).filter(Stretch::holds_a_value)?;
        let is_point = lower.zip(upper).is_some_and(|(lower, upper)| lower.at == upper.at);
        let kind = if is_point { BandFaultKind::OwnedByBoth } else { BandFaultKind::Overlap };
        Some((kind, self.example(stretch)?))
    }
}

/// The rows that lie inside a single row that prevails over them.
fn hidden(rows: &[Row<'_>], grid: &Grid) -> Vec<usize> {
    let ends = |row: &Row<'_>| {
        let ends = grid.stretch(bound(row.band.lower), bound(row.band.upper))?.owned_ends().ok()?;
        let lower = ends.lower.map(|(at, own)| (at, !own));
        Some((lower, row.band.chosen.is_none(), (ends.upper.is_none(), ends.upper), row.number))
    };
    // From low to high, and first the rows that prevail: one of those that began before may reach as high.
    let mut rows: Vec<_> = rows.iter().filter_map(ends).collect();
    rows.sort_unstable();
    let mut highest = None;
    let mut hidden = Vec::new();
    for (_, yields, upper, number) in rows {
        if !yields {
            highest = highest.max(Some(upper));
        } else if highest >= Some(upper) {
            hidden.push(number);
        }
    }
    hidden
}

/// Two rows of which the second begins below the first.
fn out_of_order(rows: &[Row<'_>]) -> Option<(usize, usize)> {
    rows.windows(2).find_map(|pair| match pair {
        [before, row] if lower_key(row.band.lower) < lower_key(before.band.lower) => Some((before.number, row.number)),
        _ => None,
    })
}

/// Whether a row goes on at least to where another begins.
fn reaches(row: &Band, next: &Band) -> bool {
    row.upper.is_none_or(|upper| next.lower.is_none_or(|lower| lower.at <= upper.at))
}

fn bound(edge: Option<Edge>) -> Option<(Exact, bool)> {
    edge.map(|edge| (edge.at, edge.included))
}

/// Lower edges from low to high: open first, and at one value first the one that owns it.
fn lower_key(edge: Option<Edge>) -> Option<(Exact, bool)> {
    edge.map(|edge| (edge.at, !edge.included))
}

/// Upper edges from low to high: open last, and at one value last the one that owns it.
fn upper_key(edge: Option<Edge>) -> (bool, Option<(Exact, bool)>) {
    (edge.is_none(), bound(edge))
}
