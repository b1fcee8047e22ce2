//! A charge in words: its stages in the order in which they are computed.

use super::{Entry, Part, Section, SectionKind, Writer};
use crate::dues::{
    Charge, Divided, Form, NamedLimit, Owed, OwedPart, Reduction, ReductionBody, Reductions, Schedule, Take, Tariff,
    TariffBody, VersionsOn, Way,
};
use crate::explain::number::{How, per, pick};
use crate::explain::put::{listed, put};
use crate::explain::render::{Plain, members};
use crate::ruleset::expression::Op;
use crate::ruleset::{Alternative, Case, Choice, Dated, Datum, ExprId, Owner, VersionId};

impl<'a> Writer<'a> {
    /// A charge with its stages.
    pub(super) fn charge(&self, charge: &'a Charge) -> Section {
        let (names, tongue) = (self.names, self.names.tongue);
        let owed = charge.owed.as_ref();
        let as_of = charge.as_of.as_ref();
        let parts = [
            (None, vec![self.who_owes(charge)]),
            (
                Some(pick!(tongue, "应交期间", "When it is owed")),
                owed.map(|owed| self.owed(owed)).into_iter().collect(),
            ),
            (
                Some(pick!(tongue, "核定日", "The day whose facts count")),
                as_of.map(|as_of| self.as_of(as_of)).into_iter().collect(),
            ),
            (Some(pick!(tongue, "标准", "Tariff")), self.tariff(charge)),
            (
                Some(pick!(tongue, "减免", "Reductions")),
                charge.reductions.as_ref().map(|reductions| self.reductions(charge, reductions)).unwrap_or_default(),
            ),
            (
                Some(pick!(tongue, "限额", "Limits")),
                charge.limits.iter().filter_map(|limit| self.limit(limit)).collect(),
            ),
            (Some(pick!(tongue, "进位", "Rounding")), vec![self.round(&charge.round)]),
            (
                Some(pick!(tongue, "分期交纳", "Instalments")),
                charge.pay_by.iter().filter_map(|way| self.way(way)).collect(),
            ),
        ];
        let parts = parts.into_iter().filter(|(_, entries)| !entries.is_empty());
        Section {
            kind: SectionKind::Charge,
            title: names.title(&charge.title, &charge.name).into_owned(),
            parts: parts.map(|(title, entries)| Part { title: title.map(str::to_owned), entries }).collect(),
        }
    }

    fn who_owes(&self, charge: &Charge) -> Entry {
        let (names, tongue) = (self.names, self.names.tongue);
        let mut entry = Entry::at(charge.name.clone());
        entry.say(|out| {
            let whom = match charge.owner {
                Owner::Member => pick!(tongue, "由每名成员交纳", "owed by each member"),
                Owner::Organisation => pick!(tongue, "由单位交纳", "owed by an organisation"),
            };
            out.push_str(whom);
            if let Some(length) = charge.amount_per() {
                let length = per(length, tongue);
                pick!(tongue, put!(out, "，按", length, "计"), put!(out, ", per ", length));
            }
            let (name, currency) = (&*charge.name, names.rules.currency.as_str());
            pick!(
                tongue,
                put!(out, "；金额以 ", currency, " 计；代号 ", name),
                put!(out, "; amounts in ", currency, "; its name is ", name)
            );
        });
        if let Some(each) = charge.each
            && let (Some(list), Some(day)) =
                (names.of_op(Op::Fact(each.list)), names.of_op(Op::Field(each.list, each.day)))
        {
            entry.say(|out| {
                pick!(
                    tongue,
                    put!(out, "“", list, "”逐笔计算，各按“", day, "”当日的规定"),
                    put!(out, "a line for each record of “", list, "”, by the rules of its “", day, "”")
                );
            });
        }
        let versions_on = match charge.versions_on {
            VersionsOn::PeriodStart => None,
            VersionsOn::PeriodEnd => {
                Some(pick!(tongue, "适用期末的规定", "by the rules of the last day of the period"))
            }
            VersionsOn::ByDay => Some(pick!(tongue, "逐日适用当日的规定", "each day by its own rules")),
        };
        entry.says.extend(versions_on.map(str::to_owned));
        entry
    }

    /// The version of a rule that is in force, and what it says.
    pub(super) fn in_force<'d, T>(&self, dated: &'d Dated<T>) -> Option<(VersionId, &'d T)> {
        let version = self.in_force.version(dated.timeline)?;
        Some((version, dated.body(version)?))
    }

    /// The alternatives of which a version is in force, in the order in which they are written.
    pub(super) fn alternatives<'d, T>(
        &self,
        choice: &'d Choice<T>,
    ) -> Vec<(&'d Alternative<T>, VersionId, &'d Case<T>)> {
        let in_force = |alternative: &'d Alternative<T>| {
            let (version, case) = self.in_force(&alternative.dated)?;
            Some((alternative, version, case))
        };
        let mut found: Vec<_> = choice.alternatives.iter().filter_map(in_force).collect();
        found
            .sort_by_key(|(_, id, _)| self.names.rules.version(*id).map(|version| (version.layer, version.span.start)));
        found
    }

    /// A rule of which no version is in force on the day.
    fn silent(&self, path: &str) -> Entry {
        let mut entry = Entry::at(path);
        entry.says.push(pick!(self.names.tongue, "当日没有规定", "no rule is in force on this day").to_owned());
        entry
    }

    fn owed(&self, dated: &Dated<Owed>) -> Entry {
        let (names, tongue) = (self.names, self.names.tongue);
        let path = names.rules.path(dated.timeline);
        let Some((version, owed)) = self.in_force(dated) else { return self.silent(path) };
        let mut entry = Entry { grounds: self.grounds(version), ..Entry::at(path) };
        if let Some(when) = owed.when {
            let when = Plain(names, when);
            entry.say(|out| pick!(tongue, put!(out, "应交者：", when), put!(out, "owed when: ", when)));
        }
        if let Some(starts) = owed.starts {
            let starts = Plain(names, starts);
            entry.say(|out| pick!(tongue, put!(out, "起：", starts), put!(out, "first day: ", starts)));
        }
        if let Some(ends) = owed.ends {
            let ends = Plain(names, ends);
            entry.say(|out| pick!(tongue, put!(out, "止：", ends), put!(out, "last day: ", ends)));
        }
        let part = match owed.part {
            OwedPart::Whole => pick!(tongue, "不足一期的，按整期计", "a part of a period counts as the whole period"),
            OwedPart::None => pick!(tongue, "不足一期的，不计", "a part of a period counts nothing"),
            OwedPart::ByDay => pick!(tongue, "不足一期的，按天折算", "a part of a period counts by its days"),
            OwedPart::ByMonth => pick!(tongue, "不足一期的，按月折算", "a part of a period counts by the months begun"),
            OwedPart::ByHalfYear => {
                pick!(tongue, "不足一期的，按半年折算", "a part of a period counts by the half-years begun")
            }
        };
        entry.says.push(part.to_owned());
        entry
    }

    /// The day whose facts are read.
    pub(super) fn as_of(&self, dated: &Dated<ExprId>) -> Entry {
        let (names, tongue) = (self.names, self.names.tongue);
        let path = names.rules.path(dated.timeline);
        let Some((version, day)) = self.in_force(dated) else { return self.silent(path) };
        let mut entry = Entry { grounds: self.grounds(version), ..Entry::at(path) };
        let day = Plain(names, *day);
        entry.say(|out| pick!(tongue, put!(out, "按", day, "的情况"), put!(out, "facts are read as of: ", day)));
        self.strength(version, &mut entry);
        entry
    }

    /// When an alternative applies, and what it replaces. A table by word, told by what has the word and which words have
    /// a row, says itself that it is for these.
    pub(super) fn applies<T>(
        &self,
        case: &Case<T>,
        choice: &Choice<T>,
        by_word: Option<(ExprId, Vec<bool>)>,
        entry: &mut Entry,
    ) {
        let (names, tongue) = (self.names, self.names.tongue);
        if case.otherwise {
            entry.says.push(pick!(tongue, "适用于：其他各项都不适用的", "applies where no other does").to_owned());
        }
        let is_said = |when: &ExprId| by_word.is_some_and(|(of, rows)| self.is_in(*when, of, &rows));
        if let Some(when) = case.when.filter(|when| !is_said(when)) {
            let when = Plain(names, when);
            entry.say(|out| pick!(tongue, put!(out, "适用于：", when), put!(out, "applies when: ", when)));
        }
        let replaced = case.instead_of.and_then(|other| choice.alternatives.get(usize::from(other)));
        if let Some(title) = replaced.and_then(|other| self.title_of(other)) {
            entry.say(|out| {
                pick!(tongue, put!(out, "代替“", title, "”"), put!(out, "instead of “", title, "”"));
            });
        }
    }

    /// Whether a condition only says that the word is one of those that have a row.
    fn is_in(&self, when: ExprId, of: ExprId, rows: &[bool]) -> bool {
        let op = |expression: ExprId| self.names.rules.arena.get(expression).map(|node| node.op);
        let with_row = rows.iter().enumerate().filter(|(_, has_row)| **has_row).map(|(word, _)| word);
        match op(when) {
            Some(Op::In(asked, bits)) => op(asked) == op(of) && members(bits).map(usize::from).eq(with_row),
            _ => false,
        }
    }

    /// What an alternative is called; one that stands alone has no name.
    pub(super) fn title_of<T>(&self, alternative: &Alternative<T>) -> Option<String> {
        let title = alternative.title.get(self.names.language).map(str::to_owned);
        title.or_else(|| alternative.name.as_deref().map(crate::ruleset::spaced))
    }

    fn tariff(&self, charge: &Charge) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (alternative, version, case) in self.alternatives(&charge.tariff) {
            let path = self.names.rules.path(version.timeline);
            let title = self.title_of(alternative);
            let mut entry = Entry { title, grounds: self.grounds(version), ..Entry::at(path) };
            let by_word = match &case.body.body {
                TariffBody::Amount(Schedule { form: Form::ByWord { of, rows }, .. }) => {
                    Some((*of, rows.iter().map(Option::is_some).collect()))
                }
                _ => None,
            };
            self.applies(case, &charge.tariff, by_word, &mut entry);
            self.tariff_says(charge, &case.body, &mut entry);
            self.strength(version, &mut entry);
            entries.push(entry);
        }
        if entries.is_empty() {
            entries.push(self.silent(&format!("{}.tariff", charge.name)));
        }
        entries
    }

    fn tariff_says(&self, charge: &Charge, tariff: &Tariff, entry: &mut Entry) {
        let (names, tongue) = (self.names, self.names.tongue);
        match &tariff.body {
            TariffBody::Exempt => entry.says.push(pick!(tongue, "免交", "nothing is owed").to_owned()),
            TariffBody::NoRule(why) => {
                entry.say(|out| put!(out, pick!(tongue, "无规定：", "no rule: "), **why));
            }
            TariffBody::Amount(schedule) => self.schedule(schedule, entry),
        }
        if let Some(due) = tariff.due {
            let longer = per(due.per, tongue);
            let own = charge.per.map_or("", |own| per(own, tongue));
            let which = if due.last { ("最后", "last") } else { ("第一", "first") };
            entry.say(|out| {
                pick!(
                    tongue,
                    put!(out, "数额按", longer, "计，在其中", which.0, "个应交的", own, "一次交纳"),
                    put!(out, "for a whole ", longer, ", due at once in its ", which.1, " ", own, " that is owed")
                );
            });
        }
        if let (Some(words), Some(word)) = (charge.recipients, tariff.goes_to) {
            entry.say(|out| put!(out, pick!(tongue, "交", "goes to "), names.word(words, word)));
        }
    }

    fn reductions(&self, charge: &Charge, reductions: &Reductions) -> Vec<Entry> {
        let (names, tongue) = (self.names, self.names.tongue);
        let mut entries: Vec<Entry> = Vec::new();
        for (alternative, version, case) in self.alternatives(&reductions.choice) {
            let path = names.rules.path(version.timeline);
            let title = self.title_of(alternative);
            let mut entry = Entry { title, grounds: self.grounds(version), ..Entry::at(path) };
            self.applies(case, &reductions.choice, None, &mut entry);
            self.reduction(&case.body, &mut entry);
            self.strength(version, &mut entry);
            entries.push(entry);
        }
        let together = match &reductions.take {
            Take::One => None,
            Take::Lowest => Some(
                pick!(tongue, "同时适用时，取数额最低的一项", "where several apply, the one with the least amount")
                    .to_owned(),
            ),
            Take::InOrder(order) => {
                let names = order.iter().filter_map(|place| reductions.choice.alternatives.get(*place));
                let mut text = pick!(tongue, "依次适用：", "one on the result of the other: ").to_owned();
                let titles = names.filter_map(|alternative| self.title_of(alternative));
                listed(&mut text, pick!(tongue, "、", ", "), titles, |out, title| put!(out, title));
                Some(text)
            }
        };
        if let Some(together) = together.filter(|_| !entries.is_empty()) {
            let entry = Entry { says: vec![together], ..Entry::at(format!("{}.reductions", charge.name)) };
            entries.insert(0, entry);
        }
        entries
    }

    fn reduction(&self, reduction: &Reduction, entry: &mut Entry) {
        let (names, tongue) = (self.names, self.names.tongue);
        entry.say(|out| match reduction.body {
            ReductionBody::Exempt => out.push_str(pick!(tongue, "免交", "nothing is owed")),
            ReductionBody::Amount(amount) => {
                let amount = Plain(names, amount);
                pick!(tongue, put!(out, "改交：", amount), put!(out, "owed instead: ", amount));
            }
            ReductionBody::Pays(share) => {
                let share = self.share(share);
                pick!(tongue, put!(out, "按 ", share, " 交纳"), put!(out, "pays ", share, " of it"));
            }
            ReductionBody::Less(share) => {
                let share = self.share(share);
                pick!(tongue, put!(out, "减 ", share), put!(out, share, " less"));
            }
        });
        if let Some(needs) = reduction.needs {
            let needs = Plain(names, needs);
            entry.say(|out| {
                pick!(tongue, put!(out, "不具备则不生效：", needs), put!(out, "without effect unless: ", needs));
            });
        }
    }

    fn limit(&self, limit: &NamedLimit) -> Option<Entry> {
        let (names, tongue) = (self.names, self.names.tongue);
        let (version, body) = self.in_force(&limit.dated)?;
        let path = names.rules.path(version.timeline);
        let title = Some(names.title(&limit.title, &limit.name).into_owned());
        let mut entry = Entry { title, grounds: self.grounds(version), ..Entry::at(path) };
        if let Some(when) = body.when {
            let when = Plain(names, when);
            entry.say(|out| pick!(tongue, put!(out, "适用于：", when), put!(out, "applies when: ", when)));
        }
        self.bounds(body.at_least, body.at_most, &mut entry);
        self.strength(version, &mut entry);
        Some(entry)
    }

    /// A way of paying in instalments.
    fn way(&self, way: &Way) -> Option<Entry> {
        let (names, tongue) = (self.names, self.names.tongue);
        let (version, body) = self.in_force(&way.dated)?;
        let path = names.rules.path(version.timeline);
        let title = Some(names.title(&way.title, &way.name).into_owned());
        let mut entry = Entry { title, grounds: self.grounds(version), ..Entry::at(path) };
        entry.say(|out| match &body.divided {
            Divided::Times { written, .. } => {
                pick!(
                    tongue,
                    put!(out, "每期为数额的 ", **written),
                    put!(out, "an instalment is ", **written, " of the amount")
                );
            }
            Divided::Parts { count, rest_last } => {
                let rest = if *rest_last { ("最后", "last") } else { ("第一", "first") };
                pick!(
                    tongue,
                    put!(out, "分 ", *count, " 期，余数归", rest.0, "一期"),
                    put!(out, "in ", *count, " instalments, of which the ", rest.1, " takes what rounding leaves")
                );
            }
        });
        entry.say(|out| self.rounding(body.round, out));
        Some(entry)
    }

    fn round(&self, dated: &Dated<ExprId>) -> Entry {
        let path = self.names.rules.path(dated.timeline);
        let Some((version, rounding)) = self.in_force(dated) else { return self.silent(path) };
        let mut entry = Entry { grounds: self.grounds(version), ..Entry::at(path) };
        entry.say(|out| self.rounding(*rounding, out));
        self.strength(version, &mut entry);
        entry
    }

    /// A way of rounding; of one that is a setting also what holds unless somebody decides.
    pub(super) fn rounding(&self, rounding: ExprId, out: &mut String) {
        let (names, tongue) = (self.names, self.names.tongue);
        let Some(Op::Setting(id)) = names.rules.arena.get(rounding).map(|node| node.op) else {
            return put!(out, Plain(names, rounding));
        };
        let Some(setting) = names.rules.settings.get(id.index()) else { return };
        let title = names.title(&setting.title, &setting.name);
        pick!(tongue, put!(out, "由“", title, "”一项设定"), put!(out, "as the setting “", title, "” says"));
        let version = self.in_force.version(setting.timeline);
        let bounds = version.and_then(|version| setting.bounds.get(usize::from(version.version)));
        if let Some(Datum::Rounding(how)) = bounds.map(|bounds| bounds.default) {
            let how = How(how, tongue);
            pick!(tongue, put!(out, "，未设定时", how), put!(out, ", ", how, " unless decided"));
        }
    }
}
