//! Questions as JSON, for hosts to which a text is the cheapest thing to pass.

use std::collections::BTreeMap;

use super::{Facts, Request, Value};
use crate::facade::error::{Error, ErrorCode, Position};
use crate::ruleset::diagnostic::quoted;
use crate::ruleset::json::read_json_with_bare;
use crate::ruleset::limits::Limits;
use crate::ruleset::nearest;
use crate::ruleset::node::{Entry, Node, Span};
use crate::ruleset::source::LineIndex;

/// A request may carry the facts of a whole roster; each text in it is bounded as in a rule set.
const LIMITS: Limits = Limits { bytes: 16_777_216, depth: 16, nodes: 2_000_000, text_bytes: 16_384 };

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
    /// [`ErrorCode::BadRequest`] with the place of what cannot be read: no JSON, more than 16 MiB, an unknown key, a
    /// key of the wrong form. [`ErrorCode::WrongType`] with the name of a fact that is a JSON number, which many readers
    /// and writers take for a binary float, or `null`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let (document, bare) =
            read_json_with_bare(text, &LIMITS).map_err(|faults| Error::bad_request(text, &faults))?;
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
    let (document, bare) = read_json_with_bare(text, &LIMITS).map_err(|faults| Error::bad_request(text, &faults))?;
    Reader { text, bare }.values(&document, "facts")
}

struct Reader<'t> {
    text: &'t str,
    /// Where scalars without quotes stand, in the order of the text.
    bare: Vec<Span>,
}

impl Reader<'_> {
    fn wrong(&self, span: Span, message: &str) -> Error {
        let at = LineIndex::new(self.text).position(span.start);
        let mut error = Error::new(ErrorCode::BadRequest, message);
        error.position = Some(Position { line: at.line, column: at.column });
        error
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
        entries.iter().map(|entry| Ok((entry.key.to_string(), self.text(&entry.value, &entry.key)?))).collect()
    }

    fn yes_no(&self, node: &Node) -> Result<bool, Error> {
        match node.as_text() {
            Some("true" | "yes") => Ok(true),
            Some("false" | "no") => Ok(false),
            _ => Err(self.wrong(node.span, "`trace` is true or false")),
        }
    }

    fn values(&self, node: &Node, what: &str) -> Result<Facts, Error> {
        let entries = self.entries(node, &format!("`{what}`"))?;
        entries.iter().map(|entry| Ok((entry.key.to_string(), self.value(&entry.value, &entry.key)?))).collect()
    }

    fn value(&self, node: &Node, name: &str) -> Result<Value, Error> {
        if let Some(text) = node.as_text() {
            return self.scalar(node, text, name);
        }
        let wrong = |node: &Node| self.wrong(node.span, "a value is a string, true or false, or a list");
        let items = node.as_list().ok_or_else(|| wrong(node))?;
        if items.iter().all(|item| item.as_text().is_some()) {
            return items.iter().map(|item| self.text(item, name)).collect::<Result<_, _>>().map(Value::Words);
        }
        let records = items.iter().map(|item| {
            let fields = self.entries(item, "a record")?;
            let field = |entry: &Entry| {
                let value = match (entry.value.as_text(), entry.value.as_list()) {
                    (Some(text), _) => self.scalar(&entry.value, text, &entry.key)?,
                    (None, Some(words)) => {
                        Value::Words(words.iter().map(|word| self.text(word, &entry.key)).collect::<Result<_, _>>()?)
                    }
                    (None, None) => return Err(wrong(&entry.value)),
                };
                Ok((entry.key.to_string(), value))
            };
            fields.iter().map(field).collect::<Result<_, Error>>()
        });
        records.collect::<Result<_, _>>().map(Value::Records)
    }

    fn scalar(&self, node: &Node, text: &str, name: &str) -> Result<Value, Error> {
        match text {
            _ if !self.is_bare(node) => Ok(Value::Text(text.to_owned())),
            "true" => Ok(Value::YesNo(true)),
            "false" => Ok(Value::YesNo(false)),
            word => Err(wrong_type(name, word)),
        }
    }
}

/// A scalar without quotes where a string belongs.
fn wrong_type(name: &str, word: &str) -> Error {
    match word {
        "null" => Error::wrong_type(name, "null", "a string, or leave it out where nothing is known"),
        "true" | "false" => Error::wrong_type(name, "a truth value", "a string"),
        _ => Error::wrong_type(name, "a number, which may be a binary float", "a decimal string such as \"5400.50\""),
    }
}
