//! Tables as they come: by the Arrow PyCapsule interface, or as a mapping of columns.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, Int64Array, NullArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt, PyString};
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};

use crate::python::Classes;
use crate::value::{date_text, decimal_text, text, wrong_type};

/// A table that was read: its columns, and its rows in pieces.
pub(super) struct Input {
    pub(super) schema: SchemaRef,
    pub(super) batches: Vec<RecordBatch>,
}

impl Input {
    /// Reads a table. `used` says which columns of a mapping are wanted; others are not looked at.
    pub(super) fn read(table: &Bound<'_, PyAny>, used: impl Fn(&str) -> bool) -> PyResult<Self> {
        if is_arrow(table)? {
            let reader = table.extract::<AnyRecordBatch>()?.into_reader()?;
            let schema = reader.schema();
            // The source may be anything that makes batches, so nobody knows how long it takes.
            let batches = table.py().detach(|| reader.collect::<Result<Vec<_>, ArrowError>>());
            return Ok(Self { schema, batches: batches.map_err(|error| PyValueError::new_err(error.to_string()))? });
        }
        let py = table.py();
        if !table.is_instance(Classes::get(py)?.mapping.bind(py))? {
            let wanted = "a table with the Arrow PyCapsule interface, or a dict of columns";
            return Err(wrong_type(table, "table", wanted));
        }
        Self::of_columns(table, used)
    }

    fn of_columns(table: &Bound<'_, PyAny>, used: impl Fn(&str) -> bool) -> PyResult<Self> {
        let (mut fields, mut columns) = (Vec::new(), Vec::new());
        for item in table.call_method0("items")?.try_iter()? {
            let (heading, cells): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
            let heading = text(&heading, "table", "headings that are str")?;
            let (kind, chunks) = match () {
                () if is_arrow(&cells)? => of_arrow(&cells)?,
                () if used(&heading) => alone(of_cells(&cells, &heading)?),
                () => alone(Arc::new(NullArray::new(cells.len()?))),
            };
            fields.push(Field::new(heading, kind, true));
            columns.push(Pieced { chunks, chunk: 0, row: 0 });
        }
        let rows = |column: &Pieced| column.chunks.iter().map(Array::len).sum::<usize>();
        let length = columns.first().map_or(0, rows);
        if columns.iter().any(|column| rows(column) != length) {
            return Err(PyValueError::new_err("the columns have different lengths"));
        }
        let schema = Arc::new(Schema::new(fields));
        let mut batches = Vec::new();
        while let Some(length) = columns.iter_mut().map(Pieced::ready).min().filter(|length| *length > 0) {
            let arrays = columns.iter_mut().filter_map(|column| column.take(length)).collect();
            let batch = RecordBatch::try_new(Arc::clone(&schema), arrays);
            batches.push(batch.map_err(|error| PyValueError::new_err(error.to_string()))?);
        }
        Ok(Self { schema, batches })
    }
}

/// A column in pieces of its own, read piece by piece together with others.
struct Pieced {
    chunks: Vec<ArrayRef>,
    /// The piece that is read, and how many of its rows have been.
    chunk: usize,
    row: usize,
}

impl Pieced {
    /// How many rows are left of the piece that is read; 0 only at the end.
    fn ready(&mut self) -> usize {
        while let Some(chunk) = self.chunks.get(self.chunk) {
            let left = chunk.len().saturating_sub(self.row);
            if left > 0 {
                return left;
            }
            self.chunk = self.chunk.saturating_add(1);
            self.row = 0;
        }
        0
    }

    /// The next rows, which are ready.
    fn take(&mut self, length: usize) -> Option<ArrayRef> {
        let rows = self.chunks.get(self.chunk)?.slice(self.row, length);
        self.row = self.row.saturating_add(length);
        Some(rows)
    }
}

fn alone(column: ArrayRef) -> (DataType, Vec<ArrayRef>) {
    (column.data_type().clone(), vec![column])
}

fn is_arrow(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")?)
}

/// A column that is an Arrow array itself, with its type.
fn of_arrow(cells: &Bound<'_, PyAny>) -> PyResult<(DataType, Vec<ArrayRef>)> {
    let reader = cells.extract::<AnyArray>()?.into_reader()?;
    let kind = reader.field().data_type().clone();
    let chunks = reader.collect::<Result<Vec<_>, ArrowError>>();
    Ok((kind, chunks.map_err(|error| PyValueError::new_err(error.to_string()))?))
}

/// What the cells of a column are; a column is of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Text,
    Decimal,
    Whole,
    YesNo,
}

/// A column of Python objects. None is a cell that is not given.
fn of_cells(cells: &Bound<'_, PyAny>, heading: &str) -> PyResult<ArrayRef> {
    let mut class: Option<Class> = None;
    let mut texts: Vec<Option<String>> = Vec::new();
    for (row, cell) in cells.try_iter()?.enumerate() {
        let cell = cell?;
        if cell.is_none() {
            texts.push(None);
            continue;
        }
        let place = format!("{heading}/{row}");
        let (its, text) = of_cell(&cell, &place)?;
        if class.replace(its).is_some_and(|earlier| earlier != its) {
            let mixed = format!("column `{heading}` mixes types in row {row}; give all of its cells alike");
            return Err(PyValueError::new_err(mixed));
        }
        texts.push(Some(text));
    }
    Ok(match class {
        None => Arc::new(NullArray::new(texts.len())),
        Some(Class::Text | Class::Decimal) => Arc::new(StringArray::from(texts)),
        Some(Class::YesNo) => {
            Arc::new(texts.iter().map(|text| text.as_deref().map(|text| text == "yes")).collect::<BooleanArray>())
        }
        Some(Class::Whole) => {
            let too_large = || PyValueError::new_err(format!("column `{heading}` has an int beyond 64 bits"));
            let whole =
                |text: &Option<String>| text.as_deref().map(|text| text.parse().map_err(|_| too_large())).transpose();
            Arc::new(texts.iter().map(whole).collect::<PyResult<Int64Array>>()?)
        }
    })
}

fn of_cell(cell: &Bound<'_, PyAny>, place: &str) -> PyResult<(Class, String)> {
    if cell.is_instance_of::<PyString>() {
        return Ok((Class::Text, text(cell, place, "str")?));
    }
    if let Some(number) = decimal_text(cell)? {
        return Ok((Class::Decimal, number));
    }
    if let Ok(answer) = cell.cast::<PyBool>() {
        return Ok((Class::YesNo, if answer.is_true() { "yes" } else { "no" }.to_owned()));
    }
    if cell.is_instance_of::<PyInt>() {
        let wanted = "an int of at most 64 bits";
        return Ok((Class::Whole, cell.str().map_err(|_| wrong_type(cell, place, wanted))?.extract()?));
    }
    match date_text(cell)? {
        Some(day) => Ok((Class::Text, day)),
        None => Err(wrong_type(cell, place, "decimal.Decimal, int, str, bool or datetime.date")),
    }
}
