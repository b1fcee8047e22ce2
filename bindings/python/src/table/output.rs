//! From the answers to Arrow columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, Decimal128Array, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rollbook::dues::Status;
use rollbook::ruleset::Attested;
use rollbook::value::Exact;

use super::answers::{Answers, Remark};
use super::plan::Amounts;
use super::run::Piece;

/// The columns behind the id, in the order of the command's output.
const COLUMNS: [&str; 9] = ["period", "amount", "currency", "status", "rule", "cite", "missing", "findings", ATTESTED];
/// The one that is there when it is asked for.
const ATTESTED: &str = "attested";
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
    /// Whether the table says how well each amount is attested.
    pub(super) attested: bool,
}

/// The columns of some rows, as the thread makes them that answered.
pub(super) struct Columns {
    amounts: Units,
    /// Status, rule, clauses and missing facts.
    texts: [ArrayRef; 4],
    /// For each row the number of its findings.
    findings: Int32Array,
    remarks: Vec<Vec<Remark>>,
    notes: Vec<String>,
    attested: ArrayRef,
}

/// Amounts in whole units of `10^-scale`.
enum Units {
    Whole(Int64Array),
    Decimal(Vec<Option<i128>>, u32),
}

impl Columns {
    /// The columns of some answers.
    ///
    /// # Errors
    /// When an amount has more decimals than the declared scale.
    pub(super) fn of(answers: Answers, kind: Amounts) -> PyResult<Self> {
        let text = |numbers: Int32Array, texts: &[String]| coded(numbers, texts.iter().map(String::as_str));
        let texts = [
            coded(answers.numbers(|sort| sort.status), Status::ALL.map(Status::name))?,
            text(answers.numbers(|sort| sort.rule), &answers.rule.values)?,
            text(answers.numbers(|sort| sort.cite), &answers.cite.values)?,
            text(answers.numbers(|sort| sort.missing), &answers.missing.values)?,
        ];
        let findings = answers.numbers(|sort| sort.findings);
        let attested = coded(answers.numbers(|sort| sort.attested), Attested::ALL.map(Attested::name))?;
        let amounts = answers.amounts.iter();
        let amounts = match kind {
            Amounts::MinorUnits(scale) => Units::Whole(
                amounts.map(|amount| amount.map(|amount| units(amount, scale)).transpose()).collect::<PyResult<_>>()?,
            ),
            Amounts::Decimals(least) => {
                // An amount of 0.20 does not fit a table whose money has no decimals.
                let scale = least.max(answers.decimals);
                let units = amounts.map(|amount| amount.map(|amount| units(amount, scale).map(i128::from)).transpose());
                Units::Decimal(units.collect::<PyResult<_>>()?, scale)
            }
        };
        Ok(Self { amounts, texts, findings, remarks: answers.findings.values, notes: answers.notes, attested })
    }

    /// How many rows they are.
    pub(super) fn rows(&self) -> usize {
        self.findings.len()
    }

    fn amounts(amounts: Units, places: u32) -> PyResult<ArrayRef> {
        match amounts {
            Units::Whole(units) => Ok(Arc::new(units)),
            Units::Decimal(units, scale) => {
                let too_large = || PyValueError::new_err("an amount is too large for its column");
                let more = 10_i128.checked_pow(places.saturating_sub(scale)).ok_or_else(too_large)?;
                let units =
                    units.into_iter().map(|units| units.map(|units| units.checked_mul(more).ok_or_else(too_large)));
                let column = units.map(Option::transpose).collect::<PyResult<Decimal128Array>>()?;
                let places = i8::try_from(places).unwrap_or(i8::MAX);
                Ok(Arc::new(column.with_precision_and_scale(DIGITS, places).map_err(|error| refused(&error))?))
            }
        }
    }
}

/// An amount in whole units.
fn units(amount: Exact, scale: u32) -> PyResult<i64> {
    amount.minor_units(scale).ok_or_else(|| {
        let needed = (scale..=u32::from(DIGITS)).find(|places| amount.minor_units(*places).is_some());
        PyValueError::new_err(match needed {
            Some(places) => format!("an amount has {places} decimals; give scale={places} and all money in it"),
            None => "an amount is too large for its column".to_owned(),
        })
    })
}

/// Puts the columns of all pieces together.
///
/// # Errors
/// When an amount does not fit its column.
pub(super) fn columns(
    input: &Schema,
    id: Option<usize>,
    amounts: Amounts,
    pieces: &[Piece],
    answered: Vec<Columns>,
    alike: &Alike<'_>,
) -> PyResult<Output> {
    let scale = answered.iter().map(|columns| match columns.amounts {
        Units::Whole(_) => 0,
        Units::Decimal(_, scale) => scale,
    });
    let amounts = match amounts {
        Amounts::MinorUnits(scale) => Amounts::MinorUnits(scale),
        Amounts::Decimals(least) => Amounts::Decimals(scale.max().unwrap_or(least)),
    };
    let (Amounts::MinorUnits(places) | Amounts::Decimals(places)) = amounts;
    let schema = schema(input, id, amounts, alike.attested);
    let (mut notes, mut batches) = (Vec::new(), Vec::with_capacity(answered.len()));
    let longest = answered.iter().map(Columns::rows).max().unwrap_or(0);
    let all_alike = ScalarBuffer::from(vec![0_i32; longest]);
    for (piece, answered) in pieces.iter().zip(answered) {
        let rows = answered.rows();
        let findings = finding_column(&answered, &mut notes)?;
        let amounts = Columns::amounts(answered.amounts, places)?;
        let first = |nulls: Option<NullBuffer>| Int32Array::new(all_alike.slice(0, rows), nulls);
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(COLUMNS.len().saturating_add(1));
        columns.extend(id.and_then(|id| piece.rows.columns().get(id)).cloned());
        columns.push(coded(first(None), [alike.period])?);
        let owed = first(amounts.nulls().cloned());
        columns.push(amounts);
        columns.push(coded(owed, [alike.currency])?);
        columns.extend(answered.texts);
        columns.push(findings);
        columns.extend(alike.attested.then_some(answered.attested));
        batches.push(RecordBatch::try_new(Arc::clone(&schema), columns).map_err(|error| refused(&error))?);
    }
    Ok(Output { schema, batches, notes })
}

fn schema(input: &Schema, id: Option<usize>, amounts: Amounts, attested: bool) -> SchemaRef {
    let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = Vec::with_capacity(COLUMNS.len().saturating_add(1));
    fields.extend(id.and_then(|id| input.fields().get(id)).map(|field| field.as_ref().clone().with_name("id")));
    for name in COLUMNS.into_iter().filter(|name| attested || *name != ATTESTED) {
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

/// The findings of some rows; remarks are numbered over the whole table, as rows meet them.
fn finding_column(answered: &Columns, all: &mut Vec<String>) -> PyResult<ArrayRef> {
    let numbers: Vec<usize> = answered
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
    let texts: Vec<String> = answered
        .remarks
        .iter()
        .map(|remarks| {
            let texts = remarks.iter().map(|remark| match remark {
                Remark::Said(text) => text.clone(),
                Remark::Note(at) => format!("not_encoded: see note {}", numbers.get(*at).copied().unwrap_or_default()),
            });
            texts.collect::<Vec<_>>().join(" | ")
        })
        .collect();
    coded(answered.findings.clone(), texts.iter().map(String::as_str))
}

fn coded<'t>(numbers: Int32Array, values: impl IntoIterator<Item = &'t str>) -> PyResult<ArrayRef> {
    let values: StringArray = values.into_iter().map(Some).collect();
    let column = DictionaryArray::<Int32Type>::try_new(numbers, Arc::new(values));
    Ok(Arc::new(column.map_err(|error| refused(&error))?))
}

fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
