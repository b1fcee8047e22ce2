//! What is not known: it is asked for only where it matters, who tells it gets on, and what is known already stays.

use rollbook::RuleSet;
use rollbook::dues::{Answer, Status};
use rollbook::explain::Code;
use rollbook::ruleset::Input;

use super::drawn::{Case, Draw, documents, is_switch};

fn missing<'r>(rule_set: &'r RuleSet, answer: &Answer) -> Vec<&'r Input> {
    answer.missing.iter().map(|name| rule_set.rules().input(name.input).unwrap()).collect()
}

/// The part of an answer that a host acts upon.
fn essence(answer: &Answer) -> (Status, Option<rollbook::value::Exact>, Vec<String>) {
    let codes = answer.findings.iter().map(|finding| format!("{:?}", finding.code)).collect();
    (answer.status, answer.exact, codes)
}

#[test]
fn who_needs_facts_is_told_which_and_nobody_else_is() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(1);
        for _ in 0..300 {
            let case = Case::drawn(&mut draw, &rule_set, true);
            let answer = case.answer(&rule_set);
            assert_eq!(answer.status == Status::NeedsFacts, !answer.missing.is_empty(), "{name} {case:?}");
            assert_eq!(answer.status == Status::Charged, answer.amount.is_some(), "{name} {case:?}");
            assert_eq!(answer.amount.is_some(), answer.exact.is_some(), "{name} {case:?}");
        }
    }
}

#[test]
fn a_fact_that_was_told_is_not_asked_for_again() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(2);
        for _ in 0..200 {
            let case = Case::drawn(&mut draw, &rule_set, false);
            for input in missing(&rule_set, &case.answer(&rule_set)) {
                assert!(
                    matches!(input.kind, rollbook::ruleset::Kind::List(_))
                        || is_switch(&text, &input.name)
                        || !case.tells(&rule_set, input),
                    "{name} {case:?} asks for {}",
                    input.name
                );
            }
        }
    }
}

#[test]
fn who_tells_what_is_asked_for_gets_an_answer() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(3);
        for _ in 0..150 {
            let mut case = Case::drawn(&mut draw, &rule_set, true);
            let mut rounds = 0;
            loop {
                let answer = case.answer(&rule_set);
                let never_switched = |input: &&Input| is_switch(&text, &input.name) && case.tells(&rule_set, input);
                if answer.status != Status::NeedsFacts || missing(&rule_set, &answer).iter().all(never_switched) {
                    break;
                }
                for input in missing(&rule_set, &answer) {
                    let value = draw.value(rule_set.rules(), input);
                    case = case.with(&input.name, value);
                }
                rounds += 1;
                assert!(rounds <= rule_set.rules().inputs.len(), "{name} {case:?} is never answered");
            }
        }
    }
}

#[test]
fn telling_what_is_asked_for_changes_the_answer_or_the_question() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(4);
        for _ in 0..200 {
            let case = Case::drawn(&mut draw, &rule_set, true);
            let answer = case.answer(&rule_set);
            for input in missing(&rule_set, &answer) {
                let value = draw.value(rule_set.rules(), input);
                let then = case.with(&input.name, value).answer(&rule_set);
                let names = |answer: &Answer| answer.missing.iter().map(|name| name.input).collect::<Vec<_>>();
                assert_ne!(
                    (essence(&then), names(&then)),
                    (essence(&answer), names(&answer)),
                    "{name} {case:?} and then {}",
                    input.name
                );
                assert!(
                    !names(&then).contains(&rule_set.rules().input_by_name(&input.name).unwrap()),
                    "{name} {case:?}"
                );
            }
        }
    }
}

/// Not in every single case: no value helps who calculates with it to the same result. But a fact that never decides
/// anything for anybody is one that should not have been asked for.
#[test]
fn every_fact_that_is_asked_for_decides_the_answer_of_somebody() {
    let mut all = 0;
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(6);
        let mut idle: Vec<&Input> = Vec::new();
        let mut decisive: Vec<&str> = Vec::new();
        for _ in 0..400 {
            let case = Case::drawn(&mut draw, &rule_set, false);
            for input in missing(&rule_set, &case.answer(&rule_set)) {
                if decisive.contains(&&*input.name) {
                    continue;
                }
                if matters(&mut draw, &rule_set, &case, input) {
                    decisive.push(&input.name);
                } else {
                    idle.push(input);
                }
            }
        }
        idle.retain(|input| !decisive.contains(&&*input.name));
        // Every level remits the same 5%.
        idle.retain(|input| (&*name, &*input.name) != ("cpc", "level"));
        all += decisive.len();
        assert!(idle.is_empty(), "{name} asks for {:?}", idle.iter().map(|input| &input.name).collect::<Vec<_>>());
    }
    assert!(all > 30, "{all}");
}

/// Whether two values of a fact give two answers, for some values of everything else that is open.
fn matters(draw: &mut Draw, rule_set: &RuleSet, case: &Case, input: &Input) -> bool {
    (0..60).any(|_| {
        let mut whole = case.clone();
        // Only what is still asked for is told, round by round, as a host would.
        for _ in 0..rule_set.rules().inputs.len() {
            let answer = whole.answer(rule_set);
            let open: Vec<&Input> =
                missing(rule_set, &answer).into_iter().filter(|other| other.name != input.name).collect();
            if open.is_empty() {
                break;
            }
            for other in open {
                let value = draw.value(rule_set.rules(), other);
                whole = whole.with(&other.name, value);
            }
        }
        let answers: Vec<_> = (0..6)
            .map(|_| {
                let value = draw.value(rule_set.rules(), input);
                let answer = whole.with(&input.name, value).answer(rule_set);
                (essence(&answer), answer.missing.len())
            })
            .collect();
        answers.iter().any(|answer| *answer != answers[0])
    })
}

#[test]
fn an_amount_stays_when_more_is_told() {
    for (name, text) in documents() {
        let rule_set = RuleSet::parse(&text).unwrap();
        let mut draw = Draw::new(5);
        let mut charged = 0;
        for _ in 0..1_500 {
            let case = Case::drawn(&mut draw, &rule_set, false);
            let answer = case.answer(&rule_set);
            // A declaration that was not heard is the one thing that is taken as a value without having been told.
            let assumed = answer.findings.iter().any(|finding| finding.code == Code::AssumedMinimum);
            if !matches!(answer.status, Status::Charged | Status::Exempt | Status::NotDue) || assumed {
                continue;
            }
            charged += 1;
            let open =
                rule_set.rules().inputs.iter().filter(|input| input.unless_given.is_none() && input.term.is_none());
            for input in open.filter(|input| !case.tells(&rule_set, input)).collect::<Vec<_>>() {
                let value = draw.value(rule_set.rules(), input);
                let more = case.with(&input.name, value).answer(&rule_set);
                assert_eq!(
                    (more.status, more.exact, more.rule),
                    (answer.status, answer.exact, answer.rule),
                    "{name} {case:?} and then {}",
                    input.name
                );
            }
        }
        assert!(charged > 20, "{name}: {charged}");
    }
}
