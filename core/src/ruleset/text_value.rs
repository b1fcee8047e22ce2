//! Values as a host writes them: text, read by the kind of its place.

use super::datum::Datum;
use super::rules::{Kind, Rules};
use super::suggestion::suggestion;
use crate::explain::{Code, Finding};
use crate::value::{Date, Exact, Period, Rounding};

/// How much of a refused text is quoted.
const QUOTED: usize = 40;

/// The least and greatest value of a place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Range {
    pub at_least: Option<Exact>,
    pub at_most: Option<Exact>,
}

impl Range {
    pub(crate) fn holds(self, value: Exact) -> bool {
        self.at_least.is_none_or(|least| value >= least) && self.at_most.is_none_or(|most| value <= most)
    }

    /// The range in words that need no language: `0 <= x <= 1000`.
    pub(crate) fn describe(self) -> String {
        match (self.at_least, self.at_most) {
            (Some(least), Some(most)) => format!("{least} ≤ x ≤ {most}"),
            (Some(least), None) => format!("x ≥ {least}"),
            (None, Some(most)) => format!("x ≤ {most}"),
            (None, None) => String::new(),
        }
    }
}

/// Reads a text by its kind.
///
/// # Errors
///
/// A finding that names what was written (at most 40 characters of it), what is accepted and, where that is plain, what
/// was probably meant.
pub(crate) fn read_value(
    rules: &Rules,
    name: &str,
    kind: &Kind,
    range: Range,
    text: &str,
) -> Result<Datum, Box<Finding>> {
    let text = text.trim_matches(|c: char| c == ' ' || c == '\t');
    read_as_written(rules, name, kind, range, text).map_err(|finding| {
        if finding.code == Code::OutOfRange || text.chars().nth(QUOTED).is_some() {
            return finding;
        }
        let near = suggestion(rules, kind, text);
        let near = near.filter(|near| read_as_written(rules, name, kind, range, near).is_ok());
        match near {
            Some(near) => Box::new(finding.with("near", near)),
            None => finding,
        }
    })
}

fn read_as_written(rules: &Rules, name: &str, kind: &Kind, range: Range, text: &str) -> Result<Datum, Box<Finding>> {
    let refuse = |code: Code, wanted: String| {
        let shown = quoted(text);
        Box::new(Finding::new(code).on(name).with("name", name).with("value", shown).with("wanted", wanted))
    };
    let bad_value = || refuse(Code::BadValue, wanted(rules, kind));
    let unknown_word = || refuse(Code::UnknownWord, wanted(rules, kind));
    let number = || -> Result<Exact, Box<Finding>> {
        let value = Exact::parse(text).map_err(|_| bad_value())?;
        if range.holds(value) { Ok(value) } else { Err(refuse(Code::OutOfRange, range.describe())) }
    };
    match kind {
        Kind::YesNo => match text {
            "yes" | "是" => Ok(Datum::YesNo(true)),
            "no" | "否" => Ok(Datum::YesNo(false)),
            _ => Err(bad_value()),
        },
        Kind::OneOf(list) => {
            let found = rules.words.get(usize::from(list.0)).and_then(|list| list.find(text));
            found.map(Datum::Word).ok_or_else(unknown_word)
        }
        Kind::SetOf(list) => {
            let mut bits = 0_u128;
            for part in text.split(['|', ';', '、']).map(str::trim).filter(|part| !part.is_empty()) {
                let found = rules.words.get(usize::from(list.0)).and_then(|list| list.find(part));
                let Some(word) = found else { return Err(unknown_word()) };
                bits |= 1_u128.checked_shl(u32::from(word)).unwrap_or(0);
            }
            Ok(Datum::Words(bits))
        }
        Kind::Count => {
            let value = number()?;
            let is_count = value.is_integer() && !value.is_negative();
            if is_count { Ok(Datum::Number(value)) } else { Err(bad_value()) }
        }
        Kind::Number | Kind::Money(_) => number().map(Datum::Number),
        Kind::Share => {
            let Some(percent) = text.strip_suffix('%') else { return number().map(Datum::Number) };
            let value = Exact::parse(percent).ok().and_then(|value| value.checked_div(Exact::from_i64(100)).ok());
            match value {
                Some(value) if range.holds(value) => Ok(Datum::Number(value)),
                Some(_) => Err(refuse(Code::OutOfRange, range.describe())),
                None => Err(bad_value()),
            }
        }
        Kind::Date => Date::parse(text).map(Datum::Date).map_err(|_| bad_value()),
        Kind::Month => match Period::parse(text) {
            Ok(period) if period.per() == crate::value::Per::Month => Ok(Datum::Date(period.start())),
            _ => Err(bad_value()),
        },
        Kind::Days => length(text, &["day", "days"]).map(Datum::Days).ok_or_else(bad_value),
        Kind::Months => length(text, &["month", "months"]).map(Datum::Months).ok_or_else(bad_value),
        Kind::Rounding => Rounding::parse(text).map(Datum::Rounding).map_err(|_| bad_value()),
        // A text is taken as it is and decides nothing.
        Kind::Text | Kind::Member | Kind::Organisation => Ok(Datum::YesNo(true)),
        Kind::List(_) => Err(bad_value()),
    }
}

/// What is accepted where a value of a kind belongs: an example, or the words.
pub(crate) fn wanted(rules: &Rules, kind: &Kind) -> String {
    match kind {
        Kind::YesNo => "yes / no / 是 / 否".to_owned(),
        Kind::OneOf(list) | Kind::SetOf(list) => {
            let list = rules.words.get(usize::from(list.0));
            let names = list.map(|list| list.words.iter().map(|word| &*word.name).collect::<Vec<_>>().join(", "));
            names.unwrap_or_default()
        }
        Kind::Count => "0, 1, 2 …".to_owned(),
        Kind::Number | Kind::Money(_) => "1234.56".to_owned(),
        Kind::Share => "0.05 / 5%".to_owned(),
        Kind::Date => "2026-01-31".to_owned(),
        Kind::Month => "2026-01".to_owned(),
        Kind::Days => "30 / 30 days".to_owned(),
        Kind::Months => "6 / 6 months".to_owned(),
        Kind::Rounding => "half_up to 0.01".to_owned(),
        Kind::Text | Kind::Member | Kind::Organisation => "abc".to_owned(),
        Kind::List(_) => "[{…}, …]".to_owned(),
    }
}

/// A count of days or months, with or without the word behind it.
fn length(text: &str, words: &[&str]) -> Option<i32> {
    let digits = match text.split_once(' ') {
        Some((digits, word)) if words.contains(&word) => digits,
        Some(_) => return None,
        None => text,
    };
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| (0..=120_000).contains(count))
}

/// At most 40 characters of a refused text.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(QUOTED).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(QUOTED).is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}
