//! Cliffs and falling amounts.

use super::bands::bands;
use super::*;

/// What is found, as `cliff 1000: 10 -> 15`.
fn shape(rows: &str, amounts: &[&str], kind: ShapeKind) -> Vec<String> {
    let bands = bands(rows, None);
    let faults = shape_of(&bands, |row| amounts.get(row).and_then(|text| Exact::parse(text).ok()), kind);
    let shown = faults.iter().map(|fault| match fault {
        ShapeFault::Cliff { edge, before, after, row, .. } => format!("cliff {edge}: {before} -> {after} at {row}"),
        ShapeFault::Falling { edge: Some(edge), before, after, row, .. } => {
            format!("falling {edge}: {before} -> {after} at {row}")
        }
        ShapeFault::Falling { edge: None, after, row, .. } => format!("falling along {row} by {after}"),
    });
    shown.collect()
}

#[test]
fn a_slab_jumps_where_the_rate_rises() {
    let rows = "..1000] (1000..4000] (4000..";
    let found = shape(rows, &["0.01", "0.015", "0.015"], ShapeKind::Slab);
    assert_eq!(found, ["cliff 1000: 10 -> 15 at 1"]);
}

#[test]
fn a_slab_falls_where_the_rate_falls() {
    let found = shape("..21000] (21000..", &["0.01", "0.009"], ShapeKind::Slab);
    assert_eq!(found, ["falling 21000: 210 -> 189 at 1"]);
}

#[test]
fn at_zero_a_slab_gives_nothing_at_any_rate() {
    assert_eq!(shape("..0] (0..", &["0.01", "0.02"], ShapeKind::Slab), Vec::<String>::new());
}

#[test]
fn a_table_jumps_at_every_edge_and_may_fall() {
    let found = shape("..5] (5..20] (20..", &["100", "220", "40"], ShapeKind::Table);
    assert_eq!(found, ["cliff 5: 100 -> 220 at 1", "falling 20: 220 -> 40 at 2"]);
    assert_eq!(shape("..5] (5..", &["100", "100"], ShapeKind::Table), Vec::<String>::new());
}

#[test]
fn the_parts_of_a_marginal_table_fit_together() {
    let rows = "..1000] (1000..4000] (4000..";
    assert_eq!(shape(rows, &["0.01", "0.03", "0.02"], ShapeKind::Marginal), Vec::<String>::new());
    assert_eq!(shape(rows, &["0.01", "-0.03", "0.02"], ShapeKind::Marginal), ["falling along 1 by -0.03"]);
}

#[test]
fn a_row_that_is_not_constant_is_passed_over() {
    let rows = "..1000] (1000..4000] (4000..";
    assert_eq!(shape(rows, &["1", "by formula", "3"], ShapeKind::Table), Vec::<String>::new());
}

#[test]
fn rows_that_count_meet_at_the_next_number() {
    assert_eq!(shape("[0..20] [21..", &["60", "120"], ShapeKind::Table), ["cliff 21: 60 -> 120 at 1"]);
}
