//! Rollbook for browsers, Node and workers: the engine behind the npm package `rollbook`.
//!
//! Everything crosses as text, which costs less than objects and is the same in every host: questions and answers are
//! the JSON of [`rollbook::facade`], errors its JSON, thrown as a string; facts that are single values cross more plainly
//! (`plain`). The package around it ([`npm`][npm]) turns
//! them into objects, errors and types; neither it nor this crate knows a rule.
//!
//! It is built twice. The small engine loads rule sets that were checked and compiled before. The full one (feature `full`) also reads and
//! checks documents, and answers by two evaluators.
//!
//! [npm]: https://github.com/rollbook/rollbook/tree/main/bindings/wasm/npm

#[cfg(feature = "full")]
pub mod full;
mod plain;

use rollbook::facade::{About, Answered, Asked, Error, Format, Issue, Request, RuleSet, facts_from_json};
use wasm_bindgen::prelude::wasm_bindgen;

/// A compiled rule set.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rules {
    rule_set: RuleSet,
    known: plain::Known,
}

impl From<RuleSet> for Rules {
    fn from(rule_set: RuleSet) -> Self {
        Self { rule_set, known: plain::Known::default() }
    }
}

/// An error as its JSON, which the package makes an `Error` object of.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
fn thrown(error: Error) -> String {
    error.to_json()
}

#[wasm_bindgen]
impl Rules {
    /// Loads a rule set that was checked and compiled before, by the SHA-256 of its bytes; `digest` is what the host computed
    /// as such, if it did.
    ///
    /// # Errors
    /// The error in JSON: other bytes than those with this hash, bytes of something else.
    pub fn load(bytes: &[u8], hash: &str, digest: Option<String>) -> Result<Rules, String> {
        match digest {
            Some(digest) => RuleSet::from_digested(bytes, &digest, hash),
            None => RuleSet::from_compiled(bytes, hash),
        }
        .map(Self::from)
        .map_err(thrown)
    }

    /// The short name.
    pub fn id(&self) -> String {
        self.rule_set.id().to_owned()
    }

    /// The edition.
    pub fn edition(&self) -> u32 {
        self.rule_set.edition()
    }

    /// The hash of the document.
    pub fn hash(&self) -> String {
        self.rule_set.hash().to_owned()
    }

    /// The languages, the default one first.
    pub fn languages(&self) -> Vec<String> {
        self.rule_set.languages()
    }

    /// The charges.
    pub fn charges(&self) -> Vec<String> {
        self.rule_set.charge_names()
    }

    /// The charge that is answered when none is named.
    pub fn answers(&self) -> Option<String> {
        self.rule_set.answers()
    }

    /// The document as JSON, in its own order.
    pub fn document(&self) -> String {
        self.rule_set.to_json()
    }

    /// The facts that a form must hold, as JSON.
    pub fn facts(&self) -> String {
        self.rule_set.facts_json()
    }

    /// The JSON Schema of the facts that a charge can read, or of all.
    ///
    /// # Errors
    /// The error in JSON: a charge that does not exist.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses by value")]
    pub fn facts_schema(&self, charge: Option<String>, language: &str) -> Result<String, String> {
        self.rule_set.facts_schema(charge.as_deref(), language).map_err(thrown)
    }

    /// The answer to one question: canonical JSON; to many, a JSON list of such.
    ///
    /// # Errors
    /// The error in JSON: a request that cannot be read, a wrong call.
    pub fn dues(&self, request: &str) -> Result<String, String> {
        let Asked { request, about } = Asked::from_json(request).map_err(thrown)?;
        match about {
            About::One(facts) => Ok(self.rule_set.dues(&facts, &request).map_err(thrown)?.to_json()),
            About::Many(rows) => {
                let answers = self.rule_set.dues_of_many(&rows, &request).map_err(thrown)?;
                let answers: Vec<String> = answers.iter().map(Answered::to_json).collect();
                Ok(format!("[{}]", answers.join(",")))
            }
        }
    }

    /// A request in JSON, answered in JSON: an answer, answers or an error.
    pub fn dues_json(&self, request: &str) -> String {
        self.rule_set.dues_json(request)
    }

    /// The answer to one question in words: `text`, `markdown` or `json`.
    ///
    /// # Errors
    /// The error in JSON, as [`Rules::dues`].
    pub fn explain(&self, request: &str, language: &str, format: &str) -> Result<String, String> {
        let format = match format {
            "text" => Format::Text,
            "markdown" => Format::Markdown,
            "json" => Format::Json,
            _ => return Err(thrown(Error::wrong_type("format", "another text", "`text`, `markdown` or `json`"))),
        };
        Ok(self.one(request, true)?.explain(language, format))
    }

    /// What a form shows beside one question, as JSON: what is missing and the findings of the answer.
    ///
    /// # Errors
    /// The error in JSON, as [`Rules::dues`].
    pub fn issues(&self, request: &str, language: &str) -> Result<String, String> {
        Ok(Issue::list_to_json(&self.one(request, false)?.issues(language)))
    }

    /// What is wrong with facts by themselves, as JSON.
    ///
    /// # Errors
    /// The error in JSON: facts that cannot be read, a charge that does not exist.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses by value")]
    pub fn validate(&self, facts: &str, charge: Option<String>, language: &str) -> Result<String, String> {
        let facts = facts_from_json(facts).map_err(thrown)?;
        let issues = self.rule_set.validate(&facts, charge.as_deref(), language).map_err(thrown)?;
        Ok(Issue::list_to_json(&issues))
    }

    fn one(&self, request: &str, trace: bool) -> Result<Answered, String> {
        let Asked { request, about } = Asked::from_json(request).map_err(thrown)?;
        let About::One(facts) = about else {
            return Err(thrown(Error::wrong_type("rows", "several questions", "one question with `facts`")));
        };
        self.rule_set.dues(&facts, &Request { trace, ..request }).map_err(thrown)
    }
}

/// The error for a value of a type that carries no exact value, in JSON.
#[wasm_bindgen]
pub fn wrong_type(name: &str, given: &str, wanted: &str) -> String {
    Error::wrong_type(name, given, wanted).to_json()
}

/// The error for a handle that was closed before it was used, in JSON.
#[wasm_bindgen]
pub fn closed(name: &str) -> String {
    Error::closed(name).to_json()
}

/// The error for a rule set that does not ship with the package, in JSON.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "lists cross by value")]
pub fn unknown_rule_set(id: &str, known: Vec<String>) -> String {
    Error::unknown_rule_set(id, &known).to_json()
}
