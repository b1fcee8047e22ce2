//! The text of a table on its way to the CSV reader, which is forgiving: what it would pass over is seen here.
//!
//! Blank lines become rows with one empty cell, so that rows are counted as a spreadsheet numbers them. A quote that
//! is never closed, a NUL byte and a row without end are refused instead of being read as something else.

use std::io::{self, Read};

use super::broken;

/// So much is read at a time.
const CHUNK: usize = 64 * 1024;
/// A longer row is taken for a broken file.
const LONGEST_ROW: usize = 16 * 1024 * 1024;

/// Where in a row the reading is; the same states as those of the CSV reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    RowBegins,
    /// A carriage return ended the row; a line feed after it belongs to it.
    AfterReturn,
    CellBegins,
    InCell,
    InQuotes,
    QuoteInQuotes,
}

/// A source of bytes that is watched.
#[derive(Debug)]
pub(super) struct Watched<R> {
    source: R,
    separator: u8,
    read: Vec<u8>,
    ready: Vec<u8>,
    taken: usize,
    state: State,
    row: u64,
    row_bytes: usize,
}

impl<R: Read> Watched<R> {
    /// Watches a text whose cells are separated by this byte.
    pub(super) fn new(source: R, separator: u8) -> Self {
        Self {
            source,
            separator,
            read: vec![0; CHUNK],
            ready: Vec::with_capacity(CHUNK),
            taken: 0,
            state: State::RowBegins,
            row: 1,
            row_bytes: 0,
        }
    }

    /// What is watched.
    pub(super) fn source(&self) -> &R {
        &self.source
    }

    /// Reads and looks at the next bytes; says whether there were any.
    fn refill(&mut self) -> io::Result<bool> {
        self.ready.clear();
        self.taken = 0;
        let filled = self.fill()?;
        if filled == 0 {
            return match self.state {
                State::InQuotes => Err(broken(format!("the quote that opens in row {} is never closed", self.row))),
                _ => Ok(false),
            };
        }
        let read = std::mem::take(&mut self.read);
        let looked_at = self.look_at(read.get(..filled).unwrap_or_default());
        self.read = read;
        looked_at.map(|()| true)
    }

    fn fill(&mut self) -> io::Result<usize> {
        loop {
            match self.source.read(&mut self.read) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    /// Looks at bytes and makes them ready, with two quotes in each blank line.
    fn look_at(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut rest, mut looked_at) = (bytes, 0_usize);
        while let Some(more) = rest.get(looked_at..).filter(|more| !more.is_empty()) {
            // Most bytes mean nothing where they stand.
            let plain = match self.state {
                State::InCell => more.iter().take_while(|byte| !self.ends_cell(**byte)).count(),
                State::InQuotes => more.iter().take_while(|byte| **byte != b'"' && **byte != 0).count(),
                _ => 0,
            };
            looked_at = looked_at.saturating_add(plain);
            self.row_bytes = self.row_bytes.saturating_add(plain);
            let Some(byte) = more.get(plain).copied() else { break };
            self.row_bytes = self.row_bytes.saturating_add(1);
            let is_line_end = byte == b'\n' || byte == b'\r';
            self.state = match self.state {
                _ if byte == 0 => {
                    return Err(broken(format!("there is a NUL byte in row {}; is it a CSV file?", self.row)));
                }
                State::InQuotes if byte == b'"' => State::QuoteInQuotes,
                State::InQuotes => State::InQuotes,
                State::QuoteInQuotes if byte == b'"' => State::InQuotes,
                State::AfterReturn if byte == b'\n' => State::RowBegins,
                State::RowBegins | State::AfterReturn if is_line_end => {
                    let (before, behind) = rest.split_at_checked(looked_at).unwrap_or((rest, &[]));
                    self.ready.extend_from_slice(before);
                    self.ready.extend_from_slice(b"\"\"");
                    (rest, looked_at) = (behind, 0);
                    self.end_row(byte)?
                }
                _ if is_line_end => self.end_row(byte)?,
                _ if byte == self.separator => State::CellBegins,
                State::RowBegins | State::AfterReturn | State::CellBegins if byte == b'"' => State::InQuotes,
                _ => State::InCell,
            };
            looked_at = looked_at.saturating_add(1);
        }
        self.ready.extend_from_slice(rest);
        self.judge_length()
    }

    /// Whether a byte means something inside a cell without quotes.
    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r' || byte == 0
    }

    fn judge_length(&self) -> io::Result<()> {
        if self.row_bytes > LONGEST_ROW {
            return Err(broken(format!("row {} is longer than 16 MiB; is a quote never closed?", self.row)));
        }
        Ok(())
    }

    fn end_row(&mut self, byte: u8) -> io::Result<State> {
        self.judge_length()?;
        self.row = self.row.saturating_add(1);
        self.row_bytes = 0;
        Ok(if byte == b'\r' { State::AfterReturn } else { State::RowBegins })
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.taken >= self.ready.len() && self.refill()? {}
        let rest = self.ready.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..count), rest.get(..count)) {
            into.copy_from_slice(from);
        }
        self.taken = self.taken.saturating_add(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Watched::new(text, b','));
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    }

    fn refusal(text: &[u8]) -> String {
        Watched::new(text, b',').read_to_end(&mut Vec::new()).unwrap_err().to_string()
    }

    #[test]
    fn a_blank_line_is_a_row_with_one_empty_cell() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id,base", "", "a,1", "", ""].join(end);
            assert_eq!(rows(text.as_bytes()), [vec!["id", "base"], vec![""], vec!["a", "1"], vec![""]], "{end:?}");
        }
    }

    #[test]
    fn a_line_end_inside_quotes_ends_no_row() {
        assert_eq!(rows(b"id\n\"a\n\n\"\"b\"\nc"), [["id"], ["a\n\n\"b"], ["c"]]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_character() {
        assert_eq!(rows(b"id\na\"b\n\n"), [["id"], ["a\"b"], [""]]);
    }

    #[test]
    fn what_is_no_csv_text_is_refused_by_name() {
        assert_eq!(refusal(b"id\na\n\"b,\n1"), "the quote that opens in row 3 is never closed");
        assert_eq!(refusal(b"id\na\0"), "there is a NUL byte in row 2; is it a CSV file?");
        let endless = [b"id\n\"".as_slice(), &vec![b'x'; LONGEST_ROW]].concat();
        assert_eq!(refusal(&endless), "row 2 is longer than 16 MiB; is a quote never closed?");
    }
}
