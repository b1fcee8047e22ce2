//! The engine on standard input and output: one JSON request a line, one JSON answer a line.
//!
//! `tests/oracle/README.md` describes the requests. A request that cannot be read is answered with `{"id", "error"}`.

use std::collections::HashMap;
use std::io::{self, BufRead, BufWriter, Write};

use rollbook::RuleSet;
use rollbook::dues::{Answer, Request, SetAside};
use rollbook::ruleset::source::LineIndex;
use rollbook::ruleset::{Decision, Told, Workspace};
use rollbook::value::{Date, Exact, Period};
use serde_json::{Map, Value, json};

fn main() -> io::Result<()> {
    let input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut loaded: HashMap<String, RuleSet> = HashMap::new();
    let mut work = Workspace::default();
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Ok(request) => answer(&request, &mut loaded, &mut work),
            Err(why) => json!({ "error": why.to_string() }),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn answer(request: &Value, loaded: &mut HashMap<String, RuleSet>, work: &mut Workspace) -> Value {
    let id = request.get("id").cloned().unwrap_or(Value::Null);
    let mut said = match request.get("do").and_then(Value::as_str) {
        Some("check") => check(request, &id, loaded),
        Some("dues") => dues(request, loaded, work),
        other => json!({ "error": format!("`do` is check or dues, not {other:?}") }),
    };
    if let Value::Object(map) = &mut said {
        map.insert("id".to_owned(), id);
    }
    said
}

fn check(request: &Value, id: &Value, loaded: &mut HashMap<String, RuleSet>) -> Value {
    let text = request.get("text").and_then(Value::as_str).unwrap_or_default();
    let checked = RuleSet::check(text);
    let index = LineIndex::new(text);
    let diagnostics = checked.diagnostics.iter().map(|diagnostic| {
        let position = index.position(diagnostic.span.start);
        let mut said = json!({
            "code": diagnostic.code,
            "severity": diagnostic.severity.name(),
            "line": position.line,
            "column": position.column,
            "path": diagnostic.path,
            "message": &*diagnostic.message,
        });
        if let (Some(example), Value::Object(map)) = (&diagnostic.example, &mut said) {
            let facts: Map<String, Value> =
                example.facts.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
            let mut shown = Map::new();
            shown.insert("facts".to_owned(), Value::Object(facts));
            for (key, value) in [("value", &example.value), ("period", &example.period), ("known", &example.known)] {
                if let Some(value) = value {
                    shown.insert(key.to_owned(), Value::String(value.clone()));
                }
            }
            map.insert("example".to_owned(), Value::Object(shown));
        }
        said
    });
    let diagnostics: Vec<Value> = diagnostics.collect();
    let accepted = checked.rule_set.is_some();
    if let Some(rule_set) = checked.rule_set {
        loaded.insert(id.to_string(), rule_set);
    }
    json!({ "accepted": accepted, "diagnostics": diagnostics })
}

fn dues(request: &Value, loaded: &HashMap<String, RuleSet>, work: &mut Workspace) -> Value {
    let text_id = request.get("text_id").map(Value::to_string).unwrap_or_default();
    let Some(rule_set) = loaded.get(&text_id) else { return json!({ "error": "no such text" }) };
    let text = |key: &str| request.get(key).and_then(Value::as_str);
    let Ok(period) = Period::parse(text("period").unwrap_or_default()) else {
        return json!({ "status": "rejected", "findings": ["wrong_period"] });
    };
    let known = text("known").and_then(|day| Date::parse(day).ok());
    let settings = decisions(request.get("settings"));
    let set_aside: Vec<SetAside> = entries(request.get("set_aside"))
        .map(|(path, reason)| SetAside { path: path.clone(), reason: reason.as_str().unwrap_or_default().to_owned() })
        .collect();
    let asked = Request { charge: text("charge"), period, known, settings: &settings, set_aside: &set_aside };
    let mut facts = rule_set.facts();
    for (name, value) in entries(request.get("facts")) {
        facts.tell(rule_set.rules(), name, &told(value));
    }
    match rule_set.prepare(&asked) {
        Ok(prepared) => {
            let answer = prepared.answer(&facts, work);
            let explained = prepared.explain(&facts, work);
            let general = prepared.generally();
            if explained != general.explain(&facts, work) || answer != general.answer(&facts, work) {
                return json!({ "error": "the direct evaluator says something else than the general one" });
            }
            // What the next band would cost is only told to who asks why.
            if answer != (Answer { trace: None, next_band: None, ..explained.clone() }) {
                return json!({ "error": "with its steps it is another answer" });
            }
            let mut said = said(rule_set, &answer);
            if let (Some(next), Value::Object(map)) = (explained.next_band, &mut said) {
                let amount = fixed(&answer, next.amount);
                let next = json!({ "from": next.from.to_string(), "included": next.included, "amount": amount });
                map.insert("next_band".to_owned(), next);
            }
            said
        }
        Err(why) => json!({ "error": why.to_string() }),
    }
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn told(value: &Value) -> Told {
    let Some(items) = value.as_array() else { return Told::Text(plain(value)) };
    if !items.is_empty() && items.iter().all(Value::is_string) {
        return Told::Words(items.iter().map(plain).collect());
    }
    let text = |item: &Value, key: &str| item.get(key).map(plain).unwrap_or_default();
    if items.iter().all(|item| item.get("from").is_some() && item.get("value").is_some()) {
        return Told::History(items.iter().map(|item| (text(item, "from"), text(item, "value"))).collect());
    }
    let record = |item: &Value| entries(Some(item)).map(|(key, value)| (key.clone(), plain(value))).collect();
    Told::Records(items.iter().map(record).collect())
}

fn decisions(value: Option<&Value>) -> Vec<Decision> {
    let mut all = Vec::new();
    for (name, value) in entries(value) {
        let Some(items) = value.as_array() else {
            all.push(Decision::always(name, plain(value)));
            continue;
        };
        for item in items {
            let text = |key: &str| item.get(key).map(plain);
            let value = text("value").unwrap_or_default();
            all.push(Decision { name: name.clone(), from: text("from"), issued: text("issued"), value });
        }
    }
    all
}

/// An amount with the decimals of the answer's rounding.
fn fixed(answer: &Answer, amount: Exact) -> String {
    let scale = answer.rounding.map_or(0, rollbook::value::Rounding::scale);
    amount.to_fixed(scale).unwrap_or_else(|| amount.to_string())
}

fn said(rule_set: &RuleSet, answer: &Answer) -> Value {
    let rules = rule_set.rules();
    let fixed = |amount: Exact| fixed(answer, amount);
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| {
        map.insert(key.to_owned(), value);
    };
    put("status", json!(answer.status.name()));
    put("rule", json!(rule_set.rule_name(answer)));
    if let Some(amount) = answer.amount {
        put("amount", json!(fixed(amount)));
    }
    if let Some(exact) = answer.exact {
        put("exact", json!(exact.to_string()));
    }
    if let Some(version) = answer.rule.and_then(|rule| rules.version(rule)) {
        let from = if version.from == Date::LONG_AGO { "not_seen".to_owned() } else { version.from.to_string() };
        put("version", json!(from));
    }
    let names = |inputs: &mut dyn Iterator<Item = rollbook::ruleset::InputId>| -> Vec<String> {
        inputs.filter_map(|input| rules.input(input)).map(|input| input.name.to_string()).collect()
    };
    if !answer.missing.is_empty() {
        put("missing", json!(names(&mut answer.missing.iter().map(|missing| missing.input))));
    }
    if !answer.assumed.is_empty() {
        let mut assumed = names(&mut answer.assumed.iter().copied());
        assumed.sort();
        put("assumed", json!(assumed));
    }
    if !answer.findings.is_empty() {
        let mut codes: Vec<&str> = answer.findings.iter().map(|finding| finding.code.name()).collect();
        codes.sort_unstable();
        codes.dedup();
        put("findings", json!(codes));
    }
    if !answer.instalments.is_empty() {
        // Their form is that of the canonical JSON, in which they are written at their units.
        let canonical: Value = serde_json::from_str(&answer.to_json(rules, rule_set.charges())).unwrap_or(Value::Null);
        put("instalments", canonical.get("instalments").cloned().unwrap_or(Value::Null));
    }
    if !answer.parts.is_empty() {
        let parts = answer.parts.iter().map(|part| {
            json!({ "period": part.period.to_string(), "status": part.status.name(), "amount": part.amount.map(fixed) })
        });
        put("parts", Value::Array(parts.collect()));
    }
    if !answer.lines.is_empty() {
        put(
            "lines",
            Value::Array(answer.lines.iter().map(|line| json!({ "amount": line.amount.map(fixed) })).collect()),
        );
    }
    Value::Object(map)
}
