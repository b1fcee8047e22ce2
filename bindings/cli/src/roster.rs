//! A roster: a table with a row for each member or organisation, read row by row into facts.

pub(crate) mod cell;
mod headings;
mod rows;
mod seen;

pub(crate) use headings::{Ignored, Why};
pub(crate) use rows::{Roster, Row};
