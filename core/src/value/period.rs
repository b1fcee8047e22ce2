//! The stretches of the calendar that dues are charged for.

use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::Date;
use super::date::number_of;

/// What an amount is meant for: a day, a week, a month, a quarter, a half-year or a year. The order is that of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// Six months, from January or July.
    HalfYear,
    /// A calendar year.
    Year,
}

impl Per {
    /// All of them, the shortest first.
    pub const ALL: [Per; 6] = [Per::Day, Per::Week, Per::Month, Per::Quarter, Per::HalfYear, Per::Year];

    /// The word that a rule set uses: `half_year`.
    pub fn name(self) -> &'static str {
        match self {
            Per::Day => "day",
            Per::Week => "week",
            Per::Month => "month",
            Per::Quarter => "quarter",
            Per::HalfYear => "half_year",
            Per::Year => "year",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Per> {
        Per::ALL.into_iter().find(|per| per.name() == name)
    }

    /// How many months it has: 1, 3, 6 or 12. A day and a week are no number of months.
    pub fn months(self) -> Option<i32> {
        match self {
            Per::Day | Per::Week => None,
            Per::Month => Some(1),
            Per::Quarter => Some(3),
            Per::HalfYear => Some(6),
            Per::Year => Some(12),
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Per {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Why a text is not a period. A period is written `2026-11`, `2026-Q4`, `2026-H2` or `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PeriodError {
    /// Nothing was written.
    #[error("no period was given")]
    Empty,
    /// Anything that has none of the four forms.
    #[error("a period is written 2026-11, 2026-Q4, 2026-H2 or 2026")]
    Form,
    /// `2026-11-23`.
    #[error("a period is a month, quarter, half-year or year, and this is a day")]
    Day,
    /// `2026-1`.
    #[error("a month has two digits, such as 2026-01")]
    NotPadded,
    /// `2026-q4`, `2026-h2`.
    #[error("quarter and half-year have a capital letter: 2026-Q4, 2026-H2")]
    LowerCase,
    /// The year 0000.
    #[error("the year is from 0001 to 9999")]
    YearOutOfRange,
    /// `2026-13`.
    #[error("the month is from 01 to 12")]
    MonthOutOfRange,
    /// `2026-Q5`.
    #[error("the quarter is from Q1 to Q4")]
    QuarterOutOfRange,
    /// `2026-H3`.
    #[error("the half-year is H1 or H2")]
    HalfYearOutOfRange,
}

/// One month, quarter, half-year or year of the calendar, in the years 1 to 9999.
///
/// Periods are ordered by their first day, the shorter one first when they begin together.
///
/// ```
/// use rollbook::value::{Date, Per, Period};
///
/// let quarter = Period::parse("2026-Q4")?;
/// assert_eq!(quarter.start(), Date::parse("2026-10-01")?);
/// assert_eq!(quarter.end(), Date::parse("2026-12-31")?);
/// let months = quarter.parts(Per::Month).unwrap_or_default();
/// assert_eq!(months.last(), Some(&Period::parse("2026-12")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    // INVARIANT: 1 to 12, the first month of its quarter, half-year or year.
    first_month: u32,
    length: Length,
}

/// The lengths that are a number of months.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Length {
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl Length {
    fn of(per: Per) -> Option<Length> {
        match per {
            Per::Day | Per::Week => None,
            Per::Month => Some(Length::Month),
            Per::Quarter => Some(Length::Quarter),
            Per::HalfYear => Some(Length::HalfYear),
            Per::Year => Some(Length::Year),
        }
    }

    fn months(self) -> u32 {
        match self {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::HalfYear => 6,
            Length::Year => 12,
        }
    }
}

impl Period {
    /// Reads `2026-11`, `2026-Q4`, `2026-H2` or `2026`, in ASCII and nothing before or after.
    ///
    /// # Errors
    /// The [`PeriodError`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let bytes = text.as_bytes();
        let (year, length, number) = match bytes {
            [] => return Err(PeriodError::Empty),
            [y1, y2, y3, y4] => ([y1, y2, y3, y4], Length::Year, Some(1)),
            [y1, y2, y3, y4, b'-', b'Q', quarter] => ([y1, y2, y3, y4], Length::Quarter, number_of(&[*quarter])),
            [y1, y2, y3, y4, b'-', b'H', half] => ([y1, y2, y3, y4], Length::HalfYear, number_of(&[*half])),
            [_, _, _, _, b'-', b'q' | b'h', _] => return Err(PeriodError::LowerCase),
            [y1, y2, y3, y4, b'-', m1, m2] => ([y1, y2, y3, y4], Length::Month, number_of(&[*m1, *m2])),
            [_, _, _, _, b'-', month] if month.is_ascii_digit() => return Err(PeriodError::NotPadded),
            _ if Date::parse(text).is_ok() => return Err(PeriodError::Day),
            _ => return Err(PeriodError::Form),
        };
        let year = number_of(&year.map(|digit| *digit)).ok_or(PeriodError::Form)?;
        let year = i32::try_from(year).map_err(|_| PeriodError::YearOutOfRange)?;
        if year == 0 {
            return Err(PeriodError::YearOutOfRange);
        }
        Period::numbered(year, length, number.ok_or(PeriodError::Form)?).ok_or(match length {
            Length::Month => PeriodError::MonthOutOfRange,
            Length::Quarter => PeriodError::QuarterOutOfRange,
            Length::HalfYear => PeriodError::HalfYearOutOfRange,
            Length::Year => PeriodError::YearOutOfRange,
        })
    }

    /// The period of that kind that a day lies in; none for a day, a week, or a bound of [`Date`].
    pub fn containing(per: Per, day: Date) -> Option<Period> {
        let length = Length::of(per)?;
        if day.is_bound() {
            return None;
        }
        let number = day.month().checked_sub(1)?.checked_div(length.months())?.checked_add(1)?;
        Period::numbered(day.year(), length, number)
    }

    /// What kind it is: [`Per::Month`], [`Per::Quarter`], [`Per::HalfYear`] or [`Per::Year`].
    pub fn per(self) -> Per {
        match self.length {
            Length::Month => Per::Month,
            Length::Quarter => Per::Quarter,
            Length::HalfYear => Per::HalfYear,
            Length::Year => Per::Year,
        }
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The first day.
    pub fn start(self) -> Date {
        // The invariant makes this a day; the bound stands for what cannot be.
        Date::new(self.year, self.first_month, 1).unwrap_or(Date::LONG_AGO)
    }

    /// The last day, which still belongs to it.
    pub fn end(self) -> Date {
        let last_month = self.first_month.saturating_add(self.length.months()).saturating_sub(1);
        let last_day = (28..=31).rev().find_map(|day| Date::new(self.year, last_month, day));
        last_day.unwrap_or(Date::NEVER)
    }

    /// How many days it has: 28 to 31 of a month, 365 or 366 of a year.
    pub fn days(self) -> i32 {
        self.start().days_until(self.end()).map_or(0, |days| days.saturating_add(1))
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.start() <= day && day <= self.end()
    }

    /// The next one of its kind; none after the year 9999.
    pub fn next(self) -> Option<Period> {
        Period::containing(self.per(), self.end().next())
    }

    /// Its parts of that kind in order, itself alone when it is of that kind; none when that kind does not divide it.
    pub fn parts(self, per: Per) -> Option<Vec<Period>> {
        let length = Length::of(per)?;
        if length > self.length {
            return None;
        }
        let parts = std::iter::successors(Period::containing(per, self.start()), |part| part.next());
        Some(parts.take_while(|part| part.start() <= self.end()).collect())
    }

    /// The quarter, half-year, … of that number in the year.
    fn numbered(year: i32, length: Length, number: u32) -> Option<Period> {
        let first_month = number.checked_sub(1)?.checked_mul(length.months())?.checked_add(1)?;
        (first_month <= 12).then_some(Period { year, first_month, length })
    }

    fn number(self) -> u32 {
        let months_before = self.first_month.saturating_sub(1);
        months_before.checked_div(self.length.months()).unwrap_or(0).saturating_add(1)
    }
}

impl Period {
    /// Writes year and month of its first day behind a text, as a month is displayed.
    pub(crate) fn write_month(self, out: &mut String) {
        let (year, month) = (u32::try_from(self.year).unwrap_or(0), self.first_month);
        let digit = |number: u32| char::from_digit(number % 10, 10).unwrap_or('0');
        let text = [digit(year / 1000), digit(year / 100), digit(year / 10), digit(year)];
        out.extend(text.into_iter().chain(['-', digit(month / 10), digit(month)]));
    }
}

/// As [`Period::parse`] reads it.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Period { year, first_month, length } = *self;
        match length {
            Length::Month => write!(formatter, "{year:04}-{first_month:02}"),
            Length::Quarter => write!(formatter, "{year:04}-Q{}", self.number()),
            Length::HalfYear => write!(formatter, "{year:04}-H{}", self.number()),
            Length::Year => write!(formatter, "{year:04}"),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
