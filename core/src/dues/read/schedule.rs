//! Schedules: how an amount is found.

use super::Place;
use crate::dues::rule::{Declared, Form, Row, Schedule};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::expression::Op;
use crate::ruleset::node::Node;
use crate::ruleset::read::{BandGives, Reader, first_key, is_yes};
use crate::ruleset::{Bands, ExprId, Gives, Type};

/// Reads the schedule whose keys stand in a node; a version may leave words out of its table, because another
/// alternative may have them.
pub(super) fn read(reader: &mut Reader, node: &Node, path: &str, place: Place, in_version: bool) -> Option<Schedule> {
    let form = form(reader, node, path, place, in_version)?;
    let mut limit = |key: &str| -> Result<Option<ExprId>, ()> {
        match node.get(key) {
            Some(node) => reader.expression(node, path, place.amount, place.within).map(Some).ok_or(()),
            None => Ok(None),
        }
    };
    let (at_least, at_most) = (limit("at_least").ok()?, limit("at_most").ok()?);
    let round = match node.get("round") {
        Some(node) => Some(reader.rounding(node, path)?),
        None => None,
    };
    check_crossed(reader, at_least, at_most, path);
    Some(Schedule { form, at_least, at_most, round })
}

fn form(reader: &mut Reader, node: &Node, path: &str, place: Place, in_version: bool) -> Option<Form> {
    if let Some(amount) = node.get("amount") {
        return match amount.as_text() {
            Some(_) => Some(Form::Amount(reader.expression(amount, path, place.amount, place.within)?)),
            None => Some(Form::Nested(Box::new(read(reader, amount, path, place, false)?))),
        };
    }
    if let Some(rate) = node.get("rate") {
        let rate = reader.expression(rate, path, Type::Number, place.within)?;
        let of = reader.expression(node.get("of")?, path, place.amount, place.within)?;
        return Some(Form::Rate { rate, of });
    }
    if let Some(table) = node.get("slab") {
        return Some(Form::Slab(rated(reader, table, path, place)?));
    }
    if let Some(table) = node.get("marginal") {
        let bands = rated(reader, table, path, place)?;
        if let Some(band) = bands.rows.iter().find(|band| matches!(band.gives, Gives::Amount(_))) {
            let fault = Diagnostic::error("bad_band", band.span, "a part of the base has a `rate`, not an `amount`");
            reader.report(fault.at(path));
            return None;
        }
        return Some(Form::Marginal(bands));
    }
    if let Some(table) = node.get("table") {
        let (of, of_type) = reader.inferred(table.get("of")?, path, place.within)?;
        if !of_type.is_numeric() {
            let span = reader.place(of);
            reader.error("wrong_type", span, path, format!("a table divides numbers, this is {of_type}"));
            return None;
        }
        return Some(Form::Table(reader.bands(table, of, BandGives::Amount(place.amount), path, place.within)?));
    }
    if let Some(by) = node.get("by") {
        return by_word(reader, node, by, path, place);
    }
    if let Some(declared) = node.get("declared") {
        return declared_amount(reader, node, declared, path, place);
    }
    let wanted = "`amount`, `rate` with `of`, `slab`, `marginal`, `table`, `by` or `declared`";
    let also = if in_version { ", or `exempt: yes`" } else { "" };
    let fault = Diagnostic::error("missing_key", first_key(node), format!("a tariff needs {wanted}{also}"));
    reader.report(fault.at(path));
    None
}

/// A table whose rows give rates of what is looked up, or amounts.
fn rated(reader: &mut Reader, table: &Node, path: &str, place: Place) -> Option<Bands> {
    let of = reader.expression(table.get("of")?, path, place.amount, place.within)?;
    reader.bands(table, of, BandGives::RateOrAmount(place.amount), path, place.within)
}

fn by_word(reader: &mut Reader, node: &Node, by: &Node, path: &str, place: Place) -> Option<Form> {
    if let Some(rates) = node.get("rates") {
        let (of, rows) = reader.by_words(by, rates, path, place.within)?;
        let base = reader.expression(node.get("of")?, path, place.amount, place.within)?;
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            read.push(match row {
                None => None,
                Some(rate) => {
                    let rate = reader.expression(rate, path, Type::Number, place.within)?;
                    let form = Form::Rate { rate, of: base };
                    Some(Row::Amount(Box::new(Schedule { form, at_least: None, at_most: None, round: None })))
                }
            });
        }
        return Some(Form::ByWord { of, rows: read });
    }
    let Some(amounts) = node.get("amounts") else {
        let span = node.entry("by").map_or(node.span, |entry| entry.key_span);
        reader.error("missing_key", span, path, "`by` needs `amounts`, or `rates` with `of`");
        return None;
    };
    let (of, rows) = reader.by_words(by, amounts, path, place.within)?;
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        read.push(match row {
            None => None,
            Some(row) if is_yes(row.get("exempt")) => Some(Row::Exempt),
            Some(row) if row.get("no_rule").is_some() => {
                Some(Row::NoRule(row.get("no_rule").and_then(Node::as_text).unwrap_or_default().into()))
            }
            Some(row) => Some(Row::Amount(Box::new(amount(reader, row, path, place)?))),
        });
    }
    Some(Form::ByWord { of, rows: read })
}

/// An expression, or a schedule of its own.
fn amount(reader: &mut Reader, node: &Node, path: &str, place: Place) -> Option<Schedule> {
    match node.as_text() {
        Some(_) => {
            let form = Form::Amount(reader.expression(node, path, place.amount, place.within)?);
            Some(Schedule { form, at_least: None, at_most: None, round: None })
        }
        None => read(reader, node, path, place, false),
    }
}

fn declared_amount(reader: &mut Reader, node: &Node, declared: &Node, path: &str, place: Place) -> Option<Form> {
    let declared = reader.expression(declared, path, place.amount, place.within)?;
    let minimum = amount(reader, node.get("minimum")?, path, place)?;
    let guide = match node.get("guide") {
        Some(guide) => Some(amount(reader, guide, path, place)?),
        None => None,
    };
    let mut suggested = Vec::new();
    for step in node.get("suggested").and_then(Node::as_list).unwrap_or_default() {
        suggested.push(reader.expression(step, path, place.amount, place.within)?);
    }
    Some(Form::Declared(Box::new(Declared { declared, minimum, guide, suggested })))
}

/// Constant limits that leave no amount.
pub(super) fn check_crossed(reader: &mut Reader, at_least: Option<ExprId>, at_most: Option<ExprId>, path: &str) {
    let constant = |id: Option<ExprId>| match reader.arena.get(id?)?.op {
        Op::Number(number) => Some(number),
        _ => None,
    };
    if let (Some(least), Some(most)) = (constant(at_least), constant(at_most))
        && least > most
        && let Some(id) = at_least
    {
        let span = reader.place(id);
        let fault = Diagnostic::error("bad_range", span, format!("nothing is at least {least} and at most {most}"));
        reader.report(fault.at(path).with_help("exchange the two"));
    }
}

/// Every expression of a schedule.
pub(super) fn roots(schedule: &Schedule, all: &mut Vec<ExprId>) {
    all.extend([schedule.at_least, schedule.at_most, schedule.round].into_iter().flatten());
    match &schedule.form {
        Form::Amount(id) => all.push(*id),
        Form::Nested(inner) => roots(inner, all),
        Form::Rate { rate, of } => all.extend([*rate, *of]),
        Form::Slab(bands) | Form::Marginal(bands) | Form::Table(bands) => {
            all.push(bands.of);
            for band in &bands.rows {
                match band.gives {
                    Gives::Rate(id) | Gives::Amount(id) => all.push(id),
                    Gives::Word(_) | Gives::NoRule(_) => {}
                }
            }
        }
        Form::ByWord { of, rows } => {
            all.push(*of);
            for row in rows.iter().flatten() {
                if let Row::Amount(inner) = row {
                    roots(inner, all);
                }
            }
        }
        Form::Declared(declared) => {
            all.push(declared.declared);
            all.extend_from_slice(&declared.suggested);
            roots(&declared.minimum, all);
            if let Some(guide) = &declared.guide {
                roots(guide, all);
            }
        }
    }
}
