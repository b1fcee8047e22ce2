//! Clauses of an instrument, as statutes count them: `art. 6`, `§ 4a(2)`, `rules 3 and 5`, `第四条第二款`.

use std::fmt;

/// The word or sign by which an instrument counts its clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseUnit {
    /// `art. 6`, 第六条.
    Article,
    /// `item 2`, 第二项.
    Item,
    /// `para. 2`, 第二款.
    Paragraph,
    /// `§ 4`.
    Sign,
    /// `sec. 4`.
    Section,
    /// `rule 4`.
    Rule,
    /// `clause 4`.
    Clause,
}

impl ClauseUnit {
    /// All of them.
    const ALL: [Self; 7] =
        [Self::Article, Self::Item, Self::Paragraph, Self::Sign, Self::Section, Self::Rule, Self::Clause];

    /// As it stands before one number, and before several.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Article => ("art.", "arts"),
            Self::Item => ("item", "items"),
            Self::Paragraph => ("para.", "paras"),
            Self::Sign => ("§", "§§"),
            Self::Section => ("sec.", "secs"),
            Self::Rule => ("rule", "rules"),
            Self::Clause => ("clause", "clauses"),
        }
    }

    /// As it stands behind a number in Chinese; the others are written as in their instrument.
    fn chinese(self) -> Option<char> {
        match self {
            Self::Article => Some('条'),
            Self::Paragraph => Some('款'),
            Self::Item => Some('项'),
            Self::Sign | Self::Section | Self::Rule | Self::Clause => None,
        }
    }

    /// What somebody meant by a word that is no unit as it is written: `Art`, `section`, `paragraphs`.
    pub(crate) fn meant(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let word = word.trim_end_matches('.');
        Some(match word.strip_suffix('s').unwrap_or(word) {
            "art" | "article" => Self::Article,
            "item" | "no" | "point" => Self::Item,
            "para" | "paragraph" | "ab" | "abs" => Self::Paragraph,
            "§" | "§§" => Self::Sign,
            "sec" | "section" | "sect" => Self::Section,
            "rule" | "r" => Self::Rule,
            "clause" | "cl" => Self::Clause,
            _ => return None,
        })
    }

    /// The word or sign before one number or several.
    pub(crate) fn word(self, several: bool) -> &'static str {
        let (one, many) = self.words();
        if several { many } else { one }
    }
}

/// Articles, sections, items or the like of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What is counted.
    pub unit: ClauseUnit,
    /// The numbers, in the order written.
    pub parts: Vec<ClausePart>,
    /// What is cited inside the one that is named: the section of `art. 16 sec. 2`.
    pub inside: Option<Box<Clause>>,
}

/// `6`, `4a`, `3.2`, `31(6)` or `1-4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClausePart {
    /// The number, with a letter or with points where the instrument counts so.
    pub number: Box<str>,
    /// What stands in brackets behind it, a number or letters.
    pub paragraph: Option<Box<str>>,
    /// The last of a range.
    pub to: Option<Box<str>>,
}

/// How many clauses may stand inside one: `art. 4 para. 2 item 3`.
const MOST_INSIDE: u8 = 2;

impl Clause {
    /// Reads `art. 6`, `arts 1-4`, `arts 15 and 18`, `art. 31(6)`, `item 2`, `§ 4`, `§§ 4-6`, `sec. 4`, `rule 3.2`,
    /// `art. 16 sec. 2`, `第六条`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::within(text, MOST_INSIDE)
    }

    /// Reads a clause that may have so many others inside one another.
    fn within(text: &str, most: u8) -> Option<Self> {
        if text.starts_with('第') {
            return chinese::clause(text, most);
        }
        if let Some(plain) = Self::plain(text) {
            return Some(plain);
        }
        // One clause, and inside it another.
        let most = most.checked_sub(1)?;
        text.match_indices(' ').find_map(|(at, _)| {
            let (outer, inner) = text.split_at_checked(at)?;
            let outer = Self::plain(outer).filter(|outer| !outer.is_several())?;
            Some(Self { inside: Some(Box::new(Self::within(inner.strip_prefix(' ')?, most)?)), ..outer })
        })
    }

    fn plain(text: &str) -> Option<Self> {
        let (unit, several, numbers) = ClauseUnit::ALL.into_iter().find_map(|unit| {
            [true, false].into_iter().find_map(|several| {
                let rest = text.strip_prefix(unit.word(several))?;
                let numbers = rest.strip_prefix(' ').or_else(|| (unit == ClauseUnit::Sign).then_some(rest))?;
                Some((unit, several, numbers))
            })
        })?;
        let parts = numbers.split(" and ").map(ClausePart::parse).collect::<Option<Vec<_>>>()?;
        let clause = Self { unit, parts, inside: None };
        (several == clause.is_several()).then_some(clause)
    }

    fn is_several(&self) -> bool {
        self.parts.len() > 1 || self.parts.iter().any(|part| part.to.is_some())
    }

    /// The clause as a reader of `language` writes it: `第六条`, `art. 6`. What is counted by a sign or word that Chinese
    /// has no use for stays as its instrument writes it: `§ 4`.
    pub fn render(&self, language: &str) -> String {
        if language == "zh" { chinese::written(self).unwrap_or_else(|| self.to_string()) } else { self.to_string() }
    }
}

impl ClausePart {
    fn parse(text: &str) -> Option<Self> {
        if let Some((from, to)) = text.split_once('-') {
            let (first, last) = (Number::parse(from)?, Number::parse(to)?);
            return (first < last).then(|| Self { number: from.into(), paragraph: None, to: Some(to.into()) });
        }
        let (number, paragraph) = match text.split_once('(') {
            Some((number, rest)) => {
                let paragraph = rest.strip_suffix(')')?;
                let letters = (1..=4).contains(&paragraph.len()) && paragraph.bytes().all(|b| b.is_ascii_lowercase());
                (number, (letters || whole(paragraph).is_some()).then_some(Some(paragraph))?)
            }
            None => (text, None),
        };
        Number::parse(number)?;
        Some(Self { number: number.into(), paragraph: paragraph.map(Into::into), to: None })
    }
}

/// A number in order: `4` before `4a` before `4.2` before `5`.
#[derive(PartialEq, PartialOrd)]
struct Number<'t>(u16, &'t str, [u16; 2]);

impl<'t> Number<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let digits = text.trim_end_matches(|it: char| it.is_ascii_lowercase());
        let letter = text.strip_prefix(digits)?;
        let mut points = digits.split('.');
        let first = whole(points.next()?)?;
        let below = [points.next().map(whole), points.next().map(whole)].map(|point| match point {
            None => Some(0),
            Some(point) => point,
        });
        let below = [below[0]?, below[1]?];
        let is_one = points.next().is_none() && letter.len() <= 1 && (letter.is_empty() || !digits.contains('.'));
        is_one.then_some(Self(first, letter, below))
    }
}

/// A number above 0 in plain digits.
fn whole(digits: &str) -> Option<u16> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    if is_number { digits.parse::<u16>().ok() } else { None }
}

impl fmt::Display for Clause {
    /// As it is written in a citation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.unit.word(self.is_several()))?;
        for (position, part) in self.parts.iter().enumerate() {
            f.write_str(if position > 0 { " and " } else { " " })?;
            f.write_str(&part.number)?;
            if let Some(paragraph) = &part.paragraph {
                write!(f, "({paragraph})")?;
            }
            if let Some(to) = &part.to {
                write!(f, "-{to}")?;
            }
        }
        match &self.inside {
            Some(inside) => write!(f, " {inside}"),
            None => Ok(()),
        }
    }
}

mod chinese {
    //! `第三十一条第（六）项`, `第一条至第四条`, `第十五条、第十八条`.

    use super::{Clause, ClausePart, ClauseUnit, whole};

    /// A clause in Chinese, if it is counted by a unit that Chinese has.
    pub(super) fn written(clause: &Clause) -> Option<String> {
        let unit = clause.unit.chinese()?;
        let counted = |number: &str| whole(number).map_or_else(|| number.to_owned(), number_in_words);
        let one = |number: &str| format!("第{}{unit}", counted(number));
        let parts = clause.parts.iter().map(|part| {
            let mut text = one(&part.number);
            if let Some(paragraph) = &part.paragraph {
                text.push_str(&format!("第（{}）项", counted(paragraph)));
            }
            if let Some(to) = &part.to {
                text.push_str(&format!("至{}", one(to)));
            }
            text
        });
        let text = parts.collect::<Vec<_>>().join("、");
        match &clause.inside {
            Some(inside) => Some(match written(inside) {
                Some(inside) => text + &inside,
                None => format!("{text} {inside}"),
            }),
            None => Some(text),
        }
    }

    /// Reads a clause that is written in Chinese.
    pub(super) fn clause(text: &str, most: u8) -> Option<Clause> {
        let (unit, number, mut rest) = one(text)?;
        let mut clause = Clause { unit, parts: vec![part(&number)], inside: None };
        if let Some((paragraph, behind)) = paragraph(rest) {
            clause.parts = vec![ClausePart { paragraph: Some(paragraph.into()), ..part(&number) }];
            rest = behind;
        }
        if rest.starts_with('第') {
            clause.inside = Some(Box::new(self::clause(rest, most.checked_sub(1)?)?));
            return Some(clause);
        }
        while !rest.is_empty() {
            let is_range = rest.starts_with('至');
            let (same, number, behind) = one(rest.strip_prefix(['至', '、'])?)?;
            let last = clause.parts.last_mut()?;
            if same != unit || is_range && (last.to.is_some() || last.paragraph.is_some()) {
                return None;
            }
            rest = behind;
            if is_range {
                let order = |text: &str| text.parse::<u16>().ok();
                if order(&last.number) >= order(&number) {
                    return None;
                }
                last.to = Some(number.into());
                continue;
            }
            let mut next = part(&number);
            if let Some((paragraph, behind)) = paragraph(rest) {
                next.paragraph = Some(paragraph.into());
                rest = behind;
            }
            clause.parts.push(next);
        }
        Some(clause)
    }

    fn part(number: &str) -> ClausePart {
        ClausePart { number: number.into(), paragraph: None, to: None }
    }

    /// `第六条`: what is counted, the number, and what stands behind it.
    fn one(text: &str) -> Option<(ClauseUnit, String, &str)> {
        let text = text.strip_prefix('第')?;
        let at = text.find(['条', '款', '项'])?;
        let (number, rest) = text.split_at_checked(at)?;
        let mut behind = rest.chars();
        let sign = behind.next()?;
        let unit = ClauseUnit::ALL.into_iter().find(|unit| unit.chinese() == Some(sign))?;
        Some((unit, counted(number)?, behind.as_str()))
    }

    /// `第（六）项`: the number in brackets, and what stands behind it.
    fn paragraph(text: &str) -> Option<(String, &str)> {
        let (number, behind) = text.strip_prefix("第（")?.split_once("）项")?;
        Some((counted(number)?, behind))
    }

    /// A number in words or digits as digits.
    fn counted(text: &str) -> Option<String> {
        if let Some(number) = whole(text) {
            return Some(number.to_string());
        }
        let mut sum = 0_u16;
        let mut digit = None;
        for sign in text.chars() {
            if let Some(value) = DIGITS.iter().position(|known| known.starts_with(sign)) {
                digit = u16::try_from(value).ok();
                continue;
            }
            let unit: u16 = match sign {
                '千' => 1000,
                '百' => 100,
                '十' => 10,
                _ => return None,
            };
            sum = sum.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
        }
        sum = sum.checked_add(digit.unwrap_or(0))?;
        // Only as it would be written: 二十一, not 二一.
        (sum > 0 && number_in_words(sum) == text).then(|| sum.to_string())
    }

    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// A number up to 9999 in Chinese words, as clauses are counted.
    pub(super) fn number_in_words(number: u16) -> String {
        let digit = |value: u16| DIGITS.get(usize::from(value % 10)).copied().unwrap_or_default();
        let mut text = String::new();
        let mut gap = false;
        for (unit, name) in [(1000_u16, "千"), (100, "百"), (10, "十"), (1, "")] {
            let value = number.checked_div(unit).unwrap_or(0) % 10;
            if value == 0 {
                gap = !text.is_empty();
                continue;
            }
            if gap {
                text.push_str(DIGITS[0]);
                gap = false;
            }
            let leads_ten = unit == 10 && value == 1 && text.is_empty();
            if !leads_ten {
                text.push_str(digit(value));
            }
            text.push_str(name);
        }
        if text.is_empty() { DIGITS[0].to_owned() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_reads_back_as_it_was_written() {
        for text in [
            "art. 6",
            "arts 1-4",
            "arts 15 and 18",
            "art. 31(6)",
            "item 2",
            "items 1 and 3",
            "arts 5-6",
            "§ 4",
            "§ 14(4)",
            "§§ 4-6",
            "§§ 4 and 6a",
            "§ 4a",
            "§§ 4a-4c",
            "sec. 3",
            "secs 3-5",
            "rule 3.2",
            "rule 3.2.1(b)",
            "rules 3.2-3.4",
            "clause 7(ii)",
            "para. 2",
            "art. 16 sec. 2",
            "§ 4 para. 2",
            "art. 3 items 1-2",
            "art. 4 para. 2 item 3",
        ] {
            assert_eq!(Clause::parse(text).map(|clause| clause.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn the_sign_may_stand_close_to_its_number() {
        assert_eq!(Clause::parse("§4").unwrap().to_string(), "§ 4");
        assert_eq!(Clause::parse("§§4-6").unwrap().to_string(), "§§ 4-6");
    }

    #[test]
    fn a_clause_with_the_wrong_number_word_is_refused() {
        for text in [
            "arts 6",
            "art. 1-4",
            "art. 0",
            "art 6",
            "art. 6aa",
            "art. 4-1",
            "art.",
            "clauses 3",
            "art. 1 and 2",
            "§",
            "§§ 4",
            "§ 4-6",
            "§ 04",
            "rule 3.2.1.4",
            "rule 3.",
            "art. 4(",
            "art. 4()",
            "sec.4",
            "arts 1-2 sec. 3",
            "§ 4c-4a",
        ] {
            assert_eq!(Clause::parse(text), None, "{text}");
        }
    }

    #[test]
    fn chinese_clauses_are_counted_in_words() {
        let zh = |text| Clause::parse(text).unwrap().render("zh");
        assert_eq!(zh("art. 6"), "第六条");
        assert_eq!(zh("arts 1-4"), "第一条至第四条");
        assert_eq!(zh("art. 31(6)"), "第三十一条第（六）项");
        assert_eq!(zh("item 10"), "第十项");
        assert_eq!(zh("art. 105"), "第一百零五条");
        assert_eq!(zh("art. 110"), "第一百一十条");
        assert_eq!(zh("arts 15 and 18"), "第十五条、第十八条");
        assert_eq!(zh("art. 4 para. 2"), "第四条第二款");
        assert_eq!(zh("§ 4a"), "§ 4a", "as the instrument has it");
    }

    #[test]
    fn what_is_written_in_chinese_is_the_same_clause() {
        for (zh, en) in [
            ("第六条", "art. 6"),
            ("第6条", "art. 6"),
            ("第一百零五条", "art. 105"),
            ("第三十一条第（六）项", "art. 31(6)"),
            ("第一条至第四条", "arts 1-4"),
            ("第十五条、第十八条", "arts 15 and 18"),
            ("第四条第二款", "art. 4 para. 2"),
            ("第四条第二款第三项", "art. 4 para. 2 item 3"),
            ("第二项", "item 2"),
        ] {
            let read = Clause::parse(zh).unwrap_or_else(|| panic!("{zh}"));
            assert_eq!(read.to_string(), en);
        }
        for text in [
            "第条",
            "第二一条",
            "第四条至第一条",
            "第四条至第六款",
            "第六",
            "第六条。",
            "第零条",
            "第四条、",
            "第四条第二款第三项第一项",
        ] {
            assert_eq!(Clause::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_number_in_chinese_words_reads_back() {
        for number in 1..=9999_u16 {
            let text = format!("第{}条", chinese::number_in_words(number));
            assert_eq!(Clause::parse(&text).unwrap().to_string(), format!("art. {number}"));
        }
    }
}
