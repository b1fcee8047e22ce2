//! Numbers as text, strictly.

use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::fraction::Fraction;
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
/// As many decimals as a power of ten in 128 bits has.
const MOST_PRINTED_DECIMALS: i128 = 38;
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

    /// The exact decimal with `scale` digits after the point; none when that would need rounding.
    ///
    /// ```
    /// use rollbook::value::Exact;
    ///
    /// assert_eq!(Exact::parse("94.5")?.to_fixed(2).as_deref(), Some("94.50"));
    /// assert_eq!(Exact::parse("94.505")?.to_fixed(2), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_fixed(self, scale: u32) -> Option<String> {
        let (units, places) = self.fraction().as_decimal(MOST_PRINTED_DECIMALS)?;
        let places = u32::try_from(places).ok()?;
        let missing = usize::try_from(scale.checked_sub(places)?).ok()?;
        let mut text = String::new();
        write_decimal(&mut text, units, places).ok()?;
        if places == 0 && missing > 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', missing));
        Some(text)
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
    let mut units: u128 = 0;
    for digit in whole.chars().chain(decimals.chars()).filter_map(|character| character.to_digit(10)) {
        units = units
            .checked_mul(10)
            .and_then(|units| units.checked_add(u128::from(digit)))
            .ok_or(NumberError::TooLarge)?;
    }
    packed(Fraction::reduced(negative, units, ten_power)).map_err(|_| NumberError::TooLarge)
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

fn write_decimal(out: &mut impl fmt::Write, units: i128, places: u32) -> fmt::Result {
    let ten_power = 10_u128.checked_pow(places).ok_or(fmt::Error)?;
    let magnitude = units.unsigned_abs();
    let whole = magnitude.checked_div(ten_power).ok_or(fmt::Error)?;
    if units < 0 {
        out.write_char('-')?;
    }
    write!(out, "{whole}")?;
    if places > 0 {
        let decimals = magnitude.checked_rem(ten_power).ok_or(fmt::Error)?;
        let width = usize::try_from(places).map_err(|_| fmt::Error)?;
        write!(out, ".{decimals:0width$}")?;
    }
    Ok(())
}

/// The plain decimal where it ends within 38 places and its digits fit 128 bits (`30.0001`, `0.5`, `-3`), else the
/// fraction in lowest terms (`1/3`). [`Exact::parse`] reads every plain decimal back.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = self.fraction().as_decimal(MOST_PRINTED_DECIMALS);
        match decimal.and_then(|(units, places)| Some((units, u32::try_from(places).ok()?))) {
            Some((units, places)) => write_decimal(formatter, units, places),
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
