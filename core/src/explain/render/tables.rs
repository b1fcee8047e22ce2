//! Tables in words: the row of a value, rates, and what the parts come to.

use std::borrow::Cow;

use super::LineKind;
use super::places::{self, Place};
use super::reckoning::Reckoning;
use crate::explain::number::{How, Operand, Share, pick};
use crate::explain::put::{listed, put};
use crate::ruleset::{Bands, Edge, VersionId};
use crate::value::Exact;

impl Reckoning<'_> {
    pub(super) fn band(&mut self, version: VersionId, row: u16, value: Exact, looked_up: Exact) {
        self.before_amount();
        let names = self.names;
        let Some(place) = names.place(version) else { return };
        if matches!(place, Place::Tariff(..)) {
            self.current = Some(version);
        }
        let tables = places::tables(place, version, &|expression| self.values.word(expression));
        let fits = |bands: &Bands| {
            let found = bands.rows.get(usize::from(row)).is_some_and(|band| band.holds(looked_up));
            found && bands.printed(value).is_ok_and(|printed| printed == looked_up)
        };
        let Some((bands, marginal)) = tables.into_iter().find(|(bands, _)| fits(bands)) else { return };
        if marginal {
            self.parts = Some(Vec::new());
        }
        let tongue = names.tongue;
        let cite = self.cite(Some(version));
        if value != looked_up
            && let Some(printed) = bands.printed
        {
            let (rounded, is) = pick!(tongue, ("查表时", "："), ("for the look-up rounded ", ": "));
            self.lines.say(LineKind::Rounding, cite.clone(), [value, looked_up], |out| {
                put!(out, rounded, How(printed, tongue), is, value, " → ", looked_up);
            });
        }
        let Some(band) = bands.rows.get(usize::from(row)) else { return };
        let cite = match (cite, band.chosen.as_deref()) {
            (Some(cite), Some(why)) => Some(Cow::Owned(format!("{cite}{}{why}", pick!(tongue, "；", "; ")))),
            (cite, why) => cite.or(why.map(Cow::Borrowed)),
        };
        self.lines.say(LineKind::Band, cite, [looked_up], |out| {
            if let Some(name) = &band.name {
                put!(out, names.of_name(name), pick!(tongue, "：", ": "));
            }
            put_interval(band.lower, looked_up, band.upper, out);
        });
    }

    /// A share of a value.
    pub(super) fn rated(&mut self, version: Option<VersionId>, rate: Exact, of: Exact, gives: Exact) {
        self.before_amount();
        let cite = self.cite(version);
        self.lines.say(LineKind::Rate, cite, [of, rate, gives], |out| put!(out, of, " × ", Share(rate), " = ", gives));
    }

    /// The parts of a marginal table, or the pieces of a period, together.
    pub(super) fn sum(&mut self, gives: Exact) {
        self.before_amount();
        let (kind, parts, cite) = match self.parts.take() {
            Some(parts) => (LineKind::Sum, parts, self.cite(self.current)),
            None => (LineKind::Piece, std::mem::take(&mut self.pieces), None),
        };
        self.lines.say(kind, cite, [gives], |out| {
            if parts.is_empty() {
                out.push('0');
            }
            listed(out, " + ", parts, |out, part| put!(out, Operand(part)));
            put!(out, " = ", gives);
        });
    }
}

/// `5000 < 5400 ≤ 10000`; `2000 = 2000` in a row for one value.
fn put_interval(lower: Option<Edge>, value: Exact, upper: Option<Edge>, out: &mut String) {
    let symbol = |edge: Edge| if edge.included { " ≤ " } else { " < " };
    if let (Some(lower), Some(upper)) = (lower, upper)
        && lower.at == upper.at
    {
        return put!(out, value, " = ", upper.at);
    }
    if let Some(edge) = lower {
        put!(out, edge.at, symbol(edge));
    }
    put!(out, value);
    if let Some(edge) = upper {
        put!(out, symbol(edge), edge.at);
    }
}

#[cfg(test)]
mod tests {
    use super::put_interval;
    use crate::ruleset::Edge;
    use crate::value::Exact;

    #[test]
    fn a_row_for_one_value_is_said_once() {
        let edge = |at: i64, included: bool| Some(Edge { at: Exact::from_i64(at), included });
        let said = |lower, value: i64, upper| {
            let mut out = String::new();
            put_interval(lower, Exact::from_i64(value), upper, &mut out);
            out
        };
        assert_eq!(said(edge(5000, false), 5400, edge(10_000, true)), "5000 < 5400 ≤ 10000");
        assert_eq!(said(edge(2000, true), 2000, edge(2000, true)), "2000 = 2000");
    }
}
