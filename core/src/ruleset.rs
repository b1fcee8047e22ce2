//! The rule-set document: read strictly, with the place of every text, and checked for its form.
//!
//! A document is read from YAML ([`yaml`], feature `yaml`) or JSON ([`json`]) into one [`node::Node`] tree in which
//! every scalar is text. A [`shape::Shape`] then says which keys and forms are right; the JSON Schema of [`schema`]
//! is rendered from the same tables. What is wrong is said by [`diagnostic::Diagnostic`]s, each with its place.

mod bands;
pub mod canonical;
mod citation;
mod clause;
mod datum;
mod decided;
pub mod diagnostic;
pub(crate) mod document;
pub(crate) mod evaluate;
pub mod expression;
mod given;
mod ids;
pub mod json;
mod latch;
pub mod limits;
pub mod node;
pub(crate) mod order;
pub(crate) mod packed;
mod prove;
pub(crate) mod read;
mod rules;
pub mod schema;
pub mod shape;
pub mod source;
mod suggestion;
mod text_index;
mod text_value;
mod timeline;
mod titles;
mod tree;
mod written;
#[cfg(feature = "yaml")]
pub mod yaml;

pub use bands::{Band, Bands, Edge, Gives, Stated};
pub use citation::{Attested, Citation, Source, SureOf};
pub use clause::{Clause, ClausePart, ClauseUnit};
pub use datum::{Absent, Datum, Missing, MissingName, MissingNames};
pub use decided::{Decision, Settings, WrongCall};
pub use evaluate::{Chosen, Evaluated, Halt, MAX_STEPS, ReadCharge, Reading, Scope, Span, Workspace};
pub use expression::{Arena, ExprId, Type, WordsId};
pub use given::{Facts, Given, Record, Told};
pub use ids::{ChargeId, InputId, InputSet, SettingId, SourceId, TermId, TimelineId, VersionId};
pub use prove::{
    BandFault, BandFaultKind, Effort, Example, ShapeFault, ShapeKind, Subject, Verdict, both_can_apply,
    both_can_apply_within, both_ever_apply, check_bands, date_gaps, not_covered, not_covered_within, shape_of,
    together,
};
pub use rules::{
    Alternative, Assumed, Case, Choice, Dated, Field, Formula, Input, Kind, Name, NotEncoded, Owner, Rules, Setting,
    SettingBounds, Term, Word, WordList, YearHas,
};
pub(crate) use text_value::{quoted, wanted};
pub use timeline::{InForce, Strength, Timeline, Version};
pub use titles::{Titles, spaced};
pub(crate) use written::tightness;
pub use written::{written, written_value};

/// The known name that looks most like what was written.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    shape::nearest::nearest(written, known).map(str::to_owned)
}

/// The day that was probably meant by a text that is none: `2026/11/23` is 2026-11-23, `11/23` may be anything.
pub fn nearest_day(written: &str) -> Option<String> {
    suggestion::day(written)
}
