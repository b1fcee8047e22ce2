//! What is told of the member for whom a curve is drawn, where the caller said nothing of it.

use super::RuleSet;
use crate::dues::{Charge, Owed, Prepared, Status, Tariff};
use crate::ruleset::expression::Op;
use crate::ruleset::{
    Case, Datum, ExprId, Facts, InForce, InputId, Kind, Rules, Subject, Verdict, VersionId, Workspace, both_can_apply,
};
use crate::value::{Date, Exact};

/// How many dates are tried together.
const MOST_DATES: usize = 4;

/// How far before and after the period a date is tried, in months.
const FAR: i32 = 120;

impl RuleSet {
    /// Tells what the conditions of the alternative and of what is owed need.
    pub(super) fn complete(
        &self,
        facts: &mut Facts,
        prepared: &Prepared<'_>,
        (rule, case): (VersionId, &Case<Tariff>),
        in_force: &InForce,
        (along, at): (InputId, Exact),
    ) -> Vec<(InputId, Datum)> {
        let (rules, charge) = (self.rules(), prepared.charge());
        let owed = owed_stage(charge, in_force);
        let conditions = |when: Option<ExprId>| {
            let mut parts = Vec::new();
            joined(rules, when, &mut parts);
            // What compares a day with the period is no question of words and numbers; days are tried below.
            parts.retain(|part| !matches!(both_can_apply(rules, &[*part], &[]), Verdict::Undecided));
            parts
        };
        let (liable, applies) = (conditions(owed.and_then(|owed| owed.when)), conditions(case.when));
        let mut found = Vec::new();
        if let Verdict::Both(examples) = both_can_apply(rules, &liable, &applies) {
            for example in examples {
                if let Subject::Input(input) = example.subject
                    && input != along
                    && !facts.has(input)
                {
                    facts.set(input, example.value);
                    found.push((input, example.value));
                }
            }
        }
        let roots = owed.into_iter().flat_map(|owed| [owed.when, owed.starts, owed.ends]).chain([case.when]);
        let open = open_dates(rules, roots.flatten(), facts, in_force);
        let mut asked = facts.clone();
        asked.set(along, Datum::Number(at));
        for (input, day) in days(prepared, &asked, &open, rule, in_force.effective) {
            facts.set(input, Datum::Date(day));
            found.push((input, Datum::Date(day)));
        }
        found
    }
}

fn owed_stage<'c>(charge: &'c Charge, in_force: &InForce) -> Option<&'c Owed> {
    let owed = charge.owed.as_ref()?;
    owed.body(in_force.version(owed.timeline)?)
}

/// The parts of a condition that `and` joins.
fn joined(rules: &Rules, condition: Option<ExprId>, parts: &mut Vec<ExprId>) {
    let mut open: Vec<ExprId> = condition.into_iter().collect();
    while let Some(condition) = open.pop() {
        match rules.arena.get(condition).map(|node| node.op) {
            Some(Op::And(a, b)) => open.extend([b, a]),
            _ => parts.push(condition),
        }
    }
}

/// The dates that conditions read and of which nothing is told or assumed.
fn open_dates(rules: &Rules, roots: impl Iterator<Item = ExprId>, facts: &Facts, in_force: &InForce) -> Vec<InputId> {
    let mut open: Vec<ExprId> = roots.collect();
    let mut passed = Vec::new();
    let mut dates = Vec::new();
    while let Some(root) = open.pop() {
        rules.arena.walk(root, &mut |_, node| match node.op {
            Op::Fact(input) => {
                let is_open = rules
                    .input(input)
                    .is_some_and(|known| known.kind == Kind::Date && known.unless_given.is_none() && !facts.has(input));
                if is_open && !dates.contains(&input) {
                    dates.push(input);
                }
            }
            Op::Term(term) if !passed.contains(&term) => {
                passed.push(term);
                let alternatives =
                    rules.terms.get(term.index()).into_iter().flat_map(|term| &term.formula.alternatives);
                for alternative in alternatives {
                    let version = in_force.version(alternative.dated.timeline);
                    let case = version.and_then(|version| alternative.dated.body(version));
                    if let Some(case) = case {
                        open.extend(case.when);
                        if let crate::ruleset::Formula::Is(is) = case.body {
                            open.push(is);
                        }
                    }
                }
            }
            _ => {}
        });
    }
    dates.truncate(MOST_DATES);
    dates
}

/// Days long before or after the period, or about its first one, with which something is owed by the rule.
fn days(
    prepared: &Prepared<'_>,
    facts: &Facts,
    open: &[InputId],
    rule: VersionId,
    start: Date,
) -> Vec<(InputId, Date)> {
    if open.is_empty() {
        return Vec::new();
    }
    let tried = [-FAR, FAR, 0, -1].map(|months| start.add_months(months).unwrap_or(start));
    let mut work = Workspace::default();
    let mut by_another_rule = Vec::new();
    let mut choices: Vec<Vec<(InputId, Date)>> = vec![Vec::new()];
    for input in open {
        let with = |choice: &Vec<_>, day: Date| choice.iter().copied().chain([(*input, day)]).collect();
        choices = choices.iter().flat_map(|choice| tried.map(|day| with(choice, day))).collect();
    }
    for days in choices {
        let mut asked = facts.clone();
        for (input, day) in &days {
            asked.set(*input, Datum::Date(*day));
        }
        let answer = prepared.answer(&asked, &mut work);
        if answer.rule.is_some_and(|by| by.timeline == rule.timeline) {
            return days;
        }
        let is_owed = matches!(answer.status, Status::Charged | Status::Exempt | Status::NeedsFacts);
        if is_owed && by_another_rule.is_empty() {
            by_another_rule = days;
        }
    }
    by_another_rule
}
