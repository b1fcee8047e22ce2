//! Where in a document a byte stands: lines and columns as people and editors count them.

use super::node::{Span, byte_offset};

/// A place as editors show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1; a byte-order mark is not counted.
    pub column: u32,
}

/// The text of a document and where its lines begin.
///
/// Finding a place costs the logarithm of the number of lines and a look at no more than 256 bytes, however long the
/// line is.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// First byte of each line.
    starts: Vec<u32>,
    /// How many characters begin before each block of `BLOCK` bytes.
    blocks: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'a> LineIndex<'a> {
    /// Finds the lines of a text; they end with LF, CR LF or CR.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut starts = vec![first];
        for (at, byte) in bytes.iter().enumerate() {
            let next = at.saturating_add(1);
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(next) != Some(&b'\n')) {
                starts.push(byte_offset(next));
            }
        }
        let mut before = 0_u32;
        let mut blocks = Vec::with_capacity(bytes.len().div_euclid(BLOCK).saturating_add(1));
        for block in bytes.chunks(BLOCK) {
            blocks.push(before);
            before = before.saturating_add(characters(block));
        }
        blocks.push(before);
        Self { text, starts, blocks }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The line and column of a byte offset; one past the end is taken as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(byte_offset(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start)).saturating_add(1);
        Position { line: byte_offset(line), column }
    }

    /// The bytes of a line, counted from 1, without its end; empty at the end of the text for a line that is not there.
    pub fn line_span(&self, line: u32) -> Span {
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        let length = byte_offset(self.text.len());
        let start = at.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(length);
        let next = self.starts.get(at).copied().unwrap_or(length);
        let written = Span::new(start, next).text_in(self.text).unwrap_or("");
        let kept = byte_offset(written.trim_end_matches(['\r', '\n']).len());
        Span::new(start, start.saturating_add(kept))
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line_text(&self, line: u32) -> &'a str {
        self.line_span(line).text_in(self.text).unwrap_or("")
    }

    fn characters_before(&self, offset: u32) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let block = offset.div_euclid(BLOCK);
        let counted = self.blocks.get(block).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(block.saturating_mul(BLOCK)..offset).unwrap_or(&[]);
        counted.saturating_add(characters(rest))
    }
}

/// How many characters begin in a stretch of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    byte_offset(bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_not_bytes() {
        let index = LineIndex::new("title: 党费\nid: cpc");
        let at = |text: &str| index.position(byte_offset(index.text().find(text).unwrap()));
        assert_eq!(at("费"), Position { line: 1, column: 9 });
        assert_eq!(at("cpc"), Position { line: 2, column: 5 });
        assert_eq!(index.position(u32::MAX), Position { line: 2, column: 8 });
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let index = LineIndex::new("\u{feff}id: cpc");
        assert_eq!(index.position(3), Position { line: 1, column: 1 });
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.line_text(1), "id: cpc");
    }

    #[test]
    fn lines_end_as_on_every_system() {
        let index = LineIndex::new("a\nb\r\nc\rd\n");
        let lines: Vec<_> = (0..=6).map(|line| index.line_text(line)).collect();
        assert_eq!(lines, ["", "a", "b", "c", "d", "", ""]);
        assert_eq!(index.position(9), Position { line: 5, column: 1 });
    }

    #[test]
    fn places_on_a_line_of_a_mebibyte_are_found_fast() {
        let text = "费".repeat(350_000);
        let index = LineIndex::new(&text);
        // A quarter of a million look-ups: with a walk along the line this would take minutes.
        for step in 0..250_000_u32 {
            assert_eq!(index.position(step * 3).column, step + 1);
        }
    }
}
