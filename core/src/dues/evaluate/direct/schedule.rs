//! Stages 12 and 13 on bound expressions.

use crate::ruleset::Edge;
use crate::ruleset::evaluate::bound::{Direct, Elsewhere, Found, NodeId};
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
    pub(super) round: Option<Rounding>,
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
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Gives {
    Rate(NodeId),
    Amount(NodeId),
    Elsewhere,
}

impl Schedule {
    /// The amount.
    pub(super) fn amount(&self, direct: &mut Direct<'_>) -> Found<Amount> {
        let mut amount = match self.form.amount(direct)? {
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
            amount = most.map_or(amount, |most| amount.min(most));
            amount = least.map_or(amount, |least| amount.max(least));
        }
        if let Some(rounding) = self.round {
            amount = rounding.apply(amount)?;
        }
        Ok(Amount::Known(amount))
    }
}

impl Form {
    fn amount(&self, direct: &mut Direct<'_>) -> Found<Amount> {
        match self {
            Self::Amount(expression) => direct.number(*expression).map(Amount::Known),
            Self::Nested(inner) => inner.amount(direct),
            Self::Rate { rate, of } => {
                let of = direct.number(*of)?;
                Ok(Amount::Known(direct.number(*rate)?.checked_mul(of)?))
            }
            Self::Slab(bands) => bands.slab(direct),
            Self::Marginal(bands) => bands.marginal(direct),
            Self::ByWord { of, rows } => {
                let word = direct.deciding_word(*of)?;
                match rows.get(usize::from(word)) {
                    Some(Row::Amount(schedule)) => schedule.amount(direct),
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
    fn row(&self, direct: &mut Direct<'_>) -> Found<(Exact, usize, &Band)> {
        let of = direct.number(self.of)?;
        let looked_up = match self.printed {
            Some(rounding) => rounding.apply(of)?,
            None => of,
        };
        let mut rows = self.rows.iter().enumerate();
        let (number, band) = rows.find(|(_, band)| band.holds(looked_up)).ok_or(Elsewhere)?;
        Ok((of, number, band))
    }

    fn slab(&self, direct: &mut Direct<'_>) -> Found<Amount> {
        let (of, _, band) = self.row(direct)?;
        let amount = match band.gives {
            Gives::Rate(rate) => direct.number(rate)?.checked_mul(of)?,
            Gives::Amount(amount) => direct.number(amount)?,
            Gives::Elsewhere => return Err(Elsewhere),
        };
        Ok(Amount::Known(amount))
    }

    fn marginal(&self, direct: &mut Direct<'_>) -> Found<Amount> {
        let (of, last, _) = self.row(direct)?;
        let mut sum = Exact::ZERO;
        for (number, band) in self.rows.iter().enumerate() {
            let bottom = band.lower.map_or(Exact::ZERO, |edge| edge.at);
            let top = band.upper.map_or(of, |edge| edge.at.min(of));
            if top <= bottom {
                continue;
            }
            let Gives::Rate(rate) = band.gives else { return Err(Elsewhere) };
            let part = top.checked_sub(bottom)?;
            sum = sum.checked_add(direct.number(rate)?.checked_mul(part)?)?;
            if number == last && band.upper.is_none_or(|edge| edge.at >= of) && band.lower.is_none() {
                break;
            }
        }
        Ok(Amount::Known(sum))
    }
}

impl Band {
    fn holds(&self, value: Exact) -> bool {
        self.upper.is_none_or(|edge| edge.is_above(value)) && self.lower.is_none_or(|edge| edge.is_below(value))
    }
}
