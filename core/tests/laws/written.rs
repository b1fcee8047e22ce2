//! What is written reads back: numbers, days, periods, roundings, expressions.

use proptest::prelude::*;
use rollbook::RuleSet;
use rollbook::dues::{Form, TariffBody};
use rollbook::ruleset::{ExprId, written};
use rollbook::value::{Date, Exact, Per, Period, Rounding, RoundingMode};

proptest! {
    #[test]
    fn a_number_that_ends_reads_back(units in any::<i64>(), places in 0_u32..18) {
        let number = Exact::ratio(i128::from(units), 10_i128.pow(places)).unwrap();
        prop_assert_eq!(Exact::parse(&number.to_string()).unwrap(), number);
        let fixed = number.to_fixed(18).unwrap();
        prop_assert_eq!(Exact::parse(&fixed).unwrap(), number);
    }

    #[test]
    fn a_day_reads_back(year in 1_i32..=9999, month in 1_u32..=12, day in 1_u32..=31) {
        if let Some(day) = Date::new(year, month, day) {
            prop_assert_eq!(Date::parse(&day.to_string()).unwrap(), day);
        }
    }

    #[test]
    fn a_period_reads_back_and_holds_its_days(
        year in 1_i32..=9999, month in 1_u32..=12, day in 1_u32..=28,
        per in prop::sample::select(vec![Per::Month, Per::Quarter, Per::HalfYear, Per::Year]),
    ) {
        let day = Date::new(year, month, day).unwrap();
        let period = Period::containing(per, day).unwrap();
        prop_assert_eq!(Period::parse(&period.to_string()).unwrap(), period);
        prop_assert!(period.start() <= day && day <= period.end());
    }

    #[test]
    fn a_rounding_reads_back(mode in prop::sample::select(RoundingMode::ALL.to_vec()), units in 1_i64..100_000, places in 0_u32..6) {
        let rounding = Rounding::new(mode, Exact::ratio(i128::from(units), 10_i128.pow(places)).unwrap()).unwrap();
        prop_assert_eq!(Rounding::parse(&rounding.to_string()).unwrap(), rounding);
    }

    #[test]
    fn an_expression_reads_back_as_the_same_tree(text in amounts()) {
        let first = compiled(&text);
        let (rules, root) = (first.rules(), root(&first));
        let said = written(rules, root);
        let again = compiled(&said);
        prop_assert_eq!(tree(&again, self::root(&again)), tree(&first, root), "{} was written as {}", text, said);
    }
}

/// Expressions for an amount a month.
fn amounts() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        3 => prop::sample::select(vec!["pay", "bonus", "extra", "base"]).prop_map(str::to_owned),
        2 => (0_u32..100_000).prop_map(|count| format!("{}.{:02}", count / 100, count % 100)),
        1 => (1_u32..500).prop_map(|count| format!("{count} per month")),
        1 => (1_u32..500, factors()).prop_map(|(count, factor)| format!("{count} CNY per month * ({factor})")),
        1 => Just("yearly per month".to_owned()),
        1 => (1_u16..13).prop_map(|months| format!("average(pay over {months} months)")),
    ];
    // A bare number takes its unit from its partner, so every composition holds an amount.
    let rounding = prop::sample::select(vec!["half_up to 0.01", "down to 10", "half_even to 0.05", "ceil to 1"]);
    leaf.prop_map(|leaf| format!("(pay + {leaf})")).prop_recursive(4, 32, 3, move |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            3 => (two.clone(), prop::sample::select(vec!["+", "-", "at_least", "at_most", "otherwise"]))
                .prop_map(|((a, b), op)| format!("{a} {op} {b}")),
            1 => (two.clone(), prop::sample::select(vec!["+", "-", "at_least", "at_most", "otherwise"]))
                .prop_map(|((a, b), op)| format!("({a}) {op} ({b})")),
            2 => (inner.clone(), factors(), prop::sample::select(vec!["*", "/"])).prop_map(|(a, b, op)| format!("({a}) {op} ({b})")),
            1 => (inner.clone(), factors()).prop_map(|(a, b)| format!("({b}) * ({a})")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            1 => (inner.clone(), rounding.clone()).prop_map(|(a, rounding)| format!("round({a} {rounding})")),
            1 => inner.clone().prop_map(|a| format!("floor({a})")),
            1 => inner.clone().prop_map(|a| format!("({a}) per month")),
            2 => (conditions(inner), two).prop_map(|(c, (a, b))| format!("(if {c} then {a} else {b})")),
        ]
    })
}

/// Plain numbers.
fn factors() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("heads".to_owned()),
        Just("share".to_owned()),
        Just("share + heads".to_owned()),
        Just("heads / 2".to_owned()),
        Just("pay / base".to_owned()),
        (1_u32..1_000).prop_map(|count| format!("{count}")),
        (1_u32..1_000).prop_map(|count| format!("{}.{}%", count / 10, count % 10)),
        (1_u32..10, 1_u32..10).prop_map(|(above, below)| format!("{above}/{below}")),
    ]
}

fn conditions(amount: impl Strategy<Value = String> + Clone + 'static) -> impl Strategy<Value = String> {
    let comparison = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let days = prop::sample::select(vec![
        "born + 18 years <= day",
        "born - 3 days < period_start",
        "latest(born, year_start) = day",
        "earliest(born, period_end, never) > since(kind)",
        "months from born to day >= 6 months",
        "day - born > 30 days",
        "born > 2017-01-31",
    ]);
    let leaf = prop_oneof![
        Just("active".to_owned()),
        Just("kind = staff".to_owned()),
        Just("kind != student".to_owned()),
        Just("kind in staff | other".to_owned()),
        Just("purposes includes hall".to_owned()),
        Just("base exists".to_owned()),
        Just("latched(active, kind = staff)".to_owned()),
        days.prop_map(str::to_owned),
        (amount.clone(), comparison, amount.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        amount.prop_map(|a| format!("0 <= {a} < 100")),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} and {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} or {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            inner.clone().prop_map(|a| format!("not ({a})")),
            inner.prop_map(|a| format!("not {a}")),
        ]
    })
}

fn compiled(expression: &str) -> RuleSet {
    let text = format!(
        "
rollbook: 1
id: drawn
edition: 1
languages: [en]
title: a drawn expression
currency: CNY
sources: {{ rules: {{ title: rules, in_force: 2000-01-01, attested: official }} }}
settings: {{ extra: {{ kind: money per month, cite: rules, default: 1 }} }}
facts:
  kind: {{ kind: one_of, words: [ staff, student, other ] }}
  pay: {{ kind: money per month }}
  bonus: {{ kind: money per month }}
  yearly: {{ kind: money per year }}
  heads: {{ kind: count }}
  share: {{ kind: share }}
  active: {{ kind: yes_no }}
  born: {{ kind: date }}
  purposes: {{ kind: set_of, words: [ choir, hall ] }}
terms: {{ base: {{ kind: money per month, cite: rules, is: pay * 2 }} }}
charges:
  dues:
    per: month
    tariff: {{ cite: rules, amount: \"{expression}\" }}
    round: {{ cite: rules, is: half_up to 0.01 }}
"
    );
    RuleSet::parse(&text).unwrap_or_else(|refused| panic!("{expression}: {:?}", refused.diagnostics))
}

/// The expression of the only tariff.
fn root(rule_set: &RuleSet) -> ExprId {
    let case = rule_set.charges().charges[0].tariff.cases().next().unwrap();
    let TariffBody::Amount(schedule) = &case.body.body else { panic!("an amount is wanted") };
    let Form::Amount(root) = schedule.form else { panic!("an expression is wanted") };
    root
}

/// Operators and types as nested text, without the places at which they stand.
fn tree(rule_set: &RuleSet, root: ExprId) -> String {
    let node = rule_set.rules().arena.get(root).unwrap();
    let mut operator = format!("{:?}", node.op);
    for child in node.op.children() {
        operator = operator.replacen(&format!("{child:?}"), &tree(rule_set, child), 1);
    }
    format!("{operator}: {:?}", node.type_)
}
