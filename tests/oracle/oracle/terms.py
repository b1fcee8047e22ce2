"""Terms (section 6, point 9)."""

from __future__ import annotations

from dataclasses import replace

from .document import Version, in_force
from .evaluate import Chosen, Context, Undecided, World, in_place
from .facts import Misfit, in_range, read_value
from .schedule import band_name, schedule
from .syntax import names_in, parse
from .values import NONE, Day, Quantity, Stop, Unknown, Value, Word


def term_value(world: World, name: str, c: Context) -> Value:
    body = world.document.terms[name]
    given = world.given.get(name)
    if given is not None and given.single:
        compare_with_formula(world, name, given.records[0][1], c)
        return given.records[0][1]
    own = own_day(world, name, c)
    if isinstance(own, Unknown):
        return own
    if given is not None:
        value = given.at(own.day)
        if value is None:
            world.findings.add("history_starts_later")
            return Unknown((name,))
        return value
    return derived(world, name, own, c)


def own_day(world: World, name: str, c: Context) -> Context | Unknown:
    """The term's own as-of day under the caller's, else the caller's."""
    stage = world.document.of("terms", name, "as_of")
    version = in_force(stage[""], c.effective, world.known) if stage else None
    if version is None:
        return c
    if f"{name}.as_of" in world.set_aside:
        return c
    day = world.text(version.body["is"], c)
    return day if isinstance(day, Unknown) else replace(c, day=day.number)


def derived(world: World, name: str, own: Context, caller: Context) -> Value:
    body = world.document.terms[name]
    chosen = world.choose(world.document.lists[("terms", name)], own)
    if chosen is None:
        return Unknown((name,)) if body.get("given") == "first" else NONE
    if isinstance(chosen, Undecided):
        value: Value = Unknown(chosen.names)
        open_ones = list(chosen.open)
    else:
        value = in_place(said(world, chosen.version, body, own), body.get("kind", ""))
        open_ones = [chosen]
    if isinstance(value, Unknown):
        if body.get("given") == "first" and not some_given(world, open_ones, own):
            return Unknown((name,))
        return value
    if isinstance(value, Quantity):
        try:
            in_range(value.amount, body)
        except Misfit:
            raise Stop("rejected", "out_of_range") from None
    return value


def said(world: World, version: Version, body: dict, c: Context) -> Value:
    """What one version of a formula says: an expression, a row by word, a band's name, or a schedule."""
    if "is" in version.body:
        return worded(world, version.body["is"], body, c)
    if "rows" in version.body:
        word = world.text(version.body["by"], c)
        if isinstance(word, Unknown):
            return word
        return worded(world, version.body["rows"][word.name], body, c)
    if "band_of" in version.body:
        found = band_name(world, version.body["band_of"], c)
        return Word(found) if isinstance(found, str) else found
    return schedule(world, version.body, replace(c, next_row=None))


def worded(world: World, text: str, body: dict, c: Context) -> Value:
    if body.get("kind") in ("one_of", "yes_no", "rounding") and text not in world.document.facts:
        try:
            return read_value(text, body)
        except Misfit:
            pass
    return world.text(text, c)


def some_given(world: World, open_ones: list[Chosen], c: Context) -> bool:
    """Whether some fact in an `is` of a still open alternative was given, terms looked through."""
    names: list[str] = []
    for chosen in open_ones:
        names += names_of(chosen.version)
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in world.document.facts:
            if name in world.given and "unless_given" not in world.document.facts[name]:
                return True
        elif name in world.document.terms:
            if name in world.given:
                return True
            for version in world.living(world.document.lists[("terms", name)], c).values():
                names += names_of(version)
    return False


def names_of(version: Version) -> list[str]:
    texts = [version.body["is"]] if "is" in version.body else list((version.body.get("rows") or {}).values())
    texts += [version.body[key] for key in ("of", "amount", "rate") if isinstance(version.body.get(key), str)]
    return [name for text in texts for name in names_in(parse(text))]


def compare_with_formula(world: World, name: str, given: Value, c: Context) -> None:
    """When the value is given and can be worked out too and they differ, a finding says so."""
    if "given_differs" in world.findings:
        return
    noted = set(world.findings), set(world.assumed)
    try:
        own = own_day(world, name, c)
        value = own if isinstance(own, Unknown) else derived(world, name, own, c)
    except Stop:
        value = NONE
    world.findings, world.assumed = noted
    if isinstance(value, (Quantity, bool, Word, Day)) and value != given:
        world.findings.add("given_differs")
