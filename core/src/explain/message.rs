//! The message of a finding: a rendering of its code and parameters.

mod en;
mod zh;

use super::finding::{Code, Finding};
use super::kept::{Slot, put_kept};
use super::names::Names;
use super::number::{Tongue, per};
use super::put::{listed, put, unless_empty};
use crate::dues::Charges;
use crate::explain::number::pick;
use crate::ruleset::{Kind, Rules};
use crate::value::Per;

/// Writes a parameter by its name.
type Param<'p> = dyn Fn(&str, &mut String) + 'p;

/// Writes the message of a code; the templates say how they are written.
fn fill(code: Code, tongue: Tongue, out: &mut String, param: &Param<'_>) {
    let mut rest = pick!(tongue, zh::template(code), en::template(code));
    while let Some((plain, name_and_more)) = rest.split_once('{') {
        let (name, behind) = name_and_more.split_once('}').unwrap_or((name_and_more, ""));
        rest = match plain.split_once('[') {
            Some((plain, before)) => {
                let (after, behind) = behind.split_once(']').unwrap_or((behind, ""));
                out.push_str(plain);
                unless_empty(out, before, |out| param(name, out), after);
                behind
            }
            None => {
                out.push_str(plain);
                param(name, out);
                behind
            }
        };
    }
    out.push_str(rest);
}

impl Finding {
    /// The message in a language: Chinese for `zh`, otherwise English, with facts, words and rules by their titles in
    /// that language where they have one, and amounts as they are. A finding about a cell of a roster (`row`, `column`)
    /// begins with its place.
    pub fn message(&self, rules: &Rules, charges: &Charges, language: &str) -> String {
        let mut text = String::new();
        self.write_message(&Names::new(rules, charges, language), &mut text);
        text
    }

    /// Writes the message behind a text.
    pub(super) fn write_message(&self, names: &Names<'_>, out: &mut String) {
        if let (Some(file), Some(_)) = (self.param("file"), self.param("row")) {
            put!(out, file, pick!(names.tongue, "：", ", "));
        }
        match (self.code, self.param("row"), self.param("column")) {
            // The message of a cell that cannot be taken at all names its place itself.
            (Code::NotText | Code::MergedCell | Code::FormulaWithoutValue | Code::TooManyDigits, ..) => {}
            (_, None, _) | (_, _, None) => {}
            (_, Some(row), Some(column)) => pick!(
                names.tongue,
                put!(out, "第", row, "行“", column, "”列："),
                put!(out, "row ", row, ", column `", column, "`: "),
            ),
        }
        put_kept(self.kept(names), out, |out| {
            fill(self.code, names.tongue, out, &|name, out| self.write_param(name, names, out));
        });
    }

    /// Where the message is kept, if it is one that no fact changes.
    fn kept<'a>(&self, names: &Names<'a>) -> Option<&'a Slot> {
        let timeline = self.cite.filter(|_| self.code == Code::NotEncoded)?.timeline;
        let text = names.rules.not_encoded.iter().position(|text| text.timeline == timeline)?;
        names.phrases?.not_encoded(text)
    }

    /// A parameter as people read it.
    fn write_param(&self, param: &str, names: &Names<'_>, out: &mut String) {
        let Some(value) = self.param(param) else { return };
        match (self.code, param) {
            (Code::UnknownFact, "name") => out.push_str(value),
            (Code::UnknownFact, "near") if !value.is_empty() => {
                let title = names.of_name(value);
                pick!(
                    names.tongue,
                    put!(out, "“", value, "”（", title, "）"),
                    put!(out, "`", value, "` (", title, ")")
                );
            }
            (Code::NoRule, "name") | (_, "rule" | "one" | "other" | "expression") => put!(out, names.of_path(value)),
            (_, "name") => put!(out, names.of_fact(value)),
            (_, "source") => put!(out, names.of_source(value)),
            (Code::NotEncoded, "why") => {
                let text =
                    names.rules.not_encoded.iter().find(|text| Some(text.timeline) == self.cite.map(|v| v.timeline));
                out.push_str(text.and_then(|text| text.why.get(names.language)).unwrap_or(value));
            }
            (Code::UnknownWord, "wanted") => self.write_accepted(value, names, out),
            (Code::OutOfRange, "wanted") => {
                out.push_str(&value.replace('x', &names.of_fact(self.param("name").unwrap_or("x"))));
            }
            (Code::WrongPeriod, "wanted") => {
                out.push_str(Per::from_name(value).map_or(value, |length| per(length, names.tongue)));
            }
            _ => out.push_str(value),
        }
    }

    /// The words by their titles, each with the name that is accepted too.
    fn write_accepted(&self, wanted: &str, names: &Names<'_>, out: &mut String) {
        let fact = self.param("name").unwrap_or_default();
        let input = names.rules.input_by_name(fact).and_then(|id| names.rules.input(id));
        let list = match input.map(|input| &input.kind) {
            Some(Kind::OneOf(words) | Kind::SetOf(words)) => names.rules.words.get(usize::from(words.0)),
            _ => None,
        };
        let Some(list) = list else { return out.push_str(wanted) };
        listed(out, pick!(names.tongue, "、", ", "), &list.words, |out, word| {
            let (title, name) = (names.title(&word.title, &word.name), &*word.name);
            pick!(names.tongue, put!(out, title, "（", name, "）"), put!(out, "`", name, "` (", title, ")"));
        });
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
            Self::NotText | Self::MergedCell | Self::FormulaWithoutValue | Self::TooManyDigits => {
                &["row", "column", "value"]
            }
            Self::SecondHeading => &["row", "first"],
            Self::NoInstalments => &["amount", "rule", "others", "name"],
            Self::NeverSwitched | Self::EndlessTime => &["name", "expression"],
        }
    }

    /// The message with its parameters as `{name}`: what the list of findings shows.
    pub fn template(self, language: &str) -> String {
        let mut text = String::new();
        fill(self, Tongue::of(language), &mut text, &|name, out| put!(out, "{", name, "}"));
        text
    }
}

#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests;
