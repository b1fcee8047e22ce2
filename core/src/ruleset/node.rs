//! The tree that a document is read into: texts, lists and maps, each with its place.

/// A stretch of the document, in bytes from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one; equal to `start` where nothing is written.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The stretch between two byte offsets; offsets past 4 GiB, which no document reaches, are cut to that.
    pub(super) fn of_bytes(start: usize, end: usize) -> Self {
        Self { start: byte_offset(start), end: byte_offset(end) }
    }

    /// What is written there in the text that the span was taken from.
    pub fn text_in(self, text: &str) -> Option<&str> {
        text.get(usize::try_from(self.start).ok()?..usize::try_from(self.end).ok()?)
    }
}

/// A byte offset as documents count it; they are far smaller than 4 GiB.
pub(super) fn byte_offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// One value of the document with its place.
///
/// ```
/// use rollbook::ruleset::{json::read_json, limits::Limits};
///
/// let document = read_json(r#"{ "id": "cpc", "languages": ["zh", "en"] }"#, &Limits::default()).unwrap();
/// assert_eq!(document.get("id").and_then(|id| id.as_text()), Some("cpc"));
/// assert_eq!(document.get("languages").and_then(|list| list.as_list()).map(<[_]>::len), Some(2));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where the value is written. Of a text in quotes it is what stands between them.
    pub span: Span,
    /// The value.
    pub value: NodeValue,
    /// Whether the characters of a text stand in the document exactly at `span` (a plain text on one line, or one in
    /// quotes without escapes), so that a place inside the text is a place in the document. False for lists and maps.
    pub verbatim: bool,
}

/// What a value is. Numbers, dates and yes/no are texts here: they are read by the kind of their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeValue {
    /// A text; empty where a key stands without a value.
    Text(Box<str>),
    /// Values in the order of the document.
    List(Vec<Node>),
    /// Keys with their values, in the order of the document; no key stands twice.
    Map(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// Where the key is written, without quotes.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            NodeValue::List(_) | NodeValue::Map(_) => None,
        }
    }

    /// The values of the list, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            NodeValue::List(items) => Some(items),
            NodeValue::Text(_) | NodeValue::Map(_) => None,
        }
    }

    /// The entries of the map in the order of the document, if it is one.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            NodeValue::Map(entries) => Some(entries),
            NodeValue::Text(_) | NodeValue::List(_) => None,
        }
    }

    /// The value under a key; nothing if there is no such key or this is no map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry with a key, which also says where the key is written.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| &*entry.key == key)
    }

    /// The value as a list: its items, or the value itself as the only item.
    pub fn one_or_many(&self) -> &[Node] {
        self.as_list().unwrap_or(std::slice::from_ref(self))
    }

    /// Whether this is the empty text that stands for a key without a value.
    pub fn is_empty_text(&self) -> bool {
        self.as_text() == Some("")
    }

    /// Whether another tree says the same in the same order, wherever its values are written.
    pub fn says_the_same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (NodeValue::Text(one), NodeValue::Text(other)) => one == other,
            (NodeValue::List(one), NodeValue::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.says_the_same(other))
            }
            (NodeValue::Map(one), NodeValue::Map(other)) => {
                let same = |one: &Entry, other: &Entry| one.key == other.key && one.value.says_the_same(&other.value);
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
            }
            _ => false,
        }
    }

    /// This value and all values below it, each before those inside it, in the order of the document.
    pub fn descendants(&self) -> Descendants<'_> {
        Descendants { open: vec![self] }
    }
}

/// The values of a tree in document order; see [`Node::descendants`].
#[derive(Debug, Clone)]
pub struct Descendants<'a> {
    open: Vec<&'a Node>,
}

impl<'a> Iterator for Descendants<'a> {
    type Item = &'a Node;

    fn next(&mut self) -> Option<&'a Node> {
        let node = self.open.pop()?;
        match &node.value {
            NodeValue::Text(_) => {}
            NodeValue::List(items) => self.open.extend(items.iter().rev()),
            NodeValue::Map(entries) => self.open.extend(entries.iter().rev().map(|entry| &entry.value)),
        }
        Some(node)
    }
}
