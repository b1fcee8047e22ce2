//! The expression language: conditions, amounts and days.
//!
//! A text is read in two steps. [`parse`] turns it into [`Syntax`], which knows words and places but no meaning. The
//! compiler ([`Compiler`]) gives every node its type and unit against the names of one rule set and appends it to an
//! [`Arena`]. Everything else (evaluators, checkers, renderers, generators) reads the arena.
//!
//! The grammar is on one page in `docs/grammar.md`.

mod compile;
mod lexer;
mod node;
mod parser;
mod syntax;
mod types;

pub use compile::{Compiler, Meaning, Names};
pub use lexer::{Fault, Place};
pub use node::{Arena, Comparison, ExprId, Node, Op, Reserved};
pub(crate) use parser::own_words;
pub use parser::{MAX_DEPTH, MAX_NODES, parse};
pub use syntax::{Arithmetic, Syntax, SyntaxKind};
pub use types::{Type, WordsId};
