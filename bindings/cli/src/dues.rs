//! `rollbook dues`: an answer for each row of a roster.
//!
//! Rows are read here, answered by `answering`, and written here again; where the machine has a second core, the
//! answering is done on it (`batches`).

mod answering;
mod batches;

use std::fs;
use std::io::IsTerminal;
use std::num::NonZero;
use std::path::Path;
use std::thread;

use rollbook::ruleset::{Kind, Owner, Rules};
use rollbook::value::Date;

use crate::arguments::Dues;
use crate::changes::Changes;
use crate::failure::Failure;
use crate::names::Names;
use crate::output::Output;
use crate::progress::Progress;
use crate::question::Asked;
use crate::roster::{Headings, Roster, Why};
use crate::rules::RulesText;
use crate::table::{Beside, Remark, Separator};
use crate::written::{Cell, Form, Written};
use crate::{ATTENTION, DONE, Streams};

use answering::Answering;
use batches::Slot;

/// The columns of the output; the last one only where it is asked for.
const COLUMNS: [&str; 10] =
    ["id", "period", "amount", "currency", "status", "rule", "cite", "missing", "findings", "attested"];

pub(crate) fn run(arguments: &Dues, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.question.rules)?.load(streams)?;
    let asked = Asked::new(&rule_set, &arguments.question)?;
    let names = Names::new(asked.rules, asked.charge().owner);
    let changes =
        Changes::of(arguments.changes.as_deref(), &arguments.roster, streams.stdin, &arguments.reading, &names)?;
    let roster = Roster::open(&arguments.roster, streams.stdin, &arguments.reading, &names)?;
    let (output, form) = match &arguments.out {
        None => (Output::standard(streams.stdout), Form::Delimited(Separator::Comma)),
        Some(out) => {
            for (read, what) in [(Some(&arguments.roster), "roster"), (arguments.changes.as_ref(), "file of changes")] {
                if read.is_some_and(|read| is_same_file(out, read)) {
                    return Err(Failure::new(format!("--out {} is the {what} itself", out.display())));
                }
            }
            let form = Form::of(out)?;
            (Output::file(out)?, form)
        }
    };
    let (mut reader, teller) = roster.into_parts();
    check_owner(teller.headings(), &asked, teller.name(), arguments)?;
    let mut sheet = Sheet::begin(output, form, teller.headings(), &asked, arguments)?;
    let mut answering = Answering::new(&asked, teller, changes, arguments.attested);
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    let threads = arguments.threads.map_or_else(cores, NonZero::get);
    let is_shown = streams.are_own && (arguments.out.is_some() || !std::io::stdout().is_terminal());
    {
        // Gone before anything else is said.
        let mut progress = Progress::new(is_shown, &asked.language);
        batches::answer_all(&mut reader, &mut answering, threads, &mut progress, &mut |slot| sheet.row(slot))?;
    }
    sheet.table.finish()?;
    // Said only now: a call that fails says one line.
    let mut said = reader.said(&asked.language);
    said.push_str(&answering.teller.said(&asked.language));
    if arguments.keep && answering.teller.headings().later > 0 {
        let remark = Remark::LaterKeys { count: answering.teller.headings().later };
        said.push_str(&remark.line(answering.teller.name(), &asked.language));
    }
    let Answering { changes, summary, notes, .. } = answering;
    said.push_str(&changes.as_ref().map(|changes| changes.remarks(&asked.language)).unwrap_or_default());
    said.push_str(&summary.render(reader.empty_rows(), asked.charge(), asked.rules, &asked.language));
    said.push_str(&notes.render(&asked.language));
    let _ = streams.stderr.write_all(said.as_bytes());
    let are_all_used = changes.is_none_or(|changes| changes.are_all_used());
    Ok(if summary.is_settled() && are_all_used { DONE } else { ATTENTION })
}

/// A roster of members for a charge that organisations owe, or the other way round, has no answers.
fn check_owner(headings: &Headings, asked: &Asked<'_>, name: &str, arguments: &Dues) -> Result<(), Failure> {
    let others = headings.ignored.iter().filter(|column| matches!(column.why, Why::OfOther));
    let others: Vec<&str> = others.map(|column| column.heading.as_str()).take(3).collect();
    if others.is_empty() || !headings.facts.is_empty() {
        return Ok(());
    }
    let charge = asked.charge();
    let (owes, theirs, rows) = match charge.owner {
        Owner::Member => ("a member", "organisations", "members"),
        Owner::Organisation => ("an organisation", "members", "organisations"),
    };
    let own = asked.rules.inputs.iter().filter(|input| input.owner == charge.owner).map(|input| &*input.name);
    let own: Vec<&str> = own.take(3).collect();
    let columns = if own.is_empty() { String::new() } else { format!(" with columns such as {}", own.join(", ")) };
    let charges = &asked.rule_set.charges().charges;
    let other =
        charges.iter().filter(|other| other.owner != charge.owner && other.each.is_none()).map(|other| &*other.name);
    let other: Vec<&str> = other.take(3).collect();
    let other = match other.as_slice() {
        [] => String::new(),
        names => format!(", or name a charge that {theirs} owe with --charge: {}", names.join(", ")),
    };
    Err(Failure::new(format!(
        "charge `{}` is owed by {owes}, and {name} tells facts of {theirs} ({}); pass a roster of {rows}{columns} (`rollbook facts {} \
         --charge {}` lists them){other}",
        charge.name,
        others.join(", "),
        arguments.question.rules,
        charge.name,
    )))
}

fn is_same_file(out: &Path, roster: &Path) -> bool {
    match (fs::canonicalize(out), fs::canonicalize(roster)) {
        (Ok(out), Ok(roster)) => out == roster && roster.is_file(),
        _ => false,
    }
}

/// The output as a table.
struct Sheet<'s> {
    table: Written<'s>,
    /// What the columns are that are kept of the roster.
    kept: Vec<Kept>,
    period: &'s str,
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

impl<'s> Sheet<'s> {
    fn begin(
        output: Output<'s>,
        form: Form,
        headings: &Headings,
        asked: &'s Asked<'_>,
        arguments: &Dues,
    ) -> Result<Self, Failure> {
        let written = headings.written.iter().filter(|_| arguments.keep);
        let written: Vec<String> = written.map(|heading| String::from_utf8_lossy(heading).into_owned()).collect();
        let kept = kept(headings, asked.rules, written.len());
        let columns = COLUMNS.iter().copied().filter(|column| arguments.attested || *column != "attested");
        let table = Written::begin(output, form, &written, &columns.collect::<Vec<_>>())?;
        Ok(Self { table, kept, period: &asked.period })
    }

    fn row(&mut self, slot: &Slot) -> Result<(), Failure> {
        for (at, kept) in self.kept.iter().enumerate() {
            // A cell that is not UTF-8 would make the whole output unreadable.
            let text = String::from_utf8_lossy(slot.cells.text(at));
            self.table.cell(kept.cell(&text, slot.cells.beside(at)))?;
        }
        for (at, text) in slot.answer.iter().enumerate() {
            match at {
                answering::AMOUNT => {
                    self.table.cell(Cell::Text(self.period))?;
                    self.table.cell(Cell::Number(text))?;
                }
                _ => self.table.cell(Cell::Text(text))?,
            }
        }
        self.table.end_row()
    }
}

/// What the first columns of a roster tell.
fn kept(headings: &Headings, rules: &Rules, count: usize) -> Vec<Kept> {
    let mut kept = vec![Kept::Texts; count];
    for column in &headings.facts {
        if let (Some(kept), Some(input)) = (kept.get_mut(column.at), rules.input(column.input)) {
            *kept = Kept::of(&input.kind);
        }
    }
    kept
}
