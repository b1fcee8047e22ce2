//! Ways of paying: instalments of an amount.

use crate::dues::rule::{Divided, Way, WayBody};
use crate::ruleset::ExprId;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::expression::Op;
use crate::ruleset::node::Node;
use crate::ruleset::read::{Reader, first_key};

/// An amount is divided into so many instalments: a day each at the most.
const PARTS: std::ops::RangeInclusive<u16> = 2..=366;

/// Reads the ways under `pay_by`; they are kept by their names, as the hash is over sorted keys.
pub(super) fn ways(reader: &mut Reader, node: &Node, name: &str, path: &str) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for entry in node.get("pay_by").and_then(Node::as_map).unwrap_or_default() {
        let rule = format!("{name}.pay_by.{}", entry.key);
        let path = format!("{path}.pay_by.{}", entry.key);
        let dated = reader.stage(&entry.value, entry.key_span, &rule, &path, way);
        let title = reader.titles(entry.value.get("title"), &path);
        ways.push(Way { name: entry.key.clone(), title, dated });
    }
    ways.sort_by(|a, b| a.name.cmp(&b.name));
    ways
}

fn way(reader: &mut Reader, node: &Node, path: &str) -> Option<WayBody> {
    let round = match node.get("round") {
        Some(round) => rounding(reader, round, path),
        None => {
            let fault = Diagnostic::error("missing_key", first_key(node), "a way of paying needs `round`").at(path);
            reader.report(
                fault.with_help("say how an instalment becomes one that can be paid: `round: half_up to 0.01`"),
            );
            None
        }
    };
    let divided = divided(reader, node, path);
    Some(WayBody { divided: divided?, round: round? })
}

/// An instalment depends on nothing but the amount, so no fact decides how it is rounded.
fn rounding(reader: &mut Reader, node: &Node, path: &str) -> Option<ExprId> {
    let round = reader.rounding(node, path)?;
    let op = reader.arena.get(round).map(|node| node.op);
    if matches!(op, Some(Op::Rounding(_) | Op::Setting(_))) {
        return Some(round);
    }
    let message = format!("{} is no setting, and an instalment depends on the amount alone", quoted(node.as_text()?));
    let fault = Diagnostic::error("bad_rounding", node.span, message).at(path);
    reader.report(fault.with_help("write a mode and a unit such as `half_up to 0.01`, or the name of a setting"));
    None
}

fn divided(reader: &mut Reader, node: &Node, path: &str) -> Option<Divided> {
    if let Some(times) = node.get("times") {
        let share = reader.rate(times, path)?;
        let written = times.as_text().unwrap_or_default();
        if share.signum() <= 0 {
            let message = format!("{} of the amount is no instalment", quoted(written));
            let fault = Diagnostic::error("bad_range", times.span, message).at(path);
            reader.report(fault.with_help("write what one instalment is of the amount, such as `12/52`"));
            return None;
        }
        return Some(Divided::Times { share, written: written.replace(' ', "").into() });
    }
    let Some(parts) = node.get("parts") else {
        let fault = Diagnostic::error("missing_key", first_key(node), "a way of paying needs `times` or `parts`");
        let help =
            "`times`: what one instalment is of the amount, such as `12/52`; `parts`: into how many it is divided";
        reader.report(fault.at(path).with_help(help));
        return None;
    };
    let written = parts.as_text().unwrap_or_default();
    let Some(count) = written.parse().ok().filter(|count| PARTS.contains(count)) else {
        let (least, most) = (PARTS.start(), PARTS.end());
        let message = format!("an amount is paid in {least} to {most} parts, not in {}", quoted(written));
        reader.error("bad_range", parts.span, path, message);
        return None;
    };
    let rest_last = node.get("rest").and_then(Node::as_text) != Some("first");
    Some(Divided::Parts { count, rest_last })
}
