//! Compiled rules as bytes and back: what a rule set that was checked before is loaded from, without its text.
//!
//! Bytes say what the tables of [`super::rules`] and [`crate::dues`] say, field by field in the order of their
//! declaration: numbers in groups of seven bits, the lowest first, with a sign where they have one; texts and lists behind their
//! length; what may be absent behind 0 or 1; alternatives behind their number. There is nothing to skip and nothing to guess, so what
//! is cut off or has another form is seen. What cannot be seen is whether the rules mean what they should: that is
//! vouched for by a hash ([`crate::RuleSet::from_compiled`]).

mod rules;

use crate::value::{Currency, Date, Exact, Per, Rounding, RoundingMode};

/// A type of the compiled form.
pub(crate) trait Packed {
    /// Appends it.
    fn pack(&self, out: &mut Vec<u8>);

    /// Reads it back. Where the bytes say something else, [`Unpacking::is_whole`] tells it at the end, and what is read until
    /// then means nothing: to turn back at each place would make the code many times as large.
    fn unpack(from: &mut Unpacking<'_>) -> Self;
}

/// Bytes that are being read.
#[derive(Debug)]
pub(crate) struct Unpacking<'b> {
    /// Empty as soon as something is wrong, so that all that follows is 0 or nothing.
    rest: &'b [u8],
    is_wrong: bool,
    /// How many boxes stand around what is read.
    depth: u8,
}

/// The most boxes inside one another: schedules may stand in schedules, as deep as documents may be.
const DEEPEST: u8 = 128;

impl<'b> Unpacking<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, is_wrong: false, depth: 0 }
    }

    /// Whether all bytes were read, and each said what it should.
    pub(crate) fn is_whole(&self) -> bool {
        !self.is_wrong && self.rest.is_empty()
    }

    /// Tells that the bytes are not what they should be.
    pub(crate) fn refuse(&mut self) {
        self.is_wrong = true;
        self.rest = &[];
    }

    /// A value that was read, unless it cannot be; then another in its place, which nobody will see.
    fn known<T>(&mut self, value: Option<T>, otherwise: T) -> T {
        value.unwrap_or_else(|| {
            self.refuse();
            otherwise
        })
    }

    fn bytes(&mut self, count: usize) -> &'b [u8] {
        let Some((bytes, rest)) = self.rest.split_at_checked(count) else {
            self.refuse();
            return &[];
        };
        self.rest = rest;
        bytes
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or_default()
    }

    /// A number in groups of seven bits.
    fn number(&mut self) -> u128 {
        let (mut number, mut shift) = (0_u128, 0_u32);
        loop {
            let byte = self.byte();
            let bits = u128::from(byte & 0x7f);
            let placed = bits.checked_shl(shift).unwrap_or_default();
            // The last group holds no more than what is left of 128 bits.
            if placed.checked_shr(shift) != Some(bits) {
                self.refuse();
                return 0;
            }
            number |= placed;
            if byte < 0x80 {
                return number;
            }
            shift = shift.saturating_add(7);
        }
    }

    /// A number of a smaller type.
    fn smaller<T: TryFrom<u128> + Default>(&mut self) -> T {
        let number = self.number().try_into().ok();
        self.known(number, T::default())
    }
}

fn pack_number(mut number: u128, out: &mut Vec<u8>) {
    loop {
        let group = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(group);
            return;
        }
        out.push(group | 0x80);
    }
}

/// Structs by their fields, and enums by the number of each alternative. Both ways are made of one list, and the
/// compiler misses what it lacks. The first alternative holds nothing of its own kind, so that reading ends where bytes do.
macro_rules! packed {
    ($(struct $name:ty { $($field:ident),+ $(,)? })+) => { $(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                $($field.pack(out);)+
            }

            fn unpack(from: &mut Unpacking<'_>) -> Self {
                Self { $($field: Packed::unpack(from)),+ }
            }
        }
    )+ };
    ($(enum $name:ty {
        0 $first:ident $(($($first_part:ident),+))? $({ $($first_field:ident),+ })?,
        $($tag:literal $variant:ident $(($($part:ident),+))? $({ $($field:ident),+ })?),+ $(,)?
    })+) => { $(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    Self::$first $(($($first_part),+))? $({ $($first_field),+ })? => {
                        out.push(0);
                        $($($first_part.pack(out);)+)?
                        $($($first_field.pack(out);)+)?
                    }
                    $(Self::$variant $(($($part),+))? $({ $($field),+ })? => {
                        out.push($tag);
                        $($($part.pack(out);)+)?
                        $($($field.pack(out);)+)?
                    })+
                }
            }

            fn unpack(from: &mut Unpacking<'_>) -> Self {
                match from.byte() {
                    $($tag => Self::$variant
                        $(($({ let $part = Packed::unpack(from); $part }),+))?
                        $({ $($field: Packed::unpack(from)),+ })?,)+
                    first => {
                        if first != 0 {
                            from.refuse();
                        }
                        Self::$first
                            $(($({ let $first_part = Packed::unpack(from); $first_part }),+))?
                            $({ $($first_field: Packed::unpack(from)),+ })?
                    }
                }
            }
        }
    )+ };
}
pub(crate) use packed;

macro_rules! whole_numbers {
    ($($number:ty),+) => { $(
        impl Packed for $number {
            fn pack(&self, out: &mut Vec<u8>) {
                pack_number(u128::from(*self), out);
            }

            fn unpack(from: &mut Unpacking<'_>) -> Self {
                from.smaller()
            }
        }
    )+ };
}
whole_numbers!(u8, u16, u32, u128);

impl Packed for usize {
    fn pack(&self, out: &mut Vec<u8>) {
        // A length that has more bits than 128 cannot be.
        pack_number(u128::try_from(*self).unwrap_or_default(), out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        from.smaller()
    }
}

impl Packed for i128 {
    fn pack(&self, out: &mut Vec<u8>) {
        // The sign is the lowest bit, so that what is near zero is short.
        pack_number((self.cast_unsigned() << 1) ^ (self >> 127).cast_unsigned(), out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
    }
}

impl Packed for i32 {
    fn pack(&self, out: &mut Vec<u8>) {
        i128::from(*self).pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let number = i128::unpack(from).try_into().ok();
        from.known(number, 0)
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        match from.byte() {
            0 => false,
            1 => true,
            _ => {
                from.refuse();
                false
            }
        }
    }
}

impl Packed for Box<str> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let length = from.smaller();
        let text = str::from_utf8(from.bytes(length)).ok();
        from.known(text, "").into()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for item in self {
            item.pack(out);
        }
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let length: usize = from.smaller();
        // Each item has a byte at least, so a length that is made up asks for no memory.
        if length > from.rest.len() {
            from.refuse();
            return Self::new();
        }
        let mut items = Self::with_capacity(length);
        for _ in 0..length {
            if from.is_wrong {
                break;
            }
            items.push(T::unpack(from));
        }
        items
    }
}

impl<T: Packed> Packed for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        T::pack(self, out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        from.depth = from.depth.saturating_add(1);
        if from.depth > DEEPEST {
            from.refuse();
        }
        let value = T::unpack(from);
        from.depth = from.depth.saturating_sub(1);
        Self::new(value)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

impl Packed for Exact {
    fn pack(&self, out: &mut Vec<u8>) {
        self.kept().pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let number = Self::of_kept(Packed::unpack(from));
        from.known(number, Self::ZERO)
    }
}

impl Packed for Date {
    fn pack(&self, out: &mut Vec<u8>) {
        self.number().pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let day = Self::of_number(Packed::unpack(from));
        from.known(day, Self::NEVER)
    }
}

impl Packed for Currency {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_str().as_bytes());
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let currency = str::from_utf8(from.bytes(3)).ok().and_then(|letters| Self::parse(letters).ok());
        from.known(currency, Self::NONE)
    }
}

impl Packed for Rounding {
    fn pack(&self, out: &mut Vec<u8>) {
        ((self.mode(), self.unit()), self.scale()).pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let ((mode, unit), shown): (_, u8) = Packed::unpack(from);
        let rounding = Self::new(mode, unit).ok().map(|rounding| rounding.showing(shown));
        from.known(rounding, Self::WHOLE)
    }
}

packed! {
    enum Per { 0 Day, 1 Week, 2 Month, 3 Quarter, 4 HalfYear, 5 Year }
    enum RoundingMode { 0 HalfUp, 1 HalfDown, 2 HalfEven, 3 Up, 4 Down, 5 Ceil, 6 Floor }
}

#[cfg(test)]
mod tests;
