//! The JSON Schema of rule sets agrees with the checker: it takes what is sound and refuses every fault of form.
//!
//! Editors read YAML in their own way: `3000` is a number to them and `true` a truth value. So the schema is asked twice:
//! of the document in which every scalar is text, and of the document as a tool of YAML 1.2 resolves it.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the tests read files, and tools of YAML floats"
)]

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rollbook::api::json_schema;
use rollbook::ruleset::json::read_json;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::node::{Node, NodeValue, Span};
use rollbook::ruleset::yaml::read_yaml;
use serde_json::{Value, json};

/// The codes of faults that are a key, a missing key or the form of a scalar.
const OF_FORM: [&str; 21] = [
    "unknown_key",
    "missing_key",
    "keys_together",
    "unsupported",
    "empty_value",
    "wrong_form",
    "wrong_shape",
    "bad_name",
    "bad_number",
    "not_exact",
    "bad_date",
    "bad_yes_no",
    "bad_citation",
    "bad_currency",
    "bad_period",
    "bad_rounding",
    "bad_band",
    "format_version",
    "no_citation",
    "no_default",
    "no_rounding",
];

/// Codes of which some files are faults of form and others not.
const PARTLY_OF_FORM: [&str; 2] = ["unknown_word", "bad_expression"];

/// Files with a code of form whose fault is another: the other rows of a table, the dates of versions, or what a name
/// stands for decide, or a key is missing that a version needs unless it ends its rule.
const NOT_OF_FORM: [&str; 5] = [
    "bad_band-no_edge.yaml",
    "no_rounding-begins_later.yaml",
    "bad_rounding-rounding_by_a_term.yaml",
    "missing_key-way_without_a_division.yaml",
    "missing_key-way_without_a_rounding.yaml",
];

/// Files whose fault a tool of YAML takes away before the schema sees it: `4e2` and `.10` are numbers, `false` is no.
const ONLY_AS_TEXT: [&str; 3] =
    ["not_exact-scientific.yaml", "not_exact-no_leading_zero.yaml", "bad_yes_no-false.yaml"];

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A document as texts, and as a tool of YAML 1.2 reads it; none where it is no YAML or JSON that rule sets use.
fn readings(path: &Path) -> Option<[Value; 2]> {
    let text = fs::read_to_string(path).unwrap();
    let node = match path.extension().unwrap().to_str().unwrap() {
        "json" => read_json(&text, &Limits::default()),
        _ => read_yaml(&text, &Limits::default()),
    };
    let node = node.ok()?;
    let resolves = path.extension().unwrap() == "yaml";
    Some([as_value(&node, &text, false), as_value(&node, &text, resolves)])
}

fn as_value(node: &Node, text: &str, resolved: bool) -> Value {
    match &node.value {
        NodeValue::Text(written) => {
            let before = Span::new(0, node.span.start).text_in(text).unwrap();
            let plain = node.verbatim && !before.ends_with(['\'', '"']);
            if resolved && plain { core_schema(written) } else { json!(written) }
        }
        NodeValue::List(items) => items.iter().map(|item| as_value(item, text, resolved)).collect(),
        NodeValue::Map(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), as_value(&entry.value, text, resolved))).collect()
        }
    }
}

/// A plain scalar as the core schema of YAML 1.2 reads it.
fn core_schema(written: &str) -> Value {
    match written {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return json!(true),
        "false" | "False" | "FALSE" => return json!(false),
        _ => {}
    }
    let in_base = |prefix: &str, base: u32| {
        written
            .strip_prefix(prefix)
            .and_then(|digits| u64::from_str_radix(digits, base).ok())
            .map(|number| json!(number))
    };
    in_base("0x", 16).or_else(|| in_base("0o", 8)).or_else(|| decimal(written)).unwrap_or_else(|| json!(written))
}

/// `-?` digits with a point and an exponent, of which the digits on one side of the point may be missing.
fn decimal(written: &str) -> Option<Value> {
    let is_number = written.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let starts =
        written.trim_start_matches(['+', '-']).starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if !is_number || !starts {
        return None;
    }
    if let Ok(whole) = written.trim_start_matches('+').parse::<i64>() {
        return Some(json!(whole));
    }
    written.parse::<f64>().ok().map(|number| json!(number))
}

fn sound() -> Vec<PathBuf> {
    let folders = ["tests/sound", "tests/shapes"].map(|folder| fs::read_dir(repository(folder)).unwrap());
    let mut files: Vec<PathBuf> = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    for built_in in fs::read_dir(repository("core/rulesets")).unwrap() {
        let folder = built_in.unwrap().path();
        files.push(folder.join(folder.file_name().unwrap()).with_extension("yaml"));
    }
    files.push(repository("tests/oracle/model.yaml"));
    files.sort();
    files
}

fn broken() -> Vec<(String, String)> {
    let index: Value =
        serde_json::from_str(&fs::read_to_string(repository("tests/broken/index.json")).unwrap()).unwrap();
    let entries = index.as_array().unwrap().iter().filter(|entry| entry.get("generate").is_none());
    entries
        .map(|entry| (entry["file"].as_str().unwrap().to_owned(), entry["code"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn every_sound_rule_set_is_taken_in_both_readings() {
    let validator = validator();
    let files = sound();
    assert!(files.len() > 13);
    for file in files {
        for value in readings(&file).unwrap() {
            let errors: Vec<_> =
                validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{}:\n{}", file.display(), errors.join("\n"));
        }
    }
}

#[test]
fn every_fault_of_form_is_refused() {
    let validator = validator();
    let mut taken = Vec::new();
    let mut seen = 0;
    for (file, _) in broken().into_iter().filter(|(_, code)| OF_FORM.contains(&&**code)) {
        let Some([texts, resolved]) = readings(&repository("tests/broken").join(&file)) else { continue };
        let is_form = !NOT_OF_FORM.contains(&&*file);
        let as_resolved = is_form && !ONLY_AS_TEXT.contains(&&*file);
        if validator.is_valid(&texts) == is_form {
            taken.push(format!("{file} as text is {}", if is_form { "taken" } else { "refused" }));
        }
        if validator.is_valid(&resolved) == as_resolved {
            taken.push(format!("{file} as YAML is {}", if as_resolved { "taken" } else { "refused" }));
        }
        seen += 1;
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
    assert!(seen > 60, "{seen} files");
}

#[test]
fn what_is_wrong_only_in_its_meaning_is_taken() {
    let validator = validator();
    let mut refused = Vec::new();
    let of_meaning = |code: &str| !OF_FORM.contains(&code) && !PARTLY_OF_FORM.contains(&code);
    for (file, code) in broken().into_iter().filter(|(_, code)| of_meaning(code)) {
        let Some([texts, _]) = readings(&repository("tests/broken").join(&file)) else { continue };
        if !validator.is_valid(&texts) {
            refused.push(format!("{file} {code}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn the_schema_that_is_checked_in_is_the_one_of_today() {
    let kept = fs::read_to_string(repository("docs/rule-set.schema.json")).unwrap();
    assert!(kept == json_schema(), "docs/rule-set.schema.json is stale: `cargo xtask schema` writes it anew");
}
