//! An XLSX workbook with one sheet, written row by row.
//!
//! A row goes to a temporary file as soon as it is complete, so that the workbook does not grow in memory. The same
//! answers give the same bytes: the workbook carries no time.

use std::collections::HashMap;
use std::io::Write;

use rollbook::value::Exact;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Worksheet, XlsxError};

use super::Cell;
use crate::failure::Failure;
use crate::output::Output;

/// More digits a cell of a workbook does not keep.
const MOST_DIGITS: usize = 15;
/// So many rows a sheet has.
const MOST_ROWS: u32 = 1_048_576;
/// So many characters a cell holds.
const LONGEST_CELL: usize = 32_767;
const WIDTH: f64 = 16.0;

/// A workbook that is being written.
pub(crate) struct Workbook<'o> {
    output: Output<'o>,
    book: rust_xlsxwriter::Workbook,
    /// The formats of numbers by their decimals.
    numbers: HashMap<usize, Format>,
    day: Format,
    row: u32,
    column: u16,
}

impl<'o> Workbook<'o> {
    pub(super) fn begin(output: Output<'o>, kept: &[String], columns: &[&str]) -> Result<Self, Failure> {
        let mut book = rust_xlsxwriter::Workbook::new();
        // Else the time of writing would stand in it.
        let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(output.name(), &error))?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let begun = book.add_worksheet_with_constant_memory().and_then(|sheet| {
            sheet.set_freeze_panes(1, 0)?;
            let count = kept.len().saturating_add(columns.len());
            let last = u16::try_from(count.saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
            sheet.set_column_range_width(0, last, WIDTH).map(|_| ())
        });
        begun.map_err(|error| failed(output.name(), &error))?;
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let mut table = Self { output, book, numbers: HashMap::new(), day, row: 0, column: 0 };
        let bold = Format::new().set_bold();
        for heading in kept.iter().map(String::as_str).chain(columns.iter().copied()) {
            table.put(heading, |sheet, row, column| {
                sheet.write_string_with_format(row, column, heading, &bold).map(|_| ())
            })?;
        }
        table.end_row();
        Ok(table)
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) -> Result<(), Failure> {
        match cell {
            Cell::Number(text) if is_kept_exactly(text) => {
                let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let format = self.numbers.entry(decimals).or_insert_with(|| number_format(decimals)).clone();
                match text.parse::<f64>() {
                    Ok(number) => self.put(text, |sheet, row, column| {
                        sheet.write_number_with_format(row, column, number, &format).map(|_| ())
                    }),
                    Err(_) => self.text(text),
                }
            }
            Cell::Day(text) => match day(text) {
                Some(day) => {
                    let format = self.day.clone();
                    self.put(text, |sheet, row, column| {
                        sheet.write_datetime_with_format(row, column, &day, &format).map(|_| ())
                    })
                }
                None => self.text(text),
            },
            other => self.text(other.text()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.put(
            text,
            |sheet, row, column| {
                if text.is_empty() { Ok(()) } else { sheet.write_string(row, column, text).map(|_| ()) }
            },
        )
    }

    /// Puts something at the next place.
    fn put(
        &mut self,
        text: &str,
        write: impl FnOnce(&mut Worksheet, u32, u16) -> Result<(), XlsxError>,
    ) -> Result<(), Failure> {
        let (row, column) = (self.row, self.column);
        self.column = self.column.saturating_add(1);
        let name = self.output.name();
        if row >= MOST_ROWS {
            let most = MOST_ROWS;
            return Err(Failure::new(format!(
                "cannot write {name}: a sheet has {most} rows; write .csv, .tsv or .jsonl"
            )));
        }
        if text.len() > LONGEST_CELL && text.encode_utf16().count() > LONGEST_CELL {
            let place = format!("row {}, column {}", row.saturating_add(1), column.saturating_add(1));
            return Err(Failure::new(format!(
                "cannot write {name}: {place} is longer than the {LONGEST_CELL} characters that a cell holds; write .csv, .tsv or .jsonl"
            )));
        }
        let written = self.book.worksheet_from_index(0).and_then(|sheet| write(sheet, row, column));
        written.map_err(|error| failed(name, &error))
    }

    pub(super) fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    pub(super) fn finish(mut self) -> Result<(), Failure> {
        let name = self.output.name().to_owned();
        match self.output.as_file() {
            Some(file) => self.book.save_to_writer(file).map_err(|error| failed(&name, &error))?,
            // A device or a pipe.
            None => {
                let bytes = self.book.save_to_buffer().map_err(|error| failed(&name, &error))?;
                self.output.write_all(&bytes).map_err(|error| Failure::writing(&name, &error))?;
            }
        }
        self.output.finish()
    }
}

/// Whether a workbook, which keeps numbers with fifteen digits, keeps this one as it is written.
fn is_kept_exactly(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.split('.').next().unwrap_or_default();
    let has_zeros_in_front = whole.len() > 1 && whole.starts_with('0');
    let digits = unsigned.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
    Exact::parse(text).is_ok_and(|number| !(number.is_zero() && unsigned != text))
        && !has_zeros_in_front
        && digits <= MOST_DIGITS
}

fn number_format(decimals: usize) -> Format {
    let format = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
    Format::new().set_num_format(format)
}

/// A day that a workbook can hold; its calendar is wrong before March 1900.
fn day(text: &str) -> Option<ExcelDateTime> {
    if !matches!(text.split_once('-'), Some((year, _)) if year > "1900") {
        return None;
    }
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn failed(name: &str, error: &XlsxError) -> Failure {
    match error {
        XlsxError::IoError(error) => Failure::writing(name, error),
        XlsxError::TempFileError(_, error) => Failure::writing("a temporary file", error),
        other => Failure::new(format!("cannot write {name}: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_workbook_would_change_stays_a_text() {
        for text in ["0", "81.00", "-0.20", "123456789012.345", "0.000000000000001"] {
            assert!(is_kept_exactly(text), "{text}");
        }
        for text in ["0012", "330106198001011234", "1234567890.123456", "-0", "1e3", "5,400", "", "5.25%"] {
            assert!(!is_kept_exactly(text), "{text}");
        }
    }

    #[test]
    fn a_day_before_the_calendar_of_workbooks_stays_a_text() {
        assert!(day("1900-12-31").is_none() && day("1901-01-01").is_some() && day("2026-11-23").is_some());
    }
}
