"""What the host tells: facts by their declared kind, one value or a history, and settings with bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .document import Body, Document, in_force
from .moments import NEVER, day_of
from .values import MODES, Day, Quantity, Rounding, Stop, Value, Word, WrongCall

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
PLAIN = ("count", "number", "share")
NUMERIC = PLAIN + ("days", "months")


class Misfit(Exception):
    """A written value that its kind, range or words do not admit; the code of the finding."""

    def __init__(self, code: str = "bad_value") -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Given:
    """A fact as given: records in the order of their days; `single` holds on all days."""

    single: bool
    records: list[tuple[int, Value]]

    def at(self, day: int) -> Value | None:
        if self.single:
            return self.records[0][1]
        earlier = [value for start, value in self.records if start <= day]
        return earlier[-1] if earlier else None


def words_of(body: Body) -> dict[str, list[str]]:
    """Each word with its titles in all languages."""
    words = body.get("words") or {}
    if isinstance(words, list):
        return {word: [] for word in words}
    return {word: list(title.values()) if isinstance(title, dict) else [title] for word, title in words.items()}


def word_named(text: str, body: Body) -> Word:
    for word, titles in words_of(body).items():
        if text == word or text in titles:
            return Word(word)
    raise Misfit("unknown_word")


def unit_of(kind: str) -> str:
    return kind if kind.startswith("money") or kind in ("days", "months") else ""


def read_value(text: Any, body: Body) -> Value:
    """One written value by its declared kind, within its range."""
    kind = body.get("kind", "number")
    if kind == "list":
        if not isinstance(text, list):
            raise Misfit()
        record = body.get("record", {})
        return [{k: read_value(v, record[k]) for k, v in each.items()} for each in text]
    if kind == "set_of":
        return frozenset(word_named(str(each), body) for each in text)
    if not isinstance(text, str):
        raise Misfit()
    if kind == "yes_no":
        if text not in ("yes", "no", "是", "否"):
            raise Misfit()
        return text in ("yes", "是")
    if kind == "one_of":
        return word_named(text, body)
    if kind == "date":
        try:
            day = Day(day_of(text))
        except ValueError:
            raise Misfit() from None
        for key, wrong in (("at_least", lambda d, b: d < b), ("at_most", lambda d, b: d > b)):
            if key in body and wrong(day.number, day_of(body[key])):
                raise Misfit("out_of_range")
        return day
    if kind in NUMERIC or kind.startswith("money"):
        return Quantity(in_range(number(text, kind), body), unit_of(kind))
    if kind == "rounding":
        return rounding_of(text)
    return text


def number(text: str, kind: str) -> Fraction:
    if kind in ("days", "months"):
        text = re.sub(f" {kind[:-1]}s?$", "", text)
    percent = kind == "share" and text.endswith("%")
    digits = text[:-1] if percent else text
    if not NUMBER.fullmatch(digits) or (kind == "count" and not re.fullmatch("[0-9]+", digits)):
        raise Misfit()
    return Fraction(digits) / (100 if percent else 1)


def bound(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text.split()[0])


def in_range(value: Fraction, body: Body) -> Fraction:
    for key, wrong in (("at_least", lambda a, b: a < b), ("at_most", lambda a, b: a > b)):
        if key in body and wrong(value, bound(body[key])):
            raise Misfit("out_of_range")
    return value


def rounding_of(text: str) -> Rounding:
    found = re.fullmatch(r"(\w+) to ([0-9]+(?:\.[0-9]+)?)", text)
    if found is None or found[1] not in MODES or Fraction(found[2]) == 0:
        raise Misfit()
    return Rounding(found[1], Fraction(found[2]), len(found[2].partition(".")[2]))


def is_history(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(
        isinstance(each, dict) and set(each) == {"from", "value"} for each in value
    )


def read_fact(value: Any, body: Body) -> Given:
    if body.get("kind") == "list" or not is_history(value):
        return Given(True, [(0, read_value(value, body))])
    records = []
    for each in value:
        try:
            start = day_of(each["from"])
        except ValueError:
            raise Misfit() from None
        records.append((start, read_value(each["value"], body)))
    records.sort(key=lambda record: record[0])
    if len({start for start, _ in records}) != len(records):
        raise Misfit()
    return Given(False, records)


def read_facts(document: Document, facts: dict[str, Any]) -> tuple[dict[str, Given], set[str]]:
    """Every given fact, used or not; a misfit rejects. Also the names that nothing declares."""
    found: dict[str, Given] = {}
    unknown: set[str] = set()
    for name, value in facts.items():
        term = document.terms.get(name)
        if name in document.facts:
            body = document.facts[name]
        elif term is not None and term.get("given") == "first":
            body = term
        else:
            unknown.add(name)
            continue
        try:
            found[name] = read_fact(value, body)
        except Misfit as misfit:
            raise Stop("rejected", misfit.code) from None
    return found, unknown


def setting_value(document: Document, name: str, given: Any, effective: int, known: int) -> Value:
    """The host's value in force, within the bounds in force, else the default."""
    versions = document.lists[("settings", name)]
    version = in_force(next(iter(versions.values())), effective, known)
    if version is None:
        raise Stop("no_rule")
    body = {**document.settings[name], **version.body}
    records = given if isinstance(given, list) else [{"from": "not_seen", "value": given}]
    best: tuple[int, int, str] | None = None
    for record in records if given is not None else []:
        first = day_of(record["from"])
        issued = day_of(record.get("issued", record["from"]))
        if issued <= known and first <= effective and (best is None or (issued, first) > best[:2]):
            best = (issued, first, record["value"])
    text = body["default"] if best is None else best[2]
    try:
        return read_value(text, body)
    except Misfit:
        raise WrongCall(f"setting {name} = {text}") from None


def known_day(known: str | None) -> int:
    return NEVER if known is None else day_of(known)
