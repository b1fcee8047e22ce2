//! The last questions, so that a host that asks about one member after the other has each made ready once.

use std::sync::{Arc, Mutex, PoisonError};

use super::question::Request;
use crate::dues::Plan;

/// How many questions are kept: a form has one, an office a few periods and charges.
const MOST: usize = 8;

/// Questions that were made ready, the last one first; all handles of a rule set share them.
#[derive(Debug, Default)]
pub(super) struct Recent {
    plans: Mutex<Vec<Known>>,
}

/// A question and what was made ready for it.
type Known = (Request, Arc<Plan>);

impl Recent {
    /// What was made ready for a question.
    pub(super) fn get(&self, request: &Request) -> Option<Arc<Plan>> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let at = plans.iter().position(|(known, _)| asks_the_same(known, request))?;
        if let Some(newest) = plans.get_mut(..=at) {
            newest.rotate_right(1);
        }
        plans.first().map(|(_, plan)| Arc::clone(plan))
    }

    /// Keeps what was made ready for a question.
    pub(super) fn keep(&self, request: &Request, plan: Arc<Plan>) {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        plans.truncate(MOST.saturating_sub(1));
        plans.insert(0, (request.clone(), plan));
    }
}

/// Whether steps are wanted changes nothing that is made ready.
fn asks_the_same(one: &Request, other: &Request) -> bool {
    let Request { period, charge, known, settings, set_aside, trace: _ } = one;
    *period == other.period
        && *charge == other.charge
        && *known == other.known
        && *settings == other.settings
        && *set_aside == other.set_aside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facade::{Facts, RuleSet, Value};

    const TEXT: &str = include_str!("../../../tests/sound/chess.json");

    fn answer(rule_set: &RuleSet, request: &Request) -> Option<String> {
        let facts = Facts::new();
        rule_set.dues(&facts, request).ok().map(|answered| answered.to_json())
    }

    #[test]
    fn an_answer_is_the_same_whether_its_question_was_asked_before_or_not() {
        let rule_set = RuleSet::parse(TEXT).unwrap();
        let years: Vec<Request> = (2015..2027).map(|year| Request::new(year.to_string())).collect();
        let first: Vec<_> = years.iter().map(|request| answer(&rule_set, request)).collect();
        for _ in 0..2 {
            let again: Vec<_> = years.iter().rev().map(|request| answer(&rule_set, request)).collect();
            assert!(again.iter().eq(first.iter().rev()));
        }
        assert!(first.iter().all(Option::is_some));
        assert_eq!(rule_set.recent().plans.lock().unwrap().len(), MOST);
    }

    #[test]
    fn a_question_with_another_setting_is_another_question() {
        let one = Request::new("2026");
        let mut other = one.clone();
        other.trace = true;
        assert!(asks_the_same(&one, &other));
        other.settings.insert("rate".to_owned(), Value::from("1"));
        assert!(!asks_the_same(&one, &other));
    }
}
