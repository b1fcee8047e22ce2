//! The page on the rule sets that ship says of each what stands in it.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use rollbook::RuleSet;
use rollbook::api::BUILTIN;
use rollbook::ruleset::{Source, SureOf};
use rollbook::value::Date;

const PAGE: &str = include_str!("../../docs/rule-sets.md");

/// The rows of the table under a heading, or of the first table.
fn rows(heading: Option<&str>) -> Vec<&'static str> {
    let body = heading.map_or(PAGE, |heading| PAGE.split_once(heading).unwrap().1);
    let table = body.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    table.skip(2).collect()
}

fn names<'n>(all: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<String> = all.map(|name| format!("`{name}`")).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

fn begins(source: &Source) -> String {
    match (source.in_force, source.sure_of) {
        (Date::LONG_AGO, _) => "not seen".to_owned(),
        (day, Some(SureOf::Year)) if day.to_string().ends_with("-01-01") => {
            format!("{}, day not seen", day.to_string().split('-').next().unwrap())
        }
        (day, _) => day.to_string(),
    }
}

#[test]
fn each_rule_set_is_told_with_its_languages_charges_and_settings() {
    let told = rows(None);
    assert_eq!(told.len(), BUILTIN.len());
    for (builtin, row) in BUILTIN.iter().zip(told) {
        let rule_set = RuleSet::builtin(builtin.id).unwrap();
        let rules = rule_set.rules();
        let charges = names(rules.charge_names.iter().map(|name| &**name));
        let settings = names(rules.settings.iter().map(|setting| &*setting.name));
        let start = format!("| `{0}` ([sources](../core/rulesets/{0}/SOURCES.md)) | ", builtin.id);
        let end = format!(" | {} | {charges} | {settings} |", rules.languages.join(", "));
        assert!(row.starts_with(&start) && row.ends_with(&end), "{row}\nwants {start} … {end}");
    }
}

#[test]
fn each_instrument_is_told_with_its_day_and_how_well_it_is_attested() {
    let mut wanted = Vec::new();
    for builtin in BUILTIN {
        let rule_set = RuleSet::builtin(builtin.id).unwrap();
        for source in &rule_set.rules().sources {
            let (day, attested) = (begins(source), source.attested.name());
            wanted.push(format!("| `{}` | `{}` | {day} | {attested} |", builtin.id, source.name));
        }
    }
    assert_eq!(rows(Some("## What they rest on")), wanted);
}

#[test]
fn nothing_that_ships_claims_to_be_official() {
    for builtin in BUILTIN {
        assert!(!builtin.text.contains("attested: official"), "{}", builtin.id);
    }
}

#[test]
fn the_columns_that_are_named_are_facts_or_terms_that_may_be_given() {
    let told = rows(Some("## What a roster holds"));
    assert_eq!(told.len(), BUILTIN.len());
    for (builtin, row) in BUILTIN.iter().zip(told) {
        let rule_set = RuleSet::builtin(builtin.id).unwrap();
        let mut cells = row.split('|');
        assert!(cells.nth(1).unwrap().contains(&format!("`{}`", builtin.id)));
        let columns: Vec<&str> = cells.next().unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!columns.is_empty());
        for column in columns {
            assert!(rule_set.rules().input_by_name(column).is_some(), "{}: {column}", builtin.id);
        }
    }
}
