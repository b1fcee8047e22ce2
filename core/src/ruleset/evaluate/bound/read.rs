//! Bound expressions to values, with the steps as they are read.

use super::super::has;
use super::value::Value;
use super::{Bound, ByWord, Case, Choice, Elsewhere, Found, Give, Node, NodeId, Read, Setting, Term, When};
use crate::explain::{NoTrace, Sink, Step, TermFrom};
use crate::ruleset::citation::Attested;
use crate::ruleset::datum::Datum;
use crate::ruleset::expression::ExprId;
use crate::ruleset::given::{Facts, Given};
use crate::ruleset::ids::InputId;
use crate::value::{Date, Exact};

/// How deep terms may stand inside one another; what is deeper is left to the evaluator that counts its steps.
const MOST_DEPTH: u32 = 8;
/// How many terms one answer may read.
const MOST_TERMS: u32 = 2_000;

/// One answer by bound expressions.
#[derive(Debug)]
pub(crate) struct Direct<'a, S> {
    bound: &'a Bound,
    facts: &'a Facts,
    assumed: &'a mut Vec<InputId>,
    sink: &'a mut S,
    /// The day whose facts are read, as the steps say it; no value depends on it.
    pub(crate) day: Date,
    /// The weakest attestation of what the value was made of so far.
    pub(crate) attested: Attested,
    /// Terms whose steps were taken.
    known: Vec<Known>,
    depth: u32,
    terms: u32,
}

/// A term that was read on a day: its steps are not taken again.
#[derive(Clone, Copy, Debug)]
struct Known {
    term: u16,
    day: Date,
    value: Datum,
    attested: Attested,
}

impl<'a, S: Sink> Direct<'a, S> {
    /// Begins an answer; facts with a history are not for it.
    pub(crate) fn new(
        bound: &'a Bound,
        facts: &'a Facts,
        assumed: &'a mut Vec<InputId>,
        sink: &'a mut S,
        day: Date,
    ) -> Self {
        let known = Vec::new();
        Self { bound, facts, assumed, sink, day, attested: Attested::Official, known, depth: 0, terms: 0 }
    }

    /// Takes a step; the closure runs only when steps are wanted.
    #[inline]
    pub(crate) fn emit(&mut self, step: impl FnOnce() -> Step) {
        if S::ON {
            self.sink.step(step());
        }
    }

    /// Runs a part without steps; what it assumes is kept.
    pub(crate) fn without_steps<T>(&mut self, part: impl FnOnce(&mut Direct<'_, NoTrace>) -> T) -> T {
        part(&mut Direct::new(self.bound, self.facts, self.assumed, &mut NoTrace, self.day))
    }

    /// Runs a part that leaves nothing behind but its result.
    pub(crate) fn silently<T>(&mut self, part: impl FnOnce(&mut Direct<'_, NoTrace>) -> T) -> T {
        let assumed = self.assumed.len();
        let result = self.without_steps(part);
        self.assumed.truncate(assumed);
        result
    }

    /// Forgets which terms were read, so that their steps are taken once more.
    pub(crate) fn forget_terms(&mut self) {
        self.known.clear();
    }

    /// Counts a version as part of what the value was made of.
    #[inline]
    pub(crate) fn attest(&mut self, attested: Attested) {
        self.attested = self.attested.max(attested);
    }

    /// The value of a condition, day or word that decides but does not go into the amount.
    #[inline]
    fn deciding<T: Value>(&mut self, node: NodeId) -> Found<T> {
        let before = self.attested;
        let value = T::read(self, node)?;
        self.attested = before;
        Ok(value)
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&mut self, condition: NodeId) -> Found<bool> {
        self.deciding(condition)
    }

    /// A day that decides.
    pub(crate) fn deciding_day(&mut self, node: NodeId) -> Found<Date> {
        self.deciding(node)
    }

    /// A word that decides.
    pub(crate) fn deciding_word(&mut self, node: NodeId) -> Found<u8> {
        self.deciding(node)
    }

    /// The alternative that applies, if one does; two are for the general evaluator.
    pub(crate) fn choose<'c, T>(&mut self, choice: &'c Choice<T>) -> Found<Option<&'c Case<T>>> {
        let mut chosen = None;
        let mut otherwise = None;
        if !S::ON
            && let Some(ByWord { input, open }) = &choice.by_word
        {
            let word: u8 = self.fact(*input)?;
            let mut open = open.get(usize::from(word)).copied().ok_or(Elsewhere)?;
            while open != 0 {
                let place = usize::try_from(open.trailing_zeros()).unwrap_or(usize::MAX);
                open &= open.wrapping_sub(1);
                self.consider(choice.cases.get(place).ok_or(Elsewhere)?, &mut chosen, &mut otherwise)?;
            }
        } else {
            for case in &choice.cases {
                self.consider(case, &mut chosen, &mut otherwise)?;
            }
        }
        let chosen = chosen.or(otherwise);
        if let Some(case) = chosen
            && choice.is_among
        {
            self.emit(|| Step::Chosen { version: case.version });
        }
        Ok(chosen)
    }

    #[inline]
    fn consider<'c, T>(
        &mut self,
        case: &'c Case<T>,
        chosen: &mut Option<&'c Case<T>>,
        otherwise: &mut Option<&'c Case<T>>,
    ) -> Found<()> {
        let holds = match &case.when {
            When::Always => true,
            When::Words(words, _) if !S::ON => self.have(words)?,
            When::Words(_, condition) | When::If(condition) => {
                let holds = self.holds(*condition)?;
                if S::ON {
                    let when = self.origin(*condition)?;
                    self.emit(|| Step::Condition { version: case.version, when, holds: Some(holds) });
                }
                holds
            }
            When::Otherwise => {
                *otherwise = otherwise.or(Some(case));
                false
            }
        };
        // Two that apply are for the general evaluator.
        if holds && chosen.replace(case).is_some() { Err(Elsewhere) } else { Ok(()) }
    }

    /// Whether each fact has one of its words.
    fn have(&mut self, words: &[Option<(InputId, u128)>; 2]) -> Found<bool> {
        for (input, words) in words.iter().flatten() {
            if !has(*words, self.fact(*input)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline]
    fn node(&self, node: NodeId) -> Found<&'a Node> {
        usize::try_from(node.0).ok().and_then(|at| self.bound.nodes.get(at)).ok_or(Elsewhere)
    }

    /// The expression that a node was bound from.
    pub(crate) fn origin(&self, node: NodeId) -> Found<ExprId> {
        usize::try_from(node.0).ok().and_then(|at| self.bound.origins.get(at)).copied().ok_or(Elsewhere)
    }

    /// The step of an operation.
    #[inline]
    fn operated<T: Value>(&mut self, node: NodeId, value: T) -> Found<T> {
        if S::ON {
            let expression = self.origin(node)?;
            self.emit(|| Step::Operation { expression, value: value.datum() });
        }
        Ok(value)
    }

    #[inline]
    pub(super) fn fact<T: Value>(&mut self, input: InputId) -> Found<T> {
        let value = match self.facts.get(input) {
            Given::One(value) => T::of(value)?,
            Given::Nothing => return self.assumed_value(input),
            Given::History(_) | Given::List(_) => return Err(Elsewhere),
        };
        let on = self.day;
        self.emit(|| Step::Fact { input, value: value.datum(), on, since: None, assumed: false });
        Ok(value)
    }

    fn assumed_value<T: Value>(&mut self, input: InputId) -> Found<T> {
        let value = self.bound.assumed.get(input.index()).and_then(Option::as_ref).ok_or(Elsewhere)?;
        let value = T::of(value)?;
        if !self.assumed.contains(&input) {
            self.assumed.push(input);
        }
        let on = self.day;
        self.emit(|| Step::Fact { input, value: value.datum(), on, since: None, assumed: true });
        Ok(value)
    }

    fn setting<T: Value>(&mut self, setting: u16) -> Found<T> {
        let setting = self.bound.settings.get(usize::from(setting)).ok_or(Elsewhere)?;
        self.emit(|| setting.step());
        T::of(&setting.value)
    }

    /// The step of reading a setting.
    pub(crate) fn read_setting(&mut self, setting: Setting) {
        self.emit(|| setting.step());
    }

    /// The value of a numeric expression.
    pub(crate) fn number(&mut self, node: NodeId) -> Found<Exact> {
        let value = match *self.node(node)? {
            Node::Number(number) => return Ok(number),
            Node::Fact(input) => return self.fact(input),
            Node::Term(term) => return self.term(term),
            Node::Setting(setting) => return self.setting(setting),
            Node::Sum(sum) => return self.sum(sum),
            Node::Multiply(a, b) => self.number(a)?.checked_mul(self.number(b)?)?,
            Node::Divide(a, b) => self.number(a)?.checked_div(self.number(b)?)?,
            Node::AtLeast(a, b) => self.number(a)?.max(self.number(b)?),
            Node::AtMost(a, b) => self.number(a)?.min(self.number(b)?),
            Node::Negative(a) => self.number(a)?.checked_neg()?,
            Node::Scaled(a, factor) => self.number(a)?.checked_mul(factor)?,
            Node::Rounded(a, rounding) => rounding.apply(self.number(a)?)?,
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.number(branch)?
            }
            _ => return Err(Elsewhere),
        };
        self.operated(node, value)
    }

    /// Adds from left to right, as written.
    fn sum(&mut self, sum: u16) -> Found<Exact> {
        let parts = self.bound.sums.get(usize::from(sum)).ok_or(Elsewhere)?;
        let mut total = Exact::ZERO;
        for (number, part) in parts.iter().enumerate() {
            let value = match part.value {
                Read::Fact(input) => self.fact(input)?,
                Read::Node(node) => self.number(node)?,
            };
            total = if part.is_less { total.checked_sub(value)? } else { total.checked_add(value)? };
            if number > 0 {
                self.emit(|| Step::Operation { expression: part.origin, value: Datum::Number(total) });
            }
        }
        Ok(total)
    }

    /// The value of a condition.
    pub(super) fn truth(&mut self, node: NodeId) -> Found<bool> {
        let value = match *self.node(node)? {
            Node::FactIn(input, words) => has(words, self.fact(input)?),
            Node::YesNo(answer) => return Ok(answer),
            Node::Fact(input) => return self.fact(input),
            Node::Term(term) => return self.term(term),
            Node::Setting(setting) => return self.setting(setting),
            Node::Not(a) => !self.truth(a)?,
            Node::And(a, b) => self.truth(a)? && self.truth(b)?,
            Node::Or(a, b) => self.truth(a)? || self.truth(b)?,
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.truth(branch)?
            }
            Node::In(a, words) => has(words, self.word(a)?),
            Node::CompareNumbers(comparison, a, b) => comparison.holds(self.number(a)?.cmp(&self.number(b)?)),
            Node::CompareDates(comparison, a, b) => comparison.holds(self.date(a)?.cmp(&self.date(b)?)),
            Node::CompareWords(comparison, a, b) => comparison.holds(self.word(a)?.cmp(&self.word(b)?)),
            _ => return Err(Elsewhere),
        };
        self.operated(node, value)
    }

    /// The value of a day.
    pub(super) fn date(&mut self, node: NodeId) -> Found<Date> {
        let value = match *self.node(node)? {
            Node::Date(day) => return Ok(day),
            Node::Fact(input) => return self.fact(input),
            Node::Term(term) => return self.term(term),
            Node::Setting(setting) => return self.setting(setting),
            Node::AtLeast(a, b) => self.date(a)?.max(self.date(b)?),
            Node::AtMost(a, b) => self.date(a)?.min(self.date(b)?),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.date(branch)?
            }
            Node::Since(input) => {
                let Given::One(&value) = self.facts.get(input) else { return Err(Elsewhere) };
                let on = self.day;
                self.emit(|| Step::Fact { input, value, on, since: None, assumed: false });
                Date::LONG_AGO
            }
            _ => return Err(Elsewhere),
        };
        self.operated(node, value)
    }

    /// The value of a word.
    pub(super) fn word(&mut self, node: NodeId) -> Found<u8> {
        let value = match *self.node(node)? {
            Node::Word(word) => return Ok(word),
            Node::Fact(input) => return self.fact(input),
            Node::Term(term) => return self.term(term),
            Node::Setting(setting) => return self.setting(setting),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.word(branch)?
            }
            _ => return Err(Elsewhere),
        };
        self.operated(node, value)
    }

    fn term<T: Value>(&mut self, place: u16) -> Found<T> {
        if !S::ON {
            return self.read_term(place);
        }
        let day = self.day;
        if let Some(known) = self.known.iter().find(|known| known.term == place && known.day == day).copied() {
            self.attest(known.attested);
            return T::of(&known.value);
        }
        let before = std::mem::replace(&mut self.attested, Attested::Official);
        let value: T = self.read_term(place)?;
        let known = Known { term: place, day, value: value.datum(), attested: self.attested };
        self.attest(before);
        self.known.retain(|other| other.term != place);
        self.known.push(known);
        Ok(value)
    }

    fn read_term<T: Value>(&mut self, place: u16) -> Found<T> {
        let term = self.bound.terms.get(usize::from(place)).ok_or(Elsewhere)?;
        if let Some((input, made_of)) = &term.given {
            match self.facts.get(*input) {
                // Where the formula could have a value of its own, the two are compared.
                Given::One(_) if self.facts.has_any(made_of) => return Err(Elsewhere),
                Given::One(_) => {
                    let value = self.fact(*input)?;
                    self.found(term, value, TermFrom::Given);
                    return Ok(value);
                }
                Given::Nothing => {}
                Given::History(_) | Given::List(_) => return Err(Elsewhere),
            }
        }
        self.terms = self.terms.wrapping_add(1);
        if self.depth >= MOST_DEPTH || self.terms > MOST_TERMS {
            return Err(Elsewhere);
        }
        self.depth = self.depth.wrapping_add(1);
        let asked = self.day;
        let value = self.work_out(term);
        self.day = asked;
        self.depth = self.depth.wrapping_sub(1);
        value
    }

    fn work_out<T: Value>(&mut self, term: &'a Term) -> Found<T> {
        if let Some(as_of) = term.as_of
            && (S::ON || as_of.reads)
        {
            let own = self.deciding_day(as_of.day)?;
            if own != self.day {
                self.emit(|| Step::AsOf { version: Some(as_of.version), day: own });
            }
            self.day = own;
        }
        let case = self.choose(&term.formula)?.ok_or(Elsewhere)?;
        let expression = match &case.gives {
            Give::Is(expression) => *expression,
            Give::ByWord(of, rows) => {
                let word = self.deciding_word(*of)?;
                rows.get(usize::from(word)).copied().flatten().ok_or(Elsewhere)?
            }
            Give::Elsewhere => return Err(Elsewhere),
        };
        let value = T::read(self, expression)?;
        if !value.is_within(term.range) {
            return Err(Elsewhere);
        }
        self.attest(case.attested);
        self.found(term, value, TermFrom::Formula(case.version));
        Ok(value)
    }

    /// The step of a term that has a value.
    fn found<T: Value>(&mut self, term: &Term, value: T, from: TermFrom) {
        let on = self.day;
        self.emit(|| Step::Term { term: term.id, value: value.datum(), on, from });
    }
}
