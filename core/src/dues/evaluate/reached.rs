//! What the direct evaluator says of a member.

use smallvec::SmallVec;

use crate::dues::answer::{NextBand, Status};
use crate::ruleset::{Attested, VersionId};
use crate::value::Exact;

/// What the stages came to; anything else than this is said by the general evaluator.
#[derive(Clone, Debug)]
pub(super) struct Reached {
    pub(super) status: Status,
    pub(super) amount: Option<Exact>,
    pub(super) exact: Option<Exact>,
    pub(super) rule: Option<VersionId>,
    pub(super) cite: SmallVec<[VersionId; 2]>,
    pub(super) attested: Attested,
    pub(super) next_band: Option<NextBand>,
    pub(super) goes_to: Option<u8>,
}

impl Reached {
    /// Nothing yet.
    pub(super) fn nothing() -> Self {
        Self {
            status: Status::NotDue,
            amount: None,
            exact: None,
            rule: None,
            cite: SmallVec::new(),
            attested: Attested::Official,
            next_band: None,
            goes_to: None,
        }
    }
}
