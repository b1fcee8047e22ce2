//! Products of two 128-bit numbers, for the rare sums and comparisons that need them on the way.

/// A number below 2^256. The order of the fields makes the derived order that of the numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    pub(super) fn product(left: u128, right: u128) -> Wide {
        let (low, high) = left.carrying_mul(right, 0);
        Wide { high, low }
    }

    pub(super) fn is_zero(self) -> bool {
        self.high == 0 && self.low == 0
    }

    pub(super) fn plus(self, other: Wide) -> Option<Wide> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high)?.checked_add(u128::from(carry))?;
        Some(Wide { high, low })
    }

    /// None when `other` is greater.
    pub(super) fn minus(self, other: Wide) -> Option<Wide> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.checked_sub(other.high)?.checked_sub(u128::from(borrow))?;
        Some(Wide { high, low })
    }

    /// What is left after division by `divisor`, which is from 1 to 2^127.
    pub(super) fn remainder(self, divisor: u128) -> Option<u128> {
        let high = self.high.checked_rem(divisor)?;
        if high == 0 {
            return self.low.checked_rem(divisor);
        }
        Some(long_division(high, self.low, divisor)?.1)
    }

    /// The whole part of the quotient by `divisor`, which is from 1 to 2^127; none when it needs more than 128 bits.
    pub(super) fn quotient(self, divisor: u128) -> Option<u128> {
        if self.high == 0 {
            return self.low.checked_div(divisor);
        }
        if self.high >= divisor {
            return None;
        }
        Some(long_division(self.high, self.low, divisor)?.0)
    }
}

/// Quotient and remainder bit by bit; `high` is below `divisor`, so that the quotient fits.
fn long_division(high: u128, low: u128, divisor: u128) -> Option<(u128, u128)> {
    let mut quotient: u128 = 0;
    let mut remainder = high;
    for place in (0..u128::BITS).rev() {
        let bit = low.unbounded_shr(place) & 1;
        // The remainder is below the divisor, so at most 2^127 - 1, and doubling it cannot overflow.
        remainder = remainder.checked_mul(2)? | bit;
        quotient = quotient.wrapping_shl(1);
        if let Some(rest) = remainder.checked_sub(divisor) {
            remainder = rest;
            quotient |= 1;
        }
    }
    Some((quotient, remainder))
}

#[cfg(test)]
mod tests {
    use super::Wide;

    #[test]
    fn a_product_of_the_largest_numbers_divides_back_into_them() {
        let largest = 1_u128 << 127;
        let product = Wide::product(largest, u128::MAX);
        assert_eq!(product.quotient(largest), Some(u128::MAX));
        assert_eq!(product.remainder(largest), Some(0));
    }

    #[test]
    fn the_remainder_of_a_wide_sum_is_kept() {
        let divisor = 1_000_000_000_000_000_000_000_000_000_007_u128;
        let product = Wide::product(divisor, u128::MAX).plus(Wide::product(41, 1)).unwrap();
        assert_eq!(product.remainder(divisor), Some(41));
        assert_eq!(product.quotient(divisor), Some(u128::MAX));
    }

    #[test]
    fn the_remainder_is_found_where_the_quotient_would_not_fit() {
        // 2^128 is 4 above a multiple of 7, so its predecessor is 3 above one, and 3 times 3 is 2 above one.
        assert_eq!(Wide::product(u128::MAX, u128::MAX).remainder(7), Some(2));
    }

    #[test]
    fn a_quotient_of_more_than_128_bits_is_refused() {
        assert_eq!(Wide::product(u128::MAX, u128::MAX).quotient(2), None);
    }
}
