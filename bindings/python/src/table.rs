//! Whole tables: one answer a row, in columns.

mod answers;
mod cells;
mod input;
mod output;
mod plan;
mod run;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Decimal128Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::{DataType, SchemaRef};
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use rollbook::facade::{self, Answered, Request};
use rollbook::ruleset::{Owner, Workspace};
use rollbook::value::Exact;
use rollbook_cli::names::{ID_HEADINGS, Meaning, Names};

use self::answers::Wording;
use self::input::Input;
use self::output::{Alike, columns};
use self::plan::{Plan, tell};
use self::run::{Question, pieces};
use crate::answer::Answer;
use crate::error::raised;
use crate::plain::{Object, decimal};

/// How a table is to be answered.
pub(crate) struct Wanted<'a, 'py> {
    pub(crate) scale: Option<u32>,
    pub(crate) language: Option<&'a str>,
    pub(crate) attested: bool,
    pub(crate) threads: usize,
    pub(crate) progress: Option<&'a Bound<'py, PyAny>>,
}

/// The answers to a table: a row for each of its rows, in the same order, with the columns of the command's output.
///
/// It has the Arrow PyCapsule interface, so polars, pandas, pyarrow and DuckDB take it as it is. Without any of them,
/// `table["amount"]` is a list.
#[pyclass(frozen, module = "rollbook")]
pub(crate) struct DuesTable {
    rules: facade::RuleSet,
    request: Request,
    plan: Plan,
    rows: Vec<RecordBatch>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    notes: Vec<String>,
}

impl DuesTable {
    /// Answers a table.
    pub(crate) fn answer(
        rules: &facade::RuleSet,
        table: &Bound<'_, PyAny>,
        request: Request,
        wanted: &Wanted<'_, '_>,
    ) -> PyResult<Self> {
        let py = table.py();
        if wanted.threads == 0 {
            return Err(PyValueError::new_err("`threads` is 1 or more"));
        }
        if wanted.scale.is_some_and(|scale| scale > 18) {
            return Err(PyValueError::new_err("`scale` is from 0 to 18"));
        }
        let languages = rules.languages();
        let language = wanted.language.or(languages.first().map(String::as_str)).unwrap_or("en");
        let progress = wanted.progress.map(|progress| progress.clone().unbind());
        let refused = |error: facade::Error| raised(py, &error);
        // The question is asked first: a wrong one costs no table.
        let owner = rules.prepared(&request, |prepared| prepared.charge().owner).map_err(refused)?;
        let input = read(rules, owner, table)?;
        let plan = Plan::of(py, &input.schema, rules.engine().rules(), owner, wanted.scale)?;
        let pieces = pieces(&input.batches);
        let made = rules.prepared(&request, |prepared| {
            let wording = Wording { rule_set: rules, charge: &prepared.charge().name, language };
            let question = Question { wording, prepared, plan: &plan };
            let answers = question.answer_all(py, &pieces, wanted.threads, progress.as_ref())?;
            let currency = rules.engine().rules().currency.as_str();
            let alike = Alike { period: &request.period, currency, attested: wanted.attested };
            columns(&input.schema, plan.id, plan.amounts, &pieces, answers, &alike)
        });
        let output::Output { schema, batches, notes } = made.map_err(refused)??;
        Ok(Self { rules: rules.clone(), request, plan, rows: input.batches, schema, batches, notes })
    }

    fn length(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

fn read(rules: &facade::RuleSet, owner: Owner, table: &Bound<'_, PyAny>) -> PyResult<Input> {
    let names = Names::new(rules.engine().rules(), owner);
    Input::read(table, |heading| {
        let heading = heading.trim();
        ID_HEADINGS.contains(&heading) || matches!(names.meaning(heading), Meaning::Value(_))
    })
}

#[pymethods]
impl DuesTable {
    /// The names of the columns, in order.
    #[getter]
    fn column_names<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.schema.fields().iter().map(|field| field.name().as_str()))
    }

    /// The columns of the input that are neither facts nor ids and were left out.
    #[getter]
    fn ignored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.plan.ignored)
    }

    /// What the rule set says of itself and not of a row; the findings refer to them by number, from 1.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.notes)
    }

    /// The answer of a row, with its steps: why it is so. Rows count from 0.
    fn explain(&self, py: Python<'_>, row: isize) -> PyResult<Answer> {
        let length = self.length();
        let from_the_end = || length.checked_sub(row.unsigned_abs());
        let at = usize::try_from(row).ok().or_else(from_the_end).filter(|at| *at < length);
        let mut at = at.ok_or_else(|| PyIndexError::new_err("there is no such row"))?;
        for batch in &self.rows {
            if at >= batch.num_rows() {
                at = at.saturating_sub(batch.num_rows());
                continue;
            }
            let engine = self.rules.engine();
            let mut facts = engine.facts();
            tell(&self.plan.cells(&batch.slice(at, 1), engine.rules()), 0, engine.rules(), &mut facts);
            let answer =
                self.rules.prepared(&self.request, |prepared| prepared.explain(&facts, &mut Workspace::default()));
            let answer = answer.map_err(|error| raised(py, &error))?;
            return Ok(Answer::new(Answered::new(self.rules.clone(), answer)));
        }
        Err(PyIndexError::new_err("there is no such row"))
    }

    /// All columns as lists, by name.
    fn to_pydict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for field in self.schema.fields() {
            dict.set_item(field.name(), self.column(py, field.name())?)?;
        }
        Ok(dict)
    }

    #[pyo3(name = "__getitem__")]
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for batch in &self.batches {
            let column = batch.column_by_name(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
            append(&list, column, name)?;
        }
        if self.batches.is_empty() && self.schema.column_with_name(name).is_none() {
            return Err(PyKeyError::new_err(name.to_owned()));
        }
        Ok(list)
    }

    fn __len__(&self) -> usize {
        self.length()
    }

    fn __repr__(&self) -> String {
        let (id, period) = (self.rules.id(), &self.request.period);
        format!("<DuesTable of {} rows by {id} for {period}>", self.length())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref());
        let schema = schema.map_err(|error| PyValueError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The columns as a stream; they are not cast to a requested schema, which the interface leaves to the producer.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

/// Appends the cells of a column to a list.
fn append(list: &Bound<'_, PyList>, column: &ArrayRef, name: &str) -> PyResult<()> {
    let py = list.py();
    let none = || py.None().into_bound(py);
    let texts = cells::Texts::of(column);
    let cell = |row: usize| -> PyResult<Object<'_>> {
        if column.is_null(row) {
            return Ok(none());
        }
        match column.data_type() {
            DataType::Int64 => Ok(column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any()),
            DataType::Int32 => Ok(column.as_primitive::<Int32Type>().value(row).into_pyobject(py)?.into_any()),
            DataType::Decimal128(_, places) => {
                let places = u32::try_from(*places).unwrap_or(0);
                let number = Exact::from_minor_units(column.as_primitive::<Decimal128Type>().value(row), places);
                number.and_then(|number| number.to_fixed(places)).map_or_else(|| Ok(none()), |text| decimal(py, &text))
            }
            _ => match texts.as_ref() {
                Some(texts) => texts.get(row).map_or_else(|| Ok(none()), |text| Ok(text.into_pyobject(py)?.into_any())),
                None => {
                    let what = format!("column `{name}` is {}; read it by a library of Arrow", column.data_type());
                    Err(PyTypeError::new_err(what))
                }
            },
        }
    };
    for row in 0..column.len() {
        list.append(cell(row)?)?;
    }
    Ok(())
}
