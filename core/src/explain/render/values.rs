//! The values that the steps so far have shown.

use crate::explain::number::pick;
use std::collections::BTreeMap;

use crate::explain::names::Names;
use crate::explain::number::{day, exact, rounding, share};
use crate::ruleset::expression::{Op, Reserved, Type};
use crate::ruleset::{ChargeId, Datum, ExprId, InputId, Kind, SettingId, TermId};
use crate::value::{Date, Exact, Period};

/// The latest value of everything that was read or computed.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub operations: BTreeMap<ExprId, Datum>,
    pub facts: BTreeMap<InputId, Datum>,
    pub fields: BTreeMap<(InputId, u8), Datum>,
    pub settings: BTreeMap<SettingId, Datum>,
    pub terms: BTreeMap<TermId, Datum>,
    pub charges: BTreeMap<ChargeId, Exact>,
    /// What an average was made of.
    pub averaged: BTreeMap<ExprId, Vec<Exact>>,
    /// The day whose facts are read.
    pub day: Option<Date>,
    /// The period.
    pub period: Option<Period>,
}

impl Values {
    /// The value of an expression, as the steps showed it.
    pub(super) fn of(&self, names: &Names<'_>, expression: ExprId) -> Option<Datum> {
        let node = names.rules.arena.get(expression)?;
        match node.op {
            Op::Number(number) => Some(Datum::Number(number)),
            Op::Date(date) => Some(Datum::Date(date)),
            Op::Months(count) => Some(Datum::Months(count)),
            Op::Days(count) => Some(Datum::Days(count)),
            Op::YesNo(answer) => Some(Datum::YesNo(answer)),
            Op::Word(word) => Some(Datum::Word(word)),
            Op::Rounding(rounding) => Some(Datum::Rounding(rounding)),
            Op::Fact(input) => self.facts.get(&input).copied(),
            Op::Field(list, field) => self.fields.get(&(list, field)).copied(),
            Op::Setting(setting) => self.settings.get(&setting).copied(),
            Op::Term(term) => self.terms.get(&term).copied(),
            Op::Charge(charge) => self.charges.get(&charge).copied().map(Datum::Number),
            Op::Reserved(reserved) => self.reserved(reserved).map(Datum::Date),
            _ => self.operations.get(&expression).copied(),
        }
    }

    /// The word that an expression has.
    pub(super) fn word(&self, names: &Names<'_>, expression: ExprId) -> Option<u8> {
        match self.of(names, expression)? {
            Datum::Word(word) => Some(word),
            _ => None,
        }
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

/// A value in words.
pub(super) fn value_text(names: &Names<'_>, type_: Type, value: Datum) -> String {
    let tongue = names.tongue;
    match value {
        Datum::Unknown(_) => pick!(tongue, "不明", "unknown").to_owned(),
        Datum::Nothing(_) => pick!(tongue, "无", "none").to_owned(),
        Datum::YesNo(true) => pick!(tongue, "是", "yes").to_owned(),
        Datum::YesNo(false) => pick!(tongue, "否", "no").to_owned(),
        Datum::Word(word) => match type_ {
            Type::Word(words) | Type::Words(words) => names.word(words, word),
            _ => word.to_string(),
        },
        Datum::Words(bits) => match type_ {
            Type::Word(words) | Type::Words(words) => {
                let set =
                    (0..128_u8).filter(|word| bits.checked_shr(u32::from(*word)).is_some_and(|rest| rest & 1 == 1));
                set.map(|word| names.word(words, word)).collect::<Vec<_>>().join(pick!(tongue, "、", ", "))
            }
            _ => String::new(),
        },
        Datum::Number(number) => exact(number),
        Datum::Date(date) => day(date, tongue),
        Datum::Months(count) => pick!(tongue, format!("{count} 个月"), format!("{count} months")),
        Datum::Days(count) => pick!(tongue, format!("{count} 天"), format!("{count} days")),
        Datum::Rounding(how) => rounding(how, tongue),
    }
}

/// A value of a fact or setting in words: a share as a percentage, a text not at all.
pub(super) fn kind_text(names: &Names<'_>, kind: &Kind, value: Datum) -> String {
    match (kind, value) {
        (Kind::Share, Datum::Number(number)) => share(number),
        (Kind::Month, Datum::Date(date)) => format!("{:04}-{:02}", date.year(), date.month()),
        (Kind::Text | Kind::Member | Kind::Organisation, _) => pick!(names.tongue, "已填", "given").to_owned(),
        _ => value_text(names, kind.type_(), value),
    }
}
