//! Exact numbers, rounding, dates, periods and money: the values that every rule computes with.
//!
//! Nothing here loses a digit or guesses. Arithmetic is checked, a division is kept as a fraction, and rounding happens
//! only where [`Rounding::apply`] is called. A day is a calendar day without a time or a zone, and no clock is read.
//!
//! ```
//! use rollbook::value::{Exact, Rounding};
//!
//! let base = Exact::parse("6300.50")?;
//! let rate = Exact::parse("0.015")?;
//! let rounding = Rounding::parse("half_up to 0.01")?;
//! let due = rounding.apply(base.checked_mul(rate)?)?;
//! assert_eq!(due.to_fixed(rounding.scale()).as_deref(), Some("94.51"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod date;
mod exact;
mod money;
mod period;
mod rounding;

pub use date::{Date, DateError};
pub use exact::{ArithmeticError, Exact, NumberError};
pub use money::{Currency, CurrencyError, Money, MoneyError};
pub use period::{Per, Period, PeriodError};
pub use rounding::{Rounding, RoundingError, RoundingMode};
