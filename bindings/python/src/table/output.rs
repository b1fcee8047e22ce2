//! From the answers to Arrow columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Decimal128Array, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rollbook::dues::Status;
use rollbook::value::Exact;

use super::answers::{Answers, Remark};
use super::plan::Amounts;
use super::run::Piece;

/// The columns behind the id, in the order of the command's output.
const TEXTS: [&str; 8] = ["period", "amount", "currency", "status", "rule", "cite", "missing", "findings"];
/// The most digits of an amount in a decimal column.
const DIGITS: u8 = 38;

/// The answers of a table as columns.
pub(super) struct Output {
    pub(super) schema: SchemaRef,
    pub(super) batches: Vec<RecordBatch>,
    /// What the rule set says of itself; findings refer to them by number, from 1.
    pub(super) notes: Vec<String>,
}

/// What stands in every row alike.
pub(super) struct Alike<'a> {
    pub(super) period: &'a str,
    pub(super) currency: &'a str,
}

/// Makes the columns.
///
/// # Errors
/// When an amount has more decimals than the declared scale, or does not fit its column.
pub(super) fn columns(
    input: &Schema,
    id: Option<usize>,
    amounts: Amounts,
    pieces: &[Piece],
    answers: &[Answers],
    alike: &Alike<'_>,
) -> PyResult<Output> {
    let amounts = match amounts {
        Amounts::MinorUnits(scale) => Amounts::MinorUnits(scale),
        // An amount of 0.20 does not fit a table whose money has no decimals.
        Amounts::Decimals(least) => {
            Amounts::Decimals(answers.iter().map(|answers| answers.decimals).max().unwrap_or(0).max(least))
        }
    };
    let schema = schema(input, id, amounts);
    let (mut notes, mut batches) = (Vec::new(), Vec::with_capacity(answers.len()));
    for (piece, answers) in pieces.iter().zip(answers) {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(TEXTS.len().saturating_add(1));
        columns.extend(id.and_then(|id| piece.rows.columns().get(id)).cloned());
        let rows = answers.amounts.len();
        columns.push(coded(vec![Some(0); rows], [Some(alike.period)])?);
        columns.push(amount_column(&answers.amounts, amounts)?);
        let owed = answers.amounts.iter().map(|amount| amount.map(|_| 0));
        columns.push(coded(owed.collect(), [Some(alike.currency)])?);
        columns.push(coded(answers.numbers(|sort| sort.status), Status::ALL.map(|status| Some(status.name())))?);
        for (numbers, texts) in [
            (answers.numbers(|sort| sort.rule), &answers.rule),
            (answers.numbers(|sort| sort.cite), &answers.cite),
            (answers.numbers(|sort| sort.missing), &answers.missing),
        ] {
            columns.push(coded(numbers, texts.values.iter().map(|text| Some(text.as_str())))?);
        }
        columns.push(finding_column(answers, &mut notes)?);
        batches.push(RecordBatch::try_new(Arc::clone(&schema), columns).map_err(|error| refused(&error))?);
    }
    Ok(Output { schema, batches, notes })
}

fn schema(input: &Schema, id: Option<usize>, amounts: Amounts) -> SchemaRef {
    let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = Vec::with_capacity(TEXTS.len().saturating_add(1));
    fields.extend(id.and_then(|id| input.fields().get(id)).map(|field| field.as_ref().clone().with_name("id")));
    for name in TEXTS {
        fields.push(match (name, amounts) {
            ("amount", Amounts::MinorUnits(scale)) => Field::new(name, DataType::Int64, true)
                .with_metadata(HashMap::from([("rollbook.scale".to_owned(), scale.to_string())])),
            ("amount", Amounts::Decimals(places)) => {
                let places = i8::try_from(places).unwrap_or(i8::MAX);
                Field::new(name, DataType::Decimal128(DIGITS, places), true)
            }
            _ => Field::new(name, coded.clone(), true),
        });
    }
    Arc::new(Schema::new(fields))
}

fn amount_column(amounts: &[Option<Exact>], kind: Amounts) -> PyResult<ArrayRef> {
    let (Amounts::MinorUnits(scale) | Amounts::Decimals(scale)) = kind;
    let units = |amount: Exact| {
        amount.minor_units(scale).ok_or_else(|| {
            let needed = (scale..=u32::from(DIGITS)).find(|places| amount.minor_units(*places).is_some());
            PyValueError::new_err(match needed {
                Some(places) => format!("an amount has {places} decimals; give scale={places} and all money in it"),
                None => "an amount is too large for its column".to_owned(),
            })
        })
    };
    let units = amounts.iter().map(|amount| amount.map(units).transpose());
    Ok(match kind {
        Amounts::MinorUnits(_) => Arc::new(units.collect::<PyResult<Int64Array>>()?),
        Amounts::Decimals(places) => {
            let units = units.map(|units| Ok(units?.map(i128::from)));
            let column = units.collect::<PyResult<Decimal128Array>>()?;
            let places = i8::try_from(places).unwrap_or(i8::MAX);
            Arc::new(column.with_precision_and_scale(DIGITS, places).map_err(|error| refused(&error))?)
        }
    })
}

/// The findings of some rows; remarks are numbered over the whole table, as rows meet them.
fn finding_column(answers: &Answers, all: &mut Vec<String>) -> PyResult<ArrayRef> {
    let numbers: Vec<usize> = answers
        .notes
        .iter()
        .map(|note| {
            let known = all.iter().position(|known| known == note);
            let at = known.unwrap_or_else(|| {
                all.push(note.clone());
                all.len().saturating_sub(1)
            });
            at.saturating_add(1)
        })
        .collect();
    let texts: Vec<String> = answers
        .findings
        .values
        .iter()
        .map(|remarks| {
            let texts = remarks.iter().map(|remark| match remark {
                Remark::Said(text) => text.clone(),
                Remark::Note(at) => format!("not_encoded: see note {}", numbers.get(*at).copied().unwrap_or_default()),
            });
            texts.collect::<Vec<_>>().join(" | ")
        })
        .collect();
    coded(answers.numbers(|sort| sort.findings), texts.iter().map(|text| Some(text.as_str())))
}

fn coded<'t>(keys: Vec<Option<i32>>, values: impl IntoIterator<Item = Option<&'t str>>) -> PyResult<ArrayRef> {
    let keys = Int32Array::from(keys);
    let values: StringArray = values.into_iter().collect();
    let column = DictionaryArray::<Int32Type>::try_new(keys, Arc::new(values));
    Ok(Arc::new(column.map_err(|error| refused(&error))?))
}

fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
