//! Why an answer is what it is: the steps of an evaluation, findings, and both in words.

mod clauses;
mod finding;
pub(crate) mod json_writer;
mod kept;
mod message;
mod names;
mod number;
pub mod outline;
mod put;
pub(crate) mod render;
mod step;

pub(crate) use kept::Kept;
pub(crate) use names::Names;

pub use finding::{Code, Finding, Severity};
pub use outline::{Outline, OutlineFormat};
pub(crate) use render::facts_in_words;
pub use render::{ExplainedLine, Explanation, Format, LineKind, render};
pub use step::{NoTrace, Sink, Step, TermFrom, Trace};
