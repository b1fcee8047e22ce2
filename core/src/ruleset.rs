//! The rule-set document: read strictly, with the place of every text, and checked for its form.
//!
//! A document is read from YAML ([`yaml`], feature `yaml`) or JSON ([`json`]) into one [`node::Node`] tree in which
//! every scalar is text. A [`shape::Shape`] then says which keys and forms are right; the JSON Schema of [`schema`]
//! is rendered from the same tables. What is wrong is said by [`diagnostic::Diagnostic`]s, each with its place.

pub mod canonical;
pub mod diagnostic;
pub mod json;
pub mod limits;
pub mod node;
pub mod schema;
pub mod shape;
pub mod source;
mod tree;
#[cfg(feature = "yaml")]
pub mod yaml;
