"""Days, months and periods. A day is a whole number (the proleptic ordinal)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# Beyond every day that can be written: the open past and the open future.
LONG_AGO = -(10**9)
NEVER = 10**9

PER_YEAR = {"year": 1, "half_year": 2, "quarter": 4, "month": 12}


def day_of(text: str) -> int:
    """The day written as YYYY-MM-DD; `long_ago`, `not_seen` and `never` are the open ends."""
    if text in ("long_ago", "not_seen"):
        return LONG_AGO
    if text == "never":
        return NEVER
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"not a date: {text}")
    return date.fromisoformat(text).toordinal()


def text_of(day: int) -> str:
    if day == LONG_AGO:
        return "not_seen"
    if day == NEVER:
        return "never"
    return date.fromordinal(day).isoformat()


def is_open(day: int) -> bool:
    return day in (LONG_AGO, NEVER)


def days_in_month(year: int, month: int) -> int:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (following - date(year, month, 1)).days


def add_months(day: int, months: int) -> int:
    """Steps by months; a day that the month lacks becomes its last day."""
    if is_open(day):
        return day
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, days_in_month(year, month + 1))).toordinal()


def months_between(first: int, last: int) -> int:
    """The greatest n with first + n months <= last."""
    a, b = date.fromordinal(first), date.fromordinal(last)
    n = (b.year - a.year) * 12 + b.month - a.month + 1
    while add_months(first, n) > last:
        n -= 1
    return n


@dataclass(frozen=True)
class Period:
    """A month, quarter, half-year or year: `unit`, its first and its last day."""

    text: str
    unit: str
    start: int
    end: int

    @property
    def days(self) -> int:
        return self.end - self.start + 1

    @property
    def year(self) -> int:
        return date.fromordinal(self.start).year

    def units(self, unit: str) -> list[Period]:
        """The shorter (or equal) periods of that unit inside this one; none if it does not divide."""
        months = 12 // PER_YEAR[unit]
        here = 12 // PER_YEAR[self.unit]
        if months > here:
            return []
        found = []
        for step in range(0, here, months):
            start = add_months(self.start, step)
            found.append(period_from(start, unit))
        return found


def period_from(start: int, unit: str) -> Period:
    first = date.fromordinal(start)
    text = {
        "year": f"{first.year:04}",
        "half_year": f"{first.year:04}-H{(first.month - 1) // 6 + 1}",
        "quarter": f"{first.year:04}-Q{(first.month - 1) // 3 + 1}",
        "month": f"{first.year:04}-{first.month:02}",
    }[unit]
    return Period(text, unit, start, add_months(start, 12 // PER_YEAR[unit]) - 1)


def period_of(text: str) -> Period | None:
    """2026-11, 2026-Q4, 2026-H2 or 2026; anything else is no period."""
    shapes = (
        (r"([0-9]{4})", "year", 12, 1),
        (r"([0-9]{4})-H([12])", "half_year", 6, 2),
        (r"([0-9]{4})-Q([1-4])", "quarter", 3, 4),
        (r"([0-9]{4})-([0-9]{2})", "month", 1, 12),
    )
    for shape, unit, months, count in shapes:
        found = re.fullmatch(shape, text)
        if found is None:
            continue
        number = int(found[2]) if count > 1 else 1
        if not 1 <= number <= count or int(found[1]) < 1:
            return None
        return period_from(date(int(found[1]), (number - 1) * months + 1, 1).toordinal(), unit)
    return None
