//! Small numbers in place of names, given when a rule set is compiled.

/// A fact, or a term that the host may give instead of having it worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InputId(pub(crate) u16);

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SettingId(pub(crate) u16);

/// A term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(pub(crate) u16);

/// A charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChargeId(pub(crate) u16);

/// A source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(crate) u16);

/// A list of versions under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimelineId(pub(crate) u32);

/// One version of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionId {
    /// The timeline.
    pub timeline: TimelineId,
    /// Which of its versions, in the order written.
    pub version: u16,
}

macro_rules! index {
    ($($id:ident($number:ty)),+) => {
        $(impl $id {
            pub(crate) fn index(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }

            /// The document's bounds keep every index far below the greatest number.
            pub(crate) fn nth(index: usize) -> Self {
                Self(<$number>::try_from(index).unwrap_or(<$number>::MAX))
            }
        })+
    };
}

index!(InputId(u16), SettingId(u16), TermId(u16), ChargeId(u16), SourceId(u16), TimelineId(u32));
