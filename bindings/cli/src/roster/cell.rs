//! A cell of a table as the value of a fact.

use rollbook::explain::{Code, Finding};
use rollbook::ruleset::Kind;

use crate::table::{Beside, Cells};

/// The text of a cell, trimmed, or why it cannot be taken at all.
pub(crate) fn text<'c>(cells: &'c Cells, at: usize, heading: &str) -> Result<&'c str, Box<Finding>> {
    let written = cells.text(at);
    let refused = |code: Code| Finding::new(code).with("row", cells.row).with("column", heading);
    let text = std::str::from_utf8(written).map(trimmed);
    let refusal = match (text, cells.beside(at)) {
        (Err(_), _) | (_, Some(Beside::NoText)) => refused(Code::NotText).with("value", shown(written)),
        (_, Some(Beside::Merged(merged))) => refused(Code::MergedCell).with("value", merged),
        (_, Some(Beside::NoValue)) => refused(Code::FormulaWithoutValue).with("value", shown(written)),
        (_, Some(Beside::TooManyDigits)) => refused(Code::TooManyDigits).with("value", shown(written)),
        (Ok(text), None | Some(Beside::Number | Beside::Day | Beside::YesNo(_) | Beside::Structure(_))) => {
            return Ok(text);
        }
    };
    Err(Box::new(refusal))
}

/// Without blanks around it; most cells have none, which their first and last byte tell.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The text in the notation of a kind of facts, where the cell has another one for the same.
pub(crate) fn text_for<'t>(kind: &Kind, text: &'t str, beside: Option<&Beside>) -> &'t str {
    match (beside, kind) {
        (Some(Beside::YesNo(answer)), Kind::YesNo) => {
            if *answer {
                "yes"
            } else {
                "no"
            }
        }
        // A spreadsheet keeps a month as its first day.
        (Some(Beside::Day), Kind::Month) => text.strip_suffix("-01").unwrap_or(text),
        _ => text,
    }
}

/// At most 40 characters of a cell.
fn shown(written: &[u8]) -> String {
    String::from_utf8_lossy(written).trim().chars().filter(|it| !it.is_control()).take(40).collect()
}
