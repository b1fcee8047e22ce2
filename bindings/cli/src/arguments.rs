//! The words of the command line, with the help that a clerk reads.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use rollbook::dues::SetAside;
use rollbook::ruleset::Decision;
use rollbook::value::{Date, Period};

use crate::table::Reading;

const ENDINGS: &str = "\
How it ends (exit code):
  0  everything is in order
  1  it ran, and something needs attention: a row whose dues are not settled,
     a rule set that `check` refuses, a case that fails
  2  it could not run: a wrong call, a file that cannot be read or written,
     rules that are refused when dues are asked for

Examples:
  rollbook dues roster.csv --rules cpc --period 2026-11
  rollbook explain --rules cpc --period 2026-11 stage=full category=waged base=5400
  rollbook check my-rules.yaml

`rollbook help COMMAND` says more about each command.";

/// Computes the dues of a roster from written rules, exactly, with the clause that each amount rests on.
#[derive(Debug, Parser)]
#[command(name = "rollbook", version, after_help = ENDINGS, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compute what every member of a roster owes
    Dues(Dues),
    /// Explain one answer step by step, with the clauses
    Explain(Explain),
    /// Check a rule set and its cases, and say everything that is wrong with it
    Check(RulesOnly),
    /// Run the cases of a rule set
    Test(RulesOnly),
    /// Check a rule set and its cases, and compile it for the npm package
    Compile(Compile),
    /// List the rule sets that come with the program
    Rulesets(Rulesets),
    /// Say what a roster must hold, or write an empty one to fill in
    Facts(crate::facts::Facts),
    /// Print the JSON Schema of rule sets, for editors
    Schema,
    /// Show the rules in force as a document to read, each with its clause
    Show(crate::show::Show),
    /// Say what changed between two rule sets, editions or dates, and on a roster for whom
    Diff(crate::diff::Diff),
    /// Draw the curve of a tariff with its cliffs, as SVG
    Plot(crate::plot::Plot),
    /// Lay out rule sets in YAML, without changing what they say
    Fmt(crate::fmt::Fmt),
    /// Print a script that completes the words of this command in your shell
    Completions(crate::completions::Completions),
    /// Print a manual page
    Man(crate::completions::Man),
}

const QUESTION: &str = "The question";

/// What is asked of every row.
#[derive(Debug, Args)]
pub(crate) struct Question {
    /// The rules: the name of a rule set that comes with the program (see `rollbook rulesets`), or a .yaml or .json file
    #[arg(long, value_name = "RULES", help_heading = QUESTION)]
    pub(crate) rules: String,
    /// What time the dues are for: a month 2026-11, a quarter 2026-Q4, a half-year 2026-H2 or a year 2026
    #[arg(long, value_name = "PERIOD", value_parser = Period::parse, help_heading = QUESTION)]
    pub(crate) period: Period,
    /// The charge, such as dues or remittance; if left out, the one that the rule set is about
    #[arg(long, value_name = "NAME", help_heading = QUESTION)]
    pub(crate) charge: Option<String>,
    /// Use only the rules that had been issued by this day, such as 2016-12-31
    #[arg(long, value_name = "DATE", value_parser = Date::parse, help_heading = QUESTION)]
    pub(crate) known: Option<Date>,
    /// What your organisation decided, such as `farmer_dues=0.50`, or from a day on `farmer_dues@2026-01-01=0.80`; may be given
    /// several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting, help_heading = QUESTION)]
    pub(crate) set: Vec<Decision>,
    /// Do not apply a rule that only normally holds, with the reason, such as "dues.limits.cap=decided on 2026-01-08"
    #[arg(long, value_name = "PATH=REASON", value_parser = set_aside, help_heading = QUESTION)]
    pub(crate) set_aside: Vec<SetAside>,
    /// The language of findings, clauses and the summary, such as zh or en; if left out, the rule set's first
    #[arg(long, value_name = "LANGUAGE", help_heading = QUESTION)]
    pub(crate) lang: Option<String>,
}

const DUES: &str = "\
The roster is a table: CSV (with commas, semicolons or tabs, in UTF-8 or
GB18030), JSON lines, or an XLSX workbook. Its first row holds the headings:
`id` (or 编号), and for each other column the name of a fact or its title, such
as `base` or 基数; `rollbook facts RULES` lists them. Columns that are neither
are left out and named. An empty cell is not given; it is never taken for zero.
A cell that cannot be read costs its own row only.

The output has one line for each row, in the same order:
  id,period,amount,currency,status,rule,cite,missing,findings

  status       means
  charged      the amount is owed
  exempt       the rules exempt
  not_due      nothing is owed for this time
  needs_facts  a fact is missing; `missing` names it
  no_rule      the rules do not say, or say two things
  rejected     something in the row cannot be read; `findings` says what, and
               what would be right

A summary is written to the screen (standard error). The file of --out has the
form of its ending: .csv, .tsv, .jsonl or .xlsx.

A file of changes is a table with the columns id, fact, from and value: what
holds for a member from a day on. The roster holds until the first change.

How it ends (exit code):
  0  every row is charged, exempt or not_due
  1  some row is not
  2  it could not run, or not to its end; with --out, no new file is left then

Examples:
  rollbook dues roster.csv --rules cpc --period 2026-11 --out dues-2026-11.csv
  rollbook dues roster.xlsx --rules cpc --period 2026-11 --keep --out dues.xlsx
  rollbook dues roster.csv --rules cpc --period 2026-11 --changes raises.csv
  rollbook dues roster.csv --rules cpc --period 2026-11 --keep --lang en
  rollbook dues roster.csv --rules cpc --period 2026-11 --set farmer_dues=0.50
  rollbook dues units.csv --rules cpc --period 2026 --charge remittance";

#[derive(Debug, Args)]
#[command(after_help = DUES)]
pub(crate) struct Dues {
    /// The roster: a CSV file, an XLSX workbook or JSON lines; `-` reads it from standard input
    #[arg(value_name = "ROSTER")]
    pub(crate) roster: PathBuf,
    #[command(flatten)]
    pub(crate) question: Question,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Changes of facts from days on: a table with the columns id, fact, from and value
    #[arg(long, value_name = "FILE")]
    pub(crate) changes: Option<PathBuf>,
    /// Write to this file; it appears only when all rows are done. If left out, rows go to standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Put the columns of the roster in front of the answer, as they were
    #[arg(long)]
    pub(crate) keep: bool,
    /// Add a column that says how well the texts are known on which each amount rests: official, transcribed, secondary,
    /// unconfirmed or chosen
    #[arg(long)]
    pub(crate) attested: bool,
    /// Use at most so many cores; a second one answers while the first reads and writes. If left out, as many as there are
    #[arg(long, value_name = "COUNT")]
    pub(crate) threads: Option<NonZero<usize>>,
}

const EXPLAIN: &str = "\
How it ends (exit code):
  0  the answer is charged, exempt or not_due
  1  it is not
  2  it could not run: a wrong call, a file that cannot be read, an id that is
     not in the roster

Examples:
  rollbook explain --rules cpc --period 2026-11 stage=full category=waged base=5400
  rollbook explain --rules cpc --period 2026-11 --roster roster.csv --id M006 --lang zh
  rollbook explain --rules cpc --period 2026-12 --facts member.json --format json

A file of facts is JSON in which every value is text. A value that changed is a
list of records:
  { \"stage\": \"full\", \"category\": \"waged\",
    \"base\": [ { \"from\": \"2026-01-01\", \"value\": \"4000\" },
              { \"from\": \"2026-09-01\", \"value\": \"6000\" } ] }";

#[derive(Debug, Args)]
#[command(after_help = EXPLAIN)]
pub(crate) struct Explain {
    /// Facts of one member: a name (or title) and a value, such as stage=full base=5400
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) facts_told: Vec<String>,
    #[command(flatten)]
    pub(crate) question: Question,
    /// Facts from a JSON file, which may hold lists and values that changed; `-` reads standard input
    #[arg(long = "facts", value_name = "FILE", conflicts_with = "roster")]
    pub(crate) facts_file: Option<PathBuf>,
    /// Explain a row of this roster; `-` reads it from standard input
    #[arg(long, value_name = "FILE", requires = "id")]
    pub(crate) roster: Option<PathBuf>,
    /// Changes of facts from days on: a table with the columns id, fact, from and value
    #[arg(long, value_name = "FILE", requires = "roster")]
    pub(crate) changes: Option<PathBuf>,
    /// The id of the row
    #[arg(long, value_name = "ID", requires = "roster", conflicts_with = "facts_told")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// The form of the explanation
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// The form of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines to read
    Text,
    /// Markdown, for a document
    Markdown,
    /// JSON, for a program
    Json,
}

const RULES_ONLY: &str = "\
Cases stand in the rule set, or beside it in a file that is named after its id:
<id>.cases.yaml.

How it ends (exit code):
  0  everything is in order; warnings may have been said
  1  the rule set is refused, or a case fails
  2  the rule set cannot be read

Examples:
  rollbook check cpc
  rollbook test my-rules.yaml";

#[derive(Debug, Args)]
#[command(after_help = RULES_ONLY)]
pub(crate) struct RulesOnly {
    /// The name of a rule set that comes with the program, or a .yaml or .json file
    #[arg(value_name = "RULES")]
    pub(crate) rules: String,
}

const COMPILE: &str = "\
The npm package loads a compiled rule set without reading and checking its
document again. What is printed is the SHA-256 of the file: whoever loads it
states it, and any other file is refused. Compile it again with every version
of the program.

How it ends (exit code):
  0  the file is written; warnings may have been passed over
  1  the rule set is refused, or a case fails; no file is written
  2  the rule set cannot be read, or the file not be written

Example:
  rollbook compile my-rules.yaml --out my-rules.bin";

#[derive(Debug, Args)]
#[command(after_help = COMPILE)]
pub(crate) struct Compile {
    /// The name of a rule set that comes with the program, or a .yaml or .json file
    #[arg(value_name = "RULES")]
    pub(crate) rules: String,
    /// Write to this file; it appears only when everything is in it
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Rulesets {
    /// The language of the titles, such as zh or en; if left out, each rule set's first
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,
}

pub(crate) fn setting(text: &str) -> Result<Decision, String> {
    let (name, value) = pair(text).ok_or("a setting is written NAME=VALUE, such as farmer_dues=0.50")?;
    let Some((name, from)) = name.split_once('@') else { return Ok(Decision::always(name, value)) };
    let from = Date::parse(from.trim()).map_err(|_| format!("the day behind @ is written 2026-01-31, not `{from}`"))?;
    Ok(Decision { name: name.trim().to_owned(), from: Some(from.to_string()), issued: None, value: value.to_owned() })
}

pub(crate) fn set_aside(text: &str) -> Result<SetAside, String> {
    let (path, reason) = pair(text).ok_or("write PATH=REASON; the reason is recorded and must not be empty")?;
    Ok(SetAside { path: path.to_owned(), reason: reason.to_owned() })
}

/// A name and what is said of it; neither is empty.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    (!name.is_empty() && !value.is_empty()).then_some((name, value))
}
