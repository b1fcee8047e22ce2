//! Sources and the citations of them.

use super::Reader;
use crate::ruleset::citation::{Attested, Citation, Source, SureOf};
use crate::ruleset::clause::Clause;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::ids::SourceId;
use crate::ruleset::node::Node;
use crate::value::Date;

impl Reader {
    /// The section `sources`.
    pub(crate) fn sources(&mut self, node: Option<&Node>) {
        for entry in node.and_then(Node::as_map).unwrap_or_default() {
            let path = format!("sources.{}", entry.key);
            let value = &entry.value;
            let in_force = day(value.get("in_force")).unwrap_or(Date::LONG_AGO);
            let issued = day(value.get("issued")).filter(|day| *day != Date::LONG_AGO).unwrap_or(in_force);
            let until = day(value.get("until"));
            if let Some(until) = until
                && until < in_force
            {
                let span = value.get("until").map_or(value.span, |node| node.span);
                let message = format!("the source ends on {until}, before it is in force on {in_force}");
                let help = "the last day is not before the first";
                self.report(Diagnostic::error("date_order", span, message).at(&*path).with_help(help));
            }
            let attested = value.get("attested").and_then(Node::as_text).and_then(Attested::from_name);
            let source = Source {
                name: entry.key.clone(),
                title: self.titles(value.get("title"), &path),
                number: value.get("number").and_then(Node::as_text).map(Into::into),
                issuer: value.get("issuer").map(|node| self.titles(Some(node), &path)),
                issued,
                in_force,
                until,
                attested: attested.unwrap_or(Attested::Unconfirmed),
                sure_of: match value.get("sure_of").and_then(Node::as_text) {
                    Some("year") => Some(SureOf::Year),
                    Some("month") => Some(SureOf::Month),
                    _ => None,
                },
                span: entry.key_span,
            };
            self.rules.sources.push(source);
        }
    }

    /// One citation: a source, then a clause of it.
    pub(crate) fn citation(&mut self, node: &Node, path: &str) -> Option<Citation> {
        let text = node.as_text()?.trim();
        let (name, clause) = text.split_once(' ').map_or((text, None), |(name, clause)| (name, Some(clause)));
        let Some(source) = self.rules.sources.iter().position(|source| *source.name == *name) else {
            let known: Vec<&str> = self.rules.sources.iter().map(|source| &*source.name).collect();
            let fault = Diagnostic::error("unknown_source", node.span, format!("there is no source {}", quoted(name)));
            let help = match crate::ruleset::nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "declare it under `sources:`".to_owned(),
                None => format!("known are {}", known.join(", ")),
            };
            self.report(fault.at(path).with_help(help));
            return None;
        };
        let clause = match clause {
            None => None,
            Some(written) => Some(Clause::parse(written)?),
        };
        Some(Citation { source: SourceId::nth(source), clause })
    }
}

/// A day or `not_seen`, whose form is right.
pub(super) fn day(node: Option<&Node>) -> Option<Date> {
    match node?.as_text()? {
        "not_seen" => Some(Date::LONG_AGO),
        text => Date::parse(text).ok(),
    }
}
