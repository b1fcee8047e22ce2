//! Text whose cells are separated by commas or tabs.
//!
//! What is written is what the `csv` crate writes, byte for byte (a test compares them), at a third of its time: writing
//! is most of the work that a roster costs beside its dues.

use std::io::Write;

use super::Cell;
use crate::failure::Failure;
use crate::output::Output;
use crate::table::Separator;

const BUFFER: usize = 64 * 1024;

/// A text that is being written.
pub(crate) struct Delimited<'o> {
    output: Output<'o>,
    separator: u8,
    text: Vec<u8>,
    /// Whether the row has a cell already.
    has_cells: bool,
}

impl<'o> Delimited<'o> {
    pub(super) fn begin(
        output: Output<'o>,
        separator: Separator,
        kept: &[String],
        columns: &[&str],
    ) -> Result<Self, Failure> {
        let text = Vec::with_capacity(BUFFER.saturating_mul(2));
        let mut table = Self { output, separator: separator.byte(), text, has_cells: false };
        for heading in kept.iter().map(String::as_str).chain(columns.iter().copied()) {
            table.cell(Cell::Text(heading));
        }
        table.end_row()?;
        Ok(table)
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        if std::mem::replace(&mut self.has_cells, true) {
            self.text.push(self.separator);
        }
        push_cell(&mut self.text, cell.text(), self.separator);
    }

    pub(super) fn end_row(&mut self) -> Result<(), Failure> {
        self.has_cells = false;
        self.text.push(b'\n');
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

/// Writes a cell, in quotes where it holds what would end it.
fn push_cell(text: &mut Vec<u8>, cell: &str, separator: u8) {
    let needs_quotes = |byte: u8| byte == separator || matches!(byte, b'"' | b'\n' | b'\r');
    // Without a jump for each byte.
    if !cell.bytes().fold(false, |found, byte| found | needs_quotes(byte)) {
        return text.extend_from_slice(cell.as_bytes());
    }
    text.push(b'"');
    for (number, piece) in cell.split('"').enumerate() {
        if number > 0 {
            text.extend_from_slice(b"\"\"");
        }
        text.extend_from_slice(piece.as_bytes());
    }
    text.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_written_as_by_the_csv_crate() {
        let pieces = ["a", "\"", ",", "\t", "\n", "\r", " ", "é", "编"];
        let mut cells = vec![String::new(), "\u{feff}".to_owned(), "#".to_owned()];
        for one in pieces {
            for two in pieces {
                for three in ["", "x", "\"", ",", "\n"] {
                    cells.push(format!("{one}{two}{three}"));
                }
            }
        }
        for separator in [b',', b'\t'] {
            let mut ours = Vec::new();
            let mut theirs = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
            for cell in &cells {
                push_cell(&mut ours, cell, separator);
                ours.push(separator);
                push_cell(&mut ours, "end", separator);
                ours.push(b'\n');
                theirs.write_record([cell, "end"]).unwrap();
            }
            assert_eq!(String::from_utf8(ours), String::from_utf8(theirs.into_inner().unwrap()));
        }
    }
}
