//! What a rule rests on, in words; and the instruments that all rules rest on.

use super::{Entry, Grounds, Part, Section, SectionKind, Table, Writer, line};
use crate::explain::names::how_attested;
use crate::explain::number::{Day, pick};
use crate::explain::put::{listed, put};
use crate::ruleset::{Attested, Source, SourceId, Strength, SureOf, VersionId};
use crate::value::Date;

impl Writer<'_> {
    /// What a version rests on.
    pub(super) fn grounds(&self, id: VersionId) -> Option<Grounds> {
        let names = self.names;
        let version = names.rules.version(id)?;
        let cited = version.cited(self.in_force.effective.max(version.from), &names.rules.sources);
        let known = |day: Date| (!day.is_bound()).then_some(day);
        let mut grounds = Grounds {
            clauses: cited.iter().map(|citation| names.citation(citation).into_owned()).collect(),
            sources: cited.iter().map(|citation| citation.source).collect(),
            from: known(version.from),
            until: known(version.until),
            issued: known(version.issued).filter(|issued| *issued > version.from),
            attested: version.attested,
            chosen: version.chosen.clone(),
            words: String::new(),
        };
        grounds.words = self.in_words(&grounds);
        Some(grounds)
    }

    fn in_words(&self, grounds: &Grounds) -> String {
        let tongue = self.names.tongue;
        let mut parts: Vec<String> = Vec::new();
        if !grounds.clauses.is_empty() {
            parts.push(grounds.clauses.join(pick!(tongue, "、", ", ")));
        }
        if let Some(from) = grounds.from {
            parts.push(line(|out| pick!(tongue, put!(out, from, " 起施行"), put!(out, "from ", from))));
        }
        if let Some(until) = grounds.until {
            parts.push(line(|out| pick!(tongue, put!(out, "至 ", until), put!(out, "until ", until))));
        }
        if let Some(issued) = grounds.issued {
            let cited = grounds.sources.iter().filter_map(|id| self.names.rules.sources.get(id.index()));
            let doubtful = cited.filter(|source| source.issued == issued).find(|source| source.sure_of.is_some());
            let day = self.day(issued, doubtful);
            parts.push(line(|out| {
                pick!(
                    tongue,
                    put!(out, day, if day.ends_with('年') { "发布" } else { " 发布" }),
                    put!(out, "issued ", day)
                );
            }));
        }
        if grounds.attested != Attested::Chosen || grounds.chosen.is_none() {
            parts.push(how_attested(grounds.attested, tongue).to_owned());
        }
        if let Some(why) = &grounds.chosen {
            parts.push(line(|out| put!(out, pick!(tongue, "规则集自定：", "chosen: "), **why)));
        }
        parts.join(pick!(tongue, "；", "; "))
    }

    /// That a rule only normally holds, and how it is set aside.
    pub(super) fn strength(&self, id: VersionId, entry: &mut Entry) {
        let tongue = self.names.tongue;
        let path = self.names.rules.path(id.timeline);
        if self.names.rules.version(id).is_some_and(|version| version.strength == Strength::Normally) {
            entry.say(|out| {
                pick!(
                    tongue,
                    put!(out, "一般如此；写明理由可不适用（", path, "）"),
                    put!(out, "normally so; may be set aside with a reason (", path, ")")
                );
            });
        }
    }

    /// The instruments that are cited in these sections.
    pub(super) fn sources(&self, sections: &[Section]) -> Option<Section> {
        let tongue = self.names.tongue;
        let entries = sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.entries);
        let cited: Vec<SourceId> =
            entries.filter_map(|entry| entry.grounds.as_ref()).flat_map(|grounds| grounds.sources.clone()).collect();
        let known = self.names.rules.sources.iter().enumerate();
        let rows: Vec<Vec<String>> = known
            .filter(|(number, _)| cited.contains(&SourceId::nth(*number)))
            .map(|(_, source)| self.source(source))
            .collect();
        let columns = pick!(
            tongue,
            ["名称", "文号", "发布机关", "发布", "施行", "所据文本"],
            ["title", "number", "issuer", "issued", "in force", "text"]
        );
        let table = Table { title: None, columns: columns.map(str::to_owned).to_vec(), rows };
        let entry = Entry { tables: vec![table], ..Entry::at("sources") };
        let entries = if cited.is_empty() { Vec::new() } else { vec![entry] };
        Section::unless_empty(
            SectionKind::Sources,
            pick!(tongue, "出处", "Sources"),
            vec![Part { title: None, entries }],
        )
    }

    fn source(&self, source: &Source) -> Vec<String> {
        let (names, tongue) = (self.names, self.names.tongue);
        let day = |day: Date| match source.sure_of {
            _ if day == Date::LONG_AGO => pick!(tongue, "未见", "not seen").to_owned(),
            Some(SureOf::Year) if source.doubtful_until(day).is_some() => line(|out| {
                pick!(tongue, put!(out, day.year(), " 年"), put!(out, day.year()));
            }),
            Some(SureOf::Month) if source.doubtful_until(day).is_some() => {
                format!("{:04}-{:02}", day.year(), day.month())
            }
            _ => line(|out| put!(out, Day(day, tongue))),
        };
        let until = source
            .until
            .map(|until| line(|out| pick!(tongue, put!(out, "，至 ", until), put!(out, ", until ", until))));
        vec![
            names.title(&source.title, &source.name).into_owned(),
            source.number.as_deref().unwrap_or_default().to_owned(),
            source.issuer.as_ref().map(|issuer| names.title(issuer, "").into_owned()).unwrap_or_default(),
            // Where no day of issue was seen, it counts as the one on which the source is in force.
            if source.issued == source.in_force { String::new() } else { day(source.issued) },
            day(source.in_force) + until.as_deref().unwrap_or_default(),
            how_attested(source.attested, tongue).to_owned(),
        ]
    }

    /// A day of a source, as far as it is known.
    fn day(&self, day: Date, source: Option<&Source>) -> String {
        let tongue = self.names.tongue;
        let doubtful = source.filter(|source| source.doubtful_until(day).is_some()).and_then(|source| source.sure_of);
        line(|out| match doubtful {
            _ if day == Date::LONG_AGO => out.push_str(pick!(tongue, "未见", "not seen")),
            Some(SureOf::Year) => pick!(tongue, put!(out, day.year(), " 年"), put!(out, day.year())),
            Some(SureOf::Month) => out.push_str(&format!("{:04}-{:02}", day.year(), day.month())),
            None => put!(out, Day(day, tongue)),
        })
    }

    /// Texts that are not in the rules.
    pub(super) fn not_encoded(&self) -> Option<Section> {
        let (names, tongue) = (self.names, self.names.tongue);
        let mut entries = Vec::new();
        for text in &names.rules.not_encoded {
            let Some(version) = self.in_force.version(text.timeline) else { continue };
            let mut entry = Entry { grounds: self.grounds(version), ..Entry::default() };
            entry.says.push(names.title(&text.why, "").into_owned());
            if !text.touches.is_empty() {
                entry.say(|out| {
                    out.push_str(pick!(tongue, "涉及：", "touches: "));
                    listed(out, pick!(tongue, "、", ", "), &text.touches, |out, path| put!(out, names.of_path(path)));
                });
            }
            entries.push(entry);
        }
        let title = pick!(tongue, "未编入的规定", "Not in these rules");
        Section::unless_empty(SectionKind::NotEncoded, title, vec![Part { title: None, entries }])
    }
}
