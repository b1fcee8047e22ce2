//! `rollbook dues`: an answer for each row of a roster.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rollbook::dues::{Answer, Status};
use rollbook::explain::Finding;
use rollbook::ruleset::{Facts, Kind, VersionId, Workspace};
use rollbook::value::Date;

use crate::arguments::Dues;
use crate::changes::Changes;
use crate::failure::Failure;
use crate::findings::Notes;
use crate::names::Names;
use crate::output::Output;
use crate::question::Asked;
use crate::roster::{Roster, Row};
use crate::rules::RulesText;
use crate::summary::{Summary, fixed};
use crate::table::{Beside, Remark, Separator};
use crate::written::{Cell, Form, Written};
use crate::{ATTENTION, DONE, Streams, findings};

/// The columns of the output.
const COLUMNS: [&str; 9] = ["id", "period", "amount", "currency", "status", "rule", "cite", "missing", "findings"];

pub(crate) fn run(arguments: &Dues, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.question.rules)?.load(streams)?;
    let asked = Asked::new(&rule_set, &arguments.question)?;
    let names = Names::new(asked.rules, asked.charge().owner);
    let mut changes =
        Changes::of(arguments.changes.as_deref(), &arguments.roster, streams.stdin, &arguments.reading, &names)?;
    let mut roster = Roster::open(&arguments.roster, streams.stdin, &arguments.reading, &names)?;
    let (output, form) = match &arguments.out {
        None => (Output::standard(streams.stdout), Form::Delimited(Separator::Comma)),
        Some(out) if is_same_file(out, &arguments.roster) => {
            return Err(Failure::new(format!("--out {} is the roster itself", out.display())));
        }
        Some(out) => {
            let form = Form::of(out)?;
            (Output::file(out)?, form)
        }
    };
    let mut sheet = Sheet::begin(output, form, &roster, &asked, arguments.keep)?;
    let mut summary = Summary::new();
    let mut facts = rule_set.facts();
    let mut work = Workspace::default();
    while let Some(mut row) = roster.next(asked.rules, &mut facts)? {
        if let Some(changes) = &mut changes {
            changes.tell(&mut row, asked.rules, &mut facts);
        }
        sheet.row(&roster, &row, &facts, &mut work, &mut summary)?;
    }
    let notes = sheet.finish()?;
    // Said only now: a call that fails says one line.
    let mut said = asked.language.reading(&roster, |heading| names.near(heading));
    if arguments.keep && roster.headings().later > 0 {
        let remark = Remark::LaterKeys { count: roster.headings().later };
        said.push_str(&remark.line(roster.name(), &asked.language));
    }
    said.push_str(&changes.as_ref().map(|changes| changes.remarks(&asked.language)).unwrap_or_default());
    said.push_str(&summary.render(roster.empty_rows(), asked.charge(), asked.rules, &asked.language));
    said.push_str(&notes.render(&asked.language));
    let _ = streams.stderr.write_all(said.as_bytes());
    let are_all_used = changes.is_none_or(|changes| changes.are_all_used());
    Ok(if summary.is_settled() && are_all_used { DONE } else { ATTENTION })
}

fn is_same_file(out: &Path, roster: &Path) -> bool {
    match (fs::canonicalize(out), fs::canonicalize(roster)) {
        (Ok(out), Ok(roster)) => out == roster && roster.is_file(),
        _ => false,
    }
}

/// The output as a table.
struct Sheet<'s, 'r> {
    table: Written<'s>,
    asked: &'s Asked<'r>,
    /// What the columns are that are kept of the roster.
    kept: Vec<Kept>,
    period: String,
    /// Clauses as texts: a roster has few different ones.
    clauses: HashMap<Vec<VersionId>, String>,
    notes: Notes,
}

/// What a column that is kept tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Numbers of a kind.
    Numbers,
    /// Days.
    Days,
    /// Anything else.
    Texts,
}

impl Kept {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Count | Kind::Number | Kind::Share | Kind::Money(_) | Kind::Days | Kind::Months => Self::Numbers,
            Kind::Date => Self::Days,
            _ => Self::Texts,
        }
    }

    /// A cell as it is written: a number or a day where it is one or tells one, else a text.
    fn cell<'t>(self, text: &'t str, beside: Option<&Beside>) -> Cell<'t> {
        match (beside, self) {
            (Some(Beside::Structure(_)), _) => Cell::Structure(text),
            (Some(Beside::Number), _) | (None, Self::Numbers) => Cell::Number(text),
            (Some(Beside::Day), _) => Cell::Day(text),
            (None, Self::Days) if Date::parse(text).is_ok() => Cell::Day(text),
            _ => Cell::Text(text),
        }
    }
}

impl<'s, 'r> Sheet<'s, 'r> {
    fn begin(
        output: Output<'s>,
        form: Form,
        roster: &Roster<'_>,
        asked: &'s Asked<'r>,
        keep: bool,
    ) -> Result<Self, Failure> {
        let headings = roster.headings();
        let written = headings.written.iter().filter(|_| keep);
        let written: Vec<String> = written.map(|heading| String::from_utf8_lossy(heading).into_owned()).collect();
        let mut kept = vec![Kept::Texts; written.len()];
        for column in &headings.facts {
            if let (Some(kept), Some(input)) = (kept.get_mut(column.at), asked.rules.input(column.input)) {
                *kept = Kept::of(&input.kind);
            }
        }
        let table = Written::begin(output, form, &written, &COLUMNS)?;
        let period = asked.period.clone();
        Ok(Self { table, asked, kept, period, clauses: HashMap::new(), notes: Notes::default() })
    }

    fn row(
        &mut self,
        roster: &Roster<'_>,
        row: &Row,
        facts: &Facts,
        work: &mut Workspace,
        summary: &mut Summary,
    ) -> Result<(), Failure> {
        let cells = roster.cells();
        for (at, kept) in self.kept.iter().enumerate() {
            // A cell that is not UTF-8 would make the whole output unreadable.
            let text = String::from_utf8_lossy(cells.text(at));
            self.table.cell(kept.cell(&text, cells.beside(at)))?;
        }
        self.table.cell(Cell::Text(&row.id))?;
        if row.refused.is_empty() {
            let answer = self.asked.prepared.answer(facts, work);
            summary.count_answer(&answer);
            self.answer(&answer)
        } else {
            summary.count_rejected();
            self.rejected(&row.refused)
        }
    }

    fn answer(&mut self, answer: &Answer) -> Result<(), Failure> {
        let Asked { rule_set, rules, language, .. } = self.asked;
        let charge = self.asked.charge();
        let scale = answer.rounding.map_or(0, rollbook::value::Rounding::scale);
        let amount = answer.amount.map(|amount| fixed(amount, scale)).unwrap_or_default();
        let currency = if amount.is_empty() { "" } else { rules.currency.as_str() };
        let rule = answer.rule.map_or(&*charge.name, |version| rules.path(version.timeline));
        let cited = || answer.clauses(rules, rule_set.charges(), language.code()).join("; ");
        let clauses = match self.clauses.get(answer.cite.as_slice()) {
            Some(clauses) => clauses.clone(),
            None => self.clauses.entry(answer.cite.to_vec()).or_insert_with(cited).clone(),
        };
        let missing = answer.missing.iter().filter_map(|missing| rules.input(missing.input)).map(|input| &*input.name);
        let missing = missing.collect::<Vec<_>>().join(";");
        let said = findings::joined(answer.findings.iter().map(AsRef::as_ref), rule_set, language, &mut self.notes);
        self.rest([&amount, currency, answer.status.name(), rule, &clauses, &missing, &said])
    }

    fn rejected(&mut self, refused: &[Finding]) -> Result<(), Failure> {
        let said = findings::joined(refused, self.asked.rule_set, &self.asked.language, &mut self.notes);
        let rule = &*self.asked.charge().name;
        self.rest(["", "", Status::Rejected.name(), rule, "", "", &said])
    }

    /// Everything behind the id.
    fn rest(&mut self, [amount, rest @ ..]: [&str; 7]) -> Result<(), Failure> {
        self.table.cell(Cell::Text(&self.period))?;
        self.table.cell(Cell::Number(amount))?;
        for text in rest {
            self.table.cell(Cell::Text(text))?;
        }
        self.table.end_row()
    }

    /// Writes what is left; gives the remarks that rows refer to.
    fn finish(self) -> Result<Notes, Failure> {
        self.table.finish()?;
        Ok(self.notes)
    }
}
