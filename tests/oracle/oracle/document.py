"""A rule-set document: its short forms written out, its versions dated, and which version holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from .moments import LONG_AGO, NEVER, day_of, days_in_month

Body = dict[str, Any]
VERSION_KEYS = ("cite", "from", "chosen", "under")
OF_A_SETTING = ("kind", "title", "means", "words")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass
class Source:
    issued: int
    in_force: int
    until: int
    doubtful: list[tuple[str, int, int]]  # which date, first and last day of the doubt


@dataclass
class Version:
    """One dated form of a rule: its first day, last day and day of issue, and what it says."""

    first: int
    last: int
    issued: int
    body: Body
    sources: list[str] = field(default_factory=list)
    layer: int = 0  # how deep its rule set stands below those that it extends

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.layer, self.issued, self.first

    @property
    def repealed(self) -> bool:
        return self.body.get("repealed") in ("yes", "是")


Versions = list[Version]
# A version list without a name is the only alternative, under the empty name.
Alternatives = dict[str, Versions]


def in_force(versions: Versions, effective: int, known: int) -> Version | None:
    """The version with the greatest (layer, issued, from) among those issued by `known` and in force on `effective`."""
    best: Version | None = None
    for version in versions:
        if version.issued <= known and version.first <= effective <= version.last:
            if best is None or version.rank > best.rank:
                best = version
    return None if best is None or best.repealed else best


def tied(versions: Versions, effective: int, known: int) -> bool:
    """Whether two versions that could hold on that day bear the same dates."""
    pairs = [v.rank for v in versions if v.issued <= known and v.first <= effective <= v.last]
    return len(pairs) != len(set(pairs))


class Document:
    """The document read as text; everything in it that is dated is a list of Version."""

    def __init__(self, text: str) -> None:
        self.raw: Body = yaml.load(text, Loader=_Loader)
        if "extends" in self.raw:
            self.raw = joined(self.raw, Document(shipped(self.raw["extends"]["id"])).raw)
        self.currency: str = self.raw.get("currency", "")
        self.answers: str | None = self.raw.get("answers")
        self.languages: list[str] = self.raw.get("languages", [])
        self.facts: dict[str, Body] = dict(self.raw.get("facts") or {})
        self.year_has = {k: Fraction(v) for k, v in _singular(self.raw.get("year_has") or {}).items()}
        self.sources = {name: _source(body) for name, body in (self.raw.get("sources") or {}).items()}
        self.settings: dict[str, Body] = dict(self.raw.get("settings") or {})
        self.terms: dict[str, Body] = dict(self.raw.get("terms") or {})
        self.charges: dict[str, Body] = dict(self.raw.get("charges") or {})
        self.lists: dict[tuple[str, ...], Alternatives] = {}
        for name, body in self.settings.items():
            self._put(("settings", name), body.get("versions", body))
        for name, body in self.terms.items():
            self._put(("terms", name), body.get("formula", body))
            if "as_of" in body:
                self._put(("terms", name, "as_of"), body["as_of"])
        for name, body in self.charges.items():
            for stage in ("owed", "as_of", "tariff", "round", "reductions", "limits", "pay_by"):
                if stage in body:
                    self._put(("charges", name, stage), body[stage])

    def of(self, *path: str) -> Alternatives | None:
        return self.lists.get(path)

    def _put(self, path: tuple[str, ...], node: Any) -> None:
        self.lists[path] = self._alternatives(node)

    def _alternatives(self, node: Any) -> Alternatives:
        if isinstance(node, list) or any(key in node for key in VERSION_KEYS):
            return {"": self._versions(node)}
        return {name: self._versions(body) for name, body in node.items() if name not in ("take", "title")}

    def _versions(self, node: Any) -> Versions:
        if isinstance(node, dict) and "versions" in node:
            node = node["versions"]
        return [self._version(body) for body in (node if isinstance(node, list) else [node])]

    def _version(self, body: Body) -> Version:
        cited = _texts(body.get("cite"))
        under = _texts(body.get("under"))
        names = [citation.split()[0] for citation in cited + under]
        found = [self.sources[name] for name in names if name in self.sources]
        first, issued, last = LONG_AGO, LONG_AGO, NEVER
        if under and found:
            first, issued, last = found[0].in_force, found[0].issued, found[-1].until
        elif found:
            first = max(source.in_force for source in found)
            issued = max(source.issued for source in found)
            last = min(source.until for source in found)
        if "from" in body:
            first = day_of(body["from"])
            if not names:
                issued = first
        if "issued" in body:
            issued = day_of(body["issued"])
        if "until" in body:
            last = day_of(body["until"])
        return Version(first, last, issued, body, names, body.get("layer", 0))

    def boundaries(self) -> set[int]:
        """Every day on which some version begins, or has just ended."""
        days: set[int] = set()
        for alternatives in self.lists.values():
            for versions in alternatives.values():
                for version in versions:
                    days.update((version.first, version.last + 1))
        return days


def shipped(name: str) -> str:
    """The text of a rule set that ships."""
    folder = Path(__file__).resolve().parents[3] / "core" / "rulesets" / name
    return (folder / f"{name}.yaml").read_text(encoding="utf-8")


def joined(own: Body, parent: Body) -> Body:
    """A child and its parent as one: what both have, and the parent's settings with the child's versions on top."""
    both: Body = {**{key: parent[key] for key in ("year_has", "answers") if key in parent}, **own}
    if "answers" not in both and len(parent.get("charges", {})) == 1:
        both["answers"] = next(iter(parent["charges"]))
    for section in ("sources", "facts", "terms", "charges"):
        both[section] = {**(parent.get(section) or {}), **(own.get(section) or {})}
    settings = dict(parent.get("settings") or {})
    for name, body in (own.get("settings") or {}).items():
        settings[name] = narrowed(settings[name], body) if name in settings else body
    both["settings"] = settings
    both["not_encoded"] = (parent.get("not_encoded") or []) + (own.get("not_encoded") or [])
    return both


def narrowed(outer: Body, own: Body) -> Body:
    below = [dict(version) for version in _only(outer)]
    depth = 1 + max(version.get("layer", 0) for version in below)
    above = [{**version, "layer": depth} for version in _only(own)]
    return {**{key: outer[key] for key in OF_A_SETTING if key in outer}, "versions": below + above}


def _only(setting: Body) -> list[Body]:
    """The versions of a setting, or what is left of it as its only one."""
    versions = setting.get("versions") or {key: said for key, said in setting.items() if key not in OF_A_SETTING}
    return versions if isinstance(versions, list) else [versions]


def _texts(node: Any) -> list[str]:
    if node is None:
        return []
    return [str(each) for each in node] if isinstance(node, list) else [str(node)]


def _singular(counts: Body) -> Body:
    return {re.sub("s$", "", name): count for name, count in counts.items()}


def _source(body: Body) -> Source:
    """`issued` not seen, or not written, counts as in_force."""
    in_force_day = day_of(body.get("in_force", "not_seen"))
    issued_text = body.get("issued", "not_seen")
    issued = in_force_day if issued_text == "not_seen" else day_of(issued_text)
    until = day_of(body["until"]) if "until" in body else NEVER
    doubtful = []
    for which, written in (("issued", issued_text), ("in_force", body.get("in_force", "not_seen"))):
        span = _doubt(written, body.get("sure_of"))
        if span is not None:
            doubtful.append((which, *span))
    return Source(issued, in_force_day, until, doubtful)


def _doubt(written: str, sure_of: str | None) -> tuple[int, int] | None:
    """The days among which a date lies that is only known to the year or the month."""
    if sure_of is None or written == "not_seen":
        return None
    first = date.fromordinal(day_of(written))
    if sure_of == "year" and (first.month, first.day) == (1, 1):
        return first.toordinal(), date(first.year, 12, 31).toordinal()
    if sure_of == "month" and first.day == 1:
        return first.toordinal(), first.replace(day=days_in_month(first.year, first.month)).toordinal()
    return None
