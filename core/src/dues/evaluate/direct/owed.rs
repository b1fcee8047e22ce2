//! Stage 10 on bound expressions.

use super::DirectPlan;
use crate::dues::evaluate::owed::days_between;
use crate::explain::{Sink, Step};
use crate::ruleset::VersionId;
use crate::ruleset::evaluate::bound::{Direct, Elsewhere, Found, NodeId};
use crate::value::{Date, Exact};

/// On which days the charge is owed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owed {
    pub(super) version: VersionId,
    pub(super) starts: Option<NodeId>,
    pub(super) ends: Option<NodeId>,
    pub(super) when: Option<NodeId>,
    /// Whether a part of the period costs the whole.
    pub(super) whole: bool,
}

/// The days that are owed, from the first to the last.
type Days = Option<(Date, Date)>;

impl DirectPlan {
    /// The first day owed; or by which version there is none.
    pub(super) fn owed<S: Sink>(&self, direct: &mut Direct<'_, S>) -> Found<Result<Date, VersionId>> {
        let of = days_between(self.start, self.end);
        let Some(owed) = &self.owed else {
            let first = self.start;
            direct.emit(|| Step::Owed { version: None, first, days: of, of, factor: Exact::ONE });
            return Ok(Ok(first));
        };
        let days = if S::ON {
            let days = direct.without_steps(|direct| self.days(owed, direct))?;
            self.on_one_day(owed, days, direct)?;
            days
        } else {
            self.days(owed, direct)?
        };
        let version = owed.version;
        let Some((first, last)) = days else {
            direct.emit(|| Step::NotOwed { version });
            return Ok(Err(version));
        };
        if !owed.whole && (first, last) != (self.start, self.end) {
            return Err(Elsewhere);
        }
        let days = || days_between(first, last);
        direct.emit(|| Step::Owed { version: Some(version), first, days: days(), of, factor: Exact::ONE });
        Ok(Ok(first))
    }

    fn days<S: Sink>(&self, owed: &Owed, direct: &mut Direct<'_, S>) -> Found<Days> {
        let first = owed.starts.map_or(Ok(Date::LONG_AGO), |day| direct.deciding_day(day))?;
        let last = owed.ends.map_or(Ok(Date::NEVER), |day| direct.deciding_day(day))?;
        if first > last || first > self.end || last < self.start {
            return Ok(None);
        }
        if let Some(when) = owed.when
            && !direct.holds(when)?
        {
            return Ok(None);
        }
        Ok(Some((first.max(self.start), last.min(self.end))))
    }

    /// The steps of the decision: on the first owed day all of it holds; against the first day of the period it is read
    /// as far as it takes to decide.
    fn on_one_day<S: Sink>(&self, owed: &Owed, days: Days, direct: &mut Direct<'_, S>) -> Found<()> {
        direct.forget_terms();
        if let Some((first, _)) = days {
            direct.day = first;
            if let Some(when) = owed.when {
                direct.holds(when)?;
            }
            for bound in [owed.starts, owed.ends].into_iter().flatten() {
                direct.deciding_day(bound)?;
            }
            return Ok(());
        }
        direct.day = self.start;
        if let Some(starts) = owed.starts
            && self.start < direct.deciding_day(starts)?
        {
            return Ok(());
        }
        if let Some(ends) = owed.ends
            && self.start > direct.deciding_day(ends)?
        {
            return Ok(());
        }
        if let Some(when) = owed.when {
            direct.holds(when)?;
        }
        Ok(())
    }
}
