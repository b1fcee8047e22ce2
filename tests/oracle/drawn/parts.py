"""Random facts, settings and terms of one document, and the values at which something changes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

COLOURS = ["red", "green", "blue", "white", "black", "amber"]
SHAPES = ["round_one", "square_one", "long_one"]
PERS = ["month", "quarter", "half_year", "year"]
MODES = ["half_up", "half_down", "half_even", "up", "down", "ceil", "floor"]
DAYS = ["2009-01-01", "2012-07-01", "2015-04-01", "2017-01-01", "2018-03-15", "2020-10-01", "2022-06-30"]


@dataclass
class Draw:
    """A document in the making."""

    rng: random.Random
    per: str = "month"
    tree: dict[str, Any] = field(default_factory=dict)
    critical: dict[str, list[Fraction]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)
    band_places: list[dict[str, Any]] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, options: list[Any]) -> Any:
        return self.rng.choice(options)

    def mark(self, name: str, value: Fraction) -> None:
        self.critical.setdefault(name, []).append(value)

    def rounding(self) -> str:
        return f"{self.pick(MODES)} to {self.pick(['0.01', '0.01', '0.1', '0.05', '1', '10'])}"

    # --- versions ------------------------------------------------------------------------------------------

    def dated(self, body: dict[str, Any], day: str | None = None) -> dict[str, Any]:
        """A version: cited, or chosen from a day on."""
        if day is None and self.chance(0.5):
            return {"cite": self.pick(sorted(self.tree["sources"])) + f" art. {self.rng.randint(1, 40)}", **body}
        start = day or "not_seen"
        if start != "not_seen":
            self.days.add(start)
        return {"from": start, "chosen": "the text is silent", **body}

    def always(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"from": "not_seen", "chosen": "the text is silent", **body}

    def changed(self, first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
        """Two versions, the later from a later day; sometimes issued after it has begun."""
        day = self.pick(DAYS)
        self.days.add(day)
        later = {"from": day, "chosen": "changed later", **second}
        if self.chance(0.3):
            issued = self.pick([each for each in DAYS if each >= day])
            self.days.add(issued)
            later["issued"] = issued
        if self.chance(0.15):
            later["until"] = f"{int(day[:4]) + 2}-12-31"
            self.days.add(later["until"])
        found = [self.always(first), later]
        if self.chance(0.25):
            found.append(self.back_dated(day, first, second))
        return found

    def back_dated(self, day: str, *bodies: dict[str, Any]) -> dict[str, Any]:
        """A version that begins before `day` and is issued after every other: an amendment with effect in the past."""
        start = self.pick([each for each in DAYS if each <= day])
        issued = "2024-05-20"
        self.days.update((start, issued))
        return {"from": start, "chosen": "amended for the past", **self.pick(list(bodies)), "issued": issued}


def sources(draw: Draw) -> dict[str, Any]:
    found = {}
    for index in range(draw.rng.randint(1, 3)):
        in_force = draw.pick(DAYS)
        body = {"title": f"Rules {index}", "issued": draw.pick(DAYS), "in_force": in_force,
                "attested": draw.pick(["official", "transcribed", "secondary"])}
        if draw.chance(0.2):
            body["issued"] = "not_seen"
        if draw.chance(0.1):
            body["in_force"] = body["issued"] = "not_seen"
        draw.days.update(body[key] for key in ("issued", "in_force") if body[key] != "not_seen")
        found[f"s{index}"] = body
    return found


def facts(draw: Draw) -> dict[str, Any]:
    colours = COLOURS[: draw.rng.randint(3, 6)]
    shapes = SHAPES[: draw.rng.randint(2, 3)]
    draw.words = {"colour": colours, "shape": shapes}
    money = f"money per {draw.per}"
    other = draw.pick([per for per in PERS if per != draw.per])
    found: dict[str, Any] = {
        "colour": {"kind": "one_of", "words": {word: f"the {word}" for word in colours} if draw.chance(0.5) else colours},
        "shape": {"kind": "one_of", "words": shapes},
        "pay": {"kind": money, "at_least": "0"},
        "bonus": {"kind": money, "at_least": "0"},
        "yearly": {"kind": f"money per {other}", "at_least": "0"},
        "heads": {"kind": "count"},
        "points": {"kind": "number", "at_least": "0"},
        "ratio": {"kind": "share", "at_least": "0", "at_most": "1"},
        "active": {"kind": "yes_no"},
        "poor": {"kind": "yes_no"},
        "agreed": {"kind": "yes_no"},
        "begun": {"kind": "date", "unless_given": "long_ago"},
        "born": {"kind": "date"},
        "promised": {"kind": money, "at_least": "0"},
    }
    for name, value in (("bonus", "0"), ("poor", "no"), ("shape", shapes[0]), ("agreed", "yes")):
        if draw.chance(0.4):
            found[name]["unless_given"] = value
    if draw.chance(0.25):
        found["gifts"] = {"kind": "list", "record": {"gave": {"kind": "money", "at_least": "0"}, "on_day": {"kind": "date"}}}
        if draw.chance(0.5):
            found["gifts"]["unless_given"] = []
    if draw.chance(0.3):
        found["pay"]["title"] = {"en": "monthly pay"}
    return found


def settings(draw: Draw) -> dict[str, Any]:
    low = Fraction(draw.rng.randint(0, 100), 100)
    default = low + Fraction(draw.rng.randint(0, 200), 100)
    money = {"at_least": number(low), "at_most": number(default + draw.rng.randint(0, 3)), "default": number(default)}
    version = draw.always(money)
    local = {"kind": f"money per {draw.per}", "versions": [version]}
    if draw.chance(0.3):
        local = {"kind": f"money per {draw.per}", **version}
    elif draw.chance(0.3):
        local["versions"] = draw.changed(money, {**money, "default": money["at_most"]})
    return {"local_dues": local, "fen": {"kind": "rounding", "versions": [draw.always({"default": draw.rounding()})]}}


def number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    hundredths = value * 100
    assert hundredths.denominator == 1
    digits = str(hundredths.numerator).rjust(3, "0")
    return f"{digits[:-2]}.{digits[-2:]}"


def terms(draw: Draw) -> dict[str, Any]:
    money = f"money per {draw.per}"
    found: dict[str, Any] = {"base": base(draw, money)}
    if draw.chance(0.5):
        found["liable"] = {"kind": "yes_no", "formula": [draw.always({"is": yes_no(draw)})]}
    if draw.chance(0.3):
        found["rest"] = {"kind": money, "formula": {"only": [draw.always({"when": "active", "is": "bonus"})]}}
    if draw.chance(0.3):
        words = draw.words["shape"]
        found["steps"] = {"kind": "number", "formula": draw.always(
            {"by": "shape", "rows": {word: str(draw.rng.randint(1, 9)) for word in words}})}
    return found


def base(draw: Draw, money: str) -> dict[str, Any]:
    sums = ["pay", "pay + bonus", f"yearly per {draw.per}", "pay - bonus at_least 0", "round(pay down to 10)",
            "pay * (1 - ratio)", "pay - bonus", "if poor then pay else pay", "pay + 12.50", "if poor then pay / 2 else pay", "pay / 3"]
    body: dict[str, Any] = {"kind": money, "at_least": "0"}
    if draw.chance(0.6):
        body["given"] = "first"
    if draw.chance(0.3):
        day = draw.pick(["period_end", "latest(year_start, begun)", "day", "latest(year_start, begun, since(colour))"])
        strength = {"strength": "normally"} if draw.chance(0.5) else {}
        body["as_of"] = [draw.always({"is": day, **strength})]
    shape = draw.rng.random()
    if shape < 0.35:
        body["formula"] = [draw.always({"is": draw.pick(sums)})]
    elif shape < 0.6:
        body["formula"] = draw.changed({"is": draw.pick(sums)}, {"is": draw.pick(sums)})
    elif shape < 0.8:
        body["formula"] = {
            "one": [draw.always({"when": "active", "is": draw.pick(sums)})],
            "two": [draw.always({"when": "not active", "is": draw.pick(sums)})],
        }
    else:
        words = draw.words["shape"]
        body["formula"] = {word: [draw.always({"when": f"shape = {word}", "is": draw.pick(sums)})] for word in words}
    return body


def switch(draw: Draw) -> str:
    """What a setting, a fact or both put on and off."""
    low, high = draw.rng.randint(0, 150), draw.rng.randint(150, 300)
    on, off = f"local_dues >= {number(Fraction(high, 100))}", f"local_dues < {number(Fraction(low, 100))}"
    return draw.pick([f"latched({on}, {off})", f"latched({on}, {off})", f"latched({on} and active, poor)",
                      f"latched(active, {off})", "latched(active, poor)", f"latched({on}, not active)"])


def yes_no(draw: Draw) -> str:
    draw.mark("heads", Fraction(3))
    words = draw.rng.sample(draw.words["colour"], 2)
    if draw.chance(0.12):
        return switch(draw)
    return draw.pick(["active", "not poor", "months from begun to period_end >= 12", "born + 18 years <= day",
                      "months from born to period_end >= 216 months",
                      f"colour in {words[0]} | {words[1]}", "heads >= 3", "active or heads > 3",
                      f"colour != {words[0]}", f"active and colour != {words[0]}"])
