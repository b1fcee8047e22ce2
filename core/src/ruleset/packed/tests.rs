use proptest::prelude::*;

use super::{Packed, Unpacking};
use crate::value::{Date, Exact, Rounding};

fn packed<T: Packed>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.pack(&mut bytes);
    bytes
}

/// What bytes say, if they say it to their end.
fn unpacked<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut from = Unpacking::new(bytes);
    let value = T::unpack(&mut from);
    from.is_whole().then_some(value)
}

#[test]
fn the_bounds_of_all_days_read_back() {
    for day in [Date::LONG_AGO, Date::NEVER, Date::parse("0001-01-01").unwrap(), Date::parse("9999-12-31").unwrap()] {
        assert_eq!(unpacked(&packed(&day)), Some(day));
    }
    for no_day in [0, -1, 3_652_060] {
        assert_eq!(unpacked::<Date>(&packed(&no_day)), None, "{no_day}");
    }
}

#[test]
fn a_number_reads_back_in_the_form_in_which_it_is_kept() {
    let texts = ["0", "1.50", "-0.005", "170141183460469231731687303715884105727"];
    let decimals = texts.map(|text| Exact::parse(text).unwrap());
    for number in decimals.into_iter().chain([Exact::ratio(1, 3).unwrap(), Exact::ratio(-22, 7).unwrap()]) {
        let again: Exact = unpacked(&packed(&number)).unwrap();
        assert_eq!(again.kept(), number.kept(), "{number}");
    }
}

#[test]
fn a_rounding_reads_back_with_the_decimals_that_it_shows() {
    for text in ["half_up to 0.10", "down to 1", "half_even to 0.05", "up to 10"] {
        let rounding = Rounding::parse(text).unwrap();
        let again: Rounding = unpacked(&packed(&rounding)).unwrap();
        assert_eq!((again, again.scale()), (rounding, rounding.scale()), "{text}");
    }
}

#[test]
fn a_fraction_that_is_not_in_lowest_terms_is_refused() {
    for (top, bottom) in [(2_i128, 6_i128), (1, 1), (1, 2), (3, -19), (0, 7), (5, 10)] {
        assert!(unpacked::<Exact>(&packed(&(top, bottom))).is_none(), "{top}/{bottom}");
    }
}

#[test]
fn a_length_that_is_made_up_asks_for_no_memory() {
    assert_eq!(unpacked::<Vec<u16>>(&packed(&u128::MAX)), None);
    assert_eq!(unpacked::<Vec<u16>>(&packed(&4_000_000_000_u32)), None);
    assert_eq!(unpacked::<Box<str>>(&packed(&4_000_000_000_u32)), None);
}

proptest! {
    #[test]
    fn whole_numbers_read_back(number: u128, signed: i128, small: i32) {
        prop_assert_eq!(unpacked(&packed(&number)), Some(number));
        prop_assert_eq!(unpacked(&packed(&signed)), Some(signed));
        prop_assert_eq!(unpacked(&packed(&small)), Some(small));
        prop_assert_eq!(unpacked::<i32>(&packed(&signed)), i32::try_from(signed).ok());
    }

    #[test]
    fn what_is_cut_off_is_refused(texts in prop::collection::vec(".{0,9}", 1..9), cut: prop::sample::Index) {
        let texts: Vec<Box<str>> = texts.iter().map(|text| text.as_str().into()).collect();
        let bytes = packed(&texts);
        prop_assert_eq!(unpacked(&bytes), Some(texts));
        let kept = cut.index(bytes.len());
        prop_assert_eq!(unpacked::<Vec<Box<str>>>(&bytes[..kept]), None);
    }
}
