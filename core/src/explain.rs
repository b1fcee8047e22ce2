//! Why an answer is what it is: the steps of an evaluation, findings, and both in words.

mod clauses;
mod finding;
pub(crate) mod json_writer;
mod message;
mod names;
mod number;
mod step;

pub use finding::{Code, Finding, Severity};
pub use step::{NoTrace, Sink, Step, TermFrom, Trace};
