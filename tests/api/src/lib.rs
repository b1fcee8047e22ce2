//! What is public of the library, read out of its sources: one line for each item, with its signature as it is written.
//!
//! The tool chain's own listing (`rustdoc` in JSON) is for nightly ones only and changes with each of them; the sources
//! do not. Names are resolved through `use` and re-exports; what a macro makes is read from its definition. The packages for
//! Kotlin and Swift are read as text, by the words that make a declaration public.

mod declarations;
mod expand;
mod library;
mod listing;
mod resolve;
mod tokens;

pub use declarations::{Language, declarations};
pub use library::Library;
pub use listing::{Entry, list};
