//! The rows of a roster.

use std::io::Read;
use std::path::Path;

use rollbook::explain::{Code, Finding};
use rollbook::ruleset::{Facts, InputId, Kind, Rules, Told};

use super::cell;
use super::headings::{Headings, is_id};
use super::seen::SeenIds;
use crate::facts_file;
use crate::failure::Failure;
use crate::names::Names;
use crate::table::{Beside, Cells, Reading, Remark, Table};

/// So far below the first row headings are looked for, to say that they are not there.
const ROWS_LOOKED_AT: usize = 10;

/// A roster that is being read.
pub(crate) struct Roster<'s> {
    table: Table<'s>,
    names: &'s Names<'s>,
    headings: Headings,
    /// The row of the headings.
    heading_row: u64,
    cells: Cells,
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
                let (heading_row, seen) = (cells.row, SeenIds::default());
                return Ok(Self { table, names, headings, heading_row, cells, empty: 0, seen });
            }
        }
        Err(Failure::new(format!("{} has no headings: it is empty", table.name())))
    }

    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        self.table.name()
    }

    /// How many rows of only empty cells were skipped so far.
    pub(crate) fn empty_rows(&self) -> u64 {
        self.empty
    }

    /// What is to be said about how the roster was read.
    pub(crate) fn remarks(&self) -> Vec<Remark> {
        self.table.remarks()
    }

    /// The cells of the present row.
    pub(crate) fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Reads the next row that is not empty and tells its facts; none at the end.
    pub(crate) fn next(&mut self, rules: &Rules, facts: &mut Facts) -> Result<Option<Row>, Failure> {
        loop {
            if !self.table.next(&mut self.cells)? {
                return Ok(None);
            }
            if !self.cells.is_blank() {
                break;
            }
            self.empty = self.empty.saturating_add(1);
        }
        for heading in self.table.later_headings() {
            self.headings.add_later(&heading, self.names, self.table.name())?;
        }
        facts.clear();
        let mut refused = Vec::new();
        if !self.table.holds_structures() {
            self.judge_length(&mut refused);
        }
        let has_its_length = refused.is_empty();
        let id = self.judge_id(has_its_length, &mut refused);
        // In a row of another length nobody knows which cell belongs to which heading.
        if has_its_length {
            self.tell(rules, facts, &mut refused);
        }
        Ok(Some(Row { id, refused }))
    }

    fn judge_length(&self, refused: &mut Vec<Finding>) {
        let (cells, wanted) = (self.cells.texts.len(), self.headings.written.len());
        let code = match cells.cmp(&wanted) {
            std::cmp::Ordering::Less => Code::RowTooShort,
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => Code::RowTooLong,
        };
        refused.push(Finding::new(code).with("row", self.cells.row).with("cells", cells).with("wanted", wanted));
    }

    fn judge_id(&mut self, has_its_length: bool, refused: &mut Vec<Finding>) -> String {
        let (at, row) = (self.headings.id, self.cells.row);
        let heading = self.headings.written.get(at).unwrap_or_default();
        let id = match cell::text(&self.cells, at, String::from_utf8_lossy(heading).trim()) {
            Ok(id) => id,
            Err(refusal) => {
                refused.push(*refusal);
                return String::from_utf8_lossy(self.cells.text(at)).trim().to_owned();
            }
        };
        // A list identifies nobody.
        let id = if matches!(self.cells.beside(at), Some(Beside::Structure(_))) { "" } else { id };
        if id.is_empty() {
            if has_its_length {
                refused.push(Finding::new(Code::NoId).with("row", row));
            }
        } else if is_id(id) {
            refused.push(Finding::new(Code::SecondHeading).with("row", row).with("first", self.heading_row));
        } else if let Some(first) = self.seen.note(id, row) {
            refused.push(Finding::new(Code::DuplicateId).with("row", row).with("first", first));
        }
        id.to_owned()
    }

    fn tell(&self, rules: &Rules, facts: &mut Facts, refused: &mut Vec<Finding>) {
        for column in &self.headings.facts {
            let text = match cell::text(&self.cells, column.at, &column.heading) {
                Ok("") => continue,
                Ok(text) => text,
                Err(refusal) => {
                    refused.push(*refusal);
                    continue;
                }
            };
            let before = facts.refused().len();
            match self.cells.beside(column.at) {
                None | Some(Beside::Number) => facts.tell_text(rules, column.input, text),
                beside => tell_beside(rules, facts, column.input, text, beside),
            }
            for finding in facts.refused().iter().skip(before) {
                refused.push(finding.clone().with("row", self.cells.row).with("column", &column.heading));
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
