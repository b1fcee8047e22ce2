//! The little JSON that a schema is written in.

use crate::ruleset::canonical::write_text;

/// A JSON value whose keys keep the order in which they are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json {
    Text(String),
    Count(u64),
    Truth(bool),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub(super) fn map<const N: usize>(keys: [(&str, Self); N]) -> Self {
        Self::Map(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// What YAML makes of a plain word, where that is not the word itself.
    pub(super) fn yaml_scalar(word: &str) -> Option<Self> {
        match word {
            "yes" | "true" => Some(Self::Truth(true)),
            "no" | "false" => Some(Self::Truth(false)),
            _ => word.parse().ok().map(Self::Count),
        }
    }

    /// The value on several lines, two spaces for each depth; short lists stand on one line.
    pub(super) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let inner = depth.saturating_add(1);
        match self {
            Self::Text(text) => write_text(text, out),
            Self::Count(count) => out.push_str(&count.to_string()),
            Self::Truth(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Self::List(items) if items.iter().all(Self::is_scalar) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    item.write(inner, out);
                }
                out.push(']');
            }
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    new_line(at, inner, out);
                    item.write(inner, out);
                }
                new_line(0, depth, out);
                out.push(']');
            }
            Self::Map(keys) if keys.is_empty() => out.push_str("{}"),
            Self::Map(keys) => {
                out.push('{');
                for (at, (key, value)) in keys.iter().enumerate() {
                    new_line(at, inner, out);
                    write_text(key, out);
                    out.push_str(": ");
                    value.write(inner, out);
                }
                new_line(0, depth, out);
                out.push('}');
            }
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }
}

fn new_line(at: usize, depth: usize, out: &mut String) {
    out.push_str(if at == 0 { "\n" } else { ",\n" });
    out.push_str(&"  ".repeat(depth));
}
