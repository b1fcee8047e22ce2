//! Errors of the core as exceptions.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rollbook::facade::{Diagnostic, Error, ErrorCode, Position, Related};

use crate::python::{Classes, Records};

/// The exception for an error of the core; what goes wrong while it is made is raised in its place.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).map_or_else(|problem| problem, PyErr::from_value)
}

fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let Error { code, message, params, position, diagnostics } = error;
    let class = py.import("rollbook.errors")?.getattr(class_name(*code))?;
    let told = PyDict::new(py);
    for (name, value) in params {
        told.set_item(name, value)?;
    }
    let position = position.map(|position| position_of(py, position)).transpose()?;
    class.call1((code.name(), message, told, position, diagnostics_of(py, diagnostics)?))
}

fn class_name(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::RefusedRuleSet => "RuleSetError",
        ErrorCode::UnknownRuleSet => "UnknownRuleSetError",
        ErrorCode::WrongType => "WrongTypeError",
        ErrorCode::UnknownCharge
        | ErrorCode::NoCharge
        | ErrorCode::UnknownSetting
        | ErrorCode::BadSetting
        | ErrorCode::NotSetAside
        | ErrorCode::BadPeriod
        | ErrorCode::BadDate
        | ErrorCode::BadRequest
        | ErrorCode::NotCompiled
        | ErrorCode::WrongHash
        | ErrorCode::NotLoaded
        | ErrorCode::Closed => "WrongCallError",
    }
}

fn position_of(py: Python<'_>, Position { line, column }: Position) -> PyResult<Bound<'_, PyAny>> {
    Records::get(py)?.position.bind(py).call1((line, column))
}

/// Diagnostics as records.
pub(crate) fn diagnostics_of<'py>(py: Python<'py>, diagnostics: &[Diagnostic]) -> PyResult<Bound<'py, PyTuple>> {
    let classes = Classes::get(py)?;
    let one = |diagnostic: &Diagnostic| {
        let Diagnostic { code, severity, path, position, message, help, related, example, shown } = diagnostic;
        let related = related.iter().map(|Related { position, message }| {
            Records::get(py)?.related.bind(py).call1((position_of(py, *position)?, message))
        });
        let related = PyTuple::new(py, related.collect::<PyResult<Vec<_>>>()?)?;
        let severity = classes.words.severity.bind(py).as_any().get_item(severity.name())?;
        let position = position_of(py, *position)?;
        let fields = (code, severity, path, position, message, help.as_ref(), related, example.as_ref(), shown);
        Records::get(py)?.diagnostic.bind(py).call1(fields)
    };
    PyTuple::new(py, diagnostics.iter().map(one).collect::<PyResult<Vec<_>>>()?)
}
