//! Stages 12 and 13 on bound expressions.

use crate::dues::answer::NextBand;
use crate::dues::evaluate::next_band::between;
use crate::explain::{Sink, Step};
use crate::ruleset::evaluate::bound::{Direct, Elsewhere, Found, NodeId, Setting};
use crate::ruleset::{Edge, VersionId};
use crate::value::{Exact, Rounding};

/// What a schedule came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Amount {
    Known(Exact),
    Exempt,
}

/// An amount with its own limits and rounding.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub(super) form: Form,
    pub(super) at_least: Option<NodeId>,
    pub(super) at_most: Option<NodeId>,
    pub(super) round: Option<(Rounding, Option<Setting>)>,
}

/// How an amount is found.
#[derive(Clone, Debug)]
pub(super) enum Form {
    Amount(NodeId),
    Nested(Box<Schedule>),
    Rate { rate: NodeId, of: NodeId },
    Slab(Bands),
    Marginal(Bands),
    ByWord { of: NodeId, rows: Vec<Row> },
    Elsewhere,
}

/// What a table by word has for a word.
#[derive(Clone, Debug)]
pub(super) enum Row {
    Amount(Schedule),
    Exempt,
    Elsewhere,
}

/// Rows over the values of an expression, from low to high; no two overlap.
#[derive(Clone, Debug)]
pub(super) struct Bands {
    pub(super) of: NodeId,
    pub(super) printed: Option<Rounding>,
    pub(super) rows: Vec<Band>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) lower: Option<Edge>,
    pub(super) upper: Option<Edge>,
    pub(super) gives: Gives,
    /// Whether what it gives reads neither facts nor terms.
    pub(super) is_constant: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Gives {
    Rate(NodeId),
    Amount(NodeId),
    Elsewhere,
}

/// An amount that an expression states.
pub(super) fn stated<S: Sink>(amount: NodeId, direct: &mut Direct<'_, S>) -> Found<Exact> {
    let gives = direct.number(amount)?;
    if S::ON {
        let expression = direct.origin(amount)?;
        direct.emit(|| Step::Amount { expression, gives });
    }
    Ok(gives)
}

fn rated<S: Sink>(rate: NodeId, of: Exact, direct: &mut Direct<'_, S>) -> Found<Exact> {
    let rate = direct.number(rate)?;
    let gives = rate.checked_mul(of)?;
    direct.emit(|| Step::Rated { rate, of, gives });
    Ok(gives)
}

/// Where the next band begins, if it is known.
pub(super) type Next = Option<NextBand>;

impl Schedule {
    /// The amount.
    pub(super) fn amount<S: Sink>(
        &self,
        version: VersionId,
        direct: &mut Direct<'_, S>,
        next: &mut Next,
    ) -> Found<Amount> {
        let mut amount = match self.form.amount(version, direct, next)? {
            Amount::Known(amount) => amount,
            Amount::Exempt => return Ok(Amount::Exempt),
        };
        if self.at_least.is_some() || self.at_most.is_some() {
            let least = self.at_least.map(|least| direct.number(least)).transpose()?;
            let most = self.at_most.map(|most| direct.number(most)).transpose()?;
            if let (Some(least), Some(most)) = (least, most)
                && least > most
            {
                return Err(Elsewhere);
            }
            for (limit, at_most) in [(most, true), (least, false)] {
                let Some(limit) = limit else { continue };
                let after = if at_most { amount.min(limit) } else { amount.max(limit) };
                direct.emit(|| Step::Limit { version, at_most, limit, before: amount, after });
                amount = after;
            }
            *next = next.and_then(|next| next.after(|amount| Some(between(amount, least, most))));
        }
        if let Some((rounding, setting)) = self.round {
            if let Some(setting) = setting {
                direct.read_setting(setting);
            }
            let gives = rounding.apply(amount)?;
            direct.emit(|| Step::Rounded { version, rounding, exact: amount, gives });
            amount = gives;
            *next = next.and_then(|next| next.after(|amount| rounding.apply(amount).ok()));
        }
        Ok(Amount::Known(amount))
    }
}

impl Form {
    fn amount<S: Sink>(&self, version: VersionId, direct: &mut Direct<'_, S>, next: &mut Next) -> Found<Amount> {
        match self {
            Self::Amount(expression) => stated(*expression, direct).map(Amount::Known),
            Self::Nested(inner) => inner.amount(version, direct, next),
            Self::Rate { rate, of } => {
                let of = direct.number(*of)?;
                rated(*rate, of, direct).map(Amount::Known)
            }
            Self::Slab(bands) => bands.slab(version, direct, next).map(Amount::Known),
            Self::Marginal(bands) => bands.marginal(version, direct).map(Amount::Known),
            Self::ByWord { of, rows } => {
                let word = direct.deciding_word(*of)?;
                match rows.get(usize::from(word)) {
                    Some(Row::Amount(schedule)) => schedule.amount(version, direct, next),
                    Some(Row::Exempt) => Ok(Amount::Exempt),
                    Some(Row::Elsewhere) | None => Err(Elsewhere),
                }
            }
            Self::Elsewhere => Err(Elsewhere),
        }
    }
}

impl Bands {
    /// The value, and the row in which it lies as it is looked up.
    fn row<S: Sink>(&self, version: VersionId, direct: &mut Direct<'_, S>) -> Found<(Exact, usize, &Band)> {
        let value = direct.number(self.of)?;
        let looked_up = match self.printed {
            Some(rounding) => rounding.apply(value)?,
            None => value,
        };
        let mut rows = self.rows.iter().enumerate();
        let (number, band) = rows.find(|(_, band)| band.holds(looked_up)).ok_or(Elsewhere)?;
        let row = || u16::try_from(number).unwrap_or(u16::MAX);
        direct.emit(|| Step::Band { version, row: row(), value, looked_up });
        Ok((value, number, band))
    }

    fn slab<S: Sink>(&self, version: VersionId, direct: &mut Direct<'_, S>, next: &mut Next) -> Found<Exact> {
        let (of, _, band) = self.row(version, direct)?;
        let amount = band.gives(of, direct)?;
        if S::ON {
            *next = self.next(band, direct)?;
        }
        Ok(amount)
    }

    /// What the next band would cost, without a word about it.
    fn next<S: Sink>(&self, band: &Band, direct: &mut Direct<'_, S>) -> Found<Next> {
        let Some(upper) = band.upper else { return Ok(None) };
        let begins = self.rows.iter().filter_map(|row| Some((row.lower?, row)));
        let next =
            begins.filter(|(lower, _)| lower.at >= upper.at).min_by_key(|(lower, _)| (lower.at, !lower.included));
        let Some((Edge { at, included }, row)) = next else { return Ok(None) };
        // A rate that reads facts or terms would have been read before its steps are taken.
        if !row.is_constant {
            return Err(Elsewhere);
        }
        let amount = direct.silently(|direct| row.gives(at, direct))?;
        Ok(Some(NextBand { from: at, included, amount }))
    }

    fn marginal<S: Sink>(&self, version: VersionId, direct: &mut Direct<'_, S>) -> Found<Exact> {
        let (of, last, _) = self.row(version, direct)?;
        let mut sum = Exact::ZERO;
        for (number, band) in self.rows.iter().enumerate() {
            let bottom = band.lower.map_or(Exact::ZERO, |edge| edge.at);
            let top = band.upper.map_or(of, |edge| edge.at.min(of));
            if top <= bottom {
                continue;
            }
            let Gives::Rate(rate) = band.gives else { return Err(Elsewhere) };
            let rate = direct.number(rate)?;
            let part = top.checked_sub(bottom)?;
            let gives = rate.checked_mul(part)?;
            sum = sum.checked_add(gives)?;
            let row = || u16::try_from(number).unwrap_or(u16::MAX);
            direct.emit(|| Step::Part { version, row: row(), rate, part, gives });
            if number == last && band.upper.is_none_or(|edge| edge.at >= of) && band.lower.is_none() {
                break;
            }
        }
        direct.emit(|| Step::Sum { gives: sum });
        Ok(sum)
    }
}

impl Band {
    fn holds(&self, value: Exact) -> bool {
        Edge::enclose(self.lower, self.upper, value)
    }

    fn gives<S: Sink>(&self, of: Exact, direct: &mut Direct<'_, S>) -> Found<Exact> {
        match self.gives {
            Gives::Rate(rate) => rated(rate, of, direct),
            Gives::Amount(amount) => stated(amount, direct),
            Gives::Elsewhere => Err(Elsewhere),
        }
    }
}
