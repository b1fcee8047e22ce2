//! What stands for progress where the program is built without it: nothing is shown.

use crate::wording::Language;

/// Progress that is not shown.
pub(crate) struct Progress;

impl Progress {
    pub(crate) fn new(_: bool, _: &Language) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "as where there is something to show")]
    pub(crate) fn add(&mut self, _: usize, _: Option<(u64, u64)>) {}
}
