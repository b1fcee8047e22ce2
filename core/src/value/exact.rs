//! [`Exact`], the number of every rate, amount and score.

mod fraction;
mod text;
mod wide;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use thiserror::Error;

use fraction::Fraction;
pub use text::NumberError;

/// Why a calculation has no exact result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum ArithmeticError {
    /// The result is beyond what is kept: its numerator or denominator in lowest terms needs more than 128 bits, or a
    /// date lies outside the years 1 to 9999.
    #[error("the result is too large")]
    Overflow,
    /// Something was divided by zero.
    #[error("division by zero")]
    DivisionByZero,
}

/// An exact rational number.
///
/// It holds every fraction whose numerator and denominator in lowest terms fit an `i128`; an operation fails with
/// [`ArithmeticError::Overflow`] exactly when its result does not. Equality, order and hash follow the value:
/// 1.50 equals 1.5 and 3/2.
///
/// ```
/// use rollbook::value::Exact;
///
/// let third = Exact::ONE.checked_div(Exact::from_i64(3))?;
/// assert_eq!(third.to_string(), "1/3");
/// assert_eq!(third.checked_mul(Exact::from_i64(3))?, Exact::ONE);
/// assert_eq!(Exact::parse("1.50"), Ok(Exact::ratio(3, 2)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Exact {
    // Two forms share two words, because values are copied all the time. Nearly every number of a regulation is a
    // decimal, and decimals add and multiply without a greatest common divisor.
    top: i128,
    // INVARIANT: from -18 to 0 the value is the decimal `top × 10^bottom`, trailing zeros kept; above 0 it
    // is the fraction `top / bottom` in lowest terms, `bottom` is above 1, and no such decimal could hold it.
    bottom: i128,
}

/// Most places after the point of a number in decimal form; more become a fraction.
const MOST_DECIMALS: u32 = 18;
const LOWEST_BOTTOM: i128 = -18;

const POWERS_OF_TEN: [i64; 19] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
];

/// How a number is kept at this moment; the value is the same in either form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// `units` divided by `ten_power`, which is ten to the number of decimals, at most 18.
    Decimal { units: i128, ten_power: i64 },
    /// Lowest terms, the denominator above 1.
    Fraction { numerator: i128, denominator: i128 },
}

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact { top: 0, bottom: 0 };
    /// One.
    pub const ONE: Exact = Exact { top: 1, bottom: 0 };

    /// A whole number.
    pub fn from_i64(value: i64) -> Exact {
        Exact { top: i128::from(value), bottom: 0 }
    }

    /// The fraction `numerator / denominator`, of any sign.
    ///
    /// # Errors
    /// [`ArithmeticError::DivisionByZero`] for the denominator 0; [`ArithmeticError::Overflow`] when the lowest terms
    /// do not fit, which only happens with `i128::MIN`.
    pub fn ratio(numerator: i128, denominator: i128) -> Result<Exact, ArithmeticError> {
        if denominator == 0 {
            return Err(ArithmeticError::DivisionByZero);
        }
        let negative = (numerator < 0) != (denominator < 0);
        packed(Fraction::reduced(negative, numerator.unsigned_abs(), denominator.unsigned_abs()))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] when the result does not fit.
    #[inline]
    pub fn checked_add(self, other: Exact) -> Result<Exact, ArithmeticError> {
        if let Some((left, right, bottom)) = self.aligned(other)
            && let Some(top) = left.checked_add(right)
        {
            return Ok(Exact { top, bottom });
        }
        self.sum_of_fractions(other)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] when the result does not fit.
    #[inline]
    pub fn checked_sub(self, other: Exact) -> Result<Exact, ArithmeticError> {
        if let Some((left, right, bottom)) = self.aligned(other)
            && let Some(top) = left.checked_sub(right)
        {
            return Ok(Exact { top, bottom });
        }
        self.difference_of_fractions(other)
    }

    /// The product.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] when the result does not fit.
    #[inline]
    pub fn checked_mul(self, other: Exact) -> Result<Exact, ArithmeticError> {
        if self.bottom <= 0
            && other.bottom <= 0
            && let bottom = self.bottom.saturating_add(other.bottom)
            && bottom >= LOWEST_BOTTOM
            && let Some(top) = product(self.top, other.top)
        {
            return Ok(Exact { top, bottom });
        }
        self.product_of_fractions(other)
    }

    /// The exact quotient; a division that does not end stays a fraction.
    ///
    /// # Errors
    /// [`ArithmeticError::DivisionByZero`], or [`ArithmeticError::Overflow`] when the result does not fit.
    pub fn checked_div(self, other: Exact) -> Result<Exact, ArithmeticError> {
        if other.is_zero() {
            return Err(ArithmeticError::DivisionByZero);
        }
        if let Some(quotient) = self.short_quotient(other) {
            return quotient;
        }
        packed(self.fraction().multiply(other.fraction().inverted()))
    }

    /// The number with the other sign.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] for `i128::MIN` and its fractions, which have no counterpart.
    pub fn checked_neg(self) -> Result<Exact, ArithmeticError> {
        match self.top.checked_neg() {
            Some(top) => Ok(Exact { top, ..self }),
            None => packed(Some(self.fraction().negated())),
        }
    }

    /// The number without its sign.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] as for [`Exact::checked_neg`].
    pub fn checked_abs(self) -> Result<Exact, ArithmeticError> {
        if self.is_negative() { self.checked_neg() } else { Ok(self) }
    }

    /// The greatest whole number that is not above this one: -1.5 gives -2.
    ///
    /// # Errors
    /// Never, because the result is nearer to zero or one further where there is room; the type is that of all operations.
    pub fn floor(self) -> Result<Exact, ArithmeticError> {
        let (top, bottom) = match self.form() {
            Form::Decimal { ten_power: 1, .. } => return Ok(self),
            Form::Decimal { units, ten_power } => (units, i128::from(ten_power)),
            Form::Fraction { numerator, denominator } => (numerator, denominator),
        };
        let top = top.checked_div_euclid(bottom).ok_or(ArithmeticError::Overflow)?;
        Ok(Exact { top, bottom: 0 })
    }

    /// The least whole number that is not below this one: -1.5 gives -1.
    ///
    /// # Errors
    /// As for [`Exact::floor`].
    pub fn ceil(self) -> Result<Exact, ArithmeticError> {
        let floor = self.floor()?;
        if floor == self { Ok(floor) } else { floor.checked_add(Exact::ONE) }
    }

    /// Whether the number is 0.
    pub fn is_zero(self) -> bool {
        self.top == 0
    }

    /// Whether the number is below 0.
    pub fn is_negative(self) -> bool {
        self.top < 0
    }

    /// Whether the number is whole: 3 and 3.00 are.
    pub fn is_integer(self) -> bool {
        match self.form() {
            Form::Decimal { units, ten_power } => units.checked_rem(i128::from(ten_power)) == Some(0),
            Form::Fraction { .. } => false,
        }
    }

    /// -1 below zero, 0 at zero, 1 above.
    pub fn signum(self) -> i32 {
        match self.top.cmp(&0) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// The number as an integer, if it is whole and fits.
    pub fn to_i64(self) -> Option<i64> {
        self.minor_units(0)
    }

    /// The number in units of `10^-scale` (with 2: in fen, in cents), if that is whole and fits; the scale is at most 38.
    ///
    /// ```
    /// use rollbook::value::Exact;
    ///
    /// assert_eq!(Exact::parse("94.5")?.minor_units(2), Some(9450));
    /// assert_eq!(Exact::parse("94.505")?.minor_units(2), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn minor_units(self, scale: u32) -> Option<i64> {
        let factor = Exact { top: 10_i128.checked_pow(scale)?, bottom: 0 };
        let units = self.checked_mul(factor).ok()?;
        if units.is_integer() { i64::try_from(units.floor().ok()?.top).ok() } else { None }
    }

    /// The number that is so many units of `10^-scale`; the scale is at most 38. The way back from
    /// [`Exact::minor_units`].
    ///
    /// ```
    /// use rollbook::value::Exact;
    ///
    /// assert_eq!(Exact::from_minor_units(9450, 2), Some(Exact::parse("94.5")?));
    /// assert_eq!(Exact::from_minor_units(1, 39), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_minor_units(units: i128, scale: u32) -> Option<Exact> {
        match u8::try_from(scale).ok()? {
            places if scale <= MOST_DECIMALS => Some(Exact::decimal(units, places)),
            _ => Exact::ratio(units, 10_i128.checked_pow(scale)?).ok(),
        }
    }

    /// The numerator in lowest terms; it carries the sign.
    pub fn numerator(self) -> i128 {
        self.fraction().signed_numerator().unwrap_or(self.top)
    }

    /// The denominator in lowest terms, 1 or more.
    pub fn denominator(self) -> i128 {
        self.fraction().signed_denominator().unwrap_or(1)
    }

    /// The two numbers that it is kept in, for numbers that are kept as bytes.
    pub(crate) fn kept(self) -> (i128, i128) {
        (self.top, self.bottom)
    }

    /// The number that is kept in two others; none, where these are none.
    pub(crate) fn of_kept((top, bottom): (i128, i128)) -> Option<Exact> {
        let decimal = (LOWEST_BOTTOM..=0).contains(&bottom);
        let is_fraction = || Exact::ratio(top, bottom).is_ok_and(|number| number.kept() == (top, bottom));
        (decimal || is_fraction()).then_some(Exact { top, bottom })
    }

    /// The form in which the number is kept, for code that can be faster when it knows.
    #[inline]
    pub(super) fn form(self) -> Form {
        match power_of_ten(self.bottom) {
            Some(ten_power) => Form::Decimal { units: self.top, ten_power },
            None => Form::Fraction { numerator: self.top, denominator: self.bottom },
        }
    }

    /// `units` divided by ten to the power of `places`, which is at most 18.
    pub(super) fn decimal(units: i128, places: u8) -> Exact {
        Exact { top: units, bottom: i128::from(places).wrapping_neg() }
    }

    /// `count` of the decimal `unit`; none when that does not fit or `unit` is a fraction.
    pub(super) fn multiple(unit: Exact, count: i128) -> Option<Exact> {
        if unit.bottom > 0 {
            return None;
        }
        Some(Exact { top: product(unit.top, count)?, bottom: unit.bottom })
    }

    // Out of line, so that the decimal path of each operation is short enough to be inlined.

    #[cold]
    #[inline(never)]
    fn sum_of_fractions(self, other: Exact) -> Result<Exact, ArithmeticError> {
        packed(self.fraction().add(other.fraction()))
    }

    #[cold]
    #[inline(never)]
    fn difference_of_fractions(self, other: Exact) -> Result<Exact, ArithmeticError> {
        packed(self.fraction().add(other.fraction().negated()))
    }

    #[cold]
    #[inline(never)]
    fn product_of_fractions(self, other: Exact) -> Result<Exact, ArithmeticError> {
        packed(self.fraction().multiply(other.fraction()))
    }

    #[cold]
    #[inline(never)]
    fn order_of_fractions(self, other: Exact) -> Ordering {
        self.fraction().compare(other.fraction())
    }

    fn fraction(self) -> Fraction {
        let negative = self.top < 0;
        let top = self.top.unsigned_abs();
        match power_of_ten(self.bottom) {
            Some(ten_power) => Fraction::of_decimal(negative, top, ten_power),
            None => Fraction::in_lowest_terms(negative, top, self.bottom.unsigned_abs()),
        }
    }

    /// Both numbers as decimals with the same number of places, if they are decimals and stay small enough.
    #[inline]
    fn aligned(self, other: Exact) -> Option<(i128, i128, i128)> {
        if self.bottom > 0 || other.bottom > 0 {
            return None;
        }
        match self.bottom.cmp(&other.bottom) {
            Ordering::Equal => Some((self.top, other.top, self.bottom)),
            Ordering::Less => {
                let factor = power_of_ten(self.bottom.wrapping_sub(other.bottom))?;
                Some((self.top, product(other.top, i128::from(factor))?, self.bottom))
            }
            Ordering::Greater => {
                let factor = power_of_ten(other.bottom.wrapping_sub(self.bottom))?;
                Some((product(self.top, i128::from(factor))?, other.top, other.bottom))
            }
        }
    }

    /// The quotient of two decimals in 64 bits; none when they need more.
    fn short_quotient(self, other: Exact) -> Option<Result<Exact, ArithmeticError>> {
        let (left, right, _) = self.aligned(other)?;
        let (left, right) = (i64::try_from(left).ok()?, i64::try_from(right).ok()?);
        if left.checked_rem(right)? == 0 {
            return Some(Ok(Exact::from_i64(left.checked_div(right)?)));
        }
        let negative = (left < 0) != (right < 0);
        let reduced = Fraction::reduced(negative, u128::from(left.unsigned_abs()), u128::from(right.unsigned_abs()));
        Some(packed(reduced))
    }
}

/// Ten to the power of `-bottom`, if `bottom` marks a decimal.
#[inline]
fn power_of_ten(bottom: i128) -> Option<i64> {
    let places = usize::try_from(bottom.wrapping_neg()).ok()?;
    POWERS_OF_TEN.get(places).copied()
}

/// The product, by a single multiplication where both factors are short.
#[inline]
pub(super) fn product(left: i128, right: i128) -> Option<i128> {
    match (i64::try_from(left), i64::try_from(right)) {
        (Ok(left), Ok(right)) => Some(i128::from(left).wrapping_mul(i128::from(right))),
        _ => left.checked_mul(right),
    }
}

/// Puts a result into the form that [`Exact`] promises.
fn packed(fraction: Option<Fraction>) -> Result<Exact, ArithmeticError> {
    let exact = || {
        let fraction = fraction?;
        if let Some((top, places)) = fraction.as_decimal(MOST_DECIMALS) {
            return Some(Exact { top, bottom: i128::from(places).wrapping_neg() });
        }
        Some(Exact { top: fraction.signed_numerator()?, bottom: fraction.signed_denominator()? })
    };
    exact().ok_or(ArithmeticError::Overflow)
}

impl From<i64> for Exact {
    fn from(value: i64) -> Exact {
        Exact::from_i64(value)
    }
}

impl PartialEq for Exact {
    #[inline]
    fn eq(&self, other: &Exact) -> bool {
        if self.bottom == other.bottom { self.top == other.top } else { self.cmp(other) == Ordering::Equal }
    }
}

impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.numerator().hash(state);
        self.denominator().hash(state);
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Exact) -> Ordering {
        match self.aligned(*other) {
            Some((left, right, _)) => left.cmp(&right),
            None => self.order_of_fractions(*other),
        }
    }
}
