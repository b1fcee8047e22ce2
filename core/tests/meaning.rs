//! What a charge means: a test for every clause of the numbered lines in which the language reference defines it, one
//! module a line.
#![cfg(feature = "builtin")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "the common part of the tests, which fail loudly"
)]

#[path = "support/question.rs"]
mod question;
#[path = "support/small.rs"]
mod small;

mod meaning {
    mod attested;
    mod line_01_inputs;
    mod line_02_given_facts;
    mod line_03_values;
    mod line_04_versions;
    mod line_05_as_of;
    mod line_06_unknown;
    mod line_07_arithmetic;
    mod line_08_choice;
    mod line_09_terms;
    mod line_10_owed;
    mod line_11_reductions;
    mod line_12_tariff;
    mod line_13_schedules;
    mod line_14_limits;
    mod line_15_rounding;
    mod line_16_status;
    mod line_17_each;
    mod line_18_rule;
    mod line_19_instalments;
    mod line_20_next_band;
    mod other_charges;
}
