//! Line 7: month steps clamp to the month's end; overflow and division by zero are rejected and name the expression.
//! With it the units and roundings of section 4.

use crate::small::{Small, codes, dues, dues_per, text_of_dues};

fn amount(expression: &str) -> Small {
    dues(&format!("tariff: {{ cite: old, amount: '{expression}' }}"))
}

fn is_true(condition: &str, facts: &str) -> bool {
    match amount(&format!("if {condition} then 1 else 2")).said(facts).as_str() {
        "1.00" => true,
        "2.00" => false,
        other => panic!("{condition}: {other}"),
    }
}

#[test]
fn a_step_of_months_ends_at_the_end_of_a_shorter_month() {
    for (day, step, lands) in [
        ("2026-01-31", "+ 1 month", "2026-02-28"),
        ("2024-01-31", "+ 1 month", "2024-02-29"),
        ("2026-01-30", "+ 1 month", "2026-02-28"),
        ("2026-03-31", "- 1 month", "2026-02-28"),
        ("2026-05-31", "- 6 months", "2025-11-30"),
        ("2024-02-29", "+ 1 year", "2025-02-28"),
        ("2024-02-29", "+ 4 years", "2028-02-29"),
        ("2026-08-31", "+ 1 half_year", "2027-02-28"),
        ("2026-11-30", "+ 1 quarter", "2027-02-28"),
        ("2026-02-28", "+ 1 month", "2026-03-28"),
        ("2026-12-31", "+ 1 day", "2027-01-01"),
        ("2026-03-01", "- 1 week", "2026-02-22"),
    ] {
        assert!(is_true(&format!("born {step} = {lands}"), &format!("born={day}")), "{day} {step}");
    }
}

#[test]
fn the_bounds_of_time_stay_where_they_are() {
    assert!(is_true("long_ago + 6 months = long_ago", ""));
    assert!(is_true("never - 1 day = never", ""));
    assert!(is_true("long_ago < 0001-01-01", ""));
    assert!(is_true("never > 9999-12-31", ""));
}

#[test]
fn from_long_ago_it_is_longer_than_any_length_that_can_be_written() {
    assert!(is_true("months from begun to period_start >= 120000 months", ""), "begun is long ago unless it is told");
    assert!(!is_true("months from begun to period_start < 120000 months", ""));
    assert!(is_true("months from begun to period_start > 6", ""));
    assert!(is_true("months from day to never > 6", "") && is_true("never - long_ago > 1 day", ""));
    assert!(is_true("months from never to day < 0 - 6 months", "") && is_true("long_ago - day < 0 - 6 days", ""));
    assert!(is_true("(months from begun to day at_most 60 months) = 60 months", ""));
    assert!(is_true("months from begun to day >= 12 months", "begun=2025-11-01"));
}

#[test]
fn with_an_endless_length_nothing_is_calculated_and_the_fact_is_named() {
    let rules = amount("1 CNY per month * floor((months from begun to period_start) / 12 months)");
    let answer = rules.answer("");
    assert_eq!(answer.said(), "rejected endless_time");
    assert_eq!(answer.param("endless_time", "name"), "begun");
    assert_eq!(rules.said("begun=2020-11-01"), "6.00");
    assert_eq!(amount("if long_ago - long_ago > 1 day then 1 else 2").said(""), "rejected endless_time");
}

#[test]
fn months_between_days_are_the_completed_ones() {
    let months = |from: &str, to: &str, count: &str| {
        is_true(&format!("months from born to {to} = {count}"), &format!("born={from}"))
    };
    assert!(months("2026-01-15", "2026-03-14", "1 month"));
    assert!(months("2026-01-15", "2026-03-15", "2 months"));
    assert!(months("2026-01-31", "2026-02-28", "1 month"), "the step that lands there is the clamped one");
    assert!(months("2026-01-31", "2026-02-27", "0 months"));
}

#[test]
fn days_between_days_are_counted_and_compare_with_days() {
    assert!(is_true("period_end - period_start = 29 days", ""));
    assert!(is_true("day - born >= 2 weeks", "born=2026-10-18"));
    assert!(!is_true("day - born >= 2 weeks", "born=2026-10-19"));
}

#[test]
fn a_result_that_is_too_large_is_rejected_and_names_its_expression() {
    let large = "pay=100000000000000000000000000000000000000";
    let answer = amount("pay * 10").answer(large);
    assert_eq!((answer.said(), answer.param("overflow", "expression")), ("rejected overflow".into(), "pay * 10"));
    let answer = amount("1 + (pay + pay)").answer(large);
    assert_eq!((answer.said(), answer.param("overflow", "expression")), ("rejected overflow".into(), "pay + pay"));
    let slab = dues("tariff: { staff: { cite: old, rate: 1000%, of: pay } }").answer(large);
    assert_eq!((slab.said(), slab.param("overflow", "expression")), ("rejected overflow".into(), "dues.tariff.staff"));
}

#[test]
fn a_division_by_zero_is_rejected_and_names_its_expression() {
    let answer = amount("1 + pay / heads").answer("pay=1 heads=0");
    assert_eq!(
        (answer.said(), answer.param("division_by_zero", "expression")),
        ("rejected division_by_zero".into(), "pay / heads")
    );
    assert_eq!(amount("pay / (factor - 1)").said("pay=1 factor=1"), "rejected division_by_zero");
    assert_eq!(amount("pay / heads").said("heads=0"), "needs pay", "with something unknown nothing is divided yet");
}

#[test]
fn an_error_that_the_left_side_makes_needless_does_not_reject() {
    assert!(!is_true("active and pay / heads > 1", "active=no pay=1 heads=0"));
    assert!(is_true("active or pay / heads > 1", "active=yes pay=1 heads=0"));
    assert_eq!(
        amount("if active and pay / heads > 1 then 1 else 2").said("active=yes pay=1 heads=0"),
        "rejected division_by_zero"
    );
}

#[test]
fn operators_bind_as_written_in_the_grammar() {
    let value = |expression: &str| amount(expression).answer("pay=10 heads=2 factor=3").text("exact").to_owned();
    assert_eq!(value("pay + heads * pay"), "30");
    assert_eq!(value("(pay + 2) * heads"), "24");
    assert_eq!(value("pay - 4 - 3"), "3");
    assert_eq!(value("pay / heads / 5"), "1");
    assert_eq!(value("pay - 12 at_least 0"), "0");
    assert_eq!(value("pay * factor at_most 20 at_least 25"), "25");
    assert_eq!(value("if pay > 5 and heads = 2 or active then 1 else 2"), "1");
    assert_eq!(value("-pay + 11"), "1");
    assert_eq!(value("pay * 1/3"), "10/3");
    assert_eq!(value("10% * pay"), "1");
}

#[test]
fn a_limit_in_an_expression_takes_the_greater_or_the_less() {
    let value = |expression: &str| amount(expression).said("pay=10");
    assert_eq!(
        [value("pay at_least 12"), value("pay at_least 8"), value("pay at_most 12"), value("pay at_most 8")],
        ["12.00", "10.00", "10.00", "8.00"]
    );
}

#[test]
fn rounding_in_an_expression_is_as_written() {
    let value = |expression: &str, pay: &str| amount(expression).answer(&format!("pay={pay}")).text("exact").to_owned();
    assert_eq!(value("round(pay half_up to 0.01)", "2.345"), "2.35");
    assert_eq!(value("round(pay half_even to 0.01)", "2.345"), "2.34");
    assert_eq!(value("round(pay half_down to 0.01)", "2.345"), "2.34");
    assert_eq!(value("round(pay down to 10)", "99"), "90");
    assert_eq!(value("round(pay up to 10)", "91"), "100");
    assert_eq!(value("round(pay - 100 up to 1) + 100", "98.5"), "98", "up goes away from zero");
    assert_eq!(value("round(pay - 100 down to 1) + 100", "98.5"), "99", "down goes toward zero");
    assert_eq!(value("floor(pay - 100) + 100", "98.5"), "98");
    assert_eq!(value("ceil(pay - 100) + 100", "98.5"), "99");
}

#[test]
fn a_written_length_of_time_converts_exactly() {
    assert_eq!(amount("yearly per month").answer("yearly=100").text("exact"), "25/3");
    assert_eq!(
        dues_per("year", "tariff: { cite: old, amount: pay per year }").ask("2026").with("pay=10").said(),
        "120.00"
    );
    assert_eq!(
        dues_per("quarter", "tariff: { cite: old, amount: yearly per quarter }")
            .ask("2026-Q1")
            .with("yearly=10")
            .said(),
        "2.50"
    );
    assert_eq!(
        dues_per("half_year", "tariff: { cite: old, amount: pay per half_year }").ask("2026-H1").with("pay=10").said(),
        "60.00"
    );
}

#[test]
fn weeks_convert_by_what_the_document_says_a_year_has() {
    assert_eq!(amount("weekly per month").answer("weekly=12").text("exact"), "52");
    let without =
        text_of_dues("tariff: { cite: old, amount: weekly per month }").replace("year_has: { weeks: 52 }", "");
    assert_eq!(codes(&without), ["wrong_unit"]);
    let days = text_of_dues("tariff: { cite: old, amount: pay per day per month }");
    assert!(!codes(&days).is_empty(), "days are not converted without `year_has: {{ days: 365 }}`");
}

#[test]
fn units_that_differ_do_not_stand_together() {
    for expression in ["pay + yearly", "pay at_least yearly", "yearly", "pay * pay", "pay + heads", "pay > yearly"] {
        let stages = format!("tariff: {{ cite: old, amount: if active then {expression} else 1 }}");
        let codes = codes(&text_of_dues(&stages));
        assert!(codes.iter().any(|code| ["wrong_unit", "wrong_type"].contains(code)), "{expression}: {codes:?}");
    }
    assert_eq!(codes(&text_of_dues("tariff: { cite: old, when: term_of_office > 3 days, amount: 1 }")), ["wrong_unit"]);
}
