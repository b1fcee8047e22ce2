//! Rosters as JSON lines.

use std::fs;

use super::support::{Ran, dues};

fn objects(rows: &[&str]) -> Ran {
    dues(rows.join("\n"), &[])
}

#[test]
fn an_object_is_a_row() {
    let ran = objects(&[
        r#"{"id": "A", "stage": "full", "category": "waged", "base": "5400"}"#,
        "",
        r#"{"id": "B", "stage": "full", "category": "farmer"}"#,
        r#"{"base": 2860.40, "category": "waged", "stage": "full", "id": 7}"#,
    ]);
    assert_eq!(
        (ran.code, ran.column("amount")),
        (0, ["81.00", "0.20", "14.30"].map(str::to_owned).to_vec()),
        "{}",
        ran.err
    );
    assert_eq!(ran.column("id"), ["A", "B", "7"]);
    assert!(ran.err.starts_with("3 rows read, 1 empty skipped\n"), "{}", ran.err);
}

#[test]
fn a_number_is_taken_digit_by_digit_as_it_is_written() {
    let base = |written: &str| {
        let ran = objects(&[&format!(r#"{{"id": "A", "stage": "full", "category": "waged", "base": {written}}}"#)]);
        (ran.column("amount").remove(0), ran.column("findings").remove(0))
    };
    // A binary float would make 3000.0000000000000001 the 3000 of the lower band.
    assert_eq!(base("3000").0, "15.00");
    assert_eq!(base("3000.0000000000000001").0, "30.00");
    assert_eq!(base("5400.50").0, "81.01");
    let (amount, finding) = base("5.4e3");
    assert_eq!(amount, "");
    assert!(finding.contains("row 1, column `base`") && finding.contains("did you mean `5400`?"), "{finding}");
    assert!(base("true").1.contains("`true` cannot be read"));
    assert_eq!(base("null"), base("\"\""));
}

#[test]
fn yes_and_no_may_be_true_and_false() {
    let ran = |value: &str| {
        let question = ["dues", "-", "--rules", "fdp", "--period", "2026-11"];
        let row = format!(r#"{{"id": "A", "income": 2000, "in_training": {value}, "declared": 10}}"#);
        super::support::rollbook_with(&question, row.as_bytes())
    };
    assert_eq!(ran("true").out, ran("\"yes\"").out);
    assert_eq!(ran("false").out, ran("\"no\"").out);
    assert!(ran("\"maybe\"").column("findings")[0].contains("in_training"), "{}", ran("\"maybe\"").out);
}

#[test]
fn a_value_that_changed_and_a_list_can_be_told() {
    let ran = objects(&[
        r#"{"id": "A", "stage": "full", "category": "waged", "base": [{"from": "2026-01-01", "value": 4000}, {"from": "2026-09-01", "value": "6000"}]}"#,
        r#"{"id": "B", "stage": "full", "category": "waged", "base": [{"from": "2026-01-01"}]}"#,
        r#"{"id": "C", "stage": "full", "category": ["waged"], "base": {"value": 1}}"#,
    ]);
    assert_eq!(ran.column("status"), ["charged", "rejected", "rejected"], "{}", ran.out);
    assert!(ran.column("findings")[1].contains("row 2, column `base`"), "{}", ran.out);
    let question = ["dues", "-", "--rules", "cpc", "--charge", "voluntary", "--period", "2026-11"];
    let row = r#"{"id": "A", "stage": "full", "voluntary_payments": [{"paid": "1200", "paid_on": "2026-11-05"}]}"#;
    let ran = super::support::rollbook_with(&question, row.as_bytes());
    assert!(!ran.err.contains("voluntary_payments"), "{}", ran.err);
    assert_eq!(ran.column("amount"), ["1200.00"], "{}", ran.out);
}

#[test]
fn a_key_that_comes_later_tells_its_fact_too() {
    let rows = [
        r#"{"id": "A", "stage": "full", "category": "farmer"}"#,
        r#"{"id": "B", "stage": "full", "category": "waged", "base": 5400, "shoe size": 43}"#,
    ];
    let ran = objects(&rows);
    assert_eq!(ran.column("amount"), ["0.20", "81.00"]);
    assert!(ran.err.contains("`shoe size` is not used"), "{}", ran.err);
    let kept = dues(rows.join("\n"), &["--keep"]);
    assert!(kept.err.contains("2 keys stand in later rows only; --keep does not list them"), "{}", kept.err);
    assert!(kept.out.starts_with("id,stage,category,id,period,"), "{}", kept.out);
    let twice = objects(&[rows[0], r#"{"id": "B", "类别": "waged"}"#]);
    assert!(twice.failure().contains("both tell the same fact"), "{twice:?}");
}

#[test]
fn each_mistake_costs_its_own_row() {
    let ran = objects(&[
        r#"{"id": "A", "stage": "full", "category": "waged", "base": "5,400"}"#,
        r#"{"stage": "full", "category": "student"}"#,
        r#"{"id": "A", "stage": "full", "category": "student"}"#,
        r#"{"id": ["C"], "stage": "full", "category": "student"}"#,
        r#"{"id": "D", "stage": "full", "category": "student"}"#,
    ]);
    assert_eq!(ran.column("status"), ["rejected", "rejected", "rejected", "rejected", "charged"]);
    let findings = ran.column("findings");
    assert!(findings[0].contains("row 1, column `base`: dues base: `5,400` cannot be read"), "{findings:?}");
    assert_eq!(findings[1], "no_id: row 2 has no id");
    assert_eq!(findings[2], "duplicate_id: the id of row 3 stands in row 1 already");
    assert_eq!(findings[3], "no_id: row 4 has no id");
}

#[test]
fn bytes_that_are_no_text_cost_their_row() {
    let rows = [
        &b"{\"id\": \"A\", \"stage\": \"full\", \"category\": \"\xFFstudent\"}\n"[..],
        b"{\"id\": \"B\", \"stage\": \"full\", \"category\": \"student\"}\n",
    ];
    let ran = dues(rows.concat(), &[]);
    assert_eq!(ran.column("status"), ["rejected", "charged"]);
    assert!(ran.column("findings")[0].starts_with("not_text: row 1, column `category`"), "{}", ran.out);
}

#[test]
fn what_is_no_json_is_one_clear_line_without_a_fact() {
    let good = r#"{"id": "A", "stage": "full", "category": "waged", "base": "98765"}"#;
    for (row, said) in [
        (r#"{"id": "B", "base": "98765"#, "row 2, character"),
        (r#"{"id": "B", "base": 98765, "base": 1}"#, "row 2, character"),
        (r#"{"id": "B" "base": 98765}"#, "row 2, character"),
        ("98765", "row 2 is no object in braces"),
        ("[98765]", "row 2 is no object in braces"),
    ] {
        let ran = objects(&[good, row]);
        assert!(ran.failure().contains(said), "{row}: {ran:?}");
        assert!(!ran.err.contains("98765"), "{}", ran.err);
    }
    assert!(objects(&[r#"{"stage": "full"}"#]).failure().contains("has no key `id`"));
}

#[test]
fn a_cut_file_leaves_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.jsonl");
    let rows = "{\"id\": \"A\", \"stage\": \"full\", \"category\": \"student\"}\n{\"id\": \"B\", \"stag";
    dues(rows, &["--out", out.to_str().unwrap()]).failure();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn answers_as_json_lines_are_a_roster_again() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.jsonl");
    let rows = "id,stage,category,base\nA,full,waged,5400\nB,full,waged,\n";
    assert_eq!(dues(rows, &["--out", out.to_str().unwrap()]).code, 1);
    let ran = dues(fs::read(&out).unwrap(), &[]);
    assert_eq!(ran.column("id"), ["A", "B"]);
}
