//! Line 20: what would be owed where the next band begins.

use crate::small::{Small, dues, dues_per};

const RATES: &str = "[ { up_to: 100, rate: 1% }, { above: 100, below: 200, rate: 2% }, { from: 200, rate: 3% } ]";

/// What is told of the next band: its edge, whether it owns it, and what would be owed there.
fn next(rules: &Small, facts: &str) -> String {
    let answer = rules.answer(facts);
    answer.0.get("next_band").map_or_else(String::new, |next| {
        let text = |key: &str| next[key].as_str().unwrap().to_owned();
        format!("{} {} {}", text("from"), next["included"], text("amount"))
    })
}

fn slab_and(more: &str) -> String {
    format!("tariff: {{ cite: old, slab: {{ of: pay, stated: [ cliff ], bands: {RATES} }}{more} }}")
}

#[test]
fn the_next_band_is_told_with_what_it_would_cost() {
    let rules = dues(&format!(
        "
        tariff: {{ cite: old, slab: {{ of: pay, stated: [ cliff ], bands: {RATES} }} }}
        limits: {{ cap: {{ cite: old, at_most: 5 }} }}
    "
    ));
    assert_eq!(next(&rules, "pay=50"), "100 false 2.00");
    assert_eq!(next(&rules, "pay=150"), "200 true 5.00", "limits count: 6.00 is more than the cap");
    assert_eq!(next(&rules, "pay=250"), "");
}

#[test]
fn who_pays_half_is_told_half_of_the_next_band() {
    let rules = dues(&format!(
        "
        {}
        reductions:
          half: {{ cite: old, when: poor, pays: 50% }}
        limits:
          floor: {{ cite: old, at_least: 1.20 }}
        ",
        slab_and("")
    ));
    assert_eq!(next(&rules, "pay=50 poor=yes"), "100 false 1.20", "half of 2.00 is below the least amount");
    assert_eq!(next(&rules, "pay=150 poor=yes"), "200 true 3.00");
    assert_eq!(next(&rules, "pay=150 poor=no"), "200 true 6.00");
}

#[test]
fn the_next_band_has_the_limits_and_the_rounding_of_its_schedule() {
    let rules = dues(&slab_and(", at_most: 5.55, round: down to 0.50"));
    assert_eq!(next(&rules, "pay=150"), "200 true 5.50");
}

#[test]
fn of_several_reductions_the_one_that_is_least_in_the_next_band_counts() {
    let rules = dues(&format!(
        "
        {}
        reductions:
          take: lowest
          half:  {{ cite: old, when: poor, pays: 50% }}
          fixed: {{ cite: old, when: poor, amount: 2.50 }}
        ",
        slab_and("")
    ));
    assert_eq!(next(&rules, "pay=150 poor=yes"), "200 true 2.50", "half of 3.00 now, half of 6.00 then");
    let answer = rules.answer("pay=199 poor=yes");
    assert_eq!((answer.said().as_str(), next(&rules, "pay=199 poor=yes").as_str()), ("1.99", "200 true 2.50"));
}

#[test]
fn where_a_reduction_states_the_amount_no_band_is_told() {
    let rules = dues(&format!(
        "
        {}
        reductions:
          take: lowest
          half:  {{ cite: old, when: poor, pays: 50% }}
          fixed: {{ cite: old, when: poor, amount: 1 }}
        ",
        slab_and("")
    ));
    assert_eq!(next(&rules, "pay=150 poor=yes"), "");
}

#[test]
fn a_part_of_a_month_is_a_part_of_the_next_band_too() {
    let rules = dues(&format!(
        "
        owed: {{ cite: old, starts: begun, part: by_day }}
        {}
        ",
        slab_and("")
    ));
    assert_eq!(next(&rules, "pay=150 begun=2026-11-16"), "200 true 3.00");
}

#[test]
fn rules_that_change_inside_the_period_tell_a_next_band_that_both_have() {
    let text = |bands: &str| {
        dues_per(
            "year",
            &format!(
                "
        versions_on: by_day
        tariff:
          - {{ cite: old, slab: {{ of: pay per year, stated: [ cliff ], bands: [ {{ below: 1000, rate: 1% }}, {{ from: 1000, rate: 2% }} ] }} }}
          - {{ cite: old, from: 2026-07-02, slab: {{ of: pay per year, stated: [ cliff ], bands: {bands} }} }}
        "
            ),
        )
    };
    let period = |rules: &Small| rules.ask("2026").with("pay=50").answer().0.get("next_band").cloned();
    let same = text("[ { below: 1000, rate: 1% }, { from: 1000, rate: 4% } ]");
    let told = period(&same).unwrap();
    assert_eq!(told["amount"], "30.03", "182 days at 20 and 183 at 40");
    assert_eq!(period(&text("[ { below: 1200, rate: 1% }, { from: 1200, rate: 4% } ]")), None);
}
