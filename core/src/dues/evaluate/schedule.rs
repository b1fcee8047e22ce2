//! Stages 12 and 13: an amount by its schedule, with the schedule's own limits and rounding.

use super::Stages;
use super::next_band::between;
use super::outcome::Rare;
use crate::dues::answer::NextBand;
use crate::dues::rule::{Declared, Form, Row, Schedule};
use crate::explain::{Code, Finding, Sink, Step};
use crate::ruleset::expression::Op;
use crate::ruleset::{Band, Bands, Datum, Evaluated, ExprId, Gives, Halt, Missing, VersionId};
use crate::value::{Date, Exact, Rounding};

/// What a schedule came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Amount {
    Known(Exact),
    Unknown(Missing),
    Exempt,
}

/// What else is to be said beside the amount of a schedule.
type Beside = Option<Box<Rare>>;

/// How many schedules may stand inside one another.
pub(super) const MAX_NESTING: u8 = 40;

impl<S: Sink> Stages<'_, '_, '_, S> {
    /// The amount of a schedule that stands in a version.
    pub(super) fn schedule(
        &mut self,
        schedule: &Schedule,
        version: VersionId,
        day: Date,
        beside: &mut Beside,
        depth: u8,
    ) -> Evaluated<Amount> {
        if depth > MAX_NESTING {
            let finding = Finding::new(Code::TooManySteps).with("steps", MAX_NESTING);
            return Err(Halt::Rejected(Box::new(finding)));
        }
        let form = self.form(&schedule.form, version, day, beside, depth)?;
        let (known, mut missing) = match form {
            Amount::Known(amount) => (amount, None),
            Amount::Unknown(missing) => (Exact::ZERO, Some(missing)),
            Amount::Exempt => return Ok(form),
        };
        let least = self.limit(schedule.at_least, day, &mut missing)?;
        let most = self.limit(schedule.at_most, day, &mut missing)?;
        if let Some(missing) = missing {
            return Ok(Amount::Unknown(missing));
        }
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            return Err(self.crossed(least, most));
        }
        let mut amount = known;
        for (limit, is_most) in [(most, true), (least, false)] {
            let Some(limit) = limit else { continue };
            let after = if is_most { amount.min(limit) } else { amount.max(limit) };
            self.scope.emit(|| Step::Limit { version, at_most: is_most, limit, before: amount, after });
            amount = after;
        }
        let next = beside.as_ref().and_then(|beside| beside.next_band);
        let mut next = next.and_then(|next| next.after(|amount| Some(between(amount, least, most))));
        if let Some(round) = schedule.round {
            let rounding = match self.rounding(round, day)? {
                Ok(rounding) => rounding,
                Err(missing) => return Ok(Amount::Unknown(missing)),
            };
            let gives = rounding.apply(amount).map_err(|why| self.scope.overflow(why, version.timeline))?;
            self.scope.emit(|| Step::Rounded { version, rounding, exact: amount, gives });
            amount = gives;
            next = next.and_then(|next| next.after(|amount| rounding.apply(amount).ok()));
        }
        if let Some(beside) = beside {
            beside.next_band = next;
        }
        Ok(Amount::Known(amount))
    }

    fn form(
        &mut self,
        form: &Form,
        version: VersionId,
        day: Date,
        beside: &mut Beside,
        depth: u8,
    ) -> Evaluated<Amount> {
        match form {
            Form::Amount(expression) => self.stated(*expression, day),
            Form::Nested(inner) => self.schedule(inner, version, day, beside, depth.saturating_add(1)),
            Form::Rate { rate, of } => match self.number(*of, day)? {
                Ok(of) => self.rated(*rate, of, version, day),
                Err(missing) => {
                    let mut missing = Some(missing);
                    self.limit(Some(*rate), day, &mut missing)?;
                    Ok(missing.map_or(Amount::Exempt, Amount::Unknown))
                }
            },
            Form::Slab(bands) | Form::Table(bands) => self.banded(bands, version, day, beside),
            Form::Marginal(bands) => self.marginal(bands, version, day),
            Form::ByWord { of, rows } => {
                let word = match self.scope.deciding(|scope| scope.evaluate(*of, day))? {
                    Datum::Word(word) => word,
                    Datum::Unknown(missing) => return Ok(Amount::Unknown(missing)),
                    Datum::Nothing(absent) => return Err(self.scope.nothing(absent)),
                    _ => return Err(self.no_rule(version)),
                };
                match rows.get(usize::from(word)) {
                    Some(Some(Row::Amount(schedule))) => {
                        self.schedule(schedule, version, day, beside, depth.saturating_add(1))
                    }
                    Some(Some(Row::Exempt)) => Ok(Amount::Exempt),
                    Some(Some(Row::NoRule(why))) => {
                        let name = crate::ruleset::written_value(
                            self.scope.rules,
                            self.scope.rules.type_of(*of),
                            Datum::Word(word),
                        );
                        Err(self.no_row(version, &name, why))
                    }
                    _ => Err(self.no_rule(version)),
                }
            }
            Form::Declared(declared) => self.declared(declared, version, day, beside, depth),
        }
    }

    /// The value of an optional number; what it lacks is added to what is missing already.
    fn limit(&mut self, limit: Option<ExprId>, day: Date, missing: &mut Option<Missing>) -> Evaluated<Option<Exact>> {
        let Some(limit) = limit else { return Ok(None) };
        match self.number(limit, day)? {
            Ok(limit) => Ok(Some(limit)),
            Err(lacks) => {
                *missing = Some(missing.map_or(lacks, |known| self.scope.join(known, lacks)));
                Ok(None)
            }
        }
    }

    /// A least amount above a greatest one.
    pub(super) fn crossed(&self, least: Exact, most: Exact) -> Halt {
        let finding = Finding::new(Code::CrossedLimits).at(&self.charge.name);
        Halt::Rejected(Box::new(finding.with("at_least", least).with("at_most", most)))
    }

    /// The value of a numeric expression, or what is missing.
    pub(super) fn number(&mut self, expression: ExprId, day: Date) -> Evaluated<Result<Exact, Missing>> {
        match self.scope.evaluate(expression, day)? {
            Datum::Number(number) => Ok(Ok(number)),
            Datum::Unknown(missing) => Ok(Err(missing)),
            Datum::Nothing(absent) => Err(self.scope.nothing(absent)),
            // INVARIANT: the compiler lets only numbers stand here.
            _ => Ok(Err(self.scope.work.missing.nothing())),
        }
    }

    pub(super) fn rounding(&mut self, expression: ExprId, day: Date) -> Evaluated<Result<Rounding, Missing>> {
        match self.scope.evaluate(expression, day)? {
            Datum::Rounding(rounding) => Ok(Ok(rounding)),
            Datum::Unknown(missing) => Ok(Err(missing)),
            Datum::Nothing(absent) => Err(self.scope.nothing(absent)),
            _ => Ok(Err(self.scope.work.missing.nothing())),
        }
    }

    fn stated(&mut self, expression: ExprId, day: Date) -> Evaluated<Amount> {
        Ok(match self.number(expression, day)? {
            Ok(gives) => {
                self.scope.emit(|| Step::Amount { expression, gives });
                Amount::Known(gives)
            }
            Err(missing) => Amount::Unknown(missing),
        })
    }

    fn rated(&mut self, rate: ExprId, of: Exact, version: VersionId, day: Date) -> Evaluated<Amount> {
        let rate = match self.number(rate, day)? {
            Ok(rate) => rate,
            Err(missing) => return Ok(Amount::Unknown(missing)),
        };
        let gives = rate.checked_mul(of).map_err(|why| self.scope.overflow(why, version.timeline))?;
        self.scope.emit(|| Step::Rated { rate, of, gives });
        Ok(Amount::Known(gives))
    }

    /// Slab and table: the row of the value as it is looked up gives a rate of the whole value, or an amount.
    fn banded(&mut self, bands: &Bands, version: VersionId, day: Date, beside: &mut Beside) -> Evaluated<Amount> {
        let of = match self.number(bands.of, day)? {
            Ok(of) => of,
            Err(missing) => return Ok(Amount::Unknown(missing)),
        };
        let (number, band) = self.row(bands, of, version)?;
        let amount = self.band_gives(band, of, version, day)?;
        // What the next band would cost is worth its price only to who asks why.
        if self.scope.is_traced()
            && !self.scope.is_silent()
            && let Some(next) = self.next_band(bands, number, version, day)
        {
            beside.get_or_insert_default().next_band = Some(next);
        }
        Ok(amount)
    }

    fn row<'b>(&mut self, bands: &'b Bands, of: Exact, version: VersionId) -> Evaluated<(usize, &'b Band)> {
        let looked_up = bands.printed(of).map_err(|why| self.scope.overflow(why, version.timeline))?;
        let Some((number, band)) = bands.row(looked_up) else { return Err(self.no_row(version, &of.to_string(), "")) };
        let row = u16::try_from(number).unwrap_or(u16::MAX);
        self.scope.emit(|| Step::Band { version, row, value: of, looked_up });
        Ok((number, band))
    }

    fn band_gives(&mut self, band: &Band, of: Exact, version: VersionId, day: Date) -> Evaluated<Amount> {
        match &band.gives {
            Gives::Rate(rate) => self.rated(*rate, of, version, day),
            Gives::Amount(amount) => self.stated(*amount, day),
            Gives::NoRule(why) => Err(self.no_row(version, &of.to_string(), why)),
            Gives::Word(_) => Err(self.no_rule(version)),
        }
    }

    fn next_band(&mut self, bands: &Bands, row: usize, version: VersionId, day: Date) -> Option<NextBand> {
        let upper = bands.rows.get(row).and_then(|band| band.upper)?;
        let begins = |band: &&Band| band.lower.is_some_and(|lower| lower.at >= upper.at);
        let next =
            bands.rows.iter().filter(begins).min_by_key(|band| band.lower.map(|lower| (lower.at, !lower.included)));
        let (band, lower) = next.and_then(|band| band.lower.map(|lower| (band, lower)))?;
        match self.scope_silently(|stages| stages.band_gives(band, lower.at, version, day)) {
            Ok(Amount::Known(amount)) => Some(NextBand { from: lower.at, included: lower.included, amount }),
            _ => None,
        }
    }

    /// Marginal: the sum of rate × the part of the value inside each row.
    fn marginal(&mut self, bands: &Bands, version: VersionId, day: Date) -> Evaluated<Amount> {
        let of = match self.number(bands.of, day)? {
            Ok(of) => of,
            Err(missing) => return Ok(Amount::Unknown(missing)),
        };
        let (last, _) = self.row(bands, of, version)?;
        let mut sum = Exact::ZERO;
        for (number, band) in bands.rows.iter().enumerate() {
            let bottom = band.lower.map_or(Exact::ZERO, |edge| edge.at);
            let top = band.upper.map_or(of, |edge| edge.at.min(of));
            if top <= bottom {
                continue;
            }
            let Gives::Rate(rate) = &band.gives else {
                let why = if let Gives::NoRule(why) = &band.gives { why } else { "" };
                return Err(self.no_row(version, &of.to_string(), why));
            };
            let rate = match self.number(*rate, day)? {
                Ok(rate) => rate,
                Err(missing) => return Ok(Amount::Unknown(missing)),
            };
            let overflow = |why| self.scope.overflow(why, version.timeline);
            let part = top.checked_sub(bottom).map_err(overflow)?;
            let gives = rate.checked_mul(part).map_err(overflow)?;
            sum = sum.checked_add(gives).map_err(overflow)?;
            let row = u16::try_from(number).unwrap_or(u16::MAX);
            self.scope.emit(|| Step::Part { version, row, rate, part, gives });
            if number == last && band.upper.is_none_or(|edge| edge.at >= of) && band.lower.is_none() {
                break;
            }
        }
        self.scope.emit(|| Step::Sum { gives: sum });
        Ok(Amount::Known(sum))
    }

    /// Declared: the greater of declared and minimum; nothing declared is the minimum, reported as assumed.
    fn declared(
        &mut self,
        rule: &Declared,
        version: VersionId,
        day: Date,
        beside: &mut Beside,
        depth: u8,
    ) -> Evaluated<Amount> {
        let depth = depth.saturating_add(1);
        let declared = match self.number(rule.declared, day)? {
            Ok(declared) => Ok(Some(declared)),
            // Something was told, but not for this day: that is not the same as nothing declared.
            Err(missing) if self.is_told(rule.declared) => Err(missing),
            Err(_) => Ok(None),
        };
        let minimum = self.schedule(&rule.minimum, version, day, &mut Beside::default(), depth)?;
        let (declared, minimum) = match (declared, minimum) {
            (Ok(declared), Amount::Known(minimum)) => (declared, minimum),
            (Err(one), Amount::Unknown(other)) => return Ok(Amount::Unknown(self.scope.join(one, other))),
            (Err(missing), _) => return Ok(Amount::Unknown(missing)),
            (Ok(_), other) => return Ok(other),
        };
        if let Some(guide) = &rule.guide
            && let Ok(Amount::Known(guide)) =
                self.scope_silently(|stages| stages.schedule(guide, version, day, &mut None, depth))
        {
            beside.get_or_insert_default().guide = Some(guide);
        }
        for step in &rule.suggested {
            if let Ok(Ok(step)) = self.scope_silently(|stages| stages.number(*step, day)) {
                beside.get_or_insert_default().suggested.push(step);
            }
        }
        let gives = declared.map_or(minimum, |declared| declared.max(minimum));
        match declared {
            None => {
                let finding = Finding::new(Code::AssumedMinimum).at(self.scope.rules.path(version.timeline));
                self.scope.find(finding.with("minimum", minimum).citing(version));
            }
            Some(declared) if declared < minimum => {
                let finding = Finding::new(Code::DeclaredTooLow).at(self.scope.rules.path(version.timeline));
                self.scope.find(finding.with("declared", declared).with("minimum", minimum).citing(version));
            }
            Some(_) => {}
        }
        self.scope.emit(|| Step::Declared { declared, minimum, gives });
        Ok(Amount::Known(gives))
    }

    /// Whether anything that an expression reads was told.
    fn is_told(&self, root: ExprId) -> bool {
        let mut told = false;
        self.scope.rules.arena.walk(root, &mut |_, node| {
            told |= match node.op {
                Op::Fact(input) => self.scope.facts.has(input),
                Op::Term(term) => {
                    let input = self.scope.rules.terms.get(term.index()).and_then(|term| term.input);
                    input.is_some_and(|input| self.scope.facts.has(input))
                }
                _ => false,
            };
        });
        told
    }

    /// Runs a part without steps and findings.
    pub(super) fn scope_silently<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        self.scope.begin_silence();
        let attested = self.scope.attested;
        let result = part(self);
        self.scope.attested = attested;
        self.scope.end_silence();
        result
    }

    fn no_row(&self, version: VersionId, value: &str, why: &str) -> Halt {
        let finding = Finding::new(Code::NoRow).at(self.scope.rules.path(version.timeline)).citing(version);
        Halt::NoRule(Box::new(finding.with("value", value).with("why", why)))
    }

    pub(super) fn no_rule(&self, version: VersionId) -> Halt {
        let path = self.scope.rules.path(version.timeline);
        Halt::NoRule(Box::new(Finding::new(Code::NoRule).at(path).with("name", path).citing(version)))
    }
}
