//! An empty roster to fill in.

#[cfg_attr(not(feature = "workbooks"), path = "template/no_workbook.rs")]
mod workbook;

use std::io::Write;
use std::path::Path;

use super::described::Described;
use crate::failure::Failure;
use crate::output::Output;
use crate::table::Separator;
use crate::wording::Language;
use crate::written::Form;

/// Writes a roster without rows. What stands under the name already is left alone: it may be filled in.
pub(super) fn write(path: &Path, facts: &[Described], language: &Language) -> Result<(), Failure> {
    let name = path.display();
    let form = Form::of(path)?;
    if path.is_file() {
        return Err(Failure::new(format!("{name} is there already, and is not written over; give another name")));
    }
    let columns: Vec<&Described> = facts.iter().filter(|fact| fact.is_column()).collect();
    match form {
        Form::Delimited(separator) => delimited(Output::file(path)?, separator, &columns, language),
        Form::Workbook => workbook::write(Output::file(path)?, &columns, language),
        Form::Objects => Err(Failure::new(format!("cannot write {name}: a template ends in .xlsx, .csv or .tsv"))),
    }
}

/// The heading of the ids.
fn id_heading(language: &Language) -> &'static str {
    language.pick("编号", "id")
}

/// The headings as text. The byte-order mark tells spreadsheet programs that it is UTF-8.
fn delimited(
    mut output: Output<'_>,
    separator: Separator,
    columns: &[&Described],
    language: &Language,
) -> Result<(), Failure> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator.byte()).from_writer(Vec::new());
    let headings = std::iter::once(id_heading(language)).chain(columns.iter().map(|fact| fact.heading.as_str()));
    let line = writer.write_record(headings).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    let written = output.write_all("\u{feff}".as_bytes()).and_then(|()| output.write_all(&line));
    written.map_err(|error| Failure::writing(output.name(), &error))?;
    output.finish()
}
