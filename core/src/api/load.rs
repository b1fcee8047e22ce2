//! From a text to a compiled rule set: read, form, meaning, checks.

use super::document::RULE_SET;
use super::extend::{Parent, Parents, Whole};
use crate::dues::{self, Charges};
use crate::ruleset::diagnostic::{Diagnostic, Severity, quoted};
use crate::ruleset::limits::Limits;
use crate::ruleset::node::{Entry, Node, Span};
use crate::ruleset::read::{ChargeRoots, Layers, Reader};
use crate::ruleset::shape::{Shape, validate};
use crate::ruleset::{NotEncoded, Rules, YearHas, canonical, json};
use crate::value::{Currency, Exact};

/// The version of the document's format that this library reads.
pub const FORMAT: &str = "1";

/// A document that was taken, or not, with everything that was found.
pub(super) struct Loaded {
    pub compiled: Option<(Rules, Charges)>,
    pub document: Option<Node>,
    /// The document together with its parents, if it extends some: what was compiled.
    pub whole: Option<Whole>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    fn refused(document: Option<Node>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { compiled: None, document, whole: None, diagnostics: sorted(diagnostics) }
    }
}

/// Reads a text as YAML or JSON; a text that begins with `{` is JSON.
pub(super) fn read_text(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let limits = Limits::default();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') {
        return json::read_json(text, &limits);
    }
    #[cfg(feature = "yaml")]
    {
        crate::ruleset::yaml::read_yaml(text, &limits)
    }
    #[cfg(not(feature = "yaml"))]
    {
        limits.check_size(text).map_err(|fault| vec![fault])?;
        let fault = Diagnostic::error("json_syntax", Span::new(0, 0), "this is not JSON, and this build reads no YAML");
        Err(vec![fault])
    }
}

/// Reads a text and checks its form.
pub(super) fn read_shaped(text: &str, shape: &'static Shape) -> Result<Node, Vec<Diagnostic>> {
    let document = read_text(text)?;
    let mut diagnostics = Vec::new();
    check_format(&document, &mut diagnostics);
    if !diagnostics.is_empty() {
        // What another format says cannot be read by the rules of this one.
        return Err(diagnostics);
    }
    validate(&document, shape, "", &mut diagnostics);
    if diagnostics.is_empty() { Ok(document) } else { Err(diagnostics) }
}

fn check_format(document: &Node, out: &mut Vec<Diagnostic>) {
    let Some(format) = document.get("rollbook") else { return };
    if let Some(text) = format.as_text()
        && !text.is_empty()
        && text != FORMAT
    {
        let fault = Diagnostic::error(
            "format_version",
            format.span,
            format!("{} is not a format that this version reads", quoted(text)),
        );
        out.push(
            fault
                .at("rollbook")
                .with_help(format!("write `rollbook: {FORMAT}`: it counts formats, not versions of a program; a later format needs a later version")),
        );
    }
}

/// Compiles a rule set; `parents` finds the texts of those that it extends.
pub(super) fn load(text: &str, parents: Parents<'_>) -> Loaded {
    load_below(text, parents, &[])
}

/// The same for a parent, below which the rule sets of these ids stand.
pub(super) fn load_below(text: &str, parents: Parents<'_>, below: &[Box<str>]) -> Loaded {
    let own = match read_shaped(text, &RULE_SET) {
        Ok(document) => document,
        Err(diagnostics) => return Loaded::refused(None, diagnostics),
    };
    let parent = match own.get("extends").map(|extends| Parent::of(&own, extends, parents, below)).transpose() {
        Ok(parent) => parent,
        Err(diagnostic) => return Loaded::refused(None, vec![diagnostic]),
    };
    let whole = match parent.as_ref().map(|parent| parent.with(&own)).transpose() {
        Ok(whole) => whole,
        Err(diagnostics) => return Loaded::refused(None, diagnostics),
    };
    let document = whole.as_ref().map_or(&own, |whole| &whole.document);
    let mut reader = match header(document) {
        Ok(reader) => reader,
        Err(diagnostic) => return Loaded::refused(None, vec![diagnostic]),
    };
    let family = parent.as_ref().zip(whole.as_ref().map(|whole| &whole.layers));
    if let Some((parent, _)) = family {
        reader.rules.hash = parent.hash_of(&own).into();
    }
    let Some(charges) = sections(&mut reader, document, family) else {
        return Loaded::refused(Some(own), reader.diagnostics);
    };
    let (rules, charges, diagnostics) = super::check::check(reader, charges, document);
    let refused = diagnostics.iter().any(|d| d.severity == Severity::Error);
    let compiled = if refused { None } else { Some((rules, charges)) };
    Loaded { compiled, document: Some(own), whole, diagnostics: sorted(diagnostics) }
}

fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    diagnostics
}

fn header(document: &Node) -> Result<Reader, Diagnostic> {
    let text = |key: &str| document.get(key).and_then(Node::as_text).unwrap_or_default();
    let languages: Vec<Box<str>> = document
        .get("languages")
        .map(Node::one_or_many)
        .unwrap_or_default()
        .iter()
        .filter_map(|node| node.as_text().map(Into::into))
        .collect();
    let span = |key: &str| document.entry(key).map_or(document.span, |entry| entry.key_span);
    let Ok(currency) = Currency::parse(text("currency")) else {
        return Err(Diagnostic::error("bad_currency", span("currency"), "a currency has three capital letters"));
    };
    let number = |key: &str| {
        document
            .get("year_has")
            .and_then(|node| node.get(key))
            .and_then(Node::as_text)
            .and_then(|t| Exact::parse(t).ok())
    };
    let year_has = YearHas { weeks: number("weeks"), days: number("days") };
    for (key, value) in [("weeks", year_has.weeks), ("days", year_has.days)] {
        if value.is_some_and(|value| value.signum() <= 0) {
            return Err(Diagnostic::error("bad_range", span("year_has"), format!("a year has more than no {key}"))
                .at("year_has"));
        }
    }
    let mut reader = Reader::new(languages, currency, year_has);
    reader.rules.id = text("id").into();
    reader.rules.hash = canonical::hash(document).into();
    match text("edition").parse() {
        Ok(edition) => reader.rules.edition = edition,
        Err(_) => {
            return Err(
                Diagnostic::error("wrong_form", span("edition"), "the edition is too large a number").at("edition")
            );
        }
    }
    reader.rules.title = reader.titles(document.get("title"), "title");
    Ok(reader)
}

/// Reads all sections; none, if a fault makes what follows meaningless.
fn sections(reader: &mut Reader, document: &Node, family: Option<(&Parent, &Layers)>) -> Option<Charges> {
    reader.sources(document.get("sources"));
    reader.settings(document.get("settings"), family.map(|(_, layers)| layers));
    if let Some((parent, layers)) = family {
        parent.tell_what_leaves_it(reader, layers);
    }
    reader.facts(document.get("facts"));
    reader.declare_terms(document.get("terms"));
    dues::read::declare(reader, document.get("charges"));
    reader.check_field_names(document.get("facts"));
    reader.check_input_titles();
    // A name that stands for two things, or a kind without its words, would give faults everywhere it is read.
    if reader.has_errors() {
        return None;
    }
    reader.formulas(document.get("terms"));
    let charges = dues::read::read(reader, document.get("charges"), document.get("answers"));
    not_encoded(reader, document.get("not_encoded"));
    if reader.has_errors() {
        return None;
    }
    let roots: Vec<ChargeRoots> = dues::read::roots_of(&charges, &key_spans(document.get("charges")));
    let terms: Vec<Span> = key_spans(document.get("terms")).into_iter().map(|(_, span)| span).collect();
    if !reader.check_circles(&roots, &terms) {
        return None;
    }
    reader.finish_terms();
    Some(charges)
}

fn key_spans(node: Option<&Node>) -> Vec<(Box<str>, Span)> {
    let entries: &[Entry] = node.and_then(Node::as_map).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.clone(), entry.key_span)).collect()
}

fn not_encoded(reader: &mut Reader, node: Option<&Node>) {
    for (number, text) in node.and_then(Node::as_list).unwrap_or_default().iter().enumerate() {
        let path = format!("not_encoded[{number}]");
        let timeline = reader.versions(&[text], text.span, &path, &path);
        let mut touches: Vec<Box<str>> = Vec::new();
        for rule in text.get("touches").map(Node::one_or_many).unwrap_or_default() {
            let wanted = rule.as_text().unwrap_or_default();
            let mut known: Vec<Box<str>> = reader.rules.charge_names.clone();
            for timeline in &reader.rules.timelines {
                known.push(timeline.path.clone());
                known.extend(timeline.path.rsplit_once('.').map(|(above, _)| above.into()));
            }
            if known.iter().any(|path| **path == *wanted) {
                touches.push(wanted.into());
            } else {
                known.retain(|path| !path.starts_with("not_encoded"));
                reader.no_such(rule, &path, "rule", known.iter().map(|path| &**path));
            }
        }
        let why = reader.titles(text.get("why"), &path);
        reader.rules.not_encoded.push(NotEncoded { why, timeline, touches });
    }
}
