//! Laws that hold for every rule set and every value: against naive evaluations written here, and against themselves.
#![cfg(feature = "builtin")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    reason = "reference evaluations and the files of the sound rule sets, in tests only"
)]

mod laws {
    mod drawn;
    mod order;
    mod schedules;
    mod unknown;
    mod versions;
    mod written;
}
