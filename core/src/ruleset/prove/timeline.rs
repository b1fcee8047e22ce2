//! Versions on the two dates: which hold together, and which days have none.

use crate::ruleset::timeline::Timeline;
use crate::value::Date;

/// Two dates, effective and known, on which version `ia` of one rule and version `ib` of another are both the ones
/// that hold; none when there are none.
///
/// The effective day is the earliest on which it is so for somebody who knows everything ([`Date::NEVER`]); only where
/// later texts hide one of the two is `known` an earlier day of issue. It is [`Date::LONG_AGO`] only where both
/// versions hold on every day that any version of the two rules begins after.
pub fn together(a: &Timeline, ia: usize, b: &Timeline, ib: usize) -> Option<(Date, Date)> {
    let (first, second) = (a.versions.get(ia)?, b.versions.get(ib)?);
    let (from, until) = (first.from.max(second.from), first.until.min(second.until));
    if from > until || first.repealed || second.repealed {
        return None;
    }
    let issued = first.issued.max(second.issued);
    let (ia, ib) = (u16::try_from(ia).ok()?, u16::try_from(ib).ok()?);
    let is_chosen =
        |effective: &Date, known: Date| a.at(*effective, known) == Some(ia) && b.at(*effective, known) == Some(ib);
    // What is chosen changes only where a version begins, after one ends, and on a day of issue.
    let mut days: Vec<Date> = changes(a).chain(changes(b)).filter(|day| from <= *day && *day <= until).collect();
    days.push(from);
    days.sort_unstable();
    days.dedup();
    let versions = || a.versions.iter().chain(&b.versions);
    let mut known: Vec<Date> = versions().map(|version| version.issued).filter(|day| *day >= issued).collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    known.dedup();
    known.insert(0, Date::NEVER);
    known.into_iter().find_map(|known| {
        let effective = days.iter().copied().find(|day| is_chosen(day, known))?;
        Some((if effective.is_bound() { last_day_alike(effective, until, &days) } else { effective }, known))
    })
}

/// A version that holds since ever is shown on a day of the calendar, where there is one: the last before a change.
fn last_day_alike(effective: Date, until: Date, days: &[Date]) -> Date {
    let change = days.iter().copied().find(|day| *day > effective);
    let last = change.map_or(until, Date::previous);
    if last.is_bound() { effective } else { last }
}

/// Runs of days (first and last, both included) between two versions on which none holds, for somebody who knows all.
///
/// The days before the first version and after the last one are no gaps, nor are those that follow a version which
/// repeals the rule: there the silence is meant.
pub fn date_gaps(timeline: &Timeline) -> Vec<(Date, Date)> {
    let mut days: Vec<Date> = changes(timeline).collect();
    days.push(Date::LONG_AGO);
    days.sort_unstable();
    days.dedup();
    let mut gaps = Vec::new();
    let mut is_stated = false;
    let mut gap: Option<Date> = None;
    for day in days {
        match holding(timeline, day) {
            Holding::Rule => {
                if let Some(first) = gap.take() {
                    gaps.push((first, day.previous()));
                }
                is_stated = true;
            }
            Holding::Repealed => (is_stated, gap) = (false, None),
            Holding::Nothing if is_stated => gap = gap.or(Some(day)),
            Holding::Nothing => {}
        }
    }
    gaps
}

/// What holds on a day for somebody who knows everything.
enum Holding {
    Rule,
    Repealed,
    Nothing,
}

fn holding(timeline: &Timeline, day: Date) -> Holding {
    if timeline.at(day, Date::NEVER).is_some() {
        return Holding::Rule;
    }
    // Nothing is chosen although a version covers the day: it is the one that repeals.
    let is_covered = timeline.versions.iter().any(|version| version.from <= day && day <= version.until);
    if is_covered { Holding::Repealed } else { Holding::Nothing }
}

/// The days on which another version may hold than on the day before.
fn changes(timeline: &Timeline) -> impl Iterator<Item = Date> {
    timeline.versions.iter().flat_map(|version| {
        let after = version.until.next();
        [Some(version.from), (after != version.until).then_some(after)].into_iter().flatten()
    })
}
