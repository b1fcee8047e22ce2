//! Text whose cells are separated by commas or tabs.

use super::Cell;
use crate::failure::Failure;
use crate::output::Output;
use crate::table::Separator;

const BUFFER: usize = 64 * 1024;

/// A text that is being written.
pub(crate) struct Delimited<'o> {
    writer: csv::Writer<Output<'o>>,
    name: String,
}

impl<'o> Delimited<'o> {
    pub(super) fn begin(
        output: Output<'o>,
        separator: Separator,
        kept: &[String],
        columns: &[&str],
    ) -> Result<Self, Failure> {
        let name = output.name().to_owned();
        let mut builder = csv::WriterBuilder::new();
        let writer = builder.flexible(true).delimiter(separator.byte()).buffer_capacity(BUFFER).from_writer(output);
        let mut table = Self { writer, name };
        for heading in kept.iter().map(String::as_str).chain(columns.iter().copied()) {
            table.cell(Cell::Text(heading))?;
        }
        table.end_row()?;
        Ok(table)
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) -> Result<(), Failure> {
        self.writer.write_field(cell.text()).map_err(|error| failed(&self.name, error))
    }

    pub(super) fn end_row(&mut self) -> Result<(), Failure> {
        self.writer.write_record(None::<&[u8]>).map_err(|error| failed(&self.name, error))
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let output = self.writer.into_inner().map_err(|error| Failure::writing(&self.name, error.error()))?;
        output.finish()
    }
}

fn failed(name: &str, error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::writing(name, &error),
        other => Failure::new(format!("cannot write {name}: {other:?}")),
    }
}
