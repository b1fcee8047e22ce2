//! From the answer in ids to the answer in names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answer::{
    Answer, Bounds, Citation, Finding, Instalment, Issue, Line, Missing, NextBand, Part, PathItem, Rest, Since, Step,
    StepField, StepValue,
};
use super::rule_set::RuleSet;
use crate::dues::json::steps::{self, StepFields};
use crate::dues::json::{clauses, effective};
use crate::dues::{self, Charge, Charges, RuleSetName, Status};
use crate::explain::{self, Format, Severity};
use crate::ruleset::{self, Attested, InputId, MissingName, Rules, VersionId, order};
use crate::value::{Date, Exact};

/// An answer with the rules that gave it: what it says, its explanation, its bytes.
///
/// It is cheap to keep; names and texts are only made when they are asked for.
#[derive(Clone)]
pub struct Answered {
    rule_set: RuleSet,
    answer: dues::Answer,
}

impl std::fmt::Debug for Answered {
    /// Says what it is about and what it amounts to, never an amount or a fact.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.answer.fmt(f)
    }
}

impl PartialEq for Answered {
    /// Whether both say the same by the same rules.
    fn eq(&self, other: &Self) -> bool {
        self.rule_set.hash() == other.rule_set.hash() && self.answer == other.answer
    }
}

impl Answered {
    /// An answer of the engine with the rules that gave it.
    pub fn new(rule_set: RuleSet, answer: dues::Answer) -> Self {
        Self { rule_set, answer }
    }

    /// The rules that answered.
    pub fn rule_set(&self) -> &RuleSet {
        &self.rule_set
    }

    /// What it amounts to.
    pub fn status(&self) -> Status {
        self.answer.status
    }

    /// The rounded amount at its unit, when it is charged.
    pub fn amount(&self) -> Option<String> {
        self.answer.amount.map(|amount| self.answer.amount_text(amount))
    }

    /// The amount before the last rounding, when it is charged: an exact number.
    pub fn exact(&self) -> Option<String> {
        self.answer.exact.map(|exact| exact.to_string())
    }

    /// Whether another answer by the same rules says the same but for the amount, before and after rounding: a host that
    /// kept what it made of the one then has nearly all of the other. Answers with steps differ in more.
    pub fn differs_in_amount_only(&self, other: &Self) -> bool {
        let dues::Answer {
            charge,
            period,
            status,
            amount,
            exact,
            rounding: _, // what is printed at its unit is the amount, and the bounds below
            currency,
            unit,
            bounds,
            rule,
            cite,
            attested,
            assumed,
            missing,
            guide,
            suggested,
            next_band,
            goes_to,
            lines,
            parts,
            findings,
            instalments,
            trace,
        } = &self.answer;
        let other = &other.answer;
        let plain =
            |answer: &dues::Answer| answer.bounds.is_none() && answer.next_band.is_none() && answer.trace.is_none();
        bounds.is_none()
            && next_band.is_none()
            && trace.is_none()
            && plain(other)
            && *status == other.status
            && *rule == other.rule
            && *charge == other.charge
            && *period == other.period
            && amount.is_some() == other.amount.is_some()
            && exact.is_some() == other.exact.is_some()
            && *currency == other.currency
            && *unit == other.unit
            && *cite == other.cite
            && *attested == other.attested
            && *assumed == other.assumed
            && *missing == other.missing
            && *guide == other.guide
            && *suggested == other.suggested
            && *goes_to == other.goes_to
            && lines.is_empty()
            && other.lines.is_empty()
            && parts.is_empty()
            && other.parts.is_empty()
            && instalments.is_empty()
            && other.instalments.is_empty()
            && findings.len() == other.findings.len()
            && findings.iter().zip(&other.findings).all(|(one, other)| Arc::ptr_eq(one, other) || one == other)
    }

    /// Everything that it says.
    pub fn answer(&self) -> Answer {
        let rules = self.rule_set.rules();
        Naming::new(rules, self.rule_set.charges(), &self.answer).answer(&self.answer)
    }

    /// What a form shows: what is missing and the findings, in a language.
    pub fn issues(&self, language: &str) -> Vec<Issue> {
        let rules = self.rule_set.rules();
        let naming = Naming::new(rules, self.rule_set.charges(), &self.answer);
        let missing = self.answer.missing.iter().filter_map(|missing| {
            let name = rules.input(missing.input)?.name.to_string();
            let mut params = order::map([("name".to_owned(), name.clone())]);
            params.extend(missing.on.map(|on| ("on".to_owned(), on.to_string())));
            Some(Issue {
                code: "missing".to_owned(),
                severity: Severity::Error,
                pointer: format!("/{name}"),
                path: vec![PathItem::Name(name)],
                rule: String::new(),
                params,
                message: naming.still_needed(missing, language)?,
            })
        });
        missing.chain(self.answer.findings.iter().map(|finding| naming.issue(finding, language))).collect()
    }

    /// Why it is so, in words: its steps, if it was asked for with them, and what it comes to.
    ///
    /// The wording is Chinese for `zh` and English for every other language; titles are in `language` where the rule
    /// set has them.
    pub fn explain(&self, language: &str, format: Format) -> String {
        explain::render(self.rule_set.rules(), self.rule_set.charges(), &self.answer, language, format)
    }

    /// The answer as canonical JSON: the same bytes in every face.
    pub fn to_json(&self) -> String {
        self.answer.to_json(self.rule_set.rules(), self.rule_set.charges())
    }
}

/// Names for the ids of one answer.
pub(super) struct Naming<'a> {
    rules: &'a Rules,
    charges: &'a Charges,
    charge: Option<&'a Charge>,
    /// The day that chooses among citations under several instruments.
    on: Date,
}

impl<'a> Naming<'a> {
    fn new(rules: &'a Rules, charges: &'a Charges, answer: &dues::Answer) -> Self {
        let charge = charges.charges.get(answer.charge);
        Self { rules, charges, charge, on: effective(answer.period, charge) }
    }

    /// Names without an answer, for findings about facts.
    pub(super) fn of_rules(rules: &'a Rules, charges: &'a Charges) -> Self {
        Self { rules, charges, charge: None, on: Date::NEVER }
    }

    fn answer(&self, said: &dues::Answer) -> Answer {
        let dues::Answer {
            charge: _,
            period,
            status,
            amount,
            exact,
            rounding: _,
            currency,
            unit,
            bounds,
            rule,
            cite,
            attested,
            assumed,
            missing,
            guide,
            suggested,
            next_band,
            instalments,
            goes_to,
            lines,
            parts,
            findings,
            trace,
        } = said;
        let at_unit = |amount: &Exact| said.amount_text(*amount);
        Answer {
            rule_set: RuleSetName {
                id: self.rules.id.clone(),
                edition: self.rules.edition,
                hash: self.rules.hash.clone(),
            },
            charge: self.charge_name(),
            period: period.to_string(),
            status: *status,
            amount: amount.as_ref().map(at_unit),
            currency: currency.to_string(),
            unit: *unit,
            exact: exact.map(|exact| exact.to_string()),
            bounds: bounds.map(|dues::Bounds { at_least, at_most }| Bounds {
                at_least: at_unit(&at_least),
                at_most: at_unit(&at_most),
            }),
            rule: self.rule(*rule),
            version: self.since(*rule),
            cite: self.citations(cite),
            attested: *attested,
            assumed: assumed.iter().filter_map(|input| self.input(*input)).collect(),
            missing: missing.iter().filter_map(|missing| self.missing(missing)).collect(),
            guide: guide.map(|guide| guide.to_string()),
            suggested: suggested.iter().map(ToString::to_string).collect(),
            next_band: next_band.map(|dues::NextBand { from, included, amount }| NextBand {
                from: from.to_string(),
                included,
                amount: at_unit(&amount),
            }),
            instalments: instalments.iter().map(|instalment| self.instalment(said, instalment)).collect(),
            goes_to: self.recipient(*goes_to),
            lines: lines.iter().map(|line| self.line(said, line)).collect(),
            parts: parts
                .iter()
                .map(|dues::Part { period, status, amount }| Part {
                    period: period.to_string(),
                    status: *status,
                    amount: amount.as_ref().map(at_unit),
                })
                .collect(),
            findings: findings.iter().map(|finding| self.finding(finding)).collect(),
            trace: trace.as_ref().map(|trace| trace.steps.iter().map(|step| self.step(step)).collect()),
        }
    }

    fn instalment(&self, said: &dues::Answer, instalment: &dues::Instalment) -> Instalment {
        // The rounding says with which decimals the amounts are written.
        let dues::Instalment { version, way, amount, rounding: _, count, rest } = instalment;
        let way = self.charge.and_then(|charge| charge.pay_by.get(*way));
        Instalment {
            way: way.map_or_else(String::new, |way| way.name.to_string()),
            amount: instalment.text(*amount, said),
            count: count.map(u32::from),
            rest: rest.map(|rest| Rest { last: rest.last, amount: instalment.text(rest.amount, said) }),
            version: self.since(Some(*version)),
            cite: self.citations(&[*version]),
            attested: self.rules.version(*version).map_or(Attested::Chosen, |version| version.attested),
        }
    }

    fn line(&self, said: &dues::Answer, line: &dues::Line) -> Line {
        let dues::Line { record, day, status, amount, exact, rule, goes_to } = line;
        Line {
            record: u32::try_from(*record).unwrap_or(u32::MAX),
            day: *day,
            status: *status,
            amount: amount.map(|amount| said.amount_text(amount)),
            exact: exact.map(|exact| exact.to_string()),
            rule: self.rule(*rule),
            goes_to: self.recipient(*goes_to),
        }
    }

    fn finding(&self, finding: &explain::Finding) -> Finding {
        let explain::Finding { code, path, pointer, params, cite } = finding;
        Finding {
            code: code.name().to_owned(),
            severity: code.severity(),
            path: path.to_string(),
            pointer: pointer.to_string(),
            params: order::map(params.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()))),
            cite: cite.map(|version| self.citations(&[version])).unwrap_or_default(),
            messages: self.in_each_language(|language| finding.message(self.rules, self.charges, language)),
        }
    }

    /// A finding as a form shows it.
    pub(super) fn issue(&self, finding: &explain::Finding, language: &str) -> Issue {
        let explain::Finding { code, path, pointer, params, cite: _ } = finding;
        Issue {
            code: code.name().to_owned(),
            severity: code.severity(),
            path: path_of(pointer),
            pointer: pointer.to_string(),
            rule: path.to_string(),
            params: order::map(params.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()))),
            message: finding.message(self.rules, self.charges, language),
        }
    }

    fn missing(&self, missing: &MissingName) -> Option<Missing> {
        let MissingName { input, on } = missing;
        Some(Missing {
            name: self.input(*input)?,
            on: *on,
            messages: self.in_each_language(|language| self.still_needed(missing, language).unwrap_or_default()),
        })
    }

    /// That a fact is needed, as a sentence for a form.
    fn still_needed(&self, missing: &MissingName, language: &str) -> Option<String> {
        let input = self.rules.input(missing.input)?;
        let title = input.title.get(language).map_or_else(|| ruleset::spaced(&input.name), str::to_owned);
        Some(match (language == "zh", missing.on) {
            (true, None) => format!("尚需填报：{title}"),
            (true, Some(on)) => format!("尚需填报：{title}（{on} 的情况）"),
            (false, None) => format!("still needed: {title}"),
            (false, Some(on)) => format!("still needed: {title} (as of {on})"),
        })
    }

    fn step(&self, step: &explain::Step) -> Step {
        let mut fields = Fields::default();
        steps::write(&mut fields, self.rules, self.charges, step);
        Step { step: fields.step, fields: fields.fields }
    }

    fn citations(&self, versions: &[VersionId]) -> Vec<Citation> {
        let named = clauses(self.rules, versions, self.on).into_iter().filter_map(|citation| {
            let ruleset::Citation { source, clause } = citation;
            let named = |language: &str| {
                explain::Names::new(self.rules, self.charges, language).citation(citation).into_owned()
            };
            Some(Citation {
                source: self.rules.sources.get(source.index())?.name.to_string(),
                clause: clause.as_ref().map(ToString::to_string),
                titles: self.in_each_language(named),
            })
        });
        named.collect()
    }

    fn in_each_language(&self, text: impl Fn(&str) -> String) -> BTreeMap<String, String> {
        order::map(self.rules.languages.iter().map(|language| (language.to_string(), text(language))))
    }

    fn since(&self, version: Option<VersionId>) -> Option<Since> {
        version.and_then(|id| self.rules.version(id)).map(|version| Since::of(version.from))
    }

    fn charge_name(&self) -> String {
        self.charge.map_or_else(String::new, |charge| charge.name.to_string())
    }

    fn rule(&self, rule: Option<VersionId>) -> String {
        rule.map_or_else(|| self.charge_name(), |rule| self.rules.path(rule.timeline).to_owned())
    }

    fn input(&self, input: InputId) -> Option<String> {
        self.rules.input(input).map(|input| input.name.to_string())
    }

    fn recipient(&self, word: Option<u8>) -> Option<String> {
        let words = self.charge?.recipients?;
        Some(self.rules.words.get(usize::from(words.0))?.get(word?)?.name.to_string())
    }
}

/// `/payments/0/paid` as a way to a field.
fn path_of(pointer: &str) -> Vec<PathItem> {
    let items = pointer.split('/').skip(1).enumerate();
    let item = |(at, item): (usize, &str)| match item.parse() {
        Ok(number) if at > 0 => PathItem::Record(number),
        _ => PathItem::Name(item.to_owned()),
    };
    items.map(item).collect()
}

/// Takes the fields of one step.
#[derive(Default)]
struct Fields {
    step: String,
    fields: Vec<StepField>,
}

impl Fields {
    fn push(&mut self, key: &'static str, value: StepValue) {
        self.fields.push(StepField { name: key.to_owned(), value });
    }
}

impl StepFields for Fields {
    fn text(&mut self, key: &'static str, text: &str) {
        if key == "step" {
            text.clone_into(&mut self.step);
        } else {
            self.push(key, StepValue::Text(text.to_owned()));
        }
    }

    fn number(&mut self, key: &'static str, number: Exact) {
        self.push(key, StepValue::Number(number.to_string()));
    }

    fn day(&mut self, key: &'static str, day: Date) {
        self.push(key, StepValue::Day(day.to_string()));
    }

    fn count(&mut self, key: &'static str, count: u64) {
        self.push(key, StepValue::Count(count));
    }

    fn yes_no(&mut self, key: &'static str, answer: bool) {
        self.push(key, StepValue::YesNo(answer));
    }
}
