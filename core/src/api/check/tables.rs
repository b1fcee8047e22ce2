//! Tables: values without a row or with two, and amounts that jump or fall.

use super::Check;
use super::alternatives::{period, versions};
use crate::dues::{Form, Row, Schedule, Tariff, TariffBody};
use crate::ruleset::diagnostic::{Diagnostic, Example};
use crate::ruleset::expression::Op;
use crate::ruleset::{
    BandFault, BandFaultKind, Bands, Choice, ExprId, Formula, Gives, Kind, ShapeFault, ShapeKind, VersionId,
    check_bands, shape_of, written,
};
use crate::value::{Exact, Per};

impl Check<'_> {
    /// The tables of a tariff.
    pub(super) fn tariff_tables(&mut self, choice: &Choice<Tariff>, path: &str) {
        for alternative in &choice.alternatives {
            for (version, case) in versions(alternative) {
                if let TariffBody::Amount(schedule) = &case.body.body {
                    self.schedule(schedule, version, path);
                }
            }
        }
    }

    /// The tables of a term.
    pub(super) fn term_tables(&mut self, choice: &Choice<Formula>, path: &str) {
        for alternative in &choice.alternatives {
            for (version, case) in versions(alternative) {
                if let Formula::BandOf(bands) = &case.body {
                    self.rows(bands, version, path);
                }
            }
        }
    }

    fn schedule(&mut self, schedule: &Schedule, version: VersionId, path: &str) {
        match &schedule.form {
            Form::Amount(_) | Form::Rate { .. } => {}
            Form::Nested(inner) => self.schedule(inner, version, path),
            Form::Slab(bands) => self.table(bands, ShapeKind::Slab, version, path),
            Form::Marginal(bands) => self.table(bands, ShapeKind::Marginal, version, path),
            Form::Table(bands) => self.table(bands, ShapeKind::Table, version, path),
            Form::ByWord { rows, .. } => {
                for row in rows.iter().flatten() {
                    if let Row::Amount(inner) = row {
                        self.schedule(inner, version, path);
                    }
                }
            }
            Form::Declared(declared) => {
                self.schedule(&declared.minimum, version, path);
                if let Some(guide) = &declared.guide {
                    self.schedule(guide, version, path);
                }
            }
        }
    }

    fn table(&mut self, bands: &Bands, kind: ShapeKind, version: VersionId, path: &str) {
        if !self.rows(bands, version, path) {
            return;
        }
        let constant = |id: ExprId| match self.rules.arena.get(id).map(|node| node.op) {
            Some(Op::Number(number)) => Some(number),
            _ => None,
        };
        let gives = |row: usize| match bands.rows.get(row)?.gives {
            Gives::Rate(id) => constant(id),
            // An amount in a table of rates is not compared with its neighbours' rates.
            Gives::Amount(id) if kind == ShapeKind::Table => constant(id),
            Gives::Amount(_) | Gives::Word(_) | Gives::NoRule(_) => None,
        };
        let subject = written(self.rules, bands.of);
        // A table is told once of each: the first edge, and at how many others.
        let faults = shape_of(bands, gives, kind);
        let (cliffs, falls): (Vec<&ShapeFault>, Vec<&ShapeFault>) =
            faults.iter().partition(|fault| matches!(fault, ShapeFault::Cliff { .. }));
        for (code, stated, faults) in [("cliff", bands.stated.cliff, cliffs), ("falling", bands.stated.falling, falls)]
        {
            let Some(first) = faults.first().filter(|_| !stated) else { continue };
            let (span, what) = match **first {
                ShapeFault::Cliff { edge, before, after, span, .. } => {
                    (span, format!("at {subject} = {edge} the amount jumps from {before} to {after}"))
                }
                ShapeFault::Falling { edge: Some(edge), before, after, span, .. } => {
                    (span, format!("at {subject} = {edge} the amount falls from {before} to {after}"))
                }
                ShapeFault::Falling { edge: None, after, span, .. } => {
                    (span, format!("the amount falls while {subject} grows: the rate {after} is below 0"))
                }
            };
            let others = match faults.len().saturating_sub(1) {
                0 => String::new(),
                1 => ", and so at one other edge".to_owned(),
                count => format!(", and so at {count} other edges"),
            };
            let help = format!("if the text means it, say `stated: [{code}]` in the table");
            let diagnostic = Diagnostic::warning(code, span, format!("{what}{others}")).with_help(help);
            self.report(diagnostic.at(path.to_owned()));
        }
    }

    /// Whether every value has exactly one row.
    fn rows(&mut self, bands: &Bands, version: VersionId, path: &str) -> bool {
        let (range, whole) = self.range(bands.of);
        let faults = check_bands(bands, range, whole);
        let subject = written(self.rules, bands.of);
        // Where the edges themselves are wrong, what they leave out or share only follows from it.
        let is_order = |fault: &&BandFault| matches!(fault.kind, BandFaultKind::Order | BandFaultKind::Empty);
        let ordered = !faults.iter().any(|fault| is_order(&fault));
        let mut printed = 0_usize;
        for fault in faults.iter().filter(|fault| ordered || is_order(fault)) {
            // A table that is printed in whole numbers has such a hole between every two rows.
            if fault.kind == BandFaultKind::Gap && is_between_printed(bands, fault) {
                printed = printed.saturating_add(1);
                if printed > 1 {
                    continue;
                }
            }
            let diagnostic = self.band_fault(bands, fault, &subject, version);
            self.report(diagnostic.at(path.to_owned()));
        }
        faults.is_empty()
    }

    fn band_fault(&self, bands: &Bands, fault: &BandFault, subject: &str, version: VersionId) -> Diagnostic {
        let value = fault.example.map(|value| value.to_string()).unwrap_or_default();
        let (code, message, help) = match fault.kind {
            BandFaultKind::Gap => {
                let help = if is_between_printed(bands, fault) {
                    "if the table is printed in whole numbers, say `published_in: 1` and `between: down`; else let one row \
                     begin where the other ends"
                } else if fault.other.is_some() {
                    "let one row begin where the other ends, or add a row `no_rule` with the reason"
                } else {
                    "leave the outer edge out, or add a row `no_rule` with the reason"
                };
                ("band_gap", format!("no row has {subject} = {value}"), help.to_owned())
            }
            BandFaultKind::OwnedByNobody => (
                "band_edge",
                format!("exactly {subject} = {value} belongs to no row"),
                format!("one of the two rows owns the edge: `up_to: {value}` below, or `from: {value}` above"),
            ),
            BandFaultKind::OwnedByBoth => (
                "band_edge",
                format!("exactly {subject} = {value} belongs to two rows"),
                format!("one of the two rows gives the edge up: `below: {value}`, or `above: {value}`"),
            ),
            BandFaultKind::Overlap => (
                "band_overlap",
                format!("two rows have {subject} = {value}"),
                "let one end where the other begins, or say `chosen: why` on the row that holds".to_owned(),
            ),
            BandFaultKind::Order => (
                "band_order",
                "the row begins below the one that stands before it".to_owned(),
                "rows stand from low to high".to_owned(),
            ),
            BandFaultKind::Empty => (
                "band_order",
                "no value lies in this row".to_owned(),
                "its lower edge is not below its upper edge: exchange them".to_owned(),
            ),
        };
        let mut diagnostic = Diagnostic::error(code, fault.span, message).with_help(help);
        if let Some(other) = fault.other.and_then(|other| bands.rows.get(other)) {
            diagnostic = diagnostic.with_related(other.span, "the other row");
        }
        if let Some(value) = fault.example {
            let name = match self.rules.arena.get(bands.of).map(|node| node.op) {
                Some(Op::Fact(input)) => self.rules.input(input).map(|input| input.name.to_string()),
                _ => None,
            };
            let from = self.rules.version(version).map(|version| version.from);
            let example = Example {
                facts: name.map(|name| (name, value.to_string())).into_iter().collect(),
                value: Some(value.to_string()),
                period: from.and_then(|day| period(day, Some(Per::Month))),
                known: None,
            };
            diagnostic = diagnostic.with_example(example);
        }
        diagnostic
    }

    /// The least and greatest value of what is looked up, and whether it is a count.
    fn range(&self, of: ExprId) -> ((Option<Exact>, Option<Exact>), bool) {
        match self.rules.arena.get(of).map(|node| node.op) {
            Some(Op::Fact(input)) => self.rules.input(input).map_or(((None, None), false), |input| {
                let whole = input.kind == Kind::Count;
                let least = input.at_least.or(whole.then_some(Exact::ZERO));
                ((least, input.at_most), whole)
            }),
            Some(Op::Term(term)) => {
                let term = self.rules.terms.get(term.index());
                (term.map_or((None, None), |term| (term.at_least, term.at_most)), false)
            }
            Some(Op::Field(list, field)) => {
                let field = self.rules.field(list, field);
                (field.map_or((None, None), |field| (field.at_least, field.at_most)), false)
            }
            _ => ((None, None), false),
        }
    }
}

/// Whether a gap lies between two whole numbers that follow one another, as tables are printed.
fn is_between_printed(bands: &Bands, fault: &BandFault) -> bool {
    let row = |number: Option<usize>| number.and_then(|number| bands.rows.get(number));
    let ends = row(fault.other).and_then(|below| below.upper).zip(row(Some(fault.row)).and_then(|above| above.lower));
    ends.is_some_and(|(below, above)| {
        let next = below.at.checked_add(Exact::ONE);
        below.included && above.included && below.at.is_integer() && next == Ok(above.at)
    })
}
