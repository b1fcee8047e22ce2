use rollbook::facade::{Error, Request, RuleSet};

use super::super::facts;

const NATIONAL: &str = "
rollbook: 1
id: national
edition: 4
languages: [en]
title: National union
currency: EUR
sources:
  statutes: { title: Statutes, in_force: 2010-01-01, attested: official }
settings:
  fee: { kind: money per month, cite: statutes art. 2, at_least: 2, at_most: 10, default: 4 }
charges:
  dues:
    per: month
    tariff: { cite: statutes art. 3, amount: fee }
    round: { cite: statutes art. 4, is: half_up to 0.01 }
";

/// A child that takes another fee.
fn child(id: &str, parent: &str, edition: u32, fee: u32) -> String {
    format!(
        "rollbook: 1\nid: {id}\nedition: 1\nlanguages: [en]\ntitle: {id}\ncurrency: EUR\nextends: {{ id: {parent}, edition: {edition} }}\n\
         sources:\n  {id}_rules: {{ title: Rules of {id}, in_force: 2015-01-01, attested: official }}\n\
         settings:\n  fee: {{ kind: money per month, cite: {id}_rules item 1, at_least: 3, at_most: 9, default: {fee} }}\n"
    )
}

fn national() -> RuleSet {
    RuleSet::parse(NATIONAL).unwrap()
}

fn amount(rules: &RuleSet) -> Option<String> {
    rules.dues(&facts([]), &Request::new("2026-11")).unwrap().amount()
}

fn first_code(error: &Error) -> &str {
    &error.diagnostics[0].code
}

#[test]
fn a_parent_is_handed_in_as_a_rule_set_that_was_read() {
    let branch = RuleSet::parse_with(&child("north", "national", 4, 7), &[national()]).unwrap();
    assert_eq!((amount(&national()), amount(&branch)), (Some("4.00".to_owned()), Some("7.00".to_owned())));
    assert_eq!(branch.parents().iter().map(RuleSet::id).collect::<Vec<_>>(), ["national"]);
    let again = RuleSet::parse_with(&branch.to_json(), branch.parents()).unwrap();
    assert_eq!(again.hash(), branch.hash());
}

#[test]
fn a_parent_brings_its_own_parents_with_it() {
    let north = RuleSet::parse_with(&child("north", "national", 4, 7), &[national()]).unwrap();
    let town = RuleSet::parse_with(&child("town", "north", 1, 8), &[north]).unwrap();
    assert_eq!(amount(&town).as_deref(), Some("8.00"));
    assert_eq!(town.parents().iter().map(RuleSet::id).collect::<Vec<_>>(), ["north"]);
    let again = RuleSet::parse_with(&town.to_json(), town.parents()).unwrap();
    assert_eq!(again.hash(), town.hash());
}

#[test]
fn only_what_is_extended_is_kept() {
    let alone = RuleSet::parse_with(NATIONAL, &[super::super::cpc()]).unwrap();
    assert!(alone.parents().is_empty());
}

#[test]
fn a_parent_that_was_not_handed_in_refuses_the_child() {
    let north = child("north", "national", 4, 7);
    assert_eq!(first_code(&RuleSet::parse(&north).unwrap_err()), "no_parent");
    let wrong_edition = RuleSet::parse_with(&child("north", "national", 3, 7), &[national()]).unwrap_err();
    assert_eq!(wrong_edition.to_string(), "the rule set is refused: the parent `national` is edition 4, not `3`");
}

#[test]
fn a_check_finds_parents_where_parsing_finds_them() {
    let checked = RuleSet::check_with(&child("north", "national", 4, 7), &[national()]);
    assert_eq!(checked.rule_set.unwrap().parents().len(), 1);
    assert!(checked.diagnostics.is_empty());
    let checked = RuleSet::check_with(&child("north", "national", 4, 20), &[national()]);
    assert!(checked.rule_set.is_none());
    assert!(!checked.diagnostics.is_empty());
}
