//! Line 14: limits, after reductions.

use crate::small::{Small, dues};

fn limited(limits: &str) -> Small {
    dues(&format!(
        "
        tariff: {{ one: {{ cite: old art. 1, amount: pay }} }}
        reductions: {{ hard: {{ cite: old art. 2, when: factor = 1/2, pays: factor }} }}
        limits: {{ {limits} }}
    "
    ))
}

const CAP: &str = "cap: { cite: old art. 3, at_most: 100, strength: normally }";
const FLOOR: &str = "floor: { cite: old art. 4, at_least: 5, when: active }";

fn said(rules: &Small, facts: &str) -> String {
    rules.said(&format!("factor=1 {facts}"))
}

#[test]
fn a_limit_acts_beyond_its_value_and_is_told_with_both_values() {
    let rules = limited(CAP);
    assert_eq!(["pay=99.99", "pay=100", "pay=100.01"].map(|facts| said(&rules, facts)), ["99.99", "100.00", "100.00"]);
    let answer = rules.answer("factor=1 pay=130");
    assert_eq!((answer.findings(), answer.param("limit_acted", "rule")), ("limit_acted".into(), "dues.limits.cap"));
    assert_eq!((answer.param("limit_acted", "before"), answer.param("limit_acted", "after")), ("130", "100"));
    assert_eq!(answer.cites(), "old art. 1; old art. 3");
    assert_eq!(answer.text("rule"), "dues.tariff.one", "a limit changes the amount and does not give it");
    let quiet = rules.answer("factor=1 pay=100");
    assert_eq!((quiet.findings(), quiet.cites()), (String::new(), "old art. 1".into()));
}

#[test]
fn a_least_amount_acts_below_it() {
    let rules = limited(FLOOR);
    assert_eq!(
        ["pay=4.99", "pay=5", "pay=5.01"].map(|facts| said(&rules, &format!("active=yes {facts}"))),
        ["5.00", "5.00", "5.01"]
    );
    assert_eq!(said(&rules, "active=no pay=4"), "4.00");
}

#[test]
fn limits_come_after_reductions() {
    assert_eq!(limited(CAP).said("factor=0.5 pay=180"), "90.00");
    assert_eq!(limited(CAP).said("factor=0.5 pay=300"), "100.00");
    assert_eq!(limited(FLOOR).said("factor=0.5 pay=8 active=yes"), "5.00");
}

#[test]
fn of_several_limits_all_hold() {
    let rules = limited(
        "a: { cite: old, at_most: 100 }, b: { cite: old, at_most: 80 }, c: { cite: old, at_least: 10 }, d: { cite: old, at_least: 20 }",
    );
    assert_eq!(
        ["pay=1", "pay=15", "pay=50", "pay=90", "pay=500"].map(|facts| said(&rules, facts)),
        ["20.00", "20.00", "50.00", "80.00", "80.00"]
    );
}

#[test]
fn limits_that_cross_are_rejected() {
    let rules = limited("cap: { cite: old, at_most: 4 }, floor: { cite: old, at_least: 5, when: active }");
    let answer = rules.answer("factor=1 pay=1 active=yes");
    assert_eq!(
        (answer.said(), answer.param("crossed_limits", "at_least"), answer.param("crossed_limits", "at_most")),
        ("rejected crossed_limits".into(), "5", "4")
    );
    assert_eq!(said(&rules, "pay=1 active=no"), "1.00", "one that does not hold does not cross");
    assert_eq!(
        said(&limited("a: { cite: old, at_least: 5, at_most: 5 }"), "pay=1"),
        "5.00",
        "equal limits do not cross"
    );
}

#[test]
fn a_limit_whose_condition_is_unknown_is_asked_for_only_where_it_would_act() {
    assert_eq!(said(&limited(FLOOR), "pay=4.99"), "needs active");
    assert_eq!(said(&limited(FLOOR), "pay=5"), "5.00");
    let cap = limited("cap: { cite: old, at_most: 100, when: active }");
    assert_eq!([said(&cap, "pay=100"), said(&cap, "pay=101")], ["100.00", "needs active"]);
}

#[test]
fn an_undecided_limit_is_tried_on_the_amount_after_the_decided_ones() {
    let rules = limited(
        "cap: { cite: old, at_most: 100, when: active }, floor: { cite: old, at_least: 5 }, small: { cite: old, at_most: 50 }",
    );
    assert_eq!(said(&rules, "pay=130"), "50.00", "the smaller limit already holds");
}

#[test]
fn a_limit_whose_value_is_unknown_is_asked_for() {
    assert_eq!(said(&limited("cap: { cite: old, at_most: promised }"), "pay=1"), "needs promised");
    assert_eq!(said(&limited("cap: { cite: old, at_most: promised, when: active }"), "pay=1 active=no"), "1.00");
    assert_eq!(said(&limited("cap: { cite: old, at_most: promised, when: active }"), "pay=1"), "needs active");
}

#[test]
fn a_limit_that_normally_holds_is_set_aside_by_its_path_with_a_reason() {
    let rules = limited(CAP);
    let ask = || rules.ask("2026-11").with("factor=1 pay=130");
    let answer = ask().set_aside("dues.limits.cap", "by resolution of the member").answer();
    assert_eq!((answer.said(), answer.findings()), ("130.00".into(), "set_aside".into()));
    assert_eq!(
        (answer.param("set_aside", "rule"), answer.param("set_aside", "reason")),
        ("dues.limits.cap", "by resolution of the member")
    );
    assert!(ask().set_aside("dues.limits.cap", " ").refused().contains("a recorded reason is needed"));
}

#[test]
fn a_limit_that_must_hold_cannot_be_set_aside() {
    let rules = limited("cap: { cite: old, at_most: 100 }, floor: { cite: old, at_least: 1, strength: must }");
    for path in ["dues.limits.cap", "dues.limits.floor"] {
        let refused = rules.ask("2026-11").set_aside(path, "agreed").refused();
        assert!(refused.contains("it holds strictly"), "{refused}");
    }
}

#[test]
fn where_the_version_in_force_is_strict_setting_aside_has_no_effect() {
    let rules = limited("cap: [ { cite: old, at_most: 100, strength: normally }, { cite: new, at_most: 90 } ]");
    let ask = |period| rules.ask(period).with("factor=1 pay=130").set_aside("dues.limits.cap", "agreed").answer();
    assert_eq!((ask("2019-11").said(), ask("2019-11").findings()), ("130.00".into(), "set_aside".into()));
    assert_eq!((ask("2026-11").said(), ask("2026-11").findings()), ("90.00".into(), "limit_acted".into()));
}

#[test]
fn limits_out_of_force_just_do_not_act() {
    let rules = limited("cap: { cite: new, at_most: 100 }");
    assert_eq!(rules.ask("2020-01").with("factor=1 pay=130").said(), "130.00");
    assert_eq!(rules.ask("2020-02").with("factor=1 pay=130").said(), "100.00");
    assert_eq!(rules.ask("2020-02").known("2020-02-29").with("factor=1 pay=130").said(), "130.00");
}

#[test]
fn a_stated_amount_is_limited_too() {
    let rules = dues(
        "
        tariff: { cite: old, amount: pay }
        reductions: { hard: { cite: old, when: poor, amount: promised } }
        limits: { floor: { cite: old, at_least: 0.20 } }
    ",
    );
    assert_eq!(rules.said("poor=yes promised=0.10"), "0.20");
}
