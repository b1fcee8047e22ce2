"""Expressions, facts as of a day, and the choice among alternatives (section 6, points 3 to 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from . import values as v
from .document import Alternatives, Body, Document, Version, in_force
from .facts import Given, read_value, setting_value, unit_of, words_of
from .moments import LONG_AGO, Period, add_months, day_of, is_open, months_between
from .syntax import Node, names_in, parse
from .values import Day, Nothing, Quantity, Stop, Unknown, Value, Word


@dataclass(frozen=True)
class Context:
    """Which rules hold (`effective`), which day's facts are read (`day`), of which period, with which record."""

    effective: int
    day: int
    period: Period
    fields: tuple[tuple[str, Value], ...] = ()
    # Where the next row is asked for instead of the value's own: a place to note its edge.
    next_row: list[tuple[Fraction, bool]] | None = None
    # The earlier day whose settings are read, while a switch is looked for.
    settings_on: int | None = None


@dataclass(frozen=True)
class Chosen:
    name: str
    version: Version


@dataclass(frozen=True)
class Undecided:
    names: tuple[str, ...]
    open: tuple[Chosen, ...]


@dataclass
class World:
    """One call: the document, what was given, and what the evaluation has to tell."""

    document: Document
    given: dict[str, Given]
    settings: dict[str, Any]
    set_aside: dict[str, str]
    known: int
    findings: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)

    # --- names ---------------------------------------------------------------------------------------------

    def declared(self, name: str) -> Body | None:
        document = self.document
        for charge in document.charges.values():
            record = document.facts.get(charge.get("each", ""), {}).get("record", {})
            if name in record:
                return record[name]
        return document.facts.get(name) or document.terms.get(name) or document.settings.get(name)

    def value(self, name: str, c: Context) -> Value:
        for field_name, value in c.fields:
            if field_name == name:
                return value
        reserved = {
            "period_start": c.period.start,
            "period_end": c.period.end,
            "year_start": _january(c.period.year),
            "day": c.day,
            "long_ago": LONG_AGO,
            "never": -LONG_AGO,
        }
        if name in reserved:
            return Day(reserved[name])
        if name in self.document.facts:
            return self.fact(name, c)
        if name in self.document.terms:
            from .terms import term_value

            return term_value(self, name, c)
        if name in self.document.settings:
            effective = c.effective if c.settings_on is None else c.settings_on
            return setting_value(self.document, name, self.settings.get(name), effective, self.known)
        if name in self.document.charges:
            return self.other_charge(name, c)
        raise v.NotTyped(f"no such name: {name}")

    def fact(self, name: str, c: Context) -> Value:
        body = self.document.facts[name]
        given = self.given.get(name)
        if given is None:
            if "unless_given" not in body:
                return Unknown((name,))
            self.assumed.add(name)
            return read_value(body["unless_given"], {k: x for k, x in body.items() if k not in ("at_least", "at_most")})
        value = given.at(c.day)
        if value is None:
            self.findings.add("history_starts_later")
            return Unknown((name,))
        return value

    def other_charge(self, name: str, c: Context) -> Value:
        """Its rounded amount for the same facts and period; exempt and not_due are 0."""
        from .charge import answer_for

        answer = answer_for(self, name, c.period)
        if answer.status == "charged":
            return Quantity(answer.amount, f"money per {self.document.charges[name].get('per', 'month')}")
        if answer.status in ("exempt", "not_due"):
            return Quantity(Fraction(0), "")
        if answer.status == "needs_facts":
            return Unknown(tuple(answer.missing))
        raise Stop(answer.status)

    # --- expressions ---------------------------------------------------------------------------------------

    def text(self, text: str, c: Context) -> Value:
        return self.node(parse(text), c)

    def node(self, node: Node, c: Context) -> Value:
        kind = node[0]
        if kind == "quantity":
            return Quantity(node[1], node[2])
        if kind == "day":
            return Day(node[1])
        if kind == "name":
            return self.value(node[1], c)
        if kind == "if":
            return self.conditional(node, c)
        if kind in ("and", "or"):
            return self.connected(kind, node[1], node[2], c)
        if kind == "not":
            inner = self.node(node[1], c)
            return inner if isinstance(inner, Unknown) else not inner
        if kind == "in":
            return self.member(node, c)
        if kind == "exists":
            inner = self.node(node[1], c)
            return inner if isinstance(inner, Unknown) else not isinstance(inner, Nothing)
        if kind == "otherwise":
            inner = self.node(node[1], c)
            return self.node(node[2], c) if isinstance(inner, Nothing) else inner
        if kind == "since":
            return self.since(node[1], c)
        if kind == "average":
            return self.average(node, c)
        if kind == "latched":
            return self.latched(node, c)
        return self.combined(node, c)

    def combined(self, node: Node, c: Context) -> Value:
        """What needs all its parts known: comparison, arithmetic, rounding, the choice of a day."""
        kind = node[0]
        if kind == "compare":
            left, right = self.node(node[2], c), self.beside(node[2], node[3], c)
        elif kind == "includes":
            left, right = self.node(node[1], c), Word(node[2])
        elif kind in ("minus", "per"):
            left = right = self.node(node[1], c)
        elif kind == "span":
            left, right = self.node(node[2], c), self.node(node[3], c)
        elif kind == "round":
            left, right = self.node(node[1], c), self.node(node[3], c)
        else:
            left, right = self.node(node[1], c), self.node(node[2], c)
        rest = [self.node(part, c) for part in node[3:]] if kind in ("latest", "earliest") else []
        unknown = v.united([left, right, *rest])
        if unknown is not None:
            return unknown
        if isinstance(left, Nothing) or isinstance(right, Nothing):
            raise Stop("no_rule")
        if kind == "compare":
            return compared(node[1], left, right)
        if kind in ("+", "-", "*", "/", "minus", "round") and (is_endless(left) or is_endless(right)):
            raise Stop("rejected", "endless_time")
        if kind == "includes":
            return right.name in {word.name for word in left}
        if kind == "minus":
            return Quantity(-left.amount, left.unit)
        if kind == "per":
            return v.per(left, node[2], self.document.year_has)
        if kind == "span":
            if is_open(left.number) or is_open(right.number):
                return endless(left, right, node[1])
            if node[1] == "days":
                return Quantity(Fraction(right.number - left.number), "days")
            return Quantity(Fraction(months_between(left.number, right.number)), "months")
        if kind == "round":
            v.same_unit(left, right)
            return Quantity(v.rounded(left.amount, node[2], right.amount), left.unit)
        if kind in ("latest", "earliest"):
            days = [each.number for each in (left, right, *rest)]
            return Day(max(days) if kind == "latest" else min(days))
        if kind in ("at_least", "at_most"):
            pick = max if kind == "at_least" else min
            if isinstance(left, Day):
                return Day(pick(left.number, right.number))
            return Quantity(pick(left.amount, right.amount), v.same_unit(left, right))
        if kind == "*":
            return v.times(left, right)
        if kind == "/":
            return v.divided(left, right)
        return added(kind, left, right)

    def beside(self, left: Node, right: Node, c: Context) -> Value:
        """The right side of a comparison: a word of the one_of on its left, or an expression."""
        if left[0] == "name" and right[0] == "name":
            body = self.declared(left[1]) or {}
            if right[1] in words_of(body):
                return Word(right[1])
            if body.get("kind") == "yes_no" and right[1] in ("yes", "no"):
                return right[1] == "yes"
        return self.node(right, c)

    def conditional(self, node: Node, c: Context) -> Value:
        condition = self.node(node[1], c)
        if not isinstance(condition, Unknown):
            return self.node(node[2] if condition else node[3], c)
        try:
            then, other = self.node(node[2], c), self.node(node[3], c)
        except Stop:
            return condition
        if isinstance(then, Unknown) or isinstance(other, Unknown):
            return condition
        if isinstance(then, Quantity) and isinstance(other, Quantity) and then.amount == other.amount:
            return Quantity(then.amount, v.same_unit(then, other))
        return then if then == other else condition

    def connected(self, kind: str, left_node: Node, right_node: Node, c: Context) -> Value:
        """Kleene: what decides alone (false for and, true for or) decides; from left to right."""
        deciding = kind == "or"
        left = self.node(left_node, c)
        if left is deciding:
            return deciding
        right = self.node(right_node, c)
        if right is deciding:
            return deciding
        unknown = v.united([left, right])
        return not deciding if unknown is None else unknown

    def member(self, node: Node, c: Context) -> Value:
        left = self.node(node[1], c)
        words = {Word(word) for word in node[2]}
        body = self.declared(node[2][0])
        if len(node[2]) == 1 and body is not None and body.get("kind") == "set_of":
            words = self.value(node[2][0], c)
        return left if isinstance(left, Unknown) else left in words

    def since(self, name: str, c: Context) -> Value:
        """The first day of the run of the value at the as-of day; the first record's run began long ago."""
        given = self.given.get(name)
        if given is None or given.single:
            now = self.value(name, c)
            return now if isinstance(now, Unknown) else Day(LONG_AGO)
        now = given.at(c.day)
        if now is None:
            self.findings.add("history_starts_later")
            return Unknown((name,))
        start = LONG_AGO
        previous: Value = None
        for index, (first, value) in enumerate(given.records):
            if first > c.day:
                break
            if index > 0 and value != previous:
                start = first
            previous = value
        return Day(start)

    def average(self, node: Node, c: Context) -> Value:
        """The mean at the ends of the n months before the period."""
        months = self.node(node[2], c)
        count = int(months.amount)
        ends = [add_months(c.period.start, -back) - 1 for back in range(count - 1, -1, -1)]
        found = [self.node(node[1], replace(c, day=end)) for end in ends]
        unknown = v.united(found)
        if unknown is not None:
            return unknown
        return Quantity(sum((each.amount for each in found), Fraction(0)) / count, found[0].unit)

    def latched(self, node: Node, c: Context) -> Value:
        """Back to the last day on which a switch was true; both on one day is off. None: unknown, or no rule.

        Facts as of a day that is not after the as-of day, settings as of one that is not after the effective day.
        """
        named, behind, settings = self.read_by(node)
        effective = c.effective if c.settings_on is None else c.settings_on
        starts = [start for given in self.given.values() if not given.single for start, _ in given.records]
        days = {c.day, *(start for start in starts if start < c.day)}
        if settings:
            changes = [start for name in settings for start in self.setting_changes(name)]
            days |= {max(c.day, effective), *(start for start in changes if start <= effective)}
        for day in sorted(days, reverse=True):
            then = replace(c, day=min(day, c.day), settings_on=min(day, effective) if settings else c.settings_on)
            try:
                for part, state in ((node[2], False), (node[1], True)):
                    found = self.node(part, then)
                    if isinstance(found, Unknown):
                        return found
                    if found is True:
                        return state
            except Stop as stop:
                if stop.status == "no_rule" and stop.code in (None, "no_value") and day != max(days):
                    break
                raise
        facts = named or behind
        if settings and not facts:
            raise Stop("no_rule", "never_switched")
        return Unknown(tuple(facts))

    def read_by(self, node: Node) -> tuple[list[str], list[str], list[str]]:
        """The facts that an expression names, those behind its terms, and all settings behind it."""
        named = [name for name in dict.fromkeys(names_in(node)) if name in self.document.facts]
        behind: dict[str, None] = {}
        settings: dict[str, None] = {}
        open_ones, seen = list(names_in(node)), set()
        while open_ones:
            name = open_ones.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name in self.document.settings:
                settings[name] = None
            elif name in self.document.facts or self.document.terms.get(name, {}).get("given") == "first":
                behind[name] = None
            elif name in self.document.terms:
                open_ones += texts_of(self.document.terms[name])
        return named, [name for name in behind if name not in named], list(settings)

    def setting_changes(self, name: str) -> list[int]:
        given = self.settings.get(name)
        records = given if isinstance(given, list) else [] if given is None else [{"from": "not_seen"}]
        days = [day_of(record["from"]) for record in records]
        for versions in self.document.lists[("settings", name)].values():
            days += [day for version in versions for day in (version.first, version.last + 1)]
        return days

    # --- choice --------------------------------------------------------------------------------------------

    def condition(self, version: Version, c: Context) -> Value:
        """Whether an alternative applies: its `when`, and that its table has a row for the word."""
        found: Value = True
        if "when" in version.body:
            found = self.text(version.body["when"], c)
        table = next((version.body[key] for key in ("amounts", "rates", "rows") if key in version.body), None)
        if "by" in version.body and table is not None and found is not False:
            word = self.text(version.body["by"], c)
            if isinstance(word, Nothing):
                raise Stop("no_rule", "no_value")
            listed = word if isinstance(word, Unknown) else word.name in table
            if listed is False:
                return False
            unknown = v.united([found, listed])
            found = True if unknown is None else unknown
        if isinstance(found, Nothing):
            raise Stop("no_rule")
        return found

    def living(self, alternatives: Alternatives, c: Context) -> dict[str, Version]:
        """The alternatives with a version in force, in the order of their names."""
        found = {}
        for name in sorted(alternatives):
            version = in_force(alternatives[name], c.effective, self.known)
            self.doubt(alternatives[name], c.effective)
            if version is not None:
                found[name] = version
        return found

    def truths(self, living: dict[str, Version], c: Context) -> dict[str, Value]:
        """Whether each applies, after `instead_of`; the `otherwise` is left out."""
        own = {name: self.condition(version, c) for name, version in living.items()
               if version.body.get("otherwise") not in ("yes", "是")}
        found = dict(own)
        for name, truth in own.items():
            instead = living[name].body.get("instead_of", [])
            for other in [instead] if isinstance(instead, str) else instead:
                if truth is True and other in found:
                    found[other] = False
                elif isinstance(truth, Unknown) and found.get(other) is True:
                    found[other] = truth
        return found

    def choose(self, alternatives: Alternatives, c: Context) -> Chosen | Undecided | None:
        living = self.living(alternatives, c)
        found = self.truths(living, c)
        true = [name for name, truth in found.items() if truth is True]
        if len(true) > 1:
            raise Stop("no_rule", "two_rules")
        unknown = v.united(found.values())
        if unknown is not None:
            still = [name for name, truth in found.items() if truth is not False]
            return Undecided(unknown.names, tuple(Chosen(name, living[name]) for name in still))
        if not true:
            true = [name for name in living if name not in found][:1]
        return Chosen(true[0], living[true[0]]) if true else None

    def doubt(self, versions: list[Version], effective: int) -> None:
        for version in versions:
            for source in version.sources:
                for which, first, last in self.document.sources[source].doubtful:
                    day = effective if which == "in_force" else self.known
                    if first <= day <= last:
                        self.findings.add("doubtful_date")


def texts_of(node: Any) -> list[str]:
    """Every name that the texts of a part of the document might read."""
    if isinstance(node, str):
        return re.findall("[a-z][a-z0-9_]*", node)
    parts = node.values() if isinstance(node, dict) else node
    return [name for part in parts for name in texts_of(part)]


def _january(year: int) -> int:
    return date(year, 1, 1).toordinal()


ENDLESS = Fraction(10**15)


def endless(start: Day, end: Day, unit: str) -> Quantity:
    """From long ago, or to never: longer than any other length of time."""
    if start.number == end.number:
        raise Stop("rejected", "endless_time")
    return Quantity(ENDLESS if start.number < end.number else -ENDLESS, unit)


def is_endless(value: Value) -> bool:
    return isinstance(value, Quantity) and value.unit in ("days", "months") and abs(value.amount) == ENDLESS


def compared(sign: str, a: Value, b: Value) -> bool:
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        v.same_unit(a, b)
        left, right = a.amount, b.amount
    elif isinstance(a, Day) and isinstance(b, Day):
        left, right = a.number, b.number
    elif sign in ("=", "!=") and type(a) is type(b):
        return (a == b) == (sign == "=")
    else:
        raise v.NotTyped(f"{a} {sign} {b}")
    return {"=": left == right, "!=": left != right, "<": left < right, "<=": left <= right, ">": left > right,
            ">=": left >= right}[sign]


def added(sign: str, a: Value, b: Value) -> Value:
    if isinstance(a, Day) and isinstance(b, Day):
        if is_open(a.number) or is_open(b.number):
            return endless(b, a, "days")
        return Quantity(Fraction(a.number - b.number), "days")
    if isinstance(b, Day):
        a, b = b, a
    if isinstance(a, Day):
        step = int(b.amount) * (1 if sign == "+" else -1)
        if b.unit == "months":
            return Day(add_months(a.number, step))
        return a if is_open(a.number) else Day(a.number + step)
    unit = v.same_unit(a, b)
    return Quantity(a.amount + b.amount if sign == "+" else a.amount - b.amount, unit)


def in_place(value: Value, kind: str) -> Value:
    """A bare number takes the unit of its place."""
    if isinstance(value, Quantity) and value.unit == "":
        return Quantity(value.amount, unit_of(kind))
    return value
