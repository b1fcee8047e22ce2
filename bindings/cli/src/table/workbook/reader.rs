//! The thread that reads a workbook, and the rows that it sends.
//!
//! The reader of workbooks borrows the workbook while it goes through a sheet, so it runs beside the command and sends
//! rows in batches; a sheet is never kept whole. Should it ever break, the command still ends with one clear line.

use std::io::Cursor;
use std::sync::mpsc::SyncSender;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use rollbook::ruleset::diagnostic::quoted;
use rollbook::ruleset::nearest;
use rollbook::value::Date;

use super::super::Beside;
use super::number::NumberFormat;

/// So many rows are sent at once.
const BATCH: usize = 256;
/// The first day that a calendar from 1900 has, and the first number behind the last day of all.
const FIRST_DAY: f64 = 1.0;
const BEHIND_LAST_DAY: f64 = 2_958_466.0;

/// What the thread sends.
pub(super) enum Sent {
    /// The workbook is open.
    Opened(Opened),
    /// The next rows.
    Rows(Vec<SheetRow>),
    /// It cannot be read, or not to its end; as a message says it.
    Broken(String),
}

/// What is known of a workbook before its rows.
pub(super) struct Opened {
    /// The sheet that is read.
    pub(super) sheet: String,
    pub(super) others: Vec<String>,
    pub(super) hidden: Vec<String>,
    /// Its merged cells, those that begin above first.
    pub(super) merged: Vec<Dimensions>,
}

/// A row in which something stands.
pub(super) struct SheetRow {
    /// Its number from 0.
    pub(super) number: u32,
    pub(super) cells: Vec<SheetCell>,
}

/// A cell in which something stands.
pub(super) struct SheetCell {
    pub(super) column: u32,
    pub(super) text: String,
    pub(super) beside: Option<Beside>,
    pub(super) is_formula: bool,
    pub(super) is_shortened: bool,
}

/// Reads a sheet and sends its rows; ends early where nobody takes them any more.
pub(super) fn read(bytes: Vec<u8>, wanted: Option<&str>, sender: &SyncSender<Sent>) {
    if let Err(broken) = try_read(bytes, wanted, sender) {
        let _ = sender.send(Sent::Broken(broken));
    }
}

fn try_read(bytes: Vec<u8>, wanted: Option<&str>, sender: &SyncSender<Sent>) -> Result<(), String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| why(&error))?;
    let mut opened = chosen(&book, wanted)?;
    let sheet = opened.sheet.clone();
    opened.merged = book.merge_cells_by_sheet_name(&sheet).map_err(|error| why(&error))?;
    opened.merged.sort_unstable_by_key(|cells| cells.start);
    if sender.send(Sent::Opened(opened)).is_err() {
        return Ok(());
    }
    let formulas = formulas(&mut book, &sheet).map_err(|error| why(&error))?;
    rows(&mut book, &sheet, &formulas, sender).map_err(|error| why(&error))
}

/// The sheet that is asked for, or the first visible one.
fn chosen(book: &Xlsx<Cursor<Vec<u8>>>, wanted: Option<&str>) -> Result<Opened, String> {
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let is_visible = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let sheet = match wanted {
        Some(wanted) => sheets.iter().find(|sheet| sheet.name == wanted).ok_or_else(|| {
            let names = || sheets.iter().map(|sheet| sheet.name.as_str());
            let near = nearest(wanted, names()).map(|near| format!("; did you mean {}?", quoted(&near)));
            let all = names().take(10).map(quoted).collect::<Vec<_>>().join(", ");
            let near = near.unwrap_or_else(|| format!("; it has {all}"));
            format!("it has no sheet {}{near}", quoted(wanted))
        })?,
        None => sheets
            .iter()
            .find(|sheet| is_visible(sheet))
            .ok_or("it has no visible sheet; --sheet names a hidden one")?,
    };
    let rest = || sheets.iter().filter(|other| other.name != sheet.name);
    let names =
        |visible: bool| rest().filter(|sheet| is_visible(sheet) == visible).map(|sheet| sheet.name.clone()).collect();
    Ok(Opened { sheet: sheet.name.clone(), others: names(true), hidden: names(false), merged: Vec::new() })
}

/// The places of the cells that hold formulas, in order.
fn formulas(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<Vec<(u32, u32)>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut places = Vec::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() {
            places.push(cell.pos);
        }
    }
    places.sort_unstable();
    Ok(places)
}

fn rows(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    formulas: &[(u32, u32)],
    sender: &SyncSender<Sent>,
) -> Result<(), XlsxError> {
    let is_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let code = |style: &calamine::Style| {
        style.number_format.as_ref().map_or("General".to_owned(), |it| it.format_code.clone())
    };
    let formats: Vec<NumberFormat> = cells.styles().iter().map(|style| NumberFormat::read(&code(style))).collect();
    let general = NumberFormat::read("General");
    let mut batch: Vec<SheetRow> = Vec::with_capacity(BATCH);
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (number, column) = cell.get_position();
        let is_formula = !formulas.is_empty() && formulas.binary_search(&(number, column)).is_ok();
        let format = formats.get(style).unwrap_or(&general);
        let Some(cell) = taken(cell.get_value(), format, column, is_formula, is_1904) else { continue };
        match batch.last_mut() {
            Some(row) if row.number == number => row.cells.push(cell),
            _ => {
                if batch.len() >= BATCH && sender.send(Sent::Rows(std::mem::take(&mut batch))).is_err() {
                    return Ok(());
                }
                batch.push(SheetRow { number, cells: vec![cell] });
            }
        }
    }
    // No rows are the end; whoever does not want it has gone.
    for last in [batch, Vec::new()] {
        let _ = sender.send(Sent::Rows(last));
    }
    Ok(())
}

/// What a cell is taken for; none, where nothing stands in it.
fn taken(
    value: &DataRef<'_>,
    format: &NumberFormat,
    column: u32,
    is_formula: bool,
    is_1904: bool,
) -> Option<SheetCell> {
    let mut is_shortened = false;
    let mut number = |value: f64| {
        let taken = format.show(value);
        is_shortened = taken.is_shortened;
        (taken.text, Some(if taken.is_too_long { Beside::TooManyDigits } else { Beside::Number }))
    };
    let (text, beside) = match value {
        DataRef::Empty if is_formula => (String::new(), Some(Beside::NoValue)),
        DataRef::Empty => return None,
        DataRef::String(text) | DataRef::DurationIso(text) => (text.clone(), None),
        DataRef::SharedString(text) => ((*text).to_owned(), None),
        DataRef::Int(whole) => (whole.to_string(), Some(Beside::Number)),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(answer) => (if *answer { "TRUE" } else { "FALSE" }.to_owned(), Some(Beside::YesNo(*answer))),
        DataRef::Error(error) => (error.to_string(), Some(Beside::NoValue)),
        DataRef::DateTime(moment) => match day(moment, is_1904) {
            Some(moment) => moment,
            None => number(moment.as_f64()),
        },
        DataRef::DateTimeIso(text) => match text.split('T').next().filter(|day| Date::parse(day).is_ok()) {
            Some(day) => (day.to_owned(), Some(Beside::Day)),
            None => (text.clone(), None),
        },
    };
    if text.is_empty() && beside.is_none() {
        return None;
    }
    Some(SheetCell { column, text, beside, is_formula, is_shortened })
}

/// The day of a cell that shows one, without the time of day; none, where it holds a number that is none.
fn day(moment: &ExcelDateTime, is_1904: bool) -> Option<(String, Option<Beside>)> {
    let value = moment.as_f64();
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let has_day = is_1904 && value >= 0.0 || value >= FIRST_DAY;
    if moment.is_duration() || !(0.0..BEHIND_LAST_DAY).contains(&value) {
        return None;
    }
    if !has_day {
        return Some((format!("{hour:02}:{minute:02}:{second:02}"), None));
    }
    let text = format!("{year:04}-{month:02}-{day:02}");
    // Programs that begin in 1900 know a 29 February of that year.
    let beside = Date::parse(&text).is_ok().then_some(Beside::Day);
    Some((text, beside))
}

/// What is wrong with a workbook, without a word of what stands in it.
fn why(error: &XlsxError) -> String {
    match error {
        XlsxError::Io(_) | XlsxError::Zip(_) => {
            "it is no complete XLSX workbook: the archive is broken or cut off".to_owned()
        }
        XlsxError::Password => "it has a password; save it without one".to_owned(),
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => {
            "it is no XLSX workbook, or no complete one; save it as .xlsx, or as CSV".to_owned()
        }
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => {
            "it is no complete XLSX workbook: the XML in it is broken or cut off".to_owned()
        }
        XlsxError::CellError(error) => format!("a cell holds the error {}, which cannot be read", quoted(error)),
        _ => "it is not written as XLSX workbooks are; save it again with a spreadsheet program".to_owned(),
    }
}
