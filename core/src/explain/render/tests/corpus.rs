//! Questions to explain: the rows of the sample roster and every case of every rule set.

use std::fs;
use std::path::{Path, PathBuf};

use crate::RuleSet;
use crate::dues::{Answer, Request, SetAside};
use crate::ruleset::node::Node;
use crate::ruleset::yaml::read_yaml;
use crate::ruleset::{Decision, Told, Workspace};
use crate::value::{Date, Period};

/// A question with its answer, steps included.
pub(crate) struct Explained {
    pub(crate) about: String,
    pub(crate) answer: Answer,
}

pub(crate) fn cpc() -> RuleSet {
    RuleSet::builtin("cpc").unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One question from pairs of fact and text; a history is written `2026-01-01=5000;2026-03-01=6000`.
pub(crate) fn explain(set: &RuleSet, charge: &str, period: &str, facts: &[(&str, &str)]) -> Answer {
    let request = Request {
        charge: Some(charge),
        period: Period::parse(period).unwrap(),
        known: None,
        settings: &[],
        set_aside: &[],
    };
    explain_request(set, &request, facts)
}

pub(crate) fn explain_request(set: &RuleSet, request: &Request<'_>, facts: &[(&str, &str)]) -> Answer {
    let mut told = set.facts();
    for (name, text) in facts {
        let history: Option<Vec<(String, String)>> = text
            .split(';')
            .map(|part| part.split_once('=').map(|(from, value)| (from.to_owned(), value.to_owned())))
            .collect();
        match history {
            Some(history) => told.tell(set.rules(), name, &Told::History(history)),
            None => told.tell(set.rules(), name, &Told::from(*text)),
        }
    }
    set.prepare(request).unwrap().explain(&told, &mut Workspace::default())
}

/// Every row of the sample roster.
pub(crate) fn roster(set: &RuleSet, period: &str) -> Vec<Explained> {
    let text = fs::read_to_string(root().join("examples/roster.csv")).unwrap();
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = rows.next().unwrap();
    rows.map(|row| {
        let facts: Vec<(&str, &str)> = names
            .iter()
            .copied()
            .zip(row.iter().copied())
            .filter(|(name, cell)| *name != "id" && !cell.is_empty())
            .collect();
        Explained { about: format!("{} in {period}", row[0]), answer: explain(set, "dues", period, &facts) }
    })
    .collect()
}

/// Every rule set with cases, and the answers to them.
pub(crate) fn all_cases() -> Vec<(RuleSet, Vec<Explained>)> {
    let mut all = Vec::new();
    let cases = fs::read_to_string(root().join("core/rulesets/cpc/cpc.cases.yaml")).unwrap();
    let set = cpc();
    let explained = cases_of(&set, "cpc", &cases);
    all.push((set, explained));
    let folders = ["tests/sound", "tests/shapes"].map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let mut paths: Vec<PathBuf> = folders.into_iter().flatten().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let text = fs::read_to_string(path).unwrap();
        let Ok(set) = RuleSet::parse(&text) else { continue };
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let explained = cases_of(&set, &name, &text);
        all.push((set, explained));
    }
    all
}

fn cases_of(set: &RuleSet, name: &str, text: &str) -> Vec<Explained> {
    let document = read_yaml(text, &crate::ruleset::limits::Limits::default()).unwrap();
    let mut explained = Vec::new();
    for (number, case) in document.get("cases").and_then(Node::as_list).unwrap_or_default().iter().enumerate() {
        let about = format!("{name}, case {number}");
        let varied = case.get("vary").and_then(Node::as_text);
        match (varied, case.get("expect").and_then(Node::as_map)) {
            (Some(fact), Some(entries)) => {
                for entry in entries {
                    let answer = answer_of(set, case, Some((fact, &entry.key)));
                    let about = format!("{about}, {fact} {}", entry.key);
                    explained.extend(answer.map(|answer| Explained { about, answer }));
                }
            }
            _ => explained.extend(answer_of(set, case, None).map(|answer| Explained { about, answer })),
        }
    }
    explained
}

fn answer_of(set: &RuleSet, case: &Node, varied: Option<(&str, &str)>) -> Option<Answer> {
    let text = |key: &str| case.get(key).and_then(Node::as_text);
    let settings: Vec<Decision> = case
        .get("settings")
        .and_then(Node::as_map)
        .unwrap_or_default()
        .iter()
        .flat_map(|entry| decisions(&entry.key, &entry.value))
        .collect();
    let set_aside: Vec<SetAside> = case
        .get("set_aside")
        .and_then(Node::as_map)
        .unwrap_or_default()
        .iter()
        .map(|entry| SetAside { path: entry.key.to_string(), reason: entry.value.as_text().unwrap().to_owned() })
        .collect();
    let request = Request {
        charge: text("charge"),
        period: Period::parse(text("period")?).ok()?,
        known: text("known").map(|day| Date::parse(day).unwrap()),
        settings: &settings,
        set_aside: &set_aside,
    };
    let mut facts = set.facts();
    for entry in case.get("facts").and_then(Node::as_map).unwrap_or_default() {
        facts.tell(set.rules(), &entry.key, &told(&entry.value));
    }
    if let Some((fact, value)) = varied {
        facts.tell(set.rules(), fact, &Told::from(value));
    }
    // A setting outside its bounds is a wrong call, which has no answer to explain.
    let prepared = set.prepare(&request).ok()?;
    Some(prepared.explain(&facts, &mut Workspace::default()))
}

fn decisions(name: &str, value: &Node) -> Vec<Decision> {
    if let Some(text) = value.as_text() {
        return vec![Decision::always(name, text)];
    }
    let each = value.as_list().unwrap().iter().map(|record| {
        let text = |key: &str| record.get(key).and_then(Node::as_text).map(str::to_owned);
        Decision { name: name.to_owned(), from: text("from"), issued: text("issued"), value: text("value").unwrap() }
    });
    each.collect()
}

fn told(value: &Node) -> Told {
    let Some(list) = value.as_list() else { return Told::from(value.as_text().unwrap()) };
    if list.iter().all(|item| item.as_text().is_some()) && !list.is_empty() {
        let words: Vec<&str> = list.iter().filter_map(Node::as_text).collect();
        return Told::from(words.join("|").as_str());
    }
    let text = |node: &Node| node.as_text().unwrap().to_owned();
    if list.iter().all(|record| record.get("value").is_some()) {
        return Told::History(
            list.iter().map(|r| (text(r.get("from").unwrap()), text(r.get("value").unwrap()))).collect(),
        );
    }
    Told::Records(
        list.iter()
            .map(|record| record.as_map().unwrap().iter().map(|e| (e.key.to_string(), text(&e.value))).collect())
            .collect(),
    )
}
