//! Tables: rows with edges.

use super::{MAX_BANDS, Reader, Within};
use crate::ruleset::bands::{Band, Bands, Edge, Gives, Stated};
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::expression::{ExprId, Type};
use crate::ruleset::node::{Node, Span};
use crate::value::{Exact, Rounding, RoundingMode};

/// What the rows of a table give.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BandGives {
    /// Rates, or amounts of a type.
    RateOrAmount(Type),
    /// Amounts of a type.
    Amount(Type),
    /// Their names, as words counted from 0.
    Name,
}

impl Reader {
    /// A table under a node with `of` and `bands`; `of` is compiled already.
    pub(crate) fn bands(
        &mut self,
        node: &Node,
        of: ExprId,
        gives: BandGives,
        path: &str,
        within: Within,
    ) -> Option<Bands> {
        let list = node.get("bands")?.as_list()?;
        if list.len() > MAX_BANDS {
            let span = list.get(MAX_BANDS).map_or(node.span, super::versions::first_key);
            let message = format!("a table has at most {MAX_BANDS} rows, this one {}", list.len());
            let fault = Diagnostic::error("too_many_bands", span, message).at(path);
            self.report(
                fault.with_help("rows at even distances are one expression: `rate`, or `ceil(base / 100) * 2`"),
            );
            return None;
        }
        let printed = match (node.get("published_in"), node.get("between").and_then(Node::as_text)) {
            (Some(unit), Some(mode)) => {
                let rounding = self
                    .rate(unit, path)
                    .zip(RoundingMode::from_name(mode))
                    .map(|(unit, mode)| Rounding::new(mode, unit));
                match rounding {
                    Some(Ok(rounding)) => Some(rounding),
                    Some(Err(why)) => {
                        self.error(
                            "bad_rounding",
                            unit.span,
                            path,
                            format!("a table cannot be printed in this unit: {why}"),
                        );
                        None
                    }
                    None => None,
                }
            }
            _ => None,
        };
        let single = list.len() == 1;
        let mut rows = Vec::with_capacity(list.len());
        for (number, row) in list.iter().enumerate() {
            rows.extend(self.band(row, number, single, gives, path, within));
        }
        let says = |word: &str| {
            node.get("stated")
                .is_some_and(|stated| stated.one_or_many().iter().any(|text| text.as_text() == Some(word)))
        };
        let stated = Stated { cliff: says("cliff"), falling: says("falling") };
        (rows.len() == list.len()).then_some(Bands { of, printed, rows, stated })
    }

    fn band(
        &mut self,
        row: &Node,
        number: usize,
        single: bool,
        gives: BandGives,
        path: &str,
        within: Within,
    ) -> Option<Band> {
        let span = super::versions::first_key(row);
        let path = format!("{path}.bands[{number}]");
        let lower = self.edge(row, "from", "above", &path)?;
        let upper = self.edge(row, "up_to", "below", &path)?;
        if lower.is_none() && upper.is_none() && !single {
            let fault = Diagnostic::error("bad_band", span, "a row without an edge covers everything").at(&*path);
            self.report(fault.with_help("say where it begins (`from`, `above`) or ends (`up_to`, `below`)"));
            return None;
        }
        let no_rule = row.get("no_rule").and_then(Node::as_text);
        let gives = match (row.get("rate"), row.get("amount"), no_rule, gives) {
            (.., Some(why), _) => Gives::NoRule(why.into()),
            (_, _, _, BandGives::Name) => Gives::Word(u8::try_from(number).unwrap_or(u8::MAX)),
            (Some(rate), _, _, BandGives::RateOrAmount(_)) => {
                Gives::Rate(self.expression(rate, &path, Type::Number, within)?)
            }
            (_, Some(amount), _, BandGives::RateOrAmount(type_) | BandGives::Amount(type_)) => {
                Gives::Amount(self.expression(amount, &path, type_, within)?)
            }
            _ => {
                let wanted = match gives {
                    BandGives::RateOrAmount(_) => "a `rate` or an `amount`",
                    BandGives::Amount(_) => "an `amount`",
                    BandGives::Name => "a `name`",
                };
                let fault = Diagnostic::error("bad_band", span, format!("this row needs {wanted}")).at(&*path);
                self.report(fault.with_help("or `no_rule` with the reason, where the table has nothing"));
                return None;
            }
        };
        Some(Band {
            lower,
            upper,
            gives,
            name: row.get("name").and_then(Node::as_text).map(Into::into),
            chosen: row.get("chosen").and_then(Node::as_text).map(Into::into),
            span,
        })
    }

    /// An edge written by one of two words.
    #[expect(clippy::option_option, reason = "outside: whether it can be read; inside: whether there is an edge")]
    fn edge(&mut self, row: &Node, included: &str, excluded: &str, path: &str) -> Option<Option<Edge>> {
        let (node, included) = match (row.get(included), row.get(excluded)) {
            (Some(node), _) => (node, true),
            (None, Some(node)) => (node, false),
            (None, None) => return Some(None),
        };
        Some(Some(Edge { at: self.number(node, path)?, included }))
    }

    fn number(&mut self, node: &Node, path: &str) -> Option<Exact> {
        let text = node.as_text()?;
        match Exact::parse(text) {
            Ok(number) => Some(number),
            Err(why) => {
                self.error("not_exact", node.span, path, format!("{} is not kept exactly: {why}", quoted(text)));
                None
            }
        }
    }

    /// A mode and a unit, or the name of a setting of that kind.
    pub(crate) fn rounding(&mut self, node: &Node, path: &str) -> Option<ExprId> {
        let text = node.as_text()?.trim();
        let is_name =
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if is_name && RoundingMode::from_name(text).is_none() {
            if self.rules.names.contains_key(text) {
                return self.expression(node, path, Type::Rounding, Within::default());
            }
            let fault =
                Diagnostic::error("bad_rounding", node.span, format!("there is no rounding {}", quoted(text))).at(path);
            self.report(fault.with_help(
                "write a mode and a unit such as `half_up to 0.01`, or the name of a setting of the kind rounding",
            ));
            return None;
        }
        match Rounding::parse(text) {
            Ok(rounding) => {
                let place =
                    crate::ruleset::expression::Place { start: 0, end: node.span.end.saturating_sub(node.span.start) };
                let node_ = crate::ruleset::expression::Node {
                    op: crate::ruleset::expression::Op::Rounding(rounding),
                    type_: Type::Rounding,
                    place,
                };
                let id = self.arena.push(node_);
                self.places.insert(id, node.span);
                Some(id)
            }
            Err(why) => {
                let fault =
                    Diagnostic::error("bad_rounding", node.span, format!("{} is not a rounding: {why}", quoted(text)));
                self.report(fault.at(path).with_help("write a mode and a unit such as `half_up to 0.01`; modes are half_up, half_down, half_even, up, down, ceil and floor"));
                None
            }
        }
    }

    /// Where an expression stands in the document.
    pub(crate) fn place(&self, expression: ExprId) -> Span {
        self.places.get(&expression).copied().unwrap_or(Span::new(0, 0))
    }
}
