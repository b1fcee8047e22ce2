//! Facts that are single values, told one by one from where a host has them.

use super::answered::Answered;
use super::error::Error;
use super::question::Request;
use super::rule_set::RuleSet;
use crate::ruleset::{Facts, Kind, Rules};

/// Takes the facts of one member or organisation, each once and in any order.
///
/// It is the quick way for values that need no memory of their own. What does not fit is not said here: then there is no
/// answer, and [`RuleSet::dues`] says it.
#[derive(Debug)]
pub struct Teller<'t> {
    rules: &'t Rules,
    facts: &'t mut Facts,
    fits: bool,
}

impl Teller<'_> {
    /// A text, read by the kind of its fact.
    pub fn text(&mut self, name: &str, text: &str) {
        self.tell(name, text, |_| true);
    }

    /// An exact decimal number in plain digits.
    pub fn number(&mut self, name: &str, digits: &str) {
        self.tell(name, digits, Kind::is_numeric);
    }

    /// Yes or no.
    pub fn yes_no(&mut self, name: &str, answer: bool) {
        self.tell(name, if answer { "yes" } else { "no" }, |kind| *kind == Kind::YesNo);
    }

    /// A day as YYYY-MM-DD.
    pub fn date(&mut self, name: &str, day: &str) {
        self.tell(name, day, |kind| *kind == Kind::Date);
    }

    fn tell(&mut self, name: &str, text: &str, takes: impl Fn(&Kind) -> bool) {
        let known = self.rules.input_by_name(name);
        match known.filter(|input| self.rules.input(*input).is_some_and(|input| takes(&input.kind))) {
            Some(input) => self.facts.tell_text(self.rules, input, text),
            None => self.fits = false,
        }
    }
}

impl RuleSet {
    /// As [`RuleSet::dues`] for facts that are single values: the same answer, with less work on the way. `tell` tells them,
    /// and whether it told them all.
    ///
    /// There is no answer where it did not, or where a value does not fit its fact: then the same is asked of
    /// [`RuleSet::dues`].
    ///
    /// # Errors
    ///
    /// As [`RuleSet::dues`].
    pub fn dues_if_plain(
        &self,
        request: &Request,
        tell: impl FnOnce(&mut Teller<'_>) -> bool,
    ) -> Result<Option<Answered>, Error> {
        self.prepared(request, |prepared| {
            self.at_a_desk(|desk| {
                let mut teller = Teller { rules: self.rules(), facts: &mut desk.facts, fits: true };
                let told = tell(&mut teller) && teller.fits && desk.facts.refused().is_empty();
                told.then(|| self.one(prepared, request.trace, desk))
            })
        })
    }
}
