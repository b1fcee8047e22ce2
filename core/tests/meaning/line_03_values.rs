//! Line 3: values are exact rationals, dates, words, yes or no, lists or unknown; `unless_given` replaces first and is
//! reported as assumed. With it what section 3 says of settings.

use crate::small::{codes, dues, dues_with, text};

#[test]
fn a_third_three_times_is_one() {
    let thirds = dues("tariff: { cite: old, amount: pay / 3 + pay / 3 + pay / 3 }");
    assert_eq!(thirds.answer("pay=1").text("exact"), "1");
    assert_eq!(dues("tariff: { cite: old, amount: pay / 3 }").answer("pay=1").text("exact"), "1/3");
    assert_eq!(dues("tariff: { cite: old, amount: 0.1 + 0.2 }").answer("").text("exact"), "0.3");
    let small = dues("tariff: { cite: old, rate: 0.000001%, of: pay }");
    assert_eq!(small.answer("pay=123456789012345678.91").text("exact"), "1234567890.1234567891");
}

#[test]
fn what_is_not_given_has_its_stated_value_and_the_answer_says_so() {
    let rules = dues("tariff: { cite: old, amount: pay + bonus }");
    let silent = rules.answer("pay=10");
    assert_eq!((silent.said(), silent.assumed()), ("10.00".into(), "bonus".into()));
    let told = rules.answer("pay=10 bonus=2");
    assert_eq!((told.said(), told.assumed()), ("12.00".into(), String::new()));
    let zero = rules.answer("pay=10 bonus=0");
    assert_eq!((zero.said(), zero.assumed()), ("10.00".into(), String::new()), "a zero that was told is not assumed");
}

#[test]
fn a_stated_value_that_nothing_reads_is_not_reported() {
    let rules = dues(
        "tariff: { a: { cite: old, when: active, amount: 1 }, b: { cite: old, when: not active, amount: bonus } }",
    );
    assert_eq!(rules.answer("active=yes").assumed(), "");
    assert_eq!(rules.answer("active=no").assumed(), "bonus");
}

#[test]
fn what_has_no_stated_value_is_unknown_and_never_zero() {
    let rules = dues("tariff: { cite: old, amount: pay + heads * 1 CNY per month }");
    assert_eq!(rules.said(""), "needs pay, heads");
    assert_eq!(rules.said("pay=1"), "needs heads");
    assert_eq!(rules.said("heads=1"), "needs pay");
    assert_eq!(rules.said("pay=1 heads=1"), "2.00");
}

#[test]
fn a_count_a_share_a_number_and_a_word_are_read_as_what_they_are() {
    let rules = dues("tariff: { cite: old, rate: part * factor, of: pay * heads }");
    assert_eq!(rules.said("part=5% factor=0.5 pay=100 heads=3"), "7.50");
    assert_eq!(rules.said("part=0.05 factor=0.5 pay=100 heads=3"), "7.50");
}

#[test]
fn a_month_is_a_kind_of_its_own_and_compares_with_months() {
    let rules = dues("tariff: { cite: old, amount: if notice < 30 then 1 else 2 }");
    assert_eq!([rules.said("notice=29"), rules.said("notice=30")], ["1.00", "2.00"]);
    let rules = dues("tariff: { cite: old, amount: if term_of_office >= 1 year then 1 else 2 }");
    assert_eq!([rules.said("term_of_office=12"), rules.said("term_of_office=11")], ["1.00", "2.00"]);
}

#[test]
fn a_set_of_words_includes_what_was_told_and_nothing_else() {
    let rules = dues(
        "
        tariff:
          choir: { cite: old, when: purposes includes choir, amount: 1 }
          rest: { cite: old, when: not (purposes includes choir), amount: 2 }
    ",
    );
    assert_eq!(rules.said("purposes=choir|hall"), "1.00");
    assert_eq!(rules.said("purposes=hall"), "2.00");
    assert_eq!(rules.said("purposes=礼堂"), "2.00");
    assert_eq!(rules.said(""), "needs purposes");
}

const FARMERS: &str = "
    settings:
      farmer:
        kind: money per month
        versions:
          - { cite: old, at_least: 0.20, at_most: 1.00, default: 0.20 }
          - { cite: new, at_least: 0.50, at_most: 2.00, default: 0.60 }
";

#[test]
fn a_setting_has_its_default_until_the_organisation_decides() {
    let rules = dues_with(FARMERS, "tariff: { cite: old, amount: farmer }");
    assert_eq!(rules.ask("2019-11").said(), "0.20");
    assert_eq!(rules.ask("2019-11").set("farmer", "0.35").said(), "0.35");
    assert_eq!(rules.ask("2026-11").said(), "0.60", "the default of the version in force");
}

#[test]
fn a_decision_outside_the_bounds_in_force_is_a_wrong_call() {
    let rules = dues_with(FARMERS, "tariff: { cite: old, amount: farmer }");
    assert_eq!(rules.ask("2019-11").set("farmer", "1.00").said(), "1.00");
    let refused = rules.ask("2019-11").set("farmer", "1.01").refused();
    assert_eq!(refused, "setting `farmer`: `1.01` is not accepted; accepted: 0.2 ≤ x ≤ 1");
    assert_eq!(rules.ask("2026-11").set("farmer", "2.00").said(), "2.00", "the later version allows it");
    assert!(rules.ask("2026-11").set("farmer", "0.20").refused().contains("is not accepted"));
    assert!(rules.ask("2026-11").set("farmer", "x").refused().contains("is not accepted"));
    assert_eq!(rules.ask("2026-11").known("2020-02-01").set("farmer", "0.20").said(), "0.20", "the bounds then known");
}

#[test]
fn a_decision_with_a_history_holds_from_its_day_for_who_knows_it() {
    let rules = dues_with(FARMERS, "tariff: { cite: old, amount: farmer }");
    let ask = |period| {
        let question = rules.ask(period).decide("farmer", "2018-01-01", None, "0.30");
        question.decide("farmer", "2018-06-01", Some("2018-09-01"), "0.40")
    };
    assert_eq!(ask("2017-12").said(), "0.20");
    assert_eq!(ask("2018-05").said(), "0.30");
    assert_eq!(ask("2018-06").said(), "0.40");
    assert_eq!(ask("2018-06").known("2018-08-31").said(), "0.30", "it was decided later with effect in the past");
    assert_eq!(ask("2018-06").known("2018-09-01").said(), "0.40");
}

#[test]
fn a_default_outside_its_own_bounds_is_refused() {
    let sections = "
        settings: { farmer: { kind: money per month, cite: old, at_least: 1, default: 0.20 } }
        charges: { dues: { per: month, tariff: { cite: old, amount: farmer }, round: { cite: old, is: half_up to 1 } } }
    ";
    assert_eq!(codes(&text(sections)), ["setting_out_of_bounds"]);
}
