//! The syntax tree: what was written, before names have a meaning.

use super::lexer::Place;
use super::node::{Comparison, Reserved};
use crate::value::{Currency, Date, Exact, Per, RoundingMode};

/// A node of what was written and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Syntax {
    /// Where it stands in the text.
    pub place: Place,
    /// What it is.
    pub kind: SyntaxKind,
}

/// The kinds of [`Syntax`].
#[derive(Clone, Debug, PartialEq)]
pub enum SyntaxKind {
    /// `400`, `2.50`
    Number(Exact),
    /// `1%`, held as 1/100
    Share(Exact),
    /// `0.02 CNY`
    Money(Exact, Currency),
    /// `6 months`, `1 year`: counted in months
    Months(i32),
    /// `5 days`, `2 weeks`: counted in days
    Days(i32),
    /// `2017-01-31`
    Date(Date),
    /// `yes`, `no`
    YesNo(bool),
    /// A fact, setting, term, charge, field or word.
    Name(Box<str>),
    /// `period_start` and the like.
    Reserved(Reserved),
    /// `not a`
    Not(Box<Syntax>),
    /// `-a`
    Negative(Box<Syntax>),
    /// `a and b`, `a or b`
    And(Box<Syntax>, Box<Syntax>),
    /// See [`SyntaxKind::And`].
    Or(Box<Syntax>, Box<Syntax>),
    /// `a < b`; in `0 <= x < 5` the middle stands in two comparisons.
    Compare(Comparison, Box<Syntax>, Box<Syntax>),
    /// `category in waged | retired`
    In(Box<Syntax>, Vec<(Box<str>, Place)>),
    /// `purposes includes general`
    Includes(Box<Syntax>, Box<str>, Place),
    /// `a + b`, `a - b`, `a * b`, `a / b`
    Arithmetic(Arithmetic, Box<Syntax>, Box<Syntax>),
    /// `a per month`
    Per(Box<Syntax>, Per),
    /// `a otherwise b`
    Otherwise(Box<Syntax>, Box<Syntax>),
    /// `a exists`
    Exists(Box<Syntax>),
    /// `x at_least 2`, `x at_most 3`
    AtLeast(Box<Syntax>, Box<Syntax>),
    /// See [`SyntaxKind::AtLeast`].
    AtMost(Box<Syntax>, Box<Syntax>),
    /// `if c then a else b`
    If(Box<Syntax>, Box<Syntax>, Box<Syntax>),
    /// `round(x half_up to 0.01)`
    Round(Box<Syntax>, RoundingMode, Exact),
    /// `floor(x)`, `ceil(x)`
    Floor(Box<Syntax>),
    /// See [`SyntaxKind::Floor`].
    Ceil(Box<Syntax>),
    /// `since(category)`
    Since(Box<str>, Place),
    /// `average(gross over 6 months)`
    Average(Box<str>, Place, u16),
    /// `latched(on, off)`
    Latched(Box<Syntax>, Box<Syntax>),
    /// `latest(a, b)`: at least two
    Latest(Vec<Syntax>),
    /// `earliest(a, b)`: at least two
    Earliest(Vec<Syntax>),
    /// `months from a to b`
    MonthsBetween(Box<Syntax>, Box<Syntax>),
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Syntax {
    /// Calls `visit` with every name in it that is not a word beside a `one_of`, in the order written.
    pub fn names(&self, visit: &mut dyn FnMut(&str)) {
        use SyntaxKind as K;
        match &self.kind {
            K::Name(name) | K::Since(name, _) | K::Average(name, _, _) => visit(name),
            K::Not(a) | K::Negative(a) | K::Per(a, _) | K::Exists(a) | K::Round(a, _, _) | K::Floor(a) | K::Ceil(a) => {
                a.names(visit);
            }
            K::In(a, _) | K::Includes(a, _, _) => a.names(visit),
            K::And(a, b)
            | K::Or(a, b)
            | K::Compare(_, a, b)
            | K::Arithmetic(_, a, b)
            | K::Otherwise(a, b)
            | K::AtLeast(a, b)
            | K::AtMost(a, b)
            | K::Latched(a, b)
            | K::MonthsBetween(a, b) => {
                a.names(visit);
                b.names(visit);
            }
            K::If(a, b, c) => {
                a.names(visit);
                b.names(visit);
                c.names(visit);
            }
            K::Latest(list) | K::Earliest(list) => list.iter().for_each(|item| item.names(visit)),
            K::Number(_)
            | K::Share(_)
            | K::Money(..)
            | K::Months(_)
            | K::Days(_)
            | K::Date(_)
            | K::YesNo(_)
            | K::Reserved(_) => {}
        }
    }
}
