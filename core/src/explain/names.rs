//! What rules, facts and words are called in the language of the reader.

use std::fmt::Write as _;

use super::number::Tongue;
use crate::dues::{Charge, Charges};
use crate::explain::number::pick;
use crate::ruleset::{Attested, Citation, Kind, Name, Rules, Titles, VersionId, WordsId, spaced};
use crate::value::Date;

/// The names of one rule set in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    pub rules: &'a Rules,
    pub charges: &'a Charges,
    pub language: &'a str,
    pub tongue: Tongue,
}

impl<'a> Names<'a> {
    pub(crate) fn new(rules: &'a Rules, charges: &'a Charges, language: &'a str) -> Self {
        Self { rules, charges, language, tongue: Tongue::of(language) }
    }

    /// A title, or the name with spaces.
    pub(crate) fn title(&self, titles: &Titles, name: &str) -> String {
        titles.get(self.language).map_or_else(|| spaced(name), str::to_owned)
    }

    /// A word of a list by its number.
    pub(crate) fn word(&self, words: WordsId, word: u8) -> String {
        let list = self.rules.words.get(usize::from(words.0));
        list.and_then(|list| list.get(word))
            .map_or_else(|| word.to_string(), |word| self.title(&word.title, &word.name))
    }

    /// What a name of the flat name space is called; a name that is none comes back as it is.
    pub(crate) fn of_name(&self, name: &str) -> String {
        let found = match self.rules.names.get(name) {
            Some(Name::Fact(id)) => self.rules.input(*id).map(|input| &input.title),
            Some(Name::Setting(id)) => self.rules.settings.get(id.index()).map(|setting| &setting.title),
            Some(Name::Term(id)) => self.rules.terms.get(id.index()).map(|term| &term.title),
            Some(Name::Charge(id)) => self.charges.charges.get(id.index()).map(|charge| &charge.title),
            None => return name.to_owned(),
        };
        found.map_or_else(|| spaced(name), |titles| self.title(titles, name))
    }

    /// What a fact is called, or the field of a record: `voluntary_payments/0/paid`.
    pub(crate) fn of_fact(&self, name: &str) -> String {
        let mut parts = name.split('/');
        let list = parts.next().unwrap_or(name);
        let (Some(number), Some(field)) = (parts.next(), parts.next()) else { return self.of_name(name) };
        let input = self.rules.input_by_name(list).and_then(|id| self.rules.input(id));
        let title = match input.map(|input| &input.kind) {
            Some(Kind::List(fields)) => fields.iter().find(|known| &*known.name == field).map(|field| &field.title),
            _ => None,
        };
        let field = title.map_or_else(|| field.to_owned(), |titles| self.title(titles, field));
        let number = number.parse::<u32>().map_or(0, |number| number.saturating_add(1));
        let list = self.of_name(list);
        pick!(self.tongue, format!("{list}第 {number} 笔的{field}"), format!("{list}, record {number}, {field}"))
    }

    /// What a rule is called by its place in the document: `dues.limits.cap` is 党费（每月一般不超过1000元）.
    pub(crate) fn of_path(&self, path: &str) -> String {
        let short = ["charges.", "terms.", "settings."].iter().find_map(|prefix| path.strip_prefix(prefix));
        let mut parts = short.unwrap_or(path).split('.');
        let first = parts.next().unwrap_or_default();
        if !self.rules.names.contains_key(first) {
            return path.to_owned();
        }
        let whole = self.of_name(first);
        let Some(stage) = parts.next() else { return whole };
        let charge = self.charges.charges.iter().find(|charge| &*charge.name == first);
        let part = match parts.next() {
            Some(part) => self.of_part(charge, first, stage, part),
            None => self.of_stage(stage),
        };
        pick!(self.tongue, format!("{whole}（{part}）"), format!("{whole}: {part}"))
    }

    fn of_part(&self, charge: Option<&Charge>, first: &str, stage: &str, part: &str) -> String {
        let by_name = |name: &Option<Box<str>>| name.as_deref() == Some(part);
        let title = match (stage, charge) {
            ("limits", Some(charge)) => charge.limits.iter().find(|l| &*l.name == part).map(|limit| &limit.title),
            ("tariff", Some(charge)) => {
                charge.tariff.alternatives.iter().find(|a| by_name(&a.name)).map(|found| &found.title)
            }
            ("reductions", Some(charge)) => {
                let mut all = charge.reductions.iter().flat_map(|reductions| &reductions.choice.alternatives);
                all.find(|a| by_name(&a.name)).map(|found| &found.title)
            }
            ("formula", _) => {
                let term = self.rules.terms.iter().find(|term| &*term.name == first);
                term.and_then(|term| term.formula.alternatives.iter().find(|a| by_name(&a.name)))
                    .map(|found| &found.title)
            }
            _ => None,
        };
        title.map_or_else(|| spaced(part), |titles| self.title(titles, part))
    }

    fn of_stage(&self, stage: &str) -> String {
        let (zh, en) = match stage {
            "owed" => ("应交期间", "days owed"),
            "as_of" => ("核定日", "day of assessment"),
            "tariff" => ("标准", "tariff"),
            "reductions" => ("减免", "reductions"),
            "limits" => ("限额", "limits"),
            "round" => ("进位", "rounding"),
            "formula" => ("计算办法", "formula"),
            other => return spaced(other),
        };
        pick!(self.tongue, zh, en).to_owned()
    }

    /// A source by its short name: its number, or its title.
    pub(crate) fn of_source(&self, name: &str) -> String {
        let source = self.rules.sources.iter().find(|source| &*source.name == name);
        source.map_or_else(|| name.to_owned(), |source| self.instrument(source))
    }

    fn instrument(&self, source: &crate::ruleset::Source) -> String {
        if let Some(number) = &source.number {
            return number.to_string();
        }
        let title = self.title(&source.title, &source.name);
        if self.tongue == Tongue::Zh { format!("《{title}》") } else { title }
    }

    /// A citation: `中组发〔2008〕3号 第二条`.
    pub(crate) fn citation(&self, citation: &Citation) -> String {
        let Some(source) = self.rules.sources.get(citation.source.index()) else { return String::new() };
        let instrument = self.instrument(source);
        match &citation.clause {
            Some(clause) => format!("{instrument} {}", clause.render(self.language)),
            None => instrument,
        }
    }

    /// Where a version stands, since when it holds, and what its authors decided.
    pub(crate) fn cited(&self, id: VersionId, on: Date) -> Option<String> {
        let version = self.rules.version(id)?;
        let tongue = self.tongue;
        let mut text = String::with_capacity(128);
        let clauses = version.cited(on.max(version.from), &self.rules.sources);
        for (number, citation) in clauses.iter().enumerate() {
            if number > 0 {
                text.push_str(pick!(tongue, "、", ", "));
            }
            text.push_str(&self.citation(citation));
        }
        let next = |text: &mut String| {
            if !text.is_empty() {
                text.push_str(pick!(tongue, "；", "; "));
            }
        };
        // Writing to a string cannot fail.
        if !clauses.is_empty() && version.from != Date::LONG_AGO {
            next(&mut text);
            let from = version.from;
            let _ = match tongue {
                Tongue::Zh => write!(text, "{from} 起施行"),
                Tongue::En => write!(text, "from {from}"),
            };
        }
        let attested = match version.attested {
            Attested::Secondary => pick!(tongue, "据转引", "seen second-hand"),
            Attested::Unconfirmed => pick!(tongue, "待核实", "unconfirmed"),
            Attested::Official | Attested::Transcribed | Attested::Chosen => "",
        };
        if !attested.is_empty() {
            next(&mut text);
            text.push_str(attested);
        }
        if let Some(why) = &version.chosen {
            next(&mut text);
            text.push_str(pick!(tongue, "规则集自定：", "chosen: "));
            text.push_str(why);
        }
        if text.is_empty() { None } else { Some(text) }
    }
}
