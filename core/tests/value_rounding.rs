//! Each rounding mode against its definition in words.

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "reference numbers, in tests only")]

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use proptest::prelude::*;
use rollbook::value::{ArithmeticError, Exact, NumberError, Rounding, RoundingError, RoundingMode};

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn reference(exact: Exact) -> RBig {
    RBig::from_parts_signed(exact.numerator().into(), exact.denominator().into())
}

fn fits(number: &RBig) -> bool {
    i128::try_from(number.numerator()).is_ok() && i128::try_from(number.denominator()).is_ok()
}

/// By magnitude and sign, as the words say it, and not by floor and remainder.
fn by_definition(mode: RoundingMode, units: &RBig) -> IBig {
    let half = RBig::from_parts(1.into(), 2_u8.into());
    let negative = *units < RBig::ZERO;
    let magnitude = if negative { -units } else { units.clone() };
    let signed = |count: IBig| if negative { -count } else { count };
    match mode {
        RoundingMode::Up => signed(magnitude.ceil()),
        RoundingMode::Down => signed(magnitude.floor()),
        RoundingMode::Ceil => units.ceil(),
        RoundingMode::Floor => units.floor(),
        RoundingMode::HalfUp => signed((magnitude + half).floor()),
        RoundingMode::HalfDown => signed((magnitude - half).ceil()),
        RoundingMode::HalfEven => {
            let nearest = (&magnitude + &half).floor();
            let tie = RBig::from(nearest.clone()) - &magnitude == half;
            signed(if tie && !(&nearest % IBig::from(2)).is_zero() { nearest - IBig::ONE } else { nearest })
        }
    }
}

fn numbers() -> impl Strategy<Value = Exact> {
    prop_oneof![
        4 => (-100_000_i128..100_000, 0_u32..5).prop_map(|(units, places)| (units, 10_i128.pow(places))),
        2 => (-10_000_i128..10_000, 1_i128..200),
        2 => (any::<i64>().prop_map(i128::from), 1_i128..100_000),
        2 => (any::<i128>(), any::<i128>()),
        1 => ((0_i128..3).prop_map(|step| i128::MAX - step), 1_i128..1_000),
        1 => ((0_i128..3).prop_map(|step| i128::MIN + step), 1_i128..1_000),
    ]
    .prop_filter_map("fits", |(numerator, denominator)| Exact::ratio(numerator, denominator).ok())
}

fn units() -> impl Strategy<Value = Exact> {
    prop_oneof![
        4 => prop::sample::select(vec!["0.01", "0.1", "0.05", "1", "10", "0.25", "5", "100", "3"]).prop_map(number),
        1 => (1_i128..1_000_000, 0_u32..18).prop_map(|(units, places)| Exact::ratio(units, 10_i128.pow(places)).unwrap()),
        1 => (1_i128..=i128::MAX).prop_map(|unit| Exact::ratio(unit, 1).unwrap()),
    ]
}

fn modes() -> impl Strategy<Value = RoundingMode> {
    prop::sample::select(RoundingMode::ALL.to_vec())
}

#[test]
fn amounts_have_the_decimals_of_the_unit_as_it_is_written() {
    for (rounding, scale) in [("up to 0.10", 2), ("up to 0.1", 1), ("up to 1", 0), ("up to 1.00", 2), ("up to 10", 0)] {
        let read = Rounding::parse(rounding).unwrap();
        assert_eq!((read.scale(), read.to_string().as_str()), (scale, rounding));
    }
    let read = Rounding::parse("up to 0.10").unwrap();
    assert_eq!(read.apply(number("19.51")).unwrap().to_fixed(read.scale()).as_deref(), Some("19.60"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_mode_takes_the_multiple_that_its_definition_names(a in numbers(), unit in units(), mode in modes()) {
        let count = reference(a) / reference(unit);
        let expected = RBig::from(by_definition(mode, &count)) * reference(unit);
        match Rounding::new(mode, unit).unwrap().apply(a) {
            Ok(rounded) => prop_assert_eq!(reference(rounded), expected),
            Err(error) => {
                prop_assert_eq!(error, ArithmeticError::Overflow);
                prop_assert!(!fits(&count) || !fits(&expected), "{} in units of {}", a, unit);
            }
        }
    }

    #[test]
    fn half_a_unit_is_decided_by_the_mode(count in -10_000_i128..10_000, unit in units(), mode in modes()) {
        let half_way = Exact::ratio(2 * count + 1, 2).unwrap();
        let Ok(amount) = half_way.checked_mul(unit) else { return Ok(()) };
        let expected = RBig::from(by_definition(mode, &reference(half_way))) * reference(unit);
        match Rounding::new(mode, unit).unwrap().apply(amount) {
            Ok(rounded) => prop_assert_eq!(reference(rounded), expected),
            Err(_) => prop_assert!(!fits(&expected), "{} in units of {}", amount, unit),
        }
    }

    #[test]
    fn a_rounded_amount_stays_and_prints_with_the_places_of_the_unit(a in numbers(), unit in units(), mode in modes()) {
        let rounding = Rounding::new(mode, unit).unwrap();
        let Ok(rounded) = rounding.apply(a) else { return Ok(()) };
        prop_assert_eq!(rounding.apply(rounded), Ok(rounded));
        prop_assert_eq!(rounded.to_fixed(rounding.scale()).is_some(), true);
        let shorter = rounding.scale().checked_sub(1).and_then(|scale| unit.to_fixed(scale));
        prop_assert_eq!(shorter, None);
    }

    #[test]
    fn a_rounding_reads_back_as_it_prints(unit in units(), mode in modes()) {
        let rounding = Rounding::new(mode, unit).unwrap();
        prop_assert_eq!(Rounding::parse(&rounding.to_string()), Ok(rounding));
    }

    #[test]
    fn the_reference_itself_is_within_one_unit(a in numbers(), mode in modes()) {
        let difference = RBig::from(by_definition(mode, &reference(a))) - reference(a);
        prop_assert!(difference < RBig::from(UBig::ONE) && difference > -RBig::from(UBig::ONE));
    }
}

#[test]
fn the_seven_modes_differ_as_in_the_textbook() {
    let amounts = ["1.15", "1.25", "-1.15", "-1.25", "1.21", "-1.29"];
    for (mode, expected) in [
        ("half_up", ["1.2", "1.3", "-1.2", "-1.3", "1.2", "-1.3"]),
        ("half_down", ["1.1", "1.2", "-1.1", "-1.2", "1.2", "-1.3"]),
        ("half_even", ["1.2", "1.2", "-1.2", "-1.2", "1.2", "-1.3"]),
        ("up", ["1.2", "1.3", "-1.2", "-1.3", "1.3", "-1.3"]),
        ("down", ["1.1", "1.2", "-1.1", "-1.2", "1.2", "-1.2"]),
        ("ceil", ["1.2", "1.3", "-1.1", "-1.2", "1.3", "-1.2"]),
        ("floor", ["1.1", "1.2", "-1.2", "-1.3", "1.2", "-1.3"]),
    ] {
        let rounding = Rounding::parse(&format!("{mode} to 0.1")).unwrap();
        let rounded = amounts.map(|amount| rounding.apply(number(amount)).unwrap().to_fixed(1).unwrap());
        assert_eq!(rounded, expected, "{mode}");
    }
}

#[test]
fn a_third_of_a_hundred_rounds_to_the_fen() {
    let third = Exact::ratio(100, 3).unwrap();
    assert_eq!(Rounding::parse("half_up to 0.01").unwrap().apply(third), Ok(number("33.33")));
    assert_eq!(Rounding::parse("up to 0.01").unwrap().apply(third), Ok(number("33.34")));
    assert_eq!(Rounding::parse("half_up to 10").unwrap().apply(third), Ok(number("30")));
}

#[test]
fn the_unit_decides_how_many_places_are_printed() {
    for (unit, places) in [("0.01", 2), ("0.05", 2), ("0.1", 1), ("0.10", 2), ("1", 0), ("10", 0), ("2.5", 1)] {
        assert_eq!(Rounding::parse(&format!("half_up to {unit}")).unwrap().scale(), places, "{unit}");
    }
}

#[test]
fn a_refused_rounding_says_why() {
    for (text, reason) in [
        ("half_up", RoundingError::Form),
        ("half_up 0.01", RoundingError::Form),
        ("banker to 0.01", RoundingError::UnknownMode),
        ("Half_Up to 0.01", RoundingError::UnknownMode),
        ("half_up to 0", RoundingError::UnitNotPositive),
        ("half_up to -0.01", RoundingError::UnitNotPositive),
        ("half_up to 1e-2", RoundingError::Unit(NumberError::Exponent)),
        ("half_up to  0.01", RoundingError::Unit(NumberError::Blank)),
        ("half_up to 0.0000000000000000001", RoundingError::UnitNotDecimal),
    ] {
        assert_eq!(Rounding::parse(text), Err(reason), "{text}");
    }
    let third = Exact::ratio(1, 3).unwrap();
    assert_eq!(Rounding::new(RoundingMode::Up, third), Err(RoundingError::UnitNotDecimal));
}
