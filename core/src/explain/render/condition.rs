//! Conditions and days in words.

use std::borrow::Cow;

use super::formula::Filled;
use super::places::Place;
use super::plain::Plain;
use super::values::{InWords, Values, members};
use crate::explain::number::{Day, pick};
use crate::explain::put::{Put, all_or_nothing, put, text_of};
use crate::ruleset::expression::{Comparison, Op, Type};
use crate::ruleset::{Datum, ExprId, VersionId, WordsId};

/// A condition in words, with the values that it compares. Where only one side of an `or` holds, that side alone.
#[derive(Clone, Copy)]
pub(super) struct Condition<'a, 'v>(pub &'v Values<'a>, pub ExprId);

impl Put for Condition<'_, '_> {
    fn put(&self, out: &mut String) {
        self.say(self.1, false, out);
    }
}

/// How many words are told in full.
const LONG: usize = 4;

impl<'a> Condition<'a, '_> {
    fn say(&self, expression: ExprId, inside_and: bool, out: &mut String) {
        let kept = self.0.names.phrases.and_then(|phrases| phrases.condition(expression));
        let in_words = || {
            let mut text = String::new();
            self.say_anew(expression, inside_and, &mut text);
            text.into()
        };
        match kept.and_then(|kept| kept.get_or_init(|| self.is_always_the_same(expression).then(in_words)).as_deref()) {
            Some(text) => out.push_str(text),
            None => self.say_anew(expression, inside_and, out),
        }
    }

    /// Whether the words depend on no value.
    fn is_always_the_same(&self, expression: ExprId) -> bool {
        match self.0.names.rules.arena.get(expression).map(|node| node.op) {
            Some(Op::And(a, b)) => self.is_always_the_same(a) && self.is_always_the_same(b),
            // Only the side that holds is told.
            Some(Op::Or(..)) => false,
            Some(Op::Not(a)) => self.named(a).is_some() || self.is_always_the_same(a),
            Some(Op::Compare(_, a, b)) => self.is_literal(a) || self.is_literal(b),
            Some(Op::In(_, bits)) => members(bits).count() <= LONG,
            _ => true,
        }
    }

    fn say_anew(&self, expression: ExprId, inside_and: bool, out: &mut String) {
        let Self(values, _) = *self;
        let tongue = values.names.tongue;
        let Some(node) = values.names.rules.arena.get(expression) else { return };
        match node.op {
            Op::And(a, b) => {
                self.say(a, true, out);
                out.push_str(pick!(tongue, "，且", " and "));
                self.say(b, true, out);
            }
            Op::Or(a, b) => match (values.of(a), values.of(b)) {
                (Some(Datum::YesNo(true)), _) => self.say(a, inside_and, out),
                (Some(Datum::YesNo(false)), Some(Datum::YesNo(true))) => self.say(b, inside_and, out),
                _ => {
                    let brackets = if inside_and { pick!(tongue, ("（", "）"), ("(", ")")) } else { ("", "") };
                    out.push_str(brackets.0);
                    self.side_of_or(a, out);
                    out.push_str(pick!(tongue, "或", " or "));
                    self.side_of_or(b, out);
                    out.push_str(brackets.1);
                }
            },
            Op::Not(a) => {
                out.push_str(pick!(tongue, "并非", "not "));
                match self.named(a) {
                    Some(title) => put!(out, "“", title, "”"),
                    None => self.say(a, true, out),
                }
            }
            Op::Latched(on, off) => {
                // Which values switched it is told by the history, not by the values of the day.
                let unread = Values::none(values.names, None);
                let plain = Condition(&unread, expression);
                out.push_str(pick!(tongue, "自", "from the day of "));
                plain.say(on, true, out);
                out.push_str(pick!(tongue, "之日起，至", " to the day of "));
                plain.say(off, true, out);
                out.push_str(pick!(tongue, "之日止", ""));
            }
            Op::Compare(comparison, a, b) => self.compared(comparison, a, b, out),
            Op::In(a, bits) => self.among(a, bits, out),
            Op::Includes(a, word) => {
                put!(out, self.title(a), pick!(tongue, "含“", " includes “"), self.word(a, word), "”");
            }
            Op::Exists(a) => pick!(tongue, put!(out, "有", self.title(a)), put!(out, self.title(a), " exists")),
            Op::YesNo(true) => out.push_str(pick!(tongue, "总是", "always")),
            Op::YesNo(false) => out.push_str(pick!(tongue, "从不", "never")),
            _ => put!(out, self.title(expression)),
        }
    }

    /// One side of an `or` of which both are told: what `and` joins stands in brackets.
    fn side_of_or(&self, expression: ExprId, out: &mut String) {
        let tongue = self.0.names.tongue;
        let is_and = matches!(self.0.names.rules.arena.get(expression).map(|node| node.op), Some(Op::And(..)));
        let brackets = if is_and { pick!(tongue, ("（", "）"), ("(", ")")) } else { ("", "") };
        out.push_str(brackets.0);
        self.say(expression, false, out);
        out.push_str(brackets.1);
    }

    /// That a word is one of those listed.
    fn among(&self, a: ExprId, bits: u128, out: &mut String) {
        let tongue = self.0.names.tongue;
        let is = pick!(tongue, "为", " is ");
        put!(out, self.title(a), is);
        let listed = members(bits);
        let count = listed.clone().count();
        if count > LONG
            && let Some(own) = self.0.word(a).filter(|own| listed.clone().any(|word| word == *own))
        {
            // A long list is not told again where the member's own word is in it.
            let listed = pick!(tongue, "”，属所列之一", "”, one of those listed");
            return put!(out, "“", self.word(a, own), listed);
        }
        for (number, word) in (1_usize..).zip(listed) {
            let between = match number {
                1 => "",
                _ if number == count => pick!(tongue, "或", " or "),
                _ => pick!(tongue, "", ", "),
            };
            put!(out, between, "“", self.word(a, word), "”");
        }
    }

    fn compared(&self, comparison: Comparison, a: ExprId, b: ExprId, out: &mut String) {
        let Self(values, _) = *self;
        let names = values.names;
        let literal =
            |side: ExprId| matches!(names.rules.arena.get(side).map(|node| node.op), Some(Op::Word(_) | Op::YesNo(_)));
        let (left, right) = if literal(a) { (b, a) } else { (a, b) };
        if literal(right) {
            let is = match comparison {
                Comparison::NotEqual => pick!(names.tongue, "不为“", " is not “"),
                _ => pick!(names.tongue, "为“", " is “"),
            };
            put!(out, self.title(left), is);
            if let Some(value) = values.of(right) {
                put!(out, InWords(names, names.rules.type_of(right), value));
            }
            return out.push('”');
        }
        let symbol = match comparison {
            Comparison::Equal => " = ",
            Comparison::NotEqual => " ≠ ",
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " ≤ ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " ≥ ",
        };
        self.side(a, out);
        out.push_str(symbol);
        self.side(b, out);
    }

    fn is_literal(&self, expression: ExprId) -> bool {
        let op = self.0.names.rules.arena.get(expression).map(|node| node.op);
        matches!(op, Some(Op::Word(_) | Op::YesNo(_)))
    }

    fn side(&self, expression: ExprId, out: &mut String) {
        let mut filled = Filled::within_a_line(self.0);
        if all_or_nothing(out, |out| filled.side(expression, 0, out)).is_none() {
            put!(out, self.title(expression));
        }
    }

    /// The title of what is read, without its value; anything else in words.
    fn title(&self, expression: ExprId) -> Cow<'a, str> {
        self.named(expression).unwrap_or_else(|| Cow::Owned(text_of(&Plain(self.0.names, expression))))
    }

    fn named(&self, expression: ExprId) -> Option<Cow<'a, str>> {
        let names = self.0.names;
        names.of_op(names.rules.arena.get(expression)?.op)
    }

    /// A word of the list that an expression's words are from.
    fn word(&self, of: ExprId, word: u8) -> Cow<'a, str> {
        let names = self.0.names;
        let list: Option<WordsId> = match names.rules.type_of(of) {
            Type::Word(words) | Type::Words(words) => Some(words),
            _ => None,
        };
        list.map_or_else(Cow::default, |list| names.word(list, word))
    }
}

/// The days that a day was chosen from: `年初 2026-01-01、支部大会通过之日 2026-06-15 中最晚者`.
pub(super) fn put_chosen_day(values: &Values<'_>, expression: ExprId, out: &mut String) {
    let tongue = values.names.tongue;
    let latest = match values.names.rules.arena.get(expression).map(|node| node.op) {
        Some(Op::AtLeast(..)) => true,
        Some(Op::AtMost(..)) => false,
        _ => return,
    };
    let mut days = Vec::new();
    collect(values, expression, latest, &mut days);
    let listed = days.join(pick!(tongue, "、", ", "));
    if days.len() == 1 {
        return out.push_str(&listed);
    }
    let which = if latest { ("最晚者", "the latest of ") } else { ("最早者", "the earliest of ") };
    pick!(tongue, put!(out, listed, " 中", which.0), put!(out, which.1, listed));
}

fn collect(values: &Values<'_>, expression: ExprId, latest: bool, days: &mut Vec<String>) {
    let names = values.names;
    match names.rules.arena.get(expression).map(|node| node.op) {
        Some(Op::AtLeast(a, b)) if latest => {
            collect(values, a, latest, days);
            collect(values, b, latest, days);
        }
        Some(Op::AtMost(a, b)) if !latest => {
            collect(values, a, latest, days);
            collect(values, b, latest, days);
        }
        Some(op) => {
            // A bound of all days decides nothing and is not worth a word.
            if let Some(Datum::Date(date)) = values.of(expression)
                && !date.is_bound()
            {
                let mut text = String::new();
                let mut filled = Filled::within_a_line(values);
                if all_or_nothing(&mut text, |text| filled.side(expression, 0, text)).is_none() {
                    put!(&mut text, Plain(names, expression));
                }
                if matches!(op, Op::Reserved(_)) {
                    put!(&mut text, " ", Day(date, names.tongue));
                }
                days.push(text);
            }
        }
        None => {}
    }
}

/// On which days a charge is owed, in words; bounds of all days are left out.
#[derive(Clone, Copy)]
pub(super) struct OwedWhen<'a, 'v>(pub &'v Values<'a>, pub VersionId);

impl Put for OwedWhen<'_, '_> {
    fn put(&self, out: &mut String) {
        let Self(values, version) = *self;
        let Some(Place::Owed(dated)) = values.names.place(version) else { return };
        let Some(owed) = dated.body(version) else { return };
        let tongue = values.names.tongue;
        let start = out.len();
        if let Some(when) = owed.when {
            put!(out, Condition(values, when));
        }
        let ends = [
            (owed.starts, pick!(tongue, ("自", " 起"), ("from ", ""))),
            (owed.ends, pick!(tongue, ("至", " 止"), ("to ", ""))),
        ];
        for (expression, (before, behind)) in ends {
            let Some(expression) = expression else { continue };
            if !matches!(values.of(expression), Some(Datum::Date(date)) if !date.is_bound()) {
                continue;
            }
            let between = if out.len() > start { pick!(tongue, "，", ", ") } else { "" };
            all_or_nothing(out, |out| {
                put!(out, between, before);
                Filled::within_a_line(values).side(expression, 0, out)?;
                out.push_str(behind);
                Some(())
            });
        }
    }
}
