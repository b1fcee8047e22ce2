//! What answers say whatever the facts are: dates that are not sure, texts that cannot be expressed.

use std::sync::Arc;

use super::plan::PartPlan;
use crate::dues::rule::Charge;
use crate::explain::{Code, Finding};
use crate::ruleset::{Rules, TimelineId};

/// A finding for every source whose dates are not sure on the day asked for.
pub(super) fn doubts(rules: &Rules, charge: &Charge, parts: &[PartPlan]) -> Vec<Arc<Finding>> {
    let mut found: Vec<Arc<Finding>> = Vec::new();
    for piece in parts.iter().flat_map(|part| &part.pieces) {
        for timeline in &charge.reaches {
            let Some(id) = piece.in_force.version(*timeline) else { continue };
            let Some(version) = rules.version(id) else { continue };
            for citation in &version.cite {
                let Some(source) = rules.sources.get(citation.source.index()) else { continue };
                for (own, asked) in [(version.from, piece.in_force.effective), (version.issued, piece.in_force.known)] {
                    let is_its_date = own == source.in_force || own == source.issued;
                    let Some(until) = source.doubtful_until(own).filter(|until| is_its_date && asked <= *until) else {
                        continue;
                    };
                    let finding = Finding::new(Code::DoubtfulDate).with("source", &source.name).with("until", until);
                    let finding = Arc::new(finding);
                    if !found.contains(&finding) {
                        found.push(finding);
                    }
                }
            }
        }
    }
    found
}

/// Texts that cannot be expressed, with the rules that they touch.
pub(super) fn texts_not_encoded(rules: &Rules, parts: &[PartPlan]) -> Vec<(Vec<TimelineId>, Arc<Finding>)> {
    let effective = parts.first().and_then(|part| part.pieces.first()).map(|piece| &piece.in_force);
    let Some(in_force) = effective else { return Vec::new() };
    let texts = rules.not_encoded.iter().filter(|text| !text.touches.is_empty());
    texts
        .filter_map(|text| {
            let version = in_force.version(text.timeline)?;
            let why = text.why.get(rules.language()).unwrap_or_default();
            let finding = Finding::new(Code::NotEncoded).with("why", why).citing(version);
            let touched = |path: &str| text.touches.iter().any(|rule| is_within(path, rule));
            let timelines = rules.timelines.iter().enumerate();
            let timelines = timelines.filter(|(_, timeline)| touched(&timeline.path));
            Some((timelines.map(|(at, _)| TimelineId::nth(at)).collect(), Arc::new(finding)))
        })
        .collect()
}

/// Whether a path is a rule or lies inside it: `dues.tariff.waged` lies inside `dues.tariff` and `dues`.
fn is_within(path: &str, rule: &str) -> bool {
    path.strip_prefix(rule).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
