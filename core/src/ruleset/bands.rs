//! Bands: rows that cut a number line, with edges that say which side owns them.

use super::expression::ExprId;
use super::node::Span;
use crate::value::{ArithmeticError, Exact, Rounding};

/// Rows over the values of one expression, from low to high.
#[derive(Clone, Debug)]
pub struct Bands {
    /// What is looked up.
    pub of: ExprId,
    /// How a value is rounded for the look-up, where the table is printed in whole numbers.
    pub printed: Option<Rounding>,
    /// The rows, in the order written.
    pub rows: Vec<Band>,
    /// What looks odd and is meant.
    pub stated: Stated,
}

/// What looks odd in a table and is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The amount jumps at an edge.
    pub cliff: bool,
    /// The amount falls while its base grows.
    pub falling: bool,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Band {
    /// Where it begins; open to below, if there is no edge.
    pub lower: Option<Edge>,
    /// Where it ends; open to above, if there is no edge.
    pub upper: Option<Edge>,
    /// What it gives.
    pub gives: Gives,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Why it holds beside another row that overlaps it; it then yields to no one.
    pub chosen: Option<Box<str>>,
    /// Where it stands in the document.
    pub span: Span,
}

/// An edge of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Where it is.
    pub at: Exact,
    /// Whether the row owns that value.
    pub included: bool,
}

/// What a row gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Gives {
    /// A share of what is looked up.
    Rate(ExprId),
    /// An amount.
    Amount(ExprId),
    /// A word: the row's name.
    Word(u8),
    /// Nothing, and why: a hole in the published table.
    NoRule(Box<str>),
}

impl Band {
    /// Whether the row holds for a value.
    pub fn holds(&self, value: Exact) -> bool {
        Edge::enclose(self.lower, self.upper, value)
    }
}

impl Edge {
    /// Whether a row with these edges holds for a value.
    pub(crate) fn enclose(lower: Option<Self>, upper: Option<Self>, value: Exact) -> bool {
        // Rows usually stand from low to high, so most of those that do not hold lie below.
        upper.is_none_or(|edge| edge.is_above(value)) && lower.is_none_or(|edge| edge.is_below(value))
    }

    /// Whether a value lies inside a row that ends here.
    pub fn is_above(self, value: Exact) -> bool {
        if self.included { value <= self.at } else { value < self.at }
    }

    /// Whether a value lies inside a row that begins here.
    pub fn is_below(self, value: Exact) -> bool {
        if self.included { value >= self.at } else { value > self.at }
    }
}

impl Bands {
    /// The value as it is looked up.
    ///
    /// # Errors
    ///
    /// When rounding it leaves the range of exact numbers.
    pub fn printed(&self, value: Exact) -> Result<Exact, ArithmeticError> {
        self.printed.map_or(Ok(value), |rounding| rounding.apply(value))
    }

    /// The row that holds for a value as it is looked up; where two overlap, the one that says why.
    pub fn row(&self, looked_up: Exact) -> Option<(usize, &Band)> {
        let mut rows = self.rows.iter().enumerate();
        let first = rows.find(|(_, band)| band.holds(looked_up))?;
        if first.1.chosen.is_some() {
            return Some(first);
        }
        rows.find(|(_, band)| band.chosen.is_some() && band.holds(looked_up)).or(Some(first))
    }
}
