//! Alternatives: named rules of which at most one applies.

use super::versions::{first_key, is_yes};
use super::{MAX_ALTERNATIVES, Reader, Within};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::expression::{ExprId, Type};
use crate::ruleset::node::{Node, Span};
use crate::ruleset::rules::{Alternative, Case, Choice, Dated};
use crate::ruleset::shape::Record;

/// An alternative as it stands in the document.
#[derive(Debug)]
pub(crate) struct AlternativeNode<'n> {
    /// Its name; a rule that is its own only alternative has none.
    pub name: Option<&'n str>,
    /// Where its name stands.
    pub span: Span,
    /// Its title, when it has one.
    pub title: Option<&'n Node>,
    /// Its versions.
    pub versions: Vec<&'n Node>,
}

/// What the keys of a case say beside its body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CaseKeys {
    /// When it applies.
    pub when: Option<ExprId>,
    /// Whether it applies where no other does.
    pub otherwise: bool,
}

impl Reader {
    /// Takes a rule apart into its alternatives: a list of versions, the only version, or named alternatives.
    /// `version` is the record of a version, whose marking keys tell it from names.
    pub(crate) fn alternatives<'n>(
        &mut self,
        node: &'n Node,
        span: Span,
        version: Option<&Record>,
        path: &str,
    ) -> Vec<AlternativeNode<'n>> {
        let is_version = version.is_some_and(|record| record.marks(node));
        if let Some(list) = node.as_list() {
            return vec![AlternativeNode {
                name: None,
                span,
                title: last_title(list),
                versions: list.iter().collect(),
            }];
        }
        if is_version {
            return vec![AlternativeNode { name: None, span, title: node.get("title"), versions: vec![node] }];
        }
        let mut all = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            if &*entry.key == "take" && version.is_none() {
                continue;
            }
            let value = &entry.value;
            let versions = value.get("versions").unwrap_or(value);
            all.push(AlternativeNode {
                name: Some(&entry.key),
                span: entry.key_span,
                title: value.get("title").or_else(|| last_title(versions.one_or_many())),
                versions: versions.one_or_many().iter().collect(),
            });
        }
        if all.len() > MAX_ALTERNATIVES {
            let at = all.get(MAX_ALTERNATIVES).map_or(span, |alternative| alternative.span);
            let message = format!("a rule has at most {MAX_ALTERNATIVES} alternatives, this one {}", all.len());
            let fault = Diagnostic::error("too_many_alternatives", at, message).at(path);
            self.report(fault.with_help("alternatives that differ by one word are a table: `by:` with `amounts:`"));
            all.truncate(MAX_ALTERNATIVES);
        }
        all.sort_by_key(|alternative| alternative.name);
        all
    }

    /// Reads the alternatives of a rule; `body` reads what a version says and gives its own condition, if it has one
    /// beside `when`.
    pub(crate) fn choice<T>(
        &mut self,
        alternatives: &[AlternativeNode<'_>],
        rule: &str,
        path: &str,
        within: Within,
        mut body: impl FnMut(&mut Self, &Node, &str, CaseKeys) -> Option<(CaseKeys, T)>,
    ) -> Choice<T> {
        let mut read = Vec::with_capacity(alternatives.len());
        let mut otherwise: Option<(Span, &str)> = None;
        for alternative in alternatives {
            let below = |stem: &str| alternative.name.map_or_else(|| stem.to_owned(), |name| format!("{stem}.{name}"));
            let (rule, path) = (below(rule), below(path));
            let timeline = self.versions(&alternative.versions, alternative.span, &rule, &path);
            let mut bodies = Vec::with_capacity(alternative.versions.len());
            let mut remains = false;
            for node in alternative.versions.iter().take(super::MAX_VERSIONS) {
                let keys = self.case_keys(node, &path, within);
                remains |= keys.otherwise;
                if is_yes(node.get("repealed")) {
                    bodies.push(None);
                    continue;
                }
                let replaces = node.get("instead_of");
                let instead_of = replaces.and_then(|wanted| {
                    let name = wanted.as_text().unwrap_or_default();
                    let at = alternatives
                        .iter()
                        .position(|other| other.name == Some(name) && other.name != alternative.name);
                    if at.is_none() {
                        let known =
                            alternatives.iter().filter_map(|other| other.name).filter(|n| Some(*n) != alternative.name);
                        self.no_such(wanted, &path, "other alternative", known);
                    }
                    at.and_then(|at| u16::try_from(at).ok())
                });
                bodies.push(body(self, node, &path, keys).map(|(keys, body)| Case {
                    when: keys.when,
                    otherwise: keys.otherwise,
                    instead_of,
                    body,
                    made_of: crate::ruleset::InputSet::default(),
                }));
            }
            if remains {
                let name = alternative.name.unwrap_or("this");
                if let Some(known) = otherwise {
                    // The one that stands later in the document is marked.
                    let mut both = [known, (alternative.span, name)];
                    both.sort_by_key(|(span, _)| span.start);
                    let [(first, one), (second, other)] = both;
                    let message = format!("`{one}` and `{other}` are both what remains (`otherwise: yes`)");
                    let fault = Diagnostic::error("two_otherwise", second, message).at(&*path);
                    self.report(
                        fault
                            .with_related(first, format!("`{one}`"))
                            .with_help("only one alternative can be; give the other its `when`"),
                    );
                } else {
                    otherwise = Some((alternative.span, name));
                }
            }
            let title = self.titles(alternative.title, &path);
            read.push(Alternative { name: alternative.name.map(Into::into), title, dated: Dated { timeline, bodies } });
        }
        self.check_replacements(&read, alternatives, path);
        Choice { alternatives: read, disjoint: Vec::new() }
    }

    fn case_keys(&mut self, node: &Node, path: &str, within: Within) -> CaseKeys {
        let when = node.get("when").and_then(|when| self.expression(when, path, Type::YesNo, within));
        let otherwise = is_yes(node.get("otherwise"));
        CaseKeys { when, otherwise }
    }

    /// Alternatives that replace one another in a circle would never be decided.
    fn check_replacements<T>(&mut self, read: &[Alternative<T>], nodes: &[AlternativeNode<'_>], path: &str) {
        let replaces = |at: usize| {
            read.get(at)
                .into_iter()
                .flat_map(|alternative| alternative.dated.bodies.iter().flatten())
                .filter_map(|case| case.instead_of)
        };
        for start in 0..read.len() {
            let mut seen = vec![false; read.len()];
            let mut open: Vec<usize> = replaces(start).map(usize::from).collect();
            while let Some(at) = open.pop() {
                if at == start {
                    let span = nodes.get(start).map_or(Span::new(0, 0), |node| node.span);
                    let name = nodes.get(start).and_then(|node| node.name).unwrap_or_default();
                    self.error("circular", span, path, format!("`{name}` replaces itself through `instead_of`"));
                    return;
                }
                if let Some(seen) = seen.get_mut(at)
                    && !*seen
                {
                    *seen = true;
                    open.extend(replaces(at).map(usize::from));
                }
            }
        }
    }

    /// The only version or the list of versions of a stage.
    pub(crate) fn stage<T>(
        &mut self,
        node: &Node,
        span: Span,
        rule: &str,
        path: &str,
        mut body: impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Dated<T> {
        let versions: Vec<&Node> = node.get("versions").unwrap_or(node).one_or_many().iter().collect();
        let timeline = self.versions(&versions, span, rule, path);
        let read = versions
            .iter()
            .take(super::MAX_VERSIONS)
            .map(|node| if is_yes(node.get("repealed")) { None } else { body(self, node, path) });
        Dated { timeline, bodies: read.collect() }
    }

    /// A key that a version needs unless it ends the rule.
    pub(crate) fn needed<'n>(&mut self, node: &'n Node, key: &str, what: &str, path: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() {
            let fault = Diagnostic::error("missing_key", first_key(node), format!("{what} needs `{key}`"));
            self.report(fault.at(path));
        }
        found
    }
}

/// The title that stands in a version, the last one written: a title is not dated.
fn last_title(versions: &[Node]) -> Option<&Node> {
    versions.iter().rev().find_map(|version| version.get("title"))
}
