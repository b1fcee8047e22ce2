//! The clauses that an answer rests on, in words.

use super::names::Names;
use crate::dues::json::{clauses as cited, effective};
use crate::dues::{Answer, Charges};
use crate::ruleset::Rules;

impl Answer {
    /// The clauses that the answer rests on, the rule's own first, each once, as a reader of `language` writes them:
    /// the instrument's number or title and the clause. Of a text that stands under one instrument after the other it
    /// is the clause of the one in force. A rule that no clause was cited for has none.
    pub fn clauses(&self, rules: &Rules, charges: &Charges, language: &str) -> Vec<String> {
        let names = Names::new(rules, charges, language);
        let on = effective(self.period, charges.charges.get(self.charge));
        let mut clauses: Vec<String> = Vec::new();
        for citation in cited(rules, &self.cite, on) {
            let clause = names.citation(citation).into_owned();
            // Two citations of one clause may differ in what else they say.
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        clauses
    }
}
