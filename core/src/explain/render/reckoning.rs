//! From the steps to the lines, one after the other.

use std::borrow::Cow;

use super::closing;
use super::condition::Condition;
use super::facts::{Facts, Read};
use super::formula::Filled;
use super::lines::Lines;
use super::places::{self, Place};
use super::values::{InWords, Latest, OfKind, Values, number};
use super::{Explanation, LineKind};
use crate::dues::json::effective;
use crate::dues::{Answer, Line};
use crate::explain::names::Names;
use crate::explain::number::pick;
use crate::explain::put::put;
use crate::explain::{Step, TermFrom};
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{ChargeId, Datum, ExprId, Formula, SettingId, TermId, VersionId};
use crate::value::{Date, Exact, Period};

/// The explanation of an answer; marked where its lines stand, if that is wanted.
pub(super) fn reckon<'a>(names: Names<'a>, answer: &'a Answer, marked: bool) -> Explanation<'a> {
    let mut lines = Lines::new(pick!(names.tongue, "同上", "as above"), marked);
    let (heading, result) = closing::open(names, answer, &mut lines.text);
    let mut reckoning = Reckoning::new(names, answer, lines);
    let amount = until_instalments(reckoning.steps);
    for (at, step) in reckoning.steps.iter().enumerate().take(amount) {
        reckoning.take(step, at);
    }
    reckoning.tell_facts(true);
    closing::conclude(names, answer, &result, &mut reckoning.lines);
    for (at, step) in reckoning.steps.iter().enumerate().skip(amount) {
        reckoning.take(step, at);
    }
    let mut lines = reckoning.lines;
    closing::remark(names, answer, &mut lines);
    Explanation { heading, result, lines }
}

/// How many steps lead to the amount; those behind divide it into instalments, the first of which may read how it is rounded.
fn until_instalments(steps: &[Step]) -> usize {
    let first = steps.iter().position(|step| matches!(step, Step::Instalment { .. }));
    let Some(first) = first else { return steps.len() };
    let reads = steps.get(..first).and_then(<[Step]>::last).is_some_and(|step| matches!(step, Step::Setting { .. }));
    first.saturating_sub(usize::from(reads))
}

/// The state of the telling.
#[derive(Debug)]
pub(super) struct Reckoning<'a> {
    pub names: Names<'a>,
    pub answer: &'a Answer,
    pub values: Values<'a>,
    pub lines: Lines<'a>,
    /// The charge whose steps are told.
    pub charge: usize,
    /// The charges that read it, the outermost first.
    outer: Vec<Outer>,
    /// The day that chooses among citations under several instruments.
    pub on: Date,
    /// The version of the alternative or reduction that gives the amount now.
    pub current: Option<VersionId>,
    /// Whether a record of a list is being told.
    pub in_record: bool,
    /// The products of a marginal table, while it is open.
    pub parts: Option<Vec<Exact>>,
    /// The pieces of a period so far.
    pub pieces: Vec<Exact>,
    steps: &'a [Step],
    /// The condition of each version that was decided last.
    conditions: Latest<VersionId, ExprId>,
    facts: Facts<'a>,
    /// Operations whose value nothing has used yet.
    open: Vec<ExprId>,
}

/// What is told of a charge, while another is told that it reads.
#[derive(Debug)]
struct Outer {
    charge: usize,
    on: Date,
    current: Option<VersionId>,
    in_record: bool,
    parts: Option<Vec<Exact>>,
    pieces: Vec<Exact>,
    day: Option<Date>,
    period: Option<Period>,
}

impl<'a> Reckoning<'a> {
    fn new(names: Names<'a>, answer: &'a Answer, lines: Lines<'a>) -> Self {
        Self {
            names,
            answer,
            values: Values::none(names, Some(answer.period)),
            lines,
            charge: answer.charge,
            outer: Vec::new(),
            on: effective(answer.period, names.charges.charges.get(answer.charge)),
            current: answer.rule,
            in_record: false,
            parts: None,
            pieces: Vec::new(),
            steps: answer.trace.as_ref().map_or(&[], |trace| &trace.steps),
            conditions: Latest::default(),
            facts: Facts::default(),
            open: Vec::new(),
        }
    }

    /// The clause of a version.
    pub(super) fn cite(&self, version: Option<VersionId>) -> Option<Cow<'a, str>> {
        self.names.cited(version?, self.on).map(Cow::Borrowed)
    }

    fn take(&mut self, step: &'a Step, at: usize) {
        match step {
            Step::Fact { input, value, since, assumed, on } => {
                self.values.facts.set(*input, value);
                self.values.day = Some(*on);
                let (input, since, assumed) = (*input, *since, *assumed);
                self.facts.read(Read { input, field: None, value, since, assumed, told: false });
            }
            Step::Field { list, field, value } => {
                self.values.fields.set((*list, *field), value);
                let (input, field) = (*list, Some(*field));
                self.facts.read(Read { input, field, value, since: None, assumed: false, told: false });
            }
            Step::Setting { setting, value, version, given } => self.setting(*setting, value, *version, *given),
            Step::Operation { expression, value } => self.operation(*expression, value, at),
            Step::Term { term, value, from, .. } => {
                self.values.terms.set(*term, value);
                self.term(*term, *value, *from);
            }
            Step::Reads { charge } => self.reads(charge.index(), at),
            Step::Charge { charge, amount, .. } => self.was_read(*charge, *amount),
            &Step::Condition { version, when, holds } => {
                self.conditions.set(version, when);
                if holds == Some(true) && self.names.is_alone(version) {
                    self.chosen(version);
                }
            }
            Step::Chosen { version } => self.chosen(*version),
            _ => self.stage(step),
        }
    }

    /// The lines of the answer for the records that are told; those of a charge that is read are not in it.
    pub(super) fn lines_of_records(&self) -> &'a [Line] {
        if self.outer.is_empty() { &self.answer.lines } else { &[] }
    }

    /// Another charge is told from here on.
    fn reads(&mut self, charge: usize, at: usize) {
        self.tell_facts(true);
        let rule = self.rule_of_the_read(at);
        let names = self.names;
        let title = names.charge(charge);
        self.lines.say(LineKind::Charge, None, None, |out| {
            pick!(names.tongue, put!(out, "先计算“", title, "”："), put!(out, "“", title, "” is worked out first:"),);
        });
        self.outer.push(Outer {
            charge: std::mem::replace(&mut self.charge, charge),
            on: self.on,
            current: std::mem::replace(&mut self.current, rule),
            in_record: std::mem::take(&mut self.in_record),
            parts: self.parts.take(),
            pieces: std::mem::take(&mut self.pieces),
            day: self.values.day,
            period: self.values.period,
        });
        if let Some(period) = self.values.period {
            self.on = effective(period, names.charges.charges.get(charge));
        }
    }

    /// The version that gives the amount of the charge whose steps begin here; its last step says so.
    fn rule_of_the_read(&self, at: usize) -> Option<VersionId> {
        let mut within = 0_usize;
        for step in self.steps.iter().skip(at) {
            match step {
                Step::Reads { .. } => within = within.saturating_add(1),
                Step::Charge { rule, .. } if within == 1 => return *rule,
                Step::Charge { .. } => within = within.saturating_sub(1),
                _ => {}
            }
        }
        None
    }

    /// What the charge came to that was told, and back to the one that reads it.
    fn was_read(&mut self, charge: ChargeId, amount: Option<Exact>) {
        if let Some(outer) = self.outer.pop() {
            let Outer { charge, on, current, in_record, parts, pieces, day, period } = outer;
            (self.charge, self.on, self.current, self.in_record) = (charge, on, current, in_record);
            (self.parts, self.pieces) = (parts, pieces);
            (self.values.day, self.values.period) = (day, period);
        }
        let names = self.names;
        let title = names.charge(charge.index());
        match amount {
            Some(amount) => {
                self.values.charges.set(charge, amount);
                self.lines.say(LineKind::Charge, None, [amount], |out| put!(out, title, " ", amount));
            }
            None => {
                self.tell_facts(true);
                self.lines.say(LineKind::Charge, None, None, |out| {
                    put!(out, "“", title, pick!(names.tongue, "”：", "”: "), closing::not_settled(names.tongue));
                });
            }
        }
    }

    /// Tells the facts read since the last line; plain numbers wait for their use unless all are wanted.
    pub(super) fn tell_facts(&mut self, all: bool) {
        self.facts.tell(self.names, all, &mut self.lines);
    }

    fn setting(&mut self, id: SettingId, value: &'a Datum, version: VersionId, given: bool) {
        let known = self.values.settings.get(id) == Some(&value);
        self.values.settings.set(id, value);
        let Some(setting) = self.names.rules.settings.get(id.index()) else { return };
        if known {
            return;
        }
        let names = self.names;
        let (title, shown) = (names.title(&setting.title, &setting.name), OfKind(names, &setting.kind, *value));
        let by_whom = pick!(
            names.tongue,
            if given { "（本组织确定）" } else { "（默认）" },
            if given { " (decided by the organisation)" } else { " (by default)" },
        );
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Setting, cite, number(*value), |out| {
            put!(out, title, pick!(names.tongue, "：", ": "), shown, by_whom);
        });
    }

    fn operation(&mut self, expression: ExprId, value: &'a Datum, at: usize) {
        self.values.operations.set(expression, value);
        self.close(expression);
        let Some(node) = self.names.rules.arena.get(expression) else { return };
        if let Op::Average(input, months) = node.op {
            let before = self.steps.get(..at).unwrap_or_default().iter().rev();
            let read = before.filter_map(|step| match *step {
                Step::Fact { input: known, value, .. } if known == input => number(value),
                _ => None,
            });
            let mut parts: Vec<Exact> = read.take(usize::from(months)).collect();
            parts.reverse();
            self.values.averaged.set(expression, parts);
        }
        if matches!(value, Datum::Number(_)) && !matches!(node.op, Op::Charge(_)) {
            self.open.push(expression);
        }
    }

    /// Tells operations that nothing has used yet, because their value is used now.
    pub(super) fn tell_operations(&mut self) {
        for expression in std::mem::take(&mut self.open) {
            self.equation(LineKind::Operation, expression, "", "", None);
        }
    }

    /// Tells a formula with its values, behind `before` and with a label for the result; false, when a value was never
    /// shown.
    pub(super) fn equation(
        &mut self,
        kind: LineKind,
        expression: ExprId,
        before: &str,
        label: &str,
        cite: Option<Cow<'a, str>>,
    ) -> bool {
        // Facts and steps in between are told before it, and only the formula knows which.
        let mut text = String::new();
        let mut filled = Filled::with_lines(&self.values);
        if filled.equation(expression, label, &mut text).is_none() {
            return false;
        }
        let Filled { before: worked, facts, is_bare, .. } = filled;
        self.tell_facts(false);
        self.facts.shown(&facts);
        for line in worked {
            self.lines.say(LineKind::Operation, None, line.value, |out| put!(out, line.text));
        }
        // What was chosen stands in the line that uses it.
        if !(is_bare && kind == LineKind::Operation) {
            let value = self.values.number(expression);
            self.lines.say(kind, cite, value, |out| put!(out, before, text));
        }
        self.close(expression);
        true
    }

    /// Operations below an expression are told.
    fn close(&mut self, expression: ExprId) {
        let arena = &self.names.rules.arena;
        self.open.retain(|open| !arena.is_within(*open, expression));
    }

    fn chosen(&mut self, version: VersionId) {
        self.tell_facts(false);
        let names = self.names;
        let Some(place) = names.place(version) else { return };
        let title = |name: &Option<Box<str>>, titles| name.as_deref().map(|name| names.title(titles, name));
        let (title, term) = match place {
            Place::Tariff(found) => (title(&found.name, &found.title), None),
            Place::Reduction(found) => (title(&found.name, &found.title), None),
            Place::Formula(term, found) => (title(&found.name, &found.title), Some(term)),
            _ => return,
        };
        if term.is_none() {
            self.current = Some(version);
        }
        let (when, otherwise) = places::condition(place, version);
        let when = self.conditions.get(version).copied().or(when);
        let term = term.map(|term| names.title(&term.title, &term.name));
        let (tongue, values) = (names.tongue, &self.values);
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Chosen, cite, None, |out| {
            match (title, term, &place) {
                (Some(title), Some(term), _) => {
                    let by = pick!(tongue, ("按“", "”计算"), (" is worked out by “", "”"));
                    put!(out, term, by.0, title, by.1);
                }
                (Some(title), None, Place::Reduction(..)) => {
                    put!(out, pick!(tongue, "减免事由“", "reduction “"), title, "”");
                }
                (Some(title), None, _) => {
                    let tariff = pick!(tongue, ("按“", "”的标准"), ("tariff “", "”"));
                    put!(out, tariff.0, title, tariff.1);
                }
                (None, Some(term), _) => {
                    pick!(tongue, put!(out, term, "的计算办法"), put!(out, "how ", term, " is worked out"));
                }
                (None, None, _) => out.push_str(pick!(tongue, "适用的标准", "tariff")),
            }
            let why = pick!(tongue, "：", ": ");
            match when {
                Some(when) => put!(out, why, Condition(values, when)),
                None if otherwise => put!(out, why, pick!(tongue, "其余规定均不适用", "nothing else applies")),
                None => {}
            }
        });
    }

    fn term(&mut self, id: TermId, value: Datum, from: TermFrom) {
        let names = self.names;
        let Some(term) = names.rules.terms.get(id.index()) else { return };
        let title = names.title(&term.title, &term.name);
        let tongue = names.tongue;
        let shown = InWords(names, term.type_, value);
        let is = pick!(tongue, "：", ": ");
        let version = match from {
            TermFrom::Given => {
                if let Some(input) = term.input {
                    self.facts.shown(&[(input, None)]);
                }
                self.tell_facts(false);
                let given = pick!(tongue, "（填报）", " (as given)");
                self.lines.say(LineKind::Term, None, number(value), |out| put!(out, title, " ", shown, given));
                return;
            }
            TermFrom::Nothing => {
                self.tell_facts(false);
                self.lines.say(LineKind::Term, None, None, |out| put!(out, title, is, pick!(tongue, "无", "none")));
                return;
            }
            TermFrom::Formula(version) => version,
        };
        let cite = self.cite(Some(version));
        let expression = self.worked_out_by(version);
        if let Some(expression) = expression
            && term.type_.is_numeric()
            && self.equation(LineKind::Term, expression, "", &title, cite.clone())
        {
            return;
        }
        self.tell_facts(false);
        match expression {
            Some(why) if term.type_ == Type::YesNo => {
                let (why, brackets) = (Condition(&self.values, why), pick!(tongue, ("（", "）"), (" (", ")")));
                self.lines.say(LineKind::Term, cite, None, |out| {
                    put!(out, title, is, shown, brackets.0, why, brackets.1);
                });
            }
            _ => self.lines.say(LineKind::Term, cite, number(value), |out| put!(out, title, is, shown)),
        }
    }

    /// The expression by which a version of a term was worked out; none, where a table did it.
    fn worked_out_by(&self, version: VersionId) -> Option<ExprId> {
        let Some(Place::Formula(_, alternative)) = self.names.place(version) else { return None };
        match &alternative.dated.body(version)?.body {
            Formula::Is(expression) => Some(*expression),
            Formula::ByWord(of, rows) => rows.get(usize::from(self.values.word(*of)?)).copied().flatten(),
            Formula::BandOf(_) => None,
        }
    }
}
