//! Line 18: the rule that gave the amount or the status, its version, and the clauses that the answer rests on.

use crate::small::{Small, dues, dues_rounded};

fn rules() -> Small {
    dues_rounded("round: { cite: old art. 99, is: half_up to 0.1 }", "
        owed: { cite: old art. 1, starts: begun, ends: over, part: by_day }
        as_of: { cite: old art. 2, is: period_start }
        reductions:
          hard:  { cite: old art. 3, when: kind = other, amount: 7 }
          share: { cite: old art. 4, when: poor, pays: 50% }
          free:  { cite: old art. 5, when: kind = student, needs: not poor, exempt: yes }
          take: lowest
        tariff:
          staff: [ { cite: old art. 6, when: kind = staff, amount: pay }, { cite: new art. 6, when: kind = staff, amount: pay * 2 } ]
          rest:  { cite: [ old art. 7, paper ], when: kind in student | other, amount: pay }
        limits:
          cap:   { cite: old art. 8, at_most: 100 }
          floor: { cite: old art. 10, at_least: 1 }
    ")
}

const ALL: &str = "begun=2000-01-01 over=2030-01-01 poor=no";

#[test]
fn the_rule_is_the_alternative_that_gave_the_amount_with_the_first_day_of_its_version() {
    let answer = rules().ask("2026-11").with(&format!("{ALL} kind=staff pay=10")).answer();
    assert_eq!(
        (answer.text("rule"), answer.text("version"), answer.cites()),
        ("dues.tariff.staff", "2020-01-16", "new art. 6".into())
    );
    let answer = rules().ask("2019-11").with(&format!("{ALL} kind=staff pay=10")).answer();
    assert_eq!(
        (answer.text("rule"), answer.text("version"), answer.cites()),
        ("dues.tariff.staff", "2000-01-01", "old art. 6".into())
    );
}

#[test]
fn a_tariff_without_names_is_itself_the_rule() {
    let answer = dues("tariff: { cite: old art. 1, amount: 1 }").answer("");
    assert_eq!((answer.text("rule"), answer.text("version")), ("dues.tariff", "2000-01-01"));
}

#[test]
fn the_reduction_that_stated_the_amount_is_the_rule() {
    let answer = rules().answer(&format!("{ALL} kind=other"));
    assert_eq!(
        (answer.text("rule"), answer.said(), answer.cites()),
        ("dues.reductions.hard", "7.0".into(), "old art. 3".into())
    );
}

#[test]
fn the_reduction_that_exempted_is_the_rule() {
    let answer = rules().answer(&format!("{ALL} kind=student"));
    assert_eq!(
        (answer.text("rule"), answer.said(), answer.cites()),
        ("dues.reductions.free", "exempt".into(), "old art. 5".into())
    );
}

#[test]
fn whatever_changed_the_amount_is_cited_behind_the_rule() {
    let facts = |pay: &str| format!("begun=2000-01-01 over=2030-01-01 poor=yes kind=student pay={pay}");
    let cites = |pay: &str| rules().answer(&facts(pay)).cites();
    assert_eq!(cites("10"), "old art. 7; paper; old art. 4");
    assert_eq!(cites("1000"), "old art. 7; paper; old art. 4; old art. 8", "and the limit");
    assert_eq!(cites("0.5"), "old art. 7; paper; old art. 4; old art. 10", "and the other limit");
    assert_eq!(cites("10.1"), "old art. 7; paper; old art. 4; old art. 99", "and the rounding of 5.05");
}

#[test]
fn what_did_not_change_the_amount_is_not_cited() {
    let answer = rules().answer(&format!("{ALL} kind=staff pay=50"));
    assert_eq!(
        (answer.said(), answer.cites()),
        ("100.0".into(), "new art. 6".into()),
        "the limit is met, not acted on"
    );
}

#[test]
fn a_part_of_the_amount_cites_the_rule_of_the_owed_days() {
    let answer = rules().answer("begun=2026-11-16 over=2030-01-01 poor=no kind=staff pay=10");
    assert_eq!((answer.said(), answer.cites()), ("10.0".into(), "new art. 6; old art. 1".into()));
}

#[test]
fn where_no_rule_gave_a_status_the_charge_stands_for_it() {
    for facts in ["begun=2030-01-01 over=2030-01-01", "begun=2000-01-01 over=2030-01-01"] {
        let answer = rules().answer(facts);
        assert_eq!((answer.text("rule"), answer.text("version")), ("dues", ""), "{facts}");
    }
}

#[test]
fn an_alternative_that_was_chosen_and_stops_is_the_rule_of_the_status() {
    let open = rules().answer(&format!("{ALL} kind=staff"));
    assert_eq!((open.said(), open.text("rule")), ("needs pay".into(), "dues.tariff.staff"));
    let negative = dues("tariff: { one: { cite: old, amount: pay - 10 } }").answer("pay=1");
    assert_eq!((negative.said(), negative.text("rule")), ("rejected negative_amount".into(), "dues.tariff.one"));
    let once = dues("tariff: { one: { cite: old, per: year, due_in: first owed month, amount: 12 } }").answer("");
    assert_eq!((once.said(), once.text("rule")), ("not_due".into(), "dues.tariff.one"));
}

#[test]
fn several_clauses_of_one_version_are_each_cited_once() {
    let answer = dues(
        "
        tariff: { cite: [ old art. 1, old art. 2 ], amount: pay }
        reductions: { hard: { cite: [ old art. 2, old art. 3 ], when: poor, pays: 50% } }
    ",
    )
    .answer("pay=10 poor=yes");
    assert_eq!(answer.cites(), "old art. 1; old art. 2; old art. 3");
}
