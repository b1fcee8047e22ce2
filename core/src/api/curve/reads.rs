//! From which numbers an alternative is worked out, and at which of their values its tables have edges.

use crate::dues::{Charges, Form, Row, Schedule, Tariff, TariffBody};
use crate::ruleset::expression::Op;
use crate::ruleset::{Bands, ChargeId, ExprId, Formula, Gives, InForce, InputId, Rules, TermId};
use crate::value::Exact;

/// What an alternative reads.
pub(super) struct Reads<'a> {
    rules: &'a Rules,
    charges: &'a Charges,
    in_force: &'a InForce,
    /// Each once, in the order of the reading. A term that may be given is read as given.
    pub(super) inputs: Vec<InputId>,
    edges: Vec<(InputId, Exact)>,
    /// The terms and charges that were gone through.
    passed: Vec<Passed>,
}

#[derive(Clone, Copy, PartialEq)]
enum Passed {
    Term(TermId),
    Charge(ChargeId),
}

impl<'a> Reads<'a> {
    pub(super) fn of(rules: &'a Rules, charges: &'a Charges, in_force: &'a InForce, tariff: &Tariff) -> Self {
        let mut reads = Self { rules, charges, in_force, inputs: Vec::new(), edges: Vec::new(), passed: Vec::new() };
        reads.tariff(tariff);
        reads
    }

    fn tariff(&mut self, tariff: &Tariff) {
        if let TariffBody::Amount(schedule) = &tariff.body {
            self.schedule(schedule);
        }
    }

    /// The edges of tables that are looked up by this fact as it is told.
    pub(super) fn edges_of(&self, along: InputId) -> Vec<Exact> {
        let mut edges: Vec<Exact> =
            self.edges.iter().filter(|(input, _)| *input == along).map(|(_, edge)| *edge).collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    fn schedule(&mut self, schedule: &Schedule) {
        for bound in [schedule.at_least, schedule.at_most].into_iter().flatten() {
            self.expression(bound);
        }
        match &schedule.form {
            Form::Amount(amount) => self.expression(*amount),
            Form::Nested(inner) => self.schedule(inner),
            Form::Rate { rate, of } => {
                self.expression(*of);
                self.expression(*rate);
            }
            Form::Slab(bands) | Form::Marginal(bands) | Form::Table(bands) => self.bands(bands),
            Form::ByWord { of, rows } => {
                self.expression(*of);
                for row in rows.iter().flatten() {
                    if let Row::Amount(schedule) = row {
                        self.schedule(schedule);
                    }
                }
            }
            // What is declared is the member's own choice; the tariff is what is owed at least.
            Form::Declared(declared) => self.schedule(&declared.minimum),
        }
    }

    fn bands(&mut self, bands: &Bands) {
        self.expression(bands.of);
        let told = self.told(bands.of);
        for band in &bands.rows {
            let ends = [band.lower, band.upper].into_iter().flatten();
            self.edges.extend(told.into_iter().flat_map(|input| ends.clone().map(move |edge| (input, edge.at))));
            if let Gives::Rate(gives) | Gives::Amount(gives) = band.gives {
                self.expression(gives);
            }
        }
    }

    /// The fact that an expression is, if it is nothing else.
    fn told(&self, expression: ExprId) -> Option<InputId> {
        match self.rules.arena.get(expression)?.op {
            Op::Fact(input) => Some(input),
            Op::Term(term) => self.rules.terms.get(term.index())?.input,
            _ => None,
        }
    }

    fn expression(&mut self, root: ExprId) {
        let (mut inputs, mut behind) = (Vec::new(), Vec::new());
        self.rules.arena.walk(root, &mut |_, node| match node.op {
            Op::Fact(input) | Op::Average(input, _) => inputs.push(input),
            Op::Term(term) => match self.rules.terms.get(term.index()).and_then(|term| term.input) {
                Some(input) => inputs.push(input),
                None => behind.push(Passed::Term(term)),
            },
            Op::Charge(charge) => behind.push(Passed::Charge(charge)),
            _ => {}
        });
        for input in inputs {
            if !self.inputs.contains(&input) {
                self.inputs.push(input);
            }
        }
        for passed in behind {
            if !self.passed.contains(&passed) {
                self.passed.push(passed);
                match passed {
                    Passed::Term(term) => self.term(term),
                    Passed::Charge(charge) => self.charge(charge),
                }
            }
        }
    }

    fn charge(&mut self, id: ChargeId) {
        let charges = self.charges;
        let Some(charge) = charges.charges.get(id.index()) else { return };
        for alternative in &charge.tariff.alternatives {
            let version = self.in_force.version(alternative.dated.timeline);
            if let Some(case) = version.and_then(|version| alternative.dated.body(version)) {
                self.tariff(&case.body);
            }
        }
    }

    fn term(&mut self, id: TermId) {
        let rules = self.rules;
        let Some(term) = rules.terms.get(id.index()) else { return };
        for alternative in &term.formula.alternatives {
            let version = self.in_force.version(alternative.dated.timeline);
            let Some(case) = version.and_then(|version| alternative.dated.body(version)) else { continue };
            match &case.body {
                Formula::Is(is) => self.expression(*is),
                Formula::ByWord(of, rows) => {
                    self.expression(*of);
                    for row in rows.iter().flatten() {
                        self.expression(*row);
                    }
                }
                Formula::BandOf(bands) => self.bands(bands),
            }
        }
    }
}
