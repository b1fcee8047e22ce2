//! Where the parents of a rule set are found: among those that were handed in, then among those that ship.

use std::cell::RefCell;

use super::rule_set::RuleSet;
use crate::api;

/// The rule sets that were handed in for one that is being read.
pub(super) struct Family<'p> {
    parents: &'p [RuleSet],
    /// Those that were asked for, each once.
    asked: RefCell<Vec<RuleSet>>,
}

impl<'p> Family<'p> {
    pub(super) fn new(parents: &'p [RuleSet]) -> Self {
        Self { parents, asked: RefCell::default() }
    }

    /// The text of a parent, by its id.
    pub(super) fn text(&self, id: &str) -> Option<String> {
        let Some(parent) = found(self.parents, id) else { return api::shipped(id) };
        let mut asked = self.asked.borrow_mut();
        if found(&asked, id).is_none() {
            asked.push(parent.clone());
        }
        Some(parent.to_json())
    }

    /// A rule set that was read, with those of them that it extends.
    pub(super) fn handed_to(self, rule_set: api::RuleSet) -> RuleSet {
        RuleSet::with_parents(rule_set, self.asked.into_inner())
    }
}

/// The rule set of this id, or the one that a rule set of the list was read with.
// As many rule sets may extend one another as `api::extend` allows, so recursion is safe here.
fn found<'r>(all: &'r [RuleSet], id: &str) -> Option<&'r RuleSet> {
    let here = all.iter().find(|rule_set| rule_set.id() == id);
    here.or_else(|| all.iter().find_map(|rule_set| found(rule_set.parents(), id)))
}
