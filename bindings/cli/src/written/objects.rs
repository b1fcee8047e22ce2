//! JSON lines: an object a row, with the columns as keys.
//!
//! Every value is a string, amounts too, since many readers would make a binary float of a number; what is empty is
//! `null`. What is kept of the roster stands in an object of its own, because its headings may be the same words.

use std::collections::HashSet;
use std::io::Write;

use super::Cell;
use crate::failure::Failure;
use crate::output::Output;

const BUFFER: usize = 64 * 1024;
/// The key under which stands what is kept.
const KEPT: &str = "roster";

/// JSON lines that are being written.
pub(crate) struct Objects<'o> {
    output: Output<'o>,
    /// Keys as JSON strings.
    kept: Vec<String>,
    columns: Vec<String>,
    text: Vec<u8>,
    at: usize,
}

impl<'o> Objects<'o> {
    pub(super) fn begin(output: Output<'o>, kept: &[String], columns: &[&str]) -> Self {
        let columns = columns.iter().map(|column| string(column)).collect();
        let kept = each_once(kept).iter().map(|heading| string(heading)).collect();
        Self { output, kept, columns, text: Vec::with_capacity(BUFFER), at: 0 }
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        let kept = self.kept.len();
        let open = match self.at {
            0 if kept > 0 => format!("{{{}:{{", string(KEPT)),
            0 => "{".to_owned(),
            at if at == kept => "},".to_owned(),
            _ => ",".to_owned(),
        };
        let key = self.kept.get(self.at).or_else(|| self.columns.get(self.at.saturating_sub(kept)));
        self.text.extend_from_slice(open.as_bytes());
        self.text.extend_from_slice(key.map(String::as_bytes).unwrap_or_default());
        self.text.push(b':');
        let value = match cell {
            Cell::Structure(json) => json.to_owned(),
            other if other.text().is_empty() => "null".to_owned(),
            other => string(other.text()),
        };
        self.text.extend_from_slice(value.as_bytes());
        self.at = self.at.saturating_add(1);
    }

    pub(super) fn end_row(&mut self) -> Result<(), Failure> {
        self.at = 0;
        self.text.extend_from_slice(b"}\n");
        if self.text.len() >= BUFFER { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), Failure> {
        let written = self.output.write_all(&self.text);
        self.text.clear();
        written.map_err(|error| Failure::writing(self.output.name(), &error))
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.write()?;
        self.output.finish()
    }
}

/// Headings of which no two are the same and none is empty, as keys have to be.
fn each_once(headings: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut keys = Vec::with_capacity(headings.len());
    for (number, heading) in (1_usize..).zip(headings) {
        let heading = if heading.is_empty() { format!("column {number}") } else { heading.clone() };
        let key = if seen.contains(&heading) { format!("{heading} ({number})") } else { heading };
        seen.insert(key.clone());
        keys.push(key);
    }
    keys
}

/// A JSON string.
fn string(text: &str) -> String {
    let mut json = String::with_capacity(text.len().saturating_add(2));
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            control if control.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}
