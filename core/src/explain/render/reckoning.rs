//! From the steps to the lines, one after the other.

use std::collections::BTreeMap;

use super::closing;
use super::formula::Filled;
use super::places::{Place, Places};
use super::values::{Values, kind_text, value_text};
use super::{ExplainedLine, LineKind};
use crate::dues::Answer;
use crate::dues::json::effective;
use crate::explain::names::Names;
use crate::explain::number::{day, exact};
use crate::explain::{Step, TermFrom};
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{Datum, ExprId, Formula, InputId, TermId, VersionId};
use crate::value::{Date, Exact};

/// The lines of an answer.
pub(super) fn reckon(names: Names<'_>, answer: &Answer) -> Vec<ExplainedLine> {
    let mut reckoning = Reckoning::new(names, answer);
    for step in answer.trace.iter().flat_map(|trace| &trace.steps) {
        reckoning.take(step);
    }
    reckoning.tell_facts(true);
    closing::close(names, answer, &mut reckoning.lines);
    reckoning.lines
}

/// A fact or field that was read and not told yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Read {
    /// The fact, or the list that has the field.
    input: InputId,
    field: Option<u8>,
    value: Datum,
    since: Option<Date>,
    assumed: bool,
}

impl Read {
    /// A plain number is told where it is used.
    fn waits_for_its_use(&self) -> bool {
        matches!(self.value, Datum::Number(_)) && self.since.is_none() && !self.assumed
    }
}

/// The state of the telling.
#[derive(Debug)]
pub(super) struct Reckoning<'a> {
    pub names: Names<'a>,
    pub answer: &'a Answer,
    pub places: Places<'a>,
    pub values: Values,
    pub lines: Vec<ExplainedLine>,
    /// The day that chooses among citations under several instruments.
    pub on: Date,
    /// The version of the alternative or reduction that gives the amount now.
    pub current: Option<VersionId>,
    /// Whether a record of a list is being told.
    pub in_record: bool,
    /// The products of a marginal table, while it is open.
    pub parts: Option<Vec<Exact>>,
    /// The pieces of a period so far.
    pub pieces: Vec<Exact>,
    conditions: BTreeMap<VersionId, (ExprId, Option<bool>)>,
    told: Vec<Read>,
    waiting: Vec<Read>,
    /// Operations whose value nothing has used yet.
    open: Vec<ExprId>,
    read_in_order: Vec<(InputId, Datum)>,
    /// The clauses of versions on days, as they were worded.
    cited: Vec<((VersionId, Date), Option<String>)>,
}

impl<'a> Reckoning<'a> {
    fn new(names: Names<'a>, answer: &'a Answer) -> Self {
        let charge = names.charges.charges.get(answer.charge);
        Self {
            names,
            answer,
            places: Places::of(names),
            values: Values { period: Some(answer.period), ..Values::default() },
            lines: Vec::new(),
            on: effective(answer.period, charge),
            current: answer.rule,
            in_record: false,
            parts: None,
            pieces: Vec::new(),
            conditions: BTreeMap::new(),
            told: Vec::new(),
            waiting: Vec::new(),
            open: Vec::new(),
            read_in_order: Vec::new(),
            cited: Vec::new(),
        }
    }

    pub(super) fn say(&mut self, line: ExplainedLine) {
        self.lines.push(line);
    }

    /// The clause of a version.
    pub(super) fn cite(&mut self, version: Option<VersionId>) -> Option<String> {
        let version = version?;
        // A rule stands behind several lines.
        if let Some((_, text)) = self.cited.iter().find(|(known, _)| *known == (version, self.on)) {
            return text.clone();
        }
        let text = self.names.cited(version, self.on);
        self.cited.push(((version, self.on), text.clone()));
        text
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Fact { input, value, since, assumed, on } => {
                self.values.facts.insert(input, value);
                self.values.day = Some(on);
                self.read_in_order.push((input, value));
                self.read(Read { input, field: None, value, since, assumed });
            }
            Step::Field { list, field, value } => {
                self.values.fields.insert((list, field), value);
                self.read(Read { input: list, field: Some(field), value, since: None, assumed: false });
            }
            Step::Setting { setting, value, version, given } => self.setting(setting, value, version, given),
            Step::Operation { expression, value } => self.operation(expression, value),
            Step::Term { term, value, from, .. } => {
                self.values.terms.insert(term, value);
                self.term(term, value, from);
            }
            Step::Charge { charge, amount } => {
                self.values.charges.insert(charge, amount);
                let title = self.names.charges.charges.get(charge.index());
                let title = title.map_or_else(String::new, |charge| self.names.title(&charge.title, &charge.name));
                self.say(ExplainedLine::new(LineKind::Charge, format!("{title} {}", exact(amount))).with(&[amount]));
            }
            Step::Condition { version, when, holds } => {
                self.conditions.insert(version, (when, holds));
                if holds == Some(true) && self.places.is_alone(version) {
                    self.chosen(version);
                }
            }
            Step::Chosen { version } => self.chosen(version),
            _ => self.stage(step),
        }
    }

    fn read(&mut self, read: Read) {
        if !self.told.contains(&read) && !self.waiting.contains(&read) {
            self.waiting.push(read);
        }
    }

    /// Tells the facts read since the last line; plain numbers wait for their use unless all are wanted.
    pub(super) fn tell_facts(&mut self, all: bool) {
        let waiting = std::mem::take(&mut self.waiting);
        let (now, later): (Vec<Read>, Vec<Read>) =
            waiting.into_iter().partition(|read| all || !read.waits_for_its_use());
        self.waiting = later;
        if now.is_empty() {
            return;
        }
        let text = now.iter().map(|read| self.read_text(read)).collect::<Vec<_>>();
        let values: Vec<Exact> = now.iter().filter_map(|read| number(read.value)).collect();
        let text = text.join(self.names.tongue.pick("；", "; "));
        self.say(ExplainedLine::new(LineKind::Fact, text).with(&values));
        self.told.extend(now);
    }

    /// Counts facts as told, because a formula shows them.
    pub(super) fn shown(&mut self, facts: &[(InputId, Option<u8>)]) {
        let waiting = std::mem::take(&mut self.waiting);
        let (used, later): (Vec<Read>, Vec<Read>) =
            waiting.into_iter().partition(|read| read.waits_for_its_use() && facts.contains(&(read.input, read.field)));
        self.told.extend(used);
        self.waiting = later;
    }

    fn read_text(&self, read: &Read) -> String {
        let names = &self.names;
        let tongue = names.tongue;
        let (title, value) = match read.field {
            Some(field) => match names.rules.field(read.input, field) {
                Some(field) => (names.title(&field.title, &field.name), kind_text(names, &field.kind, read.value)),
                None => return String::new(),
            },
            None => match names.rules.input(read.input) {
                Some(input) => (names.title(&input.title, &input.name), kind_text(names, &input.kind, read.value)),
                None => return String::new(),
            },
        };
        if read.assumed {
            let taken = match read.value {
                Datum::Date(Date::LONG_AGO) => Some(("视为早已发生", "taken as long past")),
                Datum::Date(Date::NEVER) => Some(("视为尚未发生", "taken as not yet come")),
                _ => None,
            };
            if let Some((zh, en)) = taken {
                return tongue.pick(format!("{title}：未填报，{zh}"), format!("{title}: not given, {en}"));
            }
            return tongue
                .pick(format!("{title}：未填报，按“{value}”计"), format!("{title}: not given, taken as {value}"));
        }
        let mut text = tongue.pick(format!("{title}：{value}"), format!("{title}: {value}"));
        if let Some(since) = read.since {
            let since = day(since, tongue);
            text.push_str(&tongue.pick(format!("（{since} 起）"), format!(" (since {since})")));
        }
        text
    }

    fn setting(&mut self, id: crate::ruleset::SettingId, value: Datum, version: VersionId, given: bool) {
        let known = self.values.settings.insert(id, value) == Some(value);
        let Some(setting) = self.names.rules.settings.get(id.index()) else { return };
        if known {
            return;
        }
        let names = self.names;
        let title = names.title(&setting.title, &setting.name);
        let shown = kind_text(&names, &setting.kind, value);
        let text = match (given, names.tongue) {
            (true, crate::explain::number::Tongue::Zh) => format!("{title}：{shown}（本组织确定）"),
            (false, crate::explain::number::Tongue::Zh) => format!("{title}：{shown}（默认）"),
            (true, crate::explain::number::Tongue::En) => format!("{title}: {shown} (decided by the organisation)"),
            (false, crate::explain::number::Tongue::En) => format!("{title}: {shown} (by default)"),
        };
        let values: Vec<Exact> = number(value).into_iter().collect();
        let cite = self.cite(Some(version));
        self.say(ExplainedLine::new(LineKind::Setting, text).cite(cite).with(&values));
    }

    fn operation(&mut self, expression: ExprId, value: Datum) {
        self.values.operations.insert(expression, value);
        let mut below = Vec::new();
        self.names.rules.arena.walk(expression, &mut |id, _| below.push(id));
        self.open.retain(|open| !below.contains(open));
        let Some(node) = self.names.rules.arena.get(expression) else { return };
        if let Op::Average(input, months) = node.op {
            let read = self.read_in_order.iter().rev().filter(|(known, _)| *known == input);
            let mut parts: Vec<Exact> =
                read.filter_map(|(_, value)| number(*value)).take(usize::from(months)).collect();
            parts.reverse();
            self.values.averaged.insert(expression, parts);
        }
        if matches!(value, Datum::Number(_)) && !matches!(node.op, Op::Charge(_)) {
            self.open.push(expression);
        }
    }

    /// Tells operations that nothing has used yet, because their value is used now.
    pub(super) fn tell_operations(&mut self) {
        for expression in std::mem::take(&mut self.open) {
            self.equation(LineKind::Operation, expression, "", None);
        }
    }

    /// Tells a formula with its values; false, when a value was never shown.
    pub(super) fn equation(&mut self, kind: LineKind, expression: ExprId, label: &str, cite: Option<String>) -> bool {
        let mut filled = Filled::new(self.names, &self.values, true);
        let Some(text) = filled.equation(expression, label) else { return false };
        let Filled { lines, facts, .. } = filled;
        self.tell_facts(false);
        self.shown(&facts);
        self.lines.extend(lines);
        let values: Vec<Exact> = self.values.of(&self.names, expression).and_then(number).into_iter().collect();
        self.say(ExplainedLine::new(kind, text).cite(cite).with(&values));
        self.close(expression);
        true
    }

    /// Operations below an expression are told.
    fn close(&mut self, expression: ExprId) {
        let mut below = Vec::new();
        self.names.rules.arena.walk(expression, &mut |id, _| below.push(id));
        self.open.retain(|open| !below.contains(open));
    }

    fn chosen(&mut self, version: VersionId) {
        self.tell_facts(false);
        let Some(place) = self.places.get(version) else { return };
        let names = self.names;
        let (title, term) = match place {
            Place::Tariff(found) => (found.name.as_deref().map(|name| names.title(&found.title, name)), None),
            Place::Reduction(found) => (found.name.as_deref().map(|name| names.title(&found.title, name)), None),
            Place::Formula(term, found) => {
                let title = found.name.as_deref().map(|name| names.title(&found.title, name));
                (title, Some(names.title(&term.title, &term.name)))
            }
            _ => return,
        };
        if term.is_none() {
            self.current = Some(version);
        }
        let tongue = names.tongue;
        let (when, otherwise) = super::places::condition(place, version);
        let when = self.conditions.get(&version).map(|(when, _)| *when).or(when);
        let why = match when {
            Some(when) => Some(super::condition::condition(names, &self.values, when)),
            None if otherwise => Some(tongue.pick("其余规定均不适用", "nothing else applies").to_owned()),
            None => None,
        };
        let how = match (title, term, &place) {
            (Some(title), Some(term), _) => {
                tongue.pick(format!("{term}按“{title}”计算"), format!("{term} is worked out by “{title}”"))
            }
            (Some(title), None, Place::Reduction(..)) => {
                tongue.pick(format!("减免事由“{title}”"), format!("reduction “{title}”"))
            }
            (Some(title), None, _) => tongue.pick(format!("按“{title}”的标准"), format!("tariff “{title}”")),
            (None, Some(term), _) => tongue.pick(format!("{term}的计算办法"), format!("how {term} is worked out")),
            (None, None, _) => tongue.pick("适用的标准", "tariff").to_owned(),
        };
        let text = match why {
            Some(why) => tongue.pick(format!("{how}：{why}"), format!("{how}: {why}")),
            None => how,
        };
        let cite = self.cite(Some(version));
        self.say(ExplainedLine::new(LineKind::Chosen, text).cite(cite));
    }

    fn term(&mut self, id: TermId, value: Datum, from: TermFrom) {
        let names = self.names;
        let Some(term) = names.rules.terms.get(id.index()) else { return };
        let title = names.title(&term.title, &term.name);
        let tongue = names.tongue;
        let values: Vec<Exact> = number(value).into_iter().collect();
        let shown = value_text(&names, term.type_, value);
        let version = match from {
            TermFrom::Given => {
                self.shown(&term.input.map(|input| (input, None)).into_iter().collect::<Vec<_>>());
                self.tell_facts(false);
                let text = tongue.pick(format!("{title} {shown}（填报）"), format!("{title} {shown} (as given)"));
                self.say(ExplainedLine::new(LineKind::Term, text).with(&values));
                return;
            }
            TermFrom::Nothing => {
                self.tell_facts(false);
                self.say(ExplainedLine::new(
                    LineKind::Term,
                    tongue.pick(format!("{title}：无"), format!("{title}: none")),
                ));
                return;
            }
            TermFrom::Formula(version) => version,
        };
        let cite = self.cite(Some(version));
        let place = self.places.get(version);
        let body = match place {
            Some(Place::Formula(_, alternative)) => alternative.dated.body(version).map(|case| &case.body),
            _ => None,
        };
        let expression = match body {
            Some(Formula::Is(expression)) => Some(*expression),
            Some(Formula::ByWord(of, rows)) => {
                let word = self.values.word(&names, *of);
                word.and_then(|word| rows.get(usize::from(word)).copied().flatten())
            }
            _ => None,
        };
        if let Some(expression) = expression {
            if term.type_.is_numeric() && self.equation(LineKind::Term, expression, &title, cite.clone()) {
                return;
            }
            self.tell_facts(false);
            if term.type_ == Type::YesNo {
                let why = super::condition::condition(names, &self.values, expression);
                let text = tongue.pick(format!("{title}：{shown}（{why}）"), format!("{title}: {shown} ({why})"));
                self.say(ExplainedLine::new(LineKind::Term, text).cite(cite));
                return;
            }
        }
        self.tell_facts(false);
        let text = tongue.pick(format!("{title}：{shown}"), format!("{title}: {shown}"));
        self.say(ExplainedLine::new(LineKind::Term, text).cite(cite).with(&values));
    }
}

pub(super) fn number(value: Datum) -> Option<Exact> {
    match value {
        Datum::Number(number) => Some(number),
        _ => None,
    }
}
