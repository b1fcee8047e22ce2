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

/// A set of inputs, one bit each, so that two sets are compared at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputSet {
    words: Vec<u64>,
}

impl InputSet {
    /// Adds an input.
    pub fn insert(&mut self, input: InputId) {
        let (word, bit) = place(input);
        if self.words.len() <= word {
            self.words.resize(word.saturating_add(1), 0);
        }
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    /// Takes an input out.
    pub(crate) fn remove(&mut self, input: InputId) {
        let (word, bit) = place(input);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Takes all inputs out.
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Whether an input is in the set.
    #[inline]
    pub fn contains(&self, input: InputId) -> bool {
        let (word, bit) = place(input);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The inputs, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = InputId> {
        self.words.iter().zip(0_u16..).flat_map(|(word, at)| {
            let first = at.wrapping_mul(64);
            (0..64_u16)
                .filter(move |bit| word & 1_u64.wrapping_shl(u32::from(*bit)) != 0)
                .map(move |bit| InputId(first | bit))
        })
    }

    /// Whether an input is in both sets.
    pub fn meets(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(one, other)| one & other != 0)
    }
}

impl FromIterator<InputId> for InputSet {
    fn from_iter<I: IntoIterator<Item = InputId>>(inputs: I) -> Self {
        let mut set = Self::default();
        inputs.into_iter().for_each(|input| set.insert(input));
        set
    }
}

/// The word of an input and its bit there.
fn place(input: InputId) -> (usize, u64) {
    (usize::from(input.0 >> 6), 1_u64.wrapping_shl(u32::from(input.0 & 63)))
}
