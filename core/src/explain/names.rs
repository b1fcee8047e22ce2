//! What rules, facts and words are called in the language of the reader.

use std::borrow::Cow;

use super::kept::Phrases;
use super::number::Tongue;
use super::put::{listed, put};
use crate::dues::{Charge, Charges};
use crate::explain::number::pick;
use crate::ruleset::expression::Op;
use crate::ruleset::{Attested, Citation, Kind, Name, Rules, Source, Titles, Version, VersionId, WordsId, spaced};
use crate::value::Date;

/// The names of one rule set in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    pub rules: &'a Rules,
    pub charges: &'a Charges,
    pub language: &'a str,
    pub tongue: Tongue,
    pub(super) phrases: Option<&'a Phrases>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(rules: &'a Rules, charges: &'a Charges, language: &'a str) -> Self {
        let phrases = rules.kept.phrases(rules, language);
        Self { rules, charges, language, tongue: Tongue::of(language), phrases }
    }

    /// A title, or the name with spaces.
    pub(crate) fn title<'n>(&self, titles: &'n Titles, name: &str) -> Cow<'n, str> {
        titles.get(self.language).map_or_else(|| Cow::Owned(spaced(name)), Cow::Borrowed)
    }

    /// A word of a list by its number.
    pub(crate) fn word(&self, words: WordsId, word: u8) -> Cow<'a, str> {
        let list = self.rules.words.get(usize::from(words.0));
        list.and_then(|list| list.get(word))
            .map_or_else(|| Cow::Owned(word.to_string()), |word| self.title(&word.title, &word.name))
    }

    /// What a fact, field, setting or term is called that an expression reads; none of any other expression.
    pub(crate) fn of_op(&self, op: Op) -> Option<Cow<'a, str>> {
        let rules = self.rules;
        match op {
            Op::Fact(input) => rules.input(input).map(|input| self.title(&input.title, &input.name)),
            Op::Field(list, field) => rules.field(list, field).map(|field| self.title(&field.title, &field.name)),
            Op::Setting(id) => rules.settings.get(id.index()).map(|setting| self.title(&setting.title, &setting.name)),
            Op::Term(id) => rules.terms.get(id.index()).map(|term| self.title(&term.title, &term.name)),
            _ => None,
        }
    }

    /// What a charge is called.
    pub(crate) fn charge(&self, charge: usize) -> Cow<'a, str> {
        let charge = self.charges.charges.get(charge);
        charge.map_or_else(Cow::default, |charge| self.title(&charge.title, &charge.name))
    }

    /// What a name of the flat name space is called; a name that is none comes back as it is.
    pub(crate) fn of_name<'n>(&self, name: &'n str) -> Cow<'n, str>
    where
        'a: 'n,
    {
        let found = match self.rules.names.get(name) {
            Some(Name::Fact(id)) => self.rules.input(*id).map(|input| &input.title),
            Some(Name::Setting(id)) => self.rules.settings.get(id.index()).map(|setting| &setting.title),
            Some(Name::Term(id)) => self.rules.terms.get(id.index()).map(|term| &term.title),
            Some(Name::Charge(id)) => self.charges.charges.get(id.index()).map(|charge| &charge.title),
            None => return Cow::Borrowed(name),
        };
        found.map_or_else(|| Cow::Owned(spaced(name)), |titles| self.title(titles, name))
    }

    /// What a fact is called, or the field of a record: `voluntary_payments/0/paid`.
    pub(crate) fn of_fact<'n>(&self, name: &'n str) -> Cow<'n, str>
    where
        'a: 'n,
    {
        let mut parts = name.split('/');
        let list = parts.next().unwrap_or(name);
        let (Some(number), Some(field)) = (parts.next(), parts.next()) else { return self.of_name(name) };
        let input = self.rules.input_by_name(list).and_then(|id| self.rules.input(id));
        let title = match input.map(|input| &input.kind) {
            Some(Kind::List(fields)) => fields.iter().find(|known| &*known.name == field).map(|field| &field.title),
            _ => None,
        };
        let field = title.map_or(Cow::Borrowed(field), |titles| self.title(titles, field));
        let number = number.parse::<u32>().map_or(0, |number| number.saturating_add(1));
        let list = self.of_name(list);
        Cow::Owned(pick!(
            self.tongue,
            format!("{list}第 {number} 笔的{field}"),
            format!("{list}, record {number}, {field}")
        ))
    }

    /// What a rule is called by its place in the document: `dues.limits.cap` is 党费（每月一般不超过1000元）.
    pub(crate) fn of_path<'n>(&self, path: &'n str) -> Cow<'n, str>
    where
        'a: 'n,
    {
        let short = ["charges.", "terms.", "settings."].iter().find_map(|prefix| path.strip_prefix(prefix));
        let mut parts = short.unwrap_or(path).split('.');
        let first = parts.next().unwrap_or_default();
        if !self.rules.names.contains_key(first) {
            return Cow::Borrowed(path);
        }
        let whole = self.of_name(first);
        let Some(stage) = parts.next() else { return whole };
        let charge = self.charges.charges.iter().find(|charge| &*charge.name == first);
        let part = match parts.next() {
            Some(part) => self.of_part(charge, first, stage, part),
            None => self.of_stage(stage),
        };
        Cow::Owned(pick!(self.tongue, format!("{whole}（{part}）"), format!("{whole}: {part}")))
    }

    fn of_part(&self, charge: Option<&'a Charge>, first: &str, stage: &str, part: &str) -> Cow<'a, str> {
        let by_name = |name: &Option<Box<str>>| name.as_deref() == Some(part);
        let title = match (stage, charge) {
            ("limits", Some(charge)) => charge.limits.iter().find(|l| &*l.name == part).map(|limit| &limit.title),
            ("pay_by", Some(charge)) => charge.pay_by.iter().find(|w| &*w.name == part).map(|way| &way.title),
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
        title.map_or_else(|| Cow::Owned(spaced(part)), |titles| self.title(titles, part))
    }

    fn of_stage(&self, stage: &str) -> Cow<'static, str> {
        let (zh, en) = match stage {
            "owed" => ("应交期间", "days owed"),
            "as_of" => ("核定日", "day of assessment"),
            "tariff" => ("标准", "tariff"),
            "reductions" => ("减免", "reductions"),
            "limits" => ("限额", "limits"),
            "round" => ("进位", "rounding"),
            "pay_by" => ("分期", "instalments"),
            "formula" => ("计算办法", "formula"),
            other => return Cow::Owned(spaced(other)),
        };
        Cow::Borrowed(pick!(self.tongue, zh, en))
    }

    /// A source by its short name: its number, or its title.
    pub(crate) fn of_source<'n>(&self, name: &'n str) -> Cow<'n, str>
    where
        'a: 'n,
    {
        let source = self.rules.sources.iter().find(|source| &*source.name == name);
        source.map_or(Cow::Borrowed(name), |source| self.instrument(source))
    }

    fn instrument(&self, source: &'a Source) -> Cow<'a, str> {
        if let Some(number) = &source.number {
            return Cow::Borrowed(number);
        }
        let title = self.title(&source.title, &source.name);
        if self.tongue == Tongue::Zh { Cow::Owned(format!("《{title}》")) } else { title }
    }

    /// A citation: `中组发〔2008〕3号 第二条`.
    pub(crate) fn citation(&self, citation: &Citation) -> Cow<'a, str> {
        let Some(source) = self.rules.sources.get(citation.source.index()) else { return Cow::default() };
        let instrument = self.instrument(source);
        match &citation.clause {
            Some(clause) => Cow::Owned(format!("{instrument} {}", clause.render(self.language))),
            None => instrument,
        }
    }

    /// Where a version stands, since when it holds, and what its authors decided. The day chooses among citations
    /// under several instruments.
    pub(crate) fn cited(&self, id: VersionId, on: Date) -> Option<&'a str> {
        let version = self.rules.version(id)?;
        let on = on.max(version.from);
        let one = version.one_cited(on, &self.rules.sources);
        let kept = self.phrases?.clauses(id, one.unwrap_or(0))?;
        kept.get_or_init(|| self.grounds(version, on)).as_deref()
    }

    fn grounds(&self, version: &Version, on: Date) -> Option<Box<str>> {
        let tongue = self.tongue;
        let mut text = String::with_capacity(128);
        let clauses = version.cited(on, &self.rules.sources);
        listed(&mut text, pick!(tongue, "、", ", "), clauses, |text, citation| put!(text, self.citation(citation)));
        let next = |text: &mut String| {
            if !text.is_empty() {
                text.push_str(pick!(tongue, "；", "; "));
            }
        };
        if !clauses.is_empty() && version.from != Date::LONG_AGO {
            next(&mut text);
            pick!(tongue, put!(&mut text, version.from, " 起施行"), put!(&mut text, "from ", version.from));
        }
        let attested = match version.attested {
            doubtful @ (Attested::Secondary | Attested::Unconfirmed) => how_attested(doubtful, tongue),
            Attested::Official | Attested::Transcribed | Attested::Chosen => "",
        };
        if !attested.is_empty() {
            next(&mut text);
            text.push_str(attested);
        }
        if let Some(why) = &version.chosen {
            next(&mut text);
            put!(&mut text, pick!(tongue, "规则集自定：", "chosen: "), **why);
        }
        if text.is_empty() { None } else { Some(text.into()) }
    }
}

/// How well a text is known, in words.
pub(crate) fn how_attested(attested: Attested, tongue: Tongue) -> &'static str {
    match attested {
        Attested::Official => pick!(tongue, "已与发布机关的文本核对", "compared with the issuer's text"),
        Attested::Transcribed => pick!(tongue, "据转录文本", "from a transcription"),
        Attested::Secondary => pick!(tongue, "据转引", "seen second-hand"),
        Attested::Unconfirmed => pick!(tongue, "待核实", "unconfirmed"),
        Attested::Chosen => pick!(tongue, "规则集自定", "chosen by the rule set"),
    }
}
