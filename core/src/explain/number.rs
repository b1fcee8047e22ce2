//! How numbers are written for people: exact values in full, the final amount at the unit it is rounded to.

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

    /// The one text or the other.
    pub(crate) fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// The exact value: `3900`, `−12.5`, `10000/3`.
pub(crate) fn exact(number: Exact) -> String {
    let text = number.to_string();
    if number.is_negative() { text.replace('-', "−") } else { text }
}

/// The exact value where a sign may stand before it: a negative one in brackets.
pub(crate) fn operand(number: Exact) -> String {
    if number.is_negative() { format!("({})", exact(number)) } else { exact(number) }
}

/// A share: `1.5%`, or the fraction where a percentage does not end.
pub(crate) fn share(number: Exact) -> String {
    match number.checked_mul(Exact::from_i64(100)) {
        Ok(percent) if !percent.to_string().contains('/') => format!("{}%", exact(percent)),
        _ => exact(number),
    }
}

/// The value at the scale of the rounding: `81.00`.
pub(crate) fn at_scale(number: Exact, rounding: Option<Rounding>) -> String {
    rounding.and_then(|rounding| number.to_fixed(rounding.scale())).unwrap_or_else(|| number.to_string())
}

/// An amount of money for people: `81.00 元`, `CNY 81.00`.
pub(crate) fn money(amount: &str, currency: Currency, tongue: Tongue) -> String {
    match tongue {
        Tongue::Zh if currency.as_str() == "CNY" => format!("{amount} 元"),
        Tongue::Zh => format!("{amount} {currency}"),
        Tongue::En => format!("{currency} {amount}"),
    }
}

/// A day for people; the open past and future in words.
pub(crate) fn day(date: Date, tongue: Tongue) -> String {
    if date == Date::LONG_AGO {
        tongue.pick("早已", "long ago").to_owned()
    } else if date == Date::NEVER {
        tongue.pick("无期", "never").to_owned()
    } else {
        date.to_string()
    }
}

/// How an amount is rounded, in words: `四舍五入到 0.01`.
pub(crate) fn rounding(rounding: Rounding, tongue: Tongue) -> String {
    let (zh, en) = match rounding.mode() {
        RoundingMode::HalfUp => ("四舍五入", "half up"),
        RoundingMode::HalfDown => ("五舍六入", "half down"),
        RoundingMode::HalfEven => ("四舍六入五成双", "half to even"),
        RoundingMode::Up => ("进一", "away from zero"),
        RoundingMode::Down => ("舍去尾数", "toward zero"),
        RoundingMode::Ceil => ("向上取整", "upward"),
        RoundingMode::Floor => ("向下取整", "downward"),
    };
    let unit = exact(rounding.unit());
    tongue.pick(format!("{zh}到 {unit}"), format!("{en} to {unit}"))
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
