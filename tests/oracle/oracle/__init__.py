"""An independent, naive oracle for the dues of a rule-set document.

Written from the language's definition alone; exact fractions and whole days, nothing else.
"""

from __future__ import annotations

from typing import Any

from .charge import Answer, answer_for
from .document import Document
from .evaluate import World
from .facts import known_day, read_facts, setting_value
from .instalments import instalments
from .moments import Period, period_of
from .values import NotTyped, Stop, WrongCall, decimal_text, exact_text

__all__ = ["Document", "NotTyped", "WrongCall", "dues", "world_for"]

Canonical = dict[str, Any]


def dues(document: Document | str, charge: str | None, facts: dict[str, Any], period: str, known: str | None = None,
         settings: dict[str, Any] | None = None, set_aside: dict[str, str] | None = None) -> Canonical:
    """The answer in its canonical form: only the keys that apply."""
    rules = Document(document) if isinstance(document, str) else document
    name = charge or rules.answers or (next(iter(rules.charges)) if len(rules.charges) == 1 else "")
    if name not in rules.charges:
        raise WrongCall(f"no such charge: {name}")
    check_paths(rules, set_aside or {})
    when = period_of(period)
    if when is None:
        return {"status": "rejected", "rule": name, "findings": ["wrong_period"]}
    check_settings(rules, name, when, settings or {}, known_day(known))
    try:
        world = world_for(rules, facts, known, settings, set_aside)
    except Stop as stop:
        return {"status": stop.status, "rule": name, "findings": [stop.code]}
    answer = answer_for(world, name, when)
    answer.instalments = instalments(world, name, answer, when)
    days = {path for path in world.set_aside if path.endswith(".as_of")}
    if days:
        as_written = World(rules, world.given, world.settings, {path: why for path, why in world.set_aside.items()
                                                                if path not in days}, world.known)
        other = answer_for(as_written, name, when)
        if (other.status, other.exact) != (answer.status, answer.exact):
            world.findings.add("set_aside")
    return canonical(answer, world)


def world_for(rules: Document, facts: dict[str, Any], known: str | None, settings: dict[str, Any] | None,
              set_aside: dict[str, str] | None) -> World:
    given, unknown = read_facts(rules, facts)
    world = World(rules, given, settings or {}, set_aside or {}, known_day(known))
    if unknown:
        world.findings.add("unknown_fact")
    return world


def check_settings(rules: Document, charge: str, when: Period, settings: dict[str, Any], known: int) -> None:
    """Every value that a host decided fits its kind and bounds, whether it is read or not."""
    body = rules.charges[charge]
    for part in when.units(body["per"]) if "per" in body else [when]:
        effective = part.end if body.get("versions_on") == "period_end" else part.start
        for name, given in settings.items():
            if name not in rules.settings:
                raise WrongCall(f"no such setting: {name}")
            try:
                setting_value(rules, name, given, effective, known)
            except Stop:
                continue  # no version in force, no bounds


def check_paths(rules: Document, set_aside: dict[str, str]) -> None:
    """Only what is normally so may be set aside: a limit of a charge, an as-of day."""
    for path in set_aside:
        parts = path.split(".")
        if len(parts) == 3 and parts[1] == "limits":
            versions = (rules.of("charges", parts[0], "limits") or {}).get(parts[2], [])
        elif len(parts) == 2 and parts[1] == "as_of":
            stage = rules.of("terms", parts[0], "as_of") or rules.of("charges", parts[0], "as_of") or {}
            versions = stage.get("", [])
        else:
            versions = []
        if not any(version.body.get("strength") == "normally" for version in versions):
            raise WrongCall(f"cannot be set aside: {path}")


def canonical(answer: Answer, world: World) -> Canonical:
    found: Canonical = {"status": answer.status, "rule": answer.rule}
    if answer.status == "charged":
        found["amount"] = decimal_text(answer.amount, answer.scale)
        found["exact"] = exact_text(answer.exact)
    if answer.version is not None:
        found["version"] = answer.version
    if answer.status == "needs_facts":
        found["missing"] = list(dict.fromkeys(answer.missing))
    if world.assumed:
        found["assumed"] = sorted(world.assumed)
    if world.findings:
        found["findings"] = sorted(world.findings)
    if answer.instalments:
        found["instalments"] = answer.instalments
    if answer.next_band is not None:
        start, owned, amount = answer.next_band
        found["next_band"] = {"from": exact_text(start), "included": owned, "amount": decimal_text(amount, answer.scale)}
    if answer.parts:
        found["parts"] = [
            {"period": text, "status": part.status,
             **({"amount": decimal_text(part.amount, part.scale)} if part.status == "charged" else {})}
            for text, part in answer.parts
        ]
    if answer.lines:
        found["lines"] = [
            {**({"amount": decimal_text(line.amount, line.scale)} if line.status == "charged" else {}),
             **({} if receiver is None else {"goes_to": receiver})}
            for line, receiver in answer.lines
        ]
    return found
