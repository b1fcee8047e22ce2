//! Versions on two dates: which rules were in force, and which had been issued.

use super::citation::{Attested, Citation, Source};
use super::ids::{TimelineId, VersionId};
use super::node::Span;
use crate::value::Date;

/// How strongly a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// 必须, 应当: departing from it is a violation.
    Must,
    /// 一般: it acts and informs; the host may set it aside with a recorded reason.
    Normally,
}

/// A dated form of a rule.
#[derive(Clone, Debug)]
pub struct Version {
    /// First day in force; [`Date::LONG_AGO`] is the open past (`not_seen`).
    pub from: Date,
    /// Last day in force; [`Date::NEVER`] is open.
    pub until: Date,
    /// Day of issue; [`Date::LONG_AGO`] when it was not seen.
    pub issued: Date,
    /// The clauses that it rests on.
    pub cite: Vec<Citation>,
    /// Whether the citations stand for one text under one instrument after the other.
    pub under: bool,
    /// Why somebody decided, where the text is silent or leaves something open.
    pub chosen: Option<Box<str>>,
    /// How well it is attested.
    pub attested: Attested,
    /// How strongly it binds.
    pub strength: Strength,
    /// Whether it ends the rule instead of stating it.
    pub repealed: bool,
    /// How deep it stands among rule sets that extend one another: 0 in the outermost parent, and in one that extends none.
    pub layer: u8,
    /// Where it stands in the document.
    pub span: Span,
}

impl Version {
    /// What decides among versions that hold: the deeper one, then the one issued last, then the one that begins last.
    pub(crate) fn rank(&self) -> (u8, Date, Date) {
        (self.layer, self.issued, self.from)
    }

    /// The citations that hold on a day: all, or under several instruments the one then in force.
    pub fn cited<'a>(&'a self, on: Date, sources: &'a [Source]) -> &'a [Citation] {
        match self.one_cited(on, sources) {
            Some(number) => self.cite.get(number..=number).unwrap_or(&[]),
            None => &self.cite,
        }
    }

    /// Which one of the citations holds on a day, where they stand for one text under one instrument after the other.
    pub(crate) fn one_cited(&self, on: Date, sources: &[Source]) -> Option<usize> {
        if !self.under {
            return None;
        }
        let in_force = |citation: &Citation| sources.get(citation.source.index()).is_some_and(|s| s.in_force <= on);
        Some(self.cite.iter().rposition(in_force).unwrap_or(0))
    }

    fn holds(&self, effective: Date, known: Date) -> bool {
        self.issued <= known && self.from <= effective && effective <= self.until
    }
}

/// All versions of one rule.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Its place in the document, such as `charges.dues.tariff.waged`.
    pub path: Box<str>,
    /// The versions, in the order written.
    pub versions: Vec<Version>,
}

impl Timeline {
    /// The version that holds: of those issued by `known` and in force on `effective`, the one with the greatest
    /// (layer, issued, from). A version that repeals the rule leaves none.
    pub fn at(&self, effective: Date, known: Date) -> Option<u16> {
        let holding = self.versions.iter().enumerate().filter(|(_, version)| version.holds(effective, known));
        let (index, version) = holding.max_by_key(|(_, version)| version.rank())?;
        if version.repealed { None } else { u16::try_from(index).ok() }
    }

    /// Two versions with one day of issue and one first day, both of which could be in force.
    pub(crate) fn tie(&self) -> Option<(usize, usize)> {
        for (second, b) in self.versions.iter().enumerate() {
            for (first, a) in self.versions.iter().enumerate().take(second) {
                if a.rank() == b.rank() {
                    return Some((first, second));
                }
            }
        }
        None
    }
}

/// The versions of a whole rule set that hold on two dates.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The day whose rules hold.
    pub effective: Date,
    /// The day by which they had been issued.
    pub known: Date,
    chosen: Vec<Option<u16>>,
}

impl InForce {
    /// Chooses among all timelines.
    pub fn at(timelines: &[Timeline], effective: Date, known: Date) -> Self {
        let chosen = timelines.iter().map(|timeline| timeline.at(effective, known)).collect();
        Self { effective, known, chosen }
    }

    /// The version of a timeline that holds.
    pub fn version(&self, timeline: TimelineId) -> Option<VersionId> {
        let version = self.chosen.get(timeline.index()).copied().flatten()?;
        Some(VersionId { timeline, version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(from: &str, until: Option<&str>, issued: &str) -> Version {
        let day = |text: &str| Date::parse(text).unwrap();
        Version {
            from: day(from),
            until: until.map_or(Date::NEVER, day),
            issued: day(issued),
            cite: Vec::new(),
            under: false,
            chosen: None,
            attested: Attested::Official,
            strength: Strength::Must,
            repealed: false,
            layer: 0,
            span: Span { start: 0, end: 0 },
        }
    }

    #[test]
    fn an_amendment_with_effect_in_the_past_holds_only_for_who_knows_it() {
        let timeline = Timeline {
            path: "x".into(),
            versions: vec![version("2008-04-01", None, "2008-04-01"), version("2016-01-01", None, "2017-06-01")],
        };
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(timeline.at(day("2016-06-01"), Date::NEVER), Some(1));
        assert_eq!(timeline.at(day("2016-06-01"), day("2016-06-01")), Some(0));
        assert_eq!(timeline.at(day("2008-03-31"), Date::NEVER), None);
    }

    #[test]
    fn the_last_day_of_a_version_belongs_to_it() {
        let timeline =
            Timeline { path: "x".into(), versions: vec![version("2010-01-01", Some("2010-12-31"), "2010-01-01")] };
        let day = |text: &str| Date::parse(text).unwrap();
        assert_eq!(timeline.at(day("2010-12-31"), Date::NEVER), Some(0));
        assert_eq!(timeline.at(day("2011-01-01"), Date::NEVER), None);
    }
}
