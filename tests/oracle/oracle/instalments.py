"""The instalments of a charged amount (point 19)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import values as v
from .charge import Answer
from .document import Version, in_force
from .evaluate import Context, World
from .moments import Period, text_of
from .schedule import rounding_named
from .values import Nothing, Stop, Unknown

Paid = dict[str, Any]


def instalments(world: World, name: str, answer: Answer, period: Period) -> list[Paid]:
    """Every way of paying that is in force, by its name; none for a longer period."""
    body = world.document.charges[name]
    ways = world.document.of("charges", name, "pay_by") or {}
    if answer.status != "charged" or body.get("per", period.unit) != period.unit:
        return []
    effective = period.end if body.get("versions_on") == "period_end" else period.start
    found = []
    for way in sorted(ways):
        version = in_force(ways[way], effective, world.known)
        paid = None if version is None else divided(world, answer, version, Context(effective, effective, period))
        if version is not None and paid is not None:
            found.append({"way": way, **paid, "version": text_of(version.first)})
        elif version is not None:
            world.findings.add("no_instalments")
    return found


def divided(world: World, answer: Answer, version: Version, c: Context) -> Paid | None:
    """What one instalment is, and the one that differs; nothing where the amount is not paid like that."""
    try:
        rounding = rounding_named(world, version.body["round"], c)
    except Stop:
        return None
    if isinstance(rounding, (Unknown, Nothing)):
        return None
    count = int(version.body["parts"]) if "parts" in version.body else None
    share = Fraction(1, count) if count is not None else number(version.body["times"])
    one = v.rounded(answer.amount * share, rounding.mode, rounding.unit)
    scale = max(answer.scale, rounding.scale)
    paid: Paid = {"amount": v.decimal_text(one, scale)}
    if count is None:
        return paid
    last = version.body.get("rest", "last") == "last"
    every = [one] * count
    every[-1 if last else 0] += answer.amount - sum(every)
    if min(every) < 0:
        return None
    paid["count"] = count
    if every[-1 if last else 0] != one:
        paid["rest"] = {"last": last, "amount": v.decimal_text(every[-1 if last else 0], scale)}
    return paid


def number(text: str) -> Fraction:
    """A number, a percentage or a fraction."""
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text.replace(" ", ""))
