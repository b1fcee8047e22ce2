//! The bounds of an answer that is still open.

use super::Stages;
use super::outcome::Outcome;
use super::reductions::Applies;
use super::stages::Reached;
use crate::dues::answer::{Bounds, Status};
use crate::dues::rule::{ReductionBody, Reductions};
use crate::explain::Sink;
use crate::ruleset::{Attested, Evaluated, VersionId};
use crate::value::{Date, Exact};

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// The amounts that an open choice of alternatives leaves possible, if every one can be computed.
    pub(super) fn open_tariff(&mut self, open: &[VersionId], day: Date) -> Option<Bounds> {
        if self.scope.is_silent() {
            return None;
        }
        let charge = self.charge;
        let mut amounts = Vec::with_capacity(open.len());
        for version in open {
            let alternative = charge.tariff.alternatives.iter().find(|a| a.dated.timeline == version.timeline)?;
            let case = alternative.dated.body(*version)?;
            let outcome = self.scope_silently(|stages| stages.by_alternative(*version, &case.body, day));
            amounts.push(self.possible(outcome, day)?);
        }
        between(&amounts)
    }

    /// The amounts that an open choice of reductions leaves possible, if every one can be computed.
    pub(super) fn open_reductions(&mut self, reductions: &Reductions, day: Date) -> Option<Bounds> {
        if self.scope.is_silent() {
            return None;
        }
        let full = self.scope_silently(|stages| stages.tariff(day));
        let start = match &full {
            Ok(Ok(outcome)) => outcome.clone(),
            _ => return None,
        };
        let mut amounts = vec![self.possible(full, day)?];
        for alternative in &reductions.choice.alternatives {
            let Some(version) = self.scope.in_force.version(alternative.dated.timeline) else { continue };
            let case = alternative.dated.body(version)?;
            if matches!(case.body.body, ReductionBody::Exempt) {
                amounts.push(Exact::ZERO);
                continue;
            }
            let applies = Applies { version, body: case.body.body };
            let outcome = self.scope_silently(|stages| stages.reduce(applies, start.clone(), day, Attested::Official));
            amounts.push(self.possible(outcome, day)?);
        }
        between(&amounts)
    }

    /// The rounded amount that a possible outcome would have.
    pub(super) fn possible(&mut self, outcome: Evaluated<Result<Outcome, Box<Outcome>>>, day: Date) -> Option<Exact> {
        match outcome.ok()? {
            Ok(outcome) => self.scope_silently(|stages| {
                let exact = outcome.exact?;
                let mut outcome = outcome;
                let exact = stages.limited(exact, day, &mut outcome).ok()?.ok()?;
                stages.finish(Reached { exact, outcome }, day).amount
            }),
            Err(outcome) if matches!(outcome.status, Status::Exempt | Status::NotDue) => Some(Exact::ZERO),
            Err(_) => None,
        }
    }
}

fn between(amounts: &[Exact]) -> Option<Bounds> {
    let (least, most) = (amounts.iter().min()?, amounts.iter().max()?);
    Some(Bounds { at_least: *least, at_most: *most })
}
