//! What the writer of a refused value probably meant, where a typical slip can be undone without a guess.

use super::nearest;
use super::rules::{Kind, Rules};
use crate::value::{Date, Exact};

/// The value as it should have been written; none where it could mean two things. Whether it is then accepted is for
/// the reader of values to say.
pub(super) fn suggestion(rules: &Rules, kind: &Kind, value: &str) -> Option<String> {
    match kind {
        Kind::OneOf(list) | Kind::SetOf(list) => {
            let list = rules.words.get(usize::from(list.0))?;
            let words = || list.words.iter().map(|word| &*word.name);
            nearest(value, words()).or_else(|| word_in_capitals(value, words()))
        }
        Kind::Number | Kind::Money(_) | Kind::Count => number(value),
        Kind::Date => day(value),
        Kind::YesNo => yes_or_no(value).map(str::to_owned),
        _ => None,
    }
}

fn word_in_capitals<'w>(value: &str, mut words: impl Iterator<Item = &'w str>) -> Option<String> {
    let plain = value.to_ascii_lowercase().replace([' ', '-'], "_");
    words.find(|word| *word == plain).map(str::to_owned)
}

/// `5,400`, `¥5400`, `5400元`, `５４００`, `5 400`, `5400.`, `1e3` as they should be written.
fn number(value: &str) -> Option<String> {
    let text = half_wide(value);
    let is_sign = |character: char| "¥￥$€£元".contains(character);
    let mut amount = text.trim_matches(is_sign);
    for currency in ["CNY", "RMB"] {
        amount = amount.strip_prefix(currency).unwrap_or(amount);
        amount = amount.strip_suffix(currency).unwrap_or(amount);
    }
    let mut text = without_thousands(amount.trim_matches(is_sign))?;
    if let Some((digits, power)) = text.split_once(['e', 'E']) {
        text = powered(digits, power.trim_start_matches('+').parse().ok()?)?;
    }
    let text = text.trim_start_matches('+').trim_end_matches('.');
    let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    Exact::parse(&text).ok().filter(|_| text != value).map(|_| text)
}

/// Without separators that stand where thousands end. `5,40` is left alone: it may mean 5.40.
fn without_thousands(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut groups = whole.split([',', '\'']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(decimals.map_or(digits.clone(), |decimals| format!("{digits}.{decimals}")))
}

/// A number with a power of ten, written out; only where a person would still read it.
fn powered(digits: &str, power: u8) -> Option<String> {
    let factor = (0..power.min(15)).try_fold(Exact::ONE, |factor, _| factor.checked_mul(Exact::from_i64(10)).ok())?;
    let number = Exact::parse(digits).ok().filter(|_| power < 15)?;
    Some(number.checked_mul(factor).ok()?.to_string())
}

/// `2026/11/23`, `2026.11.23`, `2026年11月23日`, `20261123` as they should be written.
pub(super) fn day(value: &str) -> Option<String> {
    let text = half_wide(value);
    let parts: Vec<&str> = text.split(['/', '.', '-', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let written = match parts.as_slice() {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        [all] if all.len() == 8 => format!("{}-{}-{}", all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        _ => return None,
    };
    Date::parse(&written).ok().filter(|_| written != value).map(|_| written)
}

fn yes_or_no(value: &str) -> Option<&'static str> {
    match &*value.to_ascii_lowercase() {
        "yes" | "y" | "true" | "1" | "√" | "✓" => Some("yes"),
        "no" | "n" | "false" | "0" | "×" => Some("no"),
        _ => None,
    }
}

/// Without spaces, and in characters of half the width.
fn half_wide(value: &str) -> String {
    value.chars().map(half_width).filter(|character| !character.is_whitespace()).collect()
}

fn half_width(character: char) -> char {
    match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide.saturating_sub(0xFEE0)).unwrap_or(character),
        0x3002 => '.',
        0x3000 => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typical_slip_in_a_number_is_undone() {
        for (slip, right) in [
            ("5,400", "5400"),
            ("1,234,567.80", "1234567.80"),
            ("1e3", "1000"),
            ("1.5E+4", "15000"),
            ("５４００", "5400"),
            ("３３３３.33", "3333.33"),
            ("¥5400", "5400"),
            ("￥5,400", "5400"),
            ("5400元", "5400"),
            ("5 400", "5400"),
            ("5400.", "5400"),
            (".5", "0.5"),
        ] {
            assert_eq!(number(slip).as_deref(), Some(right), "{slip}");
        }
    }

    #[test]
    fn what_could_mean_two_numbers_is_not_guessed() {
        for slip in ["5,40", "5400,00", "1,2345", ",400", "about 5400", "1e400", "", "-", "5400"] {
            assert_eq!(number(slip), None, "{slip}");
        }
    }

    #[test]
    fn a_day_in_another_notation_is_written_as_a_day() {
        for slip in ["2026/11/23", "2026.11.23", "2026年11月23日", "20261123", "２０２６/１１/２３"] {
            assert_eq!(day(slip).as_deref(), Some("2026-11-23"), "{slip}");
        }
        for slip in ["2026-02-30", "2026/02/30", "23/11/2026", "11/23", "2026-11-23", ""] {
            assert_eq!(day(slip), None, "{slip}");
        }
    }
}
