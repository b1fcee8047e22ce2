//! Terms: their kinds first, so that every expression knows what it reads, then their formulas.

use super::choice::AlternativeNode;
use super::{BandGives, Reader, Within};
use crate::ruleset::document::TERM_VERSION;
use crate::ruleset::expression::{ExprId, Node as ExprNode, Op, Type, parse};
use crate::ruleset::ids::{InputId, TermId};
use crate::ruleset::node::{Entry, Node};
use crate::ruleset::rules::{Choice, Formula, Input, Kind, Name, Owner, Term, Word};
use crate::ruleset::titles::Titles;

impl Reader {
    /// Declares the terms of a section: their names, kinds, ranges and whether they may be given.
    pub(crate) fn declare_terms(&mut self, node: Option<&Node>) {
        for entry in node.and_then(Node::as_map).unwrap_or_default() {
            let path = format!("terms.{}", entry.key);
            let id = TermId::nth(self.rules.terms.len());
            self.declare(&entry.key, entry.key_span, &path, Name::Term(id));
            let value = &entry.value;
            let kind = if value.get("kind").is_some() {
                Some(self.term_kind(entry, &path))
            } else {
                self.band_kind(value, &path)
            };
            let (at_least, at_most) = self.range(value, &path);
            let title = self.titles(value.get("title"), &path);
            let input = if value.get("given").is_some() {
                Some(self.given_input(entry, id, kind.as_ref(), &title, &path))
            } else {
                None
            };
            self.rules.terms.push(Term {
                name: entry.key.clone(),
                title,
                type_: kind.as_ref().map_or(Type::Bare, Kind::type_),
                at_least,
                at_most,
                input,
                as_of: None,
                formula: Choice { alternatives: Vec::new(), disjoint: Vec::new() },
                depends_on_day: false,
                made_of: crate::ruleset::InputSet::default(),
            });
        }
    }

    fn term_kind(&mut self, entry: &Entry, path: &str) -> Kind {
        let value = &entry.value;
        let is_word = value.get("kind").and_then(Node::as_text) == Some("one_of");
        if is_word
            && value.get("words").is_none()
            && let Some(kind) = self.band_kind(value, path)
        {
            return kind;
        }
        self.kind(value, entry.key_span, path)
    }

    /// A term that gives the name of a band has those names as its words.
    fn band_kind(&mut self, value: &Node, path: &str) -> Option<Kind> {
        let versions = formula_versions(value);
        let bands = versions.into_iter().find_map(|version| version.get("band_of"))?.get("bands")?.as_list()?;
        let words: Vec<Word> = bands
            .iter()
            .filter_map(|band| band.get("name")?.as_text())
            .map(|name| Word { name: name.into(), title: Titles::default() })
            .collect();
        if words.len() > super::MAX_WORDS {
            self.error("too_many_words", value.span, path, format!("a choice has at most {} words", super::MAX_WORDS));
            return None;
        }
        Some(Kind::OneOf(self.add_words(words)))
    }

    fn given_input(&mut self, entry: &Entry, term: TermId, kind: Option<&Kind>, title: &Titles, path: &str) -> InputId {
        let value = &entry.value;
        if kind.is_none() {
            let fault =
                super::Diagnostic::error("missing_key", entry.key_span, "a term that may be given needs its `kind`");
            self.report(fault.at(path).with_help("such as `kind: money per month`"));
        }
        let (at_least, at_most) = self.range(value, path);
        let means = value.get("means").map(|node| self.titles(Some(node), path));
        let id = InputId::nth(self.rules.inputs.len());
        self.rules.inputs.push(Input {
            name: entry.key.clone(),
            title: title.clone(),
            means,
            owner: super::declare::owner(value),
            kind: kind.cloned().unwrap_or(Kind::Text),
            at_least,
            at_most,
            unless_given: None,
            term: Some(term),
            span: entry.key_span,
        });
        id
    }

    /// Compiles the formulas of all terms; those without a kind take that of their formula, in an order in which
    /// every term stands behind those that it reads.
    pub(crate) fn formulas(&mut self, node: Option<&Node>) {
        let entries = node.and_then(Node::as_map).unwrap_or_default();
        self.term_owners = vec![None; self.rules.terms.len()];
        for at in order(entries) {
            let Some(entry) = entries.get(at) else { continue };
            self.formula(entry, at);
        }
    }

    fn formula(&mut self, entry: &Entry, at: usize) {
        let path = format!("terms.{}", entry.key);
        let within = Within::default();
        let value = &entry.value;
        if let Some(node) = value.entry("as_of") {
            let rule = format!("{}.as_of", entry.key);
            let place = format!("{path}.as_of");
            let dated = self.stage(&node.value, node.key_span, &rule, &place, |reader, version, path| {
                let is = reader.needed(version, "is", "an as-of day", path)?;
                reader.expression(is, path, Type::Date, within)
            });
            if let Some(term) = self.rules.terms.get_mut(at) {
                term.as_of = Some(dated);
            }
        }
        let (alternatives, rule, place) = match value.entry("formula") {
            Some(node) => {
                let place = format!("{path}.formula");
                let all = self.alternatives(&node.value, node.key_span, Some(&TERM_VERSION), &place);
                (all, format!("{}.formula", entry.key), place)
            }
            None => {
                let only = AlternativeNode { name: None, span: entry.key_span, title: None, versions: vec![value] };
                (vec![only], format!("{}.formula", entry.key), path.clone())
            }
        };
        let formula = self.choice(&alternatives, &rule, &place, within, |reader, node, path, keys| {
            let mut keys = keys;
            let body = reader.formula_body(node, at, path, within)?;
            if let Formula::ByWord(of, rows) = &body {
                // A table by word applies to the words that it has rows for.
                keys.when = reader.with_rows(*of, rows.iter().map(Option::is_some), node, keys.when);
            }
            Some((keys, body))
        });
        let owner = self.owner_behind(&formula);
        if let Some(slot) = self.term_owners.get_mut(at) {
            *slot = owner;
        }
        if let Some(term) = self.rules.terms.get_mut(at) {
            if term.type_ == Type::Bare {
                // Its formula could not be read; what reads the term would only repeat that.
                term.type_ = Type::Number;
            }
            term.formula = formula;
        }
    }

    fn formula_body(&mut self, node: &Node, at: usize, path: &str, within: Within) -> Option<Formula> {
        let type_ = self.rules.terms.get(at)?.type_;
        if let Some(is) = node.get("is") {
            return Some(Formula::Is(self.term_value(is, at, path, within)?));
        }
        if let Some(by) = node.get("by") {
            let rows = node.get("rows")?;
            let (of, read) = self.by_words(by, rows, path, within)?;
            let mut values = vec![None; read.len()];
            for (slot, row) in values.iter_mut().zip(read) {
                if let Some(row) = row {
                    *slot = Some(self.term_value(row, at, path, within)?);
                }
            }
            return Some(Formula::ByWord(of, values));
        }
        if let Some(band_of) = node.get("band_of") {
            let (of, of_type) = self.inferred(band_of.get("of")?, path, within)?;
            if !of_type.is_numeric() {
                let span = self.place(of);
                self.error("wrong_type", span, path, format!("bands divide numbers, this is {of_type}"));
                return None;
            }
            let Type::Word(words) = type_ else {
                let span = self.place(of);
                self.error("wrong_type", span, path, "`band_of` gives a word: the term is of the kind one_of");
                return None;
            };
            let mut bands = self.bands(band_of, of, BandGives::Name, path, within)?;
            for band in &mut bands.rows {
                let name = band.name.as_deref().unwrap_or_default();
                match self.rules.words.get(usize::from(words.0)).and_then(|list| list.by_name(name)) {
                    Some(word) => band.gives = crate::ruleset::bands::Gives::Word(word),
                    None => {
                        let span = band.span;
                        self.error("unknown_word", span, path, format!("`{name}` is not one of the term's words"));
                        return None;
                    }
                }
            }
            return Some(Formula::BandOf(bands));
        }
        let fault = super::Diagnostic::error(
            "missing_key",
            super::versions::first_key(node),
            "a formula needs `is`, `by` with `rows`, or `band_of`",
        );
        self.report(fault.at(path));
        None
    }

    /// A value of a term; the first one gives a term without a kind its type.
    fn term_value(&mut self, node: &Node, at: usize, path: &str, within: Within) -> Option<ExprId> {
        let type_ = self.rules.terms.get(at)?.type_;
        if type_ != Type::Bare {
            return self.expression(node, path, type_, within);
        }
        let (id, found) = self.inferred(node, path, within)?;
        self.rules.terms.get_mut(at)?.type_ = found;
        Some(id)
    }

    /// The word that a table goes by, and its rows in the order of the words.
    pub(crate) fn by_words<'n>(
        &mut self,
        by: &Node,
        rows: &'n Node,
        path: &str,
        within: Within,
    ) -> Option<(ExprId, Vec<Option<&'n Node>>)> {
        let (of, type_) = self.inferred(by, path, within)?;
        let Type::Word(words) = type_ else {
            self.error("wrong_type", by.span, path, format!("a table by word needs a one_of, this is {type_}"));
            return None;
        };
        let names: Vec<Box<str>> =
            self.rules.words.get(usize::from(words.0))?.words.iter().map(|word| word.name.clone()).collect();
        let mut read = vec![None; names.len()];
        for entry in rows.as_map().unwrap_or_default() {
            match names.iter().position(|name| *name == entry.key) {
                Some(at) => {
                    if let Some(slot) = read.get_mut(at) {
                        *slot = Some(&entry.value);
                    }
                }
                None => {
                    let by = by.as_text().unwrap_or_default();
                    let message = format!("`{by}` has no word `{}`", entry.key);
                    let fault = super::Diagnostic::error("unknown_word", entry.key_span, message).at(path);
                    let help = match crate::ruleset::nearest(&entry.key, names.iter().map(|name| &**name)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("its words are {}", names.join(", ")),
                    };
                    self.report(fault.with_help(help));
                }
            }
        }
        Some((of, read))
    }

    /// The condition of an alternative that is a table by word: the words that have rows, and its own `when`.
    pub(crate) fn with_rows(
        &mut self,
        of: ExprId,
        has_row: impl Iterator<Item = bool>,
        node: &Node,
        when: Option<ExprId>,
    ) -> Option<ExprId> {
        let mut bits = 0_u128;
        for (word, _) in has_row.enumerate().filter(|(_, has_row)| *has_row) {
            bits |= u32::try_from(word).ok().and_then(|word| 1_u128.checked_shl(word)).unwrap_or(0);
        }
        let span = node.get("by").map_or(node.span, |by| by.span);
        let place = self.arena.get(of).map(|node| node.place)?;
        let own = self.arena.push(ExprNode { op: Op::In(of, bits), type_: Type::YesNo, place });
        self.places.insert(own, span);
        Some(match when {
            None => own,
            Some(when) => {
                let both = self.arena.push(ExprNode { op: Op::And(when, own), type_: Type::YesNo, place });
                self.places.insert(both, span);
                both
            }
        })
    }

    /// To whom the facts behind a formula belong; none, if it reads no facts.
    fn owner_behind(&self, formula: &Choice<Formula>) -> Option<Owner> {
        let mut owner = None;
        let mut roots: Vec<ExprId> = Vec::new();
        for case in formula.alternatives.iter().flat_map(|alternative| alternative.dated.bodies.iter().flatten()) {
            roots.extend(case.when);
            match &case.body {
                Formula::Is(id) => roots.push(*id),
                Formula::ByWord(of, rows) => {
                    roots.push(*of);
                    roots.extend(rows.iter().flatten());
                }
                Formula::BandOf(bands) => roots.push(bands.of),
            }
        }
        for root in roots {
            self.arena.walk(root, &mut |_, node| {
                let found = match node.op {
                    Op::Fact(input) | Op::Since(input) | Op::Average(input, _) => {
                        self.rules.input(input).map(|i| i.owner)
                    }
                    Op::Term(term) => self.term_owners.get(term.index()).copied().flatten(),
                    _ => None,
                };
                owner = owner.or(found);
            });
        }
        owner
    }
}

/// Terms in an order in which each comes after those that it names; a circle keeps its written order.
fn order(entries: &[Entry]) -> Vec<usize> {
    let by_name: std::collections::BTreeMap<&str, usize> =
        entries.iter().enumerate().map(|(at, entry)| (&*entry.key, at)).collect();
    let mut readers: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut waits: Vec<usize> = vec![0; entries.len()];
    for (at, entry) in entries.iter().enumerate() {
        let mut read = std::collections::BTreeSet::new();
        for text in texts(&entry.value) {
            if let Ok(syntax) = parse(text) {
                syntax.names(&mut |name| {
                    if let Some(other) = by_name.get(name) {
                        read.insert(*other);
                    }
                });
            }
        }
        for other in read {
            if let (Some(list), Some(count)) = (readers.get_mut(other), waits.get_mut(at)) {
                list.push(at);
                *count = count.saturating_add(1);
            }
        }
    }
    let mut ready: std::collections::BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, n)| **n == 0).map(|(at, _)| at).collect();
    let mut order = Vec::with_capacity(entries.len());
    let mut placed = vec![false; entries.len()];
    while let Some(at) = ready.pop_first() {
        order.push(at);
        if let Some(placed) = placed.get_mut(at) {
            *placed = true;
        }
        for reader in readers.get(at).cloned().unwrap_or_default() {
            if let Some(count) = waits.get_mut(reader) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(reader);
                }
            }
        }
    }
    order.extend(placed.iter().enumerate().filter(|(_, placed)| !**placed).map(|(at, _)| at));
    order
}

/// All versions of a term's formula, however it is written.
fn formula_versions(value: &Node) -> Vec<&Node> {
    let formula = value.get("formula").unwrap_or(value);
    let mut versions = vec![formula];
    versions.extend(formula.as_list().unwrap_or_default());
    for entry in formula.as_map().unwrap_or_default() {
        versions.push(&entry.value);
        versions.extend(entry.value.get("versions").unwrap_or(&entry.value).as_list().unwrap_or_default());
    }
    versions
}

/// Every text that could be an expression of a term.
fn texts(value: &Node) -> Vec<&str> {
    value.descendants().filter_map(Node::as_text).filter(|text| text.len() < 16_384).collect()
}
