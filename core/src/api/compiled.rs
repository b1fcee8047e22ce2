//! Rule sets that were checked before: written as bytes, and loaded from them without the reader and the proofs.

use super::{Compiled, Document, RuleSet};
use crate::dues::Charges;
use crate::ruleset::Rules;
use crate::ruleset::canonical::sha256;
use crate::ruleset::packed::{Packed, Unpacking};

/// The version of the compiled form that this library writes and reads. It counts up whenever the tables change, apart from the
/// versions of the library.
pub const COMPILED_FORMAT: u16 = 1;

/// What every compiled rule set begins with.
const BEGIN: &[u8] = b"rollbook";

/// Why bytes are not loaded as a compiled rule set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCompiled {
    /// They do not begin as one.
    #[error("this is no compiled rule set")]
    AnotherFile,
    /// It was written by another version of the library.
    #[error("the compiled rule set is of format {0}, and this version reads format {COMPILED_FORMAT}")]
    AnotherFormat(u16),
    /// They are not the bytes that were vouched for.
    #[error("the compiled rule set has the SHA-256 `{found}` and not `{wanted}`, so it is another one or was changed")]
    WrongHash {
        /// What they have, in 64 hexadecimal digits.
        found: String,
        /// What was stated, at most 80 characters of it.
        wanted: String,
    },
    /// They were vouched for, and are no rule set all the same.
    #[error("the compiled rule set is broken")]
    Broken,
}

impl RuleSet {
    /// The rule set as bytes that [`RuleSet::from_compiled`] reads, its document among them and its cases not.
    pub fn compiled(&self) -> Vec<u8> {
        let mut out = BEGIN.to_vec();
        COMPILED_FORMAT.pack(&mut out);
        self.rules().pack(&mut out);
        self.charges().pack(&mut out);
        Box::<str>::from(self.document_json()).pack(&mut out);
        out
    }

    /// Loads what [`RuleSet::compiled`] wrote. Nothing of the rules is checked again: `hash`, the [`sha256`] of the bytes in
    /// hexadecimal digits, is how a caller vouches that they come from a rule set that was checked, and are whole.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use rollbook::RuleSet;
    /// use rollbook::api::NotCompiled;
    /// use rollbook::ruleset::canonical::sha256;
    ///
    /// let cpc = RuleSet::builtin("cpc").ok_or("no such rule set")?;
    /// let bytes = cpc.compiled();
    /// assert_eq!(RuleSet::from_compiled(&bytes, &sha256(&bytes))?.rules().hash, cpc.rules().hash);
    /// assert!(matches!(RuleSet::from_compiled(&bytes, &cpc.rules().hash), Err(NotCompiled::WrongHash { .. })));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotCompiled`] for bytes of something else, of another format, with another hash.
    pub fn from_compiled(bytes: &[u8], hash: &str) -> Result<Self, NotCompiled> {
        Self::from_digested(bytes, &sha256(bytes), hash)
    }

    /// As [`RuleSet::from_compiled`], for a host that has computed the SHA-256 of the bytes already: `digest`, in hexadecimal
    /// digits. It is compared with `hash` here, and not computed again.
    ///
    /// # Errors
    ///
    /// As [`RuleSet::from_compiled`].
    pub fn from_digested(bytes: &[u8], digest: &str, hash: &str) -> Result<Self, NotCompiled> {
        let mut from = Unpacking::new(bytes.strip_prefix(BEGIN).ok_or(NotCompiled::AnotherFile)?);
        let format = u16::unpack(&mut from);
        if format != COMPILED_FORMAT {
            return Err(NotCompiled::AnotherFormat(format));
        }
        if !digest.eq_ignore_ascii_case(hash) {
            let [found, wanted] = [digest, hash].map(|hash| hash.chars().take(80).collect());
            return Err(NotCompiled::WrongHash { found, wanted });
        }
        let compiled = Compiled {
            rules: Rules::unpack(&mut from),
            charges: Charges::unpack(&mut from),
            document: Document::Written(Packed::unpack(&mut from)),
        };
        if from.is_whole() { Ok(Self { compiled: compiled.into() }) } else { Err(NotCompiled::Broken) }
    }
}
