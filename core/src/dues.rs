//! Dues and levies: what a member or an organisation owes for a period, and why.
//!
//! A charge is a fixed row of stages, each a list of versions of its own: owed, as-of day, reductions, tariff, limits,
//! rounding, instalments. A [`Charge`] is what an organisation may write, in its compiled form, an [`Answer`] what is said back, and
//! [`Prepared`] computes one from the other.

mod answer;
pub(crate) mod document;
mod evaluate;
pub(crate) mod json;
mod packed;
pub(crate) mod read;
mod rule;

pub use answer::{Answer, Bounds, Instalment, Line, NextBand, Part, Rest, RuleSetName, Status};
pub(crate) use evaluate::Plan;
pub use evaluate::{Prepared, Request, SetAside};
pub use rule::{
    Charge, Charges, Declared, Divided, Due, Each, Form, LimitBody, NamedLimit, Owed, OwedPart, Reduction,
    ReductionBody, Reductions, Row, Schedule, Take, Tariff, TariffBody, VersionsOn, Way, WayBody,
};
