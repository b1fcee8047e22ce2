//! Values as they travel through an evaluation.

use super::ids::{InputId, SettingId, TermId};
use crate::value::{Date, Exact, Rounding};

/// A value, or what is known instead of one.
#[derive(Clone, Copy, PartialEq)]
pub enum Datum {
    /// Not told; what is missing is kept by the evaluation.
    Unknown(Missing),
    /// Known not to exist, and why.
    Nothing(Absent),
    /// A condition.
    YesNo(bool),
    /// A word, by its number among its words.
    Word(u8),
    /// Words, one bit each.
    Words(u128),
    /// A number, a share or an amount of money.
    Number(Exact),
    /// A day; a month is known by its first day.
    Date(Date),
    /// A count of months.
    Months(i32),
    /// A count of days.
    Days(i32),
    /// A mode and unit of rounding.
    Rounding(Rounding),
}

/// The count of a length of time from long ago or to never: more than any that can be written.
pub(crate) const ENDLESS: i32 = i32::MAX;

impl Datum {
    /// Whether it is a length of time that has no number.
    pub(crate) fn is_endless(self) -> bool {
        matches!(self, Self::Months(count) | Self::Days(count) if count.checked_abs() == Some(ENDLESS))
    }
}

impl std::fmt::Debug for Datum {
    /// Names the kind, never a value that a host may have told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown(_) => "Unknown",
            Self::Nothing(_) => "Nothing",
            Self::YesNo(_) => "YesNo(…)",
            Self::Word(_) => "Word(…)",
            Self::Words(_) => "Words(…)",
            Self::Number(_) => "Number(…)",
            Self::Date(_) => "Date(…)",
            Self::Months(_) => "Months(…)",
            Self::Days(_) => "Days(…)",
            Self::Rounding(_) => "Rounding(…)",
        })
    }
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// No alternative of the term applies or is in force.
    Term(TermId),
    /// No version of the setting is in force.
    Setting(SettingId),
}

/// A handle to the names that are missing; an evaluation's [`MissingNames`] resolves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(u32);

/// Something that is not known, and on which day it was wanted when the fact has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingName {
    /// The fact, or the term that can be given.
    pub input: InputId,
    /// The day before the first record of its history.
    pub on: Option<Date>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Name(MissingName),
    Both(Missing, Missing),
    None,
}

/// What is missing, as unions that are only spelled out when an answer needs them.
///
/// Joining two sets is one push; most evaluations know everything and push nothing.
#[derive(Clone, Debug, Default)]
pub struct MissingNames {
    parts: Vec<Part>,
}

impl MissingNames {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.parts.clear();
    }

    fn push(&mut self, part: Part) -> Missing {
        let handle = Missing(u32::try_from(self.parts.len()).unwrap_or(u32::MAX));
        self.parts.push(part);
        handle
    }

    /// One name.
    pub(crate) fn one(&mut self, input: InputId, on: Option<Date>) -> Missing {
        self.push(Part::Name(MissingName { input, on }))
    }

    /// Nothing that could be told would help.
    pub(crate) fn nothing(&mut self) -> Missing {
        self.push(Part::None)
    }

    /// What either lacks, the first one's names first.
    pub(crate) fn both(&mut self, first: Missing, second: Missing) -> Missing {
        if first == second { first } else { self.push(Part::Both(first, second)) }
    }

    /// The names behind a handle, each once, in the order in which they were met.
    pub fn names(&self, handle: Missing) -> Vec<MissingName> {
        let mut found: Vec<MissingName> = Vec::new();
        let mut seen = vec![false; self.parts.len()];
        let mut open = vec![handle];
        while let Some(Missing(next)) = open.pop() {
            let Ok(index) = usize::try_from(next) else { continue };
            // A shared part was spelled out where it was met first.
            match seen.get_mut(index) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            match self.parts.get(index) {
                Some(Part::Name(name)) if !found.iter().any(|known| known.input == name.input) => found.push(*name),
                Some(Part::Both(first, second)) => open.extend([*second, *first]),
                _ => {}
            }
        }
        found
    }
}
