//! What is drawn: the words of the command, made into curves of one charge along one fact.

use std::path::PathBuf;

use clap::Args;
use rollbook::RuleSet;
use rollbook::api::{Curve, CurveError, CurveRequest};
use rollbook::dues::{Charge, Request, SetAside};
use rollbook::ruleset::{Decision, Facts, Told};
use rollbook::value::{Date, Exact, Period};

use super::picture;
use crate::arguments::{set_aside, setting};
use crate::failure::Failure;
use crate::names::{Meaning, Names};
use crate::rules::RulesText;
use crate::wording::Language;
use crate::{DONE, Streams};

const PLOT: &str = "\
Draws what is owed along one number, such as the base, for the period that holds
each --at. Every point is an answer of the rules; where the amount jumps, the
picture shows both amounts. What the rule's conditions need (`category=waged`) is
found, days of joining and leaving too; other facts may be told as NAME=VALUE.

How it ends (exit code):
  0  the picture is written
  2  it could not run, or there is no amount to draw

Examples:
  rollbook plot cpc --rule waged --out tariff.svg
  rollbook plot cpc --rule waged --at 2008-03-31 --at 2026-11-30 --to 6000 --out both.svg
  rollbook plot my-rules.yaml --along income children=2 --out mine.svg";

#[derive(Debug, Args)]
#[command(after_help = PLOT)]
pub(crate) struct Plot {
    /// The name of a rule set that comes with the program, or a .yaml or .json file
    #[arg(value_name = "RULES")]
    rules: String,
    /// Other facts of the member: a name (or title) and a value, such as stage=full
    #[arg(value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// The rule of the tariff, such as waged; may be left out where there is only one
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// The charge; if left out, the one that the rule set is about
    #[arg(long, value_name = "NAME")]
    charge: Option<String>,
    /// A day whose rules are drawn, such as 2026-11-30; several give several curves. If left out, the last on which one of
    /// them changes
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    at: Vec<Date>,
    /// Only the rules that had been issued by this day
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    known: Option<Date>,
    /// What your organisation decided, such as `rounding=up to 0.1`; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    set: Vec<Decision>,
    /// Do not apply a rule that only normally holds, with the reason
    #[arg(long, value_name = "PATH=REASON", value_parser = set_aside)]
    set_aside: Vec<SetAside>,
    /// The fact to draw along; may be left out where the rule is worked out from one number only
    #[arg(long, value_name = "FACT")]
    along: Option<String>,
    /// Where the picture begins; if left out, at the least value of the fact
    #[arg(long, value_name = "NUMBER", value_parser = Exact::parse)]
    from: Option<Exact>,
    /// Where it ends; if left out, a quarter above the highest edge of the tariff
    #[arg(long, value_name = "NUMBER", value_parser = Exact::parse)]
    to: Option<Exact>,
    /// The language, such as zh or en; if left out, the rule set's first
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Write to this .svg file; if left out, to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Plot, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let ending = arguments.out.as_deref().and_then(|out| out.extension());
    if ending.is_some_and(|ending| !ending.eq_ignore_ascii_case("svg")) {
        return Err(Failure::new("a picture is written as SVG: let --out end with .svg"));
    }
    let rule_set = RulesText::read(&arguments.rules)?.load(streams)?;
    let language = Language::chosen(rule_set.rules(), arguments.lang.as_deref())?;
    let drawn = Drawn::of(&rule_set, arguments)?;
    let picture = picture::draw(&drawn, &language)?;
    crate::show::put(arguments.out.as_deref(), &picture, streams)?;
    if drawn.curves.iter().any(|curve| !curve.is_complete) {
        streams.note(language.pick(
            "曲线跳动太多，未能逐一画出；请用 --from 和 --to 缩小范围\n",
            "the curve jumps too often to be drawn jump by jump; choose a part of it with --from and --to\n",
        ));
    }
    Ok(DONE)
}

/// The curves of one picture: of one charge along one fact, in the order of the days.
#[derive(Debug)]
pub(crate) struct Drawn<'r> {
    pub(crate) rule_set: &'r RuleSet,
    pub(crate) charge: &'r Charge,
    pub(crate) curves: Vec<Curve>,
}

impl<'r> Drawn<'r> {
    fn of(rule_set: &'r RuleSet, arguments: &Plot) -> Result<Self, Failure> {
        let charges = rule_set.charges();
        let request = Request {
            charge: arguments.charge.as_deref(),
            period: Period::parse("2000").map_err(|error| Failure::new(error.to_string()))?,
            known: arguments.known,
            settings: &arguments.set,
            set_aside: &arguments.set_aside,
        };
        if arguments.charge.is_none() && charges.answers.is_none() {
            let names: Vec<&str> = charges.charges.iter().map(|charge| &*charge.name).collect();
            return Err(Failure::new(format!("name a charge with --charge: {}", names.join(", "))));
        }
        let prepared = rule_set.prepare(&request).map_err(|wrong| Failure::new(wrong.to_string()))?;
        let charge = prepared.charge();
        let Some(per) = charge.per else {
            let others = charges.charges.iter().filter(|charge| charge.per.is_some()).map(|charge| &*charge.name);
            let others: Vec<&str> = others.collect();
            let others = match others.as_slice() {
                [] => String::new(),
                others => format!("; charges that have one: {} (--charge NAME)", others.join(", ")),
            };
            let name = &charge.name;
            return Err(Failure::new(format!("charge `{name}` has no period, so no curve is drawn of it{others}")));
        };
        let facts = told(rule_set, charge, arguments)?;
        let days = match arguments.at.as_slice() {
            [] => vec![last_change(rule_set, charge)],
            days => days.to_vec(),
        };
        let mut periods = Vec::new();
        for day in days {
            let Some(period) = Period::containing(per, day) else {
                return Err(Failure::new(format!("{day} is in no {}", per.name())));
            };
            if !periods.contains(&period) {
                periods.push(period);
            }
        }
        periods.sort_by_key(|period| period.start());
        let curve = |period: Period, to: Option<Exact>| {
            let request = Request { period, ..request.clone() };
            let asked = CurveRequest {
                request,
                rule: arguments.rule.as_deref(),
                along: arguments.along.as_deref(),
                facts: facts.clone(),
                from: arguments.from,
                to,
            };
            rule_set.curve(asked).map_err(|error| refused(&error))
        };
        let first = periods.iter().map(|period| curve(*period, arguments.to)).collect::<Result<Vec<_>, _>>()?;
        // One picture has one width: that of the widest.
        let widest = first.iter().map(|curve| curve.to).max();
        let curves = periods
            .iter()
            .zip(first)
            .map(|(period, known)| if Some(known.to) == widest { Ok(known) } else { curve(*period, widest) });
        Ok(Self { rule_set, charge, curves: curves.collect::<Result<Vec<_>, _>>()? })
    }
}

/// Why there is no curve, and by which word of the command that is mended.
fn refused(error: &CurveError) -> Failure {
    let option = match error {
        CurveError::WhichRule { .. } => " (--rule NAME)",
        CurveError::WhichFact { .. } => " (--along NAME)",
        CurveError::NotInForce { on: Some(on), .. } => return Failure::new(format!("{error} (--at {on})")),
        _ => "",
    };
    Failure::new(format!("{error}{option}"))
}

/// The last day on which something changes for a charge; in a rule set that never does, any day.
fn last_change(rule_set: &RuleSet, charge: &Charge) -> Date {
    let day = rule_set.rules().last_change_of(&charge.reaches);
    if day.is_bound() { Date::new(2000, 1, 1).unwrap_or(day) } else { day }
}

/// The facts of the command line.
fn told(rule_set: &RuleSet, charge: &Charge, arguments: &Plot) -> Result<Facts, Failure> {
    let rules = rule_set.rules();
    let names = Names::new(rules, charge.owner);
    let mut facts = rule_set.facts();
    for (number, fact) in (1_usize..).zip(&arguments.facts) {
        let (name, value) = fact.split_once('=').ok_or_else(|| {
            Failure::new(format!("fact {number} is not written NAME=VALUE, such as stage=full (without spaces)"))
        })?;
        let (name, value) = (name.trim(), value.trim());
        let (Meaning::Value(input) | Meaning::List(input)) = names.meaning(name) else {
            let near = names.near(name).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            return Err(Failure::new(format!("there is no fact `{name}`{near}")));
        };
        if let Some(input) = rules.input(input) {
            facts.tell(rules, &input.name, &Told::Text(value.to_owned()));
        }
    }
    match facts.refused().first() {
        None => Ok(facts),
        Some(finding) => Err(Failure::new(finding.message(rules, rule_set.charges(), "en"))),
    }
}
