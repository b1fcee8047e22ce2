//! Stage 10: on which days of the period the charge is owed, and what part of the amount that makes.

use super::Stages;
use crate::dues::rule::{Owed, OwedPart};
use crate::explain::{Sink, Step};
use crate::ruleset::{Datum, Evaluated, ExprId, Missing, Scope, Span, VersionId};
use crate::value::{Date, Exact, Per, Period};

/// What the stage came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum OwedDays {
    /// Owed, from the first day on that is owed.
    Owed { version: Option<VersionId>, first: Date, factor: Exact },
    /// Owed on no day.
    NotOwed { version: VersionId },
    /// Not known.
    Unknown(Missing),
    /// No version of the rule is in force.
    NoRule,
}

/// What is known of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DayState {
    Owed,
    Not,
    Unknown(Missing),
}

/// What is known of the days of the period together.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    owed: u16,
    unknown: u16,
    days: u16,
    units: u16,
    owed_units: u16,
    unknown_units: u16,
    first: Option<Date>,
    missing: Option<Missing>,
}

impl<S: Sink> Stages<'_, '_, '_, S> {
    pub(super) fn owed(&mut self, with_steps: bool) -> Evaluated<OwedDays> {
        let Span { start, end, .. } = self.scope.period;
        let Some(dated) = &self.charge.owed else {
            let days = days_between(start, end);
            if with_steps {
                self.scope.emit(|| Step::Owed { version: None, first: start, days, of: days, factor: Exact::ONE });
            }
            return Ok(OwedDays::Owed { version: None, first: start, factor: Exact::ONE });
        };
        let Some(version) = self.scope.in_force.version(dated.timeline) else { return Ok(OwedDays::NoRule) };
        let Some(owed) = dated.body(version).copied() else { return Ok(OwedDays::NoRule) };
        let by_days = self.scope.facts.has_history() || owed.depends_on_day;
        let count = if by_days {
            self.scope.silently(|scope| count_days(scope, owed, start, end))?
        } else if with_steps {
            self.scope.without_steps(|scope| count_at_once(scope, owed, start, end))?
        } else {
            self.scope.silently(|scope| count_at_once(scope, owed, start, end))?
        };
        // One day says for all what was found; with steps it also shows how.
        if with_steps && (by_days || self.scope.is_traced()) {
            self.on_one_day(owed, count.first, start)?;
        }
        let Some(first) = count.first else {
            return Ok(match count.missing {
                Some(missing) => OwedDays::Unknown(missing),
                None => {
                    if with_steps {
                        self.scope.emit(|| Step::NotOwed { version });
                    }
                    OwedDays::NotOwed { version }
                }
            });
        };
        let share = |part: u16, of: u16| Exact::ratio(i128::from(part), i128::from(of.max(1))).unwrap_or(Exact::ONE);
        let uncertain = match owed.part {
            OwedPart::Whole => false,
            // An unknown day matters unless another day already denies the amount.
            OwedPart::None => count.unknown > 0 && count.owed.saturating_add(count.unknown) == count.days,
            OwedPart::ByDay => count.unknown > 0,
            OwedPart::ByMonth | OwedPart::ByHalfYear => count.unknown_units > 0,
        };
        if uncertain && let Some(missing) = count.missing {
            return Ok(OwedDays::Unknown(missing));
        }
        let factor = match owed.part {
            OwedPart::Whole => Exact::ONE,
            OwedPart::None if count.owed == count.days => Exact::ONE,
            OwedPart::None => Exact::ZERO,
            OwedPart::ByDay => share(count.owed, count.days),
            OwedPart::ByMonth | OwedPart::ByHalfYear => share(count.owed_units, count.units),
        };
        if with_steps {
            self.scope.emit(|| Step::Owed { version: Some(version), first, days: count.owed, of: count.days, factor });
        }
        if factor != Exact::ONE {
            self.scope.attest(version);
        }
        Ok(OwedDays::Owed { version: Some(version), first, factor })
    }

    /// Reads the facts of the decision once more: as of the first owed day, on which all of it holds, or else as far
    /// as it takes to decide against the first day of the period.
    fn on_one_day(&mut self, owed: Owed, first: Option<Date>, start: Date) -> Evaluated<()> {
        self.scope.forget_terms();
        let Some(day) = first else { return day_state(self.scope, owed, start).map(drop) };
        self.scope.deciding(|scope| {
            for expression in [owed.when, owed.starts, owed.ends].into_iter().flatten() {
                scope.evaluate(expression, day)?;
            }
            Ok(())
        })
    }

    /// For an amount of a longer time that is due in its first (or last) owed part: whether an earlier (or later) part
    /// is owed.
    pub(super) fn due_elsewhere_in(
        &mut self,
        whole: Period,
        parts: Per,
        last: bool,
    ) -> Evaluated<Result<bool, Missing>> {
        let asked = self.scope.period;
        let mut unknown = None;
        let mut found = false;
        for part in whole.parts(parts).unwrap_or_default() {
            if (last && part.start() <= asked.start) || (!last && part.start() >= asked.start) {
                continue;
            }
            self.scope.period = Span::of(part);
            self.scope.forget_terms();
            match self.owed(false) {
                Ok(OwedDays::Owed { factor, .. }) if !factor.is_zero() => found = true,
                Ok(OwedDays::Unknown(missing)) => unknown = unknown.or(Some(missing)),
                Ok(_) => {}
                Err(halt) => {
                    self.scope.period = asked;
                    return Err(halt);
                }
            }
        }
        self.scope.period = asked;
        self.scope.forget_terms();
        Ok(match unknown {
            Some(missing) if !found => Err(missing),
            _ => Ok(found),
        })
    }
}

pub(super) fn days_between(start: Date, end: Date) -> u16 {
    let days = start.days_until(end).and_then(|days| u16::try_from(days).ok()).unwrap_or(0);
    days.saturating_add(1)
}

/// Without histories every fact holds on all days, so the bounds and the condition are asked once.
fn count_at_once<S: Sink>(scope: &mut Scope<'_, S>, owed: Owed, start: Date, end: Date) -> Evaluated<Count> {
    let bound =
        |scope: &mut Scope<'_, S>, expression: Option<ExprId>, open: Date| -> Evaluated<Result<Date, Missing>> {
            let Some(expression) = expression else { return Ok(Ok(open)) };
            match scope.deciding(|scope| scope.evaluate(expression, start))? {
                Datum::Date(day) => Ok(Ok(day)),
                Datum::Unknown(missing) => Ok(Err(missing)),
                Datum::Nothing(absent) => Err(scope.nothing(absent)),
                _ => Ok(Ok(open)),
            }
        };
    let first = bound(scope, owed.starts, Date::LONG_AGO)?;
    let last = bound(scope, owed.ends, Date::NEVER)?;
    let known_first = first.unwrap_or(Date::LONG_AGO);
    let known_last = last.unwrap_or(Date::NEVER);
    let inside = known_first <= known_last && known_first <= end && known_last >= start;
    let when = match owed.when {
        Some(when) if inside => scope.deciding(|scope| scope.evaluate(when, start))?,
        _ => Datum::YesNo(true),
    };
    let state = match when {
        _ if !inside => DayState::Not,
        Datum::YesNo(false) => DayState::Not,
        Datum::Nothing(absent) => return Err(scope.nothing(absent)),
        when => {
            let condition = if let Datum::Unknown(missing) = when { Some(missing) } else { None };
            let mut missing = None;
            for lacks in [first.err(), last.err(), condition].into_iter().flatten() {
                missing = Some(missing.map_or(lacks, |known| scope.join(known, lacks)));
            }
            missing.map_or(DayState::Owed, DayState::Unknown)
        }
    };
    let (from, to) = (known_first.max(start), known_last.min(end));
    Ok(match owed.part {
        OwedPart::Whole | OwedPart::None | OwedPart::ByDay => count_span(start, end, (from, to), state),
        OwedPart::ByMonth | OwedPart::ByHalfYear => {
            count(start, end, owed.part, |day| if day < from || day > to { DayState::Not } else { state })
        }
    })
}

/// All days inside a span of the period have one state, and the others are not owed.
fn count_span(start: Date, end: Date, (from, to): (Date, Date), state: DayState) -> Count {
    let counted = Count { days: days_between(start, end), ..Count::default() };
    match state {
        DayState::Not => counted,
        DayState::Owed => Count { owed: days_between(from, to), first: Some(from), ..counted },
        DayState::Unknown(missing) => Count { unknown: days_between(from, to), missing: Some(missing), ..counted },
    }
}

/// Asks every day of the period.
fn count_days<S: Sink>(scope: &mut Scope<'_, S>, owed: Owed, start: Date, end: Date) -> Evaluated<Count> {
    let mut states = Vec::with_capacity(usize::from(days_between(start, end)));
    let mut day = start;
    while day <= end {
        states.push(day_state(scope, owed, day)?);
        day = day.next();
    }
    let mut unknown: Option<Missing> = None;
    for state in &states {
        if let DayState::Unknown(missing) = state {
            unknown = Some(unknown.map_or(*missing, |known| scope.join(known, *missing)));
        }
    }
    let mut states = states.into_iter();
    let mut counted = count(start, end, owed.part, |_| states.next().unwrap_or(DayState::Not));
    counted.missing = unknown;
    Ok(counted)
}

fn day_state<S: Sink>(scope: &mut Scope<'_, S>, owed: Owed, day: Date) -> Evaluated<DayState> {
    let mut missing: Option<Missing> = None;
    let lacks = |scope: &mut Scope<'_, S>, missing: &mut Option<Missing>, more: Missing| {
        *missing = Some(missing.map_or(more, |known| scope.join(known, more)));
    };
    for (bound, is_first) in [(owed.starts, true), (owed.ends, false)] {
        let Some(bound) = bound else { continue };
        match scope.deciding(|scope| scope.evaluate(bound, day))? {
            Datum::Date(edge) if is_first && day < edge || !is_first && day > edge => return Ok(DayState::Not),
            Datum::Unknown(more) => lacks(scope, &mut missing, more),
            Datum::Nothing(absent) => return Err(scope.nothing(absent)),
            _ => {}
        }
    }
    if let Some(when) = owed.when {
        match scope.deciding(|scope| scope.evaluate(when, day))? {
            Datum::YesNo(false) => return Ok(DayState::Not),
            Datum::Unknown(more) => lacks(scope, &mut missing, more),
            Datum::Nothing(absent) => return Err(scope.nothing(absent)),
            _ => {}
        }
    }
    Ok(missing.map_or(DayState::Owed, DayState::Unknown))
}

/// Counts days and the months or half-years begun on them.
fn count(start: Date, end: Date, part: OwedPart, mut state: impl FnMut(Date) -> DayState) -> Count {
    if part == OwedPart::Whole {
        return count_whole(start, end, state);
    }
    let mut counted = Count::default();
    let months_in_unit = if part == OwedPart::ByHalfYear { 6 } else { 1 };
    let mut unit: Option<(i32, bool, bool)> = None;
    let close = |counted: &mut Count, unit: Option<(i32, bool, bool)>| {
        if let Some((_, owed, unknown)) = unit {
            counted.units = counted.units.saturating_add(1);
            counted.owed_units = counted.owed_units.saturating_add(u16::from(owed));
            counted.unknown_units = counted.unknown_units.saturating_add(u16::from(unknown && !owed));
        }
    };
    let mut day = start;
    while day <= end {
        let months = i32::try_from(day.month()).unwrap_or(1).saturating_sub(1);
        let number = day.year().saturating_mul(12).saturating_add(months).div_euclid(months_in_unit);
        if unit.is_none_or(|(open, _, _)| open != number) {
            close(&mut counted, unit);
            unit = Some((number, false, false));
        }
        counted.days = counted.days.saturating_add(1);
        match state(day) {
            DayState::Owed => {
                counted.owed = counted.owed.saturating_add(1);
                counted.first = counted.first.or(Some(day));
                unit = unit.map(|(open, _, unknown)| (open, true, unknown));
            }
            DayState::Unknown(missing) => {
                counted.unknown = counted.unknown.saturating_add(1);
                counted.missing = counted.missing.or(Some(missing));
                unit = unit.map(|(open, owed, _)| (open, owed, true));
            }
            DayState::Not => {}
        }
        day = day.next();
    }
    close(&mut counted, unit);
    counted
}

/// The first owed day is all that matters where any day makes the whole; the rest is only counted.
fn count_whole(start: Date, end: Date, mut state: impl FnMut(Date) -> DayState) -> Count {
    let mut counted = Count { days: days_between(start, end), ..Count::default() };
    let mut day = start;
    while day <= end {
        match state(day) {
            DayState::Owed => {
                counted.owed = counted.owed.saturating_add(1);
                counted.first = counted.first.or(Some(day));
            }
            DayState::Unknown(missing) => counted.missing = counted.missing.or(Some(missing)),
            DayState::Not => {}
        }
        day = day.next();
    }
    counted
}
