//! The files of cases as such: their form, what was worked out by hand, and the runners of every language.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn read(file: impl AsRef<Path>) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn files() -> Vec<(PathBuf, Value)> {
    let entries = fs::read_dir("cases").unwrap().map(|entry| entry.unwrap().path());
    entries.map(|file| (file.clone(), read(file))).collect()
}

#[test]
fn every_file_of_cases_has_the_form_that_the_schema_gives() {
    let schema = jsonschema::validator_for(&read("schema.json")).unwrap();
    for (file, content) in files() {
        let wrong: Vec<String> =
            schema.iter_errors(&content).map(|it| format!("{} {it}", it.instance_path())).collect();
        assert!(wrong.is_empty(), "{}: {}", file.display(), wrong.join("\n"));
    }
}

#[test]
fn a_case_that_is_not_of_that_form_is_told() {
    let schema = jsonschema::validator_for(&read("schema.json")).unwrap();
    let (_, sound) = files().pop().unwrap();
    for (place, wrong) in [("/cases/0/call", "due"), ("/cases/0/name", ""), ("/about", "")] {
        let mut broken = sound.clone();
        *broken.pointer_mut(place).unwrap() = if wrong.is_empty() { Value::Null } else { wrong.into() };
        assert!(!schema.is_valid(&broken), "{place}");
    }
}

#[test]
fn the_index_lists_every_file_and_no_other() {
    let index = read("index.json");
    let listed: Vec<&String> = index["files"].as_object().unwrap().keys().collect();
    let mut found: Vec<String> = files().iter().map(|(file, _)| file.to_string_lossy().replace('\\', "/")).collect();
    found.sort();
    assert_eq!(listed, found.iter().collect::<Vec<_>>());
}

#[test]
fn every_case_of_a_rule_set_says_what_its_authors_worked_out() {
    let (mut own, mut expected) = (0, 0);
    for (file, content) in files() {
        let hand = ["calls", "refused", "bad_input", "explained", "two_charges"];
        if hand.iter().any(|name| file.ends_with(format!("{name}.json"))) {
            continue;
        }
        let asked = content["cases"].as_array().unwrap().iter().filter(|case| case["call"] == "dues");
        for case in asked {
            own += 1;
            expected += usize::from(case["expect"].is_object());
        }
    }
    assert_eq!(expected, own);
    assert!(own >= 1_000, "{own}");
}

#[test]
fn the_runner_of_every_language_is_short() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for runner in [
        "tests/corpus/tests/every_case.rs",
        "bindings/python/tests/test_corpus.py",
        "bindings/wasm/tests/corpus.mjs",
        "bindings/kotlin/src/test/kotlin/org/rollbook/CorpusTest.kt",
        "bindings/swift/Tests/RollbookTests/CorpusTests.swift",
    ] {
        let lines = fs::read_to_string(top.join(runner)).unwrap().lines().count();
        assert!(lines <= 60, "{runner} has {lines} lines");
    }
}
