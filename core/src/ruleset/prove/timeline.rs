//! Versions on the two dates: which hold together, and which days have none.

use std::collections::BTreeMap;

use crate::ruleset::timeline::{Timeline, Version};
use crate::value::Date;

/// Two dates, effective and known, on which version `ia` of one rule and version `ib` of another are both the ones
/// that hold; none when there are none.
///
/// The effective day is the earliest on which it is so for somebody who knows everything ([`Date::NEVER`]); only where
/// later texts hide one of the two is `known` the day of issue of the later one. A day before every day of the calendar
/// is shown as the last one before a change, and as [`Date::LONG_AGO`] only where nothing ever changes.
pub fn together(a: &Timeline, ia: usize, b: &Timeline, ib: usize) -> Option<(Date, Date)> {
    let both = Both::of((a, ia), (b, ib))?;
    // The more somebody knows, the more is hidden: who knows least sees all that anybody sees.
    [Date::NEVER, both.issued].into_iter().find_map(|known| {
        let effective = both.first_day(known)?;
        Some((both.shown(effective, &[]), known))
    })
}

/// Two versions of different rules, and when they may hold together.
pub(super) struct Both<'a> {
    a: (&'a Timeline, usize),
    b: (&'a Timeline, usize),
    from: Date,
    until: Date,
    /// Known from here on.
    issued: Date,
}

impl<'a> Both<'a> {
    pub(super) fn of(a: (&'a Timeline, usize), b: (&'a Timeline, usize)) -> Option<Self> {
        let (first, second) = (a.0.versions.get(a.1)?, b.0.versions.get(b.1)?);
        let (from, until) = (first.from.max(second.from), first.until.min(second.until));
        let issued = first.issued.max(second.issued);
        (from <= until && !first.repealed && !second.repealed).then_some(Self { a, b, from, until, issued })
    }

    /// The first day on which nothing that is known by then hides one of the two.
    fn first_day(&self, known: Date) -> Option<Date> {
        let hides = |rule: (&'a Timeline, usize)| {
            let own = rule.0.versions.get(rule.1).map(Version::rank);
            let later = move |version: &&Version| Some(version.rank()) > own;
            rule.0.versions.iter().filter(later).filter(move |version| version.issued <= known)
        };
        let mut hiding: Vec<(Date, Date)> =
            hides(self.a).chain(hides(self.b)).map(|version| (version.from, version.until)).collect();
        hiding.sort_unstable();
        let mut day = self.from;
        for (from, until) in hiding {
            if from > day {
                break;
            }
            if until >= day {
                if until == Date::NEVER {
                    return None;
                }
                day = until.next();
            }
        }
        (day <= self.until).then_some(day)
    }

    /// The dates, effective and known, on which something may change: the two versions, or which of the versions of
    /// other rules holds. First those of somebody who knows everything, from early to late.
    pub(super) fn dates(&self, others: &[&Timeline]) -> impl Iterator<Item = (Date, Date)> + use<'a> {
        let timelines = || [self.a.0, self.b.0].into_iter().chain(others.iter().copied());
        let mut effective: Vec<Date> = timelines().flat_map(changes).collect();
        effective.retain(|day| self.from < *day && *day <= self.until);
        effective.push(self.from);
        effective.sort_unstable();
        effective.dedup();
        let versions = timelines().flat_map(|timeline| &timeline.versions);
        let mut known: Vec<Date> =
            versions.map(|version| version.issued).filter(|issued| *issued >= self.issued).collect();
        known.push(Date::NEVER);
        known.sort_unstable_by(|a, b| b.cmp(a));
        known.dedup();
        known.into_iter().flat_map(move |known| effective.clone().into_iter().map(move |day| (day, known)))
    }

    /// Whether both hold.
    pub(super) fn hold(&self, effective: Date, known: Date) -> bool {
        [self.a, self.b].into_iter().all(|(timeline, version)| {
            timeline.at(effective, known).is_some_and(|chosen| usize::from(chosen) == version)
        })
    }

    /// A day as it is shown: what holds since ever, on the last day of the calendar before a change, if there is one.
    pub(super) fn shown(&self, day: Date, others: &[&Timeline]) -> Date {
        if !day.is_bound() {
            return day;
        }
        let timelines = [self.a.0, self.b.0].into_iter().chain(others.iter().copied());
        let change = timelines.flat_map(changes).filter(|change| *change > day).min();
        let last = change.map_or(self.until, Date::previous);
        if last.is_bound() { day } else { last }
    }
}

/// Runs of days (first and last, both included) between two versions on which none holds, for somebody who knows all.
///
/// The days before the first version and after the last one are no gaps, nor are those that follow a version which
/// repeals the rule: there the silence is meant.
pub fn date_gaps(timeline: &Timeline) -> Vec<(Date, Date)> {
    let mut changes: Vec<(Date, usize, bool)> = Vec::new();
    for (place, version) in timeline.versions.iter().enumerate().filter(|(_, version)| version.from <= version.until) {
        changes.push((version.from, place, true));
        if version.until != Date::NEVER {
            changes.push((version.until.next(), place, false));
        }
    }
    changes.sort_unstable();
    // Who knows everything takes, of the versions that cover a day, the one with the greatest rank.
    let mut covering: BTreeMap<((u8, Date, Date), usize), bool> = BTreeMap::new();
    let mut gaps = Vec::new();
    let mut is_stated = false;
    let mut gap: Option<Date> = None;
    let mut changes = changes.into_iter().peekable();
    while let Some((day, place, begins)) = changes.next() {
        if let Some(version) = timeline.versions.get(place) {
            let key = (version.rank(), place);
            if begins {
                covering.insert(key, version.repealed);
            } else {
                covering.remove(&key);
            }
        }
        if changes.peek().is_some_and(|next| next.0 == day) {
            continue;
        }
        match covering.last_key_value() {
            Some((_, false)) => {
                gaps.extend(gap.take().map(|first| (first, day.previous())));
                is_stated = true;
            }
            Some((_, true)) => (is_stated, gap) = (false, None),
            None if is_stated => gap = gap.or(Some(day)),
            None => {}
        }
    }
    gaps
}

/// The days on which another version may hold than on the day before.
fn changes(timeline: &Timeline) -> impl Iterator<Item = Date> {
    timeline.versions.iter().flat_map(|version| {
        let after = version.until.next();
        [Some(version.from), (after != version.until).then_some(after)].into_iter().flatten()
    })
}
