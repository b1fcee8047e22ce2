//! The search for values that make all conditions hold.
//!
//! Every variable starts with all its cells. A question that is still open splits the cells of its variable in two,
//! and what is then decided by the rest is decided at once (three-valued), so most conditions need few splits.

use super::Example;
use super::condition::{Conditions, Part, PartId};
use super::example;
use super::variable::Variable;

/// Most parts looked at in one search; past it the pair is undecided.
const MOST_STEPS: usize = 100_000;
/// Most parts looked at for one document: some tenths of a second.
const MOST_STEPS_OF_ALL: usize = 20_000_000;

/// What any search costs, in steps.
const SETTING_UP: usize = 50;

/// How much searching is still to be done for one document, so that a hostile one ends soon.
///
/// Every question takes from it what it needs, at most 100 000 steps; when nothing is left every further question that
/// needs a search is [undecided](super::Verdict::Undecided).
#[derive(Debug)]
pub struct Effort {
    left: usize,
}

impl Effort {
    /// For all questions about one document.
    pub fn new() -> Self {
        Self { left: MOST_STEPS_OF_ALL }
    }

    /// Whether it is used up, and questions were or will be left undecided for that reason.
    pub fn is_used_up(&self) -> bool {
        self.left == 0
    }

    pub(super) fn take(&mut self, steps: usize) {
        self.left = self.left.saturating_sub(steps);
    }
}

impl Default for Effort {
    fn default() -> Self {
        Self::new()
    }
}

/// What a search finds.
#[derive(Debug)]
pub(super) enum Found {
    /// No values make all conditions hold.
    Nothing,
    /// These do, whatever the others are.
    Values(Vec<Example>),
    /// It depends on what is not looked into, or the search was too long.
    Undecided,
}

/// Searches for values that make all conditions hold.
pub(super) fn search(conditions: Conditions<'_>, effort: &mut Effort) -> Found {
    effort.take(conditions.steps_taken().saturating_add(SETTING_UP));
    let Conditions { parts, mut variables, required, gave_up, .. } = conditions;
    if gave_up {
        return Found::Undecided;
    }
    for variable in &mut variables {
        variable.cut();
    }
    let steps = MOST_STEPS.min(effort.left);
    let mut search = Search { parts: &parts, variables: &variables, rest: Vec::new(), steps };
    let mut left: Vec<u128> = variables.iter().map(|variable| variable.cells).collect();
    for part in required {
        search.narrow(part, &mut left);
    }
    if left.contains(&0) {
        return Found::Nothing;
    }
    let found = search.find(&left);
    effort.take(steps.saturating_sub(search.steps));
    found.unwrap_or(Found::Undecided)
}

/// What is known of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    No,
    Yes,
    Open,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            Self::Open => Self::Open,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Open,
        }
    }
}

/// The search ran out of steps.
struct TooLong;

struct Search<'a> {
    parts: &'a [Part],
    variables: &'a [Variable],
    /// The required parts that are no plain questions.
    rest: Vec<PartId>,
    steps: usize,
}

impl Search<'_> {
    /// Takes the plain questions out of a required part.
    fn narrow(&mut self, part: PartId, left: &mut [u128]) {
        match self.parts.get(part) {
            Some(Part::And(a, b)) => {
                self.narrow(*a, left);
                self.narrow(*b, left);
            }
            Some(Part::Constant(true)) => {}
            Some(Part::Test(variable, _)) => keep(left, *variable, self.answering(part)),
            Some(Part::Not(inner)) if matches!(self.parts.get(*inner), Some(Part::Test(..))) => {
                if let Some(Part::Test(variable, _)) = self.parts.get(*inner) {
                    keep(left, *variable, !self.answering(*inner));
                }
            }
            _ => self.rest.push(part),
        }
    }

    fn answering(&self, part: PartId) -> u128 {
        match self.parts.get(part) {
            Some(Part::Test(variable, test)) => {
                self.variables.get(*variable).map_or(0, |variable| variable.answering(*test))
            }
            _ => 0,
        }
    }

    fn find(&mut self, left: &[u128]) -> Result<Found, TooLong> {
        let needs_opaque =
            self.variables.iter().zip(left).any(|(variable, left)| variable.opaque && *left != variable.cells);
        if !needs_opaque {
            let (solution, depends) = self.solve(left, false)?;
            if let Some(solution) = solution {
                let solution = self.loosened(solution, left);
                let values = example::values(self.variables, &solution);
                return Ok(values.map_or(Found::Undecided, Found::Values));
            }
            if !depends {
                return Ok(Found::Nothing);
            }
        }
        Ok(match self.solve(left, true)? {
            (Some(_), _) => Found::Undecided,
            (None, _) => Found::Nothing,
        })
    }

    /// Cells that make everything hold; and whether, where there are none, it depends on opaque variables.
    fn solve(&mut self, left: &[u128], with_opaque: bool) -> Result<(Option<Vec<u128>>, bool), TooLong> {
        let masks: Vec<u128> = (0..self.parts.len()).map(|part| self.answering(part)).collect();
        let mut truths = Vec::with_capacity(self.parts.len());
        let mut open = vec![left.to_vec()];
        let mut depends = false;
        while let Some(left) = open.pop() {
            match self.holds(&masks, &left, &mut truths)? {
                Truth::No => {}
                Truth::Yes => return Ok((Some(left), false)),
                Truth::Open => match self.open_question(&truths, with_opaque) {
                    Some((variable, part)) => {
                        let mask = masks.get(part).copied().unwrap_or(0);
                        let mut without = left.clone();
                        keep(&mut without, variable, !mask);
                        open.push(without);
                        let mut with = left;
                        keep(&mut with, variable, mask);
                        open.push(with);
                    }
                    None => depends = true,
                },
            }
        }
        Ok((None, depends))
    }

    /// Whether all of the rest holds for the cells that are left.
    fn holds(&mut self, masks: &[u128], left: &[u128], truths: &mut Vec<Truth>) -> Result<Truth, TooLong> {
        // One more than the parts, so that an empty condition costs something too.
        let cost = self.parts.len().saturating_add(1);
        if self.steps < cost {
            self.steps = 0;
            return Err(TooLong);
        }
        self.steps = self.steps.saturating_sub(cost);
        truths.clear();
        for (part, mask) in self.parts.iter().zip(masks) {
            let of = |part: &PartId| truths.get(*part).copied().unwrap_or(Truth::Open);
            let truth = match part {
                Part::Constant(holds) => Truth::of(*holds),
                Part::Test(variable, _) => match left.get(*variable) {
                    Some(left) if left & mask == 0 => Truth::No,
                    Some(left) if left & !mask == 0 => Truth::Yes,
                    _ => Truth::Open,
                },
                Part::Not(a) => of(a).not(),
                Part::And(a, b) => of(a).and(of(b)),
                Part::Or(a, b) => of(a).not().and(of(b).not()).not(),
                Part::Choose(condition, a, b) => match (of(condition), of(a), of(b)) {
                    (Truth::Yes, a, _) => a,
                    (Truth::No, _, b) => b,
                    (Truth::Open, a, b) if a == b => a,
                    _ => Truth::Open,
                },
            };
            truths.push(truth);
        }
        let of = |part: &PartId| truths.get(*part).copied().unwrap_or(Truth::Open);
        Ok(self.rest.iter().fold(Truth::Yes, |all, part| all.and(of(part))))
    }

    /// A question that keeps the whole open.
    fn open_question(&self, truths: &[Truth], with_opaque: bool) -> Option<(usize, PartId)> {
        let is_open = |part: &PartId| truths.get(*part) == Some(&Truth::Open);
        let mut seen = vec![false; self.parts.len()];
        let mut ahead: Vec<PartId> = self.rest.iter().rev().copied().collect();
        while let Some(part) = ahead.pop() {
            match seen.get_mut(part) {
                Some(seen) if !*seen && is_open(&part) => *seen = true,
                _ => continue,
            }
            match self.parts.get(part)? {
                Part::Constant(_) => {}
                Part::Test(variable, _) => {
                    if with_opaque || self.variables.get(*variable).is_some_and(|variable| !variable.opaque) {
                        return Some((*variable, part));
                    }
                }
                Part::Not(a) => ahead.push(*a),
                Part::And(a, b) | Part::Or(a, b) => ahead.extend([*b, *a]),
                Part::Choose(condition, a, b) => ahead.extend([*b, *a, *condition]),
            }
        }
        None
    }

    /// Gives back cells that the solution does not need, so that an example names only what matters.
    fn loosened(&mut self, mut solution: Vec<u128>, start: &[u128]) -> Vec<u128> {
        let masks: Vec<u128> = (0..self.parts.len()).map(|part| self.answering(part)).collect();
        let mut truths = Vec::with_capacity(self.parts.len());
        for (variable, at_start) in start.iter().enumerate() {
            let Some(narrow) = solution.get(variable).copied().filter(|narrow| narrow != at_start) else { continue };
            put(&mut solution, variable, *at_start);
            if !matches!(self.holds(&masks, &solution, &mut truths), Ok(Truth::Yes)) {
                put(&mut solution, variable, narrow);
            }
        }
        solution
    }
}

fn keep(left: &mut [u128], variable: usize, cells: u128) {
    if let Some(left) = left.get_mut(variable) {
        *left &= cells;
    }
}

fn put(left: &mut [u128], variable: usize, cells: u128) {
    if let Some(left) = left.get_mut(variable) {
        *left = cells;
    }
}
