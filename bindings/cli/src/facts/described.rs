//! A fact in the words of the one who fills in a roster.

use rollbook::facade::{Fact, Kind};
use rollbook::value::Per;

use crate::names::{Meaning, Names};
use crate::wording::Language;

/// A fact as a roster wants it.
#[cfg_attr(not(feature = "workbooks"), expect(dead_code, reason = "only a template as a workbook shows all of it"))]
pub(super) struct Described {
    pub(super) name: String,
    pub(super) title: String,
    /// What a column is to be called: the title, where it means this fact and no other.
    pub(super) heading: String,
    pub(super) kind: Kind,
    /// What it means, where the rule set says it.
    pub(super) means: String,
    /// What a value is.
    pub(super) value: String,
    /// The words, each with its title.
    pub(super) words: Vec<(String, String)>,
    pub(super) at_least: Option<String>,
    pub(super) at_most: Option<String>,
    /// What holds if it is not given.
    pub(super) left_out: String,
    /// Whether the rules do without it.
    pub(super) is_optional: bool,
}

impl Described {
    pub(super) fn new(fact: &Fact, names: &Names<'_>, language: &Language) -> Self {
        let in_language = |texts: &std::collections::BTreeMap<String, String>| {
            texts.get(language.code()).cloned().unwrap_or_default()
        };
        let title = in_language(&fact.titles);
        let means_it = |heading: &str| match (names.meaning(heading), names.meaning(&fact.name)) {
            (Meaning::Value(one), Meaning::Value(other)) | (Meaning::List(one), Meaning::List(other)) => one == other,
            _ => false,
        };
        let words: Vec<(String, String)> =
            fact.words.iter().map(|word| (word.name.clone(), in_language(&word.titles))).collect();
        Self {
            heading: if means_it(&title) { title.clone() } else { fact.name.clone() },
            name: fact.name.clone(),
            title,
            kind: fact.kind,
            means: in_language(&fact.means),
            value: value(fact, language),
            words,
            at_least: fact.at_least.clone(),
            at_most: fact.at_most.clone(),
            left_out: left_out(fact, language),
            is_optional: fact.unless_given.is_some() || fact.derived,
        }
    }

    /// Whether a cell can hold it.
    pub(super) fn is_column(&self) -> bool {
        self.kind != Kind::List
    }

    /// The words as they are offered: by their titles, where a title means one word only.
    #[cfg(feature = "workbooks")]
    pub(super) fn offered(&self) -> Vec<&str> {
        let means = |text: &str| self.words.iter().filter(|(name, title)| name == text || title == text).count();
        self.words.iter().map(|(name, title)| if means(title) == 1 { title.as_str() } else { name.as_str() }).collect()
    }
}

/// What a value is, with its unit and range.
fn value(fact: &Fact, language: &Language) -> String {
    let pick = |chinese: &'static str, english: &'static str| language.pick(chinese, english).to_owned();
    let mut text = match fact.kind {
        Kind::YesNo => pick("是或否", "yes or no"),
        Kind::OneOf => pick("下列之一", "one of"),
        Kind::SetOf => pick("下列若干，用“|”隔开", "any of, with | between them"),
        Kind::Count => pick("整数，如 3", "a whole number, such as 3"),
        Kind::Number => pick("数，如 1234.56", "a number, such as 1234.56"),
        Kind::Share => pick("比例，如 0.05 或 5%", "a share, such as 0.05 or 5%"),
        Kind::Money => money(fact, language),
        Kind::Date => pick("日期，如 2026-01-31", "a day, such as 2026-01-31"),
        Kind::Month => pick("月份，如 2026-01", "a month, such as 2026-01"),
        Kind::Days => pick("天数，如 30", "a number of days, such as 30"),
        Kind::Months => pick("月数，如 6", "a number of months, such as 6"),
        Kind::Text => pick("文字", "a text"),
        Kind::Member => pick("成员编号", "the id of a member"),
        Kind::Organisation => pick("组织编号", "the id of an organisation"),
        Kind::List => pick("列表：单元格里写不下，可用JSON行", "a list: no cell can hold it, JSON lines can"),
        Kind::Rounding => pick("舍入方式，如 half_up to 0.01", "a rounding, such as half_up to 0.01"),
    };
    let range = match (&fact.at_least, &fact.at_most) {
        (Some(least), Some(most)) if language.is_chinese() => format!("，{least}至{most}"),
        (Some(least), None) if language.is_chinese() => format!("，不小于{least}"),
        (None, Some(most)) if language.is_chinese() => format!("，不大于{most}"),
        (Some(least), Some(most)) => format!(", from {least} to {most}"),
        (Some(least), None) => format!(", {least} or more"),
        (None, Some(most)) => format!(", {most} or less"),
        (None, None) => String::new(),
    };
    text.push_str(&range);
    text
}

fn money(fact: &Fact, language: &Language) -> String {
    let currency = fact.currency.as_deref().unwrap_or_default();
    if language.is_chinese() {
        let per = fact.per.map(|per| match per {
            Per::Day => "每日",
            Per::Week => "每周",
            Per::Month => "每月",
            Per::Quarter => "每季度",
            Per::HalfYear => "每半年",
            Per::Year => "每年",
        });
        return format!("{}金额（{currency}），如 1234.56", per.unwrap_or_default());
    }
    let per = fact.per.map(|per| match per {
        Per::HalfYear => " a half-year".to_owned(),
        per => format!(" a {}", per.name()),
    });
    format!("an amount in {currency}{}, such as 1234.56", per.unwrap_or_default())
}

/// What holds if it is not given.
fn left_out(fact: &Fact, language: &Language) -> String {
    match (&fact.unless_given, fact.derived) {
        (Some(value), _) if value == "[]" => language.pick("不填：没有", "if left out: none").to_owned(),
        (Some(value), _) => {
            let word = fact.words.iter().find(|word| word.name == *value);
            let title = word.and_then(|word| word.titles.get(language.code()));
            let value = match (value.as_str(), title) {
                (_, Some(title)) => title.as_str(),
                ("yes", None) => language.pick("是", "yes"),
                ("no", None) => language.pick("否", "no"),
                ("long_ago", None) => language.pick("早已如此", "long ago"),
                ("never", None) => language.pick("永不", "never"),
                (value, None) => value,
            };
            format!("{}{value}", language.pick("不填：视为", "if left out: "))
        }
        (None, true) => language.pick("不填：由其他事实算出", "if left out: worked out from other facts").to_owned(),
        (None, false) => language.pick("用到时必填", "needed where the rules ask for it").to_owned(),
    }
}
