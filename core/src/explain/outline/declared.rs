//! What the rules are worked out from: terms, settings, facts.

use super::{Entry, Part, Section, SectionKind, Table, Writer, line};
use crate::explain::number::{per, pick};
use crate::explain::put::{listed, put};
use crate::explain::render::{OfKind, Plain};
use crate::ruleset::expression::Type;
use crate::ruleset::{Assumed, Datum, Formula, Input, Kind, Owner, Setting, Term, Titles, WordsId};
use crate::value::{Date, Exact};

impl Writer<'_> {
    /// How values are worked out.
    pub(super) fn terms(&self) -> Option<Section> {
        let names = self.names;
        let parts = names.rules.terms.iter().map(|term| Part {
            title: Some(names.title(&term.title, &term.name).into_owned()),
            entries: self.term(term),
        });
        let title = pick!(names.tongue, "如何得出", "How values are worked out");
        Section::unless_empty(SectionKind::Terms, title, parts.collect())
    }

    fn term(&self, term: &Term) -> Vec<Entry> {
        let (names, tongue) = (self.names, self.names.tongue);
        let mut head = Entry::at(term.name.clone());
        let input = term.input.and_then(|input| names.rules.input(input));
        if let Some(means) = input.and_then(|input| input.means.as_ref()) {
            head.says.push(names.title(means, "").into_owned());
        }
        let is_worked_out = !self.alternatives(&term.formula).is_empty();
        if input.is_some() {
            let given = if is_worked_out {
                pick!(
                    tongue,
                    "可以直接填报；没有填报时由以下各项得出",
                    "may be given; where it is not, it is worked out as follows"
                )
            } else {
                pick!(tongue, "只能直接填报：当日没有规定如何得出", "is to be given: on this day no rule works it out")
            };
            head.says.push(given.to_owned());
        }
        self.range(term.at_least, term.at_most, &mut head);
        let mut entries = if head.says.is_empty() { Vec::new() } else { vec![head] };
        if let Some(as_of) = &term.as_of
            && self.in_force(as_of).is_some()
        {
            let title = Some(pick!(tongue, "核定日", "the day whose facts count").to_owned());
            entries.push(Entry { title, ..self.as_of(as_of) });
        }
        for (alternative, version, case) in self.alternatives(&term.formula) {
            let title = self.title_of(alternative);
            let path = names.rules.path(version.timeline);
            let mut entry = Entry { title, grounds: self.grounds(version), ..Entry::at(path) };
            let by_word = match &case.body {
                Formula::ByWord(of, rows) => Some((*of, rows.iter().map(Option::is_some).collect())),
                _ => None,
            };
            self.applies(case, &term.formula, by_word, &mut entry);
            match &case.body {
                Formula::Is(formula) => {
                    let formula = Plain(names, *formula);
                    entry.say(|out| match term.type_ {
                        Type::YesNo => pick!(tongue, put!(out, "即：", formula), put!(out, "that is: ", formula)),
                        _ => put!(out, "= ", formula),
                    });
                }
                Formula::ByWord(of, rows) => {
                    let rows = rows.iter().enumerate().filter_map(|(word, row)| {
                        let value = Plain(names, (*row)?);
                        Some(vec![self.word(*of, word), line(|out| put!(out, value))])
                    });
                    let rows = rows.collect();
                    let of = line(|out| put!(out, Plain(names, *of)));
                    let title = Some(self.by(&of));
                    let value = names.title(&term.title, &term.name).into_owned();
                    entry.tables.push(Table { title, columns: vec![of, value], rows });
                }
                Formula::BandOf(bands) => {
                    let title = Some(self.by(&line(|out| put!(out, Plain(names, bands.of)))));
                    entry.tables.push(Table { title, ..self.bands(bands) });
                }
            }
            self.strength(version, &mut entry);
            entries.push(entry);
        }
        // A term of which nothing is in force has no place among the rules of the day.
        if is_worked_out || input.is_some() { entries } else { Vec::new() }
    }

    fn range(&self, least: Option<Exact>, most: Option<Exact>, entry: &mut Entry) {
        if least.is_some() || most.is_some() {
            entry.says.push(self.range_in_words(least, most));
        }
    }

    fn range_in_words(&self, least: Option<Exact>, most: Option<Exact>) -> String {
        let tongue = self.names.tongue;
        let bounds = [(least, pick!(tongue, "最低 ", "at least ")), (most, pick!(tongue, "最高 ", "at most "))];
        let bounds = bounds.into_iter().filter_map(|(bound, words)| Some((bound?, words)));
        line(|out| listed(out, pick!(tongue, "，", ", "), bounds, |out, (bound, words)| put!(out, words, bound)))
    }

    /// What an organisation decides for itself.
    pub(super) fn settings(&self) -> Option<Section> {
        let names = self.names;
        let entries = names.rules.settings.iter().filter_map(|setting| self.setting(setting)).collect();
        let title = pick!(names.tongue, "可由单位设定的", "What an organisation decides");
        Section::unless_empty(SectionKind::Settings, title, vec![Part { title: None, entries }])
    }

    fn setting(&self, setting: &Setting) -> Option<Entry> {
        let (names, tongue) = (self.names, self.names.tongue);
        let version = self.in_force.version(setting.timeline)?;
        let bounds = setting.bounds.get(usize::from(version.version))?;
        let path = names.rules.path(setting.timeline);
        let title = self.with_name(&setting.title, &setting.name);
        let mut entry = Entry { title: Some(title), grounds: self.grounds(version), ..Entry::at(path) };
        entry.says.push(self.kind(&setting.kind));
        self.range(bounds.at_least, bounds.at_most, &mut entry);
        let default = OfKind(names, &setting.kind, bounds.default);
        entry.say(|out| pick!(tongue, put!(out, "未设定时：", default), put!(out, "unless decided: ", default)));
        Some(entry)
    }

    /// What is asked of a member, and of an organisation.
    pub(super) fn facts(&self) -> Option<Section> {
        let (rules, tongue) = (self.names.rules, self.names.tongue);
        let owners = [
            (Owner::Member, "facts.member", pick!(tongue, "成员", "Of a member")),
            (Owner::Organisation, "facts.organisation", pick!(tongue, "单位", "Of an organisation")),
        ];
        let parts = owners.into_iter().map(|(owner, path, title)| {
            let rows: Vec<Vec<String>> =
                rules.inputs.iter().filter(|input| input.owner == owner).map(|input| self.fact(input)).collect();
            let columns = pick!(
                tongue,
                ["名称（代号）", "填写", "未填报时", "说明"],
                ["title (name)", "is", "if not given", "means"]
            );
            let columns = columns.map(str::to_owned).to_vec();
            let entries = if rows.is_empty() {
                Vec::new()
            } else {
                vec![Entry { tables: vec![Table { title: None, columns, rows }], ..Entry::at(path) }]
            };
            Part { title: Some(title.to_owned()), entries }
        });
        let title = pick!(tongue, "填报的情况", "Facts");
        Section::unless_empty(SectionKind::Facts, title, parts.collect())
    }

    fn fact(&self, input: &Input) -> Vec<String> {
        let (names, tongue) = (self.names, self.names.tongue);
        let is = line(|out| {
            put!(out, self.kind(&input.kind));
            let range = self.range_in_words(input.at_least, input.at_most);
            if !range.is_empty() {
                put!(out, pick!(tongue, "，", ", "), range);
            }
        });
        let unless_given = match input.unless_given {
            Some(Assumed::EmptyList) => pick!(tongue, "没有记录", "no record").to_owned(),
            Some(Assumed::Value(Datum::Date(Date::LONG_AGO))) => {
                pick!(tongue, "视为早已发生", "taken as long past").to_owned()
            }
            Some(Assumed::Value(Datum::Date(Date::NEVER))) => {
                pick!(tongue, "视为尚未发生", "taken as not yet come").to_owned()
            }
            Some(Assumed::Value(value)) => line(|out| put!(out, OfKind(names, &input.kind, value))),
            None if input.term.is_some() => pick!(tongue, "由规则得出", "worked out by the rules").to_owned(),
            None => pick!(tongue, "不明", "unknown").to_owned(),
        };
        let means = input.means.as_ref().map(|means| names.title(means, "").into_owned());
        vec![self.with_name(&input.title, &input.name), is, unless_given, means.unwrap_or_default()]
    }

    /// What is told of a fact or decided of a setting.
    fn kind(&self, kind: &Kind) -> String {
        let (names, tongue) = (self.names, self.names.tongue);
        let plain = |zh: &str, en: &str| pick!(tongue, zh, en).to_owned();
        match kind {
            Kind::YesNo => plain("是或否", "yes or no"),
            Kind::OneOf(words) => self.words(*words, plain("选一：", "one of: ")),
            Kind::SetOf(words) => self.words(*words, plain("可多选：", "any of: ")),
            Kind::Count => plain("整数", "a whole number"),
            Kind::Number => plain("数", "a number"),
            Kind::Share => plain("比例，如 5%", "a share, such as 5%"),
            Kind::Money(None) => plain("金额", "money"),
            Kind::Money(Some(length)) => line(|out| {
                let length = per(*length, tongue);
                pick!(tongue, put!(out, "每", length, "的金额"), put!(out, "money per ", length));
            }),
            Kind::Date => plain("日期", "a day"),
            Kind::Month => plain("月份", "a month"),
            Kind::Days => plain("天数", "a number of days"),
            Kind::Months => plain("月数", "a number of months"),
            Kind::Text => plain("文字", "a text"),
            Kind::Member => plain("成员的编号", "the id of a member"),
            Kind::Organisation => plain("单位的编号", "the id of an organisation"),
            Kind::Rounding => plain("进位的方式和单位", "a way of rounding and its unit"),
            Kind::List(fields) => line(|out| {
                out.push_str(pick!(tongue, "若干记录：", "records of "));
                listed(out, pick!(tongue, "、", ", "), fields, |out, field| {
                    let (title, kind) = (names.title(&field.title, &field.name), self.kind(&field.kind));
                    pick!(
                        tongue,
                        put!(out, title, "（", *field.name, "，", kind, "）"),
                        put!(out, title, " (", *field.name, ", ", kind, ")")
                    );
                });
            }),
        }
    }

    fn words(&self, list: WordsId, before: String) -> String {
        let (names, tongue) = (self.names, self.names.tongue);
        let mut text = before;
        let words = names.rules.words.get(usize::from(list.0)).map(|list| &*list.words).unwrap_or_default();
        listed(&mut text, pick!(tongue, "、", ", "), words, |out, word| {
            out.push_str(&self.with_name(&word.title, &word.name));
        });
        text
    }

    /// A title with the name by which a roster or a call writes it.
    fn with_name(&self, titles: &Titles, name: &str) -> String {
        let tongue = self.names.tongue;
        line(|out| {
            let title = self.names.title(titles, name);
            put!(out, title);
            if *title != *name {
                put!(out, pick!(tongue, "（", " ("), *name, pick!(tongue, "）", ")"));
            }
        })
    }
}
