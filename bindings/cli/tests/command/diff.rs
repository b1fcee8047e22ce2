//! What changed between two rule sets, and for whom.

use std::fs;

use super::support::{Ran, club, repository, rollbook};

fn diff(before: &str, after: &str, more: &[&str]) -> Ran {
    rollbook(&[&["diff", before, after, "--lang", "en"], more].concat())
}

/// A second edition of the small club, in which 5 of what is paid is not counted.
fn second_edition(folder: &tempfile::TempDir, path: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.replace("edition: 1", "edition: 2").replace("amount: paid }", "amount: paid - 5 EUR per month }");
    let second = folder.path().join("second.yaml");
    fs::write(&second, text).unwrap();
    second.to_str().unwrap().to_owned()
}

fn roster(folder: &tempfile::TempDir, text: &str) -> String {
    let path = folder.path().join("roster.csv");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_notice_of_2017_is_told_rule_by_rule_and_row_by_row_in_both_languages() {
    let roster = repository("examples/roster.csv");
    for lang in ["zh", "en"] {
        let question = ["--roster", roster.to_str().unwrap(), "--period", "2026-11", "--lang", lang];
        let ran = rollbook(&[&["diff", "cpc@2016-12-31", "cpc@2017-01-01"][..], &question].concat());
        assert_eq!((ran.code, ran.err.is_empty()), (1, true), "{ran:?}");
        insta::assert_snapshot!(format!("diff_cpc_{lang}"), ran.out);
    }
}

#[test]
fn a_new_edition_is_compared_with_the_old_one() {
    let (folder, path) = club("");
    let second = second_edition(&folder, &path);
    let ran = diff(&path, &second, &[]);
    assert_eq!(ran.code, 1);
    let said = "\
before: rule set club, edition 1: the rules in force on 2020-01-01
after:  rule set club, edition 2: the rules in force on 2020-01-01

dues · Tariff: changed
  − amount: paid
  + amount: paid − 5 per month

1 changed
";
    assert_eq!(ran.out, said);
}

#[test]
fn nothing_different_ends_with_0() {
    let (folder, path) = club("");
    let roster = roster(&folder, "id,paid\nA,5\nB,\n");
    let ran = diff(&path, &path, &["--roster", &roster, "--period", "2026-01"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("\nno rule is different\n") && ran.out.contains("total: 5.00 → 5.00 EUR, +0.00\n"),
        "{ran:?}"
    );
    // Two days of one edition between which nothing begins or ends.
    assert_eq!(diff("cpc@2018-01-01", "cpc@2019-01-01", &[]).code, 0);
}

#[test]
fn who_owes_more_or_less_and_who_cannot_be_compared_is_counted_apart() {
    let (folder, path) = club("");
    let second = second_edition(&folder, &path);
    let roster = roster(&folder, "id,paid\nA,25\nB,5\nC,4\nD,\nE,x\nF,7.5\n");
    let ran = diff(&path, &second, &["--roster", &roster, "--period", "2026-01"]);
    assert_eq!(ran.code, 1);
    let said = "
dues · 2026-01
  A  25.00 → 20.00  −5.00
  B  5.00 → 0.00  −5.00
  C  4.00 → something cannot be read
  F  7.50 → 2.50  −5.00
owe less: 3 rows, −15.00 EUR
not settled on one side at least: 1 row
not settled on both sides alike: 2 rows
total: 37.50 → 22.50 EUR, −15.00
";
    assert!(ran.out.ends_with(said), "{}", ran.out);
    let back = diff(&second, &path, &["--roster", &roster, "--period", "2026-01"]);
    assert!(back.out.contains("owe more: 3 rows, +15.00 EUR\n"), "{}", back.out);
}

#[test]
fn the_rows_that_changed_go_into_a_file_when_one_is_named() {
    let (folder, path) = club("");
    let second = second_edition(&folder, &path);
    let roster = roster(&folder, "id,paid,shoe\nA,25,44\nB,,44\nC,3,44\n");
    let out = folder.path().join("changes.csv");
    let more = ["--roster", &roster, "--period", "2026-01", "--out", out.to_str().unwrap()];
    let ran = diff(&path, &second, &more);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err, "column 3 `shoe` is not used: it is neither the name nor the title of a fact\n");
    assert!(!ran.out.contains("  A  ") && ran.out.contains("owe less: 1 row, −5.00 EUR"), "{}", ran.out);
    let said = "\
id,before,after,difference,status_before,status_after,rule_before,rule_after
A,25.00,20.00,-5.00,charged,charged,dues.tariff,dues.tariff
C,3.00,,,charged,rejected,dues.tariff,dues.tariff
";
    assert_eq!(fs::read_to_string(out).unwrap(), said);
}

#[test]
fn a_side_with_a_day_is_asked_for_the_period_of_that_day() {
    let roster = repository("examples/roster.csv");
    let more = ["--roster", roster.to_str().unwrap(), "--period", "2026-11"];
    assert!(diff("cpc@2016-12-31", "cpc", &more).out.contains("\nmembership dues · 2016-12 → 2026-11\n"));
    assert!(diff("cpc", "cpc", &more).out.contains("\nmembership dues · 2026-11\n"));
}

#[test]
fn what_cannot_be_compared_is_one_line_and_nothing_else() {
    let roster = repository("examples/roster.csv");
    let roster = roster.to_str().unwrap();
    let on_roster = ["--roster", roster, "--period", "2026-11"];
    for (ran, said) in [
        (diff("cpc", "fdp", &on_roster), "amounts in CNY and in EUR cannot be compared"),
        (
            diff("cpc", "cpc", &["--roster", "-", "--period", "2026-11"]),
            "the roster is read twice, once for each side: give a file, not standard input",
        ),
        (diff("cpc@2016-13-01", "cpc", &[]), "`cpc@2016-13-01`: behind `@` stands a day:"),
        (
            diff("cpc@2016-12-31", "cpc", &["--at", "2017-01-01"]),
            "`cpc@2016-12-31` names a day, so --at would say another",
        ),
        (diff("cpk", "cpc", &[]), "there is no rule set `cpk`; did you mean `cpc`?"),
        (rollbook(&["diff", "cpc", "cyl", "--lang", "fr"]), "--lang `fr`: rule set `cpc` speaks zh, en"),
    ] {
        assert!(ran.failure().starts_with(said) && ran.out.is_empty(), "{ran:?}");
    }
    assert_eq!(diff("cpc", "cpc", &["--roster", roster]).code, 2);
    assert_eq!(diff("cpc", "cpc", &["--period", "2026-11"]).code, 2);
}
