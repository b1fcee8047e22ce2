//! A file of changes: values of facts that hold from a day on, for members whose roster has only one value for each.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use rollbook::explain::{Code, Finding};
use rollbook::ruleset::diagnostic::quoted;
use rollbook::ruleset::{Facts, InputId, Rules};
use rollbook::value::Date;

use crate::failure::Failure;
use crate::names::{ID_HEADINGS, Meaning, Names};
use crate::roster::{Row, cell};
use crate::table::{Cells, Reading, Remark, Table};
use crate::wording::Language;

/// The columns and the headings that each may have.
const COLUMNS: [(&str, &[&str]); 4] =
    [("id", &ID_HEADINGS), ("fact", &["fact", "事项"]), ("from", &["from", "起始日期"]), ("value", &["value", "值"])];
/// So many rows are named.
const MOST_NAMED: usize = 20;

/// The changes of a file, by the id of the one whom they concern.
pub(crate) struct Changes {
    /// How messages name the file.
    name: String,
    by_id: HashMap<Box<str>, Changed>,
    /// Rows without an id.
    without_id: Vec<u64>,
    remarks: Vec<Remark>,
}

#[derive(Default)]
struct Changed {
    rows: Vec<Change>,
    /// Whether a row of the roster has the id.
    is_used: bool,
}

/// A row of the file.
struct Change {
    row: u64,
    change: Result<Dated, Box<Finding>>,
}

/// What holds from when on.
struct Dated {
    input: InputId,
    from: Date,
    text: Box<str>,
    /// The heading of the values.
    heading: Box<str>,
}

impl Changes {
    /// Reads the file of changes beside a roster, if there is one.
    pub(crate) fn of(
        path: Option<&Path>,
        roster: &Path,
        stdin: &mut dyn Read,
        reading: &Reading,
        names: &Names<'_>,
    ) -> Result<Option<Self>, Failure> {
        let Some(path) = path else { return Ok(None) };
        if path.as_os_str() == "-" && roster.as_os_str() == "-" {
            return Err(Failure::new("roster and changes cannot both come from standard input"));
        }
        Self::read(path, stdin, reading, names).map(Some)
    }

    /// Reads a file of changes; all of it, because its rows may stand in any order.
    fn read(path: &Path, stdin: &mut dyn Read, reading: &Reading, names: &Names<'_>) -> Result<Self, Failure> {
        // Separator and sheet are said of the roster.
        let reading = Reading { encoding: reading.encoding, ..Reading::default() };
        let mut table = Table::open(path, stdin, &reading, |heading| ID_HEADINGS.contains(&heading))?;
        let mut cells = Cells::default();
        let columns = loop {
            if !table.next(&mut cells)? {
                return Err(Failure::new(format!("{} has no headings: it is empty", table.name())));
            }
            if !cells.is_blank() {
                break columns(&cells, table.name())?;
            }
        };
        let width = cells.texts.len();
        table.has_headings(width)?;
        let headings: Vec<String> =
            cells.texts.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        let mut changes =
            Self { name: table.name().to_owned(), by_id: HashMap::new(), without_id: Vec::new(), remarks: Vec::new() };
        while table.next(&mut cells)? {
            if cells.is_blank() {
                continue;
            }
            let reader = RowReader { cells: &cells, columns, headings: &headings, file: &changes.name };
            let id = String::from_utf8_lossy(cells.text(columns[0])).trim().to_owned();
            if id.is_empty() {
                changes.without_id.push(cells.row);
                continue;
            }
            let has_length = table.holds_structures() || cells.texts.len() == width;
            let change = if has_length { reader.dated(names) } else { Err(reader.of_other_length(width)) };
            changes.by_id.entry(id.into()).or_default().rows.push(Change { row: cells.row, change });
        }
        changes.remarks = table.remarks();
        Ok(changes)
    }

    /// Tells what changes for the member of a row; what cannot be told is refused with the row.
    pub(crate) fn tell(&mut self, row: &mut Row, rules: &Rules, facts: &mut Facts) {
        let Some(changed) = self.by_id.get_mut(row.id.as_str()) else { return };
        changed.is_used = true;
        for Change { row: number, change } in &changed.rows {
            let before = facts.refused().len();
            let heading = match change {
                Ok(Dated { input, from, text, heading }) => {
                    facts.tell_change(rules, *input, *from, text);
                    heading
                }
                Err(finding) => {
                    row.refused.push((**finding).clone());
                    continue;
                }
            };
            for finding in facts.refused().iter().skip(before) {
                let finding = finding.clone().with("file", &self.name);
                row.refused.push(finding.with("row", number).with("column", heading));
            }
        }
    }

    /// Whether every change concerned somebody.
    pub(crate) fn are_all_used(&self) -> bool {
        self.without_id.is_empty() && self.by_id.values().all(|changed| changed.is_used)
    }

    /// What is to be said at the end, one line each. No id is said, because it is a member's.
    pub(crate) fn remarks(&self, language: &Language) -> String {
        let mut said: String = self.remarks.iter().map(|remark| remark.line(&self.name, language)).collect();
        let unused = self.by_id.values().filter(|changed| !changed.is_used);
        let mut unused: Vec<u64> = unused.flat_map(|changed| changed.rows.iter().map(|change| change.row)).collect();
        unused.sort_unstable();
        for (rows, chinese, english) in [
            (&self.without_id, "没有编号，未使用", "without an id, and so not used"),
            (&unused, "名册里没有其编号", "with an id that the roster does not have"),
        ] {
            if rows.is_empty() {
                continue;
            }
            let mut named: Vec<String> = rows.iter().take(MOST_NAMED).map(ToString::to_string).collect();
            if rows.len() > MOST_NAMED {
                named.push("…".to_owned());
            }
            let (count, file) = (rows.len(), &self.name);
            said.push_str(&if language.is_chinese() {
                format!("{file}：{count}行{chinese}（第{}行）\n", named.join("、"))
            } else {
                let (word, numbers) = if count == 1 { ("row", "row") } else { ("rows", "rows") };
                format!("{file}: {count} {word} {english} ({numbers} {})\n", named.join(", "))
            });
        }
        said
    }
}

/// Where each column stands.
fn columns(cells: &Cells, name: &str) -> Result<[usize; 4], Failure> {
    let mut places = [0; 4];
    for (place, (column, headings)) in places.iter_mut().zip(COLUMNS) {
        let mut found = cells
            .texts
            .iter()
            .enumerate()
            .filter(|(_, cell)| std::str::from_utf8(cell).is_ok_and(|text| headings.contains(&text.trim())));
        *place = match (found.next(), found.next()) {
            (Some((at, _)), None) => at,
            (Some(_), Some(_)) => return Err(Failure::new(format!("{name} has the column `{column}` twice"))),
            (None, _) => {
                return Err(Failure::new(format!(
                    "{name} has no column `{column}`; a file of changes has the columns id, fact, from and value (编号, 事项, 起始日期, 值)"
                )));
            }
        };
    }
    Ok(places)
}

/// Reads one row.
struct RowReader<'t> {
    cells: &'t Cells,
    columns: [usize; 4],
    headings: &'t [String],
    file: &'t str,
}

impl RowReader<'_> {
    fn dated(&self, names: &Names<'_>) -> Result<Dated, Box<Finding>> {
        let rules = names.rules();
        let [_, fact, from, value] = self.columns;
        let (fact_written, from_written) = (self.text(fact)?, self.text(from)?);
        let input = match names.meaning(fact_written) {
            Meaning::Value(input) => input,
            Meaning::List(input) => {
                let list = rules.input(input).map_or("", |input| &*input.name);
                let refusal = Finding::new(Code::BadValue).with("name", list).with("value", quoted(fact_written));
                return Err(self.placed(refusal.with("wanted", "[{…}, …]"), fact));
            }
            Meaning::OfOther(_) | Meaning::Unknown => {
                let near = rollbook::ruleset::nearest(fact_written, rules.inputs.iter().map(|input| &*input.name));
                let shown: String = fact_written.chars().take(40).collect();
                let refusal =
                    Finding::new(Code::UnknownFact).with("name", shown).with("near", near.unwrap_or_default());
                return Err(self.placed(refusal, fact));
            }
        };
        let day = Date::parse(from_written).map_err(|_| {
            let name = rules.input(input).map_or("", |input| &*input.name);
            let shown: String = from_written.chars().take(40).collect();
            let refusal = Finding::new(Code::BadValue).with("name", name).with("value", shown);
            let refusal = refusal.with("wanted", "2026-01-31");
            let near = rollbook::ruleset::nearest_day(from_written);
            self.placed(near.into_iter().fold(refusal, |refusal, near| refusal.with("near", near)), from)
        })?;
        let text = self.text(value)?;
        let text = rules.input(input).map_or(text, |input| cell::text_for(&input.kind, text, self.cells.beside(value)));
        Ok(Dated { input, from: day, text: text.into(), heading: self.heading(value).into() })
    }

    fn heading(&self, at: usize) -> &str {
        self.headings.get(at).map(String::as_str).unwrap_or_default()
    }

    fn text(&self, at: usize) -> Result<&str, Box<Finding>> {
        cell::text(self.cells, at, self.heading(at)).map_err(|refusal| Box::new(refusal.with("file", self.file)))
    }

    fn of_other_length(&self, wanted: usize) -> Box<Finding> {
        let cells = self.cells.texts.len();
        let code = if cells < wanted { Code::RowTooShort } else { Code::RowTooLong };
        let finding = Finding::new(code).with("file", self.file).with("row", self.cells.row);
        Box::new(finding.with("cells", cells).with("wanted", wanted))
    }

    fn placed(&self, finding: Finding, at: usize) -> Box<Finding> {
        Box::new(finding.with("file", self.file).with("row", self.cells.row).with("column", self.heading(at)))
    }
}
