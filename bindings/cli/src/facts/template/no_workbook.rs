//! What stands for workbooks where the program is built without them.

use super::Described;
use crate::failure::Failure;
use crate::output::Output;
use crate::wording::Language;

pub(super) fn write(output: Output<'_>, _: &[&Described], _: &Language) -> Result<(), Failure> {
    let name = output.name().to_owned();
    drop(output);
    Err(Failure::new(format!(
        "cannot write {name}: this build of rollbook writes no workbooks; let the file end in .csv, or use the program `rollbook` itself"
    )))
}
