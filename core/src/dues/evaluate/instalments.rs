//! Stage 19: the instalments of a charged amount.
//!
//! They depend on nothing but the amount, so whichever evaluator found it, they are worked out once, behind it.

use std::sync::Arc;

use super::plan::PartPlan;
use crate::dues::answer::{Instalment, Rest};
use crate::dues::rule::{Charge, Divided};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::evaluate::bound::{Binder, Setting};
use crate::ruleset::expression::Op;
use crate::ruleset::{Rules, Span, VersionId};
use crate::value::{ArithmeticError, Exact, Rounding};

/// A way of paying that is in force, bound to the settings of its period.
#[derive(Clone, Debug)]
pub(super) struct WayInForce {
    /// Its place among the ways of the charge.
    place: usize,
    version: VersionId,
    divided: Divided,
    /// How an instalment is rounded and the setting that says so; else the setting that has no value here.
    round: Result<(Rounding, Option<Setting>), Box<str>>,
}

/// Why an amount is not paid in a way.
enum NotPaid {
    /// All instalments but the one that takes the rest come to more than the amount, namely to this.
    TooMuch(Exact),
    /// A number would be too large.
    TooLarge,
    /// A setting has no value.
    NoValue(Box<str>),
}

impl From<ArithmeticError> for NotPaid {
    fn from(_: ArithmeticError) -> Self {
        Self::TooLarge
    }
}

/// The ways of paying that are in force in a part, by the versions and settings of its first day.
pub(super) fn in_force(rules: &Rules, charge: &Charge, part: &PartPlan) -> Vec<WayInForce> {
    let Some(piece) = part.pieces.first() else { return Vec::new() };
    let binder = Binder::new(rules, &piece.in_force, &piece.settings, Span::of(part.period));
    let ways = charge.pay_by.iter().enumerate().filter_map(|(place, way)| {
        let (version, body) = binder.version(&way.dated)?;
        let name = || match rules.arena.get(body.round)?.op {
            Op::Setting(setting) => rules.settings.get(setting.index()).map(|setting| setting.name.clone()),
            _ => None,
        };
        let round = binder.rounding(body.round).ok_or_else(|| name().unwrap_or_default());
        Some(WayInForce { place, version, divided: body.divided.clone(), round })
    });
    ways.collect()
}

/// The instalments of an amount in each way, and a finding for each way that is not possible.
pub(super) fn of<S: Sink>(
    ways: &[WayInForce],
    rules: &Rules,
    amount: Exact,
    sink: &mut S,
    find: &mut impl FnMut(Arc<Finding>),
) -> Vec<Instalment> {
    let mut instalments = Vec::with_capacity(ways.len());
    for way in ways {
        match way.divide(amount, sink) {
            Ok(instalment) => instalments.push(instalment),
            Err(why) => {
                let path = rules.path(way.version.timeline);
                let finding = Finding::new(Code::NoInstalments).at(path).citing(way.version);
                let finding = finding.with("amount", amount).with("rule", path);
                find(Arc::new(match why {
                    NotPaid::TooMuch(others) => finding.with("others", others),
                    NotPaid::NoValue(setting) => finding.with("name", setting),
                    NotPaid::TooLarge => finding,
                }));
            }
        }
    }
    instalments
}

impl WayInForce {
    fn divide<S: Sink>(&self, of: Exact, sink: &mut S) -> Result<Instalment, NotPaid> {
        let (version, way) = (self.version, self.place);
        let (rounding, setting) = self.round.clone().map_err(NotPaid::NoValue)?;
        let (share, parts) = match &self.divided {
            Divided::Times { share, .. } => (*share, None),
            Divided::Parts { count, rest_last } => (Exact::ratio(1, i128::from(*count))?, Some((*count, *rest_last))),
        };
        let exact = share.checked_mul(of)?;
        let amount = rounding.apply(exact)?;
        if sink.is_on() {
            if let Some(setting) = setting {
                sink.step(setting.step());
            }
            sink.step(Step::Instalment { version, share, of, gives: exact });
            sink.step(Step::Rounded { version, rounding, exact, gives: amount });
        }
        let Some((count, last)) = parts else {
            return Ok(Instalment { version, way, amount, rounding, count: None, rest: None });
        };
        let others = count.saturating_sub(1);
        let without = Exact::from_i64(i64::from(others)).checked_mul(amount)?;
        let rest = of.checked_sub(without)?;
        if rest.is_negative() {
            return Err(NotPaid::TooMuch(without));
        }
        if sink.is_on() {
            sink.step(Step::Rest { version, of, others, each: amount, gives: rest });
        }
        let rest = (rest != amount).then_some(Rest { last, amount: rest });
        Ok(Instalment { version, way, amount, rounding, count: Some(count), rest })
    }
}
