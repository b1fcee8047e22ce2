//! Line 9: a term is given or worked out, on its own day, within its range; what is asked for while it is unknown.

use crate::small::{Small, dues_with};

const TARIFF: &str = "tariff: { cite: old, amount: base }";

/// The base of a member: worked out by kind, or given.
const BASE: &str = "
    terms:
      deductions: { kind: money per month, formula: { cite: old, is: heads * 1 CNY per month + bonus } }
      base:
        kind: money per month
        at_least: 0
        given: first
        formula:
          staff:   { cite: old, when: kind = staff and active, is: pay + promised - deductions }
          student: { cite: old, when: kind = student, is: yearly per month }
";

fn base() -> Small {
    dues_with(BASE, TARIFF)
}

#[test]
fn what_is_given_goes_before_what_is_worked_out() {
    assert_eq!(base().said("base=5"), "5.00");
    assert_eq!(base().said("base=5 kind=staff"), "5.00", "nothing of the formula is asked for");
    assert_eq!(base().said("kind=staff active=yes pay=3 promised=4 heads=0"), "7.00");
    assert_eq!(base().said("kind=student yearly=24"), "2.00");
}

#[test]
fn a_given_value_that_differs_from_the_worked_out_one_is_used_and_told() {
    let answer = base().answer("base=5 kind=staff active=yes pay=3 promised=4 heads=0");
    assert_eq!((answer.said(), answer.findings()), ("5.00".into(), "given_differs".into()));
    assert_eq!((answer.param("given_differs", "given"), answer.param("given_differs", "derived")), ("5", "7"));
    assert_eq!(base().answer("base=7 kind=staff active=yes pay=3 promised=4 heads=0").findings(), "");
    assert_eq!(
        base().answer("base=5 kind=staff active=yes pay=3").findings(),
        "",
        "what cannot be worked out is not compared"
    );
    assert_eq!(base().answer("base=5 kind=other pay=3 promised=4").findings(), "");
}

#[test]
fn a_given_value_outside_the_range_of_the_term_is_rejected_as_a_misfit() {
    assert_eq!(base().said("base=-1"), "rejected out_of_range");
    assert_eq!(base().said("base=x"), "rejected bad_value");
}

#[test]
fn a_worked_out_value_outside_the_range_of_the_term_is_rejected() {
    let answer = base().answer("kind=staff active=yes pay=3 promised=4 heads=0 bonus=7.01");
    assert_eq!((answer.said(), answer.param("out_of_range", "name")), ("rejected out_of_range".into(), "base"));
    assert_eq!(base().said("kind=staff active=yes pay=3 promised=4 heads=7 bonus=0"), "0.00");
}

#[test]
fn the_term_itself_is_asked_for_while_nothing_that_it_is_made_of_was_told() {
    assert_eq!(base().said(""), "needs base");
    assert_eq!(base().said("kind=staff"), "needs base", "what decides between formulas does not count");
    assert_eq!(base().said("kind=staff active=yes"), "needs base");
    assert_eq!(base().said("bonus=1"), "needs base", "what has a stated value does not count, even when it is told");
    assert_eq!(base().said("heads=1"), "needs kind, active", "an item behind another term counts when it is told");
}

#[test]
fn once_an_item_was_told_the_open_conditions_are_asked_for() {
    assert_eq!(base().said("pay=3"), "needs kind, active");
    assert_eq!(base().said("pay=3 kind=staff"), "needs active");
    assert_eq!(base().said("yearly=3"), "needs kind, active");
}

#[test]
fn once_a_formula_is_chosen_its_items_are_asked_for() {
    assert_eq!(base().said("pay=3 kind=staff active=yes"), "needs promised, heads");
    assert_eq!(base().said("promised=3 kind=staff active=yes"), "needs pay, heads");
}

#[test]
fn an_item_of_a_formula_that_is_out_of_the_question_does_not_count() {
    assert_eq!(base().said("pay=3 kind=student"), "needs base");
    assert_eq!(base().said("yearly=3 kind=staff"), "needs base");
}

#[test]
fn a_term_that_can_be_given_and_has_no_formula_here_is_asked_for() {
    assert_eq!(base().said("kind=other"), "needs base");
    assert_eq!(base().said("kind=staff active=no"), "needs base");
}

#[test]
fn a_term_that_cannot_be_given_is_never_named() {
    let only = BASE.replace("        given: first\n", "");
    let rules = dues_with(&only, TARIFF);
    assert_eq!(rules.said(""), "needs kind, active");
    assert_eq!(rules.said("kind=staff active=yes"), "needs pay, promised, heads");
    assert_eq!(rules.said("kind=other"), "no_rule no_value");
    assert_eq!(rules.said("base=5"), "rejected unknown_fact");
}

#[test]
fn a_condition_that_reads_a_term_asks_for_the_term() {
    let before = "
        terms:
          needy: { kind: yes_no, given: first, formula: { cite: old, is: pay < 1000 } }
    ";
    let rules = dues_with(
        before,
        "tariff: { a: { cite: old, when: needy, amount: 1 }, b: { cite: old, when: not needy, amount: 2 } }",
    );
    assert_eq!(rules.said(""), "needs needy");
    assert_eq!([rules.said("needy=yes"), rules.said("pay=999"), rules.said("pay=1000")], ["1.00", "1.00", "2.00"]);
}

/// A base that is held at the start of the year.
const HELD: &str = "
    terms:
      base:
        kind: money per month
        given: first
        as_of: { cite: old art. 9, is: 'latest(year_start, begun)', strength: normally }
        formula: { cite: old, is: pay }
";
const AT_THE_END: &str = "
    as_of: { cite: old, is: period_end }
    tariff: { cite: old, amount: base }
";

#[test]
fn a_value_that_its_own_day_changed_is_told() {
    let rules = dues_with(HELD, AT_THE_END);
    for facts in ["pay=2026-01-01:10,2026-06-01:20", "base=2026-01-01:10,2026-06-01:20"] {
        let answer = rules.answer(facts);
        assert_eq!((answer.said(), answer.findings()), ("10.00".into(), "held_at".into()), "{facts}");
        assert_eq!((answer.param("held_at", "name"), answer.param("held_at", "day")), ("base", "2026-01-01"));
        assert_eq!((answer.param("held_at", "value"), answer.param("held_at", "instead")), ("10", "20"));
    }
}

#[test]
fn a_value_that_is_the_same_on_both_days_is_not_told() {
    let rules = dues_with(HELD, AT_THE_END);
    assert_eq!(rules.answer("pay=2026-01-01:10").findings(), "");
    assert_eq!(rules.answer("pay=2026-01-01:10,2026-06-01:10").findings(), "");
    assert_eq!(rules.answer("pay=10").findings(), "");
}

#[test]
fn a_day_that_holds_strictly_is_not_told_and_cannot_be_set_aside() {
    let hard = dues_with(&HELD.replace(", strength: normally", ""), AT_THE_END);
    let answer = hard.answer("pay=2026-01-01:10,2026-06-01:20");
    assert_eq!((answer.said(), answer.findings()), ("10.00".into(), String::new()));
    assert!(hard.ask("2026-11").set_aside("base.as_of", "agreed").refused().contains("it holds strictly"));
}

#[test]
fn setting_a_day_aside_means_the_day_of_the_caller() {
    let rules = dues_with(HELD, AT_THE_END);
    let answer =
        rules.ask("2026-11").with("pay=2026-01-01:10,2026-06-01:20").set_aside("base.as_of", "new contract").answer();
    assert_eq!((answer.said(), answer.findings()), ("20.00".into(), "set_aside".into()));
    assert_eq!(
        (answer.param("set_aside", "rule"), answer.param("set_aside", "reason")),
        ("base.as_of", "new contract")
    );
}

#[test]
fn a_term_without_a_day_of_its_own_inherits_that_of_its_caller() {
    let rules = dues_with("terms: { base: { kind: money per month, formula: { cite: old, is: pay } } }", AT_THE_END);
    assert_eq!(rules.said("pay=2026-01-01:10,2026-11-30:20"), "20.00");
}

#[test]
fn the_day_of_a_term_is_asked_for_only_where_days_matter() {
    let before = HELD.replace("latest(year_start, begun)", "born");
    let rules = dues_with(&before, AT_THE_END);
    assert_eq!(rules.said("base=5"), "5.00", "a single value holds on all days");
    assert_eq!(rules.said("base=2026-01-01:5"), "needs born");
    assert_eq!(rules.said("base=2026-01-01:5,2026-06-01:6 born=2026-05-31"), "5.00");
}

#[test]
fn a_history_given_for_a_term_that_starts_too_late_is_asked_for_on_its_day() {
    let answer = dues_with(HELD, AT_THE_END).answer("base=2026-06-01:10");
    assert_eq!((answer.said(), answer.findings()), ("needs base".into(), "history_starts_later".into()));
    assert_eq!(answer.0["missing"][0]["on"], "2026-01-01");
}

#[test]
fn a_term_by_word_and_a_term_by_band_are_values_like_others() {
    let before = "
        terms:
          level:
            formula: { cite: old, band_of: { of: pay, bands: [ { name: lower, up_to: 100 }, { name: upper, above: 100 } ] } }
          fee: { kind: money per month, formula: { cite: old, by: level, rows: { lower: 1, upper: 2 } } }
    ";
    let rules = dues_with(before, "tariff: { cite: old, amount: fee }");
    assert_eq!(["pay=100", "pay=100.01", ""].map(|facts| rules.said(facts)), ["1.00", "2.00", "needs pay"]);
}

#[test]
fn a_term_among_whose_alternatives_two_apply_has_no_rule() {
    let before = "
        terms:
          base:
            kind: money per month
            formula:
              a: { cite: old, when: pay * factor > 100, is: 1 }
              b: { cite: old, when: promised * factor > 100, is: 2 }
    ";
    let rules = dues_with(before, TARIFF);
    assert_eq!(rules.said("pay=101 promised=101 factor=1"), "no_rule two_rules");
    assert_eq!(rules.said("pay=101 promised=1 factor=1"), "1.00");
    assert_eq!(rules.said("pay=101 factor=1"), "needs promised");
}
