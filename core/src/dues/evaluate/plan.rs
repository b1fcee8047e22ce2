//! The parts of a period and the versions that hold in each.

use super::direct::DirectPlan;
use super::outcome::Outcome;
use super::{Stages, evaluate};
use crate::dues::answer::{NextBand, Status};
use crate::dues::rule::{Charge, VersionsOn};
use crate::explain::{Sink, Step};
use crate::ruleset::{Decision, InForce, Rules, Scope, Settings, Span, WrongCall, order};
use crate::value::{Date, Exact, Period};

/// A period of the charge's own length.
#[derive(Clone, Debug)]
pub(super) struct PartPlan {
    pub(super) period: Period,
    /// One, unless the charge goes by day and its rules change inside the period.
    pub(super) pieces: Vec<Piece>,
    /// The same for the direct evaluator, where it has something to say and nothing is set aside.
    pub(super) direct: Option<Box<DirectPlan>>,
}

/// Days of a part under one choice of versions.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    from: Date,
    days: u16,
    pub(super) in_force: InForce,
    pub(super) settings: Settings,
}

/// The parts of a period for a charge; none, if its own periods do not divide it.
pub(super) fn parts(
    rules: &Rules,
    charge: &Charge,
    period: Period,
    known: Date,
    decisions: &[Decision],
) -> Result<Vec<PartPlan>, WrongCall> {
    let parts = match charge.per {
        None => vec![period],
        Some(per) => period.parts(per).unwrap_or_default(),
    };
    let plan = |period: Period| {
        let pieces = pieces(rules, charge, period, known, decisions)?;
        Ok(PartPlan { period, pieces, direct: None })
    };
    parts.into_iter().map(plan).collect()
}

fn pieces(
    rules: &Rules,
    charge: &Charge,
    period: Period,
    known: Date,
    decisions: &[Decision],
) -> Result<Vec<Piece>, WrongCall> {
    let (start, end) = (period.start(), period.end());
    let mut cuts = vec![match charge.versions_on {
        VersionsOn::PeriodEnd => end,
        VersionsOn::PeriodStart | VersionsOn::ByDay => start,
    }];
    if charge.versions_on == VersionsOn::ByDay {
        let versions = charge.reaches.iter().filter_map(|id| rules.timelines.get(id.index())).flat_map(|t| &t.versions);
        let changes = versions.flat_map(|version| [version.from, version.until.next()]);
        let decided = decisions.iter().filter_map(|decision| Date::parse(decision.from.as_deref()?).ok());
        cuts.extend(changes.chain(decided).filter(|day| *day > start && *day <= end));
        order::sort_by(&mut cuts, Ord::cmp);
        cuts.dedup();
    }
    let mut pieces = Vec::with_capacity(cuts.len());
    for (number, from) in cuts.iter().enumerate() {
        let last = cuts.get(number.saturating_add(1)).map_or(end, |next| next.previous());
        let days = from.days_until(last).and_then(|days| u16::try_from(days).ok()).unwrap_or(0).saturating_add(1);
        let in_force = InForce::at(&rules.timelines, *from, known);
        let settings = Settings::at(rules, &in_force, decisions)?;
        pieces.push(Piece { from: *from, days, in_force, settings });
    }
    Ok(pieces)
}

impl PartPlan {
    /// Binds the part for the direct evaluator.
    pub(super) fn bind(&mut self, rules: &Rules, charge: &Charge) {
        if let [piece] = self.pieces.as_slice() {
            let span = Span::of(self.period);
            self.direct = DirectPlan::new(rules, charge, &piece.in_force, &piece.settings, span).map(Box::new);
        }
    }

    /// Computes the charge for the part; `scope` has the versions of the first piece.
    pub(super) fn evaluate<S: Sink>(&self, charge: &Charge, scope: &mut Scope<'_, S>) -> Outcome {
        if self.pieces.len() < 2 { evaluate(charge, scope) } else { self.by_pieces(charge, scope) }
    }

    /// The rules change inside the period: each piece is weighted by its days, and the sum is rounded once.
    fn by_pieces<S: Sink>(&self, charge: &Charge, scope: &mut Scope<'_, S>) -> Outcome {
        let of = u16::try_from(self.period.days()).unwrap_or(u16::MAX);
        let span = Span::of(self.period);
        let mut sum = Exact::ZERO;
        let mut charged: Option<Outcome> = None;
        let mut next_band: Option<NextBand> = None;
        let mut settled: Option<Outcome> = None;
        let weighted = |piece: &Piece, amount: Exact| {
            Exact::ratio(i128::from(piece.days), i128::from(of.max(1))).and_then(|share| share.checked_mul(amount))
        };
        for piece in &self.pieces {
            let outcome =
                scope.with_versions(&piece.in_force, &piece.settings, span, |scope| Stages { charge, scope }.exactly());
            match outcome.status {
                Status::Charged => {
                    let amount = outcome.exact.unwrap_or(Exact::ZERO);
                    let gives = weighted(piece, amount);
                    match gives.and_then(|gives| Ok((gives, sum.checked_add(gives)?))) {
                        Ok((gives, total)) => {
                            scope.emit(|| Step::Piece { from: piece.from, days: piece.days, of, amount, gives });
                            sum = total;
                        }
                        Err(why) => return Outcome::halted(scope.overflow_at(&charge.name, why)),
                    }
                    let next = outcome.next_band().and_then(|next| next.after(|amount| weighted(piece, amount).ok()));
                    next_band = if charged.is_some() { NextBand::together(next_band, next) } else { next };
                    charged = Some(match charged {
                        None => outcome,
                        Some(before) => before.beside(outcome),
                    });
                }
                Status::Exempt | Status::NotDue => settled = settled.or(Some(outcome)),
                _ => return outcome,
            }
        }
        match (charged, settled) {
            (Some(mut charged), _) => {
                charged.tell_next_band(next_band);
                scope.emit(|| Step::Sum { gives: sum });
                Stages { charge, scope }.finish_pieces(sum, charged)
            }
            (None, settled) => settled.unwrap_or_else(|| Outcome::of(Status::NotDue)),
        }
    }
}
