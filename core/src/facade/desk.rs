//! The memory of past calls, which the next ones take over: a form or a service asks about one member after the other.

use std::sync::{Mutex, PoisonError};

use crate::ruleset::{Facts, Rules, Workspace};

/// How many desks are kept: as many threads may answer at once without asking for memory.
const MOST: usize = 4;

/// Where one question is answered: the facts that are told, and what the evaluation needs beside them.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) facts: Facts,
    pub(super) work: Workspace,
}

/// The desks that are free; all handles of a rule set share them.
#[derive(Debug, Default)]
pub(super) struct Desks {
    free: Mutex<Vec<Desk>>,
}

impl Desks {
    /// Answers at a desk on which nothing lies, and clears it again.
    pub(super) fn at_one<T>(&self, rules: &Rules, answer: impl FnOnce(&mut Desk) -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut desk = free.unwrap_or_else(|| Desk { facts: Facts::new(rules), work: Workspace::default() });
        let answered = answer(&mut desk);
        desk.facts.clear();
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < MOST {
            free.push(desk);
        }
        answered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_desk_is_clear_for_the_next_question() {
        let rule_set = crate::RuleSet::parse(include_str!("../../../tests/sound/chess.json")).unwrap();
        let rules = rule_set.rules();
        let desks = Desks::default();
        for _ in 0..2 {
            desks.at_one(rules, |desk| {
                assert!(desk.facts.refused().is_empty());
                desk.facts.tell(rules, "nobody_knows_this", &"1".into());
                // The desk of a question inside this one is another.
                desks.at_one(rules, |inner| assert!(inner.facts.refused().is_empty()));
                assert_eq!(desk.facts.refused().len(), 1);
            });
        }
        assert_eq!(desks.free.lock().unwrap().len(), 2);
    }
}
