//! Line 19: the instalments of a charged amount, in every way of paying that is in force.

use crate::small::{CENTS, Small, dues, dues_per, rules};

/// Dues of the pay, with these ways of paying.
fn paid(ways: &str) -> Small {
    dues(&format!("tariff: {{ cite: old, amount: pay }}\npay_by: {{ {ways} }}"))
}

fn instalments(ways: &str, facts: &str) -> String {
    paid(ways).answer(facts).instalments()
}

#[test]
fn a_share_of_the_amount_is_rounded_by_its_own_rounding() {
    let week = |times: &str, round: &str| {
        instalments(&format!("week: {{ cite: old, times: {times}, round: {round} }}"), "pay=81")
    };
    assert_eq!(week("12/52", "half_up to 0.01"), "week 18.69");
    assert_eq!(week("12 / 52", "up to 0.05"), "week 18.70");
    assert_eq!(week("25%", "down to 1"), "week 20.00");
    assert_eq!(week("0.25", "half_up to 0.001"), "week 20.250");
    assert_eq!(week("2", "half_up to 0.01"), "week 162.00", "two months at once");
}

#[test]
fn the_share_is_of_the_rounded_amount() {
    let whole = "round: { cite: old, is: half_up to 1 }";
    let stages = "
        tariff: { cite: old, amount: pay }
        pay_by: { week: { cite: old, times: 1/4, round: half_up to 0.01 } }
    ";
    let answer = crate::small::dues_rounded(whole, stages).answer("pay=80.6");
    assert_eq!((answer.text("amount"), answer.instalments().as_str()), ("81", "week 20.25"));
}

#[test]
fn parts_add_up_to_the_amount_and_the_last_takes_the_rest_unless_the_first_does() {
    let quarters = |rest: &str, pay: &str| {
        let way = format!("four: {{ cite: old, parts: 4, round: half_up to 0.05{rest} }}");
        instalments(&way, &format!("pay={pay}"))
    };
    assert_eq!(quarters("", "99.90"), "four 4 × 25.00, last 24.90");
    assert_eq!(quarters(", rest: last", "99.90"), "four 4 × 25.00, last 24.90");
    assert_eq!(quarters(", rest: first", "99.90"), "four 4 × 25.00, first 24.90");
    assert_eq!(quarters("", "100"), "four 4 × 25.00", "nothing is left over");
    assert_eq!(quarters("", "99.91"), "four 4 × 25.00, last 24.91", "the rest is not rounded");
    assert_eq!(quarters("", "0.15"), "four 4 × 0.05, last 0.00");
}

#[test]
fn nothing_is_paid_in_instalments_of_nothing() {
    let answer = paid("four: { cite: old, parts: 4, round: up to 1 }, week: { cite: old, times: 1/4, round: up to 1 }")
        .answer("pay=0");
    assert_eq!((answer.instalments().as_str(), answer.findings().as_str()), ("four 4 × 0.00; week 0.00", ""));
}

#[test]
fn a_way_that_would_leave_less_than_nothing_is_left_out_and_the_amount_stays() {
    let ways = "four: { cite: old art. 7, parts: 4, round: up to 1 }, week: { cite: old, times: 1/4, round: up to 1 }";
    let answer = paid(ways).answer("pay=2.50");
    assert_eq!((answer.text("amount"), answer.instalments().as_str()), ("2.50", "week 1.00"));
    assert_eq!(answer.findings(), "no_instalments");
    let param = |name| answer.param("no_instalments", name).to_owned();
    assert_eq!(
        (param("amount"), param("rule"), param("others")),
        ("2.5".into(), "dues.pay_by.four".into(), "3".into())
    );
}

#[test]
fn an_instalment_that_is_too_large_a_number_is_left_out() {
    let huge = "9".repeat(38);
    let answer = paid(&format!(
        "twice: {{ cite: old, times: {huge}, round: up to 1 }}, half: {{ cite: old, parts: 2, round: up to 1 }}"
    ))
    .answer("pay=1000");
    assert_eq!((answer.instalments().as_str(), answer.findings().as_str()), ("half 2 × 500.00", "no_instalments"));
}

#[test]
fn only_a_charged_amount_has_instalments() {
    let rules = dues(
        "
        owed: { cite: old, starts: begun }
        tariff: { cite: old, amount: pay }
        reductions: { poor: { cite: old, when: poor, exempt: yes } }
        pay_by: { week: { cite: old, times: 1/4, round: half_up to 0.01 } }
    ",
    );
    let of = |facts: &str| (rules.answer(facts).text("status").to_owned(), rules.answer(facts).instalments());
    let none = |status: &str| (status.to_owned(), String::new());
    assert_eq!(of("pay=100 poor=no"), ("charged".into(), "week 25.00".into()));
    assert_eq!(of("pay=100 poor=no begun=2026-11-30"), ("charged".into(), "week 25.00".into()), "a part of a period");
    assert_eq!(of("pay=100 poor=yes"), none("exempt"));
    assert_eq!(of("poor=no"), none("needs_facts"));
    assert_eq!(of("pay=100 poor=no begun=2026-12-01"), none("not_due"));
    assert_eq!(of("pay=-1 poor=no"), none("rejected"));
}

#[test]
fn a_period_that_is_answered_part_by_part_has_none() {
    let rules = paid("week: { cite: old, times: 1/4, round: half_up to 0.01 }");
    let quarter = rules.ask("2026-Q1").with("pay=100").answer();
    assert_eq!((quarter.text("amount"), quarter.instalments().as_str()), ("300.00", ""));
    let year = dues_per(
        "year",
        "
        tariff: { cite: old, amount: yearly }
        pay_by: { quarter: { cite: old, parts: 4, round: half_up to 0.01 } }
    ",
    );
    assert_eq!(year.ask("2026").with("yearly=120").answer().instalments(), "quarter 4 × 30.00");
}

#[test]
fn a_way_is_offered_by_the_versions_of_the_period_and_of_what_was_known() {
    let rules = paid(
        "
        four: [ { cite: old, parts: 4, round: half_up to 1 }, { cite: new, repealed: yes } ],
        week: [ { cite: old, times: 1/4, round: half_up to 1 }, { cite: new, times: 1/5, round: half_up to 0.1 } ],
        ten: { cite: brief, parts: 10, round: half_up to 1 }",
    );
    let at = |month: &str| rules.ask(month).with("pay=100").answer().instalments();
    assert_eq!(at("2019-12"), "four 4 × 25.00; week 25.00");
    assert_eq!(at("2020-02"), "week 20.00");
    assert_eq!(at("2010-12"), "four 4 × 25.00; ten 10 × 10.00; week 25.00");
    assert_eq!(at("2011-01"), "four 4 × 25.00; week 25.00");
    let before = rules.ask("2020-02").known("2020-02-29").with("pay=100").answer().instalments();
    assert_eq!(before, "four 4 × 25.00; week 25.00");
}

#[test]
fn the_ways_of_a_charge_by_day_are_those_of_its_first_day() {
    let rules = dues(
        "
        versions_on: by_day
        tariff: [ { cite: old, amount: 31 }, { cite: new, amount: 62 } ]
        pay_by: { week: [ { cite: old, times: 1/2, round: half_up to 0.01 }, { cite: new, times: 1/4, round: half_up to 0.01 } ] }
    ",
    );
    let answer = rules.ask("2020-01").answer();
    assert_eq!((answer.text("amount"), answer.instalments().as_str()), ("47.00", "week 23.50"), "15 days and 16 of 31");
    assert_eq!(rules.ask("2020-02").answer().instalments(), "week 15.50");
}

#[test]
fn the_organisation_may_decide_how_an_instalment_is_rounded() {
    let rules = rules(&format!(
        "
        settings: {{ coins: {{ kind: rounding, cite: new, default: half_up to 0.05 }} }}
        charges:
          dues:
            per: month
            tariff: {{ cite: old, amount: pay }}
            {CENTS}
            pay_by: {{ week: {{ cite: old, times: 1/3, round: coins }} }}
    "
    ));
    let ask = |month| rules.ask(month).with("pay=100");
    assert_eq!(ask("2026-11").answer().instalments(), "week 33.35");
    assert_eq!(ask("2026-11").set("coins", "down to 10").answer().instalments(), "week 30.00");
    let without = ask("2019-12").answer();
    assert_eq!((without.text("amount"), without.instalments().as_str()), ("100.00", ""));
    assert_eq!(without.param("no_instalments", "name"), "coins", "before 2020 the setting has no value");
}

#[test]
fn an_instalment_has_its_own_clause_and_changes_nothing_of_the_answer() {
    let plain = dues("tariff: { cite: old art. 3, amount: pay }").answer("pay=10.005");
    let rules = dues(
        "
        tariff: { cite: old art. 3, amount: pay }
        pay_by: { week: { cite: paper art. 5, chosen: the paper leaves the rounding open, times: 1/4, round: up to 0.1 } }
    ",
    );
    let answer = rules.answer("pay=10.005");
    for key in ["amount", "exact", "rule", "version", "attested"] {
        assert_eq!(answer.text(key), plain.text(key), "{key}");
    }
    assert_eq!((answer.cites(), answer.text("attested")), (plain.cites(), "official"));
    let way = &answer.0["instalments"][0];
    assert_eq!(
        (&way["cite"][0]["clause"], &way["attested"], &way["version"]),
        (&"art. 5".into(), &"chosen".into(), &"2000-01-01".into())
    );
}
