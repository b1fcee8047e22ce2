//! Rollbook for Kotlin and Swift: a mirror of [`rollbook::facade`] through `UniFFI`.
//!
//! Nothing is decided here. Records and enums have the names and fields of the facade's; they are taken apart without
//! `..`, so that a field that is added there does not compile here until somebody decided how it is shown. What a phone's
//! language calls differently (a decimal type, a civil date, facts as its own maps, errors as its own exceptions) is the
//! work of the packages above, [`bindings/kotlin`] and [`bindings/swift`].
//!
//! [`bindings/kotlin`]: https://github.com/rollbook/rollbook/tree/main/bindings/kotlin
//! [`bindings/swift`]: https://github.com/rollbook/rollbook/tree/main/bindings/swift

mod answer;
mod error;
mod fact;
mod named;
mod question;
mod rules;

pub use answer::{
    AnswerRecord, Bounds, Citation, Finding, Instalment, Issue, Line, Missing, NextBand, Part, PathItem, Rest,
    RuleSetName, Since, Step, StepField, StepValue,
};
pub use error::{CallError, Diagnostic, ErrorCode, Failure, Position, Related, closed_handle, wrong_type};
pub use fact::{Fact, Field, Word};
pub use named::{Amount, Attested, CivilDate, Exact, Format, Kind, Owner, Per, Severity, Status};
pub use question::{Dated, Request, Value};
pub use rules::{Answered, AnsweredRows, Checked, Parents, Replies, Reply, Rules, Summary, builtin_ids, check};

uniffi::setup_scaffolding!("rollbook");
