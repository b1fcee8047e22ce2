//! Versions of two rules against every day of a short calendar.

use proptest::prelude::*;

use super::*;

const DAYS: i32 = 14;

fn day(number: i32) -> Date {
    match number {
        0 => Date::LONG_AGO,
        number if number > DAYS => Date::NEVER,
        number => date("2020-02-25").add_days(number).unwrap(),
    }
}

fn timelines() -> impl Strategy<Value = Timeline> {
    let one = (0..=DAYS, 0..=DAYS, 0..=DAYS, prop::bool::weighted(0.2), prop::bool::weighted(0.5));
    prop::collection::vec(one, 1..5).prop_map(|drawn| {
        let versions = drawn.into_iter().map(|(from, length, issued, repealed, is_open)| {
            let until = if is_open { Date::NEVER } else { day((from + length).max(1)) };
            Version { repealed, ..version(day(from), until, day(issued)) }
        });
        let mut versions: Vec<Version> = versions.collect();
        // Two versions with the same two dates are refused elsewhere.
        versions.sort_by_key(|version| (version.issued, version.from));
        versions.dedup_by_key(|version| (version.issued, version.from));
        Timeline { path: "x".into(), versions }
    })
}

proptest! {
    #[test]
    fn two_versions_hold_together_exactly_where_a_day_shows_it(a in timelines(), b in timelines()) {
        for ia in 0..a.versions.len() {
            for ib in 0..b.versions.len() {
                let chosen = |effective: Date, known: Date| {
                    a.at(effective, known).map(usize::from) == Some(ia)
                        && b.at(effective, known).map(usize::from) == Some(ib)
                };
                let days = || (0..=DAYS + 1).map(day);
                let any = days().any(|effective| days().any(|known| chosen(effective, known)));
                match together(&a, ia, &b, ib) {
                    Some((effective, known)) => prop_assert!(chosen(effective, known)),
                    None => prop_assert!(!any),
                }
            }
        }
    }

    #[test]
    fn the_gaps_are_the_days_without_a_rule_between_two(timeline in timelines()) {
        let gaps = date_gaps(&timeline);
        let covered = |on: Date| timeline.versions.iter().any(|version| version.from <= on && on <= version.until);
        let holds = |on: Date| timeline.at(on, Date::NEVER).is_some();
        for number in 1..=DAYS {
            let on = day(number);
            let last = (0..number).rev().map(day).find(|day| covered(*day));
            let next = (number..=DAYS + 1).map(day).find(|day| covered(*day));
            let is_gap = !covered(on) && last.is_some_and(holds) && next.is_some_and(holds);
            let is_found = gaps.iter().any(|(first, last)| *first <= on && on <= *last);
            prop_assert_eq!(is_gap, is_found, "{}", on);
        }
        prop_assert!(gaps.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}

fn timeline(versions: &[(&str, &str)]) -> Timeline {
    let versions = versions.iter().map(|(from, until)| version(date(from), date(until), date(from))).collect();
    Timeline { path: "x".into(), versions }
}

#[test]
fn versions_that_follow_each_other_never_hold_together() {
    let a = timeline(&[("2008-04-01", "never"), ("2017-01-01", "never")]);
    let b = timeline(&[("2017-01-01", "never")]);
    assert_eq!(together(&a, 0, &b, 0), None);
    assert_eq!(together(&a, 1, &b, 0), Some((date("2017-01-01"), Date::NEVER)));
}

#[test]
fn what_a_later_text_hides_was_once_known_to_hold() {
    let mut a = timeline(&[("2008-04-01", "never"), ("2017-01-01", "never")]);
    a.versions[1].from = date("2008-04-01");
    let b = timeline(&[("2008-04-01", "never")]);
    assert_eq!(together(&a, 0, &b, 0), Some((date("2008-04-01"), date("2008-04-01"))));
}

#[test]
fn what_holds_since_ever_is_shown_on_its_last_day() {
    let a = timeline(&[("long_ago", "never"), ("2008-04-01", "never")]);
    let b = timeline(&[("long_ago", "never")]);
    assert_eq!(together(&a, 0, &b, 0), Some((date("2008-03-31"), Date::NEVER)));
    assert_eq!(together(&b, 0, &b, 0), Some((Date::LONG_AGO, Date::NEVER)));
}

#[test]
fn a_year_without_a_rule_is_a_gap() {
    let dated = timeline(&[("2020-01-01", "2022-12-31"), ("2024-01-01", "never")]);
    assert_eq!(date_gaps(&dated), [(date("2023-01-01"), date("2023-12-31"))]);
    let next = timeline(&[("2020-01-01", "2022-12-31"), ("2023-01-01", "never")]);
    assert_eq!(date_gaps(&next), []);
}

#[test]
fn after_a_repeal_the_silence_is_meant() {
    let mut dated = timeline(&[("2020-01-01", "2022-12-31"), ("2023-01-01", "2023-01-01"), ("2024-01-01", "never")]);
    dated.versions[1].repealed = true;
    assert_eq!(date_gaps(&dated), []);
}
