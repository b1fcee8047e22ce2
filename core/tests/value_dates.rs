//! The laws of the calendar: days, months, ages and periods.

#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "small counts, in tests only")]

use proptest::prelude::*;
use rollbook::value::{ArithmeticError, Currency, Date, DateError, Exact, Money, MoneyError, Per, Period, PeriodError};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

/// The length of a month by the rule that children learn.
fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn dates() -> impl Strategy<Value = Date> {
    let years = prop_oneof![4 => 1990_i32..2040, 1 => 1_i32..=9999];
    (years, 1_u32..=12, prop_oneof![1_u32..=31, 26_u32..=31])
        .prop_map(|(year, month, day)| Date::new(year, month, day.min(days_in_month(year, month))).unwrap())
}

fn lengths() -> impl Strategy<Value = Per> {
    prop::sample::select(vec![Per::Month, Per::Quarter, Per::HalfYear, Per::Year])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_calendar_has_exactly_its_days(year in 0_i32..=10_000, month in 0_u32..=13, day in 0_u32..=32) {
        let exists = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        match Date::new(year, month, day) {
            Some(date) => {
                prop_assert!(exists);
                prop_assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
                prop_assert_eq!(date.is_last_of_month(), day == days_in_month(year, month));
                prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
            }
            None => prop_assert!(!exists),
        }
    }

    #[test]
    fn the_next_day_is_one_day_later(day in dates()) {
        let last = day == date("9999-12-31");
        prop_assert_eq!(day.next() == Date::NEVER, last);
        prop_assert!(day < day.next() && day.previous() < day);
        if !last {
            prop_assert_eq!(day.next().previous(), day);
            prop_assert_eq!(day.days_until(day.next()), Some(1));
        }
    }

    #[test]
    fn days_added_are_days_counted(a in dates(), b in dates()) {
        let days = a.days_until(b).unwrap();
        prop_assert_eq!(a.add_days(days), Ok(b));
        prop_assert_eq!(b.days_until(a), Some(-days));
        prop_assert_eq!(days.cmp(&0), b.cmp(&a));
    }

    #[test]
    fn adding_months_keeps_the_day_or_takes_the_last_of_a_shorter_month(day in dates(), months in -30_000_i32..30_000) {
        let index = day.year() * 12 + i32::try_from(day.month()).unwrap() - 1 + months;
        let (year, month) = (index.div_euclid(12), u32::try_from(index.rem_euclid(12)).unwrap() + 1);
        match day.add_months(months) {
            Ok(moved) => {
                let expected = day.day().min(days_in_month(year, month));
                prop_assert_eq!((moved.year(), moved.month(), moved.day()), (year, month, expected));
            }
            Err(error) => {
                prop_assert_eq!(error, ArithmeticError::Overflow);
                prop_assert!(!(1..=9999).contains(&year));
            }
        }
    }

    #[test]
    fn completed_months_are_the_most_that_do_not_pass(a in dates(), b in dates()) {
        let months = a.months_until(b).unwrap();
        prop_assert_eq!(b.months_until(a), Some(-months));
        let (early, late, count) = if a <= b { (a, b, months) } else { (b, a, -months) };
        prop_assert!(count >= 0);
        prop_assert!(early.add_months(count).unwrap() <= late);
        prop_assert!(early.add_months(count + 1).map_or(true, |next| next > late));
    }

    #[test]
    fn months_added_are_months_counted(day in dates(), months in 0_i32..1_200) {
        let Ok(moved) = day.add_months(months) else { return Ok(()) };
        prop_assert_eq!(day.months_until(moved), Some(months));
    }

    #[test]
    fn an_age_is_the_most_years_that_do_not_pass(one in dates(), other in dates()) {
        let (born, day) = (one.min(other), one.max(other));
        let age = born.years_until(day).unwrap();
        prop_assert!(born.add_months(12 * age).unwrap() <= day);
        prop_assert!(born.add_months(12 * (age + 1)).map_or(true, |birthday| birthday > day));
    }

    #[test]
    fn every_day_lies_in_one_period_of_a_kind(day in dates(), per in lengths()) {
        let own = Period::containing(per, day).unwrap();
        prop_assert!(own.contains(day));
        prop_assert_eq!(own.per(), per);
        prop_assert_eq!(own.year(), day.year());
        prop_assert_eq!(own.days(), own.start().days_until(own.end()).unwrap() + 1);
        prop_assert_eq!(own.start().add_months(per.months().unwrap()).unwrap_or(Date::NEVER), own.end().next());
        prop_assert_eq!(Period::parse(&own.to_string()), Ok(own));
        let Some(next) = own.next() else {
            prop_assert_eq!(own.end(), date("9999-12-31"));
            return Ok(());
        };
        prop_assert_eq!(next.start(), own.end().next());
        prop_assert_eq!(next.per(), per);
        prop_assert!(own < next && !next.contains(day));
    }

    #[test]
    fn the_parts_of_a_period_tile_it(day in dates(), whole in lengths(), part in lengths()) {
        let whole = Period::containing(whole, day).unwrap();
        let Some(parts) = whole.parts(part) else {
            prop_assert!(part.months() > whole.per().months());
            return Ok(());
        };
        prop_assert_eq!(parts.len(), usize::try_from(whole.per().months().unwrap() / part.months().unwrap()).unwrap());
        prop_assert_eq!(parts[0].start(), whole.start());
        prop_assert_eq!(parts[parts.len() - 1].end(), whole.end());
        prop_assert_eq!(parts.iter().map(|part| part.days()).sum::<i32>(), whole.days());
        for pair in parts.windows(2) {
            prop_assert_eq!(pair[0].end().next(), pair[1].start());
        }
    }

    #[test]
    fn no_text_breaks_the_readers(text in "[0-9/QHqh年月T-]{0,12}|\\PC{0,12}") {
        if let Ok(day) = Date::parse(&text) {
            prop_assert_eq!(day.to_string(), text.clone());
        }
        if let Ok(period) = Period::parse(&text) {
            prop_assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn money_converts_to_another_period_and_back(units in any::<i32>(), from in lengths(), to in lengths()) {
        let amount = Exact::ratio(units.into(), 100).unwrap();
        let money = Money { amount, currency: Currency::parse("CNY").unwrap(), per: Some(from) };
        let converted = money.convert(to).unwrap();
        prop_assert_eq!(converted.per, Some(to));
        prop_assert_eq!(converted.convert(from), Ok(money));
        let by_month = |money: Money| {
            money.amount.checked_div(Exact::from_i64(money.per.unwrap().months().unwrap().into())).unwrap()
        };
        prop_assert_eq!(by_month(converted), by_month(money));
    }
}

#[test]
fn one_month_after_the_last_of_january_is_the_last_of_february() {
    assert_eq!(date("2026-01-31").add_months(1), Ok(date("2026-02-28")));
    assert_eq!(date("2024-01-31").add_months(1), Ok(date("2024-02-29")));
    assert_eq!(date("2026-03-31").add_months(-1), Ok(date("2026-02-28")));
    assert_eq!(date("2026-02-28").add_months(1), Ok(date("2026-03-28")));
    assert_eq!(date("9999-12-01").add_months(1), Err(ArithmeticError::Overflow));
    assert_eq!(date("2026-01-01").add_months(i32::MIN), Err(ArithmeticError::Overflow));
    assert_eq!(date("2026-01-01").add_days(i32::MAX), Err(ArithmeticError::Overflow));
}

#[test]
fn the_month_is_completed_on_the_last_day_of_a_shorter_month() {
    assert_eq!(date("2026-01-31").months_until(date("2026-02-27")), Some(0));
    assert_eq!(date("2026-01-31").months_until(date("2026-02-28")), Some(1));
    assert_eq!(date("2026-02-28").months_until(date("2026-01-31")), Some(-1));
    assert_eq!(date("2026-06-15").months_until(date("2026-12-14")), Some(5));
    assert_eq!(date("2026-06-15").months_until(date("2026-12-15")), Some(6));
}

#[test]
fn eighteen_is_reached_on_the_birthday() {
    assert_eq!(date("2008-11-24").years_until(date("2026-11-23")), Some(17));
    assert_eq!(date("2008-11-24").years_until(date("2026-11-24")), Some(18));
    assert_eq!(date("2008-02-29").years_until(date("2026-02-27")), Some(17));
    assert_eq!(date("2008-02-29").years_until(date("2026-02-28")), Some(18));
    assert_eq!(date("2026-11-24").years_until(date("2025-11-25")), Some(0));
}

#[test]
fn the_bounds_lie_beyond_all_days_and_absorb_what_is_added() {
    assert!(Date::LONG_AGO < date("0001-01-01"));
    assert!(date("9999-12-31") < Date::NEVER);
    for bound in [Date::LONG_AGO, Date::NEVER] {
        assert!(bound.is_bound() && !bound.is_last_of_month());
        assert_eq!(bound.add_months(5), Ok(bound));
        assert_eq!(bound.add_days(i32::MIN), Ok(bound));
        assert_eq!((bound.next(), bound.previous()), (bound, bound));
        assert_eq!(bound.days_until(date("2026-01-01")), None);
        assert_eq!(date("2026-01-01").days_until(bound), None);
        assert_eq!(bound.months_until(date("2026-01-01")), None);
        assert_eq!(date("2026-01-01").years_until(bound), None);
        assert_eq!(Period::containing(Per::Month, bound), None);
    }
    assert_eq!(Date::LONG_AGO.months_until(Date::NEVER), None);
    assert_eq!(date("9999-12-31").next(), Date::NEVER);
    assert_eq!(date("0001-01-01").previous(), Date::LONG_AGO);
    assert_eq!([Date::LONG_AGO.to_string(), Date::NEVER.to_string()], ["long_ago", "never"]);
    assert_eq!((Date::LONG_AGO.year(), Date::NEVER.year()), (0, 10_000));
}

#[test]
fn a_refused_date_says_why() {
    for (text, reason) in [
        ("", DateError::Empty),
        ("2026/11/23", DateError::Separator),
        ("2026.11.23", DateError::Separator),
        ("20261123", DateError::Separator),
        ("2026年11月23日", DateError::Separator),
        ("2026-1-5", DateError::NotPadded),
        ("26-11-23", DateError::NotPadded),
        ("２０２６-11-23", DateError::FullWidth),
        ("2026-02-30", DateError::NoSuchDay),
        ("2026-02-29", DateError::NoSuchDay),
        ("2026-11-00", DateError::NoSuchDay),
        ("2026-13-01", DateError::MonthOutOfRange),
        ("2026-00-01", DateError::MonthOutOfRange),
        ("0000-01-01", DateError::YearOutOfRange),
        ("2026-11", DateError::Form),
        ("2026-11-23T08:00", DateError::Form),
        (" 2026-11-23", DateError::Form),
        ("never", DateError::Form),
    ] {
        assert_eq!(Date::parse(text), Err(reason), "{text}");
    }
}

#[test]
fn periods_begin_and_end_with_their_months() {
    for (text, start, end, days) in [
        ("2026-11", "2026-11-01", "2026-11-30", 30),
        ("2024-02", "2024-02-01", "2024-02-29", 29),
        ("2026-Q4", "2026-10-01", "2026-12-31", 92),
        ("2026-H2", "2026-07-01", "2026-12-31", 184),
        ("2026", "2026-01-01", "2026-12-31", 365),
    ] {
        let period = period(text);
        assert_eq!((period.start(), period.end(), period.days()), (date(start), date(end), days), "{text}");
        assert!(!period.contains(date(start).previous()) && !period.contains(date(end).next()));
        assert_eq!(serde_json::to_string(&period).unwrap(), format!("\"{text}\""));
    }
    assert_eq!(period("2026-12").next(), Some(period("2027-01")));
    assert_eq!(period("2026-Q4").next(), Some(period("2027-Q1")));
    assert_eq!(period("9999").next(), None);
    assert_eq!(period("2026-H1").parts(Per::Quarter), Some(vec![period("2026-Q1"), period("2026-Q2")]));
    assert_eq!(period("2026-H1").parts(Per::HalfYear), Some(vec![period("2026-H1")]));
    assert_eq!(period("2026-H1").parts(Per::Year), None);
    assert_eq!(period("2026-H1").parts(Per::Week), None);
    assert_eq!(Period::containing(Per::Day, date("2026-11-24")), None);
}

#[test]
fn a_refused_period_says_why() {
    for (text, reason) in [
        ("", PeriodError::Empty),
        ("2026-11-23", PeriodError::Day),
        ("2026-1", PeriodError::NotPadded),
        ("2026-q4", PeriodError::LowerCase),
        ("2026-13", PeriodError::MonthOutOfRange),
        ("2026-00", PeriodError::MonthOutOfRange),
        ("2026-Q5", PeriodError::QuarterOutOfRange),
        ("2026-Q0", PeriodError::QuarterOutOfRange),
        ("2026-H3", PeriodError::HalfYearOutOfRange),
        ("0000", PeriodError::YearOutOfRange),
        ("0000-11", PeriodError::YearOutOfRange),
        ("2026/11", PeriodError::Form),
        ("2026-QX", PeriodError::Form),
        ("２０２６", PeriodError::Form),
        ("2026 ", PeriodError::Form),
    ] {
        assert_eq!(Period::parse(text), Err(reason), "{text}");
    }
}

#[test]
fn every_period_word_reads_back() {
    for per in Per::ALL {
        assert_eq!(Per::from_name(per.name()), Some(per));
    }
    assert_eq!(Per::from_name("fortnight"), None);
}

#[test]
fn money_of_another_currency_or_period_is_refused() {
    let money = |amount: &str, currency: &str, per: Option<Per>| Money {
        amount: Exact::parse(amount).unwrap(),
        currency: Currency::parse(currency).unwrap(),
        per,
    };
    let monthly = money("32.5", "CNY", Some(Per::Month));
    assert_eq!(monthly.checked_add(monthly).unwrap().to_string(), "65 CNY per month");
    assert_eq!(monthly.checked_sub(monthly).unwrap().to_string(), "0 CNY per month");
    assert_eq!(money("5", "CNY", None).to_string(), "5 CNY");
    let dollars = monthly.checked_add(money("1", "USD", Some(Per::Month))).unwrap_err();
    assert_eq!(dollars.to_string(), "CNY and USD are different currencies");
    let yearly = monthly.checked_sub(money("1", "CNY", Some(Per::Year))).unwrap_err();
    assert_eq!(yearly.to_string(), "money per month and money per year do not go together");
    let once = money("5", "CNY", None).convert(Per::Year).unwrap_err();
    assert_eq!(once.to_string(), "money once cannot be converted to money per year");
    assert_eq!(monthly.convert(Per::Week), Err(MoneyError::NotConvertible { from: Some(Per::Month), to: Per::Week }));
    let weekly = money("3", "CNY", Some(Per::Week));
    assert_eq!(weekly.convert(Per::Week), Ok(weekly));
    assert_eq!(money("100", "CNY", Some(Per::Year)).convert(Per::Month).unwrap().to_string(), "25/3 CNY per month");
    let largest = Money { amount: Exact::ratio(i128::MAX, 1).unwrap(), ..monthly };
    assert_eq!(largest.convert(Per::Year), Err(MoneyError::Arithmetic(ArithmeticError::Overflow)));
}

#[test]
fn a_currency_has_three_capital_letters() {
    assert_eq!(Currency::parse("CNY").unwrap().to_string(), "CNY");
    for text in ["cny", "CN", "CNYY", "C1Y", "元", ""] {
        assert!(Currency::parse(text).is_err(), "{text}");
    }
}
