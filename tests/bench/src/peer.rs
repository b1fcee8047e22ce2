//! The peer: the dues of `cpc` for the plain case, as an application writes them over `rust_decimal`.
//!
//! It makes the complete decision and no more: who owes, by which tariff, what was approved instead, the cap, the
//! rounding, and the clause. The rules of a month are looked up once for a whole roster, as an application would.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Applicant,
    Activist,
    DevelopmentObject,
    Probationary,
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Category {
    Waged,
    AnnualSalary,
    Irregular,
    Retired,
    Farmer,
    Student,
    Unemployed,
    Relief,
    MinimumAllowance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hardship {
    None,
    Reduced,
    Exempt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApprovedBy {
    Nobody,
    Branch,
    NextHigherCommittee,
}

/// What the application knows of a member.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) stage: Stage,
    pub(crate) category: Category,
    pub(crate) base: Option<Decimal>,
    pub(crate) joined: Option<NaiveDate>,
    pub(crate) left: Option<NaiveDate>,
    pub(crate) hardship: Hardship,
    pub(crate) hardship_amount: Option<Decimal>,
    pub(crate) approved_by: ApprovedBy,
}

/// The pay slip of somebody in a public institution, from 2017 on.
#[derive(Clone, Debug)]
pub(crate) struct PaySlip {
    pub(crate) post_pay: Decimal,
    pub(crate) scale_pay: Decimal,
    pub(crate) basic_performance_pay: Decimal,
    pub(crate) post_allowance: Decimal,
    pub(crate) comprehensive_allowance: Decimal,
    pub(crate) local_difference: Decimal,
    pub(crate) income_tax: Decimal,
    pub(crate) pension_insurance: Decimal,
    pub(crate) medical_insurance: Decimal,
    pub(crate) unemployment_insurance: Decimal,
    pub(crate) work_injury_insurance: Decimal,
    pub(crate) maternity_insurance: Decimal,
    pub(crate) housing_fund: Decimal,
    pub(crate) annuity: Decimal,
}

impl PaySlip {
    /// The base; none where the items are too large or come to less than nothing.
    pub(crate) fn base(&self) -> Option<Decimal> {
        let counted = [
            self.scale_pay,
            self.basic_performance_pay,
            self.post_allowance,
            self.comprehensive_allowance,
            self.local_difference,
        ];
        let taken_off = [
            self.income_tax,
            self.pension_insurance,
            self.medical_insurance,
            self.unemployment_insurance,
            self.work_injury_insurance,
            self.maternity_insurance,
            self.housing_fund,
            self.annuity,
        ];
        let gross = counted.into_iter().try_fold(self.post_pay, Decimal::checked_add)?;
        let base = taken_off.into_iter().try_fold(gross, Decimal::checked_sub)?;
        (!base.is_sign_negative()).then_some(base)
    }
}

/// What a member owes for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dues {
    Charged { amount: Decimal, clause: &'static str, capped: bool },
    Exempt { clause: &'static str },
    NotDue { clause: &'static str },
    Missing(&'static str),
    NoRule,
    TooLarge,
}

/// Rows of a tariff: up to and with the edge, this rate; behind the last edge the last rate.
#[derive(Debug)]
struct Tariff {
    rows: Vec<(Decimal, Decimal)>,
    above: Decimal,
    clause: &'static str,
}

impl Tariff {
    fn new(rows: &[(i64, i64)], above: i64, clause: &'static str) -> Self {
        let per_mille = |rate: i64| Decimal::new(rate, 3);
        let rows = rows.iter().map(|(edge, rate)| (Decimal::from(*edge), per_mille(*rate))).collect();
        Self { rows, above: per_mille(above), clause }
    }

    fn amount(&self, base: Decimal) -> Option<Decimal> {
        let row = self.rows.iter().find(|(edge, _)| base <= *edge);
        base.checked_mul(row.map_or(self.above, |(_, rate)| *rate))
    }
}

/// The rules of a month.
#[derive(Debug)]
pub(crate) struct Rules {
    start: NaiveDate,
    end: NaiveDate,
    waged: Tariff,
    retired: Option<Tariff>,
    fixed: Option<Decimal>,
    farmer: Decimal,
    cap: Option<Decimal>,
    branch_approves_retired: bool,
}

impl Rules {
    /// The rules of the month that begins and ends on these days.
    pub(crate) fn of(start: NaiveDate, end: NaiveDate) -> Option<Self> {
        let since_2008 = start >= NaiveDate::from_ymd_opt(2008, 4, 1)?;
        let since_2017 = start >= NaiveDate::from_ymd_opt(2017, 1, 1)?;
        let waged = if since_2008 {
            Tariff::new(&[(3000, 5), (5000, 10), (10_000, 15)], 20, "dues-2008 arts 1-4")
        } else {
            Tariff::new(&[(400, 5), (600, 10), (800, 15), (1500, 20)], 30, "dues-1998")
        };
        Some(Self {
            start,
            end,
            waged,
            retired: since_2008.then(|| Tariff::new(&[(5000, 5)], 10, "dues-2008 art. 5")),
            fixed: since_2008.then(|| Decimal::new(20, 2)),
            farmer: Decimal::new(20, 2),
            cap: since_2017.then(|| Decimal::from(1000)),
            branch_approves_retired: since_2017,
        })
    }

    /// What a member owes.
    pub(crate) fn dues(&self, member: &Member) -> Dues {
        let in_party = matches!(member.stage, Stage::Probationary | Stage::Full);
        let begun = member.joined.is_none_or(|joined| joined <= self.end);
        let ended = member.left.is_some_and(|left| left < self.start);
        if !in_party || !begun || ended {
            return Dues::NotDue { clause: "dues-2008 art. 8" };
        }
        match member.hardship {
            Hardship::Exempt if self.is_approved(member) => return Dues::Exempt { clause: "dues-2008 art. 7" },
            Hardship::Reduced if self.is_approved(member) => {
                return match member.hardship_amount {
                    Some(amount) => self.charged(amount, "dues-2008 art. 7"),
                    None => Dues::Missing("hardship_amount"),
                };
            }
            Hardship::None | Hardship::Reduced | Hardship::Exempt => {}
        }
        match member.category {
            Category::Waged | Category::AnnualSalary | Category::Irregular => self.by_tariff(&self.waged, member),
            Category::Retired => match &self.retired {
                Some(tariff) => self.by_tariff(tariff, member),
                None => Dues::NoRule,
            },
            Category::Farmer => self.charged(self.farmer, "dues-2008 art. 6"),
            Category::Student | Category::Unemployed | Category::Relief | Category::MinimumAllowance => {
                match self.fixed {
                    Some(amount) => self.charged(amount, "dues-2008 art. 6"),
                    None => Dues::NoRule,
                }
            }
        }
    }

    fn is_approved(&self, member: &Member) -> bool {
        match member.approved_by {
            ApprovedBy::NextHigherCommittee => true,
            ApprovedBy::Branch => self.branch_approves_retired && member.category == Category::Retired,
            ApprovedBy::Nobody => false,
        }
    }

    fn by_tariff(&self, tariff: &Tariff, member: &Member) -> Dues {
        let Some(base) = member.base else { return Dues::Missing("base") };
        match tariff.amount(base) {
            Some(amount) => self.charged(amount, tariff.clause),
            None => Dues::TooLarge,
        }
    }

    fn charged(&self, exact: Decimal, clause: &'static str) -> Dues {
        let limited = self.cap.map_or(exact, |cap| exact.min(cap));
        let amount = limited.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        Dues::Charged { amount, clause, capped: limited != exact }
    }
}
