"""The steps of one charge, one period and one set of versions (section 6, points 10 to 15)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from . import values as v
from .document import Version, in_force
from .evaluate import Chosen, Context, Undecided, World
from .moments import Period, period_of
from .schedule import schedule, there
from .values import Stop, Unknown, Value


class Reckoning:
    def __init__(self, world: World, name: str, period: Period, effective: int,
                 fields: tuple[tuple[str, Value], ...], next_row: list[tuple[Fraction, bool]] | None = None) -> None:
        self.world = world
        self.name = name
        self.body = world.document.charges[name]
        self.period = period
        self.context = Context(effective, period.start, period, fields)
        self.day = period.start
        self.rule = name
        self.version: Version | None = None
        self.next_row = next_row

    def run(self) -> Fraction:
        """The exact amount before rounding, or a Stop."""
        factor, first = self.owed()
        self.day = self.as_of(first)
        self.context = replace(self.context, day=self.day)
        x = self.reduced()
        x = self.limited(x)
        return x * factor

    def gave(self, stage: str, chosen: Chosen) -> None:
        self.rule = f"{self.name}.{stage}" + (f".{chosen.name}" if chosen.name else "")
        self.version = chosen.version

    def stage(self, stage: str) -> Version | None:
        """The version of a stage in force; a stage whose versions are all out of force gives no rule."""
        versions = self.world.document.of("charges", self.name, stage)
        if versions is None:
            return None
        self.world.doubt(versions[""], self.context.effective)
        version = in_force(versions[""], self.context.effective, self.world.known)
        if version is None:
            raise Stop("no_rule")
        return version

    # --- owed, as_of ---------------------------------------------------------------------------------------

    def owed(self) -> tuple[Fraction, int]:
        """The share of the period that is owed, and the first day of it."""
        version = self.stage("owed")
        days = range(self.period.start, self.period.end + 1)
        if version is None:
            return Fraction(1), self.period.start
        truth = {day: self.owed_on(version, day) for day in days}
        true = [day for day in days if truth[day] is True]
        unknown = [day for day in days if isinstance(truth[day], Unknown)]
        names = v.united(truth[day] for day in unknown)
        if not true:
            if names is not None:
                raise Stop("needs_facts", None, names.names)
            raise Stop("not_due")
        part = version.body.get("part", "whole")
        if part == "whole":
            return Fraction(1), true[0]
        if part == "none":
            if len(true) + len(unknown) < len(days):
                return Fraction(0), true[0]
            self.stop_if_unknown(names)
            return Fraction(1), true[0]
        if part == "by_day":
            self.stop_if_unknown(names)
            return Fraction(len(true), len(days)), true[0]
        units = self.period.units({"by_month": "month", "by_half_year": "half_year"}[part])
        started = 0
        for unit in units:
            inside = [truth[day] for day in range(unit.start, unit.end + 1)]
            if any(each is True for each in inside):
                started += 1
            else:
                self.stop_if_unknown(v.united(inside))
        return Fraction(started, len(units)), true[0]

    def owed_on(self, version: Version, day: int) -> Value:
        """starts <= day <= ends and when, all as of that day."""
        c = replace(self.context, day=day)
        found: list[Value] = []
        if "starts" in version.body:
            starts = there(self.world.text(version.body["starts"], c))
            found.append(starts if isinstance(starts, Unknown) else starts.number <= day)
            if found[-1] is False:
                return False
        if "ends" in version.body:
            ends = there(self.world.text(version.body["ends"], c))
            found.append(ends if isinstance(ends, Unknown) else day <= ends.number)
            if found[-1] is False:
                return False
        if "when" in version.body:
            found.append(there(self.world.text(version.body["when"], c)))
        if any(each is False for each in found):
            return False
        unknown = v.united(found)
        return True if unknown is None else unknown

    @staticmethod
    def stop_if_unknown(names: Unknown | None) -> None:
        if names is not None:
            raise Stop("needs_facts", None, names.names)

    def as_of(self, first: int) -> int:
        version = self.stage("as_of")
        if version is None or f"{self.name}.as_of" in self.world.set_aside:
            return first
        day = there(self.world.text(version.body["is"], replace(self.context, day=first)))
        if isinstance(day, Unknown):
            raise Stop("needs_facts", None, day.names)
        return day.number

    # --- reductions ----------------------------------------------------------------------------------------

    def reduced(self) -> Fraction:
        """The amount of the tariff, less what the reductions take; an amount of their own skips the tariff."""
        node = self.world.document.raw["charges"][self.name].get("reductions")
        alternatives = self.world.document.of("charges", self.name, "reductions") or {}
        take = node.get("take") if isinstance(node, dict) else None
        if take is None:
            chosen = self.world.choose(alternatives, self.context)
            if isinstance(chosen, Undecided):
                raise Stop("needs_facts", None, chosen.names)
            effective = [chosen] if chosen is not None and self.allowed(chosen) else []
            return self.in_turn(effective)
        living = self.world.living(alternatives, self.context)
        truths = self.world.truths(living, self.context)
        self.stop_if_unknown(v.united(truths.values()))
        order = sorted(living) if isinstance(take, str) else [name for name in take if name in living]
        true = [Chosen(name, living[name]) for name in order if truths.get(name) is True]
        true = [chosen for chosen in true if self.allowed(chosen)]
        return self.lowest(true) if take == "lowest" and true else self.in_turn(true)

    def allowed(self, chosen: Chosen) -> bool:
        """Whether the formality is met; without it the full amount is owed, and a finding says so."""
        if "needs" not in chosen.version.body:
            return True
        met = there(self.world.text(chosen.version.body["needs"], self.context))
        if isinstance(met, Unknown):
            self.gave("reductions", chosen)
            raise Stop("needs_facts", None, met.names)
        if not met:
            self.world.findings.add("needs_not_met")
        return bool(met)

    def in_turn(self, reductions: list[Chosen]) -> Fraction:
        """Each on the result of the one before."""
        x: Fraction | None = None
        for chosen in reductions:
            if chosen.version.body.get("exempt") in ("yes", "是"):
                self.gave("reductions", chosen)
                raise Stop("exempt")
        if not reductions or "amount" not in reductions[0].version.body:
            x = self.tariff()
        for chosen in reductions:
            x = self.after(chosen, x)
        assert x is not None
        return x

    def after(self, chosen: Chosen, x: Fraction | None) -> Fraction:
        """One reduction: an amount of its own, a share that is paid, or a share that is taken off."""
        body = chosen.version.body
        if "amount" in body:
            self.gave("reductions", chosen)
            return self.known_amount(schedule(self.world, body["amount"], self.context))
        assert x is not None
        key = "pays" if "pays" in body else "less"
        value = there(self.world.text(body[key], self.context))
        if isinstance(value, Unknown):
            raise Stop("needs_facts", None, value.names)
        if value.unit:
            result = value.amount if key == "pays" else x - value.amount
        else:
            result = x * value.amount if key == "pays" else x - x * value.amount
        return min(max(result, Fraction(0)), x) if x >= 0 else x

    def lowest(self, reductions: list[Chosen]) -> Fraction:
        """The reduction that leaves the least; the first by name when two leave the same."""
        for chosen in reductions:
            if chosen.version.body.get("exempt") in ("yes", "是"):
                self.gave("reductions", chosen)
                raise Stop("exempt")
        x = None if all("amount" in chosen.version.body for chosen in reductions) else self.tariff()
        by_tariff = (self.rule, self.version)
        found: list[tuple[Fraction, str, Version | None]] = []
        for chosen in reductions:
            self.rule, self.version = by_tariff
            found.append((self.after(chosen, x), self.rule, self.version))
        amount, self.rule, self.version = min(found, key=lambda each: each[0])
        return amount

    # --- tariff --------------------------------------------------------------------------------------------

    def tariff(self) -> Fraction:
        alternatives = self.world.document.of("charges", self.name, "tariff") or {}
        chosen = self.world.choose(alternatives, self.context)
        if isinstance(chosen, Undecided):
            raise Stop("needs_facts", None, chosen.names)
        if chosen is None:
            raise Stop("no_rule")
        self.gave("tariff", chosen)
        if chosen.version.body.get("exempt") in ("yes", "是"):
            raise Stop("exempt")
        if "due_in" in chosen.version.body:
            self.due_here(chosen.version.body)
        context = replace(self.context, next_row=self.next_row)
        return self.known_amount(schedule(self.world, chosen.version.body, context),
                                 chosen.version.body.get("per"))

    def known_amount(self, value: Value, per: str | None = None) -> Fraction:
        if isinstance(value, Unknown):
            raise Stop("needs_facts", None, value.names)
        per = per or self.body.get("per")
        if value.unit not in ("", "money", f"money per {per}") and per is not None:
            raise v.NotTyped(f"{value.unit} in a charge per {per}")
        return value.amount

    def due_here(self, body: dict[str, Any]) -> None:
        """Only the first (or last) owed part of the longer period has the amount."""
        whole = self.longer(body["per"])
        parts = whole.units(self.period.unit)
        if body["due_in"].split()[0] == "last":
            parts.reverse()
        undecided: Stop | None = None
        for part in parts:
            if part.start == self.period.start:
                break
            other = Reckoning(self.world, self.name, part, self.context.effective, self.context.fields)
            try:
                factor, _ = other.owed()
            except Stop as stop:
                if stop.status == "not_due":
                    continue
                if stop.status != "needs_facts":
                    raise
                undecided = undecided or stop
                continue
            if factor != 0:
                raise Stop("not_due")
        if undecided is not None:
            raise undecided

    def longer(self, unit: str) -> Period:
        """The period of that unit that holds this one."""
        year = period_of(f"{self.period.year:04}")
        for each in [] if year is None else year.units(unit):
            if each.start <= self.period.start <= each.end:
                return each
        raise v.NotTyped(f"no {unit} holds {self.period.text}")

    # --- limits --------------------------------------------------------------------------------------------

    def limited(self, x: Fraction) -> Fraction:
        """at_most, then at_least, of the limits that are in force and true."""
        alternatives = self.world.document.of("charges", self.name, "limits") or {}
        lows: list[Fraction] = []
        highs: list[Fraction] = []
        open_ones: list[tuple[Unknown, Version]] = []
        for name, version in self.world.living(alternatives, self.context).items():
            if f"{self.name}.limits.{name}" in self.world.set_aside:
                self.world.findings.add("set_aside")
                continue
            truth = self.world.condition(version, self.context)
            if isinstance(truth, Unknown):
                open_ones.append((truth, version))
            elif truth:
                lows += self.bound(version, "at_least")
                highs += self.bound(version, "at_most")
        if lows and highs and max(lows) > min(highs):
            raise Stop("rejected", "crossed_limits")
        before = x
        x = max([min([x, *highs]), *lows])
        names = v.united(truth for truth, version in open_ones if self.would_act(version, x))
        self.stop_if_unknown(names)
        if x != before:
            self.world.findings.add("limit_acted")
        return x

    def bound(self, version: Version, key: str) -> list[Fraction]:
        if key not in version.body:
            return []
        value = schedule(self.world, version.body[key], self.context)
        if isinstance(value, Unknown):
            raise Stop("needs_facts", None, value.names)
        return [value.amount]

    def would_act(self, version: Version, x: Fraction) -> bool:
        return any(x > high for high in self.bound(version, "at_most")) or any(
            x < low for low in self.bound(version, "at_least"))
