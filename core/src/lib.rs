//! Membership organisations, their dues and their rules as dated, cited data, evaluated exactly.
//!
//! A [`RuleSet`] is one organisation's written rules: a document in YAML or JSON, compiled once. It answers what a
//! member or an organisation owes for a period, with the clause that the amount rests on and every step that led to
//! it, or says which fact is missing. There is no clock, no input or output and no floating point in it: the same
//! question always gets the same answer.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "builtin")] {
//! use rollbook::dues::{Request, Status};
//! use rollbook::explain::Format;
//! use rollbook::value::Period;
//! use rollbook::RuleSet;
//!
//! let cpc = RuleSet::builtin("cpc").ok_or("no such rule set")?;
//! let facts = cpc.facts_from([("stage", "full"), ("category", "waged"), ("base", "5400")]);
//! let answer = cpc.explain(&facts, &Request::new(Period::parse("2026-11")?))?;
//! assert_eq!(answer.status, Status::Charged);
//! assert_eq!(answer.amount.map(|amount| amount.to_string()), Some("81".to_owned())); // 1.5% of the whole base
//! assert!(cpc.render(&answer, "en", Format::Text).contains("5400 × 1.5% = 81"));
//!
//! let unknown = cpc.facts_from([("stage", "full"), ("category", "waged")]);
//! let answer = cpc.dues(&unknown, &Request::new(Period::parse("2026-11")?))?;
//! assert_eq!(answer.status, Status::NeedsFacts); // the base is missing, which is not zero
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map
//!
//! - [`value`]: exact numbers, rounding, dates, periods, money
//! - [`ruleset`]: the document, its versions on two dates, facts, settings, terms, the expression language, the proofs
//! - [`dues`]: charges, and the evaluation of what is owed
//! - [`explain`]: steps, findings, and both in words
//! - [`api`]: [`RuleSet`]: load, check, run cases, answer, render
//! - [`facade`]: the same in names and texts, as every language face mirrors it
//!
//! # Features
//!
//! - `yaml` (default): reads rule sets in YAML beside JSON
//! - `builtin` (default): carries the rule sets that ship with the library
//! - `direct` (default): has the direct evaluator beside the general one: the same answers, faster, and larger

pub mod api;
pub mod dues;
pub mod explain;
pub mod facade;
pub mod ruleset;
pub mod value;

pub use api::{Checked, Refused, RuleSet};

/// The example of the README, compiled and run with the tests.
#[cfg(all(doctest, feature = "builtin"))]
#[doc = include_str!("../../README.md")]
struct Readme;
