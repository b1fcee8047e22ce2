//! `cargo xtask bench`: how fast the engine is, as ratios to the same work done by hand, in one run.
//!
//! Ratios are what counts: both sides run in turns on one machine, so that a slow or busy machine slows both.

mod measure;
mod members;
mod peer;
mod report;
mod rosters;
mod texts;
mod work;

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use measure::Effort;
use report::Options;
use rollbook::RuleSet;
use rollbook::api::BUILTIN;
use work::Line;

/// The exit code of a wrong call, apart from 1, which means that a bar is missed.
const WRONG_CALL: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if words.first().is_some_and(|word| word == rosters::COMMAND) {
        return rosters::command(&words);
    }
    if words == ["--members"] {
        return match cpc().and_then(|(rule_set, _)| members::as_csv(&rule_set)) {
            Ok(text) => finish(text.trim_end(), ExitCode::SUCCESS),
            Err(problem) => {
                drop(writeln!(io::stderr(), "error: {problem}"));
                ExitCode::FAILURE
            }
        };
    }
    let options = match Options::read(&words) {
        Ok(Some(options)) => options,
        Ok(None) => return finish(report::HELP, ExitCode::SUCCESS),
        Err(problem) => {
            // Where standard error is closed, nobody is left to be told so.
            drop(writeln!(io::stderr(), "error: {problem}\n\n{}", report::HELP));
            return ExitCode::from(WRONG_CALL);
        }
    };
    match measure_all(&options) {
        Ok(lines) => {
            let failed = options.enforce && !lines.iter().all(Line::is_met);
            let code = if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS };
            finish(&report::report(&lines, &options), code)
        }
        Err(problem) => {
            drop(writeln!(io::stderr(), "error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

/// The rule set that is measured, and its text.
fn cpc() -> Result<(RuleSet, &'static str), String> {
    let builtin = BUILTIN.iter().find(|builtin| builtin.id == "cpc").ok_or("`cpc` does not ship")?;
    Ok((RuleSet::parse(builtin.text).map_err(|refused| refused.to_string())?, builtin.text))
}

fn measure_all(options: &Options) -> Result<Vec<Line>, String> {
    let (rule_set, text) = cpc()?;
    let turns = if options.quick { 9 } else { 31 };
    let mut lines = Vec::new();
    // First, on a fresh heap: after others it measures how often the allocator gives pages back.
    if options.wants("load") {
        lines.push(texts::load(text, Effort { turns, repeats: 2 })?);
    }
    lines.extend(work::answers(&rule_set, options, Effort { turns, repeats: if options.quick { 4 } else { 10 } })?);
    if options.wants("roster") {
        let (rows, turns) = if options.quick { (50_000, 3) } else { (1_000_000, 5) };
        lines.extend(rosters::text(rows, turns)?);
    }
    if options.wants("workbook") {
        let (rows, turns) = if options.quick { (10_000, 3) } else { (100_000, 5) };
        lines.push(rosters::workbook(rows, turns)?);
    }
    Ok(lines)
}

fn finish(text: &str, code: ExitCode) -> ExitCode {
    match writeln!(io::stdout(), "{text}") {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}
