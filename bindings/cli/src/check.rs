//! `rollbook check`, `rollbook test` and `rollbook compile`: a rule set and its cases, judged.

use std::io::Write as _;

use rollbook::api::CaseResult;
use rollbook::ruleset::canonical::sha256;
use rollbook::ruleset::diagnostic::{Diagnostic, Severity};
use rollbook::{Refused, RuleSet};

use crate::arguments::{Compile, RulesOnly};
use crate::failure::Failure;
use crate::output::Output;
use crate::rules::{CasesText, RulesText, rendered};
use crate::{ATTENTION, DONE, Streams};

/// Says everything that is wrong with a rule set and its cases, and how much that is.
pub(crate) fn check(arguments: &RulesOnly, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let read = RulesText::read(&arguments.rules)?;
    let (Report { mut text, errors, warnings }, _) = judged(&read)?;
    text.push_str(&format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")));
    streams.diagnose(&text)?;
    Ok(if errors == 0 { DONE } else { ATTENTION })
}

/// Checks a rule set and its cases, and compiles it for programs that load it without checking it again.
pub(crate) fn compile(arguments: &Compile, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let read = RulesText::read(&arguments.rules)?;
    let (report, rule_set) = judged(&read)?;
    let Some(rule_set) = rule_set.filter(|_| report.errors == 0) else {
        let errors = counted(report.errors, "error");
        streams.diagnose(&format!("{}{errors}; nothing was compiled\n", report.text))?;
        return Ok(ATTENTION);
    };
    let compiled = rule_set.compiled();
    let mut out = Output::file(&arguments.out)?;
    out.write_all(&compiled).map_err(|error| Failure::writing(&arguments.out.display().to_string(), &error))?;
    out.finish()?;
    streams.say(&format!("{}  {}\n", sha256(&compiled), arguments.out.display()))?;
    Ok(DONE)
}

/// Everything that is wrong with a rule set and its cases, and the rule set unless it is refused.
fn judged(read: &RulesText) -> Result<(Report, Option<RuleSet>), Failure> {
    let checked = read.check();
    let mut report = Report::default();
    report.add(&checked.diagnostics, &read.name, &read.text);
    if let Some(rule_set) = &checked.rule_set {
        let run = Run::of(rule_set, read)?;
        let (inside, beside) = run.failures();
        report.add(&inside, &read.name, &read.text);
        if let Some(cases) = &run.beside {
            report.add(&beside, &cases.name, &cases.text);
        }
    }
    Ok((report, checked.rule_set))
}

/// Runs the cases of a rule set, says which fail, and counts them.
pub(crate) fn test(arguments: &RulesOnly, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let read = RulesText::read(&arguments.rules)?;
    let rule_set = match read.parse() {
        Ok(rule_set) => rule_set,
        Err(refused) => return refuse(&refused, &read.name, &read.text, streams),
    };
    let run = Run::of(&rule_set, &read)?;
    if let (Err(refused), Some(cases)) = (&run.results, &run.beside) {
        return refuse(refused, &cases.name, &cases.text, streams);
    }
    let mut report = Report::default();
    let (inside, beside) = run.failures();
    report.add(&inside, &read.name, &read.text);
    if let Some(cases) = &run.beside {
        report.add(&beside, &cases.name, &cases.text);
    }
    let results = run.results.as_deref().unwrap_or_default();
    let failed = results.iter().filter(|result| !result.passed()).count();
    let passed = results.len().saturating_sub(failed);
    let mut text = report.text;
    if results.is_empty() {
        text.push_str("there are no cases, neither in the rule set nor beside it\n");
    }
    text.push_str(&format!("{passed} passed, {failed} failed\n"));
    streams.say(&text)?;
    Ok(if failed == 0 { DONE } else { ATTENTION })
}

fn refuse(refused: &Refused, name: &str, text: &str, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut said = rendered(&refused.diagnostics, name, text);
    said.push_str(&format!("no case was run: {name} is refused\n"));
    streams.say(&said)?;
    Ok(ATTENTION)
}

/// The cases of a rule set, run.
struct Run {
    results: Result<Vec<CaseResult>, Refused>,
    beside: Option<CasesText>,
}

impl Run {
    fn of(rule_set: &RuleSet, read: &RulesText) -> Result<Self, Failure> {
        let beside = read.cases(&rule_set.rules().id)?;
        let results = rule_set.test(beside.as_ref().map(|cases| cases.text.as_str()));
        Ok(Self { results, beside })
    }

    /// What is wrong with the cases in the rule set and with those beside it.
    fn failures(&self) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let results = match &self.results {
            Ok(results) => results,
            Err(refused) => return (Vec::new(), refused.diagnostics.clone()),
        };
        let of = |inside: bool| {
            let failed = results.iter().filter(|result| result.inside == inside);
            failed.filter_map(|result| result.failure.as_deref().cloned()).collect()
        };
        (of(true), of(false))
    }
}

/// Diagnostics as text, counted.
#[derive(Default)]
struct Report {
    text: String,
    errors: usize,
    warnings: usize,
}

impl Report {
    fn add(&mut self, diagnostics: &[Diagnostic], name: &str, text: &str) {
        let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
        self.errors = self.errors.saturating_add(errors);
        self.warnings = self.warnings.saturating_add(diagnostics.len().saturating_sub(errors));
        self.text.push_str(&rendered(diagnostics, name, text));
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
