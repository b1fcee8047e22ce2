//! A formula with its values filled in: `职务工资 3000 + 级别工资 1000 − 个人所得税 100 = 基数 3900`.

use std::borrow::Cow;

use super::values::{InWords, Values, number};
use crate::explain::number::{Day, How, Operand, Share, Tongue, pick};
use crate::explain::put::{listed, put};
use crate::ruleset::expression::{Op, Reserved, Type};
use crate::ruleset::{Datum, ExprId, InputId};
use crate::value::Exact;

/// Fills one formula in; what cannot stand in a chain of sums and products gets a line before it.
///
/// What is filled in is written behind a text. Where it gives none, a value was never shown, and the part that was
/// written by then is to be taken back.
#[derive(Debug)]
pub(super) struct Filled<'a, 'v> {
    values: &'v Values<'a>,
    /// Whether lines before it are wanted; otherwise only the value stands there.
    with_lines: bool,
    /// The lines before it.
    pub before: Vec<Worked>,
    /// The facts, and the fields of records, that it shows.
    pub facts: Vec<(InputId, Option<u8>)>,
    /// Whether the last equation is a number and nothing else, such as the branch of a choice.
    pub is_bare: bool,
}

/// A line before a formula.
#[derive(Debug)]
pub(super) struct Worked {
    pub text: String,
    pub value: Option<Exact>,
}

impl<'a, 'v> Filled<'a, 'v> {
    /// With the lines before it.
    pub(super) fn with_lines(values: &'v Values<'a>) -> Self {
        Self { values, with_lines: true, before: Vec::new(), facts: Vec::new(), is_bare: false }
    }

    /// As a part of a line.
    pub(super) fn within_a_line(values: &'v Values<'a>) -> Self {
        Self { with_lines: false, ..Self::with_lines(values) }
    }

    fn op(&self, expression: ExprId) -> Option<Op> {
        self.values.names.rules.arena.get(expression).map(|node| node.op)
    }

    /// The formula as an equation with its result; a number that is its own result stands there once.
    pub(super) fn equation(&mut self, expression: ExprId, label: &str, out: &mut String) -> Option<()> {
        let result = self.values.number(expression)?;
        let begin = out.len();
        self.is_bare = false;
        let tongue = self.values.names.tongue;
        match self.op(expression)? {
            Op::AtLeast(a, b) => self.chosen_of(a, b, ("", "the greater of "), (" 取大", ""), out)?,
            Op::AtMost(a, b) => self.chosen_of(a, b, ("", "the lesser of "), (" 取小", ""), out)?,
            Op::Round(a, how) => {
                put!(out, pick!(tongue, "", "rounded "), How(how, tongue), pick!(tongue, "：", ": "));
                self.alone(a, out)?;
                out.push_str(" → ");
                put_result(label, result, out);
                return Some(());
            }
            Op::Average(input, months) => {
                let parts = self.values.averaged.get(expression)?;
                let title = self.fact_title(input);
                pick!(tongue, put!(out, title, "平均：("), put!(out, "average of ", title, ": ("));
                listed(out, " + ", parts, |out, part| put!(out, Operand(*part)));
                put!(out, ") ÷ ", months);
            }
            Op::If(condition, a, b) => {
                let branch = self.branch(condition, a, b)?;
                return self.equation(branch, label, out);
            }
            Op::Otherwise(a, b) => return self.equation(self.known(a, b), label, out),
            _ => self.side(expression, 0, out)?,
        }
        let end = out.len();
        out.push_str(" = ");
        put_result(label, result, out);
        let side = out.get(begin..end);
        self.is_bare = side.is_some() && side == out.get(end..).and_then(|rest| rest.strip_prefix(" = "));
        if self.is_bare {
            out.truncate(end);
        }
        Some(())
    }

    /// The greater or lesser of two.
    fn chosen_of(
        &mut self,
        a: ExprId,
        b: ExprId,
        before: (&str, &str),
        behind: (&str, &str),
        out: &mut String,
    ) -> Option<()> {
        let tongue = self.values.names.tongue;
        out.push_str(pick!(tongue, before.0, before.1));
        self.alone(a, out)?;
        out.push_str(pick!(tongue, " 与 ", " and "));
        self.alone(b, out)?;
        out.push_str(pick!(tongue, behind.0, behind.1));
        Some(())
    }

    /// The formula as one side of an equation or comparison; `around` says how tightly what stands around it binds.
    pub(super) fn side(&mut self, expression: ExprId, around: u8, out: &mut String) -> Option<()> {
        let op = self.op(expression)?;
        let own = match op {
            Op::Convert(a, factor, _) if factor == Exact::ONE => return self.side(a, around, out),
            Op::If(condition, a, b) => return self.side(self.branch(condition, a, b)?, around, out),
            Op::Otherwise(a, b) => return self.side(self.known(a, b), around, out),
            Op::Add(..) | Op::Subtract(..) => 1,
            Op::Multiply(..) | Op::Divide(..) | Op::Convert(..) => 2,
            Op::Negative(_) => 3,
            _ => return self.single(expression, out),
        };
        let in_brackets = own < around;
        if in_brackets {
            out.push('(');
        }
        match op {
            Op::Add(a, b) => self.joined(a, " + ", b, own, out)?,
            Op::Subtract(a, b) => self.joined(a, " − ", b, own, out)?,
            Op::Multiply(a, b) => self.joined(a, " × ", b, own, out)?,
            Op::Divide(a, b) => self.joined(a, " ÷ ", b, own, out)?,
            Op::Convert(a, factor, _) => {
                self.side(a, own, out)?;
                put!(out, " × ", Operand(factor));
            }
            Op::Negative(a) => {
                out.push('−');
                self.side(a, own.saturating_add(1), out)?;
            }
            _ => {}
        }
        if in_brackets {
            out.push(')');
        }
        Some(())
    }

    /// Two sides with an operator that binds to the left.
    fn joined(&mut self, a: ExprId, operator: &str, b: ExprId, own: u8, out: &mut String) -> Option<()> {
        self.side(a, own, out)?;
        out.push_str(operator);
        self.side(b, own.saturating_add(1), out)
    }

    /// A value with its title; one that is computed gets its own line and stands as a number.
    fn alone(&mut self, expression: ExprId, out: &mut String) -> Option<()> {
        match self.op(expression)? {
            Op::Add(..) | Op::Subtract(..) | Op::Multiply(..) | Op::Divide(..) | Op::Negative(_) => {
                self.computed(expression, out)
            }
            Op::Convert(_, factor, _) if factor != Exact::ONE => self.computed(expression, out),
            _ => self.side(expression, 9, out),
        }
    }

    /// The value of something computed, on a line of its own.
    fn computed(&mut self, expression: ExprId, out: &mut String) -> Option<()> {
        let value = self.values.of(expression)?;
        let mut text = String::new();
        if self.with_lines && self.equation(expression, "", &mut text).is_some() {
            self.before.push(Worked { text, value: number(value) });
        }
        self.shown(expression, value, out);
        Some(())
    }

    fn single(&mut self, expression: ExprId, out: &mut String) -> Option<()> {
        let names = self.values.names;
        let node = names.rules.arena.get(expression)?;
        match node.op {
            Op::Number(number) => {
                let is_share = node.type_ == Type::Number && number < Exact::ONE && !number.is_negative();
                if is_share {
                    put!(out, Share(number));
                } else {
                    put!(out, Operand(number));
                }
                return Some(());
            }
            Op::Reserved(name) => {
                put!(out, reserved(name, names.tongue));
                return Some(());
            }
            Op::MonthsBetween(..) | Op::DaysBetween(..) => return self.counted(expression, node.op, out),
            Op::Since(input) => put!(out, self.fact_title(input), pick!(names.tongue, "自", " since")),
            Op::Charge(charge) => put!(out, names.charge(charge.index())),
            op => {
                let Some(title) = names.of_op(op) else { return self.computed(expression, out) };
                self.shows(op);
                put!(out, title);
            }
        }
        let value = self.values.of(expression)?;
        out.push(' ');
        self.shown(expression, value, out);
        Some(())
    }

    /// Facts that stand in a line need not be told again.
    fn shows(&mut self, op: Op) {
        match op {
            Op::Fact(input) if self.with_lines => self.facts.push((input, None)),
            Op::Field(list, field) if self.with_lines => self.facts.push((list, Some(field))),
            _ => {}
        }
    }

    /// A count of months or days between two days.
    fn counted(&mut self, expression: ExprId, op: Op, out: &mut String) -> Option<()> {
        let tongue = self.values.names.tongue;
        let value = self.values.of(expression)?;
        let (from, to, zh, en) = match op {
            Op::MonthsBetween(from, to) => (from, to, "整月数", "whole months"),
            Op::DaysBetween(to, from) => (from, to, "天数", "days"),
            _ => return None,
        };
        let mut text = String::new();
        put!(&mut text, pick!(tongue, "", en), pick!(tongue, "", " from "));
        self.dated(from, &mut text)?;
        text.push_str(pick!(tongue, " 至 ", " to "));
        self.dated(to, &mut text)?;
        put!(&mut text, pick!(tongue, " 的", ""), pick!(tongue, zh, ""));
        self.shown(expression, value, out);
        if self.with_lines {
            text.push_str(pick!(tongue, "：", ": "));
            self.shown(expression, value, &mut text);
            self.before.push(Worked { text, value: None });
        } else {
            put!(out, pick!(tongue, "（", " ("), text, pick!(tongue, "）", ")"));
        }
        Some(())
    }

    /// A day with its title.
    fn dated(&mut self, expression: ExprId, out: &mut String) -> Option<()> {
        self.alone(expression, out)?;
        if let (Op::Reserved(_), Datum::Date(date)) = (self.op(expression)?, self.values.of(expression)?) {
            put!(out, " ", Day(date, self.values.names.tongue));
        }
        Some(())
    }

    fn shown(&self, expression: ExprId, value: Datum, out: &mut String) {
        let names = self.values.names;
        match value {
            Datum::Number(number) => put!(out, Operand(number)),
            Datum::Months(count) | Datum::Days(count) if count >= 0 && !value.is_endless() => put!(out, count),
            other => put!(out, InWords(names, names.rules.type_of(expression), other)),
        }
    }

    fn fact_title(&self, input: InputId) -> Cow<'a, str> {
        self.values.names.of_op(Op::Fact(input)).unwrap_or_default()
    }

    /// The branch that holds; none, when the condition is not known.
    fn branch(&self, condition: ExprId, a: ExprId, b: ExprId) -> Option<ExprId> {
        match self.values.of(condition)? {
            Datum::YesNo(true) => Some(a),
            Datum::YesNo(false) => Some(b),
            _ => None,
        }
    }

    fn known(&self, a: ExprId, b: ExprId) -> ExprId {
        match self.values.of(a) {
            Some(Datum::Nothing(_)) => b,
            _ => a,
        }
    }
}

/// A name that the language keeps for itself, in words.
pub(super) fn reserved(name: Reserved, tongue: Tongue) -> &'static str {
    let (zh, en) = match name {
        Reserved::PeriodStart => ("期初", "start of the period"),
        Reserved::PeriodEnd => ("期末", "end of the period"),
        Reserved::YearStart => ("年初", "start of the year"),
        Reserved::Day => ("当日", "the day"),
        Reserved::LongAgo => ("早已", "long ago"),
        Reserved::Never => ("无期", "never"),
    };
    pick!(tongue, zh, en)
}

/// The result of an equation, with its title if it has one.
fn put_result(label: &str, result: Exact, out: &mut String) {
    if !label.is_empty() {
        put!(out, label, " ");
    }
    put!(out, result);
}
