//! Slab, table and marginal against a naive evaluation over arbitrary-precision rationals.

use dashu_int::IBig;
use dashu_ratio::RBig;
use proptest::prelude::*;
use rollbook::RuleSet;
use rollbook::dues::Request;
use rollbook::ruleset::{Told, Workspace};
use rollbook::value::{Exact, Period};

/// A row of a drawn table: where it ends, whether it owns that edge, and what it gives.
#[derive(Clone, Debug)]
struct Row {
    /// In hundredths; the last row has no end.
    ends: i64,
    owns: bool,
    /// In hundredths of a percent, or hundredths of an amount.
    gives: i64,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (1_i64..500_000, any::<bool>(), 0_i64..5_000).prop_map(|(ends, owns, gives)| Row { ends, owns, gives });
    prop::collection::vec(row, 1..7).prop_map(|mut rows| {
        rows.sort_by_key(|row| row.ends);
        rows.dedup_by_key(|row| row.ends);
        rows
    })
}

/// Hundredths as they are written.
fn hundredths(count: i64) -> String {
    format!("{}.{:02}", count / 100, count % 100)
}

/// The values at, just below and just above every edge, and some between.
fn bases(rows: &[Row], more: &[i64]) -> Vec<String> {
    let mut all = vec!["0".to_owned()];
    for row in rows {
        all.extend([row.ends - 1, row.ends, row.ends + 1].map(hundredths));
        all.push(format!("{}5", hundredths(row.ends)));
    }
    all.extend(more.iter().map(|count| format!("{}37", hundredths(*count))));
    all
}

/// A rule set whose charge has these rows; `key` is what they give and `scale` how it is written.
fn rule_set(form: &str, key: &str, unit: &str, rows: &[Row]) -> RuleSet {
    let mut bands = Vec::new();
    let mut lower: Option<&Row> = None;
    for (at, row) in rows.iter().enumerate() {
        let mut edges = Vec::new();
        if let Some(below) = lower {
            edges.push(format!("{}: {}", if below.owns { "above" } else { "from" }, hundredths(below.ends)));
        }
        if at + 1 < rows.len() || lower.is_none() {
            edges.push(format!("{}: {}", if row.owns { "up_to" } else { "below" }, hundredths(row.ends)));
        }
        bands.push(format!("{{ {}, {key}: {}{unit} }}", edges.join(", "), hundredths(row.gives)));
        lower = Some(row);
    }
    if rows.len() == 1 {
        let word = if rows[0].owns { "above" } else { "from" };
        bands.push(format!("{{ {word}: {}, {key}: 0{unit} }}", hundredths(rows[0].ends)));
    }
    parsed(&format!("{form}: {{ of: base, stated: [ cliff, falling ], bands: [ {} ] }}", bands.join(", ")))
}

fn parsed(schedule: &str) -> RuleSet {
    let text = format!(
        "
rollbook: 1
id: drawn
edition: 1
languages: [en]
title: drawn rows
currency: CNY
sources: {{ rules: {{ title: rules, in_force: 2000-01-01, attested: official }} }}
facts: {{ base: {{ kind: money per month, at_least: 0 }} }}
charges:
  dues:
    per: month
    tariff: {{ cite: rules, {schedule} }}
    round: {{ cite: rules, is: half_up to 0.01 }}
"
    );
    RuleSet::parse(&text).unwrap_or_else(|refused| panic!("{:?}\n{text}", refused.diagnostics))
}

/// The exact amount, as a reference number.
fn due(rule_set: &RuleSet, base: &str) -> RBig {
    let period = Period::parse("2026-11").unwrap();
    let request = Request { charge: None, period, known: None, settings: &[], set_aside: &[] };
    let mut facts = rule_set.facts();
    facts.tell(rule_set.rules(), "base", &Told::from(base));
    let answer = rule_set.prepare(&request).unwrap().answer(&facts, &mut Workspace::default());
    reference(answer.exact.unwrap_or_else(|| panic!("{base}: {:?} {:?}", answer.status, answer.findings)))
}

fn reference(exact: Exact) -> RBig {
    RBig::from_parts_signed(exact.numerator().into(), exact.denominator().into())
}

fn over(count: i64, below: i64) -> RBig {
    RBig::from(IBig::from(count)) / RBig::from(IBig::from(below))
}

fn decimal(text: &str) -> RBig {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let scale = 10_i64.pow(u32::try_from(decimals.len()).unwrap());
    over(format!("{whole}{decimals}").parse().unwrap(), scale)
}

/// Goes up through the rows until one ends at or beyond the value; behind the only row, nothing is due.
fn row_of<'r>(rows: &'r [Row], value: &RBig) -> Option<&'r Row> {
    let holds = |row: &&Row| {
        let end = over(row.ends, 100);
        *value < end || row.owns && *value == end
    };
    rows.iter().find(holds).or(if rows.len() > 1 { rows.last() } else { None })
}

/// The length of what two stretches from zero on have in common beyond `from`.
fn inside(value: &RBig, from: &RBig, to: Option<&RBig>) -> RBig {
    let top = to.map_or(value, |to| value.min(to));
    if top > from { top - from } else { RBig::ZERO }
}

fn marginal_sum(rows: &[Row], value: &RBig) -> RBig {
    let mut sum = RBig::ZERO;
    let mut from = RBig::ZERO;
    for (at, row) in rows.iter().enumerate() {
        let end = over(row.ends, 100);
        let is_open = at + 1 == rows.len() && rows.len() > 1;
        sum += over(row.gives, 10_000) * inside(value, &from, if is_open { None } else { Some(&end) });
        from = end;
    }
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_slab_is_the_whole_base_at_the_rate_of_its_row(rows in rows(), more in prop::collection::vec(0_i64..700_000, 3)) {
        let rules = rule_set("slab", "rate", "%", &rows);
        for base in bases(&rows, &more) {
            let value = decimal(&base);
            let rate = row_of(&rows, &value).map_or(RBig::ZERO, |row| over(row.gives, 10_000));
            prop_assert_eq!(due(&rules, &base), rate * value, "{}", base);
        }
    }

    #[test]
    fn a_table_is_the_amount_of_its_row(rows in rows(), more in prop::collection::vec(0_i64..700_000, 3)) {
        let rules = rule_set("table", "amount", "", &rows);
        for base in bases(&rows, &more) {
            let amount = row_of(&rows, &decimal(&base)).map_or(RBig::ZERO, |row| over(row.gives, 100));
            prop_assert_eq!(due(&rules, &base), amount, "{}", base);
        }
    }

    #[test]
    fn marginal_rows_sum_what_lies_inside_each(rows in rows(), more in prop::collection::vec(0_i64..700_000, 3)) {
        let rules = rule_set("marginal", "rate", "%", &rows);
        for base in bases(&rows, &more) {
            prop_assert_eq!(due(&rules, &base), marginal_sum(&rows, &decimal(&base)), "{}", base);
        }
    }

    #[test]
    fn who_has_more_never_owes_less_by_marginal_rows(rows in rows(), more in prop::collection::vec(0_i64..700_000, 6)) {
        let rules = rule_set("marginal", "rate", "%", &rows);
        let mut bases: Vec<(RBig, String)> = bases(&rows, &more).into_iter().map(|base| (decimal(&base), base)).collect();
        bases.sort();
        let dues: Vec<RBig> = bases.iter().map(|(_, base)| due(&rules, base)).collect();
        for (at, pair) in dues.windows(2).enumerate() {
            prop_assert!(pair[0] <= pair[1], "{} owes {}, {} owes {}", bases[at].1, pair[0], bases[at + 1].1, pair[1]);
        }
    }

    /// Rows printed in whole numbers leave holes between them that the look-up closes.
    #[test]
    fn a_printed_table_is_looked_up_in_whole_numbers(
        ends in prop::collection::btree_set(1_i64..500, 1..6),
        mode in prop::sample::select(vec!["down", "up", "half_up"]),
        bases in prop::collection::vec(0_i64..60_000, 8),
    ) {
        let ends: Vec<i64> = ends.into_iter().collect();
        let mut bands = vec![format!("{{ up_to: {}, amount: 0 }}", ends[0])];
        for (at, end) in ends.iter().enumerate() {
            let until = ends.get(at + 1).map(|next| format!("up_to: {next}, ")).unwrap_or_default();
            bands.push(format!("{{ from: {}, {until}amount: {} }}", end + 1, at + 1));
        }
        let rules = parsed(&format!(
            "table: {{ of: base, published_in: 1, between: {mode}, stated: [ cliff ], bands: [ {} ] }}", bands.join(", "),
        ));
        let edges = ends.iter().flat_map(|end| [end * 100 - 1, end * 100, end * 100 + 1, end * 100 + 49, end * 100 + 50, end * 100 + 99, end * 100 + 100]);
        for base in edges.chain(bases.iter().copied()) {
            let whole = match mode {
                "down" => base / 100,
                "up" => (base + 99) / 100,
                _ => (base + 50) / 100,
            };
            let row = i64::try_from(ends.iter().filter(|end| whole > **end).count()).unwrap();
            prop_assert_eq!(due(&rules, &hundredths(base)), over(row, 1), "{}", base);
        }
    }
}
