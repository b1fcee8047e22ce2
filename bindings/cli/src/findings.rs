//! Findings as the text of one cell.

use rollbook::RuleSet;
use rollbook::explain::{Code, Finding};

use crate::wording::Language;

/// Remarks that are the same for many rows: a row names their number, the summary says each once.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Each remark with the number of rows that it concerns.
    remarks: Vec<(String, u64)>,
}

impl Notes {
    /// The number of a remark, from 1.
    fn number(&mut self, remark: String) -> usize {
        let at = match self.remarks.iter().position(|(known, _)| *known == remark) {
            Some(at) => at,
            None => {
                self.remarks.push((remark, 0));
                self.remarks.len().saturating_sub(1)
            }
        };
        if let Some((_, rows)) = self.remarks.get_mut(at) {
            *rows = rows.saturating_add(1);
        }
        at.saturating_add(1)
    }

    /// All remarks, one line each.
    pub(crate) fn render(&self, language: &Language) -> String {
        let lines = (1_usize..).zip(&self.remarks).map(|(number, (remark, rows))| {
            if language.is_chinese() {
                format!("注{number}（{rows}行）：{remark}\n")
            } else {
                format!("note {number} ({}): {remark}\n", in_rows(*rows))
            }
        });
        lines.collect()
    }
}

/// `1 row`, `2 rows`.
pub(crate) fn in_rows(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

/// Findings as `code: message`, joined by ` | `.
///
/// What a rule set says of itself, and not of the row, goes into the notes: a text that is not encoded would otherwise
/// fill every row with the same sentences.
pub(crate) fn joined<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    rule_set: &RuleSet,
    language: &Language,
    notes: &mut Notes,
) -> String {
    let texts = findings.into_iter().map(|finding| {
        let message = finding.message(rule_set.rules(), rule_set.charges(), language.code());
        if finding.code != Code::NotEncoded {
            return format!("{}: {message}", finding.code);
        }
        let number = notes.number(message);
        if language.is_chinese() {
            format!("{}: 见注{number}", finding.code)
        } else {
            format!("{}: see note {number}", finding.code)
        }
    });
    texts.collect::<Vec<_>>().join(" | ")
}
