//! What a form or a roster must hold.

use std::collections::HashMap;

use rollbook::facade;

use crate::error::signed;
use crate::named::{Exact, Kind, Owner, Per};

/// A fact that a rule set reads, with everything that a field of a form needs.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Fact {
    /// Its name, under which its value is given.
    pub name: String,
    /// What people call it, by language of the rule set: the label of a field, the heading of a column.
    pub titles: HashMap<String, String>,
    /// What it means, in a sentence, by language; empty where the rule set does not say.
    pub means: HashMap<String, String>,
    /// Whether it belongs to a member or an organisation.
    pub owner: Owner,
    /// What its values are.
    pub kind: Kind,
    /// The words of a choice, in the order of the rule set.
    pub words: Vec<Word>,
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// The currency of money, by its three letters.
    pub currency: Option<String>,
    /// The length of time that money is for; none for money paid once, and for all other kinds.
    pub per: Option<Per>,
    /// The most decimals that a value can have: 0 for counts, days and months; none where any number of them is read.
    pub decimals: Option<i32>,
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
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What people call it, by language of the rule set.
    pub titles: HashMap<String, String>,
    /// What its values are; no list.
    pub kind: Kind,
    /// The words of a choice, in the order of the rule set.
    pub words: Vec<Word>,
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// The currency of money, by its three letters.
    pub currency: Option<String>,
    /// The length of time that money is for.
    pub per: Option<Per>,
    /// The most decimals that a value can have; none where any number of them is read.
    pub decimals: Option<i32>,
    /// What holds for a record without it, as a value is written.
    pub unless_given: Option<String>,
}

/// A word of a choice.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Word {
    /// Its name, as it is given.
    pub name: String,
    /// What people call it, by language of the rule set.
    pub titles: HashMap<String, String>,
}

impl From<facade::Fact> for Fact {
    fn from(fact: facade::Fact) -> Self {
        let facade::Fact {
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
        Self {
            name,
            titles: titles.into_iter().collect(),
            means: means.into_iter().collect(),
            owner: owner.into(),
            kind: kind.into(),
            words: words.into_iter().map(Word::from).collect(),
            at_least: at_least.map(Exact),
            at_most: at_most.map(Exact),
            currency,
            per: per.map(Per::from),
            decimals: decimals.map(signed),
            unless_given,
            derived,
            read_by,
            fields: fields.into_iter().map(Field::from).collect(),
        }
    }
}

impl From<facade::Field> for Field {
    fn from(field: facade::Field) -> Self {
        let facade::Field { name, titles, kind, words, at_least, at_most, currency, per, decimals, unless_given } =
            field;
        Self {
            name,
            titles: titles.into_iter().collect(),
            kind: kind.into(),
            words: words.into_iter().map(Word::from).collect(),
            at_least: at_least.map(Exact),
            at_most: at_most.map(Exact),
            currency,
            per: per.map(Per::from),
            decimals: decimals.map(signed),
            unless_given,
        }
    }
}

impl From<facade::Word> for Word {
    fn from(facade::Word { name, titles }: facade::Word) -> Self {
        Self { name, titles: titles.into_iter().collect() }
    }
}
