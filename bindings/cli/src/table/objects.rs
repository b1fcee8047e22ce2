//! JSON lines: an object on each line, whose keys are headings.
//!
//! A number is taken as it is written, digit by digit. Unlike in a rule set it may stand without quotes: a roster comes
//! out of other programs, is read once and by this reader, and nothing is signed by its hash.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use rollbook::ruleset::diagnostic::CODES;
use rollbook::ruleset::json::read_json_with_bare;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::node::{Node, NodeValue, Span};
use rollbook::ruleset::source::LineIndex;

use super::text::Ahead;
use super::{Beside, Cells, Remark};
use crate::failure::Failure;

/// A longer line is taken for a broken file.
const LONGEST_ROW: usize = 16 * 1024 * 1024;
const LIMITS: Limits = Limits { bytes: LONGEST_ROW, depth: 16, nodes: 100_000, text_bytes: LONGEST_ROW };

/// A text that is read line by line.
pub(super) struct Objects<'s> {
    lines: BufReader<Ahead<'s>>,
    line: Vec<u8>,
    row: u64,
    /// The column of each key.
    keys: HashMap<Box<str>, usize>,
    /// Whether the keys of the first object were given as headings; the object itself still has to be.
    has_headings: bool,
    is_pending: bool,
}

impl<'s> Objects<'s> {
    pub(super) fn open(text: Ahead<'s>) -> Self {
        let lines = BufReader::with_capacity(64 * 1024, text);
        Self { lines, line: Vec::new(), row: 0, keys: HashMap::new(), has_headings: false, is_pending: false }
    }

    /// Reads the keys of the first object, then the next object, blank lines as blank rows; false at the end.
    pub(super) fn next(&mut self, cells: &mut Cells, name: &str) -> Result<bool, Failure> {
        cells.clear();
        if !std::mem::take(&mut self.is_pending) && !self.read_line(name)? {
            return Ok(false);
        }
        cells.row = self.row;
        if self.line.trim_ascii().is_empty() {
            return Ok(true);
        }
        let text = String::from_utf8_lossy(&self.line);
        let (document, bare) = parsed(&text, name, self.row)?;
        let NodeValue::Map(entries) = document.value else {
            return Err(Failure::new(format!(
                "{name}: row {} is no object in braces, such as {{\"id\": \"M1\"}}",
                self.row
            )));
        };
        if !self.has_headings {
            self.has_headings = true;
            self.is_pending = true;
            for entry in entries {
                cells.texts.push_field(entry.key.as_bytes());
                self.keys.insert(entry.key, self.keys.len());
            }
            return Ok(true);
        }
        let mut in_place: Vec<(Cow<'_, str>, Option<Beside>)> = Vec::new();
        in_place.resize_with(self.keys.len(), Default::default);
        for entry in entries {
            let cell = cell(entry.value, &bare, &text);
            match self.keys.get(&entry.key) {
                Some(at) => {
                    if let Some(place) = in_place.get_mut(*at) {
                        *place = cell;
                    }
                }
                None => {
                    cells.later.push(entry.key.to_string());
                    self.keys.insert(entry.key, self.keys.len());
                    in_place.push(cell);
                }
            }
        }
        for (at, (text, beside)) in in_place.into_iter().enumerate() {
            cells.texts.push_field(text.as_bytes());
            cells.beside.extend(beside.map(|beside| (at, beside)));
        }
        Ok(true)
    }

    /// Reads a line; false at the end.
    fn read_line(&mut self, name: &str) -> Result<bool, Failure> {
        self.line.clear();
        let most = u64::try_from(LONGEST_ROW).unwrap_or(u64::MAX);
        let mut bounded = self.lines.by_ref().take(most);
        let count = bounded.read_until(b'\n', &mut self.line).map_err(|error| Failure::reading(name, &error))?;
        self.row = self.row.saturating_add(1);
        if count >= LONGEST_ROW {
            return Err(Failure::new(format!("{name}: row {} is longer than 16 MiB", self.row)));
        }
        Ok(count > 0)
    }

    /// How many bytes were read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.lines.get_ref().bytes_read()
    }

    /// What is to be said about the reading.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let is_found = self.lines.get_ref().is_found_gb18030();
        is_found.then_some(Remark::FoundGb18030).into_iter().collect()
    }
}

/// Reads a line as JSON. A fault is told by its place and what its code means: the message itself may quote a fact.
fn parsed(text: &str, name: &str, row: u64) -> Result<(Node, Vec<Span>), Failure> {
    read_json_with_bare(text, &LIMITS).map_err(|faults| {
        let Some(first) = faults.first() else { return Failure::new(format!("{name}: row {row} is not JSON")) };
        let meaning = CODES.iter().find(|(code, _)| *code == first.code).map_or(first.code, |(_, meaning)| meaning);
        let place = LineIndex::new(text).position(first.span.start);
        Failure::new(format!("{name}: row {row}, character {}: {meaning}", place.column))
    })
}

/// What a value shows, and what it is besides.
fn cell<'t>(node: Node, bare: &[Span], line: &'t str) -> (Cow<'t, str>, Option<Beside>) {
    let is_bare = bare.binary_search(&node.span).is_ok();
    match node.value {
        NodeValue::Text(text) if is_bare => match &*text {
            "null" => (Cow::Borrowed(""), None),
            "true" | "false" => (Cow::Owned(text.to_string()), Some(Beside::YesNo(&*text == "true"))),
            _ => (Cow::Owned(text.into_string()), Some(Beside::Number)),
        },
        NodeValue::Text(text) => {
            let beside = text.contains(char::REPLACEMENT_CHARACTER).then_some(Beside::NoText);
            (Cow::Owned(text.into_string()), beside)
        }
        NodeValue::List(_) | NodeValue::Map(_) => {
            let written = node.span.text_in(line).unwrap_or_default();
            (Cow::Borrowed(written), Some(Beside::Structure(node)))
        }
    }
}
