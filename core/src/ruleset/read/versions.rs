//! Versions: their dates, citations and attestation.

use super::sources::day;
use super::{MAX_VERSIONS, Reader};
use crate::ruleset::citation::{Attested, Citation};
use crate::ruleset::diagnostic::{Diagnostic, Example};
use crate::ruleset::ids::TimelineId;
use crate::ruleset::node::{Node, Span};
use crate::ruleset::timeline::{Strength, Timeline, Version};
use crate::value::Date;

impl Reader {
    /// Reads the dates and citations of a list of versions, or of the only one, and gives the timeline its number.
    pub(crate) fn versions(&mut self, nodes: &[&Node], span: Span, rule: &str, path: &str) -> TimelineId {
        self.versions_in_layers(nodes, &[], span, rule, path)
    }

    /// The same for a setting that a child narrows: `layers` says how deep each version stands.
    pub(crate) fn versions_in_layers(
        &mut self,
        nodes: &[&Node],
        layers: &[u8],
        span: Span,
        rule: &str,
        path: &str,
    ) -> TimelineId {
        let id = TimelineId::nth(self.rules.timelines.len());
        if nodes.len() > MAX_VERSIONS {
            let at = nodes.get(MAX_VERSIONS).map_or(span, |node| first_key(node));
            let message = format!("a rule has at most {MAX_VERSIONS} versions, this one {}", nodes.len());
            let fault = Diagnostic::error("too_many_versions", at, message).at(path);
            self.report(fault.with_help("a value that changes by the month is a fact or a setting with a history"));
        }
        let mut versions = Vec::with_capacity(nodes.len());
        for (number, node) in nodes.iter().take(MAX_VERSIONS).enumerate() {
            let place = if nodes.len() > 1 { format!("{path}[{number}]") } else { path.to_owned() };
            let mut version = self.version(node, &place);
            version.layer = layers.get(number).copied().unwrap_or(0);
            versions.push(version);
        }
        let timeline = Timeline { path: rule.into(), versions };
        if let Some((first, second)) = timeline.tie()
            && let (Some(a), Some(b)) = (timeline.versions.get(first), timeline.versions.get(second))
        {
            let from = said(b.from);
            let message = format!("two versions hold from {from} and were issued on {}", said(b.issued));
            let example =
                Example { period: Some(b.from.to_string()), known: Some(b.issued.to_string()), ..Example::default() };
            let fault = Diagnostic::error("same_dates", b.span, message)
                .at(path)
                .with_help("cite the instrument that changed the rule, or give the later one its own `issued`")
                .with_related(a.span, "the other version")
                .with_example(example);
            self.report(fault);
        }
        self.rules.timelines.push(timeline);
        id
    }

    fn version(&mut self, node: &Node, path: &str) -> Version {
        let span = first_key(node);
        let under = node.get("under").is_some();
        let cited = node.get("cite").or(node.get("under"));
        let mut cite: Vec<Citation> = Vec::new();
        let mut broken = false;
        for one in cited.map(Node::one_or_many).unwrap_or_default() {
            match self.citation(one, path) {
                Some(citation) => cite.push(citation),
                None => broken = true,
            }
        }
        let chosen: Option<Box<str>> = node.get("chosen").and_then(Node::as_text).map(Into::into);
        let (written_from, written_issued) = (day(node.get("from")), day(node.get("issued")));
        if cite.is_empty() && !broken {
            if chosen.is_none() {
                let fault = Diagnostic::error("no_citation", span, "this rests on nothing").at(path);
                self.report(
                    fault.with_help("give `cite` with its clause, or `from` and `chosen` with who decided and why"),
                );
            } else if written_from.is_none() {
                let fault = Diagnostic::error("missing_key", span, "a version without `cite` needs `from`").at(path);
                self.report(fault.with_help("`from`: first day in force; `not_seen` for the open past"));
            }
        }
        let sources: Vec<_> = cite.iter().filter_map(|c| self.rules.sources.get(c.source.index())).collect();
        let (first, last) = (sources.first(), sources.last());
        let default_from = if under { first.map(|s| s.in_force) } else { sources.iter().map(|s| s.in_force).max() };
        let default_issued = if under { first.map(|s| s.issued) } else { sources.iter().map(|s| s.issued).max() };
        let default_until =
            if under { last.and_then(|s| s.until) } else { sources.iter().filter_map(|s| s.until).min() };
        let from = written_from.or(default_from).unwrap_or(Date::LONG_AGO);
        let issued = match written_issued {
            // `not_seen` counts as the first day in force.
            Some(Date::LONG_AGO) => from,
            Some(issued) => issued,
            None => default_issued.unwrap_or(from),
        };
        let until = day(node.get("until")).or(default_until).unwrap_or(Date::NEVER);
        let from_sources = sources.iter().map(|source| source.attested).max();
        let written = node.get("attested").and_then(Node::as_text).and_then(Attested::from_name);
        let attested = if chosen.is_some() { Some(Attested::Chosen) } else { written.or(from_sources) };
        if until < from {
            let at = node.get("until").map_or(span, |node| node.span);
            let message = format!("this version ends on {}, before it begins on {}", said(until), said(from));
            let help =
                "the last day is not before the first; a rule that ends says `repealed: yes` in its last version";
            self.report(Diagnostic::error("date_order", at, message).at(path).with_help(help));
        }
        Version {
            from,
            until,
            issued,
            cite,
            under,
            chosen,
            attested: attested.unwrap_or(Attested::Chosen),
            strength: match node.get("strength").and_then(Node::as_text) {
                Some("normally") => Strength::Normally,
                _ => Strength::Must,
            },
            repealed: is_yes(node.get("repealed")),
            layer: 0,
            span,
        }
    }
}

/// Whether a node says yes.
pub(crate) fn is_yes(node: Option<&Node>) -> bool {
    matches!(node.and_then(Node::as_text), Some("yes" | "是"))
}

fn said(date: Date) -> String {
    if date == Date::LONG_AGO { "the open past".to_owned() } else { date.to_string() }
}

/// A version is marked at its first key.
pub(crate) fn first_key(node: &Node) -> Span {
    node.as_map().and_then(|entries| entries.first()).map_or(node.span, |entry| entry.key_span)
}
