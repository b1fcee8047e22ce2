//! The values that the steps so far have shown.

use smallvec::SmallVec;

use crate::explain::names::Names;
use crate::explain::number::{Day, How, Share, pick};
use crate::explain::put::{Put, listed, put};
use crate::ruleset::expression::{Op, Reserved, Type};
use crate::ruleset::{ChargeId, Datum, ExprId, InputId, Kind, SettingId, TermId};
use crate::value::{Date, Exact, Period};

/// The latest value of each of a few things. The things are few, so that looking through them is quick.
#[derive(Debug)]
pub(super) struct Latest<K, V>(SmallVec<[(K, V); 10]>);

impl<K, V> Default for Latest<K, V> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<K: PartialEq + Copy, V> Latest<K, V> {
    /// What was shown last is asked for most.
    pub(super) fn get(&self, key: K) -> Option<&V> {
        self.0.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, key: K, value: V) {
        match self.0.iter_mut().rev().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => self.0.push((key, value)),
        }
    }
}

/// The latest value of everything that was read or computed, as it stands in its step.
#[derive(Debug)]
pub(super) struct Values<'a> {
    pub names: Names<'a>,
    pub operations: Latest<ExprId, &'a Datum>,
    pub facts: Latest<InputId, &'a Datum>,
    pub fields: Latest<(InputId, u8), &'a Datum>,
    pub settings: Latest<SettingId, &'a Datum>,
    pub terms: Latest<TermId, &'a Datum>,
    pub charges: Latest<ChargeId, Exact>,
    /// What an average was made of.
    pub averaged: Latest<ExprId, Vec<Exact>>,
    /// The day whose facts are read.
    pub day: Option<Date>,
    /// The period.
    pub period: Option<Period>,
}

impl<'a> Values<'a> {
    /// Before the first step.
    pub(super) fn none(names: Names<'a>, period: Option<Period>) -> Self {
        Self {
            names,
            operations: Latest::default(),
            facts: Latest::default(),
            fields: Latest::default(),
            settings: Latest::default(),
            terms: Latest::default(),
            charges: Latest::default(),
            averaged: Latest::default(),
            day: None,
            period,
        }
    }

    /// The value of an expression, as the steps showed it.
    pub(super) fn of(&self, expression: ExprId) -> Option<Datum> {
        let node = self.names.rules.arena.get(expression)?;
        match node.op {
            Op::Number(number) => Some(Datum::Number(number)),
            Op::Date(date) => Some(Datum::Date(date)),
            Op::Months(count) => Some(Datum::Months(count)),
            Op::Days(count) => Some(Datum::Days(count)),
            Op::YesNo(answer) => Some(Datum::YesNo(answer)),
            Op::Word(word) => Some(Datum::Word(word)),
            Op::Rounding(rounding) => Some(Datum::Rounding(rounding)),
            Op::Fact(input) => self.facts.get(input).map(|value| **value),
            Op::Field(list, field) => self.fields.get((list, field)).map(|value| **value),
            Op::Setting(setting) => self.settings.get(setting).map(|value| **value),
            Op::Term(term) => self.terms.get(term).map(|value| **value),
            Op::Charge(charge) => self.charges.get(charge).copied().map(Datum::Number),
            Op::Reserved(reserved) => self.reserved(reserved).map(Datum::Date),
            _ => self.operations.get(expression).map(|value| **value),
        }
    }

    /// The word that an expression has.
    pub(super) fn word(&self, expression: ExprId) -> Option<u8> {
        match self.of(expression)? {
            Datum::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The number that an expression has.
    pub(super) fn number(&self, expression: ExprId) -> Option<Exact> {
        number(self.of(expression)?)
    }

    fn reserved(&self, reserved: Reserved) -> Option<Date> {
        match reserved {
            Reserved::PeriodStart => self.period.map(Period::start),
            Reserved::PeriodEnd => self.period.map(Period::end),
            Reserved::YearStart => self.period.and_then(|period| Date::new(period.start().year(), 1, 1)),
            Reserved::Day => self.day,
            Reserved::LongAgo => Some(Date::LONG_AGO),
            Reserved::Never => Some(Date::NEVER),
        }
    }
}

/// The number that a value is.
pub(super) fn number(value: Datum) -> Option<Exact> {
    match value {
        Datum::Number(number) => Some(number),
        _ => None,
    }
}

/// The words whose bits are set.
pub(in crate::explain) fn members(mut bits: u128) -> impl Iterator<Item = u8> + Clone {
    std::iter::from_fn(move || {
        let first = u8::try_from(bits.trailing_zeros()).ok().filter(|first| *first < 128)?;
        bits &= bits.wrapping_sub(1);
        Some(first)
    })
}

/// A value in words, by its type.
#[derive(Clone, Copy)]
pub(super) struct InWords<'a>(pub Names<'a>, pub Type, pub Datum);

impl Put for InWords<'_> {
    fn put(&self, out: &mut String) {
        let Self(names, type_, value) = self;
        let tongue = names.tongue;
        match *value {
            Datum::Unknown(_) => out.push_str(pick!(tongue, "不明", "unknown")),
            Datum::Nothing(_) => out.push_str(pick!(tongue, "无", "none")),
            Datum::YesNo(true) => out.push_str(pick!(tongue, "是", "yes")),
            Datum::YesNo(false) => out.push_str(pick!(tongue, "否", "no")),
            Datum::Word(word) => match type_ {
                Type::Word(words) | Type::Words(words) => put!(out, names.word(*words, word)),
                _ => put!(out, word),
            },
            Datum::Words(bits) => {
                if let Type::Word(words) | Type::Words(words) = type_ {
                    let between = pick!(tongue, "、", ", ");
                    listed(out, between, members(bits), |out, word| put!(out, names.word(*words, word)));
                }
            }
            Datum::Number(number) => put!(out, number),
            Datum::Date(date) => put!(out, Day(date, tongue)),
            Datum::Months(_) | Datum::Days(_) if self.2.is_endless() => {
                out.push_str(pick!(tongue, "没有尽头", "without end"));
            }
            Datum::Months(count) => put!(out, count, pick!(tongue, " 个月", " months")),
            Datum::Days(count) => put!(out, count, pick!(tongue, " 天", " days")),
            Datum::Rounding(how) => put!(out, How(how, tongue)),
        }
    }
}

/// A value of a fact or setting in words: a share as a percentage, a text not at all.
#[derive(Clone, Copy)]
pub(in crate::explain) struct OfKind<'a>(pub Names<'a>, pub &'a Kind, pub Datum);

impl Put for OfKind<'_> {
    fn put(&self, out: &mut String) {
        let Self(names, kind, value) = *self;
        match (kind, value) {
            (Kind::Share, Datum::Number(number)) => put!(out, Share(number)),
            (Kind::Month, Datum::Date(date)) => out.push_str(&format!("{:04}-{:02}", date.year(), date.month())),
            (Kind::Text | Kind::Member | Kind::Organisation, _) => out.push_str(pick!(names.tongue, "已填", "given")),
            _ => put!(out, InWords(names, kind.type_(), value)),
        }
    }
}
