//! Why an answer is what it is: the steps of an evaluation, findings, and both in words.

mod finding;
mod step;

pub use finding::{Code, Finding, Severity};
pub use step::{NoTrace, Sink, Step, TermFrom, Trace};
