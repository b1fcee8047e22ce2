//! Classes of Python that values are made of, looked up once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

/// The classes of the standard library and of the package's own Python part.
pub(crate) struct Classes {
    pub(crate) decimal: Py<PyType>,
    pub(crate) date: Py<PyType>,
    pub(crate) datetime: Py<PyType>,
    pub(crate) mapping: Py<PyType>,
    pub(crate) words: Words,
}

macro_rules! looked_up {
    ($(#[$doc:meta])* $name:ident from $module:literal as $held:ty, by $look_up:expr; $($field:ident = $class:literal),+ $(,)?) => {
        $(#[$doc])*
        pub(crate) struct $name {
            $(pub(crate) $field: $held,)+
        }

        impl $name {
            fn look_up(py: Python<'_>) -> PyResult<Self> {
                let module = py.import($module)?;
                Ok(Self { $($field: $look_up(&module.getattr($class)?)?,)+ })
            }
        }
    };
}

looked_up! {
    /// The enums, each as its members by what is written.
    Words from "rollbook.enums" as Py<PyDict>, by members;
    status = "Status",
    severity = "Severity",
    attested = "Attested",
    per = "Per",
    owner = "Owner",
    kind = "Kind",
}

looked_up! {
    /// The records.
    Records from "rollbook.records" as Py<PyType>, by class;
    rule_set_name = "RuleSetName",
    bounds = "Bounds",
    citation = "Citation",
    missing = "Missing",
    next_band = "NextBand",
    instalment = "Instalment",
    rest = "Rest",
    line = "Line",
    part = "Part",
    finding = "Finding",
    step = "Step",
    issue = "Issue",
    position = "Position",
    related = "Related",
    diagnostic = "Diagnostic",
    fact = "Fact",
    field = "Field",
    word = "Word",
    checked = "Checked",
}

impl Records {
    /// The records, looked up when the first is made: an amount needs none of them.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static RECORDS: PyOnceLock<Records> = PyOnceLock::new();
        RECORDS.get_or_try_init(py, || Self::look_up(py))
    }
}

fn class(object: &Bound<'_, PyAny>) -> PyResult<Py<PyType>> {
    Ok(object.cast::<PyType>()?.clone().unbind())
}

fn members(object: &Bound<'_, PyAny>) -> PyResult<Py<PyDict>> {
    Ok(object.getattr("_value2member_map_")?.cast::<PyDict>()?.clone().unbind())
}

impl Classes {
    /// The classes, looked up at the first call.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || Self::look_up(py))
    }

    /// `fractions.Fraction`, which is only looked up where a decimal does not end.
    pub(crate) fn fraction(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
        static FRACTION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        FRACTION.import(py, "fractions", "Fraction")
    }

    fn look_up(py: Python<'_>) -> PyResult<Self> {
        let of = |module: &str, name: &str| class(&py.import(module)?.getattr(name)?);
        Ok(Self {
            decimal: of("decimal", "Decimal")?,
            date: of("datetime", "date")?,
            datetime: of("datetime", "datetime")?,
            mapping: of("collections.abc", "Mapping")?,
            words: Words::look_up(py)?,
        })
    }
}
