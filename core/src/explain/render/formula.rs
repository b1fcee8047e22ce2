//! A formula with its values filled in: `职务工资 3000 + 级别工资 1000 − 个人所得税 100 = 基数 3900`.

use super::values::{Values, value_text};
use super::{ExplainedLine, LineKind};
use crate::explain::names::Names;
use crate::explain::number::pick;
use crate::explain::number::{day, exact, operand, rounding, share};
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{Datum, ExprId, InputId};
use crate::value::Exact;

/// Fills one formula in; what cannot stand in a chain of sums and products gets a line before it.
#[derive(Debug)]
pub(super) struct Filled<'a, 'v> {
    names: Names<'a>,
    values: &'v Values,
    /// Whether lines before it are wanted; otherwise only the value stands there.
    with_lines: bool,
    /// The lines before it.
    pub lines: Vec<ExplainedLine>,
    /// The facts, and the fields of records, that it shows.
    pub facts: Vec<(InputId, Option<u8>)>,
}

impl<'a, 'v> Filled<'a, 'v> {
    pub(super) fn new(names: Names<'a>, values: &'v Values, with_lines: bool) -> Self {
        Self { names, values, with_lines, lines: Vec::new(), facts: Vec::new() }
    }

    /// The formula as an equation with its result; none, when a value was never shown.
    pub(super) fn equation(&mut self, expression: ExprId, label: &str) -> Option<String> {
        let Datum::Number(result) = self.values.of(&self.names, expression)? else { return None };
        let result = if label.is_empty() { exact(result) } else { format!("{label} {}", exact(result)) };
        let tongue = self.names.tongue;
        match self.names.rules.arena.get(expression)?.op {
            Op::AtLeast(a, b) => {
                let (a, b) = (self.alone(a)?, self.alone(b)?);
                Some(pick!(
                    tongue,
                    format!("{a} 与 {b} 取大 = {result}"),
                    format!("the greater of {a} and {b} = {result}")
                ))
            }
            Op::AtMost(a, b) => {
                let (a, b) = (self.alone(a)?, self.alone(b)?);
                Some(pick!(
                    tongue,
                    format!("{a} 与 {b} 取小 = {result}"),
                    format!("the lesser of {a} and {b} = {result}")
                ))
            }
            Op::Round(a, how) => {
                let a = self.alone(a)?;
                let how = rounding(how, tongue);
                Some(pick!(tongue, format!("{how}：{a} → {result}"), format!("rounded {how}: {a} → {result}")))
            }
            Op::Average(input, months) => {
                let parts = self.values.averaged.get(&expression)?.iter().map(|value| operand(*value));
                let parts = parts.collect::<Vec<_>>().join(" + ");
                let title = self.fact_title(input);
                let months = exact(Exact::from_i64(i64::from(months)));
                Some(pick!(
                    tongue,
                    format!("{title}平均：({parts}) ÷ {months} = {result}"),
                    format!("average of {title}: ({parts}) ÷ {months} = {result}"),
                ))
            }
            Op::If(condition, a, b) => {
                let branch = self.branch(condition, a, b)?;
                self.equation(branch, label)
            }
            Op::Otherwise(a, b) => {
                let branch = self.known(a, b);
                self.equation(branch, label)
            }
            _ => {
                let side = self.side(expression, 0)?;
                Some(format!("{side} = {result}"))
            }
        }
    }

    /// The formula as one side of an equation or comparison.
    pub(super) fn side(&mut self, expression: ExprId, around: u8) -> Option<String> {
        let op = self.names.rules.arena.get(expression)?.op;
        let (own, text) = match op {
            Op::Add(a, b) => (1, format!("{} + {}", self.side(a, 1)?, self.side(b, 2)?)),
            Op::Subtract(a, b) => (1, format!("{} − {}", self.side(a, 1)?, self.side(b, 2)?)),
            Op::Multiply(a, b) => (2, format!("{} × {}", self.side(a, 2)?, self.side(b, 3)?)),
            Op::Divide(a, b) => (2, format!("{} ÷ {}", self.side(a, 2)?, self.side(b, 3)?)),
            Op::Convert(a, factor, _) if factor == Exact::ONE => return self.side(a, around),
            Op::Convert(a, factor, _) => (2, format!("{} × {}", self.side(a, 2)?, operand(factor))),
            Op::Negative(a) => (3, format!("−{}", self.side(a, 4)?)),
            Op::If(condition, a, b) => {
                let branch = self.branch(condition, a, b)?;
                return self.side(branch, around);
            }
            Op::Otherwise(a, b) => {
                let branch = self.known(a, b);
                return self.side(branch, around);
            }
            _ => (9, self.single(expression)?),
        };
        Some(if own < around { format!("({text})") } else { text })
    }

    /// A value with its title; one that is computed gets its own line and stands as a number.
    fn alone(&mut self, expression: ExprId) -> Option<String> {
        let op = self.names.rules.arena.get(expression)?.op;
        match op {
            Op::Add(..) | Op::Subtract(..) | Op::Multiply(..) | Op::Divide(..) | Op::Negative(_) => {
                self.computed(expression)
            }
            Op::Convert(_, factor, _) if factor != Exact::ONE => self.computed(expression),
            _ => self.side(expression, 9),
        }
    }

    /// The value of something computed, on a line of its own.
    fn computed(&mut self, expression: ExprId) -> Option<String> {
        let value = self.values.of(&self.names, expression)?;
        if self.with_lines
            && let Some(text) = self.equation(expression, "")
        {
            let values: Vec<Exact> = if let Datum::Number(number) = value { vec![number] } else { Vec::new() };
            self.lines.push(ExplainedLine::new(LineKind::Operation, text).with(&values));
        }
        Some(self.shown(expression, value))
    }

    fn single(&mut self, expression: ExprId) -> Option<String> {
        let names = self.names;
        let node = names.rules.arena.get(expression)?;
        let title = match node.op {
            Op::Number(number) if node.type_ == Type::Number && number < Exact::ONE && !number.is_negative() => {
                return Some(share(number));
            }
            Op::Number(number) => return Some(operand(number)),
            Op::Fact(input) => {
                self.facts.push((input, None));
                self.fact_title(input)
            }
            Op::Field(list, field) => {
                self.facts.push((list, Some(field)));
                let field = names.rules.field(list, field)?;
                names.title(&field.title, &field.name)
            }
            Op::Setting(setting) => {
                let setting = names.rules.settings.get(setting.index())?;
                names.title(&setting.title, &setting.name)
            }
            Op::Term(term) => {
                let term = names.rules.terms.get(term.index())?;
                names.title(&term.title, &term.name)
            }
            Op::Charge(charge) => {
                let charge = names.charges.charges.get(charge.index())?;
                names.title(&charge.title, &charge.name)
            }
            Op::Reserved(reserved) => return Some(self.reserved(reserved)),
            Op::Since(input) => {
                let title = self.fact_title(input);
                pick!(names.tongue, format!("{title}自"), format!("{title} since"))
            }
            Op::MonthsBetween(..) | Op::DaysBetween(..) => return self.counted(expression, node.op),
            _ => return self.computed(expression),
        };
        let value = self.values.of(&names, expression)?;
        Some(format!("{title} {}", self.shown(expression, value)))
    }

    /// A count of months or days between two days.
    fn counted(&mut self, expression: ExprId, op: Op) -> Option<String> {
        let tongue = self.names.tongue;
        let value = self.values.of(&self.names, expression)?;
        let value = self.shown(expression, value);
        let (from, to, zh, en) = match op {
            Op::MonthsBetween(from, to) => (from, to, "整月数", "whole months"),
            Op::DaysBetween(to, from) => (from, to, "天数", "days"),
            _ => return None,
        };
        let (from, to) = (self.dated(from)?, self.dated(to)?);
        let text = pick!(tongue, format!("{from} 至 {to} 的{zh}"), format!("{en} from {from} to {to}"));
        if !self.with_lines {
            return Some(pick!(tongue, format!("{value}（{text}）"), format!("{value} ({text})")));
        }
        let line = pick!(tongue, format!("{text}：{value}"), format!("{text}: {value}"));
        self.lines.push(ExplainedLine::new(LineKind::Operation, line));
        Some(value)
    }

    /// A day with its title.
    fn dated(&mut self, expression: ExprId) -> Option<String> {
        let text = self.alone(expression)?;
        match (self.names.rules.arena.get(expression)?.op, self.values.of(&self.names, expression)?) {
            (Op::Reserved(_), Datum::Date(date)) => Some(format!("{text} {}", day(date, self.names.tongue))),
            _ => Some(text),
        }
    }

    fn reserved(&self, reserved: crate::ruleset::expression::Reserved) -> String {
        use crate::ruleset::expression::Reserved;
        let (zh, en) = match reserved {
            Reserved::PeriodStart => ("期初", "start of the period"),
            Reserved::PeriodEnd => ("期末", "end of the period"),
            Reserved::YearStart => ("年初", "start of the year"),
            Reserved::Day => ("当日", "the day"),
            Reserved::LongAgo => ("早已", "long ago"),
            Reserved::Never => ("无期", "never"),
        };
        pick!(self.names.tongue, zh, en).to_owned()
    }

    fn shown(&self, expression: ExprId, value: Datum) -> String {
        match value {
            Datum::Number(number) => operand(number),
            Datum::Months(count) | Datum::Days(count) if count >= 0 => count.to_string(),
            other => value_text(&self.names, self.names.rules.type_of(expression), other),
        }
    }

    fn fact_title(&self, input: InputId) -> String {
        self.names.rules.input(input).map_or_else(String::new, |input| self.names.title(&input.title, &input.name))
    }

    /// The branch that holds; none, when the condition is not known.
    fn branch(&self, condition: ExprId, a: ExprId, b: ExprId) -> Option<ExprId> {
        match self.values.of(&self.names, condition)? {
            Datum::YesNo(true) => Some(a),
            Datum::YesNo(false) => Some(b),
            _ => None,
        }
    }

    fn known(&self, a: ExprId, b: ExprId) -> ExprId {
        match self.values.of(&self.names, a) {
            Some(Datum::Nothing(_)) => b,
            _ => a,
        }
    }
}
