//! `rollbook explain`.
use crate::{Streams, arguments::Explain, failure::Failure};
pub(crate) fn run(_: &Explain, _: &mut Streams<'_>) -> Result<u8, Failure> {
    Ok(0)
}
