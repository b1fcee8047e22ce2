//! Loading a rule set, against the bare reading of the same text.

use std::hint::black_box;

use granit_parser::Parser;
use rollbook::RuleSet;

use crate::measure::{Effort, ratio};
use crate::work::Line;

/// Loading and checking `cpc`, as a multiple of the YAML parser's own reading.
pub(crate) fn load(text: &str, effort: Effort) -> Result<Line, String> {
    if let Some(error) = Parser::new_from_str(text).find_map(Result::err) {
        return Err(error.to_string());
    }
    let ratio = ratio(
        effort,
        1,
        &mut || {
            for event in Parser::new_from_str(black_box(text)) {
                drop(black_box(event));
            }
        },
        &mut || drop(black_box(RuleSet::check(black_box(text)))),
    );
    let remark = format!("{} bytes", text.len());
    Ok(Line { name: "load and check cpc from YAML", peer: "granit-parser, all events", bar: Some(350), ratio, remark })
}
