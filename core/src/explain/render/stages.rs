//! The stages of a charge in words: days owed, limits, reductions, rounding.

use super::LineKind;
use super::condition::{OwedWhen, put_chosen_day};
use super::places::Place;
use super::reckoning::Reckoning;
use crate::dues::json::effective;
use crate::dues::{Divided, OwedPart};
use crate::explain::Step;
use crate::explain::number::{AtScale, Day, How, Operand, Share, pick};
use crate::explain::put::{Put, put, text_of, unless_empty};
use crate::ruleset::expression::Op;
use crate::ruleset::{ExprId, VersionId};
use crate::value::{Date, Exact, Rounding};

impl Reckoning<'_> {
    /// A step of the stages.
    pub(super) fn stage(&mut self, step: &Step) {
        let tongue = self.names.tongue;
        match *step {
            Step::Owed { version, first, days, of, factor } => self.owed(version, first, (days, of), factor),
            Step::NotOwed { version } => {
                self.tell_facts(true);
                let when = OwedWhen(&self.values, version);
                let cite = self.cite(Some(version));
                let (before, behind) = pick!(
                    tongue,
                    ("本期无应交之日（应交条件：", "）"),
                    ("owed on no day of the period (owed is: ", ")")
                );
                self.lines.say(LineKind::Owed, cite, None, |out| put!(out, before, when, behind));
            }
            Step::AsOf { version, day } => self.as_of(version, day),
            Step::Band { version, row, value, looked_up } => self.band(version, row, value, looked_up),
            Step::Rated { rate, of, gives } => self.rated(self.current, rate, of, gives),
            Step::Part { version, rate, part, gives, .. } => {
                self.rated(Some(version), rate, part, gives);
                self.parts.get_or_insert_default().push(gives);
            }
            Step::Sum { gives } => self.sum(gives),
            Step::Amount { expression, gives } => self.amount(expression, gives),
            Step::Declared { declared, minimum, gives } => self.declared(declared, minimum, gives),
            Step::Limit { version, at_most, limit, before, after } => {
                self.limit(version, at_most, limit, before, after);
            }
            Step::SetAside { version } => {
                self.tell_facts(false);
                let rule = self.names.of_path(self.names.rules.path(version.timeline));
                let cite = self.cite(Some(version));
                let aside = pick!(tongue, "不予适用：", "set aside: ");
                self.lines.say(LineKind::SetAside, cite, None, |out| put!(out, aside, rule));
            }
            Step::Reduced { version, share: left, before, after } => self.reduced(version, left, before, after),
            Step::Prorated { factor, before, after } => {
                self.before_amount();
                self.lines.say(LineKind::Proration, None, [before, factor, after], |out| {
                    put!(out, Operand(before), " × ", Operand(factor), " = ", after);
                });
            }
            Step::Piece { from, days, of, amount, gives } => {
                self.before_amount();
                self.pieces.push(gives);
                self.lines.say(LineKind::Piece, None, [amount, gives], |out| {
                    pick!(tongue, put!(out, from, " 起 ", days, " 天："), put!(out, days, " days from ", from, ": "),);
                    put!(out, days, " ÷ ", of, " × ", Operand(amount), " = ", gives);
                });
            }
            Step::Rounded { version, rounding, exact, gives } => self.rounded(version, rounding, exact, gives),
            Step::Instalment { version, share, of, gives } => self.instalment(version, share, of, gives),
            Step::Rest { version, of, others, each, gives } => self.rest(version, (of, others, each), gives),
            Step::Period { period } => {
                self.tell_facts(true);
                self.values.period = Some(period);
                self.on = effective(period, self.names.charges.charges.get(self.charge));
                self.pieces.clear();
                self.lines.say(LineKind::Period, None, None, |out| put!(out, period));
            }
            Step::Record { number, day } => {
                self.tell_facts(true);
                self.on = day;
                self.in_record = true;
                let line = self.lines_of_records().iter().find(|line| line.record == usize::from(number));
                self.current = line.and_then(|line| line.rule);
                let number = number.saturating_add(1);
                self.lines.say(LineKind::Record, None, None, |out| {
                    let words = pick!(tongue, ("第 ", " 笔（", "）"), ("record ", " (", ")"));
                    put!(out, words.0, number, words.1, day, words.2);
                });
            }
            _ => {}
        }
    }

    /// What is told before a line that uses a value.
    pub(super) fn before_amount(&mut self) {
        self.tell_operations();
        self.tell_facts(true);
    }

    fn owed(&mut self, version: Option<VersionId>, first: Date, (days, of): (u16, u16), factor: Exact) {
        self.tell_facts(true);
        // A record is owed because it is there, not for a number of days.
        if version.is_none() && self.in_record {
            return;
        }
        let tongue = self.names.tongue;
        let part = match version.and_then(|version| self.names.place(version).map(|place| (version, place))) {
            Some((version, Place::Owed(owed))) => owed.body(version).map(|owed| owed.part),
            _ => None,
        };
        let when = version.map(|version| OwedWhen(&self.values, version));
        let cite = self.cite(version);
        self.lines.say(LineKind::Owed, cite, [factor], |out| {
            if days == of {
                let words = pick!(tongue, ("本期 ", " 天均应交"), ("owed on all ", " days of the period"));
                put!(out, words.0, of, words.1);
            } else {
                pick!(
                    tongue,
                    put!(out, "本期 ", of, " 天中 ", days, " 天应交"),
                    put!(out, "owed on ", days, " of ", of, " days")
                );
                if !when.is_some_and(|when| text_of(&when).contains(&text_of(&first))) {
                    pick!(tongue, put!(out, "，自 ", first, " 起"), put!(out, ", from ", first));
                }
                out.push_str(match part {
                    Some(OwedPart::Whole) | None => pick!(tongue, "，按整期计", ", counted as the whole period"),
                    Some(OwedPart::None) => pick!(tongue, "，不足整期不计", ", a part of a period counts nothing"),
                    Some(OwedPart::ByDay) => pick!(tongue, "，按天折算", ", counted by days"),
                    Some(OwedPart::ByMonth) => pick!(tongue, "，按月折算", ", counted by months begun"),
                    Some(OwedPart::ByHalfYear) => pick!(tongue, "，按半年折算", ", counted by half-years begun"),
                });
            }
            if let Some(when) = when {
                unless_empty(out, pick!(tongue, "（", " ("), |out| when.put(out), pick!(tongue, "）", ")"));
            }
            if factor != Exact::ONE {
                out.push_str(pick!(tongue, "：折算系数 ", ": factor "));
                if Exact::ratio(i128::from(days), i128::from(of.max(1))).is_ok_and(|share| share == factor) {
                    put!(out, days, " ÷ ", of, " = ");
                }
                put!(out, factor);
            }
        });
    }

    fn as_of(&mut self, version: Option<VersionId>, date: Date) {
        let names = self.names;
        let tongue = names.tongue;
        let (whose, expression) = match version.and_then(|version| Some((version, names.place(version)?))) {
            Some((version, Place::TermAsOf(term, dated))) => {
                (Some(names.title(&term.title, &term.name)), dated.body(version).copied())
            }
            Some((version, Place::ChargeAsOf(dated))) => (None, dated.body(version).copied()),
            _ => (None, None),
        };
        self.tell_facts(false);
        self.values.day = Some(date);
        let (shown, values) = (Day(date, tongue), &self.values);
        let cite = self.cite(version);
        self.lines.say(LineKind::AsOf, cite, None, |out| {
            match whose {
                Some(whose) => pick!(
                    tongue,
                    put!(out, whose, "按 ", shown, " 的情况核定"),
                    put!(out, whose, " is assessed as of ", shown)
                ),
                None => {
                    pick!(tongue, put!(out, "按 ", shown, " 的情况计算"), put!(out, "facts are read as of ", shown));
                }
            }
            if let Some(expression) = expression {
                let (before, behind) = pick!(tongue, ("（", "）"), (" (", ")"));
                unless_empty(out, before, |out| put_chosen_day(values, expression, out), behind);
            }
        });
    }

    fn amount(&mut self, expression: ExprId, gives: Exact) {
        let tongue = self.names.tongue;
        let is_plain = matches!(self.names.rules.arena.get(expression).map(|node| node.op), Some(Op::Number(_)));
        let charges = &self.names.charges.charges;
        let stated = || charges.iter().find_map(|charge| charge.version_stating(expression));
        let cite = self.cite(self.current.or_else(stated));
        let before = pick!(tongue, "数额：", "amount: ");
        if is_plain || !self.equation(LineKind::Amount, expression, before, "", cite.clone()) {
            self.before_amount();
            let amount = pick!(tongue, "数额 ", "amount ");
            self.lines.say(LineKind::Amount, cite, [gives], |out| put!(out, amount, gives));
        }
    }

    fn declared(&mut self, declared: Option<Exact>, minimum: Exact, gives: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let least = Operand(minimum);
        let cite = self.cite(self.current);
        self.lines.say(LineKind::Declared, cite, [minimum, gives], |out| match declared.map(Operand) {
            Some(declared) => pick!(
                tongue,
                put!(out, "申报 ", declared, " 与最低 ", least, " 取大 = ", gives),
                put!(out, "the greater of declared ", declared, " and least ", least, " = ", gives),
            ),
            None => {
                let none = pick!(tongue, "未申报，按最低数额计：", "nothing declared, so the least: ");
                put!(out, none, least, " = ", gives);
            }
        });
    }

    fn limit(&mut self, version: VersionId, at_most: bool, limit: Exact, before: Exact, after: Exact) {
        self.before_amount();
        let names = self.names;
        let tongue = names.tongue;
        let title = match names.place(version) {
            Some(Place::Limit(found)) => names.title(&found.title, &found.name),
            _ if at_most => pick!(tongue, "最高数额", "greatest amount").into(),
            _ => pick!(tongue, "最低数额", "least amount").into(),
        };
        let acted = before != after;
        let symbol = match (at_most, acted) {
            (true, false) => " ≤ ",
            (true, true) => " > ",
            (false, false) => " ≥ ",
            (false, true) => " < ",
        };
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Limit, cite, [before, limit, after], |out| {
            put!(out, "“", title, pick!(tongue, "”：", "”: "), before, symbol, limit);
            if acted {
                put!(out, " → ", after);
            } else {
                out.push_str(pick!(tongue, "，不调整", ", unchanged"));
            }
        });
    }

    fn reduced(&mut self, version: VersionId, left: Exact, before: Exact, after: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let product = left.checked_mul(before);
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Reduction, cite, [before, left, after], |out| {
            if product.is_ok_and(|product| product == after) {
                put!(out, Operand(before), " × ", Share(left), " = ", after);
            } else {
                let words = pick!(
                    tongue,
                    ("比例 ", " 不使数额增加或为负："),
                    ("the share ", " neither raises an amount nor makes it negative: ")
                );
                put!(out, words.0, Share(left), words.1, before, " = ", after);
            }
        });
    }

    fn rounded(&mut self, version: VersionId, how: Rounding, before: Exact, gives: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let is_last = matches!(self.names.place(version), Some(Place::Round | Place::Way(_)));
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Rounding, cite, [before, gives], |out| {
            let (rounded, is) = pick!(tongue, ("", "："), ("rounded ", ": "));
            put!(out, rounded, How(how, tongue), is, before, " → ");
            if is_last { put!(out, AtScale(gives, how)) } else { put!(out, gives) }
        });
    }

    /// One instalment of the amount, before it is rounded.
    fn instalment(&mut self, version: VersionId, share: Exact, of: Exact, gives: Exact) {
        self.before_amount();
        let names = self.names;
        let Some(Place::Way(way)) = names.place(version) else { return };
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Instalment, cite, [of, share, gives], |out| {
            put!(out, names.title(&way.title, &way.name), pick!(names.tongue, "：", ": "), of);
            match way.dated.body(version).map(|body| &body.divided) {
                Some(Divided::Parts { count, .. }) => put!(out, " ÷ ", *count),
                // A fraction is known again in the form in which the rules have it.
                Some(Divided::Times { written, .. }) if written.contains('/') => put!(out, " × ", **written),
                _ => put!(out, " × ", Share(share)),
            }
            put!(out, " = ", gives);
        });
    }

    /// The instalment that takes what rounding leaves.
    fn rest(&mut self, version: VersionId, (of, others, each): (Exact, u16, Exact), gives: Exact) {
        let names = self.names;
        let Some(Place::Way(way)) = names.place(version) else { return };
        let last =
            !matches!(way.dated.body(version).map(|body| &body.divided), Some(Divided::Parts { rest_last: false, .. }));
        let cite = self.cite(Some(version));
        self.lines.say(LineKind::Instalment, cite, [of, each, gives], |out| {
            put!(out, names.title(&way.title, &way.name));
            out.push_str(pick!(
                names.tongue,
                if last { "，末期：" } else { "，首期：" },
                if last { ", the last: " } else { ", the first: " },
            ));
            put!(out, of, " − ", others, " × ", each, " = ", gives);
        });
    }
}
