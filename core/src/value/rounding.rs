//! Rounding to a unit, the only place where digits are given up.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::exact::{Form, product};
use super::{ArithmeticError, Exact, NumberError};

/// Which multiple of the unit is taken when a number lies between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// The nearer; half way, away from zero: 四舍五入.
    HalfUp,
    /// The nearer; half way, toward zero.
    HalfDown,
    /// The nearer; half way, the even multiple.
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
    /// The greater.
    Ceil,
    /// The lesser.
    Floor,
}

impl RoundingMode {
    /// All modes, in the order of the documentation.
    pub const ALL: [RoundingMode; 7] = [
        RoundingMode::HalfUp,
        RoundingMode::HalfDown,
        RoundingMode::HalfEven,
        RoundingMode::Up,
        RoundingMode::Down,
        RoundingMode::Ceil,
        RoundingMode::Floor,
    ];

    /// The word that a rule set uses: `half_up`.
    pub fn name(self) -> &'static str {
        match self {
            RoundingMode::HalfUp => "half_up",
            RoundingMode::HalfDown => "half_down",
            RoundingMode::HalfEven => "half_even",
            RoundingMode::Up => "up",
            RoundingMode::Down => "down",
            RoundingMode::Ceil => "ceil",
            RoundingMode::Floor => "floor",
        }
    }

    /// The mode of that name.
    pub fn from_name(name: &str) -> Option<RoundingMode> {
        RoundingMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Whether to take the multiple above instead of the one below; `position` compares what is beyond the one below
    /// with the half of a unit, and is none when there is nothing beyond.
    fn takes_the_one_above(self, position: Option<Ordering>, negative: bool, below_is_even: bool) -> bool {
        let Some(position) = position else {
            return false;
        };
        let nearest = matches!(self, RoundingMode::HalfUp | RoundingMode::HalfDown | RoundingMode::HalfEven);
        match (self, position) {
            (_, Ordering::Less | Ordering::Greater) if nearest => position == Ordering::Greater,
            (RoundingMode::Floor, _) => false,
            (RoundingMode::Ceil, _) => true,
            (RoundingMode::Up | RoundingMode::HalfUp, _) => !negative,
            (RoundingMode::Down | RoundingMode::HalfDown, _) => negative,
            (RoundingMode::HalfEven, _) => !below_is_even,
        }
    }
}

impl fmt::Display for RoundingMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for RoundingMode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The most decimals that are shown because they are written.
const MOST_SHOWN: u8 = 18;

/// Why a text is not a rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum RoundingError {
    /// It does not read `mode to unit`.
    #[error("a rounding is written as a mode and a unit, such as `half_up to 0.01`")]
    Form,
    /// The mode is none of the seven.
    #[error("the mode is one of half_up, half_down, half_even, up, down, ceil, floor")]
    UnknownMode,
    /// The unit is not a number.
    #[error("the unit to round to: {0}")]
    Unit(#[from] NumberError),
    /// The unit is 0 or below.
    #[error("the unit to round to is above zero")]
    UnitNotPositive,
    /// The unit does not end within 18 decimals.
    #[error("the unit to round to is a decimal of at most 18 places")]
    UnitNotDecimal,
}

/// A mode and the unit whose multiples are taken: to the fen (0.01), the jiao (0.1), five cents (0.05), 1, 10.
///
/// ```
/// use rollbook::value::{Exact, Rounding};
///
/// let rounding = Rounding::parse("half_up to 0.05")?;
/// assert_eq!(rounding.apply(Exact::parse("1.125")?)?, Exact::parse("1.15")?);
/// assert_eq!(rounding.scale(), 2);
/// assert_eq!(rounding.to_string(), "half_up to 0.05");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    mode: RoundingMode,
    // Apart, so that a value that may be a rounding is not larger than one that may be a number.
    // INVARIANT: the unit is `step` with so many places, above zero and with the fewest.
    places: u8,
    // INVARIANT: not below `places`.
    shown: u8,
    step: i128,
}

impl Rounding {
    /// To whole numbers.
    pub(crate) const WHOLE: Rounding = Rounding { mode: RoundingMode::HalfUp, places: 0, shown: 0, step: 1 };

    /// To multiples of `unit`.
    ///
    /// # Errors
    /// [`RoundingError::UnitNotPositive`] for a unit of 0 or below, [`RoundingError::UnitNotDecimal`] for one like 1/3.
    pub fn new(mode: RoundingMode, unit: Exact) -> Result<Rounding, RoundingError> {
        if unit.signum() <= 0 {
            return Err(RoundingError::UnitNotPositive);
        }
        let shortest = Exact::ratio(unit.numerator(), unit.denominator()).map_err(|_| RoundingError::UnitNotDecimal)?;
        match shortest.form() {
            Form::Decimal { units, ten_power } => {
                let places = ten_power.checked_ilog10().and_then(|places| u8::try_from(places).ok()).unwrap_or(0);
                Ok(Rounding { mode, places, shown: places, step: units })
            }
            Form::Fraction { .. } => Err(RoundingError::UnitNotDecimal),
        }
    }

    /// Reads `half_up to 0.01`, words apart by single blanks.
    ///
    /// # Errors
    /// The [`RoundingError`] that says which part is wrong.
    pub fn parse(text: &str) -> Result<Rounding, RoundingError> {
        let (mode, unit) = text.split_once(" to ").ok_or(RoundingError::Form)?;
        let mode = RoundingMode::from_name(mode).ok_or(RoundingError::UnknownMode)?;
        let rounding = Rounding::new(mode, Exact::parse(unit)?)?;
        let written = unit.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Ok(rounding.showing(u8::try_from(written).unwrap_or(MOST_SHOWN)))
    }

    /// The same, shown with so many decimals, but not with fewer than the unit has.
    pub(crate) fn showing(self, decimals: u8) -> Rounding {
        Rounding { shown: decimals.min(MOST_SHOWN).max(self.places), ..self }
    }

    /// Which of two multiples is taken.
    pub fn mode(self) -> RoundingMode {
        self.mode
    }

    /// The unit whose multiples are taken, above zero.
    pub fn unit(self) -> Exact {
        Exact::decimal(self.step, self.places)
    }

    /// How many decimals an amount that is rounded so is shown with: those of the unit as it is written, 2 for 0.05 and 0.10,
    /// 0 for 10.
    pub fn scale(self) -> u32 {
        u32::from(self.shown)
    }

    /// The multiple of the unit that the mode chooses; a multiple comes back as it is.
    ///
    /// # Errors
    /// [`ArithmeticError::Overflow`] when the number of units does not fit 128 bits.
    pub fn apply(self, number: Exact) -> Result<Exact, ArithmeticError> {
        if let Some(rounded) = self.apply_to_short(number) {
            return Ok(rounded);
        }
        let units = number.checked_div(self.unit())?;
        let count = self.count(units.numerator(), units.denominator()).ok_or(ArithmeticError::Overflow)?;
        // The number of units times the unit may still fit where the decimal that keeps trailing zeros does not.
        self.unit().checked_mul(Exact::ratio(count, 1)?)
    }

    /// Without fractions, as long as nothing overflows.
    fn apply_to_short(self, number: Exact) -> Option<Exact> {
        let Form::Decimal { units: step, ten_power: unit_power } = self.unit().form() else {
            return None;
        };
        let (top, own_power) = match number.form() {
            Form::Decimal { ten_power, .. } if step == 1 && ten_power <= unit_power => return Some(number),
            Form::Decimal { units, ten_power } => (units, i128::from(ten_power)),
            Form::Fraction { numerator, denominator } => (numerator, denominator),
        };
        // (top / own_power) / (step / unit_power), without cancelling.
        let dividend = product(top, i128::from(unit_power))?;
        let divisor = product(own_power, step)?;
        Exact::multiple(self.unit(), self.count(dividend, divisor)?)
    }

    /// `dividend / divisor` as a whole number by the mode; the divisor is above zero.
    fn count(self, dividend: i128, divisor: i128) -> Option<i128> {
        let (below, beyond) = match (i64::try_from(dividend), i64::try_from(divisor)) {
            (Ok(dividend), Ok(divisor)) => {
                // One division instead of two; what wraps in the product wraps back in the difference.
                let below = dividend.checked_div_euclid(divisor)?;
                (i128::from(below), i128::from(dividend.wrapping_sub(below.wrapping_mul(divisor))))
            }
            _ => (dividend.checked_div_euclid(divisor)?, dividend.checked_rem_euclid(divisor)?),
        };
        let position = (beyond != 0).then(|| beyond.cmp(&divisor.wrapping_sub(beyond)));
        if self.mode.takes_the_one_above(position, dividend < 0, below % 2 == 0) {
            below.checked_add(1)
        } else {
            Some(below)
        }
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit().to_fixed(self.scale()) {
            Some(unit) => write!(formatter, "{} to {unit}", self.mode),
            None => write!(formatter, "{} to {}", self.mode, self.unit()),
        }
    }
}

impl Serialize for Rounding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
