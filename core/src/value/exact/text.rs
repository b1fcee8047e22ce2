//! Numbers as text, strictly.

use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::fraction::{Digits, Fraction};
use super::{Exact, packed};

/// Why a text is not a number. A number is written `-?[0-9]+(\.[0-9]+)?`: `5400`, `0.005`, `-3.50`.
///
/// No variant carries the text, because it may be somebody's pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum NumberError {
    /// Nothing was written.
    #[error("no number was given")]
    Empty,
    /// `5,400`, `5'400`, `5_400`, `5，400`.
    #[error("a number is written without separators between its digits, and its decimals follow a point")]
    ThousandsSeparator,
    /// `1e3`.
    #[error("a number is written without an exponent")]
    Exponent,
    /// `５４００`.
    #[error("a number is written in plain digits 0-9, not in full-width ones")]
    FullWidth,
    /// `+5`.
    #[error("a number is written without a plus sign")]
    PlusSign,
    /// `5-`, `--5`, or a dash that is not the minus sign.
    #[error("the only sign is one `-` in front of the first digit")]
    MisplacedSign,
    /// `¥5400`, `5400元`.
    #[error("a number is written without a currency sign")]
    CurrencySign,
    /// `5%` where a plain number is wanted.
    #[error("a plain number is wanted here, without a percent sign")]
    PercentSign,
    /// A blank in the number or beside it.
    #[error("a number has no blanks in it or beside it")]
    Blank,
    /// `.5`, `5.`, `-`.
    #[error("a number has at least one digit, also before and after its point")]
    MissingDigit,
    /// `1.2.3`.
    #[error("a number has one point at most")]
    SecondPoint,
    /// Any other character.
    #[error("a number is written with the digits 0-9, one point and a minus sign only")]
    OtherCharacter,
    /// More characters than [`Exact::parse`] reads, or more than 38 decimals.
    #[error("a number has at most 100 characters and 38 decimals")]
    TooLong,
    /// The value does not fit 128 bits.
    #[error("the number is too large")]
    TooLarge,
}

/// Longer than any text that [`Exact`] prints, with room for leading zeros.
const LONGEST_TEXT: usize = 100;
/// So many digits never overflow 64 bits.
const SHORT_TEXT: usize = 18;

impl Exact {
    /// Reads `-?[0-9]+(\.[0-9]+)?` in ASCII digits, at most 100 characters.
    ///
    /// ```
    /// use rollbook::value::{Exact, NumberError};
    ///
    /// assert_eq!(Exact::parse("0.20"), Ok(Exact::ratio(1, 5)?));
    /// assert_eq!(Exact::parse("5,400"), Err(NumberError::ThousandsSeparator));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The [`NumberError`] that says what is wrong with the first character that does not belong;
    /// [`NumberError::TooLarge`] when the value does not fit.
    pub fn parse(text: &str) -> Result<Exact, NumberError> {
        match short_number(text.as_bytes()) {
            Some(number) => Ok(number),
            None => long_number(text),
        }
    }

    /// The exact decimal with `scale` digits after the point; none when that would need rounding, or when the decimal
    /// has more than 38 places.
    ///
    /// ```
    /// use rollbook::value::Exact;
    ///
    /// assert_eq!(Exact::parse("94.5")?.to_fixed(2).as_deref(), Some("94.50"));
    /// assert_eq!(Exact::parse("94.505")?.to_fixed(2), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_fixed(self, scale: u32) -> Option<String> {
        let mut text = String::new();
        self.write_fixed(scale, &mut text).then_some(text)
    }

    /// Writes what [`Exact::to_fixed`] gives behind a text; false, and nothing is written, where that gives none.
    pub fn write_fixed(self, scale: u32, out: &mut String) -> bool {
        let Some(printed) = self.printed() else { return false };
        let Some(missing) = scale.checked_sub(printed.places()) else { return false };
        // Writing to a string cannot fail.
        let _ = printed.write(out);
        if printed.places() == 0 && missing > 0 {
            out.push('.');
        }
        for _ in 0..missing {
            out.push('0');
        }
        true
    }

    /// Writes the decimal behind a text; false, and nothing is written, where only a fraction prints the number.
    pub(crate) fn write_decimal(self, out: &mut String) -> bool {
        self.printed().is_some_and(|printed| printed.write(out).is_ok())
    }

    /// Writes what is displayed behind a text.
    pub(crate) fn write_to(self, out: &mut String) {
        if !self.write_decimal(out) {
            out.push_str(&self.to_string());
        }
    }

    /// The fewest digits that print the number, if its decimal ends within 38 places.
    #[inline]
    fn printed(self) -> Option<Printed> {
        self.short_digits().or_else(|| self.long_digits())
    }

    #[cold]
    fn long_digits(self) -> Option<Printed> {
        self.fraction().as_digits().map(Printed::Long)
    }

    /// The same for a short decimal, where dropping zeros is quicker than cancelling.
    #[inline]
    fn short_digits(self) -> Option<Printed> {
        if self.bottom > 0 {
            return None;
        }
        let mut units = i64::try_from(self.top).ok()?;
        let mut places = u32::try_from(self.bottom.wrapping_neg()).ok()?;
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places = places.saturating_sub(1);
        }
        let is_short = units.unsigned_abs() < SHORT_UNITS && places <= SHORT_PLACES;
        is_short.then_some(Printed::Short { negative: units < 0, units: units.unsigned_abs(), places })
    }
}

/// Reads what fits 64 bits without looking for reasons; none sends the text to [`long_number`].
fn short_number(text: &[u8]) -> Option<Exact> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > SHORT_TEXT {
        return None;
    }
    let mut units: i64 = 0;
    let mut after_point: Option<usize> = None;
    for (place, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => units = units.wrapping_mul(10).wrapping_add(i64::from(byte & 0x0f)),
            b'.' if after_point.is_none() && place > 0 => after_point = Some(place.saturating_add(1)),
            _ => return None,
        }
    }
    let decimals = digits.len().saturating_sub(after_point.unwrap_or(digits.len()));
    if after_point.is_some() && decimals == 0 {
        return None;
    }
    let units = if negative { units.wrapping_neg() } else { units };
    Some(Exact { top: i128::from(units), bottom: i128::try_from(decimals).ok()?.wrapping_neg() })
}

fn long_number(text: &str) -> Result<Exact, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if text.len() > LONGEST_TEXT {
        return Err(NumberError::TooLong);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    if let Some(wrong) = unsigned.chars().find(|character| !character.is_ascii_digit() && *character != '.') {
        return Err(reason_against(wrong));
    }
    if whole.is_empty() || decimals == Some("") {
        return Err(NumberError::MissingDigit);
    }
    let decimals = decimals.unwrap_or_default();
    if decimals.contains('.') {
        return Err(NumberError::SecondPoint);
    }
    let decimals = decimals.trim_end_matches('0');
    let places = u32::try_from(decimals.len()).map_err(|_| NumberError::TooLong)?;
    // One power of ten more than this would not fit 128 bits.
    let ten_power = 10_u128.checked_pow(places).ok_or(NumberError::TooLong)?;
    let whole = digits_of(whole).ok_or(NumberError::TooLarge)?;
    let decimals = digits_of(decimals).ok_or(NumberError::TooLarge)?;
    // Apart, so that a decimal of more than 128 bits is read when its lowest terms fit.
    let exact = Fraction::reduced(negative, decimals, ten_power)
        .and_then(|decimals| Fraction::reduced(negative, whole, 1)?.add(decimals));
    packed(exact).map_err(|_| NumberError::TooLarge)
}

/// Decimal digits as a number; none when it needs more than 128 bits.
fn digits_of(text: &str) -> Option<u128> {
    text.chars()
        .filter_map(|character| character.to_digit(10))
        .try_fold(0_u128, |number, digit| number.checked_mul(10)?.checked_add(u128::from(digit)))
}

fn reason_against(character: char) -> NumberError {
    match character {
        ',' | '，' | '\'' | '’' | '_' | '٬' => NumberError::ThousandsSeparator,
        'e' | 'E' => NumberError::Exponent,
        '０'..='９' | '．' | '－' => NumberError::FullWidth,
        '+' | '＋' => NumberError::PlusSign,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => NumberError::MisplacedSign,
        '¥' | '￥' | '$' | '€' | '£' | '元' => NumberError::CurrencySign,
        '%' | '％' | '‰' => NumberError::PercentSign,
        blank if blank.is_whitespace() || blank == '\u{feff}' || blank == '\u{200b}' => NumberError::Blank,
        _ => NumberError::OtherCharacter,
    }
}

/// With fewer than so many units and at most so many places a number without its sign has sixteen characters at most.
const SHORT_UNITS: u64 = 1_000_000_000_000_000;
const SHORT_PLACES: u32 = 14;

/// What is printed of a number: the fewest digits.
#[derive(Clone, Copy)]
enum Printed {
    /// All digits as one number, of which the last `places` stand behind the point.
    Short {
        negative: bool,
        units: u64,
        places: u32,
    },
    Long(Digits),
}

impl Printed {
    fn places(self) -> u32 {
        match self {
            Self::Short { places, .. } => places,
            Self::Long(digits) => digits.places,
        }
    }

    #[inline]
    fn write(self, out: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::Short { negative, units, places } => {
                if negative {
                    out.write_char('-')?;
                }
                write_short(units, places, out)
            }
            Self::Long(digits) => digits.write(out),
        }
    }
}

/// Writes digits of which the last `places` stand behind the point, at least one before it: sixteen characters at most.
fn write_short(units: u64, places: u32, out: &mut impl fmt::Write) -> fmt::Result {
    // From the last character to the first, each in front of those before it: the lowest byte is the first character.
    let (mut ascii, mut length, mut left) = (0_u128, 0_usize, units);
    let mut put = |character: u8| {
        ascii = ascii.wrapping_shl(8) | u128::from(character);
        length = length.saturating_add(1);
    };
    for _ in 0..places {
        put(digit(left));
        left /= 10;
    }
    if places > 0 {
        put(b'.');
    }
    put(digit(left));
    while left >= 10 {
        left /= 10;
        put(digit(left));
    }
    for _ in 0..length {
        let [first, ..] = ascii.to_le_bytes();
        out.write_char(char::from(first))?;
        ascii = ascii.wrapping_shr(8);
    }
    Ok(())
}

/// The last digit of a number.
fn digit(number: u64) -> u8 {
    b'0' | u8::try_from(number % 10).unwrap_or(0)
}

impl Digits {
    #[cold]
    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(out, "{sign}{}", self.whole)?;
        if self.places > 0 {
            let width = usize::try_from(self.places).map_err(|_| fmt::Error)?;
            write!(out, ".{:0width$}", self.decimals)?;
        }
        Ok(())
    }
}

/// The plain decimal where it ends within 38 places (`30.0001`, `0.5`, `-3`), else the fraction in lowest terms (`1/3`). [`Exact::parse`] reads every plain decimal back.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.printed() {
            Some(printed) => printed.write(formatter),
            None => write!(formatter, "{}/{}", self.numerator(), self.denominator()),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
