//! What a careful reviewer would tell: the checks of a document whose every part can be read.

use crate::dues::Charges;
use crate::ruleset::Rules;
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::node::Node;
use crate::ruleset::read::Reader;

/// Checks what was read and gives the compiled rule set.
pub(super) fn check(mut reader: Reader, mut charges: Charges, _document: &Node) -> (Rules, Charges, Vec<Diagnostic>) {
    for charge in &mut charges.charges {
        let mut reaches = charge.timelines();
        reaches.extend(reader.timelines_behind(&charge.roots()));
        reaches.sort_unstable();
        reaches.dedup();
        charge.reaches = reaches;
    }
    let Reader { mut rules, arena, diagnostics, .. } = reader;
    rules.arena = arena;
    (rules, charges, diagnostics)
}
