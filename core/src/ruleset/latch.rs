//! What `latched(on, off)` reads: the facts that are missing where it was never switched, and the settings whose history
//! switches it.

use super::expression::{ExprId, Op};
use super::ids::{InputId, SettingId};
use super::read::term_roots;
use super::rules::Rules;

/// A `latched` of the rule set.
#[derive(Clone, Debug)]
pub(crate) struct Latch {
    /// The expression.
    pub(crate) at: ExprId,
    /// The facts that it names; where it names none, those behind its terms.
    pub(crate) inputs: Vec<InputId>,
    /// The settings that it names and those behind its terms.
    pub(crate) settings: Vec<SettingId>,
}

/// Finds every `latched` of a rule set.
pub(crate) fn latches(rules: &Rules) -> Vec<Latch> {
    let latched = rules.arena.all().filter_map(|at| match rules.arena.get(at)?.op {
        Op::Latched(on, off) => Some((at, [on, off])),
        _ => None,
    });
    latched.map(|(at, roots)| latch(rules, at, &roots)).collect()
}

fn latch(rules: &Rules, at: ExprId, roots: &[ExprId]) -> Latch {
    let mut found = Latch { at, inputs: Vec::new(), settings: Vec::new() };
    let mut behind = Vec::new();
    let mut seen = vec![false; rules.terms.len()];
    let mut open: Vec<(ExprId, bool)> = roots.iter().rev().map(|root| (*root, false)).collect();
    while let Some((root, is_behind)) = open.pop() {
        let mut terms = Vec::new();
        rules.arena.walk(root, &mut |_, node| match node.op {
            Op::Fact(input) => push_once(if is_behind { &mut behind } else { &mut found.inputs }, input),
            Op::Setting(setting) => push_once(&mut found.settings, setting),
            Op::Term(term) => terms.push(term),
            _ => {}
        });
        for id in terms {
            let Some(seen) = seen.get_mut(id.index()) else { continue };
            let Some(term) = rules.terms.get(id.index()).filter(|_| !*seen) else { continue };
            *seen = true;
            match term.input {
                Some(input) => push_once(&mut behind, input),
                None => open.extend(term_roots(term).into_iter().map(|root| (root, true))),
            }
        }
    }
    if found.inputs.is_empty() {
        found.inputs = behind;
    }
    found
}

fn push_once<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

impl Rules {
    /// What a `latched` reads.
    pub(crate) fn latch(&self, at: ExprId) -> Option<&Latch> {
        self.latches.iter().find(|latch| latch.at == at)
    }
}
