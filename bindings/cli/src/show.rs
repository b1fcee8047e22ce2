//! `rollbook show`: the rules in force, as a document to read.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rollbook::explain::OutlineFormat;
use rollbook::value::Date;

use crate::failure::Failure;
use crate::output::Output;
use crate::rules::RulesText;
use crate::wording::Language;
use crate::{DONE, Streams};

const SHOW: &str = "\
For each charge: when it is owed, its tariff with the tables, reductions, limits
and rounding; then how values are worked out, what an organisation decides, what
is asked of members, and which texts are not in the rules. Each rule has its
clause and how well the text is attested.

Without --at it is the last day on which one of the rules changes.

How it ends (exit code):
  0  the document is written
  2  it could not run: a rule set that is refused, a file that cannot be written

Examples:
  rollbook show cpc
  rollbook show cpc --at 2016-12-31 --lang en
  rollbook show my-rules.yaml --out my-rules.html";

#[derive(Debug, Args)]
#[command(after_help = SHOW)]
pub(crate) struct Show {
    /// The name of a rule set that comes with the program, or a .yaml or .json file
    #[arg(value_name = "RULES")]
    rules: String,
    /// The day whose rules are shown, such as 2026-11-30
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    at: Option<Date>,
    /// Only the rules that had been issued by this day
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    known: Option<Date>,
    /// The language, such as zh or en; if left out, the rule set's first
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// The form of the document; if left out, the ending of --out decides, else it is text
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write to this file; if left out, to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The form of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read
    Text,
    /// Markdown with tables
    Markdown,
    /// A page for the browser, or to print
    Html,
}

pub(crate) fn run(arguments: &Show, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let rule_set = RulesText::read(&arguments.rules)?.load(streams)?;
    let language = Language::chosen(rule_set.rules(), arguments.lang.as_deref())?;
    let outline = rule_set.outline(arguments.at, arguments.known, language.code());
    let format = match arguments.format.unwrap_or_else(|| of_ending(arguments.out.as_deref())) {
        Format::Text => OutlineFormat::Text,
        Format::Markdown => OutlineFormat::Markdown,
        Format::Html => OutlineFormat::Html,
    };
    put(arguments.out.as_deref(), &outline.write(format), streams)?;
    Ok(DONE)
}

/// The form that the ending of a file asks for.
fn of_ending(out: Option<&Path>) -> Format {
    let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown") => Format::Markdown,
        Some("html" | "htm") => Format::Html,
        _ => Format::Text,
    }
}

/// Writes a whole text to a file, or to standard output where none is named.
pub(crate) fn put(out: Option<&Path>, text: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Some(path) = out else { return streams.say(text) };
    let mut output = Output::file(path)?;
    output.write_all(text.as_bytes()).map_err(|error| Failure::writing(output.name(), &error))?;
    output.finish()
}
