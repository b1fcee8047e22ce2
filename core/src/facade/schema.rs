//! A JSON Schema of facts: for form libraries and for checks at the border of a service.

use super::fact::{Fact, Field, Kind, Word};
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::spaced;

/// The facts of a charge, or of the whole rule set, as a JSON Schema of draft 2020-12 (and 07, but for `$schema`).
///
/// It says of a value what a pattern can say. Numbers are strings here, whose range no schema can state: it stands
/// under `x-at-least` and `x-at-most`, and only the engine's own validation is complete.
pub(super) fn of_facts<'f>(facts: impl Iterator<Item = &'f Fact>, title: &str, language: &str) -> String {
    let mut json = JsonWriter::default();
    json.object(|json| {
        json.key("$schema").string("https://json-schema.org/draft/2020-12/schema");
        json.key("title").string(title);
        json.key("type").string("object");
        json.key("properties").object(|json| {
            for fact in facts {
                json.key(&fact.name).object(|json| property(json, fact, language));
            }
        });
        json.key("additionalProperties").yes_no(false);
    });
    json.finish()
}

fn property(json: &mut JsonWriter, fact: &Fact, language: &str) {
    json.key("title").string(fact.titles.get(language).map_or(&*spaced(&fact.name), String::as_str));
    if let Some(means) = fact.means.get(language) {
        json.key("description").string(means);
    }
    for (key, bound) in [("x-at-least", &fact.at_least), ("x-at-most", &fact.at_most)] {
        if let Some(bound) = bound {
            json.key(key).string(bound);
        }
    }
    if fact.kind == Kind::List {
        json.key("type").string("array");
        json.key("items").object(|json| {
            json.key("type").string("object");
            json.key("properties").object(|json| {
                for field in &fact.fields {
                    json.key(&field.name).object(|json| field_of(json, field, language));
                }
            });
            json.key("additionalProperties").yes_no(false);
        });
        return;
    }
    json.key("anyOf").array(|json| {
        json.object(|json| value(json, fact.kind, &fact.words, language));
        json.object(|json| {
            json.key("type").string("array");
            json.key("minItems").whole(1);
            json.key("items").object(|json| {
                json.key("type").string("object");
                json.key("required").array(|json| {
                    json.string("from");
                    json.string("value");
                });
                json.key("properties").object(|json| {
                    json.key("from").object(|json| value(json, Kind::Date, &[], language));
                    json.key("value").object(|json| value(json, fact.kind, &fact.words, language));
                });
                json.key("additionalProperties").yes_no(false);
            });
        });
    });
}

fn field_of(json: &mut JsonWriter, field: &Field, language: &str) {
    json.key("title").string(field.titles.get(language).map_or(&*spaced(&field.name), String::as_str));
    value(json, field.kind, &field.words, language);
}

fn value(json: &mut JsonWriter, kind: Kind, words: &[Word], language: &str) {
    let pattern = match kind {
        Kind::YesNo => {
            json.key("enum").array(|json| {
                json.yes_no(true);
                json.yes_no(false);
                for word in ["yes", "no", "是", "否"] {
                    json.string(word);
                }
            });
            return;
        }
        Kind::OneOf => return one_of(json, words, language),
        Kind::SetOf => {
            json.key("type").string("array");
            return json.key("items").object(|json| one_of(json, words, language));
        }
        Kind::Count => "^[0-9]+$",
        Kind::Number | Kind::Money => r"^-?[0-9]+(\.[0-9]+)?$",
        Kind::Share => r"^-?[0-9]+(\.[0-9]+)?%?$",
        Kind::Date => "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        Kind::Month => "^[0-9]{4}-[0-9]{2}$",
        Kind::Days => "^[0-9]{1,6}( days?)?$",
        Kind::Months => "^[0-9]{1,6}( months?)?$",
        Kind::Text | Kind::Member | Kind::Organisation | Kind::List | Kind::Rounding => "",
    };
    json.key("type").string("string");
    if !pattern.is_empty() {
        json.key("pattern").string(pattern);
    }
}

fn one_of(json: &mut JsonWriter, words: &[Word], language: &str) {
    json.key("oneOf").array(|json| {
        for Word { name, titles } in words {
            json.object(|json| {
                json.key("const").string(name);
                json.key("title").string(titles.get(language).map_or(name, |title| title));
            });
        }
    });
}
