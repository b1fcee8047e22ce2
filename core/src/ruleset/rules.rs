//! The common part of a rule set in its compiled form: what every chapter reads.

use std::collections::BTreeMap;

use super::bands::Bands;
use super::citation::Source;
use super::datum::Datum;
use super::expression::{Arena, ExprId, Op, Reserved, Type, WordsId};
use super::ids::{ChargeId, InputId, InputSet, SettingId, TermId, TimelineId, VersionId};
use super::latch::Latch;
use super::node::Span;
use super::text_index::TextIndex;
use super::timeline::{Timeline, Version};
use super::titles::Titles;
use crate::explain::Kept;
use crate::value::{Currency, Date, Exact, Per};

/// The common part of a compiled rule set.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The short name of the rule set.
    pub id: Box<str>,
    /// Counts up with every published change.
    pub edition: u32,
    /// SHA-256 of the canonical document without its cases, in hexadecimal.
    pub hash: Box<str>,
    /// The languages of its texts; the first is the default.
    pub languages: Vec<Box<str>>,
    /// The title.
    pub title: Titles,
    /// The currency of every amount.
    pub currency: Currency,
    /// The instruments that rules are taken from.
    pub sources: Vec<Source>,
    /// The lists of words of the `one_of` and `set_of` kinds.
    pub words: Vec<WordList>,
    /// What a host may tell: facts, and terms that may be given.
    pub inputs: Vec<Input>,
    /// What one organisation decides for itself.
    pub settings: Vec<Setting>,
    /// Named derived values.
    pub terms: Vec<Term>,
    /// Every list of versions.
    pub timelines: Vec<Timeline>,
    /// Every expression.
    pub arena: Arena,
    /// What each name means.
    pub names: BTreeMap<Box<str>, Name>,
    /// The names of the charges, for expressions that read them.
    pub charge_names: Vec<Box<str>>,
    /// Texts that cannot be expressed.
    pub not_encoded: Vec<NotEncoded>,
    /// How many weeks and days a year has, where the document says so.
    pub year_has: YearHas,
    /// The inputs by their names, once all of them are declared.
    pub(crate) inputs_by_name: Option<TextIndex<InputId>>,
    /// What every `latched` reads.
    pub(crate) latches: Vec<Latch>,
    /// What explanations say again and again, filled by the first that says it.
    pub(crate) kept: Kept,
}

/// What a name of the flat name space stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A fact.
    Fact(InputId),
    /// A setting.
    Setting(SettingId),
    /// A term.
    Term(TermId),
    /// A charge.
    Charge(ChargeId),
}

/// How many weeks and days make a year; without it they are not converted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct YearHas {
    /// Weeks in a year.
    pub weeks: Option<Exact>,
    /// Days in a year.
    pub days: Option<Exact>,
}

/// A list of words.
#[derive(Clone, Debug)]
pub struct WordList {
    /// The words, in the order written.
    pub words: Vec<Word>,
    /// Their numbers, by names and by titles.
    by_name: TextIndex<u8>,
    by_title: TextIndex<u8>,
}

/// A word of a `one_of`.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
}

impl WordList {
    /// From its words; a number has no more than 8 bits.
    pub(crate) fn new(words: Vec<Word>) -> Self {
        let numbered = || words.iter().zip(0..=u8::MAX);
        let by_name = TextIndex::new(numbered().map(|(word, number)| (&*word.name, number)));
        let titles = numbered().flat_map(|(word, number)| word.title.all().map(move |(_, title)| (title, number)));
        let by_title = TextIndex::new(titles);
        Self { words, by_name, by_title }
    }

    /// The number of a word by its name.
    pub fn by_name(&self, name: &str) -> Option<u8> {
        self.by_name.get(name)
    }

    /// The number of a word by its name or its title in any language.
    pub fn find(&self, text: &str) -> Option<u8> {
        self.by_name(text).or_else(|| self.by_title.get(text))
    }

    /// A word by its number.
    pub fn get(&self, word: u8) -> Option<&Word> {
        self.words.get(usize::from(word))
    }
}

/// The kind of a fact, a setting or a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One of the words.
    OneOf(WordsId),
    /// Some of the words.
    SetOf(WordsId),
    /// A whole number, not below 0.
    Count,
    /// A number.
    Number,
    /// A share, such as 5%.
    Share,
    /// Money, once or per a length of time.
    Money(Option<Per>),
    /// A day.
    Date,
    /// A calendar month.
    Month,
    /// A number of days.
    Days,
    /// A number of months.
    Months,
    /// A text: shown, never decided upon.
    Text,
    /// A member, by id.
    Member,
    /// An organisation, by id.
    Organisation,
    /// Records with these fields.
    List(Vec<Field>),
    /// A mode and unit of rounding.
    Rounding,
}

impl Kind {
    /// What an expression sees.
    pub fn type_(&self) -> Type {
        match self {
            Self::YesNo => Type::YesNo,
            Self::OneOf(words) => Type::Word(*words),
            Self::SetOf(words) => Type::Words(*words),
            Self::Count | Self::Number | Self::Share => Type::Number,
            Self::Money(per) => Type::Money(*per),
            Self::Date => Type::Date,
            Self::Month => Type::Month,
            Self::Days => Type::Days,
            Self::Months => Type::Months,
            Self::Text | Self::Member | Self::Organisation => Type::Text,
            Self::List(_) => Type::List,
            Self::Rounding => Type::Rounding,
        }
    }

    /// Whether a number of a host is one of its values.
    pub(crate) fn is_numeric(&self) -> bool {
        matches!(self, Self::Count | Self::Number | Self::Share | Self::Money(_) | Self::Days | Self::Months)
    }
}

/// A field of the records of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Its kind; no list.
    pub kind: Kind,
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// What holds for a record without it.
    pub unless_given: Option<Datum>,
}

/// Who a fact or a charge belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A member.
    Member,
    /// An organisation.
    Organisation,
}

/// What a host may tell.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name.
    pub name: Box<str>,
    /// Its titles: roster headings and form labels.
    pub title: Titles,
    /// What it means, in a sentence.
    pub means: Option<Titles>,
    /// Whether it belongs to a member or an organisation.
    pub owner: Owner,
    /// Its kind.
    pub kind: Kind,
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// What holds when it is not given.
    pub unless_given: Option<Assumed>,
    /// The term that it stands in for, when it is one that may be given.
    pub term: Option<TermId>,
    /// Where it stands in the document.
    pub span: Span,
}

/// What holds for a fact that is not given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Assumed {
    /// A value.
    Value(Datum),
    /// A list without records.
    EmptyList,
}

/// What one organisation decides for itself.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Its kind.
    pub kind: Kind,
    /// Its versions.
    pub timeline: TimelineId,
    /// What each version allows, in the order of the versions.
    pub bounds: Vec<SettingBounds>,
}

/// What a version of a setting allows.
#[derive(Clone, Copy, Debug)]
pub struct SettingBounds {
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// What holds unless the organisation decides.
    pub default: Datum,
}

/// A named derived value.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Its type.
    pub type_: Type,
    /// The least value.
    pub at_least: Option<Exact>,
    /// The greatest value.
    pub at_most: Option<Exact>,
    /// Under which input the host may give it.
    pub input: Option<InputId>,
    /// The day at which its facts are read, when it has its own.
    pub as_of: Option<Dated<ExprId>>,
    /// How it is worked out.
    pub formula: Choice<Formula>,
    /// Whether it can differ from day to day although no fact has a history.
    pub depends_on_day: bool,
    /// The inputs that any version of any alternative is made of.
    pub made_of: InputSet,
}

/// A timeline with a body for each version; a version that repeals has none.
#[derive(Clone, Debug)]
pub struct Dated<T> {
    /// The dates and citations.
    pub timeline: TimelineId,
    /// What each version says.
    pub bodies: Vec<Option<T>>,
}

impl<T> Dated<T> {
    /// What a version says.
    pub fn body(&self, version: VersionId) -> Option<&T> {
        self.bodies.get(usize::from(version.version))?.as_ref()
    }
}

/// Alternatives of which at most one applies.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    /// The alternatives, in the order of their names.
    pub alternatives: Vec<Alternative<T>>,
    /// Pairs of versions that were proved never to apply together.
    pub disjoint: Vec<(VersionId, VersionId)>,
}

impl<T> Choice<T> {
    /// What all versions of all alternatives say.
    pub fn cases(&self) -> impl Iterator<Item = &Case<T>> {
        self.alternatives.iter().flat_map(|alternative| alternative.dated.bodies.iter().flatten())
    }
}

/// A named alternative with its versions.
#[derive(Clone, Debug)]
pub struct Alternative<T> {
    /// Its name; a rule that is its own only alternative has none.
    pub name: Option<Box<str>>,
    /// Its titles.
    pub title: Titles,
    /// What each version says.
    pub dated: Dated<Case<T>>,
}

/// What one version of an alternative says.
#[derive(Clone, Debug)]
pub struct Case<T> {
    /// When it applies; always, if there is no condition.
    pub when: Option<ExprId>,
    /// Whether it applies where no other alternative does.
    pub otherwise: bool,
    /// The alternative that it replaces where it applies, by its place in the choice.
    pub instead_of: Option<u16>,
    /// What it says.
    pub body: T,
    /// The inputs that its amount is made of, those behind terms included.
    pub made_of: InputSet,
}

/// How a version of a term is worked out.
#[derive(Clone, Debug)]
pub enum Formula {
    /// An expression.
    Is(ExprId),
    /// A value for each word; a word without a row has none.
    ByWord(ExprId, Vec<Option<ExprId>>),
    /// The name of the band that a number lies in, as a word of the term.
    BandOf(Bands),
}

/// A text that cannot be expressed.
#[derive(Clone, Debug)]
pub struct NotEncoded {
    /// Why.
    pub why: Titles,
    /// Its dates and citations.
    pub timeline: TimelineId,
    /// The rules whose answers mention it.
    pub touches: Vec<Box<str>>,
}

impl Rules {
    /// A version by its id.
    pub fn version(&self, id: VersionId) -> Option<&Version> {
        self.timelines.get(id.timeline.index())?.versions.get(usize::from(id.version))
    }

    /// The last day on which a rule begins, or has ended the day before; [`Date::LONG_AGO`] where no day is known.
    pub fn last_change(&self) -> Date {
        last_change(&self.timelines)
    }

    /// The same of some of the rules.
    pub fn last_change_of(&self, timelines: &[TimelineId]) -> Date {
        last_change(timelines.iter().filter_map(|id| self.timelines.get(id.index())))
    }

    /// The place of a version's rule in the document.
    pub fn path(&self, timeline: TimelineId) -> &str {
        self.timelines.get(timeline.index()).map_or("", |timeline| &timeline.path)
    }

    /// An input by its id.
    pub fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.get(id.index())
    }

    /// The type of an expression.
    pub fn type_of(&self, expression: ExprId) -> Type {
        self.arena.get(expression).map_or(Type::Text, |node| node.type_)
    }

    /// Whether the value of an expression can differ from day to day although no fact has a history.
    pub fn depends_on_day(&self, root: ExprId) -> bool {
        let mut depends = false;
        self.arena.walk(root, &mut |_, node| {
            depends |= match node.op {
                Op::Reserved(reserved) => reserved == Reserved::Day,
                Op::Term(term) => self.terms.get(term.index()).is_some_and(|term| term.depends_on_day),
                _ => false,
            };
        });
        depends
    }

    /// A field of the records of a list.
    pub fn field(&self, list: InputId, field: u8) -> Option<&Field> {
        match &self.input(list)?.kind {
            Kind::List(fields) => fields.get(usize::from(field)),
            _ => None,
        }
    }

    /// An input by its name.
    pub fn input_by_name(&self, name: &str) -> Option<InputId> {
        match &self.inputs_by_name {
            Some(index) => index.get(name),
            None => self.input_of(*self.names.get(name)?),
        }
    }

    /// Looks the inputs up by their names from now on.
    pub(crate) fn index_inputs(&mut self) {
        let inputs = self.names.iter().filter_map(|(name, meaning)| Some((&**name, self.input_of(*meaning)?)));
        self.inputs_by_name = Some(TextIndex::new(inputs));
    }

    fn input_of(&self, meaning: Name) -> Option<InputId> {
        match meaning {
            Name::Fact(id) => Some(id),
            Name::Term(id) => self.terms.get(id.index())?.input,
            _ => None,
        }
    }

    /// The default language of texts.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", |language| language)
    }
}

fn last_change<'t>(timelines: impl IntoIterator<Item = &'t Timeline>) -> Date {
    let versions = timelines.into_iter().flat_map(|timeline| &timeline.versions);
    let days = versions.flat_map(|version| [version.from, version.until.next()]);
    days.filter(|day| !day.is_bound()).max().unwrap_or(Date::LONG_AGO)
}
