//! Findings as the text of one cell.

use rollbook::RuleSet;
use rollbook::explain::{Code, Finding};

use crate::wording::Language;

/// Remarks that are the same for many rows: a row names their number, the summary says each once.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Each remark with the number of rows that it concerns.
    remarks: Vec<(String, u64)>,
    /// The remark of each finding that was met, by its place among them, and its number as a text.
    known: Vec<(Finding, usize, String)>,
}

impl Notes {
    /// Writes the number of the remark that a finding makes, from 1.
    fn write_number(&mut self, finding: &Finding, remark: impl FnOnce() -> String, text: &mut String) {
        // A text that is not encoded has versions of its own, which tell it from others; texts are long, and compared only
        // where there is no version.
        let is_same = |known: &Finding| known.cite == finding.cite && (finding.cite.is_some() || known == finding);
        let known = self.known.iter().position(|(known, ..)| is_same(known));
        let place = known.unwrap_or_else(|| {
            let remark = remark();
            let at = self.remarks.iter().position(|(known, _)| *known == remark).unwrap_or(self.remarks.len());
            if at == self.remarks.len() {
                self.remarks.push((remark, 0));
            }
            self.known.push((finding.clone(), at, at.saturating_add(1).to_string()));
            self.known.len().saturating_sub(1)
        });
        let Some((_, at, number)) = self.known.get(place) else { return };
        text.push_str(number);
        if let Some((_, rows)) = self.remarks.get_mut(*at) {
            *rows = rows.saturating_add(1);
        }
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

/// Writes findings as `code: message`, joined by ` | `.
///
/// What a rule set says of itself, and not of the row, goes into the notes: a text that is not encoded would otherwise
/// fill every row with the same sentences.
pub(crate) fn joined<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    rule_set: &RuleSet,
    language: &Language,
    notes: &mut Notes,
    text: &mut String,
) {
    text.clear();
    for finding in findings {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.push_str(finding.code.name());
        text.push_str(": ");
        let message = || finding.message(rule_set.rules(), rule_set.charges(), language.code());
        if finding.code != Code::NotEncoded {
            text.push_str(&message());
            continue;
        }
        text.push_str(language.pick("见注", "see note "));
        notes.write_number(finding, message, text);
    }
}
