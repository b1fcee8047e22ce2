//! The compiled form: every expression of a rule set in one arena.

use super::lexer::Place;
use super::types::Type;
use crate::ruleset::ids::{ChargeId, InputId, SettingId, TermId};
use crate::value::{Date, Exact, Per, Rounding};

/// An expression, by its place in the [`Arena`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub(crate) u32);

/// One compiled node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// What it does.
    pub op: Op,
    /// What it gives.
    pub type_: Type,
    /// Where it stands in its expression.
    pub place: Place,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether the comparison holds for two values in that order.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// The comparison with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

/// The names that the language keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reserved {
    /// First day of the period.
    PeriodStart,
    /// Last day of the period.
    PeriodEnd,
    /// First day of the calendar year that holds the start of the period.
    YearStart,
    /// The day at which facts are read.
    Day,
    /// Before every day.
    LongAgo,
    /// After every day.
    Never,
}

impl Reserved {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::PeriodStart, Self::PeriodEnd, Self::YearStart, Self::Day, Self::LongAgo, Self::Never];

    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Self::PeriodStart => "period_start",
            Self::PeriodEnd => "period_end",
            Self::YearStart => "year_start",
            Self::Day => "day",
            Self::LongAgo => "long_ago",
            Self::Never => "never",
        }
    }

    /// From what was written.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reserved| reserved.name() == name)
    }
}

/// What a node does with its children.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    /// A written number, share or amount.
    Number(Exact),
    /// A written date.
    Date(Date),
    /// A written count of months.
    Months(i32),
    /// A written count of days.
    Days(i32),
    /// A written yes or no.
    YesNo(bool),
    /// A written word, by its number among its words.
    Word(u8),
    /// A written rounding.
    Rounding(Rounding),
    /// A fact, or a term that the host may give, as told.
    Fact(InputId),
    /// The value of a setting.
    Setting(SettingId),
    /// The value of a term.
    Term(TermId),
    /// The rounded amount of another charge.
    Charge(ChargeId),
    /// A field of the record that a charge goes through: the list and the number of the field.
    Field(InputId, u8),
    /// `period_start` and the like.
    Reserved(Reserved),
    /// `not a`
    Not(ExprId),
    /// `-a`
    Negative(ExprId),
    /// `a and b`
    And(ExprId, ExprId),
    /// `a or b`
    Or(ExprId, ExprId),
    /// Two values of one type compared.
    Compare(Comparison, ExprId, ExprId),
    /// Whether a word is one of the words whose bits are set.
    In(ExprId, u128),
    /// Whether a set of words holds the word.
    Includes(ExprId, u8),
    /// Numbers of one unit, or counts of days or months.
    Add(ExprId, ExprId),
    /// See [`Op::Add`].
    Subtract(ExprId, ExprId),
    /// One side is a plain number.
    Multiply(ExprId, ExprId),
    /// The right side is a plain number, or both have one unit.
    Divide(ExprId, ExprId),
    /// A day and a count of months or days.
    Later(ExprId, ExprId),
    /// See [`Op::Later`].
    Earlier(ExprId, ExprId),
    /// Days from the second to the first.
    DaysBetween(ExprId, ExprId),
    /// Completed months from the first to the second.
    MonthsBetween(ExprId, ExprId),
    /// Money per one length of time as money per another; the factor is exact.
    Convert(ExprId, Exact, Per),
    /// The greater of two.
    AtLeast(ExprId, ExprId),
    /// The less of two.
    AtMost(ExprId, ExprId),
    /// The first if it is not known to be none.
    Otherwise(ExprId, ExprId),
    /// Whether it is not known to be none.
    Exists(ExprId),
    /// `if c then a else b`
    If(ExprId, ExprId, ExprId),
    /// Rounded as written.
    Round(ExprId, Rounding),
    /// First day of the run of the present value of a fact.
    Since(InputId),
    /// Mean of the values at the ends of the months before the period.
    Average(InputId, u16),
    /// The last switch: on and off.
    Latched(ExprId, ExprId),
}

impl Op {
    /// The nodes that it reads, in the order written.
    pub fn children(&self) -> impl Iterator<Item = ExprId> + use<> {
        let slots = match *self {
            Self::Not(a)
            | Self::Negative(a)
            | Self::In(a, _)
            | Self::Includes(a, _)
            | Self::Convert(a, _, _)
            | Self::Exists(a)
            | Self::Round(a, _) => [Some(a), None, None],
            Self::And(a, b)
            | Self::Or(a, b)
            | Self::Compare(_, a, b)
            | Self::Add(a, b)
            | Self::Subtract(a, b)
            | Self::Multiply(a, b)
            | Self::Divide(a, b)
            | Self::Later(a, b)
            | Self::Earlier(a, b)
            | Self::DaysBetween(a, b)
            | Self::MonthsBetween(a, b)
            | Self::AtLeast(a, b)
            | Self::AtMost(a, b)
            | Self::Otherwise(a, b)
            | Self::Latched(a, b) => [Some(a), Some(b), None],
            Self::If(a, b, c) => [Some(a), Some(b), Some(c)],
            _ => [None, None, None],
        };
        slots.into_iter().flatten()
    }
}

/// All compiled expressions of a rule set. A node's children stand before it.
#[derive(Clone, Debug, Default)]
pub struct Arena {
    nodes: Vec<Node>,
}

impl Arena {
    /// The node of an expression.
    pub fn get(&self, id: ExprId) -> Option<&Node> {
        self.nodes.get(usize::try_from(id.0).ok()?)
    }

    /// Appends a node.
    pub(crate) fn push(&mut self, node: Node) -> ExprId {
        let id = ExprId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }

    /// All nodes.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many nodes it holds.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Every node.
    pub(crate) fn all(&self) -> impl Iterator<Item = ExprId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(ExprId)
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether a node is `root` or stands below it.
    pub(crate) fn is_within(&self, id: ExprId, root: ExprId) -> bool {
        // Children stand before their parent, so nothing above `root` is below it.
        id == root
            || id < root && self.get(root).is_some_and(|node| node.op.children().any(|child| self.is_within(id, child)))
    }

    /// Calls `visit` with every node below `root`, children first, each use once.
    pub fn walk(&self, root: ExprId, visit: &mut dyn FnMut(ExprId, &Node)) {
        let Some(node) = self.get(root) else { return };
        for child in node.op.children() {
            self.walk(child, visit);
        }
        visit(root, node);
    }
}
