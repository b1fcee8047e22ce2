//! Whether two versions can both apply, on a day on which both are in force.

use super::condition::Conditions;
use super::search::{Effort, Found, search};
use super::timeline::{Both, together};
use super::variable::Key;
use super::{Verdict, both_can_apply_within};
use crate::ruleset::expression::ExprId;
use crate::ruleset::ids::{TimelineId, VersionId};
use crate::ruleset::rules::Rules;
use crate::ruleset::timeline::Timeline;
use crate::value::Date;

/// Whether two versions, each with the conditions that must all hold for it to apply, both apply to one member on a
/// day; with the dates, effective and known, for which it is so or is not decided.
///
/// As [`both_can_apply`](super::both_can_apply), and a term that has several versions is its formula of the day. The
/// versions belong to different rules; two that are never in force together never apply together.
pub fn both_ever_apply(
    rules: &Rules,
    a: (VersionId, &[ExprId]),
    b: (VersionId, &[ExprId]),
    effort: &mut Effort,
) -> (Verdict, Option<(Date, Date)>) {
    let timeline = |id: TimelineId| rules.timelines.get(id.index());
    let versions = timeline(a.0.timeline).zip(timeline(b.0.timeline));
    let place = |version: VersionId| usize::from(version.version);
    let dates = versions.and_then(|(first, second)| together(first, place(a.0), second, place(b.0)));
    let both = versions.and_then(|(first, second)| Both::of((first, place(a.0)), (second, place(b.0))));
    let (Some(dates), Some(both)) = (dates, both) else { return (Verdict::Never, None) };
    let verdict = both_can_apply_within(rules, a.1, b.1, effort);
    let open = if verdict == Verdict::Undecided { open_terms(rules, a.1, b.1) } else { Vec::new() };
    if open.is_empty() {
        let dates = (verdict != Verdict::Never).then_some(dates);
        return (verdict, dates);
    }
    let others: Vec<&Timeline> = open.iter().filter_map(|id| timeline(*id)).collect();
    let mut seen = Vec::new();
    let mut undecided = None;
    for (effective, known) in both.dates(&others) {
        effort.take(others.len().saturating_add(2));
        if effort.is_used_up() {
            return (Verdict::Undecided, undecided.or(Some(dates)));
        }
        if !both.hold(effective, known) {
            continue;
        }
        let settled: Vec<_> = open.iter().zip(&others).map(|(id, other)| (*id, other.at(effective, known))).collect();
        if seen.contains(&settled) {
            continue;
        }
        let shown = (both.shown(effective, &others), known);
        let mut conditions = Conditions::settled(rules, &settled);
        for condition in a.1.iter().chain(b.1) {
            conditions.require(*condition);
        }
        match search(conditions, effort) {
            Found::Values(values) => return (Verdict::Both(values), Some(shown)),
            Found::Undecided => undecided = undecided.or(Some(shown)),
            Found::Nothing => {}
        }
        seen.push(settled);
    }
    (if undecided.is_some() { Verdict::Undecided } else { Verdict::Never }, undecided)
}

/// The terms of which it matters which version is in force.
fn open_terms(rules: &Rules, a: &[ExprId], b: &[ExprId]) -> Vec<TimelineId> {
    let mut conditions = Conditions::new(rules);
    for condition in a.iter().chain(b) {
        conditions.require(*condition);
    }
    let versions = conditions.variables.iter().filter_map(|variable| match variable.key {
        Key::Version(timeline) => Some(timeline),
        _ => None,
    });
    versions.collect()
}
