//! The handle of a compiled rule set, and what it answers.

use std::sync::Arc;

use super::answer::Issue;
use super::answered::{Answered, Naming};
use super::desk::{Desk, Desks};
use super::error::{self, Diagnostic, Error, ErrorCode};
use super::fact::{self, Fact};
use super::family::Family;
use super::question::json::{About, Asked};
use super::question::{Facts, Request, decisions, tell_all};
use super::recent::Recent;
use super::schema;
use crate::api;
use crate::dues::{self, Charges, Prepared, SetAside};
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::{self, Rules, diagnostic, order};
use crate::value::{Date, Period};

/// A compiled rule set: a handle that is cheap to clone and may be shared between threads.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "builtin")] {
/// use rollbook::facade::{Facts, Request, RuleSet, Value};
///
/// let cpc = RuleSet::builtin("cpc")?;
/// let facts = Facts::from([
///     ("stage".to_owned(), Value::from("full")),
///     ("category".to_owned(), Value::from("waged")),
///     ("base".to_owned(), Value::Number("5400".to_owned())),
/// ]);
/// let answer = cpc.dues(&facts, &Request::new("2026-11"))?.answer();
/// assert_eq!(answer.amount.as_deref(), Some("81.00"));
/// assert_eq!(answer.rule, "dues.tariff.waged");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RuleSet {
    shared: Arc<Shared>,
}

/// What all handles of a rule set share.
#[derive(Debug)]
struct Shared {
    engine: api::RuleSet,
    recent: Recent,
    desks: Desks,
    /// The rule sets that were handed in with it and that it extends.
    parents: Vec<RuleSet>,
}

impl From<api::RuleSet> for RuleSet {
    fn from(engine: api::RuleSet) -> Self {
        Self::with_parents(engine, Vec::new())
    }
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The rule set, unless it is refused.
    pub rule_set: Option<RuleSet>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// The diagnostics as a JSON list.
    pub fn diagnostics_json(&self) -> String {
        let mut json = JsonWriter::default();
        json.array(|json| self.diagnostics.iter().for_each(|diagnostic| diagnostic.write_json(json)));
        json.finish()
    }
}

impl RuleSet {
    /// The ids of the rule sets that ship with the library.
    pub fn builtin_ids() -> Vec<String> {
        builtins().map(str::to_owned).collect()
    }

    /// A rule set that ships with the library, by its id.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::UnknownRuleSet`] where no rule set of that id ships with this build of the library.
    pub fn builtin(id: &str) -> Result<Self, Error> {
        #[cfg(feature = "builtin")]
        if let Some(rule_set) = api::RuleSet::builtin(id) {
            return Ok(rule_set.into());
        }
        Err(Error::unknown_rule_set(id, &Self::builtin_ids()))
    }

    /// Reads a rule set from YAML (feature `yaml`) or JSON; a text that begins with `{` is JSON.
    ///
    /// Cases are not run, and warnings are not told: see [`RuleSet::check`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::RefusedRuleSet`] with the diagnostics that say what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_with(text, &[])
    }

    /// As [`RuleSet::parse`], for a rule set that extends others than those that ship: `parents` are rule sets that were read
    /// before, each found by its id. One that extends further ones brings these with it. They come before those that ship.
    ///
    /// ```
    /// use rollbook::facade::RuleSet;
    ///
    /// let of = |id: &str, more: &str| {
    ///     format!(r#"{{"rollbook": "1", "id": "{id}", "edition": "1", "languages": ["en"], "title": "{id}", "currency": "EUR"{more}}}"#)
    /// };
    /// let national = RuleSet::parse(&of("national", r#", "sources": {"statutes": {"title": "Statutes", "in_force": "2010-01-01",
    ///     "attested": "official"}}, "charges": {"dues": {"per": "month", "tariff": {"cite": "statutes art. 3", "amount": "5"},
    ///     "round": {"cite": "statutes art. 4", "is": "half_up to 0.01"}}}"#))?;
    /// let branch = of("branch", r#", "extends": {"id": "national", "edition": "1"}"#);
    /// assert_eq!(RuleSet::parse_with(&branch, &[national])?.charge_names(), ["dues"]);
    /// assert_eq!(RuleSet::parse(&branch).unwrap_err().diagnostics[0].code, "no_parent");
    /// # Ok::<(), rollbook::facade::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`RuleSet::parse`]; also where a parent is not found or is of another edition.
    pub fn parse_with(text: &str, parents: &[RuleSet]) -> Result<Self, Error> {
        let family = Family::new(parents);
        match api::RuleSet::parse_with(text, &|id| family.text(id)) {
            Ok(rule_set) => Ok(family.handed_to(rule_set)),
            Err(refused) => Err(Error::refused(text, &refused)),
        }
    }

    /// Reads a rule set and tells everything that a careful reviewer would: errors and warnings, cases that fail
    /// among them.
    pub fn check(text: &str) -> Checked {
        Self::check_with(text, &[])
    }

    /// As [`RuleSet::check`], with `parents` as for [`RuleSet::parse_with`].
    pub fn check_with(text: &str, parents: &[RuleSet]) -> Checked {
        let family = Family::new(parents);
        let api::Checked { rule_set, mut diagnostics } = api::RuleSet::check_with(text, &|id| family.text(id));
        if let Some(cases) = rule_set.as_ref().and_then(|rule_set| rule_set.test(None).ok()) {
            diagnostics.extend(cases.into_iter().filter_map(|case| case.failure).map(|failure| *failure));
            diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
        }
        let refused = diagnostics.iter().any(|diagnostic| diagnostic.severity == diagnostic::Severity::Error);
        Checked {
            rule_set: rule_set.filter(|_| !refused).map(|rule_set| family.handed_to(rule_set)),
            diagnostics: error::diagnostics(text, &diagnostics),
        }
    }

    /// Loads a rule set that was checked and compiled before by [`RuleSet::compiled`], without checking it again. `hash` is
    /// the SHA-256 of the bytes ([`sha256`][crate::ruleset::canonical::sha256]) in hexadecimal digits: by it a caller vouches that they come from a rule set that was
    /// checked, and are whole. It is not the [`RuleSet::hash`] of the document.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::WrongHash`] for other bytes than those that are vouched for, [`ErrorCode::NotCompiled`] for bytes that are no
    /// compiled rule set or one of another version.
    pub fn from_compiled(bytes: &[u8], hash: &str) -> Result<Self, Error> {
        Ok(api::RuleSet::from_compiled(bytes, hash)?.into())
    }

    /// As [`RuleSet::from_compiled`], for a host that has computed the SHA-256 of the bytes already: `digest`, in hexadecimal
    /// digits. It is compared with `hash` here, and not computed again.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::from_compiled`].
    pub fn from_digested(bytes: &[u8], digest: &str, hash: &str) -> Result<Self, Error> {
        Ok(api::RuleSet::from_digested(bytes, digest, hash)?.into())
    }

    /// The rule set as bytes that [`RuleSet::from_compiled`] loads, its document among them and its cases not.
    pub fn compiled(&self) -> Vec<u8> {
        self.engine().compiled()
    }

    /// The short name.
    pub fn id(&self) -> &str {
        &self.rules().id
    }

    /// Counts up with every published change.
    pub fn edition(&self) -> u32 {
        self.rules().edition
    }

    /// SHA-256 of the canonical document without its cases, in 64 hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.rules().hash
    }

    /// The languages of its texts; the first is the default.
    pub fn languages(&self) -> Vec<String> {
        self.rules().languages.iter().map(ToString::to_string).collect()
    }

    /// The charges, in the order of the rule set.
    pub fn charge_names(&self) -> Vec<String> {
        self.charges().charges.iter().map(|charge| charge.name.to_string()).collect()
    }

    /// The charge that is answered when none is named.
    pub fn answers(&self) -> Option<String> {
        let charges = self.charges();
        charges.answers.and_then(|at| charges.charges.get(at)).map(|charge| charge.name.to_string())
    }

    /// The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash; it needs
    /// its [`RuleSet::parents`] then.
    pub fn to_json(&self) -> String {
        self.engine().document_json()
    }

    /// The rule sets that were handed in when it was read and that it extends; what these extend stands with them.
    pub fn parents(&self) -> &[RuleSet] {
        &self.shared.parents
    }

    /// What a form or a roster must hold, in the order of the rule set.
    pub fn facts(&self) -> Vec<Fact> {
        fact::all(self.rules(), self.charges())
    }

    /// [`RuleSet::facts`] as a JSON list of objects with the names of the fields; what is empty is left out.
    pub fn facts_json(&self) -> String {
        fact::to_json(&self.facts())
    }

    /// The JSON Schema of the facts that a charge can read, or of all: draft 2020-12, with titles in a language.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::UnknownCharge`] for a charge that does not exist.
    pub fn facts_schema(&self, charge: Option<&str>, language: &str) -> Result<String, Error> {
        self.known_charge(charge)?;
        let facts = self.facts();
        let read = |fact: &&Fact| charge.is_none_or(|charge| fact.read_by.iter().any(|reader| reader == charge));
        let title = self.rules().title.get(language).unwrap_or(self.id());
        Ok(schema::of_facts(facts.iter().filter(read), title, language))
    }

    /// What is owed.
    ///
    /// # Errors
    ///
    /// A charge or setting that does not exist, a setting outside its bounds, a path that cannot be set aside, a period
    /// or day that cannot be read. A fact that does not fit is no error: the answer is `rejected` and says which.
    pub fn dues(&self, facts: &Facts, request: &Request) -> Result<Answered, Error> {
        let trace = request.trace;
        self.prepared(request, |prepared| {
            self.at_a_desk(|desk| {
                tell_all(&mut desk.facts, self.rules(), facts);
                self.one(prepared, trace, desk)
            })
        })
    }

    /// What each of many owes: the question is made ready once.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::dues`]; no row can cause one.
    pub fn dues_of_many(&self, rows: &[Facts], request: &Request) -> Result<Vec<Answered>, Error> {
        let trace = request.trace;
        self.prepared(request, |prepared| {
            self.at_a_desk(|desk| {
                let answers = rows.iter().map(|facts| {
                    desk.facts.clear();
                    tell_all(&mut desk.facts, self.rules(), facts);
                    self.one(prepared, trace, desk)
                });
                answers.collect()
            })
        })
    }

    /// What is wrong with facts by themselves: values that cannot be read or lie outside their range, words and names
    /// that do not exist. What is missing depends on the period and is said by [`Answered::issues`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::UnknownCharge`] for a charge that does not exist.
    pub fn validate(&self, facts: &Facts, charge: Option<&str>, language: &str) -> Result<Vec<Issue>, Error> {
        self.known_charge(charge)?;
        let mut told = self.engine().facts();
        tell_all(&mut told, self.rules(), facts);
        let mut refused: Vec<&crate::explain::Finding> = told.refused().iter().collect();
        // The order in which facts were told says nothing.
        order::sort_by(&mut refused, |one, other| one.pointer.cmp(&other.pointer));
        let naming = Naming::of_rules(self.rules(), self.charges());
        Ok(refused.into_iter().map(|finding| naming.issue(finding, language)).collect())
    }

    /// Answers a request in JSON with JSON: [`Asked::from_json`] says what is asked. The result is
    /// `{"answer": …}` or `{"answers": […]}` with answers in canonical JSON, or `{"error": …}`.
    pub fn dues_json(&self, request: &str) -> String {
        let answered = Asked::from_json(request).and_then(|Asked { request, about }| match about {
            About::One(facts) => Ok(format!("{{\"answer\":{}}}", self.dues(&facts, &request)?.to_json())),
            About::Many(rows) => {
                let answers = self.dues_of_many(&rows, &request)?;
                let answers: Vec<String> = answers.iter().map(Answered::to_json).collect();
                Ok(format!("{{\"answers\":[{}]}}", answers.join(",")))
            }
        });
        answered.unwrap_or_else(|error| {
            let mut json = JsonWriter::default();
            json.object(|json| error.write_json(json.key("error")));
            json.finish()
        })
    }

    /// The engine's own rule set, for faces that read columns and answer in columns.
    pub fn engine(&self) -> &api::RuleSet {
        &self.shared.engine
    }

    fn known_charge(&self, charge: Option<&str>) -> Result<(), Error> {
        let Some(name) = charge.filter(|_| self.charges().find(charge).is_none()) else { return Ok(()) };
        let near = ruleset::nearest(name, self.charges().charges.iter().map(|charge| &*charge.name));
        let name = name.chars().take(40).collect();
        Err(ruleset::WrongCall::UnknownCharge { name, near }.into())
    }

    /// A rule set with the parents that were handed in for it.
    pub(super) fn with_parents(engine: api::RuleSet, parents: Vec<Self>) -> Self {
        Self { shared: Arc::new(Shared { engine, recent: Recent::default(), desks: Desks::default(), parents }) }
    }

    #[cfg(test)]
    pub(super) fn recent(&self) -> &Recent {
        &self.shared.recent
    }

    pub(super) fn rules(&self) -> &Rules {
        self.engine().rules()
    }

    pub(super) fn charges(&self) -> &Charges {
        self.engine().charges()
    }

    pub(super) fn at_a_desk<T>(&self, answer: impl FnOnce(&mut Desk) -> T) -> T {
        self.shared.desks.at_one(self.rules(), answer)
    }

    pub(super) fn one(&self, prepared: &Prepared<'_>, trace: bool, desk: &mut Desk) -> Answered {
        let Desk { facts, work } = desk;
        let answer = if trace { prepared.explain(facts, work) } else { prepared.answer(facts, work) };
        Answered::new(self.clone(), answer)
    }

    /// Makes a question ready and lets `answer` use it, for many rows that a face holds in columns.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::dues`].
    pub fn prepared<T>(&self, request: &Request, answer: impl FnOnce(&Prepared<'_>) -> T) -> Result<T, Error> {
        if let Some(plan) = self.shared.recent.get(request)
            && let Some(prepared) = Prepared::of(self.rules(), self.charges(), plan)
        {
            return Ok(answer(&prepared));
        }
        let prepared = self.make_ready(request)?;
        self.shared.recent.keep(request, prepared.plan());
        Ok(answer(&prepared))
    }

    fn make_ready(&self, request: &Request) -> Result<Prepared<'_>, Error> {
        let Request { period, charge, known, settings, set_aside, trace: _ } = request;
        let shown = |text: &str| ruleset::quoted(text);
        let period = Period::parse(period).map_err(|why| {
            Error::new(ErrorCode::BadPeriod, format!("the period `{}` cannot be read: {why}", shown(period)))
                .with("value", shown(period))
                .with("wanted", "2026-11 / 2026-Q4 / 2026-H2 / 2026")
        })?;
        let day = |text: &String| {
            Date::parse(text).map_err(|why| {
                Error::new(ErrorCode::BadDate, format!("the day `{}` cannot be read: {why}", shown(text)))
                    .with("name", "known")
                    .with("value", shown(text))
                    .with("wanted", "2026-01-31")
            })
        };
        let known = known.as_ref().map(day).transpose()?;
        if charge.is_none() && self.charges().answers.is_none() {
            let names = self.charge_names().join(", ");
            return Err(Error::new(ErrorCode::NoCharge, format!("name a charge: {names}")).with("wanted", names));
        }
        let settings = decisions(self.rules(), settings)?;
        let aside = |(path, reason): (&String, &String)| SetAside { path: path.clone(), reason: reason.clone() };
        let set_aside: Vec<SetAside> = set_aside.iter().map(aside).collect();
        let request =
            dues::Request { charge: charge.as_deref(), period, known, settings: &settings, set_aside: &set_aside };
        Ok(self.engine().prepare(&request)?)
    }
}

#[cfg(feature = "builtin")]
fn builtins() -> impl Iterator<Item = &'static str> {
    api::BUILTIN.iter().map(|builtin| builtin.id)
}

#[cfg(not(feature = "builtin"))]
fn builtins() -> impl Iterator<Item = &'static str> {
    std::iter::empty()
}
