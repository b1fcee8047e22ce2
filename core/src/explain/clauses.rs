//! The clauses that an answer rests on, in words.

use super::names::Names;
use crate::dues::{Answer, Charges, VersionsOn};
use crate::ruleset::Rules;

impl Answer {
    /// The clauses that the answer rests on, the rule's own first, each once, as a reader of `language` writes them:
    /// the instrument's number or title and the clause. Of a text that stands under one instrument after the other it
    /// is the clause of the one in force. A rule that no clause was cited for has none.
    pub fn clauses(&self, rules: &Rules, charges: &Charges, language: &str) -> Vec<String> {
        let names = Names::new(rules, charges, language);
        let versions_on = charges.charges.get(self.charge).map(|charge| charge.versions_on).unwrap_or_default();
        let on = match versions_on {
            VersionsOn::PeriodEnd => self.period.end(),
            VersionsOn::PeriodStart | VersionsOn::ByDay => self.period.start(),
        };
        let mut clauses: Vec<String> = Vec::new();
        for version in self.cite.iter().filter_map(|id| rules.version(*id)) {
            for citation in version.cited(on, &rules.sources) {
                let clause = names.citation(citation).into_owned();
                if !clauses.contains(&clause) {
                    clauses.push(clause);
                }
            }
        }
        clauses
    }
}
