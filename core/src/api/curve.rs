//! The curve of a tariff: what is owed along one fact, as the engine answers it, with its cliffs at their exact places.

mod follow;
mod found;
mod reads;

use std::fmt;

use thiserror::Error;

use super::RuleSet;
use crate::dues::{Answer, Charge, Request, Status, Tariff};
use crate::explain::facts_in_words;
use crate::ruleset::{
    Alternative, Case, Datum, Facts, InForce, Input, InputId, Kind, Rules, VersionId, Workspace, WrongCall, nearest,
    quoted,
};
use crate::value::{Date, Exact, Rounding};
use follow::Follower;
use reads::Reads;

/// How far a curve goes where neither the caller nor an edge of the tariff says it.
const FAR: i64 = 10_000;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct CurveRequest<'r> {
    /// The charge, the period, the knowledge, the settings.
    pub request: Request<'r>,
    /// The alternative of the tariff; may be left out where there is only one.
    pub rule: Option<&'r str>,
    /// The fact along which it is drawn; may be left out where the alternative is worked out from one number only.
    pub along: Option<&'r str>,
    /// What else is known of the member. What the alternative's conditions need beside it is found.
    pub facts: Facts,
    /// The least value of the fact; by default its least, or 0.
    pub from: Option<Exact>,
    /// The greatest value; by default a quarter above the highest edge of the tariff.
    pub to: Option<Exact>,
}

/// What is owed along a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The fact.
    pub along: InputId,
    /// The least value of the fact.
    pub from: Exact,
    /// The greatest.
    pub to: Exact,
    /// Unbroken stretches, from low to high; between two of them the amount jumps, or there is none.
    pub stretches: Vec<Vec<CurvePoint>>,
    /// Where the amount jumps.
    pub jumps: Vec<CurveJump>,
    /// Where it bends because a limit begins or ends to act, or the rate of a part changes.
    pub bends: Vec<CurvePoint>,
    /// What was found for the conditions of the alternative, beside what the caller knew.
    pub found: Vec<(InputId, Datum)>,
    /// One of the answers: its rule, its clauses, its rounding.
    pub answer: Answer,
    /// Whether all of it was followed to what can be seen; a curve of very many jumps is not.
    pub is_complete: bool,
}

/// A point of a curve; two that follow one another are joined by a straight line.
#[derive(Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// The value of the fact.
    pub at: Exact,
    /// What is owed there.
    pub owed: Exact,
    /// Where the point lies: the amount before the last rounding, where that rounding is too fine to be seen.
    pub height: Exact,
}

/// A jump of a curve.
#[derive(Clone, Copy, PartialEq)]
pub struct CurveJump {
    /// Where it is.
    pub at: Exact,
    /// Whether the value itself still belongs to what lies below it.
    pub belongs_below: bool,
    /// What is owed below; none where nothing can be answered there.
    pub below: Option<CurvePoint>,
    /// What is owed above.
    pub above: Option<CurvePoint>,
}

/// Why a curve cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CurveError {
    /// The question itself is wrong.
    #[error(transparent)]
    Call(#[from] WrongCall),
    /// The tariff has no alternative of this name.
    #[error("charge `{charge}` has no rule `{name}`; it has {known}")]
    UnknownRule {
        /// The charge.
        charge: String,
        /// The name.
        name: String,
        /// The alternatives.
        known: String,
    },
    /// There are several alternatives and none was named.
    #[error("name the rule to draw: {known}")]
    WhichRule {
        /// The alternatives.
        known: String,
    },
    /// The alternative has no version in the period.
    #[error("rule `{rule}` is not in force at the time of {period}{}", .on.map(|on| format!("; it is on {on}")).unwrap_or_default())]
    NotInForce {
        /// The alternative.
        rule: String,
        /// The period.
        period: String,
        /// A day on which it is, if there is one: the first of its last version.
        on: Option<Date>,
    },
    /// The alternative is worked out from no number.
    #[error("rule `{rule}` is not worked out from a number that is told, so there is no curve to draw")]
    NoNumber {
        /// The alternative.
        rule: String,
    },
    /// The alternative is worked out from several numbers and none was named.
    #[error("rule `{rule}` is worked out from several numbers; name the one to draw along: {known}")]
    WhichFact {
        /// The alternative.
        rule: String,
        /// The facts.
        known: String,
    },
    /// The fact to draw along is none, or no number.
    #[error("`{name}` is no number that is told, so nothing can be drawn along it")]
    NotANumber {
        /// The name.
        name: String,
    },
    /// The two ends.
    #[error("the curve would go from {from} to {to}: the first has to be less")]
    Ends {
        /// The least value.
        from: Exact,
        /// The greatest.
        to: Exact,
    },
    /// The facts do not lead to an amount.
    #[error("{why}")]
    NoAmount {
        /// What is missing or wrong.
        why: String,
    },
}

impl RuleSet {
    /// What is owed along a fact, as this rule set answers it for each value that is drawn.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use rollbook::api::CurveRequest;
    /// use rollbook::dues::Request;
    /// use rollbook::value::Period;
    ///
    /// let cpc = rollbook::RuleSet::builtin("cpc").unwrap();
    /// let request = Request::new(Period::parse("2026-11").unwrap());
    /// let (rule, facts) = (Some("waged"), cpc.facts());
    /// let curve = cpc.curve(CurveRequest { request, rule, along: None, facts, from: None, to: None }).unwrap();
    /// let cliff = curve.jumps[0];
    /// assert_eq!((cliff.at.to_string(), cliff.belongs_below), ("3000".to_owned(), true));
    /// assert_eq!(cliff.below.unwrap().owed.to_string(), "15");
    /// assert_eq!(cliff.above.unwrap().owed.to_string(), "30");
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`CurveError`]: what is to be drawn does not exist or is not named, or there is no amount to draw.
    pub fn curve(&self, asked: CurveRequest<'_>) -> Result<Curve, CurveError> {
        let prepared = self.prepare(&asked.request)?;
        let (rules, charge) = (self.rules(), prepared.charge());
        let on = crate::dues::json::effective(asked.request.period, Some(charge));
        let in_force = InForce::at(&rules.timelines, on, asked.request.known.unwrap_or(Date::NEVER));
        let (alternative, version, case) = alternative(rules, charge, &asked, &in_force)?;
        let name = || alternative.name.as_deref().unwrap_or(&charge.name).to_owned();
        let reads = Reads::of(rules, self.charges(), &in_force, &case.body);
        let (along, input) = self.along(asked.along, &reads, name)?;
        let edges = reads.edges_of(along);
        let from = asked.from.or(input.at_least).unwrap_or(Exact::ZERO);
        let to = asked.to.unwrap_or_else(|| far(&edges, input));
        if from >= to {
            return Err(CurveError::Ends { from, to });
        }
        let mut facts = asked.facts;
        let found = self.complete(&mut facts, &prepared, (version, case), &in_force, (along, to));
        let step = if input.kind == Kind::Count { Exact::ONE } else { Exact::ratio(1, 100).unwrap_or(Exact::ONE) };
        let mut work = Workspace::default();
        let followed = Follower::new(&prepared, facts, &mut work, along, step).follow(&edges, from, to);
        let wanted = |answer: &Answer| answer.rule.map(|rule| rule.timeline) == Some(version.timeline);
        let Some(answer) = followed.answers.iter().find(|answer| answer.amount.is_some() && wanted(answer)) else {
            return Err(CurveError::NoAmount { why: self.why_none(&followed.answers, &name()) });
        };
        Ok(Curve {
            along,
            from,
            to,
            answer: answer.clone(),
            stretches: followed.stretches,
            jumps: followed.jumps,
            bends: followed.bends,
            found,
            is_complete: followed.is_complete,
        })
    }

    /// The fact along which a curve is drawn.
    fn along(
        &self,
        asked: Option<&str>,
        reads: &Reads<'_>,
        rule: impl Fn() -> String,
    ) -> Result<(InputId, &Input), CurveError> {
        let rules = self.rules();
        let number = |input: &Input| matches!(input.kind, Kind::Count | Kind::Number | Kind::Share | Kind::Money(_));
        let known = |id: InputId| rules.input(id).map(|input| (id, input));
        if let Some(name) = asked {
            let found = rules.input_by_name(name).and_then(known).filter(|(_, input)| number(input));
            return found.ok_or_else(|| CurveError::NotANumber { name: quoted(name) });
        }
        let numbers: Vec<(InputId, &Input)> =
            reads.inputs.iter().filter_map(|id| known(*id)).filter(|(_, input)| number(input)).collect();
        match numbers.as_slice() {
            [] => Err(CurveError::NoNumber { rule: rule() }),
            [one] => Ok(*one),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, input)| &*input.name).collect();
                Err(CurveError::WhichFact { rule: rule(), known: names.join(", ") })
            }
        }
    }

    /// Why no answer has an amount of the alternative.
    fn why_none(&self, answers: &[Answer], rule: &str) -> String {
        let rules = self.rules();
        let open = answers.iter().find(|answer| answer.status == Status::NeedsFacts);
        if let Some(answer) = open {
            let names = answer.missing.iter().filter_map(|missing| rules.input(missing.input));
            let names: Vec<&str> = names.map(|input| &*input.name).collect();
            return format!("facts are missing: {}; tell them as NAME=VALUE", names.join(", "));
        }
        if let Some(answer) = answers.iter().find(|answer| answer.amount.is_some()) {
            let other = answer.rule.map(|rule| rules.path(rule.timeline)).unwrap_or_default();
            return format!("with these facts not `{rule}` applies but `{other}`");
        }
        let said = answers.iter().flat_map(|answer| &answer.findings).next();
        let said = said.map(|finding| finding.message(rules, self.charges(), "en"));
        let status = answers.first().map_or("no answer", |answer| answer.status.name());
        format!(
            "no amount is owed anywhere, but `{status}`{}",
            said.map(|said| format!(": {said}")).unwrap_or_default()
        )
    }
}

impl Curve {
    /// What was found for the conditions, in words: `category of member: paid by the month; …`.
    pub fn found_in_words(&self, rule_set: &RuleSet, language: &str) -> String {
        facts_in_words(rule_set.rules(), rule_set.charges(), &self.found, language)
    }

    /// The decimals of its amounts.
    pub fn scale(&self) -> u32 {
        self.answer.rounding.map_or(0, Rounding::scale)
    }
}

/// The alternative that is asked for, or the only one, with its version in force.
fn alternative<'c>(
    rules: &Rules,
    charge: &'c Charge,
    asked: &CurveRequest<'_>,
    in_force: &InForce,
) -> Result<(&'c Alternative<Tariff>, VersionId, &'c Case<Tariff>), CurveError> {
    let all = &charge.tariff.alternatives;
    let names = || all.iter().filter_map(|alternative| alternative.name.as_deref());
    let known = || names().collect::<Vec<_>>().join(", ");
    let found = match (asked.rule, all.as_slice()) {
        (None, [only]) => only,
        (None, _) => return Err(CurveError::WhichRule { known: known() }),
        (Some(name), _) => all.iter().find(|one| one.name.as_deref() == Some(name)).ok_or_else(|| {
            let near = nearest(name, names()).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
            let known =
                if all.len() > 1 { format!("{}{near}", known()) } else { "only one, without a name".to_owned() };
            CurveError::UnknownRule { charge: charge.name.to_string(), name: quoted(name), known }
        })?,
    };
    let version = in_force.version(found.dated.timeline);
    let case = version.and_then(|version| Some((found, version, found.dated.body(version)?)));
    case.ok_or_else(|| CurveError::NotInForce {
        rule: found.name.as_deref().unwrap_or(&charge.name).to_owned(),
        period: asked.request.period.to_string(),
        on: day_in_force(rules, found, in_force.known),
    })
}

/// The first day of the last version of an alternative that ever holds.
fn day_in_force(rules: &Rules, alternative: &Alternative<Tariff>, known: Date) -> Option<Date> {
    let timeline = rules.timelines.get(alternative.dated.timeline.index())?;
    // Of an open past the last day is known, if it ends.
    let days = timeline.versions.iter().flat_map(|version| [version.from, version.from.previous(), version.until]);
    days.filter(|day| !day.is_bound() && timeline.at(*day, known).is_some()).max()
}

/// A quarter above the highest edge.
fn far(edges: &[Exact], input: &Input) -> Exact {
    let quarter = Exact::ratio(5, 4).unwrap_or(Exact::ONE);
    let above = edges.iter().max().filter(|edge| edge.signum() > 0).and_then(|edge| edge.checked_mul(quarter).ok());
    let limit = if input.kind == Kind::Share { Exact::ONE } else { Exact::from_i64(FAR) };
    above.or(input.at_most).unwrap_or(limit)
}

impl fmt::Debug for CurvePoint {
    /// Never shows an amount.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CurvePoint { .. }")
    }
}

impl fmt::Debug for CurveJump {
    /// Never shows an amount.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CurveJump { .. }")
    }
}
