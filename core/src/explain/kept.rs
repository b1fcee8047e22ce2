//! What explanations of one rule set say again and again: worked out by the first that says it, then kept.

use std::fmt;
use std::sync::OnceLock;

use super::render::Places;
use crate::dues::Charges;
use crate::ruleset::{ExprId, InputId, Rules, VersionId, written};

/// A text that depends on the rule set and the language only; none, where there is nothing to say.
pub(super) type Slot = OnceLock<Option<Box<str>>>;

/// Kept beside the rules that it is worked out from.
#[derive(Default)]
pub(crate) struct Kept {
    places: OnceLock<Places>,
    /// Each expression in the notation of the rule set.
    written: OnceLock<Box<[OnceLock<Box<str>>]>>,
    /// One for each language of the rule set, then one for Chinese and one for all others that it does not have.
    languages: OnceLock<Box<[OnceLock<Phrases>]>>,
}

impl Clone for Kept {
    /// A copy may be changed, so it begins with nothing.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

impl Kept {
    /// The rule that each timeline dates.
    pub(super) fn places(&self, rules: &Rules, charges: &Charges) -> &Places {
        self.places.get_or_init(|| Places::of(rules, charges))
    }

    /// An expression in the notation of the rule set.
    pub(crate) fn written(&self, rules: &Rules, expression: ExprId) -> &str {
        let all = self.written.get_or_init(|| (0..rules.arena.len()).map(|_| OnceLock::new()).collect());
        let slot = usize::try_from(expression.0).ok().and_then(|at| all.get(at));
        slot.map_or("", |slot| slot.get_or_init(|| written(rules, expression).into()))
    }

    /// The phrases in a language.
    pub(super) fn phrases(&self, rules: &Rules, language: &str) -> Option<&Phrases> {
        let own = rules.languages.iter().position(|known| &**known == language);
        let others = rules.languages.len();
        let place = own.unwrap_or(if language == "zh" { others } else { others.saturating_add(1) });
        let all = self.languages.get_or_init(|| (0..=others.saturating_add(1)).map(|_| OnceLock::new()).collect());
        Some(all.get(place)?.get_or_init(|| Phrases::none_yet(rules)))
    }
}

/// The phrases of one language.
pub(super) struct Phrases {
    /// For each timeline where its versions begin among all of them.
    first_version: Box<[usize]>,
    /// For each version where its texts begin among the clauses.
    first_text: Box<[usize]>,
    /// The clauses of each version; where they stand under one instrument after the other, one text for each.
    clauses: Box<[Slot]>,
    /// For each expression the condition in words, where it is the same whatever the facts are.
    conditions: Box<[Slot]>,
    /// For each fact what is taken where it is not given.
    assumed: Box<[Slot]>,
    /// For each text that is not encoded the message that says so.
    not_encoded: Box<[Slot]>,
}

impl Phrases {
    fn none_yet(rules: &Rules) -> Self {
        let (mut first_version, mut first_text, mut texts) = (Vec::new(), Vec::new(), 0_usize);
        for timeline in &rules.timelines {
            first_version.push(first_text.len());
            for version in &timeline.versions {
                first_text.push(texts);
                texts = texts.saturating_add(if version.under { version.cite.len().max(1) } else { 1 });
            }
        }
        Self {
            first_version: first_version.into(),
            first_text: first_text.into(),
            clauses: none_yet(texts),
            conditions: none_yet(rules.arena.len()),
            assumed: none_yet(rules.inputs.len()),
            not_encoded: none_yet(rules.not_encoded.len()),
        }
    }

    /// Where the clauses of a version are kept; `one` is the number of the instrument.
    pub(super) fn clauses(&self, version: VersionId, one: usize) -> Option<&Slot> {
        let place = self.first_version.get(version.timeline.index())?.checked_add(usize::from(version.version))?;
        self.clauses.get(self.first_text.get(place)?.checked_add(one)?)
    }

    /// Where a condition is kept.
    pub(super) fn condition(&self, expression: ExprId) -> Option<&Slot> {
        self.conditions.get(usize::try_from(expression.0).ok()?)
    }

    /// Where it is kept what is taken for a fact that is not given.
    pub(super) fn assumed(&self, input: InputId) -> Option<&Slot> {
        self.assumed.get(input.index())
    }

    /// Where the message of a text that is not encoded is kept; `text` is its number.
    pub(super) fn not_encoded(&self, text: usize) -> Option<&Slot> {
        self.not_encoded.get(text)
    }
}

fn none_yet(count: usize) -> Box<[Slot]> {
    (0..count).map(|_| Slot::new()).collect()
}

/// Writes a phrase as it is kept, or as `write` does, and keeps it then.
pub(super) fn put_kept(slot: Option<&Slot>, out: &mut String, write: impl Fn(&mut String)) {
    let Some(slot) = slot else { return write(out) };
    let kept = slot.get_or_init(|| {
        let mut text = String::new();
        write(&mut text);
        Some(text.into())
    });
    out.push_str(kept.as_deref().unwrap_or_default());
}

impl fmt::Debug for Phrases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phrases").finish_non_exhaustive()
    }
}
