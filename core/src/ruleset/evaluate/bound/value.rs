//! The kinds of value that bound expressions have.

use super::{Direct, Elsewhere, Found, NodeId};
use crate::explain::Sink;
use crate::ruleset::datum::Datum;
use crate::ruleset::text_value::Range;
use crate::value::{ArithmeticError, Date, Exact};

/// A kind of value, known where an expression is read.
pub(super) trait Value: Copy {
    /// The value, if the datum is of this kind.
    fn of(datum: &Datum) -> Found<Self>;

    /// The value with its kind.
    fn datum(self) -> Datum;

    /// The value of a bound expression.
    fn read<S: Sink>(direct: &mut Direct<'_, S>, node: NodeId) -> Found<Self>;

    /// Whether a term with this range may have this value.
    fn is_within(self, _: Range) -> bool {
        true
    }
}

macro_rules! values {
    ($($kind:ty: $datum:ident, $read:ident $(, $within:item)?;)+) => {
        $(impl Value for $kind {
            #[inline]
            fn of(datum: &Datum) -> Found<Self> {
                if let Datum::$datum(value) = datum { Ok(*value) } else { Err(Elsewhere) }
            }

            #[inline]
            fn datum(self) -> Datum {
                Datum::$datum(self)
            }

            #[inline]
            fn read<S: Sink>(direct: &mut Direct<'_, S>, node: NodeId) -> Found<Self> {
                direct.$read(node)
            }

            $($within)?
        })+
    };
}

values! {
    Exact: Number, number, fn is_within(self, range: Range) -> bool { range.holds(self) };
    bool: YesNo, truth;
    Date: Date, date;
    u8: Word, word;
}

impl From<ArithmeticError> for Elsewhere {
    fn from(_: ArithmeticError) -> Self {
        Self
    }
}
