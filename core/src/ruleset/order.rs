//! Sorting and maps, for lists that are short or rarely sorted.
//!
//! The sort of the standard library is made anew for every type, several kilobytes each time, which a browser would have to
//! fetch. Here it is made once, for places, and what is sorted is then put into its places.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Puts items in order; those that are alike keep theirs.
pub(crate) fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let mut from = places(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    });
    for first in 0..items.len() {
        // Round each ring of places that hand their items on.
        let mut at = first;
        while let Some(next) = from.get_mut(at).map(|next| std::mem::replace(next, at)) {
            if next == first || next == at {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}

/// Where the item of each place comes from.
fn places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    from.sort_by(|one, other| order(*one, *other));
    from
}

/// A map of pairs, put in one by one: to collect them sorts them first. Of two that are alike the later counts.
pub(crate) fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_the_standard_library(items in prop::collection::vec((0_u8..20, any::<u16>()), 0..90)) {
            let mut sorted = items.clone();
            super::sort_by(&mut sorted, |one, other| one.0.cmp(&other.0));
            let mut wanted = items;
            wanted.sort_by_key(|item| item.0);
            prop_assert_eq!(sorted, wanted);
        }
    }
}
