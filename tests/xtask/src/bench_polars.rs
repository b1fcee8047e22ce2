//! `cargo xtask bench polars`: a roster in CSV answered by the command, beside the same rule written in polars.

use std::ffi::OsStr;

use crate::command;
use crate::project::Project;
use crate::python;

/// The peer, which comes from its registry into a folder of the build products.
const PEER: &str = "polars==2.1.*";

/// Builds the command as it is shipped and measures both; false where they do not answer the same.
///
/// # Errors
/// Python, the peer or the command cannot be had.
pub(crate) fn perform(project: &Project) -> Result<bool, String> {
    let interpreter = python::environment(project, "bench-polars", &[OsStr::new(PEER)])?;
    command::succeed(&mut project.cargo(&["build", "--release", "--package", "rollbook-cli"]))?;
    let program = project.file("tests/bench/rosters/polars_rule.py")?;
    let rollbook = project.target.join("release").join(format!("rollbook{}", std::env::consts::EXE_SUFFIX));
    Ok(command::run(project.program(interpreter).arg("-E").arg(program).arg(rollbook))?.success)
}
