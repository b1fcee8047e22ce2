//! Values of a case: JSON, with a mark before a text that is passed in a type that JSON does not have.
//!
//! `number:5400.50` and `date:2026-11-23` are passed as the decimal and the day of a language where it has them, `float:0.1`
//! as its binary float, and `repeat:3:5` is the text `555`.

use rollbook::facade::{self, Dated, Facts};
use serde_json::{Map, Value};

/// A marked text.
enum Marked<'v> {
    Number(&'v str),
    Date(&'v str),
    Float(&'v str),
    Repeat(usize, &'v str),
}

fn marked(text: &str) -> Option<Marked<'_>> {
    let (mark, rest) = text.split_once(':')?;
    match mark {
        "number" => Some(Marked::Number(rest)),
        "date" => Some(Marked::Date(rest)),
        "float" => Some(Marked::Float(rest)),
        "repeat" => {
            let (count, text) = rest.split_once(':')?;
            Some(Marked::Repeat(count.parse().ok()?, text))
        }
        _ => None,
    }
}

/// The value as a host without exact types writes it in JSON.
#[must_use]
pub fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), plain(value))).collect()),
        Value::String(text) => match marked(text) {
            Some(Marked::Number(text) | Marked::Date(text)) => Value::String(text.to_owned()),
            Some(Marked::Repeat(count, text)) => Value::String(text.repeat(count)),
            // Who writes JSON writes `null` for what is no number.
            Some(Marked::Float(number)) => serde_json::from_str(number).unwrap_or(Value::Null),
            None => value.clone(),
        },
        scalar => scalar.clone(),
    }
}

/// A text, which may be marked.
pub(crate) fn text(value: &Value) -> Option<String> {
    plain(value).as_str().map(str::to_owned)
}

/// Facts in the types of the facade; none where a value has no type there, such as a float.
pub(crate) fn facts(value: &Value) -> Option<Facts> {
    value.as_object()?.iter().map(|(name, value)| Some((name.clone(), typed(value)?))).collect()
}

fn typed(value: &Value) -> Option<facade::Value> {
    match value {
        Value::String(written) => match marked(written) {
            Some(Marked::Number(digits)) => Some(facade::Value::Number(digits.to_owned())),
            Some(Marked::Date(day)) => Some(facade::Value::Date(day.to_owned())),
            Some(Marked::Repeat(count, text)) => Some(facade::Value::Text(text.repeat(count))),
            Some(Marked::Float(_)) => None,
            None => Some(facade::Value::Text(written.clone())),
        },
        Value::Bool(answer) => Some(facade::Value::YesNo(*answer)),
        Value::Array(items) => list(items),
        Value::Null | Value::Number(_) | Value::Object(_) => None,
    }
}

fn list(items: &[Value]) -> Option<facade::Value> {
    if items.iter().all(Value::is_string) {
        return Some(facade::Value::Words(items.iter().filter_map(text).collect()));
    }
    let records: Vec<&Map<String, Value>> = items.iter().map(Value::as_object).collect::<Option<_>>()?;
    let history = records.iter().map(|record| {
        let from = record.get("from").filter(|_| record.len() == 2).and_then(text)?;
        Some(Dated { from, value: typed(record.get("value")?)? })
    });
    if let Some(history) = history.collect::<Option<_>>() {
        return Some(facade::Value::History(history));
    }
    items.iter().map(facts).collect::<Option<_>>().map(facade::Value::Records)
}
