//! What an expression may be: kinds and units.

use std::fmt;

use crate::value::Per;

/// The words of one `one_of` or `set_of`, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordsId(pub u16);

/// The type of an expression, with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A condition.
    YesNo,
    /// One word of a list of words.
    Word(WordsId),
    /// Some words of a list of words.
    Words(WordsId),
    /// A number without a unit that takes the unit of its partner or place.
    Bare,
    /// A plain number: a count, a number, a share.
    Number,
    /// Money, once or per a length of time.
    Money(Option<Per>),
    /// A day.
    Date,
    /// A calendar month, known by its first day.
    Month,
    /// A count of days.
    Days,
    /// A count of months.
    Months,
    /// A mode and a unit of rounding.
    Rounding,
    /// Shown, never decided upon.
    Text,
    /// Records, one after the other.
    List,
}

impl Type {
    /// A number with or without a unit.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Bare | Self::Number | Self::Money(_))
    }

    /// What a bare number becomes beside `self`, if the two can stand together at all.
    pub fn meet(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Bare, unit) | (unit, Self::Bare)
                if unit.is_numeric() || matches!(unit, Self::Days | Self::Months) =>
            {
                Some(unit)
            }
            _ if self == other => Some(self),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo => f.write_str("yes or no"),
            Self::Word(_) => f.write_str("a word"),
            Self::Words(_) => f.write_str("a set of words"),
            Self::Bare | Self::Number => f.write_str("a number"),
            Self::Money(None) => f.write_str("money"),
            Self::Money(Some(per)) => write!(f, "money per {}", per.name()),
            Self::Date => f.write_str("a date"),
            Self::Month => f.write_str("a month"),
            Self::Days => f.write_str("a number of days"),
            Self::Months => f.write_str("a number of months"),
            Self::Rounding => f.write_str("a rounding"),
            Self::Text => f.write_str("a text"),
            Self::List => f.write_str("a list"),
        }
    }
}
