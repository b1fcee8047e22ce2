//! The facts of a rule set as records of Python, and what each of them takes.

use pyo3::prelude::*;
use rollbook::facade::{Fact, Field, Kind, Word};
use rollbook::ruleset::Owner;
use rollbook::value::Per;

use crate::plain::{Object, exact, maybe, texts, tuple, word};
use crate::python::{Classes, Records};
use crate::value::{Names, Wanted};

/// What may be passed under each name.
pub(crate) fn names(facts: &[Fact]) -> Names {
    let mut names = Names::new();
    for fact in facts {
        for field in &fact.fields {
            names.insert(format!("{}.{}", fact.name, field.name), wanted(field.kind));
        }
        names.insert(fact.name.clone(), wanted(fact.kind));
    }
    names
}

fn wanted(kind: Kind) -> Wanted {
    match kind {
        Kind::YesNo => Wanted::YesNo,
        Kind::Count | Kind::Number | Kind::Share | Kind::Money | Kind::Days | Kind::Months => Wanted::Number,
        Kind::Date => Wanted::Date,
        Kind::SetOf => Wanted::Words,
        Kind::List => Wanted::Records,
        Kind::OneOf | Kind::Month | Kind::Text | Kind::Member | Kind::Organisation | Kind::Rounding => Wanted::Text,
    }
}

/// The facts as records.
pub(crate) fn records<'py>(py: Python<'py>, facts: &[Fact]) -> PyResult<Object<'py>> {
    tuple(py, facts, |fact| record(py, fact))
}

fn record<'py>(py: Python<'py>, fact: &Fact) -> PyResult<Object<'py>> {
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
    let classes = Classes::get(py)?;
    let owner = match owner {
        Owner::Member => "member",
        Owner::Organisation => "organisation",
    };
    let values = [
        name.into_pyobject(py)?.into_any(),
        texts(py, titles)?,
        texts(py, means)?,
        word(py, &classes.words.owner, owner)?,
        word(py, &classes.words.kind, kind.name())?,
        tuple(py, words, |word| word_of(py, word))?,
        maybe(py, at_least.as_deref(), exact)?,
        maybe(py, at_most.as_deref(), exact)?,
        currency.as_deref().into_pyobject(py)?.into_any(),
        maybe(py, per.as_ref(), |py, per: &Per| word(py, &classes.words.per, per.name()))?,
        decimals.into_pyobject(py)?.into_any(),
        unless_given.as_deref().into_pyobject(py)?.into_any(),
        derived.into_pyobject(py)?.to_owned().into_any(),
        tuple(py, read_by, |charge| Ok(charge.into_pyobject(py)?.into_any()))?,
        tuple(py, fields, |field| field_of(py, field))?,
    ];
    Records::get(py)?.fact.bind(py).call1(pyo3::types::PyTuple::new(py, values)?)
}

fn field_of<'py>(py: Python<'py>, field: &Field) -> PyResult<Object<'py>> {
    let Field { name, titles, kind, words, at_least, at_most, currency, per, decimals, unless_given } = field;
    let classes = Classes::get(py)?;
    Records::get(py)?.field.bind(py).call1((
        name,
        texts(py, titles)?,
        word(py, &classes.words.kind, kind.name())?,
        tuple(py, words, |word| word_of(py, word))?,
        maybe(py, at_least.as_deref(), exact)?,
        maybe(py, at_most.as_deref(), exact)?,
        currency.as_deref(),
        maybe(py, per.as_ref(), |py, per: &Per| word(py, &classes.words.per, per.name()))?,
        decimals,
        unless_given.as_deref(),
    ))
}

fn word_of<'py>(py: Python<'py>, Word { name, titles }: &Word) -> PyResult<Object<'py>> {
    Records::get(py)?.word.bind(py).call1((name, texts(py, titles)?))
}
