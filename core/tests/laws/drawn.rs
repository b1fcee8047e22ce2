//! Rule sets that ship or stand in the tests, and facts drawn for them.

use std::fs;
use std::path::Path;

use rollbook::RuleSet;
use rollbook::api::BUILTIN;
use rollbook::dues::{Answer, Prepared, Request};
use rollbook::ruleset::{Given, Input, Kind, Rules, Told, Workspace};
use rollbook::value::{Date, Exact, Per, Period};

/// Every rule set that ships, the sound ones of the tests and those of one shape each, with their texts.
pub(super) fn documents() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        BUILTIN.iter().map(|builtin| (builtin.id.to_owned(), builtin.text.to_owned())).collect();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let folders = ["sound", "shapes"].map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut files: Vec<_> = folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    all.extend(
        files
            .iter()
            .map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(file).unwrap())),
    );
    all
}

/// Whether a state is switched by that fact. One that was never switched is unknown (decision 0010), so what switches it
/// may be asked for although a value was told.
pub(super) fn is_switch(text: &str, name: &str) -> bool {
    let inside = text.split("latched(").skip(1).filter_map(|rest| rest.split(')').next());
    inside.flat_map(|call| call.split(|sign: char| !sign.is_alphanumeric() && sign != '_')).any(|word| word == name)
}

/// A small deterministic source of numbers, so that a failure repeats itself.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(limit).unwrap()).unwrap()
    }

    pub(super) fn one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    pub(super) fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let at = self.below(all.len());
        &all[at]
    }

    /// The same in another order.
    pub(super) fn shuffled<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        let mut rest = all.to_vec();
        let mut order = Vec::new();
        while !rest.is_empty() {
            let at = self.below(rest.len());
            order.push(rest.swap_remove(at));
        }
        order
    }

    /// A value that fits an input, as a host writes it.
    pub(super) fn value(&mut self, rules: &Rules, input: &Input) -> Told {
        match &input.kind {
            Kind::List(fields) => {
                let count = self.below(3);
                let records = (0..count).map(|_| {
                    let told = fields
                        .iter()
                        .map(|field| (field.name.to_string(), self.text(rules, &field.kind, [None, None])));
                    told.collect()
                });
                Told::Records(records.collect())
            }
            kind => Told::from(&*self.text(rules, kind, [input.at_least, input.at_most])),
        }
    }

    /// The same, sometimes as a history.
    pub(super) fn history(&mut self, rules: &Rules, input: &Input) -> Told {
        match self.value(rules, input) {
            Told::Text(first) if self.one_in(3) => {
                let second = self.text(rules, &input.kind, [input.at_least, input.at_most]);
                let days = [(2005 + self.below(10), 1), (2016 + self.below(9), 1 + self.below(12))];
                let day = |(year, month): (usize, usize)| format!("{year}-{month:02}-15");
                Told::History(vec![(day(days[0]), first), (day(days[1]), second)])
            }
            told => told,
        }
    }

    fn text(&mut self, rules: &Rules, kind: &Kind, range: [Option<Exact>; 2]) -> String {
        // A year of birth, a season: whole numbers from a bound on that is not nothing.
        if let [Some(least), most] = range.map(|bound| bound.and_then(Exact::to_i64))
            && least > 1
        {
            let span = most.map_or(50, |most| most - least + 1);
            return (least + i64::try_from(self.below(usize::try_from(span).unwrap())).unwrap()).to_string();
        }
        match kind {
            Kind::YesNo => ["yes", "no"][self.below(2)].to_owned(),
            Kind::OneOf(words) | Kind::SetOf(words) => {
                let words = &rules.words[usize::from(words.0)].words;
                self.one_of(words).name.to_string()
            }
            Kind::Count => self.below(50).to_string(),
            Kind::Share => format!("{}%", self.below(101)),
            Kind::Number => (1 + self.below(20)).to_string(),
            Kind::Money(_) => {
                let round = *self.one_of(&[0, 10, 400, 1_000, 3_000, 5_000, 10_000, 60_000]);
                format!("{}.{:02}", round + self.below(300), self.below(100))
            }
            Kind::Date => format!("{}-{:02}-{:02}", 1960 + self.below(66), 1 + self.below(12), 1 + self.below(28)),
            Kind::Month => format!("{}-{:02}", 2000 + self.below(26), 1 + self.below(12)),
            Kind::Days | Kind::Months => self.below(60).to_string(),
            Kind::Rounding => "half_up to 0.01".to_owned(),
            Kind::Text | Kind::Member | Kind::Organisation => "someone".to_owned(),
            Kind::List(_) => panic!("a list is no text"),
        }
    }
}

/// One question with the facts told so far.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) charge: String,
    pub(super) period: Period,
    pub(super) known: Option<Date>,
    pub(super) told: Vec<(String, Told)>,
}

impl Case {
    /// A question for some charge of a rule set, in some period, with about half of the facts.
    pub(super) fn drawn(draw: &mut Draw, rule_set: &RuleSet, with_histories: bool) -> Self {
        let rules = rule_set.rules();
        let charge = draw.one_of(&rule_set.charges().charges);
        let per = if draw.one_in(6) { Per::Year } else { charge.per.unwrap_or(Per::Month) };
        let day =
            Date::new(i32::try_from(2005 + draw.below(22)).unwrap(), u32::try_from(1 + draw.below(12)).unwrap(), 1)
                .unwrap();
        let known = draw.one_in(5).then(|| day.add_months(-6).unwrap());
        let mut told = Vec::new();
        let likely = 1 + draw.below(3);
        for input in &rules.inputs {
            if !draw.one_in(1 + likely) {
                let value = if with_histories { draw.history(rules, input) } else { draw.value(rules, input) };
                told.push((input.name.to_string(), value));
            }
        }
        Self { charge: charge.name.to_string(), period: Period::containing(per, day).unwrap(), known, told }
    }

    pub(super) fn with(&self, name: &str, value: Told) -> Self {
        let mut more = self.clone();
        more.told.retain(|(known, _)| known != name);
        more.told.push((name.to_owned(), value));
        more
    }

    fn asked<T>(&self, rule_set: &RuleSet, ask: impl FnOnce(&Prepared<'_>, &rollbook::ruleset::Facts) -> T) -> T {
        let request = Request {
            charge: Some(&self.charge),
            period: self.period,
            known: self.known,
            settings: &[],
            set_aside: &[],
        };
        let mut facts = rule_set.facts();
        for (name, value) in &self.told {
            facts.tell(rule_set.rules(), name, value);
        }
        let prepared = rule_set.prepare(&request).unwrap_or_else(|why| panic!("{why}"));
        ask(&prepared, &facts)
    }

    pub(super) fn answer(&self, rule_set: &RuleSet) -> Answer {
        self.asked(rule_set, |prepared, facts| prepared.answer(facts, &mut Workspace::default()))
    }

    /// The answer with its steps.
    pub(super) fn explained(&self, rule_set: &RuleSet) -> Answer {
        self.asked(rule_set, |prepared, facts| prepared.explain(facts, &mut Workspace::default()))
    }

    /// Both answers of the general evaluator alone.
    pub(super) fn generally(&self, rule_set: &RuleSet) -> [Answer; 2] {
        self.asked(rule_set, |prepared, facts| {
            let general = prepared.clone().generally();
            let mut work = Workspace::default();
            [general.answer(facts, &mut work), general.explain(facts, &mut work)]
        })
    }

    /// Whether a value was told for an input, as one single value.
    pub(super) fn tells(&self, rule_set: &RuleSet, input: &Input) -> bool {
        let id = rule_set.rules().input_by_name(&input.name).unwrap();
        self.asked(rule_set, |_, facts| !matches!(facts.get(id), Given::Nothing))
    }
}

/// What was asked, for a failure: the told values stand in it, because nobody is real.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = self.known.map(|day| format!(" known {day}")).unwrap_or_default();
        write!(f, "{} {}{known}:", self.charge, self.period)?;
        for (name, told) in &self.told {
            match told {
                Told::Text(value) => write!(f, " {name}={value}")?,
                Told::History(records) => write!(f, " {name}={records:?}")?,
                Told::Words(words) => write!(f, " {name}={words:?}")?,
                Told::Records(records) => write!(f, " {name}={records:?}")?,
            }
        }
        Ok(())
    }
}
