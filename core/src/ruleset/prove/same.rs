//! Whether two expressions say the same, wherever they stand.

use crate::ruleset::expression::{Arena, ExprId, Op};

/// Whether two expressions are built alike and so have one value.
pub(super) fn same(arena: &Arena, a: ExprId, b: ExprId) -> bool {
    if a == b {
        return true;
    }
    let (Some(left), Some(right)) = (arena.get(a), arena.get(b)) else { return false };
    left.type_ == right.type_
        && same_step(left.op, right.op)
        && left.op.children().zip(right.op.children()).all(|(a, b)| same(arena, a, b))
}

/// Whether two nodes do the same with what they read.
fn same_step(a: Op, b: Op) -> bool {
    match (a, b) {
        (Op::Compare(a, ..), Op::Compare(b, ..)) => a == b,
        (Op::In(_, a), Op::In(_, b)) => a == b,
        (Op::Includes(_, a), Op::Includes(_, b)) => a == b,
        (Op::Convert(_, a, per), Op::Convert(_, b, other)) => a == b && per == other,
        (Op::Round(_, a), Op::Round(_, b)) => a == b,
        // Nodes without children are told apart by what they hold, the others by what they do.
        (a, b) if a.children().next().is_none() => a == b,
        (a, b) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
    }
}
