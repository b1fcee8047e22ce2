//! What an answer says, as records of Python. Every type is taken apart without `..`: a field that is added to the
//! facade does not compile here until somebody decided how Python shows it.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rollbook::dues::RuleSetName;
use rollbook::facade::{
    Answer, Bounds, Citation, Finding, Instalment, Issue, Line, Missing, NextBand, Part, PathItem, Rest, Since, Step,
    StepField, StepValue,
};
use rollbook::value::Date;

use crate::plain::{Object, date, decimal, exact, maybe, texts, tuple, word};
use crate::python::{Classes, Records};

/// The fields of an answer, in this order.
pub(crate) const FIELDS: [&str; 24] = [
    "rule_set",
    "charge",
    "period",
    "status",
    "amount",
    "currency",
    "unit",
    "exact",
    "bounds",
    "rule",
    "version",
    "cite",
    "attested",
    "assumed",
    "missing",
    "guide",
    "suggested",
    "next_band",
    "instalments",
    "goes_to",
    "lines",
    "parts",
    "findings",
    "trace",
];

/// The values of [`FIELDS`].
pub(crate) fn fields<'py>(py: Python<'py>, answer: &Answer) -> PyResult<Bound<'py, PyTuple>> {
    let classes = Classes::get(py)?;
    let words = &classes.words;
    let Answer {
        rule_set: RuleSetName { id, edition, hash },
        charge,
        period,
        status,
        amount,
        currency,
        unit,
        exact: exactly,
        bounds,
        rule,
        version,
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
    } = answer;
    let fields: [Object<'py>; 24] = [
        Records::get(py)?.rule_set_name.bind(py).call1((&**id, edition, &**hash))?,
        text(py, charge)?,
        text(py, period)?,
        word(py, &words.status, status.name())?,
        maybe(py, amount.as_deref(), decimal)?,
        text(py, currency)?,
        maybe(py, unit.as_ref(), |py, unit| word(py, &words.per, unit.name()))?,
        maybe(py, exactly.as_deref(), exact)?,
        maybe(py, bounds.as_ref(), bounds_of)?,
        text(py, rule)?,
        maybe(py, version.as_ref(), |py, version| since(py, *version))?,
        tuple(py, cite, |citation| citation_of(py, citation))?,
        word(py, &words.attested, attested.name())?,
        tuple(py, assumed, |name| text(py, name))?,
        tuple(py, missing, |missing| missing_of(py, missing))?,
        maybe(py, guide.as_deref(), exact)?,
        tuple(py, suggested, |number| exact(py, number))?,
        maybe(py, next_band.as_ref(), next_band_of)?,
        tuple(py, instalments, |instalment| instalment_of(py, instalment))?,
        maybe(py, goes_to.as_deref(), text)?,
        tuple(py, lines, |line| line_of(py, line))?,
        tuple(py, parts, |part| part_of(py, part))?,
        tuple(py, findings, |finding| finding_of(py, finding))?,
        maybe(py, trace.as_deref(), |py, steps: &[Step]| tuple(py, steps, |step| step_of(py, step)))?,
    ];
    PyTuple::new(py, fields)
}

/// Issues of a form, as records.
pub(crate) fn issues<'py>(py: Python<'py>, issues: &[Issue]) -> PyResult<Object<'py>> {
    tuple(py, issues, |issue| issue_of(py, issue))
}

fn text<'py>(py: Python<'py>, text: &(impl AsRef<str> + ?Sized)) -> PyResult<Object<'py>> {
    Ok(text.as_ref().into_pyobject(py)?.into_any())
}

/// The first day of a version; `not_seen` is a text, since no day stands for it.
fn since(py: Python<'_>, since: Since) -> PyResult<Object<'_>> {
    match since {
        Since::Day(day) => date(py, day),
        Since::NotSeen => text(py, "not_seen"),
    }
}

fn bounds_of<'py>(py: Python<'py>, Bounds { at_least, at_most }: &Bounds) -> PyResult<Object<'py>> {
    Records::get(py)?.bounds.bind(py).call1((decimal(py, at_least)?, decimal(py, at_most)?))
}

fn citation_of<'py>(py: Python<'py>, citation: &Citation) -> PyResult<Object<'py>> {
    let Citation { source, clause, titles } = citation;
    Records::get(py)?.citation.bind(py).call1((source, clause.as_deref(), texts(py, titles)?))
}

fn missing_of<'py>(py: Python<'py>, missing: &Missing) -> PyResult<Object<'py>> {
    let Missing { name, on, messages } = missing;
    let on = maybe(py, on.as_ref(), |py, on: &Date| date(py, *on))?;
    Records::get(py)?.missing.bind(py).call1((name, on, texts(py, messages)?))
}

fn next_band_of<'py>(py: Python<'py>, next: &NextBand) -> PyResult<Object<'py>> {
    let NextBand { from, included, amount } = next;
    Records::get(py)?.next_band.bind(py).call1((exact(py, from)?, included, decimal(py, amount)?))
}

fn instalment_of<'py>(py: Python<'py>, instalment: &Instalment) -> PyResult<Object<'py>> {
    let Instalment { way, amount, count, rest, version, cite, attested } = instalment;
    Records::get(py)?.instalment.bind(py).call1((
        way,
        decimal(py, amount)?,
        *count,
        maybe(py, rest.as_ref(), rest_of)?,
        maybe(py, version.as_ref(), |py, version| since(py, *version))?,
        tuple(py, cite, |citation| citation_of(py, citation))?,
        word(py, &Classes::get(py)?.words.attested, attested.name())?,
    ))
}

fn rest_of<'py>(py: Python<'py>, Rest { last, amount }: &Rest) -> PyResult<Object<'py>> {
    Records::get(py)?.rest.bind(py).call1((last, decimal(py, amount)?))
}

fn line_of<'py>(py: Python<'py>, line: &Line) -> PyResult<Object<'py>> {
    let Line { record, day, status, amount, exact: exactly, rule, goes_to } = line;
    let classes = Classes::get(py)?;
    Records::get(py)?.line.bind(py).call1((
        record,
        date(py, *day)?,
        word(py, &classes.words.status, status.name())?,
        maybe(py, amount.as_deref(), decimal)?,
        maybe(py, exactly.as_deref(), exact)?,
        rule,
        goes_to.as_deref(),
    ))
}

fn part_of<'py>(py: Python<'py>, Part { period, status, amount }: &Part) -> PyResult<Object<'py>> {
    let classes = Classes::get(py)?;
    let status = word(py, &classes.words.status, status.name())?;
    Records::get(py)?.part.bind(py).call1((period, status, maybe(py, amount.as_deref(), decimal)?))
}

fn finding_of<'py>(py: Python<'py>, finding: &Finding) -> PyResult<Object<'py>> {
    let Finding { code, severity, path, pointer, params, cite, messages } = finding;
    let classes = Classes::get(py)?;
    Records::get(py)?.finding.bind(py).call1((
        code,
        word(py, &classes.words.severity, severity.name())?,
        path,
        pointer,
        texts(py, params)?,
        tuple(py, cite, |citation| citation_of(py, citation))?,
        texts(py, messages)?,
    ))
}

fn step_of<'py>(py: Python<'py>, Step { step, fields }: &Step) -> PyResult<Object<'py>> {
    let values = PyDict::new(py);
    for StepField { name, value } in fields {
        let value = match value {
            StepValue::Text(value) => text(py, value)?,
            StepValue::Number(number) => exact(py, number)?,
            // The bounds `long_ago` and `never` are no days.
            StepValue::Day(day) => match Date::parse(day) {
                Ok(day) => date(py, day)?,
                Err(_) => text(py, day)?,
            },
            StepValue::Count(count) => count.into_pyobject(py)?.into_any(),
            StepValue::YesNo(answer) => answer.into_pyobject(py)?.to_owned().into_any(),
        };
        values.set_item(name, value)?;
    }
    Records::get(py)?.step.bind(py).call1((step, values))
}

fn issue_of<'py>(py: Python<'py>, issue: &Issue) -> PyResult<Object<'py>> {
    let Issue { code, severity, path, pointer, rule, params, message } = issue;
    let classes = Classes::get(py)?;
    let path = tuple(py, path, |item| match item {
        PathItem::Name(name) => text(py, name),
        PathItem::Record(number) => Ok(number.into_pyobject(py)?.into_any()),
    })?;
    Records::get(py)?.issue.bind(py).call1((
        code,
        word(py, &classes.words.severity, severity.name())?,
        path,
        pointer,
        rule,
        texts(py, params)?,
        message,
    ))
}
