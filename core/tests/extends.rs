//! A rule set that extends another: what it may add, what it may narrow, where parents are found.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use rollbook::RuleSet;
use rollbook::dues::Request;
use rollbook::ruleset::Decision;
use rollbook::ruleset::source::LineIndex;
use rollbook::value::{Date, Period};

const NATIONAL: &str = "
rollbook: 1
id: national
edition: 4
languages: [en]
title: National union
currency: EUR
sources:
  statutes:      { title: Statutes, in_force: 2010-01-01, attested: official }
  statutes-2020: { title: Statutes as revised, issued: 2019-10-01, in_force: 2020-01-01, attested: official }
settings:
  fee:
    kind: money per month
    versions:
      - { cite: statutes art. 2, at_least: 2, at_most: 10, default: 4 }
      - { cite: statutes-2020 art. 2, at_least: 3, at_most: 12, default: 5 }
facts:
  grade: { kind: one_of, words: [ full, associate ] }
charges:
  dues:
    per: month
    tariff: { cite: statutes art. 3, by: grade, amounts: { full: fee, associate: 1 } }
    round: { cite: statutes art. 4, is: half_up to 0.01 }
";

/// A child of `parent` with one more section.
fn child(id: &str, parent: &str, edition: u32, more: &str) -> String {
    format!(
        "rollbook: 1\nid: {id}\nedition: 1\nlanguages: [en]\ntitle: {id}\ncurrency: EUR\nextends: {{ id: {parent}, edition: {edition} }}\n\
         sources:\n  {id}_rules: {{ title: Rules of {id}, issued: 2014-06-01, in_force: 2015-01-01, attested: official }}\n{more}\n"
    )
}

/// A family of rule sets by id.
#[derive(Default)]
struct Family(BTreeMap<String, String>);

impl Family {
    fn with(mut self, id: &str, text: &str) -> Self {
        self.0.insert(id.to_owned(), text.to_owned());
        self
    }

    fn load(&self, text: &str) -> RuleSet {
        let found = |id: &str| self.0.get(id).cloned();
        RuleSet::parse_with(text, &found).unwrap_or_else(|refused| {
            let lines = LineIndex::new(text);
            let all: String = refused.diagnostics.iter().map(|fault| fault.render("child", &lines)).collect();
            panic!("{all}")
        })
    }

    fn refusal(&self, text: &str) -> String {
        let found = |id: &str| self.0.get(id).cloned();
        let refused = RuleSet::parse_with(text, &found).unwrap_err();
        let fault = refused.diagnostics.first().unwrap();
        format!("{}: {} ({})", fault.code, fault.message, fault.help.as_deref().unwrap_or_default())
    }
}

fn fee_of(rule_set: &RuleSet, month: &str, known: Option<&str>) -> String {
    let mut request = Request::new(Period::parse(month).unwrap());
    request.known = known.map(|day| Date::parse(day).unwrap());
    let answer = rule_set.dues(&rule_set.facts_from([("grade", "full")]), &request).unwrap();
    answer.amount.map_or_else(|| answer.status.name().to_owned(), |amount| amount.to_string())
}

#[test]
fn a_child_that_adds_nothing_answers_as_its_parent() {
    let family = Family::default().with("national", NATIONAL);
    let (parent, own) = (family.load(NATIONAL), family.load(&child("north", "national", 4, "")));
    for month in ["2009-12", "2012-05", "2024-05"] {
        assert_eq!(fee_of(&own, month, None), fee_of(&parent, month, None));
    }
    assert_eq!((&*own.rules().id, own.rules().edition), ("north", 1));
}

#[test]
fn what_the_child_decided_holds_on_its_dates_and_the_parents_on_all_others() {
    let family = Family::default().with("national", NATIONAL);
    let fee = "settings:\n  fee: { kind: money per month, cite: north_rules item 1, until: 2021-12-31, at_least: 6, at_most: 8, default: 7 }";
    let own = family.load(&child("north", "national", 4, fee));
    // The parent's revision of 2020 is issued later than the child's rules and yet does not take their place.
    let by_month =
        ["2014-12", "2015-01", "2019-12", "2020-01", "2021-12", "2022-01"].map(|month| fee_of(&own, month, None));
    assert_eq!(by_month, ["4", "7", "7", "7", "7", "5"]);
    assert_eq!(fee_of(&own, "2016-05", Some("2014-05-31")), "4", "before the child's rules were issued");
    let decide = |value: &str| {
        let decisions = [Decision::always("fee", value)];
        let mut request = Request::new(Period::parse("2018-05").unwrap());
        request.settings = &decisions;
        own.dues(&own.facts_from([("grade", "full")]), &request).map(|answer| answer.amount.unwrap().to_string()).ok()
    };
    assert_eq!(
        [decide("5.99"), decide("6"), decide("8"), decide("8.01")].map(|it| it.is_some()),
        [false, true, true, false]
    );
}

#[test]
fn a_bound_of_the_parent_is_kept_on_every_day_and_in_what_was_known() {
    let family = Family::default().with("national", NATIONAL);
    let fee = |bounds: &str| {
        let section = format!("settings:\n  fee: {{ kind: money per month, cite: north_rules item 1, {bounds} }}");
        child("north", "national", 4, &section)
    };
    let refusal = family.refusal(&fee("at_least: 2, at_most: 8, default: 4"));
    // Allowed until 2019; the version goes on into 2020. The place is the parent's second version.
    assert_eq!(
        refusal,
        "outside_parent: on 2020-01-01 `fee` leaves the bounds of its parent (`at_least` is 2, the parent's is 3 (national:16:11))"
    );
    family.load(&fee("until: 2019-12-31, at_least: 2, at_most: 8, default: 4"));
    let refusal = family.refusal(&fee("at_least: 3, at_most: 12, default: 4"));
    assert!(
        refusal.contains("on 2015-01-01") && refusal.contains("`at_most` is 12, the parent's is 10 (national:15:11)"),
        "{refusal}"
    );
    let refusal = family.refusal(&fee("at_least: 3, default: 4"));
    assert!(refusal.contains("`at_most` is nothing, the parent's is 10"), "{refusal}");
    let refusal = family.refusal(&fee("from: 2009-07-01, issued: 2009-06-01, at_least: 3, at_most: 9, default: 4"));
    assert!(
        refusal.contains("on 2009-07-01") && refusal.contains("the parent has no version on that day"),
        "{refusal}"
    );
    family.load(&fee("at_least: 3, at_most: 10, default: 10"));
}

#[test]
fn a_name_of_the_parent_is_not_taken_twice() {
    let family = Family::default().with("national", NATIONAL);
    let refusal = |more: &str| family.refusal(&child("north", "national", 4, more));
    assert!(refusal("facts:\n  grade: { kind: count }").starts_with("outside_parent: `grade` is a fact of the parent"));
    let statutes = refusal("terms:\n  fee: { cite: north_rules item 2, is: 3 }");
    assert!(statutes.starts_with("name_clash: "), "{statutes}");
    let kind =
        refusal("settings:\n  fee: { kind: number, cite: north_rules item 1, at_least: 3, at_most: 9, default: 4 }");
    assert!(kind.starts_with("outside_parent: `fee` is `money per month` in the parent, not `number`"), "{kind}");
    let repealed = "settings:\n  fee: { kind: money per month, cite: north_rules item 1, at_least: 3, at_most: 9, default: 4, repealed: yes }";
    assert!(refusal(repealed).starts_with("outside_parent: a child cannot repeal `fee`"));
}

#[test]
fn languages_and_currency_are_those_of_the_parent() {
    let family = Family::default().with("national", NATIONAL);
    let text = child("north", "national", 4, "");
    for (own, other) in [("languages: [en]", "languages: [en, zh]"), ("currency: EUR", "currency: USD")] {
        let refusal = family.refusal(&text.replace(own, other));
        assert!(refusal.starts_with("outside_parent: "), "{refusal}");
    }
}

#[test]
fn a_grandchild_narrows_what_its_parent_narrowed() {
    let north = child(
        "north",
        "national",
        4,
        "settings:\n  fee: { kind: money per month, cite: north_rules item 1, at_least: 5, at_most: 9, default: 6 }",
    );
    let family = Family::default().with("national", NATIONAL).with("north", &north);
    let harbour = |bounds: &str| {
        child(
            "harbour",
            "north",
            1,
            &format!(
                "settings:\n  fee: {{ kind: money per month, cite: harbour_rules item 1, from: 2022-01-01, {bounds} }}"
            ),
        )
    };
    let own = family.load(&harbour("at_least: 8, at_most: 9, default: 8.50"));
    assert_eq!(["2014-05", "2016-05", "2022-05"].map(|month| fee_of(&own, month, None)), ["4", "6", "8.5"]);
    let refusal = family.refusal(&harbour("at_least: 4, at_most: 9, default: 8.50"));
    assert!(
        refusal.contains("`at_least` is 4, the parent's is 5 (north:"),
        "the nearest parent's bound counts: {refusal}"
    );
}

#[test]
fn a_parent_is_found_sound_of_its_edition_and_no_descendant() {
    let broken = NATIONAL.replace("default: 5", "default: 13");
    let north = child("north", "south", 1, "");
    let south = child("south", "north", 1, "");
    let family = Family::default()
        .with("national", NATIONAL)
        .with("broken", &broken)
        .with("north", &north)
        .with("south", &south);
    let refusal = |parent: &str, edition: u32| family.refusal(&child("own", parent, edition, ""));
    assert!(refusal("nationaal", 4).starts_with("no_parent: there is no rule set `nationaal` to extend"));
    assert!(refusal("national", 3).starts_with("no_parent: the parent `national` is edition 4, not `3`"));
    assert!(refusal("broken", 4).starts_with("no_parent: the parent `broken` is refused: the default `13`"));
    assert!(refusal("north", 1).contains("`north` extends itself"));
    assert!(family.refusal(&child("national", "national", 4, "")).contains("`national` extends itself"));
}

#[test]
fn more_than_eight_rule_sets_do_not_extend_one_another() {
    let mut family = Family::default().with("national", NATIONAL);
    let mut parent = ("national".to_owned(), 4);
    for depth in 1..=9 {
        let id = format!("level{depth}");
        family = family.with(&id, &child(&id, &parent.0, parent.1, ""));
        parent = (id, 1);
    }
    family.load(&child("own", "level6", 1, ""));
    let refusal = family.refusal(&child("own", "level9", 1, ""));
    assert!(refusal.contains("more than 8 rule sets extend one another"), "{refusal}");
}

#[test]
fn the_hash_of_a_child_is_another_when_its_parent_is() {
    let text = child("north", "national", 4, "");
    let hash = |national: &str| Family::default().with("national", national).load(&text).rules().hash.clone();
    assert_ne!(hash(NATIONAL), hash(&NATIONAL.replace("associate: 1 ", "associate: 1.50 ")));
    assert_eq!(hash(NATIONAL), hash(&format!("# a remark\n{NATIONAL}")));
    assert_ne!(hash(NATIONAL), Family::default().load(NATIONAL).rules().hash);
}

#[test]
fn the_only_charge_of_the_parent_stays_the_one_that_is_answered() {
    let family = Family::default().with("national", NATIONAL);
    let levy = "charges:\n  levy:\n    per: month\n    tariff: { cite: north_rules item 2, amount: 0.1 EUR per month + dues * 1/10 }\n    round: { cite: north_rules item 2, is: half_up to 0.01 }";
    let own = family.load(&child("north", "national", 4, levy));
    assert_eq!(fee_of(&own, "2024-05", None), "5");
    let mut request = Request::new(Period::parse("2024-05").unwrap());
    request.charge = Some("levy");
    let answer = own.dues(&own.facts_from([("grade", "full")]), &request).unwrap();
    assert_eq!(answer.amount.unwrap().to_string(), "0.6", "0.10 and a tenth of 5");
}
