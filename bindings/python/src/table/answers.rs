//! The answers to some rows, as columns with the names of the command's output.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rollbook::dues::{Answer, Status};
use rollbook::explain::{Code, Finding};
use rollbook::facade::RuleSet;
use rollbook::ruleset::{InputId, VersionId};
use rollbook::value::{Exact, Rounding};

/// What rows are answered by.
#[derive(Clone, Copy)]
pub(super) struct Wording<'r> {
    pub(super) rule_set: &'r RuleSet,
    pub(super) charge: &'r str,
    pub(super) language: &'r str,
}

/// Texts of a column that are few: each stands once, and a row names it by its number.
#[derive(Debug, Default)]
pub(super) struct Coded<T> {
    /// For each row the number of its text.
    pub(super) keys: Vec<Option<i32>>,
    pub(super) values: Vec<T>,
}

impl<T> Coded<T> {
    /// Adds a text that no row has had.
    fn add(&mut self, value: T) -> Option<i32> {
        let key = i32::try_from(self.values.len()).ok();
        self.values.push(value);
        key
    }
}

/// What stands in one cell of findings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Remark {
    /// A finding about the row, in words.
    Said(String),
    /// A remark of the rule set about itself, by its place among the remarks of these rows.
    Note(usize),
}

/// The answers to some rows.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) amounts: Vec<Option<Exact>>,
    /// The most decimals that an amount was rounded to.
    pub(super) decimals: u32,
    pub(super) status: Vec<Option<i32>>,
    pub(super) rule: Coded<String>,
    pub(super) cite: Coded<String>,
    pub(super) missing: Coded<String>,
    pub(super) findings: Coded<Vec<Remark>>,
    /// What rule sets say of themselves, each once, in the order in which rows met it.
    pub(super) notes: Vec<String>,
    seen: Seen,
}

/// What rows had before.
#[derive(Default)]
struct Seen {
    rules: Numbers<Option<VersionId>>,
    clauses: Numbers<Vec<VersionId>>,
    missing: Numbers<Vec<InputId>>,
    remarks: Numbers<Vec<Remark>>,
    notes: Vec<(Arc<Finding>, usize)>,
}

/// The number that each text of a column was given.
struct Numbers<K> {
    /// That of the row before: the next row mostly has the same.
    last: Option<(K, Option<i32>)>,
    all: HashMap<K, Option<i32>>,
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self { last: None, all: HashMap::new() }
    }
}

impl<K: Eq + Hash> Numbers<K> {
    /// What `key` was given before, or is given now.
    fn of<Q>(&mut self, key: &Q, give: impl FnOnce() -> Option<i32>) -> Option<i32>
    where
        K: Borrow<Q>,
        Q: ToOwned<Owned = K> + Eq + Hash + ?Sized,
    {
        if let Some((last, number)) = &self.last
            && last.borrow() == key
        {
            return *number;
        }
        let number = match self.all.get(key) {
            Some(number) => *number,
            None => {
                let number = give();
                self.all.insert(key.to_owned(), number);
                number
            }
        };
        self.last = Some((key.to_owned(), number));
        number
    }
}

impl Answers {
    /// Adds the answer of the next row.
    pub(super) fn take(&mut self, answer: &Answer, wording: Wording<'_>) {
        let rules = wording.rule_set.engine().rules();
        self.amounts.push(answer.amount);
        if answer.amount.is_some() {
            self.decimals = self.decimals.max(answer.rounding.map_or(0, Rounding::scale));
        }
        self.status.push(number_of(answer.status));
        let key = self.seen.rules.of(&answer.rule, || {
            let path = answer.rule.map_or(wording.charge, |rule| rules.path(rule.timeline));
            self.rule.add(path.to_owned())
        });
        self.rule.keys.push(key);
        let key = self.seen.clauses.of(answer.cite.as_slice(), || {
            let clauses = answer.clauses(rules, wording.rule_set.engine().charges(), wording.language).join("; ");
            if clauses.is_empty() { None } else { self.cite.add(clauses) }
        });
        self.cite.keys.push(key);
        if answer.missing.is_empty() {
            self.missing.keys.push(None);
        } else {
            let inputs: Vec<InputId> = answer.missing.iter().map(|missing| missing.input).collect();
            let key = self.seen.missing.of(inputs.as_slice(), || {
                let names = inputs.iter().filter_map(|input| rules.input(*input)).map(|input| &*input.name);
                self.missing.add(names.collect::<Vec<_>>().join(";"))
            });
            self.missing.keys.push(key);
        }
        let key = self.findings_of(answer, wording);
        self.findings.keys.push(key);
    }

    fn findings_of(&mut self, answer: &Answer, wording: Wording<'_>) -> Option<i32> {
        if answer.findings.is_empty() {
            return None;
        }
        let engine = wording.rule_set.engine();
        let message = |finding: &Finding| finding.message(engine.rules(), engine.charges(), wording.language);
        let mut remarks = Vec::with_capacity(answer.findings.len());
        for finding in &answer.findings {
            if finding.code != Code::NotEncoded {
                remarks.push(Remark::Said(format!("{}: {}", finding.code, message(finding))));
                continue;
            }
            let known = self.seen.notes.iter().find(|(known, _)| Arc::ptr_eq(known, finding));
            let number = match known {
                Some((_, number)) => *number,
                None => self.note(finding, message(finding)),
            };
            remarks.push(Remark::Note(number));
        }
        let findings = &mut self.findings;
        self.seen.remarks.of(remarks.as_slice(), || findings.add(remarks.clone()))
    }

    /// The number of a remark that is new, or that another version of the rules said in the same words.
    fn note(&mut self, finding: &Arc<Finding>, text: String) -> usize {
        let number = self.notes.iter().position(|note| *note == text).unwrap_or_else(|| {
            self.notes.push(text);
            self.notes.len().saturating_sub(1)
        });
        self.seen.notes.push((Arc::clone(finding), number));
        number
    }
}

/// The number of a status among all of them.
fn number_of(status: Status) -> Option<i32> {
    Status::ALL.iter().position(|known| *known == status).and_then(|at| i32::try_from(at).ok())
}
