//! From the cells of a row to the texts of its answer.

use csv::StringRecord;
use rollbook::dues::{Answer, Status};
use rollbook::explain::Finding;
use rollbook::ruleset::{Facts, VersionId, Workspace};

use crate::changes::Changes;
use crate::failure::Failure;
use crate::findings::{self, Notes};
use crate::question::Asked;
use crate::roster::Teller;
use crate::summary::{Summary, write_amount};
use crate::table::Cells;

/// Where the amount stands among the texts of an answer; the id stands before it, everything else behind.
pub(super) const AMOUNT: usize = 1;

/// What answers rows.
pub(super) struct Answering<'r> {
    asked: &'r Asked<'r>,
    pub(super) teller: Teller<'r>,
    pub(super) changes: Option<Changes>,
    /// Whether it is also told how well each amount is attested.
    attested: bool,
    facts: Facts,
    work: Workspace,
    pub(super) summary: Summary,
    pub(super) notes: Notes,
    /// Clauses as texts: a roster has few different ones.
    clauses: Vec<(Box<[VersionId]>, String)>,
    /// The texts of the present row.
    amount: String,
    missing: String,
    said: String,
}

impl<'r> Answering<'r> {
    pub(super) fn new(asked: &'r Asked<'r>, teller: Teller<'r>, changes: Option<Changes>, attested: bool) -> Self {
        Self {
            asked,
            teller,
            changes,
            attested,
            facts: asked.rule_set.facts(),
            work: Workspace::default(),
            summary: Summary::new(),
            notes: Notes::default(),
            clauses: Vec::new(),
            amount: String::new(),
            missing: String::new(),
            said: String::new(),
        }
    }

    /// Answers a row: its id, the amount, currency, status, rule, clauses, missing facts and findings, and how well it is attested.
    pub(super) fn row(&mut self, cells: &Cells, into: &mut StringRecord) -> Result<(), Failure> {
        let mut row = self.teller.tell(cells, self.asked.rules, &mut self.facts)?;
        if let Some(changes) = &mut self.changes {
            changes.tell(&mut row, self.asked.rules, &mut self.facts);
        }
        into.clear();
        into.push_field(&row.id);
        if row.refused.is_empty() {
            let answer = self.asked.prepared.answer(&self.facts, &mut self.work);
            self.summary.count_answer(&answer);
            self.answered(&answer, into);
        } else {
            self.summary.count_rejected();
            self.rejected(&row.refused, into);
        }
        Ok(())
    }

    fn answered(&mut self, answer: &Answer, into: &mut StringRecord) {
        let Asked { rule_set, rules, language, .. } = self.asked;
        let charge = self.asked.charge();
        let scale = answer.rounding.map_or(0, rollbook::value::Rounding::scale);
        self.amount.clear();
        if let Some(amount) = answer.amount {
            write_amount(amount, scale, &mut self.amount);
        }
        let currency = if self.amount.is_empty() { "" } else { rules.currency.as_str() };
        let rule = answer.rule.map_or(&*charge.name, |version| rules.path(version.timeline));
        let known = self.clauses.iter().position(|(cite, _)| **cite == *answer.cite);
        let at = known.unwrap_or_else(|| {
            let cited = answer.clauses(rules, rule_set.charges(), language.code()).join("; ");
            self.clauses.push((answer.cite.as_slice().into(), cited));
            self.clauses.len().saturating_sub(1)
        });
        let clauses = self.clauses.get(at).map(|(_, text)| text.as_str()).unwrap_or_default();
        self.missing.clear();
        for input in answer.missing.iter().filter_map(|missing| rules.input(missing.input)) {
            if !self.missing.is_empty() {
                self.missing.push(';');
            }
            self.missing.push_str(&input.name);
        }
        let findings = answer.findings.iter().map(AsRef::as_ref);
        findings::joined(findings, rule_set, language, &mut self.notes, &mut self.said);
        for text in [&self.amount, currency, answer.status.name(), rule, clauses, &self.missing, &self.said] {
            into.push_field(text);
        }
        if self.attested {
            // Where nothing was decided, nothing rests on a text.
            into.push_field(if answer.status.is_decided() { answer.attested.name() } else { "" });
        }
    }

    fn rejected(&mut self, refused: &[Finding], into: &mut StringRecord) {
        let Asked { rule_set, language, .. } = self.asked;
        findings::joined(refused, rule_set, language, &mut self.notes, &mut self.said);
        let rule = &*self.asked.charge().name;
        for text in ["", "", Status::Rejected.name(), rule, "", "", &self.said] {
            into.push_field(text);
        }
        if self.attested {
            into.push_field("");
        }
    }
}
