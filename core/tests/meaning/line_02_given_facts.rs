//! Line 2: every given fact is read by its declared kind first; a misfit is rejected, used or not.

use crate::small::{Small, dues};

fn flat() -> Small {
    dues("tariff: { cite: old, amount: 1 }")
}

#[test]
fn a_value_of_the_wrong_form_is_rejected_although_no_rule_reads_it() {
    for facts in [
        "pay=5,400",
        "pay=1e3",
        "pay=+5",
        "pay=.5",
        "pay=5.",
        "pay=５",
        "pay=¥5",
        "pay=",
        "heads=1.5",
        "heads=-1",
        "active=true",
        "active=Yes",
        "begun=2026-02-30",
        "begun=2026/01/31",
        "begun=2026-1-31",
        "since_month=2026-01-01",
        "since_month=2026-13",
        "notice=-3",
        "notice=3.5",
        "term_of_office=x",
        "factor=1/3",
        "part=x%",
    ] {
        assert_eq!(flat().said(facts), "rejected bad_value", "{facts}");
    }
}

#[test]
fn a_value_of_the_right_form_is_accepted() {
    for facts in [
        "pay=5400",
        "pay=0",
        "pay=5400.255",
        "heads=0",
        "active=yes",
        "active=否",
        "begun=2026-01-31",
        "since_month=2026-01",
        "notice=30",
        "term_of_office=6",
        "factor=-1.25",
        "part=5%",
        "part=0.05",
        "kind=staff",
        "kind=学生",
        "purposes=choir|hall",
    ] {
        assert_eq!(flat().said(facts), "1.00", "{facts}");
    }
}

#[test]
fn a_value_outside_its_range_is_rejected() {
    assert_eq!(flat().said("pay=-0.01"), "rejected out_of_range");
    assert_eq!(flat().said("part=101%"), "rejected out_of_range");
    assert_eq!(flat().said("part=100%"), "1.00");
    assert_eq!(flat().answer("pay=-5").param("out_of_range", "wanted"), "x ≥ 0");
}

#[test]
fn a_word_that_the_fact_does_not_have_is_rejected_and_a_title_is_a_word() {
    assert_eq!(flat().said("kind=farmer"), "rejected unknown_word");
    assert_eq!(flat().said("kind=STAFF"), "rejected unknown_word");
    assert_eq!(flat().said("purposes=choir|garden"), "rejected unknown_word");
    let by_kind = dues("tariff: { cite: old, by: kind, amounts: { staff: 1, student: 2, other: 3 } }");
    assert_eq!([by_kind.said("kind=student"), by_kind.said("kind=学生")], ["2.00", "2.00"]);
}

#[test]
fn a_fact_that_is_not_declared_is_rejected() {
    let answer = flat().answer("pays=5");
    assert_eq!(answer.said(), "rejected unknown_fact");
    assert_eq!(answer.param("unknown_fact", "near"), "pay");
}

#[test]
fn every_misfit_is_told_with_its_fact_and_value() {
    let answer = flat().answer("pay=5,400 kind=farmer begun=2026-02-30");
    assert_eq!(
        answer.findings(),
        "bad_value, unknown_word, bad_value",
        "in the order of their names: begun, kind, pay"
    );
    assert_eq!([answer.param("bad_value", "name"), answer.param("bad_value", "value")], ["begun", "2026-02-30"]);
    assert_eq!(answer.param("unknown_word", "name"), "kind");
}

#[test]
fn a_history_needs_days_and_one_value_a_day() {
    assert_eq!(flat().said("pay=2026-02-30:5"), "rejected bad_history");
    assert_eq!(flat().said("pay=2026-01-01:5,2026-01-01:6"), "rejected bad_history");
    assert_eq!(flat().said("pay=2026-01-01:5,2026-02-01:x"), "rejected bad_value");
    assert_eq!(flat().said("pay=2026-01-01:5,2026-02-01:-6"), "rejected out_of_range");
    assert_eq!(flat().said("pay=2026-02-01:6,2026-01-01:5"), "1.00", "records may come in any order");
}

#[test]
fn the_records_of_a_list_are_read_by_the_kinds_of_their_fields() {
    let with = |record: &str| flat().ask("2026-11").records("gifts", &[record]).said();
    assert_eq!(with("gave=5 on_day=2026-11-01"), "1.00");
    assert_eq!(with("gave=-5 on_day=2026-11-01"), "rejected out_of_range");
    assert_eq!(with("gave=x on_day=2026-11-01"), "rejected bad_value");
    assert_eq!(with("gave=5 on_day=2026-11-31"), "rejected bad_value");
    assert_eq!(with("gave=5 on=2026-11-01"), "rejected unknown_fact");
    assert_eq!(flat().said("gifts=5"), "rejected bad_value", "a list is told as records");
}

#[test]
fn a_misfit_goes_before_everything_else_that_could_be_said() {
    let rules = dues(
        "
        owed: { cite: old, when: active }
        tariff: { cite: old, amount: pay }
    ",
    );
    assert_eq!(rules.said("active=no heads=x"), "rejected bad_value");
    assert_eq!(rules.said("heads=x"), "rejected bad_value");
    assert_eq!(rules.ask("1999-11").with("heads=x").said(), "rejected bad_value");
}
