//! `rollbook fmt`: a rule set laid out the one usual way, with the same meaning and the same comments.

#[cfg(feature = "layout")]
mod layout;

#[cfg(not(feature = "layout"))]
pub(crate) use crate::absent::{Absent as Fmt, run};
#[cfg(feature = "layout")]
pub(crate) use layout::{Fmt, run};
