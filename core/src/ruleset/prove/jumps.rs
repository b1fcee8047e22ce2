//! Amounts that jump or fall from one band to the next.

use crate::ruleset::bands::{Band, Bands};
use crate::ruleset::node::Span;
use crate::value::Exact;

/// How the rows of a table give an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// The whole value at its row's rate.
    Slab,
    /// Each part of the value at its own row's rate.
    Marginal,
    /// An amount a row.
    Table,
}

/// Something about the amounts of a table that is worth a warning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShapeFault {
    /// At an edge the amount rises at once, by the smallest step of the value.
    Cliff {
        /// The edge.
        edge: Exact,
        /// The amount at the edge by the row below it.
        before: Exact,
        /// The amount at the edge by the row above it.
        after: Exact,
        /// The row above the edge.
        row: usize,
        /// Where it stands in the document.
        span: Span,
    },
    /// The amount falls although the value grows.
    Falling {
        /// The edge at which it falls; none if it falls all along a row, whose rate is below 0.
        edge: Option<Exact>,
        /// The amount at the edge by the row below it; for a row, 0.
        before: Exact,
        /// The amount at the edge by the row above it; for a row, its rate.
        after: Exact,
        /// The row above the edge, or the row.
        row: usize,
        /// Where it stands in the document.
        span: Span,
    },
}

/// Where the amounts of a table jump or fall, from low to high.
///
/// `rates` gives the rate or amount of a row, where it is a constant; a row without one is passed over, and so is an
/// edge beside it. A rise at an edge is a cliff, a fall is falling and no cliff too. What counts: of a slab every edge
/// at which the rate changes, apart from the edge 0, where both rates give nothing; of a table every edge at which the
/// amount changes, so that a table is always one of cliffs; of a marginal table no edge, because its parts fit
/// together. A rate below 0 makes a slab or marginal amount fall inside its row. Each row is compared with the next from
/// low to high, at the value at which that one begins; so ask only about bands without a [fault](super::check_bands).
pub fn shape_of(bands: &Bands, rates: impl Fn(usize) -> Option<Exact>, kind: ShapeKind) -> Vec<ShapeFault> {
    let mut rows: Vec<(usize, &Band)> = bands.rows.iter().enumerate().collect();
    rows.sort_by_key(|(_, band)| band.lower.map(|edge| (edge.at, !edge.included)));
    let mut faults = Vec::new();
    let mut before: Option<(&Band, Exact)> = None;
    for (row, band) in rows {
        let Some(gives) = rates(row) else {
            before = None;
            continue;
        };
        if kind != ShapeKind::Table && gives.is_negative() {
            let (before, after) = (Exact::ZERO, gives);
            faults.push(ShapeFault::Falling { edge: None, before, after, row, span: band.span });
        }
        if kind != ShapeKind::Marginal
            && let Some((below, gave)) = before
            && let Some(edge) = common_edge(below, band)
        {
            let amount = |gives: Exact| match kind {
                ShapeKind::Table => Some(gives),
                _ => gives.checked_mul(edge).ok(),
            };
            if let (Some(before), Some(after)) = (amount(gave), amount(gives)) {
                if after > before {
                    faults.push(ShapeFault::Cliff { edge, before, after, row, span: band.span });
                } else if after < before {
                    faults.push(ShapeFault::Falling { edge: Some(edge), before, after, row, span: band.span });
                }
            }
        }
        before = Some((band, gives));
    }
    faults
}

/// The value at which the next row begins; of rows that count, one after the value at which the other ends.
fn common_edge(below: &Band, above: &Band) -> Option<Exact> {
    let (upper, lower) = (below.upper?, above.lower?);
    (lower.at >= upper.at).then_some(lower.at)
}
