"""Probes of a document: a grid of facts around everything at which its answer may change."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .parts import Draw, PERS

FEN = Fraction(1, 100)
MONEY = [Fraction(0), Fraction(1), Fraction(99, 2), Fraction(1234)]


def probes(draw: Draw, count: int) -> list[dict[str, Any]]:
    return [probe(draw) for _ in range(count)]


def probe(draw: Draw) -> dict[str, Any]:
    charge = draw.pick(["dues", "dues", "dues", *draw.tree["charges"]])
    day = around(draw)
    found: dict[str, Any] = {"charge": charge, "period": period(draw, day), "known": known(draw), "settings": {},
                             "facts": given(draw, day)}
    if draw.chance(0.6 if "latched(local_dues" in str(draw.tree) else 0.15):
        found["settings"]["local_dues"] = setting(draw)
    if draw.chance(0.1):
        found["settings"]["fen"] = draw.rounding()
    aside = [path for path, version in normally(draw) if version.get("strength") == "normally"]
    if aside and draw.chance(0.2):
        found["set_aside"] = {draw.pick(aside): "agreed by the branch"}
    return found


def normally(draw: Draw) -> list[tuple[str, dict[str, Any]]]:
    """What may be set aside, if its strength is normally, by its path."""
    charge, base = draw.tree["charges"]["dues"], draw.tree["terms"]["base"]
    found = [("dues.limits.cap", each) for each in charge.get("limits", {}).get("cap", [])]
    found += [("dues.as_of", each) for each in charge.get("as_of", [])]
    return found + [("base.as_of", each) for each in base.get("as_of", [])]


def around(draw: Draw) -> date:
    """A day at or next to a day on which some version begins, is issued or ends."""
    day = date.fromisoformat(draw.pick(sorted(draw.days) or ["2019-05-05"]))
    return day + timedelta(days=draw.pick([0, 0, -1, 1, 31, -31, -59, -92, 400]))


def before(draw: Draw, day: date) -> date:
    """A day of the months before, or in, a period: any, the first or the last of a month."""
    near = day + timedelta(days=draw.rng.randint(-130, 25))
    first = near.replace(day=1)
    return draw.pick([near, first, first - timedelta(days=1), around(draw)])


def period(draw: Draw, day: date) -> str:
    unit = draw.per if draw.chance(0.93) else draw.pick(PERS)
    return {"month": f"{day.year:04}-{day.month:02}", "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
            "half_year": f"{day.year:04}-H{(day.month + 5) // 6}", "year": f"{day.year:04}"}[unit]


def known(draw: Draw) -> str | None:
    return None if draw.chance(0.6) else around(draw).isoformat()


def setting(draw: Draw) -> Any:
    body = draw.tree["settings"]["local_dues"]
    versions = body.get("versions", [body])
    low = max(Fraction(version["at_least"]) for version in versions)
    high = min(Fraction(version["at_most"]) for version in versions)
    def value() -> str:
        return decimal(draw.pick([low, high, (low + high) / 2]))

    if draw.chance(0.6):
        return value()
    days = sorted({around(draw) for _ in range(draw.rng.randint(1, 4))})
    issued = [{"issued": around(draw).isoformat()} if draw.chance(0.3) else {} for _ in days]
    return [{"from": day.isoformat(), **each, "value": value()} for day, each in zip(days, issued)]


def given(draw: Draw, day: date) -> dict[str, Any]:
    """Mostly complete facts; some left out, some as a history, rarely one that does not fit."""
    facts: dict[str, Any] = {}
    leave = draw.pick([0.0, 0.05, 0.15, 0.5])
    alone = draw.pick(["pay", "agreed"]) if draw.chance(0.1) else None
    for name, body in draw.tree["facts"].items():
        if "unless_given" in body and draw.chance(0.4) or draw.chance(leave) or name == alone:
            continue
        facts[name] = written(draw, name, body, day)
    if draw.tree["terms"]["base"].get("given") == "first" and draw.chance(0.5):
        facts["base"] = written(draw, "base", draw.tree["terms"]["base"], day)
    if draw.chance(0.03):
        name, value = draw.pick([("colour", "purple"), ("pay", "-5"), ("pay", "1e3"), ("active", "maybe"),
                                 ("begun", "2020-02-30"), ("heads", "2.5"), ("ratio", "150%")])
        facts[name] = value
    return facts


def written(draw: Draw, name: str, body: dict[str, Any], day: date) -> Any:
    if body["kind"] == "list":
        return [{"gave": decimal(draw.pick([Fraction(100), Fraction(9999, 100), Fraction(1000), Fraction(5)])),
                 "on_day": before(draw, day).isoformat()} for _ in range(draw.rng.randint(0, 3))]
    if draw.chance(0.25 if name in ("colour", "pay") else 0.1):
        days = sorted({before(draw, day) for _ in range(draw.rng.randint(1, 4))})
        return [{"from": start.isoformat(), "value": value(draw, name, body["kind"], day)} for start in days]
    return value(draw, name, body["kind"], day)


def value(draw: Draw, name: str, kind: str, day: date) -> str:
    if kind == "one_of":
        return draw.pick(draw.words[name])
    if kind == "yes_no":
        return draw.pick(["yes", "no"])
    if kind == "date":
        return before(draw, day).isoformat()
    if kind == "share":
        return draw.pick(["0", "0.25", "50%", "1", "12.5%"])
    marks = draw.critical.get(name, [])
    step = Fraction(1) if kind == "count" else FEN
    if not marks or draw.chance(0.25):
        plain = draw.pick(MONEY)
        return decimal(Fraction(int(plain)) if kind == "count" else plain)
    at = max(draw.pick(marks) + draw.pick([-step, Fraction(0), step]), Fraction(0))
    return decimal(at)


def decimal(number: Fraction) -> str:
    hundredths = number * 100
    whole, rest = divmod(round(hundredths), 100)
    return f"{whole}.{rest:02}" if rest else f"{whole}"
