//! Section 2: an answer carries the weakest attestation of what changed it. Conditions do not count.

use crate::small::{dues, dues_rounded, dues_with};

/// Attested officially, but for one stage at a time that is only known from a newspaper.
fn attested(stages: &str, facts: &str) -> String {
    dues(stages).answer(facts).text("attested").to_owned()
}

#[test]
fn an_amount_is_attested_as_the_alternative_that_gave_it() {
    let stages =
        "tariff: { a: { cite: old, when: active, amount: 1 }, b: { cite: paper, when: not active, amount: 2 } }";
    assert_eq!([attested(stages, "active=yes"), attested(stages, "active=no")], ["official", "secondary"]);
}

#[test]
fn of_several_clauses_the_weakest_counts() {
    assert_eq!(attested("tariff: { cite: [ old, paper ], amount: 1 }", ""), "secondary");
    assert_eq!(dues("tariff: { cite: [ old, guess, paper ], amount: 1 }").answer("").text("attested"), "unconfirmed");
}

#[test]
fn a_version_may_be_attested_otherwise_than_its_source() {
    assert_eq!(attested("tariff: { cite: old, attested: unconfirmed, amount: 1 }", ""), "unconfirmed");
}

#[test]
fn what_somebody_had_to_decide_counts_as_chosen() {
    assert_eq!(attested("tariff: { from: 2000-01-01, chosen: the statutes are silent, amount: 1 }", ""), "chosen");
    assert_eq!(attested("tariff: { cite: old, chosen: the clause leaves it open, amount: 1 }", ""), "chosen");
}

#[test]
fn conditions_do_not_count() {
    let before = "terms: { needy: { kind: yes_no, cite: paper, is: pay < 100 } }";
    let rules = dues_with(
        before,
        "
        owed: { cite: paper, when: active }
        tariff: { a: { cite: old, when: needy, amount: 1 }, b: { cite: old, when: not needy, amount: 2 } }
    ",
    );
    assert_eq!(rules.answer("active=yes pay=1").text("attested"), "official");
}

#[test]
fn a_term_that_is_read_into_the_amount_counts() {
    let before = "terms: { base: { kind: money per month, given: first, formula: { cite: paper, is: pay } } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: base }");
    assert_eq!(rules.answer("pay=1").text("attested"), "secondary");
    assert_eq!(rules.answer("base=1").text("attested"), "official", "what the host gives rests on no formula");
    let behind = "
        terms:
          items: { kind: money per month, cite: paper, is: pay }
          base: { kind: money per month, cite: old, is: items * 2 }
    ";
    assert_eq!(dues_with(behind, "tariff: { cite: old, amount: base }").answer("pay=1").text("attested"), "secondary");
}

#[test]
fn a_term_counts_for_the_amount_even_where_a_condition_read_it_first() {
    let before = "terms: { base: { kind: money per month, cite: paper, is: pay } }";
    let rules = dues_with(before, "tariff: { cite: old, when: base > 0, amount: base }");
    assert_eq!(rules.answer("pay=1").text("attested"), "secondary");
    let rules = dues_with(before, "tariff: { cite: old, when: base > 0, amount: 1 }");
    assert_eq!(rules.answer("pay=1").text("attested"), "official");
}

#[test]
fn a_reduction_counts_where_it_acted() {
    let stages = "
        tariff: { cite: old, amount: pay }
        reductions: { hard: { cite: paper, when: poor, pays: part } }
    ";
    assert_eq!(attested(stages, "pay=10 poor=yes part=50%"), "secondary");
    assert_eq!(attested(stages, "pay=10 poor=no"), "official");
    assert_eq!(attested(stages, "pay=10 poor=yes part=100%"), "official", "it changed nothing");
    let exempting = "
        tariff: { cite: old, amount: pay }
        reductions: { hard: { cite: paper, when: poor, exempt: yes } }
    ";
    assert_eq!(attested(exempting, "poor=yes"), "secondary");
}

#[test]
fn a_stated_amount_takes_the_place_of_the_tariff() {
    let stages = "
        tariff: { cite: paper, amount: pay }
        reductions: { hard: { cite: old, when: poor, amount: 3 } }
    ";
    assert_eq!([attested(stages, "pay=10 poor=yes"), attested(stages, "pay=10 poor=no")], ["official", "secondary"]);
}

#[test]
fn of_reductions_of_which_the_lowest_is_taken_only_that_one_counts() {
    let stages = "
        tariff: { cite: old, amount: pay }
        reductions: { take: lowest, a: { cite: old, when: poor, pays: 20% }, b: { cite: paper, when: active, pays: 50% } }
    ";
    assert_eq!(attested(stages, "pay=10 poor=yes active=yes"), "official");
    assert_eq!(attested(stages, "pay=10 poor=no active=yes"), "secondary");
}

#[test]
fn a_limit_counts_where_it_acted() {
    let stages = "
        tariff: { cite: old, amount: pay }
        limits: { cap: { cite: paper, at_most: 100 } }
    ";
    assert_eq!([attested(stages, "pay=101"), attested(stages, "pay=100")], ["secondary", "official"]);
}

#[test]
fn a_rounding_that_moved_nothing_does_not_count() {
    let rules = dues_rounded("round: { cite: paper, is: half_up to 0.01 }", "tariff: { cite: old, amount: pay }");
    assert_eq!(
        [rules.answer("pay=1.005").text("attested"), rules.answer("pay=1.01").text("attested")],
        ["secondary", "official"]
    );
}

#[test]
fn a_factor_other_than_one_counts() {
    let stages = "
        owed: { cite: paper, starts: begun, part: by_day }
        tariff: { cite: old, amount: 30 }
    ";
    assert_eq!([attested(stages, "begun=2026-11-02"), attested(stages, "begun=2026-11-01")], ["secondary", "official"]);
}

#[test]
fn an_as_of_day_that_changed_a_value_counts() {
    let stages = "
        as_of: { cite: paper, is: period_end }
        tariff: { cite: old, amount: pay }
    ";
    assert_eq!(attested(stages, "pay=2026-01-01:1,2026-11-15:2"), "secondary");
    assert_eq!(attested(stages, "pay=2026-01-01:1"), "official");
    assert_eq!(attested(stages, "pay=1"), "official");
    let before = "terms: { base: { kind: money per month, as_of: { cite: paper, is: year_start }, formula: { cite: old, is: pay } } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: base }");
    assert_eq!(rules.answer("pay=2026-01-01:1,2026-06-01:2").text("attested"), "secondary");
    assert_eq!(rules.answer("pay=2026-01-01:1").text("attested"), "official");
}

#[test]
fn a_charge_that_is_read_counts_with_all_that_changed_it() {
    let rules = crate::small::rules(
        "
        charges:
          levy: { per: month, tariff: { cite: paper, amount: 10 }, round: { cite: old, is: half_up to 1 } }
          dues: { per: month, tariff: { cite: old, amount: levy * 2 }, round: { cite: old, is: half_up to 1 } }
    ",
    );
    assert_eq!(rules.answer("").text("attested"), "secondary");
}
