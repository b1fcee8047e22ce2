//! Facts from a JSON file: texts, histories and lists of records.

use rollbook::ruleset::diagnostic::CODES;
use rollbook::ruleset::json::read_json;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::node::Node;
use rollbook::ruleset::source::LineIndex;
use rollbook::ruleset::{Kind, Rules, Told};

use crate::failure::Failure;
use crate::names::{Meaning, Names};

/// Names and what is told of them, in the order of the file.
pub(crate) type ToldFacts = Vec<(String, Told)>;

/// Reads the text of the file `name`.
pub(crate) fn read(text: &str, name: &str, rules: &Rules, names: &Names<'_>) -> Result<ToldFacts, Failure> {
    let lines = LineIndex::new(text);
    let at = |start: u32, what: &str| {
        let place = lines.position(start);
        Failure::new(format!("{name}:{}:{}: {what}", place.line, place.column))
    };
    let document = read_json(text, &Limits::default()).map_err(|faults| {
        let Some(first) = faults.first() else { return Failure::new(format!("{name} is not JSON")) };
        // The message of a diagnostic may quote what a member told; the meaning of its code does not.
        let meaning = CODES.iter().find(|(code, _)| *code == first.code).map_or(first.code, |(_, meaning)| meaning);
        at(first.span.start, meaning)
    })?;
    let entries = document.as_map().ok_or_else(|| at(document.span.start, "facts are a map of names and values"))?;
    let mut told = Vec::with_capacity(entries.len());
    for entry in entries {
        let is_list = match names.meaning(&entry.key) {
            Meaning::List(input) | Meaning::Value(input) => {
                rules.input(input).is_some_and(|input| matches!(input.kind, Kind::List(_)))
            }
            Meaning::OfOther(_) | Meaning::Unknown => false,
        };
        let value = value(&entry.value, is_list).map_err(|(start, what)| at(start, what))?;
        told.push((entry.key.to_string(), value));
    }
    Ok(told)
}

fn value(node: &Node, is_list: bool) -> Result<Told, (u32, &'static str)> {
    if let Some(text) = node.as_text() {
        return Ok(Told::Text(text.to_owned()));
    }
    let wrong = "a value is a text, or a list of records in braces";
    let items = node.as_list().ok_or((node.span.start, wrong))?;
    if is_list {
        return items.iter().map(record).collect::<Result<_, _>>().map(Told::Records);
    }
    items.iter().map(dated).collect::<Result<_, _>>().map(Told::History)
}

/// A list of words, a history or the records of a list; none, where it is none of them.
pub(crate) fn structure(node: &Node, is_list: bool) -> Option<Told> {
    let items = node.as_list()?;
    let words = items.iter().map(|item| item.as_text().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match words {
        Some(words) if !words.is_empty() => Some(Told::Words(words)),
        _ => value(node, is_list).ok(),
    }
}

/// `{ "paid": "1000", "paid_on": "2026-11-05" }`
fn record(node: &Node) -> Result<Vec<(String, String)>, (u32, &'static str)> {
    let fields = node.as_map().ok_or((node.span.start, "a record is a map of fields and texts"))?;
    let text = |entry: &rollbook::ruleset::node::Entry| {
        let text = entry.value.as_text().ok_or((entry.value.span.start, "the value of a field is a text"))?;
        Ok((entry.key.to_string(), text.to_owned()))
    };
    fields.iter().map(text).collect()
}

/// `{ "from": "2026-09-01", "value": "6000" }`
fn dated(node: &Node) -> Result<(String, String), (u32, &'static str)> {
    let wrong = "a record of a value that changed has the keys \"from\" and \"value\", both texts";
    let text = |key| node.get(key).and_then(Node::as_text).map(str::to_owned);
    match (text("from"), text("value")) {
        (Some(from), Some(value)) if node.as_map().is_some_and(|keys| keys.len() == 2) => Ok((from, value)),
        _ => Err((node.span.start, wrong)),
    }
}
