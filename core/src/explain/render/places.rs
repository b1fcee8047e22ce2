//! What a timeline belongs to.

use smallvec::SmallVec;

use crate::dues::{Charges, Form, Owed, Reduction, Row, Schedule, Take, Tariff, TariffBody, Way};
use crate::explain::names::Names;
use crate::ruleset::{
    Alternative, Bands, Case, Choice, Dated, ExprId, Formula, Rules, Term, TermId, TimelineId, VersionId,
};

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
    Way(&'a Way),
}

/// The same by numbers, as it is kept beside the rules: of a charge or term, and of the alternative, limit or way of
/// paying in it.
#[derive(Clone, Copy)]
enum At {
    Owed(usize),
    ChargeAsOf(usize),
    TermAsOf(TermId),
    Tariff(usize, usize),
    Reduction(usize, usize),
    Formula(TermId, usize),
    Limit(usize, usize),
    Round,
    Way(usize, usize),
}

/// The place of every timeline of a rule set.
pub(in crate::explain) struct Places {
    by_timeline: Box<[Option<Known>]>,
}

#[derive(Clone, Copy)]
struct Known {
    at: At,
    /// Whether it is the only alternative of its choice, so that no step says that it was chosen.
    alone: bool,
}

impl Places {
    pub(in crate::explain) fn of(rules: &Rules, charges: &Charges) -> Self {
        let mut places = Self { by_timeline: vec![None; rules.timelines.len()].into() };
        for (number, term) in rules.terms.iter().enumerate() {
            let id = TermId::nth(number);
            if let Some(as_of) = &term.as_of {
                places.put(as_of.timeline, At::TermAsOf(id), false);
            }
            places.choice(&term.formula, true, |alternative| At::Formula(id, alternative));
        }
        for (number, charge) in charges.charges.iter().enumerate() {
            if let Some(owed) = &charge.owed {
                places.put(owed.timeline, At::Owed(number), false);
            }
            if let Some(as_of) = &charge.as_of {
                places.put(as_of.timeline, At::ChargeAsOf(number), false);
            }
            places.choice(&charge.tariff, true, |alternative| At::Tariff(number, alternative));
            if let Some(reductions) = &charge.reductions {
                let one = reductions.take == Take::One;
                places.choice(&reductions.choice, one, |alternative| At::Reduction(number, alternative));
            }
            for (limit, named) in charge.limits.iter().enumerate() {
                places.put(named.dated.timeline, At::Limit(number, limit), false);
            }
            places.put(charge.round.timeline, At::Round, false);
            for (way, named) in charge.pay_by.iter().enumerate() {
                places.put(named.dated.timeline, At::Way(number, way), false);
            }
        }
        places
    }

    fn put(&mut self, timeline: TimelineId, at: At, alone: bool) {
        if let Some(slot) = self.by_timeline.get_mut(timeline.index()) {
            *slot = Some(Known { at, alone });
        }
    }

    fn choice<T>(&mut self, choice: &Choice<T>, one_of_them: bool, at: impl Fn(usize) -> At) {
        let alone = one_of_them && choice.alternatives.len() == 1;
        for (number, alternative) in choice.alternatives.iter().enumerate() {
            self.put(alternative.dated.timeline, at(number), alone);
        }
    }

    fn known(&self, version: VersionId) -> Option<Known> {
        self.by_timeline.get(version.timeline.index()).copied().flatten()
    }
}

impl<'a> Names<'a> {
    /// What a version belongs to.
    pub(super) fn place(&self, version: VersionId) -> Option<Place<'a>> {
        let known = self.rules.kept.places(self.rules, self.charges).known(version)?;
        let charge = |number: usize| self.charges.charges.get(number);
        let term = |id: TermId| self.rules.terms.get(id.index());
        Some(match known.at {
            At::Owed(number) => Place::Owed(charge(number)?.owed.as_ref()?),
            At::ChargeAsOf(number) => Place::ChargeAsOf(charge(number)?.as_of.as_ref()?),
            At::TermAsOf(id) => Place::TermAsOf(term(id)?, term(id)?.as_of.as_ref()?),
            At::Tariff(number, alternative) => Place::Tariff(charge(number)?.tariff.alternatives.get(alternative)?),
            At::Reduction(number, alternative) => {
                Place::Reduction(charge(number)?.reductions.as_ref()?.choice.alternatives.get(alternative)?)
            }
            At::Formula(id, alternative) => Place::Formula(term(id)?, term(id)?.formula.alternatives.get(alternative)?),
            At::Limit(number, limit) => Place::Limit(charge(number)?.limits.get(limit)?),
            At::Round => Place::Round,
            At::Way(number, way) => Place::Way(charge(number)?.pay_by.get(way)?),
        })
    }

    /// Whether no step says that this rule was chosen, because it is the only one.
    pub(super) fn is_alone(&self, version: VersionId) -> bool {
        self.rules.kept.places(self.rules, self.charges).known(version).is_some_and(|known| known.alone)
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

/// Tables, and whether each part of a value has its own rate there.
type Tables<'a> = SmallVec<[(&'a Bands, bool); 2]>;

/// All tables that a version can look a value up in, in the order in which they are computed; `word` says which word
/// an expression has.
pub(super) fn tables<'a>(place: Place<'a>, version: VersionId, word: &dyn Fn(ExprId) -> Option<u8>) -> Tables<'a> {
    let mut found = Tables::new();
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

fn in_schedule<'a>(schedule: &'a Schedule, word: &dyn Fn(ExprId) -> Option<u8>, found: &mut Tables<'a>) {
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
