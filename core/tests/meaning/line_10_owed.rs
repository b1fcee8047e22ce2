//! Line 10: on which days a charge is owed, what part of the amount that makes, and the day whose facts are then read.

use crate::small::{Small, dues, dues_per};

fn owed(rule: &str, per: &str) -> Small {
    dues_per(
        per,
        &format!(
            "
        owed: {{ cite: old art. 7, {rule} }}
        tariff: {{ cite: old art. 8, amount: 360 }}
    "
        ),
    )
}

#[test]
fn a_charge_without_the_stage_is_owed_for_the_whole_period() {
    let rules = dues("tariff: { cite: old, amount: 1 }");
    assert_eq!(rules.said(""), "1.00");
}

#[test]
fn a_stage_whose_versions_are_all_out_of_force_has_no_rule() {
    let rules = dues(
        "
        owed: { cite: new, when: active }
        tariff: { cite: old, amount: 1 }
    ",
    );
    let before = rules.ask("2020-01").with("active=yes").answer();
    assert_eq!((before.said(), before.param("no_rule", "name")), ("no_rule no_rule".into(), "dues.owed"));
    assert_eq!(rules.ask("2020-02").with("active=yes").said(), "1.00");
    let rules = dues(
        "
        as_of: { cite: new, is: period_end }
        tariff: { cite: old, amount: 1 }
    ",
    );
    let before = rules.ask("2020-01").answer();
    assert_eq!((before.said(), before.param("no_rule", "name")), ("no_rule no_rule".into(), "dues.as_of"));
}

#[test]
fn the_first_and_the_last_day_are_included() {
    let rules = owed("starts: begun, ends: over, part: by_day", "month");
    assert_eq!(rules.said("begun=2026-11-30"), "12.00");
    assert_eq!(rules.said("over=2026-11-01"), "12.00");
    assert_eq!(rules.said("begun=2026-11-11 over=2026-11-20"), "120.00");
    assert_eq!([rules.said("begun=2026-12-01"), rules.said("over=2026-10-31")], ["not_due", "not_due"]);
    assert_eq!(
        rules.said("begun=2026-11-20 over=2026-11-11"),
        "not_due",
        "no day is after the one and before the other"
    );
}

#[test]
fn the_condition_is_asked_of_every_day() {
    let rules = owed("when: active, part: by_day", "month");
    assert_eq!(rules.said("active=2026-01-01:no,2026-11-21:yes"), "120.00");
    assert_eq!(rules.said("active=2026-01-01:yes,2026-11-11:no,2026-11-21:yes"), "240.00");
    assert_eq!(rules.said("active=2026-01-01:yes,2026-11-01:no"), "not_due");
    assert_eq!(rules.said("active=2026-01-01:no,2026-12-01:yes"), "not_due");
    let of_age = owed("when: born + 18 years <= day, part: by_day", "month");
    assert_eq!(of_age.said("born=2008-11-21"), "120.00");
    assert_eq!(of_age.said("born=2008-12-01"), "not_due");
}

#[test]
fn whole_costs_all_as_soon_as_one_day_is_owed() {
    let rules = owed("starts: begun, part: whole", "month");
    assert_eq!(
        ["2026-11-01", "2026-11-30", "2026-12-01"].map(|day| rules.said(&format!("begun={day}"))),
        ["360.00", "360.00", "not_due"]
    );
    assert_eq!(
        owed("starts: begun", "month").said("begun=2026-11-30"),
        "360.00",
        "whole is what is meant where nothing is said"
    );
}

#[test]
fn none_costs_all_only_if_every_day_is_owed_and_nothing_otherwise() {
    let rules = owed("starts: begun, part: none", "month");
    assert_eq!(
        ["2026-11-01", "2026-11-02", "2026-12-01"].map(|day| rules.said(&format!("begun={day}"))),
        ["360.00", "0.00", "not_due"]
    );
}

#[test]
fn by_month_costs_the_months_begun() {
    let rules = owed("starts: begun, ends: over, part: by_month", "year");
    let said = |facts| rules.ask("2026").with(facts).said();
    assert_eq!([said("begun=2026-11-30"), said("begun=2026-12-01")], ["60.00", "30.00"]);
    assert_eq!([said("over=2026-01-31"), said("over=2026-02-01")], ["30.00", "60.00"]);
    assert_eq!(said("begun=2026-03-31 over=2026-04-01"), "60.00");
    assert_eq!(
        owed("starts: begun, part: by_month", "quarter").ask("2026-Q4").with("begun=2026-11-15").said(),
        "240.00"
    );
}

#[test]
fn by_half_year_costs_the_half_years_begun() {
    let rules = owed("starts: begun, ends: over, part: by_half_year", "year");
    let said = |facts| rules.ask("2026").with(facts).said();
    assert_eq!(
        [said("begun=2026-06-30"), said("begun=2026-07-01"), said("over=2026-06-30"), said("over=2026-07-01")],
        ["360.00", "180.00", "180.00", "360.00"]
    );
}

#[test]
fn by_day_counts_the_days_of_the_very_period() {
    let rules = owed("starts: begun, part: by_day", "month");
    let exact = |period, day: &str| rules.ask(period).with(&format!("begun={day}")).answer().text("exact").to_owned();
    assert_eq!(
        [exact("2026-02", "2026-02-15"), exact("2024-02", "2024-02-15"), exact("2026-01", "2026-01-31")],
        ["180", "5400/29", "360/31"]
    );
}

#[test]
fn where_no_day_is_owed_an_unknown_one_decides() {
    let rules = owed("when: active", "month");
    assert_eq!(rules.said(""), "needs active");
    assert_eq!(rules.said("active=2026-11-15:no"), "needs active", "the first fourteen days are not known");
    assert_eq!(rules.said("active=2026-11-01:no"), "not_due");
    let rules = owed("when: active, starts: born", "month");
    assert_eq!(rules.said("born=2026-12-01"), "not_due", "whatever the condition is");
    assert_eq!(rules.said("active=no"), "not_due", "whatever the first day is");
    assert_eq!(rules.said("active=yes"), "needs born");
    assert_eq!(rules.said(""), "needs born, active");
}

#[test]
fn a_day_that_could_not_change_the_factor_is_not_asked_for() {
    let late = "active=2026-11-21:yes";
    assert_eq!(owed("when: active, part: whole", "month").said(late), "360.00");
    assert_eq!(owed("when: active, part: by_day", "month").said(late), "needs active");
    assert_eq!(owed("when: active, part: none", "month").said(late), "needs active");
    let denied = owed("when: active, starts: begun, part: none", "month");
    assert_eq!(denied.said("active=2026-11-21:yes begun=2026-11-02"), "0.00", "another day already denies the amount");
    assert_eq!(
        denied.said("active=2026-11-21:yes begun=2026-11-21"),
        "0.00",
        "those that are not known are not owed anyway"
    );
}

#[test]
fn an_unknown_day_of_a_unit_that_has_an_owed_one_is_not_asked_for() {
    let rules = owed("when: active, part: by_month", "quarter");
    let said = |facts| rules.ask("2026-Q4").with(facts).said();
    assert_eq!(said("active=2026-10-15:yes"), "360.00", "October has begun all the same");
    assert_eq!(said("active=2026-11-15:yes"), "needs active", "October is open");
}

#[test]
fn facts_are_read_on_the_first_owed_day_unless_the_charge_says_otherwise() {
    let pay = "pay=2026-01-01:10,2026-11-12:20,2026-11-20:30";
    let first = dues(
        "
        owed: { cite: old, starts: begun }
        tariff: { cite: old, amount: pay }
    ",
    );
    assert_eq!([first.said(pay), first.said(&format!("{pay} begun=2026-11-12"))], ["10.00", "20.00"]);
    let by_condition = dues(
        "
        owed: { cite: old, when: active }
        tariff: { cite: old, amount: pay }
    ",
    );
    assert_eq!(by_condition.said(&format!("{pay} active=2026-01-01:no,2026-11-20:yes")), "30.00");
    let end = dues(
        "
        owed: { cite: old, starts: begun }
        as_of: { cite: old, is: period_end }
        tariff: { cite: old, amount: pay }
    ",
    );
    assert_eq!(end.said(pay), "30.00");
}

#[test]
fn the_as_of_day_is_found_with_the_facts_of_the_first_owed_day() {
    let rules = dues(
        "
        owed: { cite: old, starts: begun }
        as_of: { cite: old, is: since(kind) }
        tariff: { cite: old, amount: pay }
    ",
    );
    let facts = "kind=2020-01-01:staff,2026-06-01:student,2026-11-20:other pay=2020-01-01:1,2026-06-01:2,2026-11-20:3";
    assert_eq!(rules.said(facts), "2.00");
    assert_eq!(rules.said(&format!("{facts} begun=2026-11-20")), "3.00");
}

#[test]
fn a_soft_as_of_day_that_changes_the_amount_is_told_and_can_be_set_aside() {
    let rules = dues(
        "
        as_of: { cite: old art. 4, is: year_start, strength: normally }
        tariff: { cite: old, amount: pay }
    ",
    );
    let facts = "pay=2026-01-01:10,2026-06-01:20";
    let answer = rules.answer(facts);
    assert_eq!((answer.said(), answer.findings()), ("10.00".into(), "held_at".into()));
    assert_eq!((answer.param("held_at", "value"), answer.param("held_at", "instead")), ("10", "20"));
    assert_eq!(rules.answer("pay=2026-01-01:10,2026-12-01:20").findings(), "", "on the first owed day it is the same");
    let aside = rules.ask("2026-11").with(facts).set_aside("dues.as_of", "pay fell").answer();
    assert_eq!((aside.said(), aside.findings()), ("20.00".into(), "set_aside".into()));
}

#[test]
fn a_bound_that_was_assumed_is_told() {
    let rules = owed("starts: begun, ends: over", "month");
    assert_eq!(rules.answer("").assumed(), "begun, over");
    assert_eq!(rules.answer("begun=2020-01-01").assumed(), "over");
    assert_eq!(rules.answer("begun=2020-01-01 over=2027-01-01").assumed(), "");
}

#[test]
fn a_condition_of_days_that_are_not_owed_anyway_is_not_worked_out() {
    let rules = owed("starts: begun, when: pay / heads > 1", "month");
    assert_eq!(rules.said("begun=2026-12-01 pay=1 heads=0"), "not_due");
    assert_eq!(rules.said("begun=2026-11-01 pay=1 heads=0"), "rejected division_by_zero");
}

const ONCE: &str = "
    owed: { cite: old, when: active, starts: begun, ends: over }
    tariff: { cite: old, per: year, due_in: first owed month, amount: 120 }
";

#[test]
fn an_amount_for_a_year_is_due_in_its_first_owed_month() {
    let rules = dues(ONCE);
    let said = |period, facts| rules.ask(period).with(facts).said();
    assert_eq!([said("2026-01", "active=yes"), said("2026-02", "active=yes")], ["120.00", "not_due"]);
    let joined = "active=yes begun=2026-03-15";
    assert_eq!(
        [said("2026-02", joined), said("2026-03", joined), said("2026-04", joined), said("2027-01", joined)],
        ["not_due", "120.00", "not_due", "120.00"]
    );
    assert_eq!(rules.ask("2026").with(joined).said(), "120.00");
    assert_eq!(said("2026-04", "active=2026-01-01:no,2026-04-10:yes"), "120.00");
}

#[test]
fn an_amount_for_a_year_may_be_due_in_its_last_owed_month() {
    let rules = dues(&ONCE.replace("first owed", "last owed"));
    let said = |period, facts| rules.ask(period).with(facts).said();
    assert_eq!([said("2026-12", "active=yes"), said("2026-11", "active=yes")], ["120.00", "not_due"]);
    let left = "active=yes over=2026-09-15";
    assert_eq!([said("2026-08", left), said("2026-09", left), said("2026-10", left)], ["not_due", "120.00", "not_due"]);
}

#[test]
fn an_earlier_month_that_could_be_owed_is_asked_for() {
    let rules = dues(ONCE);
    assert_eq!(rules.ask("2026-03").with("active=2026-03-01:yes").said(), "needs active");
    assert_eq!(rules.ask("2026-01").with("active=2026-01-01:yes").said(), "120.00", "no earlier month");
    assert_eq!(rules.ask("2026-04").with("active=2026-03-01:yes").said(), "not_due", "March has it in any case");
}
