//! What a careful reviewer would tell: the checks of a document whose every part can be read.

mod alternatives;
mod dates;
mod effect;
mod tables;

use crate::dues::{Charge, Charges};
use crate::ruleset::diagnostic::{Diagnostic, MOST_DIAGNOSTICS};
use crate::ruleset::node::{Node, Span};
use crate::ruleset::read::Reader;
use crate::ruleset::{Effort, Rules, TimelineId, VersionId};

/// What the checks read and where they tell what they find.
struct Check<'a> {
    rules: &'a Rules,
    document: &'a Node,
    diagnostics: Vec<Diagnostic>,
    /// What may still be spent on proofs.
    effort: Effort,
}

/// Checks what was read and gives the compiled rule set.
pub(super) fn check(mut reader: Reader, mut charges: Charges, document: &Node) -> (Rules, Charges, Vec<Diagnostic>) {
    for charge in &mut charges.charges {
        let mut reaches = charge.timelines();
        reaches.extend(reader.timelines_behind(&charge.roots()));
        reaches.sort_unstable();
        reaches.dedup();
        charge.reaches = reaches;
    }
    let diagnostics = std::mem::take(&mut reader.diagnostics);
    let mut rules = reader.finish();
    for owed in charges.charges.iter_mut().filter_map(|charge| charge.owed.as_mut()) {
        for owed in owed.bodies.iter_mut().flatten() {
            let roots = [owed.when, owed.starts, owed.ends];
            owed.depends_on_day = roots.into_iter().flatten().any(|root| rules.depends_on_day(root));
        }
    }
    let mut check = Check { rules: &rules, document, diagnostics, effort: Effort::new() };
    let mut proved: Vec<Vec<(VersionId, VersionId)>> = Vec::new();
    for term in &rules.terms {
        let path = format!("terms.{}.formula", term.name);
        proved.push(check.choice(&term.formula, &path, None));
        check.missing_values(&term.formula, &path);
        check.term_tables(&term.formula, &path);
    }
    for charge in &charges.charges {
        let path = format!("charges.{}", charge.name);
        let at = format!("{path}.tariff");
        proved.push(check.choice(&charge.tariff, &at, charge.per));
        check.missing_amounts(&charge.tariff, &at);
        check.tariff_tables(&charge.tariff, &at);
        if let Some(reductions) = &charge.reductions {
            let at = format!("{path}.reductions");
            let one = reductions.take == crate::dues::Take::One;
            proved.push(if one { check.choice(&reductions.choice, &at, charge.per) } else { Vec::new() });
        }
        check.roundings(charge);
        check.lost_reductions(charge);
    }
    check.gaps(&charges);
    check.inside_periods(&charges);
    check.strengths(&charges);
    let diagnostics = check.diagnostics;
    keep_proofs(&mut rules, &mut charges, proved);
    (rules, charges, diagnostics)
}

/// Puts what was proved to where the evaluation looks it up, in the order of the checks.
fn keep_proofs(rules: &mut Rules, charges: &mut Charges, proved: Vec<Vec<(VersionId, VersionId)>>) {
    let mut proved = proved.into_iter();
    for term in &mut rules.terms {
        term.formula.disjoint = proved.next().unwrap_or_default();
    }
    for charge in &mut charges.charges {
        charge.tariff.disjoint = proved.next().unwrap_or_default();
        if let Some(reductions) = &mut charge.reductions {
            reductions.choice.disjoint = proved.next().unwrap_or_default();
        }
    }
}

impl Check<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Where a version stands in the document.
    fn span(&self, version: VersionId) -> Span {
        self.rules.version(version).map_or(Span::new(0, 0), |version| version.span)
    }

    /// The place of a timeline in the document: the section is not part of its own path.
    fn place(&self, timeline: TimelineId) -> String {
        let path = self.rules.path(timeline);
        let first = path.split('.').next().unwrap_or_default();
        let section = match self.rules.names.get(first) {
            Some(crate::ruleset::Name::Charge(_)) => "charges.",
            Some(crate::ruleset::Name::Term(_)) => "terms.",
            Some(crate::ruleset::Name::Setting(_)) => "settings.",
            _ => "",
        };
        format!("{section}{path}")
    }

    /// Whether the document says which day chooses the versions of a charge.
    fn says_versions_on(&self, charge: &Charge) -> bool {
        let charges = self.document.get("charges");
        charges.and_then(|charges| charges.get(&charge.name)).is_some_and(|node| node.get("versions_on").is_some())
    }
}
