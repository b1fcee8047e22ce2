//! Line 12: the tariff by choice; then its schedule, its own limits, its own rounding.

use crate::small::{Small, dues, dues_per, rules};

fn tariff(body: &str) -> Small {
    dues(&format!("tariff: {{ one: {{ cite: old art. 1, {body} }} }}"))
}

#[test]
fn where_no_alternative_applies_there_is_no_rule() {
    assert_eq!(tariff("when: active, amount: 1").said("active=no"), "no_rule no_rule");
    assert_eq!(tariff("when: active, amount: 1").said(""), "needs active");
}

#[test]
fn exempt_is_said_by_the_notation_and_never_by_the_value() {
    let exempt = tariff("exempt: yes").answer("");
    assert_eq!(
        (exempt.said(), exempt.text("rule"), exempt.cites()),
        ("exempt".into(), "dues.tariff.one", "old art. 1".into())
    );
    let zero = tariff("amount: 0").answer("");
    assert_eq!((zero.said(), zero.text("status")), ("0.00".into(), "charged"));
    assert_eq!(tariff("amount: pay").said("pay=0"), "0.00");
}

#[test]
fn an_alternative_may_say_that_nothing_is_known() {
    let answer = tariff("when: active, no_rule: the statutes are silent").answer("active=yes");
    assert_eq!((answer.said(), answer.text("rule")), ("no_rule no_rule".into(), "dues.tariff.one"));
    assert_eq!(answer.param("no_rule", "why"), "the statutes are silent");
}

#[test]
fn an_amount_is_an_expression() {
    assert_eq!(tariff("amount: pay * 2 + 1").said("pay=10"), "21.00");
    assert_eq!(tariff("amount: pay").said(""), "needs pay");
}

#[test]
fn a_rate_is_of_something() {
    assert_eq!(tariff("rate: 1.5%, of: pay").said("pay=200"), "3.00");
    assert_eq!(tariff("rate: part, of: pay").said("pay=200 part=2%"), "4.00");
    assert_eq!(
        [tariff("rate: part, of: pay").said("part=2%"), tariff("rate: part, of: pay").said("pay=200")],
        ["needs pay", "needs part"]
    );
}

#[test]
fn a_schedule_has_its_own_limits_and_then_its_own_rounding() {
    let rules = tariff("rate: 1%, of: pay, at_least: 2.54, at_most: 9.55, round: half_even to 0.1");
    let said = |pay: &str| rules.said(&format!("pay={pay}"));
    assert_eq!(
        [said("1"), said("333"), said("335"), said("345"), said("5000")],
        ["2.50", "3.30", "3.40", "3.40", "9.60"]
    );
    assert_eq!(
        rules.answer("pay=335").text("exact"),
        "3.4",
        "the rounding of the schedule is part of the exact amount"
    );
}

#[test]
fn the_limits_inside_a_schedule_come_before_reductions() {
    let rules = dues(
        "
        tariff: { cite: old, rate: 1%, of: pay, at_most: 10 }
        reductions: { hard: { cite: old, when: poor, pays: 50% } }
    ",
    );
    assert_eq!(rules.said("pay=5000 poor=yes"), "5.00");
    assert_eq!(rules.answer("pay=5000 poor=yes").findings(), "", "only the limits of the charge are told");
}

#[test]
fn a_limit_of_a_schedule_that_is_unknown_is_asked_for() {
    assert_eq!(tariff("rate: 1%, of: pay, at_most: promised").said("pay=100"), "needs promised");
    assert_eq!(tariff("rate: 1%, of: pay, at_most: promised").said("pay=100 promised=0.5"), "0.50");
}

#[test]
fn a_schedule_may_stand_wherever_an_amount_is_wanted() {
    let rules = dues(
        "
        tariff:
          cite: old
          by: kind
          amounts:
            staff: { rate: 1%, of: pay, at_least: 2 }
            student: { amount: { rate: 2%, of: pay }, round: down to 1 }
            other: { exempt: yes }
    ",
    );
    assert_eq!([rules.said("kind=staff pay=100"), rules.said("kind=staff pay=300")], ["2.00", "3.00"]);
    assert_eq!(rules.said("kind=student pay=99"), "1.00");
    assert_eq!(rules.said("kind=other"), "exempt");
    assert_eq!(rules.said("kind=staff"), "needs pay");
}

#[test]
fn amounts_and_rates_by_word() {
    let amounts =
        dues("tariff: { cite: old, by: kind, amounts: { staff: 1, student: 0.20, other: { no_rule: not printed } } }");
    assert_eq!([amounts.said("kind=staff"), amounts.said("kind=student")], ["1.00", "0.20"]);
    let answer = amounts.answer("kind=other");
    assert_eq!(
        (answer.said(), answer.param("no_row", "value"), answer.param("no_row", "why")),
        ("no_rule no_row".into(), "other", "not printed")
    );
    assert_eq!(amounts.said(""), "needs kind");
    let rates = dues("tariff: { cite: old, by: kind, rates: { staff: 1%, student: 2% }, of: pay }");
    assert_eq!([rates.said("kind=staff pay=50"), rates.said("kind=student pay=50")], ["0.50", "1.00"]);
    assert_eq!(rates.said("kind=other pay=50"), "no_rule no_rule");
    assert_eq!(rates.said("kind=staff"), "needs pay");
}

#[test]
fn an_organisation_has_charges_of_its_own() {
    let rules = rules(
        "
        terms: { base: { kind: money per month, of: organisation, cite: old, is: 100 } }
        charges:
          dues:
            of: organisation
            per: year
            tariff: { cite: old, rate: 5%, of: base per year }
            round: { cite: old, is: half_up to 1 }
    ",
    );
    assert_eq!(rules.ask("2026").said(), "60");
}

#[test]
fn the_amount_of_each_length_of_time_is_its_own() {
    for (per, period) in [("month", "2026-11"), ("quarter", "2026-Q4"), ("half_year", "2026-H2"), ("year", "2026")] {
        let answer = dues_per(per, "tariff: { cite: old, amount: 12 }").ask(period).answer();
        assert_eq!((answer.said(), answer.text("unit")), ("12.00".into(), per));
    }
}

#[test]
fn an_open_choice_of_alternatives_leaves_bounds_where_each_can_be_computed() {
    let rules = dues(
        "
        tariff:
          a: { cite: old, when: active, rate: 1%, of: pay }
          b: { cite: old, when: not active, rate: 3%, of: pay }
        limits: { cap: { cite: old, at_most: 20 } }
    ",
    );
    let answer = rules.answer("pay=1000");
    assert_eq!((answer.said(), answer.bounds()), ("needs active".into(), "10 to 20".into()), "the limit counts");
    assert_eq!(rules.answer("").bounds(), "");
    let exempting =
        dues("tariff: { a: { cite: old, when: active, exempt: yes }, b: { cite: old, when: not active, amount: 3 } }");
    assert_eq!(exempting.answer("").bounds(), "0 to 3");
}
