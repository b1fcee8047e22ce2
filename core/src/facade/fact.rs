//! What a form or a roster must hold: the facts that a rule set reads, each with everything that a field needs.

use std::collections::BTreeMap;

use crate::dues::Charges;
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::read::term_roots;
use crate::ruleset::{self, Assumed, Datum, ExprId, InputId, Owner, Rules, Titles, order, written_value};
use crate::value::Per;

/// A fact that a rule set reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name, under which its value is given.
    pub name: String,
    /// What people call it, by language of the rule set: the label of a field, the heading of a column.
    pub titles: BTreeMap<String, String>,
    /// What it means, in a sentence, by language; empty where the rule set does not say.
    pub means: BTreeMap<String, String>,
    /// Whether it belongs to a member or an organisation.
    pub owner: Owner,
    /// What its values are.
    pub kind: Kind,
    /// The words of `one_of` and `set_of`, in the order of the rule set.
    pub words: Vec<Word>,
    /// The least value: an exact number.
    pub at_least: Option<String>,
    /// The greatest value: an exact number.
    pub at_most: Option<String>,
    /// The currency of money, by its three letters.
    pub currency: Option<String>,
    /// The length of time that money is for; none for money paid once, and for all other kinds.
    pub per: Option<Per>,
    /// The most decimals that a value can have: 0 for counts, days and months; none where any number of them is read.
    pub decimals: Option<u32>,
    /// What holds when it is not given, as a value is written; none where it is then unknown. `[]` is a list without
    /// records.
    pub unless_given: Option<String>,
    /// Whether it stands in for a value that the rules can also work out from other facts.
    pub derived: bool,
    /// The charges that can read it.
    pub read_by: Vec<String>,
    /// The fields of the records of a list.
    pub fields: Vec<Field>,
}

/// A field of the records of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What people call it, by language of the rule set.
    pub titles: BTreeMap<String, String>,
    /// What its values are; no list.
    pub kind: Kind,
    /// The words of `one_of` and `set_of`, in the order of the rule set.
    pub words: Vec<Word>,
    /// The least value: an exact number.
    pub at_least: Option<String>,
    /// The greatest value: an exact number.
    pub at_most: Option<String>,
    /// The currency of money, by its three letters.
    pub currency: Option<String>,
    /// The length of time that money is for.
    pub per: Option<Per>,
    /// The most decimals that a value can have; none where any number of them is read.
    pub decimals: Option<u32>,
    /// What holds for a record without it, as a value is written.
    pub unless_given: Option<String>,
}

/// A word of a `one_of` or `set_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its name, as it is given.
    pub name: String,
    /// What people call it, by language of the rule set.
    pub titles: BTreeMap<String, String>,
}

/// What values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One of the words.
    OneOf,
    /// Some of the words.
    SetOf,
    /// A whole number, not below 0.
    Count,
    /// A number.
    Number,
    /// A share, such as 5%.
    Share,
    /// An amount of money.
    Money,
    /// A day.
    Date,
    /// A calendar month.
    Month,
    /// A number of days.
    Days,
    /// A number of months.
    Months,
    /// A text: shown, never decided upon.
    Text,
    /// A member, by id.
    Member,
    /// An organisation, by id.
    Organisation,
    /// Records.
    List,
    /// A mode and unit of rounding.
    Rounding,
}

impl Kind {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 16] = [
        Self::YesNo,
        Self::OneOf,
        Self::SetOf,
        Self::Count,
        Self::Number,
        Self::Share,
        Self::Money,
        Self::Date,
        Self::Month,
        Self::Days,
        Self::Months,
        Self::Text,
        Self::Member,
        Self::Organisation,
        Self::List,
        Self::Rounding,
    ];

    /// As written in a rule set.
    pub fn name(self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::OneOf => "one_of",
            Self::SetOf => "set_of",
            Self::Count => "count",
            Self::Number => "number",
            Self::Share => "share",
            Self::Money => "money",
            Self::Date => "date",
            Self::Month => "month",
            Self::Days => "days",
            Self::Months => "months",
            Self::Text => "text",
            Self::Member => "member",
            Self::Organisation => "organisation",
            Self::List => "list",
            Self::Rounding => "rounding",
        }
    }

    fn of(kind: &ruleset::Kind) -> Self {
        match kind {
            ruleset::Kind::YesNo => Self::YesNo,
            ruleset::Kind::OneOf(_) => Self::OneOf,
            ruleset::Kind::SetOf(_) => Self::SetOf,
            ruleset::Kind::Count => Self::Count,
            ruleset::Kind::Number => Self::Number,
            ruleset::Kind::Share => Self::Share,
            ruleset::Kind::Money(_) => Self::Money,
            ruleset::Kind::Date => Self::Date,
            ruleset::Kind::Month => Self::Month,
            ruleset::Kind::Days => Self::Days,
            ruleset::Kind::Months => Self::Months,
            ruleset::Kind::Text => Self::Text,
            ruleset::Kind::Member => Self::Member,
            ruleset::Kind::Organisation => Self::Organisation,
            ruleset::Kind::List(_) => Self::List,
            ruleset::Kind::Rounding => Self::Rounding,
        }
    }
}

/// All facts of a rule set, in its order.
pub(super) fn all(rules: &Rules, charges: &Charges) -> Vec<Fact> {
    let read = read_by(rules, charges);
    let plain = |(at, input): (usize, &ruleset::Input)| {
        let ruleset::Input { name, title, means, owner, kind, at_least, at_most, unless_given, term, span: _ } = input;
        let readers = read.iter().zip(&charges.charges).filter(|(inputs, _)| inputs.get(at) == Some(&true));
        let fields = match kind {
            ruleset::Kind::List(fields) => fields.iter().map(|field| field_of(rules, field)).collect(),
            _ => Vec::new(),
        };
        Fact {
            name: name.to_string(),
            titles: titles(rules, title, name),
            means: means.as_ref().map(|means| titles(rules, means, "")).unwrap_or_default(),
            owner: *owner,
            kind: Kind::of(kind),
            words: words(rules, kind),
            at_least: at_least.map(|least| least.to_string()),
            at_most: at_most.map(|most| most.to_string()),
            currency: currency(rules, kind),
            per: per(kind),
            decimals: decimals(kind),
            unless_given: unless_given.map(|assumed| match assumed {
                Assumed::Value(value) => written_value(rules, kind.type_(), value),
                Assumed::EmptyList => "[]".to_owned(),
            }),
            derived: term.is_some(),
            read_by: readers.map(|(_, charge)| charge.name.to_string()).collect(),
            fields,
        }
    };
    rules.inputs.iter().enumerate().map(plain).collect()
}

fn field_of(rules: &Rules, field: &ruleset::Field) -> Field {
    let ruleset::Field { name, title, kind, at_least, at_most, unless_given } = field;
    Field {
        name: name.to_string(),
        titles: titles(rules, title, name),
        kind: Kind::of(kind),
        words: words(rules, kind),
        at_least: at_least.map(|least| least.to_string()),
        at_most: at_most.map(|most| most.to_string()),
        currency: currency(rules, kind),
        per: per(kind),
        decimals: decimals(kind),
        unless_given: unless_given.map(|value: Datum| written_value(rules, kind.type_(), value)),
    }
}

/// A title in every language of the rule set; the name with spaces, where there is none at all.
pub(super) fn titles(rules: &Rules, titles: &Titles, name: &str) -> BTreeMap<String, String> {
    let title = |language: &str| titles.get(language).map_or_else(|| ruleset::spaced(name), str::to_owned);
    order::map(rules.languages.iter().map(|language| (language.to_string(), title(language))))
}

fn words(rules: &Rules, kind: &ruleset::Kind) -> Vec<Word> {
    let (ruleset::Kind::OneOf(list) | ruleset::Kind::SetOf(list)) = kind else { return Vec::new() };
    let Some(list) = rules.words.get(usize::from(list.0)) else { return Vec::new() };
    let word = |word: &ruleset::Word| {
        let ruleset::Word { name, title } = word;
        Word { name: name.to_string(), titles: titles(rules, title, name) }
    };
    list.words.iter().map(word).collect()
}

fn currency(rules: &Rules, kind: &ruleset::Kind) -> Option<String> {
    matches!(kind, ruleset::Kind::Money(_)).then(|| rules.currency.to_string())
}

fn per(kind: &ruleset::Kind) -> Option<Per> {
    match kind.type_() {
        Type::Money(per) => per,
        _ => None,
    }
}

fn decimals(kind: &ruleset::Kind) -> Option<u32> {
    matches!(kind, ruleset::Kind::Count | ruleset::Kind::Days | ruleset::Kind::Months).then_some(0)
}

/// For each charge, which inputs it can read, in whatever version: through terms and other charges too.
fn read_by(rules: &Rules, charges: &Charges) -> Vec<Vec<bool>> {
    charges.charges.iter().map(|charge| Reach::of(rules, charges, charge)).collect()
}

struct Reach {
    inputs: Vec<bool>,
    terms: Vec<bool>,
    charges: Vec<bool>,
    open: Vec<ExprId>,
}

impl Reach {
    fn of(rules: &Rules, charges: &Charges, charge: &crate::dues::Charge) -> Vec<bool> {
        let mut reach = Self {
            inputs: vec![false; rules.inputs.len()],
            terms: vec![false; rules.terms.len()],
            charges: vec![false; charges.charges.len()],
            open: Vec::new(),
        };
        reach.begin(charge);
        while let Some(root) = reach.open.pop() {
            let mut met = Vec::new();
            rules.arena.walk(root, &mut |_, node| met.push(node.op));
            for op in met {
                reach.read(rules, charges, op);
            }
        }
        reach.inputs
    }

    fn begin(&mut self, charge: &crate::dues::Charge) {
        self.open.extend(charge.roots());
        if let Some(each) = charge.each {
            self.input(each.list);
        }
    }

    fn input(&mut self, input: InputId) {
        if let Some(read) = self.inputs.get_mut(input.index()) {
            *read = true;
        }
    }

    fn read(&mut self, rules: &Rules, charges: &Charges, op: Op) {
        match op {
            Op::Fact(input) | Op::Field(input, _) | Op::Since(input) | Op::Average(input, _) => {
                self.input(input);
                // A term that the host may give is read by its formula where it is not given.
                if let Some(term) = rules.input(input).and_then(|input| input.term) {
                    self.read(rules, charges, Op::Term(term));
                }
            }
            Op::Term(id) => {
                let Some(term) = rules.terms.get(id.index()) else { return };
                if let Some(seen) = self.terms.get_mut(id.index())
                    && !std::mem::replace(seen, true)
                {
                    self.open.extend(term_roots(term));
                    if let Some(input) = term.input {
                        self.input(input);
                    }
                }
            }
            Op::Charge(id) => {
                if let Some(seen) = self.charges.get_mut(id.index())
                    && !std::mem::replace(seen, true)
                    && let Some(charge) = charges.charges.get(id.index())
                {
                    self.begin(charge);
                }
            }
            _ => {}
        }
    }
}

/// The facts as a JSON list of objects with the names of their fields; what is empty or absent is left out.
///
/// As [`RuleSet::facts_json`](super::RuleSet::facts_json) writes all of a rule set.
pub fn to_json(facts: &[Fact]) -> String {
    let mut json = JsonWriter::default();
    json.array(|json| {
        for fact in facts {
            json.object(|json| write_fact(json, fact));
        }
    });
    json.finish()
}

fn write_fact(json: &mut JsonWriter, fact: &Fact) {
    let Fact {
        name,
        titles,
        means,
        owner,
        kind,
        words,
        at_least,
        at_most,
        currency,
        per,
        decimals,
        unless_given,
        derived,
        read_by,
        fields,
    } = fact;
    json.key("name").string(name);
    write_texts(json, "titles", titles);
    write_texts(json, "means", means);
    json.key("owner").string(match owner {
        Owner::Member => "member",
        Owner::Organisation => "organisation",
    });
    write_values(json, *kind, words, [("at_least", at_least), ("at_most", at_most), ("currency", currency)]);
    write_rest(json, *per, *decimals, unless_given.as_deref());
    json.key("derived").yes_no(*derived);
    json.key("read_by").array(|json| read_by.iter().for_each(|charge| json.string(charge)));
    if !fields.is_empty() {
        json.key("fields").array(|json| {
            for field in fields {
                let Field { name, titles, kind, words, at_least, at_most, currency, per, decimals, unless_given } =
                    field;
                json.object(|json| {
                    json.key("name").string(name);
                    write_texts(json, "titles", titles);
                    let texts = [("at_least", at_least), ("at_most", at_most), ("currency", currency)];
                    write_values(json, *kind, words, texts);
                    write_rest(json, *per, *decimals, unless_given.as_deref());
                });
            }
        });
    }
}

fn write_values(json: &mut JsonWriter, kind: Kind, words: &[Word], texts: [(&str, &Option<String>); 3]) {
    json.key("kind").string(kind.name());
    if !words.is_empty() {
        json.key("words").array(|json| {
            for Word { name, titles } in words {
                json.object(|json| {
                    json.key("name").string(name);
                    write_texts(json, "titles", titles);
                });
            }
        });
    }
    for (key, text) in texts {
        if let Some(text) = text {
            json.key(key).string(text);
        }
    }
}

fn write_rest(json: &mut JsonWriter, per: Option<Per>, decimals: Option<u32>, unless_given: Option<&str>) {
    if let Some(per) = per {
        json.key("per").string(per.name());
    }
    if let Some(decimals) = decimals {
        json.key("decimals").whole(u64::from(decimals));
    }
    if let Some(text) = unless_given {
        json.key("unless_given").string(text);
    }
}

/// Texts by language or name; no key where there are none.
pub(super) fn write_texts(json: &mut JsonWriter, key: &str, texts: &BTreeMap<String, String>) {
    if texts.is_empty() {
        return;
    }
    json.key(key).object(|json| {
        for (language, text) in texts {
            json.key(language).string(text);
        }
    });
}
