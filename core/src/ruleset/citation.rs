//! Where a rule stands: sources, clauses and how well the text is attested.

use std::fmt;

use super::ids::SourceId;
use super::node::Span;
use super::titles::Titles;
use crate::value::Date;

/// How well the text of a rule is attested, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attested {
    /// Compared with the issuer's text.
    Official,
    /// Seen in a transcription of the issuer's text.
    Transcribed,
    /// Seen in a text about the instrument.
    Secondary,
    /// Believed, not seen.
    Unconfirmed,
    /// Decided by the authors of the rule set where the text is silent.
    Chosen,
}

impl Attested {
    /// All, best first.
    pub const ALL: [Self; 5] = [Self::Official, Self::Transcribed, Self::Secondary, Self::Unconfirmed, Self::Chosen];

    /// As written in a rule set.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Transcribed => "transcribed",
            Self::Secondary => "secondary",
            Self::Unconfirmed => "unconfirmed",
            Self::Chosen => "chosen",
        }
    }

    /// From what was written.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attested| attested.name() == name)
    }
}

/// Up to what a source's dates are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SureOf {
    /// Only the year is known; the date given is its first day.
    Year,
    /// Only the month is known; the date given is its first day.
    Month,
}

/// An instrument that rules are taken from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its short name in citations.
    pub name: Box<str>,
    /// Its title.
    pub title: Titles,
    /// Its document number.
    pub number: Option<Box<str>>,
    /// Who issued it.
    pub issuer: Option<Titles>,
    /// The day of issue; [`Date::LONG_AGO`] when it was not seen.
    pub issued: Date,
    /// The first day in force; [`Date::LONG_AGO`] when it was not seen.
    pub in_force: Date,
    /// The last day in force.
    pub until: Option<Date>,
    /// How well its text is attested.
    pub attested: Attested,
    /// Whether its dates are known only to the year or month.
    pub sure_of: Option<SureOf>,
    /// Where it stands in the document.
    pub span: Span,
}

impl Source {
    /// The last day of the doubtful span that begins on `date`, when `date` is only known to its year or month.
    pub(crate) fn doubtful_until(&self, date: Date) -> Option<Date> {
        let first_of_month = date.day() == 1;
        let months = match self.sure_of? {
            SureOf::Year if first_of_month && date.month() == 1 => 12,
            SureOf::Month if first_of_month => 1,
            _ => return None,
        };
        date.add_months(months).ok().and_then(|next| next.add_days(-1).ok())
    }
}

/// A clause of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// The clause; none cites the whole instrument.
    pub clause: Option<Clause>,
}

/// Articles or items of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether these are items (`item 2`) and not articles (`art. 2`).
    pub items: bool,
    /// The numbers, in the order written.
    pub parts: Vec<ClausePart>,
}

/// `6`, `31(6)` or `1-4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClausePart {
    /// The article or item.
    pub number: u16,
    /// The paragraph in brackets.
    pub paragraph: Option<u16>,
    /// The last of a range.
    pub to: Option<u16>,
}

impl Clause {
    /// Reads `art. 6`, `arts 1-4`, `arts 15 and 18`, `art. 31(6)`, `item 2`, `items 1 and 3`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (word, numbers) = text.split_once(' ')?;
        let items = match word {
            "art." | "arts" => false,
            "item" | "items" => true,
            _ => return None,
        };
        let several = matches!(word, "arts" | "items");
        let parts = numbers.split(" and ").map(ClausePart::parse).collect::<Option<Vec<_>>>()?;
        let is_several = parts.len() > 1 || parts.iter().any(|part| part.to.is_some());
        (several == is_several).then_some(Self { items, parts })
    }

    /// The clause as a reader of `language` writes it: `第六条`, `art. 6`.
    pub fn render(&self, language: &str) -> String {
        if language == "zh" { self.chinese() } else { self.to_string() }
    }

    fn chinese(&self) -> String {
        let unit = if self.items { "项" } else { "条" };
        let one = |number: u16| format!("第{}{unit}", chinese_number(number));
        let parts = self.parts.iter().map(|part| {
            let mut text = one(part.number);
            if let Some(paragraph) = part.paragraph {
                text.push_str(&format!("第（{}）项", chinese_number(paragraph)));
            }
            if let Some(to) = part.to {
                text.push_str(&format!("至{}", one(to)));
            }
            text
        });
        parts.collect::<Vec<_>>().join("、")
    }
}

impl ClausePart {
    fn parse(text: &str) -> Option<Self> {
        let whole = |digits: &str| {
            let is_number =
                !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            if is_number { digits.parse::<u16>().ok() } else { None }
        };
        if let Some((from, to)) = text.split_once('-') {
            let (number, to) = (whole(from)?, whole(to)?);
            return (number < to).then_some(Self { number, paragraph: None, to: Some(to) });
        }
        match text.split_once('(') {
            Some((number, rest)) => {
                let paragraph = whole(rest.strip_suffix(')')?)?;
                Some(Self { number: whole(number)?, paragraph: Some(paragraph), to: None })
            }
            None => Some(Self { number: whole(text)?, paragraph: None, to: None }),
        }
    }
}

impl fmt::Display for Clause {
    /// As it is written in a citation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let several = self.parts.len() > 1 || self.parts.iter().any(|part| part.to.is_some());
        f.write_str(match (self.items, several) {
            (false, false) => "art. ",
            (false, true) => "arts ",
            (true, false) => "item ",
            (true, true) => "items ",
        })?;
        for (position, part) in self.parts.iter().enumerate() {
            if position > 0 {
                f.write_str(" and ")?;
            }
            write!(f, "{}", part.number)?;
            if let Some(paragraph) = part.paragraph {
                write!(f, "({paragraph})")?;
            }
            if let Some(to) = part.to {
                write!(f, "-{to}")?;
            }
        }
        Ok(())
    }
}

/// A number up to 9999 in Chinese words, as clauses are counted.
fn chinese_number(number: u16) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_reads_back_as_it_was_written() {
        for text in ["art. 6", "arts 1-4", "arts 15 and 18", "art. 31(6)", "item 2", "items 1 and 3", "arts 5-6"] {
            assert_eq!(Clause::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_clause_with_the_wrong_number_word_is_refused() {
        for text in ["arts 6", "art. 1-4", "art. 0", "art 6", "art. 6a", "art. 4-1", "art.", "clause 3", "art. 1 and 2"]
        {
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
    }
}
