"""A charge for a period, step by step (section 6, points 1 and 10 to 18)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from . import values as v
from .document import Version, in_force
from .evaluate import Context, World
from .facts import read_value
from .moments import Period, day_of, text_of
from .reckon import Reckoning
from .schedule import rounding_named
from .values import Nothing, Stop, Unknown, Value

DONE = ("charged", "exempt", "not_due")


@dataclass
class Answer:
    status: str
    rule: str
    version: str | None = None
    amount: Fraction = Fraction(0)
    scale: int = 0
    exact: Fraction = Fraction(0)
    missing: list[str] = field(default_factory=list)
    parts: list[tuple[str, Answer]] = field(default_factory=list)
    lines: list[tuple[Answer, str | None]] = field(default_factory=list)
    instalments: list[dict[str, Any]] = field(default_factory=list)
    next_band: tuple[Fraction, bool, Fraction] | None = None


def answer_for(world: World, name: str, period: Period) -> Answer:
    """The charge for its own period, or part by part for a longer one."""
    unit = world.document.charges[name].get("per")
    if unit is None or unit == period.unit:
        return answer_one(world, name, period)
    parts = period.units(unit)
    if not parts:
        world.findings.add("wrong_period")
        return Answer("rejected", name)
    answers = [(part.text, answer_one(world, name, part)) for part in parts]
    whole = together(name, [each for _, each in answers])
    whole.parts = answers
    return whole


def together(name: str, answers: list[Answer]) -> Answer:
    """Charged when one is and the others are charged, exempt or not_due; else as the first other."""
    other = next((each for each in answers if each.status not in DONE), None)
    charged = [each for each in answers if each.status == "charged"]
    if other is not None or not charged:
        like = other or answers[0]
        return Answer(like.status, like.rule, like.version, missing=list(like.missing))
    rules = {(each.rule, each.version) for each in charged}
    rule, version = next(iter(rules)) if len(rules) == 1 else (name, None)
    return Answer(
        "charged", rule, version,
        amount=sum((each.amount for each in charged), Fraction(0)),
        scale=max(each.scale for each in charged),
        exact=sum((each.exact for each in charged), Fraction(0)),
    )


def answer_one(world: World, name: str, period: Period) -> Answer:
    body = world.document.charges[name]
    if "each" in body:
        return answer_lines(world, name, period)
    on = body.get("versions_on", "period_start")
    if on == "by_day":
        return answer_by_day(world, name, period)
    return answer_at(world, name, period, period.end if on == "period_end" else period.start)


def answer_at(world: World, name: str, period: Period, effective: int,
              fields: tuple[tuple[str, Value], ...] = ()) -> Answer:
    """By the versions of one day."""
    reckoning = Reckoning(world, name, period, effective, fields)
    answer = settled(reckoning)
    if answer.status == "charged":
        finish(world, name, answer, Context(effective, reckoning.day, period, fields))
    if answer.status == "charged" and not fields:
        there = at_next_row(world, name, period, effective, answer, Fraction(1))
        answer.next_band = next_band(world, name, Context(effective, reckoning.day, period), [there])
    return answer


NextRow = tuple[Fraction, bool, Fraction]


def at_next_row(world: World, name: str, period: Period, effective: int, own: Answer, share: Fraction) -> NextRow | None:
    """All over again, with the next row at its edge in place of the row of the value; not where a reduction states the amount."""
    if own.rule.startswith(f"{name}.reductions"):
        return None
    edges: list[tuple[Fraction, bool]] = []
    aside = replace(world, findings=set(), assumed=set())
    answer = settled(Reckoning(aside, name, period, effective, (), edges))
    return (*edges[-1], answer.exact * share) if answer.status == "charged" and edges else None


def next_band(world: World, name: str, c: Context, pieces: list[NextRow | None]) -> NextRow | None:
    """The amount at the edge, if all pieces have the same one; rounded once."""
    if None in pieces or len({piece[:2] for piece in pieces}) != 1:
        return None
    exact = sum((piece[2] for piece in pieces), Fraction(0))
    answer = Answer("charged", name, exact=exact)
    finish(replace(world, findings=set(), assumed=set()), name, answer, c)
    return (*pieces[0][:2], answer.amount) if answer.status == "charged" else None


def settled(reckoning: Reckoning) -> Answer:
    """Steps 10 to 15 without the rounding."""
    try:
        exact = reckoning.run()
        stop = None
    except Stop as caught:
        exact, stop = Fraction(0), caught
    version = None if reckoning.version is None else text_of(reckoning.version.first)
    if stop is None:
        return Answer("charged", reckoning.rule, version, exact=exact)
    if stop.code is not None:
        reckoning.world.findings.add(stop.code)
    return Answer(stop.status, reckoning.rule, version, missing=list(stop.names))


def finish(world: World, name: str, answer: Answer, c: Context) -> None:
    """The rounding of the charge; a negative amount is rejected."""
    try:
        rounding = rounding_in_force(world, name, c)
        if answer.exact < 0:
            raise Stop("rejected", "negative_amount")
    except Stop as stop:
        answer.status, answer.missing = stop.status, list(stop.names)
        if stop.code is not None:
            world.findings.add(stop.code)
        return
    answer.amount = v.rounded(answer.exact, rounding.mode, rounding.unit)
    answer.scale = rounding.scale


def rounding_in_force(world: World, name: str, c: Context) -> v.Rounding:
    stage = world.document.of("charges", name, "round")
    version = in_force(stage[""], c.effective, world.known) if stage else None
    if version is None:
        raise Stop("no_rule")
    found = rounding_named(world, version.body["is"], c)
    if isinstance(found, (Unknown, Nothing)):
        raise Stop("needs_facts", None, getattr(found, "names", ()))
    return found


def answer_by_day(world: World, name: str, period: Period) -> Answer:
    """Each stretch of days with the same versions, weighted by its days, summed and rounded once."""
    cuts = {period.start, period.end + 1}
    cuts.update(day for day in boundaries(world) if period.start < day <= period.end)
    ordered = sorted(cuts)
    answers, nexts = [], []
    for first, after in zip(ordered, ordered[1:]):
        share = Fraction(after - first, period.days)
        piece = settled(Reckoning(world, name, period, first, ()))
        piece.exact = piece.exact * share
        answers.append(piece)
        if piece.status == "charged":
            nexts.append(at_next_row(world, name, period, first, piece, share))
    whole = together(name, answers)
    if whole.status == "charged":
        finish(world, name, whole, Context(period.start, period.start, period))
    if whole.status == "charged":
        whole.next_band = next_band(world, name, Context(period.start, period.start, period), nexts)
    return whole


def boundaries(world: World) -> set[int]:
    days = world.document.boundaries()
    for given in world.settings.values():
        if isinstance(given, list):
            days.update(day_of(record["from"]) for record in given)
    return days


# --- a line of each record -----------------------------------------------------------------------------------


def answer_lines(world: World, name: str, period: Period) -> Answer:
    body = world.document.charges[name]
    records = world.value(body["each"], Context(period.start, period.start, period))
    if isinstance(records, Unknown):
        return Answer("needs_facts", name, missing=list(records.names))
    kinds = world.document.facts[body["each"]].get("record", {})
    lines: list[tuple[Answer, str | None]] = []
    for record in records:
        fields = record_fields(record, kinds)
        day = dict(fields)[body["day"]]
        if isinstance(day, Unknown):
            lines.append((Answer("needs_facts", name, missing=list(day.names)), None))
        elif period.start <= day.number <= period.end:
            line = answer_at(world, name, period, day.number, fields)
            lines.append((line, receiver(world, name, line, day.number)))
    if not lines:
        return Answer("not_due", name)
    whole = together(name, [line for line, _ in lines])
    whole.lines = lines
    return whole


def record_fields(record: dict[str, Value], kinds: dict[str, Any]) -> tuple[tuple[str, Value], ...]:
    fields = []
    for field_name, body in kinds.items():
        if field_name in record:
            fields.append((field_name, record[field_name]))
        elif "unless_given" in body:
            fields.append((field_name, read_value(body["unless_given"], body)))
        else:
            fields.append((field_name, Unknown((field_name,))))
    return tuple(fields)


def receiver(world: World, name: str, line: Answer, effective: int) -> str | None:
    """Who gets the line: as its alternative says."""
    prefix = f"{name}.tariff"
    if line.status != "charged" or not line.rule.startswith(prefix):
        return None
    alternatives = world.document.lists[("charges", name, "tariff")]
    version: Version | None = in_force(alternatives[line.rule[len(prefix) + 1:]], effective, world.known)
    return None if version is None else version.body.get("goes_to")
