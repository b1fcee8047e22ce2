use rollbook::facade::{Fact, Kind, Owner, Per};

use super::super::cpc;

fn fact(name: &str) -> Fact {
    cpc().facts().into_iter().find(|fact| fact.name == name).unwrap()
}

#[test]
fn the_values_of_every_kind_are_told_for_each_language() {
    let table = include_str!("../../../docs/types.md");
    let told: Vec<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(kind, _)| kind).collect();
    assert_eq!(told, Kind::ALL.map(Kind::name));
}

#[test]
fn a_base_is_money_a_month_from_zero_on_and_can_be_worked_out() {
    let base = fact("base");
    assert_eq!((base.kind, base.per, base.currency.as_deref()), (Kind::Money, Some(Per::Month), Some("CNY")));
    assert_eq!((base.at_least.as_deref(), base.at_most), (Some("0"), None));
    assert_eq!((base.titles["zh"].as_str(), base.titles["en"].as_str()), ("基数", "dues base"));
    assert!(base.derived && !fact("pension").derived);
}

#[test]
fn a_choice_has_its_words_with_titles_in_the_order_of_the_rule_set() {
    let category = fact("category");
    assert_eq!(category.kind, Kind::OneOf);
    assert_eq!(category.words[0].name, "waged");
    assert!(category.words.iter().all(|word| word.titles.contains_key("zh") && word.titles.contains_key("en")));
}

#[test]
fn a_form_for_the_dues_asks_for_what_the_dues_can_read_and_for_nothing_else() {
    let read_by = |name: &str| fact(name).read_by;
    assert_eq!(read_by("base"), ["dues"]);
    assert_eq!(read_by("pension"), ["dues"]); // through the base
    assert_eq!(read_by("income_tax"), ["dues"]); // through the deductions behind the base
    assert_eq!(read_by("voluntary_payments"), ["voluntary"]);
    assert_eq!(read_by("dues_received"), ["remittance"]);
}

#[test]
fn what_is_assumed_where_nothing_is_given_is_said() {
    assert_eq!(fact("joined").unless_given.as_deref(), Some("long_ago"));
    assert_eq!(fact("hardship").unless_given.as_deref(), Some("none"));
    assert_eq!(fact("voluntary_payments").unless_given.as_deref(), Some("[]"));
    assert_eq!(fact("base").unless_given, None);
}

#[test]
fn a_list_has_its_fields() {
    let payments = fact("voluntary_payments");
    let fields: Vec<(&str, Kind)> = payments.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(fields, [("paid", Kind::Money), ("paid_on", Kind::Date)]);
}

#[test]
fn facts_of_an_organisation_are_told_from_those_of_a_member() {
    assert_eq!(fact("level").owner, Owner::Organisation);
    assert_eq!(fact("stage").owner, Owner::Member);
}

#[test]
fn the_facts_in_json_have_the_same_names_in_the_same_order() {
    let said: serde_json::Value = serde_json::from_str(&cpc().facts_json()).unwrap();
    let named: Vec<&str> = said.as_array().unwrap().iter().map(|fact| fact["name"].as_str().unwrap()).collect();
    let facts = cpc().facts();
    assert_eq!(named, facts.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>());
    assert_eq!(said[named.iter().position(|name| *name == "base").unwrap()]["per"], "month");
}

#[test]
fn the_schema_of_the_facts_takes_what_the_rules_take() {
    let rules = cpc();
    let schema: serde_json::Value = serde_json::from_str(&rules.facts_schema(Some("dues"), "zh").unwrap()).unwrap();
    assert_eq!(schema["properties"]["base"]["title"], "基数");
    let takes = |facts: serde_json::Value| jsonschema::is_valid(&schema, &facts);
    for sound in [
        serde_json::json!({ "stage": "full", "category": "waged", "base": "5400.50" }),
        serde_json::json!({ "base": [{ "from": "2026-01-01", "value": "5400" }], "joined": "2026-06-15" }),
        serde_json::json!({}),
    ] {
        assert!(takes(sound.clone()), "{sound}");
    }
    for broken in [
        serde_json::json!({ "base": 5400 }),
        serde_json::json!({ "base": "5,400" }),
        serde_json::json!({ "category": "wages" }),
        serde_json::json!({ "joined": "2026/06/15" }),
        serde_json::json!({ "level": "province" }), // no fact of a member's dues
    ] {
        assert!(!takes(broken.clone()), "{broken}");
    }
    assert!(rules.facts_schema(Some("deus"), "en").is_err());
}
