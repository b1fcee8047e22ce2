//! The command `rollbook` for `python -m rollbook`.

use std::ffi::OsString;
use std::io::{stderr, stdin, stdout};

use pyo3::prelude::*;

/// Runs the command on the streams of the process; gives the exit code.
#[pyfunction]
pub(crate) fn _command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let words = std::iter::once(OsString::from("rollbook")).chain(arguments);
    py.detach(|| rollbook_cli::run(words, &mut stdin().lock(), &mut stdout().lock(), &mut stderr().lock()))
}
