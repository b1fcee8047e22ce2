//! Facts about rule sets, with the real parser and compiler.

#![expect(clippy::arithmetic_side_effects, reason = "small numbers, in tests only")]

mod bands;
mod conditions;
mod drawn;
mod jumps;
mod timeline;

use std::collections::BTreeMap;

use super::*;
use crate::ruleset::citation::Attested;
use crate::ruleset::expression::{Arena, Compiler, Meaning, Names, Type, parse};
use crate::ruleset::ids::{TermId, TimelineId, VersionId};
use crate::ruleset::node::Span;
use crate::ruleset::rules::{
    Alternative, Assumed, Case, Choice, Dated, Formula, Input, Kind, Name, Owner, Rules, Setting, SettingBounds, Term,
    Word, WordList, YearHas,
};
use crate::ruleset::timeline::{Strength, Timeline, Version};
use crate::ruleset::titles::Titles;
use crate::value::{Currency, Date, Exact, Per};

/// A rule set under construction.
struct Sheet(Rules);

struct Known<'a>(&'a Rules);

impl Names for Known<'_> {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        let (op, type_) = match *self.0.names.get(name)? {
            Name::Fact(id) => (Op::Fact(id), self.0.input(id)?.kind.type_()),
            Name::Setting(id) => (Op::Setting(id), self.0.settings[id.index()].kind.type_()),
            Name::Term(id) => (Op::Term(id), self.0.terms[id.index()].type_),
            Name::Charge(_) => return None,
        };
        Some(Meaning { op, type_ })
    }

    fn word(&self, words: WordsId, name: &str) -> Option<u8> {
        self.0.words[usize::from(words.0)].by_name(name)
    }

    fn words(&self, words: WordsId) -> Vec<&str> {
        self.0.words[usize::from(words.0)].words.iter().map(|word| &*word.name).collect()
    }

    fn nearest(&self, _: &str) -> Option<String> {
        None
    }

    fn owner_of_word(&self, _: &str) -> Option<String> {
        None
    }

    fn currency(&self) -> Currency {
        self.0.currency
    }

    fn year_has(&self) -> YearHas {
        self.0.year_has
    }
}

impl Sheet {
    fn new() -> Self {
        Self(Rules {
            id: "sheet".into(),
            edition: 1,
            hash: "".into(),
            languages: vec!["en".into()],
            title: Titles::default(),
            currency: Currency::parse("CNY").unwrap(),
            sources: Vec::new(),
            words: Vec::new(),
            inputs: Vec::new(),
            settings: Vec::new(),
            terms: Vec::new(),
            timelines: Vec::new(),
            arena: Arena::default(),
            names: BTreeMap::new(),
            charge_names: Vec::new(),
            not_encoded: Vec::new(),
            year_has: YearHas::default(),
            inputs_by_name: None,
            latches: Vec::new(),
            kept: crate::explain::Kept::default(),
        })
    }

    fn words(&mut self, words: &str) -> WordsId {
        let words = words.split(' ').map(|name| Word { name: name.into(), title: Titles::default() }).collect();
        self.0.words.push(WordList::new(words));
        WordsId(u16::try_from(self.0.words.len() - 1).unwrap())
    }

    fn fact(&mut self, name: &str, kind: Kind) -> InputId {
        self.ranged(name, kind, None, None)
    }

    fn ranged(&mut self, name: &str, kind: Kind, at_least: Option<i64>, at_most: Option<i64>) -> InputId {
        let id = InputId::nth(self.0.inputs.len());
        self.0.inputs.push(Input {
            name: name.into(),
            title: Titles::default(),
            means: None,
            owner: Owner::Member,
            kind,
            at_least: at_least.map(Exact::from_i64),
            at_most: at_most.map(Exact::from_i64),
            unless_given: None,
            term: None,
            span: Span::default(),
        });
        self.0.names.insert(name.into(), Name::Fact(id));
        id
    }

    fn setting(&mut self, name: &str, kind: Kind, bounds: &[(i64, i64)]) {
        let id = SettingId::nth(self.0.settings.len());
        let bounds = bounds.iter().map(|(least, most)| SettingBounds {
            at_least: Some(Exact::from_i64(*least)),
            at_most: Some(Exact::from_i64(*most)),
            default: Datum::Number(Exact::from_i64(*least)),
        });
        let setting = Setting {
            name: name.into(),
            title: Titles::default(),
            kind,
            timeline: TimelineId(0),
            bounds: bounds.collect(),
        };
        self.0.settings.push(setting);
        self.0.names.insert(name.into(), Name::Setting(id));
    }

    /// A term with one alternative whose versions have these formulas.
    fn term(&mut self, name: &str, type_: Type, formulas: Vec<Formula>) -> TermId {
        let id = TermId::nth(self.0.terms.len());
        let timeline = TimelineId::nth(self.0.timelines.len());
        self.0.timelines.push(Timeline { path: name.into(), versions: Vec::new() });
        let bodies = formulas.into_iter().map(|body| {
            Some(Case {
                when: None,
                otherwise: false,
                instead_of: None,
                body,
                made_of: crate::ruleset::InputSet::default(),
            })
        });
        let dated = Dated { timeline, bodies: bodies.collect() };
        let alternative = Alternative { name: None, title: Titles::default(), dated };
        self.0.terms.push(Term {
            name: name.into(),
            title: Titles::default(),
            type_,
            at_least: None,
            at_most: None,
            input: None,
            as_of: None,
            formula: Choice { alternatives: vec![alternative], disjoint: Vec::new() },
            depends_on_day: false,
            made_of: crate::ruleset::InputSet::default(),
        });
        self.0.names.insert(name.into(), Name::Term(id));
        id
    }

    /// The same, with expressions.
    fn derived(&mut self, name: &str, type_: Type, formulas: &[&str]) -> TermId {
        let formulas = formulas.iter().map(|text| Formula::Is(self.compiled(text, type_))).collect();
        self.term(name, type_, formulas)
    }

    fn given_first(&mut self, term: TermId, kind: Kind) {
        let name = self.0.terms[term.index()].name.clone();
        let input = self.fact(&name, kind);
        self.0.inputs[input.index()].term = Some(term);
        self.0.terms[term.index()].input = Some(input);
        self.0.names.insert(name, Name::Term(term));
    }

    fn compiled(&mut self, text: &str, type_: Type) -> ExprId {
        let mut arena = std::mem::take(&mut self.0.arena);
        let syntax = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let compiled = Compiler { arena: &mut arena, names: &Known(&self.0) }.compile(&syntax, type_);
        self.0.arena = arena;
        compiled.unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    fn condition(&mut self, text: &str) -> ExprId {
        self.compiled(text, Type::YesNo)
    }

    /// The verdict on two conditions.
    fn verdict(&mut self, a: &str, b: &str) -> Verdict {
        let (a, b) = (self.condition(a), self.condition(b));
        both_can_apply(&self.0, &[a], &[b])
    }

    /// The example for two conditions, as `name = value`; or `never`, `undecided`.
    fn both(&mut self, a: &str, b: &str) -> String {
        match self.verdict(a, b) {
            Verdict::Never => "never".to_owned(),
            Verdict::Undecided => "undecided".to_owned(),
            Verdict::Both(values) => {
                let shown = values.iter().map(|example| {
                    let type_ = match example.subject {
                        Subject::Input(input) => self.0.input(input).unwrap().kind.type_(),
                        Subject::Setting(setting) => self.0.settings[setting.index()].kind.type_(),
                        Subject::Field(list, field) => self.0.field(list, field).unwrap().kind.type_(),
                    };
                    let value = crate::ruleset::written_value(&self.0, type_, example.value);
                    format!("{} = {value}", example.subject.name(&self.0))
                });
                shown.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn date(text: &str) -> Date {
    match text {
        "long_ago" => Date::LONG_AGO,
        "never" => Date::NEVER,
        text => Date::parse(text).unwrap(),
    }
}

fn version(from: Date, until: Date, issued: Date) -> Version {
    Version {
        from,
        until,
        issued,
        cite: Vec::new(),
        under: false,
        chosen: None,
        attested: Attested::Official,
        strength: Strength::Must,
        repealed: false,
        layer: 0,
        span: Span::default(),
    }
}

/// The facts that most conditions here speak of.
fn sheet() -> Sheet {
    let mut sheet = Sheet::new();
    let category = sheet.words("waged retired student farmer");
    let traits = sheet.words("veteran carer");
    sheet.fact("category", Kind::OneOf(category));
    sheet.fact("traits", Kind::SetOf(traits));
    sheet.fact("member", Kind::YesNo);
    sheet.ranged("base", Kind::Money(Some(Per::Month)), Some(0), None);
    sheet.fact("change", Kind::Number);
    sheet.fact("other", Kind::Number);
    sheet.fact("children", Kind::Count);
    sheet.fact("waiting", Kind::Months);
    let joined = sheet.fact("joined", Kind::Date);
    sheet.0.inputs[joined.index()].unless_given = Some(Assumed::Value(Datum::Date(Date::LONG_AGO)));
    sheet.fact("born", Kind::Date);
    sheet
}
