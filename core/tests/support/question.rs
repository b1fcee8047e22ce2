//! Questions in a few words to the small rule sets of the tests, and what is said.

use rollbook::dues::{Answer, Request, SetAside};
use rollbook::ruleset::{Decision, Facts, Told, Workspace, WrongCall};
use rollbook::value::{Date, Period};
use serde_json::Value;

use crate::small::Small;

impl Small {
    /// A question for a period.
    pub(crate) fn ask(&self, period: &str) -> Question<'_> {
        let period = Period::parse(period).unwrap_or_else(|why| panic!("{period}: {why}"));
        let facts = self.rule_set.facts();
        let (settings, set_aside) = (Vec::new(), Vec::new());
        Question { small: self, charge: None, period, known: None, facts, settings, set_aside }
    }

    /// What is said for a November with facts such as `pay=100 kind=staff active=2026-01-01:no,2026-11-21:yes`.
    pub(crate) fn said(&self, facts: &str) -> String {
        self.ask("2026-11").with(facts).said()
    }

    /// The whole answer for a November.
    pub(crate) fn answer(&self, facts: &str) -> Said {
        self.ask("2026-11").with(facts).answer()
    }
}

/// A question with its facts.
pub(crate) struct Question<'s> {
    small: &'s Small,
    charge: Option<&'s str>,
    period: Period,
    known: Option<Date>,
    facts: Facts,
    settings: Vec<Decision>,
    set_aside: Vec<SetAside>,
}

impl<'s> Question<'s> {
    /// Tells facts: `name=value`, with `day:value,day:value` for a history, separated by spaces.
    pub(crate) fn with(mut self, facts: &str) -> Self {
        for told in facts.split_whitespace() {
            let (name, value) = told.split_once('=').expect("a fact is told as name=value");
            let told = if value.contains(':') {
                let pairs = value.split(',').map(|record| record.split_once(':').expect("day:value"));
                Told::History(pairs.map(|(day, value)| (day.to_owned(), value.to_owned())).collect())
            } else {
                Told::from(value)
            };
            self.facts.tell(self.small.rule_set.rules(), name, &told);
        }
        self
    }

    /// Tells the records of a list, each as `field=value field=value`.
    pub(crate) fn records(mut self, list: &str, records: &[&str]) -> Self {
        let record = |text: &&str| -> Vec<(String, String)> {
            let pairs = text.split_whitespace().map(|field| field.split_once('=').expect("field=value"));
            pairs.map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
        };
        let told = Told::Records(records.iter().map(record).collect());
        self.facts.tell(self.small.rule_set.rules(), list, &told);
        self
    }

    pub(crate) fn charge(mut self, name: &'s str) -> Self {
        self.charge = Some(name);
        self
    }

    pub(crate) fn known(mut self, day: &str) -> Self {
        self.known = Some(Date::parse(day).unwrap());
        self
    }

    pub(crate) fn set(mut self, setting: &str, value: &str) -> Self {
        self.settings.push(Decision::always(setting, value));
        self
    }

    pub(crate) fn decide(mut self, setting: &str, from: &str, issued: Option<&str>, value: &str) -> Self {
        let (name, value) = (setting.to_owned(), value.to_owned());
        self.settings.push(Decision { name, from: Some(from.to_owned()), issued: issued.map(str::to_owned), value });
        self
    }

    pub(crate) fn set_aside(mut self, path: &str, reason: &str) -> Self {
        self.set_aside.push(SetAside { path: path.to_owned(), reason: reason.to_owned() });
        self
    }

    /// The answer, once without and once with its steps, which must be the same.
    pub(crate) fn try_raw(self) -> Result<Answer, WrongCall> {
        let Self { small, charge, period, known, facts, settings, set_aside } = self;
        let request = Request { charge, period, known, settings: &settings, set_aside: &set_aside };
        let prepared = small.rule_set.prepare(&request)?;
        let mut work = Workspace::default();
        let plain = prepared.answer(&facts, &mut work);
        let mut told = prepared.explain(&facts, &mut work);
        assert!(told.trace.take().is_some());
        // What the next band would cost is only told to who asks why.
        let next_band = told.next_band.take();
        assert_eq!(plain, told, "the steps change the answer");
        Ok(Answer { next_band, ..plain })
    }

    pub(crate) fn raw(self) -> Answer {
        self.try_raw().unwrap_or_else(|why| panic!("{why}"))
    }

    pub(crate) fn answer(self) -> Said {
        let rule_set = self.small.rule_set.clone();
        let json = self.raw().to_json(rule_set.rules(), rule_set.charges());
        Said(serde_json::from_str(&json).unwrap())
    }

    pub(crate) fn said(self) -> String {
        self.answer().said()
    }

    /// Why the call itself is refused.
    pub(crate) fn refused(self) -> String {
        self.try_raw().expect_err("the call is answered").to_string()
    }
}

/// An answer as hosts get it.
pub(crate) struct Said(pub(crate) Value);

impl Said {
    pub(crate) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        self.0.get(key).and_then(Value::as_array).into_iter().flatten()
    }

    /// `100.00`, `exempt`, `not_due`, `needs pay, kind`, `no_rule two_rules`, `rejected overflow`.
    pub(crate) fn said(&self) -> String {
        let error = self.list("findings").find(|finding| finding["severity"] == "error");
        let code = error.map_or("", |finding| finding["code"].as_str().unwrap());
        match self.text("status") {
            "charged" => self.text("amount").to_owned(),
            "needs_facts" => format!("needs {}", self.missing()),
            status => format!("{status} {code}").trim_end().to_owned(),
        }
    }

    pub(crate) fn missing(&self) -> String {
        self.list("missing").map(|name| name["name"].as_str().unwrap()).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn assumed(&self) -> String {
        self.list("assumed").map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(", ")
    }

    /// The codes of the findings.
    pub(crate) fn findings(&self) -> String {
        self.list("findings").map(|finding| finding["code"].as_str().unwrap()).collect::<Vec<_>>().join(", ")
    }

    /// A parameter of the finding with a code.
    pub(crate) fn param(&self, code: &str, name: &str) -> &str {
        let found = self.list("findings").find(|finding| finding["code"] == code);
        found.and_then(|finding| finding["params"][name].as_str()).unwrap_or_default()
    }

    /// `old art. 1; new`
    pub(crate) fn cites(&self) -> String {
        let one = |cite: &Value| {
            let clause = cite.get("clause").and_then(Value::as_str).map(|clause| format!(" {clause}"));
            format!("{}{}", cite["source"].as_str().unwrap(), clause.unwrap_or_default())
        };
        self.list("cite").map(one).collect::<Vec<_>>().join("; ")
    }

    /// `2026-01 100.00; 2026-02 not_due`
    pub(crate) fn parts(&self) -> String {
        self.list("parts").map(|part| one_of_several(part, "period")).collect::<Vec<_>>().join("; ")
    }

    /// `2026-11-01 100.00; 2026-11-30 exempt`
    pub(crate) fn lines(&self) -> String {
        self.list("lines").map(|line| one_of_several(line, "day")).collect::<Vec<_>>().join("; ")
    }

    /// `month 3 × 33.35, last 33.30; week 23.08`
    pub(crate) fn instalments(&self) -> String {
        let one = |way: &Value| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let count = way.get("count").map_or(String::new(), |count| format!("{count} × "));
            let rest = way.get("rest").map_or(String::new(), |rest| {
                format!(", {} {}", if rest["last"] == true { "last" } else { "first" }, text(&rest["amount"]))
            });
            format!("{} {count}{}{rest}", text(&way["way"]), text(&way["amount"]))
        };
        self.list("instalments").map(one).collect::<Vec<_>>().join("; ")
    }

    pub(crate) fn bounds(&self) -> String {
        let Some(bounds) = self.0.get("bounds") else { return String::new() };
        format!("{} to {}", bounds["at_least"].as_str().unwrap(), bounds["at_most"].as_str().unwrap())
    }
}

fn one_of_several(part: &Value, key: &str) -> String {
    let said = part.get("amount").unwrap_or(&part["status"]);
    format!("{} {}", part[key].as_str().unwrap(), said.as_str().unwrap())
}
