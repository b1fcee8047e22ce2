//! What stands for progress where the program is built without it: nothing is shown.

use crate::wording::Language;

/// Progress that is not shown.
pub(crate) struct Progress;

impl Progress {
    pub(crate) fn new(_: bool, _: &Language) -> Self {
        Self
    }

    pub(crate) fn show(&mut self, _: u64, _: Option<(u64, u64)>) {}
}
