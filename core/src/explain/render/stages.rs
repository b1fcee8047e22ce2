//! The stages of a charge in words: days owed, tables, limits, reductions, rounding.

use crate::explain::number::pick;
use std::fmt::Write;

use super::places::{self, Place};
use super::reckoning::Reckoning;
use super::{ExplainedLine, LineKind};
use crate::dues::OwedPart;
use crate::explain::Step;
use crate::explain::number::{Tongue, at_scale, day, exact, operand, rounding, share};
use crate::ruleset::expression::Op;
use crate::ruleset::{Bands, Datum, Edge, ExprId, VersionId};
use crate::value::{Date, Exact, Rounding};

impl Reckoning<'_> {
    /// A step of the stages.
    pub(super) fn stage(&mut self, step: &Step) {
        let tongue = self.names.tongue;
        match *step {
            Step::Owed { version, first, days, of, factor } => self.owed(version, first, (days, of), factor),
            Step::NotOwed { version } => {
                self.tell_facts(true);
                let when = self.owed_when(version);
                let text = pick!(
                    tongue,
                    format!("本期无应交之日（应交条件：{when}）"),
                    format!("owed on no day of the period (owed is: {when})"),
                );
                let cite = self.cite(Some(version));
                self.say(ExplainedLine::new(LineKind::Owed, text).cite(cite));
            }
            Step::AsOf { version, day } => self.as_of(version, day),
            Step::Band { version, row, value, looked_up } => self.band(version, row, value, looked_up),
            Step::Rated { rate, of, gives } => {
                self.before_amount();
                let text = format!("{} × {} = {}", exact(of), share(rate), exact(gives));
                self.computed(LineKind::Rate, text, self.current, &[of, rate, gives]);
            }
            Step::Part { version, rate, part, gives, .. } => {
                self.before_amount();
                let text = format!("{} × {} = {}", exact(part), share(rate), exact(gives));
                self.computed(LineKind::Rate, text, Some(version), &[part, rate, gives]);
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
                let text = pick!(tongue, format!("不予适用：{rule}"), format!("set aside: {rule}"));
                self.computed(LineKind::SetAside, text, Some(version), &[]);
            }
            Step::Reduced { version, share: left, before, after } => self.reduced(version, left, before, after),
            Step::Prorated { factor, before, after } => {
                self.before_amount();
                let text = format!("{} × {} = {}", operand(before), operand(factor), exact(after));
                self.computed(LineKind::Proration, text, None, &[before, factor, after]);
            }
            Step::Piece { from, days, of, amount, gives } => {
                self.before_amount();
                self.pieces.push(gives);
                let sum = format!("{days} ÷ {of} × {} = {}", operand(amount), exact(gives));
                let text =
                    pick!(tongue, format!("{from} 起 {days} 天：{sum}"), format!("{days} days from {from}: {sum}"));
                self.computed(LineKind::Piece, text, None, &[amount, gives]);
            }
            Step::Rounded { version, rounding, exact, gives } => self.rounded(version, rounding, exact, gives),
            Step::Period { period } => {
                self.tell_facts(true);
                self.values.period = Some(period);
                let charge = self.names.charges.charges.get(self.answer.charge);
                self.on = crate::dues::json::effective(period, charge);
                self.pieces.clear();
                self.say(ExplainedLine::new(LineKind::Period, period.to_string()));
            }
            Step::Record { number, day } => {
                self.tell_facts(true);
                self.on = day;
                self.in_record = true;
                let line = self.answer.lines.iter().find(|line| line.record == usize::from(number));
                self.current = line.and_then(|line| line.rule);
                let number = number.saturating_add(1);
                let text = pick!(tongue, format!("第 {number} 笔（{day}）"), format!("record {number} ({day})"));
                self.say(ExplainedLine::new(LineKind::Record, text));
            }
            _ => {}
        }
    }

    /// What is told before a line that uses a value.
    fn before_amount(&mut self) {
        self.tell_operations();
        self.tell_facts(true);
    }

    fn computed(&mut self, kind: LineKind, text: String, version: Option<VersionId>, values: &[Exact]) {
        let cite = self.cite(version);
        self.say(ExplainedLine::new(kind, text).cite(cite).with(values));
    }

    fn owed(&mut self, version: Option<VersionId>, first: Date, (days, of): (u16, u16), factor: Exact) {
        self.tell_facts(true);
        // A record is owed because it is there, not for a number of days.
        if version.is_none() && self.in_record {
            return;
        }
        let tongue = self.names.tongue;
        let part = match version.and_then(|version| self.places.get(version).map(|place| (version, place))) {
            Some((version, Place::Owed(owed))) => owed.body(version).map(|owed| owed.part),
            _ => None,
        };
        let mut text = if days == of {
            pick!(tongue, format!("本期 {of} 天均应交"), format!("owed on all {of} days of the period"))
        } else {
            pick!(tongue, format!("本期 {of} 天中 {days} 天应交"), format!("owed on {days} of {of} days"))
        };
        let when = version.map_or_else(String::new, |version| self.owed_when(version));
        if days != of && !when.contains(&first.to_string()) {
            text.push_str(&pick!(tongue, format!("，自 {first} 起"), format!(", from {first}")));
        }
        if days != of {
            let how = match part {
                Some(OwedPart::Whole) | None => pick!(tongue, "，按整期计", ", counted as the whole period"),
                Some(OwedPart::None) => pick!(tongue, "，不足整期不计", ", a part of a period counts nothing"),
                Some(OwedPart::ByDay) => pick!(tongue, "，按天折算", ", counted by days"),
                Some(OwedPart::ByMonth) => pick!(tongue, "，按月折算", ", counted by months begun"),
                Some(OwedPart::ByHalfYear) => pick!(tongue, "，按半年折算", ", counted by half-years begun"),
            };
            text.push_str(how);
        }
        if !when.is_empty() {
            text.push_str(&pick!(tongue, format!("（{when}）"), format!(" ({when})")));
        }
        let by_days = Exact::ratio(i128::from(days), i128::from(of.max(1))).is_ok_and(|share| share == factor);
        if factor != Exact::ONE {
            let share = exact(factor);
            let sum = if by_days { format!("{days} ÷ {of} = {share}") } else { share };
            text.push_str(&pick!(tongue, format!("：折算系数 {sum}"), format!(": factor {sum}")));
        }
        self.computed(LineKind::Owed, text, version, &[factor]);
    }

    /// On which days a charge is owed, in words; bounds of all days are left out.
    fn owed_when(&self, version: VersionId) -> String {
        let Some(Place::Owed(dated)) = self.places.get(version) else { return String::new() };
        let Some(owed) = dated.body(version) else { return String::new() };
        let tongue = self.names.tongue;
        let mut parts = Vec::new();
        if let Some(when) = owed.when {
            parts.push(super::condition::condition(self.names, &self.values, when));
        }
        let bound = |expression: Option<ExprId>| {
            let expression = expression?;
            match self.values.of(&self.names, expression)? {
                Datum::Date(date) if !date.is_bound() => {
                    super::formula::Filled::new(self.names, &self.values, false).side(expression, 0)
                }
                _ => None,
            }
        };
        if let Some(starts) = bound(owed.starts) {
            parts.push(pick!(tongue, format!("自{starts} 起"), format!("from {starts}")));
        }
        if let Some(ends) = bound(owed.ends) {
            parts.push(pick!(tongue, format!("至{ends} 止"), format!("to {ends}")));
        }
        parts.join(pick!(tongue, "，", ", "))
    }

    fn as_of(&mut self, version: Option<VersionId>, date: Date) {
        let names = self.names;
        let tongue = names.tongue;
        let shown = day(date, tongue);
        let (whose, expression) = match version.and_then(|version| Some((version, self.places.get(version)?))) {
            Some((version, Place::TermAsOf(term, dated))) => {
                (Some(names.title(&term.title, &term.name)), dated.body(version).copied())
            }
            Some((version, Place::ChargeAsOf(dated))) => (None, dated.body(version).copied()),
            _ => (None, None),
        };
        self.tell_facts(false);
        self.values.day = Some(date);
        let mut text = match whose {
            Some(whose) => {
                pick!(tongue, format!("{whose}按 {shown} 的情况核定"), format!("{whose} is assessed as of {shown}"))
            }
            None => pick!(tongue, format!("按 {shown} 的情况计算"), format!("facts are read as of {shown}")),
        };
        let chosen = expression.and_then(|expression| super::condition::chosen_day(names, &self.values, expression));
        if let Some(chosen) = chosen {
            text.push_str(&pick!(tongue, format!("（{chosen}）"), format!(" ({chosen})")));
        }
        self.computed(LineKind::AsOf, text, version, &[]);
    }

    fn band(&mut self, version: VersionId, row: u16, value: Exact, looked_up: Exact) {
        self.before_amount();
        let Some(place) = self.places.get(version) else { return };
        if matches!(place, Place::Tariff(..)) {
            self.current = Some(version);
        }
        let names = self.names;
        let tables = places::tables(place, version, &|expression| self.values.word(&names, expression));
        let fits = |bands: &Bands| {
            let found = bands.rows.get(usize::from(row)).is_some_and(|band| band.holds(looked_up));
            found && bands.printed(value).is_ok_and(|printed| printed == looked_up)
        };
        let Some((bands, marginal)) = tables.into_iter().find(|(bands, _)| fits(bands)) else { return };
        if marginal {
            self.parts = Some(Vec::new());
        }
        let tongue = names.tongue;
        if value != looked_up
            && let Some(printed) = bands.printed
        {
            let how = rounding(printed, tongue);
            let text = pick!(
                tongue,
                format!("查表时{how}：{} → {}", exact(value), exact(looked_up)),
                format!("for the look-up rounded {how}: {} → {}", exact(value), exact(looked_up)),
            );
            self.computed(LineKind::Rounding, text, Some(version), &[value, looked_up]);
        }
        let Some(band) = bands.rows.get(usize::from(row)) else { return };
        let mut text = interval(band.lower, looked_up, band.upper);
        if let Some(name) = &band.name {
            let title = names.of_name(name);
            text = pick!(tongue, format!("{title}：{text}"), format!("{title}: {text}"));
        }
        let cite = [self.cite(Some(version)), band.chosen.as_deref().map(str::to_owned)];
        let cite: Vec<String> = cite.into_iter().flatten().collect();
        let cite = if cite.is_empty() { None } else { Some(cite.join(pick!(tongue, "；", "; "))) };
        self.say(ExplainedLine::new(LineKind::Band, text).cite(cite).with(&[looked_up]));
    }

    fn sum(&mut self, gives: Exact) {
        self.before_amount();
        let parts = self.parts.take();
        let (kind, parts) = match parts {
            Some(parts) => (LineKind::Sum, parts),
            None => (LineKind::Piece, std::mem::take(&mut self.pieces)),
        };
        let sum = parts.iter().map(|part| operand(*part)).collect::<Vec<_>>().join(" + ");
        let sum = if sum.is_empty() { "0".to_owned() } else { sum };
        let version = if kind == LineKind::Sum { self.current } else { None };
        self.computed(kind, format!("{sum} = {}", exact(gives)), version, &[gives]);
    }

    fn amount(&mut self, expression: ExprId, gives: Exact) {
        let tongue = self.names.tongue;
        let label = pick!(tongue, "数额", "amount");
        let is_plain = matches!(self.names.rules.arena.get(expression).map(|node| node.op), Some(Op::Number(_)));
        let cite = self.cite(self.current);
        if is_plain || !self.equation(LineKind::Amount, expression, "", cite) {
            self.before_amount();
            self.computed(LineKind::Amount, format!("{label} {}", exact(gives)), self.current, &[gives]);
        } else if let Some(line) = self.lines.last_mut() {
            line.text = pick!(tongue, format!("{label}：{}", line.text), format!("{label}: {}", line.text));
        }
    }

    fn declared(&mut self, declared: Option<Exact>, minimum: Exact, gives: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let (least, amount) = (operand(minimum), exact(gives));
        let text = match declared {
            Some(declared) => {
                let declared = operand(declared);
                pick!(
                    tongue,
                    format!("申报 {declared} 与最低 {least} 取大 = {amount}"),
                    format!("the greater of declared {declared} and least {least} = {amount}"),
                )
            }
            None => pick!(
                tongue,
                format!("未申报，按最低数额计：{least} = {amount}"),
                format!("nothing declared, so the least: {least} = {amount}"),
            ),
        };
        self.computed(LineKind::Declared, text, self.current, &[minimum, gives]);
    }

    fn limit(&mut self, version: VersionId, at_most: bool, limit: Exact, before: Exact, after: Exact) {
        self.before_amount();
        let names = self.names;
        let tongue = names.tongue;
        let title = match self.places.get(version) {
            Some(Place::Limit(found)) => names.title(&found.title, &found.name),
            _ => pick!(
                tongue,
                if at_most { "最高数额" } else { "最低数额" },
                if at_most { "greatest amount" } else { "least amount" },
            )
            .to_owned(),
        };
        let acted = before != after;
        let symbol = match (at_most, acted) {
            (true, false) => "≤",
            (true, true) => ">",
            (false, false) => "≥",
            (false, true) => "<",
        };
        let compared = format!("{} {symbol} {}", exact(before), exact(limit));
        let text = match (acted, tongue) {
            (true, Tongue::Zh) => format!("“{title}”：{compared} → {}", exact(after)),
            (true, Tongue::En) => format!("“{title}”: {compared} → {}", exact(after)),
            (false, Tongue::Zh) => format!("“{title}”：{compared}，不调整"),
            (false, Tongue::En) => format!("“{title}”: {compared}, unchanged"),
        };
        self.computed(LineKind::Limit, text, Some(version), &[before, limit, after]);
    }

    fn reduced(&mut self, version: VersionId, left: Exact, before: Exact, after: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let product = left.checked_mul(before);
        let text = if product.is_ok_and(|product| product == after) {
            format!("{} × {} = {}", operand(before), share(left), exact(after))
        } else {
            let (left, held) = (share(left), format!("{} = {}", exact(before), exact(after)));
            let zh = format!("比例 {left} 不使数额增加或为负：{held}");
            pick!(tongue, zh, format!("the share {left} neither raises an amount nor makes it negative: {held}"))
        };
        self.computed(LineKind::Reduction, text, Some(version), &[before, left, after]);
    }

    fn rounded(&mut self, version: VersionId, how: Rounding, before: Exact, gives: Exact) {
        self.before_amount();
        let tongue = self.names.tongue;
        let is_last = matches!(self.places.get(version), Some(Place::Round));
        let shown = if is_last { at_scale(gives, Some(how)) } else { exact(gives) };
        let named = pick!(tongue, rounding(how, tongue), format!("rounded {}", rounding(how, tongue)));
        let text = pick!(
            tongue,
            format!("{named}：{} → {shown}", exact(before)),
            format!("{named}: {} → {shown}", exact(before))
        );
        self.computed(LineKind::Rounding, text, Some(version), &[before, gives]);
    }
}

/// `5000 < 5400 ≤ 10000`
fn interval(lower: Option<Edge>, value: Exact, upper: Option<Edge>) -> String {
    let mut text = String::new();
    if let Some(edge) = lower {
        let _ = write!(text, "{} {} ", exact(edge.at), if edge.included { "≤" } else { "<" });
    }
    text.push_str(&exact(value));
    if let Some(edge) = upper {
        let _ = write!(text, " {} {}", if edge.included { "≤" } else { "<" }, exact(edge.at));
    }
    text
}
