//! The answer, as Python sees it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};
use rollbook::explain::Format;
use rollbook::facade::Answered;

use crate::plain::{Object, decimal, maybe, word};
use crate::python::Classes;
use crate::said;

/// The forms of an explanation.
const FORMATS: [(&str, Format); 3] = [("text", Format::Text), ("markdown", Format::Markdown), ("json", Format::Json)];

/// What a pickled answer keeps for every language that the rule set does not have; the code of an undetermined one.
const NO_LANGUAGE: &str = "und";

/// What is owed for a period, why, and what is missing.
///
/// An answer never changes. Two answers are equal when they say the same, which is when their canonical JSON is the
/// same; an answer can be a key of a dict and can be pickled, and then carries what was said in every language.
///
/// >>> import rollbook
/// >>> rules = rollbook.RuleSet.builtin("cpc")
/// >>> answer = rules.dues({"stage": "full", "category": "waged", "base": 5400}, period="2026-11")
/// >>> answer.status, answer.amount, answer.rule
/// (<Status.CHARGED: 'charged'>, Decimal('81.00'), 'dues.tariff.waged')
#[pyclass(frozen, module = "rollbook")]
pub(crate) struct Answer {
    said: Said,
    fields: PyOnceLock<Py<PyTuple>>,
}

/// Where the answer comes from.
#[expect(clippy::large_enum_variant, reason = "nearly every answer is of the large variant")]
enum Said {
    /// The core has just given it.
    Here(Answered),
    /// It was pickled, with everything that could be asked of it.
    Kept { json: String, explained: Py<PyDict>, issues: Py<PyDict> },
}

impl Answer {
    /// The answer that the core has given.
    pub(crate) fn new(answered: Answered) -> Self {
        Self { said: Said::Here(answered), fields: PyOnceLock::new() }
    }

    /// All fields; they are made when the first of them is asked for.
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let made = self.fields.get_or_try_init(py, || match &self.said {
            Said::Here(answered) => said::fields(py, &answered.answer()).map(Bound::unbind),
            Said::Kept { .. } => Err(PyValueError::new_err("the pickled answer has no fields")),
        });
        Ok(made?.bind(py).clone())
    }

    fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Object<'py>> {
        let at = said::FIELDS.iter().position(|field| *field == name);
        self.fields(py)?.get_item(at.ok_or_else(|| PyAttributeError::new_err(name.to_owned()))?)
    }

    fn json(&self) -> String {
        match &self.said {
            Said::Here(answered) => answered.to_json(),
            Said::Kept { json, .. } => json.clone(),
        }
    }

    /// What is kept of an answer under `language`; all languages that the rule set does not have say the same.
    fn kept<'py>(kept: &Bound<'py, PyDict>, language: Option<&str>) -> PyResult<Object<'py>> {
        let Some(language) = language else {
            return kept.values().get_item(0);
        };
        match kept.get_item(language)? {
            Some(text) => Ok(text),
            None => kept.as_any().get_item(NO_LANGUAGE),
        }
    }
}

#[pymethods]
impl Answer {
    /// What it amounts to.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        match &self.said {
            Said::Here(answered) => word(py, &Classes::get(py)?.words.status, answered.status().name()),
            Said::Kept { .. } => self.field(py, "status"),
        }
    }

    /// The rounded amount, when it is charged.
    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        match &self.said {
            Said::Here(answered) => maybe(py, answered.amount().as_deref(), decimal),
            Said::Kept { .. } => self.field(py, "amount"),
        }
    }

    /// Which rules answered: id, edition and hash.
    #[getter]
    fn rule_set<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "rule_set")
    }

    /// The charge.
    #[getter]
    fn charge<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "charge")
    }

    /// The period as it is written: `2026-11`.
    #[getter]
    fn period<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "period")
    }

    /// The currency of all amounts, by its three letters.
    #[getter]
    fn currency<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "currency")
    }

    /// The length of time that the amount is for; None for an amount paid once and for a longer period.
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "unit")
    }

    /// The amount before the last rounding, when it is charged: a Decimal, or a Fraction where the decimal would not end.
    #[getter]
    fn exact<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "exact")
    }

    /// The least and greatest amount, when the answer is open and every open alternative can be computed.
    #[getter]
    fn bounds<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "bounds")
    }

    /// The path of the alternative or reduction that gave the amount or the status; the charge, where no single one did.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "rule")
    }

    /// The first day of the version of that rule, or `not_seen`; None where there is no single rule.
    #[getter]
    fn version<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "version")
    }

    /// The clauses that the answer rests on, the rule's own first.
    #[getter]
    fn cite<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "cite")
    }

    /// How well the weakest part of it is attested.
    #[getter]
    fn attested<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "attested")
    }

    /// Facts that were not given and have a value all the same.
    #[getter]
    fn assumed<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "assumed")
    }

    /// What still matters and is not known.
    #[getter]
    fn missing<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "missing")
    }

    /// What is recommended beside a declared amount.
    #[getter]
    fn guide<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "guide")
    }

    /// The steps offered beside a declared amount.
    #[getter]
    fn suggested<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "suggested")
    }

    /// Where the next band begins and what it would cost, when the steps were asked for with `trace=True`.
    #[getter]
    fn next_band<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "next_band")
    }

    /// The ways in which a charged amount is paid in instalments, by their names. A longer period has none.
    #[getter]
    fn instalments<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "instalments")
    }

    /// Who gets it, as a word of the charge's recipients.
    #[getter]
    fn goes_to<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "goes_to")
    }

    /// A line for each record of a charge that goes through a list.
    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "lines")
    }

    /// The parts of a longer period.
    #[getter]
    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "parts")
    }

    /// What else there is to say.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "findings")
    }

    /// The steps in the order in which they were taken, when they were asked for with `trace=True`.
    #[getter]
    fn trace<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.field(py, "trace")
    }

    /// Why it is so, in words: its steps, if it was asked for with `trace=True`, and what it comes to.
    ///
    /// `lang` is a language of the rule set, by default its first; `format` is `text`, `markdown` or `json`.
    ///
    /// >>> import rollbook
    /// >>> rules = rollbook.RuleSet.builtin("cpc")
    /// >>> facts = {"stage": "full", "category": "waged", "base": 5400}
    /// >>> answer = rules.dues(facts, period="2026-11", trace=True)
    /// >>> "5400 × 1.5% = 81" in answer.explain("en")
    /// True
    #[pyo3(signature = (lang=None, format="text"))]
    fn explain<'py>(&self, py: Python<'py>, lang: Option<&str>, format: &str) -> PyResult<Object<'py>> {
        let Some((_, form)) = FORMATS.iter().find(|(name, _)| *name == format) else {
            return Err(PyValueError::new_err("`format` is text, markdown or json"));
        };
        match &self.said {
            Said::Here(answered) => {
                let languages = answered.rule_set().languages();
                let language = lang.or(languages.first().map(String::as_str)).unwrap_or("en");
                Ok(answered.explain(language, *form).into_pyobject(py)?.into_any())
            }
            Said::Kept { explained, .. } => Self::kept(explained.bind(py), lang)?.get_item(format),
        }
    }

    /// What a form shows: what is missing and the findings, in a language; by default the first of the rule set.
    #[pyo3(signature = (lang=None))]
    fn issues<'py>(&self, py: Python<'py>, lang: Option<&str>) -> PyResult<Object<'py>> {
        match &self.said {
            Said::Here(answered) => {
                let languages = answered.rule_set().languages();
                let language = lang.or(languages.first().map(String::as_str)).unwrap_or("en");
                said::issues(py, &answered.issues(language))
            }
            Said::Kept { issues, .. } => Self::kept(issues.bind(py), lang),
        }
    }

    /// The answer as canonical JSON: the same bytes in every language that Rollbook is used from.
    fn to_json(&self) -> String {
        self.json()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown = ["charge", "period", "status", "amount", "currency", "rule"].map(|name| {
            let value = self.field(py, name)?;
            Ok::<_, PyErr>(format!("{name}={}", value.repr()?))
        });
        let mut parts = shown.into_iter().collect::<PyResult<Vec<_>>>()?;
        for (name, key) in [("missing", "name"), ("findings", "code")] {
            let mut listed = Vec::new();
            for item in self.field(py, name)?.try_iter()? {
                listed.push(item?.getattr(key)?.extract::<String>()?);
            }
            if !listed.is_empty() {
                parts.push(format!("{name}=<{}>", listed.join(", ")));
            }
        }
        Ok(format!("Answer({})", parts.join(", ")))
    }

    fn _repr_markdown_<'py>(&self, py: Python<'py>) -> PyResult<Object<'py>> {
        self.explain(py, None, "markdown")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.json() == other.json()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.json().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Object<'py>, Object<'py>)> {
        let py = slf.py();
        let this = slf.get();
        let (explained, issues) = match &this.said {
            Said::Here(answered) => {
                let (explained, issues) = (PyDict::new(py), PyDict::new(py));
                let mut languages = answered.rule_set().languages();
                languages.push(NO_LANGUAGE.to_owned());
                for language in languages {
                    let texts = PyDict::new(py);
                    for (name, form) in FORMATS {
                        texts.set_item(name, answered.explain(&language, form))?;
                    }
                    explained.set_item(&language, texts)?;
                    issues.set_item(&language, said::issues(py, &answered.issues(&language))?)?;
                }
                (explained, issues)
            }
            Said::Kept { explained, issues, .. } => (explained.bind(py).clone(), issues.bind(py).clone()),
        };
        let restore = py.import("rollbook._native")?.getattr("_answer")?;
        let kept = (this.fields(py)?, this.json(), explained, issues).into_pyobject(py)?;
        Ok((restore, kept.into_any()))
    }
}

/// An answer that was pickled.
#[pyfunction]
pub(crate) fn _answer(
    fields: Bound<'_, PyTuple>,
    json: String,
    explained: Bound<'_, PyDict>,
    issues: Bound<'_, PyDict>,
) -> PyResult<Answer> {
    if fields.len() != said::FIELDS.len() {
        return Err(PyValueError::new_err("the answer was pickled by another version of rollbook"));
    }
    let py = fields.py();
    let kept = PyOnceLock::new();
    // INVARIANT: it was made one line above and is empty.
    kept.set(py, fields.unbind()).map_err(|_| PyValueError::new_err("the answer has fields already"))?;
    let said = Said::Kept { json, explained: explained.unbind(), issues: issues.unbind() };
    Ok(Answer { said, fields: kept })
}
