//! What rests on what: circles are refused, depth is bounded, and what an amount is made of is worked out.

use super::{MAX_EVALUATION_DEPTH, Reader};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::expression::{ExprId, Op, Reserved};
use crate::ruleset::ids::{ChargeId, InputId, SettingId, TermId, TimelineId};
use crate::ruleset::node::Span;
use crate::ruleset::rules::{Choice, Formula, Term};

/// A charge, as far as its place among what rests on what is concerned.
#[derive(Debug)]
pub(crate) struct ChargeRoots {
    /// Its name.
    pub name: Box<str>,
    /// Where its name stands.
    pub span: Span,
    /// All its expressions.
    pub roots: Vec<ExprId>,
}

/// How many steps of a circle are told.
const MOST_STEPS: usize = 6;

/// A term or a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Term(usize),
    Charge(usize),
}

impl Reader {
    /// Refuses circles and evaluations that would nest too deep; says whether all is well.
    pub(crate) fn check_circles(&mut self, charges: &[ChargeRoots], term_spans: &[Span]) -> bool {
        let terms = self.rules.terms.len();
        let count = terms.saturating_add(charges.len());
        let roots: Vec<Vec<ExprId>> =
            self.rules.terms.iter().map(term_roots).chain(charges.iter().map(|charge| charge.roots.clone())).collect();
        let links: Vec<Vec<usize>> = roots.iter().map(|roots| self.links(roots, terms)).collect();
        let name = |at: usize| match at.checked_sub(terms) {
            Some(charge) => charges.get(charge).map_or("", |charge| &charge.name),
            None => self.rules.terms.get(at).map_or("", |term| &term.name),
        };
        let span = |at: usize| match at.checked_sub(terms) {
            Some(charge) => charges.get(charge).map_or(Span::new(0, 0), |charge| charge.span),
            None => term_spans.get(at).copied().unwrap_or(Span::new(0, 0)),
        };
        match order(&links, count) {
            Err(circle) => {
                let names: Vec<&str> = circle.iter().map(|at| name(*at)).collect();
                let first = circle.first().copied().unwrap_or(0);
                let steps: Vec<String> = names
                    .iter()
                    .zip(names.iter().cycle().skip(1))
                    .map(|(one, other)| format!("`{one}` rests on `{other}`"))
                    .collect();
                let section = if first < terms { "terms" } else { "charges" };
                let steps = match steps.len() {
                    0..=MOST_STEPS => steps.join(", and "),
                    all => format!(
                        "{}, and so on through {all} in a circle",
                        steps.get(..MOST_STEPS).unwrap_or_default().join(", ")
                    ),
                };
                let mut fault = Diagnostic::error("circular", span(first), steps)
                    .at(format!("{section}.{}", name(first)))
                    .with_help("one of them must come from facts alone");
                for at in circle.iter().skip(1).take(MOST_STEPS) {
                    fault = fault.with_related(span(*at), format!("`{}`", name(*at)));
                }
                self.report(fault);
                false
            }
            Ok(order) => {
                let mut depths = vec![0_usize; count];
                for at in order {
                    let depth = roots.get(at).map_or(0, |roots| {
                        roots.iter().map(|root| self.depth(*root, &depths, terms)).max().unwrap_or(0)
                    });
                    if depth > MAX_EVALUATION_DEPTH {
                        let message =
                            format!("`{}` nests deeper than {MAX_EVALUATION_DEPTH} through other terms", name(at));
                        let fault = Diagnostic::error("expression_too_deep", span(at), message);
                        self.report(fault.with_help("state some of it as facts"));
                        return false;
                    }
                    if let Some(slot) = depths.get_mut(at) {
                        *slot = depth;
                    }
                }
                true
            }
        }
    }

    fn links(&self, roots: &[ExprId], terms: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for root in roots {
            self.arena.walk(*root, &mut |_, node| {
                let link = match node.op {
                    Op::Term(term) => Some(Link::Term(term.index())),
                    Op::Charge(charge) => Some(Link::Charge(charge.index())),
                    _ => None,
                };
                let at = match link {
                    Some(Link::Term(at)) => at,
                    Some(Link::Charge(at)) => at.saturating_add(terms),
                    None => return,
                };
                if !found.contains(&at) {
                    found.push(at);
                }
            });
        }
        found
    }

    fn depth(&self, root: ExprId, depths: &[usize], terms: usize) -> usize {
        let Some(node) = self.arena.get(root) else { return 0 };
        let below = match node.op {
            Op::Term(term) => depths.get(term.index()).copied().unwrap_or(0).saturating_add(2),
            Op::Charge(charge) => {
                depths.get(charge.index().saturating_add(terms)).copied().unwrap_or(0).saturating_add(8)
            }
            op => op.children().map(|child| self.depth(child, depths, terms)).max().unwrap_or(0),
        };
        below.saturating_add(1)
    }

    /// Works out, for every term, whether it depends on the day and what its alternatives are made of.
    pub(crate) fn finish_terms(&mut self) {
        let links: Vec<Vec<usize>> = self
            .rules
            .terms
            .iter()
            .map(|term| {
                let mut links = self.links(&term_roots(term), usize::MAX);
                links.retain(|at| *at < self.rules.terms.len());
                links
            })
            .collect();
        let Ok(order) = order(&links, self.rules.terms.len()) else { return };
        let mut made_of: Vec<Vec<InputId>> = vec![Vec::new(); self.rules.terms.len()];
        for at in order {
            let Some(term) = self.rules.terms.get(at) else { continue };
            let mut cases = Vec::new();
            let mut all: Vec<InputId> = Vec::new();
            for (position, alternative) in term.formula.alternatives.iter().enumerate() {
                for (version, case) in alternative.dated.bodies.iter().enumerate() {
                    let Some(case) = case else { continue };
                    let inputs = self.made_of(&formula_values(&case.body), &made_of);
                    extend_once(&mut all, &inputs);
                    cases.push((position, version, inputs));
                }
            }
            let of_all = all.iter().copied().collect();
            let depends = term_roots(term).into_iter().any(|root| self.depends_on_day(root));
            if let Some(input) = term.input {
                extend_once(&mut all, &[input]);
            }
            if let Some(slot) = made_of.get_mut(at) {
                *slot = all;
            }
            if let Some(term) = self.rules.terms.get_mut(at) {
                term.depends_on_day = depends;
                term.made_of = of_all;
                for (position, version, inputs) in cases {
                    let case = term
                        .formula
                        .alternatives
                        .get_mut(position)
                        .and_then(|alternative| alternative.dated.bodies.get_mut(version))
                        .and_then(Option::as_mut);
                    if let Some(case) = case {
                        case.made_of = inputs.into_iter().collect();
                    }
                }
            }
        }
    }

    fn depends_on_day(&self, root: ExprId) -> bool {
        let mut depends = false;
        self.arena.walk(root, &mut |_, node| {
            depends |= match node.op {
                Op::Reserved(reserved) => reserved == Reserved::Day,
                Op::Term(term) => self.rules.terms.get(term.index()).is_some_and(|term| term.depends_on_day),
                _ => false,
            };
        });
        depends
    }

    /// The facts that values are made of, those behind terms included; assumed ones do not count.
    fn made_of(&self, values: &[ExprId], terms: &[Vec<InputId>]) -> Vec<InputId> {
        let mut inputs = Vec::new();
        for root in values {
            self.arena.walk(*root, &mut |_, node| match node.op {
                Op::Fact(input) | Op::Since(input) | Op::Average(input, _) => {
                    let assumed = self.rules.input(input).is_some_and(|input| input.unless_given.is_some());
                    if !assumed {
                        extend_once(&mut inputs, &[input]);
                    }
                }
                Op::Term(term) => {
                    if let Some(behind) = terms.get(term.index()) {
                        extend_once(&mut inputs, behind);
                    }
                }
                _ => {}
            });
        }
        inputs
    }

    /// The charges that terms behind expressions read, each with the term that reads it.
    pub(crate) fn charges_behind_terms(&self, roots: &[ExprId]) -> Vec<(TermId, ChargeId)> {
        let mut found = Vec::new();
        let mut open: Vec<(Option<TermId>, ExprId)> = roots.iter().map(|root| (None, *root)).collect();
        let mut seen = vec![false; self.rules.terms.len()];
        while let Some((within, root)) = open.pop() {
            let mut terms: Vec<TermId> = Vec::new();
            self.arena.walk(root, &mut |_, node| match (node.op, within) {
                (Op::Term(term), _) => terms.push(term),
                (Op::Charge(charge), Some(term)) if !found.contains(&(term, charge)) => found.push((term, charge)),
                _ => {}
            });
            for id in terms {
                let Some(seen) = seen.get_mut(id.index()) else { continue };
                let Some(term) = self.rules.terms.get(id.index()).filter(|_| !*seen) else { continue };
                *seen = true;
                open.extend(term_roots(term).into_iter().map(|root| (Some(id), root)));
            }
        }
        found
    }

    /// Every timeline that expressions read: those of the terms and settings behind them.
    pub(crate) fn timelines_behind(&self, roots: &[ExprId]) -> Vec<TimelineId> {
        let mut found: Vec<TimelineId> = Vec::new();
        let mut open: Vec<ExprId> = roots.to_vec();
        let mut seen_terms = vec![false; self.rules.terms.len()];
        let mut seen_settings: Vec<SettingId> = Vec::new();
        while let Some(root) = open.pop() {
            let mut terms: Vec<TermId> = Vec::new();
            self.arena.walk(root, &mut |_, node| match node.op {
                Op::Term(term) => terms.push(term),
                Op::Setting(setting) if !seen_settings.contains(&setting) => {
                    seen_settings.push(setting);
                    found.extend(self.rules.settings.get(setting.index()).map(|setting| setting.timeline));
                }
                _ => {}
            });
            for id in terms {
                let Some(seen) = seen_terms.get_mut(id.index()) else { continue };
                let Some(term) = self.rules.terms.get(id.index()).filter(|_| !*seen) else { continue };
                *seen = true;
                found.extend(term.as_of.as_ref().map(|dated| dated.timeline));
                found.extend(term.formula.alternatives.iter().map(|alternative| alternative.dated.timeline));
                open.extend(term_roots(term));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn extend_once(all: &mut Vec<InputId>, more: &[InputId]) {
    for input in more {
        if !all.contains(input) {
            all.push(*input);
        }
    }
}

/// The values of a formula, without its conditions.
fn formula_values(formula: &Formula) -> Vec<ExprId> {
    match formula {
        Formula::Is(id) => vec![*id],
        Formula::ByWord(_, rows) => rows.iter().flatten().copied().collect(),
        Formula::BandOf(bands) => vec![bands.of],
    }
}

fn choice_roots(formula: &Choice<Formula>) -> Vec<ExprId> {
    let mut roots = Vec::new();
    for case in formula.alternatives.iter().flat_map(|alternative| alternative.dated.bodies.iter().flatten()) {
        roots.extend(case.when);
        if let Formula::ByWord(of, _) = &case.body {
            roots.push(*of);
        }
        roots.extend(formula_values(&case.body));
    }
    roots
}

pub(crate) fn term_roots(term: &Term) -> Vec<ExprId> {
    let mut roots = choice_roots(&term.formula);
    roots.extend(term.as_of.iter().flat_map(|dated| dated.bodies.iter().flatten().copied()));
    roots
}

/// An order in which each comes after what it rests on, or a circle.
fn order(links: &[Vec<usize>], count: usize) -> Result<Vec<usize>, Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; count];
    let mut order = Vec::with_capacity(count);
    for start in 0..count {
        if marks.get(start) != Some(&Mark::New) {
            continue;
        }
        // The way down from `start`: each with the number of its links already followed.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        if let Some(mark) = marks.get_mut(start) {
            *mark = Mark::Open;
        }
        while let Some((at, followed)) = way.last_mut() {
            let at = *at;
            let next = links.get(at).and_then(|links| links.get(*followed)).copied();
            *followed = followed.saturating_add(1);
            match next {
                None => {
                    way.pop();
                    order.push(at);
                    if let Some(mark) = marks.get_mut(at) {
                        *mark = Mark::Done;
                    }
                }
                Some(next) => match marks.get(next).copied() {
                    Some(Mark::New) => {
                        if let Some(mark) = marks.get_mut(next) {
                            *mark = Mark::Open;
                        }
                        way.push((next, 0));
                    }
                    Some(Mark::Open) => {
                        let from = way.iter().position(|(met, _)| *met == next).unwrap_or(0);
                        return Err(way.iter().skip(from).map(|(met, _)| *met).collect());
                    }
                    _ => {}
                },
            }
        }
    }
    Ok(order)
}
