//! The heading, what an answer comes to, and the remarks behind the reckoning.

use std::borrow::Cow;
use std::ops::Range;

use super::LineKind;
use super::lines::Lines;
use crate::dues::json::effective;
use crate::dues::{Answer, Line, Status};
use crate::explain::names::Names;
use crate::explain::number::{Amount, InCurrency, Operand, Tongue, per, pick};
use crate::explain::put::{listed, put};
use crate::value::Exact;

/// Writes the rule set, the charge and the period, then what the answer comes to; gives where the two stand.
pub(super) fn open(names: Names<'_>, answer: &Answer, out: &mut String) -> (Range<usize>, Range<usize>) {
    let rule_set = names.title(&names.rules.title, &names.rules.id);
    put!(out, rule_set, " · ", names.charge(answer.charge), " · ", answer.period);
    let heading = 0..out.len();
    out.push('\n');
    let start = out.len();
    put_result(names, answer, out);
    let result = start..out.len();
    out.push('\n');
    (heading, result)
}

/// What an answer comes to, in a few words.
fn put_result(names: Names<'_>, answer: &Answer, out: &mut String) {
    let tongue = names.tongue;
    match (answer.status, answer.amount) {
        (Status::Charged, Some(amount)) => {
            let amount = Amount { answer, number: amount, tongue };
            if names.charges.charges.get(answer.charge).is_some_and(|charge| charge.each.is_some()) {
                // What was paid voluntarily is not owed.
                return put!(out, pick!(tongue, "计 ", "comes to "), amount);
            }
            let unit = answer.unit.map(|unit| per(unit, tongue));
            match tongue {
                Tongue::Zh => {
                    if let Some(unit) = unit {
                        put!(out, "每", unit);
                    }
                    put!(out, "应交 ", amount);
                }
                Tongue::En => {
                    put!(out, "owed: ", amount);
                    if let Some(unit) = unit {
                        put!(out, " per ", unit);
                    }
                }
            }
        }
        (Status::Charged, None) => out.push_str(pick!(tongue, "应交", "owed")),
        (Status::Exempt, _) => out.push_str(pick!(tongue, "免交", "exempt")),
        (Status::NotDue, _) => out.push_str(pick!(tongue, "本期不应交", "not due in this period")),
        (Status::NeedsFacts, _) => out.push_str(not_settled(tongue)),
        (Status::NoRule, _) => out.push_str(pick!(tongue, "没有可以适用的规定", "the rules give no answer")),
        (Status::Rejected, _) => {
            out.push_str(pick!(tongue, "填报有误，不予计算", "rejected: something given is not acceptable"));
        }
    }
}

/// What is said where facts are missing.
pub(super) fn not_settled(tongue: Tongue) -> &'static str {
    pick!(tongue, "情况不全，暂不能算定", "facts are missing, so it is not settled")
}

/// The total and what the answer comes to, which stands in the text already.
pub(super) fn conclude<'a>(names: Names<'a>, answer: &'a Answer, result: &Range<usize>, lines: &mut Lines<'a>) {
    let tongue = names.tongue;
    total(names, answer, lines);
    let on = effective(answer.period, names.charges.charges.get(answer.charge));
    let cited = |version| names.cited(version, on).map(Cow::Borrowed);
    let cite = answer.rule.filter(|_| answer.status != Status::Charged).and_then(cited);
    lines.say(LineKind::Result, cite, answer.amount, |out| {
        let is = if answer.status == Status::Charged { pick!(tongue, "：", " ") } else { pick!(tongue, "：", ": ") };
        put!(out, names.charge(answer.charge), is);
        out.extend_from_within(result.clone());
        // Records may go to different places; then each says its own.
        if answer.lines.len() < 2 {
            put_recipient(names, answer, answer.goes_to, out);
        }
    });
}

/// The lines behind the reckoning: the next band, what is recommended, instalments, what is missing, findings.
pub(super) fn remark<'a>(names: Names<'a>, answer: &'a Answer, lines: &mut Lines<'a>) {
    let on = effective(answer.period, names.charges.charges.get(answer.charge));
    let cited = |version| names.cited(version, on).map(Cow::Borrowed);
    next_band(names, answer, lines);
    guide(names, answer, lines);
    instalments(names, answer, lines);
    missing(names, answer, lines);
    for finding in &answer.findings {
        let cite = finding.cite.and_then(cited);
        lines.say(LineKind::Finding, cite, None, |out| finding.write_message(&names, out));
    }
}

/// The amounts of lines or parts added up.
fn total(names: Names<'_>, answer: &Answer, lines: &mut Lines<'_>) {
    let tongue = names.tongue;
    let mut amounts: Vec<Exact> = Vec::new();
    if !answer.parts.is_empty() {
        for part in &answer.parts {
            lines.say(LineKind::Sum, None, part.amount, |out| {
                put!(out, part.period, pick!(tongue, "：", ": "));
                put_amount_or_status(answer, part.amount, part.status, tongue, out);
            });
        }
        amounts.extend(answer.parts.iter().filter_map(|part| part.amount));
    } else if answer.lines.len() > 1 {
        for line in &answer.lines {
            record(names, answer, line, lines);
        }
        amounts.extend(answer.lines.iter().filter_map(|line| line.amount));
    }
    if let Some(total) = answer.amount
        && amounts.len() > 1
    {
        let values = amounts.iter().copied().chain([total]);
        lines.say(LineKind::Sum, None, values, |out| {
            listed(out, " + ", &amounts, |out, amount| answer.write_amount(*amount, out));
            out.push_str(" = ");
            answer.write_amount(total, out);
        });
    }
}

/// What one record comes to and who gets it.
fn record(names: Names<'_>, answer: &Answer, line: &Line, lines: &mut Lines<'_>) {
    let tongue = names.tongue;
    let number = line.record.saturating_add(1);
    lines.say(LineKind::Sum, None, line.amount, |out| {
        let words = pick!(tongue, ("第 ", " 笔（", "）："), ("record ", " (", "): "));
        put!(out, words.0, number, words.1, line.day, words.2);
        put_amount_or_status(answer, line.amount, line.status, tongue, out);
        put_recipient(names, answer, line.goes_to, out);
    });
}

fn put_amount_or_status(answer: &Answer, amount: Option<Exact>, status: Status, tongue: Tongue, out: &mut String) {
    match amount {
        Some(amount) => put!(out, Amount { answer, number: amount, tongue }),
        None => out.push_str(match status {
            Status::Charged => pick!(tongue, "应交", "charged"),
            Status::Exempt => pick!(tongue, "免交", "exempt"),
            Status::NotDue => pick!(tongue, "不应交", "not due"),
            Status::NeedsFacts => pick!(tongue, "情况不全", "facts missing"),
            Status::NoRule => pick!(tongue, "无规定", "no rule"),
            Status::Rejected => pick!(tongue, "填报有误", "rejected"),
        }),
    }
}

/// Who gets an amount, if the rules say so.
fn put_recipient(names: Names<'_>, answer: &Answer, word: Option<u8>, out: &mut String) {
    let words = names.charges.charges.get(answer.charge).and_then(|charge| charge.recipients);
    if let (Some(words), Some(word)) = (words, word) {
        put!(out, pick!(names.tongue, "，交", ", goes to "), names.word(words, word));
    }
}

fn next_band(names: Names<'_>, answer: &Answer, lines: &mut Lines<'_>) {
    let Some(next) = answer.next_band else { return };
    let tongue = names.tongue;
    let amount = Amount { answer, number: next.amount, tongue };
    lines.say(LineKind::NextBand, None, [next.from, next.amount], |out| match tongue {
        Tongue::Zh => {
            let begins = if next.included { "达到 " } else { "超过 " };
            put!(out, begins, next.from, " 即进入下一档，届时应交 ", amount);
        }
        Tongue::En => {
            let begins = if next.included { "at " } else { "above " };
            put!(out, "the next band begins ", begins, next.from, ", where ", amount, " is owed");
        }
    });
}

fn guide(names: Names<'_>, answer: &Answer, lines: &mut Lines<'_>) {
    let tongue = names.tongue;
    if let Some(guide) = answer.guide {
        lines.say(LineKind::Guide, None, [guide], |out| put!(out, pick!(tongue, "建议数额 ", "recommended: "), guide));
    }
    if !answer.suggested.is_empty() {
        lines.say(LineKind::Guide, None, answer.suggested.iter().copied(), |out| {
            out.push_str(pick!(tongue, "可选数额 ", "steps offered: "));
            listed(out, pick!(tongue, "、", ", "), &answer.suggested, |out, step| put!(out, Operand(*step)));
        });
    }
}

/// The ways in which the amount is paid in instalments.
fn instalments(names: Names<'_>, answer: &Answer, lines: &mut Lines<'_>) {
    let tongue = names.tongue;
    let ways = names.charges.charges.get(answer.charge).map_or(&[][..], |charge| &charge.pay_by);
    for instalment in &answer.instalments {
        let Some(way) = ways.get(instalment.way) else { continue };
        let title = names.title(&way.title, &way.name);
        let amount = instalment.text(instalment.amount, answer);
        let one = InCurrency(answer.currency, &amount, tongue);
        let rest = instalment.rest.map(|rest| (rest, instalment.text(rest.amount, answer)));
        let values = [instalment.rest.map(|rest| rest.amount), Some(instalment.amount)];
        lines.say(LineKind::PayBy, None, values.into_iter().flatten(), |out| {
            pick!(tongue, put!(out, "分期（", title, "）："), put!(out, "in instalments (", title, "): "));
            let Some(count) = instalment.count else {
                return pick!(tongue, put!(out, "每期 ", one), put!(out, one, " each"));
            };
            let Some((rest, text)) = &rest else {
                return pick!(tongue, put!(out, count, " 期各 ", one), put!(out, count, " of ", one));
            };
            let (other, others) = (InCurrency(answer.currency, text, tongue), count.saturating_sub(1));
            match (tongue, rest.last) {
                (Tongue::Zh, true) => put!(out, others, " 期各 ", one, "，末期 ", other),
                (Tongue::Zh, false) => put!(out, "首期 ", other, "，其余 ", others, " 期各 ", one),
                (Tongue::En, true) => put!(out, others, " of ", one, ", the last ", other),
                (Tongue::En, false) => put!(out, "the first ", other, ", then ", others, " of ", one),
            }
        });
    }
}

fn missing(names: Names<'_>, answer: &Answer, lines: &mut Lines<'_>) {
    let tongue = names.tongue;
    if !answer.missing.is_empty() {
        lines.say(LineKind::Missing, None, None, |out| {
            out.push_str(pick!(tongue, "尚需填报：", "still needed: "));
            let wanted =
                answer.missing.iter().filter_map(|missing| Some((names.rules.input(missing.input)?, missing.on)));
            listed(out, pick!(tongue, "、", ", "), wanted, |out, (input, on)| {
                put!(out, names.title(&input.title, &input.name));
                if let Some(on) = on {
                    pick!(tongue, put!(out, "（", on, " 的情况）"), put!(out, " (as of ", on, ")"));
                }
            });
        });
    }
    if let Some(bounds) = answer.bounds {
        let (least, most) = (bounds.at_least, bounds.at_most);
        lines.say(LineKind::Missing, None, [least, most], |out| {
            let shown = |number| Amount { answer, number, tongue };
            let words = pick!(tongue, ("数额在 ", " 与 ", " 之间"), ("it lies between ", " and ", ""));
            put!(out, words.0, shown(least), words.1, shown(most), words.2);
        });
    }
}
