"""Schedules (section 5, section 6 point 13): how an amount is worked out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from . import values as v
from .document import Body
from .evaluate import Context, World
from .facts import rounding_of
from .values import Nothing, Quantity, Stop, Unknown, Value, united

FORMS = ("amount", "rate", "slab", "marginal", "table", "by", "declared")


def schedule(world: World, node: Any, c: Context) -> Value:
    """An amount, then its own at_least and at_most, then its own round."""
    if isinstance(node, str):
        return there(world.text(node, c))
    found = form(world, node, c)
    if "at_least" in node or "at_most" in node:
        found = bounded(world, found, node, c)
    if "round" in node and isinstance(found, Quantity):
        rounding = rounding_named(world, node["round"], c)
        if isinstance(rounding, Unknown):
            return rounding
        found = Quantity(v.rounded(found.amount, rounding.mode, rounding.unit), found.unit)
    return found


def there(value: Value) -> Value:
    """A value that is known not to exist gives no amount: no rule gives one."""
    if isinstance(value, Nothing):
        raise Stop("no_rule")
    return value


def form(world: World, node: Body, c: Context) -> Value:
    if "declared" in node:
        return declared(world, node, c)
    if "by" in node and ("amounts" in node or "rates" in node):
        return by_word(world, node, c)
    if "amount" in node:
        return schedule(world, node["amount"], c)
    if "rate" in node:
        return product(there(world.text(node["rate"], c)), there(world.text(node["of"], c)))
    for name in ("slab", "table"):
        if name in node:
            return looked_up(world, node[name], c)
    if "marginal" in node:
        return marginal(world, node["marginal"], c)
    if "no_rule" in node:
        raise Stop("no_rule", "no_row")
    raise v.NotTyped(f"no schedule in {sorted(node)}")


def product(rate: Value, of: Value) -> Value:
    unknown = united([of, rate])
    return v.times(rate, of) if unknown is None else unknown


def by_word(world: World, node: Body, c: Context) -> Value:
    word = world.text(node["by"], c)
    if isinstance(word, Unknown):
        return word
    table = node["amounts"] if "amounts" in node else node["rates"]
    if word.name not in table:
        raise Stop("no_rule")
    if "amounts" in node:
        return schedule(world, table[word.name], c)
    return product(there(world.text(table[word.name], c)), there(world.text(node["of"], c)))


def bounded(world: World, found: Value, node: Body, c: Context) -> Value:
    low = there(world.text(node["at_least"], c)) if "at_least" in node else None
    high = there(world.text(node["at_most"], c)) if "at_most" in node else None
    unknown = united([found, low, high])
    if unknown is not None:
        return unknown
    if low is not None and high is not None and low.amount > high.amount:
        raise Stop("rejected", "crossed_limits")
    amount, unit = found.amount, found.unit
    if high is not None:
        amount, unit = min(amount, high.amount), v.same_unit(found, high)
    if low is not None:
        amount, unit = max(amount, low.amount), v.same_unit(found, low)
    return Quantity(amount, unit)


def rounding_named(world: World, text: str, c: Context) -> Value:
    return rounding_of(text) if " to " in text else world.value(text, c)


def declared(world: World, node: Body, c: Context) -> Value:
    """The greater of declared and minimum; nothing declared counts as the minimum."""
    said = world.value(node["declared"], c)
    least = schedule(world, node["minimum"], replace(c, next_row=None)) if "minimum" in node else None
    given = node["declared"] in world.given
    if isinstance(said, Unknown) and not given and least is not None:
        if not isinstance(least, Unknown):
            world.findings.add("assumed_minimum")
            world.assumed.add(node["declared"])
        return least
    unknown = united([said] if least is None else [said, least])
    if unknown is not None:
        return unknown
    if least is None or said.amount >= least.amount:
        return said
    world.findings.add("declared_too_low")
    return Quantity(least.amount, v.same_unit(said, least))


# --- bands ---------------------------------------------------------------------------------------------------


def edge(world: World, row: Body, key: str, c: Context) -> Fraction | None:
    if key not in row:
        return None
    value = world.text(row[key], c)
    if isinstance(value, Unknown):
        raise Stop("needs_facts", None, value.names)
    return value.amount


def holds(world: World, row: Body, x: Fraction, c: Context) -> bool:
    """Whether the row owns x, by its edge words."""
    low, over = edge(world, row, "from", c), edge(world, row, "above", c)
    high, under = edge(world, row, "up_to", c), edge(world, row, "below", c)
    return not (
        (low is not None and x < low) or (over is not None and x <= over)
        or (high is not None and x > high) or (under is not None and x >= under)
    )


def looked_up_at(world: World, node: Body, x: Fraction, c: Context) -> list[Body]:
    """The rows for a value; the value is put as the table is printed, for the look-up only."""
    if "published_in" in node:
        x = v.rounded(x, node["between"], Fraction(node["published_in"]))
    rows = [row for row in node["bands"] if holds(world, row, x, c)]
    preferred = [row for row in rows if "chosen" in row]
    return preferred if len(rows) > 1 and len(preferred) == 1 else rows


def row_for(world: World, node: Body, x: Fraction, c: Context) -> Body:
    rows = looked_up_at(world, node, x, c)
    if len(rows) > 1:
        raise v.NotTyped("two rows for one value")
    if not rows or "no_rule" in rows[0]:
        raise Stop("no_rule", "no_rule")
    return rows[0]


def looked_up(world: World, node: Body, c: Context) -> Value:
    of = there(world.text(node["of"], c))
    if isinstance(of, Unknown):
        return of
    row = row_for(world, node, of.amount, c)
    if c.next_row is not None:
        edge_of_next, owned, row = row_after(world, node, row, c)
        c.next_row.append((edge_of_next, owned))
        of = Quantity(edge_of_next, of.unit)
        if "no_rule" in row:
            raise Stop("no_rule", "no_rule")
    c = replace(c, next_row=None)
    if "rate" in row:
        return product(there(world.text(row["rate"], c)), of)
    return schedule(world, row["amount"], c)


def row_after(world: World, node: Body, row: Body, c: Context) -> tuple[Fraction, bool, Body]:
    """The row that begins where this one ends or next above it: its edge, whether it owns it, and the row."""
    def either(each: Body, one: str, other: str) -> Fraction | None:
        value = edge(world, each, one, c)
        return edge(world, each, other, c) if value is None else value

    top = either(row, "up_to", "below")
    begins = [(bottom, "from" not in each, number, each) for number, each in enumerate(node["bands"])
              if (bottom := either(each, "from", "above")) is not None]
    begins = sorted(each[:3] for each in begins if top is not None and each[0] >= top)
    if not begins:
        raise Stop("no_rule")
    bottom, above, number = begins[0]
    return bottom, not above, node["bands"][number]


def marginal(world: World, node: Body, c: Context) -> Value:
    """The sum of rate times the part of the base inside each row."""
    of = there(world.text(node["of"], c))
    if isinstance(of, Unknown):
        return of
    row_for(world, node, of.amount, c)
    total = Fraction(0)
    for row in node["bands"]:
        low = edge(world, row, "above", c)
        low = edge(world, row, "from", c) if low is None else low
        high = edge(world, row, "up_to", c)
        high = edge(world, row, "below", c) if high is None else high
        bottom = Fraction(0) if low is None else low
        top = of.amount if high is None else min(high, of.amount)
        if top <= bottom:
            continue
        if "rate" not in row:
            raise Stop("no_rule", "no_rule")
        rate = there(world.text(row["rate"], c))
        if isinstance(rate, Unknown):
            return rate
        total += rate.amount * (top - bottom)
    return Quantity(total, of.unit)


def band_name(world: World, node: Body, c: Context) -> Value:
    of = there(world.text(node["of"], c))
    return of if isinstance(of, Unknown) else row_for(world, node, of.amount, c)["name"]
