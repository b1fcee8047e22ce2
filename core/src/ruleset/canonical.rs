//! A document as JSON: in its own order, and in the canonical form, whose hash every answer names.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

use super::node::{Entry, Node, NodeValue};
use super::order;

/// The document as canonical JSON: keys sorted by Unicode scalar value, no white space, every scalar a string, only
/// the escapes that JSON requires. YAML and JSON of the same rules give the same text.
///
/// `skip_top_level` names keys of the outermost map to leave out.
pub fn canonical_json(node: &Node, skip_top_level: &[&str]) -> String {
    written(node, skip_top_level, Order::Keys)
}

/// The document as JSON in its own order, which forms and lists of words follow; in all else as [`canonical_json`].
pub fn document_json(node: &Node, skip_top_level: &[&str]) -> String {
    written(node, skip_top_level, Order::Document)
}

/// The hash of a rule set: the SHA-256 of its canonical JSON without `cases`, in 64 lower-case hexadecimal digits.
///
/// ```
/// use rollbook::ruleset::{canonical::hash, json::read_json, limits::Limits};
///
/// let read = |text| read_json(text, &Limits::default()).unwrap();
/// let rules = read(r#"{ "id": "cpc", "edition": "3" }"#);
/// let with_cases = read(r#"{ "edition": "3", "id": "cpc", "cases": [] }"#);
/// assert_eq!(hash(&rules), hash(&with_cases));
/// ```
pub fn hash(node: &Node) -> String {
    sha256(canonical_json(node, &["cases"]).as_bytes())
}

/// The SHA-256 of bytes, in 64 lower-case hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hexadecimal = String::with_capacity(64);
    for byte in &Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// The order of the keys of a map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By Unicode scalar value.
    Keys,
    /// As they stand in the document.
    Document,
}

fn written(node: &Node, skip_top_level: &[&str], order: Order) -> String {
    let mut out = String::new();
    match &node.value {
        NodeValue::Map(entries) => {
            let kept = entries.iter().filter(|it| !skip_top_level.contains(&&*it.key));
            write_map(kept.collect(), order, &mut out);
        }
        NodeValue::Text(_) | NodeValue::List(_) => write_node(node, order, &mut out),
    }
    out
}

// The depth of a tree is bounded by `Limits::DEEPEST`, so recursion is safe here.
fn write_node(node: &Node, order: Order, out: &mut String) {
    match &node.value {
        NodeValue::Text(text) => write_text(text, out),
        NodeValue::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_node(item, order, out);
            }
            out.push(']');
        }
        NodeValue::Map(entries) => write_map(entries.iter().collect(), order, out),
    }
}

fn write_map(mut entries: Vec<&Entry>, order: Order, out: &mut String) {
    if order == Order::Keys {
        // The bytes of UTF-8 sort as the Unicode scalar values do.
        order::sort_by(&mut entries, |one, other| one.key.cmp(&other.key));
    }
    out.push('{');
    for (at, entry) in entries.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_text(&entry.key, out);
        out.push(':');
        write_node(&entry.value, order, out);
    }
    out.push('}');
}

/// A JSON string with no more escapes than JSON requires.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
