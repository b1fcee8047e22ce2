//! Questions as JSON, for hosts to which a text is the cheapest thing to pass.

use std::collections::BTreeMap;

use super::{Facts, Request, Value};
use crate::facade::error::{Error, ErrorCode, Position};
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::json::read_json_with_bare;
use crate::ruleset::limits::Limits;
use crate::ruleset::nearest;
use crate::ruleset::node::{Entry, Node, Span};
use crate::ruleset::source::LineIndex;

/// A request may carry the facts of a whole roster. A text in it may be as long as the request: what no fact takes is then
/// refused by the name of its fact, as in the languages that pass values.
const LIMITS: Limits = Limits { bytes: 67_108_864, depth: 16, nodes: 2_000_000, text_bytes: 67_108_864 };

/// The keys of a request.
const KEYS: [&str; 8] = ["facts", "rows", "period", "charge", "known", "settings", "set_aside", "trace"];

/// What a request in JSON asks: one question, or the same for many sets of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub request: Request,
    /// About whom.
    pub about: About,
}

/// Whom a request in JSON is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// One member or organisation: the key `facts`.
    One(Facts),
    /// Several: the key `rows`.
    Many(Vec<Facts>),
}

impl Asked {
    /// Reads a request: `{"facts": {…}, "period": "2026-11"}` and, as wanted, `charge`, `known`, `settings`,
    /// `set_aside` and `trace`; with `rows`, a list of facts, in place of `facts` for many at once.
    ///
    /// Numbers and days are strings, yes and no are `true`, `false` or strings. A history is a list of
    /// `{"from", "value"}`, a set of words a list of strings.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] with the place of what cannot be read: no JSON, more than 64 MiB, an unknown key, a
    /// key of the wrong form. [`ErrorCode::WrongType`] with the name of a fact that is a JSON number, which many readers
    /// and writers take for a binary float, `null`, an object, or a text with half a character.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let (document, bare) = read_json_with_bare(text, &LIMITS).map_err(|faults| unreadable(text, &faults))?;
        let reader = Reader { text, bare };
        let entries = reader.entries(&document, "the request")?;
        for entry in entries {
            if !KEYS.contains(&&*entry.key) {
                let help = match nearest(&entry.key, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known are {}", KEYS.join(", ")),
                };
                return Err(reader.wrong(entry.key_span, &format!("there is no key {}; {help}", quoted(&entry.key))));
            }
        }
        let text_of = |key| document.get(key).map(|node| reader.text(node, key)).transpose();
        let request = Request {
            period: text_of("period")?.unwrap_or_default(),
            charge: text_of("charge")?,
            known: text_of("known")?,
            settings: document
                .get("settings")
                .map(|node| reader.values(node, "settings"))
                .transpose()?
                .unwrap_or_default(),
            set_aside: document.get("set_aside").map(|node| reader.texts(node)).transpose()?.unwrap_or_default(),
            trace: document.get("trace").map(|node| reader.yes_no(node)).transpose()?.unwrap_or(false),
        };
        let about = match (document.get("facts"), document.get("rows")) {
            (Some(_), Some(rows)) => {
                return Err(reader.wrong(rows.span, "`facts` and `rows` stand for each other: keep one"));
            }
            (None, Some(rows)) => {
                let rows = rows.as_list().ok_or_else(|| reader.wrong(rows.span, "`rows` is a list of facts"))?;
                About::Many(rows.iter().map(|row| reader.values(row, "facts")).collect::<Result<_, _>>()?)
            }
            (facts, None) => {
                About::One(facts.map(|facts| reader.values(facts, "facts")).transpose()?.unwrap_or_default())
            }
        };
        Ok(Self { request, about })
    }
}

/// Reads facts from a JSON object, as the key `facts` of a request has them.
///
/// # Errors
/// As [`Asked::from_json`].
pub fn facts_from_json(text: &str) -> Result<Facts, Error> {
    let (document, bare) = read_json_with_bare(text, &LIMITS).map_err(|faults| unreadable(text, &faults))?;
    Reader { text, bare }.values(&document, "facts")
}

struct Reader<'t> {
    text: &'t str,
    /// Where scalars without quotes stand, in the order of the text.
    bare: Vec<Span>,
}

impl Reader<'_> {
    fn wrong(&self, span: Span, message: &str) -> Error {
        self.placed(Error::new(ErrorCode::BadRequest, message), span)
    }

    fn is_bare(&self, node: &Node) -> bool {
        !self.bare.is_empty() && self.bare.binary_search(&node.span).is_ok()
    }

    fn entries<'n>(&self, node: &'n Node, what: &str) -> Result<&'n [Entry], Error> {
        node.as_map().ok_or_else(|| self.wrong(node.span, &format!("{what} is an object of names and values")))
    }

    fn text(&self, node: &Node, key: &str) -> Result<String, Error> {
        match node.as_text() {
            Some(word) if self.is_bare(node) => Err(wrong_type(key, word)),
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wrong(node.span, &format!("`{key}` is a string"))),
        }
    }

    fn texts(&self, node: &Node) -> Result<BTreeMap<String, String>, Error> {
        let entries = self.entries(node, "`set_aside`")?;
        named(entries, |entry| self.text(&entry.value, &entry.key))
    }

    fn yes_no(&self, node: &Node) -> Result<bool, Error> {
        match node.as_text() {
            Some("true" | "yes") => Ok(true),
            Some("false" | "no") => Ok(false),
            _ => Err(self.wrong(node.span, "`trace` is true or false")),
        }
    }

    fn values(&self, node: &Node, what: &str) -> Result<Facts, Error> {
        let Some(entries) = node.as_map() else { return Err(self.no_object(node, what)) };
        named(entries, |entry| self.value(&entry.value, &entry.key))
    }

    fn value(&self, node: &Node, name: &str) -> Result<Value, Error> {
        if let Some(scalar) = self.scalar_or_words(node, name) {
            return scalar;
        }
        let Some(items) = node.as_list() else { return Err(self.no_value(node, name)) };
        let records = items.iter().enumerate().map(|(number, item)| {
            let place = format!("{name}/{number}");
            let Some(fields) = item.as_map() else { return Err(self.no_object(item, &place)) };
            let field = |entry: &Entry| {
                let place = format!("{place}/{}", entry.key);
                let value = self.scalar_or_words(&entry.value, &place);
                value.unwrap_or_else(|| Err(self.no_value(&entry.value, &place)))
            };
            named(fields, field)
        });
        records.collect::<Result<_, _>>().map(Value::Records)
    }

    /// A string, yes or no, or a list of strings; none for what is none of them.
    fn scalar_or_words(&self, node: &Node, name: &str) -> Option<Result<Value, Error>> {
        if let Some(text) = node.as_text() {
            return Some(self.scalar(node, text, name));
        }
        let items = node.as_list().filter(|items| items.iter().all(|item| item.as_text().is_some()))?;
        Some(items.iter().map(|item| self.text(item, name)).collect::<Result<_, _>>().map(Value::Words))
    }

    fn scalar(&self, node: &Node, text: &str, name: &str) -> Result<Value, Error> {
        match text {
            _ if !self.is_bare(node) => Ok(Value::Text(text.to_owned())),
            "true" => Ok(Value::YesNo(true)),
            "false" => Ok(Value::YesNo(false)),
            word => Err(wrong_type(name, word)),
        }
    }

    /// Something else where a value belongs.
    fn no_value(&self, node: &Node, name: &str) -> Error {
        let given = if node.as_map().is_some() { "an object" } else { "a list of other things" };
        self.placed(
            Error::wrong_type(name, given, "a string, true or false, or a list of strings or records"),
            node.span,
        )
    }

    /// Something else where names and values belong.
    fn no_object(&self, node: &Node, name: &str) -> Error {
        let given = match node.as_text() {
            Some("null") if self.is_bare(node) => "null",
            Some(_) => "a single value",
            None => "a list",
        };
        self.placed(Error::wrong_type(name, given, "an object of names and values"), node.span)
    }

    fn placed(&self, mut error: Error, span: Span) -> Error {
        let at = LineIndex::new(self.text).position(span.start);
        error.position = Some(Position { line: at.line, column: at.column });
        error
    }
}

/// A text that is no request: no JSON, or JSON with a text that no language could hold.
fn unreadable(text: &str, faults: &[Diagnostic]) -> Error {
    let half = faults.first().filter(|fault| fault.span.text_in(text).is_some_and(is_half));
    let Some(half) = half else { return Error::bad_request(text, faults) };
    let mut error = Error::wrong_type(
        &place_of(&half.path),
        "a string with half a character (a lone surrogate)",
        "a string of whole characters",
    );
    let at = LineIndex::new(text).position(half.span.start);
    error.position = Some(Position { line: at.line, column: at.column });
    error
}

/// Whether the reader stumbled over an escape of half a character.
fn is_half(escape: &str) -> bool {
    let digits = escape.strip_prefix("\\u").and_then(|digits| digits.get(..4));
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).is_some_and(|code| (0xD800..0xE000).contains(&code))
}

/// `facts.gifts[0].paid` as the place of a value: `gifts/0/paid`.
fn place_of(path: &str) -> String {
    let (section, rest) = path.split_once('.').unwrap_or(("", path));
    let inside =
        if matches!(section, "facts" | "settings" | "set_aside") || section.starts_with("rows[") { rest } else { path };
    // A word of a list has no place of its own.
    let fact = inside.rsplit_once('[').filter(|_| inside.ends_with(']')).map_or(inside, |(fact, _)| fact);
    fact.replace('[', "/").replace(']', "").replace('.', "/")
}

/// A scalar without quotes where a string belongs.
fn wrong_type(name: &str, word: &str) -> Error {
    match word {
        "null" => Error::wrong_type(name, "null", "a string, or leave it out where nothing is known"),
        "true" | "false" => Error::wrong_type(name, "a truth value", "a string"),
        _ => Error::wrong_type(name, "a number, which may be a binary float", "a decimal string such as \"5400.50\""),
    }
}

/// The entries of an object by their names, each as it is read.
fn named<V>(entries: &[Entry], read: impl Fn(&Entry) -> Result<V, Error>) -> Result<BTreeMap<String, V>, Error> {
    let mut named = BTreeMap::new();
    for entry in entries {
        named.insert(entry.key.to_string(), read(entry)?);
    }
    Ok(named)
}
