//! Which answers are direct. That they are the general evaluator's is a law of its own, over drawn documents.

use super::Reached;
use crate::dues::evaluate::plan;
use crate::explain::NoTrace;
use crate::ruleset::Told;
use crate::value::{Date, Period};
use crate::{RuleSet, dues::Status};

/// The status and amount of a member of `cpc`, if the direct evaluator has them.
fn directly(facts: &[(&str, &str)]) -> Option<(Status, Option<String>)> {
    directly_of(&facts.iter().map(|(name, value)| (*name, Told::from(*value))).collect::<Vec<_>>())
}

fn directly_of(told: &[(&str, Told)]) -> Option<(Status, Option<String>)> {
    let rule_set = RuleSet::builtin("cpc").unwrap();
    let rules = rule_set.rules();
    let charge = &rule_set.charges().charges[rule_set.charges().find(None).unwrap()];
    let period = Period::parse("2026-11").unwrap();
    let mut parts = plan::parts(rules, charge, period, Date::NEVER, &[]).unwrap();
    parts[0].bind(rules, charge);
    let facts = rule_set.facts_from(told.iter().cloned());
    let mut reached = Reached::nothing();
    parts[0].direct.as_ref().unwrap().answer(&facts, &mut Vec::new(), &mut NoTrace, &mut reached).ok()?;
    Some((reached.status, reached.amount.map(|amount| amount.to_string())))
}

#[test]
fn what_nearly_every_member_owes_is_said_directly() {
    let charged = |amount: &str| Some((Status::Charged, Some(amount.to_owned())));
    assert_eq!(directly(&[("stage", "full"), ("category", "waged"), ("base", "3000")]), charged("15"));
    assert_eq!(directly(&[("stage", "full"), ("category", "retired"), ("base", "5000.01")]), charged("50"));
    assert_eq!(directly(&[("stage", "probationary"), ("category", "student")]), charged("0.2"));
    let items = "stage=full category=waged employer=enterprise post_pay=4000 skill_pay=500 post_allowance=100 \
                 performance_pay=1000 income_tax=20 pension_insurance=300 medical_insurance=80 \
                 unemployment_insurance=20 housing_fund=400";
    let items: Vec<_> = items.split_whitespace().filter_map(|item| item.split_once('=')).collect();
    assert_eq!(directly(&items), charged("47.8"));
    assert_eq!(directly(&[("stage", "activist"), ("category", "waged")]), Some((Status::NotDue, None)));
    assert_eq!(
        directly(&[
            ("stage", "full"),
            ("category", "waged"),
            ("hardship", "exempt"),
            ("approved_by", "next_higher_committee")
        ]),
        Some((Status::Exempt, None))
    );
}

#[test]
fn what_is_missing_is_for_the_general_evaluator() {
    assert_eq!(directly(&[("stage", "full"), ("category", "waged")]), None);
    assert_eq!(directly(&[("category", "waged"), ("base", "3000")]), None);
}

#[test]
fn what_is_found_beside_the_amount_is_for_the_general_evaluator() {
    let capped = [("stage", "full"), ("category", "waged"), ("base", "60000")];
    assert_eq!(directly(&capped), None);
    let not_approved = [("stage", "full"), ("category", "waged"), ("base", "3000"), ("hardship", "exempt")];
    assert_eq!(directly(&not_approved), None);
    let compared = [("stage", "full"), ("category", "retired"), ("base", "3000"), ("basic_pension", "3000")];
    assert_eq!(directly(&compared), None);
}

#[test]
fn a_history_is_for_the_general_evaluator() {
    let base = Told::History(vec![("2025-01-01".to_owned(), "3000".to_owned())]);
    assert_eq!(directly_of(&[("stage", "full".into()), ("category", "waged".into()), ("base", base)]), None);
}

#[test]
fn a_question_apart_says_the_same_with_findings_of_its_own() {
    let rule_set = RuleSet::builtin("cpc").unwrap();
    let request = crate::dues::Request::new(Period::parse("2026-11").unwrap());
    let prepared = rule_set.prepare(&request).unwrap();
    let facts = rule_set.facts_from([("stage", "full"), ("category", "waged"), ("base", "3000")]);
    let [one, other] = [prepared.clone(), prepared.apart()]
        .map(|prepared| prepared.answer(&facts, &mut crate::ruleset::Workspace::default()));
    assert_eq!(one, other);
    assert!(!one.findings.is_empty());
    assert!(one.findings.iter().zip(&other.findings).all(|(one, other)| !std::sync::Arc::ptr_eq(one, other)));
}
