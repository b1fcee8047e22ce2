//! Nothing depends on the order of keys in the document or of facts, on the notation, or on whether steps are wanted.

use rollbook::RuleSet;
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::node::Node;
use rollbook::ruleset::yaml::read_yaml;
use serde_json::json;

use super::drawn::{Case, Draw, documents};

/// The document as JSON with its keys in another order.
fn reordered(draw: &mut Draw, node: &Node) -> String {
    if let Some(text) = node.as_text() {
        return json!(text).to_string();
    }
    if let Some(items) = node.as_list() {
        let items: Vec<String> = items.iter().map(|item| reordered(draw, item)).collect();
        return format!("[{}]", items.join(","));
    }
    let entries = draw.shuffled(node.as_map().unwrap());
    let entries: Vec<String> =
        entries.iter().map(|entry| format!("{}:{}", json!(&*entry.key), reordered(draw, &entry.value))).collect();
    format!("{{{}}}", entries.join(","))
}

/// What a host is told: words of a list may be numbered otherwise in another order, names may not.
fn said(rule_set: &RuleSet, case: &Case) -> String {
    case.answer(rule_set).to_json(rule_set.rules(), rule_set.charges())
}

#[test]
fn the_order_of_keys_in_a_document_and_of_facts_changes_no_answer() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let document = read_yaml(&text, &Limits::default()).unwrap();
        for seed in 0..8 {
            let mut draw = Draw::new(seed);
            let other = RuleSet::parse(&reordered(&mut draw, &document))
                .unwrap_or_else(|refused| panic!("{name}: {:?}", refused.diagnostics));
            assert_eq!(other.rules().hash, rule_set.rules().hash, "{name}");
            for _ in 0..25 {
                let case = Case::drawn(&mut draw, &rule_set, true);
                let told = draw.shuffled(&case.told);
                let shuffled = Case { told, ..case.clone() };
                assert_eq!(said(&other, &shuffled), said(&rule_set, &case), "{name} {case:?}");
            }
        }
    }
}

#[test]
fn an_answer_with_its_steps_is_the_answer_without_them() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(7);
        for _ in 0..300 {
            let case = Case::drawn(&mut draw, &rule_set, true);
            let plain = case.answer(&rule_set);
            let mut explained = case.explained(&rule_set);
            let trace = explained.trace.take().unwrap();
            // What the next band would cost is only told to who asks why.
            explained.next_band = None;
            assert_eq!(explained, plain, "{name} {case:?}");
            assert!(!trace.steps.is_empty() || plain.amount.is_none(), "{name} {case:?}");
        }
    }
}

#[test]
fn the_direct_evaluator_says_what_the_general_one_says_step_by_step() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(11);
        for round in 0..600 {
            // Half of the members have no histories, like nearly all of a roster.
            let case = Case::drawn(&mut draw, &rule_set, round % 2 == 0);
            let [plain, explained] = case.generally(&rule_set);
            assert_eq!(case.answer(&rule_set), plain, "{name} {case:?}");
            let direct = case.explained(&rule_set);
            let steps = |answer: &rollbook::dues::Answer| answer.trace.as_ref().unwrap().steps.clone();
            assert!(steps(&direct) == steps(&explained), "{name} {case:?}");
            assert_eq!(direct, explained, "{name} {case:?}");
        }
    }
}
