//! Line 6: comparison and arithmetic with the unknown is unknown, names united; and, or, not by Kleene; `if` is unknown
//! unless both branches agree.

use crate::small::{Small, dues, dues_with};

/// `yes`, `no`, or what is needed to decide a condition.
fn decides(condition: &str, facts: &str) -> String {
    let rules = dues(&format!(
        "
        tariff:
          holds: {{ cite: old, when: \"{condition}\", amount: 1 }}
          rest: {{ cite: old, otherwise: yes, amount: 2 }}
    "
    ));
    match rules.said(facts).as_str() {
        "1.00" => "yes".to_owned(),
        "2.00" => "no".to_owned(),
        other => other.to_owned(),
    }
}

fn amount(expression: &str) -> Small {
    dues(&format!("tariff: {{ cite: old, amount: {expression} }}"))
}

#[test]
fn and_or_and_not_follow_kleene() {
    let told = |name: &str, value: Option<bool>| match value {
        Some(value) => format!("{name}={}", if value { "yes" } else { "no" }),
        None => String::new(),
    };
    let said = |value: Option<bool>, lacks: &str| match value {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => format!("needs {lacks}"),
    };
    let all = [Some(true), Some(false), None];
    for a in all {
        for b in all {
            let facts = format!("{} {}", told("active", a), told("poor", b));
            let names = [("active", a), ("poor", b)].into_iter().filter(|(_, value)| value.is_none());
            let lacks = names.map(|(name, _)| name).collect::<Vec<_>>().join(", ");
            let and = match (a, b) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            assert_eq!(decides("active and poor", &facts), said(and, &lacks), "and: {facts}");
            assert_eq!(decides("active or poor", &facts), said(or, &lacks), "or: {facts}");
        }
        let facts = told("active", a);
        assert_eq!(decides("not active", &facts), said(a.map(|a| !a), "active"), "not: {facts}");
    }
}

#[test]
fn a_comparison_with_the_unknown_names_what_it_lacks() {
    assert_eq!(decides("pay > 100", ""), "needs pay");
    assert_eq!(decides("pay > promised", ""), "needs pay, promised");
    assert_eq!(decides("promised > pay", "pay=3"), "needs promised");
    assert_eq!(decides("kind in staff | student", ""), "needs kind");
    assert_eq!(decides("kind != staff", ""), "needs kind");
    assert_eq!(decides("born + 18 years <= day", ""), "needs born");
}

#[test]
fn comparisons_hold_at_their_edges() {
    for (condition, below, on, above) in [
        ("pay < 100", "yes", "no", "no"),
        ("pay <= 100", "yes", "yes", "no"),
        ("pay = 100", "no", "yes", "no"),
        ("pay != 100", "yes", "no", "yes"),
        ("pay >= 100", "no", "yes", "yes"),
        ("pay > 100", "no", "no", "yes"),
    ] {
        let said = ["pay=99.99", "pay=100", "pay=100.01"].map(|facts| decides(condition, facts));
        assert_eq!(said, [below, on, above], "{condition}");
    }
    let inside = |pay| decides("0 < pay <= 100", pay);
    assert_eq!(
        [inside("pay=0"), inside("pay=0.01"), inside("pay=100"), inside("pay=100.01")],
        ["no", "yes", "yes", "no"]
    );
}

#[test]
fn a_name_is_asked_for_once_and_in_the_order_met() {
    assert_eq!(amount("promised + pay + promised").said(""), "needs promised, pay");
    assert_eq!(amount("pay + promised").said(""), "needs pay, promised");
    assert_eq!(amount("pay + promised").said("pay=1"), "needs promised");
}

#[test]
fn what_the_known_side_decides_is_not_asked() {
    assert_eq!(decides("active and pay > promised", "active=no"), "no");
    assert_eq!(decides("pay > promised and active", "active=no"), "no");
    assert_eq!(decides("active or pay > promised", "active=yes"), "yes");
    assert_eq!(decides("pay > promised or active", "active=yes"), "yes");
    assert_eq!(decides("active and pay > 1", "active=yes"), "needs pay");
}

#[test]
fn a_zero_times_the_unknown_is_still_unknown() {
    assert_eq!(amount("0 * pay").said(""), "needs pay");
    assert_eq!(amount("pay - pay").said(""), "needs pay");
}

#[test]
fn if_takes_the_branch_of_its_condition_and_leaves_the_other_unread() {
    let rules = amount("if active then pay else promised");
    assert_eq!(rules.said("active=yes pay=1"), "1.00");
    assert_eq!(rules.said("active=no promised=2"), "2.00");
    assert_eq!(rules.said("active=yes"), "needs pay");
    assert_eq!(rules.said("active=no"), "needs promised");
}

#[test]
fn an_undecided_if_names_what_its_condition_lacks() {
    assert_eq!(amount("if active then pay else promised").said(""), "needs active");
    assert_eq!(amount("if active then pay else promised").said("pay=1 promised=2"), "needs active");
    assert_eq!(amount("if active and poor then 1 else 2").said(""), "needs active, poor");
}

#[test]
fn an_undecided_if_whose_branches_agree_is_known() {
    let rules = amount("if active then pay else promised");
    assert_eq!(rules.said("pay=3 promised=3"), "3.00");
    assert_eq!(rules.said("pay=3 promised=3.00"), "3.00");
    assert_eq!(decides("if active then kind = staff else kind in staff | other", "kind=staff"), "yes");
    assert_eq!(decides("if active then kind = staff else kind in staff | other", "kind=student"), "no");
    assert_eq!(decides("if active then kind = staff else kind in staff | other", "kind=other"), "needs active");
}

#[test]
fn an_error_in_a_branch_of_an_undecided_if_leaves_it_undecided() {
    let rules = amount("if heads > 0 then pay / heads else 0");
    assert_eq!(rules.said("heads=0 pay=5"), "0.00", "the other branch is not worked out");
    let rules = amount("if active then pay / heads else 5");
    assert_eq!(rules.said("heads=0 pay=5"), "needs active");
    assert_eq!(rules.said("active=yes heads=0 pay=5"), "rejected division_by_zero");
}

#[test]
fn an_absent_list_is_unknown() {
    let rules = dues(
        "
        each: gifts
        day: on_day
        tariff: { cite: old, amount: gave }
    ",
    );
    assert_eq!(rules.said(""), "needs gifts");
    assert_eq!(rules.ask("2026-11").records("gifts", &[]).said(), "not_due");
}

const SOME: &str = "
    terms:
      base:
        kind: money per month
        formula: { staff: { cite: old, when: kind = staff, is: pay } }
";

#[test]
fn otherwise_sees_what_is_known_not_to_be() {
    let rules = dues_with(SOME, "tariff: { cite: old, amount: base otherwise 7 }");
    assert_eq!(rules.said("kind=staff pay=3"), "3.00");
    assert_eq!(rules.said("kind=other"), "7.00", "there is no base for others");
}

#[test]
fn otherwise_never_replaces_the_unknown() {
    let rules = dues_with(SOME, "tariff: { cite: old, amount: base otherwise 7 }");
    assert_eq!(rules.said("kind=staff"), "needs pay");
    assert_eq!(rules.said(""), "needs kind");
}

#[test]
fn exists_asks_whether_there_is_a_value_and_not_whether_it_was_told() {
    let rules = dues_with(
        SOME,
        "
        tariff:
          with: { cite: old, when: base exists, amount: 1 }
          without: { cite: old, when: not (base exists), amount: 2 }
    ",
    );
    assert_eq!(rules.said("kind=staff pay=3"), "1.00");
    assert_eq!(rules.said("kind=staff pay=0"), "1.00", "a zero exists");
    assert_eq!(rules.said("kind=other"), "2.00");
    assert_eq!(rules.said("kind=staff"), "needs pay");
    assert_eq!(rules.said(""), "needs kind");
}

#[test]
fn an_amount_made_of_what_is_known_not_to_be_has_no_rule() {
    let rules = dues_with(SOME, "tariff: { cite: old, amount: base * 2 }");
    assert_eq!(rules.said("kind=other"), "no_rule no_value");
    assert_eq!(rules.answer("kind=other").param("no_value", "name"), "base");
    let rules = dues_with(SOME, "tariff: { cite: old, when: base > 5, amount: 1 }");
    assert_eq!(rules.said("kind=other"), "no_rule no_value");
}

#[test]
fn a_setting_out_of_force_is_known_not_to_be() {
    let before = "settings: { extra: { kind: money per month, cite: new, default: 5 } }";
    let rules = dues_with(before, "tariff: { cite: old, amount: extra otherwise 1 }");
    assert_eq!([rules.ask("2020-01").said(), rules.ask("2020-02").said()], ["1.00", "5.00"]);
}
