//! Cases as they stand in a file: what is asked, what was worked out by hand, and what every language gives.

use std::collections::BTreeMap;

use rollbook::facade::RuleSet;
use rollbook::value::Exact;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A file of cases about one rule set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What its cases have in common.
    pub(crate) about: String,
    /// The rule set by the id of one that ships.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rules: Option<String>,
    /// The rule set by its document, where it does not ship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// The rule sets that ship and that the document extends, by their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) parents: Vec<String>,
    /// The cases.
    pub(crate) cases: Vec<Case>,
}

impl File {
    /// The rule set that the cases are about.
    ///
    /// # Errors
    /// When it is refused or none is named.
    pub(crate) fn rule_set(&self) -> Result<RuleSet, String> {
        let rules = match (&self.rules, &self.document) {
            (Some(id), None) => RuleSet::builtin(id),
            (None, Some(text)) => RuleSet::parse(text),
            _ => return Err(format!("`{}` names its rule set by `rules` or by `document`", self.about)),
        };
        rules.map_err(|error| format!("`{}`: {error}", self.about))
    }
}

/// One question to the facade, with the texts that come back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Its name, once in a folder.
    pub(crate) name: String,
    /// Why it is there, where the name does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// What is called.
    pub(crate) call: Call,
    /// A text to be read: a rule set, the id of one, a request in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Value>,
    /// A request as it is written in JSON: `facts` or `rows`, `period` and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<Value>,
    /// The charge of a call that takes no request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) charge: Option<String>,
    /// The language of a call that takes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    /// What was worked out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) expect: Option<Expect>,
    /// What comes back, byte for byte.
    #[serde(default)]
    pub(crate) results: Vec<String>,
}

/// What is called, by its name in the facade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Call {
    /// The rule set of an id: its hash.
    Builtin,
    /// A rule set from a text: its hash.
    Parse,
    /// What a reviewer would say of a text: each diagnostic as it is shown.
    Check,
    /// What a form must hold, and the same as a JSON Schema.
    Facts,
    /// What is wrong with facts by themselves: each issue as a line.
    Validate,
    /// What is owed: the answer, and its explanations in Chinese and English where the steps are asked for.
    Dues,
    /// What each of many owes.
    DuesOfMany,
    /// A request that is itself a text of JSON.
    DuesJson,
    /// What a form shows beside an answer: each issue as a line.
    Issues,
    /// The explanation of an answer in Chinese and English, as Markdown and as JSON.
    Explain,
}

/// What was worked out by hand of an answer or an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// The code of the error, where the call cannot be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// What it amounts to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    /// The amount, with the decimals of its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<String>,
    /// The amount before rounding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exact: Option<String>,
    /// The rule that decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    /// The facts that are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<Vec<String>>,
    /// Findings that are among those of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) findings: Option<Vec<String>>,
    /// The least and greatest amount of an open answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bounds: Option<BTreeMap<String, String>>,
}

impl Case {
    /// A call about which nothing else is said yet.
    pub(crate) fn new(name: String, call: Call) -> Self {
        Self {
            name,
            note: None,
            call,
            text: None,
            request: None,
            charge: None,
            lang: None,
            expect: None,
            results: Vec::new(),
        }
    }

    /// A question for what is owed.
    pub(crate) fn dues(name: String, request: Value) -> Self {
        Self { request: Some(request), ..Self::new(name, Call::Dues) }
    }
}

impl Expect {
    /// Compares what was worked out by hand with an answer, and writes its amount as the answer does.
    ///
    /// # Errors
    /// Where the answer says something else.
    pub(crate) fn met_by(&mut self, result: &str) -> Result<(), String> {
        let said: Value = serde_json::from_str(result).unwrap_or_default();
        if let Some(code) = &self.error {
            let refused = said.pointer("/error/code").is_some_and(|it| it == code);
            let refused = refused || result.starts_with(&format!("{code}: "));
            return if refused { Ok(()) } else { Err(format!("it is not refused as {code}")) };
        }
        let answer = said.get("answer").unwrap_or(&said);
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        let amount = text("amount");
        if self.amount.as_deref().and_then(number) == amount.as_deref().and_then(number) {
            self.amount.clone_from(&amount);
        }
        let listed = |key: &str, name: &str| -> Vec<String> {
            let items = answer.get(key).and_then(Value::as_array).into_iter().flatten();
            items.filter_map(|item| item.get(name)?.as_str().map(str::to_owned)).collect()
        };
        let findings = listed("findings", "code");
        let bound = |(name, wanted): (&String, &String)| {
            answer.get("bounds").and_then(|bounds| bounds.get(name)?.as_str()).and_then(number) == number(wanted)
        };
        let met = [
            ("status", self.status == text("status")),
            ("amount", self.amount == amount),
            ("exact", self.exact.as_deref().is_none_or(|it| number(it) == text("exact").as_deref().and_then(number))),
            ("rule", self.rule.is_none() || self.rule == text("rule")),
            ("missing", self.missing.as_ref().is_none_or(|wanted| *wanted == listed("missing", "name"))),
            ("findings", self.findings.iter().flatten().all(|wanted| findings.contains(wanted))),
            ("bounds", self.bounds.iter().flatten().all(bound)),
        ];
        match met.iter().find(|(_, met)| !met) {
            None => Ok(()),
            Some((what, _)) => Err(format!("the {what} of the answer is another")),
        }
    }
}

/// A number: a decimal or a fraction.
fn number(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        None => Exact::parse(text).ok(),
        Some((above, below)) => Exact::parse(above).ok()?.checked_div(Exact::parse(below).ok()?).ok(),
    }
}
