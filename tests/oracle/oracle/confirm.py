"""Whether the example of a refusal shows what the refusal says."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Iterator

from . import world_for
from .document import Body, Document, tied
from .evaluate import Context
from .facts import known_day
from .moments import Period, day_of, period_of
from .schedule import looked_up_at
from .values import NotTyped, Stop

ANY_PERIOD = "2026-11"


def period_in(example: Body) -> Period:
    """The example's period, or the day that it gives in place of one."""
    text = str(example.get("period") or ANY_PERIOD)
    found = period_of(text)
    if found is not None:
        return found
    day = day_of(text)
    return Period(text, "month", day, day)


def confirms(code: str, document: Document, example: Body | None) -> bool:
    """The oracle's own look at the example: both apply, no row or two rows, two versions tie."""
    if not example:
        return False
    try:
        if code == "two_rules":
            return both_apply(document, example)
        if code.startswith("band_"):
            return not one_row(document, example, code)
        if code == "same_dates":
            return two_tie(document, example)
    except (NotTyped, Stop, ValueError, KeyError):
        return False
    return True


def both_apply(document: Document, example: Body) -> bool:
    period = period_in(example)
    world = world_for(document, example.get("facts") or {}, example.get("known"), {}, {})
    for path, alternatives in document.lists.items():
        charge = document.raw.get("charges", {}).get(path[1], {}) if path[0] == "charges" else {}
        if path[-1] in ("settings", "limits", "owed", "as_of", "round") or path[0] == "settings":
            continue
        if path[-1] == "reductions" and "take" in charge.get("reductions", {}):
            continue
        c = Context(period.start, period.start, period, fields_of(document, path, example))
        try:
            truths = world.truths(world.living(alternatives, c), c)
        except (NotTyped, Stop):
            continue
        if sum(truth is True for truth in truths.values()) > 1:
            return True
    return False


def fields_of(document: Document, path: tuple[str, ...], example: Body) -> tuple[tuple[str, Any], ...]:
    """The fields of a record, when the charge has a line of each."""
    from .facts import read_value

    charge = document.raw.get("charges", {}).get(path[1], {}) if path[0] == "charges" else {}
    record = document.facts.get(charge.get("each", ""), {}).get("record", {})
    given = example.get("facts") or {}
    return tuple((name, read_value(given[name], body)) for name, body in record.items() if name in given)


def tables(node: Any) -> Iterator[Body]:
    if isinstance(node, dict):
        if isinstance(node.get("bands"), list):
            yield node
        for each in node.values():
            yield from tables(each)
    elif isinstance(node, list):
        for each in node:
            yield from tables(each)


def one_row(document: Document, example: Body, code: str) -> bool:
    """Whether every table of the document has exactly one row for the example's value."""
    found = re.search(r"-?[0-9]+(\.[0-9]+)?", str(example.get("value")))
    if found is None:
        return True
    period = period_in(example)
    world = world_for(document, example.get("facts") or {}, example.get("known"), {}, {})
    c = Context(period.start, period.start, period)
    wrong = {"band_gap": (0,), "band_overlap": (2, 3, 4, 5)}.get(code, (0, 2, 3, 4, 5))
    return not any(
        len(looked_up_at(world, table, Fraction(found[0]), c)) in wrong for table in tables(document.raw)
    )


def two_tie(document: Document, example: Body) -> bool:
    period = period_in(example)
    known = known_day(example.get("known"))
    return any(
        tied(versions, period.start, known)
        for alternatives in document.lists.values() for versions in alternatives.values()
    )
