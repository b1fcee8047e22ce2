//! The one facade that every language face mirrors: plain requests and answers, in names and texts.
//!
//! Everything here is owned and plain: no lifetimes, no type parameters, no ids, nothing that a host language could not
//! have. Amounts are texts of decimal digits, so that no binary float ever carries one. A face for another language
//! converts these types and nothing else; what two of them would need is added here.
//!
//! Rust programs that answer millions of questions use [`crate::RuleSet`] underneath, which speaks in ids and keeps
//! prepared questions and facts.
//!
//! ```
//! # #[cfg(feature = "builtin")] {
//! use rollbook::explain::Format;
//! use rollbook::facade::{Facts, Request, RuleSet, Value};
//!
//! let cpc = RuleSet::builtin("cpc")?;
//! let mut facts = Facts::from([("stage".to_owned(), "full".into()), ("category".to_owned(), "waged".into())]);
//! let answered = cpc.dues(&facts, &Request::new("2026-11"))?;
//! assert_eq!(answered.answer().missing[0].name, "base"); // missing, which is not zero
//!
//! facts.insert("base".to_owned(), Value::Number("5400".to_owned()));
//! let request = Request { trace: true, ..Request::new("2026-11") };
//! let answered = cpc.dues(&facts, &request)?;
//! assert_eq!(answered.amount().as_deref(), Some("81.00"));
//! assert!(answered.explain("en", Format::Text).contains("5400 × 1.5% = 81"));
//!
//! facts.insert("base".to_owned(), Value::YesNo(true));
//! let issues = cpc.validate(&facts, None, "en")?;
//! assert_eq!((issues[0].code.as_str(), issues[0].pointer.as_str()), ("bad_value", "/base"));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod answered;
mod desk;
mod error;
mod fact;
mod family;
mod plain;
mod question;
mod recent;
mod rule_set;
mod schema;

pub use answer::{
    Answer, Bounds, Citation, Finding, Instalment, Issue, Line, Missing, NextBand, Part, PathItem, Rest, Since, Step,
    StepField, StepValue,
};
pub use answered::Answered;
pub use error::{Diagnostic, Error, ErrorCode, Position, Related};
pub use fact::{Fact, Field, Kind, Word, to_json as facts_json};
pub use plain::Teller;
pub use question::json::{About, Asked, facts_from_json};
pub use question::{Dated, Facts, Request, Value};
pub use rule_set::{Checked, RuleSet};

// Plain types of the engine that are part of requests and answers as they are.
pub use crate::dues::{RuleSetName, Status};
pub use crate::explain::{Format, Severity};
pub use crate::ruleset::{Attested, Owner};
pub use crate::value::{Date, Per};
