//! What an explanation promises, over every case of the rule sets that ship and of the corpus of sound ones.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a calculator of its own and sample files, in tests only"
)]

mod arithmetic;
pub(crate) mod corpus;
mod instalments;
mod known;
mod promises;
mod read_charges;
mod six_members;
