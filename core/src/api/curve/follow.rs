//! Following what is owed from one value of a fact to another: straight pieces, bends and jumps.

use super::{CurveJump, CurvePoint};
use crate::dues::{Answer, Prepared, Status};
use crate::ruleset::{Datum, Facts, InputId, Workspace};
use crate::value::{Exact, Rounding};

/// How many answers a curve may cost.
const MOST_ANSWERS: u32 = 20_000;
/// What is smaller than this part of the picture's height cannot be seen.
const SEEN: i64 = 500;

/// Asks for one value of the fact after the other.
pub(super) struct Follower<'a, 'r> {
    prepared: &'a Prepared<'r>,
    facts: Facts,
    work: &'a mut Workspace,
    along: InputId,
    /// Values that are nearer to one another are not told apart.
    step: Exact,
    left: u32,
    /// Height that cannot be seen.
    tolerance: Exact,
    /// How far apart two neighbours are that jump.
    least_jump: Exact,
    /// Whether the last rounding is too fine to be seen.
    fine: bool,
    open: Vec<CurvePoint>,
    followed: Followed,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Followed {
    pub(super) stretches: Vec<Vec<CurvePoint>>,
    pub(super) jumps: Vec<CurveJump>,
    pub(super) bends: Vec<CurvePoint>,
    /// The answers at the ends, at the edges and in the middle.
    pub(super) answers: Vec<Answer>,
    pub(super) is_complete: bool,
}

/// A value of the fact, and the point there; none without an amount.
#[derive(Clone, Copy)]
struct Seen {
    at: Exact,
    point: Option<CurvePoint>,
}

impl<'a, 'r> Follower<'a, 'r> {
    pub(super) fn new(
        prepared: &'a Prepared<'r>,
        facts: Facts,
        work: &'a mut Workspace,
        along: InputId,
        step: Exact,
    ) -> Self {
        Self {
            prepared,
            facts,
            work,
            along,
            step,
            left: MOST_ANSWERS,
            tolerance: Exact::ZERO,
            least_jump: Exact::ZERO,
            fine: false,
            open: Vec::new(),
            followed: Followed { is_complete: true, ..Followed::default() },
        }
    }

    /// Follows it from one end to the other; at the edges each side is asked for by itself.
    pub(super) fn follow(mut self, edges: &[Exact], from: Exact, to: Exact) -> Followed {
        let beside =
            edges.iter().flat_map(|edge| [edge.checked_sub(self.step), Ok(*edge), edge.checked_add(self.step)]);
        let middle = middle(from, to);
        let inside = beside.flatten().chain(middle).filter(|at| from < *at && *at < to);
        let mut places: Vec<Exact> = inside.chain([from, to]).collect();
        places.sort_unstable();
        places.dedup();
        for at in &places {
            let answer = self.answer(*at);
            self.followed.answers.push(answer);
        }
        self.measure();
        let seen: Vec<Seen> = places.into_iter().map(|at| self.see(at)).collect();
        self.open.extend(seen.first().and_then(|first| first.point));
        for pair in seen.windows(2) {
            if let [one, other] = pair {
                let belongs_below = edges.contains(&one.at);
                self.between(*one, *other, belongs_below);
            }
        }
        self.close();
        self.followed
    }

    /// What cannot be seen in a picture of these answers.
    fn measure(&mut self) {
        let amounts = || self.followed.answers.iter().filter_map(|answer| answer.amount);
        let height = amounts().max().zip(amounts().min()).and_then(|(most, least)| most.checked_sub(least).ok());
        let tolerance = height.and_then(|height| height.checked_div(Exact::from_i64(SEEN)).ok());
        self.tolerance = tolerance.unwrap_or(Exact::ZERO);
        let unit = self.followed.answers.iter().filter_map(|answer| answer.rounding).map(Rounding::unit).max();
        self.fine = unit.is_some_and(|unit| unit <= self.tolerance);
        self.least_jump = unit.filter(|_| self.fine).unwrap_or(self.tolerance);
    }

    fn answer(&mut self, at: Exact) -> Answer {
        self.facts.set(self.along, Datum::Number(at));
        self.left = self.left.saturating_sub(1);
        self.prepared.answer(&self.facts, self.work)
    }

    fn see(&mut self, at: Exact) -> Seen {
        let answer = self.answer(at);
        let point = match (answer.status, answer.amount, answer.exact) {
            (Status::Charged, Some(owed), exact) => {
                Some(CurvePoint { at, owed, height: exact.filter(|_| self.fine).unwrap_or(owed) })
            }
            // Where the rules owe nothing, nothing is owed; where they do not say, there is no point.
            (Status::Exempt | Status::NotDue, ..) => Some(CurvePoint { at, owed: Exact::ZERO, height: Exact::ZERO }),
            _ => None,
        };
        Seen { at, point }
    }

    /// Follows it between two values; `belongs_below`: the first is an edge, so that a jump right behind it is its own.
    fn between(&mut self, one: Seen, other: Seen, belongs_below: bool) {
        let Some(half) = self.half_way(one.at, other.at).filter(|_| self.left > 0) else {
            if self.left == 0 {
                self.followed.is_complete = false;
            }
            return self.side_by_side(one, other, belongs_below);
        };
        if let (Some(a), Some(b)) = (one.point, other.point) {
            if self.is_straight(a, b) {
                return self.open.push(b);
            }
            if let Some(bend) = self.bend(a, b) {
                self.followed.bends.push(bend);
                return self.open.extend([bend, b]);
            }
        }
        let half = self.see(half);
        if one.point.is_none() && half.point.is_none() && other.point.is_none() {
            return;
        }
        self.between(one, half, belongs_below);
        self.between(half, other, false);
    }

    /// Two values between which nothing is told apart.
    fn side_by_side(&mut self, one: Seen, other: Seen, belongs_below: bool) {
        let jumps = match (one.point, other.point) {
            (None, None) => return,
            (Some(a), Some(b)) => {
                a.height.checked_sub(b.height).and_then(Exact::checked_abs).is_ok_and(|by| by > self.least_jump)
            }
            _ => true,
        };
        if jumps {
            self.close();
            let at = if belongs_below { one.at } else { other.at };
            self.followed.jumps.push(CurveJump { at, belongs_below, below: one.point, above: other.point });
        }
        self.open.extend(other.point);
    }

    /// Ends the present stretch.
    fn close(&mut self) {
        if !self.open.is_empty() {
            self.followed.stretches.push(std::mem::take(&mut self.open));
        }
    }

    /// The value half way, a whole number of steps away; none where the two are neighbours.
    fn half_way(&self, one: Exact, other: Exact) -> Option<Exact> {
        let width = other.checked_sub(one).ok()?;
        let steps = width.checked_div(self.step).ok()?.checked_div(Exact::from_i64(2)).ok()?.floor().ok()?;
        let half = one.checked_add(steps.checked_mul(self.step).ok()?).ok()?;
        (one < half && half < other).then_some(half)
    }

    /// Whether a straight line between two points is what is owed, as far as can be seen.
    fn is_straight(&mut self, a: CurvePoint, b: CurvePoint) -> bool {
        // Parts that have no common measure, so that steps of equal length are not all met at their beginnings.
        [(1, 2), (3, 17), (8, 23), (19, 31), (33, 37)].into_iter().all(|(part, of)| {
            let at = part_way(a.at, b.at, part, of);
            let seen = at.and_then(|at| self.see(at).point);
            seen.zip(at.and_then(|at| on_line(a, b, at))).is_some_and(|(seen, line)| self.is_near(seen.height, line))
        })
    }

    fn is_near(&self, one: Exact, other: Exact) -> bool {
        one.checked_sub(other).and_then(Exact::checked_abs).is_ok_and(|by| by <= self.tolerance)
    }

    /// The point at which two straight lines meet, if those are what is owed.
    fn bend(&mut self, a: CurvePoint, b: CurvePoint) -> Option<CurvePoint> {
        let near_a = part_way(a.at, b.at, 1, 8)?;
        let near_a = self.see(near_a).point?;
        let near_b = part_way(a.at, b.at, 7, 8)?;
        let near_b = self.see(near_b).point?;
        let (first, last) = (slope(a, near_a)?, slope(near_b, b)?);
        // a + first × (x − a) = b + last × (x − b)
        let left = b.height.checked_sub(a.height).ok()?.checked_add(first.checked_mul(a.at).ok()?).ok()?;
        let right = last.checked_mul(b.at).ok()?;
        let meet = left.checked_sub(right).ok()?.checked_div(first.checked_sub(last).ok()?).ok()?;
        if meet <= a.at || b.at <= meet {
            return None;
        }
        let bend = self.see(meet).point?;
        (self.is_straight(a, bend) && self.is_straight(bend, b)).then_some(bend)
    }
}

fn middle(one: Exact, other: Exact) -> Option<Exact> {
    part_way(one, other, 1, 2)
}

/// The value that lies a part of the way from one to the other.
fn part_way(one: Exact, other: Exact, part: i128, of: i128) -> Option<Exact> {
    let way = other.checked_sub(one).ok()?.checked_mul(Exact::ratio(part, of).ok()?).ok()?;
    one.checked_add(way).ok()
}

/// How much the height rises for each unit.
fn slope(one: CurvePoint, other: CurvePoint) -> Option<Exact> {
    let rise = other.height.checked_sub(one.height).ok()?;
    rise.checked_div(other.at.checked_sub(one.at).ok()?).ok()
}

/// The height of the line through two points.
fn on_line(one: CurvePoint, other: CurvePoint, at: Exact) -> Option<Exact> {
    let rise = slope(one, other)?.checked_mul(at.checked_sub(one.at).ok()?).ok()?;
    one.height.checked_add(rise).ok()
}
