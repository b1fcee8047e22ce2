//! The facade that every language face mirrors says what the engine says.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the common part of the tests, which fail loudly")]

mod facade {
    mod answers;
    mod errors;
    mod facts;
    mod families;
    mod plain;
    mod values;
}

use rollbook::facade::{Facts, Request, RuleSet, Value};

fn cpc() -> RuleSet {
    RuleSet::builtin("cpc").unwrap()
}

fn facts<const N: usize>(pairs: [(&str, Value); N]) -> Facts {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A full member with monthly pay and this base.
fn waged(base: &str) -> Facts {
    facts([("stage", "full".into()), ("category", "waged".into()), ("base", base.into())])
}

fn with_steps(period: &str) -> Request {
    Request { trace: true, ..Request::new(period) }
}
