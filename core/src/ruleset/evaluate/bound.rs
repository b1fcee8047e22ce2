//! The direct evaluator: expressions bound to the versions, settings and period of one question.
//!
//! Nearly every answer needs little of what [`Scope`](super::Scope) can do: every fact is told or assumed as one value,
//! one alternative applies, nothing overflows and nothing has to be said beside the amount. For those, the versions
//! that hold, the settings and the days of the period are looked up once for a whole roster. Whatever is more than that
//! is [`Elsewhere`]: the direct evaluator has no second opinion on it and leaves the answer to the `Scope`. So it holds
//! no finding, no missing fact and no error, and where it does answer, both answer alike.

mod bind;
mod read;
mod value;

pub(crate) use bind::Binder;
pub(crate) use read::Direct;

use super::super::citation::Attested;
use super::super::datum::Datum;
use super::super::expression::{Comparison, ExprId};
use super::super::ids::{InputId, InputSet, SettingId, TermId, VersionId};
use super::super::text_value::Range;
use crate::explain::Step;
use crate::value::{Date, Exact, Rounding};

/// The direct evaluator cannot say; the general one can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Elsewhere;

/// What the direct evaluator makes of a question.
pub(crate) type Found<T> = Result<T, Elsewhere>;

/// A bound expression, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

/// All bound expressions and terms of a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bound {
    nodes: Vec<Node>,
    /// The expression that each node was bound from, for the steps.
    origins: Vec<ExprId>,
    /// Sums of more than two, each with its parts one after the other.
    sums: Vec<Vec<Part>>,
    terms: Vec<Term>,
    settings: Vec<Setting>,
    /// What holds for an input that is not given.
    assumed: Vec<Option<Datum>>,
}

/// A part of a sum, added or taken off.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// The sum up to here.
    origin: ExprId,
    is_less: bool,
    value: Read,
}

/// What is read: mostly a fact, which needs no node.
#[derive(Clone, Copy, Debug)]
enum Read {
    Fact(InputId),
    Node(NodeId),
}

/// A bound operation. Its operands are of the kind that the compiler checked, so none says its own.
#[derive(Clone, Copy, Debug)]
enum Node {
    Number(Exact),
    YesNo(bool),
    Date(Date),
    Word(u8),
    Fact(InputId),
    /// Whether the word of a fact is one of those whose bits are set.
    FactIn(InputId, u128),
    Term(u16),
    Setting(u16),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    If(NodeId, NodeId, NodeId),
    In(NodeId, u128),
    CompareNumbers(Comparison, NodeId, NodeId),
    CompareDates(Comparison, NodeId, NodeId),
    CompareWords(Comparison, NodeId, NodeId),
    Negative(NodeId),
    Scaled(NodeId, Exact),
    Rounded(NodeId, Rounding),
    Sum(u16),
    Multiply(NodeId, NodeId),
    Divide(NodeId, NodeId),
    AtLeast(NodeId, NodeId),
    AtMost(NodeId, NodeId),
    /// First day of the run of a fact's value; without a history, long ago.
    Since(InputId),
    Elsewhere,
}

/// A setting with its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    id: SettingId,
    version: VersionId,
    value: Datum,
    /// Whether the organisation decided it.
    given: bool,
}

impl Setting {
    /// The step of reading it.
    pub(crate) fn step(self) -> Step {
        let Self { id, version, value, given } = self;
        Step::Setting { setting: id, value, version, given }
    }
}

/// A term with the alternatives in force.
#[derive(Clone, Debug)]
struct Term {
    id: TermId,
    /// Under which input it may be given, and what it is made of.
    given: Option<(InputId, InputSet)>,
    as_of: Option<AsOf>,
    formula: Choice<Give>,
    range: Range,
}

/// The day whose facts are read. Without histories no value depends on it; but working it out may read assumed facts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsOf {
    pub(crate) version: VersionId,
    pub(crate) day: NodeId,
    /// Whether it reads anything.
    pub(crate) reads: bool,
}

/// The alternatives in force.
#[derive(Clone, Debug)]
pub(crate) struct Choice<T> {
    cases: Vec<Case<T>>,
    /// Whether the rule set has several, in force or not.
    is_among: bool,
    by_word: Option<ByWord>,
}

impl<T> Choice<T> {
    /// No alternatives.
    pub(crate) fn nothing() -> Self {
        Self { cases: Vec::new(), is_among: false, by_word: None }
    }
}

/// Which alternatives the word of one fact leaves open: one look in place of one for each alternative.
#[derive(Clone, Debug)]
struct ByWord {
    /// The fact that the first alternative asks for its word before anything else.
    input: InputId,
    /// For each of its words the alternatives, one bit each, that do not begin with asking it for another.
    open: Vec<u32>,
}

impl ByWord {
    fn new<T>(cases: &[Case<T>]) -> Option<Self> {
        let first = |case: &Case<T>| if let When::Words([asked, _], _) = case.when { asked } else { None };
        let (input, _) = first(cases.first()?)?;
        let mut open = Vec::new();
        for word in 0..u128::BITS {
            let mut bits = 0_u32;
            for (case, place) in cases.iter().zip(0_u32..) {
                let bit = 1_u32.checked_shl(place)?;
                match first(case) {
                    Some((asked, words)) if asked == input && words & 1_u128.wrapping_shl(word) == 0 => {}
                    _ => bits |= bit,
                }
            }
            open.push(bits);
        }
        Some(Self { input, open })
    }
}

/// How an alternative of a term is worked out.
#[derive(Clone, Debug)]
enum Give {
    Is(NodeId),
    ByWord(NodeId, Vec<Option<NodeId>>),
    Elsewhere,
}

/// An alternative in force.
#[derive(Clone, Debug)]
pub(crate) struct Case<T> {
    pub(crate) version: VersionId,
    pub(crate) attested: Attested,
    pub(crate) when: When,
    pub(crate) gives: T,
}

/// When an alternative applies.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Always,
    If(NodeId),
    /// Where these facts have one of these words each: the bits are set. The condition stands there for its steps.
    Words([Option<(InputId, u128)>; 2], NodeId),
    /// Where no other does.
    Otherwise,
}
