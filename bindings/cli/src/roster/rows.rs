//! The rows of a roster.

use std::io::Read;

use csv::{ByteRecord, ErrorKind};
use rollbook::explain::{Code, Finding};
use rollbook::ruleset::{Facts, Rules};

use super::headings::Headings;
use super::seen::SeenIds;
use super::watched::Watched;
use crate::failure::Failure;
use crate::names::Names;

/// A roster that is being read.
pub(crate) struct Roster<R> {
    /// How messages name it.
    name: String,
    reader: csv::Reader<Watched<R>>,
    headings: Headings,
    cells: ByteRecord,
    /// The number of the present row as a spreadsheet shows it; the headings are usually row 1.
    row: u64,
    empty: u64,
    seen: SeenIds,
}

/// A row that has been read; its facts are told.
#[derive(Debug)]
pub(crate) struct Row {
    /// The id, trimmed.
    pub(crate) id: String,
    /// Why the row is rejected, each with its place; nothing if it is not.
    pub(crate) refused: Vec<Finding>,
}

impl<R: Read> Roster<R> {
    /// Reads the headings.
    pub(crate) fn open(source: R, name: &str, names: &Names<'_>) -> Result<Self, Failure> {
        let source = Watched::new(source);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source);
        let mut cells = ByteRecord::new();
        let mut row = 0_u64;
        while read(&mut reader, &mut cells, name)? {
            row = row.saturating_add(1);
            if !is_blank(&cells) {
                let headings = Headings::read(cells, names, name)?;
                let (cells, seen) = (ByteRecord::new(), SeenIds::default());
                return Ok(Self { name: name.to_owned(), reader, headings, cells, row, empty: 0, seen });
            }
        }
        Err(Failure::new(format!("{name} has no headings: it is empty")))
    }

    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// How many rows of only empty cells were skipped so far.
    pub(crate) fn empty_rows(&self) -> u64 {
        self.empty
    }

    /// The cells of the present row, as many as there are headings; for a row that is too short the rest is empty.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.headings.written.len()).map(|at| self.cells.get(at).unwrap_or_default())
    }

    /// Reads the next row that is not empty and tells its facts; none at the end.
    pub(crate) fn next(&mut self, rules: &Rules, facts: &mut Facts) -> Result<Option<Row>, Failure> {
        loop {
            if !read(&mut self.reader, &mut self.cells, &self.name)? {
                return Ok(None);
            }
            self.row = self.row.saturating_add(1);
            if !is_blank(&self.cells) {
                break;
            }
            self.empty = self.empty.saturating_add(1);
        }
        facts.clear();
        let mut refused = Vec::new();
        self.judge_length(&mut refused);
        let has_its_length = refused.is_empty();
        let id = self.judge_id(has_its_length, &mut refused);
        // In a row of another length nobody knows which cell belongs to which heading.
        if has_its_length {
            self.tell(rules, facts, &mut refused);
        }
        Ok(Some(Row { id, refused }))
    }

    fn judge_length(&self, refused: &mut Vec<Finding>) {
        let (cells, wanted) = (self.cells.len(), self.headings.written.len());
        let code = match cells.cmp(&wanted) {
            std::cmp::Ordering::Less => Code::RowTooShort,
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => Code::RowTooLong,
        };
        refused.push(Finding::new(code).with("row", self.row).with("cells", cells).with("wanted", wanted));
    }

    fn judge_id(&mut self, has_its_length: bool, refused: &mut Vec<Finding>) -> String {
        let at = self.headings.id;
        let written = self.cells.get(at).unwrap_or_default();
        let Ok(id) = std::str::from_utf8(written).map(str::trim) else {
            let heading = self.headings.written.get(at).unwrap_or_default();
            refused.push(self.not_text(String::from_utf8_lossy(heading).trim(), written));
            return String::from_utf8_lossy(written).trim().to_owned();
        };
        if id.is_empty() {
            if has_its_length {
                refused.push(Finding::new(Code::NoId).with("row", self.row));
            }
        } else if let Some(first) = self.seen.note(id, self.row) {
            refused.push(Finding::new(Code::DuplicateId).with("row", self.row).with("first", first));
        }
        id.to_owned()
    }

    fn tell(&self, rules: &Rules, facts: &mut Facts, refused: &mut Vec<Finding>) {
        for column in &self.headings.facts {
            let written = self.cells.get(column.at).unwrap_or_default();
            let Ok(text) = std::str::from_utf8(written).map(str::trim) else {
                refused.push(self.not_text(&column.heading, written));
                continue;
            };
            if text.is_empty() {
                continue;
            }
            let before = facts.refused().len();
            facts.tell_text(rules, column.input, text);
            for finding in facts.refused().iter().skip(before) {
                refused.push(finding.clone().with("row", self.row).with("column", &column.heading));
            }
        }
    }

    fn not_text(&self, column: &str, written: &[u8]) -> Finding {
        let shown: String = String::from_utf8_lossy(written).chars().filter(|it| !it.is_control()).take(40).collect();
        Finding::new(Code::NotText).with("row", self.row).with("column", column).with("value", shown)
    }
}

fn read<R: Read>(reader: &mut csv::Reader<R>, cells: &mut ByteRecord, name: &str) -> Result<bool, Failure> {
    reader.read_byte_record(cells).map_err(|error| match error.into_kind() {
        ErrorKind::Io(error) => Failure::reading(name, &error),
        other => Failure::new(format!("cannot read {name}: {other:?}")),
    })
}

fn is_blank(cells: &ByteRecord) -> bool {
    cells.iter().all(|cell| std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty()))
}
