//! The answers to some rows, as columns with the names of the command's output.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::Int32Array;
use rollbook::dues::{Answer, Status};
use rollbook::explain::{Code, Finding};
use rollbook::facade::RuleSet;
use rollbook::ruleset::Attested;
use rollbook::value::{Exact, Rounding};

/// What rows are answered by.
#[derive(Clone, Copy)]
pub(super) struct Wording<'r> {
    pub(super) rule_set: &'r RuleSet,
    pub(super) charge: &'r str,
    pub(super) language: &'r str,
}

/// Texts of a column that are few: each stands once, and rows name it by its number.
#[derive(Debug)]
pub(super) struct Coded<T> {
    pub(super) values: Vec<T>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl<T: PartialEq> Coded<T> {
    /// The number of a text.
    fn of(&mut self, value: T) -> Option<i32> {
        let known = self.values.iter().position(|known| *known == value);
        let place = known.unwrap_or_else(|| {
            self.values.push(value);
            self.values.len().saturating_sub(1)
        });
        i32::try_from(place).ok()
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

/// What rows have in common whose answers differ in nothing but the amount: the numbers of their texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sort {
    pub(super) status: Option<i32>,
    pub(super) rule: Option<i32>,
    pub(super) cite: Option<i32>,
    pub(super) missing: Option<i32>,
    pub(super) findings: Option<i32>,
    pub(super) attested: Option<i32>,
}

/// So many sorts are looked for; a roster has some dozens. A row that is wrong has words of its own, and is no sort.
const MOST: usize = 64;

/// The answers to some rows.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) amounts: Vec<Option<Exact>>,
    /// For each row the number of its sort.
    pub(super) sorts: Vec<usize>,
    pub(super) sort: Vec<Sort>,
    /// The most decimals that an amount was rounded to.
    pub(super) decimals: u32,
    pub(super) rule: Coded<String>,
    pub(super) cite: Coded<String>,
    pub(super) missing: Coded<String>,
    pub(super) findings: Coded<Vec<Remark>>,
    /// What rule sets say of themselves, each once, in the order in which rows met it.
    pub(super) notes: Vec<String>,
    /// An answer of each sort that is looked for, with the number of the sort; the one that was found last stands first.
    known: Vec<(Answer, usize)>,
    seen: Vec<(Arc<Finding>, usize)>,
    said: HashMap<Vec<Remark>, i32>,
}

impl Answers {
    /// Room for the answers to so many rows.
    pub(super) fn of(rows: usize) -> Self {
        Self { amounts: Vec::with_capacity(rows), sorts: Vec::with_capacity(rows), ..Self::default() }
    }

    /// Adds the answer of the next row.
    pub(super) fn take(&mut self, answer: &Answer, wording: Wording<'_>) {
        self.amounts.push(answer.amount);
        if let Some(at) = self.known.iter().position(|(known, _)| same(known, answer)) {
            if at > 0 {
                self.known.swap(at, at.saturating_sub(1));
            }
            let place = at.saturating_sub(1);
            self.sorts.extend(self.known.get(place).map(|(_, sort)| *sort));
            return;
        }
        let grounds = self.known.iter().find(|(known, _)| same_grounds(known, answer)).map(|(_, sort)| *sort);
        let grounds = grounds.and_then(|sort| self.sort.get(sort)).copied();
        let mut sort = grounds.unwrap_or_else(|| self.grounds(answer, wording));
        let remarks = self.remarks(answer, wording);
        let is_a_sort = remarks.iter().all(|remark| matches!(remark, Remark::Note(_)));
        sort.findings = if remarks.is_empty() { None } else { self.findings_of(remarks) };
        let number = self.sort.len();
        self.sort.push(sort);
        self.sorts.push(number);
        if is_a_sort && self.known.len() < MOST {
            self.known.push((answer.clone(), number));
        }
    }

    /// The columns that an answer rests on, without its findings.
    fn grounds(&mut self, answer: &Answer, wording: Wording<'_>) -> Sort {
        if answer.amount.is_some() {
            self.decimals = self.decimals.max(answer.rounding.map_or(0, Rounding::scale));
        }
        let rules = wording.rule_set.engine().rules();
        let path = answer.rule.map_or(wording.charge, |rule| rules.path(rule.timeline));
        let clauses = answer.clauses(rules, wording.rule_set.engine().charges(), wording.language).join("; ");
        let inputs = answer.missing.iter().filter_map(|missing| rules.input(missing.input));
        let missing = inputs.map(|input| &*input.name).collect::<Vec<_>>().join(";");
        Sort {
            status: place(&Status::ALL, answer.status),
            rule: self.rule.of(path.to_owned()),
            cite: if clauses.is_empty() { None } else { self.cite.of(clauses) },
            missing: if missing.is_empty() { None } else { self.missing.of(missing) },
            findings: None,
            // Where nothing was decided, nothing rests on a text.
            attested: if answer.status.is_decided() { place(&Attested::ALL, answer.attested) } else { None },
        }
    }

    /// The number of the remarks of a row, of which a roster with mistakes has many.
    fn findings_of(&mut self, remarks: Vec<Remark>) -> Option<i32> {
        if let Some(number) = self.said.get(&remarks) {
            return Some(*number);
        }
        let number = i32::try_from(self.findings.values.len()).ok()?;
        self.findings.values.push(remarks.clone());
        self.said.insert(remarks, number);
        Some(number)
    }

    /// For each row the number of a text.
    pub(super) fn numbers(&self, of: impl Fn(&Sort) -> Option<i32>) -> Int32Array {
        let sorts: Vec<Option<i32>> = self.sort.iter().map(of).collect();
        let number = |sort: &usize| sorts.get(*sort).copied().flatten();
        if sorts.iter().all(Option::is_some) {
            return self.sorts.iter().map(|sort| number(sort).unwrap_or_default()).collect::<Vec<i32>>().into();
        }
        self.sorts.iter().map(number).collect()
    }

    fn remarks(&mut self, answer: &Answer, wording: Wording<'_>) -> Vec<Remark> {
        let engine = wording.rule_set.engine();
        let message = |finding: &Finding| finding.message(engine.rules(), engine.charges(), wording.language);
        let mut remarks = Vec::with_capacity(answer.findings.len());
        for finding in &answer.findings {
            if finding.code != Code::NotEncoded {
                remarks.push(Remark::Said(format!("{}: {}", finding.code, message(finding))));
                continue;
            }
            let known = self.seen.iter().find(|(known, _)| Arc::ptr_eq(known, finding));
            let number = match known {
                Some((_, number)) => *number,
                None => self.note(finding, message(finding)),
            };
            remarks.push(Remark::Note(number));
        }
        remarks
    }

    /// The number of a remark that is new, or that another version of the rules said in the same words.
    fn note(&mut self, finding: &Arc<Finding>, text: String) -> usize {
        let number = self.notes.iter().position(|note| *note == text).unwrap_or_else(|| {
            self.notes.push(text);
            self.notes.len().saturating_sub(1)
        });
        self.seen.push((Arc::clone(finding), number));
        number
    }
}

/// Whether two answers have the same in every column but that of the amount.
fn same(one: &Answer, other: &Answer) -> bool {
    same_grounds(one, other)
        && one.findings.len() == other.findings.len()
        && one.findings.iter().zip(&other.findings).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// The same without the findings.
fn same_grounds(one: &Answer, other: &Answer) -> bool {
    one.rule == other.rule
        && one.status == other.status
        && one.amount.is_some() == other.amount.is_some()
        && one.rounding == other.rounding
        && one.cite == other.cite
        && one.attested == other.attested
        && one.missing == other.missing
}

/// The number of a word among all of its kind.
fn place<T: Copy + PartialEq>(all: &[T], word: T) -> Option<i32> {
    all.iter().position(|known| *known == word).and_then(|at| i32::try_from(at).ok())
}
