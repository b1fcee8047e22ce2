//! Facts that were read and are told before the line that uses them.

use smallvec::SmallVec;

use super::LineKind;
use super::lines::Lines;
use super::values::{OfKind, number};
use crate::explain::kept::put_kept;
use crate::explain::names::Names;
use crate::explain::number::{Day, pick};
use crate::explain::put::{listed, put};
use crate::ruleset::{Datum, InputId};
use crate::value::Date;

/// A fact or field as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read<'a> {
    /// The fact, or the list that has the field.
    pub input: InputId,
    pub field: Option<u8>,
    pub value: &'a Datum,
    pub since: Option<Date>,
    pub assumed: bool,
    /// Whether a line or a formula showed it.
    pub told: bool,
}

/// What was read, each once, in the order of the reading.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    read: SmallVec<[Read<'a>; 12]>,
    /// How many at the beginning are told without exception.
    told: usize,
}

impl<'a> Facts<'a> {
    pub(super) fn read(&mut self, read: Read<'a>) {
        if !self.read.iter().any(|known| known.is_as(&read)) {
            self.read.push(read);
        }
    }

    /// Counts plain numbers as told, because a formula shows them.
    pub(super) fn shown(&mut self, facts: &[(InputId, Option<u8>)]) {
        self.count_as_told(|read| read.waits_for_its_use() && facts.contains(&(read.input, read.field)));
    }

    /// Tells what waits in one line; plain numbers wait for their use unless all are wanted.
    pub(super) fn tell(&mut self, names: Names<'a>, all: bool, lines: &mut Lines<'a>) {
        let is_due = |read: &Read<'a>| all || !read.waits_for_its_use();
        let due = self.waiting().filter(|read| is_due(read));
        if due.clone().next().is_none() {
            return;
        }
        let values = due.clone().filter_map(|read| number(*read.value));
        lines.say(LineKind::Fact, None, values, |out| {
            listed(out, pick!(names.tongue, "；", "; "), due, |out, read| read.tell(names, out));
        });
        self.count_as_told(is_due);
    }

    fn waiting(&self) -> impl Iterator<Item = &Read<'a>> + Clone {
        self.read.iter().skip(self.told).filter(|read| !read.told)
    }

    fn count_as_told(&mut self, is_told: impl Fn(&Read<'a>) -> bool) {
        for read in self.read.iter_mut().skip(self.told) {
            read.told |= is_told(read);
        }
        let all_told = self.read.iter().skip(self.told).take_while(|read| read.told).count();
        self.told = self.told.saturating_add(all_told);
    }
}

impl Read<'_> {
    /// Whether the same was read.
    fn is_as(&self, other: &Read<'_>) -> bool {
        (self.input, self.field, self.since, self.assumed) == (other.input, other.field, other.since, other.assumed)
            && self.value == other.value
    }

    /// A plain number is told where it is used.
    fn waits_for_its_use(&self) -> bool {
        matches!(self.value, Datum::Number(_)) && self.since.is_none() && !self.assumed
    }

    fn tell(&self, names: Names<'_>, out: &mut String) {
        // The rule set says what is taken for a fact, so that this is the same for everybody.
        let same_for_all = self.assumed && self.field.is_none();
        let kept = names.phrases.filter(|_| same_for_all).and_then(|phrases| phrases.assumed(self.input));
        put_kept(kept, out, |out| self.tell_anew(names, out));
    }

    fn tell_anew(&self, names: Names<'_>, out: &mut String) {
        let (title, kind) = match self.field {
            Some(field) => match names.rules.field(self.input, field) {
                Some(field) => (names.title(&field.title, &field.name), &field.kind),
                None => return,
            },
            None => match names.rules.input(self.input) {
                Some(input) => (names.title(&input.title, &input.name), &input.kind),
                None => return,
            },
        };
        let tongue = names.tongue;
        put!(out, title, pick!(tongue, "：", ": "));
        let shown = OfKind(names, kind, *self.value);
        if self.assumed {
            match self.value {
                Datum::Date(Date::LONG_AGO) => {
                    out.push_str(pick!(tongue, "未填报，视为早已发生", "not given, taken as long past"));
                }
                Datum::Date(Date::NEVER) => {
                    out.push_str(pick!(tongue, "未填报，视为尚未发生", "not given, taken as not yet come"));
                }
                _ => pick!(tongue, put!(out, "未填报，按“", shown, "”计"), put!(out, "not given, taken as ", shown)),
            }
            return;
        }
        put!(out, shown);
        if let Some(since) = self.since.filter(|since| *since != Date::LONG_AGO) {
            let since = Day(since, tongue);
            pick!(tongue, put!(out, "（", since, " 起）"), put!(out, " (since ", since, ")"));
        }
    }
}
