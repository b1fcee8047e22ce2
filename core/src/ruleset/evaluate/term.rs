//! Terms: named derived values, given or worked out.

use super::choice::Chosen;
use super::{Evaluated, Halt, Scope};
use crate::explain::{Code, Finding, Sink, Step, TermFrom};
use crate::ruleset::citation::Attested;
use crate::ruleset::datum::{Absent, Datum, Missing};
use crate::ruleset::given::Given;
use crate::ruleset::ids::{TermId, VersionId};
use crate::ruleset::rules::{Formula, Term};
use crate::ruleset::text_value::Range;
use crate::value::Date;

impl<'a, S: Sink> Scope<'a, S> {
    /// The value of a term under a caller whose facts are read as of a day.
    pub(super) fn term(&mut self, id: TermId, day: Date) -> Evaluated {
        if let Some(memo) = self.remembered(id, day) {
            let (value, attested) = (memo.value, memo.attested);
            if self.counting {
                self.attested = self.attested.max(attested);
            }
            return Ok(value);
        }
        let rules = self.rules;
        let Some(term) = rules.terms.get(id.index()) else {
            return Ok(Datum::Unknown(self.work.missing.nothing()));
        };
        // What the term is made of counts for whoever reads it, not for whoever happened to read it first.
        let before = std::mem::replace(&mut self.attested, Attested::Official);
        let counted = std::mem::replace(&mut self.counting, true);
        let value = self.term_on_its_day(id, term, day);
        self.counting = counted;
        let attested = std::mem::replace(&mut self.attested, before);
        let value = value?;
        if self.counting {
            self.attested = self.attested.max(attested);
        }
        self.remember(id, day, value, attested);
        Ok(value)
    }

    fn term_on_its_day(&mut self, id: TermId, term: &'a Term, day: Date) -> Evaluated {
        // A single given value holds on all days, so its own day is not asked for.
        if let Some(input) = term.input
            && let Given::One(_) = self.facts.get(input)
        {
            return self.term_value(id, term, day);
        }
        let Some(as_of) = &term.as_of else { return self.term_value(id, term, day) };
        let Some(version) = self.in_force.version(as_of.timeline) else { return self.term_value(id, term, day) };
        let Some(expression) = as_of.body(version).copied() else { return self.term_value(id, term, day) };
        if let Some(reason) = self.set_aside(as_of.timeline)
            && self.is_soft(version)
        {
            self.say_set_aside(version, reason);
            return self.term_value(id, term, day);
        }
        let own = match self.deciding(|scope| scope.evaluate(expression, day))? {
            Datum::Date(own) => own,
            Datum::Nothing(absent) => return Err(self.nothing(absent)),
            other => return Ok(other),
        };
        // Without histories every value holds on all days, so the day cannot have changed anything.
        let instead = if own != day && self.facts.has_history() && !self.is_silent() {
            self.silently(|scope| scope.term_value(id, term, day)).ok()
        } else {
            None
        };
        if own != day {
            self.emit(|| Step::AsOf { version: Some(version), day: own });
        }
        let value = self.term_value(id, term, own)?;
        if let (Some(Datum::Number(other)), Datum::Number(number)) = (instead, value)
            && other != number
        {
            self.attest(version);
            if self.is_soft(version) {
                let finding = Finding::new(Code::HeldAt).at(self.rules.path(version.timeline)).citing(version);
                self.find(
                    finding.with("name", &term.name).with("value", number).with("day", own).with("instead", other),
                );
            }
        } else if instead.is_some_and(|other| other != value) {
            self.attest(version);
        }
        Ok(value)
    }

    fn term_value(&mut self, id: TermId, term: &'a Term, day: Date) -> Evaluated {
        let Some(input) = term.input else { return self.derived(id, term, day) };
        let facts = self.facts;
        if matches!(facts.get(input), Given::Nothing) {
            return self.derived(id, term, day);
        }
        let given = self.fact(input, day);
        if let Datum::Unknown(_) = given {
            return Ok(given);
        }
        self.emit(|| Step::Term { term: id, value: given, on: day, from: TermFrom::Given });
        // The formula can only have a value of its own when some of what it is made of was told.
        let told = |case: &crate::ruleset::rules::Case<Formula>| facts.has_any(&case.made_of);
        let comparable = !self.is_silent()
            && facts.has_any(&term.made_of)
            && term.formula.alternatives.iter().any(|alternative| {
                let version = self.in_force.version(alternative.dated.timeline);
                version.and_then(|version| alternative.dated.body(version)).is_some_and(told)
            });
        if comparable {
            let derived = self.silently(|scope| scope.formula(id, term, day));
            if let (Ok(Datum::Number(derived)), Datum::Number(given)) = (&derived, given)
                && *derived != given
            {
                let finding = Finding::new(Code::GivenDiffers).on(&term.name).with("name", &term.name);
                self.find(finding.with("given", given).with("derived", derived));
            }
        }
        Ok(given)
    }

    fn derived(&mut self, id: TermId, term: &'a Term, day: Date) -> Evaluated {
        let value = self.formula(id, term, day)?;
        if let Datum::Number(number) = value {
            let range = Range { at_least: term.at_least, at_most: term.at_most };
            if !range.holds(number) {
                let finding = Finding::new(Code::OutOfRange).on(&term.name).with("name", &term.name);
                let finding = finding.with("value", number).with("wanted", range.describe());
                return Err(Halt::Rejected(Box::new(finding)));
            }
        }
        Ok(value)
    }

    fn formula(&mut self, id: TermId, term: &'a Term, day: Date) -> Evaluated {
        let (version, case) = match self.choose(&term.formula, day)? {
            Chosen::One(_, version, case) => (version, case),
            Chosen::Nothing => {
                // Who can still tell a value has not been heard: that is missing, not none.
                if let Some(input) = term.input {
                    return Ok(Datum::Unknown(self.work.missing.one(input, None)));
                }
                let value = Datum::Nothing(Absent::Term(id));
                self.emit(|| Step::Term { term: id, value, on: day, from: TermFrom::Nothing });
                return Ok(value);
            }
            Chosen::Two(one, other) => return Err(Halt::NoRule(Box::new(self.two_rules(one, other)))),
            Chosen::Unknown(missing, open) => return Ok(Datum::Unknown(self.lacking(term, &open, missing))),
        };
        let value = match &case.body {
            Formula::Is(expression) => self.evaluate(*expression, day)?,
            Formula::ByWord(of, rows) => match self.deciding(|scope| scope.evaluate(*of, day))? {
                Datum::Word(word) => match rows.get(usize::from(word)).copied().flatten() {
                    Some(expression) => self.evaluate(expression, day)?,
                    None => Datum::Nothing(Absent::Term(id)),
                },
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                other => other,
            },
            Formula::BandOf(bands) => match self.evaluate(bands.of, day)? {
                Datum::Number(number) => {
                    let looked_up = bands.printed(number).map_err(|why| self.overflow(why, version.timeline))?;
                    match bands.row(looked_up) {
                        Some((row, band)) => {
                            let row = u16::try_from(row).unwrap_or(u16::MAX);
                            self.emit(|| Step::Band { version, row, value: number, looked_up });
                            match &band.gives {
                                crate::ruleset::bands::Gives::Word(word) => Datum::Word(*word),
                                _ => Datum::Nothing(Absent::Term(id)),
                            }
                        }
                        None => Datum::Nothing(Absent::Term(id)),
                    }
                }
                Datum::Nothing(absent) => return Err(self.nothing(absent)),
                other => other,
            },
        };
        if let Datum::Unknown(missing) = value {
            return Ok(Datum::Unknown(self.lacking(term, &[version], missing)));
        }
        self.attest(version);
        self.emit(|| Step::Term { term: id, value, on: day, from: TermFrom::Formula(version) });
        Ok(value)
    }

    /// What to ask for: the term itself, while nothing that it is made of was given; otherwise what it still lacks.
    fn lacking(&mut self, term: &Term, open: &[VersionId], missing: Missing) -> Missing {
        let Some(input) = term.input else { return missing };
        let begun = term.formula.alternatives.iter().any(|alternative| {
            let case = open
                .iter()
                .find(|version| version.timeline == alternative.dated.timeline)
                .and_then(|version| alternative.dated.body(*version));
            case.is_some_and(|case| self.facts.has_any(&case.made_of))
        });
        if begun { missing } else { self.work.missing.one(input, None) }
    }
}
