"""Random tariffs: alternatives that are disjoint by construction, and every kind of schedule."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .parts import DAYS, MODES, Draw, number


def charge(draw: Draw) -> dict[str, Any]:
    body: dict[str, Any] = {"per": draw.per}
    if draw.chance(0.5):
        body["owed"] = [draw.always(owed(draw))]
    if draw.chance(0.4):
        day = draw.pick(["period_end", "latest(year_start, begun)", "period_start", "latest(period_start, since(colour))"])
        strength = {"strength": "normally"} if draw.chance(0.5) else {}
        body["as_of"] = [draw.always({"is": day, **strength})]
    body["tariff"] = tariff(draw)
    if draw.chance(0.4):
        body["reductions"] = reductions(draw)
    if draw.chance(0.4):
        body["limits"] = limits(draw)
    body["round"] = [draw.always({"is": "fen" if draw.chance(0.3) else draw.rounding()})]
    if draw.chance(0.2):
        body["versions_on"] = draw.pick(["period_end", "by_day"])
    if draw.chance(0.3):
        body["pay_by"] = {name: ways(draw) for name in draw.rng.sample(["week", "part", "note"], draw.rng.randint(1, 3))}
    return body


def ways(draw: Draw) -> Any:
    if draw.chance(0.4):
        return draw.changed(way(draw), way(draw))
    only = draw.dated(way(draw))
    return {"title": "a way of paying", "versions": [only]} if draw.chance(0.3) else only


def way(draw: Draw) -> dict[str, Any]:
    """An amount is cut into a share each, or into parts that add up to it."""
    body: dict[str, Any] = {"round": "fen" if draw.chance(0.3) else draw.rounding()}
    if draw.chance(0.5):
        return {"times": draw.pick(["12/52", "1 / 52", "25%", "0.5", "3/13", "2"]), **body}
    body["parts"] = str(draw.pick([2, 4, 12, 13, 366]))
    if draw.chance(0.6):
        body["rest"] = draw.pick(["first", "last"])
    return body


def owed(draw: Draw) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if draw.chance(0.6):
        found["when"] = "liable" if "liable" in draw.tree["terms"] and draw.chance(0.6) else "active"
    if draw.chance(0.6) or not found:
        found["starts"] = "begun"
    parts = ["whole", "whole", "none", "by_day"]
    parts += ["by_month"] if draw.per != "month" else []
    parts += ["by_half_year"] if draw.per == "year" else []
    found["part"] = draw.pick(parts)
    return found


# --- alternatives --------------------------------------------------------------------------------------------


def splits(draw: Draw, depth: int, used: tuple[str, ...] = ()) -> list[list[str]]:
    """The leaves of a random tree of decisions: each a list of conditions that exclude the other leaves'.

    No fact is asked twice on the way to a leaf, so that each leaf can be reached.
    """
    if depth == 0 or draw.chance(0.2):
        return [[]]
    asked = ["colour", "shape", "heads", "points", "pay", "active", "poor", "born"]
    kind = draw.pick([each for each in asked if each not in used])
    if kind in draw.words:
        words = list(draw.words[kind])
        draw.rng.shuffle(words)
        cut = draw.rng.randint(1, len(words) - 1)
        atoms = [said_words(draw, kind, words[:cut], words), said_words(draw, kind, words[cut:], words)]
    elif kind in ("active", "poor"):
        atoms = [kind, f"not {kind}"]
    elif kind == "born":
        day = draw.pick(DAYS)
        draw.days.add(day)
        atoms = [f"born < {day}", f"born >= {day}"] if draw.chance(0.8) else ["born + 1 year <= day", "born + 1 year > day"]
    else:
        edge = Fraction(draw.rng.randint(1, 40)) * (50 if kind == "pay" else 1)
        draw.mark(kind, edge)
        atoms = [f"{kind} < {edge}", f"{kind} >= {edge}"] if draw.chance(0.5) else [f"{kind} <= {edge}", f"{kind} > {edge}"]
        if draw.chance(0.3):
            high = edge + draw.rng.randint(1, 20)
            draw.mark(kind, high)
            atoms = [f"{kind} < {edge}", f"{edge} <= {kind} < {high}", f"{kind} >= {high}"]
    return [[atom, *rest] for atom in atoms for rest in splits(draw, depth - 1, (*used, kind))]


def said_words(draw: Draw, fact: str, group: list[str], words: list[str]) -> str:
    if len(group) == 1:
        return f"{fact} = {group[0]}"
    rest = [word for word in words if word not in group]
    if len(rest) == 1 and draw.chance(0.5):
        return f"{fact} != {rest[0]}"
    if draw.chance(0.3):
        return "(" + " or ".join(f"{fact} = {word}" for word in group) + ")"
    return f"{fact} in {' | '.join(group)}"


def tariff(draw: Draw) -> Any:
    if draw.chance(0.15):
        return versions(draw, {}) if draw.chance(0.7) else by_word(draw, draw.words["colour"])
    if draw.chance(0.2):
        return {"table": [by_word(draw, draw.words["colour"][:-1])],
                "others": versions(draw, {"when": f"colour = {draw.words['colour'][-1]}"})}
    leaves = splits(draw, draw.pick([1, 1, 2]))[:4]
    draw.rng.shuffle(leaves)
    if len(leaves) > 2 and draw.chance(0.3):
        leaves.pop()
    found: dict[str, Any] = {}
    for name, leaf in zip(draw.rng.sample(["alpha", "beta", "gamma", "delta"], len(leaves)), leaves):
        found[name] = versions(draw, {"when": " and ".join(leaf)} if leaf else {})
    names = sorted(found)
    if len(names) > 1 and draw.chance(0.25):
        for version in found[names[-1]]:
            version.pop("when", None)
            version["otherwise"] = "yes"
    elif draw.chance(0.35) and all("when" in version for version in found[names[0]]):
        found["special"] = versions(draw, {"when": f"agreed and {found[names[0]][0]['when']}", "instead_of": names[0]})
    return found


def versions(draw: Draw, body: dict[str, Any]) -> list[dict[str, Any]]:
    if draw.chance(0.6):
        return [draw.dated({**body, **schedule(draw)}, None if draw.chance(0.5) else "not_seen")]
    return draw.changed({**body, **schedule(draw)}, {**body, **schedule(draw)})


def by_word(draw: Draw, words: list[str]) -> dict[str, Any]:
    if draw.chance(0.3):
        return draw.always({"by": "colour", "rates": {word: rate(draw) for word in words}, "of": "base"})
    return draw.always({"by": "colour", "amounts": {word: plain_amount(draw) for word in words}})


# --- schedules -----------------------------------------------------------------------------------------------


def rate(draw: Draw) -> str:
    return draw.pick(["0.5%", "1%", "1.5%", "2%", "3%", "1/3", "0.02", "12.5%"])


def plain_amount(draw: Draw) -> str:
    return draw.pick(["0", "0.20", "5", "2.50", "local_dues", "31.415", f"{draw.rng.randint(1, 99)}"])


def amount(draw: Draw) -> str:
    options = [plain_amount(draw), plain_amount(draw), f"0.25 CNY per {draw.per} * heads", "pay / 7", "base * ratio",
               "if poor then 1 else 3.30", f"{plain_amount(draw)} + bonus at_most 40", "pay * 2% at_least 1.50",
               "local_dues * 2", "average(pay over 2 months)", "floor(pay)", "round(pay half_even to 0.1)",
               "floor((pay - bonus) / 7) + 2000", "2000 + ceil((pay - bonus) / 3)",
               f"round((pay - bonus) / 8 {draw.pick(MODES)} to 0.5) + 2000",
               f"ceil(heads / 3) * 1.20 CNY per {draw.per}", "if since(colour) > year_start then 1 else 2",
               "if since(colour) >= period_start - 3 months then 5 else 6", "pay - bonus", "if poor then 2 else 2",
               f"(months from born to period_end) / 1 month * 0.10 CNY per {draw.per} at_least 0",
               "if begun + 1 month = period_end then 1 else 2",
               "average(pay over 1 month)",
               "if begun + 1 month > period_start then 4 else pay * 1%",
               f"points / 3 * 1 CNY per {draw.per}", f"yearly per {draw.per}"]
    if "rest" in draw.tree["terms"]:
        options += ["rest otherwise 2", "if rest exists then 1 else 2"]
    if "steps" in draw.tree["terms"]:
        options += [f"steps * 2 CNY per {draw.per}"]
    return draw.pick(options)


def schedule(draw: Draw) -> dict[str, Any]:
    kind = draw.pick(["amount", "amount", "rate", "slab", "slab", "marginal", "table", "declared", "exempt"])
    if kind == "exempt" and draw.chance(0.5):
        return {"exempt": "yes"}
    if kind == "exempt" and draw.per != "year":
        which = draw.pick(["first", "first", "last"])
        return {"per": "year", "due_in": f"{which} owed {draw.per}", "amount": draw.pick(["12", "36.60"])}
    if kind == "declared":
        found = {"declared": "promised", "minimum": plain_amount(draw)}
        if draw.chance(0.4):
            found["minimum"] = {"rate": rate(draw), "of": "base"}  # type: ignore[assignment]
        if draw.chance(0.3):
            found["guide"] = "20"
        return found
    if kind == "rate":
        found = {"rate": rate(draw), "of": draw.pick(["base", "pay"])}
    elif kind in ("slab", "marginal", "table"):
        found = {kind: bands(draw, kind)}
    else:
        found = {"amount": amount(draw)}
    if draw.chance(0.15):
        found["at_most"] = f"{draw.rng.randint(20, 90)}"
    if draw.chance(0.15):
        found["at_least"] = f"{draw.rng.randint(1, 9)}"
    if draw.chance(0.15):
        found["round"] = draw.rounding()
    return found


def bands(draw: Draw, kind: str) -> dict[str, Any]:
    of = draw.pick(["base", "pay", "pay"])
    step = draw.pick([1, 10, 50, 100])
    count = draw.rng.randint(1, 4)
    edges = sorted(draw.rng.sample(range(1, 60), count))
    cuts = [Fraction(edge * step) + draw.pick([Fraction(0), Fraction(0), Fraction(1, 2)]) for edge in edges]
    printed = kind != "marginal" and draw.chance(0.2)
    if printed:
        cuts = sorted({Fraction(int(cut)) + 1 for cut in cuts})
    for cut in cuts:
        draw.mark("pay", cut)
        draw.mark("base", cut)
    rows: list[dict[str, Any]] = [{} for _ in range(len(cuts) + 1)]
    if draw.chance(0.3):
        rows[0]["from"] = "0"
    for index, cut in enumerate(cuts):
        if printed:
            rows[index]["up_to"], rows[index + 1]["from"] = number(cut - 1), number(cut)
        elif draw.chance(0.5):
            rows[index]["up_to"] = rows[index + 1]["above"] = number(cut)
        else:
            rows[index]["below"] = rows[index + 1]["from"] = number(cut)
    for row in rows:
        if kind == "table":
            row["amount"] = draw.pick([plain_amount(draw), plain_amount(draw), "bonus"])
        else:
            row["rate"] = rate(draw)
    if kind != "marginal" and not printed and draw.chance(0.15):
        hole(draw, rows)
    found: dict[str, Any] = {"of": of}
    if printed:
        found.update({"published_in": "1", "between": "down"})
    if draw.chance(0.5) and kind != "marginal":
        found["stated"] = ["cliff", "falling"]
    found["bands"] = rows
    draw.band_places.append(found)
    return found


def hole(draw: Draw, rows: list[dict[str, Any]]) -> None:
    """A point for which no row is printed, or which two rows print and one is chosen."""
    at = draw.rng.randrange(len(rows) - 1)
    before, after = rows[at], rows[at + 1]
    edge = before.pop("up_to", None) or before.pop("below")
    after.pop("above", None)
    after.pop("from", None)
    if draw.chance(0.5):
        before["below"] = after["above"] = edge
        rows.insert(at + 1, {"from": edge, "up_to": edge, "no_rule": "no row printed"})
    else:
        before["up_to"] = after["from"] = edge
        after["chosen"] = "the higher row owns the edge"


# --- reductions, limits --------------------------------------------------------------------------------------


def reductions(draw: Draw) -> dict[str, Any]:
    forms = [{"pays": "50%"}, {"less": "10%"}, {"exempt": "yes"}, {"amount": plain_amount(draw)}, {"pays": "1/3"},
             {"pays": "ratio * 2"}, {"less": "ratio * 2"}]
    needs = {"needs": "agreed"} if draw.chance(0.5) else {}
    first = draw.always({"when": "poor", **needs, **draw.pick(forms)})
    shape = draw.rng.random()
    if shape < 0.5:
        return {"hardship": [first]}
    second = draw.always({"when": f"shape = {draw.words['shape'][0]}", **draw.pick(forms)})
    if shape < 0.7:
        first["when"] = f"shape = {draw.words['shape'][1]} and poor"
        return {"hardship": [first], "discount": [second]}
    take: Any = "lowest" if shape < 0.85 else draw.rng.sample(["hardship", "discount"], 2)
    if isinstance(take, list):
        for version in (first, second):
            for key in ("exempt", "amount"):
                if version.pop(key, None) is not None:
                    version["less"] = "25%"
    return {"take": take, "hardship": [first], "discount": [second]}


def limits(draw: Draw) -> dict[str, Any]:
    cap: dict[str, Any] = {"at_most": draw.pick(["60", "100", "25.55", "local_dues * 20"])}
    if draw.chance(0.5):
        cap["strength"] = "normally"
    if draw.chance(0.4):
        cap["when"] = draw.pick(["active", "heads > 3"])
        draw.mark("heads", Fraction(3))
    found = {"cap": [draw.dated(cap)]}
    if draw.chance(0.4):
        found["floor"] = [draw.always({"at_least": draw.pick(["1", "3.50"])})]
    return found


def lines(draw: Draw) -> dict[str, Any]:
    edge = draw.pick(["100", "1000"])
    return {
        "each": "gifts", "day": "on_day", "recipients": {"near": "the near one", "far": "the far one"},
        "tariff": {
            "small": [draw.dated({"when": f"gave < {edge}", "amount": "gave", "goes_to": "near"})],
            "large": [draw.always({"when": f"gave >= {edge}", "rate": rate(draw), "of": "gave", "goes_to": "far"})],
        },
        "round": [draw.always({"is": draw.rounding()})],
    }


def on_another(draw: Draw) -> dict[str, Any]:
    return {"per": draw.per, "tariff": [draw.always({"rate": rate(draw), "of": "dues"})],
            "round": [draw.always({"is": draw.rounding()})]}
