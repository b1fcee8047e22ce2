//! Broken rule sets: each has one fault, and the checker tells that fault, at its place, and nothing else.
//!
//! The files and their index stand in `tests/broken`. What an author reads is kept as a snapshot, one a file; the
//! snapshots are reviewed by people: reading one must be enough to mend the file.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(clippy::string_slice, clippy::arithmetic_side_effects, reason = "as before")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the tests read files and measure time")]

#[path = "broken/generated.rs"]
mod generated;
#[path = "broken/hostile.rs"]
mod hostile;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rollbook::RuleSet;
use rollbook::ruleset::diagnostic::{CODES, Diagnostic};
use rollbook::ruleset::source::LineIndex;
use serde_json::Value;

/// How long the checker may take for one document: less than a second, but a build for debugging and a busy machine take
/// several times as long.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 5 });

/// What the checker refuses and warns of by promise: two files at least show each.
const PROMISED: [&str; 24] = [
    "unknown_key",
    "unknown_word",
    "unknown_name",
    "wrong_type",
    "wrong_unit",
    "not_exact",
    "bad_number",
    "band_gap",
    "band_overlap",
    "band_edge",
    "band_order",
    "same_dates",
    "two_rules",
    "two_otherwise",
    "undecided",
    "circular",
    "no_citation",
    "unknown_source",
    "failing_case",
    "bad_case",
    "missing_words",
    "cliff",
    "falling",
    "date_gap",
];

/// One line of the index.
struct Entry {
    file: String,
    code: String,
    severity: String,
    line: Option<u32>,
    generator: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/broken")
}

fn index() -> Vec<Entry> {
    let index: Value = serde_json::from_str(&fs::read_to_string(folder().join("index.json")).unwrap()).unwrap();
    let text = |entry: &Value, key: &str| entry[key].as_str().map(str::to_owned);
    let entries = index.as_array().unwrap().iter().map(|entry| Entry {
        file: text(entry, "file").unwrap(),
        code: text(entry, "code").unwrap(),
        severity: text(entry, "severity").unwrap(),
        line: entry["line"].as_u64().map(|line| u32::try_from(line).unwrap()),
        generator: text(entry, "generate"),
    });
    entries.collect()
}

/// All that the checker has to say: of the document, and of its cases where it can be used.
fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let checked = RuleSet::check(text);
    let mut all = checked.diagnostics;
    if let Some(rule_set) = checked.rule_set {
        match rule_set.test(None) {
            Ok(results) => all.extend(results.into_iter().filter_map(|result| result.failure.map(|failure| *failure))),
            Err(refused) => all.extend(refused.diagnostics),
        }
    }
    all
}

/// What the checker said in place of the one fault that was expected.
fn differs(entry: &Entry, text: &str, line: u32, said: &[Diagnostic]) -> Option<String> {
    let places = LineIndex::new(text);
    let met: Vec<_> =
        said.iter().map(|fault| (fault.code, fault.severity.name(), places.position(fault.span.start).line)).collect();
    let wanted = [(&*entry.code, &*entry.severity, line)];
    (met != wanted).then(|| format!("{}: expected {wanted:?}, told {met:?}", entry.file))
}

fn rendered(file: &str, text: &str, said: &[Diagnostic]) -> String {
    let places = LineIndex::new(text);
    said.iter().map(|fault| format!("at `{}`\n{}", fault.path, fault.render(file, &places))).collect()
}

#[test]
fn each_broken_rule_set_is_told_its_one_fault_at_its_place() {
    let mut wrong = Vec::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/broken");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for entry in index() {
        let (text, line) = match &entry.generator {
            Some(name) => {
                let made = generated::generated(name);
                (made.text, made.line)
            }
            None => (fs::read_to_string(folder().join(&entry.file)).unwrap(), entry.line.unwrap()),
        };
        let start = Instant::now();
        let said = diagnostics(&text);
        assert!(start.elapsed() < PATIENCE, "{} took {:?}", entry.file, start.elapsed());
        wrong.extend(differs(&entry, &text, line, &said));
        let shown = rendered(&entry.file, &text, &said);
        settings.bind(|| insta::assert_snapshot!(entry.file.as_str(), shown));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_code_has_a_broken_rule_set_and_each_promise_two() {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for entry in index() {
        *files.entry(entry.code).or_default() += 1;
    }
    for (code, _) in CODES {
        assert!(files.contains_key(*code), "no file shows `{code}`");
    }
    for code in files.keys() {
        assert!(CODES.iter().any(|(known, _)| known == code), "`{code}` is no code");
    }
    for code in PROMISED {
        assert!(files[code] >= 2, "only one file shows `{code}`");
    }
}

#[test]
fn every_broken_file_stands_in_the_index_and_says_its_fault_itself() {
    let entries = index();
    let listed: BTreeSet<&str> =
        entries.iter().filter(|entry| entry.generator.is_none()).map(|entry| &*entry.file).collect();
    let names = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = names.filter(|name| name != "index.json").collect();
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
    for entry in entries.iter().filter(|entry| entry.generator.is_none()) {
        assert!(entry.file.starts_with(&format!("{}-", entry.code)), "{}", entry.file);
        let text = fs::read_to_string(folder().join(&entry.file)).unwrap();
        let remark = format!("# fault: {}  at: {}  says: ", entry.code, entry.line.unwrap());
        let has_remarks = Path::new(&entry.file).extension().is_some_and(|kind| kind == "yaml") && !text.is_empty();
        assert!(!has_remarks || text.starts_with(&remark), "{} does not begin with `{remark}`", entry.file);
    }
}

#[test]
fn no_snapshot_is_left_over() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/broken");
    let kept = fs::read_dir(snapshots).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let kept: BTreeSet<String> =
        kept.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "snap")).collect();
    let entries = index();
    assert_eq!(kept, entries.iter().map(|entry| format!("{}.snap", entry.file)).collect());
}
