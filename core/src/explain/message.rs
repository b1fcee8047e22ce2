//! The message of a finding: a rendering of its code and parameters.

mod en;
mod zh;

use super::finding::{Code, Finding};
use super::names::Names;
use super::number::{Tongue, per};
use crate::dues::Charges;
use crate::explain::number::pick;
use crate::ruleset::{Kind, Rules};
use crate::value::Per;

/// The parameters that a message is filled with.
struct Filled<'a> {
    value: &'a dyn Fn(&str) -> String,
}

impl Filled<'_> {
    fn param(&self, name: &str) -> String {
        (self.value)(name)
    }

    /// A parameter with what stands around it; nothing, where it is empty.
    fn after(&self, before: &str, name: &str, behind: &str) -> String {
        let value = self.param(name);
        if value.is_empty() { String::new() } else { format!("{before}{value}{behind}") }
    }
}

fn fill(code: Code, tongue: Tongue, value: &dyn Fn(&str) -> String) -> String {
    let filled = Filled { value };
    match tongue {
        Tongue::Zh => zh::message(code, &filled),
        Tongue::En => en::message(code, &filled),
    }
}

impl Finding {
    /// The message in a language: Chinese for `zh`, otherwise English, with facts, words and rules by their titles in
    /// that language where they have one, and amounts as they are. A finding about a cell of a roster (`row`, `column`)
    /// begins with its place.
    pub fn message(&self, rules: &Rules, charges: &Charges, language: &str) -> String {
        let names = Names::new(rules, charges, language);
        let said = fill(self.code, names.tongue, &|name| self.shown(name, &names));
        match (self.code, self.param("row"), self.param("column")) {
            // The message of a cell that is no text names its place itself.
            (Code::NotText, ..) | (_, None, _) | (_, _, None) => said,
            (_, Some(row), Some(column)) => pick!(
                names.tongue,
                format!("第{row}行“{column}”列：{said}"),
                format!("row {row}, column `{column}`: {said}")
            ),
        }
    }

    fn shown(&self, param: &str, names: &Names<'_>) -> String {
        let Some(value) = self.param(param) else { return String::new() };
        match (self.code, param) {
            (Code::UnknownFact, "name") => value.to_owned(),
            (Code::UnknownFact, "near") if !value.is_empty() => {
                let title = names.of_name(value);
                pick!(names.tongue, format!("“{value}”（{title}）"), format!("`{value}` ({title})"))
            }
            (Code::NoRule, "name") | (_, "rule" | "one" | "other" | "expression") => names.of_path(value),
            (_, "name") => names.of_fact(value),
            (_, "source") => names.of_source(value),
            (Code::NotEncoded, "why") => {
                let text =
                    names.rules.not_encoded.iter().find(|text| Some(text.timeline) == self.cite.map(|v| v.timeline));
                text.and_then(|text| text.why.get(names.language)).unwrap_or(value).to_owned()
            }
            (Code::UnknownWord, "wanted") => self.accepted_words(value, names),
            (Code::OutOfRange, "wanted") => value.replace('x', &names.of_fact(self.param("name").unwrap_or("x"))),
            (Code::WrongPeriod, "wanted") => {
                Per::from_name(value).map_or_else(|| value.to_owned(), |length| per(length, names.tongue).to_owned())
            }
            _ => value.to_owned(),
        }
    }

    /// The words by their titles, each with the name that is accepted too.
    fn accepted_words(&self, wanted: &str, names: &Names<'_>) -> String {
        let fact = self.param("name").unwrap_or_default();
        let input = names.rules.input_by_name(fact).and_then(|id| names.rules.input(id));
        let (Kind::OneOf(words) | Kind::SetOf(words)) = (match input {
            Some(input) => input.kind.clone(),
            None => return wanted.to_owned(),
        }) else {
            return wanted.to_owned();
        };
        let Some(list) = names.rules.words.get(usize::from(words.0)) else { return wanted.to_owned() };
        let shown = list.words.iter().map(|word| {
            let (title, name) = (names.title(&word.title, &word.name), &word.name);
            pick!(names.tongue, format!("{title}（{name}）"), format!("`{name}` ({title})"))
        });
        shown.collect::<Vec<_>>().join(pick!(names.tongue, "、", ", "))
    }
}

impl Code {
    /// The names of its parameters, in the order of its message.
    pub fn params(self) -> &'static [&'static str] {
        match self {
            Self::BadValue | Self::UnknownWord => &["name", "value", "wanted", "near"],
            Self::OutOfRange | Self::BadHistory => &["name", "value", "wanted"],
            Self::UnknownFact => &["name", "near"],
            Self::TwoRules => &["one", "other"],
            Self::NoRule => &["name", "why"],
            Self::NoValue => &["name"],
            Self::NoRow => &["value", "why"],
            Self::Overflow | Self::DivisionByZero => &["expression"],
            Self::TooManySteps => &["steps"],
            Self::CrossedLimits => &["at_least", "at_most"],
            Self::NegativeAmount => &["amount"],
            Self::WrongPeriod => &["period", "wanted"],
            Self::HistoryStartsLater => &["name", "day"],
            Self::NeedsNotMet => &["rule"],
            Self::LimitActed => &["rule", "before", "after"],
            Self::SetAside => &["rule", "reason"],
            Self::GivenDiffers => &["name", "given", "derived"],
            Self::HeldAt => &["name", "value", "day", "instead"],
            Self::DeclaredTooLow => &["declared", "minimum"],
            Self::AssumedMinimum => &["minimum"],
            Self::DoubtfulDate => &["source", "until"],
            Self::NotEncoded => &["why"],
            Self::RowTooShort | Self::RowTooLong => &["row", "cells", "wanted"],
            Self::NoId => &["row"],
            Self::DuplicateId => &["row", "first"],
            Self::NotText => &["row", "column", "value"],
        }
    }

    /// The message with its parameters as `{name}`: what the list of findings shows.
    pub fn template(self, language: &str) -> String {
        fill(self, Tongue::of(language), &|name| format!("{{{name}}}"))
    }
}

#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests;
