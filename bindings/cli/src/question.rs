//! A question made ready: the words of the command line against a rule set.

use rollbook::RuleSet;
use rollbook::dues::{Charge, Prepared, Request};
use rollbook::ruleset::{Decision, Rules};

use crate::arguments::Question;
use crate::failure::Failure;
use crate::wording::Language;

/// A question made ready, and the language to answer in.
#[derive(Debug)]
pub(crate) struct Asked<'r> {
    pub(crate) rule_set: &'r RuleSet,
    pub(crate) rules: &'r Rules,
    pub(crate) prepared: Prepared<'r>,
    pub(crate) language: Language,
    /// As it is written: `2026-11`.
    pub(crate) period: String,
}

impl<'r> Asked<'r> {
    /// Makes the question ready.
    pub(crate) fn new(rule_set: &'r RuleSet, question: &Question) -> Result<Self, Failure> {
        let rules = rule_set.rules();
        let language = Language::chosen(rules, question.lang.as_deref())?;
        each_once(question.set.iter().map(dated), "setting")?;
        each_once(question.set_aside.iter().map(|set_aside| set_aside.path.clone()), "rule set aside")?;
        let request = Request {
            charge: question.charge.as_deref(),
            period: question.period,
            known: question.known,
            settings: &question.set,
            set_aside: &question.set_aside,
        };
        if question.charge.is_none() && rule_set.charges().answers.is_none() {
            let names: Vec<&str> = rule_set.charges().charges.iter().map(|charge| &*charge.name).collect();
            return Err(Failure::new(format!("name a charge with --charge: {}", names.join(", "))));
        }
        let prepared = rule_set.prepare(&request).map_err(|wrong| Failure::new(wrong.to_string()))?;
        Ok(Self { rule_set, rules, prepared, language, period: question.period.to_string() })
    }

    pub(crate) fn charge(&self) -> &'r Charge {
        self.prepared.charge()
    }
}

/// A setting, and the day from which its value holds, as it is written.
fn dated(decision: &Decision) -> String {
    let from = decision.from.as_ref().map(|from| format!("@{from}"));
    format!("{}{}", decision.name, from.unwrap_or_default())
}

/// Two values for one name are a wrong call, not a choice of the last.
fn each_once(names: impl Iterator<Item = String>, what: &str) -> Result<(), Failure> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(Failure::new(format!("{what} `{name}` is given twice")));
        }
        seen.push(name);
    }
    Ok(())
}
