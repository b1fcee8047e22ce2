//! Stage 14 on bound expressions.

use super::DirectPlan;
use crate::dues::evaluate::next_band::between;
use crate::explain::{Sink, Step};
use crate::ruleset::VersionId;
use crate::ruleset::evaluate::bound::{Direct, Elsewhere, Found, NodeId};
use crate::value::Exact;

/// A limit on the amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) version: VersionId,
    pub(super) when: Option<NodeId>,
    pub(super) at_most: Option<NodeId>,
    pub(super) at_least: Option<NodeId>,
}

/// The limits that hold now: the version, whether it is a greatest amount, and the amount.
type Live = Vec<(VersionId, bool, Exact)>;

impl DirectPlan {
    /// Holds the amount against the limits; one that acts is said in a finding, and those are found elsewhere.
    pub(super) fn limited<S: Sink>(&self, amount: Exact, direct: &mut Direct<'_, S>) -> Found<()> {
        let mut live = Live::new();
        self.each(direct, |version, at_most, limit| {
            let acts = if at_most { amount > limit } else { amount < limit };
            if acts {
                return Err(Elsewhere);
            }
            // All limits are read before the first is held against the amount.
            if S::ON {
                live.push((version, at_most, limit));
            }
            Ok(())
        })?;
        for turn in [true, false] {
            for (version, at_most, limit) in live.iter().copied().filter(|(_, is_most, _)| *is_most == turn) {
                direct.emit(|| Step::Limit { version, at_most, limit, before: amount, after: amount });
            }
        }
        Ok(())
    }

    /// What the limits leave of an amount; where they cross one another, all of it.
    pub(super) fn limited_to<S: Sink>(&self, amount: Exact, direct: &mut Direct<'_, S>) -> Found<Exact> {
        let (mut most, mut least) = (None, None);
        self.each(direct, |_, at_most, limit| {
            if at_most {
                most = Some(most.map_or(limit, |most: Exact| most.min(limit)));
            } else {
                least = Some(least.map_or(limit, |least: Exact| least.max(limit)));
            }
            Ok(())
        })?;
        if let (Some(most), Some(least)) = (most, least)
            && least > most
        {
            return Ok(amount);
        }
        Ok(between(amount, least, most))
    }

    /// Reads the limits that hold now: the version, whether it is a greatest amount, and the amount.
    fn each<S: Sink>(
        &self,
        direct: &mut Direct<'_, S>,
        mut hold: impl FnMut(VersionId, bool, Exact) -> Found<()>,
    ) -> Found<()> {
        for limit in &self.limits {
            if let Some(when) = limit.when
                && !direct.holds(when)?
            {
                continue;
            }
            for (expression, at_most) in [(limit.at_most, true), (limit.at_least, false)] {
                if let Some(expression) = expression {
                    hold(limit.version, at_most, direct.number(expression)?)?;
                }
            }
        }
        Ok(())
    }
}
