//! A table that is being written, in the form that the name of its file asks for.

mod delimited;
mod objects;
#[cfg_attr(not(feature = "workbooks"), path = "written/no_workbook.rs")]
mod workbook;

use std::path::Path;

use crate::failure::Failure;
use crate::output::Output;
use crate::table::Separator;

use delimited::Delimited;
use objects::Objects;
use workbook::Workbook;

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text with separators.
    Delimited(Separator),
    /// JSON lines.
    Objects,
    /// An XLSX workbook.
    Workbook,
}

impl Form {
    /// The form that a file is to have; standard output, and names without an ending, are CSV.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            None | Some("csv" | "txt") => Ok(Self::Delimited(Separator::Comma)),
            Some("tsv" | "tab") => Ok(Self::Delimited(Separator::Tab)),
            Some("jsonl" | "ndjson") => Ok(Self::Objects),
            Some("xlsx") => Ok(Self::Workbook),
            Some(_) => Err(Failure::new(format!(
                "cannot write {}: a table ends in .csv, .tsv, .jsonl or .xlsx",
                path.display()
            ))),
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'t> {
    /// A text, kept as one; the empty one is an empty cell.
    Text(&'t str),
    /// A number in plain digits, with as many decimals as are to be shown.
    Number(&'t str),
    /// A day as YYYY-MM-DD.
    Day(&'t str),
    /// A list or map as JSON.
    Structure(&'t str),
}

impl<'t> Cell<'t> {
    /// The text, whatever it is.
    fn text(self) -> &'t str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Day(text) | Self::Structure(text) => text,
        }
    }
}

/// A table that is being written.
///
/// A row is written cell by cell: those that are kept of the roster, then those of the answer.
pub(crate) enum Written<'o> {
    /// Text with separators.
    Delimited(Box<Delimited<'o>>),
    /// JSON lines.
    Objects(Box<Objects<'o>>),
    /// An XLSX workbook.
    Workbook(Box<Workbook<'o>>),
}

impl<'o> Written<'o> {
    /// Begins a table with its headings; the first ones are those that are kept of the roster.
    pub(crate) fn begin(output: Output<'o>, form: Form, kept: &[String], columns: &[&str]) -> Result<Self, Failure> {
        match form {
            Form::Delimited(separator) => {
                Delimited::begin(output, separator, kept, columns).map(|table| Self::Delimited(Box::new(table)))
            }
            Form::Objects => Ok(Self::Objects(Box::new(Objects::begin(output, kept, columns)))),
            Form::Workbook => Workbook::begin(output, kept, columns).map(|table| Self::Workbook(Box::new(table))),
        }
    }

    /// Writes the next cell of the row.
    pub(crate) fn cell(&mut self, cell: Cell<'_>) -> Result<(), Failure> {
        match self {
            Self::Delimited(table) => {
                table.cell(cell);
                Ok(())
            }
            Self::Objects(table) => {
                table.cell(cell);
                Ok(())
            }
            Self::Workbook(table) => table.cell(cell),
        }
    }

    /// Ends the row.
    pub(crate) fn end_row(&mut self) -> Result<(), Failure> {
        match self {
            Self::Delimited(table) => table.end_row(),
            Self::Objects(table) => table.end_row(),
            Self::Workbook(table) => {
                table.end_row();
                Ok(())
            }
        }
    }

    /// Writes what is left and puts the file under its name.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Delimited(table) => table.finish(),
            Self::Objects(table) => table.finish(),
            Self::Workbook(table) => table.finish(),
        }
    }
}
