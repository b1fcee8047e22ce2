//! Line 16: the status is that of the first stage that stops; missing is what that stage still needs, each once, only
//! from parts that can still matter; later stages are not guessed.

use crate::small::{Small, dues, rules, text};

const ALL_STAGES: &str = "
    owed: { cite: old, when: active }
    as_of: { cite: old, is: 'latest(period_start, born)' }
    reductions: { hard: { cite: old, when: poor, needs: agreed, pays: part } }
    tariff:
      staff: { cite: old, when: kind = staff, rate: 1%, of: pay }
      student: { cite: old, when: kind = student, amount: 0.20 }
    limits: { cap: { cite: old, at_most: promised, when: kind = staff } }
";

fn all_stages() -> Small {
    dues(ALL_STAGES)
}

#[test]
fn each_stage_asks_only_when_those_before_it_are_decided() {
    let mut facts = String::new();
    for (told, then) in [
        ("", "needs active"),
        ("active=yes", "needs born"),
        ("born=2000-01-01", "needs poor"),
        ("poor=yes", "needs agreed"),
        ("agreed=yes", "needs kind"),
        ("kind=staff", "needs pay"),
        ("pay=1000", "needs part"),
        ("part=50%", "needs promised"),
        ("promised=100", "5.00"),
    ] {
        facts = format!("{facts} {told}");
        assert_eq!(all_stages().said(&facts), then, "{facts}");
    }
}

#[test]
fn only_what_still_matters_is_asked_for() {
    let known = "active=yes born=2000-01-01 poor=no";
    assert_eq!(all_stages().said(&format!("{known} kind=student")), "0.20", "a student needs neither pay nor a limit");
    assert_eq!(
        all_stages().said(&format!("{known} kind=staff pay=1000")),
        "needs promised",
        "nor is the share of a reduction needed that does not apply"
    );
    assert_eq!(all_stages().said("active=no"), "not_due");
}

#[test]
fn a_stage_that_stops_goes_before_what_a_later_one_would_say() {
    assert_eq!(all_stages().said("active=no kind=other"), "not_due");
    assert_eq!(all_stages().said("active=yes born=2000-01-01 poor=no kind=other"), "no_rule no_rule");
    assert_eq!(all_stages().said("kind=other"), "needs active", "that no tariff applies is not guessed");
}

#[test]
fn amount_and_exact_exist_only_where_something_is_charged() {
    for facts in ["", "active=no", "active=yes born=2000-01-01 poor=no kind=other"] {
        let answer = all_stages().answer(facts);
        assert_eq!((answer.text("amount"), answer.text("exact")), ("", ""), "{facts}");
    }
}

#[test]
fn each_name_is_asked_for_once() {
    let rules = dues(
        "
        tariff:
          a: { cite: old, when: active and poor, amount: 1 }
          b: { cite: old, when: active and not poor, amount: 2 }
          c: { cite: old, when: not active, amount: 3 }
    ",
    );
    assert_eq!(rules.said(""), "needs active, poor");
    assert_eq!(rules.said("active=no"), "3.00");
    assert_eq!(rules.said("poor=no"), "needs active");
}

#[test]
fn names_come_in_the_order_of_the_alternatives_names_and_from_left_to_right() {
    let alternatives = [
        "b: { cite: old, when: kind = student and poor, amount: 2 }",
        "a: { cite: old, when: kind = staff and agreed and active, amount: 1 }",
    ];
    let one = dues(&format!("tariff: {{ {}, {} }}", alternatives[0], alternatives[1]));
    let other = dues(&format!("tariff: {{ {}, {} }}", alternatives[1], alternatives[0]));
    assert_eq!(
        [one.said(""), other.said("")],
        ["needs kind, agreed, active, poor", "needs kind, agreed, active, poor"]
    );
}

#[test]
fn limits_are_asked_in_the_order_of_their_names() {
    let rules = dues(
        "
        tariff: { cite: old, amount: 100 }
        limits: { z: { cite: old, at_most: pay }, a: { cite: old, at_most: promised } }
    ",
    );
    assert_eq!([rules.said(""), rules.said("promised=1")], ["needs promised", "needs pay"]);
}

#[test]
fn an_answer_names_the_rule_set_and_the_question() {
    let answer = dues("tariff: { cite: old, amount: 1 }").answer("");
    assert_eq!(
        (answer.0["rule_set"]["id"].as_str(), answer.0["rule_set"]["edition"].as_u64()),
        (Some("small"), Some(1))
    );
    assert_eq!(
        (answer.text("charge"), answer.text("period"), answer.text("currency"), answer.text("unit")),
        ("dues", "2026-11", "CNY", "month")
    );
    assert_eq!(answer.0["rule_set"]["hash"].as_str().unwrap().len(), 64);
}

const TEXTS: &str = "
    charges:
      dues:
        per: month
        tariff: { staff: { cite: old, when: kind = staff, amount: 1 }, student: { cite: old, when: kind = student, amount: 2 } }
        round: { cite: old, is: half_up to 1 }
    not_encoded:
      - { cite: new art. 9, why: a text about students, touches: dues.tariff.student }
      - { cite: old art. 3, why: a text about all, touches: [ dues ] }
      - { cite: old art. 4, why: a text that touches nothing }
";

#[test]
fn a_text_that_is_not_encoded_shows_in_the_answers_that_it_touches() {
    let rules = rules(TEXTS);
    let findings = |period, facts| rules.ask(period).with(facts).answer();
    let student = findings("2026-11", "kind=student");
    assert_eq!(student.findings(), "not_encoded, not_encoded");
    assert_eq!(student.param("not_encoded", "why"), "a text about students");
    let staff = findings("2026-11", "kind=staff");
    assert_eq!((staff.findings(), staff.param("not_encoded", "why")), ("not_encoded".into(), "a text about all"));
    assert_eq!(
        findings("2019-11", "kind=student").param("not_encoded", "why"),
        "a text about all",
        "the other is not in force yet"
    );
}

#[test]
fn a_text_that_touches_no_rule_is_refused() {
    let wrong = text(TEXTS).replace("touches: [ dues ]", "touches: [ dues.tarif ]");
    assert_eq!(crate::small::codes(&wrong), ["wrong_reference"]);
}
