//! Checking, testing and listing rule sets.

use std::fs;

use super::support::{Ran, club, repository, rollbook};

fn last_line(ran: &Ran) -> &str {
    ran.out.lines().last().unwrap_or_default()
}

#[test]
fn the_built_in_rules_pass_their_check_and_their_cases() {
    for id in ["acftu", "cpc", "cyl", "fdp", "igmetall"] {
        let ran = rollbook(&["check", id]);
        assert_eq!((ran.code, last_line(&ran)), (0, "0 errors, 0 warnings"), "{id}: {}", ran.out);
        let ran = rollbook(&["test", id]);
        assert_eq!(ran.code, 0, "{id}: {}", ran.out);
        let (passed, rest) = last_line(&ran).split_once(" passed, ").unwrap();
        assert!(passed.parse::<u32>().unwrap() > 30 && rest == "0 failed", "{id}: {}", ran.out);
    }
}

#[test]
fn each_fault_is_shown_with_its_line_and_counted() {
    let path = repository("tests/broken/bad_band-no_edge.yaml");
    let ran = rollbook(&["check", path.to_str().unwrap()]);
    assert_eq!((ran.code, last_line(&ran)), (1, "1 error, 0 warnings"), "{}", ran.out);
    assert!(ran.out.contains("bad_band-no_edge.yaml:") && ran.out.contains('^'), "{}", ran.out);
    assert_eq!(rollbook(&["test", path.to_str().unwrap()]).code, 1);
}

#[test]
fn a_case_that_fails_is_refused_by_check_and_by_test() {
    let cases = "cases:\n  - { period: 2026-01, facts: { paid: 5 }, expect: 5 }\n  - { period: 2026-01, facts: { paid: 5 }, expect: 6 }\n";
    let (_folder, path) = club(cases);
    let ran = rollbook(&["check", &path]);
    assert_eq!((ran.code, last_line(&ran)), (1, "1 error, 0 warnings"), "{}", ran.out);
    let ran = rollbook(&["test", &path]);
    assert_eq!((ran.code, last_line(&ran)), (1, "1 passed, 1 failed"), "{}", ran.out);
    assert!(
        ran.out.contains("club.yaml:21:52") && ran.out.contains("the case expects 6, the rules give 5"),
        "{}",
        ran.out
    );
}

#[test]
fn cases_beside_the_rules_are_run_too() {
    let (folder, path) = club("cases:\n  - { period: 2026-01, facts: { paid: 5 }, expect: 5 }\n");
    let beside = folder.path().join("club.cases.yaml");
    fs::write(&beside, "cases:\n  - { charge: dues, period: 2026-01, facts: { paid: 5 }, expect: 7 }\n").unwrap();
    let ran = rollbook(&["test", &path]);
    assert_eq!((ran.code, last_line(&ran)), (1, "1 passed, 1 failed"), "{}", ran.out);
    assert!(ran.out.contains("club.cases.yaml:2"), "{}", ran.out);
    fs::write(&beside, "cases:\n  - { charge: dues, period: 2026-01, expekt: 7 }\n").unwrap();
    let ran = rollbook(&["check", &path]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("club.cases.yaml:2"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_neither_sound_nor_refused() {
    for command in ["check", "test"] {
        let folder = tempfile::tempdir().unwrap();
        rollbook(&[command, folder.path().join("none.yaml").to_str().unwrap()]).failure();
        rollbook(&[command, folder.path().to_str().unwrap()]).failure();
        rollbook(&[command, "cpd"]).failure();
    }
}

#[test]
fn the_built_in_rule_sets_are_listed() {
    let ran = rollbook(&["rulesets", "--lang", "en"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("cpc  CPC membership dues\n"), "{}", ran.out);
    assert!(ran.out.contains("edition 1; languages zh, en; 3 charges: dues, voluntary, remittance"), "{}", ran.out);
    let first = rollbook(&["rulesets"]).out;
    assert!(first.contains("cpc  中国共产党党费\n") && first.contains("cyl  中国共产主义青年团团费\n"), "{first}");
    for id in ["acftu", "cpc", "cyl", "fdp", "igmetall"] {
        assert!(first.lines().any(|line| line.starts_with(&format!("{id}  "))), "{id}: {first}");
    }
    assert!(rollbook(&["rulesets", "--lang", "de"]).out.contains("igmetall  IG-Metall-Mitgliedsbeitrag"));
}

#[test]
fn the_schema_is_json_with_the_keys_of_a_rule_set() {
    let ran = rollbook(&["schema"]);
    assert_eq!(ran.code, 0);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["title"], "Rollbook rule set");
    for key in ["rollbook", "facts", "charges", "cases"] {
        assert!(ran.out.contains(&format!("\"{key}\": {{")), "{key}");
    }
}

#[test]
fn dues_are_computed_by_a_file_of_rules() {
    let (_folder, path) = club("");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = ["rollbook", "dues", "-", "--rules", &path, "--period", "2026-01"];
    let code = rollbook_cli::run(words, &mut &b"id,paid\nA,12.345\n"[..], &mut out, &mut err);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("A,2026-01,12.35,EUR,charged,"), "{out}");
}

#[test]
fn a_parent_is_found_beside_the_file_or_among_those_that_ship() {
    let (folder, path) = club("cases:\n  - { period: 2026-01, facts: { paid: 5 }, expect: 5 }\n");
    let child = folder.path().join("section.yaml");
    let text = |parent: &str| {
        format!(
            "rollbook: 1\nid: section\nedition: 1\nlanguages: [en]\ntitle: Section\ncurrency: EUR\nextends: {{ id: {parent}, edition: 1 }}\n\
                 cases:\n  - {{ period: 2026-01, facts: {{ paid: 5 }}, expect: 5 }}\n"
        )
    };
    fs::write(&child, text("club")).unwrap();
    let child = child.to_str().unwrap();
    for command in ["check", "test"] {
        let ran = rollbook(&[command, child]);
        assert_eq!(ran.code, 0, "{}", ran.out);
    }
    let ran = rollbook(&["explain", "--rules", child, "--period", "2026-01", "paid=5"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fs::remove_file(&path).unwrap();
    let ran = rollbook(&["check", child]);
    assert!(ran.code == 1 && ran.out.contains("there is no rule set `club` to extend"), "{}", ran.out);
    fs::write(child, text("../club")).unwrap();
    assert!(rollbook(&["check", child]).out.contains("error[bad_name]"), "a path is no id");
    let shape = repository("tests/shapes/extends.yaml");
    assert_eq!(rollbook(&["test", shape.to_str().unwrap()]).code, 0);
}

#[test]
fn a_sound_rule_set_is_compiled_and_its_hash_printed() {
    let (folder, path) = club("cases:\n  - { period: 2026-01, facts: { paid: 5 }, expect: 5 }\n");
    let out = folder.path().join("club.bin");
    let ran = rollbook(&["compile", &path, "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let (hash, name) = ran.out.trim_end().split_once("  ").unwrap();
    assert_eq!(name, out.to_str().unwrap());
    let bytes = fs::read(&out).unwrap();
    assert_eq!(&*rollbook::RuleSet::from_compiled(&bytes, hash).unwrap().rules().id, "club");
}

#[test]
fn a_rule_set_with_a_fault_or_a_failing_case_is_not_compiled() {
    let (folder, failing) = club("cases:\n  - { period: 2026-01, facts: { paid: 5 }, expect: 6 }\n");
    let broken = repository("tests/broken/bad_band-no_edge.yaml");
    let out = folder.path().join("none.bin");
    for path in [failing.as_str(), broken.to_str().unwrap()] {
        let ran = rollbook(&["compile", path, "--out", out.to_str().unwrap()]);
        assert_eq!((ran.code, last_line(&ran)), (1, "1 error; nothing was compiled"), "{}", ran.out);
        assert!(!out.exists());
    }
    let ran = rollbook(&["compile", "cpc", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert_eq!(rollbook(&["compile", "cpc"]).code, 2);
}
