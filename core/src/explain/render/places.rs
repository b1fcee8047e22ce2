//! Which rule a timeline belongs to.

use crate::dues::{Form, Owed, Reduction, Row, Schedule, Tariff, TariffBody};
use crate::explain::names::Names;
use crate::ruleset::{Alternative, Bands, Case, Choice, Dated, ExprId, Formula, Term, TimelineId, VersionId};

/// What a timeline dates.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'a> {
    Owed(&'a Dated<Owed>),
    ChargeAsOf(&'a Dated<ExprId>),
    TermAsOf(&'a Term, &'a Dated<ExprId>),
    Tariff(&'a Alternative<Tariff>),
    Reduction(&'a Alternative<Reduction>),
    Formula(&'a Term, &'a Alternative<Formula>),
    Limit(&'a crate::dues::NamedLimit),
    Round,
}

/// The place of every timeline.
#[derive(Debug)]
pub(super) struct Places<'a> {
    by_timeline: Vec<Option<Place<'a>>>,
    /// Timelines that are the only alternative of their choice, so that no step says that they were chosen.
    alone: Vec<TimelineId>,
}

impl<'a> Places<'a> {
    pub(super) fn of(names: Names<'a>) -> Self {
        let mut places = Self { by_timeline: vec![None; names.rules.timelines.len()], alone: Vec::new() };
        for term in &names.rules.terms {
            if let Some(as_of) = &term.as_of {
                places.put(as_of.timeline, Place::TermAsOf(term, as_of));
            }
            places.choice(&term.formula, |alternative| Place::Formula(term, alternative));
        }
        for charge in &names.charges.charges {
            if let Some(owed) = &charge.owed {
                places.put(owed.timeline, Place::Owed(owed));
            }
            if let Some(as_of) = &charge.as_of {
                places.put(as_of.timeline, Place::ChargeAsOf(as_of));
            }
            places.choice(&charge.tariff, Place::Tariff);
            if let Some(reductions) = &charge.reductions {
                let before = places.alone.len();
                places.choice(&reductions.choice, Place::Reduction);
                if reductions.take != crate::dues::Take::One {
                    places.alone.truncate(before);
                }
            }
            for limit in &charge.limits {
                places.put(limit.dated.timeline, Place::Limit(limit));
            }
            places.put(charge.round.timeline, Place::Round);
        }
        places
    }

    fn put(&mut self, timeline: TimelineId, place: Place<'a>) {
        if let Some(slot) = self.by_timeline.get_mut(timeline.index()) {
            *slot = Some(place);
        }
    }

    fn choice<T>(&mut self, choice: &'a Choice<T>, place: impl Fn(&'a Alternative<T>) -> Place<'a>) {
        for alternative in &choice.alternatives {
            self.put(alternative.dated.timeline, place(alternative));
        }
        if let [only] = choice.alternatives.as_slice() {
            self.alone.push(only.dated.timeline);
        }
    }

    pub(super) fn get(&self, version: VersionId) -> Option<Place<'a>> {
        self.by_timeline.get(version.timeline.index()).copied().flatten()
    }

    /// Whether no step says that this rule was chosen, because it is the only one.
    pub(super) fn is_alone(&self, version: VersionId) -> bool {
        self.alone.contains(&version.timeline)
    }
}

/// The condition of a version, and whether it stands where no other does.
pub(super) fn condition(place: Place<'_>, version: VersionId) -> (Option<ExprId>, bool) {
    fn of<T>(case: Option<&Case<T>>) -> (Option<ExprId>, bool) {
        case.map_or((None, false), |case| (case.when, case.otherwise))
    }
    match place {
        Place::Tariff(alternative) => of(alternative.dated.body(version)),
        Place::Reduction(alternative) => of(alternative.dated.body(version)),
        Place::Formula(_, alternative) => of(alternative.dated.body(version)),
        _ => (None, false),
    }
}

/// All tables that a version can look a value up in, in the order in which they are computed; `word` says which word
/// an expression has.
pub(super) fn tables<'a>(
    place: Place<'a>,
    version: VersionId,
    word: &dyn Fn(ExprId) -> Option<u8>,
) -> Vec<(&'a Bands, bool)> {
    let mut found = Vec::new();
    match place {
        Place::Tariff(alternative) => {
            if let Some(TariffBody::Amount(schedule)) = alternative.dated.body(version).map(|case| &case.body.body) {
                in_schedule(schedule, word, &mut found);
            }
        }
        Place::Formula(_, alternative) => {
            if let Some(Formula::BandOf(bands)) = alternative.dated.body(version).map(|case| &case.body) {
                found.push((bands, false));
            }
        }
        _ => {}
    }
    found
}

fn in_schedule<'a>(schedule: &'a Schedule, word: &dyn Fn(ExprId) -> Option<u8>, found: &mut Vec<(&'a Bands, bool)>) {
    match &schedule.form {
        Form::Slab(bands) | Form::Table(bands) => found.push((bands, false)),
        Form::Marginal(bands) => found.push((bands, true)),
        Form::ByWord { of, rows } => {
            let row = word(*of).and_then(|word| rows.get(usize::from(word)));
            if let Some(Some(Row::Amount(inner))) = row {
                in_schedule(inner, word, found);
            }
        }
        Form::Nested(inner) => in_schedule(inner, word, found),
        Form::Declared(declared) => in_schedule(&declared.minimum, word, found),
        Form::Amount(_) | Form::Rate { .. } => {}
    }
}
