//! The rows of a roster.

use std::io::Read;
use std::path::Path;

use rollbook::explain::{Code, Finding};
use rollbook::ruleset::{Facts, InputId, Kind, Rules, Told};

use super::cell;
use super::headings::{Headings, is_id};
use super::seen::{Mark, SeenIds};
use crate::facts_file;
use crate::failure::Failure;
use crate::names::Names;
use crate::table::{Beside, Cells, Reading, Table};
use crate::wording::Language;

/// So far below the first row headings are looked for, to say that they are not there.
const ROWS_LOOKED_AT: usize = 10;

/// A roster that is being read.
pub(crate) struct Roster<'s> {
    reader: Reader<'s>,
    teller: Teller<'s>,
    cells: Cells,
}

/// What reads the rows of a roster, and knows nothing of facts.
pub(crate) struct Reader<'s> {
    table: Table<'s>,
    empty: u64,
    /// The column of ids.
    id: usize,
    seen: SeenIds,
}

/// What tells the facts of a row, wherever it was read.
pub(crate) struct Teller<'s> {
    /// How messages name the roster.
    name: String,
    names: &'s Names<'s>,
    headings: Headings,
    /// The row of the headings.
    heading_row: u64,
    /// Whether a row may have any number of cells.
    has_loose_rows: bool,
}

/// A row that has been read; its facts are told.
#[derive(Debug)]
pub(crate) struct Row {
    /// The id, trimmed.
    pub(crate) id: String,
    /// Why the row is rejected, each with its place; nothing if it is not.
    pub(crate) refused: Vec<Finding>,
}

impl<'s> Roster<'s> {
    /// Reads the headings.
    pub(crate) fn open(
        path: &Path,
        stdin: &'s mut dyn Read,
        reading: &Reading,
        names: &'s Names<'s>,
    ) -> Result<Self, Failure> {
        let mut table = Table::open(path, stdin, reading, is_id)?;
        let mut cells = Cells::default();
        while table.next(&mut cells)? {
            if !cells.is_blank() {
                let first = std::mem::take(&mut cells.texts);
                let Some(headings) = Headings::read(first, table.holds_structures(), names, table.name())? else {
                    return Err(without_ids(&mut table, cells.row));
                };
                table.has_headings(headings.written.len())?;
                let teller = Teller {
                    name: table.name().to_owned(),
                    names,
                    headings,
                    heading_row: cells.row,
                    has_loose_rows: table.holds_structures(),
                };
                let (id, seen) = (teller.headings.id, SeenIds::default());
                return Ok(Self { reader: Reader { table, empty: 0, id, seen }, teller, cells });
            }
        }
        Err(Failure::new(format!("{} has no headings: it is empty", table.name())))
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        &self.teller.name
    }

    /// What reads and what tells, which may go different ways.
    pub(crate) fn into_parts(self) -> (Reader<'s>, Teller<'s>) {
        (self.reader, self.teller)
    }

    /// What is to be said about how the roster was read, one line each.
    pub(crate) fn said(&self, language: &Language) -> String {
        self.reader.said(language) + &self.teller.said(language)
    }

    /// Reads the next row that is not empty and tells its facts; none at the end.
    pub(crate) fn next(&mut self, rules: &Rules, facts: &mut Facts) -> Result<Option<Row>, Failure> {
        if !self.reader.next(&mut self.cells)? {
            return Ok(None);
        }
        self.reader.note_ids(&mut [&mut self.cells]);
        self.teller.tell(&self.cells, rules, facts).map(Some)
    }
}

impl Reader<'_> {
    /// Reads the next row that is not empty; false at the end.
    pub(crate) fn next(&mut self, cells: &mut Cells) -> Result<bool, Failure> {
        while self.table.next(cells)? {
            if !cells.is_blank() {
                return Ok(true);
            }
            self.empty = self.empty.saturating_add(1);
        }
        Ok(false)
    }

    /// Notes the ids of rows, and where each stood before. Rows come in their order, each once.
    ///
    /// The ids of many rows cost less than those of one after the other: their places in memory are fetched together.
    pub(crate) fn note_ids(&mut self, rows: &mut [&mut Cells]) {
        let mark = |cells: &&mut Cells| {
            let id = cell::text(cells, self.id, "").ok().filter(|id| !id.is_empty() && !is_id(id))?;
            let is_plain = !matches!(cells.beside(self.id), Some(Beside::Structure(_)));
            is_plain.then(|| Mark::of(id))
        };
        let marks: Vec<Option<Mark>> = rows.iter().map(mark).collect();
        for (cells, mark) in rows.iter_mut().zip(marks) {
            cells.first_with_id = mark.and_then(|mark| self.seen.note(mark, cells.row));
        }
    }

    /// How many rows of only empty cells were skipped so far.
    pub(crate) fn empty_rows(&self) -> u64 {
        self.empty
    }

    /// How many bytes were read of how many, where that is known.
    pub(crate) fn bytes_read(&self) -> Option<(u64, u64)> {
        self.table.bytes_read()
    }

    /// What is to be said about how the file was read, one line each.
    pub(crate) fn said(&self, language: &Language) -> String {
        self.table.remarks().iter().map(|remark| remark.line(self.table.name(), language)).collect()
    }
}

impl Teller<'_> {
    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// How messages name the roster.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Which columns are not used, one line each.
    pub(crate) fn said(&self, language: &Language) -> String {
        language.ignored(&self.headings.ignored, |heading| self.names.near(heading))
    }

    /// Tells the facts of a row.
    pub(crate) fn tell(&mut self, cells: &Cells, rules: &Rules, facts: &mut Facts) -> Result<Row, Failure> {
        for heading in &cells.later {
            self.headings.add_later(heading, self.names, &self.name)?;
        }
        facts.clear();
        let mut refused = Vec::new();
        if !self.has_loose_rows {
            self.judge_length(cells, &mut refused);
        }
        let has_its_length = refused.is_empty();
        let id = self.judge_id(cells, has_its_length, &mut refused);
        // In a row of another length nobody knows which cell belongs to which heading.
        if has_its_length {
            self.tell_cells(cells, rules, facts, &mut refused);
        }
        Ok(Row { id, refused })
    }

    fn judge_length(&self, cells: &Cells, refused: &mut Vec<Finding>) {
        let (count, wanted) = (cells.texts.len(), self.headings.written.len());
        let code = match count.cmp(&wanted) {
            std::cmp::Ordering::Less => Code::RowTooShort,
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => Code::RowTooLong,
        };
        refused.push(Finding::new(code).with("row", cells.row).with("cells", count).with("wanted", wanted));
    }

    fn judge_id(&self, cells: &Cells, has_its_length: bool, refused: &mut Vec<Finding>) -> String {
        let (at, row) = (self.headings.id, cells.row);
        let id = match cell::text(cells, at, &self.headings.id_heading) {
            Ok(id) => id,
            Err(refusal) => {
                refused.push(*refusal);
                return String::from_utf8_lossy(cells.text(at)).trim().to_owned();
            }
        };
        // A list identifies nobody.
        let id = if matches!(cells.beside(at), Some(Beside::Structure(_))) { "" } else { id };
        if id.is_empty() {
            if has_its_length {
                refused.push(Finding::new(Code::NoId).with("row", row));
            }
        } else if is_id(id) {
            refused.push(Finding::new(Code::SecondHeading).with("row", row).with("first", self.heading_row));
        } else if let Some(first) = cells.first_with_id {
            refused.push(Finding::new(Code::DuplicateId).with("row", row).with("first", first));
        }
        id.to_owned()
    }

    fn tell_cells(&self, cells: &Cells, rules: &Rules, facts: &mut Facts, refused: &mut Vec<Finding>) {
        for column in &self.headings.facts {
            let text = match cell::text(cells, column.at, &column.heading) {
                Ok("") => continue,
                Ok(text) => text,
                Err(refusal) => {
                    refused.push(*refusal);
                    continue;
                }
            };
            let before = facts.refused().len();
            match cells.beside(column.at) {
                None | Some(Beside::Number) => facts.tell_text(rules, column.input, text),
                beside => tell_beside(rules, facts, column.input, text, beside),
            }
            for finding in facts.refused().iter().skip(before) {
                refused.push(finding.clone().with("row", cells.row).with("column", &column.heading));
            }
        }
    }
}

/// Tells what is more than a text, by the kind of its fact.
fn tell_beside(rules: &Rules, facts: &mut Facts, input: InputId, text: &str, beside: Option<&Beside>) {
    let Some(declared) = rules.input(input) else { return };
    if let Some(Beside::Structure(node)) = beside {
        let told = facts_file::structure(node, matches!(declared.kind, Kind::List(_)));
        // A list of words fits no kind but that of words, and so the refusal says which form is right.
        return facts.tell(rules, &declared.name, &told.unwrap_or(Told::Words(Vec::new())));
    }
    facts.tell_text(rules, input, cell::text_for(&declared.kind, text, beside));
}

/// There is no column of ids in the first row. Its cells are not shown: they may well be a member's.
fn without_ids(table: &mut Table<'_>, first: u64) -> Failure {
    let mut cells = Cells::default();
    let mut below = None;
    for _ in 0..ROWS_LOOKED_AT {
        // The first problem is told, not one behind it.
        if below.is_some() || !table.next(&mut cells).unwrap_or(false) {
            break;
        }
        let has_id = |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|text| is_id(text.trim()));
        below = cells.texts.iter().any(has_id).then_some(cells.row);
    }
    let name = table.name();
    Failure::new(match below {
        Some(row) => format!(
            "{name}: the headings stand in row {row}, and in row {first} there is something else; delete the rows above the headings"
        ),
        None if table.holds_structures() => format!("{name} has no key `id` (or `ID`, `编号`) in its first object"),
        None => format!("{name} has no column `id` (or `ID`, `编号`) in its first line, which holds the headings"),
    })
}
