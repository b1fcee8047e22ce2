//! Which of several alternatives applies.

use super::{Evaluated, Scope};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::datum::{Datum, Missing};
use crate::ruleset::ids::VersionId;
use crate::ruleset::rules::{Alternative, Case, Choice};
use crate::value::Date;

/// What is known of one alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    /// No version in force.
    Absent,
    No(VersionId),
    Yes(VersionId),
    Unknown(VersionId, Missing),
    Otherwise(VersionId),
}

/// All alternatives that apply, each with its version.
pub(crate) type Applying<'r, T> = Vec<(VersionId, &'r Case<T>)>;

/// The alternative that applies.
#[derive(Debug)]
pub enum Chosen<'r, T> {
    /// This one.
    One(&'r Alternative<T>, VersionId, &'r Case<T>),
    /// None.
    Nothing,
    /// It is not known which; the open ones' versions are listed.
    Unknown(Missing, Vec<VersionId>),
    /// Two: the document left it open, and here both conditions hold.
    Two(VersionId, VersionId),
}

impl<S: Sink> Scope<'_, S> {
    /// Decides among alternatives, in the order of their names.
    ///
    /// # Errors
    ///
    /// As [`Scope::evaluate`], from a condition.
    pub fn choose<'r, T>(&mut self, choice: &'r Choice<T>, day: Date) -> Evaluated<Chosen<'r, T>> {
        // A rule that is its own only alternative and has no condition is nothing to decide.
        if let [only] = choice.alternatives.as_slice() {
            let Some(version) = self.in_force.version(only.dated.timeline) else { return Ok(Chosen::Nothing) };
            let Some(case) = only.dated.body(version) else { return Ok(Chosen::Nothing) };
            if case.when.is_none() {
                return Ok(Chosen::One(only, version, case));
            }
        }
        let base = self.work.outcomes.len();
        for alternative in &choice.alternatives {
            let outcome = self.outcome(alternative, day);
            match outcome {
                Ok(outcome) => self.work.outcomes.push(outcome),
                Err(halt) => {
                    self.work.outcomes.truncate(base);
                    return Err(halt);
                }
            }
        }
        let chosen = self.decide(choice, base);
        self.work.outcomes.truncate(base);
        if let Chosen::One(_, version, _) = chosen
            && choice.alternatives.len() > 1
        {
            self.emit(|| Step::Chosen { version });
        }
        Ok(chosen)
    }

    /// All alternatives whose condition holds, in the order of their names; or what is missing to know them.
    ///
    /// # Errors
    ///
    /// As [`Scope::evaluate`], from a condition.
    pub fn choose_all<'r, T>(
        &mut self,
        choice: &'r Choice<T>,
        day: Date,
    ) -> Evaluated<Result<Applying<'r, T>, Missing>> {
        let mut all = Vec::new();
        let mut unknown = None;
        for alternative in &choice.alternatives {
            match self.outcome(alternative, day)? {
                Outcome::Yes(version) => {
                    if let Some(case) = alternative.dated.body(version) {
                        self.emit(|| Step::Chosen { version });
                        all.push((version, case));
                    }
                }
                Outcome::Unknown(_, missing) => {
                    unknown = Some(unknown.map_or(missing, |known| self.join(known, missing)));
                }
                _ => {}
            }
        }
        Ok(match unknown {
            Some(missing) => Err(missing),
            None => Ok(all),
        })
    }

    fn outcome<T>(&mut self, alternative: &Alternative<T>, day: Date) -> Evaluated<Outcome> {
        let Some(version) = self.in_force.version(alternative.dated.timeline) else { return Ok(Outcome::Absent) };
        let Some(case) = alternative.dated.body(version) else { return Ok(Outcome::Absent) };
        if case.otherwise {
            return Ok(Outcome::Otherwise(version));
        }
        let Some(when) = case.when else { return Ok(Outcome::Yes(version)) };
        let holds = self.deciding(|scope| scope.evaluate(when, day))?;
        let outcome = match holds {
            Datum::YesNo(true) => Outcome::Yes(version),
            Datum::YesNo(false) => Outcome::No(version),
            Datum::Unknown(missing) => Outcome::Unknown(version, missing),
            Datum::Nothing(absent) => return Err(self.nothing(absent)),
            _ => Outcome::No(version),
        };
        self.emit(|| Step::Condition {
            version,
            when,
            holds: match holds {
                Datum::YesNo(answer) => Some(answer),
                _ => None,
            },
        });
        Ok(outcome)
    }

    fn raw(&self, base: usize, index: usize) -> Outcome {
        self.work.outcomes.get(base.saturating_add(index)).copied().unwrap_or(Outcome::Absent)
    }

    /// The outcome after every alternative that stands instead of this one has had its say.
    fn replaced<T>(&mut self, choice: &Choice<T>, base: usize, index: usize) -> Outcome {
        let own = self.raw(base, index);
        let Outcome::Yes(version) = own else { return own };
        let mut result = own;
        for (other, alternative) in choice.alternatives.iter().enumerate() {
            let outcome = self.raw(base, other);
            let (Outcome::Yes(by) | Outcome::Unknown(by, _)) = outcome else { continue };
            let replaces = alternative.dated.body(by).and_then(|case| case.instead_of);
            if replaces.map(usize::from) != Some(index) || other == index {
                continue;
            }
            // INVARIANT: the checker refuses circles of replacement, so this ends.
            match (self.replaced(choice, base, other), result) {
                (Outcome::Yes(_), _) => return Outcome::No(version),
                (Outcome::Unknown(_, missing), Outcome::Unknown(_, known)) => {
                    result = Outcome::Unknown(version, self.join(known, missing));
                }
                (Outcome::Unknown(_, missing), _) => result = Outcome::Unknown(version, missing),
                _ => {}
            }
        }
        result
    }

    /// The only alternative that applies, where that needs no weighing: all are known, none replaces another.
    fn plainly<'r, T>(&self, choice: &'r Choice<T>, base: usize) -> Option<Chosen<'r, T>> {
        let mut yes = None;
        let outcomes = self.work.outcomes.get(base..)?;
        for (alternative, outcome) in choice.alternatives.iter().zip(outcomes) {
            match *outcome {
                Outcome::Yes(version) => {
                    let case = alternative.dated.body(version)?;
                    if yes.is_some() || case.instead_of.is_some() {
                        return None;
                    }
                    yes = Some(Chosen::One(alternative, version, case));
                }
                Outcome::Unknown(..) | Outcome::Otherwise(_) => return None,
                Outcome::No(_) | Outcome::Absent => {}
            }
        }
        Some(yes.unwrap_or(Chosen::Nothing))
    }

    fn decide<'r, T>(&mut self, choice: &'r Choice<T>, base: usize) -> Chosen<'r, T> {
        if let Some(chosen) = self.plainly(choice, base) {
            return chosen;
        }
        let one = |index: usize, version: VersionId| {
            let alternative = choice.alternatives.get(index)?;
            Some(Chosen::One(alternative, version, alternative.dated.body(version)?))
        };
        let mut yes: Option<(usize, VersionId)> = None;
        let mut any_unknown = false;
        for index in 0..choice.alternatives.len() {
            match self.replaced(choice, base, index) {
                Outcome::Yes(version) => match yes {
                    Some((_, first)) => return Chosen::Two(first, version),
                    None => yes = Some((index, version)),
                },
                Outcome::Unknown(..) => any_unknown = true,
                _ => {}
            }
        }
        if any_unknown {
            let mut missing = None;
            let mut open = Vec::new();
            for index in 0..choice.alternatives.len() {
                match self.replaced(choice, base, index) {
                    Outcome::Unknown(version, lacks) => {
                        if yes.is_some_and(|(_, holding)| choice.never_both(holding, version)) {
                            continue;
                        }
                        open.push(version);
                        missing = Some(missing.map_or(lacks, |known| self.join(known, lacks)));
                    }
                    Outcome::Yes(version) => open.push(version),
                    _ => {}
                }
            }
            if let Some(missing) = missing {
                return Chosen::Unknown(missing, open);
            }
        }
        if let Some(chosen) = yes.and_then(|(index, version)| one(index, version)) {
            return chosen;
        }
        for index in 0..choice.alternatives.len() {
            if let Outcome::Otherwise(version) = self.raw(base, index)
                && let Some(chosen) = one(index, version)
            {
                return chosen;
            }
        }
        Chosen::Nothing
    }

    /// The finding for two alternatives that both apply.
    pub fn two_rules(&self, one: VersionId, other: VersionId) -> Finding {
        let (first, second) = (self.rules.path(one.timeline), self.rules.path(other.timeline));
        Finding::new(Code::TwoRules).at(first).with("one", first).with("other", second).citing(one)
    }
}

impl<T> Choice<T> {
    /// Whether two versions were proved never to apply together.
    pub(crate) fn never_both(&self, one: VersionId, other: VersionId) -> bool {
        self.disjoint.iter().any(|pair| *pair == (one, other) || *pair == (other, one))
    }
}
