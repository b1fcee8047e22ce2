//! The explaining evaluator: facts and expressions to values, with the steps as it goes.
//!
//! A [`Scope`] is one evaluation: one rule set at two dates, one member or organisation, one period. It never panics,
//! ends within [`MAX_STEPS`] steps, and gives unknown, nothing or a value; an error is boxed, because it is rare.

#[cfg_attr(not(feature = "direct"), expect(dead_code, reason = "then only instalments read settings by it"))]
pub(crate) mod bound;
mod choice;
mod expression;
mod history;
mod term;

pub use choice::Chosen;
pub(crate) use expression::has;

use super::citation::Attested;
use super::datum::{Datum, Missing, MissingNames};
use super::decided::{Decision, Settings};
use super::given::{Facts, Given, Record};
use super::ids::{ChargeId, InputId, TermId, VersionId};
use super::rules::{Assumed, Rules};
use super::timeline::{InForce, Strength};
use crate::explain::{Code, Finding, Sink, Step};
use crate::value::{ArithmeticError, Date, Exact, Period};

/// How many nodes one answer may evaluate.
pub const MAX_STEPS: u32 = 1_000_000;

/// Why an evaluation stops without a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// The answer is `rejected`.
    Rejected(Box<Finding>),
    /// The answer is `no_rule`.
    NoRule(Box<Finding>),
}

/// The result of an evaluation.
pub type Evaluated<T = Datum> = Result<T, Halt>;

/// Memory that one evaluation leaves to the next, so that a roster is computed without asking for more.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    memo: Vec<Option<Memo>>,
    /// Which memos count: those of this age.
    age: u64,
    /// The greatest age so far. It counts up whenever all memos become worthless, so that none has to be touched.
    newest: u64,
    outcomes: Vec<choice::Outcome>,
    /// The limits of a charge that are in force and true, each with whether it is a greatest amount.
    pub(crate) limits: Vec<(VersionId, bool, Exact)>,
    pub(crate) missing: MissingNames,
    pub(crate) assumed: Vec<InputId>,
    pub(crate) findings: Vec<Finding>,
}

#[derive(Clone, Copy, Debug)]
struct Memo {
    age: u64,
    day: Date,
    value: Datum,
    attested: Attested,
}

/// The period that a charge is asked for, as expressions see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The period.
    pub period: Period,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
}

impl Span {
    /// A period with its days.
    pub fn of(period: Period) -> Self {
        Self { period, start: period.start(), end: period.end() }
    }
}

/// Computes charges that expressions read; the chapter of dues does it.
pub trait ReadCharge<S> {
    /// The rounded amount of a charge for the same facts and period; 0 where it is exempt or not due.
    ///
    /// # Errors
    ///
    /// What keeps that charge from being answered.
    fn amount(&self, scope: &mut Scope<'_, S>, charge: ChargeId) -> Evaluated;
}

/// One evaluation; what it reads is reached through it as if it were its own.
pub struct Scope<'a, S> {
    /// What it reads.
    pub reading: Reading<'a>,
    /// The period.
    pub period: Span,
    /// The present record of a charge that goes through a list.
    pub record: Option<&'a Record>,
    /// Takes the steps.
    pub sink: &'a mut S,
    /// Memory.
    pub work: &'a mut Workspace,
    /// Computes other charges.
    pub charges: &'a dyn ReadCharge<S>,
    /// The weakest attestation of what the value was made of so far.
    pub attested: Attested,
    /// Whether what is read now goes into the value; conditions do not.
    counting: bool,
    /// The earlier day whose settings are read, while a switch is looked for.
    settings_on: Option<Date>,
    silent: u32,
    /// Whether steps are left out although findings are kept.
    stepless: bool,
    steps: u32,
}

impl<S> std::fmt::Debug for Scope<'_, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").field("period", &self.period).field("steps", &self.steps).finish_non_exhaustive()
    }
}

/// What an evaluation reads.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The rule set.
    pub rules: &'a Rules,
    /// The versions that hold.
    pub in_force: &'a InForce,
    /// The settings that hold.
    pub settings: &'a Settings,
    /// What the organisation decided, for days with other versions.
    pub decisions: &'a [Decision],
    /// What the host told.
    pub facts: &'a Facts,
    /// Rules that the host sets aside, by timeline.
    pub set_aside: &'a [(super::ids::TimelineId, Box<str>)],
}

impl<'a, S> std::ops::Deref for Scope<'a, S> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}

impl Workspace {
    /// Forgets the values of terms.
    pub(crate) fn forget_terms(&mut self) {
        self.newest = self.newest.wrapping_add(1);
        self.age = self.newest;
    }

    /// Forgets the last evaluation.
    pub(crate) fn begin(&mut self, rules: &Rules) {
        self.forget_terms();
        self.memo.resize(rules.terms.len(), None);
        self.outcomes.clear();
        self.missing.clear();
        self.assumed.clear();
        self.findings.clear();
    }
}

impl<'a, S: Sink> Scope<'a, S> {
    /// Begins an evaluation.
    pub fn new(
        reading: Reading<'a>,
        period: Span,
        sink: &'a mut S,
        work: &'a mut Workspace,
        charges: &'a dyn ReadCharge<S>,
    ) -> Self {
        Self {
            reading,
            period,
            record: None,
            sink,
            work,
            charges,
            attested: Attested::Official,
            counting: true,
            settings_on: None,
            silent: 0,
            stepless: false,
            steps: MAX_STEPS,
        }
    }

    /// Emits a step; the closure runs only when steps are wanted.
    #[inline]
    pub fn emit(&mut self, step: impl FnOnce() -> Step) {
        if self.silent == 0 && !self.stepless && self.is_traced() {
            self.sink.step(step());
        }
    }

    /// Whether anybody wants to know why.
    #[inline]
    pub fn is_traced(&self) -> bool {
        self.sink.is_on()
    }

    /// Adds a finding, once.
    pub fn find(&mut self, finding: Finding) {
        if self.silent == 0 && !self.work.findings.contains(&finding) {
            self.work.findings.push(finding);
        }
    }

    /// Counts a version as part of what the value was made of.
    pub fn attest(&mut self, version: VersionId) {
        if self.counting
            && let Some(version) = self.rules.version(version)
        {
            self.attested = self.attested.max(version.attested);
        }
    }

    /// Runs a part that decides but does not go into the value.
    pub fn deciding<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.counting, false);
        let result = part(self);
        self.counting = before;
        result
    }

    /// Runs a part without steps and findings.
    pub fn silently<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let attested = self.attested;
        self.begin_silence();
        let result = part(self);
        self.end_silence();
        self.attested = attested;
        result
    }

    /// Runs a part without steps; what it finds and assumes is kept.
    pub fn without_steps<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.stepless, true);
        let result = part(self);
        self.stepless = before;
        result
    }

    /// From here on neither steps nor findings are kept; silences nest.
    pub fn begin_silence(&mut self) {
        self.silent = self.silent.saturating_add(1);
    }

    /// Ends the innermost silence.
    pub fn end_silence(&mut self) {
        self.silent = self.silent.saturating_sub(1);
    }

    /// Runs a part for one record of a list, by the versions of its day.
    ///
    /// # Errors
    ///
    /// A setting that was decided outside the bounds of that day.
    pub fn with_record<T>(
        &mut self,
        record: &Record,
        in_force: &InForce,
        part: impl FnOnce(&mut Scope<'_, S>) -> T,
    ) -> Result<T, super::decided::WrongCall> {
        let settings = Settings::at(self.rules, in_force, self.decisions)?;
        Ok(self.inner(in_force, &settings, self.period, Some(record), part))
    }

    /// Runs a part by other versions and settings, for a period of its own.
    pub fn with_versions<T>(
        &mut self,
        in_force: &InForce,
        settings: &Settings,
        period: Span,
        part: impl FnOnce(&mut Scope<'_, S>) -> T,
    ) -> T {
        self.inner(in_force, settings, period, None, part)
    }

    /// Runs a part with the settings of an earlier day; terms are worked out anew for it.
    fn with_settings_on<T>(&mut self, day: Option<Date>, part: impl FnOnce(&mut Self) -> T) -> T {
        if day.is_none() {
            return part(self);
        }
        let (before, age) = (std::mem::replace(&mut self.settings_on, day), self.work.age);
        self.forget_terms();
        let result = part(self);
        self.settings_on = before;
        self.work.age = age;
        result
    }

    fn inner<T>(
        &mut self,
        in_force: &InForce,
        settings: &Settings,
        period: Span,
        record: Option<&Record>,
        part: impl FnOnce(&mut Scope<'_, S>) -> T,
    ) -> T {
        self.forget_terms();
        let reading = Reading { in_force, settings, ..self.reading };
        let mut inner = Scope::new(reading, period, &mut *self.sink, &mut *self.work, self.charges);
        inner.record = record;
        inner.silent = self.silent;
        inner.stepless = self.stepless;
        inner.steps = self.steps;
        let result = part(&mut inner);
        let (attested, steps) = (inner.attested, inner.steps);
        if self.counting {
            self.attested = self.attested.max(attested);
        }
        self.steps = steps;
        self.forget_terms();
        result
    }

    /// Records that an assumed value was read.
    pub fn assume(&mut self, input: InputId) {
        if self.silent == 0 && !self.work.assumed.contains(&input) {
            self.work.assumed.push(input);
        }
    }

    /// Whether steps and findings are kept now.
    pub fn is_silent(&self) -> bool {
        self.silent > 0
    }

    /// Forgets the values of terms, because versions, period or record changed.
    pub fn forget_terms(&mut self) {
        self.work.forget_terms();
    }

    /// Whether the host set a rule aside, and why.
    pub fn set_aside(&self, timeline: super::ids::TimelineId) -> Option<&'a str> {
        self.set_aside.iter().find(|(known, _)| *known == timeline).map(|(_, why)| &**why)
    }

    /// Says that a rule was set aside.
    pub fn say_set_aside(&mut self, version: VersionId, reason: &str) {
        self.emit(|| Step::SetAside { version });
        let path = self.rules.path(version.timeline);
        self.find(Finding::new(Code::SetAside).at(path).with("rule", path).with("reason", reason).citing(version));
    }

    /// The names that both lack.
    pub fn join(&mut self, first: Missing, second: Missing) -> Missing {
        self.work.missing.both(first, second)
    }

    /// A fact as of a day.
    fn fact(&mut self, input: InputId, day: Date) -> Datum {
        let facts = self.facts;
        match facts.get(input) {
            Given::One(value) => {
                self.emit(|| Step::Fact { input, value: *value, on: day, since: None, assumed: false });
                *value
            }
            Given::History(records) => match records.iter().rev().find(|(from, _)| *from <= day) {
                Some((since, value)) => {
                    self.emit(|| Step::Fact { input, value: *value, on: day, since: Some(*since), assumed: false });
                    *value
                }
                None => {
                    let name = self.rules.input(input).map_or("", |input| &input.name);
                    self.find(Finding::new(Code::HistoryStartsLater).on(name).with("name", name).with("day", day));
                    Datum::Unknown(self.work.missing.one(input, Some(day)))
                }
            },
            Given::List(_) => Datum::Unknown(self.work.missing.nothing()),
            Given::Nothing => match self.rules.input(input).and_then(|input| input.unless_given) {
                Some(Assumed::Value(value)) => {
                    self.assume(input);
                    self.emit(|| Step::Fact { input, value, on: day, since: None, assumed: true });
                    value
                }
                Some(Assumed::EmptyList) | None => Datum::Unknown(self.work.missing.one(input, None)),
            },
        }
    }

    /// The value of a term, if it is known for the day.
    fn remembered(&self, term: TermId, day: Date) -> Option<&Memo> {
        let memo = self.work.memo.get(term.index())?.as_ref()?;
        (memo.age == self.work.age && memo.day == day).then_some(memo)
    }

    fn remember(&mut self, term: TermId, day: Date, value: Datum, attested: Attested) {
        let age = self.work.age;
        if let Some(memo) = self.work.memo.get_mut(term.index()) {
            *memo = Some(Memo { age, day, value, attested });
        }
    }

    /// An arithmetic failure outside an expression, at the place of a rule.
    pub fn overflow(&self, why: ArithmeticError, timeline: super::ids::TimelineId) -> Halt {
        self.overflow_at(self.rules.path(timeline), why)
    }

    /// An arithmetic failure at a path.
    pub fn overflow_at(&self, path: &str, why: ArithmeticError) -> Halt {
        Halt::Rejected(Box::new(failed(why, path.to_owned()).at(path)))
    }

    /// The halt for a value that is none where one is needed.
    pub fn nothing(&self, absent: super::datum::Absent) -> Halt {
        use super::datum::Absent;
        let name = match absent {
            Absent::Term(term) => self.rules.terms.get(term.index()).map(|term| &*term.name),
            Absent::Setting(setting) => self.rules.settings.get(setting.index()).map(|setting| &*setting.name),
        };
        Halt::NoRule(Box::new(Finding::new(Code::NoValue).with("name", name.unwrap_or_default())))
    }

    /// Whether a version binds only normally.
    pub fn is_soft(&self, version: VersionId) -> bool {
        self.rules.version(version).is_some_and(|version| version.strength == Strength::Normally)
    }
}

/// The finding for a calculation without an exact result, naming the expression or rule.
fn failed(why: ArithmeticError, text: String) -> Finding {
    let code = match why {
        ArithmeticError::Overflow => Code::Overflow,
        ArithmeticError::DivisionByZero => Code::DivisionByZero,
    };
    Finding::new(code).with("expression", text)
}
