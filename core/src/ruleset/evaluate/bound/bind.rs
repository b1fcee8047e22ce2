//! From a rule set and the versions, settings and days of a question to bound expressions.

use super::{AsOf, Bound, ByWord, Case, Give, Node, NodeId, Part, Read, Setting, Term, When};
use crate::ruleset::datum::Datum;
use crate::ruleset::decided::{Decided, Settings};
use crate::ruleset::evaluate::Span;
use crate::ruleset::expression::{Comparison, ExprId, Op, Reserved, Type};
use crate::ruleset::ids::{InputId, SettingId, TermId, VersionId};
use crate::ruleset::rules::{self, Assumed, Choice, Formula, Rules};
use crate::ruleset::text_value::Range;
use crate::ruleset::timeline::InForce;
use crate::value::{Date, Rounding};

/// How many nodes are bound; what a question needs beyond that is left to the general evaluator.
const MOST_NODES: usize = 4_096;
/// How deep expressions may stand inside one another, terms included.
const MOST_DEPTH: u8 = 60;

/// Binds the expressions of one question.
#[derive(Debug)]
pub(crate) struct Binder<'r> {
    rules: &'r Rules,
    in_force: &'r InForce,
    settings: &'r Settings,
    span: Span,
    bound: Bound,
    /// The places of the terms that were bound.
    terms: Vec<Option<u16>>,
    depth: u8,
}

impl<'r> Binder<'r> {
    /// For the versions and settings of a period.
    pub(crate) fn new(rules: &'r Rules, in_force: &'r InForce, settings: &'r Settings, span: Span) -> Self {
        let assumed = rules.inputs.iter().map(|input| match input.unless_given {
            Some(Assumed::Value(value)) => Some(value),
            Some(Assumed::EmptyList) | None => None,
        });
        let bound = Bound { assumed: assumed.collect(), ..Bound::default() };
        Self { rules, in_force, settings, span, bound, terms: vec![None; rules.terms.len()], depth: 0 }
    }

    /// What was bound.
    pub(crate) fn finish(self) -> Bound {
        self.bound
    }

    /// The alternatives in force; none where one stands instead of another.
    pub(crate) fn cases<T, U>(
        &mut self,
        choice: &Choice<T>,
        mut gives: impl FnMut(&mut Self, &T) -> U,
    ) -> Option<super::Choice<U>> {
        let mut cases = Vec::with_capacity(choice.alternatives.len());
        for alternative in &choice.alternatives {
            let Some(version) = self.in_force.version(alternative.dated.timeline) else { continue };
            let Some(case) = alternative.dated.body(version) else { continue };
            if case.instead_of.is_some() {
                return None;
            }
            let when = match case.when {
                _ if case.otherwise => When::Otherwise,
                Some(condition) => match self.words(condition) {
                    Some(words) => When::Words(words, self.expression(condition)),
                    None => When::If(self.expression(condition)),
                },
                None => When::Always,
            };
            let attested = self.rules.version(version)?.attested;
            cases.push(Case { version, attested, when, gives: gives(self, &case.body) });
        }
        let by_word = ByWord::new(&cases);
        Some(super::Choice { cases, is_among: choice.alternatives.len() > 1, by_word })
    }

    /// The version of a timeline that holds, with how well it is attested.
    pub(crate) fn version<'d, T>(&self, dated: &'d rules::Dated<T>) -> Option<(VersionId, &'d T)> {
        let version = self.in_force.version(dated.timeline)?;
        Some((version, dated.body(version)?))
    }

    /// An expression that gives a rounding which no fact can change, and the setting that it reads.
    pub(crate) fn rounding(&self, expression: ExprId) -> Option<(Rounding, Option<Setting>)> {
        match self.rules.arena.get(expression)?.op {
            Op::Rounding(rounding) => Some((rounding, None)),
            Op::Setting(setting) => {
                let setting = self.setting(setting)?;
                if let Datum::Rounding(rounding) = setting.value { Some((rounding, Some(setting))) } else { None }
            }
            _ => None,
        }
    }

    /// Whether an expression is a written number.
    pub(crate) fn is_constant(&self, expression: ExprId) -> bool {
        self.rules.arena.get(expression).is_some_and(|node| matches!(node.op, Op::Number(_)))
    }

    /// The day whose facts are read, if a version says so.
    pub(crate) fn as_of(&mut self, dated: &rules::Dated<ExprId>) -> Option<AsOf> {
        let (version, expression) = self.version(dated).map(|(version, expression)| (version, *expression))?;
        let op = self.rules.arena.get(expression)?.op;
        let reads = !matches!(op, Op::Date(_) | Op::Reserved(_));
        Some(AsOf { version, day: self.expression(expression), reads })
    }

    /// An expression.
    pub(crate) fn expression(&mut self, expression: ExprId) -> NodeId {
        let node = if self.depth >= MOST_DEPTH || self.bound.nodes.len() >= MOST_NODES {
            Node::Elsewhere
        } else {
            self.depth = self.depth.saturating_add(1);
            let node = self.operation(expression).unwrap_or(Node::Elsewhere);
            self.depth = self.depth.saturating_sub(1);
            node
        };
        let id = NodeId(u32::try_from(self.bound.nodes.len()).unwrap_or(u32::MAX));
        self.bound.nodes.push(node);
        self.bound.origins.push(expression);
        id
    }

    fn operation(&mut self, expression: ExprId) -> Option<Node> {
        let rules = self.rules;
        let node = rules.arena.get(expression)?;
        Some(match node.op {
            Op::Number(number) => Node::Number(number),
            Op::Date(day) => Node::Date(day),
            Op::YesNo(answer) => Node::YesNo(answer),
            Op::Word(word) => Node::Word(word),
            Op::Fact(input) => Node::Fact(input),
            Op::Setting(setting) => {
                let setting = self.setting(setting)?;
                let place = u16::try_from(self.bound.settings.len()).ok()?;
                self.bound.settings.push(setting);
                Node::Setting(place)
            }
            Op::Term(term) => Node::Term(self.term(term)?),
            Op::Reserved(reserved) => Node::Date(self.reserved(reserved)?),
            Op::Not(a) => Node::Not(self.expression(a)),
            Op::And(a, b) => Node::And(self.expression(a), self.expression(b)),
            Op::Or(a, b) => Node::Or(self.expression(a), self.expression(b)),
            Op::If(condition, a, b) => Node::If(self.expression(condition), self.expression(a), self.expression(b)),
            Op::In(..) | Op::Compare(..) if let Some((input, words)) = self.fact_in(expression) => {
                Node::FactIn(input, words)
            }
            Op::In(a, words) => Node::In(self.expression(a), words),
            Op::Compare(comparison, a, b) => self.compare(comparison, a, b)?,
            Op::Negative(a) if self.is_number(a) => Node::Negative(self.expression(a)),
            Op::Convert(a, factor, _) => Node::Scaled(self.expression(a), factor),
            Op::Round(a, rounding) => Node::Rounded(self.expression(a), rounding),
            Op::Add(a, b) | Op::Subtract(a, b) if self.are_numbers(a, b) => self.sum(expression)?,
            Op::Multiply(a, b) if self.are_numbers(a, b) => Node::Multiply(self.expression(a), self.expression(b)),
            Op::Divide(a, b) if self.are_numbers(a, b) => Node::Divide(self.expression(a), self.expression(b)),
            Op::AtLeast(a, b) if self.have_order(a, b) => Node::AtLeast(self.expression(a), self.expression(b)),
            Op::AtMost(a, b) if self.have_order(a, b) => Node::AtMost(self.expression(a), self.expression(b)),
            Op::Since(input) => Node::Since(input),
            _ => return None,
        })
    }

    /// A sum with its parts in one row, so that it is added up as written.
    fn sum(&mut self, expression: ExprId) -> Option<Node> {
        let mut parts = Vec::new();
        let mut left = expression;
        loop {
            let (next, part, is_less) = match self.rules.arena.get(left)?.op {
                Op::Add(a, b) => (Some(a), b, false),
                Op::Subtract(a, b) => (Some(a), b, true),
                _ => (None, left, false),
            };
            let value = match self.rules.arena.get(part)?.op {
                Op::Fact(input) => Read::Fact(input),
                _ => Read::Node(self.expression(part)),
            };
            parts.push(Part { origin: left, is_less, value });
            match next {
                Some(next) => left = next,
                None => break,
            }
        }
        parts.reverse();
        let place = u16::try_from(self.bound.sums.len()).ok()?;
        self.bound.sums.push(parts);
        Some(Node::Sum(place))
    }

    /// A condition that asks one or two facts for their words, the first one's first.
    fn words(&self, condition: ExprId) -> Option<[Option<(InputId, u128)>; 2]> {
        match self.rules.arena.get(condition)?.op {
            Op::And(a, b) => Some([Some(self.fact_in(a)?), Some(self.fact_in(b)?)]),
            _ => Some([Some(self.fact_in(condition)?), None]),
        }
    }

    /// The fact that a condition asks for its word, with the words for which it holds.
    fn fact_in(&self, condition: ExprId) -> Option<(InputId, u128)> {
        let (fact, words) = match self.rules.arena.get(condition)?.op {
            Op::In(fact, words) => (fact, words),
            Op::Compare(Comparison::Equal, fact, word) => match self.rules.arena.get(word)?.op {
                Op::Word(word) => (fact, 1_u128.checked_shl(u32::from(word))?),
                _ => return None,
            },
            _ => return None,
        };
        if let Op::Fact(input) = self.rules.arena.get(fact)?.op { Some((input, words)) } else { None }
    }

    fn compare(&mut self, comparison: Comparison, a: ExprId, b: ExprId) -> Option<Node> {
        let kinds = (self.rules.type_of(a), self.rules.type_of(b));
        let (a, b) = (self.expression(a), self.expression(b));
        match kinds {
            (one, other) if one.is_numeric() && other.is_numeric() => Some(Node::CompareNumbers(comparison, a, b)),
            (Type::Date, Type::Date) | (Type::Month, Type::Month) => Some(Node::CompareDates(comparison, a, b)),
            (Type::Word(_), Type::Word(_)) => Some(Node::CompareWords(comparison, a, b)),
            _ => None,
        }
    }

    fn is_number(&self, expression: ExprId) -> bool {
        self.rules.type_of(expression).is_numeric()
    }

    fn are_numbers(&self, a: ExprId, b: ExprId) -> bool {
        self.is_number(a) && self.is_number(b)
    }

    fn have_order(&self, a: ExprId, b: ExprId) -> bool {
        let is_date = |expression| self.rules.type_of(expression) == Type::Date;
        self.are_numbers(a, b) || is_date(a) && is_date(b)
    }

    fn setting(&self, id: SettingId) -> Option<Setting> {
        let Decided { value, given, version } = self.settings.get(id)?;
        Some(Setting { id, version, value, given })
    }

    /// The day of a reserved name; `day` differs from answer to answer.
    fn reserved(&self, reserved: Reserved) -> Option<Date> {
        match reserved {
            Reserved::PeriodStart => Some(self.span.start),
            Reserved::PeriodEnd => Some(self.span.end),
            Reserved::YearStart => Date::new(self.span.start.year(), 1, 1),
            Reserved::LongAgo => Some(Date::LONG_AGO),
            Reserved::Never => Some(Date::NEVER),
            Reserved::Day => None,
        }
    }

    fn term(&mut self, id: TermId) -> Option<u16> {
        if let Some(known) = self.terms.get(id.index()).copied()? {
            return Some(known);
        }
        let term = self.rules.terms.get(id.index())?;
        let as_of = term.as_of.as_ref().and_then(|dated| self.as_of(dated));
        let formula = self.cases(&term.formula, Self::formula)?;
        let given = term.input.map(|input: InputId| (input, term.made_of.clone()));
        let range = Range { at_least: term.at_least, at_most: term.at_most };
        let place = u16::try_from(self.bound.terms.len()).ok()?;
        self.bound.terms.push(Term { id, given, as_of, formula, range });
        if let Some(slot) = self.terms.get_mut(id.index()) {
            *slot = Some(place);
        }
        Some(place)
    }

    fn formula(&mut self, formula: &Formula) -> Give {
        match formula {
            Formula::Is(expression) => Give::Is(self.expression(*expression)),
            Formula::ByWord(of, rows) => {
                let of = self.expression(*of);
                let rows = rows.iter().map(|row| row.map(|expression| self.expression(expression)));
                Give::ByWord(of, rows.collect())
            }
            Formula::BandOf(_) => Give::Elsewhere,
        }
    }
}
