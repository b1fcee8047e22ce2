//! Which ids a roster has had, in a bounded number of bytes a row.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{BuildHasher, Hash, Hasher};

/// The ids of a roster and the row in which each stood first.
///
/// An id is kept as 96 bits of two `SipHash` sums with fixed keys, so a row costs at most 58 bytes, also while the
/// table grows. Two different ids of one roster are taken for one with a probability of n²/2⁹⁷: at five million rows
/// 2 in 10¹⁶.
#[derive(Debug, Default)]
pub(super) struct SeenIds {
    first_rows: HashMap<Mark, u32, AlreadyHashed>,
}

impl SeenIds {
    /// Takes the mark of the id of a row; gives the row in which it stood before.
    pub(super) fn note(&mut self, mark: Mark, row: u64) -> Option<u32> {
        match self.first_rows.entry(mark) {
            Entry::Occupied(seen) => Some(*seen.get()),
            Entry::Vacant(free) => {
                // No roster has four thousand million rows; one that had would name this row.
                free.insert(u32::try_from(row).unwrap_or(u32::MAX));
                None
            }
        }
    }
}

/// 96 bits that stand for an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    front: [u32; 2],
    back: u32,
}

impl Mark {
    pub(super) fn of(id: &str) -> Self {
        let sum = |key: u8| {
            let mut hasher = DefaultHasher::new();
            hasher.write_u8(key);
            hasher.write(id.as_bytes());
            hasher.finish()
        };
        let (front, back) = (halves(sum(0)), halves(sum(1)));
        Self { front, back: back[0] }
    }
}

fn halves(sum: u64) -> [u32; 2] {
    let half = |sum: u64| u32::try_from(sum & u64::from(u32::MAX)).unwrap_or_default();
    [half(sum), half(sum.wrapping_shr(32))]
}

impl Hash for Mark {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [low, high] = self.front;
        state.write_u64(u64::from(low) | u64::from(high).wrapping_shl(32));
    }
}

/// The marks are sums already; summing again would add nothing.
#[derive(Clone, Copy, Debug, Default)]
struct AlreadyHashed;

impl BuildHasher for AlreadyHashed {
    type Hasher = Taken;

    fn build_hasher(&self) -> Taken {
        Taken(0)
    }
}

struct Taken(u64);

impl Hasher for Taken {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, sum: u64) {
        self.0 = sum;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(seen: &mut SeenIds, id: &str, row: u64) -> Option<u32> {
        seen.note(Mark::of(id), row)
    }

    #[test]
    fn an_id_names_the_row_in_which_it_stood_first() {
        let mut seen = SeenIds::default();
        assert_eq!(note(&mut seen, "E01", 2), None);
        assert_eq!(note(&mut seen, "E1", 3), None);
        assert_eq!(note(&mut seen, "e01", 4), None);
        assert_eq!(note(&mut seen, "E01", 5), Some(2));
        assert_eq!(note(&mut seen, "E01", 6), Some(2));
    }

    #[test]
    fn no_two_of_a_hundred_thousand_running_numbers_are_taken_for_one() {
        let mut seen = SeenIds::default();
        for number in 0..100_000_u64 {
            assert_eq!(note(&mut seen, &format!("M{number:06}"), number), None);
        }
    }

    #[test]
    fn an_entry_takes_sixteen_bytes() {
        assert_eq!(size_of::<(Mark, u32)>(), 16);
    }
}
