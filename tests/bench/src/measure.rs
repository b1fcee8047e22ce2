//! Times that survive a noisy machine: what is compared runs in turns, and medians are taken.

use std::time::Instant;

/// How often what is compared runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// The turns; the median of an odd number is one of them.
    pub(crate) turns: usize,
    /// How often the work is repeated in one turn.
    pub(crate) repeats: u32,
}

/// The median times of one piece of work and its peer, and the median of their ratios.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ratio {
    /// Picoseconds for one unit of the peer.
    pub(crate) peer: u128,
    /// Picoseconds for one unit of the candidate.
    pub(crate) candidate: u128,
    /// The candidate as hundredths of the peer.
    pub(crate) hundredths: u128,
}

/// Runs peer and candidate in turns. Each does `units` units of work in one call.
///
/// The ratio is taken turn by turn: what slows the machine for a while slows both.
pub(crate) fn ratio(effort: Effort, units: u128, peer: &mut dyn FnMut(), candidate: &mut dyn FnMut()) -> Ratio {
    peer();
    candidate();
    let mut turns = Vec::with_capacity(effort.turns);
    for _ in 0..effort.turns {
        turns.push((time(effort.repeats, peer), time(effort.repeats, candidate)));
    }
    let each = units.saturating_mul(u128::from(effort.repeats)).max(1);
    let unit = |nanoseconds: u128| nanoseconds.saturating_mul(1000).checked_div(each).unwrap_or(0);
    Ratio {
        peer: unit(median(turns.iter().map(|(peer, _)| *peer))),
        candidate: unit(median(turns.iter().map(|(_, candidate)| *candidate))),
        hundredths: median(turns.iter().map(|(peer, candidate)| {
            let half = peer.checked_div(2).unwrap_or(0);
            candidate.saturating_mul(100).saturating_add(half).checked_div(*peer).unwrap_or(0)
        })),
    }
}

/// Nanoseconds for all repeats.
fn time(repeats: u32, work: &mut dyn FnMut()) -> u128 {
    let start = Instant::now();
    for _ in 0..repeats {
        work();
    }
    start.elapsed().as_nanos()
}

fn median(values: impl Iterator<Item = u128>) -> u128 {
    let mut values: Vec<u128> = values.collect();
    values.sort_unstable();
    let middle = values.len().checked_div(2).unwrap_or(0);
    values.get(middle).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn one_slow_turn_does_not_move_the_median() {
        assert_eq!(median([5, 4, 900, 6, 5].into_iter()), 5);
    }
}
