//! Line 1: charge, facts, period, known, settings, `set_aside`. A period that the charge's does not divide is rejected;
//! a longer one is answered part by part.

use crate::small::{dues, dues_per, dues_with, rules};

const STARTS: &str = "
    owed: { cite: old art. 1, starts: begun, ends: over }
    tariff: { cite: old art. 2, amount: pay }
";

#[test]
fn a_period_is_a_month_a_quarter_a_half_year_or_a_year() {
    let flat = "tariff: { cite: old, amount: 1 }";
    for (per, period) in [("month", "2026-11"), ("quarter", "2026-Q4"), ("half_year", "2026-H2"), ("year", "2026")] {
        assert_eq!(dues_per(per, flat).ask(period).said(), "1.00", "{per}");
    }
}

#[test]
fn a_period_that_the_charge_does_not_divide_is_rejected() {
    let flat = "tariff: { cite: old, amount: 1 }";
    for (per, period) in [("quarter", "2026-11"), ("half_year", "2026-Q4"), ("year", "2026-H2"), ("year", "2026-11")] {
        let answer = dues_per(per, flat).ask(period).answer();
        assert_eq!(answer.said(), "rejected wrong_period", "{per} {period}");
        assert_eq!(answer.param("wrong_period", "period"), period);
        assert_eq!(answer.param("wrong_period", "wanted"), per);
    }
}

#[test]
fn a_longer_period_is_the_total_of_its_parts() {
    let rules = dues("tariff: { cite: old, amount: 1/3 }");
    let answer = rules.ask("2026-Q4").answer();
    assert_eq!(answer.said(), "0.99", "each month is rounded: three times 0.33");
    assert_eq!(answer.text("exact"), "1");
    assert_eq!(answer.parts(), "2026-10 0.33; 2026-11 0.33; 2026-12 0.33");
    assert_eq!(dues_per("quarter", "tariff: { cite: old, amount: 2 }").ask("2026").said(), "8.00");
    assert_eq!(dues_per("quarter", "tariff: { cite: old, amount: 2 }").ask("2026-H2").said(), "4.00");
    assert_eq!(dues_per("half_year", "tariff: { cite: old, amount: 2 }").ask("2026").said(), "4.00");
}

#[test]
fn parts_that_are_not_due_or_exempt_count_nothing_in_the_total() {
    let answer = dues(STARTS).ask("2026-Q4").with("pay=10 begun=2026-11-30").answer();
    assert_eq!(
        (answer.said(), answer.parts()),
        ("20.00".into(), "2026-10 not_due; 2026-11 10.00; 2026-12 10.00".into())
    );
    let exempting = "
        as_of: { cite: old, is: period_start }
        tariff: { poor: { cite: old, when: poor, exempt: yes }, rest: { cite: old, when: not poor, amount: 4 } }
    ";
    let answer = dues(exempting).ask("2026-Q4").with("poor=2000-01-01:yes,2026-12-01:no").answer();
    assert_eq!((answer.said(), answer.parts()), ("4.00".into(), "2026-10 exempt; 2026-11 exempt; 2026-12 4.00".into()));
}

#[test]
fn a_part_that_is_open_leaves_the_longer_period_without_a_total() {
    let answer = dues(STARTS).ask("2026-Q4").with("pay=2026-11-01:10").answer();
    assert_eq!(answer.said(), "needs pay");
    assert_eq!((answer.text("amount"), answer.text("exact")), ("", ""));
    assert_eq!(answer.parts(), "2026-10 needs_facts; 2026-11 10.00; 2026-12 10.00");
}

#[test]
fn the_first_open_part_gives_the_status_of_a_longer_period() {
    let stages = "
        as_of: { cite: old, is: period_start }
        tariff:
          one: { cite: old, when: kind = staff, amount: pay - 10 }
          two: { cite: old, when: kind = student, amount: pay }
    ";
    let kinds = "kind=2026-01-01:student,2026-11-01:staff,2026-12-01:other";
    let answer = dues(stages).ask("2026-Q4").with(&format!("{kinds} pay=3")).answer();
    assert_eq!(answer.parts(), "2026-10 3.00; 2026-11 rejected; 2026-12 no_rule");
    assert_eq!(answer.text("status"), "rejected");
}

#[test]
fn a_longer_period_of_which_no_part_is_charged_is_as_its_first_part() {
    let answer = dues(STARTS).ask("2026-Q4").with("pay=10 begun=2027-01-01").answer();
    assert_eq!(answer.said(), "not_due");
    let stages = "
        owed: { cite: old, starts: begun }
        tariff: { cite: old, exempt: yes }
    ";
    assert_eq!(dues(stages).ask("2026-Q4").said(), "exempt");
    assert_eq!(dues(stages).ask("2026-Q4").with("begun=2026-12-01").said(), "not_due");
}

#[test]
fn the_rule_of_a_longer_period_is_the_one_that_all_charged_parts_share() {
    let stages = "
        as_of: { cite: old, is: period_start }
        tariff: { a: { cite: old, when: active, amount: 1 }, b: { cite: old, when: not active, amount: 2 } }
    ";
    let same = dues(stages).ask("2026-Q4").with("active=yes").answer();
    assert_eq!(same.text("rule"), "dues.tariff.a");
    let mixed = dues(stages).ask("2026-Q4").with("active=2000-01-01:yes,2026-12-01:no").answer();
    assert_eq!((mixed.said(), mixed.text("rule"), mixed.text("version")), ("4.00".into(), "dues", ""));
}

#[test]
fn without_a_name_the_charge_that_the_rule_set_answers_is_computed() {
    let rules = rules(
        "
        charges:
          levy: { per: year, tariff: { cite: old, amount: 7 }, round: { cite: old, is: half_up to 1 } }
          dues: { per: month, tariff: { cite: old, amount: 1 }, round: { cite: old, is: half_up to 1 } }
    ",
    );
    assert_eq!(rules.ask("2026-11").said(), "1");
    assert_eq!(rules.ask("2026").charge("levy").said(), "7");
    assert_eq!(rules.ask("2026").charge("levi").refused(), "there is no charge `levi`; did you mean `levy`?");
}

#[test]
fn a_setting_that_does_not_exist_and_a_rule_that_does_not_exist_are_wrong_calls() {
    let before = "settings: { farmer: { kind: money per month, cite: old, default: 1 } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: farmer }");
    assert_eq!(rules.ask("2026-11").set("farmer", "2").said(), "2.00");
    assert_eq!(
        rules.ask("2026-11").set("farmers", "2").refused(),
        "there is no setting `farmers`; did you mean `farmer`?"
    );
    let refused = rules.ask("2026-11").set_aside("dues.limit.cap", "agreed").refused();
    assert!(refused.starts_with("`dues.limit.cap` cannot be set aside: there is no such rule"), "{refused}");
    let refused = rules.ask("2026-11").set_aside("dues.tariff", "agreed").refused();
    assert!(refused.contains("it holds strictly"), "{refused}");
    let soft = dues_with("", "tariff: { cite: old, amount: 5, strength: normally }");
    let refused = soft.ask("2026-11").set_aside("dues.tariff", "agreed").refused();
    assert!(refused.contains("only `limits` and `as_of` can be"), "{refused}");
}
