//! What the rows of a roster come to.

use std::collections::BTreeMap;

use rollbook::dues::{Answer, Charge, Status};
use rollbook::ruleset::{Alternative, Rules, TimelineId, spaced};
use rollbook::value::Exact;

use crate::findings::in_rows;
use crate::wording::Language;

/// Counts and exact totals. A sum that can no longer be kept exactly is none.
#[derive(Debug)]
pub(crate) struct Summary {
    rows: u64,
    statuses: [u64; Status::ALL.len()],
    total: Option<Exact>,
    by_rule: BTreeMap<Option<TimelineId>, (u64, Option<Exact>)>,
    scale: u32,
}

impl Summary {
    pub(crate) fn new() -> Self {
        let statuses = [0; Status::ALL.len()];
        Self { rows: 0, statuses, total: Some(Exact::ZERO), by_rule: BTreeMap::new(), scale: 0 }
    }

    /// Counts a row that was rejected before it could be answered.
    pub(crate) fn count_rejected(&mut self) {
        self.count(Status::Rejected);
    }

    /// Counts an answer.
    pub(crate) fn count_answer(&mut self, answer: &Answer) {
        self.count(answer.status);
        let Some(amount) = answer.amount else { return };
        let add = |sum: Option<Exact>| sum.and_then(|sum| sum.checked_add(amount).ok());
        self.total = add(self.total);
        let rule = answer.rule.map(|version| version.timeline);
        let (rows, sum) = self.by_rule.entry(rule).or_insert((0, Some(Exact::ZERO)));
        *rows = rows.saturating_add(1);
        *sum = add(*sum);
        self.scale = self.scale.max(answer.rounding.map_or(0, rollbook::value::Rounding::scale));
    }

    fn count(&mut self, status: Status) {
        self.rows = self.rows.saturating_add(1);
        for (counted, known) in self.statuses.iter_mut().zip(Status::ALL) {
            if known == status {
                *counted = counted.saturating_add(1);
            }
        }
    }

    /// Whether every row has an amount or owes nothing.
    pub(crate) fn is_settled(&self) -> bool {
        self.statuses.iter().zip(Status::ALL).all(|(counted, status)| *counted == 0 || status.is_settled())
    }

    /// The summary for people.
    pub(crate) fn render(&self, empty_rows: u64, charge: &Charge, rules: &Rules, language: &Language) -> String {
        let mut text = if language.is_chinese() {
            let skipped = if empty_rows > 0 { format!("，跳过空行{empty_rows}行") } else { String::new() };
            format!("读入{}行{skipped}\n", self.rows)
        } else {
            let skipped = if empty_rows > 0 { format!(", {empty_rows} empty skipped") } else { String::new() };
            format!("{} read{skipped}\n", in_rows(self.rows))
        };
        for (counted, status) in self.statuses.iter().zip(Status::ALL) {
            if *counted > 0 {
                let meaning = language.status(status);
                text.push_str(&format!("{counted:>8} {:<12} {meaning}\n", status.name()));
            }
        }
        let total = self.amount(self.total, language);
        text.push_str(&format!("{} {total} {}\n", language.pick("合计", "total"), rules.currency));
        for (rule, (rows, sum)) in &self.by_rule {
            let sum = self.amount(*sum, language);
            let title = title(*rule, charge, language.code());
            text.push_str(&if language.is_chinese() {
                format!("{rows:>8} 行 {sum:>14} {title}\n")
            } else {
                format!("{:>13} {sum:>14} {title}\n", in_rows(*rows))
            });
        }
        text
    }

    fn amount(&self, sum: Option<Exact>, language: &Language) -> String {
        match sum {
            Some(sum) => fixed(sum, self.scale),
            None => language.pick("（超出可精确保存的范围）", "(too large to be kept exactly)").to_owned(),
        }
    }
}

/// Writes an amount at a number of decimals; one that needs more is printed in full.
pub(crate) fn write_amount(amount: Exact, scale: u32, text: &mut String) {
    if !amount.write_fixed(scale, text) {
        text.push_str(&amount.to_string());
    }
}

/// An amount at a number of decimals; one that needs more is printed in full.
pub(crate) fn fixed(amount: Exact, scale: u32) -> String {
    amount.to_fixed(scale).unwrap_or_else(|| amount.to_string())
}

/// What people call the rule of an answer: the title of the alternative or reduction, else that of the charge.
fn title(rule: Option<TimelineId>, charge: &Charge, language: &str) -> String {
    let of_charge = || charge.title.get(language).map_or_else(|| spaced(&charge.name), str::to_owned);
    let Some(rule) = rule else { return of_charge() };
    let reductions = charge.reductions.iter().flat_map(|reductions| &reductions.choice.alternatives);
    let tariff = charge.tariff.alternatives.iter();
    tariff
        .filter_map(|alternative| named(alternative, rule, language))
        .chain(reductions.filter_map(|alternative| named(alternative, rule, language)))
        .next()
        .unwrap_or_else(of_charge)
}

fn named<T>(alternative: &Alternative<T>, rule: TimelineId, language: &str) -> Option<String> {
    if alternative.dated.timeline != rule {
        return None;
    }
    let title = alternative.title.get(language).map(str::to_owned);
    title.or_else(|| alternative.name.as_deref().map(spaced))
}
