use serde_json::{Value, json};

use super::*;
use crate::ruleset::limits::Limits;
use crate::ruleset::node::{Node, NodeValue, Span};
use crate::ruleset::shape::sample::{DOCUMENT, RIGHT, WRONG, WRONG_ONLY_AS_TEXT};
use crate::ruleset::yaml::read_yaml;

fn schema() -> Value {
    serde_json::from_str(&json_schema(&DOCUMENT, "Sample", "https://example.org/sample.json")).unwrap()
}

/// The document as the JSON form has it: strings only; or as an editor sees the YAML form: plain texts resolved by the
/// core schema of YAML 1.2, and an empty value as null.
fn as_value(node: &Node, text: &str, resolved: bool) -> Value {
    match &node.value {
        NodeValue::Text(written) => {
            let quoted =
                Span::new(0, node.span.start).text_in(text).is_some_and(|before| before.ends_with(['\'', '"']));
            if resolved && !quoted { core(written) } else { json!(written) }
        }
        NodeValue::List(items) => items.iter().map(|item| as_value(item, text, resolved)).collect(),
        NodeValue::Map(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), as_value(&entry.value, text, resolved))).collect()
        }
    }
}

fn core(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => json!(true),
        "false" => json!(false),
        _ => {
            let hexadecimal = text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok());
            let number = text.trim_start_matches('+');
            let number = if number.starts_with('.') { format!("0{number}") } else { number.to_owned() };
            match hexadecimal {
                Some(number) => json!(number),
                None => number.parse::<serde_json::Number>().map_or_else(|_| json!(text), Value::Number),
            }
        }
    }
}

fn both(text: &str) -> [Value; 2] {
    let node = read_yaml(text, &Limits::default()).unwrap();
    [as_value(&node, text, false), as_value(&node, text, true)]
}

#[test]
fn a_schema_is_a_schema_and_the_same_every_time() {
    jsonschema::meta::validate(&schema()).unwrap();
    let text = json_schema(&DOCUMENT, "Sample", "https://example.org/sample.json");
    assert_eq!(text, json_schema(&DOCUMENT, "Sample", "https://example.org/sample.json"));
    insta::assert_snapshot!("sample_schema", text);
}

#[test]
fn what_the_checking_takes_the_schema_takes_in_both_notations() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for text in RIGHT {
        for value in both(text) {
            let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{text}: {errors:?}");
        }
    }
}

#[test]
fn what_the_checking_refuses_the_schema_refuses_in_both_notations() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (_, text) in WRONG {
        for value in both(text) {
            assert!(!validator.is_valid(&value), "{text}: {value}");
        }
    }
}

#[test]
fn what_yaml_reads_as_a_number_is_refused_at_least_as_a_string() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (_, text) in WRONG_ONLY_AS_TEXT {
        let [strings, resolved] = both(text);
        assert!(!validator.is_valid(&strings), "{strings}");
        assert!(validator.is_valid(&resolved), "it could be refused in both notations: {resolved}");
    }
}
