//! How large a document may be. Rule sets are untrusted input: each bound has its own diagnostic, and reading stops
//! as soon as one is passed.

use super::diagnostic::Diagnostic;
use super::node::Span;

/// The bounds within which a document is read.
///
/// ```
/// use rollbook::ruleset::{json::read_json, limits::Limits};
///
/// let small = Limits { bytes: 10, ..Limits::default() };
/// let refused = read_json(r#"{ "id": "cpc" }"#, &small).unwrap_err();
/// assert_eq!(refused[0].code, "too_large");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document; 1 MiB by default. Past it: `too_large`.
    pub bytes: usize,
    /// Lists and maps inside one another; 32 by default, and never more than [`Limits::DEEPEST`]. Past it: `too_deep`.
    pub depth: usize,
    /// Texts, lists and maps together, keys not counted; 100 000 by default. Past it: `too_many_nodes`.
    pub nodes: usize,
    /// Bytes of one text or key; 16 KiB by default. Past it: `text_too_long`.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1_048_576, depth: 32, nodes: 100_000, text_bytes: 16_384 }
    }
}

impl Limits {
    /// The greatest depth that any limits allow; what walks a tree recursively may rely on it.
    pub const DEEPEST: usize = 128;

    /// The depth in force: `depth`, at most [`Limits::DEEPEST`].
    pub(super) fn depth_in_force(&self) -> usize {
        self.depth.min(Self::DEEPEST)
    }

    /// Refuses a document that is too large, before a byte of it is read.
    pub(crate) fn check_size(&self, text: &str) -> Result<(), Diagnostic> {
        // Places are counted in 32 bits, so no limit may let a larger document through.
        let bytes = self.bytes.min(usize::try_from(u32::MAX).unwrap_or(usize::MAX));
        if text.len() <= bytes {
            return Ok(());
        }
        let message = format!("the document has {} bytes, at most {bytes} are read", text.len());
        Err(Diagnostic::error("too_large", Span::default(), message)
            .with_help("split the rules into several rule sets, or move the cases into a file of their own"))
    }
}
