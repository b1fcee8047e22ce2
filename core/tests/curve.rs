//! Curves: every point is an answer, and cliffs and bends stand where the rules put them.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use rollbook::RuleSet;
use rollbook::api::{Curve, CurveError, CurveJump, CurvePoint, CurveRequest};
use rollbook::dues::{Request, Status};
use rollbook::value::{Exact, Period};

fn number(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// What is drawn of a rule: rule set, rule, period, facts, and how far.
struct Asked<'a> {
    rule_set: &'a RuleSet,
    rule: Option<&'a str>,
    period: &'a str,
    facts: &'a [(&'a str, &'a str)],
    to: Option<&'a str>,
}

impl Asked<'_> {
    fn curve(&self) -> Result<Curve, CurveError> {
        self.rule_set.curve(CurveRequest {
            request: Request::new(Period::parse(self.period).unwrap()),
            rule: self.rule,
            along: None,
            facts: self.rule_set.facts_from(self.facts.iter().copied()),
            from: None,
            to: self.to.map(number),
        })
    }

    /// What the engine answers at a value of the fact, with what was found.
    fn owed(&self, curve: &Curve, at: Exact) -> Option<(Exact, Exact)> {
        let mut facts = self.rule_set.facts_from(self.facts.iter().copied());
        for (input, value) in &curve.found {
            facts.set(*input, *value);
        }
        facts.tell_number(self.rule_set.rules(), curve.along, at);
        let answer = self.rule_set.dues(&facts, &Request::new(Period::parse(self.period).unwrap())).unwrap();
        match answer.status {
            Status::Charged => answer.amount.zip(answer.exact),
            Status::Exempt | Status::NotDue => Some((Exact::ZERO, Exact::ZERO)),
            _ => None,
        }
    }
}

fn cpc(rule: &'static str, period: &'static str, to: Option<&'static str>) -> (Curve, RuleSet) {
    let rule_set = RuleSet::builtin("cpc").unwrap();
    let asked = Asked { rule_set: &rule_set, rule: Some(rule), period, facts: &[], to };
    let curve = asked.curve().unwrap();
    (curve, rule_set)
}

/// `3000: 15 | 30`, with a bracket on the side that the value itself belongs to.
fn shown(jump: &CurveJump) -> String {
    let amount = |point: Option<CurvePoint>| point.map_or("none".to_owned(), |point| point.owed.to_string());
    let (below, above) = (amount(jump.below), amount(jump.above));
    if jump.belongs_below {
        format!("{}: [{below}] {above}", jump.at)
    } else {
        format!("{}: {below} [{above}]", jump.at)
    }
}

fn jumps(curve: &Curve) -> Vec<String> {
    curve.jumps.iter().map(shown).collect()
}

#[test]
fn the_cliffs_of_2008_are_at_three_five_and_ten_thousand() {
    let (curve, _) = cpc("waged", "2026-11", None);
    assert_eq!(jumps(&curve), ["3000: [15] 30", "5000: [50] 75", "10000: [150] 200"]);
    assert_eq!((curve.from.to_string(), curve.to.to_string()), ("0".to_owned(), "12500".to_owned()));
    assert_eq!(curve.stretches.len(), 4);
    assert!(curve.is_complete && curve.bends.is_empty());
}

#[test]
fn the_rates_of_1998_have_edges_of_their_own() {
    let (curve, _) = cpc("waged", "2008-03", None);
    assert_eq!(jumps(&curve), ["400: [2] 4", "600: [6] 9", "800: [12] 16", "1500: [30] 45"]);
}

#[test]
fn the_ceiling_bends_the_curve_exactly_where_it_begins_to_act() {
    let (curve, _) = cpc("waged", "2026-11", Some("70000"));
    let bends: Vec<_> = curve.bends.iter().map(|bend| (bend.at.to_string(), bend.owed.to_string())).collect();
    assert_eq!(bends, [("50000".to_owned(), "1000".to_owned())]);
    // Before the notice of 2017 there was no ceiling.
    assert!(cpc("waged", "2016-12", Some("70000")).0.bends.is_empty());
}

#[test]
fn whole_yuan_are_steps_and_each_is_found() {
    let cyl = RuleSet::builtin("cyl").unwrap();
    let asked = Asked { rule_set: &cyl, rule: Some("waged"), period: "2026-11", facts: &[], to: Some("12000") };
    let curve = asked.curve().unwrap();
    let wanted: Vec<String> = std::iter::once("2000: 3 [4]".to_owned())
        .chain((5_i64..=20).map(|yuan| format!("{}: {} [{yuan}]", yuan.strict_mul(500), yuan.strict_sub(1))))
        .collect();
    assert_eq!(jumps(&curve), wanted);
    assert_eq!(Some(curve.along), cyl.rules().input_by_name("base"));
}

#[test]
fn every_point_is_an_answer_and_so_is_what_lies_between_two() {
    let sets = ["cpc", "cyl", "fdp", "acftu", "igmetall"].map(|id| RuleSet::builtin(id).unwrap());
    let [cpc, cyl, fdp, acftu, igmetall] = &sets;
    let all = [
        (cpc, "waged", "2026-11"),
        (cpc, "retired", "2026-11"),
        (cpc, "waged", "2007-01"),
        (cyl, "waged", "2010-05"),
        (fdp, "dated", "2019-03"),
        (acftu, "waged", "2026-11"),
        (igmetall, "working", "2026-11"),
    ];
    let mut compared = 0;
    for (rule_set, rule, period) in all {
        let asked = Asked { rule_set, rule: Some(rule), period, facts: &[], to: None };
        let curve = asked.curve().unwrap_or_else(|error| panic!("{rule}: {error}"));
        let heights = curve.stretches.iter().flatten().map(|point| point.height);
        let height = heights.clone().max().unwrap().checked_sub(heights.min().unwrap()).unwrap();
        let unseen = height.checked_div(number("250")).unwrap();
        for point in curve.stretches.iter().flatten() {
            assert_eq!(asked.owed(&curve, point.at).map(|(owed, _)| owed), Some(point.owed), "{rule} {}", point.at);
        }
        for (a, b) in curve.stretches.iter().flat_map(|stretch| stretch.iter().zip(stretch.iter().skip(1))) {
            for tenth in 1..10_i64 {
                let part = Exact::ratio(i128::from(tenth), 10).unwrap();
                let between = |one: Exact, other: Exact| {
                    one.checked_add(other.checked_sub(one).unwrap().checked_mul(part).unwrap()).unwrap()
                };
                let (owed, exact) = asked.owed(&curve, between(a.at, b.at)).unwrap();
                let line = between(a.height, b.height);
                let off = |amount: Exact| amount.checked_sub(line).unwrap().checked_abs().unwrap();
                assert!(off(owed).min(off(exact)) <= unseen, "{rule} {period}: {line} is drawn where {owed} is owed");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn what_a_condition_needs_is_found_and_what_was_told_stays() {
    let (curve, cpc) = cpc("retired", "2026-11", None);
    assert_eq!(
        curve.found_in_words(&cpc, "en"),
        "stage of membership: probationary member; category of member: retired"
    );
    let told = [("stage", "full")];
    let asked = Asked { rule_set: &cpc, rule: Some("retired"), period: "2026-11", facts: &told, to: None };
    assert_eq!(asked.curve().unwrap().found_in_words(&cpc, "zh"), "类别：离退休");
}

#[test]
fn days_on_which_something_is_owed_are_found() {
    let text = "
rollbook: 1
id: club
edition: 1
languages: [en]
title: Club
currency: EUR
sources:
  rules: { title: Rules, in_force: 2020-01-01, attested: official }
facts:
  active: { kind: yes_no }
  pay:    { kind: money per month, at_least: 0 }
  joined: { kind: date }
  left:   { kind: date }
charges:
  dues:
    per: month
    owed: { cite: rules § 2, when: active and joined < period_start <= left }
    tariff:
      new: { cite: rules § 3, when: period_start < joined + 1 year, rate: 1%, of: pay }
      old: { cite: rules § 3, when: period_start >= joined + 1 year, rate: 1.3%, of: pay, at_most: 90 }
    round: { cite: rules § 4, is: half_up to 0.01 }
";
    let rule_set = RuleSet::parse(text).unwrap();
    let found = |rule, facts: &[(&str, &str)]| {
        let asked = Asked { rule_set: &rule_set, rule: Some(rule), period: "2026-11", facts, to: None };
        asked.curve().unwrap().found_in_words(&rule_set, "en")
    };
    assert_eq!(found("old", &[]), "active: yes; joined: 2016-11-01; left: 2036-11-01");
    assert_eq!(found("old", &[("left", "2026-12-31"), ("active", "yes")]), "joined: 2016-11-01");
    assert_eq!(found("new", &[]), "active: yes; joined: 2026-10-01; left: 2036-11-01");
    assert_eq!(found("new", &[("joined", "2026-03-01")]), "active: yes; left: 2036-11-01");
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let cpc = RuleSet::builtin("cpc").unwrap();
    let error = |rule: Option<&str>, period: &str, facts: &[(&str, &str)], to: Option<&str>| {
        Asked { rule_set: &cpc, rule, period, facts, to }.curve().unwrap_err().to_string()
    };
    assert_eq!(error(None, "2026-11", &[], None), "name the rule to draw: fixed, retired, waged");
    assert_eq!(
        error(Some("wage"), "2026-11", &[], None),
        "charge `dues` has no rule `wage`; it has fixed, retired, waged (did you mean `waged`?)"
    );
    assert_eq!(
        error(Some("fixed"), "2026-11", &[], None),
        "rule `fixed` is not worked out from a number that is told, so there is no curve to draw"
    );
    assert_eq!(
        error(Some("retired"), "2007-01", &[], None),
        "rule `retired` is not in force at the time of 2007-01; it is on 2008-04-01"
    );
    assert_eq!(
        error(Some("waged"), "2026-11", &[("category", "retired")], None),
        "with these facts not `waged` applies but `dues.tariff.retired`"
    );
    assert_eq!(
        error(Some("waged"), "2026-11", &[("stage", "applicant")], None),
        "no amount is owed anywhere, but `not_due`"
    );
    assert_eq!(
        error(Some("waged"), "2026-11", &[], Some("-1")),
        "the curve would go from 0 to -1: the first has to be less"
    );
}
