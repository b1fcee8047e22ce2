//! `rollbook plot`: the curve of a tariff with its cliffs, as a picture.

#[cfg(feature = "plots")]
mod curves;
#[cfg(feature = "plots")]
mod picture;

#[cfg(not(feature = "plots"))]
pub(crate) use crate::absent::{Absent as Plot, run};
#[cfg(feature = "plots")]
pub(crate) use curves::{Plot, run};
