//! The version that holds on two dates, against a calendar that is painted over issue by issue.

use proptest::prelude::*;
use rollbook::ruleset::node::Span;
use rollbook::ruleset::{Attested, Strength, Timeline, Version};
use rollbook::value::Date;

/// The days that are looked at, counted from one first day.
const DAYS: u16 = 40;

#[derive(Clone, Copy, Debug)]
struct Drawn {
    from: Option<u16>,
    until: Option<u16>,
    issued: Option<u16>,
    repealed: bool,
}

fn day(number: u16) -> Date {
    Date::new(2020, 1, 1).unwrap().add_days(i32::from(number)).unwrap()
}

fn version(drawn: Drawn) -> Version {
    Version {
        from: drawn.from.map_or(Date::LONG_AGO, day),
        until: drawn.until.map_or(Date::NEVER, day),
        issued: drawn.issued.map_or(Date::LONG_AGO, day),
        cite: Vec::new(),
        under: false,
        chosen: None,
        attested: Attested::Official,
        strength: Strength::Must,
        repealed: drawn.repealed,
        layer: 0,
        span: Span::new(0, 0),
    }
}

/// No two with the same dates, as the checker sees to.
fn versions() -> impl Strategy<Value = Vec<Drawn>> {
    let number = || prop::option::weighted(0.85, 0..DAYS);
    let drawn = (number(), prop::option::weighted(0.4, 0..DAYS), number(), prop::bool::weighted(0.15))
        .prop_map(|(from, until, issued, repealed)| Drawn { from, until, issued, repealed });
    prop::collection::vec(drawn, 0..9).prop_map(|mut all| {
        let mut seen = Vec::new();
        all.retain(|drawn| {
            let dates = (drawn.issued, drawn.from);
            let is_new = !seen.contains(&dates);
            seen.push(dates);
            is_new
        });
        all
    })
}

/// Paints every issue that is known over those before it, the later beginning over the earlier of one issue.
fn painted(versions: &[Drawn], known: u16) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|at| (versions[*at].issued, versions[*at].from));
    let mut calendar = vec![None; usize::from(DAYS)];
    for at in order {
        let Drawn { from, until, issued, repealed } = versions[at];
        if issued.is_some_and(|issued| issued > known) {
            continue;
        }
        for number in from.unwrap_or(0)..=until.unwrap_or(DAYS - 1) {
            calendar[usize::from(number)] = (!repealed).then_some(at);
        }
    }
    calendar
}

proptest! {
    #[test]
    fn the_latest_issue_that_is_known_holds_on_its_days(drawn in versions()) {
        let timeline = Timeline { path: "dues.tariff".into(), versions: drawn.iter().copied().map(version).collect() };
        for known in 0..DAYS {
            let calendar = painted(&drawn, known);
            for effective in 0..DAYS {
                let held = timeline.at(day(effective), day(known)).map(usize::from);
                prop_assert_eq!(held, calendar[usize::from(effective)], "effective {}, known {}", effective, known);
            }
        }
    }

    #[test]
    fn the_order_in_which_versions_are_written_decides_nothing(drawn in versions()) {
        let forwards: Vec<Version> = drawn.iter().copied().map(version).collect();
        let backwards: Vec<Version> = drawn.iter().rev().copied().map(version).collect();
        let (one, other) = (Timeline { path: "x".into(), versions: forwards }, Timeline { path: "x".into(), versions: backwards });
        for known in (0..DAYS).step_by(3) {
            for effective in 0..DAYS {
                let dates = |timeline: &Timeline| {
                    let held = timeline.at(day(effective), day(known))?;
                    let version = &timeline.versions[usize::from(held)];
                    Some((version.issued, version.from))
                };
                prop_assert_eq!(dates(&one), dates(&other));
            }
        }
    }

    #[test]
    fn what_is_issued_later_changes_nothing_that_was_known(drawn in versions(), known in 0..DAYS) {
        let all = Timeline { path: "x".into(), versions: drawn.iter().copied().map(version).collect() };
        let then: Vec<Drawn> = drawn.iter().copied().filter(|drawn| drawn.issued.is_none_or(|issued| issued <= known)).collect();
        let then = Timeline { path: "x".into(), versions: then.into_iter().map(version).collect() };
        for effective in 0..DAYS {
            let dates = |timeline: &Timeline, known: Date| {
                let held = timeline.at(day(effective), known)?;
                let version = &timeline.versions[usize::from(held)];
                Some((version.issued, version.from))
            };
            prop_assert_eq!(dates(&all, day(known)), dates(&then, Date::NEVER));
        }
    }
}
