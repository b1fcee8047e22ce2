//! `rollbook diff`: what changed between two rule sets, editions or dates, and for whom.

mod roster;
mod side;

use std::path::PathBuf;

use clap::Args;
use rollbook::dues::SetAside;
use rollbook::explain::outline::{Change, ChangeKind};
use rollbook::ruleset::Decision;
use rollbook::value::{Date, Period};

use crate::arguments::{set_aside, setting};
use crate::failure::Failure;
use crate::table::Reading;
use crate::wording::Language;
use crate::{ATTENTION, DONE, Streams};
use side::Side;

const DIFF: &str = "\
A and B are names of rule sets that come with the program, or files; behind each
may stand `@` and the day whose rules are meant. Without a day it is --at, else
the beginning of --period, else the last day on which one of the rules changes.

With --roster both sides are asked what every row owes. A side with a day is asked
for the period of that day: with `--period 2026-11` and `cpc@2016-12-31` that is
2016-12, since rules are in force for the time that is asked about. Who owes more
or less is listed, with the totals of all rows that are settled on both sides.

How it ends (exit code):
  0  nothing is different
  1  something is different: a rule, an amount, or whether a row is settled
  2  it could not run

Examples:
  rollbook diff cpc@2016-12-31 cpc@2017-01-01
  rollbook diff old-edition.yaml new-edition.yaml --lang en
  rollbook diff old.yaml new.yaml --roster roster.csv --period 2026-11 --out changes.csv";

const ROSTER: &str = "On a roster";

#[derive(Debug, Args)]
#[command(after_help = DIFF)]
pub(crate) struct Diff {
    /// The rules before: a rule set that comes with the program or a file, with `@DATE` behind it if a day is meant
    #[arg(value_name = "A")]
    before: String,
    /// The rules after
    #[arg(value_name = "B")]
    after: String,
    /// The day whose rules are compared, such as 2026-11-30, where none stands behind the rule set
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    at: Option<Date>,
    /// Only the rules that had been issued by this day
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    known: Option<Date>,
    /// The language, such as zh or en; if left out, the first that both rule sets speak
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Compare also what the rows of this roster owe
    #[arg(long, value_name = "FILE", requires = "period", help_heading = ROSTER)]
    roster: Option<PathBuf>,
    /// What time the dues are for: a month 2026-11, a quarter 2026-Q4, a half-year 2026-H2 or a year 2026
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse, requires = "roster", help_heading = ROSTER)]
    period: Option<Period>,
    /// The charge; if left out, the one that the rule set is about
    #[arg(long, value_name = "NAME", requires = "roster", help_heading = ROSTER)]
    charge: Option<String>,
    /// What your organisation decided, such as `farmer_dues=0.50`; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting, requires = "roster", help_heading = ROSTER)]
    set: Vec<Decision>,
    /// Do not apply a rule that only normally holds, with the reason
    #[arg(long, value_name = "PATH=REASON", value_parser = set_aside, requires = "roster", help_heading = ROSTER)]
    set_aside: Vec<SetAside>,
    #[command(flatten, next_help_heading = ROSTER)]
    reading: Reading,
    /// Write the rows that changed to this CSV file instead of listing them
    #[arg(long, value_name = "FILE", requires = "roster", help_heading = ROSTER)]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Diff, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let before = Side::read(&arguments.before, arguments, streams)?;
    let after = Side::read(&arguments.after, arguments, streams)?;
    let language = spoken_by_both(&before, &after, arguments.lang.as_deref())?;
    let outline = |side: &Side| side.rule_set.outline(side.day.or(arguments.at), arguments.known, language.code());
    let (was, is) = (outline(&before), outline(&after));
    let changes = was.changes_to(&is);
    let mut text = String::new();
    for (outline, which) in [(&was, language.pick("之前：", "before: ")), (&is, language.pick("之后：", "after:  "))]
    {
        text.push_str(&format!("{which}{}\n", outline.head.first().map(String::as_str).unwrap_or_default()));
    }
    text.push_str(&in_words(&changes, &language));
    let owes_other = match (&arguments.roster, arguments.period) {
        (Some(path), Some(period)) => {
            let asked = roster::Compared { path, period, arguments, language: &language };
            asked.compare((&before, &after), text, streams)?
        }
        _ => {
            streams.say(&text)?;
            false
        }
    };
    Ok(if owes_other || !changes.is_empty() { ATTENTION } else { DONE })
}

/// The language asked for, or the first of the one that the other speaks too.
fn spoken_by_both(before: &Side, after: &Side, asked: Option<&str>) -> Result<Language, Failure> {
    let (one, other) = (before.rule_set.rules(), after.rule_set.rules());
    let common = one.languages.iter().find(|language| other.languages.contains(language));
    let wanted = asked.or(common.map(|language| &**language));
    let language = Language::chosen(one, wanted)?;
    Language::chosen(other, Some(language.code()))
}

/// Every change, then how many there are.
fn in_words(changes: &[Change], language: &Language) -> String {
    if changes.is_empty() {
        return language.pick("\n规定没有不同\n", "\nno rule is different\n").to_owned();
    }
    let mut text = String::new();
    for change in changes {
        text.push('\n');
        text.push_str(&change.to_text(language.code()));
    }
    let counted = ChangeKind::ALL.map(|kind| (kind, changes.iter().filter(|change| change.kind == kind).count()));
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let counted: Vec<String> = if language.is_chinese() {
        counted.map(|(kind, count)| format!("{} {count} 项", kind.in_words("zh"))).collect()
    } else {
        counted.map(|(kind, count)| format!("{count} {}", kind.in_words("en"))).collect()
    };
    text.push_str(&format!("\n{}\n", counted.join(language.pick("；", ", "))));
    text
}
