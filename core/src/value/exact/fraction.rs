//! Arithmetic in lowest terms, for whatever is not a short decimal.
//!
//! Every operation gives none exactly when the result in lowest terms does not fit; nothing on the way overflows sooner.

use std::cmp::Ordering;

use super::wide::Wide;

/// A fraction in lowest terms, sign and magnitude apart, so that `i128::MIN` needs no special case.
#[derive(Clone, Copy)]
pub(super) struct Fraction {
    negative: bool,
    numerator: u128,
    denominator: u128,
}

/// A decimal as it is printed: the sign, what stands before the point, and what stands in `places` places after it.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    pub(super) negative: bool,
    pub(super) whole: u128,
    pub(super) decimals: u128,
    pub(super) places: u32,
}

impl Fraction {
    /// Of numbers that are known to have no common divisor.
    pub(super) fn in_lowest_terms(negative: bool, numerator: u128, denominator: u128) -> Fraction {
        Fraction { negative, numerator, denominator }
    }

    /// `units` divided by a power of ten.
    pub(super) fn of_decimal(negative: bool, units: u128, ten_power: i64) -> Fraction {
        let denominator = u128::from(ten_power.unsigned_abs());
        Fraction::reduced(negative, units, denominator).unwrap_or(Fraction { negative, numerator: units, denominator })
    }

    /// The lowest terms of any two numbers; none for the denominator 0.
    pub(super) fn reduced(negative: bool, numerator: u128, denominator: u128) -> Option<Fraction> {
        let common = greatest_common_divisor(numerator, denominator);
        let numerator = numerator.checked_div(common)?;
        Some(Fraction {
            negative: negative && numerator != 0,
            numerator,
            denominator: denominator.checked_div(common)?,
        })
    }

    pub(super) fn negated(self) -> Fraction {
        Fraction { negative: !self.negative && self.numerator != 0, ..self }
    }

    /// One divided by this fraction, which is not 0.
    pub(super) fn inverted(self) -> Fraction {
        Fraction { negative: self.negative, numerator: self.denominator, denominator: self.numerator }
    }

    pub(super) fn multiply(self, other: Fraction) -> Option<Fraction> {
        let first = greatest_common_divisor(self.numerator, other.denominator);
        let second = greatest_common_divisor(other.numerator, self.denominator);
        let numerator = self.numerator.checked_div(first)?.checked_mul(other.numerator.checked_div(second)?)?;
        let denominator = self.denominator.checked_div(second)?.checked_mul(other.denominator.checked_div(first)?)?;
        Some(Fraction { negative: (self.negative != other.negative) && numerator != 0, numerator, denominator })
    }

    pub(super) fn add(self, other: Fraction) -> Option<Fraction> {
        let common = greatest_common_divisor(self.denominator, other.denominator);
        let own = self.denominator.checked_div(common)?;
        let left = Wide::product(self.numerator, other.denominator.checked_div(common)?);
        let right = Wide::product(other.numerator, own);
        let (negative, sum) = if self.negative == other.negative {
            (self.negative, left.plus(right)?)
        } else if left >= right {
            (self.negative, left.minus(right)?)
        } else {
            (other.negative, right.minus(left)?)
        };
        if sum.is_zero() {
            return Some(Fraction { negative: false, numerator: 0, denominator: 1 });
        }
        // Only divisors that the two denominators share can cancel against the sum.
        let cancelled = greatest_common_divisor(sum.remainder(common)?, common);
        let numerator = sum.quotient(cancelled)?;
        let denominator = own.checked_mul(other.denominator.checked_div(cancelled)?)?;
        Some(Fraction { negative, numerator, denominator })
    }

    /// The exact order; it cannot fail.
    pub(super) fn compare(self, other: Fraction) -> Ordering {
        let magnitudes =
            || Wide::product(self.numerator, other.denominator).cmp(&Wide::product(other.numerator, self.denominator));
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
        }
    }

    /// Units and places, the fewest that hold the value, if the decimal ends within `most_places` and fits.
    pub(super) fn as_decimal(self, most_places: u32) -> Option<(i128, u32)> {
        let places = self.places().filter(|places| *places <= most_places)?;
        let numerator = self.numerator.checked_mul(self.tens_over_denominator(places)?)?;
        Some((signed(self.negative, numerator)?, places))
    }

    /// For printing; none when the decimal does not end within 38 places.
    pub(super) fn as_digits(self) -> Option<Digits> {
        let places = self.places()?;
        let whole = self.numerator.checked_div(self.denominator)?;
        let rest = self.numerator.checked_rem(self.denominator)?;
        let decimals = rest.checked_mul(self.tens_over_denominator(places)?)?;
        Some(Digits { negative: self.negative, whole, decimals, places })
    }

    /// After how many places the decimal ends; none when it does not.
    fn places(self) -> Option<u32> {
        let twos = self.denominator.trailing_zeros();
        let mut rest = self.denominator.unbounded_shr(twos);
        let mut fives: u32 = 0;
        while rest.is_multiple_of(5) && rest != 0 {
            rest /= 5;
            fives = fives.saturating_add(1);
        }
        (rest == 1).then_some(twos.max(fives))
    }

    /// None above 38 places, where the power of ten does not fit.
    fn tens_over_denominator(self, places: u32) -> Option<u128> {
        10_u128.checked_pow(places)?.checked_div(self.denominator)
    }

    pub(super) fn signed_numerator(self) -> Option<i128> {
        signed(self.negative, self.numerator)
    }

    pub(super) fn signed_denominator(self) -> Option<i128> {
        i128::try_from(self.denominator).ok()
    }
}

fn signed(negative: bool, magnitude: u128) -> Option<i128> {
    if negative { 0_i128.checked_sub_unsigned(magnitude) } else { i128::try_from(magnitude).ok() }
}

/// Euclid while the numbers are long, then by halving in 64 bits. With 0 it is the other number.
fn greatest_common_divisor(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    loop {
        if let (Ok(left), Ok(right)) = (u64::try_from(left), u64::try_from(right)) {
            return u128::from(short_common_divisor(left, right));
        }
        match left.checked_rem(right) {
            Some(rest) => (left, right) = (right, rest),
            None => return left,
        }
    }
}

fn short_common_divisor(left: u64, right: u64) -> u64 {
    if left == 0 || right == 0 {
        return left | right;
    }
    let shared_twos = (left | right).trailing_zeros();
    let (mut small, mut large) = (odd_part(left), odd_part(right));
    while small != large {
        (small, large) = (small.min(large), odd_part(small.abs_diff(large)));
    }
    small.wrapping_shl(shared_twos)
}

/// The number without its factors of two; it is not 0.
fn odd_part(number: u64) -> u64 {
    number.unbounded_shr(number.trailing_zeros())
}
