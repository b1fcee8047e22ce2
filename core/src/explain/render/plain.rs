//! An expression in words, without any member's values: what a rule says, not what came of it.

use super::condition::Condition;
use super::formula::reserved;
use super::values::{InWords, Values};
use crate::explain::names::Names;
use crate::explain::number::{How, Share, per, pick};
use crate::explain::put::{Put, listed, put};
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{Datum, ExprId, InputId, tightness};
use crate::value::Exact;

/// An expression in words, by the titles of what it reads.
#[derive(Clone, Copy, Debug)]
pub(in crate::explain) struct Plain<'a>(pub Names<'a>, pub ExprId);

impl Put for Plain<'_> {
    fn put(&self, out: &mut String) {
        self.within(0, out);
    }
}

impl<'a> Plain<'a> {
    fn op(&self) -> Option<Op> {
        self.0.rules.arena.get(self.1).map(|node| node.op)
    }

    /// The same for a part of it.
    fn part(&self, part: ExprId) -> Self {
        Self(self.0, part)
    }

    /// In brackets, where it binds less than what stands around it.
    fn within(&self, around: u8, out: &mut String) {
        let Some(op) = self.op() else { return };
        let own = tightness(op);
        let in_brackets = own < around;
        let tongue = self.0.tongue;
        if in_brackets {
            out.push_str(pick!(tongue, "（", "("));
        }
        self.said(op, own, out);
        if in_brackets {
            out.push_str(pick!(tongue, "）", ")"));
        }
    }

    fn said(&self, op: Op, own: u8, out: &mut String) {
        let (names, tongue) = (self.0, self.0.tongue);
        let joined = |a: ExprId, operator: &str, b: ExprId, out: &mut String| {
            self.part(a).within(own, out);
            out.push_str(operator);
            self.part(b).within(own.saturating_add(1), out);
        };
        match op {
            Op::Add(a, b) | Op::Later(a, b) => joined(a, " + ", b, out),
            Op::Subtract(a, b) | Op::Earlier(a, b) => joined(a, " − ", b, out),
            Op::Multiply(a, b) => joined(a, " × ", b, out),
            Op::Divide(a, b) => joined(a, " ÷ ", b, out),
            Op::Negative(a) => {
                out.push('−');
                self.part(a).within(own, out);
            }
            Op::AtLeast(a, b) | Op::AtMost(a, b) => self.bounded(op, (a, b), out),
            Op::Convert(a, _, length) => {
                self.part(a).within(own, out);
                let length = per(length, tongue);
                pick!(tongue, put!(out, "（折合每", length, "）"), put!(out, " per ", length));
            }
            Op::Round(a, how) => {
                self.part(a).put(out);
                let how = How(how, tongue);
                pick!(tongue, put!(out, "（", how, "）"), put!(out, " (rounded ", how, ")"));
            }
            Op::Otherwise(a, b) => {
                self.part(a).within(own, out);
                out.push_str(pick!(tongue, "，没有时为 ", ", or where there is none "));
                self.part(b).within(own.saturating_add(1), out);
            }
            Op::If(condition, a, b) => {
                let (condition, a, b) = (self.part(condition), self.part(a), self.part(b));
                pick!(
                    tongue,
                    put!(out, condition, "的，为 ", a, "，否则为 ", b),
                    put!(out, a, " if ", condition, ", otherwise ", b)
                );
            }
            Op::DaysBetween(to, from) => {
                let (from, to) = (self.part(from), self.part(to));
                pick!(tongue, put!(out, from, "至", to, "的天数"), put!(out, "the days from ", from, " to ", to));
            }
            Op::MonthsBetween(from, to) => {
                let (from, to) = (self.part(from), self.part(to));
                pick!(
                    tongue,
                    put!(out, from, "至", to, "的整月数"),
                    put!(out, "the whole months from ", from, " to ", to)
                );
            }
            Op::Since(input) => {
                let title = self.fact(input);
                pick!(
                    tongue,
                    put!(out, "“", title, "”现值起始之日"),
                    put!(out, "the day since which “", title, "” is what it is")
                );
            }
            Op::Average(input, months) => {
                let title = self.fact(input);
                pick!(
                    tongue,
                    put!(out, "此前 ", months, " 个月的平均", title),
                    put!(out, "the average ", title, " of the ", months, " months before")
                );
            }
            Op::Number(number) => self.number(number, out),
            Op::Charge(charge) => put!(out, names.charge(charge.index())),
            Op::Reserved(name) => out.push_str(reserved(name, tongue)),
            Op::Word(word) => put!(out, "“", self.value(Datum::Word(word)), "”"),
            Op::Date(day) => put!(out, day),
            Op::Months(1) => out.push_str(pick!(tongue, "1 个月", "1 month")),
            Op::Days(1) => out.push_str(pick!(tongue, "1 天", "1 day")),
            Op::Months(count) => put!(out, self.value(Datum::Months(count))),
            Op::Days(count) => put!(out, self.value(Datum::Days(count))),
            Op::Rounding(how) => put!(out, How(how, tongue)),
            Op::Fact(_) | Op::Setting(_) | Op::Term(_) | Op::Field(..) => {
                out.push_str(&names.of_op(op).unwrap_or_default());
            }
            Op::YesNo(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::In(..)
            | Op::Includes(..)
            | Op::Exists(_)
            | Op::Latched(..) => put!(out, Condition(&Values::none(names, None), self.1)),
        }
    }

    /// The greater or less of two; of days the latest or earliest of all that are compared.
    fn bounded(&self, op: Op, (a, b): (ExprId, ExprId), out: &mut String) {
        let tongue = self.0.tongue;
        let is_least = matches!(op, Op::AtLeast(..));
        if self.0.rules.type_of(self.1) == Type::Date {
            let mut days = Vec::new();
            self.days(is_least, &mut days);
            let which =
                if is_least { ("中最晚者", "the latest of ") } else { ("中最早者", "the earliest of ") };
            out.push_str(pick!(tongue, "", which.1));
            listed(out, pick!(tongue, "、", ", "), days, |out, day| put!(out, day));
            return out.push_str(pick!(tongue, which.0, ""));
        }
        // Beside a plain number it is a bound; two things that can be greater are compared.
        let is_bound = matches!(self.part(b).op(), Some(Op::Number(_)));
        if is_bound {
            let bound = if is_least { ("，最低 ", ", at least ") } else { ("，最高 ", ", at most ") };
            self.part(a).within(tightness(op), out);
            out.push_str(pick!(tongue, bound.0, bound.1));
            return self.part(b).put(out);
        }
        let (a, b) = (self.part(a), self.part(b));
        let which = if is_least { ("中较大者", "the greater of ") } else { ("中较小者", "the less of ") };
        pick!(tongue, put!(out, a, " 与 ", b, which.0), put!(out, which.1, a, " and ", b));
    }

    fn days(self, is_least: bool, days: &mut Vec<Self>) {
        match self.op() {
            Some(Op::AtLeast(a, b)) if is_least => {
                self.part(a).days(is_least, days);
                self.part(b).days(is_least, days);
            }
            Some(Op::AtMost(a, b)) if !is_least => {
                self.part(a).days(is_least, days);
                self.part(b).days(is_least, days);
            }
            _ => days.push(self),
        }
    }

    /// A share as a percentage, money as it is: its currency and length of time stand at the head of the charge.
    fn number(&self, number: Exact, out: &mut String) {
        let is_share = self.0.rules.type_of(self.1) == Type::Number && number < Exact::ONE && !number.is_zero();
        if is_share { put!(out, Share(number)) } else { put!(out, number) }
    }

    fn value(&self, value: Datum) -> InWords<'a> {
        InWords(self.0, self.0.rules.type_of(self.1), value)
    }

    fn fact(&self, input: InputId) -> String {
        self.0.of_op(Op::Fact(input)).unwrap_or_default().into_owned()
    }
}
