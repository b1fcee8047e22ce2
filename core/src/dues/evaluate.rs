//! From facts to an answer, stage by stage; the numbers in comments are those of the language reference, "what a
//! charge means, exactly".

#[cfg(feature = "direct")]
mod direct;
#[cfg(not(feature = "direct"))]
#[path = "evaluate/no_direct.rs"]
mod direct;
mod each;
mod instalments;
mod limits;
mod next_band;
mod outcome;
mod owed;
mod plan;
mod possible;
mod prepare;
mod reached;
mod reductions;
mod schedule;
mod stages;
mod standing;

pub(crate) use prepare::Plan;
pub use prepare::{Prepared, Request, SetAside};

use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::{ChargeId, Datum, Evaluated, Halt, ReadCharge, Scope, Span, WrongCall};
use crate::value::Exact;

use super::answer::Status;
use super::rule::{Charge, Charges};
use outcome::Outcome;

/// The evaluation of one charge.
struct Stages<'c, 's, 'a, S> {
    charge: &'c Charge,
    scope: &'s mut Scope<'a, S>,
}

/// Computes a charge for one of its own periods.
fn evaluate<S: Sink>(charge: &Charge, scope: &mut Scope<'_, S>) -> Outcome {
    let mut stages = Stages { charge, scope };
    match charge.each {
        Some(each) => stages.each(each),
        None => stages.whole(),
    }
}

/// Computes a charge that another one reads, as if it had been asked for itself: by its own versions, for its own
/// periods.
fn read_whole<S: Sink>(charge: &Charge, scope: &mut Scope<'_, S>) -> Result<Outcome, WrongCall> {
    let period = scope.period.period;
    let known = scope.in_force.known;
    let parts = plan::parts(scope.rules, charge, period, known, scope.decisions)?;
    let mut total: Option<Outcome> = None;
    let mut settled: Option<Outcome> = None;
    if parts.is_empty() {
        let wanted = charge.per.map_or("", crate::value::Per::name);
        let finding = Finding::new(Code::WrongPeriod).at(&charge.name).with("period", period).with("wanted", wanted);
        return Ok(Outcome::halted(Halt::Rejected(Box::new(finding))));
    }
    for part in &parts {
        let Some(first) = part.pieces.first() else { continue };
        if parts.len() > 1 {
            scope.emit(|| Step::Period { period: part.period });
        }
        let span = Span::of(part.period);
        let outcome = scope.with_versions(&first.in_force, &first.settings, span, |scope| part.evaluate(charge, scope));
        match outcome.status {
            Status::Charged => {
                let amount = outcome.amount.unwrap_or(Exact::ZERO);
                total = Some(match total {
                    None => outcome,
                    Some(before) => match before.amount.unwrap_or(Exact::ZERO).checked_add(amount) {
                        Ok(sum) => Outcome { amount: Some(sum), ..before.beside(outcome) },
                        Err(why) => return Ok(Outcome::halted(scope.overflow_at(&charge.name, why))),
                    },
                });
            }
            Status::Exempt | Status::NotDue => settled = settled.or(Some(outcome)),
            _ => return Ok(outcome),
        }
    }
    Ok(total.or(settled).unwrap_or_else(|| Outcome::of(Status::NotDue)))
}

impl<S: Sink> ReadCharge<S> for Charges {
    fn amount(&self, scope: &mut Scope<'_, S>, charge: ChargeId) -> Evaluated {
        let Some(read) = self.charges.get(charge.index()) else {
            return Ok(Datum::Unknown(scope.work.missing.nothing()));
        };
        scope.emit(|| Step::Reads { charge });
        let outcome = match read_whole(read, scope) {
            Ok(outcome) => outcome,
            Err(wrong) => {
                let finding = Finding::new(Code::BadValue).at(&read.name).with("name", &read.name);
                return Err(Halt::Rejected(Box::new(finding.with("value", "").with("wanted", wrong))));
            }
        };
        let rule = outcome.rule;
        match outcome.status {
            Status::NeedsFacts => {
                scope.emit(|| Step::Charge { charge, amount: None, rule });
                let nothing = scope.work.missing.nothing();
                Ok(Datum::Unknown(outcome.missing.unwrap_or(nothing)))
            }
            Status::NoRule | Status::Rejected => Err(outcome.into_halt()),
            Status::Charged | Status::Exempt | Status::NotDue => {
                let amount = outcome.amount.unwrap_or(Exact::ZERO);
                scope.emit(|| Step::Charge { charge, amount: Some(amount), rule });
                Ok(Datum::Number(amount))
            }
        }
    }
}
