//! The heading, what an answer comes to, and the remarks behind the reckoning.

use super::{ExplainedLine, LineKind};
use crate::dues::json::effective;
use crate::dues::{Answer, Line, Status};
use crate::explain::names::Names;
use crate::explain::number::pick;
use crate::explain::number::{Tongue, exact, money, operand, per};
use crate::value::Exact;

/// The rule set, the charge and the period.
pub(super) fn heading(names: Names<'_>, answer: &Answer) -> String {
    let rule_set = names.title(&names.rules.title, &names.rules.id);
    format!("{rule_set} · {} · {}", charge(names, answer), answer.period)
}

fn charge(names: Names<'_>, answer: &Answer) -> String {
    let charge = names.charges.charges.get(answer.charge);
    charge.map_or_else(String::new, |charge| names.title(&charge.title, &charge.name))
}

/// What an answer comes to, in a few words.
pub(super) fn result(names: Names<'_>, answer: &Answer) -> String {
    let tongue = names.tongue;
    match (answer.status, answer.amount) {
        (Status::Charged, Some(amount)) => {
            let amount = money(&answer.amount_text(amount), answer.currency, tongue);
            let unit = answer.unit.map(|unit| match tongue {
                Tongue::Zh => format!("每{}", per(unit, tongue)),
                Tongue::En => format!(" per {}", per(unit, tongue)),
            });
            let each = names.charges.charges.get(answer.charge).is_some_and(|charge| charge.each.is_some());
            if each {
                // What was paid voluntarily is not owed.
                return pick!(tongue, format!("计 {amount}"), format!("comes to {amount}"));
            }
            match (tongue, unit) {
                (Tongue::Zh, unit) => format!("{}应交 {amount}", unit.unwrap_or_default()),
                (Tongue::En, unit) => format!("owed: {amount}{}", unit.unwrap_or_default()),
            }
        }
        (Status::Charged, None) => pick!(tongue, "应交", "owed").to_owned(),
        (Status::Exempt, _) => pick!(tongue, "免交", "exempt").to_owned(),
        (Status::NotDue, _) => pick!(tongue, "本期不应交", "not due in this period").to_owned(),
        (Status::NeedsFacts, _) => {
            pick!(tongue, "情况不全，暂不能算定", "facts are missing, so it is not settled").to_owned()
        }
        (Status::NoRule, _) => pick!(tongue, "没有可以适用的规定", "the rules give no answer").to_owned(),
        (Status::Rejected, _) => {
            pick!(tongue, "填报有误，不予计算", "rejected: something given is not acceptable").to_owned()
        }
    }
}

/// The lines behind the steps: the total, what it comes to, the next band, what is missing, findings.
pub(super) fn close(names: Names<'_>, answer: &Answer, lines: &mut Vec<ExplainedLine>) {
    let tongue = names.tongue;
    total(names, answer, lines);
    let between = if answer.status == Status::Charged { pick!(tongue, "：", " ") } else { pick!(tongue, "：", ": ") };
    let mut text = format!("{}{between}", charge(names, answer));
    text.push_str(&result(names, answer));
    // Records may go to different places; then each says its own.
    if answer.lines.len() < 2
        && let Some(to) = recipient(names, answer, answer.goes_to)
    {
        text.push_str(&pick!(tongue, format!("，交{to}"), format!(", goes to {to}")));
    }
    let values: Vec<Exact> = answer.amount.into_iter().collect();
    let on = effective(answer.period, names.charges.charges.get(answer.charge));
    let cite = answer.rule.filter(|_| answer.status != Status::Charged).and_then(|rule| names.cited(rule, on));
    lines.push(ExplainedLine::new(LineKind::Result, text).cite(cite).with(&values));
    next_band(names, answer, lines);
    guide(names, answer, lines);
    missing(names, answer, lines);
    for finding in &answer.findings {
        let message = finding.message(names.rules, names.charges, names.language);
        let cite = finding.cite.and_then(|version| names.cited(version, on));
        lines.push(ExplainedLine::new(LineKind::Finding, message).cite(cite));
    }
}

/// The amounts of lines or parts added up.
fn total(names: Names<'_>, answer: &Answer, lines: &mut Vec<ExplainedLine>) {
    let tongue = names.tongue;
    let mut amounts: Vec<Exact> = Vec::new();
    if !answer.parts.is_empty() {
        for part in &answer.parts {
            let status = match (part.status, part.amount) {
                (_, Some(amount)) => money(&answer.amount_text(amount), answer.currency, tongue),
                (status, None) => status_word(status, tongue).to_owned(),
            };
            let text = pick!(tongue, format!("{}：{status}", part.period), format!("{}: {status}", part.period));
            let values: Vec<Exact> = part.amount.into_iter().collect();
            lines.push(ExplainedLine::new(LineKind::Sum, text).with(&values));
        }
        amounts.extend(answer.parts.iter().filter_map(|part| part.amount));
    } else if answer.lines.len() > 1 {
        for line in &answer.lines {
            lines.push(record(names, answer, line));
        }
        amounts.extend(answer.lines.iter().filter_map(|line| line.amount));
    }
    if let Some(total) = answer.amount
        && amounts.len() > 1
    {
        let sum = amounts.iter().map(|amount| answer.amount_text(*amount)).collect::<Vec<_>>().join(" + ");
        let text = format!("{sum} = {}", answer.amount_text(total));
        amounts.push(total);
        lines.push(ExplainedLine::new(LineKind::Sum, text).with(&amounts));
    }
}

/// What one record comes to and who gets it.
fn record(names: Names<'_>, answer: &Answer, line: &Line) -> ExplainedLine {
    let tongue = names.tongue;
    let number = line.record.saturating_add(1);
    let day = line.day;
    let mut text = pick!(tongue, format!("第 {number} 笔（{day}）："), format!("record {number} ({day}): "));
    match line.amount {
        Some(amount) => text.push_str(&money(&answer.amount_text(amount), answer.currency, tongue)),
        None => text.push_str(status_word(line.status, tongue)),
    }
    if let Some(to) = recipient(names, answer, line.goes_to) {
        text.push_str(&pick!(tongue, format!("，交{to}"), format!(", goes to {to}")));
    }
    let values: Vec<Exact> = line.amount.into_iter().collect();
    ExplainedLine::new(LineKind::Sum, text).with(&values)
}

fn status_word(status: Status, tongue: Tongue) -> &'static str {
    match status {
        Status::Charged => pick!(tongue, "应交", "charged"),
        Status::Exempt => pick!(tongue, "免交", "exempt"),
        Status::NotDue => pick!(tongue, "不应交", "not due"),
        Status::NeedsFacts => pick!(tongue, "情况不全", "facts missing"),
        Status::NoRule => pick!(tongue, "无规定", "no rule"),
        Status::Rejected => pick!(tongue, "填报有误", "rejected"),
    }
}

fn recipient(names: Names<'_>, answer: &Answer, word: Option<u8>) -> Option<String> {
    let words = names.charges.charges.get(answer.charge)?.recipients?;
    Some(names.word(words, word?))
}

fn next_band(names: Names<'_>, answer: &Answer, lines: &mut Vec<ExplainedLine>) {
    let Some(next) = answer.next_band else { return };
    let (from, amount) = (exact(next.from), money(&answer.amount_text(next.amount), answer.currency, names.tongue));
    let text = match (names.tongue, next.included) {
        (Tongue::Zh, true) => format!("达到 {from} 即进入下一档，届时应交 {amount}"),
        (Tongue::Zh, false) => format!("超过 {from} 即进入下一档，届时应交 {amount}"),
        (Tongue::En, true) => format!("the next band begins at {from}, where {amount} is owed"),
        (Tongue::En, false) => format!("the next band begins above {from}, where {amount} is owed"),
    };
    lines.push(ExplainedLine::new(LineKind::NextBand, text).with(&[next.from, next.amount]));
}

fn guide(names: Names<'_>, answer: &Answer, lines: &mut Vec<ExplainedLine>) {
    let tongue = names.tongue;
    if let Some(guide) = answer.guide {
        let shown = exact(guide);
        let text = pick!(tongue, format!("建议数额 {shown}"), format!("recommended: {shown}"));
        lines.push(ExplainedLine::new(LineKind::Guide, text).with(&[guide]));
    }
    if !answer.suggested.is_empty() {
        let steps = answer.suggested.iter().map(|step| operand(*step)).collect::<Vec<_>>();
        let steps = steps.join(pick!(tongue, "、", ", "));
        let text = pick!(tongue, format!("可选数额 {steps}"), format!("steps offered: {steps}"));
        lines.push(ExplainedLine::new(LineKind::Guide, text).with(&answer.suggested));
    }
}

fn missing(names: Names<'_>, answer: &Answer, lines: &mut Vec<ExplainedLine>) {
    let tongue = names.tongue;
    if !answer.missing.is_empty() {
        let wanted = answer.missing.iter().filter_map(|missing| {
            let input = names.rules.input(missing.input)?;
            let title = names.title(&input.title, &input.name);
            Some(match missing.on {
                Some(on) => pick!(tongue, format!("{title}（{on} 的情况）"), format!("{title} (as of {on})")),
                None => title,
            })
        });
        let wanted = wanted.collect::<Vec<_>>().join(pick!(tongue, "、", ", "));
        let text = pick!(tongue, format!("尚需填报：{wanted}"), format!("still needed: {wanted}"));
        lines.push(ExplainedLine::new(LineKind::Missing, text));
    }
    if let Some(bounds) = answer.bounds {
        let shown = |amount: Exact| money(&answer.amount_text(amount), answer.currency, tongue);
        let (least, most) = (shown(bounds.at_least), shown(bounds.at_most));
        let text =
            pick!(tongue, format!("数额在 {least} 与 {most} 之间"), format!("it lies between {least} and {most}"));
        lines.push(ExplainedLine::new(LineKind::Missing, text).with(&[bounds.at_least, bounds.at_most]));
    }
}
