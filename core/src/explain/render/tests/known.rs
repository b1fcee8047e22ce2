//! Which texts and numbers an explanation may show.

use std::collections::BTreeSet;

use crate::RuleSet;
use crate::dues::Answer;
use crate::explain::Step;
use crate::explain::number::{How, Tongue};
use crate::explain::put::text_of;
use crate::ruleset::expression::{ExprId, Op};
use crate::ruleset::{Datum, Titles};
use crate::value::{Date, Exact};

/// Every text that a rule set brings: titles, words, numbers of instruments, reasons; longest first.
pub(super) fn texts(set: &RuleSet) -> Vec<String> {
    let (rules, charges) = (set.rules(), set.charges());
    let mut texts: BTreeSet<String> = BTreeSet::new();
    let mut title = |titles: &Titles, name: &str| {
        texts.extend(titles.all().map(|(_, text)| text.to_owned()));
        texts.insert(name.replace('_', " "));
        texts.insert(name.to_owned());
    };
    title(&rules.title, &rules.id);
    rules.sources.iter().for_each(|source| title(&source.title, &source.name));
    rules.words.iter().flat_map(|list| &list.words).for_each(|word| title(&word.title, &word.name));
    rules.inputs.iter().for_each(|input| title(&input.title, &input.name));
    rules.settings.iter().for_each(|setting| title(&setting.title, &setting.name));
    for input in &rules.inputs {
        if let crate::ruleset::Kind::List(fields) = &input.kind {
            for field in fields {
                title(&field.title, &field.name);
            }
        }
    }
    for term in &rules.terms {
        title(&term.title, &term.name);
        term.formula.alternatives.iter().for_each(|a| title(&a.title, a.name.as_deref().unwrap_or("?")));
    }
    for charge in &charges.charges {
        title(&charge.title, &charge.name);
        charge.tariff.alternatives.iter().for_each(|a| title(&a.title, a.name.as_deref().unwrap_or("?")));
        if let Some(reductions) = &charge.reductions {
            reductions.choice.alternatives.iter().for_each(|a| title(&a.title, a.name.as_deref().unwrap_or("?")));
        }
        charge.limits.iter().for_each(|limit| title(&limit.title, &limit.name));
        charge.pay_by.iter().for_each(|way| title(&way.title, &way.name));
    }
    texts.extend(rules.sources.iter().filter_map(|source| source.number.as_deref()).map(str::to_owned));
    texts.extend(
        rules.not_encoded.iter().flat_map(|text| text.why.all().map(|(_, why)| why.to_owned()).collect::<Vec<_>>()),
    );
    let versions = rules.timelines.iter().flat_map(|timeline| &timeline.versions);
    texts.extend(versions.filter_map(|version| version.chosen.as_deref()).map(str::to_owned));
    let mut texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.chars().count()));
    texts
}

/// The line without these texts.
pub(super) fn without(line: &str, texts: &[String]) -> String {
    let mut line = line.to_owned();
    for text in texts {
        line = line.replace(text.as_str(), " ");
    }
    line
}

/// Numbers and days as an explanation writes them.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub shown: BTreeSet<String>,
}

impl Known {
    fn number(&mut self, number: Exact) {
        self.shown.insert(text_of(&number).replace('−', ""));
        if let Ok(percent) = number.checked_mul(Exact::from_i64(100)) {
            self.shown.insert(text_of(&percent).replace('−', ""));
        }
        for scale in 0..3 {
            self.shown.extend(number.to_fixed(scale).map(|text| text.replace('-', "")));
        }
    }

    fn whole(&mut self, number: impl Into<i64>) {
        self.number(Exact::from_i64(number.into()));
    }

    fn day(&mut self, day: Date) {
        self.shown.insert(day.to_string());
    }

    fn datum(&mut self, datum: Datum) {
        match datum {
            Datum::Number(number) => self.number(number),
            Datum::Date(day) => {
                self.day(day);
                self.shown.insert(day.to_string().chars().take(7).collect());
            }
            Datum::Months(count) | Datum::Days(count) => self.whole(count),
            Datum::Rounding(how) => self.text(&text_of(&How(how, Tongue::En))),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.shown.extend(numbers(text));
    }

    fn expression(&mut self, set: &RuleSet, root: ExprId) {
        set.rules().arena.walk(root, &mut |_, node| match node.op {
            Op::Number(number) => self.number(number),
            Op::Convert(_, factor, _) => self.number(factor),
            Op::Months(count) | Op::Days(count) => self.whole(count),
            Op::Average(_, months) => self.whole(i64::from(months)),
            Op::Date(day) => self.day(day),
            Op::Round(_, how) => self.number(how.unit()),
            _ => {}
        });
    }

    /// The numbers of the rules: constants, rates, edges, roundings, clauses.
    pub(super) fn of_rules(set: &RuleSet) -> Self {
        let mut known = Self::default();
        let rules = set.rules();
        for root in rules.arena.all() {
            known.expression(set, root);
        }
        for timeline in &rules.timelines {
            known.versions(set, timeline);
        }
        for charge in &set.charges().charges {
            for alternative in &charge.tariff.alternatives {
                let id = alternative.dated.timeline;
                for version in 0..rules.timelines[id.index()].versions.len() {
                    let version = crate::ruleset::VersionId { timeline: id, version: u16::try_from(version).unwrap() };
                    known.edges(alternative, version);
                }
            }
        }
        for body in set.charges().charges.iter().flat_map(|charge| &charge.pay_by).flat_map(|way| &way.dated.bodies) {
            match body.as_ref().map(|body| &body.divided) {
                Some(crate::dues::Divided::Parts { count, .. }) => known.whole(*count),
                Some(crate::dues::Divided::Times { written, .. }) => known.text(written),
                None => {}
            }
        }
        for term in &rules.terms {
            for case in term.formula.alternatives.iter().flat_map(|a| a.dated.bodies.iter().flatten()) {
                if let crate::ruleset::Formula::BandOf(bands) = &case.body {
                    known.bands(bands);
                }
            }
        }
        known
    }

    fn versions(&mut self, set: &RuleSet, timeline: &crate::ruleset::Timeline) {
        for version in &timeline.versions {
            self.day(version.from);
            for citation in &version.cite {
                self.text(&citation.clause.as_ref().map(ToString::to_string).unwrap_or_default());
                let source = &set.rules().sources[citation.source.index()];
                self.day(source.in_force);
                self.shown.extend(source.doubtful_until(source.in_force).map(|day| day.to_string()));
                self.shown.extend(source.doubtful_until(source.issued).map(|day| day.to_string()));
            }
        }
    }

    fn edges(
        &mut self,
        alternative: &crate::ruleset::Alternative<crate::dues::Tariff>,
        version: crate::ruleset::VersionId,
    ) {
        for word in 0..20 {
            let place = super::super::places::Place::Tariff(alternative);
            for (bands, _) in super::super::places::tables(place, version, &|_| Some(word)) {
                self.bands(bands);
            }
        }
    }

    fn bands(&mut self, bands: &crate::ruleset::Bands) {
        for edge in bands.rows.iter().flat_map(|row| [row.lower, row.upper]).flatten() {
            self.number(edge.at);
        }
        if let Some(printed) = bands.printed {
            self.number(printed.unit());
        }
    }

    /// The numbers of an answer and its steps.
    pub(super) fn answer(&mut self, answer: &Answer) {
        self.shown.extend([
            answer.period.to_string(),
            answer.period.start().to_string(),
            answer.period.end().to_string(),
        ]);
        self.shown.insert(format!("{:04}-01-01", answer.period.year()));
        let amounts = [answer.amount, answer.exact, answer.guide];
        amounts.into_iter().flatten().chain(answer.suggested.iter().copied()).for_each(|amount| self.number(amount));
        if let Some(bounds) = answer.bounds {
            self.number(bounds.at_least);
            self.number(bounds.at_most);
        }
        if let Some(next) = answer.next_band {
            self.number(next.from);
            self.number(next.amount);
        }
        for part in &answer.parts {
            self.shown.insert(part.period.to_string());
            part.amount.iter().for_each(|amount| self.number(*amount));
        }
        answer.lines.iter().for_each(|line| self.day(line.day));
        answer.missing.iter().filter_map(|missing| missing.on).for_each(|day| self.day(day));
        answer.findings.iter().flat_map(|finding| &finding.params).for_each(|(_, value)| self.text(value));
        answer.trace.iter().flat_map(|trace| &trace.steps).for_each(|step| self.step(step));
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Fact { value, on, since, .. } => {
                self.datum(value);
                self.day(on);
                if let Some(day) = since {
                    self.day(day);
                }
            }
            Step::Field { value, .. } | Step::Setting { value, .. } | Step::Operation { value, .. } => {
                self.datum(value);
            }
            Step::Term { value, on, .. } => {
                self.datum(value);
                self.day(on);
            }
            Step::Owed { first, days, of, factor, .. } => {
                self.day(first);
                self.whole(days);
                self.whole(of);
                self.number(factor);
            }
            Step::AsOf { day, .. } => self.day(day),
            Step::Band { value, looked_up, .. } => {
                self.number(value);
                self.number(looked_up);
            }
            Step::Rated { rate: a, of: b, gives } | Step::Part { rate: a, part: b, gives, .. } => {
                for number in [a, b, gives] {
                    self.number(number);
                }
            }
            Step::Charge { amount: Some(gives), .. } | Step::Sum { gives } | Step::Amount { gives, .. } => {
                self.number(gives);
            }
            Step::Declared { declared, minimum, gives } => {
                for number in [declared, Some(minimum), Some(gives)].into_iter().flatten() {
                    self.number(number);
                }
            }
            Step::Limit { limit: a, before, after, .. }
            | Step::Reduced { share: a, before, after, .. }
            | Step::Prorated { factor: a, before, after } => {
                for number in [a, before, after] {
                    self.number(number);
                }
            }
            Step::Piece { from, days, of, amount, gives } => {
                self.day(from);
                self.whole(days);
                self.whole(of);
                self.number(amount);
                self.number(gives);
            }
            Step::Rounded { rounding, exact, gives, .. } => {
                for number in [rounding.unit(), exact, gives] {
                    self.number(number);
                }
            }
            Step::Instalment { share, of, gives, .. } => {
                for number in [share, of, gives] {
                    self.number(number);
                }
            }
            Step::Rest { of, others, each, gives, .. } => {
                self.whole(others);
                for number in [of, each, gives] {
                    self.number(number);
                }
            }
            Step::Period { period } => {
                self.shown.insert(period.to_string());
            }
            Step::Record { number, day } => {
                self.whole(i64::from(number) + 1);
                self.day(day);
            }
            Step::Condition { .. }
            | Step::Chosen { .. }
            | Step::NotOwed { .. }
            | Step::SetAside { .. }
            | Step::Reads { .. }
            | Step::Charge { amount: None, .. } => {}
        }
    }
}

/// The numbers, fractions and days in a text.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | 'Q' | 'H');
    text.split(|c: char| !is_part(c))
        .map(|number| number.trim_matches(|c: char| !c.is_ascii_digit()).to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}
