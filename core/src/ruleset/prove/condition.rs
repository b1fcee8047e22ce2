//! Conditions as questions about variables, joined by and, or, not and if.

use super::Subject;
use super::same::same;
use super::value::Value;
use super::variable::{Counts, Key, Line, Test, Variable, bit, orders};
use crate::ruleset::datum::Datum;
use crate::ruleset::expression::{Comparison, ExprId, Node, Op, Type};
use crate::ruleset::ids::{InputId, TermId, TimelineId};
use crate::ruleset::rules::{Assumed, Formula, Kind, Rules, Term};
use crate::value::{Date, Exact};

/// Most steps of reading conditions; past it nothing is decided.
const MOST_STEPS: u32 = 10_000;
/// Most expressions and terms inside one another.
const DEEPEST: u32 = 200;

/// A part, by its place; its own parts stand before it.
pub(super) type PartId = usize;

/// A part of a condition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Constant(bool),
    Test(usize, Test),
    Not(PartId),
    And(PartId, PartId),
    Or(PartId, PartId),
    /// If, then, else.
    Choose(PartId, PartId, PartId),
}

/// Conditions that must all hold.
#[derive(Debug)]
pub(super) struct Conditions<'r> {
    pub(super) rules: &'r Rules,
    pub(super) parts: Vec<Part>,
    pub(super) variables: Vec<Variable>,
    /// What must hold.
    pub(super) required: Vec<PartId>,
    /// Whether a bound was reached, so that nothing can be said.
    pub(super) gave_up: bool,
    terms: Vec<(TermId, PartId)>,
    /// Which versions of terms are in force, where that is settled.
    settled: &'r [(TimelineId, Option<u16>)],
    steps: u32,
    depth: u32,
}

impl<'r> Conditions<'r> {
    pub(super) fn new(rules: &'r Rules) -> Self {
        Self {
            rules,
            parts: Vec::with_capacity(16),
            variables: Vec::with_capacity(8),
            required: Vec::with_capacity(8),
            gave_up: false,
            terms: Vec::new(),
            settled: &[],
            steps: MOST_STEPS,
            depth: 0,
        }
    }

    /// The same on a day on which these versions of terms are in force.
    pub(super) fn settled(rules: &'r Rules, settled: &'r [(TimelineId, Option<u16>)]) -> Self {
        Self { settled, ..Self::new(rules) }
    }

    /// Adds a condition that must hold.
    pub(super) fn require(&mut self, condition: ExprId) {
        let part = self.condition(condition);
        self.required.push(part);
    }

    /// Adds that a fact is a word.
    pub(super) fn require_word(&mut self, input: InputId, word: u8) {
        let variable = self.read(Subject::Input(input), false);
        let part = self.test(variable, Test::Cells(bit(usize::from(word))));
        self.required.push(part);
    }

    pub(super) fn push(&mut self, part: Part) -> PartId {
        self.parts.push(part);
        self.parts.len().saturating_sub(1)
    }

    pub(super) fn constant(&mut self, holds: bool) -> PartId {
        self.push(Part::Constant(holds))
    }

    /// A question about a variable; the point that it compares with is noted.
    pub(super) fn test(&mut self, variable: Option<usize>, test: Test) -> PartId {
        let Some(index) = variable else { return self.give_up() };
        let noted = self.variables.get_mut(index).is_some_and(|variable| variable.note(test));
        if noted { self.push(Part::Test(index, test)) } else { self.give_up() }
    }

    pub(super) fn give_up(&mut self) -> PartId {
        self.gave_up = true;
        self.constant(false)
    }

    pub(super) fn node(&self, expression: ExprId) -> Option<Node> {
        self.rules.arena.get(expression).copied()
    }

    /// Counts a step and a level; nothing when a bound is reached.
    pub(super) fn enter(&mut self) -> Option<()> {
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 || self.depth >= DEEPEST {
            self.gave_up = true;
            return None;
        }
        self.depth = self.depth.saturating_add(1);
        Some(())
    }

    /// How many steps reading took.
    pub(super) fn steps_taken(&self) -> usize {
        usize::try_from(MOST_STEPS.saturating_sub(self.steps)).unwrap_or(usize::MAX)
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A condition as a part.
    pub(super) fn condition(&mut self, expression: ExprId) -> PartId {
        if self.enter().is_none() {
            return self.give_up();
        }
        let part = match self.node(expression) {
            Some(node) => self.condition_of(expression, node.op),
            None => self.give_up(),
        };
        self.leave();
        part
    }

    fn condition_of(&mut self, expression: ExprId, op: Op) -> PartId {
        match op {
            Op::YesNo(answer) => self.constant(answer),
            Op::Not(a) => {
                let a = self.condition(a);
                self.push(Part::Not(a))
            }
            Op::And(a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                self.push(Part::And(a, b))
            }
            Op::Or(a, b) => {
                let (a, b) = (self.condition(a), self.condition(b));
                self.push(Part::Or(a, b))
            }
            Op::If(condition, a, b) => {
                let (condition, a, b) = (self.condition(condition), self.condition(a), self.condition(b));
                self.push(Part::Choose(condition, a, b))
            }
            Op::Compare(comparison, a, b) => self.compare(comparison, a, b),
            Op::In(a, words) => {
                let value = self.value(a);
                self.in_words(&value, words)
            }
            Op::Includes(set, word) => self.includes(expression, set, word),
            Op::Term(term) => self.term_condition(expression, term),
            Op::Fact(_) | Op::Setting(_) | Op::Field(..) => {
                let variable = self.told(op).and_then(|subject| self.read(subject, false));
                match variable {
                    Some(_) => self.test(variable, Test::Cells(0b10)),
                    None => self.atom(expression),
                }
            }
            _ => self.atom(expression),
        }
    }

    /// A condition that is not looked into.
    fn atom(&mut self, expression: ExprId) -> PartId {
        let variable = self.variable(Key::Value(expression), true, || Line::YesNo);
        self.test(Some(variable), Test::Cells(0b10))
    }

    fn includes(&mut self, expression: ExprId, set: ExprId, word: u8) -> PartId {
        match self.node(set).and_then(|node| self.told(node.op)) {
            Some(subject) => {
                let variable = self.variable(Key::Holds(subject, word), false, || Line::YesNo);
                self.test(Some(variable), Test::Cells(0b10))
            }
            None => self.atom(expression),
        }
    }

    fn compare(&mut self, comparison: Comparison, a: ExprId, b: ExprId) -> PartId {
        if self.node(a).is_some_and(|node| node.type_ == Type::YesNo) {
            let (a, b) = (self.condition(a), self.condition(b));
            let opposite = self.push(Part::Not(b));
            return match comparison {
                Comparison::Equal => self.push(Part::Choose(a, b, opposite)),
                _ => self.push(Part::Choose(a, opposite, b)),
            };
        }
        let (left, right) = (self.value(a), self.value(b));
        self.compare_values(comparison, (Some(a), &left), (Some(b), &right))
    }

    /// Compares what two expressions may be, case by case.
    pub(super) fn compare_values(
        &mut self,
        comparison: Comparison,
        a: (Option<ExprId>, &Value),
        b: (Option<ExprId>, &Value),
    ) -> PartId {
        if self.enter().is_none() {
            return self.give_up();
        }
        let part = match (a.1, b.1) {
            (Value::Either(condition, yes, no), _) => {
                let yes = self.compare_values(comparison, (a.0, yes), b);
                let no = self.compare_values(comparison, (a.0, no), b);
                self.push(Part::Choose(*condition, yes, no))
            }
            (_, Value::Either(condition, yes, no)) => {
                let yes = self.compare_values(comparison, a, (b.0, yes));
                let no = self.compare_values(comparison, a, (b.0, no));
                self.push(Part::Choose(*condition, yes, no))
            }
            (left, right) => match (self.compare_leaves(comparison, left, right), a.0, b.0) {
                (Some(part), _, _) => part,
                (None, Some(a), Some(b)) => self.order(comparison, a, b),
                _ => self.give_up(),
            },
        };
        self.leave();
        part
    }

    fn compare_leaves(&mut self, comparison: Comparison, left: &Value, right: &Value) -> Option<PartId> {
        let (left, right) = (self.seen(left)?, self.seen(right)?);
        Some(match (&left, &right) {
            (Value::Number(a), Value::Number(b)) => self.constant(comparison.holds(a.cmp(b))),
            (Value::Date(a), Value::Date(b)) => self.constant(comparison.holds(a.cmp(b))),
            (Value::Word(a), Value::Word(b)) => self.constant(comparison.holds(a.cmp(b))),
            (Value::Day(variable), Value::Date(at)) => self.test(Some(*variable), Test::Day(comparison, *at)),
            (Value::Date(at), Value::Day(variable)) => {
                self.test(Some(*variable), Test::Day(comparison.mirrored(), *at))
            }
            (Value::WordOf(variable), Value::Word(word)) | (Value::Word(word), Value::WordOf(variable)) => {
                let own = bit(usize::from(*word));
                let cells = if comparison == Comparison::Equal { own } else { !own };
                self.test(Some(*variable), Test::Cells(cells))
            }
            (Value::Line { .. } | Value::Number(_), Value::Line { .. } | Value::Number(_)) => {
                // Everything on one side: `variable × scale + shift` against 0.
                match left.minus(&right)? {
                    Value::Number(rest) => self.constant(comparison.holds(rest.cmp(&Exact::ZERO))),
                    Value::Line { variable, scale, shift } => {
                        let at = shift.checked_neg().and_then(|shift| shift.checked_div(scale)).ok()?;
                        let comparison = if scale.is_negative() { comparison.mirrored() } else { comparison };
                        self.test(Some(variable), Test::Number(comparison, at))
                    }
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// How two values compare that are not looked into; asked the other way round it is the same question.
    fn order(&mut self, comparison: Comparison, a: ExprId, b: ExprId) -> PartId {
        let mirrored = self.variables.iter().position(|variable| match variable.key {
            Key::Order(left, right) => same(&self.rules.arena, left, b) && same(&self.rules.arena, right, a),
            _ => false,
        });
        if mirrored.is_some() {
            return self.test(mirrored, Test::Cells(orders(comparison.mirrored())));
        }
        let variable = self.variable(Key::Order(a, b), true, || Line::Order);
        self.test(Some(variable), Test::Cells(orders(comparison)))
    }

    pub(super) fn in_words(&mut self, value: &Value, words: u128) -> PartId {
        match value {
            Value::Either(condition, yes, no) => {
                let (yes, no) = (self.in_words(yes, words), self.in_words(no, words));
                self.push(Part::Choose(*condition, yes, no))
            }
            Value::Word(word) => self.constant(words & bit(usize::from(*word)) != 0),
            other => match self.seen(other) {
                Some(Value::WordOf(variable)) => self.test(Some(variable), Test::Cells(words)),
                _ => self.give_up(),
            },
        }
    }

    fn term_condition(&mut self, expression: ExprId, id: TermId) -> PartId {
        if let Some((_, part)) = self.terms.iter().find(|(known, _)| *known == id) {
            return *part;
        }
        let rules = self.rules;
        let Some(term) = rules.terms.get(id.index()) else { return self.give_up() };
        let part = if let Some(input) = term.input {
            let variable = self.read(Subject::Input(input), false);
            self.test(variable, Test::Cells(0b10))
        } else {
            let mut part = None;
            for (number, formula) in self.formulas(term).into_iter().enumerate() {
                let body = match formula {
                    Formula::Is(is) => self.condition(*is),
                    Formula::ByWord(of, rows) => match self.condition_by_word(*of, rows) {
                        Some(body) => body,
                        None => self.atom(expression),
                    },
                    Formula::BandOf(_) => self.atom(expression),
                };
                part = Some(match part {
                    None => body,
                    Some(other) => {
                        let chosen = self.version(term, number);
                        self.push(Part::Choose(chosen, body, other))
                    }
                });
            }
            part.unwrap_or_else(|| self.atom(expression))
        };
        self.terms.push((id, part));
        part
    }

    fn condition_by_word(&mut self, of: ExprId, rows: &[Option<ExprId>]) -> Option<PartId> {
        let of = self.value(of);
        let mut result = None;
        for (word, row) in rows.iter().enumerate() {
            let row = self.condition((*row)?);
            result = Some(match result {
                None => row,
                Some(other) => {
                    let is_word = self.in_words(&of, bit(word));
                    self.push(Part::Choose(is_word, row, other))
                }
            });
        }
        result
    }

    /// Whether a certain one of the different versions of a term is in force: nobody's choice here.
    pub(super) fn version(&mut self, term: &Term, number: usize) -> PartId {
        let count = term.formula.alternatives.iter().map(|alternative| alternative.dated.bodies.len()).sum();
        let Some(alternative) = term.formula.alternatives.first() else { return self.give_up() };
        let key = Key::Version(alternative.dated.timeline);
        let variable = self.variable(key, true, || Line::Listed(count));
        if number < 128 { self.test(Some(variable), Test::Cells(bit(number))) } else { self.give_up() }
    }

    /// The different formulas of a term that has one alternative, no condition and no day of its own; none where its
    /// value is not looked into.
    pub(super) fn formulas(&self, term: &'r Term) -> Vec<&'r Formula> {
        let [alternative] = term.formula.alternatives.as_slice() else { return Vec::new() };
        let bodies = &alternative.dated.bodies;
        let settled = self.settled.iter().find(|(timeline, _)| *timeline == alternative.dated.timeline);
        let cases: Vec<_> = match settled {
            Some((_, version)) => {
                version.and_then(|version| bodies.get(usize::from(version))?.as_ref()).into_iter().collect()
            }
            None => bodies.iter().flatten().collect(),
        };
        if term.as_of.is_some() || cases.iter().any(|case| case.when.is_some()) {
            return Vec::new();
        }
        let mut different: Vec<&Formula> = Vec::new();
        for case in cases {
            if !different.iter().any(|known| self.same_formula(known, &case.body)) {
                different.push(&case.body);
            }
        }
        different
    }

    fn same_formula(&self, a: &Formula, b: &Formula) -> bool {
        match (a, b) {
            (Formula::Is(a), Formula::Is(b)) => same(&self.rules.arena, *a, *b),
            _ => false,
        }
    }

    /// What a node reads, if somebody tells or decides it.
    pub(super) fn told(&self, op: Op) -> Option<Subject> {
        match op {
            Op::Fact(input) => {
                // A term's own day may differ from the day of the condition, so the two need not be one value.
                let term = self.rules.input(input)?.term.and_then(|term| self.rules.terms.get(term.index()));
                term.is_none_or(|term| term.as_of.is_none()).then_some(Subject::Input(input))
            }
            Op::Setting(setting) => Some(Subject::Setting(setting)),
            Op::Field(list, field) => Some(Subject::Field(list, field)),
            Op::Term(term) => self.rules.terms.get(term.index())?.input.map(Subject::Input),
            _ => None,
        }
    }

    /// The variable of something that is told or decided; none for kinds without a line of values.
    pub(super) fn read(&mut self, subject: Subject, opaque: bool) -> Option<usize> {
        let key = Key::Read(subject);
        if let Some(known) = self.variables.iter().position(|variable| variable.key == key) {
            return Some(known);
        }
        let rules = self.rules;
        let line = match subject {
            Subject::Input(id) => {
                let input = rules.input(id)?;
                let assumed = |day: Date| input.unless_given == Some(Assumed::Value(Datum::Date(day)));
                let bounds = (assumed(Date::LONG_AGO), assumed(Date::NEVER));
                let bounds = if input.term.is_some() { (true, true) } else { bounds };
                line(rules, &input.kind, (input.at_least, input.at_most), bounds)
            }
            Subject::Setting(id) => {
                let setting = rules.settings.get(id.index())?;
                let least = setting.bounds.iter().map(|bounds| bounds.at_least).min().flatten();
                let most = setting.bounds.iter().map(|bounds| bounds.at_most);
                let most = most.reduce(|a, b| Some(a?.max(b?))).flatten();
                line(rules, &setting.kind, (least, most), (true, true))
            }
            Subject::Field(list, field) => {
                let field = rules.field(list, field)?;
                line(rules, &field.kind, (field.at_least, field.at_most), (false, false))
            }
        }?;
        Some(self.variable(key, opaque, || line))
    }

    /// The variable of a key, made if it is new.
    pub(super) fn variable(&mut self, key: Key, opaque: bool, line: impl FnOnce() -> Line) -> usize {
        let arena = &self.rules.arena;
        let known = self.variables.iter().position(|variable| match (variable.key, key) {
            (Key::Value(a), Key::Value(b)) => same(arena, a, b),
            (Key::Order(a, b), Key::Order(c, d)) => same(arena, a, c) && same(arena, b, d),
            (a, b) => a == b,
        });
        known.unwrap_or_else(|| {
            self.variables.push(Variable::new(key, line(), opaque));
            self.variables.len().saturating_sub(1)
        })
    }
}

/// The values of a kind.
fn line(rules: &Rules, kind: &Kind, range: (Option<Exact>, Option<Exact>), bounds: (bool, bool)) -> Option<Line> {
    let numbers = |whole: bool, counts: Counts| {
        // Counts of all kinds begin at 0.
        let least = if whole { Some(range.0.map_or(Exact::ZERO, |least| least.max(Exact::ZERO))) } else { range.0 };
        Line::Numbers { range: (least, range.1), whole, counts, points: Vec::new() }
    };
    Some(match kind {
        Kind::YesNo => Line::YesNo,
        Kind::OneOf(list) => Line::Listed(rules.words.get(usize::from(list.0))?.words.len()),
        Kind::Count => numbers(true, Counts::Plain),
        Kind::Number | Kind::Share | Kind::Money(_) => numbers(false, Counts::Plain),
        Kind::Days => numbers(true, Counts::Days),
        Kind::Months => numbers(true, Counts::Months),
        Kind::Date | Kind::Month => Line::Days { bounds, points: Vec::new() },
        _ => return None,
    })
}
