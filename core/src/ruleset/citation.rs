//! Where a rule stands: sources, clauses and how well the text is attested.

use super::clause::Clause;
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
