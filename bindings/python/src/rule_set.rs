//! The handle of a rule set, as Python sees it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rollbook::facade::{self, Facts, Request};

use crate::answer::Answer;
use crate::error::{diagnostics_of, raised};
use crate::plain::Object;
use crate::python::Records;
use crate::table::{DuesTable, Wanted};
use crate::value::{self, Names};
use crate::{fact, said};

/// One organisation's written rules, compiled: a handle that may be shared between threads.
///
/// >>> import rollbook
/// >>> rules = rollbook.RuleSet.builtin("cpc")
/// >>> rules.id, rules.languages
/// ('cpc', ('zh', 'en'))
#[pyclass(frozen, module = "rollbook")]
pub(crate) struct RuleSet {
    pub(crate) rules: facade::RuleSet,
    /// What each fact and setting takes.
    names: Names,
}

impl RuleSet {
    fn new(rules: facade::RuleSet) -> Self {
        let names = fact::names(&rules.facts());
        Self { rules, names }
    }

    /// The rule sets of an iterable.
    fn each_of(parents: &Bound<'_, PyAny>) -> PyResult<Vec<facade::RuleSet>> {
        let wanted = "an iterable of RuleSet";
        let Ok(items) = parents.try_iter() else { return Err(value::wrong_type(parents, "parents", wanted)) };
        let rules = items.map(|item| {
            let item = item?;
            let parent = item.cast::<Self>().map_err(|_| value::wrong_type(&item, "parents", wanted))?;
            Ok(parent.get().rules.clone())
        });
        rules.collect()
    }

    fn told(&self, facts: &Bound<'_, PyAny>) -> PyResult<Facts> {
        value::facts(facts, &self.names)
    }
}

/// What is asked beside the facts, as the keyword arguments of every method that asks.
pub(crate) struct Asked<'a, 'py> {
    pub(crate) period: &'a Bound<'py, PyAny>,
    pub(crate) charge: Option<&'a Bound<'py, PyAny>>,
    pub(crate) known: Option<&'a Bound<'py, PyAny>>,
    pub(crate) settings: Option<&'a Bound<'py, PyAny>>,
    pub(crate) set_aside: Option<&'a Bound<'py, PyAny>>,
    pub(crate) trace: bool,
}

impl Asked<'_, '_> {
    pub(crate) fn request(self) -> PyResult<Request> {
        let Self { period, charge, known, settings, set_aside, trace } = self;
        // A setting is read by its kind where it is used; here only its class matters.
        let no_names = Names::new();
        Ok(Request {
            period: value::text(period, "period", "a str such as '2026-11'")?,
            charge: charge.map(|charge| value::text(charge, "charge", "str")).transpose()?,
            known: known.map(|known| value::day(known, "known")).transpose()?,
            settings: settings.map(|settings| value::facts(settings, &no_names)).transpose()?.unwrap_or_default(),
            set_aside: set_aside.map(|paths| value::texts(paths, "set_aside")).transpose()?.unwrap_or_default(),
            trace,
        })
    }
}

#[pymethods]
impl RuleSet {
    /// The ids of the rule sets that ship with the package.
    ///
    /// >>> import rollbook
    /// >>> "cpc" in rollbook.RuleSet.builtin_ids()
    /// True
    #[staticmethod]
    fn builtin_ids(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, facade::RuleSet::builtin_ids())
    }

    /// A rule set that ships with the package, by its id.
    ///
    /// Raises `UnknownRuleSetError` where none of that id does.
    #[staticmethod]
    fn builtin(id: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = value::text(id, "id", "str")?;
        facade::RuleSet::builtin(&text).map(Self::new).map_err(|error| raised(id.py(), &error))
    }

    /// Reads a rule set from YAML or JSON; a text that begins with `{` is JSON.
    ///
    /// Cases are not run, and warnings are not told: see `check`. `parents` are rule sets that it extends, beside those
    /// that ship; each brings its own with it. Raises `RuleSetError` with the diagnostics that say what is wrong and where.
    #[staticmethod]
    #[pyo3(signature = (text, *, parents=None))]
    fn parse(text: &Bound<'_, PyAny>, parents: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let (py, text) = (text.py(), value::text(text, "text", "str")?);
        let parents = parents.map(Self::each_of).transpose()?.unwrap_or_default();
        let parsed = py.detach(|| facade::RuleSet::parse_with(&text, &parents).map(Self::new));
        parsed.map_err(|error| raised(py, &error))
    }

    /// Reads a rule set and tells everything that a careful reviewer would, cases that fail among it; raises nothing
    /// for what is wrong with the text.
    ///
    /// >>> import rollbook
    /// >>> checked = rollbook.RuleSet.check("rollbook: 1")
    /// >>> checked.rule_set is None, checked.diagnostics[0].severity
    /// (True, <Severity.ERROR: 'error'>)
    #[staticmethod]
    #[pyo3(signature = (text, *, parents=None))]
    fn check<'py>(text: &Bound<'py, PyAny>, parents: Option<&Bound<'py, PyAny>>) -> PyResult<Object<'py>> {
        let (py, text) = (text.py(), value::text(text, "text", "str")?);
        let parents = parents.map(Self::each_of).transpose()?.unwrap_or_default();
        let facade::Checked { rule_set, diagnostics } = py.detach(|| facade::RuleSet::check_with(&text, &parents));
        let rule_set = rule_set.map(Self::new);
        Records::get(py)?.checked.bind(py).call1((rule_set, diagnostics_of(py, &diagnostics)?))
    }

    /// The short name.
    #[getter]
    fn id(&self) -> &str {
        self.rules.id()
    }

    /// Counts up with every published change.
    #[getter]
    fn edition(&self) -> u32 {
        self.rules.edition()
    }

    /// SHA-256 of the canonical document without its cases, in 64 hexadecimal digits.
    #[getter]
    fn hash(&self) -> &str {
        self.rules.hash()
    }

    /// The languages of its texts; the first is the default.
    #[getter]
    fn languages<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.rules.languages())
    }

    /// The charges, in the order of the rule set.
    #[getter]
    fn charges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.rules.charge_names())
    }

    /// The charge that is answered when none is named.
    #[getter]
    fn answers(&self) -> Option<String> {
        self.rules.answers()
    }

    /// What a form or a roster must hold: every fact with its titles, words, range and unit.
    ///
    /// >>> import rollbook
    /// >>> base = next(fact for fact in rollbook.RuleSet.builtin("cpc").facts() if fact.name == "base")
    /// >>> base.kind, base.per, base.at_least, base.titles["en"]
    /// (<Kind.MONEY: 'money'>, <Per.MONTH: 'month'>, Decimal('0'), 'dues base')
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        fact::records(py, &self.rules.facts())
    }

    /// `facts` as a JSON list with the names of its fields; what is empty is left out.
    fn facts_json(&self) -> String {
        self.rules.facts_json()
    }

    /// The JSON Schema (draft 2020-12) of the facts that a charge can read, or of all, with titles in a language.
    ///
    /// >>> import json, rollbook
    /// >>> schema = json.loads(rollbook.RuleSet.builtin("cpc").facts_schema(charge="dues", lang="en"))
    /// >>> schema["properties"]["base"]["title"]
    /// 'dues base'
    #[pyo3(signature = (*, charge=None, lang=None))]
    fn facts_schema(&self, py: Python<'_>, charge: Option<&str>, lang: Option<&str>) -> PyResult<String> {
        let languages = self.rules.languages();
        let language = lang.or(languages.first().map(String::as_str)).unwrap_or("en");
        self.rules.facts_schema(charge, language).map_err(|error| raised(py, &error))
    }

    /// What is owed, by the facts of one member or organisation.
    ///
    /// Numbers are `Decimal`, `int` or text, days `datetime.date` or text, words their names or titles. A value that
    /// changed is a list of `{"from": day, "value": value}`. A fact that is not in the mapping is unknown, which is
    /// not zero; one that cannot be read makes the answer `rejected`, with a finding that says so.
    ///
    /// `charge` is by default the one that the rule set answers; `known` leaves out rules that had not been issued by
    /// that day; `settings` is what the organisation decided, by name; `set_aside` maps rules that normally hold to the
    /// recorded reasons; `trace` asks for the steps.
    ///
    /// Raises `WrongTypeError` for a float, None or a datetime, and `WrongCallError` for a charge, setting, period or path
    /// that does not exist.
    ///
    /// >>> import rollbook
    /// >>> rules = rollbook.RuleSet.builtin("cpc")
    /// >>> answer = rules.dues({"stage": "full", "category": "waged"}, period="2026-11")
    /// >>> answer.status, [missing.name for missing in answer.missing]
    /// (<Status.NEEDS_FACTS: 'needs_facts'>, ['base'])
    #[pyo3(signature = (facts, *, period, charge=None, known=None, settings=None, set_aside=None, trace=false))]
    fn dues(
        &self,
        facts: &Bound<'_, PyAny>,
        period: &Bound<'_, PyAny>,
        charge: Option<&Bound<'_, PyAny>>,
        known: Option<&Bound<'_, PyAny>>,
        settings: Option<&Bound<'_, PyAny>>,
        set_aside: Option<&Bound<'_, PyAny>>,
        trace: bool,
    ) -> PyResult<Answer> {
        let request = Asked { period, charge, known, settings, set_aside, trace }.request()?;
        // What is wrong with facts or question is said on the long way.
        if let Ok(Some(answered)) = self.rules.dues_if_plain(&request, |teller| value::told(facts, teller)) {
            return Ok(Answer::new(answered));
        }
        let answered = self.rules.dues(&self.told(facts)?, &request);
        answered.map(Answer::new).map_err(|error| raised(facts.py(), &error))
    }

    /// What each of many owes, by an iterable of facts: as `dues`, and the question is made ready once.
    ///
    /// >>> import rollbook
    /// >>> rules = rollbook.RuleSet.builtin("cpc")
    /// >>> members = [{"stage": "full", "category": "waged", "base": base} for base in (3000, 5400)]
    /// >>> [str(answer.amount) for answer in rules.dues_of_many(members, period="2026-11")]
    /// ['15.00', '81.00']
    #[pyo3(signature = (rows, *, period, charge=None, known=None, settings=None, set_aside=None, trace=false))]
    fn dues_of_many(
        &self,
        rows: &Bound<'_, PyAny>,
        period: &Bound<'_, PyAny>,
        charge: Option<&Bound<'_, PyAny>>,
        known: Option<&Bound<'_, PyAny>>,
        settings: Option<&Bound<'_, PyAny>>,
        set_aside: Option<&Bound<'_, PyAny>>,
        trace: bool,
    ) -> PyResult<Vec<Answer>> {
        let py = rows.py();
        let request = Asked { period, charge, known, settings, set_aside, trace }.request()?;
        let facts = rows.try_iter()?.map(|row| self.told(&row?)).collect::<PyResult<Vec<Facts>>>()?;
        let answered = py.detach(|| self.rules.dues_of_many(&facts, &request));
        let answers = answered.map_err(|error| raised(py, &error))?;
        Ok(answers.into_iter().map(Answer::new).collect())
    }

    /// A request in JSON, answered in JSON: `{"answer": …}`, `{"answers": […]}` or `{"error": …}`.
    ///
    /// >>> import rollbook
    /// >>> rollbook.RuleSet.builtin("cpc").dues_json('{"facts": {"stage": "applicant"}, "period": "2026-11"}')[:12]
    /// '{"answer":{"'
    fn dues_json(&self, request: &Bound<'_, PyAny>) -> PyResult<String> {
        Ok(self.rules.dues_json(&value::text(request, "request", "str")?))
    }

    /// What each row of a table owes: a row of answers for each, in the same order, in the columns of the command's
    /// output.
    ///
    /// `table` is anything with the Arrow PyCapsule interface (polars, pandas, pyarrow, DuckDB), or a mapping of columns.
    /// Headings are names or titles of facts; `id` is passed on as it is; other columns are left out and listed in
    /// `ignored`, with a warning where one looks like a slip. An empty cell is not given, which is not zero.
    ///
    /// Money is Decimal128, or whole minor units with `scale`, the number of its decimals (2: in cents), or text; the
    /// amounts come out in the same type. Binary floats are refused with `WrongTypeError`. A cell that cannot be read
    /// costs its own row only.
    ///
    /// With `attested` a last column says how well the texts are known on which each amount rests (see `Attested`).
    ///
    /// The interpreter's lock is free meanwhile; `threads` is how many threads answer, and `progress` is called with the
    /// rows done and the rows in all.
    ///
    /// >>> import rollbook
    /// >>> rules = rollbook.RuleSet.builtin("cpc")
    /// >>> members = {"id": ["a", "b"], "stage": ["full"] * 2, "category": ["waged"] * 2, "base": ["3000", "5400"]}
    /// >>> dues = rules.dues_table(members, period="2026-11")
    /// >>> dues["id"], dues["amount"]
    /// (['a', 'b'], [Decimal('15.00'), Decimal('81.00')])
    /// >>> dues.explain(1).amount
    /// Decimal('81.00')
    #[pyo3(signature = (
        table, *, period, charge=None, known=None, settings=None, set_aside=None, scale=None, lang=None, attested=false,
        threads=1, progress=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "they are the keyword arguments of Python")]
    fn dues_table(
        &self,
        table: &Bound<'_, PyAny>,
        period: &Bound<'_, PyAny>,
        charge: Option<&Bound<'_, PyAny>>,
        known: Option<&Bound<'_, PyAny>>,
        settings: Option<&Bound<'_, PyAny>>,
        set_aside: Option<&Bound<'_, PyAny>>,
        scale: Option<u32>,
        lang: Option<&str>,
        attested: bool,
        threads: usize,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<DuesTable> {
        let request = Asked { period, charge, known, settings, set_aside, trace: false }.request()?;
        let wanted = Wanted { scale, language: lang, attested, threads, progress };
        DuesTable::answer(&self.rules, table, request, &wanted)
    }

    /// What is wrong with facts by themselves, as a form shows it: values that cannot be read or lie outside their
    /// range, words and names that do not exist. What is missing depends on the period: see `Answer.issues`.
    ///
    /// >>> import rollbook
    /// >>> [issue] = rollbook.RuleSet.builtin("cpc").validate({"base": "5,400"}, lang="en")
    /// >>> issue.code, issue.pointer, issue.severity
    /// ('bad_value', '/base', <Severity.ERROR: 'error'>)
    #[pyo3(signature = (facts, *, charge=None, lang=None))]
    fn validate<'py>(
        &self,
        facts: &Bound<'py, PyAny>,
        charge: Option<&str>,
        lang: Option<&str>,
    ) -> PyResult<Object<'py>> {
        let (py, languages) = (facts.py(), self.rules.languages());
        let language = lang.or(languages.first().map(String::as_str)).unwrap_or("en");
        let issues = self.rules.validate(&self.told(facts)?, charge, language);
        said::issues(py, &issues.map_err(|error| raised(py, &error))?)
    }

    /// The rule sets that it extends, of those that were handed in when it was read.
    #[getter]
    fn parents<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.rules.parents().iter().map(|parent| Self::new(parent.clone())))
    }

    /// The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash; it needs its parents then.
    fn to_json(&self) -> String {
        self.rules.to_json()
    }

    fn __repr__(&self) -> String {
        format!("<RuleSet {} edition {}>", self.rules.id(), self.rules.edition())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.rules.hash() == other.rules.hash()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.rules.hash().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Object<'py>, Object<'py>)> {
        let (py, this) = (slf.py(), slf.get());
        let restore = py.import("rollbook._native")?.getattr("_rule_set")?;
        let kept = (this.rules.to_json(), this.parents(py)?).into_pyobject(py)?;
        Ok((restore, kept.into_any()))
    }
}

/// A rule set that was pickled.
#[pyfunction]
pub(crate) fn _rule_set(text: &Bound<'_, PyAny>, parents: &Bound<'_, PyAny>) -> PyResult<RuleSet> {
    RuleSet::parse(text, Some(parents))
}
