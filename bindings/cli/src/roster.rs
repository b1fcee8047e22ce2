//! A roster: a table with a row for each member or organisation, read row by row into facts.

pub(crate) mod cell;
mod headings;
mod rows;
mod seen;

pub(crate) use headings::{Headings, Ignored, Why};
pub(crate) use rows::{Reader, Roster, Row, Teller};
