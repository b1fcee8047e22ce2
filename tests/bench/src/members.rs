//! Invented members, the same ones for the peer and for the engine: drawn from a fixed seed, as mixed as a roster is.

use rollbook::RuleSet;
use rollbook::ruleset::{Datum, Facts, InputId, Kind};
use rollbook::value::Exact;
use rust_decimal::Decimal;

use crate::peer::{ApprovedBy, Category, Hardship, Member, PaySlip, Stage};

/// How many members one turn goes through: more than a branch predictor remembers, and few enough that what is told of
/// them stays in the second cache, so that a run does not measure where its pages happen to lie.
pub(crate) const COUNT: usize = 512;

/// One member as each side knows it.
pub(crate) struct Drawn {
    pub(crate) member: Member,
    pub(crate) slip: PaySlip,
    /// For the engine, base given.
    pub(crate) given: Vec<(InputId, Datum)>,
    /// For the engine, base from the pay slip.
    pub(crate) items: Vec<(InputId, Datum)>,
    /// For the engine, base given, by name.
    pub(crate) named: Vec<(&'static str, String)>,
}

/// Draws the members. An error is a name that `cpc` no longer has.
pub(crate) fn draw(rules: &RuleSet) -> Result<Vec<Drawn>, String> {
    let mut seed = Seed(0x2545_F491_4F6C_DD1D);
    (0..COUNT).map(|_| one(rules, &mut seed)).collect()
}

/// What is told of the members by name.
const COLUMNS: [&str; 6] = ["stage", "category", "base", "hardship", "approved_by", "hardship_amount"];

/// The members as CSV, with the base given: for what is measured in other languages beside this loop.
///
/// # Errors
/// As [`draw`].
pub(crate) fn as_csv(rules: &RuleSet) -> Result<String, String> {
    let mut text = COLUMNS.join(",") + "\n";
    for drawn in draw(rules)? {
        let told = COLUMNS.map(|column| {
            let known = drawn.named.iter().find(|(name, _)| *name == column);
            known.map_or("", |(_, value)| value.as_str())
        });
        text.push_str(&told.join(","));
        text.push('\n');
    }
    Ok(text)
}

/// The usual word, and all words of both sides with how often they are drawn.
struct Words<W: 'static>((W, &'static str), &'static [(W, &'static str, i64)]);

impl<W: Copy> Words<W> {
    fn pick(&self, seed: &mut Seed) -> (W, &'static str) {
        let all = self.1.iter().map(|(_, _, weight)| weight).sum();
        let mut left = seed.below(all);
        let mut chosen = self.0;
        for (side, word, weight) in self.1 {
            if left >= 0 {
                chosen = (*side, *word);
            }
            left = left.saturating_sub(*weight);
        }
        chosen
    }
}

const STAGES: Words<Stage> = Words(
    (Stage::Full, "full"),
    &[
        (Stage::Full, "full", 90),
        (Stage::Probationary, "probationary", 6),
        (Stage::DevelopmentObject, "development_object", 2),
        (Stage::Activist, "activist", 1),
        (Stage::Applicant, "applicant", 1),
    ],
);

const CATEGORIES: Words<Category> = Words(
    (Category::Waged, "waged"),
    &[
        (Category::Waged, "waged", 60),
        (Category::Retired, "retired", 20),
        (Category::AnnualSalary, "annual_salary", 2),
        (Category::Irregular, "irregular", 5),
        (Category::Farmer, "farmer", 4),
        (Category::Student, "student", 5),
        (Category::Unemployed, "unemployed", 2),
        (Category::Relief, "relief", 1),
        (Category::MinimumAllowance, "minimum_allowance", 1),
    ],
);

const HARDSHIPS: Words<Hardship> = Words(
    (Hardship::None, "none"),
    &[(Hardship::None, "none", 96), (Hardship::Reduced, "reduced", 3), (Hardship::Exempt, "exempt", 1)],
);

const APPROVALS: Words<ApprovedBy> = Words(
    (ApprovedBy::Nobody, "nobody"),
    &[
        (ApprovedBy::NextHigherCommittee, "next_higher_committee", 8),
        (ApprovedBy::Branch, "branch", 1),
        (ApprovedBy::Nobody, "nobody", 1),
    ],
);

fn one(rules: &RuleSet, seed: &mut Seed) -> Result<Drawn, String> {
    let (stage, stage_word) = STAGES.pick(seed);
    let (category, category_word) = CATEGORIES.pick(seed);
    let (hardship, hardship_word) = HARDSHIPS.pick(seed);
    let (approved_by, approved_by_word) = APPROVALS.pick(seed);
    let base = seed.fen(1_500, 18_000);
    let member = Member {
        stage,
        category,
        base: Some(decimal(base)),
        joined: None,
        left: None,
        hardship,
        hardship_amount: Some(decimal(1_000)),
        approved_by,
    };
    let mut given = vec![
        word(rules, "stage", stage_word)?,
        word(rules, "category", category_word)?,
        (input(rules, "base")?, Datum::Number(exact(base)?)),
    ];
    let mut named = vec![
        ("stage", stage_word.to_owned()),
        ("category", category_word.to_owned()),
        ("base", decimal(base).to_string()),
    ];
    // Who has no hardship has nothing to tell of it.
    let mut approved = Vec::new();
    if hardship != Hardship::None {
        approved.push(word(rules, "hardship", hardship_word)?);
        approved.push(word(rules, "approved_by", approved_by_word)?);
        approved.push((input(rules, "hardship_amount")?, Datum::Number(exact(1_000)?)));
        named.push(("hardship", hardship_word.to_owned()));
        named.push(("approved_by", approved_by_word.to_owned()));
        named.push(("hardship_amount", decimal(1_000).to_string()));
    }
    given.extend_from_slice(&approved);
    let amounts = [
        ("post_pay", seed.fen(1_000, 6_000)),
        ("scale_pay", seed.fen(500, 4_000)),
        ("basic_performance_pay", seed.fen(500, 4_000)),
        ("post_allowance", seed.fen(0, 800)),
        ("comprehensive_allowance", seed.fen(0, 800)),
        ("local_difference", seed.fen(0, 300)),
        ("income_tax", seed.fen(0, 300)),
        ("pension_insurance", seed.fen(100, 500)),
        ("medical_insurance", seed.fen(20, 120)),
        ("unemployment_insurance", seed.fen(5, 30)),
        ("work_injury_insurance", 0),
        ("maternity_insurance", 0),
        ("housing_fund", seed.fen(100, 600)),
        ("annuity", seed.fen(0, 200)),
    ];
    let slip = slip_of(amounts.map(|(_, fen)| decimal(fen)));
    let mut items = vec![
        word(rules, "stage", stage_word)?,
        word(rules, "category", "waged")?,
        word(rules, "employer", "public_institution")?,
    ];
    items.extend_from_slice(&approved);
    for (name, fen) in amounts {
        items.push((input(rules, name)?, Datum::Number(exact(fen)?)));
    }
    Ok(Drawn { member, slip, given, items, named })
}

fn slip_of(amounts: [Decimal; 14]) -> PaySlip {
    let [
        post_pay,
        scale_pay,
        basic_performance_pay,
        post_allowance,
        comprehensive_allowance,
        local_difference,
        income_tax,
        pension_insurance,
        medical_insurance,
        unemployment_insurance,
        work_injury_insurance,
        maternity_insurance,
        housing_fund,
        annuity,
    ] = amounts;
    PaySlip {
        post_pay,
        scale_pay,
        basic_performance_pay,
        post_allowance,
        comprehensive_allowance,
        local_difference,
        income_tax,
        pension_insurance,
        medical_insurance,
        unemployment_insurance,
        work_injury_insurance,
        maternity_insurance,
        housing_fund,
        annuity,
    }
}

/// Tells one member's typed facts to facts that another member's were told to.
pub(crate) fn tell(facts: &mut Facts, member: &[(InputId, Datum)]) {
    facts.clear();
    for (input, value) in member {
        facts.set(*input, *value);
    }
}

fn input(rules: &RuleSet, name: &str) -> Result<InputId, String> {
    rules.rules().input_by_name(name).ok_or_else(|| format!("`cpc` has no fact `{name}`"))
}

fn word(rules: &RuleSet, name: &str, word: &str) -> Result<(InputId, Datum), String> {
    let id = input(rules, name)?;
    let number = match rules.rules().input(id).map(|input| &input.kind) {
        Some(Kind::OneOf(words)) => rules.rules().words.get(usize::from(words.0)).and_then(|words| words.by_name(word)),
        _ => None,
    };
    let number = number.ok_or_else(|| format!("`{name}` of `cpc` has no word `{word}`"))?;
    Ok((id, Datum::Word(number)))
}

fn decimal(fen: i64) -> Decimal {
    Decimal::new(fen, 2)
}

fn exact(fen: i64) -> Result<Exact, String> {
    Exact::ratio(i128::from(fen), 100).map_err(|why| why.to_string())
}

/// A small generator (xorshift), so that every run draws the same members.
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 ^= self.0.wrapping_shl(13);
        self.0 ^= self.0.wrapping_shr(7);
        self.0 ^= self.0.wrapping_shl(17);
        i64::try_from(self.0.wrapping_shr(1)).unwrap_or(0).checked_rem(bound).unwrap_or(0)
    }

    /// An amount from one number of yuan to another, in fen.
    fn fen(&mut self, least: i64, most: i64) -> i64 {
        let (least, most) = (least.saturating_mul(100), most.saturating_mul(100));
        least.saturating_add(self.below(most.saturating_sub(least)))
    }
}
