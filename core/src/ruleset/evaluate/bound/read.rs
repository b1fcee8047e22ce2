//! Bound expressions to values.

use super::super::has;
use super::{Bound, Case, Elsewhere, Found, Give, Node, NodeId, Read, Term, When};
use crate::ruleset::citation::Attested;
use crate::ruleset::datum::Datum;
use crate::ruleset::given::{Facts, Given};
use crate::ruleset::ids::InputId;
use crate::value::{ArithmeticError, Date, Exact};

/// How deep terms may stand inside one another; what is deeper is left to the evaluator that counts its steps.
const MOST_DEPTH: u32 = 8;
/// How many terms one answer may read.
const MOST_TERMS: u32 = 2_000;

/// One answer by bound expressions.
#[derive(Debug)]
pub(crate) struct Direct<'a> {
    bound: &'a Bound,
    facts: &'a Facts,
    assumed: &'a mut Vec<InputId>,
    /// The weakest attestation of what the value was made of so far.
    pub(crate) attested: Attested,
    depth: u32,
    terms: u32,
}

impl From<ArithmeticError> for Elsewhere {
    fn from(_: ArithmeticError) -> Self {
        Self
    }
}

/// A kind of value that bound expressions have.
trait Value: Copy {
    /// The value, if the datum is of this kind.
    fn of(datum: Datum) -> Found<Self>;
    /// The value of a bound expression.
    fn read(direct: &mut Direct<'_>, node: NodeId) -> Found<Self>;
    /// Whether a term may have this value.
    fn is_within(self, _: &Term) -> bool {
        true
    }
}

impl Value for Exact {
    #[inline]
    fn of(datum: Datum) -> Found<Self> {
        if let Datum::Number(number) = datum { Ok(number) } else { Err(Elsewhere) }
    }

    #[inline]
    fn read(direct: &mut Direct<'_>, node: NodeId) -> Found<Self> {
        direct.number(node)
    }

    #[inline]
    fn is_within(self, term: &Term) -> bool {
        term.range.holds(self)
    }
}

impl Value for bool {
    fn of(datum: Datum) -> Found<Self> {
        if let Datum::YesNo(answer) = datum { Ok(answer) } else { Err(Elsewhere) }
    }

    fn read(direct: &mut Direct<'_>, node: NodeId) -> Found<Self> {
        direct.truth(node)
    }
}

impl Value for Date {
    fn of(datum: Datum) -> Found<Self> {
        if let Datum::Date(day) = datum { Ok(day) } else { Err(Elsewhere) }
    }

    fn read(direct: &mut Direct<'_>, node: NodeId) -> Found<Self> {
        direct.date(node)
    }
}

impl Value for u8 {
    fn of(datum: Datum) -> Found<Self> {
        if let Datum::Word(word) = datum { Ok(word) } else { Err(Elsewhere) }
    }

    fn read(direct: &mut Direct<'_>, node: NodeId) -> Found<Self> {
        direct.word(node)
    }
}

impl<'a> Direct<'a> {
    /// Begins an answer; facts with a history are not for it.
    pub(crate) fn new(bound: &'a Bound, facts: &'a Facts, assumed: &'a mut Vec<InputId>) -> Self {
        Self { bound, facts, assumed, attested: Attested::Official, depth: 0, terms: 0 }
    }

    /// Counts a version as part of what the value was made of.
    #[inline]
    pub(crate) fn attest(&mut self, attested: Attested) {
        self.attested = self.attested.max(attested);
    }

    /// The value of a condition or a day, which decide but do not go into the amount.
    #[inline]
    fn deciding<T>(&mut self, part: impl FnOnce(&mut Self) -> Found<T>) -> Found<T> {
        let before = self.attested;
        let value = part(self)?;
        self.attested = before;
        Ok(value)
    }

    /// Whether a condition holds.
    pub(crate) fn holds(&mut self, node: NodeId) -> Found<bool> {
        self.deciding(|direct| direct.truth(node))
    }

    /// A day that decides.
    pub(crate) fn day(&mut self, node: NodeId) -> Found<Date> {
        self.deciding(|direct| direct.date(node))
    }

    /// A word that decides.
    pub(crate) fn deciding_word(&mut self, node: NodeId) -> Found<u8> {
        self.deciding(|direct| direct.word(node))
    }

    /// The alternative that applies, if one does; two are for the general evaluator.
    pub(crate) fn choose<'c, T>(&mut self, cases: &'c [Case<T>]) -> Found<Option<&'c Case<T>>> {
        let mut chosen = None;
        let mut otherwise = None;
        for case in cases {
            let holds = match case.when {
                When::Always => true,
                When::Words(words) => self.have(words)?,
                When::If(condition) => self.holds(condition)?,
                When::Otherwise => {
                    otherwise = otherwise.or(Some(case));
                    false
                }
            };
            if holds && chosen.replace(case).is_some() {
                return Err(Elsewhere);
            }
        }
        Ok(chosen.or(otherwise))
    }

    fn have(&mut self, words: [Option<(InputId, u128)>; 2]) -> Found<bool> {
        for (input, words) in words.into_iter().flatten() {
            if !has(words, self.fact(input)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline]
    fn node(&self, node: NodeId) -> Found<&'a Node> {
        usize::try_from(node.0).ok().and_then(|at| self.bound.nodes.get(at)).ok_or(Elsewhere)
    }

    #[inline]
    fn fact<T: Value>(&mut self, input: InputId) -> Found<T> {
        match self.facts.get(input) {
            Given::One(value) => T::of(*value),
            Given::Nothing => self.assumed_value(input),
            Given::History(_) | Given::List(_) => Err(Elsewhere),
        }
    }

    fn assumed_value<T: Value>(&mut self, input: InputId) -> Found<T> {
        let value = self.bound.assumed.get(input.index()).copied().flatten().ok_or(Elsewhere)?;
        if !self.assumed.contains(&input) {
            self.assumed.push(input);
        }
        T::of(value)
    }

    /// The value of a numeric expression.
    pub(crate) fn number(&mut self, node: NodeId) -> Found<Exact> {
        match *self.node(node)? {
            Node::Number(number) => Ok(number),
            Node::Fact(input) => self.fact(input),
            Node::Term(term) => self.term(term),
            Node::Sum(sum) => self.sum(sum),
            Node::Multiply(a, b) => Ok(self.number(a)?.checked_mul(self.number(b)?)?),
            Node::Divide(a, b) => Ok(self.number(a)?.checked_div(self.number(b)?)?),
            Node::AtLeast(a, b) => Ok(self.number(a)?.max(self.number(b)?)),
            Node::AtMost(a, b) => Ok(self.number(a)?.min(self.number(b)?)),
            Node::Negative(a) => Ok(self.number(a)?.checked_neg()?),
            Node::Scaled(a, factor) => Ok(self.number(a)?.checked_mul(factor)?),
            Node::Rounded(a, rounding) => Ok(rounding.apply(self.number(a)?)?),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.number(branch)
            }
            _ => Err(Elsewhere),
        }
    }

    /// Adds from left to right, as written.
    fn sum(&mut self, sum: u16) -> Found<Exact> {
        let parts = self.bound.sums.get(usize::from(sum)).ok_or(Elsewhere)?;
        let mut total = Exact::ZERO;
        for part in parts {
            let value = match part.value {
                Read::Fact(input) => self.fact(input)?,
                Read::Node(node) => self.number(node)?,
            };
            total = if part.is_less { total.checked_sub(value)? } else { total.checked_add(value)? };
        }
        Ok(total)
    }

    fn truth(&mut self, node: NodeId) -> Found<bool> {
        match *self.node(node)? {
            Node::FactIn(input, words) => Ok(has(words, self.fact(input)?)),
            Node::YesNo(answer) => Ok(answer),
            Node::Fact(input) => self.fact(input),
            Node::Term(term) => self.term(term),
            Node::Not(a) => Ok(!self.truth(a)?),
            Node::And(a, b) => Ok(self.truth(a)? && self.truth(b)?),
            Node::Or(a, b) => Ok(self.truth(a)? || self.truth(b)?),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.truth(branch)
            }
            Node::In(a, words) => Ok(has(words, self.word(a)?)),
            Node::Includes(input, word) => match self.facts.get(input) {
                Given::One(Datum::Words(words)) => Ok(has(*words, word)),
                _ => Err(Elsewhere),
            },
            Node::CompareNumbers(comparison, a, b) => Ok(comparison.holds(self.number(a)?.cmp(&self.number(b)?))),
            Node::CompareDates(comparison, a, b) => Ok(comparison.holds(self.date(a)?.cmp(&self.date(b)?))),
            Node::CompareWords(comparison, a, b) => Ok(comparison.holds(self.word(a)?.cmp(&self.word(b)?))),
            _ => Err(Elsewhere),
        }
    }

    fn date(&mut self, node: NodeId) -> Found<Date> {
        match *self.node(node)? {
            Node::Date(day) => Ok(day),
            Node::Fact(input) => self.fact(input),
            Node::Term(term) => self.term(term),
            Node::AtLeast(a, b) => Ok(self.date(a)?.max(self.date(b)?)),
            Node::AtMost(a, b) => Ok(self.date(a)?.min(self.date(b)?)),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.date(branch)
            }
            Node::Since(input) => match self.facts.get(input) {
                Given::One(_) => Ok(Date::LONG_AGO),
                _ => Err(Elsewhere),
            },
            _ => Err(Elsewhere),
        }
    }

    fn word(&mut self, node: NodeId) -> Found<u8> {
        match *self.node(node)? {
            Node::Word(word) => Ok(word),
            Node::Fact(input) => self.fact(input),
            Node::Term(term) => self.term(term),
            Node::If(condition, a, b) => {
                let branch = if self.truth(condition)? { a } else { b };
                self.word(branch)
            }
            _ => Err(Elsewhere),
        }
    }

    fn term<T: Value>(&mut self, term: u16) -> Found<T> {
        let term = self.bound.terms.get(usize::from(term)).ok_or(Elsewhere)?;
        if let Some((input, made_of)) = &term.given {
            match self.facts.get(*input) {
                // Where the formula could have a value of its own, the two are compared.
                Given::One(_) if self.facts.has_any(made_of) => return Err(Elsewhere),
                Given::One(value) => return T::of(*value),
                Given::Nothing => {}
                Given::History(_) | Given::List(_) => return Err(Elsewhere),
            }
        }
        self.terms = self.terms.wrapping_add(1);
        if self.depth >= MOST_DEPTH || self.terms > MOST_TERMS {
            return Err(Elsewhere);
        }
        self.depth = self.depth.wrapping_add(1);
        let value = self.worked_out(term);
        self.depth = self.depth.wrapping_sub(1);
        value
    }

    fn worked_out<T: Value>(&mut self, term: &'a Term) -> Found<T> {
        if let Some(day) = term.as_of {
            self.day(day)?;
        }
        let case = self.choose(&term.cases)?.ok_or(Elsewhere)?;
        let expression = match &case.gives {
            Give::Is(expression) => *expression,
            Give::ByWord(of, rows) => {
                let word = self.deciding_word(*of)?;
                rows.get(usize::from(word)).copied().flatten().ok_or(Elsewhere)?
            }
            Give::Elsewhere => return Err(Elsewhere),
        };
        let value = T::read(self, expression)?;
        if !value.is_within(term) {
            return Err(Elsewhere);
        }
        self.attest(case.attested);
        Ok(value)
    }
}
