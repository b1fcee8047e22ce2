//! What an organisation may write about dues, in its compiled form.

use crate::ruleset::{Bands, Choice, Dated, ExprId, InputId, Owner, TimelineId, Titles, WordsId};
use crate::value::{Exact, Per};

/// All charges of a rule set.
#[derive(Clone, Debug, Default)]
pub struct Charges {
    /// The charges, in the order written.
    pub charges: Vec<Charge>,
    /// The charge that is computed when none is named.
    pub answers: Option<usize>,
}

/// Regular dues or a levy.
#[derive(Clone, Debug)]
pub struct Charge {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Who owes it.
    pub owner: Owner,
    /// The length of its periods; a charge on each record may have none.
    pub per: Option<Per>,
    /// The list that it goes through.
    pub each: Option<Each>,
    /// The words that say who gets it.
    pub recipients: Option<WordsId>,
    /// Which day of the period chooses the versions.
    pub versions_on: VersionsOn,
    /// On which days it is owed; on all days of the period, if nothing is said.
    pub owed: Option<Dated<Owed>>,
    /// The day whose facts are read; the first day owed, if nothing is said.
    pub as_of: Option<Dated<ExprId>>,
    /// Reductions.
    pub reductions: Option<Reductions>,
    /// How the amount is found.
    pub tariff: Choice<Tariff>,
    /// Limits on the amount, after reductions.
    pub limits: Vec<NamedLimit>,
    /// How the amount is rounded: an expression of the kind rounding.
    pub round: Dated<ExprId>,
    /// The ways in which the amount is paid in instalments, by name.
    pub pay_by: Vec<Way>,
    /// Every timeline that an answer can read: its own stages, and the terms and settings behind them.
    pub reaches: Vec<TimelineId>,
}

/// A charge on each record of a list.
#[derive(Clone, Copy, Debug)]
pub struct Each {
    /// The list.
    pub list: InputId,
    /// The field that has the record's day.
    pub day: u8,
}

/// Which day chooses the versions of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VersionsOn {
    /// Its first day.
    #[default]
    PeriodStart,
    /// Its last day.
    PeriodEnd,
    /// Each day its own; pieces are weighted by their days.
    ByDay,
}

/// On which days a charge is owed.
#[derive(Clone, Copy, Debug)]
pub struct Owed {
    /// The condition, asked of every day.
    pub when: Option<ExprId>,
    /// The first day.
    pub starts: Option<ExprId>,
    /// The last day.
    pub ends: Option<ExprId>,
    /// What a part of a period costs.
    pub part: OwedPart,
    /// Whether a day can be owed and another not although no fact has a history.
    pub depends_on_day: bool,
}

/// What a part of a period costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwedPart {
    /// The whole amount.
    #[default]
    Whole,
    /// Nothing.
    None,
    /// Its share by days.
    ByDay,
    /// Its share by months begun.
    ByMonth,
    /// Its share by half-years begun.
    ByHalfYear,
}

/// How the amount is found, in one alternative.
#[derive(Clone, Debug)]
pub struct Tariff {
    /// What it says.
    pub body: TariffBody,
    /// The longer time that its amount is for, when it is due in one part of that time only.
    pub due: Option<Due>,
    /// Who gets it, as a word of the charge's recipients.
    pub goes_to: Option<u8>,
}

/// An amount for a longer time, due in one part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The longer time.
    pub per: Per,
    /// Whether it is due in the last owed part; otherwise in the first.
    pub last: bool,
}

/// What an alternative of a tariff says.
#[derive(Clone, Debug)]
pub enum TariffBody {
    /// Nothing is owed.
    Exempt,
    /// Nothing is known, and why.
    NoRule(Box<str>),
    /// An amount.
    Amount(Schedule),
}

/// An amount with its own limits and rounding.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// How it is found.
    pub form: Form,
    /// The least.
    pub at_least: Option<ExprId>,
    /// The greatest.
    pub at_most: Option<ExprId>,
    /// How it is rounded, before reductions.
    pub round: Option<ExprId>,
}

/// How an amount is found.
#[derive(Clone, Debug)]
pub enum Form {
    /// By an expression.
    Amount(ExprId),
    /// By a schedule with limits and rounding of its own.
    Nested(Box<Schedule>),
    /// A rate of something.
    Rate {
        /// The rate; 1% is 1/100.
        rate: ExprId,
        /// Of what.
        of: ExprId,
    },
    /// The whole base at its band's rate (全额).
    Slab(Bands),
    /// Each part of the base at its own band's rate (超额).
    Marginal(Bands),
    /// A fixed amount for each band.
    Table(Bands),
    /// An amount for each word.
    ByWord {
        /// The word.
        of: ExprId,
        /// The amounts, in the order of the words.
        rows: Vec<Option<Row>>,
    },
    /// What the member declares, with a least amount.
    Declared(Box<Declared>),
}

/// What a table by word has for a word.
#[derive(Clone, Debug)]
pub enum Row {
    /// An amount.
    Amount(Box<Schedule>),
    /// Nothing is owed.
    Exempt,
    /// Nothing is known, and why.
    NoRule(Box<str>),
}

/// A declared amount.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What the member declares.
    pub declared: ExprId,
    /// What is owed at least.
    pub minimum: Schedule,
    /// What is recommended.
    pub guide: Option<Schedule>,
    /// The steps offered.
    pub suggested: Vec<ExprId>,
}

/// The reductions of a charge.
#[derive(Clone, Debug)]
pub struct Reductions {
    /// Which of them apply together.
    pub take: Take,
    /// The reductions.
    pub choice: Choice<Reduction>,
}

/// Which reductions apply together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// At most one.
    One,
    /// The one with the least amount.
    Lowest,
    /// These, one on the result of the other, by their place in the choice.
    InOrder(Vec<usize>),
}

/// What a reduction says.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// The formality without which it has no effect.
    pub needs: Option<ExprId>,
    /// What it does.
    pub body: ReductionBody,
}

/// What a reduction does.
#[derive(Clone, Copy, Debug)]
pub enum ReductionBody {
    /// Nothing is owed.
    Exempt,
    /// This is owed instead.
    Amount(ExprId),
    /// This share is owed.
    Pays(ExprId),
    /// This share is not owed.
    Less(ExprId),
}

/// A named limit.
#[derive(Clone, Debug)]
pub struct NamedLimit {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Its versions.
    pub dated: Dated<LimitBody>,
}

/// What a limit says.
#[derive(Clone, Copy, Debug)]
pub struct LimitBody {
    /// When it holds.
    pub when: Option<ExprId>,
    /// The greatest amount.
    pub at_most: Option<ExprId>,
    /// The least amount.
    pub at_least: Option<ExprId>,
}

/// A named way in which an amount is paid in instalments.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its name.
    pub name: Box<str>,
    /// Its titles.
    pub title: Titles,
    /// Its versions.
    pub dated: Dated<WayBody>,
}

/// What a way of paying says.
#[derive(Clone, Debug)]
pub struct WayBody {
    /// What one instalment is of the amount.
    pub divided: Divided,
    /// How an instalment is rounded: an expression of the kind rounding that no fact can change.
    pub round: ExprId,
}

/// What one instalment is of the amount.
#[derive(Clone, Debug, PartialEq)]
pub enum Divided {
    /// A share of it; how many instalments there are is not the rule's to say.
    Times {
        /// The share, more than 0.
        share: Exact,
        /// The share as it was written, without spaces: `12/52`.
        written: Box<str>,
    },
    /// One of so many that add up to it.
    Parts {
        /// How many, from 2 to 366.
        count: u16,
        /// Whether the last one takes what rounding leaves; otherwise the first.
        rest_last: bool,
    },
}

impl Charges {
    /// A charge by its name; without a name, the one that the rule set answers.
    pub fn find(&self, name: Option<&str>) -> Option<usize> {
        match name {
            Some(name) => self.charges.iter().position(|charge| &*charge.name == name),
            None => self.answers,
        }
    }
}

impl Charge {
    /// The length of time of an amount of this charge.
    pub fn amount_per(&self) -> Option<Per> {
        if self.each.is_some() { None } else { self.per }
    }
}
