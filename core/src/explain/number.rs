//! How numbers are written for people: exact values in full, the final amount at the unit it is rounded to.

use super::put::{Put, put, put_decimal};
use crate::dues::Answer;
use crate::value::{Currency, Date, Exact, Per, Rounding, RoundingMode};

/// The language of the wording; titles may be in any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Chinese.
    Zh,
    /// English, and every language without wording of its own.
    En,
}

impl Tongue {
    pub(crate) fn of(language: &str) -> Self {
        if language == "zh" { Self::Zh } else { Self::En }
    }
}

/// The wording of a language; the other is not made.
macro_rules! pick {
    ($tongue:expr, $zh:expr, $en:expr $(,)?) => {
        match $tongue {
            $crate::explain::number::Tongue::Zh => $zh,
            $crate::explain::number::Tongue::En => $en,
        }
    };
}

pub(crate) use pick;

/// An exact value where a sign may stand before it: a negative one in brackets.
#[derive(Clone, Copy)]
pub(crate) struct Operand(pub Exact);

impl Put for Operand {
    fn put(&self, out: &mut String) {
        if self.0.is_negative() {
            put!(out, "(", self.0, ")");
        } else {
            self.0.put(out);
        }
    }
}

/// A share: `1.5%`, or the fraction where a percentage does not end.
#[derive(Clone, Copy)]
pub(crate) struct Share(pub Exact);

impl Put for Share {
    fn put(&self, out: &mut String) {
        let percent = self.0.checked_mul(Exact::from_i64(100));
        if percent.is_ok_and(|percent| put_decimal(percent, out)) {
            out.push('%');
        } else {
            self.0.put(out);
        }
    }
}

/// A value at the scale of a rounding: `81.00`.
#[derive(Clone, Copy)]
pub(crate) struct AtScale(pub Exact, pub Rounding);

impl Put for AtScale {
    fn put(&self, out: &mut String) {
        if !self.0.write_fixed(self.1.scale(), out) {
            self.0.write_to(out);
        }
    }
}

/// An amount of an answer for people: `81.00 元`, `CNY 81.00`.
#[derive(Clone, Copy)]
pub(crate) struct Amount<'a> {
    pub answer: &'a Answer,
    pub number: Exact,
    pub tongue: Tongue,
}

impl Put for Amount<'_> {
    fn put(&self, out: &mut String) {
        put_money(self.answer.currency, self.tongue, out, |out| self.answer.write_amount(self.number, out));
    }
}

/// An amount as it is written already, with its currency.
#[derive(Clone, Copy)]
pub(crate) struct InCurrency<'a>(pub Currency, pub &'a str, pub Tongue);

impl Put for InCurrency<'_> {
    fn put(&self, out: &mut String) {
        put_money(self.0, self.2, out, |out| out.push_str(self.1));
    }
}

/// Writes a number with its currency.
fn put_money(currency: Currency, tongue: Tongue, out: &mut String, number: impl FnOnce(&mut String)) {
    match tongue {
        Tongue::Zh => {
            number(out);
            put!(out, " ", if currency.as_str() == "CNY" { "元" } else { currency.as_str() });
        }
        Tongue::En => {
            put!(out, currency.as_str(), " ");
            number(out);
        }
    }
}

/// A day for people; the open past and future in words.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub Date, pub Tongue);

impl Put for Day {
    fn put(&self, out: &mut String) {
        match self.0 {
            Date::LONG_AGO => out.push_str(pick!(self.1, "早已", "long ago")),
            Date::NEVER => out.push_str(pick!(self.1, "无期", "never")),
            day => day.put(out),
        }
    }
}

/// How an amount is rounded, in words: `四舍五入到 0.01`.
#[derive(Clone, Copy)]
pub(crate) struct How(pub Rounding, pub Tongue);

impl Put for How {
    fn put(&self, out: &mut String) {
        let (zh, en) = match self.0.mode() {
            RoundingMode::HalfUp => ("四舍五入", "half up"),
            RoundingMode::HalfDown => ("五舍六入", "half down"),
            RoundingMode::HalfEven => ("四舍六入五成双", "half to even"),
            RoundingMode::Up => ("进一", "away from zero"),
            RoundingMode::Down => ("舍去尾数", "toward zero"),
            RoundingMode::Ceil => ("向上取整", "upward"),
            RoundingMode::Floor => ("向下取整", "downward"),
        };
        put!(out, pick!(self.1, zh, en), pick!(self.1, "到 ", " to "));
        match self.0.unit().to_fixed(self.0.scale()) {
            Some(unit) => out.push_str(&unit),
            None => self.0.unit().put(out),
        }
    }
}

/// A length of time in words.
pub(crate) fn per(per: Per, tongue: Tongue) -> &'static str {
    match (tongue, per) {
        (Tongue::Zh, Per::Day) => "日",
        (Tongue::Zh, Per::Week) => "周",
        (Tongue::Zh, Per::Month) => "月",
        (Tongue::Zh, Per::Quarter) => "季度",
        (Tongue::Zh, Per::HalfYear) => "半年",
        (Tongue::Zh, Per::Year) => "年",
        (Tongue::En, Per::HalfYear) => "half-year",
        (Tongue::En, per) => per.name(),
    }
}
