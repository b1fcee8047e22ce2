//! `rollbook dues`: an answer for each row of a roster.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use rollbook::dues::{Answer, Status};
use rollbook::explain::Finding;
use rollbook::ruleset::{Facts, VersionId, Workspace};

use crate::arguments::Dues;
use crate::failure::Failure;
use crate::findings::Notes;
use crate::names::Names;
use crate::output::Output;
use crate::question::Asked;
use crate::roster::{Roster, Row};
use crate::rules::RulesText;
use crate::summary::{Summary, fixed};
use crate::{ATTENTION, DONE, Streams, findings};

/// The columns of the output.
const COLUMNS: [&str; 9] = ["id", "period", "amount", "currency", "status", "rule", "cite", "missing", "findings"];
const BUFFER: usize = 64 * 1024;

pub(crate) fn run(arguments: &Dues, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.question.rules)?.load(streams)?;
    let asked = Asked::new(&rule_set, &arguments.question)?;
    let names = Names::new(asked.rules, asked.charge().owner);
    let (source, name) = open(&arguments.roster, streams.stdin)?;
    let mut roster = Roster::open(source, &name, &names)?;
    let ignored = asked.language.ignored(&roster.headings().ignored, |heading| names.near(heading));
    let output = match &arguments.out {
        None => Output::standard(streams.stdout),
        Some(out) if is_same_file(out, &arguments.roster) => {
            return Err(Failure::new(format!("--out {} is the roster itself", out.display())));
        }
        Some(out) => Output::file(out)?,
    };
    let mut sheet = Sheet::new(output, &asked, arguments.keep);
    let mut summary = Summary::new();
    sheet.head(&roster)?;
    let mut facts = rule_set.facts();
    let mut work = Workspace::default();
    while let Some(row) = roster.next(asked.rules, &mut facts)? {
        sheet.row(&roster, &row, &facts, &mut work, &mut summary)?;
    }
    let notes = sheet.finish()?;
    // Said only now: a call that fails says one line.
    let mut said = ignored;
    said.push_str(&summary.render(roster.empty_rows(), asked.charge(), asked.rules, &asked.language));
    said.push_str(&notes.render(&asked.language));
    let _ = streams.stderr.write_all(said.as_bytes());
    Ok(if summary.is_settled() { DONE } else { ATTENTION })
}

/// Opens a roster; `-` is standard input.
pub(crate) fn open<'s>(path: &Path, stdin: &'s mut dyn Read) -> Result<(Box<dyn Read + 's>, String), Failure> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(stdin), "standard input".to_owned()));
    }
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| {
        if file.metadata()?.is_dir() { Err(std::io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
    });
    let file = opened.map_err(|error| Failure::reading(&name, &error))?;
    Ok((Box::new(file), name))
}

fn is_same_file(out: &Path, roster: &Path) -> bool {
    match (fs::canonicalize(out), fs::canonicalize(roster)) {
        (Ok(out), Ok(roster)) => out == roster && roster.is_file(),
        _ => false,
    }
}

/// The output as a table.
struct Sheet<'s, 'r> {
    writer: csv::Writer<Output<'s>>,
    name: String,
    asked: &'s Asked<'r>,
    keep: bool,
    period: String,
    /// Clauses as texts: a roster has few different ones.
    clauses: HashMap<Vec<VersionId>, String>,
    notes: Notes,
}

impl<'s, 'r> Sheet<'s, 'r> {
    fn new(output: Output<'s>, asked: &'s Asked<'r>, keep: bool) -> Self {
        let name = output.name().to_owned();
        let writer = csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(output);
        Self {
            writer,
            name,
            asked,
            keep,
            period: asked.period.clone(),
            clauses: HashMap::new(),
            notes: Notes::default(),
        }
    }

    fn head<R: Read>(&mut self, roster: &Roster<R>) -> Result<(), Failure> {
        if self.keep {
            for heading in &roster.headings().written {
                self.field(heading)?;
            }
        }
        for column in COLUMNS {
            self.field(column)?;
        }
        self.end_row()
    }

    fn row<R: Read>(
        &mut self,
        roster: &Roster<R>,
        row: &Row,
        facts: &Facts,
        work: &mut Workspace,
        summary: &mut Summary,
    ) -> Result<(), Failure> {
        if self.keep {
            for cell in roster.cells() {
                // A cell that is not UTF-8 would make the whole output unreadable.
                self.field(String::from_utf8_lossy(cell).as_bytes())?;
            }
        }
        self.field(&row.id)?;
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
    fn rest(&mut self, fields: [&str; 7]) -> Result<(), Failure> {
        let period = std::mem::take(&mut self.period);
        self.field(&period)?;
        self.period = period;
        for field in fields {
            self.field(field)?;
        }
        self.end_row()
    }

    fn field(&mut self, field: impl AsRef<[u8]>) -> Result<(), Failure> {
        let written = self.writer.write_field(field);
        written.map_err(|error| failed(&self.name, error))
    }

    fn end_row(&mut self) -> Result<(), Failure> {
        let written = self.writer.write_record(None::<&[u8]>);
        written.map_err(|error| failed(&self.name, error))
    }

    /// Writes what is left; gives the remarks that rows refer to.
    fn finish(self) -> Result<Notes, Failure> {
        let output = self.writer.into_inner().map_err(|error| Failure::writing(&self.name, error.error()))?;
        output.finish()?;
        Ok(self.notes)
    }
}

fn failed(name: &str, error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::writing(name, &error),
        other => Failure::new(format!("cannot write {name}: {other:?}")),
    }
}
