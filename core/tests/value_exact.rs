//! Exact numbers against an independent arbitrary-precision rational, up to the limits of 128 bits.

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "reference numbers, in tests only")]

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use proptest::prelude::*;
use rollbook::value::{ArithmeticError, Exact, NumberError};

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn ratio(numerator: i128, denominator: i128) -> Exact {
    Exact::ratio(numerator, denominator).unwrap()
}

/// The same number as the reference knows it, made of the same parts and not of what [`Exact`] says about itself.
type Pair = (Exact, RBig);

/// What [`Exact`] promises to hold: numerator and denominator in lowest terms within an `i128`.
fn fits(reference: &RBig) -> bool {
    i128::try_from(reference.numerator()).is_ok() && i128::try_from(reference.denominator()).is_ok()
}

fn same(exact: Exact, reference: &RBig) -> bool {
    IBig::from(exact.numerator()) == *reference.numerator()
        && IBig::from(exact.denominator()) == IBig::from(reference.denominator().clone())
}

fn agree(result: Result<Exact, ArithmeticError>, reference: &RBig) -> Result<(), TestCaseError> {
    match result {
        Ok(exact) => prop_assert!(same(exact, reference), "{exact} is not {reference}"),
        Err(error) => {
            prop_assert_eq!(error, ArithmeticError::Overflow);
            prop_assert!(!fits(reference), "{} fits and was refused", reference);
        }
    }
    Ok(())
}

fn of_parts(numerator: i128, denominator: i128) -> Option<Pair> {
    let exact = Exact::ratio(numerator, denominator).ok()?;
    Some((exact, RBig::from_parts_signed(numerator.into(), denominator.into())))
}

fn of_decimal(units: i128, places: usize) -> Option<Pair> {
    let digits = format!("{:0width$}", units.unsigned_abs(), width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    let sign = if units < 0 { "-" } else { "" };
    let text = if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") };
    let exact = Exact::parse(&text).ok()?;
    Some((exact, RBig::from_parts(units.into(), UBig::from(10_u8).pow(places))))
}

/// Any length of number, the limits themselves, and their neighbours.
fn integers() -> impl Strategy<Value = i128> {
    prop_oneof![
        4 => -10_000_i128..10_000,
        2 => any::<i64>().prop_map(i128::from),
        2 => (any::<i128>(), 0_u32..127).prop_map(|(number, shift)| number >> shift),
        1 => (0_i128..4).prop_map(|step| i128::MAX - step),
        1 => (0_i128..4).prop_map(|step| i128::MIN + step),
        1 => (0_i128..4).prop_map(|step| i128::from(i64::MAX) - 1 + step),
        1 => (0_i128..4).prop_map(|step| i128::from(i64::MIN) - 1 + step),
        1 => (0_u32..127).prop_map(|power| 1_i128 << power),
        1 => (0_u32..39).prop_map(|power| 10_i128.pow(power)),
        1 => (0_u32..55).prop_map(|power| 5_i128.pow(power)),
    ]
}

fn pairs() -> impl Strategy<Value = Pair> {
    prop_oneof![
        3 => (-10_000_000_i128..10_000_000, 0_usize..6).prop_filter_map("is a decimal", |(u, p)| of_decimal(u, p)),
        2 => (integers(), 0_usize..39).prop_filter_map("fits", |(units, places)| of_decimal(units, places)),
        2 => (-1_000_i128..1_000, 1_i128..400).prop_filter_map("fits", |(n, d)| of_parts(n, d)),
        3 => (integers(), integers()).prop_filter_map("fits", |(n, d)| of_parts(n, d)),
    ]
}

fn hash(exact: Exact) -> u64 {
    let mut hasher = DefaultHasher::new();
    exact.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_is_its_lowest_terms((exact, reference) in pairs()) {
        prop_assert!(same(exact, &reference));
        prop_assert_eq!(exact.is_zero(), reference.is_zero());
        prop_assert_eq!(exact.is_negative(), reference < RBig::ZERO);
        prop_assert_eq!(exact.is_integer(), reference.is_int());
        let sign = i32::from(reference > RBig::ZERO) - i32::from(reference < RBig::ZERO);
        prop_assert_eq!(exact.signum(), sign);
    }

    #[test]
    fn the_four_operations_are_exact_or_do_not_fit((a, ra) in pairs(), (b, rb) in pairs()) {
        agree(a.checked_add(b), &(&ra + &rb))?;
        agree(a.checked_sub(b), &(&ra - &rb))?;
        agree(a.checked_mul(b), &(&ra * &rb))?;
        if rb.is_zero() {
            prop_assert_eq!(a.checked_div(b), Err(ArithmeticError::DivisionByZero));
        } else {
            agree(a.checked_div(b), &(&ra / &rb))?;
        }
    }

    #[test]
    fn sums_of_numbers_with_a_shared_denominator_are_exact_or_do_not_fit(
        a in integers(), b in integers(), d in integers(), e in 1_i128..100,
    ) {
        let (Some((a, ra)), Some((b, rb))) = (of_parts(a, d), of_parts(b, d / e)) else { return Ok(()) };
        agree(a.checked_add(b), &(&ra + &rb))?;
        agree(a.checked_sub(b), &(&ra - &rb))?;
    }

    #[test]
    fn results_can_be_computed_with_further((a, ra) in pairs(), (b, rb) in pairs(), (c, rc) in pairs()) {
        let (Ok(product), true) = (a.checked_mul(b), !rc.is_zero()) else { return Ok(()) };
        let product_reference = &ra * &rb;
        agree(product.checked_add(c), &(&product_reference + &rc))?;
        agree(product.checked_div(c), &(&product_reference / &rc))?;
        prop_assert_eq!(product.cmp(&c), product_reference.cmp(&rc));
        prop_assert_eq!(hash(product), hash(ratio(product.numerator(), product.denominator())));
    }

    #[test]
    fn sign_floor_and_ceiling_are_exact_or_do_not_fit((a, ra) in pairs()) {
        agree(a.checked_neg(), &-&ra)?;
        agree(a.checked_abs(), &if ra < RBig::ZERO { -&ra } else { ra.clone() })?;
        agree(a.floor(), &RBig::from(ra.floor()))?;
        agree(a.ceil(), &RBig::from(ra.ceil()))?;
    }

    #[test]
    fn order_equality_and_hash_follow_the_value((a, ra) in pairs(), (b, rb) in pairs()) {
        prop_assert_eq!(a.cmp(&b), ra.cmp(&rb));
        prop_assert_eq!(a == b, ra == rb);
        let again = ratio(a.numerator(), a.denominator());
        prop_assert_eq!(a, again);
        prop_assert_eq!(hash(a), hash(again));
    }

    #[test]
    fn neighbours_at_the_limit_are_told_apart(n in integers(), d in integers(), step in -2_i128..3) {
        let (Some((a, ra)), Some(n)) = (of_parts(n, d), n.checked_add(step)) else { return Ok(()) };
        let Some((b, rb)) = of_parts(n, d.checked_add(step).unwrap_or(d)) else { return Ok(()) };
        prop_assert_eq!(a.cmp(&b), ra.cmp(&rb));
    }

    #[test]
    fn a_printed_number_reads_back((a, ra) in pairs()) {
        let text = a.to_string();
        match text.split_once('/') {
            None => prop_assert_eq!(Exact::parse(&text), Ok(a)),
            Some((numerator, denominator)) => {
                prop_assert!(!(&ra * RBig::from(UBig::from(10_u8).pow(38))).is_int(), "{} ends", text);
                prop_assert_eq!(numerator, ra.numerator().to_string());
                prop_assert_eq!(denominator, ra.denominator().to_string());
            }
        }
        prop_assert!(!text.contains('.') || !text.ends_with('0'), "{} has a needless zero", text);
    }

    #[test]
    fn a_fixed_decimal_has_its_places_and_the_same_value((a, ra) in pairs(), scale in 0_u32..=38) {
        let places = usize::try_from(scale).unwrap();
        let shifted = &ra * RBig::from(UBig::from(10_u8).pow(places));
        match a.to_fixed(scale) {
            Some(text) => {
                prop_assert_eq!(RBig::from_str_decimal(&text).unwrap(), ra);
                prop_assert_eq!(text.split_once('.').map_or(0, |(_, decimals)| decimals.len()), places);
            }
            None => prop_assert!(!shifted.is_int()),
        }
        let units = if shifted.is_int() { i64::try_from(shifted.numerator()).ok() } else { None };
        prop_assert_eq!(a.minor_units(scale), units);
    }

    #[test]
    fn any_text_is_a_number_exactly_when_it_has_the_form(text in "-?[0-9]{0,20}(\\.[0-9]{0,20})?|[-0-9.,e +%¥５]{0,8}|\\PC{0,6}") {
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let well_formed = match unsigned.split_once('.') {
            Some((whole, decimals)) => digits(whole) && digits(decimals),
            None => digits(unsigned),
        };
        match Exact::parse(&text) {
            Ok(exact) => {
                prop_assert!(well_formed, "{} was read", text);
                prop_assert!(same(exact, &RBig::from_str_decimal(&text).unwrap()));
            }
            Err(NumberError::TooLarge) => prop_assert!(well_formed),
            Err(_) => prop_assert!(!well_formed, "{} was refused", text),
        }
    }
}

#[test]
fn one_fifth_is_the_same_however_it_is_written() {
    let written = [number("0.2"), number("0.200"), ratio(1, 5), ratio(-20, -100), number("0.20000000000000000000000")];
    for left in written {
        for right in written {
            assert_eq!(left, right);
            assert_eq!(hash(left), hash(right));
        }
    }
}

#[test]
fn numbers_print_as_plain_decimals_where_they_end() {
    for text in ["30.0001", "0.5", "-3", "0", "-0.05", "170141183460469231731687303715884105727"] {
        assert_eq!(number(text).to_string(), text);
        assert_eq!(format!("{:?}", number(text)), text);
    }
    assert_eq!(number("1.50").to_string(), "1.5");
    assert_eq!(number("-0.00").to_string(), "0");
    assert_eq!(number("007").to_string(), "7");
    assert_eq!(ratio(-22, 6).to_string(), "-11/3");
    assert_eq!(ratio(1, 1_i128 << 100).to_string(), format!("1/{}", 1_i128 << 100));
    assert_eq!(serde_json::to_string(&number("94.50")).unwrap(), "\"94.5\"");
}

#[test]
fn an_amount_prints_with_the_places_of_its_currency() {
    assert_eq!(number("32").to_fixed(2).as_deref(), Some("32.00"));
    assert_eq!(number("32").to_fixed(0).as_deref(), Some("32"));
    assert_eq!(number("-0.5").to_fixed(2).as_deref(), Some("-0.50"));
    assert_eq!(number("0.005").to_fixed(2), None);
    assert_eq!(ratio(1, 3).to_fixed(10), None);
}

#[test]
fn a_refused_number_says_why() {
    for (text, reason) in [
        ("", NumberError::Empty),
        ("5,400", NumberError::ThousandsSeparator),
        ("5，400", NumberError::ThousandsSeparator),
        ("5_400", NumberError::ThousandsSeparator),
        ("1e3", NumberError::Exponent),
        ("５４００", NumberError::FullWidth),
        ("+5", NumberError::PlusSign),
        ("--5", NumberError::MisplacedSign),
        ("5-", NumberError::MisplacedSign),
        ("−5", NumberError::MisplacedSign),
        ("¥5400", NumberError::CurrencySign),
        ("5400元", NumberError::CurrencySign),
        ("0.5%", NumberError::PercentSign),
        (" 5", NumberError::Blank),
        ("5 400", NumberError::Blank),
        ("-", NumberError::MissingDigit),
        (".5", NumberError::MissingDigit),
        ("5.", NumberError::MissingDigit),
        ("-.5", NumberError::MissingDigit),
        ("1.2.3", NumberError::SecondPoint),
        ("1..2", NumberError::SecondPoint),
        ("1/3", NumberError::OtherCharacter),
        ("12a", NumberError::OtherCharacter),
        ("٣", NumberError::OtherCharacter),
        ("170141183460469231731687303715884105728", NumberError::TooLarge),
        ("99999999999999999999999999999999999999999999", NumberError::TooLarge),
        ("0.000000000000000000000000000000000000001", NumberError::TooLong),
    ] {
        assert_eq!(Exact::parse(text), Err(reason), "{text}");
    }
    assert_eq!(Exact::parse(&"0".repeat(101)), Err(NumberError::TooLong));
}

#[test]
fn the_least_number_has_no_counterpart() {
    let least = number("-170141183460469231731687303715884105728");
    assert_eq!(least, ratio(i128::MIN, 1));
    assert_eq!(least.checked_neg(), Err(ArithmeticError::Overflow));
    assert_eq!(least.checked_abs(), Err(ArithmeticError::Overflow));
    assert_eq!(least.checked_sub(Exact::ONE), Err(ArithmeticError::Overflow));
    assert_eq!(least.checked_div(least), Ok(Exact::ONE));
    assert_eq!(least.checked_div(Exact::from(-1)), Err(ArithmeticError::Overflow));
    assert_eq!(Exact::ratio(1, i128::MIN), Err(ArithmeticError::Overflow));
    assert_eq!(Exact::ratio(2, i128::MIN), Ok(ratio(-1, 1 << 126)));
    assert_eq!(Exact::ratio(7, 0), Err(ArithmeticError::DivisionByZero));
}

#[test]
fn a_result_that_fits_is_not_lost_to_its_trailing_zeros() {
    let large = number("1000000000000000000000000000000000000.0");
    let product = large.checked_mul(number("10.000000000000000000")).unwrap();
    assert_eq!(product, ratio(10_i128.pow(37), 1));
    let sum = number("0.000000000000000001").checked_sub(number("0.000000000000000001")).unwrap();
    assert_eq!(sum.checked_add(ratio(i128::MAX, 1)), Ok(ratio(i128::MAX, 1)));
}

#[test]
fn whole_numbers_leave_as_integers() {
    assert_eq!(number("3.00").to_i64(), Some(3));
    assert_eq!(number("3.01").to_i64(), None);
    assert_eq!(number("9223372036854775808").to_i64(), None);
    assert_eq!(number("-9223372036854775808").to_i64(), Some(i64::MIN));
    assert_eq!(number("94.5").minor_units(2), Some(9450));
}
