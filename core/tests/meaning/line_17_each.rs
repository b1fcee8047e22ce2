//! Line 17: a line for each record whose day lies in the period.

use crate::small::{Small, codes, dues, rules, text};

fn gifts(stages: &str) -> Small {
    dues(&format!(
        "
        each: gifts
        day: on_day
        recipients: {{ hall: the hall, choir: the choir }}
        {stages}
    "
    ))
}

fn by_aim() -> Small {
    gifts(
        "tariff: { hall: { cite: old art. 1, when: for_hall, amount: gave / 3, goes_to: hall }, choir: { cite: old art. 2, when: not for_hall, amount: gave / 3, goes_to: choir } }",
    )
}

#[test]
fn every_record_of_the_period_is_a_line_and_each_line_is_rounded() {
    let records = [
        "gave=1 on_day=2026-11-01 for_hall=yes",
        "gave=1 on_day=2026-11-30",
        "gave=9 on_day=2026-12-01",
        "gave=9 on_day=2026-10-31",
    ];
    let answer = by_aim().ask("2026-11").records("gifts", &records).answer();
    assert_eq!(answer.lines(), "2026-11-01 0.33; 2026-11-30 0.33");
    assert_eq!((answer.text("amount"), answer.text("exact")), ("0.66", "2/3"), "the amount is the sum of what is paid");
}

#[test]
fn a_line_names_its_record_its_rule_and_who_gets_it() {
    let records = ["gave=9 on_day=2026-10-31", "gave=3 on_day=2026-11-01 for_hall=yes", "gave=3 on_day=2026-11-30"];
    let answer = by_aim().ask("2026-11").records("gifts", &records).answer();
    let line = |at: usize, key: &str| answer.0["lines"][at][key].to_string();
    assert_eq!([line(0, "record"), line(1, "record")], ["1", "2"]);
    assert_eq!([line(0, "rule"), line(1, "rule")], ["\"dues.tariff.hall\"", "\"dues.tariff.choir\""]);
    assert_eq!([line(0, "goes_to"), line(1, "goes_to")], ["\"hall\"", "\"choir\""]);
    assert_eq!(answer.text("rule"), "dues", "the lines rest on different rules");
}

#[test]
fn without_a_record_in_the_period_nothing_is_due() {
    assert_eq!(by_aim().ask("2026-11").records("gifts", &["gave=9 on_day=2026-10-31"]).said(), "not_due");
    assert_eq!(by_aim().ask("2026-11").records("gifts", &[]).said(), "not_due");
    assert_eq!(by_aim().ask("2026-11").said(), "needs gifts");
}

#[test]
fn a_line_follows_the_versions_of_its_day() {
    let rules = gifts("tariff: [ { cite: old, amount: gave }, { cite: new, amount: gave * 2 } ]");
    let records = ["gave=1 on_day=2020-01-15", "gave=1 on_day=2020-01-16"];
    let ask = || rules.ask("2020-01").records("gifts", &records);
    assert_eq!(ask().answer().lines(), "2020-01-15 1.00; 2020-01-16 2.00");
    assert_eq!(ask().known("2020-02-29").answer().lines(), "2020-01-15 1.00; 2020-01-16 1.00");
}

#[test]
fn a_field_that_was_not_told_has_its_stated_value_or_is_missing() {
    assert_eq!(
        by_aim().ask("2026-11").records("gifts", &["gave=3 on_day=2026-11-01"]).answer().lines(),
        "2026-11-01 1.00"
    );
    let answer = by_aim().ask("2026-11").records("gifts", &["on_day=2026-11-01", "gave=3 on_day=2026-11-01"]).answer();
    assert_eq!(
        (answer.said(), answer.lines()),
        ("needs gifts".into(), "2026-11-01 needs_facts; 2026-11-01 1.00".into())
    );
    assert_eq!(
        by_aim().ask("2026-11").records("gifts", &["gave=3"]).said(),
        "needs gifts",
        "it could lie in this period"
    );
}

#[test]
fn a_line_that_is_open_leaves_the_charge_without_an_amount() {
    let rules = gifts("tariff: { cite: old, when: gave < 10, amount: gave }");
    let answer =
        rules.ask("2026-11").records("gifts", &["gave=9 on_day=2026-11-01", "gave=10 on_day=2026-11-02"]).answer();
    assert_eq!((answer.text("status"), answer.text("amount")), ("no_rule", ""));
    assert_eq!(answer.lines(), "2026-11-01 9.00; 2026-11-02 no_rule");
}

#[test]
fn lines_that_are_exempt_count_nothing() {
    let rules = gifts(
        "tariff: { small: { cite: old, when: gave < 10, exempt: yes }, large: { cite: old, when: gave >= 10, amount: gave } }",
    );
    let ask = |records: &[&str]| rules.ask("2026-11").records("gifts", records).answer();
    assert_eq!(ask(&["gave=9 on_day=2026-11-01", "gave=10 on_day=2026-11-02"]).said(), "10.00");
    assert_eq!(ask(&["gave=9 on_day=2026-11-01"]).said(), "exempt");
}

#[test]
fn a_line_has_all_stages_of_a_charge() {
    let rules = gifts(
        "
        owed: { cite: old, starts: begun, ends: over }
        tariff: { cite: old, amount: gave }
        reductions: { hard: { cite: old, when: poor, pays: 50% } }
        limits: { cap: { cite: old, at_most: 20 } }",
    );
    let ask = |facts: &str| {
        rules
            .ask("2026-11")
            .with(facts)
            .records("gifts", &["gave=30 on_day=2026-11-01", "gave=80 on_day=2026-11-02"])
            .answer()
    };
    assert_eq!(ask("poor=no").lines(), "2026-11-01 20.00; 2026-11-02 20.00");
    assert_eq!(ask("poor=yes").lines(), "2026-11-01 15.00; 2026-11-02 20.00");
    assert_eq!(ask("").said(), "needs poor");
    assert_eq!(ask("poor=no over=2026-10-31").said(), "not_due");
}

#[test]
fn the_lines_of_a_longer_period_are_those_of_its_parts() {
    let answer =
        by_aim().ask("2026-Q4").records("gifts", &["gave=3 on_day=2026-10-01", "gave=6 on_day=2026-12-31"]).answer();
    assert_eq!((answer.said(), answer.parts()), ("3.00".into(), "2026-10 1.00; 2026-11 not_due; 2026-12 2.00".into()));
}

#[test]
fn a_charge_on_each_record_may_be_asked_for_any_period() {
    let rules = rules("
        charges:
          dues: { each: gifts, day: on_day, tariff: { cite: old, amount: gave }, round: { cite: old, is: half_up to 1 } }
    ");
    for period in ["2026-11", "2026-Q4", "2026-H2", "2026"] {
        let answer = rules.ask(period).records("gifts", &["gave=3 on_day=2026-11-01"]).answer();
        assert_eq!((answer.said(), answer.text("unit")), ("3".into(), ""), "{period}");
    }
}

#[test]
fn a_field_may_not_repeat_another_name() {
    let clash = text(
        "charges: { dues: { per: month, tariff: { cite: old, amount: 1 }, round: { cite: old, is: half_up to 1 } } }",
    )
    .replace("gave: { kind: money", "pay: { kind: money");
    assert_eq!(codes(&clash), ["name_clash"]);
}
