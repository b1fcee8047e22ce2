"""Values: exact quantities with a unit, days, words, rounding, Unknown and none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Iterable

from .moments import PER_YEAR

MODES = ("half_up", "half_down", "half_even", "up", "down", "ceil", "floor")


@dataclass(frozen=True)
class Quantity:
    """An exact number; unit "" is plain, else "money", "money per month", "days", "months"."""

    amount: Fraction
    unit: str = ""


@dataclass(frozen=True)
class Day:
    number: int


@dataclass(frozen=True)
class Word:
    name: str


@dataclass(frozen=True)
class Rounding:
    mode: str
    unit: Fraction
    scale: int = 0  # the decimals of the unit as it is written


@dataclass(frozen=True)
class Unknown:
    """What is not known, by the names of what was not given, in the order of reading."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """Known not to exist."""


NONE = Nothing()
Value = Any  # bool | Quantity | Day | Word | Rounding | Unknown | Nothing | frozenset | list | str


class Stop(Exception):
    """An evaluation that ends with a status and a finding."""

    def __init__(self, status: str, code: str | None = None, names: tuple[str, ...] = ()) -> None:
        super().__init__(f"{status} {code} {names}")
        self.status = status
        self.code = code
        self.names = names


class WrongCall(Exception):
    """A call that no row can be answered for: a setting out of bounds, an unknown path."""


class NotTyped(Exception):
    """The document is not well typed; the oracle does not answer for it."""


def united(values: Iterable[Value]) -> Unknown | None:
    """The names of all that is unknown among the values, each once; None when all are known."""
    names: dict[str, None] = {}
    some = False
    for value in values:
        if isinstance(value, Unknown):
            some = True
            names.update(dict.fromkeys(value.names))
    return Unknown(tuple(names)) if some else None


def same_unit(a: Quantity, b: Quantity) -> str:
    """The unit that two quantities share; a bare number takes its partner's."""
    if a.unit == b.unit or b.unit == "":
        return a.unit
    if a.unit == "":
        return b.unit
    raise NotTyped(f"{a.unit} beside {b.unit}")


def times(a: Quantity, b: Quantity) -> Quantity:
    if a.unit and b.unit:
        raise NotTyped(f"{a.unit} times {b.unit}")
    return Quantity(a.amount * b.amount, a.unit or b.unit)


def divided(a: Quantity, b: Quantity) -> Quantity:
    if b.unit not in ("", a.unit):
        raise NotTyped(f"{a.unit} divided by {b.unit}")
    if b.amount == 0:
        raise Stop("rejected", "division_by_zero")
    return Quantity(a.amount / b.amount, a.unit if b.unit == "" else "")


def per(value: Quantity, unit: str, year_has: dict[str, Fraction]) -> Quantity:
    """Money of one period said for another: a year is 12 months, 4 quarters, 2 half-years."""
    counts = {**{name: Fraction(n) for name, n in PER_YEAR.items()}, **year_has}
    if value.unit == "money":
        return Quantity(value.amount, f"money per {unit}")
    if not value.unit.startswith("money per ") or unit not in counts:
        raise NotTyped(f"{value.unit} per {unit}")
    return Quantity(value.amount * counts[value.unit[10:]] / counts[unit], f"money per {unit}")


def rounded(x: Fraction, mode: str, unit: Fraction) -> Fraction:
    """x to a multiple of the unit; up and down are away from and toward zero, so are the halves."""
    q = abs(x) / unit
    whole = q.numerator // q.denominator
    rest = q - whole
    if rest != 0:
        half = Fraction(1, 2)
        away = {
            "up": True,
            "down": False,
            "floor": x < 0,
            "ceil": x > 0,
            "half_up": rest >= half,
            "half_down": rest > half,
            "half_even": rest > half or (rest == half and whole % 2 == 1),
        }[mode]
        whole += 1 if away else 0
    return (whole if x >= 0 else -whole) * unit


def scale_of(x: Fraction) -> int | None:
    """How many decimals the number needs; None when it does not end."""
    rest, twos, fives = x.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def decimal_text(x: Fraction, scale: int) -> str:
    shifted = x * 10**scale
    assert shifted.denominator == 1
    digits = str(abs(shifted.numerator)).rjust(scale + 1, "0")
    sign = "-" if shifted < 0 else ""
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else f"{sign}{digits}"


def exact_text(x: Fraction) -> str:
    scale = scale_of(x)
    return f"{x.numerator}/{x.denominator}" if scale is None else decimal_text(x, scale)
