//! Section 4: a charge named in an expression is its rounded amount for the same facts and period.

use rollbook::dues::Request;
use rollbook::ruleset::Workspace;
use rollbook::value::Period;

use crate::small::{Small, codes, rules, text};

fn on_a_levy(levy: &str) -> Small {
    rules(&sections(levy))
}

fn sections(levy: &str) -> String {
    format!("
        charges:
          levy: {{ per: month, {levy}, round: {{ cite: old, is: half_up to 1 }} }}
          dues: {{ per: month, tariff: {{ only: {{ cite: old art. 1, amount: levy * 2 + 1 }} }}, round: {{ cite: old, is: half_up to 0.01 }} }}
    ")
}

#[test]
fn the_amount_of_another_charge_is_the_rounded_one() {
    let rules = on_a_levy("tariff: { cite: old, amount: pay / 3 }");
    assert_eq!(rules.said("pay=10"), "7.00", "twice 3 and 1");
    assert_eq!(rules.ask("2026-11").charge("levy").with("pay=10").answer().text("exact"), "10/3");
}

#[test]
fn a_charge_that_is_exempt_or_not_due_counts_as_nothing() {
    assert_eq!(on_a_levy("tariff: { cite: old, exempt: yes }").said(""), "1.00");
    let rules = on_a_levy("owed: { cite: old, starts: begun }, tariff: { cite: old, amount: 5 }");
    assert_eq!([rules.said("begun=2026-12-01"), rules.said("begun=2026-11-30")], ["1.00", "11.00"]);
}

#[test]
fn what_another_charge_needs_is_what_is_needed() {
    let answer = on_a_levy("tariff: { cite: old, amount: pay + promised }").answer("");
    assert_eq!((answer.said(), answer.text("rule")), ("needs pay, promised".into(), "dues.tariff.only"));
}

#[test]
fn the_status_of_another_charge_passes_on() {
    assert_eq!(on_a_levy("tariff: { cite: old, when: active, amount: 1 }").said("active=no"), "no_rule no_rule");
    assert_eq!(on_a_levy("tariff: { cite: old, amount: pay - 10 }").said("pay=1"), "rejected negative_amount");
    assert_eq!(
        on_a_levy("tariff: { cite: old, amount: pay / heads }").said("pay=1 heads=0"),
        "rejected division_by_zero"
    );
    assert_eq!(
        on_a_levy("tariff: { cite: new, amount: 1 }, versions_on: period_start").ask("2020-01").said(),
        "no_rule no_rule"
    );
}

#[test]
fn another_charge_follows_versions_and_facts_of_days_of_its_own() {
    let rules = on_a_levy(
        "versions_on: period_end, as_of: { cite: old, is: period_end }, tariff: [ { cite: old, amount: pay }, { cite: new, amount: pay * 10 } ]",
    );
    let facts = "pay=2020-01-01:1,2020-01-31:2";
    assert_eq!(
        rules.ask("2020-01").with(facts).said(),
        "41.00",
        "by its versions of the last day, on its own as-of day"
    );
    assert_eq!(rules.ask("2020-01").known("2020-02-29").with(facts).said(), "5.00");
}

#[test]
fn what_another_charge_assumed_and_found_is_told() {
    let rules =
        on_a_levy("tariff: { cite: old, amount: 20 + bonus }, limits: { cap: { cite: old art. 2, at_most: 10 } }");
    let answer = rules.answer("");
    assert_eq!(
        (answer.said(), answer.assumed(), answer.findings()),
        ("21.00".into(), "bonus".into(), "limit_acted".into())
    );
    assert_eq!(answer.cites(), "old art. 1", "the clauses of the other charge are its own");
}

#[test]
fn a_condition_may_read_another_charge() {
    let rules = rules("
        charges:
          levy: { per: month, tariff: { cite: old, amount: pay }, round: { cite: old, is: half_up to 1 } }
          dues: { per: month, tariff: { a: { cite: old, when: levy > 5, amount: 1 }, b: { cite: old, when: levy <= 5, amount: 2 } }, round: { cite: old, is: half_up to 1 } }
    ");
    assert_eq!(["pay=5.49", "pay=5.50", ""].map(|facts| rules.said(facts)), ["2", "1", "needs pay"]);
}

#[test]
fn charges_that_rest_on_one_another_are_refused() {
    let circle = text(&sections("tariff: { cite: old, amount: dues }"));
    assert_eq!(codes(&circle), ["circular"]);
}

#[test]
fn a_longer_period_reads_the_other_charge_part_by_part() {
    let rules = on_a_levy("as_of: { cite: old, is: period_start }, tariff: { cite: old, amount: pay }");
    let answer = rules.ask("2026-Q4").with("pay=2026-01-01:1,2026-12-01:5").answer();
    assert_eq!((answer.said(), answer.parts()), ("17.00".into(), "2026-10 3.00; 2026-11 3.00; 2026-12 11.00".into()));
}

fn monthly_and_yearly(levy: &str) -> String {
    format!(
        "
        terms:
          doubled: {{ cite: old, is: dues * 2 }}
        charges:
          dues: {{ per: month, tariff: {{ cite: old, amount: 10 }}, round: {{ cite: old, is: half_up to 0.01 }} }}
          levy: {{ per: year, tariff: {{ cite: old, amount: {levy} }}, round: {{ cite: old, is: half_up to 0.01 }} }}
    "
    )
}

#[test]
fn a_yearly_charge_reads_the_whole_year_of_a_monthly_one() {
    let levy = |amount: &str| rules(&monthly_and_yearly(amount)).ask("2026").charge("levy").answer().said();
    assert_eq!(levy("dues"), "120.00");
    assert_eq!(levy("dues / 2 + 1"), "61.00");
}

#[test]
fn the_steps_of_a_charge_that_is_read_stand_between_two_that_name_it() {
    let small = rules(&monthly_and_yearly("dues"));
    let set = &small.rule_set;
    let period = Period::parse("2026").unwrap();
    let request = Request { charge: Some("levy"), period, known: None, settings: &[], set_aside: &[] };
    let answer = set.prepare(&request).unwrap().explain(&set.facts(), &mut Workspace::default());
    let json: serde_json::Value = serde_json::from_str(&answer.to_json(set.rules(), set.charges())).unwrap();
    let said = |step: &serde_json::Value| {
        let of = ["name", "period", "amount", "gives"].iter().find_map(|key| step[*key].as_str()).unwrap_or_default();
        format!("{} {of}", step["step"].as_str().unwrap())
    };
    let steps: Vec<String> = json["trace"].as_array().unwrap().iter().map(said).collect();
    assert_eq!(steps[..3], ["owed ", "reads dues", "period 2026-01"]);
    assert_eq!(steps[steps.len() - 4..], ["charge dues", "operation ", "amount 120", "rounded 120"]);
    assert_eq!(steps.iter().filter(|step| step.starts_with("period ")).count(), 12);
}

#[test]
fn a_term_lends_a_charge_only_to_charges_of_its_own_length_of_time() {
    assert_eq!(codes(&text(&monthly_and_yearly("doubled per year"))), ["wrong_unit"]);
}
