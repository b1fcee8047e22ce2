//! The handles: a compiled rule set, an answer with the rules that gave it, many of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rollbook::facade;

use crate::answer::{AnswerRecord, Issue, RuleSetName};
use crate::error::{CallError, Diagnostic, signed};
use crate::fact::Fact;
use crate::named::{Amount, Format, Status};
use crate::question::{Question, Request, Value, facts};

/// The ids of the rule sets that ship with the library.
#[uniffi::export]
pub fn builtin_ids() -> Vec<String> {
    facade::RuleSet::builtin_ids()
}

/// Reads a rule set and tells everything that a careful reviewer would: errors and warnings, cases that fail among them.
/// `parents` are rule sets that it extends, beside those that ship.
#[uniffi::export]
pub fn check(text: &str, parents: &Parents) -> Checked {
    let facade::Checked { rule_set, diagnostics } = facade::RuleSet::check_with(text, &parents.all());
    Checked {
        rules: rule_set.map(|rule_set| Arc::new(Rules { rule_set })),
        diagnostics: diagnostics.into_iter().map(Diagnostic::from).collect(),
    }
}

/// The rule sets that one of them extends.
///
/// They join by a call of their own: a host that closed one is then told so, while a closed handle inside a list would be
/// read after its end.
#[derive(Debug, Default, uniffi::Object)]
pub struct Parents {
    rule_sets: Mutex<Vec<facade::RuleSet>>,
}

#[uniffi::export]
impl Parents {
    /// None yet.
    #[uniffi::constructor]
    pub fn none() -> Arc<Self> {
        Arc::new(Self::default())
    }
}

impl Parents {
    fn all(&self) -> Vec<facade::RuleSet> {
        self.rule_sets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a check found.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Checked {
    /// The rule set, unless it is refused.
    pub rules: Option<Arc<Rules>>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// A compiled rule set. It may be used by many threads at once.
#[derive(Debug, uniffi::Object)]
pub struct Rules {
    rule_set: facade::RuleSet,
}

/// An answer with the rules that gave it.
#[derive(Debug, uniffi::Object)]
pub struct Answered {
    answered: facade::Answered,
}

/// Many answers, in the order of their questions, behind one handle.
#[derive(Debug, uniffi::Object)]
pub struct AnsweredRows {
    rows: Vec<facade::Answered>,
}

/// What one question brought: what it amounts to, and the handle that has the rest. To carry over everything that an answer
/// says takes longer than to find it, and most callers want the amount.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Reply {
    /// The answer in full.
    pub answered: Arc<Answered>,
    /// What it amounts to.
    pub summary: Summary,
}

/// What many questions brought: what rosters show of each at once, and the handle that has the rest.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Replies {
    /// The answers in full.
    pub rows: Arc<AnsweredRows>,
    /// What they amount to.
    pub summaries: Vec<Summary>,
}

/// What an answer amounts to.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Summary {
    /// What it amounts to.
    pub status: Status,
    /// The rounded amount, when it is charged.
    pub amount: Option<Amount>,
}

impl Summary {
    fn of(answered: &facade::Answered) -> Self {
        Self { status: answered.status().into(), amount: answered.amount().map(Amount) }
    }
}

#[uniffi::export]
impl Rules {
    /// A rule set that ships with the library, by its id.
    ///
    /// # Errors
    /// No rule set of that id ships.
    #[uniffi::constructor]
    pub fn builtin(id: &str) -> Result<Arc<Self>, CallError> {
        Ok(Arc::new(Self { rule_set: facade::RuleSet::builtin(id)? }))
    }

    /// Reads a rule set from YAML or JSON; a text that begins with `{` is JSON. `parents` are rule sets that it extends,
    /// beside those that ship; each brings its own with it.
    ///
    /// # Errors
    /// The rule set is refused, with the diagnostics that say what is wrong and where.
    #[uniffi::constructor]
    pub fn parse(text: &str, parents: &Parents) -> Result<Arc<Self>, CallError> {
        Ok(Arc::new(Self { rule_set: facade::RuleSet::parse_with(text, &parents.all())? }))
    }

    /// Joins the parents of a rule set that is to be read.
    pub fn join(&self, parents: &Parents) {
        parents.rule_sets.lock().unwrap_or_else(PoisonError::into_inner).push(self.rule_set.clone());
    }

    /// The short name, the edition and the hash.
    pub fn name(&self) -> RuleSetName {
        RuleSetName {
            id: self.rule_set.id().to_owned(),
            edition: signed(self.rule_set.edition()),
            hash: self.rule_set.hash().to_owned(),
        }
    }

    /// The languages of its texts; the first is the default.
    pub fn languages(&self) -> Vec<String> {
        self.rule_set.languages()
    }

    /// The charges, in the order of the rule set.
    pub fn charge_names(&self) -> Vec<String> {
        self.rule_set.charge_names()
    }

    /// The charge that is answered when none is named.
    pub fn answers(&self) -> Option<String> {
        self.rule_set.answers()
    }

    /// The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash; it needs its parents then.
    pub fn to_json(&self) -> String {
        self.rule_set.to_json()
    }

    /// What a form or a roster must hold, in the order of the rule set.
    pub fn facts(&self) -> Vec<Fact> {
        self.rule_set.facts().into_iter().map(Fact::from).collect()
    }

    /// The facts as a JSON list.
    pub fn facts_json(&self) -> String {
        self.rule_set.facts_json()
    }

    /// The JSON Schema of the facts that a charge can read, or of all, with titles in a language.
    ///
    /// # Errors
    /// A charge that does not exist.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses by value")]
    pub fn facts_schema(&self, charge: Option<String>, language: &str) -> Result<String, CallError> {
        Ok(self.rule_set.facts_schema(charge.as_deref(), language)?)
    }

    /// What is owed.
    ///
    /// # Errors
    /// A wrong call. A fact that does not fit is no error: the answer is rejected and says which.
    pub fn dues(&self, question: Question) -> Result<Reply, CallError> {
        let Question { told, request } = question;
        let answered = self.rule_set.dues(&facts(told), &request.into())?;
        let summary = Summary::of(&answered);
        Ok(Reply { answered: Arc::new(Answered { answered }), summary })
    }

    /// What each of many owes; the question is made ready once.
    ///
    /// # Errors
    /// As for one; no row can cause one.
    pub fn dues_of_many(&self, told: Vec<HashMap<String, Value>>, request: Request) -> Result<Replies, CallError> {
        let told: Vec<facade::Facts> = told.into_iter().map(facts).collect();
        let rows = self.rule_set.dues_of_many(&told, &request.into())?;
        let summaries = rows.iter().map(Summary::of).collect();
        Ok(Replies { rows: Arc::new(AnsweredRows { rows }), summaries })
    }

    /// A request in JSON, answered in JSON: an answer, answers or an error.
    pub fn dues_json(&self, request: &str) -> String {
        self.rule_set.dues_json(request)
    }

    /// What is wrong with facts by themselves. What is missing depends on the period and is told by an answer's issues.
    ///
    /// # Errors
    /// A charge that does not exist.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses by value")]
    pub fn validate(
        &self,
        told: HashMap<String, Value>,
        charge: Option<String>,
        language: &str,
    ) -> Result<Vec<Issue>, CallError> {
        let issues = self.rule_set.validate(&facts(told), charge.as_deref(), language)?;
        Ok(issues.into_iter().map(Issue::from).collect())
    }
}

#[uniffi::export]
impl Answered {
    /// What it amounts to.
    pub fn status(&self) -> Status {
        self.answered.status().into()
    }

    /// The rounded amount at its unit, when it is charged.
    pub fn amount(&self) -> Option<Amount> {
        self.answered.amount().map(Amount)
    }

    /// Everything that it says.
    pub fn answer(&self) -> AnswerRecord {
        self.answered.answer().into()
    }

    /// What a form shows: what is missing and the findings, in a language.
    pub fn issues(&self, language: &str) -> Vec<Issue> {
        self.answered.issues(language).into_iter().map(Issue::from).collect()
    }

    /// Why it is so, in words: Chinese for `zh`, English for every other language.
    pub fn explain(&self, language: &str, format: Format) -> String {
        self.answered.explain(language, format.into())
    }

    /// The answer as canonical JSON: the same bytes in every language.
    pub fn to_json(&self) -> String {
        self.answered.to_json()
    }
}

#[uniffi::export]
impl AnsweredRows {
    /// The answer of a row, counted from 0, to be explained; none where there is no such row.
    pub fn row(&self, number: i32) -> Option<Arc<Answered>> {
        Some(Arc::new(Answered { answered: self.answered(number)?.clone() }))
    }

    /// Everything that the answer of a row says; none where there is no such row.
    pub fn answer(&self, number: i32) -> Option<AnswerRecord> {
        Some(self.answered(number)?.answer().into())
    }
}

impl AnsweredRows {
    fn answered(&self, number: i32) -> Option<&facade::Answered> {
        self.rows.get(usize::try_from(number).ok()?)
    }
}
