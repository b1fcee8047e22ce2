//! From a charge and a choice of versions to its direct plan.

use super::limits::Limit;
use super::owed::Owed;
use super::schedule::{self, Band, Bands, Form, Gives, Row};
use super::{DirectPlan, Reduced, Reduction, Round, Tariff};
use crate::dues::evaluate::schedule::MAX_NESTING;
use crate::dues::rule::{self, Charge, OwedPart, ReductionBody, Take, TariffBody};
use crate::ruleset::evaluate::bound::{Binder, Choice};
use crate::ruleset::{self, InForce, Rules, Settings, Span};

impl DirectPlan {
    /// Binds a charge; none where the direct evaluator would have nothing to answer.
    pub(in crate::dues::evaluate) fn new(
        rules: &Rules,
        charge: &Charge,
        in_force: &InForce,
        settings: &Settings,
        span: Span,
    ) -> Option<Self> {
        if charge.each.is_some() {
            return None;
        }
        let mut binder = Binder::new(rules, in_force, settings, span);
        let owed = match &charge.owed {
            None => None,
            Some(dated) => {
                let (version, owed) = binder.version(dated)?;
                if owed.depends_on_day {
                    return None;
                }
                let mut bind = |expression: Option<_>| expression.map(|expression| binder.expression(expression));
                let (starts, ends, when) = (bind(owed.starts), bind(owed.ends), bind(owed.when));
                Some(Owed { version, starts, ends, when, whole: owed.part == OwedPart::Whole })
            }
        };
        let as_of = match &charge.as_of {
            None => None,
            Some(dated) => Some(binder.as_of(dated)?),
        };
        let reductions = match &charge.reductions {
            None => Choice::nothing(),
            Some(reductions) if reductions.take == Take::One => binder.cases(&reductions.choice, reduction)?,
            Some(_) => return None,
        };
        let tariff = binder.cases(&charge.tariff, tariff)?;
        let mut limits = Vec::with_capacity(charge.limits.len());
        for limit in &charge.limits {
            let Some((version, body)) = binder.version(&limit.dated) else { continue };
            let mut bind = |expression: Option<_>| expression.map(|expression| binder.expression(expression));
            let (when, at_most, at_least) = (bind(body.when), bind(body.at_most), bind(body.at_least));
            limits.push(Limit { version, when, at_most, at_least });
        }
        let (version, expression) = binder.version(&charge.round)?;
        let attested = rules.version(version)?.attested;
        let (rounding, setting) = binder.rounding(*expression)?;
        let round = Round { version, attested, rounding, setting };
        let (start, end) = (span.start, span.end);
        Some(Self { bound: binder.finish(), start, end, owed, as_of, reductions, tariff, limits, round })
    }
}

fn reduction(binder: &mut Binder<'_>, body: &rule::Reduction) -> Reduction {
    let needs = body.needs.map(|needs| binder.expression(needs));
    let gives = match body.body {
        ReductionBody::Exempt => Reduced::Exempt,
        ReductionBody::Amount(amount) => Reduced::Amount(binder.expression(amount)),
        ReductionBody::Pays(share) => Reduced::Pays(binder.expression(share)),
        ReductionBody::Less(share) => Reduced::Less(binder.expression(share)),
    };
    Reduction { needs, gives }
}

fn tariff(binder: &mut Binder<'_>, tariff: &rule::Tariff) -> Tariff {
    match &tariff.body {
        // An amount that is due in one part of a longer time depends on the other parts.
        TariffBody::Amount(_) if tariff.due.is_some() => Tariff::Elsewhere,
        TariffBody::Amount(body) => Tariff::Amount { schedule: schedule(binder, body, 0), goes_to: tariff.goes_to },
        TariffBody::Exempt => Tariff::Exempt,
        TariffBody::NoRule(_) => Tariff::Elsewhere,
    }
}

fn schedule(binder: &mut Binder<'_>, body: &rule::Schedule, depth: u8) -> schedule::Schedule {
    let round = body.round.map(|expression| binder.rounding(expression));
    let form = match round {
        Some(None) => Form::Elsewhere,
        _ if depth > MAX_NESTING => Form::Elsewhere,
        _ => form(binder, &body.form, depth.saturating_add(1)),
    };
    let mut bind = |expression: Option<_>| expression.map(|expression| binder.expression(expression));
    let (at_least, at_most) = (bind(body.at_least), bind(body.at_most));
    schedule::Schedule { form, at_least, at_most, round: round.flatten() }
}

fn form(binder: &mut Binder<'_>, form: &rule::Form, depth: u8) -> Form {
    match form {
        rule::Form::Amount(amount) => Form::Amount(binder.expression(*amount)),
        rule::Form::Nested(inner) => Form::Nested(Box::new(schedule(binder, inner, depth))),
        rule::Form::Rate { rate, of } => Form::Rate { rate: binder.expression(*rate), of: binder.expression(*of) },
        rule::Form::Slab(rows) | rule::Form::Table(rows) => bands(binder, rows).map_or(Form::Elsewhere, Form::Slab),
        rule::Form::Marginal(rows) => bands(binder, rows).map_or(Form::Elsewhere, Form::Marginal),
        rule::Form::ByWord { of, rows } => {
            let of = binder.expression(*of);
            let rows = rows.iter().map(|row| match row {
                Some(rule::Row::Amount(body)) => Row::Amount(schedule(binder, body, depth)),
                Some(rule::Row::Exempt) => Row::Exempt,
                Some(rule::Row::NoRule(_)) | None => Row::Elsewhere,
            });
            Form::ByWord { of, rows: rows.collect() }
        }
        rule::Form::Declared(_) => Form::Elsewhere,
    }
}

/// Rows that may overlap are for the general evaluator.
fn bands(binder: &mut Binder<'_>, bands: &ruleset::Bands) -> Option<Bands> {
    if bands.rows.iter().any(|row| row.chosen.is_some()) {
        return None;
    }
    let of = binder.expression(bands.of);
    let rows = bands.rows.iter().map(|row| {
        let (gives, is_constant) = match &row.gives {
            ruleset::Gives::Rate(rate) => (Gives::Rate(binder.expression(*rate)), binder.is_constant(*rate)),
            ruleset::Gives::Amount(amount) => (Gives::Amount(binder.expression(*amount)), binder.is_constant(*amount)),
            ruleset::Gives::Word(_) | ruleset::Gives::NoRule(_) => (Gives::Elsewhere, false),
        };
        Band { lower: row.lower, upper: row.upper, gives, is_constant }
    });
    Some(Bands { of, printed: bands.printed, rows: rows.collect() })
}
