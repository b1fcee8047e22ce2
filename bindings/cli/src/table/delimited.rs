//! A table of text whose cells are separated by commas, semicolons or tabs.

use csv::{ByteRecord, ErrorKind};

use super::text::Ahead;
use super::watched::Watched;
use super::{Cells, Remark, Separator};
use crate::failure::Failure;

/// A text that is read row by row.
pub(super) struct Delimited<'s> {
    reader: csv::Reader<Watched<Ahead<'s>>>,
    row: u64,
}

impl<'s> Delimited<'s> {
    /// Reads with the separator that is named, or the one that the headings show.
    pub(super) fn open(text: Ahead<'s>, separator: Option<Separator>, is_heading: fn(&str) -> bool) -> Self {
        let separator = separator.unwrap_or_else(|| shown_by(text.seen(), is_heading)).byte();
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(Watched::new(text, separator));
        Self { reader, row: 0 }
    }

    /// Reads the next row; false at the end.
    pub(super) fn next(&mut self, cells: &mut Cells, name: &str) -> Result<bool, Failure> {
        cells.clear();
        let read = self.reader.read_byte_record(&mut cells.texts).map_err(|error| match error.into_kind() {
            ErrorKind::Io(error) => Failure::reading(name, &error),
            other => Failure::new(format!("cannot read {name}: {other:?}")),
        });
        self.row = self.row.saturating_add(1);
        cells.row = self.row;
        read
    }

    /// How many bytes were read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.reader.get_ref().source().bytes_read()
    }

    /// What is to be said about the reading.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let is_found = self.reader.get_ref().source().is_found_gb18030();
        is_found.then_some(Remark::FoundGb18030).into_iter().collect()
    }
}

/// The separator with which one of the headings is one that there must be; else the one that stands there most often.
fn shown_by(text: &[u8], is_heading: fn(&str) -> bool) -> Separator {
    let headings = |separator: Separator| {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator.byte()).from_reader(text);
        let mut row = ByteRecord::new();
        // Reading from memory cannot fail.
        while reader.read_byte_record(&mut row).is_ok_and(|more| more) {
            if row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                break;
            }
        }
        row
    };
    let is_known = |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|text| is_heading(text.trim()));
    let has_known = |separator: &Separator| headings(*separator).iter().any(is_known);
    let most_cells = || {
        let counted = Separator::ALL.into_iter().rev().map(|separator| (headings(separator).len(), separator));
        counted.filter(|(cells, _)| *cells > 1).max_by_key(|(cells, _)| *cells).map(|(_, separator)| separator)
    };
    Separator::ALL.into_iter().find(has_known).or_else(most_cells).unwrap_or(Separator::Comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_an_id_a_heading() {
        let shown = |text: &str| shown_by(text.as_bytes(), |heading| heading == "id");
        assert_eq!(shown("id,base"), Separator::Comma);
        assert_eq!(shown("base;id;name, given\n"), Separator::Semicolon);
        assert_eq!(shown("\n\n\"base; monthly\"\tid\n"), Separator::Tab);
        assert_eq!(shown("id\n1;2;3"), Separator::Comma);
        // Without an id the headings are refused anyway.
        assert_eq!(shown("a;b;c,d\n"), Separator::Semicolon);
        assert_eq!(shown("full,waged,5400\n"), Separator::Comma);
        for text in ["", " , ,\n", "members"] {
            assert_eq!(shown(text), Separator::Comma);
        }
    }
}
