//! Facts and settings: what the host may tell, and what the organisation may decide.

use super::{Layers, MAX_WORDS, Reader, simple_kind};
use crate::ruleset::datum::Datum;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::expression::WordsId;
use crate::ruleset::ids::{InputId, SettingId};
use crate::ruleset::node::{Entry, Node, Span};
use crate::ruleset::rules::{Assumed, Field, Input, Kind, Name, Owner, Setting, SettingBounds, Word, WordList};
use crate::ruleset::text_value::{Range, read_value};
use crate::ruleset::titles::Titles;
use crate::value::{Date, Exact};

impl Reader {
    /// The section `facts`.
    pub(crate) fn facts(&mut self, node: Option<&Node>) {
        for entry in node.and_then(Node::as_map).unwrap_or_default() {
            let path = format!("facts.{}", entry.key);
            let id = InputId::nth(self.rules.inputs.len());
            self.declare(&entry.key, entry.key_span, &path, Name::Fact(id));
            let input = self.input(entry, &path);
            self.rules.inputs.push(input);
        }
    }

    fn input(&mut self, entry: &Entry, path: &str) -> Input {
        let node = &entry.value;
        let kind = self.kind(node, entry.key_span, path);
        let (at_least, at_most) = self.range(node, path);
        let range = Range { at_least, at_most };
        Input {
            name: entry.key.clone(),
            title: self.titles(node.get("title"), path),
            means: node.get("means").map(|node| self.titles(Some(node), path)),
            owner: owner(node),
            unless_given: node.get("unless_given").and_then(|node| self.assumed(node, &entry.key, &kind, range, path)),
            kind,
            at_least,
            at_most,
            term: None,
            span: entry.key_span,
        }
    }

    fn assumed(&mut self, node: &Node, name: &str, kind: &Kind, range: Range, path: &str) -> Option<Assumed> {
        match (node.as_text(), kind) {
            (None, Kind::List(_)) if node.as_list().is_some_and(<[Node]>::is_empty) => Some(Assumed::EmptyList),
            (Some("[]"), Kind::List(_)) => Some(Assumed::EmptyList),
            (Some("long_ago"), Kind::Date) => Some(Assumed::Value(Datum::Date(Date::LONG_AGO))),
            (Some("never"), Kind::Date) => Some(Assumed::Value(Datum::Date(Date::NEVER))),
            (Some(text), _) => self.value(node, text, name, kind, range, path).map(Assumed::Value),
            (None, Kind::SetOf(words)) => {
                let mut bits = 0_u128;
                for word in node.as_list().unwrap_or_default() {
                    match self.value(
                        word,
                        word.as_text().unwrap_or_default(),
                        name,
                        &Kind::OneOf(*words),
                        range,
                        path,
                    )? {
                        Datum::Word(word) => bits |= 1_u128.checked_shl(u32::from(word)).unwrap_or(0),
                        _ => return None,
                    }
                }
                Some(Assumed::Value(Datum::Words(bits)))
            }
            _ => {
                self.error("wrong_form", node.span, path, "a list of records can only be assumed to be empty: `[]`");
                None
            }
        }
    }

    /// A value written in the document, read by its kind.
    fn value(&mut self, node: &Node, text: &str, name: &str, kind: &Kind, range: Range, path: &str) -> Option<Datum> {
        match read_value(&self.rules, name, kind, range, text) {
            Ok(value) => Some(value),
            Err(finding) => {
                let code = match finding.code {
                    crate::explain::Code::UnknownWord => "unknown_word",
                    crate::explain::Code::OutOfRange => "setting_out_of_bounds",
                    _ => match kind {
                        Kind::Date => "bad_date",
                        Kind::YesNo => "bad_yes_no",
                        Kind::Rounding => "bad_rounding",
                        _ => "bad_number",
                    },
                };
                let wanted = finding.param("wanted").unwrap_or_default();
                let fault = Diagnostic::error(code, node.span, format!("{} is not accepted here", quoted(text)));
                self.report(fault.at(path).with_help(format!("accepted is {wanted}")));
                None
            }
        }
    }

    /// The kind of a fact, setting, field or term, with its words or fields.
    pub(super) fn kind(&mut self, node: &Node, key: Span, path: &str) -> Kind {
        let written = node.get("kind").and_then(Node::as_text).unwrap_or_default();
        let words = node.get("words");
        match written {
            "one_of" | "set_of" => {
                let Some(words) = words else {
                    let fault = Diagnostic::error("missing_key", key, format!("a `{written}` needs `words`")).at(path);
                    self.report(fault.with_help("`words: [ one, other ]`, or each word with its title"));
                    return Kind::Text;
                };
                let id = self.words(words, path);
                if written == "one_of" { Kind::OneOf(id) } else { Kind::SetOf(id) }
            }
            "list" => {
                let Some(record) = node.get("record") else {
                    let fault = Diagnostic::error("missing_key", key, "a `list` needs `record`").at(path);
                    self.report(fault.with_help("`record: { paid: { kind: money } }`: the fields of each record"));
                    return Kind::List(Vec::new());
                };
                Kind::List(self.fields(record, path))
            }
            simple => {
                if let Some(words) = words {
                    let fault = Diagnostic::error(
                        "keys_together",
                        words.span,
                        format!("`words` do not belong to the kind `{simple}`"),
                    );
                    self.report(fault.at(path).with_help("a choice of words has the kind `one_of`"));
                }
                simple_kind(simple).unwrap_or(Kind::Text)
            }
        }
    }

    /// A list of words, or a map from words to titles.
    pub(crate) fn words(&mut self, node: &Node, path: &str) -> WordsId {
        let mut words: Vec<(Word, Span)> = Vec::new();
        for item in node.as_list().unwrap_or_default() {
            let name: Box<str> = item.as_text().unwrap_or_default().into();
            words.push((Word { name, title: Titles::default() }, item.span));
        }
        for entry in node.as_map().unwrap_or_default() {
            let title = self.titles(Some(&entry.value), path);
            words.push((Word { name: entry.key.clone(), title }, entry.key_span));
        }
        if words.len() > MAX_WORDS {
            let span = words.get(MAX_WORDS).map_or(node.span, |(_, span)| *span);
            let message = format!("a choice has at most {MAX_WORDS} words, this one {}", words.len());
            let fault = Diagnostic::error("too_many_words", span, message).at(path);
            self.report(fault.with_help("divide it into two facts, such as a kind and a rank"));
            words.truncate(MAX_WORDS);
        }
        for (at, (word, span)) in words.iter().enumerate() {
            for (other, first) in words.iter().take(at) {
                self.check_titles((&word.name, &word.title, *span), (&other.name, &other.title, *first), path);
            }
        }
        self.add_words(words.into_iter().map(|(word, _)| word).collect())
    }

    pub(super) fn add_words(&mut self, words: Vec<Word>) -> WordsId {
        let id = WordsId(u16::try_from(self.rules.words.len()).unwrap_or(u16::MAX));
        self.rules.words.push(WordList::new(words));
        id
    }

    /// Two things that a roster could not tell apart by their texts.
    fn check_titles(&mut self, one: (&str, &Titles, Span), other: (&str, &Titles, Span), path: &str) {
        let ((name, title, span), (known, known_title, first)) = (one, other);
        let message = if name == known {
            Some(format!("`{name}` stands twice"))
        } else if let Some((_, same)) = title.all().find(|(_, text)| known_title.all().any(|(_, other)| other == *text))
        {
            Some(format!("`{name}` and `{known}` have the same title {}", quoted(same)))
        } else if title.all().any(|(_, text)| text == known) {
            Some(format!("the title of `{name}` is the name of `{known}`"))
        } else if known_title.all().any(|(_, text)| text == name) {
            Some(format!("the title of `{known}` is the name of `{name}`"))
        } else {
            None
        };
        if let Some(message) = message {
            let fault =
                Diagnostic::error("title_clash", span, message).at(path).with_related(first, format!("`{known}`"));
            self.report(fault.with_help("a roster or form could mean either: give each its own title"));
        }
    }

    /// Two facts or terms that may be given must not share a title.
    pub(crate) fn check_input_titles(&mut self) {
        let mut seen: std::collections::BTreeMap<Box<str>, usize> = std::collections::BTreeMap::new();
        let mut clashes = Vec::new();
        for (at, input) in self.rules.inputs.iter().enumerate() {
            let texts = std::iter::once(&*input.name).chain(input.title.all().map(|(_, text)| text));
            for text in texts {
                match seen.get(text) {
                    Some(first) if *first != at => clashes.push((*first, at)),
                    Some(_) => {}
                    None => {
                        seen.insert(text.into(), at);
                    }
                }
            }
        }
        clashes.dedup();
        for (first, second) in clashes {
            let (Some(a), Some(b)) = (self.rules.inputs.get(first), self.rules.inputs.get(second)) else { continue };
            let (a, b) = ((a.name.clone(), a.title.clone(), a.span), (b.name.clone(), b.title.clone(), b.span));
            let path = format!("facts.{}", b.0);
            self.check_titles((&b.0, &b.1, b.2), (&a.0, &a.1, a.2), &path);
        }
    }

    fn fields(&mut self, node: &Node, path: &str) -> Vec<Field> {
        let mut fields = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            let path = format!("{path}.record.{}", entry.key);
            let kind = self.kind(&entry.value, entry.key_span, &path);
            if matches!(kind, Kind::List(_)) {
                self.error("wrong_form", entry.value.span, &path, "a field is no list");
            }
            let (at_least, at_most) = self.range(&entry.value, &path);
            let range = Range { at_least, at_most };
            let unless_given = entry.value.get("unless_given").and_then(|node| {
                let assumed = self.assumed(node, &entry.key, &kind, range, &path)?;
                if let Assumed::Value(value) = assumed { Some(value) } else { None }
            });
            let title = self.titles(entry.value.get("title"), &path);
            fields.push(Field { name: entry.key.clone(), title, kind, at_least, at_most, unless_given });
        }
        if fields.len() > 200 {
            self.error("too_many_words", node.span, path, "a record has at most 200 fields");
        }
        fields
    }

    /// Fields are names beside those of facts, so they repeat none of them.
    pub(crate) fn check_field_names(&mut self, facts: Option<&Node>) {
        for entry in facts.and_then(Node::as_map).unwrap_or_default() {
            for field in entry.value.get("record").and_then(Node::as_map).unwrap_or_default() {
                if let Some(known) = self.rules.names.get(&field.key) {
                    let message = format!("the field `{}` repeats the name of {}", field.key, super::describe(*known));
                    let path = format!("facts.{}.record.{}", entry.key, field.key);
                    let fault = Diagnostic::error("name_clash", field.key_span, message).at(path);
                    self.report(fault.with_help("give the field another name"));
                }
            }
        }
    }

    /// The section `settings`, with how deep the versions of those stand that a child narrows.
    pub(crate) fn settings(&mut self, node: Option<&Node>, layers: Option<&Layers>) {
        for entry in node.and_then(Node::as_map).unwrap_or_default() {
            let path = format!("settings.{}", entry.key);
            let id = SettingId::nth(self.rules.settings.len());
            self.declare(&entry.key, entry.key_span, &path, Name::Setting(id));
            let kind = self.kind(&entry.value, entry.key_span, &path);
            let versions = match entry.value.get("versions") {
                Some(versions) => versions.one_or_many().iter().collect(),
                None => vec![&entry.value],
            };
            let layers = layers.and_then(|layers| layers.get(&entry.key)).map_or(&[][..], Vec::as_slice);
            let timeline = self.versions_in_layers(&versions, layers, entry.key_span, &entry.key, &path);
            let bounds = versions.iter().map(|version| self.bounds(version, entry, &kind, &path)).collect();
            let title = self.titles(entry.value.get("title"), &path);
            self.rules.settings.push(Setting { name: entry.key.clone(), title, kind, timeline, bounds });
        }
    }

    fn bounds(&mut self, version: &Node, entry: &Entry, kind: &Kind, path: &str) -> SettingBounds {
        let (at_least, at_most) = self.range(version, path);
        let default = match version.get("default") {
            Some(node) => {
                let text = node.as_text().unwrap_or_default();
                let value = self.value(node, text, &entry.key, kind, Range::default(), path);
                if let Some(Datum::Number(number)) = value {
                    self.check_default(node, number, version, Range { at_least, at_most }, path);
                }
                value
            }
            None => None,
        };
        SettingBounds { at_least, at_most, default: default.unwrap_or(Datum::YesNo(false)) }
    }

    fn check_default(&mut self, node: &Node, number: Exact, version: &Node, range: Range, path: &str) {
        if !range.holds(number) {
            let message =
                format!("the default {} is outside its own bounds", quoted(node.as_text().unwrap_or_default()));
            let fault = Diagnostic::error("setting_out_of_bounds", node.span, message).at(path);
            let bounds = ["at_least", "at_most"].into_iter().filter_map(|key| {
                let bound = version.get(key).and_then(Node::as_text)?;
                Some(format!("`{key}: {bound}`"))
            });
            self.report(fault.with_help(format!("this version says {}", bounds.collect::<Vec<_>>().join(", "))));
        }
    }
}

/// To whom something belongs.
pub(crate) fn owner(node: &Node) -> Owner {
    match node.get("of").and_then(Node::as_text) {
        Some("organisation") => Owner::Organisation,
        _ => Owner::Member,
    }
}
