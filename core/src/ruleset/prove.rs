//! What can be known of a rule set without any member: which alternatives can apply together, which values no row
//! has, on which days no version holds.
//!
//! Everything here is a pure function over the compiled form and answers with the smallest example that it finds; the
//! loader turns the answers into diagnostics.

mod bands;
mod condition;
mod dated;
mod example;
mod jumps;
mod same;
mod search;
mod timeline;
mod value;
mod variable;

#[cfg(test)]
mod tests;

use super::datum::Datum;
use super::expression::{Comparison, ExprId, Op, WordsId};
use super::ids::{InputId, SettingId};
use super::rules::Rules;
use condition::Conditions;
use search::{Found, search};

pub use bands::{BandFault, BandFaultKind, check_bands};
pub use dated::both_ever_apply;
pub use jumps::{ShapeFault, ShapeKind, shape_of};
pub use search::Effort;
pub use timeline::{date_gaps, together};

/// Whether conditions can all hold for one member.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// They cannot, whatever is told.
    Never,
    /// They can: with these values all of them hold, whatever else is told.
    Both(Vec<Example>),
    /// It depends on what is not decided here, such as two facts compared with each other.
    Undecided,
}

/// A value in an example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// What has the value.
    pub subject: Subject,
    /// The value.
    pub value: Datum,
}

/// What an example gives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A fact, or a term that the host may give.
    Input(InputId),
    /// A setting.
    Setting(SettingId),
    /// A field of a record: the list and the number of the field.
    Field(InputId, u8),
}

impl Subject {
    /// Its name in the document.
    pub fn name(self, rules: &Rules) -> &str {
        match self {
            Self::Input(input) => rules.input(input).map_or("", |input| &input.name),
            Self::Setting(setting) => rules.settings.get(setting.index()).map_or("", |setting| &setting.name),
            Self::Field(list, field) => rules.field(list, field).map_or("", |field| &field.name),
        }
    }
}

/// Whether two alternatives can both apply; each is given as conditions that must all hold, none meaning always.
///
/// Every `and`, `or`, `not` and `if` of comparisons of one fact (also multiplied, added to or converted by constants)
/// with constants and words is decided. What else stands in a condition may be so or not: then a contradiction is
/// still found where there is one without it, and an example where none of it is needed. A fact is taken to have one
/// value; terms that the host cannot give are replaced by their formula, and which of several versions of it is in
/// force is left open: [`both_ever_apply`] goes through the dates.
pub fn both_can_apply(rules: &Rules, a: &[ExprId], b: &[ExprId]) -> Verdict {
    both_can_apply_within(rules, a, b, &mut Effort::new())
}

/// [`both_can_apply`] as one of the many questions about a document that share their effort.
pub fn both_can_apply_within(rules: &Rules, a: &[ExprId], b: &[ExprId], effort: &mut Effort) -> Verdict {
    if words_apart(rules, a, b) {
        return Verdict::Never;
    }
    if effort.is_used_up() {
        return Verdict::Undecided;
    }
    let mut conditions = Conditions::new(rules);
    for condition in a.iter().chain(b) {
        conditions.require(*condition);
    }
    match search(conditions, effort) {
        Found::Nothing => Verdict::Never,
        Found::Values(values) => Verdict::Both(values),
        Found::Undecided => Verdict::Undecided,
    }
}

/// The words of a `one_of` fact for which none of several alternatives can apply, in the order of the words.
///
/// `given` holds for every member in question; a word that contradicts it needs no alternative. A word counts as
/// covered as long as it is not certain that no alternative applies to it. All conditions are taken to be asked on one
/// day.
pub fn not_covered(
    rules: &Rules,
    conditions: &[Vec<ExprId>],
    given: &[ExprId],
    subject: (InputId, WordsId),
) -> Vec<u8> {
    not_covered_within(rules, conditions, given, subject, &mut Effort::new())
}

/// [`not_covered`] as one of the many questions about a document that share their effort.
pub fn not_covered_within(
    rules: &Rules,
    conditions: &[Vec<ExprId>],
    given: &[ExprId],
    subject: (InputId, WordsId),
    effort: &mut Effort,
) -> Vec<u8> {
    let (input, list) = subject;
    let count = rules.words.get(usize::from(list.0)).map_or(0, |list| list.words.len());
    let mut never = |word: u8, alternative: &[ExprId]| {
        if effort.is_used_up() {
            return false;
        }
        let mut conditions = Conditions::new(rules);
        conditions.require_word(input, word);
        for condition in given.iter().chain(alternative) {
            conditions.require(*condition);
        }
        matches!(search(conditions, effort), Found::Nothing)
    };
    let words = 0..u8::try_from(count).unwrap_or(u8::MAX);
    words.filter(|word| !never(*word, &[]) && conditions.iter().all(|alternative| never(*word, alternative))).collect()
}

/// The cheap and usual case: both want words of one fact, and none in common.
fn words_apart(rules: &Rules, a: &[ExprId], b: &[ExprId]) -> bool {
    // It is only a short cut, so it must stay short.
    let mut walks = 8_u8;
    a.iter().any(|left| {
        each_conjunct(rules, *left, &mut |left| {
            let Some((fact, words)) = wanted_words(rules, left).filter(|_| walks > 0) else { return false };
            walks = walks.saturating_sub(1);
            b.iter().any(|right| {
                each_conjunct(rules, *right, &mut |right| {
                    wanted_words(rules, right).is_some_and(|(other, others)| other == fact && others & words == 0)
                })
            })
        })
    })
}

/// Whether `is` answers yes for one of the parts that `and` joins.
fn each_conjunct(rules: &Rules, condition: ExprId, is: &mut dyn FnMut(ExprId) -> bool) -> bool {
    match rules.arena.get(condition).map(|node| node.op) {
        Some(Op::And(a, b)) => each_conjunct(rules, a, is) || each_conjunct(rules, b, is),
        _ => is(condition),
    }
}

fn wanted_words(rules: &Rules, condition: ExprId) -> Option<(InputId, u128)> {
    let op = |id: ExprId| rules.arena.get(id).map(|node| node.op);
    let (of, words) = match op(condition)? {
        Op::In(of, words) => (op(of)?, words),
        Op::Compare(Comparison::Equal, of, word) => match op(word)? {
            Op::Word(word) => (op(of)?, variable::bit(usize::from(word))),
            _ => return None,
        },
        _ => return None,
    };
    match of {
        Op::Fact(fact) => Some((fact, words)),
        _ => None,
    }
}
