//! The native part of the Python package `rollbook`: it maps types, names and errors, and computes nothing itself.
//!
//! Values come in by `value` and go out by `plain`, `said` and `fact`; `error` raises what the core refuses.
//! `rule_set` and `answer` are the two classes, `table` answers whole tables, `command` runs the command.

#![expect(clippy::doc_link_with_quotes, reason = "the documentation of what is exported is Python's")]

mod answer;
mod command;
mod error;
mod fact;
mod plain;
mod python;
mod rule_set;
mod said;
mod table;
mod value;

use pyo3::prelude::*;

/// The native part of `rollbook`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::answer::{_answer, Answer};
    #[pymodule_export]
    use crate::command::_command;
    #[pymodule_export]
    use crate::rule_set::{_rule_set, RuleSet};
    #[pymodule_export]
    use crate::table::DuesTable;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
