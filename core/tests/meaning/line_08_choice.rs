//! Line 8: choice among alternatives with a version in force.

use crate::small::{Small, codes, dues, text_of_dues};

fn tariff(alternatives: &str) -> Small {
    dues(&format!("tariff: {{ {alternatives} }}"))
}

const BY_KIND: &str = "
    staff: { cite: old, when: kind = staff, amount: 1 }, student: { cite: old, when: kind = student, amount: 2 }";

#[test]
fn the_alternative_whose_condition_holds_applies() {
    assert_eq!([tariff(BY_KIND).said("kind=staff"), tariff(BY_KIND).said("kind=student")], ["1.00", "2.00"]);
    assert_eq!(tariff(BY_KIND).answer("kind=staff").text("rule"), "dues.tariff.staff");
}

#[test]
fn where_no_condition_holds_there_is_no_rule() {
    let answer = tariff(BY_KIND).answer("kind=other");
    assert_eq!((answer.said(), answer.text("rule")), ("no_rule no_rule".into(), "dues"));
    assert_eq!(answer.param("no_rule", "name"), "dues.tariff");
}

#[test]
fn without_a_condition_an_alternative_always_applies() {
    assert_eq!(dues("tariff: { cite: old, amount: 1 }").said(""), "1.00");
    assert_eq!(tariff("only: { cite: old, amount: 1 }").said(""), "1.00");
}

#[test]
fn an_open_condition_names_what_all_open_ones_lack() {
    assert_eq!(tariff(BY_KIND).said(""), "needs kind");
    let mixed = "a: { cite: old, when: kind = staff and active, amount: 1 }, b: { cite: old, when: kind = student and poor, amount: 2 }";
    assert_eq!(tariff(mixed).said(""), "needs kind, active, poor");
    assert_eq!(tariff(mixed).said("kind=staff"), "needs active", "the other is false");
    assert_eq!(tariff(mixed).said("kind=staff active=no"), "no_rule no_rule");
}

#[test]
fn alternatives_out_of_force_do_not_take_part() {
    let rules = tariff(
        "
        a: { cite: old, until: 2019-12-31, amount: 1 }, b: { cite: new, from: 2020-01-01, amount: 2 }",
    );
    assert_eq!([rules.ask("2019-12").said(), rules.ask("2020-01").said()], ["1.00", "2.00"]);
    let rules = tariff("a: { cite: new, when: active, amount: 1 }, b: { cite: old, when: not active, amount: 2 }");
    assert_eq!(rules.ask("2019-12").with("active=no").said(), "2.00");
    assert_eq!(rules.ask("2019-12").with("active=yes").said(), "no_rule no_rule");
}

#[test]
fn what_remains_applies_where_nothing_else_does() {
    let rules = tariff("a: { cite: old, when: kind = staff, amount: 1 }, z: { cite: old, otherwise: yes, amount: 9 }");
    assert_eq!([rules.said("kind=staff"), rules.said("kind=other")], ["1.00", "9.00"]);
    assert_eq!(rules.said(""), "needs kind", "what remains waits for the others to be decided");
    assert_eq!(rules.answer("kind=other").text("rule"), "dues.tariff.z");
}

#[test]
fn two_that_can_both_apply_are_refused_at_load() {
    let text =
        text_of_dues("tariff: { a: { cite: old, when: active, amount: 1 }, b: { cite: old, when: poor, amount: 2 } }");
    assert_eq!(codes(&text), ["two_rules"]);
}

/// A pair that the checker leaves undecided, because its conditions calculate.
const UNDECIDED: &str = "
    a: { cite: old, when: pay * factor > 100, amount: 1 }, b: { cite: old, when: promised * factor > 100, amount: 2 }";

#[test]
fn a_pair_that_was_not_decided_is_an_error_of_the_answer_when_both_hold() {
    assert_eq!(codes(&text_of_dues(&format!("tariff: {{ {UNDECIDED} }}"))), ["undecided"]);
    let answer = tariff(UNDECIDED).answer("pay=101 promised=101 factor=1");
    assert_eq!((answer.said(), answer.text("rule")), ("no_rule two_rules".into(), "dues"));
    assert_eq!(
        (answer.param("two_rules", "one"), answer.param("two_rules", "other")),
        ("dues.tariff.a", "dues.tariff.b")
    );
    assert_eq!(tariff(UNDECIDED).said("pay=101 promised=100 factor=1"), "1.00");
}

#[test]
fn one_that_holds_waits_for_one_that_could_hold_too() {
    assert_eq!(tariff(UNDECIDED).said("pay=101 factor=1"), "needs promised");
    assert_eq!(tariff(UNDECIDED).said("promised=101 factor=1"), "needs pay");
}

#[test]
fn one_that_holds_does_not_wait_for_one_that_was_proved_disjoint() {
    let rules = tariff(
        "
        a: { cite: old, when: kind = staff, amount: 1 }, b: { cite: old, when: kind = student and active, amount: 2 }",
    );
    assert_eq!(rules.said("kind=staff"), "1.00");
    let rules = tariff(
        "
        a: { cite: old, when: pay > 100, amount: 1 }, b: { cite: old, when: active and pay <= 100, amount: 2 }",
    );
    assert_eq!(rules.said("pay=101"), "1.00", "active is not asked for");
    assert_eq!(rules.said("pay=100"), "needs active");
}

#[test]
fn disjoint_alternatives_with_an_unknown_of_their_own_do_not_wait_either() {
    let rules = tariff("
        a: { cite: old, when: active or not poor, amount: 1 }, b: { cite: old, when: poor and not active and agreed, amount: 2 }");
    assert_eq!(rules.said("active=yes"), "1.00");
    assert_eq!(rules.said("poor=no"), "1.00");
    assert_eq!(rules.said("active=no poor=yes"), "needs agreed");
}

const BETTER: &str = "
    plain:  { cite: old, when: active, amount: 1 },
    better: { cite: old, when: active and poor, instead_of: plain, amount: 2 }";

#[test]
fn an_alternative_that_applies_instead_makes_the_other_false() {
    assert_eq!(tariff(BETTER).said("active=yes poor=no"), "1.00");
    assert_eq!(tariff(BETTER).said("active=yes poor=yes"), "2.00");
    assert_eq!(tariff(BETTER).said("active=no poor=yes"), "no_rule no_rule");
}

#[test]
fn an_unknown_replacement_leaves_the_one_that_holds_unknown() {
    assert_eq!(tariff(BETTER).said("active=yes"), "needs poor");
    assert_eq!(tariff(BETTER).said("poor=yes"), "needs active");
    assert_eq!(tariff(BETTER).said("poor=no"), "needs active");
    assert_eq!(tariff(BETTER).said("active=no"), "no_rule no_rule");
}

/// The best one stands instead of the better one, for those to whom the plain one does not apply.
const CHAIN: &str = "
    plain:  { cite: old, when: active, amount: 1 },
    better: { cite: old, when: poor, instead_of: plain, amount: 2 },
    best:   { cite: old, when: agreed and not active, instead_of: better, amount: 3 }";

#[test]
fn a_replacement_may_itself_be_replaced() {
    assert_eq!(tariff(CHAIN).said("active=no poor=yes agreed=yes"), "3.00");
    assert_eq!(tariff(CHAIN).said("active=no poor=no agreed=yes"), "3.00");
    assert_eq!(tariff(CHAIN).said("active=no poor=yes agreed=no"), "2.00");
    assert_eq!(tariff(CHAIN).said("active=yes poor=yes agreed=yes"), "2.00");
    assert_eq!(tariff(CHAIN).said("active=no poor=yes"), "needs agreed");
}

#[test]
fn a_replacement_of_a_replacement_does_not_replace_what_stands_behind_it() {
    let text = text_of_dues(
        "
        tariff:
          plain:  { cite: old, when: active, amount: 1 }
          better: { cite: old, when: active and poor, instead_of: plain, amount: 2 }
          best:   { cite: old, when: active and poor and agreed, instead_of: better, amount: 3 }
    ",
    );
    assert_eq!(codes(&text), ["two_rules"], "where the best applies, nothing stands instead of the plain one");
}

#[test]
fn an_alternative_that_does_not_apply_is_not_made_open_by_its_replacement() {
    let rules = tariff(
        "
        plain:  { cite: old, when: kind = staff, amount: 1 },
        better: { cite: old, when: kind = staff and poor, instead_of: plain, amount: 2 },
        other:  { cite: old, when: kind = student, amount: 4 }",
    );
    assert_eq!(rules.said("kind=student"), "4.00");
    assert_eq!(rules.said("kind=staff"), "needs poor");
}

#[test]
fn a_table_by_word_applies_to_its_words_only() {
    let rules = tariff(
        "
        table: { cite: old, by: kind, amounts: { staff: 1, student: 2 } },
        other: { cite: old, when: kind = other, amount: 3 }",
    );
    assert_eq!(["staff", "student", "other"].map(|kind| rules.said(&format!("kind={kind}"))), ["1.00", "2.00", "3.00"]);
    assert_eq!(rules.said(""), "needs kind");
}

#[test]
fn a_condition_made_of_what_is_known_not_to_be_has_no_rule() {
    let rules = crate::small::dues_with(
        "terms: { base: { kind: money per month, formula: { staff: { cite: old, when: kind = staff, is: pay } } } }",
        "tariff: { a: { cite: old, when: base > 5, amount: 1 }, b: { cite: old, when: base <= 5, amount: 2 } }",
    );
    assert_eq!(rules.said("kind=other"), "no_rule no_value");
    assert_eq!(rules.said("kind=staff pay=6"), "1.00");
}

#[test]
fn the_order_of_alternatives_in_the_document_decides_nothing() {
    let one = "a: { cite: old, when: pay * factor > 100, amount: 1 }";
    let other = "b: { cite: old, when: promised * factor > 100, amount: 2 }";
    for facts in [
        "",
        "pay=101 factor=1",
        "pay=101 promised=101 factor=1",
        "pay=1 promised=101 factor=1",
        "pay=1 promised=1 factor=1",
    ] {
        let said = [format!("{one}, {other}"), format!("{other}, {one}")].map(|both| tariff(&both).said(facts));
        assert_eq!(said[0], said[1], "{facts}");
    }
}
