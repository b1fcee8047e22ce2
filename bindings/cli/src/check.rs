//! `rollbook check` and `rollbook test`.

use rollbook::ruleset::diagnostic::Severity;

use crate::arguments::RulesOnly;
use crate::failure::Failure;
use crate::rules::{RulesText, rendered};
use crate::{ATTENTION, DONE, Streams};

/// Says everything that is wrong with a rule set, and how much that is.
pub(crate) fn check(arguments: &RulesOnly, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let read = RulesText::read(&arguments.rules)?;
    let checked = read.check();
    let mut text = rendered(&checked.diagnostics, &read.name, &read.text);
    let errors = checked.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    let warnings = checked.diagnostics.len().saturating_sub(errors);
    text.push_str(&format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")));
    streams.say(&text)?;
    Ok(if errors == 0 { DONE } else { ATTENTION })
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
