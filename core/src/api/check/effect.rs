//! What is written but cannot have the effect that its author expects.

use super::Check;
use crate::dues::{Charge, Charges, Take};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::{Strength, TimelineId, VersionId};

impl Check<'_> {
    /// Rules that normally hold although nobody can set them aside.
    pub(super) fn strengths(&mut self, charges: &Charges) {
        let rules = self.rules;
        let of_charges = charges.charges.iter().flat_map(|charge| {
            charge
                .as_of
                .iter()
                .map(|dated| dated.timeline)
                .chain(charge.limits.iter().map(|limit| limit.dated.timeline))
        });
        let of_terms = rules.terms.iter().filter_map(|term| term.as_of.as_ref()).map(|dated| dated.timeline);
        let soft: Vec<TimelineId> = of_charges.chain(of_terms).collect();
        for (at, timeline) in rules.timelines.iter().enumerate() {
            let id = TimelineId::nth(at);
            let normal = timeline.versions.iter().find(|version| version.strength == Strength::Normally);
            let Some(version) = normal.filter(|_| !soft.contains(&id)) else { continue };
            let message = "only limits and as-of days can be set aside, so `strength: normally` has no effect here";
            let fault = Diagnostic::warning("no_effect", version.span, message.to_owned()).at(self.place(id));
            self.report(fault.with_help(
                "leave it out; what normally bounds an amount is a limit of the charge, and one that acts before reductions a \
                 limit of a charge of its own that this one reads",
            ));
        }
    }

    /// Reductions that replace another one also where their own formality is missing, so that neither is left.
    pub(super) fn lost_reductions(&mut self, charge: &Charge) {
        let Some(reductions) = charge.reductions.as_ref().filter(|reductions| reductions.take == Take::One) else {
            return;
        };
        for alternative in &reductions.choice.alternatives {
            let dated = &alternative.dated;
            let with_both = dated.bodies.iter().enumerate().find_map(|(at, case)| {
                let case = case.as_ref().filter(|case| case.body.needs.is_some())?;
                Some((u16::try_from(at).ok()?, case.instead_of?))
            });
            let Some((version, other)) = with_both else { continue };
            let replaced = reductions.choice.alternatives.get(usize::from(other));
            let other = replaced.and_then(|alternative| alternative.name.as_deref()).unwrap_or_default();
            let span = self.span(VersionId { timeline: dated.timeline, version });
            let name = alternative.name.as_deref().unwrap_or_default();
            let message = format!("where what `{name}` needs is missing, `{other}` does not apply either");
            let fault = Diagnostic::warning("both_lost", span, message).at(self.place(dated.timeline));
            self.report(fault.with_help(format!(
                "with `take: lowest` and without `instead_of`, `{other}` remains; if the full amount is meant, take the case out of \
                 the condition of `{other}` in place of `instead_of`"
            )));
        }
    }
}
