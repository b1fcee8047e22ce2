//! An XLSX workbook, of which one sheet is a table.

mod number;
mod reader;

use std::io::Read;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use calamine::Dimensions;

use super::{Beside, Cells, Remark};
use crate::failure::Failure;
use reader::{Opened, Sent, SheetRow};

/// A larger file is not read.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// So many batches of rows may wait.
const WAITING: usize = 8;

/// A sheet that is read row by row.
pub(super) struct Workbook {
    sent: Receiver<Sent>,
    opened: Opened,
    batch: std::vec::IntoIter<SheetRow>,
    has_ended: bool,
    /// A row that is there already, while the blank ones before it are given.
    ahead: Option<SheetRow>,
    /// The number of the last row that was given, from 1.
    row: u32,
    /// How many columns have headings, once that is known.
    width: Option<u32>,
    /// How many of the merged cells begin in rows that were given.
    merged_begun: usize,
    merged_open: Vec<Dimensions>,
    formulas: Counted,
    shortened: Counted,
    beyond: Counted,
}

/// How many cells there were, and the first of them.
#[derive(Debug, Default)]
struct Counted {
    count: u64,
    first: Option<(u32, u32)>,
}

impl Counted {
    fn note(&mut self, row: u32, column: u32) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert((row, column));
    }

    fn remark(&self, remark: impl FnOnce(u64, String) -> Remark) -> Option<Remark> {
        self.first.map(|place| remark(self.count, cell_name(place)))
    }
}

impl Workbook {
    /// Opens a workbook at one of its sheets.
    pub(super) fn open(source: impl Read, name: &str, sheet: Option<&str>) -> Result<Self, Failure> {
        let mut bytes = Vec::new();
        let mut bounded = source.take(MOST_BYTES.saturating_add(1));
        bounded.read_to_end(&mut bytes).map_err(|error| Failure::reading(name, &error))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
            return Err(Failure::new(format!("{name} is larger than 512 MiB; save it as CSV")));
        }
        let (sender, sent) = sync_channel(WAITING);
        let sheet = sheet.map(str::to_owned);
        let begun = thread::Builder::new().spawn(move || reader::read(bytes, sheet.as_deref(), &sender));
        begun.map_err(|error| Failure::reading(name, &error))?;
        let opened = match sent.recv() {
            Ok(Sent::Opened(opened)) => opened,
            other => return Err(broken(name, other.ok())),
        };
        Ok(Self {
            sent,
            opened,
            batch: Vec::new().into_iter(),
            has_ended: false,
            ahead: None,
            row: 0,
            width: None,
            merged_begun: 0,
            merged_open: Vec::new(),
            formulas: Counted::default(),
            shortened: Counted::default(),
            beyond: Counted::default(),
        })
    }

    /// Gives the next row, rows in which nothing stands as blank ones; false at the end.
    pub(super) fn next(&mut self, cells: &mut Cells, name: &str) -> Result<bool, Failure> {
        cells.clear();
        if self.ahead.is_none() {
            self.ahead = self.receive(name)?;
        }
        let Some(row) = self.ahead.take() else { return Ok(false) };
        let number = self.row;
        self.row = self.row.saturating_add(1);
        cells.row = u64::from(self.row);
        // A row that stands above one that was given before is no table's; it is taken where it comes.
        if row.number > number {
            self.ahead = Some(row);
        } else {
            self.fill(cells, row);
        }
        self.mark_merged(cells, number);
        Ok(true)
    }

    fn receive(&mut self, name: &str) -> Result<Option<SheetRow>, Failure> {
        loop {
            if let Some(row) = self.batch.next() {
                return Ok(Some(row));
            }
            if self.has_ended {
                return Ok(None);
            }
            match self.sent.recv() {
                Ok(Sent::Rows(rows)) if rows.is_empty() => self.has_ended = true,
                Ok(Sent::Rows(rows)) => self.batch = rows.into_iter(),
                other => return Err(broken(name, other.ok())),
            }
        }
    }

    fn fill(&mut self, cells: &mut Cells, row: SheetRow) {
        let mut at = 0_u32;
        for cell in row.cells {
            if self.width.is_some_and(|width| cell.column >= width) {
                self.beyond.note(row.number, cell.column);
                continue;
            }
            while at < cell.column {
                cells.texts.push_field(b"");
                at = at.saturating_add(1);
            }
            if cell.is_formula {
                self.formulas.note(row.number, cell.column);
            }
            if cell.is_shortened {
                self.shortened.note(row.number, cell.column);
            }
            cells.texts.push_field(cell.text.as_bytes());
            if let (Some(beside), Ok(column)) = (cell.beside, usize::try_from(at)) {
                cells.beside.push((column, beside));
            }
            at = at.saturating_add(1);
        }
        while self.width.is_some_and(|width| at < width) {
            cells.texts.push_field(b"");
            at = at.saturating_add(1);
        }
    }

    /// Marks the cells of a row whose value stands in another cell.
    fn mark_merged(&mut self, cells: &mut Cells, number: u32) {
        while let Some(next) = self.opened.merged.get(self.merged_begun).filter(|next| next.start.0 <= number) {
            self.merged_open.push(*next);
            self.merged_begun = self.merged_begun.saturating_add(1);
        }
        self.merged_open.retain(|merged| merged.end.0 >= number);
        for merged in &self.merged_open {
            let last = merged.end.1.min(self.width.unwrap_or(0).saturating_sub(1));
            for column in merged.start.1..=last {
                if (number, column) != merged.start
                    && self.width.is_some()
                    && let Ok(at) = usize::try_from(column)
                {
                    cells.beside.push((at, Beside::Merged(range_name(merged))));
                }
            }
        }
    }

    /// Says how many headings there are in the row that was given last.
    pub(super) fn has_headings(&mut self, count: usize, name: &str) -> Result<(), Failure> {
        self.width = Some(u32::try_from(count).unwrap_or(u32::MAX));
        match self.merged_open.first() {
            None => Ok(()),
            Some(merged) => Err(Failure::new(format!(
                "{name}: {} are merged, and they reach into row {}, which holds the headings; write one row with a heading for each column",
                range_name(merged),
                self.row
            ))),
        }
    }

    /// What is to be said about the reading.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let Opened { sheet, others, hidden, .. } = &self.opened;
        let sheets = Remark::Sheets { read: sheet.clone(), others: others.clone(), hidden: hidden.clone() };
        let several = !others.is_empty() || !hidden.is_empty();
        let formulas = self.formulas.remark(|count, first| Remark::Formulas { count, first });
        let shortened = self.shortened.remark(|count, first| Remark::FewerDigits { count, first });
        let beyond = self.beyond.remark(|count, first| Remark::BeyondHeadings { count, first });
        several.then_some(sheets).into_iter().chain(formulas).chain(shortened).chain(beyond).collect()
    }
}

fn broken(name: &str, sent: Option<Sent>) -> Failure {
    match sent {
        Some(Sent::Broken(why)) => Failure::new(format!("{name}: {why}")),
        // The thread is gone without a word.
        _ => Failure::new(format!(
            "{name}: it is not written as XLSX workbooks are; save it again with a spreadsheet program"
        )),
    }
}

/// `C2`, of row and column from 0.
fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column.saturating_add(1);
    while let Some(less) = left.checked_sub(1) {
        let letter = u8::try_from(less.checked_rem(26).unwrap_or(0)).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        left = less.checked_div(26).unwrap_or(0);
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row.saturating_add(1))
}

fn range_name(cells: &Dimensions) -> String {
    format!("{}:{}", cell_name(cells.start), cell_name(cells.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_people_see() {
        for (place, name) in
            [((0, 0), "A1"), ((1, 2), "C2"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((0, 701), "ZZ1"), ((0, 702), "AAA1")]
        {
            assert_eq!(cell_name(place), name);
        }
    }
}
