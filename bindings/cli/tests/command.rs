//! The command as its users meet it: words and files in, bytes and an exit code out.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on has failed"
)]

mod command {
    mod book;
    mod call;
    mod changes;
    mod completions;
    mod diff;
    mod explain;
    mod facts;
    mod files;
    mod fmt;
    mod headings;
    mod json_lines;
    mod memory;
    mod output;
    mod plot;
    mod rows;
    mod rule_sets;
    mod samples;
    mod show;
    mod support;
    mod texts;
    #[cfg(feature = "workbooks")]
    mod workbooks;
}
