//! Line 13: slab, table, marginal and declared.

use crate::small::{Small, dues};

const RATES: &str = "[ { up_to: 100, rate: 1% }, { above: 100, below: 200, rate: 2% }, { from: 200, rate: 3% } ]";
const AMOUNTS: &str = "[ { up_to: 100, amount: 1 }, { above: 100, below: 200, amount: 2 }, { from: 200, amount: 3 } ]";

fn banded(form: &str, more: &str, bands: &str) -> Small {
    dues(&format!(
        "tariff: {{ one: {{ cite: old art. 1, {form}: {{ of: pay, {more} stated: [ cliff ], bands: {bands} }} }} }}"
    ))
}

fn exact(rules: &Small, pay: &str) -> String {
    rules.answer(&format!("pay={pay}")).text("exact").to_owned()
}

#[test]
fn a_slab_has_the_rate_of_the_band_for_the_whole_base() {
    let rules = banded("slab", "", RATES);
    let all = ["0", "99.99", "100", "100.01", "199.99", "200", "200.01"].map(|pay| exact(&rules, pay));
    assert_eq!(all, ["0", "0.9999", "1", "2.0002", "3.9998", "6", "6.0003"]);
}

#[test]
fn a_table_has_the_amount_of_the_band() {
    let rules = banded("table", "", AMOUNTS);
    let all = ["0", "99.99", "100", "100.01", "199.99", "200", "200.01"].map(|pay| exact(&rules, pay));
    assert_eq!(all, ["1", "1", "1", "2", "2", "3", "3"]);
}

#[test]
fn marginal_bands_have_their_rate_for_the_part_inside_them() {
    let rules = banded("marginal", "", RATES);
    let all = ["0", "99.99", "100", "100.01", "199.99", "200", "300"].map(|pay| exact(&rules, pay));
    assert_eq!(all, ["0", "0.9999", "1", "1.0002", "2.9998", "3", "6"]);
}

#[test]
fn an_amount_of_a_band_may_be_an_expression() {
    let rules = banded("table", "", "[ { up_to: 100, amount: pay / 100 }, { above: 100, amount: promised } ]");
    assert_eq!(rules.said("pay=50"), "0.50", "what the other band reads is not asked for");
    assert_eq!([rules.said("pay=150"), rules.said("pay=150 promised=7")], ["needs promised", "7.00"]);
    assert_eq!(rules.said(""), "needs pay");
}

const PRINTED: &str = "[ { up_to: 99, rate: 1% }, { from: 100, rate: 2% } ]";

#[test]
fn a_printed_table_is_looked_up_as_printed_and_applied_to_the_whole_base() {
    let down = banded("slab", "published_in: 1, between: down,", PRINTED);
    assert_eq!(["99", "99.99", "100", "100.50"].map(|pay| exact(&down, pay)), ["0.99", "0.9999", "2", "2.01"]);
    let up = banded("slab", "published_in: 1, between: up,", PRINTED);
    assert_eq!(["99", "99.01", "100"].map(|pay| exact(&up, pay)), ["0.99", "1.9802", "2"]);
    let half = banded("slab", "published_in: 1, between: half_up,", PRINTED);
    assert_eq!(["99.49", "99.50"].map(|pay| exact(&half, pay)), ["0.9949", "1.99"]);
    let tens =
        banded("slab", "published_in: 10, between: down,", "[ { up_to: 90, rate: 1% }, { from: 100, rate: 2% } ]");
    assert_eq!(["99.99", "100"].map(|pay| exact(&tens, pay)), ["0.9999", "2"]);
}

const HOLE: &str = "
    [ { below: 10, amount: 1 }, { from: 10, up_to: 10, no_rule: no row is printed }, { above: 10, amount: 2 } ]";

#[test]
fn a_hole_in_the_print_has_no_rule() {
    let rules = banded("table", "", HOLE);
    assert_eq!(
        ["9.99", "10", "10.01"].map(|pay| rules.said(&format!("pay={pay}"))),
        ["1.00", "no_rule no_row", "2.00"]
    );
    let answer = rules.answer("pay=10");
    assert_eq!((answer.param("no_row", "value"), answer.param("no_row", "why")), ("10", "no row is printed"));
    assert_eq!(answer.text("rule"), "dues.tariff.one");
}

#[test]
fn a_hole_is_looked_up_as_printed_too() {
    let bands = "[ { up_to: 9, rate: 1% }, { from: 10, up_to: 10, no_rule: gap }, { from: 11, rate: 2% } ]";
    let rules = banded("slab", "published_in: 1, between: down,", bands);
    assert_eq!(
        ["9.99", "10", "10.99", "11"].map(|pay| rules.said(&format!("pay={pay}"))),
        ["0.10", "no_rule no_row", "no_rule no_row", "0.22"]
    );
}

#[test]
fn an_overlap_belongs_to_the_row_that_says_why() {
    let rules = banded("table", "", "[ { up_to: 20, amount: 1, chosen: both print 20 }, { from: 20, amount: 2 } ]");
    assert_eq!(["20", "20.01"].map(|pay| rules.said(&format!("pay={pay}"))), ["1.00", "2.00"]);
    let rules = banded("table", "", "[ { up_to: 20, amount: 1 }, { from: 20, amount: 2, chosen: both print 20 } ]");
    assert_eq!(["19.99", "20"].map(|pay| rules.said(&format!("pay={pay}"))), ["1.00", "2.00"]);
}

#[test]
fn a_marginal_sum_needs_no_rate_above_the_base() {
    let bands = "[ { up_to: 100, rate: 1% }, { above: 100, rate: part } ]";
    let rules = banded("marginal", "", bands);
    assert_eq!(
        [rules.said("pay=100"), rules.said("pay=101"), rules.said("pay=200 part=5%")],
        ["1.00", "needs part", "6.00"]
    );
}

fn declared() -> Small {
    dues(
        "tariff: { one: { cite: old art. 1, declared: promised, minimum: { rate: 1%, of: pay }, guide: 2% * pay, suggested: [ 5, 10, pay / 10 ] } }",
    )
}

#[test]
fn what_is_declared_is_owed_from_the_minimum_on() {
    assert_eq!(declared().said("promised=7 pay=500"), "7.00");
    let low = declared().answer("promised=4 pay=500");
    assert_eq!((low.said(), low.findings()), ("5.00".into(), "declared_too_low".into()));
    assert_eq!((low.param("declared_too_low", "declared"), low.param("declared_too_low", "minimum")), ("4", "5"));
    assert_eq!(declared().answer("promised=5 pay=500").findings(), "");
}

#[test]
fn where_nothing_is_declared_the_minimum_is_assumed_and_it_is_told() {
    let answer = declared().answer("pay=500");
    assert_eq!((answer.said(), answer.findings()), ("5.00".into(), "assumed_minimum".into()));
    assert_eq!(answer.param("assumed_minimum", "minimum"), "5");
    assert_eq!(declared().said("promised=7"), "needs pay", "the minimum has to be known");
}

#[test]
fn what_was_declared_for_other_days_is_asked_for() {
    assert_eq!(declared().said("promised=2026-12-01:7 pay=500"), "needs promised");
    assert_eq!(declared().said("promised=2026-11-01:7 pay=500"), "7.00");
}

#[test]
fn beside_a_declared_amount_stand_what_is_recommended_and_what_is_offered() {
    let answer = declared().answer("promised=7 pay=500");
    assert_eq!((answer.text("guide"), answer.0["suggested"].to_string()), ("10", r#"["5","10","50"]"#.to_owned()));
    assert_eq!(answer.text("amount"), "7.00", "they change nothing");
    let unguided = dues("tariff: { cite: old, declared: promised, minimum: 5, guide: 2% * pay }");
    let answer = unguided.answer("promised=7");
    assert_eq!(
        (answer.said(), answer.text("guide")),
        ("7.00".into(), ""),
        "a recommendation that cannot be worked out is left out"
    );
}
