//! Plain values of the facade as objects of Python: numbers, days, words, texts by language.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyTuple};
use rollbook::value::Date;

use crate::python::Classes;

/// An object of Python.
pub(crate) type Object<'py> = Bound<'py, PyAny>;

/// A decimal number, such as an amount.
pub(crate) fn decimal<'py>(py: Python<'py>, number: &str) -> PyResult<Object<'py>> {
    Classes::get(py)?.decimal.bind(py).call1((number,))
}

/// An exact number: a `Decimal`, or a `Fraction` where the decimal would not end.
pub(crate) fn exact<'py>(py: Python<'py>, number: &str) -> PyResult<Object<'py>> {
    if number.contains('/') { Classes::fraction(py)?.call1((number,)) } else { decimal(py, number) }
}

/// A value or None.
pub(crate) fn maybe<'py, T: ?Sized>(
    py: Python<'py>,
    value: Option<&T>,
    object: impl Fn(Python<'py>, &T) -> PyResult<Object<'py>>,
) -> PyResult<Object<'py>> {
    value.map_or_else(|| Ok(py.None().into_bound(py)), |value| object(py, value))
}

/// A day.
pub(crate) fn date(py: Python<'_>, day: Date) -> PyResult<Object<'_>> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    PyDate::new(py, day.year(), part(day.month()), part(day.day())).map(Bound::into_any)
}

/// A member of an enum by what is written; the text itself, should the enum not have it.
pub(crate) fn word<'py>(py: Python<'py>, members: &Py<PyDict>, written: &str) -> PyResult<Object<'py>> {
    match members.bind(py).get_item(written)? {
        Some(member) => Ok(member),
        None => Ok(written.into_pyobject(py)?.into_any()),
    }
}

/// A tuple of what each item becomes.
pub(crate) fn tuple<'py, T>(
    py: Python<'py>,
    items: &[T],
    object: impl Fn(&T) -> PyResult<Object<'py>>,
) -> PyResult<Object<'py>> {
    let objects = items.iter().map(object).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, objects).map(Bound::into_any)
}

/// Texts by name or language.
pub(crate) fn texts<'py>(py: Python<'py>, texts: &BTreeMap<String, String>) -> PyResult<Object<'py>> {
    let dict = PyDict::new(py);
    for (name, text) in texts {
        dict.set_item(name, text)?;
    }
    Ok(dict.into_any())
}
