//! Cases: questions with the answers that the authors of a rule set expect.

use super::document::CASES_FILE;
use super::load::read_shaped;
use super::{Document, Refused, RuleSet};
use crate::dues::{Answer, Request, SetAside, Status};
use crate::explain::Code;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::node::{Node, Span};
use crate::ruleset::{Decision, Told, Workspace, nearest};
use crate::value::{Date, Exact, Period};

/// What became of one case, or of one value of a case that varies a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// Its place, such as `cases[3]` or `cases[3].expect.5000`.
    pub place: String,
    /// Where it stands in its text.
    pub span: Span,
    /// Whether it stands in the rule set itself and not beside it.
    pub inside: bool,
    /// What is wrong; none, if the answer is the expected one.
    pub failure: Option<Box<Diagnostic>>,
}

impl CaseResult {
    /// Whether the answer is the expected one.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

/// The expectations of a case.
struct Expected<'n> {
    node: &'n Node,
    case: &'n Node,
}

impl RuleSet {
    /// Runs the cases of the document and those of a file beside it.
    ///
    /// # Errors
    ///
    /// When the file of cases cannot be read.
    pub fn test(&self, beside: Option<&str>) -> Result<Vec<CaseResult>, Refused> {
        let mut results = Vec::new();
        if let Document::Read(document) = &self.compiled.document {
            self.run_cases(document, true, &mut results);
        }
        if let Some(text) = beside {
            let document = read_shaped(text, &CASES_FILE).map_err(|diagnostics| Refused { diagnostics })?;
            self.run_cases(&document, false, &mut results);
        }
        Ok(results)
    }

    fn run_cases(&self, document: &Node, inside: bool, results: &mut Vec<CaseResult>) {
        let cases = document.get("cases").and_then(Node::as_list).unwrap_or_default();
        for (number, case) in cases.iter().enumerate() {
            let place = format!("cases[{number}]");
            let varied = case.get("vary").and_then(Node::as_text);
            let expect = case.get("expect");
            match (varied, expect.and_then(Node::as_map), expect) {
                (Some(fact), Some(entries), _) => {
                    for entry in entries {
                        let expected = Expected { node: &entry.value, case };
                        let failure = self.run_case(case, Some((fact, &entry.key, entry.key_span)), &expected);
                        let place = format!("{place}.expect.{}", entry.key);
                        results.push(CaseResult {
                            place: place.clone(),
                            span: entry.key_span,
                            inside,
                            failure: at(failure, &place),
                        });
                    }
                }
                (None, None, Some(node)) => {
                    let failure = self.run_case(case, None, &Expected { node, case });
                    results.push(CaseResult {
                        place: place.clone(),
                        span: node.span,
                        inside,
                        failure: at(failure, &place),
                    });
                }
                _ => {
                    let message = "`vary` and a map of expectations belong together";
                    let fault = Diagnostic::error("bad_case", case.span, message)
                        .with_help("`vary: base` with `expect: { 3000: 15, 3000.01: 30 }`");
                    results.push(CaseResult {
                        place: place.clone(),
                        span: case.span,
                        inside,
                        failure: at(Err(fault), &place),
                    });
                }
            }
        }
    }

    fn run_case(
        &self,
        case: &Node,
        varied: Option<(&str, &str, Span)>,
        expected: &Expected<'_>,
    ) -> Result<(), Diagnostic> {
        let wrong = |node: &Node, message: String| Diagnostic::error("bad_case", node.span, message);
        let rules = self.rules();
        let Some(period_node) = case.get("period") else { return Ok(()) };
        let period = Period::parse(period_node.as_text().unwrap_or_default())
            .map_err(|why| wrong(period_node, format!("the period cannot be read: {why}")))?;
        let known = match case.get("known") {
            Some(node) => {
                let day = Date::parse(node.as_text().unwrap_or_default());
                Some(day.map_err(|why| wrong(node, format!("the day cannot be read: {why}")))?)
            }
            None => None,
        };
        let charge = case.get("charge").and_then(Node::as_text);
        let settings = decisions(case.get("settings"));
        let set_aside: Vec<SetAside> = pairs(case.get("set_aside"))
            .map(|(path, reason)| SetAside { path: path.to_owned(), reason: reason.to_owned() })
            .collect();
        let request = Request { charge, period, known, settings: &settings, set_aside: &set_aside };
        let mut facts = self.facts();
        for entry in case.get("facts").and_then(Node::as_map).unwrap_or_default() {
            if rules.input_by_name(&entry.key).is_none() {
                let message = format!("there is no fact {}", quoted(&entry.key));
                let fault = Diagnostic::error("bad_case", entry.key_span, message);
                let known = nearest(&entry.key, rules.inputs.iter().map(|input| &*input.name));
                let help = if let Some(near) = known {
                    format!("did you mean `{near}`?")
                } else {
                    let names: Vec<&str> = rules.inputs.iter().map(|input| &*input.name).collect();
                    format!("known are {}", names.join(", "))
                };
                return Err(fault.with_help(help));
            }
            facts.tell(rules, &entry.key, &told(&entry.value));
        }
        if let Some((fact, value, span)) = varied {
            if rules.input_by_name(fact).is_none() {
                return Err(Diagnostic::error("bad_case", span, format!("there is no fact {} to vary", quoted(fact))));
            }
            facts.tell(rules, fact, &Told::from(value));
        }
        let wanted_text = expected.node.as_text().unwrap_or_default();
        let prepared = match self.prepare(&request) {
            Ok(prepared) => prepared,
            // A setting outside its bounds is a wrong call; a case states it as a rejection.
            Err(crate::ruleset::WrongCall::BadSetting { .. }) if wanted_text == Status::Rejected.name() => {
                return Ok(());
            }
            Err(why) => {
                let node = match why {
                    crate::ruleset::WrongCall::UnknownCharge { .. } => case.get("charge"),
                    crate::ruleset::WrongCall::NotSetAside { .. } => case.get("set_aside"),
                    _ => case.get("settings"),
                };
                return Err(wrong(node.unwrap_or(case), why.to_string()));
            }
        };
        let answer = prepared.answer(&facts, &mut Workspace::default());
        if answer.findings.iter().any(|finding| finding.code == Code::WrongPeriod)
            && wanted_text != Status::Rejected.name()
        {
            let per = prepared.charge().per;
            let name = per.map_or("", crate::value::Per::name);
            let fault = wrong(
                period_node,
                format!("`{}` is per {name}, which does not divide {period}", prepared.charge().name),
            );
            return Err(match per.and_then(|per| Period::containing(per, period.start())) {
                Some(whole) => fault.with_help(format!("ask for {whole}, or for a longer period")),
                None => fault,
            });
        }
        self.compare(&answer, expected)
    }

    fn compare(&self, answer: &Answer, expected: &Expected<'_>) -> Result<(), Diagnostic> {
        let rules = self.rules();
        let got = self.says(answer);
        let failing = |node: &Node, message: String| Diagnostic::error("failing_case", node.span, message);
        let wanted = expected.node.as_text().unwrap_or_default();
        match (Status::from_name(wanted), number(wanted)) {
            (Some(status), _) if status == answer.status => {}
            (None, Some(amount)) if answer.amount == Some(amount) => {}
            (None, None) => {
                let all: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
                let fault = Diagnostic::error(
                    "bad_case",
                    expected.node.span,
                    format!("{} is neither an amount nor a status", quoted(wanted)),
                );
                return Err(fault.with_help(format!("the statuses are {}", all.join(", "))));
            }
            _ => return Err(failing(expected.node, format!("the case expects {wanted}, the rules give {got}"))),
        }
        let case = expected.case;
        if let Some(node) = case.get("missing") {
            let wanted: Vec<&str> = node.one_or_many().iter().filter_map(Node::as_text).collect();
            let missing: Vec<&str> =
                answer.missing.iter().filter_map(|name| rules.input(name.input)).map(|input| &*input.name).collect();
            if wanted != missing {
                let message = format!(
                    "the case expects [{}] to be missing, the rules ask for [{}]",
                    wanted.join(", "),
                    missing.join(", ")
                );
                return Err(failing(node, message));
            }
        }
        if let Some(node) = case.get("rule") {
            let rule = self.rule_name(answer);
            if node.as_text() != Some(rule) {
                return Err(failing(
                    node,
                    format!(
                        "the case expects the rule {}, the answer rests on `{rule}`",
                        quoted(node.as_text().unwrap_or_default())
                    ),
                ));
            }
        }
        if let Some(node) = case.get("exact") {
            let wanted = number(node.as_text().unwrap_or_default());
            if wanted.is_none() {
                return Err(Diagnostic::error("bad_case", node.span, "an exact amount is a number or a fraction"));
            }
            if wanted != answer.exact {
                let exact = answer.exact.map_or_else(|| "no amount".to_owned(), |exact| exact.to_string());
                return Err(failing(
                    node,
                    format!("the case expects exactly {}, the rules give {exact}", node.as_text().unwrap_or_default()),
                ));
            }
        }
        if let Some(node) = case.get("bounds") {
            let bound = |key: &str| node.get(key).and_then(Node::as_text).and_then(number);
            let met = answer.bounds.map(|bounds| (Some(bounds.at_least), Some(bounds.at_most)));
            if met != Some((bound("at_least"), bound("at_most"))) {
                let got =
                    answer.bounds.map_or_else(|| "none".to_owned(), |b| format!("{} to {}", b.at_least, b.at_most));
                return Err(failing(node, format!("the bounds of the answer are {got}")));
            }
        }
        self.compare_instalments(answer, case)?;
        for node in case.get("findings").map(Node::one_or_many).unwrap_or_default() {
            let code = node.as_text().unwrap_or_default();
            if !Code::ALL.iter().any(|known| known.name() == code) {
                let near = nearest(code, Code::ALL.iter().map(|code| code.name()));
                let fault = Diagnostic::error("bad_case", node.span, format!("there is no finding {}", quoted(code)));
                return Err(match near {
                    Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                    None => fault,
                });
            }
            if !answer.findings.iter().any(|finding| finding.code.name() == code) {
                let met: Vec<&str> = answer.findings.iter().map(|finding| finding.code.name()).collect();
                return Err(failing(node, format!("the answer has no finding `{code}`; it has [{}]", met.join(", "))));
            }
        }
        Ok(())
    }

    /// The ways of paying that a case names; the answer may have others.
    fn compare_instalments(&self, answer: &Answer, case: &Node) -> Result<(), Diagnostic> {
        let Some(charge) = self.charges().charges.get(answer.charge) else { return Ok(()) };
        for entry in case.get("instalments").and_then(Node::as_map).unwrap_or_default() {
            let known = || charge.pay_by.iter().map(|way| &*way.name);
            let Some(way) = known().position(|name| *name == *entry.key) else {
                let message = format!("`{}` has no way of paying {}", charge.name, quoted(&entry.key));
                let fault = Diagnostic::error("bad_case", entry.key_span, message);
                return Err(match nearest(&entry.key, known()) {
                    Some(near) => fault.with_help(format!("did you mean `{near}`?")),
                    None => fault,
                });
            };
            let written = entry.value.one_or_many().iter().map(|node| node.as_text().unwrap_or_default());
            let wanted: Vec<Option<Exact>> = written.clone().map(number).collect();
            let failing = |got: String| {
                let written: Vec<&str> = written.clone().collect();
                let message =
                    format!("the case expects [{}] by `{}`, the rules give {got}", written.join(", "), entry.key);
                Diagnostic::error("failing_case", entry.value.span, message)
            };
            let Some(instalment) = answer.instalments.iter().find(|instalment| instalment.way == way) else {
                return Err(failing("no instalments".to_owned()));
            };
            let got: Vec<Exact> = match instalment.each() {
                Some(each) => each.collect(),
                None => vec![instalment.amount],
            };
            // One number stands for instalments that are all the same.
            let lengths =
                if entry.value.as_text().is_some() { instalment.rest.is_none() } else { got.len() == wanted.len() };
            let same = got.iter().zip(&wanted).all(|(got, wanted)| Some(*got) == *wanted);
            if !(lengths && same) {
                let all: Vec<String> = got.iter().map(|amount| instalment.text(*amount, answer)).collect();
                return Err(failing(format!("[{}]", all.join(", "))));
            }
        }
        Ok(())
    }

    /// The rule of an answer: the path of the alternative or reduction, else the charge.
    pub fn rule_name(&self, answer: &Answer) -> &str {
        match answer.rule {
            Some(rule) => self.rules().path(rule.timeline),
            None => self.charges().charges.get(answer.charge).map_or("", |charge| &charge.name),
        }
    }

    /// An answer in a few words.
    fn says(&self, answer: &Answer) -> String {
        let rule = self.rule_name(answer);
        match answer.status {
            Status::Charged => {
                let scale = answer.rounding.map_or(0, crate::value::Rounding::scale);
                let fixed = |amount: Exact| amount.to_fixed(scale).unwrap_or_else(|| amount.to_string());
                let amount = answer.amount.map_or_else(String::new, fixed);
                format!("{amount} by `{rule}`")
            }
            Status::NeedsFacts => {
                let rules = self.rules();
                let names = answer.missing.iter().filter_map(|name| rules.input(name.input));
                let names: Vec<&str> = names.map(|input| &*input.name).collect();
                format!("needs_facts [{}]", names.join(", "))
            }
            status => {
                let codes: Vec<&str> = answer.findings.iter().map(|finding| finding.code.name()).collect();
                let why = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
                format!("{}{why} by `{rule}`", status.name())
            }
        }
    }
}

fn at(result: Result<(), Diagnostic>, place: &str) -> Option<Box<Diagnostic>> {
    result.err().map(|diagnostic| Box::new(diagnostic.at(place)))
}

/// An amount or an exact number: a decimal, or a fraction.
fn number(text: &str) -> Option<Exact> {
    if let Some((above, below)) = text.split_once('/') {
        return Exact::parse(above).ok()?.checked_div(Exact::parse(below).ok()?).ok();
    }
    Exact::parse(text).ok()
}

fn pairs(node: Option<&Node>) -> impl Iterator<Item = (&str, &str)> {
    let entries = node.and_then(Node::as_map).unwrap_or_default();
    entries.iter().map(|entry| (&*entry.key, entry.value.as_text().unwrap_or_default()))
}

/// A value, a history, words or records, as a host would tell them.
pub(crate) fn told(node: &Node) -> Told {
    if let Some(text) = node.as_text() {
        return Told::Text(text.to_owned());
    }
    let items = node.as_list().unwrap_or_default();
    if items.iter().all(|item| item.as_text().is_some()) && !items.is_empty() {
        return Told::Words(items.iter().filter_map(Node::as_text).map(str::to_owned).collect());
    }
    let record = |item: &Node| -> Vec<(String, String)> {
        pairs(Some(item)).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    };
    let is_history = items.iter().all(|item| item.get("from").is_some() && item.get("value").is_some());
    if is_history {
        let text = |item: &Node, key: &str| item.get(key).and_then(Node::as_text).unwrap_or_default().to_owned();
        return Told::History(items.iter().map(|item| (text(item, "from"), text(item, "value"))).collect());
    }
    Told::Records(items.iter().map(record).collect())
}

fn decisions(node: Option<&Node>) -> Vec<Decision> {
    let mut all = Vec::new();
    for entry in node.and_then(Node::as_map).unwrap_or_default() {
        if let Some(text) = entry.value.as_text() {
            all.push(Decision::always(&*entry.key, text));
            continue;
        }
        for record in entry.value.as_list().unwrap_or_default() {
            let text = |key: &str| record.get(key).and_then(Node::as_text).map(str::to_owned);
            all.push(Decision {
                name: entry.key.to_string(),
                from: text("from"),
                issued: text("issued"),
                value: text("value").unwrap_or_default(),
            });
        }
    }
    all
}
