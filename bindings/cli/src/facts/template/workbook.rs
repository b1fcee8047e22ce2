//! An empty roster as a workbook: a drop-down list for each fact of words, a range for each number, a note on each
//! heading. What the rules may need has its heading in bold, what they do without in italics.

use rollbook::facade::Kind;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

use super::{Described, id_heading};
use crate::failure::Failure;
use crate::output::Output;
use crate::wording::Language;

/// So many characters the words of a list may have before they need a sheet of their own.
const LONGEST_LIST: usize = 255;
const LAST_ROW: u32 = 1_048_575;
const WIDTH: f64 = 18.0;

pub(super) fn write(mut output: Output<'_>, columns: &[&Described], language: &Language) -> Result<(), Failure> {
    let name = output.name().to_owned();
    let failed = |error: XlsxError| Failure::new(format!("cannot write {name}: {error}"));
    let mut book = filled(columns, language).map_err(failed)?;
    let bytes = book.save_to_buffer().map_err(failed)?;
    std::io::Write::write_all(&mut output, &bytes).map_err(|error| Failure::writing(&name, &error))?;
    output.finish()
}

fn filled(columns: &[&Described], language: &Language) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // Else the time of writing would stand in it.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let (bold, italic) = (Format::new().set_bold(), Format::new().set_italic());
    let sheet = book.add_worksheet().set_name(language.pick("名册", "roster"))?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.write_string_with_format(0, 0, id_heading(language), &bold)?;
    // An id of digits would lose its zeros, and a long one its end, as a number.
    sheet.set_column_format(0, &Format::new().set_num_format("@"))?;
    sheet.set_column_width(0, WIDTH)?;
    let mut long = Vec::new();
    for (column, fact) in (1_u16..).zip(columns) {
        let format = if fact.is_optional { &italic } else { &bold };
        sheet.write_string_with_format(0, column, &fact.heading, format)?;
        sheet.set_column_width(column, WIDTH)?;
        sheet.insert_note(0, column, &note(fact))?;
        if let Some(format) = cell_format(fact) {
            sheet.set_column_format(column, &Format::new().set_num_format(format))?;
        }
        match list(fact, language) {
            Some(words) if has_own_sheet(&words) => long.push((column, words)),
            Some(words) => validate(sheet, column, DataValidation::new().allow_list_strings(&words)?, fact, language)?,
            None => {
                if let Some(validation) = range(fact) {
                    validate(sheet, column, validation, fact, language)?;
                }
            }
        }
    }
    if !long.is_empty() {
        let words_sheet = language.pick("词语", "words");
        let sheet = book.add_worksheet().set_name(words_sheet)?;
        for (at, (_, words)) in (0_u16..).zip(&long) {
            for (row, word) in (0_u32..).zip(words) {
                sheet.write_string(row, at, *word)?;
            }
        }
        let sheet = book.worksheet_from_index(0)?;
        for (at, (column, words)) in (0_u16..).zip(&long) {
            let letters = letters(at);
            let formula = Formula::new(format!("='{words_sheet}'!${letters}$1:${letters}${}", words.len()));
            let fact = columns.get(usize::from(column.saturating_sub(1)));
            if let Some(fact) = fact {
                validate(sheet, *column, DataValidation::new().allow_list_formula(formula), fact, language)?;
            }
        }
    }
    Ok(book)
}

/// What stands in the note of a heading.
fn note(fact: &Described) -> Note {
    let mut lines: Vec<String> =
        [&fact.means, &fact.value].into_iter().filter(|line| !line.is_empty()).cloned().collect();
    lines.extend(fact.offered().into_iter().map(|word| format!("· {word}")));
    lines.push(fact.left_out.clone());
    let height = u32::try_from(lines.len()).unwrap_or(1).saturating_mul(20).saturating_add(30);
    Note::new(lines.join("\n")).add_author_prefix(false).set_width(260).set_height(height)
}

/// The words of a drop-down list, if it has one.
fn list<'f>(fact: &'f Described, language: &Language) -> Option<Vec<&'f str>> {
    match fact.kind {
        Kind::OneOf => Some(fact.offered()),
        Kind::YesNo => Some(vec![language.pick("是", "yes"), language.pick("否", "no")]),
        _ => None,
    }
}

fn has_own_sheet(words: &[&str]) -> bool {
    let units: usize = words.iter().map(|word| word.encode_utf16().count().saturating_add(1)).sum();
    units > LONGEST_LIST || words.iter().any(|word| word.contains([',', '"']))
}

/// How the cells of a column are shown.
fn cell_format(fact: &Described) -> Option<&'static str> {
    match fact.kind {
        Kind::Date => Some("yyyy-mm-dd"),
        // A spreadsheet program would make a day of a month.
        Kind::Month | Kind::Text | Kind::Member | Kind::Organisation => Some("@"),
        _ => None,
    }
}

/// The values that a column takes.
fn range(fact: &Described) -> Option<DataValidation> {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    let whole = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<i32>().ok());
    match fact.kind {
        Kind::Count | Kind::Days | Kind::Months => {
            let least = whole(&fact.at_least).unwrap_or(0).max(0);
            let rule = match whole(&fact.at_most) {
                Some(most) => DataValidationRule::Between(least, most),
                None => DataValidationRule::GreaterThanOrEqualTo(least),
            };
            Some(DataValidation::new().allow_whole_number(rule))
        }
        Kind::Money | Kind::Number | Kind::Share => {
            let rule = match (number(&fact.at_least), number(&fact.at_most)) {
                (Some(least), Some(most)) => DataValidationRule::Between(least, most),
                (Some(least), None) => DataValidationRule::GreaterThanOrEqualTo(least),
                (None, Some(most)) => DataValidationRule::LessThanOrEqualTo(most),
                (None, None) => return None,
            };
            Some(DataValidation::new().allow_decimal_number(rule))
        }
        Kind::Date => {
            let first = ExcelDateTime::from_ymd(1901, 1, 1).ok()?;
            Some(DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(first)))
        }
        _ => None,
    }
}

/// Puts a validation on all rows of a column, with a message for what does not fit.
fn validate(
    sheet: &mut Worksheet,
    column: u16,
    validation: DataValidation,
    fact: &Described,
    language: &Language,
) -> Result<(), XlsxError> {
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let message = format!("{}{}", language.pick("请填写：", "write "), fact.value);
    let validation = validation.set_error_title(cut(&fact.title, 32))?.set_error_message(cut(&message, 200))?;
    sheet.add_data_validation(1, column, LAST_ROW, column, &validation)?;
    Ok(())
}

/// The letters of a column from 0.
fn letters(column: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}
