"""Plants exactly one fault in a sound document; each planter says whether it found a place."""

from __future__ import annotations

import copy
from typing import Any, Callable

from .parts import Draw

Planter = Callable[[Draw], bool]


def versions_in(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """Every version of the tariffs, in the order of the document."""
    found: list[dict[str, Any]] = []
    for charge in tree["charges"].values():
        node = charge["tariff"]
        lists = [node] if isinstance(node, list) or "from" in node or "cite" in node else list(node.values())
        for each in lists:
            found += each if isinstance(each, list) else [each]
    return found


def alternatives(draw: Draw) -> list[list[dict[str, Any]]]:
    node = draw.tree["charges"]["dues"]["tariff"]
    return [node] if isinstance(node, list) else [each for each in node.values() if isinstance(each, list)]


def unknown_key(draw: Draw) -> bool:
    places = [draw.tree, draw.tree["facts"]["pay"], draw.tree["charges"]["dues"], *versions_in(draw.tree)]
    places += [row for place in draw.band_places for row in place["bands"]]
    place = draw.pick(places)
    place[draw.pick(["titel", "whenn", "colour_of", "amout"])] = "5"
    return True


def unknown_word(draw: Draw) -> bool:
    shape = draw.rng.randrange(3)
    word = draw.pick(["purple", "greeen", "octagon"])
    if shape == 0:
        tables = [version["amounts"] for version in versions_in(draw.tree) if "amounts" in version]
        if not tables:
            return False
        draw.pick(tables)[word] = "1"
        return True
    places = [version for version in versions_in(draw.tree) if "by" not in version and "otherwise" not in version]
    if not places:
        return False
    place = draw.pick(places)
    atom = f"colour in {draw.words['colour'][0]} | {word}" if shape == 1 else f"colour = {word}"
    place["when"] = f"{place['when']} and {atom}" if "when" in place else atom
    return True


def in_amount(draw: Draw, text: str, of_its_own_length: bool = True) -> bool:
    """Puts an expression where an amount stands; an amount for a longer time has another unit than its charge."""
    places = [version for version in versions_in(draw.tree) if isinstance(version.get("amount"), str)
              and (of_its_own_length or "per" not in version)]
    if not places:
        return False
    draw.pick(places)["amount"] = text
    return True


def unknown_name(draw: Draw) -> bool:
    return in_amount(draw, draw.pick(["paye * 2", "base + wages", "local_duess"]))


def wrong_type(draw: Draw) -> bool:
    if draw.chance(0.5):
        return in_amount(draw, draw.pick(["active + 1", "colour * 2", "begun", "pay = 5", "fen"]))
    places = [version for version in versions_in(draw.tree) if "when" in version]
    if not places:
        return False
    place = draw.pick(places)
    place["when"] = f"{place['when']} and {draw.pick(['heads', '(pay + 1)', 'begun', 'begun > 5', 'poor < 3'])}"
    return True


def wrong_unit(draw: Draw) -> bool:
    return in_amount(draw, draw.pick(["pay + yearly", "yearly", "pay * base", "if pay < yearly then 1 else 2",
                                      "if 5 days < 2 months then 1 else 2", "pay at_most yearly"]),
                     of_its_own_length=False)


def not_exact(draw: Draw) -> bool:
    text = draw.pick(["1e3", ".5", "5.", "1E2"])
    shape = draw.rng.randrange(4)
    if shape == 0:
        draw.tree["facts"]["pay"]["at_least"] = text
        return True
    if shape == 1:
        rates = [version for version in versions_in(draw.tree) if "rate" in version]
        if not rates:
            return False
        draw.pick(rates)["rate"] = f"{text}%"
        return True
    if shape == 2 and draw.band_places:
        row = draw.pick(draw.pick(draw.band_places)["bands"])
        key = next((key for key in ("up_to", "below", "above", "from") if key in row), None)
        if key is None:
            return False
        row[key] = text
        return True
    return in_amount(draw, text)


def edged(draw: Draw) -> tuple[dict[str, Any], dict[str, Any], bool] | None:
    """Two neighbouring rows that share an edge, and whether the table is printed in whole numbers."""
    pairs = [(a, b, "published_in" in place) for place in draw.band_places
             for a, b in zip(place["bands"], place["bands"][1:])
             if {"up_to", "below"} & set(a) and {"above", "from"} & set(b)
             and not {"no_rule", "chosen"} & (set(a) | set(b))]
    return draw.pick(pairs) if pairs else None


def band_gap(draw: Draw) -> bool:
    found = edged(draw)
    if found is None:
        return False
    before, _, printed = found
    key = "up_to" if "up_to" in before else "below"
    value = before[key]
    whole, dot, rest = value.partition(".")
    lower = int(whole) - draw.pick([3, 2] if printed else [1, 2])
    low = before.get("from", before.get("above"))
    if low is not None and lower <= int(low.partition(".")[0]) + 1:
        return False
    if lower <= 0:
        return False
    before[key] = f"{lower}{dot}{rest}"
    return True


def band_overlap(draw: Draw) -> bool:
    found = edged(draw)
    if found is None:
        return False
    before, after, _ = found
    key = "up_to" if "up_to" in before else "below"
    whole, dot, rest = before[key].partition(".")
    higher = int(whole) + draw.pick([2, 3])
    top = after.get("up_to", after.get("below"))
    if top is not None and higher >= int(top.partition(".")[0]):
        return False
    before[key] = f"{higher}{dot}{rest}"
    return True


def band_edge(draw: Draw) -> bool:
    found = edged(draw)
    if found is None or found[2]:
        return False
    before, after, _ = found
    if "up_to" in before:
        edge = before["up_to"]
        if draw.chance(0.5):
            after["from"] = after.pop("above")
        else:
            before["below"] = before.pop("up_to")
    else:
        edge = before["below"]
        if draw.chance(0.5):
            after["above"] = after.pop("from")
        else:
            before["up_to"] = before.pop("below")
    return edge is not None


def same_dates(draw: Draw) -> bool:
    lists = [each for each in alternatives(draw)] + [draw.tree["charges"]["dues"]["round"]]
    place = draw.pick(lists)
    twin = copy.deepcopy(place[0])
    if "amount" in twin:
        twin["amount"] = "77"
    place.append(twin)
    return True


def two_rules(draw: Draw) -> bool:
    node = draw.tree["charges"]["dues"]["tariff"]
    if isinstance(node, list) or "by" in node:
        return False
    names = [name for name, versions in node.items() if isinstance(versions, list)
             and all("when" in version and "instead_of" not in version for version in versions)]
    taken = {each for versions in node.values() for version in (versions if isinstance(versions, list) else [versions])
             for each in [version.get("instead_of")]}
    names = [name for name in names if name not in taken]
    if not names:
        return False
    when = node[draw.pick(names)][0]["when"]
    if draw.chance(0.4):
        more = [atom for atom in ("heads > 2", "points <= 30", "agreed") if atom.split()[0] not in when]
        when = f"{when} and {draw.pick(more)}"
    node["twin"] = [draw.always({"when": when, "amount": "9"})]
    return True


def circular(draw: Draw) -> bool:
    money = f"money per {draw.per}"
    draw.tree["terms"]["ring_a"] = {"kind": money, "formula": [draw.always({"is": "ring_b + 1"})]}
    last = draw.pick(["ring_a", "ring_a * 2", "ring_c"])
    draw.tree["terms"]["ring_b"] = {"kind": money, "formula": [draw.always({"is": last})]}
    if last == "ring_c":
        draw.tree["terms"]["ring_c"] = {"kind": money, "formula": [draw.always({"is": "pay + ring_a"})]}
    return True


def no_citation(draw: Draw) -> bool:
    places = [each for each in versions_in(draw.tree) if "chosen" in each]
    places += draw.tree["charges"]["dues"]["round"]
    place = draw.pick(places)
    place.pop("chosen")
    place.setdefault("from", "2010-01-01")
    return True


def unknown_source(draw: Draw) -> bool:
    place = draw.pick(versions_in(draw.tree))
    place["cite"] = draw.pick(["s9 art. 1", "rules art. 2", "s00 art. 3"])
    return True


def missing_key(draw: Draw) -> bool:
    shape = draw.rng.randrange(6)
    if shape == 0:
        del draw.tree[draw.pick(["rollbook", "id"])]
    elif shape == 1:
        del draw.tree["facts"][draw.pick(["heads", "active", "yearly"])]["kind"]
    elif shape == 2:
        del draw.tree["facts"]["shape"]["words"]
    elif shape == 3:
        del draw.tree["charges"]["dues"]["tariff"]
    elif shape == 4 and draw.band_places:
        del draw.pick(draw.band_places)["of"]
    else:
        rates = [version for version in versions_in(draw.tree) if "rate" in version]
        if not rates:
            return False
        del draw.pick(rates)["of"]
    return True


def duplicate_key(draw: Draw) -> bool:
    shape = draw.rng.randrange(4)
    if shape == 0:
        draw.tree["facts"]["pay\0"] = {"kind": "count"}
    elif shape == 1:
        place = draw.pick(versions_in(draw.tree))
        key = draw.pick(sorted(place))
        place[f"{key}\0"] = copy.deepcopy(place[key])
    elif shape == 2:
        draw.tree["facts"]["heads"]["kind\0"] = "number"
    else:
        draw.tree["terms\0"] = {}
    return True


def setting_out_of_bounds(draw: Draw) -> bool:
    body = draw.tree["settings"]["local_dues"]
    version = body["versions"][-1] if "versions" in body else body
    if draw.chance(0.5) and version["at_least"] != "0":
        version["default"] = "0"
    else:
        version["default"] = str(int(version["at_most"].partition(".")[0]) + 1)
    return True


PLANTERS: dict[str, Planter] = {
    "unknown_key": unknown_key, "unknown_word": unknown_word, "unknown_name": unknown_name, "wrong_type": wrong_type,
    "wrong_unit": wrong_unit, "not_exact": not_exact, "band_gap": band_gap, "band_overlap": band_overlap,
    "band_edge": band_edge, "same_dates": same_dates, "two_rules": two_rules, "circular": circular,
    "no_citation": no_citation, "unknown_source": unknown_source, "missing_key": missing_key,
    "duplicate_key": duplicate_key, "setting_out_of_bounds": setting_out_of_bounds,
}


def plant(draw: Draw) -> str:
    """Plants one fault, the kind drawn evenly among those that find a place."""
    while True:
        code = draw.pick(list(PLANTERS))
        before, places = copy.deepcopy(draw.tree), draw.band_places
        if PLANTERS[code](draw):
            return code
        assert draw.tree == before, f"{code} gave up half-way"
        draw.band_places = places
