//! Line 11, with the first words of line 14: reductions and the formality that they need.

use crate::small::{Small, codes, dues, text_of_dues};

fn reduced(reductions: &str) -> Small {
    dues(&format!(
        "
        tariff: {{ full: {{ cite: old art. 1, amount: pay }} }}
        reductions: {{ {reductions} }}
    "
    ))
}

const HARD: &str = "hard: { cite: old art. 7, when: poor, needs: agreed, pays: 50% }";

#[test]
fn where_no_reduction_applies_the_full_amount_is_owed() {
    let answer = reduced(HARD).answer("pay=100 poor=no");
    assert_eq!((answer.said(), answer.cites()), ("100.00".into(), "old art. 1".into()));
}

#[test]
fn a_reduction_whose_condition_is_unknown_is_asked_for() {
    assert_eq!(reduced(HARD).said("pay=100"), "needs poor");
    assert_eq!(reduced(HARD).said(""), "needs poor", "the tariff comes later and is not guessed");
}

#[test]
fn without_the_formality_the_full_amount_is_owed_and_it_is_told() {
    let answer = reduced(HARD).answer("pay=100 poor=yes agreed=no");
    assert_eq!((answer.said(), answer.findings()), ("100.00".into(), "needs_not_met".into()));
    assert_eq!(answer.param("needs_not_met", "rule"), "dues.reductions.hard");
    assert_eq!(answer.text("rule"), "dues.tariff.full");
}

#[test]
fn a_formality_that_is_not_known_is_asked_for() {
    let answer = reduced(HARD).answer("pay=100 poor=yes");
    assert_eq!((answer.said(), answer.text("rule")), ("needs agreed".into(), "dues.reductions.hard"));
    assert_eq!(reduced(HARD).said("pay=100 poor=no"), "100.00", "only where the case is the member's");
}

#[test]
fn a_formality_that_is_met_lets_the_reduction_act() {
    let answer = reduced(HARD).answer("pay=100 poor=yes agreed=yes");
    assert_eq!((answer.said(), answer.findings()), ("50.00".into(), String::new()));
    assert_eq!(answer.cites(), "old art. 1; old art. 7");
}

#[test]
fn an_exemption_stops_before_the_tariff() {
    let rules = reduced("hard: { cite: old art. 7, when: poor, needs: agreed, exempt: yes }");
    let answer = rules.answer("poor=yes agreed=yes");
    assert_eq!(
        (answer.said(), answer.text("rule"), answer.cites()),
        ("exempt".into(), "dues.reductions.hard", "old art. 7".into())
    );
    assert_eq!(rules.said("poor=yes agreed=no"), "needs pay");
    assert_eq!((answer.text("amount"), answer.text("exact")), ("", ""));
}

#[test]
fn a_stated_amount_skips_the_tariff() {
    let rules = reduced("hard: { cite: old art. 7, when: poor, amount: promised }");
    let answer = rules.answer("poor=yes promised=3");
    assert_eq!(
        (answer.said(), answer.text("rule"), answer.cites()),
        ("3.00".into(), "dues.reductions.hard", "old art. 7".into())
    );
    assert_eq!(rules.said("poor=yes"), "needs promised", "the pay is not asked for");
    assert_eq!(rules.said("poor=yes promised=1000 pay=10"), "1000.00", "it is stated, whatever the tariff says");
}

#[test]
fn a_share_that_is_paid_or_taken_off_follows_the_tariff() {
    let pays = reduced("hard: { cite: old, when: poor, pays: part }");
    assert_eq!(pays.said("poor=yes pay=100 part=30%"), "30.00");
    assert_eq!([pays.said("poor=yes pay=100"), pays.said("poor=yes part=30%")], ["needs part", "needs pay"]);
    let less = reduced("hard: { cite: old, when: poor, less: 10% }");
    assert_eq!(less.said("poor=yes pay=100"), "90.00");
    assert_eq!(
        less.answer("poor=yes pay=100").text("rule"),
        "dues.tariff.full",
        "a share changes the amount and does not give it"
    );
}

#[test]
fn a_share_never_raises_an_amount() {
    for reduction in ["pays: factor", "less: 1 - factor"] {
        let rules = reduced(&format!("hard: {{ cite: old art. 7, when: poor, {reduction} }}"));
        let answer = rules.answer("poor=yes pay=100 factor=1.5");
        assert_eq!((answer.said(), answer.cites()), ("100.00".into(), "old art. 1".into()), "{reduction}");
    }
}

#[test]
fn a_share_never_goes_below_nothing() {
    for reduction in ["pays: factor", "less: 1 - factor"] {
        let rules = reduced(&format!("hard: {{ cite: old, when: poor, {reduction} }}"));
        assert_eq!(rules.said("poor=yes pay=100 factor=-0.5"), "0.00", "{reduction}");
        assert_eq!(rules.said("poor=yes pay=100 factor=0"), "0.00", "{reduction}");
    }
}

const TWO: &str = "a: { cite: old art. 7, when: poor, pays: 50% }, b: { cite: old art. 8, when: active, less: 10% }";

#[test]
fn two_that_can_both_apply_need_to_say_how_they_are_taken() {
    let text = text_of_dues(&format!("tariff: {{ cite: old, amount: pay }}\nreductions: {{ {TWO} }}"));
    assert_eq!(codes(&text), ["two_rules"]);
}

#[test]
fn the_lowest_amount_may_be_taken() {
    let rules = reduced(&format!("take: lowest, {TWO}"));
    assert_eq!(rules.said("pay=100 poor=yes active=yes"), "50.00");
    assert_eq!(rules.said("pay=100 poor=no active=yes"), "90.00");
    assert_eq!(rules.said("pay=100 poor=no active=no"), "100.00");
    assert_eq!(rules.answer("pay=100 poor=yes active=yes").cites(), "old art. 1; old art. 7");
    let with_amount = reduced(
        "take: lowest, a: { cite: old, when: poor, pays: 50% }, b: { cite: old, when: active, amount: promised }",
    );
    assert_eq!(with_amount.said("pay=100 poor=yes active=yes promised=40"), "40.00");
    assert_eq!(with_amount.said("pay=100 poor=yes active=yes promised=60"), "50.00");
    assert_eq!(
        with_amount.said("poor=no active=yes promised=60"),
        "60.00",
        "only the stated amount applies: no tariff is needed"
    );
}

#[test]
fn an_exemption_is_the_lowest_of_all() {
    let rules =
        reduced("take: lowest, a: { cite: old, when: poor, amount: 0 }, b: { cite: old, when: active, exempt: yes }");
    assert_eq!([rules.said("poor=yes active=yes"), rules.said("poor=yes active=no")], ["exempt", "0.00"]);
}

#[test]
fn reductions_may_be_taken_one_on_the_result_of_the_other() {
    let facts = "pay=100 poor=yes active=yes";
    let subtracting = "a: { cite: old, when: poor, pays: 50% }, b: { cite: old, when: active, less: 10% }";
    assert_eq!(reduced(&format!("take: [ b, a ], {subtracting}")).said(facts), "45.00");
    assert_eq!(
        reduced(&format!("take: [ a, b ], {subtracting}")).said("pay=100 poor=no active=yes"),
        "90.00",
        "one that does not apply is skipped"
    );
    let stated = "a: { cite: old, when: poor, amount: 60 }, b: { cite: old, when: active, less: 10% }";
    assert_eq!(reduced(&format!("take: [ a, b ], {stated}")).said("poor=yes active=yes"), "54.00");
    assert_eq!(
        reduced(&format!("take: [ b, a ], {stated}")).said(facts),
        "60.00",
        "the order is the one that is written"
    );
}

#[test]
fn of_several_that_are_taken_together_every_condition_has_to_be_known() {
    for take in ["lowest", "[ a, b ]"] {
        let rules = reduced(&format!("take: {take}, {TWO}"));
        assert_eq!(rules.said("pay=100 poor=yes"), "needs active", "{take}");
        assert_eq!(rules.said("pay=100"), "needs poor, active", "{take}");
    }
}

#[test]
fn a_reduction_that_is_taken_with_others_needs_its_formality_too() {
    let rules = reduced(
        "take: lowest, a: { cite: old, when: poor, needs: agreed, pays: 50% }, b: { cite: old, when: active, less: 10% }",
    );
    let answer = rules.answer("pay=100 poor=yes active=yes agreed=no");
    assert_eq!((answer.said(), answer.findings()), ("90.00".into(), "needs_not_met".into()));
    assert_eq!(rules.said("pay=100 poor=yes active=yes"), "needs agreed");
}

#[test]
fn a_reduction_may_stand_instead_of_another_and_one_may_be_what_remains() {
    let rules = dues(
        "
        tariff: { cite: old, amount: pay }
        reductions:
          plain: { cite: old, when: poor, pays: 50% }
          better: { cite: old, when: poor and active, instead_of: plain, pays: 20% }
          rest: { cite: old, otherwise: yes, less: 1% }
    ",
    );
    assert_eq!(
        ["poor=yes active=no", "poor=yes active=yes", "poor=no"].map(|facts| rules.said(&format!("pay=100 {facts}"))),
        ["50.00", "20.00", "99.00"]
    );
}

#[test]
fn an_open_reduction_leaves_bounds_where_everything_else_is_known() {
    let bounds = |facts| reduced(HARD).answer(facts).bounds();
    assert_eq!(bounds("pay=100"), "50 to 100");
    assert_eq!(bounds(""), "", "without the pay there is nothing to say");
    let exempting = reduced("hard: { cite: old, when: poor, exempt: yes }");
    assert_eq!(exempting.answer("pay=100").bounds(), "0 to 100");
}
