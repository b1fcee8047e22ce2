//! Line 15: times the factor, then rounded once; a negative amount is rejected.

use crate::small::{codes, dues, dues_rounded, dues_with, text};

#[test]
fn the_factor_follows_the_limits() {
    let rules = dues(
        "
        owed: { cite: old art. 9, starts: begun, part: by_day }
        tariff: { cite: old, amount: pay }
        limits: { cap: { cite: old, at_most: 300 } }
    ",
    );
    assert_eq!(rules.said("pay=1000 begun=2026-11-16"), "150.00", "half of the limited amount");
    assert_eq!(rules.answer("pay=1000 begun=2026-11-12").text("exact"), "190");
}

#[test]
fn every_mode_rounds_as_it_says() {
    for (rounding, gives) in [
        ("half_up to 0.1", "0.3"),
        ("half_down to 0.1", "0.2"),
        ("half_even to 0.1", "0.2"),
        ("up to 0.1", "0.3"),
        ("down to 0.1", "0.2"),
        ("ceil to 1", "1"),
        ("floor to 1", "0"),
        ("half_up to 0.05", "0.25"),
        ("up to 10", "10"),
        ("half_up to 0.01", "0.25"),
        ("up to 0.2", "0.4"),
    ] {
        let answer =
            dues_rounded(&format!("round: {{ cite: old, is: {rounding} }}"), "tariff: { cite: old, amount: 0.25 }")
                .answer("");
        assert_eq!((answer.text("amount"), answer.text("exact")), (gives, "0.25"), "{rounding}");
    }
}

#[test]
fn the_exact_amount_is_kept_beside_the_rounded_one() {
    let answer = dues("tariff: { cite: old, amount: pay / 3 }").answer("pay=2");
    assert_eq!((answer.text("exact"), answer.text("amount")), ("2/3", "0.67"));
}

#[test]
fn nothing_is_rounded_on_the_way() {
    let rules = dues(
        "
        tariff: { cite: old, rate: 1%, of: pay }
        reductions: { hard: { cite: old, when: poor, pays: 50% } }
    ",
    );
    assert_eq!(rules.said("pay=99.9 poor=yes"), "0.50", "0.4995, where 0.999 would have become 1.00 and then 0.50");
    assert_eq!(rules.said("pay=100.9 poor=yes"), "0.50", "0.5045; rounding 1.009 to 1.01 first would give 0.51");
}

#[test]
fn a_negative_amount_is_rejected_before_it_is_rounded() {
    let rules = dues("tariff: { one: { cite: old, amount: pay - 10 } }");
    let answer = rules.answer("pay=9.999");
    assert_eq!(
        (answer.said(), answer.param("negative_amount", "amount")),
        ("rejected negative_amount".into(), "-0.001")
    );
    assert_eq!(rules.said("pay=10"), "0.00");
    let floored = dues(
        "
        tariff: { cite: old, amount: pay - 10 }
        limits: { floor: { cite: old, at_least: 0 } }
    ",
    );
    assert_eq!(floored.said("pay=9"), "0.00", "a limit that lifts it to nothing comes first");
}

#[test]
fn the_organisation_may_decide_how_to_round() {
    let before = "settings: { rounding: { kind: rounding, cite: old, default: half_up to 0.01 } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: 0.256 }");
    let by_setting = rules.ask("2026-11").said();
    assert_eq!(by_setting, "0.26");
    let sections = "
        settings: { rounding: { kind: rounding, cite: old, default: half_up to 0.01 } }
        charges: { dues: { per: month, tariff: { cite: old, amount: 0.256 }, round: { cite: old, is: rounding } } }
    ";
    let rules = crate::small::rules(sections);
    assert_eq!(rules.ask("2026-11").said(), "0.26");
    assert_eq!(rules.ask("2026-11").set("rounding", "down to 0.1").said(), "0.2");
    assert_eq!(rules.ask("2026-11").set("rounding", "up to 1").said(), "1");
    assert!(rules.ask("2026-11").set("rounding", "away to 1").refused().contains("is not accepted"));
}

#[test]
fn the_rounding_follows_its_own_versions() {
    let rules = dues_rounded(
        "round: [ { cite: old, is: half_up to 0.01 }, { cite: new, is: half_up to 1 } ]",
        "tariff: { cite: old, amount: 0.6 }",
    );
    assert_eq!([rules.ask("2020-01").said(), rules.ask("2020-02").said()], ["0.60", "1"]);
    assert_eq!(rules.ask("2020-02").known("2020-02-29").said(), "0.60");
}

#[test]
fn a_charge_without_a_rounding_or_with_one_that_begins_too_late_is_refused() {
    let with = |round: &str| {
        text(&format!("charges: {{ dues: {{ per: month, tariff: {{ cite: old, amount: 1 }}{round} }} }}"))
    };
    assert_eq!(codes(&with("")), ["no_rounding"]);
    assert_eq!(codes(&with(", round: { cite: old, from: 2001-01-01, is: half_up to 1 }")), ["no_rounding"]);
    assert_eq!(codes(&with(", round: { cite: old, is: half_up to 1 }")), Vec::<&str>::new());
}
