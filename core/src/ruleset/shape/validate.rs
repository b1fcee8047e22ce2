//! Checks a tree against a shape.

mod text;

use super::form::in_backticks;
use super::nearest::{as_name, nearest};
use super::{Record, Rule, Shape, TextForm};
use crate::ruleset::diagnostic::{Diagnostic, MOST_DIAGNOSTICS, quoted};
use crate::ruleset::node::{Entry, Node, NodeValue, Span};
use crate::ruleset::tree::push_key;
use std::fmt::Write as _;

/// Checks that a value has a shape, and adds what is wrong to `out`, up to
/// [`MOST_DIAGNOSTICS`] in all: unknown, missing and unsupported keys, wrong forms, keys that may not stand together.
///
/// `path` is the dotted place of the value; empty for the document.
pub fn validate(node: &Node, shape: &'static Shape, path: &str, out: &mut Vec<Diagnostic>) {
    let mut check = Check { path: path.to_owned(), out };
    // A value whose key is not known here is marked at its own beginning.
    check.shape(node, shape, &Place { key: None, span: first_place(node) });
}

struct Check<'a> {
    path: String,
    out: &'a mut Vec<Diagnostic>,
}

/// Where a value stands, for messages about something that is not there.
struct Place<'a> {
    key: Option<&'a str>,
    span: Span,
}

impl Check<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if self.out.len() < MOST_DIAGNOSTICS {
            let path = self.path.clone();
            self.out.push(diagnostic.at(path));
        }
    }

    /// Whether enough is wrong: nothing more is looked at then.
    fn is_full(&self) -> bool {
        self.out.len() >= MOST_DIAGNOSTICS
    }

    /// Checks a value at a place below this one. The depth of a tree is bounded, so recursion is safe.
    fn below(&mut self, entry: &Entry, shape: &'static Shape) {
        self.under_key(&entry.key, |check| {
            check.shape(&entry.value, shape, &Place { key: Some(&entry.key), span: entry.key_span });
        });
    }

    fn under_key(&mut self, key: &str, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_key(&mut self.path, key);
        work(self);
        self.path.truncate(length);
    }

    fn shape(&mut self, node: &Node, shape: &'static Shape, place: &Place<'_>) {
        if self.is_full() {
            return;
        }
        if node.is_empty_text() {
            return self.empty(shape, place);
        }
        match (shape, &node.value) {
            (Shape::Text(form), NodeValue::Text(text)) => {
                if !form.accepts(text) {
                    self.report(text::wrong_form(&[*form], text, node.span));
                }
            }
            (Shape::List(item) | Shape::OneOrMany(item), NodeValue::List(items)) => {
                for (at, node) in items.iter().enumerate() {
                    if self.is_full() {
                        return;
                    }
                    let length = self.path.len();
                    // Writing to a string cannot fail.
                    let _ = write!(self.path, "[{at}]");
                    self.shape(node, item, &Place { key: place.key, span: first_place(node) });
                    self.path.truncate(length);
                }
            }
            (Shape::OneOrMany(one), _) => self.shape(node, one, place),
            (Shape::Named(value), NodeValue::Map(entries)) => self.keyed(entries, TextForm::Name, value),
            (Shape::Keyed(form, value), NodeValue::Map(entries)) => self.keyed(entries, *form, value),
            (Shape::Record(record), NodeValue::Map(entries)) => self.record(entries, record, None, place),
            (Shape::Extended(record, others), NodeValue::Map(entries)) => {
                self.record(entries, record, Some(others), place);
            }
            (Shape::AnyOf(_), _) => self.any_of(node, shape, place),
            (Shape::List(_), NodeValue::Text(text)) if text.len() <= 40 => {
                let help = format!("write `[{text}]`, or each item on a line that begins with `- `");
                self.report(text::wrong_kind(&shape.expected(), node, node.span).with_help(help));
            }
            _ => self.report(text::wrong_kind(&shape.expected(), node, first_place(node))),
        }
    }

    fn empty(&mut self, shape: &Shape, place: &Place<'_>) {
        let message = match place.key {
            Some(key) => format!("{} has no value", quoted(key)),
            None => "nothing stands here".to_owned(),
        };
        let help = match shape {
            Shape::Text(form) => form.written(),
            Shape::List(_) => "write `[]` for an empty list, or leave the key out".to_owned(),
            Shape::Named(_) | Shape::Keyed(..) => "write `{}` for an empty map, or leave the key out".to_owned(),
            other => format!("write {}, or leave the key out", other.expected()),
        };
        self.report(Diagnostic::error("empty_value", place.span, message).with_help(help));
    }

    fn keyed(&mut self, entries: &[Entry], form: TextForm, value: &'static Shape) {
        for entry in entries {
            if self.is_full() {
                return;
            }
            if !form.accepts(&entry.key) {
                self.under_key(&entry.key, |check| check.report(text::wrong_key(form, entry)));
            }
            self.below(entry, value);
        }
    }

    /// A map with known keys; where `others` is a shape, the other keys are names with such values.
    fn record(
        &mut self,
        entries: &[Entry],
        record: &'static Record,
        others: Option<&'static Shape>,
        place: &Place<'_>,
    ) {
        // One walk over the entries, so that a hostile map with many unknown keys costs no square of them.
        let standing: Vec<&str> = entries.iter().filter_map(|it| record.key(&it.key)).map(|key| key.name).collect();
        for entry in entries {
            if self.is_full() {
                return;
            }
            match record.key(&entry.key) {
                Some(key) if key.later => {
                    let message = format!("{} is not supported by this version", quoted(&entry.key));
                    let help = "leave it out; what cannot be expressed yet can be listed under `not_encoded`";
                    self.under_key(&entry.key, |check| {
                        check.report(Diagnostic::error("unsupported", entry.key_span, message).with_help(help));
                    });
                }
                Some(key) => self.below(entry, key.shape),
                None => match others {
                    Some(shape) => self.keyed(std::slice::from_ref(entry), TextForm::Name, shape),
                    None => self.under_key(&entry.key, |check| check.report(unknown_key(entry, record, &standing))),
                },
            }
        }
        for key in record.keys.iter().filter(|key| key.required && !standing.contains(&key.name)) {
            let message = format!("{} needs `{}`", record.with_article(), key.name);
            let help = format!("`{}`: {}", key.name, sentence_inside(key.doc));
            self.report(Diagnostic::error("missing_key", place.span, message).with_help(help));
        }
        for rule in record.rules {
            for fault in broken(rule, entries, record, place) {
                self.report(fault);
            }
        }
    }

    fn any_of(&mut self, node: &Node, shape: &'static Shape, place: &Place<'_>) {
        let alternatives = shape.alternatives();
        match &node.value {
            NodeValue::Text(written) => {
                let forms: Vec<TextForm> = alternatives.iter().filter_map(|shape| text_form(shape)).collect();
                if forms.is_empty() {
                    self.report(text::wrong_kind(&shape.expected(), node, first_place(node)));
                } else if !forms.iter().any(|form| form.accepts(written)) {
                    self.report(text::wrong_form(&forms, written, node.span));
                }
            }
            NodeValue::List(_) => {
                match alternatives.into_iter().find(|it| matches!(it, Shape::List(_) | Shape::OneOrMany(_))) {
                    Some(list) => self.shape(node, list, place),
                    None => self.report(text::wrong_kind(&shape.expected(), node, first_place(node))),
                }
            }
            NodeValue::Map(_) => match chosen_map(node, &alternatives) {
                Some(map) => self.shape(node, map, place),
                None => self.report(text::wrong_kind(&shape.expected(), node, first_place(node))),
            },
        }
    }
}

/// What breaks a rule.
fn broken(rule: &Rule, entries: &[Entry], record: &Record, place: &Place<'_>) -> Vec<Diagnostic> {
    let of = |names: &[&str]| -> Vec<&Entry> { entries.iter().filter(|entry| names.contains(&&*entry.key)).collect() };
    let one = |name: &str| entries.iter().find(|entry| &*entry.key == name);
    let doc = |name: &str| record.key(name).map(|key| sentence_inside(key.doc)).unwrap_or_default();
    let word = |name: &str| one(name).and_then(|entry| entry.value.as_text()).unwrap_or_default();
    let missing = |span: Span, message: String| Diagnostic::error("missing_key", span, message);
    match rule {
        Rule::ExactlyOne(names) | Rule::AtMostOne(names) | Rule::AtLeastOne(names) => match of(names).as_slice() {
            [] if !matches!(rule, Rule::AtMostOne(_)) => {
                let needed =
                    if let [name] = names { format!("`{name}`") } else { format!("one of {}", in_backticks(names)) };
                vec![missing(place.span, format!("{} needs {needed}", record.with_article()))]
            }
            [first, second, ..] if !matches!(rule, Rule::AtLeastOne(_)) => {
                let message = format!("`{}` and `{}` stand together", first.key, second.key);
                let help = format!("keep one of {}", in_backticks(names));
                let fault = Diagnostic::error("keys_together", second.key_span, message).with_help(help);
                vec![fault.with_related(first.key_span, format!("`{}` stands here", first.key))]
            }
            _ => Vec::new(),
        },
        Rule::Needs(name, needs) => {
            let Some(entry) = one(name) else { return Vec::new() };
            let absent = needs.iter().filter(|need| one(need).is_none());
            let faults = absent.map(|need| {
                let message = format!("`{name}` needs `{need}` beside it");
                missing(entry.key_span, message).with_help(format!("`{need}`: {}", doc(need)))
            });
            faults.collect()
        }
        Rule::NeedsWhere(key, words, needs) if words.contains(&word(key)) => {
            let absent = needs.iter().filter(|need| one(need).is_none());
            let faults = absent.map(|need| {
                let message = format!("{} with `{key}: {}` needs `{need}`", record.with_article(), word(key));
                missing(place.span, message).with_help(format!("`{need}`: {}", doc(need)))
            });
            faults.collect()
        }
        Rule::OnlyWhere(key, words, name) if !words.contains(&word(key)) => {
            let Some(entry) = one(name) else { return Vec::new() };
            let message = format!("`{name}` does not belong to `{key}: {}`", word(key));
            let where_: Vec<String> = words.iter().map(|word| format!("`{key}: {word}`")).collect();
            let fault = Diagnostic::error("keys_together", entry.key_span, message);
            vec![fault.with_help(format!("it stands beside {}", where_.join(" or ")))]
        }
        Rule::FormWhere(key, words, name, form) if words.contains(&word(key)) => match one(name) {
            Some(Entry { value, .. }) => match value.as_text() {
                Some(text) if !text.is_empty() && !form.accepts(text) => {
                    vec![text::wrong_form(&[*form], text, value.span)]
                }
                _ => Vec::new(),
            },
            None => Vec::new(),
        },
        Rule::NeedsWhere(..) | Rule::OnlyWhere(..) | Rule::FormWhere(..) => Vec::new(),
        Rule::Filled(name) => match one(name) {
            Some(entry) if entry.value.as_list().is_some_and(<[Node]>::is_empty) => {
                let message = format!("`{name}` has no item");
                let fault = Diagnostic::error("empty_value", entry.key_span, message);
                vec![fault.with_help(format!("`{name}`: {}", doc(name)))]
            }
            _ => Vec::new(),
        },
        Rule::Coded(code, rule, help) => {
            let faults = broken(rule, entries, record, place).into_iter();
            faults.map(|fault| Diagnostic { code, ..fault.with_help(*help) }).collect()
        }
    }
}

fn text_form(shape: &'static Shape) -> Option<TextForm> {
    match shape {
        Shape::Text(form) => Some(*form),
        _ => None,
    }
}

/// Which of several maps stands here; see [`Shape::AnyOf`].
fn chosen_map(node: &Node, alternatives: &[&'static Shape]) -> Option<&'static Shape> {
    let is_map = |shape: &&'static Shape| {
        matches!(shape, Shape::Named(_) | Shape::Keyed(..) | Shape::Record(_) | Shape::Extended(..))
    };
    let maps = alternatives.iter().copied().filter(is_map);
    let told = |shape: &&'static Shape| match shape {
        Shape::Record(record) => record.marks(node),
        _ => false,
    };
    let open = |shape: &&'static Shape| match shape {
        Shape::Record(record) => record.told_by.is_empty(),
        _ => true,
    };
    let only = || if maps.clone().count() == 1 { maps.clone().next() } else { None };
    maps.clone().find(told).or_else(|| maps.clone().find(open)).or_else(only)
}

fn unknown_key(entry: &Entry, record: &Record, standing: &[&str]) -> Diagnostic {
    let message = format!("{} is no key of {}", quoted(&entry.key), record.with_article());
    let fault = Diagnostic::error("unknown_key", entry.key_span, message);
    let known = || record.keys.iter().filter(|key| !key.later).map(|key| key.name);
    if matches!(&*entry.key, "on" | "true") && record.key("of").is_some() && !standing.contains(&"of") {
        return fault.with_help("write `of:`; some YAML tools read `on` as true");
    }
    // A key that stands already is not what was meant.
    let free = known().filter(|name| !standing.contains(name));
    if let Some(near) = nearest(&entry.key, free) {
        return fault.with_help(format!("did you mean `{near}`?"));
    }
    let names: Vec<&str> = known().collect();
    fault.with_help(format!("its keys are {}", in_backticks(&names)))
}

/// Where a value begins: a list or map is marked by its first line's first character, not over many lines.
fn first_place(node: &Node) -> Span {
    match &node.value {
        NodeValue::Text(_) => node.span,
        NodeValue::List(_) => Span::new(node.span.start, node.span.start.saturating_add(1).min(node.span.end)),
        NodeValue::Map(entries) => match entries.first() {
            Some(first) => first.key_span,
            None => Span::new(node.span.start, node.span.end),
        },
    }
}

/// A sentence of the documentation as part of a message: a small letter first, no full stop at its end.
fn sentence_inside(doc: &str) -> String {
    let mut letters = doc.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests;
