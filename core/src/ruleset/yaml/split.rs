//! The trap of YAML's braces: a comma inside `{ }` or `[ ]` ends the text, whatever brackets stand open in it.
//!
//! `{ is: latest(a, b) }` is, to YAML, the key `is` with `latest(a` and the key `b)` with nothing. Such pieces are
//! found by their unbalanced brackets, or by a key that has not even a colon.

use super::Reader;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::node::{Span, byte_offset};
use crate::ruleset::tree::Place;

/// What is watched in one open flow list or map.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Where a text with an open bracket began that no later piece has closed.
    cut: Option<Span>,
    /// The key read last, and whether its fault is already told.
    key: Option<(Span, bool)>,
    /// A key without a colon, not yet known to belong to the text that was cut.
    alone: Option<Span>,
}

const HELP: &str = "put the whole text in quotes, or on a line of its own";

impl Reader<'_> {
    /// Looks at a key before the tree takes it.
    pub(super) fn watch_key(&mut self, text: &str, plain: bool, span: Span) {
        let (unopened, _) = unbalanced(text);
        let Some(Some(flow)) = self.open.last_mut() else { return };
        let closes = plain && unopened > 0;
        flow.key = Some((span, closes));
        if closes {
            let start = flow.cut.take().map_or(span.start, |cut| cut.start);
            flow.alone = None;
            self.report_split(Span::new(start, span.end), "{ }", "keys");
        }
    }

    /// Looks at a value of a flow map or an item of a flow list before the tree takes it.
    pub(super) fn watch_value(&mut self, text: &str, plain: bool, span: Span) {
        let item = self.tree.place() == Place::Item;
        let (unopened, unclosed) = unbalanced(text);
        let behind_key = Span::new(self.key_end, byte_offset(self.text.len())).text_in(self.text);
        let behind_key = behind_key.unwrap_or("").trim_start_matches(['\'', '"', ' ', '\t', '\r', '\n']);
        let without_colon = text.is_empty() && !behind_key.starts_with(':');
        let Some(Some(flow)) = self.open.last_mut() else { return };
        if item && plain && unopened > 0 {
            let start = flow.cut.take().map_or(span.start, |cut| cut.start);
            self.report_split(Span::new(start, span.end), "[ ]", "items");
            return;
        }
        if plain && unclosed > 0 && flow.cut.is_none() {
            flow.cut = Some(span);
        } else if let (false, true, Some((key, false))) = (item, without_colon, flow.key) {
            flow.alone = flow.alone.or(Some(key));
            if flow.cut.is_none() {
                self.report_alone();
            }
        }
    }

    /// Looks at what is left when a list or map ends.
    pub(super) fn watch_end(&mut self) {
        self.report_alone();
    }

    fn report_alone(&mut self) {
        let Some(key) = self.open.last_mut().and_then(Option::as_mut).and_then(|flow| flow.alone.take()) else {
            return;
        };
        let written = quoted(key.text_in(self.text).unwrap_or(""));
        let message = format!("{written} stands alone inside `{{ }}`, where a comma begins a new key");
        let help = format!("give it a value after a colon; if it belongs to the text before it, {HELP}");
        self.tree.report(Diagnostic::error("split_expression", key, message).with_help(help));
    }

    fn report_split(&mut self, span: Span, braces: &str, pieces: &str) {
        let written = span.text_in(self.text).unwrap_or("");
        let message = if written.contains(',') {
            format!("the comma inside `{braces}` divides {} into two {pieces}", quoted(written))
        } else {
            format!("{} closes a bracket that it does not open", quoted(written))
        };
        self.tree.report(Diagnostic::error("split_expression", span, message).with_help(HELP));
    }
}

/// How many brackets a text closes without having opened them, and how many it opens without closing them.
fn unbalanced(text: &str) -> (usize, usize) {
    let (mut unopened, mut unclosed) = (0_usize, 0_usize);
    for character in text.chars() {
        match character {
            '(' | '[' => unclosed = unclosed.saturating_add(1),
            ')' | ']' => match unclosed.checked_sub(1) {
                Some(fewer) => unclosed = fewer,
                None => unopened = unopened.saturating_add(1),
            },
            _ => {}
        }
    }
    (unopened, unclosed)
}
