//! Small rule sets for the tests: a head of common facts and the sections of one test.

use rollbook::{Checked, RuleSet};

const HEAD: &str = "
rollbook: 1
id: small
edition: 1
languages: [en, zh]
title: a small association
currency: CNY
answers: dues
year_has: { weeks: 52 }
sources:
  old:   { title: the statutes, issued: 2000-01-01, in_force: 2000-01-01, attested: official }
  new:   { title: the statutes as amended, issued: 2020-03-01, in_force: 2020-01-16, attested: transcribed }
  paper: { title: a newspaper report, issued: 2000-01-01, in_force: 2000-01-01, attested: secondary }
  guess: { title: a rule of about 2005, issued: 2004-12-10, in_force: 2005-01-01, sure_of: year, attested: unconfirmed }
  march: { title: a rule of some March, issued: 2006-03-01, in_force: 2006-03-15, sure_of: month, attested: unconfirmed }
  brief: { title: a rule for one year, issued: 2010-01-01, in_force: 2010-01-01, until: 2010-12-31, attested: official }
facts:
  kind:     { kind: one_of, words: { staff: { en: at work, zh: 职工 }, student: { en: at school, zh: 学生 }, other: { en: neither, zh: 其他 } } }
  pay:      { kind: money per month, at_least: 0 }
  bonus:    { kind: money per month, unless_given: 0 }
  yearly:   { kind: money per year }
  weekly:   { kind: money per week }
  promised: { kind: money per month }
  active:   { kind: yes_no }
  poor:     { kind: yes_no }
  agreed:   { kind: yes_no }
  heads:    { kind: count }
  factor:   { kind: number }
  part:     { kind: share, at_least: 0, at_most: 1 }
  begun:    { kind: date, unless_given: long_ago }
  over:     { kind: date, unless_given: never }
  born:     { kind: date }
  since_month: { kind: month }
  notice:   { kind: days }
  term_of_office: { kind: months }
  purposes: { kind: set_of, words: { choir: { en: singing, zh: 合唱 }, hall: { en: building, zh: 礼堂 } } }
  gifts:    { kind: list, record: { gave: { kind: money, at_least: 0 }, on_day: { kind: date }, for_hall: { kind: yes_no, unless_given: no } } }
";

/// Rounds the amount to a hundredth.
pub(crate) const CENTS: &str = "round: { cite: old, is: half_up to 0.01 }";

/// A rule set of a test.
pub(crate) struct Small {
    pub(crate) rule_set: RuleSet,
}

/// The text of a rule set with these sections after the common head.
pub(crate) fn text(sections: &str) -> String {
    format!("{HEAD}{}", dedented(sections, 0))
}

/// The text of a rule set whose only charge `dues` has these stages.
pub(crate) fn text_of_dues(stages: &str) -> String {
    charge_text("", "per: month", stages, CENTS)
}

fn charge_text(before: &str, per: &str, stages: &str, round: &str) -> String {
    let charge = format!("{per}\n{round}\n{}", dedented(stages, 0));
    format!("{HEAD}{}charges:\n  dues:\n{}", dedented(before, 0), dedented(&charge, 4))
}

/// A rule set with these sections after the common head.
pub(crate) fn rules(sections: &str) -> Small {
    accepted(&text(sections))
}

/// A rule set whose only charge `dues`, by the month and rounded to a hundredth, has these stages.
pub(crate) fn dues(stages: &str) -> Small {
    accepted(&text_of_dues(stages))
}

/// The same with settings or terms before the charge.
pub(crate) fn dues_with(before: &str, stages: &str) -> Small {
    accepted(&charge_text(before, "per: month", stages, CENTS))
}

/// The same for another length of time.
pub(crate) fn dues_per(per: &str, stages: &str) -> Small {
    accepted(&charge_text("", &format!("per: {per}"), stages, CENTS))
}

/// The same with a rounding of its own.
pub(crate) fn dues_rounded(round: &str, stages: &str) -> Small {
    accepted(&charge_text("", "per: month", stages, round))
}

/// What a check says of a text, as the codes of errors and warnings.
pub(crate) fn codes(text: &str) -> Vec<&'static str> {
    RuleSet::check(text).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn accepted(text: &str) -> Small {
    let Checked { rule_set, diagnostics } = RuleSet::check(text);
    let Some(rule_set) = rule_set else {
        let said: Vec<String> = diagnostics.iter().map(|d| format!("{} {}: {}", d.code, d.path, d.message)).collect();
        panic!("the rule set is refused:\n{}\n{text}", said.join("\n"));
    };
    Small { rule_set }
}

/// The lines without what all of them are indented by, each behind `margin` spaces.
fn dedented(text: &str, margin: usize) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let shared = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let indented: Vec<String> = lines().map(|line| format!("{}{}", " ".repeat(margin), &line[shared..])).collect();
    format!("{}\n", indented.join("\n"))
}
