//! What only the full engine does: read rule sets and check them.

use rollbook::facade::RuleSet;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Rules, thrown};

/// The rule sets that one of them extends, in a list of the engine's own: handles cannot cross in a list of the host.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Parents {
    rule_sets: Vec<RuleSet>,
}

#[wasm_bindgen]
impl Parents {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, rules: &Rules) {
        self.rule_sets.push(rules.rule_set.clone());
    }
}

#[wasm_bindgen]
impl Rules {
    /// Reads a rule set from JSON.
    ///
    /// # Errors
    /// The error in JSON, with the diagnostics of a rule set that is refused.
    pub fn parse(text: &str, parents: &Parents) -> Result<Rules, String> {
        RuleSet::parse_with(text, &parents.rule_sets).map(Self::from).map_err(thrown)
    }
}

/// Reads a rule set and tells everything that a careful reviewer would, as a JSON list of diagnostics.
#[wasm_bindgen]
pub fn check(text: &str, parents: &Parents) -> String {
    RuleSet::check_with(text, &parents.rule_sets).diagnostics_json()
}
