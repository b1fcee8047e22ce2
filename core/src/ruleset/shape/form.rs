//! How the texts of a document are written, and what a wrong one should have been.

use crate::ruleset::clause::Clause;
use crate::ruleset::expression::own_words;
use crate::value::{Rounding, RoundingMode};

/// More words than these are not listed twice in one message.
const MOST_WORDS: usize = 8;

/// The form of a text. Which meaning it has is decided by the chapter that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// Any text, but not an empty one.
    Any,
    /// A name: lower-case letters, digits and `_`, a letter first.
    Name,
    /// The name of something that expressions read: not a word of their language, such as `day` or `and`.
    NewName,
    /// The name of a rule set, source or edition, in which `-` may stand too: `dues-2008`.
    Label,
    /// The code of a language: `zh`, `en`, `zh-Hans`.
    Language,
    /// A decimal number: `3000`, `-0.20`.
    Number,
    /// A number, a percentage or a fraction: `0.005`, `0.5%`, `1/3`, `12 / 52`.
    Rate,
    /// A day that the calendar has: `2017-01-01`.
    Date,
    /// A day or `not_seen`.
    DateOrNotSeen,
    /// `yes`, `no`, `是` or `否`.
    YesNo,
    /// A whole number, zero or more.
    Count,
    /// An expression; what it says is checked when it is compiled.
    Expression,
    /// A source, and the clause of it: `dues-2008 art. 12`.
    Citation,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A mode and a unit such as `half_up to 0.01`, or the name of a setting.
    Rounding,
    /// Three capital letters: `CNY`.
    Currency,
    /// `2026-11`, `2026-Q4`, `2026-H2` or `2026`.
    Period,
}

const LEAP_DAY: &str = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29";
const OTHER_DAY: &str = "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])\
    |(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";

impl TextForm {
    /// The form as a regular expression of ECMA 262, as JSON Schema takes it; none where every text is right or the
    /// words are listed. Of an expression it says only with which characters it is written, and of a citation or a
    /// rounding not how large its numbers are.
    pub(crate) fn pattern(self) -> Option<String> {
        Some(match self {
            Self::Any | Self::Words(_) | Self::YesNo => return None,
            // A number is not cut by commas and has no exponent.
            Self::Expression => {
                r"^(?![0-9.]+,[0-9])(?!(?:.*[^a-z0-9_])?[0-9.]+[eE][0-9])[A-Za-z0-9_.,%|+*/=<>!()\s-]+$".to_owned()
            }
            Self::NewName => format!("^(?!(?:{})$)[a-z][a-z0-9_]*$", own_words().collect::<Vec<_>>().join("|")),
            Self::Rounding => {
                let modes = RoundingMode::ALL.map(RoundingMode::name).join("|");
                format!(r"^(?:(?:{modes}) to (?![0.]+$)[0-9]+(?:\.[0-9]+)?|(?!(?:{modes})$)[a-z][a-z0-9_]*)$")
            }
            Self::Name => "^[a-z][a-z0-9_]*$".to_owned(),
            Self::Label => "^[a-z][a-z0-9_-]*$".to_owned(),
            Self::Language => "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$".to_owned(),
            Self::Number => r"^-?[0-9]+(?:\.[0-9]+)?$".to_owned(),
            Self::Rate => r"^(?:-?[0-9]+(?:\.[0-9]+)?%?|-?[0-9]+ ?/ ?0*[1-9][0-9]*)$".to_owned(),
            Self::Date => format!("^(?:{LEAP_DAY}|{OTHER_DAY})$"),
            Self::DateOrNotSeen => format!("^(?:{LEAP_DAY}|{OTHER_DAY}|not_seen)$"),
            Self::Count => "^[0-9]+$".to_owned(),
            Self::Citation => {
                let number = r"[1-9][0-9]*(?:[a-z]|(?:\.[1-9][0-9]*){1,2})?";
                let one = format!(r"{number}(?:\((?:[1-9][0-9]*|[a-z]{{1,4}})\))?");
                let range = format!("{number}-{number}");
                let more = format!(" and (?:{range}|{one})");
                let several = format!("(?:{range}(?:{more})*|{one}(?:{more})+)");
                let one = format!(r"(?:(?:art\.|item|para\.|sec\.|rule|clause) |§ ?){one}");
                let several = format!("(?:(?:arts|items|paras|secs|rules|clauses) |§§ ?){several}");
                let zh =
                    "第[0-9一二三四五六七八九十百千零]+[条款项](?:第（?[0-9一二三四五六七八九十百千零]+）?[款项])*";
                let zh = format!("{zh}(?:[至、]{zh})*");
                format!("^[a-z][a-z0-9_-]*(?: (?:(?:{one} ){{0,2}}(?:{one}|{several})|{zh}))?$")
            }
            Self::Currency => format!("^(?!(?:{})$)[A-Z]{{3}}$", NOT_CODES.map(|(name, _)| name).join("|")),
            Self::Period => "^[0-9]{4}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?$".to_owned(),
        })
    }

    /// Whether a text has the form. No form takes the empty text.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Self::Any | Self::Expression => !text.is_empty(),
            Self::Name => is_name(text, false),
            Self::NewName => is_name(text, false) && !own_words().any(|word| word == text),
            Self::Rounding => {
                Rounding::parse(text).is_ok() || (is_name(text, false) && RoundingMode::from_name(text).is_none())
            }
            Self::Label => is_name(text, true),
            Self::Language => is_language(text),
            Self::Number => is_number(text),
            Self::Rate => is_rate(text),
            Self::Date => is_date(text),
            Self::DateOrNotSeen => text == "not_seen" || is_date(text),
            Self::YesNo => YES_NO.contains(&text),
            Self::Count => is_digits(text),
            Self::Citation => {
                let (source, clause) = text.split_once(' ').map_or((text, None), |(one, rest)| (one, Some(rest)));
                is_name(source, true) && clause.is_none_or(|clause| Clause::parse(clause).is_some())
            }
            Self::Words(words) => words.contains(&text),
            Self::Currency => {
                text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase()) && code_of_currency(text).is_none()
            }
            Self::Period => is_period(text),
        }
    }

    /// The form as a message names it: `a number`.
    pub fn expected(self) -> String {
        match self {
            Self::Any => "a text".to_owned(),
            Self::Name | Self::NewName => "a name".to_owned(),
            Self::Rounding => "a rounding".to_owned(),
            Self::Label => "a short name".to_owned(),
            Self::Language => "a language".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Rate => "a rate".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::DateOrNotSeen => "a date or `not_seen`".to_owned(),
            Self::YesNo => "yes or no".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Expression => "an expression".to_owned(),
            Self::Citation => "a citation".to_owned(),
            Self::Words(words) => match words {
                [word] => format!("`{word}`"),
                _ if words.len() > MOST_WORDS => "one of the words that belong here".to_owned(),
                _ => format!("one of {}", in_backticks(words)),
            },
            Self::Currency => "a currency".to_owned(),
            Self::Period => "a period".to_owned(),
        }
    }

    /// How the form is written.
    pub(super) fn written(self) -> String {
        match self {
            Self::Any | Self::Expression => "write a text",
            Self::Name | Self::NewName => "a name is written with a-z, 0-9 and `_`, a letter first, such as `social_insurance`",
            Self::Label => "it is written with a-z, 0-9, `-` and `_`, a letter first, such as `dues-2008`",
            Self::Language => "a language is written as its code, such as `zh` or `en`",
            Self::Number => "a number is written with digits and a point, such as `3000` or `0.20`",
            Self::Rate => "a rate is written as `0.5%`, `1/3` or `0.005`",
            Self::Date => "a date is written as year-month-day, such as `2017-01-01`",
            Self::DateOrNotSeen => "a date is written as year-month-day, such as `2017-01-01`, or as `not_seen`",
            Self::YesNo => "write `yes` or `no` (or `是`, `否`)",
            Self::Count => "a whole number is written with digits only, such as `12`",
            Self::Citation => {
                "a citation is a source and a clause, such as `dues-2008 art. 12`, `art. 31(6)`, `arts 1-4`, `items 1 and 3`, \
                 `§ 4`, `§§ 4-6`, `sec. 4`, `rule 3.2` or `第六条`"
            }
            Self::Rounding => {
                "write a mode and a unit such as `half_up to 0.01`, or the name of a setting of the kind rounding"
            }
            Self::Words([word]) => return format!("write `{word}`"),
            Self::Words(words) => return format!("write one of {}", in_backticks(words)),
            Self::Currency => "a currency is written with three capital letters, such as `CNY`",
            Self::Period => "a period is written as `2026-11`, `2026-Q4`, `2026-H2` or `2026`",
        }
        .to_owned()
    }
}

/// Names of currencies that look like codes and are none, each with the code that is meant.
const NOT_CODES: [(&str, &str); 3] = [("RMB", "CNY"), ("NTD", "TWD"), ("STG", "GBP")];

/// The code that is meant by a name that only looks like one.
pub(super) fn code_of_currency(name: &str) -> Option<&'static str> {
    NOT_CODES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

pub(crate) const YES_NO: &[&str] = &["yes", "no", "是", "否"];

/// Words as messages list them: "`a`, `b`, `c`".
pub(super) fn in_backticks(words: &[&str]) -> String {
    let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    all.join(", ")
}

fn is_name(text: &str, hyphen: bool) -> bool {
    text.starts_with(|it: char| it.is_ascii_lowercase())
        && text.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_') || (hyphen && it == b'-'))
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    (2..=3).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()))
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    match digits.split_once('.') {
        None => is_digits(digits),
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
    }
}

fn is_rate(text: &str) -> bool {
    if let Some((over, under)) = text.split_once('/') {
        let (over, under) = (over.strip_suffix(' ').unwrap_or(over), under.strip_prefix(' ').unwrap_or(under));
        return is_digits(over.strip_prefix('-').unwrap_or(over))
            && is_digits(under)
            && under.bytes().any(|it| it != b'0');
    }
    is_number(text.strip_suffix('%').unwrap_or(text))
}

/// Year, month and day of a text with the form of a date, whether or not the calendar has that day.
pub(super) fn date_parts(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let written = [year, month, day].iter().all(|part| is_digits(part));
    if !written || parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

pub(super) fn days_of_month(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

fn is_date(text: &str) -> bool {
    date_parts(text)
        .is_some_and(|(year, month, day)| days_of_month(year, month).is_some_and(|last| (1..=last).contains(&day)))
}

fn is_period(text: &str) -> bool {
    let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
    let known = |part: &str| {
        let month = part.len() == 2 && is_digits(part) && part.parse().is_ok_and(|it: u32| (1..=12).contains(&it));
        month || ["Q1", "Q2", "Q3", "Q4", "H1", "H2"].contains(&part)
    };
    year.len() == 4 && is_digits(year) && part.is_none_or(known)
}
