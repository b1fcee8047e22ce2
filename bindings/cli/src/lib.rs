//! The `rollbook` command as a library: the same words in, the same bytes out, on whatever streams the caller has.
//!
//! A roster flows one way: [`run`] reads the words (`arguments`) and the rule set (`rules`), the roster is read row
//! by row into facts (`roster`), each row is answered (`dues`) and written (`output`), and what the rows come to is
//! said at the end (`summary`). Nothing that a member told goes to standard error.

#[cfg(not(all(feature = "completions", feature = "layout", feature = "plots")))]
mod absent;
mod arguments;
mod changes;
mod check;
mod colours;
mod completions;
mod diff;
mod dues;
mod explain;
mod facts;
mod facts_file;
mod failure;
mod findings;
mod fmt;
pub mod names;
mod output;
mod plot;
#[cfg_attr(not(feature = "progress"), path = "no_progress.rs")]
mod progress;
mod question;
mod roster;
mod rules;
mod rulesets;
mod show;
mod summary;
mod table;
mod wording;
mod written;

use std::ffi::OsString;
use std::io::{self, Read, Write};

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// How a command ended: everything is in order.
pub const DONE: u8 = 0;
/// How a command ended: it ran, and something in its output needs somebody's attention.
pub const ATTENTION: u8 = 1;
/// How a command ended: it could not run, or not to its end.
pub const FAILED: u8 = 2;

/// The streams that a command reads and writes.
pub(crate) struct Streams<'s> {
    pub(crate) stdin: &'s mut dyn Read,
    pub(crate) stdout: &'s mut dyn Write,
    pub(crate) stderr: &'s mut dyn Write,
    /// Whether these are the process's own streams, on whose terminal progress may be shown.
    pub(crate) are_own: bool,
}

impl Streams<'_> {
    /// Says something beside the output. A standard error that is closed is no reason to stop.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = self.stderr.write_all(text.as_bytes());
    }

    /// Writes diagnostics to standard output, in colours where somebody sees them at a terminal.
    pub(crate) fn diagnose(&mut self, text: &str) -> Result<(), Failure> {
        if self.are_own { self.say(&colours::of_stdout(text)) } else { self.say(text) }
    }

    /// Writes a whole text to standard output.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.stdout.write_all(text.as_bytes()).and_then(|()| self.stdout.flush());
        written.map_err(|error| Failure::writing("standard output", &error))
    }
}

/// Runs one command; `arguments` begin with the name of the program.
///
/// Gives the exit code: [`DONE`], [`ATTENTION`] or [`FAILED`]. A failure is one line on `stderr`.
///
/// ```
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let code = rollbook_cli::run(["rollbook", "--version"], &mut std::io::empty(), &mut out, &mut err);
/// assert_eq!((code, err.is_empty()), (rollbook_cli::DONE, true));
/// assert!(out.starts_with(b"rollbook "));
/// ```
pub fn run<I, T>(arguments: I, stdin: &mut dyn Read, stdout: &mut dyn Write, stderr: &mut dyn Write) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    run_on(arguments, &mut Streams { stdin, stdout, stderr, are_own: false })
}

/// Runs one command on the process's own streams, as [`run`] does, and shows the progress of long work where standard
/// error is a terminal.
pub fn run_on_own_streams<I, T>(arguments: I) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let (mut stdin, mut stdout, mut stderr) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
    let mut streams = Streams { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, are_own: true };
    run_on(arguments, &mut streams)
}

fn run_on<I, T>(arguments: I, streams: &mut Streams<'_>) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let ended = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => carry_out(&arguments.command, streams),
        Err(told) => tell(&told, streams),
    };
    ended.unwrap_or_else(|failure| {
        streams.note(&format!("rollbook: {failure}\n"));
        FAILED
    })
}

fn carry_out(command: &Command, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    match command {
        Command::Dues(arguments) => dues::run(arguments, streams),
        Command::Explain(arguments) => explain::run(arguments, streams),
        Command::Check(arguments) => check::check(arguments, streams),
        Command::Test(arguments) => check::test(arguments, streams),
        Command::Rulesets(arguments) => rulesets::list(arguments, streams),
        Command::Facts(arguments) => facts::run(arguments, streams),
        Command::Schema => rulesets::schema(streams),
        Command::Show(arguments) => show::run(arguments, streams),
        Command::Diff(arguments) => diff::run(arguments, streams),
        Command::Plot(arguments) => plot::run(arguments, streams),
        Command::Compile(arguments) => check::compile(arguments, streams),
        Command::Fmt(arguments) => fmt::run(arguments, streams),
        Command::Completions(arguments) => completions::write(arguments, streams),
        Command::Man(arguments) => completions::man(arguments, streams),
    }
}

/// Help and version were asked for, or the words were wrong.
fn tell(told: &clap::Error, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let text = told.render().to_string();
    if told.use_stderr() {
        streams.note(&text);
        return Ok(FAILED);
    }
    streams.say(&text)?;
    Ok(DONE)
}
