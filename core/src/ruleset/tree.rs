//! Builds the tree for both readers: one place that counts, bounds the depth and refuses a key that stands twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::diagnostic::{Diagnostic, MOST_DIAGNOSTICS, printable, quoted};
use super::limits::Limits;
use super::node::{Entry, Node, NodeValue, Span};
use super::order;

/// A tree that is being read. Lists and maps that are open stand on a stack, so depth costs no recursion.
pub(super) struct Tree {
    limits: Limits,
    /// Whether texts may hold control characters: those of a host are told on, and refused by the names of their facts.
    any_text: bool,
    nodes: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// What is wrong so far; reading goes on after most faults, so that one reading shows many.
    problems: Vec<Diagnostic>,
}

struct Open {
    start: u32,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(Box<str>, Span)>, seen: Option<BTreeMap<Box<str>, Span>> },
}

/// What a reader may meet next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside every list and map.
    Top,
    Item,
    Key,
    Value,
}

/// From this many keys on a map is looked up by hash instead of one by one.
const KEYS_TO_HASH: usize = 16;

impl Tree {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, any_text: false, nodes: 0, open: Vec::new(), root: None, problems: Vec::new() }
    }

    /// The same for what a host tells.
    pub(super) fn of_any_text(limits: &Limits) -> Self {
        Self { any_text: true, ..Self::new(limits) }
    }

    pub(super) fn place(&self) -> Place {
        match self.open.last().map(|open| &open.inside) {
            None => Place::Top,
            Some(Inside::List(_)) => Place::Item,
            Some(Inside::Map { key: None, .. }) => Place::Key,
            Some(Inside::Map { key: Some(_), .. }) => Place::Value,
        }
    }

    /// The first character of the innermost open list or map.
    #[cfg(feature = "yaml")]
    pub(super) fn opening(&self) -> Span {
        self.open.last().map_or_else(Span::default, |open| Span::new(open.start, open.start.saturating_add(1)))
    }

    /// Notes a fault after which reading can go on, at the place where it stands.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.problems.len() < MOST_DIAGNOSTICS {
            let path = self.path();
            self.problems.push(diagnostic.at(path));
        }
    }

    pub(super) fn open_list(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(span, Inside::List(Vec::new()))
    }

    pub(super) fn open_map(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.open(span, Inside::Map { entries: Vec::new(), key: None, seen: None })
    }

    fn open(&mut self, span: Span, inside: Inside) -> Result<(), Diagnostic> {
        self.count(span)?;
        let most = self.limits.depth_in_force();
        if self.open.len() >= most {
            return Err(too_deep(span, most));
        }
        self.open.push(Open { start: span.start, inside });
        Ok(())
    }

    pub(super) fn key(&mut self, text: &str, span: Span) -> Result<(), Diagnostic> {
        self.check_text(text, span)?;
        let mut twice = None;
        if let Some(Open { inside: Inside::Map { entries, key, seen }, .. }) = self.open.last_mut() {
            if entries.len() >= KEYS_TO_HASH {
                let seen =
                    seen.get_or_insert_with(|| order::map(entries.iter().map(|it| (it.key.clone(), it.key_span))));
                twice = seen.get(text).copied();
                seen.entry(text.into()).or_insert(span);
            } else {
                twice = entries.iter().find(|entry| &*entry.key == text).map(|entry| entry.key_span);
            }
            *key = Some((text.into(), span));
        }
        if let Some(first) = twice {
            let message = format!("the key {} stands twice", quoted(text));
            self.report(
                Diagnostic::error("duplicate_key", span, message)
                    .with_related(first, "it stands first here")
                    .with_help("keep one of them; a map has each key once"),
            );
        }
        Ok(())
    }

    pub(super) fn text(&mut self, text: Box<str>, span: Span, verbatim: bool) -> Result<(), Diagnostic> {
        self.count(span)?;
        self.check_text(&text, span)?;
        self.put(Node { span, value: NodeValue::Text(text), verbatim });
        Ok(())
    }

    /// Ends the innermost list or map.
    pub(super) fn close(&mut self, end: u32) {
        let Some(Open { start, inside }) = self.open.pop() else { return };
        let value = match inside {
            Inside::List(items) => NodeValue::List(items),
            Inside::Map { entries, .. } => NodeValue::Map(entries),
        };
        self.put(Node { span: Span::new(start, end.max(start)), value, verbatim: false });
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(node),
            Some(Inside::List(items)) => items.push(node),
            Some(Inside::Map { entries, key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
    }

    fn count(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes <= self.limits.nodes {
            return Ok(());
        }
        let message = format!("the document has more than {} values", self.limits.nodes);
        Err(Diagnostic::error("too_many_nodes", span, message).with_help("split the rules into several rule sets"))
    }

    fn check_text(&mut self, text: &str, span: Span) -> Result<(), Diagnostic> {
        if text.len() > self.limits.text_bytes {
            let message = format!("this text has {} bytes, at most {} are read", text.len(), self.limits.text_bytes);
            return Err(Diagnostic::error("text_too_long", span, message).with_help("shorten it or divide it"));
        }
        if self.any_text {
            return Ok(());
        }
        if let Some(control) = text.chars().find(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t')) {
            self.report(control_character(span, control));
        }
        Ok(())
    }

    /// The dotted place of what is read now, such as `charges.dues.tariff.waged[0].cite`.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.open {
            match &open.inside {
                Inside::List(items) => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{}]", items.len());
                }
                Inside::Map { key: Some((key, _)), .. } => {
                    push_key(&mut path, key);
                }
                Inside::Map { key: None, .. } => {}
            }
        }
        path
    }

    /// The tree, or everything that is wrong: `fatal` is the fault that ended the reading.
    pub(super) fn finish(mut self, fatal: Option<Diagnostic>) -> Result<Node, Vec<Diagnostic>> {
        if let Some(fatal) = fatal {
            let path = self.path();
            self.problems.truncate(MOST_DIAGNOSTICS.saturating_sub(1));
            self.problems.push(fatal.at(path));
        }
        match self.root {
            Some(root) if self.problems.is_empty() => Ok(root),
            _ => Err(self.problems),
        }
    }
}

/// Adds a key to a dotted place; a hostile key of many kilobytes is cut.
pub(super) fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.extend(key.chars().take(60).map(printable));
}

pub(super) fn too_deep(span: Span, most: usize) -> Diagnostic {
    Diagnostic::error("too_deep", span, format!("lists and maps stand more than {most} deep inside one another"))
        .with_help("check the indentation and the brackets; no rule needs that depth")
}

pub(super) fn control_character(span: Span, control: char) -> Diagnostic {
    let message = format!("the control character U+{:04X} stands in a text", u32::from(control));
    Diagnostic::error("control_character", span, message).with_help("remove it; it cannot be seen or printed")
}
