//! Bands against a grid that is fine enough to meet every point and every stretch.

use proptest::prelude::*;

use super::*;
use crate::ruleset::bands::{Band, Bands, Edge, Gives, Stated};
use crate::value::Rounding;

/// Rows such as `..1000] (1000..4000] !(3000..`; `!` is a row that says why it is chosen.
pub(super) fn bands(rows: &str, printed: Option<&str>) -> Bands {
    let row = |text: &str| {
        let (chosen, text) = text.strip_prefix('!').map_or((None, text), |rest| (Some("so".into()), rest));
        let (lower, upper) = text.split_once("..").unwrap();
        let edge = |text: &str, own: char| {
            let at = exact(text.trim_matches(['[', ']', '(', ')']));
            Edge { at, included: text.contains(own) }
        };
        Band {
            lower: (!lower.is_empty()).then(|| edge(lower, '[')),
            upper: (!upper.is_empty()).then(|| edge(upper, ']')),
            gives: Gives::NoRule("".into()),
            name: None,
            chosen,
            span: Span::default(),
        }
    };
    Bands {
        of: ExprId(0),
        printed: printed.map(|text| Rounding::parse(text).unwrap()),
        rows: rows.split(' ').map(row).collect(),
        stated: Stated::default(),
    }
}

/// What is found, as `Gap 1: 1200`.
fn faults(rows: &str, printed: Option<&str>, at_least: Option<&str>, whole: bool) -> Vec<String> {
    let faults = check_bands(&bands(rows, printed), (at_least.map(exact), None), whole);
    let shown = faults.iter().map(|fault| match fault.example {
        Some(example) => format!("{:?} {}: {example}", fault.kind, fault.row),
        None => format!("{:?} {}", fault.kind, fault.row),
    });
    shown.collect()
}

const NONE: [&str; 0] = [];

#[test]
fn rows_that_hand_over_at_owned_edges_are_sound() {
    assert_eq!(faults("..1000] (1000..4000) [4000..", None, None, false), NONE);
    assert_eq!(faults("[0..1000] (1000..", None, Some("0"), false), NONE);
}

#[test]
fn a_hole_in_the_middle_is_shown_by_a_rounded_value() {
    assert_eq!(faults("..1000] (1500..", None, None, false), ["Gap 1: 1200"]);
    assert_eq!(faults("..19999] [20000..", None, None, false), ["Gap 1: 19999.5"]);
}

#[test]
fn below_the_lowest_and_above_the_highest_row_are_gaps() {
    assert_eq!(faults("[24000..60000] (60000..", None, Some("0"), false), ["Gap 0: 20000"]);
    assert_eq!(faults("..5] (5..60]", None, Some("0"), false), ["Gap 1: 70"]);
    assert_eq!(faults("(0..", None, Some("0"), false), ["Gap 0: 0"]);
}

#[test]
fn an_edge_belongs_to_exactly_one_row() {
    assert_eq!(faults("..2000) (2000..", None, None, false), ["OwnedByNobody 1: 2000"]);
    assert_eq!(faults("..2000] [2000..", None, None, false), ["OwnedByBoth 1: 2000"]);
    assert_eq!(faults("..2000] ![2000..", None, None, false), NONE);
}

#[test]
fn a_value_in_two_rows_is_an_overlap_unless_one_is_chosen() {
    assert_eq!(faults("..3000] (2500..8000] (8000..", None, None, false), ["Overlap 1: 2600"]);
    assert_eq!(faults("..3000] !(2500..8000] (8000..", None, None, false), NONE);
    assert_eq!(faults("!..3000] !(2500..8000] (8000..", None, None, false), ["Overlap 1: 2600"]);
    assert_eq!(faults("..5] (5.. (20..", None, Some("0"), false), ["Overlap 1: 30"]);
}

#[test]
fn rows_stand_from_low_to_high() {
    assert_eq!(faults("(4000.. (1000..4000] ..1000]", None, None, false), ["Order 1"]);
}

#[test]
fn a_row_without_a_value_is_empty() {
    assert_eq!(faults("..6] (12..6] (6..", None, None, false), ["Empty 1"]);
    assert_eq!(faults("..6] (6..6] (6..", None, None, false), ["Empty 1"]);
    assert_eq!(faults("..0) [0..", None, Some("0"), false), ["Empty 0"]);
    assert_eq!(faults("..5] !(0..8] (8..", None, Some("1"), false), ["Empty 0"]);
    assert_eq!(faults("..5] !(0..8] (8..", None, Some("0"), false), NONE);
}

#[test]
fn in_a_printed_table_only_multiples_of_the_unit_are_looked_up() {
    assert_eq!(faults("[0..19999] [20000..", Some("down to 1"), Some("0"), false), NONE);
    assert_eq!(faults("[0..19999] [20001..", Some("down to 1"), Some("0"), false), ["Gap 1: 20000"]);
    assert_eq!(faults("[0..90] [100..", Some("down to 10"), Some("0"), false), NONE);
}

#[test]
fn a_count_has_only_whole_numbers() {
    assert_eq!(faults("[0..20] [21..50] [51..", None, Some("0"), true), NONE);
    assert_eq!(faults("[0..20] (20..21) [21..", None, Some("0"), true), ["Empty 1"]);
    assert_eq!(faults("[0..20] [22..", None, Some("0"), true), ["Gap 1: 21"]);
}

fn drawn_bands() -> impl Strategy<Value = Bands> {
    let edge = || prop::option::weighted(0.8, (0..8_i64, any::<bool>()));
    let row = (edge(), edge(), prop::bool::weighted(0.2));
    prop::collection::vec(row, 1..4).prop_map(|rows| {
        let edge = |(at, included): (i64, bool)| Edge { at: Exact::from_i64(at), included };
        let rows = rows.into_iter().map(|(lower, upper, chosen)| Band {
            lower: lower.map(edge),
            upper: upper.map(edge),
            gives: Gives::NoRule("".into()),
            name: None,
            chosen: chosen.then(|| "so".into()),
            span: Span::default(),
        });
        Bands { of: ExprId(0), printed: None, rows: rows.collect(), stated: Stated::default() }
    })
}

proptest! {
    #[test]
    fn bands_without_a_fault_give_each_value_one_row(bands in drawn_bands(), least in -2..4_i64, most in 4..11_i64, whole: bool) {
        let range = (Some(Exact::from_i64(least)), Some(Exact::from_i64(most)));
        let faults = check_bands(&bands, range, whole);
        let step = if whole { 2 } else { 1 };
        let grid: Vec<Exact> = (2 * least..=2 * most)
            .filter(|half| half % step == 0)
            .map(|half| Exact::ratio(i128::from(half), 2).unwrap())
            .collect();
        let holding = |value: Exact| bands.rows.iter().filter(|row| row.holds(value)).count();
        let found = |kinds: &[BandFaultKind]| faults.iter().any(|fault| kinds.contains(&fault.kind));
        let missing = grid.iter().any(|value| holding(*value) == 0);
        prop_assert_eq!(missing, found(&[BandFaultKind::Gap, BandFaultKind::OwnedByNobody]), "{:?}", faults);
        let clashing = grid.iter().any(|value| {
            let rows: Vec<_> = bands.rows.iter().filter(|row| row.holds(*value)).collect();
            rows.iter().enumerate().any(|(place, row)| {
                rows[..place].iter().any(|other| row.chosen.is_some() == other.chosen.is_some())
            })
        });
        prop_assert_eq!(clashing, found(&[BandFaultKind::Overlap, BandFaultKind::OwnedByBoth]), "{:?}", faults);
        for (number, row) in bands.rows.iter().enumerate() {
            let has_none = !grid.iter().any(|value| row.holds(*value));
            let is_hidden = row.chosen.is_none() && bands.rows.iter().any(|other| {
                other.chosen.is_some() && grid.iter().all(|value| !row.holds(*value) || other.holds(*value))
            });
            let said = faults.iter().any(|fault| fault.kind == BandFaultKind::Empty && fault.row == number);
            prop_assert_eq!(has_none || is_hidden, said, "{} {:?}", number, faults);
        }
        for fault in &faults {
            let Some(example) = fault.example else { continue };
            prop_assert!(range.0.unwrap() <= example && example <= range.1.unwrap());
            prop_assert!(!whole || example.is_integer());
            match fault.kind {
                BandFaultKind::Gap | BandFaultKind::OwnedByNobody => prop_assert_eq!(holding(example), 0),
                _ => prop_assert!(holding(example) >= 2),
            }
        }
    }
}
