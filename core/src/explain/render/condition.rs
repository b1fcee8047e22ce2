//! Conditions and days in words.

use super::formula::Filled;
use super::values::{Values, value_text};
use crate::explain::names::Names;
use crate::explain::number::pick;
use crate::explain::number::{Tongue, day};
use crate::ruleset::expression::{Comparison, Op, Type};
use crate::ruleset::{Datum, ExprId, WordsId, written};

/// A condition in words, with the values that it compares. Where only one side of an `or` holds, that side alone.
pub(super) fn condition(names: Names<'_>, values: &Values, expression: ExprId) -> String {
    Words { names, values }.say(expression, false)
}

/// The days that a day was chosen from: `年初 2026-01-01、支部大会通过之日 2026-06-15 中最晚者`.
pub(super) fn chosen_day(names: Names<'_>, values: &Values, expression: ExprId) -> Option<String> {
    let node = names.rules.arena.get(expression)?;
    let latest = match node.op {
        Op::AtLeast(..) => true,
        Op::AtMost(..) => false,
        _ => return None,
    };
    let mut days = Vec::new();
    collect(names, values, expression, latest, &mut days);
    if let [only] = days.as_slice() {
        return Some(only.clone());
    }
    let listed = days.join(pick!(names.tongue, "、", ", "));
    Some(match (names.tongue, latest) {
        (Tongue::Zh, true) => format!("{listed} 中最晚者"),
        (Tongue::Zh, false) => format!("{listed} 中最早者"),
        (Tongue::En, true) => format!("the latest of {listed}"),
        (Tongue::En, false) => format!("the earliest of {listed}"),
    })
}

fn collect(names: Names<'_>, values: &Values, expression: ExprId, latest: bool, days: &mut Vec<String>) {
    match names.rules.arena.get(expression).map(|node| node.op) {
        Some(Op::AtLeast(a, b)) if latest => {
            collect(names, values, a, latest, days);
            collect(names, values, b, latest, days);
        }
        Some(Op::AtMost(a, b)) if !latest => {
            collect(names, values, a, latest, days);
            collect(names, values, b, latest, days);
        }
        Some(op) => {
            // A bound of all days decides nothing and is not worth a word.
            if let Some(Datum::Date(date)) = values.of(&names, expression)
                && !date.is_bound()
            {
                let text = Filled::new(names, values, false).side(expression, 0);
                let text = text.unwrap_or_else(|| written(names.rules, expression));
                let is_reserved = matches!(op, Op::Reserved(_));
                days.push(if is_reserved { format!("{text} {}", day(date, names.tongue)) } else { text });
            }
        }
        None => {}
    }
}

/// How many words are told in full.
const LONG: usize = 4;

/// The words whose bits are set.
fn members(bits: u128) -> impl Iterator<Item = u8> {
    (0..128_u8).filter(move |word| bits.checked_shr(u32::from(*word)).is_some_and(|rest| rest & 1 == 1))
}

struct Words<'a, 'v> {
    names: Names<'a>,
    values: &'v Values,
}

impl Words<'_, '_> {
    fn say(&self, expression: ExprId, inside_and: bool) -> String {
        let tongue = self.names.tongue;
        let Some(node) = self.names.rules.arena.get(expression) else { return String::new() };
        match node.op {
            Op::And(a, b) => {
                let joint = pick!(tongue, "，且", " and ");
                format!("{}{joint}{}", self.say(a, true), self.say(b, true))
            }
            Op::Or(a, b) => {
                let value = |side| self.values.of(&self.names, side);
                match (value(a), value(b)) {
                    (Some(Datum::YesNo(true)), _) => return self.say(a, inside_and),
                    (Some(Datum::YesNo(false)), Some(Datum::YesNo(true))) => return self.say(b, inside_and),
                    _ => {}
                }
                let text = format!("{}{}{}", self.say(a, false), pick!(tongue, "或", " or "), self.say(b, false));
                match (inside_and, tongue) {
                    (true, Tongue::Zh) => format!("（{text}）"),
                    (true, Tongue::En) => format!("({text})"),
                    _ => text,
                }
            }
            Op::Not(a) => {
                let not = pick!(tongue, "并非", "not ");
                if self.is_named(a) {
                    format!("{not}“{}”", self.title(a))
                } else {
                    format!("{not}{}", self.say(a, true))
                }
            }
            Op::Latched(on, off) => {
                // Which values switched it is told by the history, not by the values of the day.
                let plain = Words { names: self.names, values: &Values::default() };
                let (on, off) = (plain.say(on, true), plain.say(off, true));
                pick!(
                    tongue,
                    format!("自{on}之日起，至{off}之日止"),
                    format!("from the day of {on} to the day of {off}")
                )
            }
            Op::Compare(comparison, a, b) => self.compared(comparison, a, b),
            Op::In(a, bits) => {
                let (title, words) = (self.title(a), self.words(a));
                let listed: Vec<String> = members(bits).map(|word| self.word(words, word)).collect();
                let own = self.values.word(&self.names, a).filter(|word| members(bits).any(|listed| listed == *word));
                match own {
                    // A long list is not told again where the member's own word is in it.
                    Some(word) if listed.len() > LONG => {
                        let word = self.word(words, word);
                        pick!(
                            tongue,
                            format!("{title}为“{word}”，属所列之一"),
                            format!("{title} is “{word}”, one of those listed"),
                        )
                    }
                    _ => {
                        let listed = self.one_of(&listed);
                        pick!(tongue, format!("{title}为{listed}"), format!("{title} is {listed}"))
                    }
                }
            }
            Op::Includes(a, word) => {
                let (title, words) = (self.title(a), self.words(a));
                let word = self.word(words, word);
                pick!(tongue, format!("{title}含“{word}”"), format!("{title} includes “{word}”"))
            }
            Op::Exists(a) => pick!(tongue, format!("有{}", self.title(a)), format!("{} exists", self.title(a))),
            Op::YesNo(answer) => {
                pick!(tongue, if answer { "总是" } else { "从不" }, if answer { "always" } else { "never" }).to_owned()
            }
            _ => self.title(expression),
        }
    }

    fn compared(&self, comparison: Comparison, a: ExprId, b: ExprId) -> String {
        let tongue = self.names.tongue;
        let literal = |side: ExprId| {
            matches!(self.names.rules.arena.get(side).map(|node| node.op), Some(Op::Word(_) | Op::YesNo(_)))
        };
        let (left, right) = if literal(a) { (b, a) } else { (a, b) };
        if literal(right) {
            let value = self.values.of(&self.names, right);
            let type_ = self.names.rules.type_of(right);
            let word = value.map_or_else(String::new, |value| value_text(&self.names, type_, value));
            let title = self.title(left);
            return match (comparison, tongue) {
                (Comparison::NotEqual, Tongue::Zh) => format!("{title}不为“{word}”"),
                (Comparison::NotEqual, Tongue::En) => format!("{title} is not “{word}”"),
                (_, Tongue::Zh) => format!("{title}为“{word}”"),
                (_, Tongue::En) => format!("{title} is “{word}”"),
            };
        }
        let symbol = match comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "≠",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "≤",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => "≥",
        };
        let side = |expression| {
            Filled::new(self.names, self.values, false).side(expression, 0).unwrap_or_else(|| self.title(expression))
        };
        format!("{} {symbol} {}", side(a), side(b))
    }

    /// The title of what is read, without its value.
    fn title(&self, expression: ExprId) -> String {
        let rules = self.names.rules;
        let Some(node) = rules.arena.get(expression) else { return String::new() };
        let named = match node.op {
            Op::Fact(input) => rules.input(input).map(|input| self.names.title(&input.title, &input.name)),
            Op::Term(term) => rules.terms.get(term.index()).map(|term| self.names.title(&term.title, &term.name)),
            Op::Setting(id) => rules.settings.get(id.index()).map(|found| self.names.title(&found.title, &found.name)),
            Op::Field(list, field) => rules.field(list, field).map(|field| self.names.title(&field.title, &field.name)),
            _ => None,
        };
        named.unwrap_or_else(|| written(rules, expression))
    }

    fn is_named(&self, expression: ExprId) -> bool {
        let op = self.names.rules.arena.get(expression).map(|node| node.op);
        matches!(op, Some(Op::Fact(_) | Op::Term(_) | Op::Setting(_) | Op::Field(..)))
    }

    fn word(&self, words: Option<WordsId>, word: u8) -> String {
        words.map_or_else(String::new, |list| self.names.word(list, word))
    }

    fn words(&self, expression: ExprId) -> Option<WordsId> {
        match self.names.rules.type_of(expression) {
            Type::Word(words) | Type::Words(words) => Some(words),
            _ => None,
        }
    }

    fn one_of(&self, words: &[String]) -> String {
        let quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
        match (quoted.as_slice(), self.names.tongue) {
            ([only], _) => only.clone(),
            ([others @ .., last], Tongue::Zh) => format!("{}或{last}", others.concat()),
            ([others @ .., last], Tongue::En) => format!("{} or {last}", others.join(", ")),
            ([], _) => String::new(),
        }
    }
}
