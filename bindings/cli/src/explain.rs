//! `rollbook explain`: one answer with its steps and clauses.

use std::path::Path;

use rollbook::explain::{self, Finding};
use rollbook::ruleset::{Facts, InputId, Rules, Told, Workspace};

use crate::arguments::{Explain, Format};
use crate::changes::Changes;
use crate::failure::Failure;
use crate::names::{Meaning, Names};
use crate::question::Asked;
use crate::roster::Roster;
use crate::rules::{RulesText, read_text, read_text_from};
use crate::{ATTENTION, DONE, Streams, facts_file};

pub(crate) fn run(arguments: &Explain, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.question.rules)?.load(streams)?;
    let asked = Asked::new(&rule_set, &arguments.question)?;
    let names = Names::new(asked.rules, asked.charge().owner);
    let mut facts = rule_set.facts();
    match (&arguments.roster, &arguments.id) {
        (Some(roster), Some(id)) => from_roster(roster, id, arguments, &asked, &names, &mut facts, streams)?,
        _ => told(arguments, asked.rules, &names, &mut facts, streams)?,
    }
    let answer = asked.prepared.explain(&facts, &mut Workspace::default());
    let format = match arguments.format {
        Format::Text => explain::Format::Text,
        Format::Markdown => explain::Format::Markdown,
        Format::Json => explain::Format::Json,
    };
    let mut text = explain::render(asked.rules, rule_set.charges(), &answer, asked.language.code(), format);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    streams.say(&text)?;
    Ok(if answer.status.is_settled() { DONE } else { ATTENTION })
}

/// Tells the facts of the row that has the id.
fn from_roster(
    path: &Path,
    id: &str,
    arguments: &Explain,
    asked: &Asked<'_>,
    names: &Names<'_>,
    facts: &mut Facts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let reading = &arguments.reading;
    let mut changes = Changes::of(arguments.changes.as_deref(), path, streams.stdin, reading, names)?;
    let mut roster = Roster::open(path, streams.stdin, reading, names)?;
    while let Some(mut row) = roster.next(asked.rules, facts)? {
        if row.id == id.trim() {
            if let Some(changes) = &mut changes {
                changes.tell(&mut row, asked.rules, facts);
            }
            if !row.refused.is_empty() {
                refuse_all(facts, &row.refused);
            }
            let said = roster.said(&asked.language);
            let _ = streams.stderr.write_all(said.as_bytes());
            return Ok(());
        }
    }
    // The id stays unsaid: it is a member's.
    Err(Failure::new(format!("no row of {} has the id given with --id", roster.name())))
}

/// Tells the facts of the command line and of the file.
fn told(
    arguments: &Explain,
    rules: &Rules,
    names: &Names<'_>,
    facts: &mut Facts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut all: Vec<(String, Told)> = Vec::new();
    if let Some(path) = &arguments.facts_file {
        let (text, name) = if path.as_os_str() == "-" {
            (read_text_from(streams.stdin, "standard input")?, "standard input".to_owned())
        } else {
            (read_text(path)?, path.display().to_string())
        };
        all = facts_file::read(&text, &name, rules, names)?;
    }
    for (number, fact) in (1_usize..).zip(&arguments.facts_told) {
        // A fact that is wrongly written stays unsaid: it may be a value.
        let (name, value) = fact.split_once('=').ok_or_else(|| {
            Failure::new(format!("fact {number} is not written NAME=VALUE, such as base=5400 (without spaces)"))
        })?;
        all.push((name.trim().to_owned(), Told::Text(value.trim().to_owned())));
    }
    let mut seen: Vec<InputId> = Vec::new();
    for (name, told) in &all {
        let input = match names.meaning(name) {
            Meaning::Value(input) | Meaning::List(input) => input,
            Meaning::OfOther(_) => {
                return Err(Failure::new(format!("fact `{name}` does not belong to those who owe this charge")));
            }
            Meaning::Unknown => {
                let near = names.near(name).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                return Err(Failure::new(format!("there is no fact `{name}`{near}")));
            }
        };
        if seen.contains(&input) {
            return Err(Failure::new(format!("fact `{name}` is given twice")));
        }
        seen.push(input);
        let is_given = !matches!(told, Told::Text(text) if text.is_empty());
        if let Some(input) = rules.input(input).filter(|_| is_given) {
            facts.tell(rules, &input.name, told);
        }
    }
    if !facts.refused().is_empty() {
        let refused: Vec<Finding> = facts.refused().to_vec();
        refuse_all(facts, &refused);
    }
    Ok(())
}

/// Leaves nothing told but what is wrong.
fn refuse_all(facts: &mut Facts, refused: &[Finding]) {
    facts.clear();
    for finding in refused {
        facts.refuse(finding.clone());
    }
}
