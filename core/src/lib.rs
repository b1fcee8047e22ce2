//! Membership organisations, their dues and their rules as dated, cited data, evaluated exactly.

pub mod api;
pub mod dues;
pub mod explain;
pub mod ruleset;
pub mod value;

pub use api::{Checked, Refused, RuleSet};
