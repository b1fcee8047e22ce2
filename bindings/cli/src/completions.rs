//! `rollbook completions` and `rollbook man`: the words of the command, for shells and as manual pages.

#[cfg(feature = "completions")]
mod generated;

#[cfg(not(feature = "completions"))]
pub(crate) use crate::absent::{Absent as Completions, Absent as Man, run as man, run as write};
#[cfg(feature = "completions")]
pub(crate) use generated::{Completions, Man, man, write};
