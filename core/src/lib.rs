//! Membership organisations, their dues and their rules as dated, cited data, evaluated exactly.

pub mod dues;
pub mod explain;
pub mod ruleset;
pub mod value;
