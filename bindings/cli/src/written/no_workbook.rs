//! What stands for workbooks where the program is built without them: none can be begun.

use super::Cell;
use crate::failure::Failure;
use crate::output::Output;

/// A workbook; there is none.
#[expect(dead_code, reason = "so that there is none")]
pub(crate) enum Workbook<'o> {
    /// Never.
    None(Output<'o>, std::convert::Infallible),
}

impl<'o> Workbook<'o> {
    pub(super) fn begin(output: Output<'o>, _: &[String], _: &[&str]) -> Result<Self, Failure> {
        let name = output.name().to_owned();
        drop(output);
        Err(Failure::new(format!(
            "cannot write {name}: this build of rollbook writes no workbooks; let the file end in .csv, .tsv or .jsonl, or use the program `rollbook` itself"
        )))
    }

    pub(super) fn cell(&mut self, _: Cell<'_>) -> Result<(), Failure> {
        let Self::None(_, never) = self;
        match *never {}
    }

    pub(super) fn end_row(&mut self) {
        let Self::None(_, never) = self;
        match *never {}
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        let Self::None(_, never) = self;
        match never {}
    }
}
