//! What would be owed where the next band begins: the amount of its row, then everything that befalls the member's own.

use super::outcome::Outcome;
use crate::dues::answer::NextBand;
use crate::value::Exact;

impl NextBand {
    /// The next band of two pieces of a period: told only where it begins at the same place in both.
    pub(super) fn together(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let other = other?;
        let same = one.filter(|one| (one.from, one.included) == (other.from, other.included))?;
        same.after(|amount| amount.checked_add(other.amount).ok())
    }

    /// The same after a stage that also changes the amount that is owed; `None` where that cannot be worked out.
    pub(super) fn after(self, stage: impl FnOnce(Exact) -> Option<Exact>) -> Option<Self> {
        Some(Self { amount: stage(self.amount)?, ..self })
    }
}

impl Outcome {
    /// Where the next band begins, if it is told.
    pub(super) fn next_band(&self) -> Option<NextBand> {
        self.rare.as_ref().and_then(|rare| rare.next_band)
    }

    /// Tells where the next band begins, or that nothing is told of it.
    pub(super) fn tell_next_band(&mut self, next: Option<NextBand>) {
        if next.is_some() || self.rare.is_some() {
            self.rare.get_or_insert_default().next_band = next;
        }
    }

    /// Puts a stage behind the amount of the next band, if one is told.
    pub(super) fn change_next_band(&mut self, stage: impl FnOnce(Exact) -> Option<Exact>) {
        if let Some(rare) = &mut self.rare {
            rare.next_band = rare.next_band.and_then(|next| next.after(stage));
        }
    }
}

/// An amount between a least and a greatest one.
pub(super) fn between(amount: Exact, least: Option<Exact>, most: Option<Exact>) -> Exact {
    let amount = most.map_or(amount, |most| amount.min(most));
    least.map_or(amount, |least| amount.max(least))
}
