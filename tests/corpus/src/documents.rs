//! Rule sets and questions that `tests/oracle/generate.py` has drawn.

use fastrand::Rng;
use rollbook::facade::{Kind, RuleSet};
use rollbook::ruleset::canonical::canonical_json;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::yaml::read_yaml;
use rollbook::value::Exact;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::case::{Call, Case, File};
use crate::perform::asking;

/// One line of what was drawn.
#[derive(Debug, Deserialize)]
struct Drawn {
    seed: u64,
    text: String,
    fault: Option<String>,
    probes: Vec<Map<String, Value>>,
}

/// The rule sets with their questions; of one with a planted fault, that it is refused.
///
/// # Errors
/// When a line cannot be read.
pub(crate) fn read(lines: &str, rng: &mut Rng) -> Result<Vec<(String, File)>, String> {
    let mut all = Vec::new();
    let mut refused = Vec::new();
    for line in lines.lines() {
        let drawn: Drawn = serde_json::from_str(line).map_err(|problem| format!("a drawn document: {problem}"))?;
        let name = format!("drawn-{}", drawn.seed);
        if let Some(fault) = &drawn.fault {
            // A fault of YAML itself does not outlive the way to JSON.
            let Ok(tree) = read_yaml(&drawn.text, &Limits::default()) else { continue };
            let text = Some(json!(canonical_json(&tree, &[])));
            refused.push(Case { text, ..Case::new(format!("{name} {fault}"), Call::Check) });
            continue;
        }
        // The oracle's comparison tells which of them are refused, and why.
        let Ok(rules) = RuleSet::parse(&drawn.text) else { continue };
        let facts = rules.facts();
        let numeric = |fact: &str| {
            let kind = facts.iter().find(|known| known.name == fact).map(|known| known.kind);
            matches!(kind, Some(Kind::Money | Kind::Number | Kind::Count))
        };
        let is_date = |fact: &str| facts.iter().any(|known| known.name == fact && known.kind == Kind::Date);
        let mut cases = Vec::new();
        for (number, mut probe) in drawn.probes.into_iter().enumerate() {
            let mut given = probe.remove("facts").unwrap_or_else(|| json!({}));
            for (fact, value) in given.as_object_mut().into_iter().flatten() {
                let exact = value.as_str().filter(|text| Exact::parse(text).is_ok_and(|it| it.to_string() == **text));
                if let Some(text) = exact.filter(|_| numeric(fact) && rng.bool()) {
                    *value = json!(format!("number:{text}"));
                } else if let Some(day) = value.as_str().filter(|text| is_date(fact) && is_day(text) && rng.bool()) {
                    *value = json!(format!("date:{day}"));
                }
            }
            let mut part = |key: &'static str| {
                let some =
                    probe.remove(key).filter(|it| !it.is_null() && it.as_object().is_none_or(|map| !map.is_empty()));
                (key, some)
            };
            let request = asking([
                ("facts", Some(given)),
                part("period"),
                part("charge"),
                part("known"),
                part("settings"),
                part("set_aside"),
                ("trace", Some(json!(true))),
            ]);
            cases.push(Case::dues(format!("{name} question {}", number.saturating_add(1)), request));
        }
        let about = format!("questions to a rule set that was drawn from seed {}", drawn.seed);
        all.push((
            format!("cases/{name}.json"),
            File { about, rules: None, document: Some(rules.to_json()), parents: Vec::new(), cases },
        ));
    }
    let about = "rule sets that were drawn with a fault".to_owned();
    all.push((
        "cases/refused.json".to_owned(),
        File { about, rules: Some("cpc".to_owned()), document: None, parents: Vec::new(), cases: refused },
    ));
    Ok(all)
}

/// A day of the calendar: others have no value in the types of a language.
fn is_day(text: &str) -> bool {
    rollbook::value::Date::parse(text).is_ok()
}
