//! What stands for workbooks where the program is built without them: none can be opened.

use std::io::Read;

use super::{Cells, Remark};
use crate::failure::Failure;

/// A workbook; there is none.
pub(super) enum Workbook {}

impl Workbook {
    pub(super) fn open(_: impl Read, name: &str, _: Option<&str>) -> Result<Self, Failure> {
        Err(Failure::new(format!(
            "{name} is a workbook, which this build of rollbook does not read; save it as CSV, or use the program `rollbook` itself"
        )))
    }

    pub(super) fn next(&mut self, _: &mut Cells, _: &str) -> Result<bool, Failure> {
        match *self {}
    }

    pub(super) fn has_headings(&mut self, _: usize, _: &str) -> Result<(), Failure> {
        match *self {}
    }

    pub(super) fn remarks(&self) -> Vec<Remark> {
        match *self {}
    }
}
