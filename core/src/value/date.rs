//! Calendar days, the counts between them, and the rule for the end of a month.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};
use thiserror::Error;

use super::ArithmeticError;

/// Why a text is not a date. A date is written YYYY-MM-DD: `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("no date was given")]
    Empty,
    /// `2026/11/23`, `2026.11.23`, `2026年11月23日`, `20261123`.
    #[error("a date is written with hyphens between year, month and day: YYYY-MM-DD")]
    Separator,
    /// `2026-1-5`.
    #[error("a date has four digits for the year and two for month and day: YYYY-MM-DD")]
    NotPadded,
    /// `２０２６-11-23`.
    #[error("a date is written in plain digits 0-9, not in full-width ones")]
    FullWidth,
    /// `2026-11-23T08:00`, `2026-11`, anything else.
    #[error("a date is written YYYY-MM-DD and nothing else")]
    Form,
    /// The year 0000.
    #[error("the year is from 0001 to 9999")]
    YearOutOfRange,
    /// `2026-13-01`.
    #[error("the month is from 01 to 12")]
    MonthOutOfRange,
    /// `2026-02-30`.
    #[error("that month has no such day")]
    NoSuchDay,
}

/// A day of the Gregorian calendar in the years 1 to 9999, or one of two bounds beyond all days.
///
/// Months are added by the clamp rule: the same day of the month, or the month's last day when it is shorter
/// (31 January and one month is 28 or 29 February). Nothing but the start day counts, so a way back may end elsewhere.
///
/// ```
/// use rollbook::value::Date;
///
/// let joined = Date::parse("2024-01-31")?;
/// assert_eq!(joined.add_months(1)?, Date::parse("2024-02-29")?);
/// assert_eq!(joined.months_until(Date::parse("2024-02-29")?), Some(1));
/// assert!(Date::LONG_AGO < joined && joined < Date::NEVER);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // INVARIANT: 1 is 0001-01-01 and the last is 9999-12-31, apart from the two bounds.
    days: i32,
}

const FIRST_DAY: i32 = 1;
const LAST_DAY: i32 = 3_652_059;
const MONTHS_IN_YEAR: i32 = 12;

impl Date {
    /// Before every day. Adding to it changes nothing, and nothing can be counted from it.
    pub const LONG_AGO: Date = Date { days: i32::MIN };
    /// After every day. Adding to it changes nothing, and nothing can be counted from it.
    pub const NEVER: Date = Date { days: i32::MAX };

    /// The day, if the calendar has it and the year is from 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        Date::from_days(NaiveDate::from_ymd_opt(year, month, day)?.num_days_from_ce())
    }

    /// Reads YYYY-MM-DD in ASCII digits, nothing before or after. The bounds are no dates to be read.
    ///
    /// # Errors
    /// The [`DateError`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let Some((year, month, day)) = digits_of(text.as_bytes()) else {
            return Err(reason_against(text));
        };
        if year == 0 {
            return Err(DateError::YearOutOfRange);
        }
        if !(1..=12).contains(&month) {
            return Err(DateError::MonthOutOfRange);
        }
        Date::new(year, month, day).ok_or(DateError::NoSuchDay)
    }

    /// The year, 1 to 9999; 0 of [`Date::LONG_AGO`] and 10000 of [`Date::NEVER`].
    pub fn year(self) -> i32 {
        match self.calendar() {
            Some(day) => day.year(),
            None if self == Date::LONG_AGO => 0,
            None => 10_000,
        }
    }

    /// The month, 1 to 12; 1 of a bound.
    pub fn month(self) -> u32 {
        self.calendar().map_or(1, |day| day.month())
    }

    /// The day of the month, 1 to 31; 1 of a bound.
    pub fn day(self) -> u32 {
        self.calendar().map_or(1, |day| day.day())
    }

    /// Whether this is one of the two bounds and not a day.
    pub fn is_bound(self) -> bool {
        self == Date::LONG_AGO || self == Date::NEVER
    }

    /// So many months later, or earlier with a negative number, by the clamp rule. A bound stays.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] outside the years 1 to 9999.
    pub fn add_months(self, months: i32) -> Result<Date, ArithmeticError> {
        let Some(day) = self.calendar() else {
            return Ok(self);
        };
        let count = Months::new(months.unsigned_abs());
        let moved = if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) };
        moved.and_then(|day| Date::from_days(day.num_days_from_ce())).ok_or(ArithmeticError::Overflow)
    }

    /// So many days later, or earlier with a negative number. A bound stays.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] outside the years 1 to 9999.
    pub fn add_days(self, days: i32) -> Result<Date, ArithmeticError> {
        if self.is_bound() {
            return Ok(self);
        }
        self.days.checked_add(days).and_then(Date::from_days).ok_or(ArithmeticError::Overflow)
    }

    /// How many days `other` is later, negative when it is earlier; none with a bound.
    pub fn days_until(self, other: Date) -> Option<i32> {
        if self.is_bound() || other.is_bound() { None } else { other.days.checked_sub(self.days) }
    }

    /// How many months are completed at `other`: the most that can be added to this day, by the clamp rule, without
    /// passing it. To an earlier day it is the negative of the count from there to here. None with a bound.
    pub fn months_until(self, other: Date) -> Option<i32> {
        if other < self {
            return other.months_until(self)?.checked_neg();
        }
        let (from, to) = (self.calendar()?, other.calendar()?);
        let months = month_index(to).checked_sub(month_index(from))?;
        if from.day() > to.day() && !other.is_last_of_month() { months.checked_sub(1) } else { Some(months) }
    }

    /// How many years are completed at `other`, an age: the completed months by twelve, toward zero. Who is born on
    /// 29 February completes a year on 28 February where the year is short. None with a bound.
    pub fn years_until(self, other: Date) -> Option<i32> {
        self.months_until(other)?.checked_div(MONTHS_IN_YEAR)
    }

    /// Whether the next day begins a month; never of a bound.
    pub fn is_last_of_month(self) -> bool {
        self.calendar().is_some_and(|day| day.succ_opt().is_none_or(|next| next.day() == 1))
    }

    /// The next day. After 9999-12-31 comes [`Date::NEVER`]; a bound stays.
    #[must_use]
    pub fn next(self) -> Date {
        if self.is_bound() { self } else { self.add_days(1).unwrap_or(Date::NEVER) }
    }

    /// The day before. Before 0001-01-01 comes [`Date::LONG_AGO`]; a bound stays.
    #[must_use]
    pub fn previous(self) -> Date {
        if self.is_bound() { self } else { self.add_days(-1).unwrap_or(Date::LONG_AGO) }
    }

    /// The day by its number, or a bound by its own: for days that are kept as bytes.
    pub(crate) fn of_number(days: i32) -> Option<Date> {
        match days {
            i32::MIN => Some(Date::LONG_AGO),
            i32::MAX => Some(Date::NEVER),
            _ => Date::from_days(days),
        }
    }

    /// The number by which [`Date::of_number`] finds it.
    pub(crate) fn number(self) -> i32 {
        self.days
    }

    fn from_days(days: i32) -> Option<Date> {
        (FIRST_DAY..=LAST_DAY).contains(&days).then_some(Date { days })
    }

    fn calendar(self) -> Option<NaiveDate> {
        if self.is_bound() { None } else { NaiveDate::from_num_days_from_ce_opt(self.days) }
    }
}

/// Months since the beginning of the year 0. A calendar day's year is at most 9999, so nothing saturates.
fn month_index(day: NaiveDate) -> i32 {
    day.year().saturating_mul(MONTHS_IN_YEAR).saturating_add_unsigned(day.month0())
}

/// Year, month and day of a text that has the form of a date.
fn digits_of(text: &[u8]) -> Option<(i32, u32, u32)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = number_of(&[*y1, *y2, *y3, *y4])?;
    Some((i32::try_from(year).ok()?, number_of(&[*m1, *m2])?, number_of(&[*d1, *d2])?))
}

/// At most four digits as a number.
pub(super) fn number_of(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = if digit.is_ascii_digit() { u32::from(digit & 0x0f) } else { return None };
        number.checked_mul(10)?.checked_add(digit)
    })
}

fn reason_against(text: &str) -> DateError {
    if text.is_empty() {
        return DateError::Empty;
    }
    if text.chars().any(|character| matches!(character, '０'..='９' | '－' | '／')) {
        return DateError::FullWidth;
    }
    let parts = |separator: char| -> Vec<&str> { text.split(separator).collect() };
    let numbers = |parts: &[&str]| {
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if numbers(&parts('-')) {
        return DateError::NotPadded;
    }
    let eight_digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let chinese = text.contains('年') && text.contains('月');
    if eight_digits || chinese || numbers(&parts('/')) || numbers(&parts('.')) || numbers(&parts(' ')) {
        return DateError::Separator;
    }
    DateError::Form
}

impl Date {
    /// Writes what is displayed behind a text.
    pub(crate) fn write_to(self, out: &mut String) {
        match self.calendar() {
            Some(day) => out.push_str(str::from_utf8(&ascii(day)).unwrap_or_default()),
            None => out.push_str(self.name_of_bound()),
        }
    }

    fn name_of_bound(self) -> &'static str {
        if self == Date::LONG_AGO { "long_ago" } else { "never" }
    }
}

/// The day as YYYY-MM-DD; the bounds as `long_ago` and `never`.
impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.calendar() {
            Some(day) => formatter.write_str(str::from_utf8(&ascii(day)).unwrap_or_default()),
            None => formatter.write_str(self.name_of_bound()),
        }
    }
}

fn ascii(day: NaiveDate) -> [u8; 10] {
    let [century, year] = [day.year().div_euclid(100), day.year().rem_euclid(100)].map(i32::unsigned_abs);
    let mut text = *b"0000-00-00";
    for (at, number) in [(0, century), (2, year), (5, day.month()), (8, day.day())] {
        if let Some([tens, ones]) = text.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
            *tens = digit(number / 10);
            *ones = digit(number % 10);
        }
    }
    text
}

/// The last digit of a number.
fn digit(number: u32) -> u8 {
    b'0' | u8::try_from(number % 10).unwrap_or(0)
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
