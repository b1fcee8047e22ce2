//! From facts to an answer, stage by stage; the numbers in comments are those of the language reference, "what a
//! charge means, exactly".

mod outcome;
mod owed;
mod prepare;
mod schedule;
mod stages;

pub use prepare::{Prepared, Request, SetAside};

use crate::explain::{Sink, Step};
use crate::ruleset::{ChargeId, Datum, Evaluated, ReadCharge, Scope};

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

impl<S: Sink> ReadCharge<S> for Charges {
    fn amount(&self, scope: &mut Scope<'_, S>, charge: ChargeId) -> Evaluated {
        let Some(read) = self.charges.get(charge.index()) else {
            return Ok(Datum::Unknown(scope.work.missing.nothing()));
        };
        let outcome = evaluate(read, scope);
        match outcome.status {
            Status::NeedsFacts => {
                let nothing = scope.work.missing.nothing();
                Ok(Datum::Unknown(outcome.missing.unwrap_or(nothing)))
            }
            Status::NoRule | Status::Rejected => Err(outcome.into_halt()),
            Status::Charged | Status::Exempt | Status::NotDue => {
                let amount = outcome.amount.unwrap_or(crate::value::Exact::ZERO);
                scope.emit(|| Step::Charge { charge, amount });
                Ok(Datum::Number(amount))
            }
        }
    }
}
