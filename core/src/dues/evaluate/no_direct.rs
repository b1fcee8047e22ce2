//! In place of the direct evaluator, in builds that have to be small: no question is made ready for it, so the general one
//! answers all.

use super::reached::Reached;
use crate::dues::rule::Charge;
use crate::explain::Sink;
use crate::ruleset::evaluate::bound::Found;
use crate::ruleset::{Facts, InForce, InputId, Rules, Settings, Span};
use crate::value::Rounding;

/// What there is none of.
#[derive(Clone, Debug)]
pub(super) enum DirectPlan {}

impl DirectPlan {
    /// None.
    pub(super) fn new(_: &Rules, _: &Charge, _: &InForce, _: &Settings, _: Span) -> Option<Self> {
        None
    }

    /// Nothing, since there is no plan.
    pub(super) fn answer<S: Sink>(&self, _: &Facts, _: &mut Vec<InputId>, _: &mut S, _: &mut Reached) -> Found<()> {
        match *self {}
    }

    /// Nothing, since there is no plan.
    pub(super) fn rounding(&self) -> Rounding {
        match *self {}
    }
}
