//! Amounts with their currency and what they are meant for.

use std::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use super::{ArithmeticError, Exact, Per};

/// A currency by its three letters, `CNY`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    // INVARIANT: upper-case ASCII letters.
    letters: [u8; 3],
}

/// A text is not a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("a currency is written as three capital letters, such as CNY")]
pub struct CurrencyError;

impl Currency {
    /// What ISO 4217 calls no currency.
    pub(crate) const NONE: Currency = Currency { letters: *b"XXX" };

    /// Reads three capital letters. Which of them are in use is not looked up.
    ///
    /// # Errors
    /// [`CurrencyError`] for anything else.
    pub fn parse(text: &str) -> Result<Currency, CurrencyError> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| CurrencyError)?;
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Currency { letters }) } else { Err(CurrencyError) }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        // Letters of ASCII are always text.
        str::from_utf8(&self.letters).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why two amounts do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum MoneyError {
    /// Amounts in two currencies.
    #[error("{left} and {right} are different currencies")]
    DifferentCurrency {
        /// The currency on the left.
        left: Currency,
        /// The currency on the right.
        right: Currency,
    },
    /// Amounts per month and per year, or per month and once.
    #[error("money {} and money {} do not go together", meant_for(*.left), meant_for(*.right))]
    DifferentPeriod {
        /// What the left amount is meant for; none is once.
        left: Option<Per>,
        /// What the right amount is meant for; none is once.
        right: Option<Per>,
    },
    /// Only month, quarter, half-year and year convert into each other.
    #[error("money {} cannot be converted to money per {to}", meant_for(*.from))]
    NotConvertible {
        /// What the amount is meant for; none is once.
        from: Option<Per>,
        /// What was wanted.
        to: Per,
    },
    /// The amount itself has no exact result.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
}

fn meant_for(per: Option<Per>) -> String {
    per.map_or_else(|| "once".to_owned(), |per| format!("per {per}"))
}

/// An amount of money, once or per period.
///
/// ```
/// use rollbook::value::{Currency, Exact, Money, Per};
///
/// let monthly = Money { amount: Exact::parse("32.5")?, currency: Currency::parse("CNY")?, per: Some(Per::Month) };
/// assert_eq!(monthly.to_string(), "32.5 CNY per month");
/// assert_eq!(monthly.convert(Per::Year)?.to_string(), "390 CNY per year");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Money {
    /// How much, exactly.
    pub amount: Exact,
    /// In which currency.
    pub currency: Currency,
    /// What it is meant for; none is once.
    pub per: Option<Per>,
}

impl Money {
    /// The sum of two amounts of one currency and period.
    ///
    /// # Errors
    /// [`MoneyError::DifferentCurrency`], [`MoneyError::DifferentPeriod`], or the overflow of the amount.
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        self.same_unit(other)?;
        Ok(Money { amount: self.amount.checked_add(other.amount)?, ..self })
    }

    /// The difference of two amounts of one currency and period.
    ///
    /// # Errors
    /// As for [`Money::checked_add`].
    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        self.same_unit(other)?;
        Ok(Money { amount: self.amount.checked_sub(other.amount)?, ..self })
    }

    /// The same money per another period, exactly: 100 per year are 25/3 per month.
    ///
    /// # Errors
    /// [`MoneyError::NotConvertible`] from or to a day or a week, or from money once, because only a rule set can say
    /// how many weeks its year has; a conversion to its own period always succeeds.
    pub fn convert(self, per: Per) -> Result<Money, MoneyError> {
        if self.per == Some(per) {
            return Ok(self);
        }
        let months = |per: Per| per.months().map(|months| Exact::from_i64(i64::from(months)));
        let (Some(from), Some(to)) = (self.per.and_then(months), months(per)) else {
            return Err(MoneyError::NotConvertible { from: self.per, to: per });
        };
        Ok(Money { amount: self.amount.checked_mul(to.checked_div(from)?)?, per: Some(per), ..self })
    }

    fn same_unit(self, other: Money) -> Result<(), MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::DifferentCurrency { left: self.currency, right: other.currency });
        }
        if self.per != other.per {
            return Err(MoneyError::DifferentPeriod { left: self.per, right: other.per });
        }
        Ok(())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.amount, self.currency)?;
        match self.per {
            Some(per) => write!(formatter, " per {per}"),
            None => Ok(()),
        }
    }
}
