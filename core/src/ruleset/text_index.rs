//! Short texts looked up a million times: names of facts and words, as rosters and forms tell them.

use super::order;

/// What each of some texts stands for.
///
/// One look, in a table by a number made of each text. Where somebody chose texts that fall on one another, they are
/// searched in their order instead: a rule set is not trusted to be quick.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextIndex<T> {
    /// INVARIANT: sorted by the text, no text twice.
    entries: Vec<Entry<T>>,
    /// Places of entries, at the slot of their text or in one of the next; none where the table is of no use.
    slots: Vec<Option<u16>>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    gist: Gist,
    text: Box<str>,
    meaning: T,
}

/// Slots for each text, so that most have their own.
const SPREAD: usize = 4;
/// How many slots are looked at.
const MOST_LOOKS: usize = 8;

impl<T: Copy> TextIndex<T> {
    /// From texts and what they stand for; of two that are alike the first counts.
    pub(crate) fn new<'t>(texts: impl IntoIterator<Item = (&'t str, T)>) -> Self {
        let entry = |(text, meaning): (&str, T)| Entry { gist: Gist::of(text), text: text.into(), meaning };
        let mut entries: Vec<_> = texts.into_iter().map(entry).collect();
        order::sort_by(&mut entries, |one, other| one.text.cmp(&other.text));
        entries.dedup_by(|later, earlier| later.text == earlier.text);
        let slots = slots(&entries).unwrap_or_default();
        Self { entries, slots }
    }

    /// What a text stands for.
    #[inline]
    pub(crate) fn get(&self, text: &str) -> Option<T> {
        if self.slots.is_empty() {
            let place = self.entries.binary_search_by(|entry| (*entry.text).cmp(text)).ok()?;
            return self.entries.get(place).map(|entry| entry.meaning);
        }
        let gist = Gist::of(text);
        for slot in gist.slots(self.slots.len()) {
            let entry = self.entries.get(usize::from((*self.slots.get(slot)?)?))?;
            if entry.gist == gist && (text.len() <= WHOLE || *entry.text == *text) {
                return Some(entry.meaning);
            }
        }
        None
    }
}

/// The table; none where an entry is too far from its slot, or where there are too many.
fn slots<T>(entries: &[Entry<T>]) -> Option<Vec<Option<u16>>> {
    u16::try_from(entries.len()).ok()?;
    let mut slots = vec![None; entries.len().checked_mul(SPREAD)?.checked_next_power_of_two()?];
    for (entry, place) in entries.iter().zip(0..=u16::MAX) {
        let free = entry.gist.slots(slots.len()).find(|slot| slots.get(*slot).is_some_and(Option::is_none))?;
        *slots.get_mut(free)? = Some(place);
    }
    Some(slots)
}

/// The longest text that its gist holds whole.
const WHOLE: usize = 16;

/// The first and the last bytes of a text, and how many it has: all of a text of at most sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gist {
    first: u64,
    last: u64,
    bytes: usize,
}

impl Gist {
    #[inline]
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (first, last) = if let Some((first, last)) = ends::<8>(bytes) {
            (u64::from_le_bytes(first), u64::from_le_bytes(last))
        } else if let Some((first, last)) = ends::<4>(bytes) {
            (u32::from_le_bytes(first).into(), u32::from_le_bytes(last).into())
        } else {
            (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0)
        };
        Self { first, last, bytes: bytes.len() }
    }

    /// The slots where its text may be, of a table with a power of two of them.
    #[inline]
    fn slots(self, of: usize) -> impl Iterator<Item = usize> {
        // Fibonacci hashing: the multiplication carries every bit into the upper ones.
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let length = u64::try_from(self.bytes).unwrap_or(0);
        let mixed = (self.first ^ self.last.rotate_left(29) ^ length.rotate_left(59)).wrapping_mul(GOLDEN);
        let slot = usize::try_from(mixed >> 40).unwrap_or(0);
        (0..MOST_LOOKS).map(move |more| slot.wrapping_add(more) & of.wrapping_sub(1))
    }
}

/// So many bytes from the beginning and from the end, of a text that has as many.
#[inline]
fn ends<const COUNT: usize>(bytes: &[u8]) -> Option<([u8; COUNT], [u8; COUNT])> {
    Some((*bytes.first_chunk()?, *bytes.last_chunk()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::TextIndex;

    #[test]
    fn texts_that_fall_on_one_another_are_found_in_their_order() {
        let texts: Vec<String> = (0..500).map(|number| format!("beginning {number:03} end of it")).collect();
        let index = TextIndex::new(texts.iter().enumerate().map(|(place, text)| (&**text, place)));
        assert!(index.slots.is_empty());
        assert!(texts.iter().enumerate().all(|(place, text)| index.get(text) == Some(place)));
        assert_eq!(index.get("beginning 500 end of it"), None);
    }

    #[test]
    fn the_first_of_two_alike_counts() {
        let index = TextIndex::new([("full", 1), ("member", 2), ("full", 3)]);
        assert_eq!((index.get("full"), index.get("member"), index.get("none")), (Some(1), Some(2), None));
    }

    proptest! {
        #[test]
        fn every_text_is_found_and_no_other(
            texts in prop::collection::vec("[ab\0é]{0,19}", 0..40),
            others in prop::collection::vec("[ab\0é]{0,19}", 0..40),
        ) {
            let index = TextIndex::new(texts.iter().enumerate().map(|(place, text)| (&**text, place)));
            for text in texts.iter().chain(&others) {
                prop_assert_eq!(index.get(text), texts.iter().position(|known| known == text));
            }
        }
    }
}
