//! Shapes as a JSON Schema, for editors and for hosts that check a document before it is sent.

mod json;

use std::collections::BTreeMap;

use self::json::Json;
use super::shape::{Record, Rule, Shape, TextForm};

/// A shape as JSON Schema, draft 2020-12: pretty-printed, the same text every time.
///
/// All scalars of the JSON form are strings. An editor reads the YAML form, though, in which `3000` is a number
/// before any schema sees it; so a form also takes what YAML 1.2 (or an older tool) makes of a text of that form:
/// numbers for numbers, rates and counts, true and false for yes and no, a bare year for a period.
///
/// `title` and `id` name the schema.
pub fn json_schema(shape: &'static Shape, title: &str, id: &str) -> String {
    let mut writer = Writer { records: BTreeMap::new(), waiting: Vec::new() };
    let root = writer.shape(shape, 0);
    let mut definitions = BTreeMap::new();
    while let Some(record) = writer.waiting.pop() {
        let definition = writer.record(record);
        definitions.insert(name_of(record), definition);
    }
    let mut keys = vec![
        ("$schema".to_owned(), Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("$id".to_owned(), Json::text(id)),
        ("title".to_owned(), Json::text(title)),
    ];
    if let Json::Map(root) = root {
        keys.extend(root);
    }
    keys.push(("$defs".to_owned(), Json::Map(definitions.into_iter().collect())));
    let mut text = Json::Map(keys).pretty();
    text.push('\n');
    text
}

struct Writer {
    /// The records met, by the name of their definition.
    records: BTreeMap<String, &'static Record>,
    waiting: Vec<&'static Record>,
}

/// Shapes that contain one another without a record between them would not end; no table needs this depth.
const DEEPEST: usize = 32;

fn name_of(record: &Record) -> String {
    record.title.replace(' ', "_")
}

fn one(key: &str, value: Json) -> Json {
    Json::Map(vec![(key.to_owned(), value)])
}

impl Writer {
    fn reference(&mut self, record: &'static Record) -> Json {
        let name = name_of(record);
        if self.records.insert(name.clone(), record).is_none() {
            self.waiting.push(record);
        }
        one("$ref", Json::text(format!("#/$defs/{name}")))
    }

    fn shape(&mut self, shape: &'static Shape, depth: usize) -> Json {
        if depth > DEEPEST {
            return Json::Map(Vec::new());
        }
        let depth = depth.saturating_add(1);
        match shape {
            Shape::Text(form) => text_schema(*form),
            Shape::List(item) => self.list(item, depth),
            Shape::OneOrMany(value) => {
                let choices = vec![self.shape(value, depth), self.list(value, depth)];
                one("anyOf", Json::List(choices))
            }
            Shape::Named(value) => self.keyed(TextForm::Name, value, depth),
            Shape::Keyed(form, value) => self.keyed(*form, value, depth),
            Shape::Record(record) => self.reference(record),
            Shape::Extended(record, others) => {
                let others = self.shape(others, depth);
                self.record_with(record, Some(others))
            }
            Shape::AnyOf(_) => self.any_of(shape, depth),
        }
    }

    fn list(&mut self, item: &'static Shape, depth: usize) -> Json {
        Json::map([("type", Json::text("array")), ("items", self.shape(item, depth))])
    }

    fn keyed(&mut self, form: TextForm, value: &'static Shape, depth: usize) -> Json {
        Json::map([
            ("type", Json::text("object")),
            ("propertyNames", key_schema(form)),
            ("additionalProperties", self.shape(value, depth)),
        ])
    }

    /// A choice; maps are told apart by their keys exactly as the checking does, so that an editor complains about the
    /// map that was meant and not about all of them.
    fn any_of(&mut self, shape: &'static Shape, depth: usize) -> Json {
        let mut choices = Vec::new();
        let mut told = Vec::new();
        let mut open = None;
        for alternative in shape.alternatives() {
            match alternative {
                Shape::Record(record) if !record.told_by.is_empty() => told.push(*record),
                Shape::Record(_) | Shape::Extended(..) | Shape::Named(_) | Shape::Keyed(..) => {
                    if open.is_none() {
                        open = Some(self.shape(alternative, depth));
                    }
                }
                Shape::OneOrMany(item) => choices.push(self.list(item, depth)),
                other => choices.push(self.shape(other, depth)),
            }
        }
        let mut maps = open;
        for record in told.into_iter().rev() {
            let then = self.reference(record);
            maps = Some(match maps {
                None => then,
                Some(otherwise) => {
                    let marks = record.told_by.iter().map(|key| mark(record, key)).collect();
                    Json::map([("if", one("anyOf", Json::List(marks))), ("then", then), ("else", otherwise)])
                }
            });
        }
        choices.extend(maps);
        match <[Json; 1]>::try_from(choices) {
            Ok([only]) => only,
            Err(choices) => one("anyOf", Json::List(choices)),
        }
    }

    fn record(&mut self, record: &'static Record) -> Json {
        self.record_with(record, None)
    }

    /// A record; where `others` is a schema, the other keys are names with such values.
    fn record_with(&mut self, record: &'static Record, others: Option<Json>) -> Json {
        let mut properties = Vec::new();
        for key in record.keys.iter().filter(|key| !key.later) {
            let mut schema = vec![("description".to_owned(), Json::text(key.doc))];
            if let Json::Map(shape) = self.shape(key.shape, 0) {
                schema.extend(shape);
            }
            properties.push((key.name.to_owned(), Json::Map(schema)));
        }
        let required: Vec<&str> = record.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let mut keys = vec![
            ("description".to_owned(), Json::text(record.doc)),
            ("type".to_owned(), Json::text("object")),
            ("properties".to_owned(), Json::Map(properties)),
        ];
        match others {
            None => keys.push(("additionalProperties".to_owned(), Json::Truth(false))),
            Some(others) => {
                keys.push(("propertyNames".to_owned(), key_schema(TextForm::Name)));
                keys.push(("additionalProperties".to_owned(), others));
            }
        }
        if !required.is_empty() {
            keys.push(("required".to_owned(), Json::texts(required)));
        }
        let rules: Vec<Json> = record.rules.iter().flat_map(rule_schemas).collect();
        if !rules.is_empty() {
            keys.push(("allOf".to_owned(), Json::List(rules)));
        }
        Json::Map(keys)
    }
}

/// A marking key; where it takes a text, neither a map nor a list of maps stands under it.
fn mark(record: &Record, key: &str) -> Json {
    if !record.marked_by_text(key) {
        return one("required", Json::texts([key]));
    }
    let map = one("type", Json::text("object"));
    let maps = Json::map([("type", Json::text("array")), ("minItems", Json::Count(1)), ("contains", map.clone())]);
    let plain = one("not", one("anyOf", Json::List(vec![map, maps])));
    Json::map([("required", Json::texts([key])), ("properties", one(key, plain))])
}

/// A record whose key has one of the words.
fn has_word(key: &str, words: &[&'static str]) -> Json {
    let has = one(key, one("enum", Json::texts(words.iter().copied())));
    Json::map([("required", Json::texts([key])), ("properties", has)])
}

fn only_if(key: &'static str, words: &[&'static str], then: Json) -> Json {
    Json::map([("if", has_word(key, words)), ("then", then)])
}

fn rule_schemas(rule: &'static Rule) -> Vec<Json> {
    let at_least = |names: &[&'static str]| {
        one("anyOf", Json::List(names.iter().map(|name| one("required", Json::texts([*name]))).collect()))
    };
    let at_most = |names: &[&'static str]| {
        let mut pairs = Vec::new();
        for (at, first) in names.iter().enumerate() {
            for second in names.iter().skip(at.saturating_add(1)) {
                pairs.push(one("required", Json::texts([*first, *second])));
            }
        }
        one("not", one("anyOf", Json::List(pairs)))
    };
    match rule {
        Rule::ExactlyOne(names) if names.len() > 1 => vec![at_least(names), at_most(names)],
        Rule::AtMostOne(names) if names.len() > 1 => vec![at_most(names)],
        Rule::ExactlyOne(names) | Rule::AtLeastOne(names) => vec![at_least(names)],
        Rule::AtMostOne(_) => Vec::new(),
        Rule::Needs(name, needs) => {
            vec![one("dependentRequired", one(name, Json::texts(needs.iter().copied())))]
        }
        Rule::NeedsWhere(key, words, needs) => {
            vec![only_if(key, words, one("required", Json::texts(needs.iter().copied())))]
        }
        Rule::OnlyWhere(key, words, name) => {
            let stands = one("required", Json::texts([*name]));
            vec![Json::map([("if", stands), ("then", has_word(key, words))])]
        }
        Rule::FormWhere(key, words, name, form) => {
            vec![only_if(key, words, one("properties", one(name, text_schema(*form))))]
        }
        Rule::Filled(name) => {
            vec![one("properties", one(name, one("minItems", Json::Count(1))))]
        }
        Rule::Coded(_, rule, _) => rule_schemas(rule),
    }
}

/// A form as the schema of a key, which is always a string.
fn key_schema(form: TextForm) -> Json {
    match form {
        TextForm::Words(words) => one("enum", Json::texts(words.iter().copied())),
        TextForm::YesNo => one("enum", Json::texts(super::shape::YES_NO.iter().copied())),
        _ => match form.pattern() {
            Some(pattern) => one("pattern", Json::text(pattern)),
            None => one("minLength", Json::Count(1)),
        },
    }
}

/// A form as a schema that takes the text and what YAML tools make of it.
fn text_schema(form: TextForm) -> Json {
    let mut string = vec![("type".to_owned(), Json::text("string"))];
    if let Json::Map(key) = key_schema(form) {
        string.extend(key);
    }
    let string = Json::Map(string);
    let or = |others: Vec<Json>| one("anyOf", Json::List(std::iter::once(string.clone()).chain(others).collect()));
    match form {
        TextForm::Any => or(vec![one("type", Json::texts(["number", "boolean"]))]),
        TextForm::Number | TextForm::Rate | TextForm::Expression => or(vec![one("type", Json::text("number"))]),
        TextForm::Count => or(vec![Json::map([("type", Json::text("integer")), ("minimum", Json::Count(0))])]),
        TextForm::YesNo => or(vec![one("type", Json::text("boolean"))]),
        TextForm::Period => or(vec![Json::map([
            ("type", Json::text("integer")),
            ("minimum", Json::Count(1000)),
            ("maximum", Json::Count(9999)),
        ])]),
        TextForm::Words(words) => {
            let typed: Vec<Json> = words.iter().filter_map(|word| Json::yaml_scalar(word)).collect();
            if typed.is_empty() { string } else { or(vec![one("enum", Json::List(typed))]) }
        }
        _ => string,
    }
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests;
