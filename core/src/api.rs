//! Read a rule set, check it, ask it: in the ids of its compiled form. In names and texts: [`crate::facade`].

#[cfg(feature = "builtin")]
mod builtin;
mod cases;
mod check;
mod compiled;
mod curve;
mod document;
mod extend;
mod load;

use std::sync::Arc;

use crate::dues::{Answer, Charges, Prepared, Request};
use crate::explain::{Format, Outline};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::node::Node;
use crate::ruleset::{Facts, Rules, Told, Workspace, WrongCall, canonical};
use crate::value::Date;

#[cfg(feature = "builtin")]
pub use builtin::{BUILTIN, Builtin};
pub use cases::CaseResult;
pub use compiled::{COMPILED_FORMAT, NotCompiled};
pub use curve::{Curve, CurveError, CurveJump, CurvePoint, CurveRequest};
pub use extend::Parents;
pub use load::FORMAT;

/// A compiled rule set: a handle that is cheap to clone and may be shared between threads.
#[derive(Clone, Debug)]
pub struct RuleSet {
    compiled: Arc<Compiled>,
}

#[derive(Debug)]
struct Compiled {
    rules: Rules,
    charges: Charges,
    document: Document,
}

/// What a rule set was compiled from.
#[derive(Debug)]
enum Document {
    /// The document as it was read; its own cases stand in it.
    Read(Node),
    /// Its text in JSON without cases, where it was compiled before.
    Written(Box<str>),
}

/// A rule set that was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rule set is refused: {}", .diagnostics.first().map_or("it cannot be read", |first| &first.message))]
pub struct Refused {
    /// What is wrong with it; at least one error.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The rule set, unless it is refused.
    pub rule_set: Option<RuleSet>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl RuleSet {
    /// Reads a rule set from YAML or JSON; a text that begins with `{` is JSON.
    ///
    /// Cases are not run, and warnings are not told: see [`RuleSet::check`].
    ///
    /// # Errors
    ///
    /// [`Refused`] with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        Self::parse_with(text, &shipped)
    }

    /// As [`RuleSet::parse`], for a rule set that may extend others than those that ship: `parents` gives the text of one by
    /// its id.
    ///
    /// # Errors
    ///
    /// [`Refused`] with what is wrong and where; also where a parent is not found, or is refused itself.
    pub fn parse_with(text: &str, parents: Parents<'_>) -> Result<Self, Refused> {
        let checked = Self::check_with(text, parents);
        checked.rule_set.ok_or(Refused { diagnostics: checked.diagnostics })
    }

    /// Reads a rule set and tells everything that a careful reviewer would: errors and warnings.
    pub fn check(text: &str) -> Checked {
        Self::check_with(text, &shipped)
    }

    /// As [`RuleSet::check`], with `parents` as for [`RuleSet::parse_with`].
    pub fn check_with(text: &str, parents: Parents<'_>) -> Checked {
        let loaded = load::load(text, parents);
        let rule_set = loaded.compiled.zip(loaded.document).map(|((rules, charges), document)| {
            let compiled = Compiled { rules, charges, document: Document::Read(document) };
            Self { compiled: Arc::new(compiled) }
        });
        Checked { rule_set, diagnostics: loaded.diagnostics }
    }

    /// The common part of the rule set: names, facts, settings, terms, sources, timelines, expressions.
    pub fn rules(&self) -> &Rules {
        &self.compiled.rules
    }

    /// Its charges.
    pub fn charges(&self) -> &Charges {
        &self.compiled.charges
    }

    /// No facts yet, to be told.
    pub fn facts(&self) -> Facts {
        Facts::new(self.rules())
    }

    /// Facts from pairs of name and value, as text, histories or records.
    ///
    /// A value that does not fit its kind is told by the answer.
    pub fn facts_from<'n, T: Into<Told>>(&self, pairs: impl IntoIterator<Item = (&'n str, T)>) -> Facts {
        let mut facts = self.facts();
        for (name, value) in pairs {
            facts.tell(self.rules(), name, &value.into());
        }
        facts
    }

    /// What is owed, without the steps.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::prepare`], which is faster for many sets of facts.
    pub fn dues(&self, facts: &Facts, request: &Request<'_>) -> Result<Answer, WrongCall> {
        Ok(self.prepare(request)?.answer(facts, &mut Workspace::default()))
    }

    /// What is owed, with the steps that led to it.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::prepare`], which is faster for many sets of facts.
    pub fn explain(&self, facts: &Facts, request: &Request<'_>) -> Result<Answer, WrongCall> {
        Ok(self.prepare(request)?.explain(facts, &mut Workspace::default()))
    }

    /// An answer in words: its steps if it has them, its findings and its amount.
    pub fn render(&self, answer: &Answer, language: &str, format: Format) -> String {
        crate::explain::render(self.rules(), self.charges(), answer, language, format)
    }

    /// The rules that are in force on a day, in words, as a document to read; without a day, on the last one on which a
    /// rule begins or has ended. `known`: only those that had been issued by then.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// let fdp = rollbook::RuleSet::builtin("fdp").unwrap();
    /// let text = fdp.outline(None, None, "en").write(rollbook::explain::OutlineFormat::Text);
    /// assert!(text.contains("== Facts =="), "{text}");
    /// # }
    /// ```
    pub fn outline(&self, at: Option<Date>, known: Option<Date>, language: &str) -> Outline {
        let at = at.unwrap_or_else(|| self.rules().last_change());
        Outline::of(self.rules(), self.charges(), at, known.unwrap_or(Date::NEVER), language)
    }

    /// An answer as canonical JSON.
    pub fn to_json(&self, answer: &Answer) -> String {
        answer.to_json(self.rules(), self.charges())
    }

    /// The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash.
    pub fn document_json(&self) -> String {
        match &self.compiled.document {
            Document::Read(document) => canonical::document_json(document, &["cases"]),
            Document::Written(text) => text.to_string(),
        }
    }

    /// Makes a question ready for many sets of facts.
    ///
    /// # Errors
    ///
    /// A charge or setting that does not exist, a setting outside its bounds, or a path that cannot be set aside.
    pub fn prepare(&self, request: &Request<'_>) -> Result<Prepared<'_>, WrongCall> {
        Prepared::new(self.rules(), self.charges(), request)
    }
}

/// The text of a rule set that ships, by its id: what a rule set extends unless its host knows more.
pub fn shipped(id: &str) -> Option<String> {
    #[cfg(feature = "builtin")]
    {
        BUILTIN.iter().find(|builtin| builtin.id == id).map(|builtin| builtin.text.to_owned())
    }
    #[cfg(not(feature = "builtin"))]
    {
        let _ = id;
        None
    }
}

/// The ids of the rule sets that ship.
fn shipped_ids() -> impl Iterator<Item = &'static str> {
    #[cfg(feature = "builtin")]
    {
        BUILTIN.iter().map(|builtin| builtin.id)
    }
    #[cfg(not(feature = "builtin"))]
    {
        std::iter::empty()
    }
}

/// The JSON Schema of rule sets, for editors: draft 2020-12, pretty-printed, the same text every time.
pub fn json_schema() -> String {
    crate::ruleset::schema::json_schema(&document::RULE_SET, "Rollbook rule set", "rollbook-rule-set-1.schema.json")
}
