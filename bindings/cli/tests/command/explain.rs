//! One answer with its steps and clauses.

use std::fs;

use super::support::{Ran, rollbook, rollbook_with};

fn explain(more: &[&str]) -> Ran {
    let question = ["explain", "--rules", "cpc", "--period", "2026-11", "--lang", "en"];
    rollbook(&[&question, more].concat())
}

fn with_facts(json: &str, more: &[&str]) -> Ran {
    let question = ["explain", "--rules", "cpc", "--facts", "-", "--lang", "en"];
    rollbook_with(&[&question, more].concat(), json.as_bytes())
}

#[test]
fn the_steps_lead_to_the_amount_and_name_their_clauses() {
    let ran = explain(&["stage=full", "category=waged", "base=5400"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in ["5400", "1.5%", "81", "arts 1-4", "10000"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn the_language_is_the_rule_sets_first_unless_another_is_asked_for() {
    let ran = rollbook(&[
        "explain",
        "--rules",
        "cpc",
        "--period",
        "2026-11",
        "stage=正式党员",
        "类别=按月领工资",
        "基数=5400",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("第一条至第四条"), "{}", ran.out);
}

#[test]
fn it_is_written_as_text_markdown_or_json() {
    let facts = ["stage=full", "category=waged", "base=5400"];
    let markdown = explain(&[&["--format", "markdown"][..], &facts].concat());
    let json = explain(&[&["--format", "json"][..], &facts].concat());
    assert!(markdown.out.starts_with('#'), "{}", markdown.out);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["answer"]["amount"], "81.00");
    assert_eq!(value["clauses"][0], "中组发〔2008〕3号 arts 1-4");
    assert!(json.out.ends_with("}\n"));
}

#[test]
fn an_answer_without_amount_ends_with_1() {
    let ran = explain(&["stage=full", "category=waged"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("base"), "{}", ran.out);
    let ran = explain(&["stage=full", "category=waged", "base=5,400"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("`5,400` cannot be read") && ran.out.contains("did you mean `5400`?"), "{}", ran.out);
    assert_eq!(explain(&["stage=applicant"]).code, 0);
}

#[test]
fn a_fact_that_is_not_known_or_given_twice_is_a_wrong_call() {
    assert_eq!(
        explain(&["stage=full", "categorie=waged"]).failure(),
        "there is no fact `categorie`; did you mean `category`?"
    );
    assert_eq!(explain(&["base=1", "基数=2"]).failure(), "fact `基数` is given twice");
    assert_eq!(explain(&["level=province"]).failure(), "fact `level` does not belong to those who owe this charge");
    let ran = explain(&["base", "=", "98765"]);
    assert_eq!(ran.failure(), "fact 1 is not written NAME=VALUE, such as base=5400 (without spaces)");
}

#[test]
fn histories_and_lists_come_from_a_json_file() {
    let history = r#"{ "stage": "full", "category": "waged", "joined": "2026-06-15",
        "base": [ { "from": "2026-06-15", "value": "4000" }, { "from": "2026-09-01", "value": "6000" } ] }"#;
    let ran = with_facts(history, &["--period", "2026-12", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let value: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(value["answer"]["amount"], "40.00");

    let list = r#"{ "voluntary_payments": [ { "paid": "500", "paid_on": "2026-11-05" }, { "paid": "1000", "paid_on": "2026-11-06" } ] }"#;
    let ran = with_facts(list, &["--period", "2026-11", "--charge", "voluntary", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let value: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(value["answer"]["amount"], "1500.00");
    assert_eq!(value["answer"]["lines"].as_array().unwrap().len(), 2);
}

#[test]
fn facts_of_the_call_complete_those_of_the_file() {
    let json = r#"{ "stage": "full", "category": "waged" }"#;
    assert_eq!(with_facts(json, &["--period", "2026-11", "base=5400"]).code, 0);
    assert_eq!(with_facts(json, &["--period", "2026-11", "stage=full"]).failure(), "fact `stage` is given twice");
}

#[test]
fn a_broken_file_of_facts_is_one_line_that_names_the_place_and_no_fact() {
    for (json, said) in [
        (
            r#"{ "base": 98765 }"#,
            "standard input:1:11: a JSON number, true, false or null stands where a string belongs",
        ),
        (r#"{ "base": "98765" "#, "standard input:1:19: the text is not JSON"),
        (r#"{ "base": "98765", "base": "1" }"#, "standard input:1:21: a key stands twice in one map"),
        (r#"[ "98765" ]"#, "standard input:1:1: facts are a map of names and values"),
        (
            r#"{ "base": [ "98765" ] }"#,
            "standard input:1:14: a record of a value that changed has the keys \"from\" and \"value\", both texts",
        ),
        (
            r#"{ "base": { "from": "98765" } }"#,
            "standard input:1:11: a value is a text, or a list of records in braces",
        ),
        ("", "standard input:1:1: the document holds nothing"),
    ] {
        assert_eq!(with_facts(json, &["--period", "2026-11"]).failure(), said, "{json}");
    }
}

#[test]
fn a_row_of_a_roster_is_opened_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roster.csv");
    fs::write(&path, "id,stage,category,base\nA,full,waged,5400\n B ,full,waged,\"6,300\"\nA,full,student,\n").unwrap();
    let path = path.to_str().unwrap();
    let ran = explain(&["--roster", path, "--id", "A"]);
    assert!(ran.code == 0 && ran.out.contains("81"), "{ran:?}");
    let ran = explain(&["--roster", path, "--id", "B"]);
    assert!(ran.code == 1 && ran.out.contains("row 3, column `base`"), "{ran:?}");
    let ran = explain(&["--roster", path, "--id", "98765"]);
    assert_eq!(ran.failure(), format!("no row of {path} has the id given with --id"));
    assert_eq!(explain(&["--roster", path]).code, 2);
    assert_eq!(explain(&["--roster", path, "--id", "A", "base=1"]).code, 2);
}
