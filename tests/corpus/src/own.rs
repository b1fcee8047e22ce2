//! The cases of the rule sets themselves: those that ship, and those of the tests, worked out by hand beside the rules.

use std::fs;
use std::path::{Path, PathBuf};

use rollbook::api::BUILTIN;
use rollbook::facade::RuleSet;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::node::{Node, NodeValue};
use rollbook::ruleset::yaml::read_yaml;
use serde_json::{Map, Value, json};

use crate::case::{Call, Case, Expect, File};
use crate::perform::asking;

/// The rule sets that ship, each with the calls about it and its own cases, without results.
///
/// # Errors
/// When a file of cases cannot be read.
pub(crate) fn shipped() -> Result<Vec<(String, File)>, String> {
    let one = |builtin: &rollbook::api::Builtin| {
        let about = format!("the cases of {}, as its authors worked them out", builtin.id);
        let rules = Some(builtin.id.to_owned());
        let file = File { about, rules, document: None, parents: Vec::new(), cases: cases(builtin.id, builtin.cases)? };
        Ok((format!("cases/{}.json", builtin.id), file))
    };
    BUILTIN.iter().map(one).collect()
}

/// The same for the rule sets of a folder of the tests.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn of_folder(folder: &Path) -> Result<Vec<(String, File)>, String> {
    let problem = |problem: std::io::Error| format!("`{}`: {problem}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        files.push(entry.map_err(problem)?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let one = |file: &PathBuf| {
        let text = fs::read_to_string(file).map_err(problem)?;
        let rules = RuleSet::parse(&text).map_err(|error| format!("`{}`: {error}", file.display()))?;
        let id = rules.id();
        let about = format!("the cases of tests/{name}/{id}.yaml, as its authors worked them out");
        let parents = parents(&rules.to_json())?;
        let file = File { about, rules: None, document: Some(rules.to_json()), parents, cases: cases(id, &text)? };
        Ok((format!("cases/{name}-{id}.json"), file))
    };
    files.iter().map(one).collect()
}

/// The rule sets that ship and that a document extends: a host without them inside has to hand them in.
fn parents(document: &str) -> Result<Vec<String>, String> {
    let document: Value = serde_json::from_str(document).map_err(|problem| problem.to_string())?;
    Ok(document.pointer("/extends/id").and_then(Value::as_str).map(str::to_owned).into_iter().collect())
}

/// The cases of a document, one for each value of a case that varies a fact.
fn cases(id: &str, text: &str) -> Result<Vec<Case>, String> {
    let document = read_yaml(text, &Limits::default()).map_err(|faults| format!("the cases of `{id}`: {faults:?}"))?;
    let facts = |language: &str| Case {
        lang: Some(language.to_owned()),
        ..Case::new(format!("{id}: its facts, with titles in {language}"), Call::Facts)
    };
    let mut all = vec![facts("zh"), facts("en")];
    for (number, case) in document.get("cases").and_then(Node::as_list).unwrap_or_default().iter().enumerate() {
        let name = format!("{id} case {}", number.saturating_add(1));
        let Some(expect) = case.get("expect") else { continue };
        match case.get("vary").and_then(Node::as_text) {
            None => all.push(one(name, case, None, expect)),
            Some(fact) => {
                for entry in expect.as_map().unwrap_or_default() {
                    let name = format!("{name} {fact}={}", entry.key);
                    all.push(one(name, case, Some((fact, &entry.key)), &entry.value));
                }
            }
        }
    }
    Ok(all)
}

fn one(name: String, case: &Node, varied: Option<(&str, &str)>, expect: &Node) -> Case {
    let mut facts = case.get("facts").map_or_else(|| json!({}), value);
    if let (Some((fact, value)), Value::Object(facts)) = (varied, &mut facts) {
        facts.insert(fact.to_owned(), json!(value));
    }
    let request = asking([
        ("facts", Some(facts)),
        ("period", case.get("period").map(value)),
        ("charge", case.get("charge").map(value)),
        ("known", case.get("known").map(value)),
        ("settings", case.get("settings").map(value)),
        ("set_aside", case.get("set_aside").map(value)),
        ("trace", Some(json!(true))),
    ]);
    let note = case.get("note").and_then(Node::as_text).map(str::to_owned);
    Case { note, expect: Some(expected(case, expect)), ..Case::dues(name, request) }
}

/// What the authors worked out. Whether `expect` is an amount or a status, and the decimals, are settled with the results.
fn expected(case: &Node, expect: &Node) -> Expect {
    let text = |node: &Node| node.as_text().map(str::to_owned);
    let texts = |node: &Node| node.one_or_many().iter().filter_map(text).collect();
    let wanted = text(expect).unwrap_or_default();
    let is_amount = wanted.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    Expect {
        status: Some(if is_amount { "charged".to_owned() } else { wanted.clone() }),
        amount: is_amount.then_some(wanted),
        exact: case.get("exact").and_then(text),
        rule: case.get("rule").and_then(text),
        missing: case.get("missing").map(texts),
        findings: case.get("findings").map(texts),
        bounds: case.get("bounds").and_then(Node::as_map).map(|bounds| {
            bounds.iter().filter_map(|bound| Some((bound.key.to_string(), text(&bound.value)?))).collect()
        }),
        error: None,
    }
}

/// A node of a document as JSON; every scalar is a text.
fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Text(text) => Value::String(text.to_string()),
        NodeValue::List(items) => Value::Array(items.iter().map(value).collect()),
        NodeValue::Map(entries) => Value::Object(
            entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect::<Map<_, _>>(),
        ),
    }
}
