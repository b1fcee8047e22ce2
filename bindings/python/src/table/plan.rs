//! Which column of a table tells which fact, decided before any row is read.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema};
use pyo3::exceptions::{PyUserWarning, PyValueError};
use pyo3::prelude::*;
use rollbook::facade::Error;
use rollbook::ruleset::{Facts, InputId, Kind, Owner, Rules};
use rollbook_cli::names::{ID_HEADINGS, Meaning, Names};

use super::cells::{Carries, Cells, needs_scale};
use crate::error::raised;

/// Which column tells which fact.
#[derive(Debug)]
pub(super) struct Plan {
    /// The column of ids, which is passed on as it is.
    pub(super) id: Option<usize>,
    pub(super) facts: Vec<Column>,
    /// Columns that are neither facts nor ids, by their headings.
    pub(super) ignored: Vec<String>,
    /// How the amounts come out.
    pub(super) amounts: Amounts,
}

/// A column that tells a fact.
#[derive(Debug)]
pub(super) struct Column {
    at: usize,
    input: InputId,
    /// That of its whole numbers.
    scale: u32,
}

/// The type of the amounts: that of the money that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amounts {
    /// Whole minor units of `10^-scale`.
    MinorUnits(u32),
    /// Decimal numbers with at least so many decimals.
    Decimals(u32),
}

impl Plan {
    /// Reads the headings and the types of the columns.
    pub(super) fn of(
        py: Python<'_>,
        schema: &Schema,
        rules: &Rules,
        owner: Owner,
        scale: Option<u32>,
    ) -> PyResult<Self> {
        let names = Names::new(rules, owner);
        let mut plan = Self { id: None, facts: Vec::new(), ignored: Vec::new(), amounts: Amounts::Decimals(0) };
        let mut told: HashMap<InputId, &str> = HashMap::new();
        let mut whole: Option<&str> = None;
        let mut decimal: Option<(&str, u32)> = None;
        for (at, field) in schema.fields().iter().enumerate() {
            let heading = field.name().as_str();
            if ID_HEADINGS.contains(&heading.trim()) {
                if plan.id.replace(at).is_some() {
                    return Err(PyValueError::new_err("two columns are called id"));
                }
                continue;
            }
            let Meaning::Value(input) = names.meaning(heading.trim()) else {
                plan.ignored.push(heading.to_owned());
                warn_of_a_slip(py, heading, &names)?;
                continue;
            };
            let Some(declared) = rules.input(input) else { continue };
            if let Some(earlier) = told.insert(input, heading) {
                return Err(PyValueError::new_err(format!("columns `{earlier}` and `{heading}` tell the same fact")));
            }
            let is_money = matches!(declared.kind, Kind::Money(_));
            let carries = fitting(field.data_type(), &declared.kind);
            let wrong = |wanted: &str| {
                let given = format!("a column of {}", field.data_type());
                raised(py, &Error::wrong_type(heading, &given, wanted))
            };
            match carries.ok_or_else(|| wrong(wanted(&declared.kind)))? {
                Carries::Whole if needs_scale(&declared.kind) => {
                    if scale.is_none() {
                        return Err(wrong("scale=2 to say that it holds hundredths, scale=0 for whole units"));
                    }
                    if is_money {
                        whole = Some(heading);
                    }
                }
                Carries::Decimals(places) if is_money => {
                    let most = decimal.map_or(places, |(_, most)| most.max(places));
                    decimal = Some((heading, most));
                }
                _ => {}
            }
            let scale = scale.filter(|_| needs_scale(&declared.kind)).unwrap_or(0);
            plan.facts.push(Column { at, input, scale });
        }
        plan.amounts = match (whole, decimal) {
            (Some(whole), Some((decimal, _))) => {
                let both = format!("money is whole in column `{whole}` and decimal in `{decimal}`; give both alike");
                return Err(PyValueError::new_err(both));
            }
            (Some(_), None) => Amounts::MinorUnits(scale.unwrap_or(0)),
            (None, decimal) => Amounts::Decimals(decimal.map_or(0, |(_, places)| places)),
        };
        Ok(plan)
    }

    /// The cells of some rows.
    pub(super) fn cells(&self, batch: &RecordBatch, rules: &Rules) -> Vec<(InputId, Cells)> {
        let cells = self.facts.iter().filter_map(|column| {
            let array = batch.columns().get(column.at)?;
            Some((column.input, Cells::of(array, column.scale, rules, column.input)?))
        });
        cells.collect()
    }
}

/// Tells the facts of a row.
pub(super) fn tell(cells: &[(InputId, Cells)], row: usize, rules: &Rules, facts: &mut Facts) {
    facts.clear();
    for (input, cells) in cells {
        cells.tell(row, rules, *input, facts);
    }
}

/// What a column of a type carries, if a fact of a kind can take it.
fn fitting(data_type: &DataType, kind: &Kind) -> Option<Carries> {
    let carries = Carries::of(data_type)?;
    let numeric = matches!(kind, Kind::Count | Kind::Number | Kind::Share | Kind::Money(_) | Kind::Days | Kind::Months);
    let fits = match carries {
        Carries::Nothing | Carries::Texts => true,
        Carries::YesNo => *kind == Kind::YesNo,
        Carries::Whole | Carries::Decimals(_) => numeric,
        Carries::Days => *kind == Kind::Date,
    };
    fits.then_some(carries)
}

/// What a column of a kind may be.
fn wanted(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "Boolean or text",
        Kind::Money(_) | Kind::Share => "Decimal128, Int64 with scale=…, or text",
        Kind::Number | Kind::Count | Kind::Days | Kind::Months => "Decimal128, Int64 or text",
        Kind::Date => "Date32 or text",
        _ => "text",
    }
}

/// A heading that looks like that of a fact is said aloud: nobody leaves out the base on purpose.
fn warn_of_a_slip(py: Python<'_>, heading: &str, names: &Names<'_>) -> PyResult<()> {
    let Some(near) = names.near(heading.trim()) else { return Ok(()) };
    let text = format!(
        "column `{heading}` is neither the name nor the title of a fact and is left out; the nearest is {near}"
    );
    let text = std::ffi::CString::new(text.replace('\0', " "))?;
    PyErr::warn(py, &py.get_type::<PyUserWarning>(), &text, 1)
}
