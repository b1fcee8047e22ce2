//! Dates: days without a version, amounts without a rounding, versions that begin inside a period.

use super::Check;
use crate::dues::{Charge, Charges, VersionsOn};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::{TimelineId, VersionId, date_gaps};
use crate::value::{Date, Period};

impl Check<'_> {
    /// Days between two versions on which none holds.
    pub(super) fn gaps(&mut self, charges: &Charges) {
        let rules = self.rules;
        let mut timelines: Vec<TimelineId> =
            charges.charges.iter().flat_map(|charge| charge.reaches.iter().copied()).collect();
        timelines.sort_unstable();
        timelines.dedup();
        for id in timelines {
            let Some(timeline) = rules.timelines.get(id.index()) else { continue };
            for (first, last) in date_gaps(timeline) {
                let after =
                    timeline.versions.iter().filter(|version| version.from > last).min_by_key(|version| version.from);
                let span = after.or(timeline.versions.first()).map(|version| version.span).unwrap_or_default();
                let message = format!("no version holds from {first} to {last}");
                let fault = Diagnostic::warning("date_gap", span, message).at(self.place(id));
                self.report(
                    fault.with_help("let one version end where the next begins, or end the rule with `repealed: yes`"),
                );
            }
        }
    }

    /// A tariff in force on a day on which no rounding is.
    pub(super) fn roundings(&mut self, charge: &Charge) {
        let rules = self.rules;
        let Some(round) = rules.timelines.get(charge.round.timeline.index()) else { return };
        let tariffs = charge
            .tariff
            .alternatives
            .iter()
            .filter_map(|alternative| rules.timelines.get(alternative.dated.timeline.index()));
        let tariffs: Vec<_> = tariffs.collect();
        let changes = tariffs.iter().copied().chain([round]).flat_map(|timeline| &timeline.versions);
        let mut days: Vec<Date> = changes.flat_map(|version| [version.from, version.until.next()]).collect();
        days.sort_unstable();
        days.dedup();
        let unrounded = days.into_iter().find(|day| {
            let charged = tariffs.iter().any(|timeline| timeline.at(*day, Date::NEVER).is_some());
            charged && round.at(*day, Date::NEVER).is_none()
        });
        let Some(day) = unrounded else { return };
        let span = round.versions.first().map(|version| version.span).unwrap_or_default();
        let since = if day == Date::LONG_AGO { "in the open past".to_owned() } else { format!("on {day}") };
        let message = format!("`{}` has an amount {since}, but no rounding", charge.name);
        let fault = Diagnostic::error("no_rounding", span, message).at(format!("charges.{}.round", charge.name));
        self.report(fault.with_help("let the rounding begin with the tariff; `from: not_seen` covers the open past"));
    }

    /// Versions that begin inside a period, where the document does not say which day chooses.
    pub(super) fn inside_periods(&mut self, charges: &Charges) {
        let rules = self.rules;
        let mut told: Vec<VersionId> = Vec::new();
        for charge in &charges.charges {
            let Some(per) = charge.per else { continue };
            if charge.versions_on == VersionsOn::ByDay || self.says_versions_on(charge) || charge.each.is_some() {
                continue;
            }
            for id in &charge.reaches {
                let Some(timeline) = rules.timelines.get(id.index()) else { continue };
                for (at, version) in timeline.versions.iter().enumerate() {
                    let (Ok(number), false) = (u16::try_from(at), version.from.is_bound()) else { continue };
                    let version_id = VersionId { timeline: *id, version: number };
                    let Some(period) = Period::containing(per, version.from) else { continue };
                    if period.start() == version.from || told.contains(&version_id) {
                        continue;
                    }
                    told.push(version_id);
                    let message = format!(
                        "this version begins on {} inside {period}, which follows the one before",
                        version.from
                    );
                    let fault = Diagnostic::warning("mid_period", version.span, message).at(self.place(*id));
                    let help =
                        format!("say it in `{}`: `versions_on: period_start`, `period_end` or `by_day`", charge.name);
                    self.report(fault.with_help(help));
                }
            }
        }
    }
}
