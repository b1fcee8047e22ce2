//! Line 5: an as-of day is a context. A single value holds on all days; a history gives its last record up to the day;
//! before its first record the fact is unknown.

use crate::small::{Small, dues, dues_with};

fn as_of(day: &str) -> Small {
    dues(&format!(
        "
        as_of: {{ cite: old art. 3, is: '{day}' }}
        tariff: {{ cite: old art. 2, amount: pay }}
    "
    ))
}

const PAY: &str = "pay=2026-01-01:10,2026-11-01:20,2026-11-15:30,2026-12-01:40";

#[test]
fn a_history_gives_its_last_record_up_to_the_day() {
    let said = |day| as_of(day).said(PAY);
    assert_eq!(said("period_start"), "20.00", "a record holds on its first day");
    assert_eq!(said("period_end"), "30.00");
    assert_eq!(said("year_start"), "10.00");
    assert_eq!(said("period_start - 1 day"), "10.00");
    assert_eq!(said("2026-11-14"), "20.00");
    assert_eq!(said("never"), "40.00");
}

#[test]
fn a_single_value_holds_on_all_days() {
    for day in ["period_start", "period_end", "year_start", "long_ago", "never", "1990-01-01"] {
        assert_eq!(as_of(day).said("pay=10"), "10.00", "{day}");
    }
}

#[test]
fn before_its_first_record_a_fact_is_unknown_with_the_day_and_a_finding() {
    let answer = as_of("year_start").answer("pay=2026-01-02:10");
    assert_eq!((answer.said(), answer.findings()), ("needs pay".into(), "history_starts_later".into()));
    assert_eq!(answer.0["missing"][0]["on"], "2026-01-01");
    assert_eq!(answer.param("history_starts_later", "day"), "2026-01-01");
}

#[test]
fn a_fact_that_was_not_told_at_all_is_missing_on_no_special_day() {
    let answer = as_of("year_start").answer("");
    assert_eq!((answer.said(), answer.findings()), ("needs pay".into(), String::new()));
    assert_eq!(answer.0["missing"][0].get("on"), None);
}

#[test]
fn a_history_that_starts_later_is_not_replaced_by_the_stated_value() {
    let rules = dues(
        "
        as_of: { cite: old, is: period_start }
        tariff: { cite: old, amount: bonus }
    ",
    );
    assert_eq!(rules.said("bonus=2026-11-02:5"), "needs bonus");
    assert_eq!(rules.said("bonus=2026-11-01:5"), "5.00");
    assert_eq!(rules.said(""), "0.00");
}

#[test]
fn the_day_may_itself_be_a_fact() {
    let rules = as_of("latest(year_start, begun)");
    assert_eq!(rules.said("pay=2026-01-01:10,2026-06-01:20 begun=2026-06-15"), "20.00");
    assert_eq!(rules.said("pay=2026-01-01:10,2026-06-01:20"), "10.00");
    assert_eq!(as_of("born").said("pay=10"), "needs born");
    assert_eq!(as_of("earliest(period_end, over)").said("pay=2026-01-01:10,2026-11-20:20 over=2026-11-19"), "10.00");
}

#[test]
fn the_day_is_a_name_inside_the_context() {
    let rules = dues(
        "
        as_of: { cite: old, is: period_end }
        tariff: { cite: old, amount: if born + 18 years <= day then 2 else 1 }
    ",
    );
    assert_eq!([rules.said("born=2008-11-30"), rules.said("born=2008-12-01")], ["2.00", "1.00"]);
}

fn since_is(day: &str, facts: &str) -> bool {
    let rules = dues(&format!(
        "
        as_of: {{ cite: old, is: period_end }}
        tariff: {{ cite: old, amount: if since(kind) = {day} then 1 else 2 }}
    "
    ));
    match rules.said(facts).as_str() {
        "1.00" => true,
        "2.00" => false,
        other => panic!("{other}"),
    }
}

#[test]
fn since_is_the_first_day_of_the_run_of_the_present_value() {
    assert!(since_is("2026-05-01", "kind=2026-01-01:staff,2026-05-01:student"));
    assert!(since_is("2026-05-01", "kind=2026-01-01:staff,2026-05-01:student,2026-08-01:student"), "the same again");
    assert!(since_is("2026-08-01", "kind=2026-01-01:student,2026-05-01:staff,2026-08-01:student"));
    assert!(since_is("2026-05-01", "kind=2026-01-01:staff,2026-05-01:student,2026-12-01:staff"), "what comes later");
}

#[test]
fn a_single_value_and_a_first_record_have_held_long_since() {
    assert!(since_is("long_ago", "kind=staff"));
    assert!(since_is("long_ago", "kind=2026-05-01:staff"));
    assert!(since_is("long_ago", "kind=2026-05-01:staff,2026-08-01:staff"));
}

#[test]
fn since_what_is_not_known_is_not_known() {
    let rules = as_of("since(kind)");
    assert_eq!(rules.said("pay=10"), "needs kind");
    assert_eq!(rules.said("pay=10 kind=2026-12-01:staff"), "needs kind");
}

#[test]
fn a_term_with_its_own_day_reads_its_facts_on_that_day_only() {
    let before = "
        terms:
          base:
            kind: money per month
            as_of: { cite: old, is: year_start, strength: normally }
            formula: { cite: old, is: pay }
    ";
    let rules = dues_with(
        before,
        "
        as_of: { cite: old, is: period_end }
        tariff: { cite: old, amount: base + bonus }
    ",
    );
    let facts = "pay=2026-01-01:10,2026-06-01:20 bonus=2026-01-01:1,2026-06-01:2";
    assert_eq!(rules.said(facts), "12.00", "pay of January, bonus of November");
}

#[test]
fn the_day_of_a_term_is_found_under_the_day_of_its_caller() {
    let before = "
        terms:
          base: { kind: money per month, as_of: { cite: old, is: 'latest(year_start, since(kind))' }, formula: { cite: old, is: pay } }
    ";
    let stages = |day: &str| {
        format!(
            "
        as_of: {{ cite: old, is: {day} }}
        tariff: {{ cite: old, amount: base }}
    "
        )
    };
    let facts =
        "kind=2020-01-01:staff,2026-03-01:student,2026-11-10:other pay=2026-01-01:10,2026-03-01:20,2026-11-10:30";
    assert_eq!(dues_with(before, &stages("period_end")).said(facts), "30.00");
    assert_eq!(dues_with(before, &stages("period_start")).said(facts), "20.00");
}

#[test]
fn the_mean_of_a_fact_is_of_the_ends_of_the_months_before_the_period() {
    let rules = dues("tariff: { cite: old, amount: average(pay over 3 months) }");
    assert_eq!(rules.said("pay=2026-08-31:10,2026-09-30:20,2026-10-31:60,2026-11-01:1000"), "30.00");
    assert_eq!(
        rules.said("pay=2026-08-31:10,2026-09-30:20,2026-11-01:1000"),
        "16.67",
        "the record of September holds on"
    );
    assert_eq!(rules.said("pay=12"), "12.00");
    assert_eq!(rules.said("pay=2026-09-01:12"), "needs pay", "one month unknown leaves the mean unknown");
    let answer = rules.answer("pay=2026-09-01:12");
    assert_eq!(
        (answer.0["missing"][0]["on"].as_str(), answer.findings()),
        (Some("2026-08-31"), "history_starts_later".into())
    );
}

#[test]
fn a_latch_holds_what_was_switched_last() {
    let rules = dues("
        as_of: { cite: old, is: period_end }
        tariff: { on: { cite: old, when: 'latched(active, poor)', amount: 1 }, off: { cite: old, otherwise: yes, amount: 2 } }
    ");
    let on = "active=2026-01-01:no,2026-03-01:yes,2026-03-02:no";
    assert_eq!(rules.said(&format!("{on} poor=no")), "1.00", "on since March, never off");
    assert_eq!(rules.said(&format!("{on} poor=2026-01-01:no,2026-06-01:yes,2026-06-02:no")), "2.00");
    assert_eq!(rules.said(&format!("{on} poor=2026-01-01:yes,2026-01-02:no")), "1.00", "off before it was on");
    assert_eq!(
        rules.said("active=2026-01-01:no,2026-03-01:yes poor=2026-01-01:no,2026-03-01:yes"),
        "2.00",
        "both on one day: off"
    );
    assert_eq!(
        rules.said("active=2026-01-01:no,2026-12-01:yes poor=2026-01-01:yes,2026-01-02:no"),
        "2.00",
        "later switches do not count"
    );
}

/// A charge of 1 while the fund is full and of 2 while it is not; the fund is a setting that begins in 2005.
fn fund(when: &str) -> Small {
    dues_with(
        "
        settings:
          fund:
            kind: money
            versions:
              - { from: 2005-01-01, chosen: nothing is said, at_least: 0, default: 50 }
              - { from: 2020-01-01, chosen: another report, at_least: 0, default: 90 }
        ",
        &format!(
            "tariff: {{ full: {{ cite: old, when: '{when}', amount: 1 }}, low: {{ cite: old, otherwise: yes, amount: 2 }} }}"
        ),
    )
}

#[test]
fn a_latch_looks_at_what_a_setting_had_been() {
    let rules = fund("latched(fund >= 80, fund < 20)");
    let said = |period: &str, values: &[(&str, &str)]| {
        let asked =
            values.iter().fold(rules.ask(period), |asked, (from, value)| asked.decide("fund", from, None, value));
        asked.said()
    };
    assert_eq!(said("2019-12", &[]), "no_rule never_switched", "50 lies between the two");
    assert_eq!(said("2020-01", &[]), "1.00", "the second version begins with 90");
    assert_eq!(said("2026-11", &[("2021-01-01", "30")]), "1.00", "30 is not low enough");
    assert_eq!(said("2026-11", &[("2021-01-01", "19.99"), ("2022-01-01", "79.99")]), "2.00");
    assert_eq!(said("2026-11", &[("2021-01-01", "19.99"), ("2026-11-02", "80")]), "2.00", "the rules of 1 November");
    let by_issue = |known| {
        let asked = rules.ask("2026-11").known(known).decide("fund", "2026-01-01", Some("2026-06-01"), "10");
        asked.said()
    };
    assert_eq!([by_issue("2026-05-31"), by_issue("2026-06-01")], ["1.00", "2.00"]);
    assert_eq!(rules.ask("2026-11").set("fund", "50").answer().param("never_switched", "name"), "fund");
}

#[test]
fn a_latch_of_facts_and_settings_goes_back_over_the_changes_of_both() {
    let rules = fund("latched(fund >= 80 and active, fund < 20 or poor)");
    let said = |facts: &str| rules.ask("2026-11").decide("fund", "2024-01-01", None, "40").with(facts).said();
    assert_eq!(said("active=yes poor=no"), "1.00", "on in 2023, when 90 was there");
    assert_eq!(said("active=2025-01-01:yes poor=no"), "needs active", "who was active in 2023 is not known");
    assert_eq!(said("active=yes poor=2020-01-01:no,2025-01-01:yes,2025-02-01:no"), "2.00");
}

#[test]
fn a_setting_behind_a_term_switches_too_and_leaves_the_terms_of_today_alone() {
    let rules = dues_with(
        "
        settings:
          fund: { kind: money, from: 2005-01-01, chosen: nothing is said, at_least: 0, default: 0 }
        terms:
          share: { kind: number, cite: old, is: fund / 100 CNY }
          full:  { kind: yes_no, cite: old, is: 'latched(share >= 0.8, share < 0.2)' }
        ",
        "tariff: { cite: old, amount: (if full then 1 CNY per month else 5 CNY per month) + share * 1 CNY per month }",
    );
    let told = |values: &[(&str, &str)]| {
        let asked =
            values.iter().fold(rules.ask("2026-11"), |asked, (from, value)| asked.decide("fund", from, None, value));
        asked.said()
    };
    assert_eq!(told(&[("2024-01-01", "90"), ("2025-01-01", "50")]), "1.50", "full since 2024, and a half today");
    assert_eq!(told(&[("2025-01-01", "50")]), "5.50");
}

#[test]
fn a_latch_that_was_never_switched_is_unknown() {
    let rules = dues("tariff: { cite: old, when: 'latched(active, poor)', amount: 1 }");
    assert_eq!(rules.said("active=2026-01-01:no poor=2026-01-01:no"), "needs active, poor");
    assert_eq!(rules.said("active=2026-01-01:no"), "needs poor");
}
