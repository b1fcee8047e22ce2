//! Drawing facts and requests for a rule set: plausible ones, edges of its bands, some that are left out or do not fit.

use std::collections::BTreeSet;

use fastrand::Rng;
use rollbook::facade::{Fact, Field, Kind, RuleSet, Word};
use rollbook::value::{Date, Exact, Per, Period};
use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::perform::asking;

/// What cases about a rule set are drawn from.
#[derive(Debug)]
pub(crate) struct Source {
    facts: Vec<Fact>,
    /// The charges with their periods.
    charges: Vec<(String, Per)>,
    /// The settings with values that stand in the document.
    settings: Vec<(String, Vec<String>)>,
    /// The numbers that stand in the document: edges, bounds, amounts.
    numbers: Vec<Exact>,
    /// What the rule set's own cases ask.
    asked: Vec<Value>,
}

impl Source {
    /// A rule set with the cases that its authors wrote.
    ///
    /// # Errors
    /// When its own document is no JSON.
    pub(crate) fn new(rules: &RuleSet, own: &[Case]) -> Result<Self, String> {
        let document: Value =
            serde_json::from_str(&rules.to_json()).map_err(|problem| format!("`{}`: {problem}", rules.id()))?;
        let mut numbers = BTreeSet::new();
        collect(&document, &mut |text| numbers.extend(Exact::parse(text).ok().filter(|number| !number.is_negative())));
        let settings = document.get("settings").and_then(Value::as_object).into_iter().flatten();
        let engine = rules.engine();
        Ok(Self {
            facts: rules.facts(),
            charges: engine
                .charges()
                .charges
                .iter()
                .map(|charge| (charge.name.to_string(), charge.per.unwrap_or(Per::Year)))
                .collect(),
            settings: settings.map(|(name, body)| (name.clone(), decided(body))).collect(),
            numbers: numbers.into_iter().collect(),
            asked: own.iter().filter_map(|case| case.request.clone()).collect(),
        })
    }

    /// A case: the facts of one of the rule set's own cases, changed somewhere, or facts drawn from nothing.
    pub(crate) fn case(&self, name: String, rng: &mut Rng) -> Case {
        let request = rng.choice(&self.asked).cloned().filter(|_| rng.bool()).unwrap_or_default();
        let mut facts = request.get("facts").and_then(Value::as_object).cloned().unwrap_or_default();
        // Who has facts already changes a few; who has none gets most.
        let (keep, leave) = if facts.is_empty() { (1, rng.usize(2..9)) } else { (4, 8) };
        for fact in &self.facts {
            if one_in(rng, leave) {
                facts.remove(&fact.name);
            } else if one_in(rng, keep) {
                facts.insert(fact.name.clone(), self.told(fact, rng));
            }
        }
        if one_in(rng, 25) {
            let (name, value) = self.unfit(rng);
            facts.insert(name, value);
        }
        Case::dues(name, self.request(&request, facts, rng))
    }

    fn request(&self, own: &Value, facts: Map<String, Value>, rng: &mut Rng) -> Value {
        let own = |key: &str| own.get(key).cloned();
        let charge = rng.choice(&self.charges).map_or(("", Per::Month), |(name, per)| (name.as_str(), *per));
        let (charge, per) = match own("charge").and_then(|name| Some(name.as_str()?.to_owned())) {
            Some(name) => {
                let per = self.charges.iter().find(|(known, _)| *known == name).map_or(Per::Month, |(_, per)| *per);
                (name, per)
            }
            None => (charge.0.to_owned(), charge.1),
        };
        let per = if one_in(rng, 12) { Per::Year } else { per };
        let month = Date::new(rng.i32(2003..2029), rng.u32(1..13), rng.u32(1..29));
        let drawn = month.and_then(|day| Period::containing(per, day)).map(|period| json!(period.to_string()));
        let known = Date::new(rng.i32(2005..2028), rng.u32(1..13), rng.u32(1..29)).map(|day| json!(day.to_string()));
        let setting = rng.choice(&self.settings).filter(|_| one_in(rng, 6)).and_then(|(name, values)| {
            let value = json!(rng.choice(values)?);
            let from = format!("{}-01-01", rng.u32(2004..2027));
            Some(json!({ name: if one_in(rng, 3) { json!([{ "from": from, "value": value }]) } else { value } }))
        });
        asking([
            ("facts", Some(Value::Object(facts))),
            ("period", own("period").filter(|_| !one_in(rng, 3)).or(drawn)),
            ("charge", (!charge.is_empty()).then(|| json!(charge))),
            ("known", own("known").or(known.filter(|_| one_in(rng, 5)))),
            ("settings", own("settings").or(setting)),
            ("set_aside", own("set_aside")),
            ("trace", Some(json!(true))),
        ])
    }

    /// A value of a fact, sometimes as a history.
    fn told(&self, fact: &Fact, rng: &mut Rng) -> Value {
        match fact.kind {
            Kind::List => {
                let record = |rng: &mut Rng| -> Value {
                    let told = fact.fields.iter().filter(|_| !one_in(rng, 12)).map(|field| (field.name.clone(), field));
                    let told: Vec<(String, &Field)> = told.collect();
                    told.into_iter().map(|(name, field)| (name, self.value(&Wanted::of_field(field), rng))).collect()
                };
                (0..rng.usize(0..4)).map(|_| record(rng)).collect()
            }
            Kind::SetOf => {
                let words: Vec<Value> =
                    fact.words.iter().filter(|_| one_in(rng, 3)).map(|word| json!(word.name)).collect();
                Value::Array(words)
            }
            _ if one_in(rng, 7) => {
                let mut from = rng.i32(2000..2026);
                let mut history = Vec::new();
                for _ in 0..rng.usize(1..4) {
                    let value = self.value(&Wanted::of_fact(fact), rng);
                    history.push(json!({ "from": format!("{from}-{:02}-01", rng.u32(1..13)), "value": value }));
                    from = from.saturating_add(rng.i32(1..4));
                }
                Value::Array(history)
            }
            _ => self.value(&Wanted::of_fact(fact), rng),
        }
    }

    fn value(&self, wanted: &Wanted<'_>, rng: &mut Rng) -> Value {
        let whole = |rng: &mut Rng, most: u32| number(&rng.u32(0..most).to_string(), rng);
        match wanted.kind {
            Kind::YesNo => match rng.usize(0..3) {
                0 => json!(rng.bool()),
                _ => json!(if rng.bool() { "yes" } else { "no" }),
            },
            Kind::OneOf | Kind::SetOf => {
                let Some(word) = rng.choice(wanted.words) else { return json!("") };
                let title = rng.choice(word.titles.values()).filter(|_| one_in(rng, 5));
                json!(title.unwrap_or(&word.name))
            }
            Kind::Money | Kind::Number => self.near_an_edge(rng),
            Kind::Count => match Self::whole_number(wanted, rng) {
                Some(drawn) => number(&drawn, rng),
                None => whole(rng, 60),
            },
            Kind::Days | Kind::Months => whole(rng, 60),
            Kind::Share => json!(format!("{}%", rng.u32(0..101))),
            Kind::Date => {
                let day = format!("{}-{:02}-{:02}", rng.u32(1960..2027), rng.u32(1..13), rng.u32(1..29));
                json!(if rng.bool() { format!("date:{day}") } else { day })
            }
            Kind::Month => json!(format!("{}-{:02}", rng.u32(2000..2027), rng.u32(1..13))),
            Kind::Rounding => json!("half_up to 0.01"),
            Kind::Text | Kind::Member | Kind::Organisation | Kind::List => json!("党员 no. 1"),
        }
    }

    /// A number of the document, or the next one below or above, or any.
    fn near_an_edge(&self, rng: &mut Rng) -> Value {
        let any = Exact::from_minor_units(i128::from(rng.u32(0..9_000_000)), 2);
        let edge = rng.choice(&self.numbers).copied().filter(|_| !one_in(rng, 4)).or(any);
        let cents = Exact::from_minor_units(rng.i128(-1..2), 2);
        let moved = edge.zip(cents).and_then(|(edge, cents)| edge.checked_add(cents).ok());
        number(&moved.or(any).map_or_else(String::new, |number| number.to_string()), rng)
    }

    /// A year of birth, a season: a whole number from a bound on that is not nothing.
    fn whole_number(wanted: &Wanted<'_>, rng: &mut Rng) -> Option<String> {
        let bound = |text: Option<&String>| text.and_then(|text| text.parse::<i64>().ok());
        let least = bound(wanted.at_least).filter(|least| *least > 1)?;
        let most = bound(wanted.at_most).unwrap_or_else(|| least.saturating_add(50));
        Some(rng.i64(least..=most.max(least)).to_string())
    }

    /// A fact or value that no rule set takes.
    fn unfit(&self, rng: &mut Rng) -> (String, Value) {
        let fact = rng.choice(&self.facts).map_or("base", |fact| &fact.name);
        let values =
            ["5,400", "1e3", "2026-02-30", "maybe", "", "９９", "12345678901234567890123456789012345678901", "-1"];
        match rng.usize(0..4) {
            0 => (format!("{fact}s"), json!("1")),
            _ => (fact.to_owned(), json!(rng.choice(values).unwrap_or_default())),
        }
    }
}

/// What a fact or a field of a record wants.
struct Wanted<'f> {
    kind: Kind,
    words: &'f [Word],
    at_least: Option<&'f String>,
    at_most: Option<&'f String>,
}

impl<'f> Wanted<'f> {
    fn of_fact(fact: &'f Fact) -> Self {
        Self { kind: fact.kind, words: &fact.words, at_least: fact.at_least.as_ref(), at_most: fact.at_most.as_ref() }
    }

    fn of_field(field: &'f Field) -> Self {
        Self {
            kind: field.kind,
            words: &field.words,
            at_least: field.at_least.as_ref(),
            at_most: field.at_most.as_ref(),
        }
    }
}

/// Whether something happens that happens once in so many times.
pub(crate) fn one_in(rng: &mut Rng, times: usize) -> bool {
    rng.usize(0..times.max(1)) == 0
}

/// A number as a text or as the exact number of a language.
fn number(text: &str, rng: &mut Rng) -> Value {
    // One that is a fraction has no decimal.
    json!(if rng.bool() && !text.contains('/') { format!("number:{text}") } else { text.to_owned() })
}

/// Every text of a document, and the parts of expressions.
fn collect(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => text.split([' ', '|', ',', '(', ')']).for_each(take),
        Value::Array(items) => items.iter().for_each(|item| collect(item, take)),
        Value::Object(map) => map.values().for_each(|item| collect(item, take)),
        _ => {}
    }
}

/// Values that stand in a setting: its defaults and bounds, and those a step outside of them.
fn decided(body: &Value) -> Vec<String> {
    let mut values = Vec::new();
    let versions = body.get("versions").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![body.clone()]);
    for version in &versions {
        for key in ["default", "at_least", "at_most"] {
            let Some(text) = version.get(key).and_then(Value::as_str) else { continue };
            values.push(text.to_owned());
        }
    }
    values.push("9999".to_owned());
    values
}
