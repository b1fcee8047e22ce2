//! Verbs that a build leaves out: they are known, and say so.

use std::ffi::OsString;

use clap::Args;

use crate::Streams;
use crate::failure::Failure;

/// Whatever such a verb is told.
#[derive(Debug, Args)]
pub(crate) struct Absent {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

pub(crate) fn run(_: &Absent, _: &mut Streams<'_>) -> Result<u8, Failure> {
    Err(Failure::new("this build of the command leaves this verb out; the program `rollbook` has it"))
}
