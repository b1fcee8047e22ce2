"""The rule sets that ship, the sound ones of the tests and those of one shape each: the oracle gives what every case expects."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml

from oracle import Document, WrongCall, dues

REPOSITORY = Path(__file__).resolve().parents[2]
STATUSES = ("charged", "exempt", "not_due", "needs_facts", "no_rule", "rejected")
BODY = dict[str, Any]


def rule_sets() -> Iterator[Path]:
    yield from sorted((REPOSITORY / "core" / "rulesets").glob("*/*.yaml"))
    yield from sorted((REPOSITORY / "tests" / "sound").glob("*.yaml"))
    yield from sorted((REPOSITORY / "tests" / "shapes").glob("*.yaml"))


def cases_of(file: Path, document: Document) -> list[BODY]:
    inside = document.raw.get("cases") or []
    beside = file.with_suffix(".cases.yaml")
    if beside.exists():
        inside = inside + yaml.load(beside.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["cases"]
    return inside


def questions() -> Iterator[Any]:
    for file in rule_sets():
        if file.name.endswith(".cases.yaml"):
            continue
        document = Document(file.read_text(encoding="utf-8"))
        for number, case in enumerate(cases_of(file, document), 1):
            facts = case.get("facts") or {}
            if "vary" not in case:
                yield pytest.param(document, case, facts, case["expect"], id=f"{file.stem}-{number}")
                continue
            for value, expected in case["expect"].items():
                name = f"{file.stem}-{number}-{value}"
                yield pytest.param(document, case, {**facts, case["vary"]: value}, expected, id=name)


def answered(document: Document, case: BODY, facts: BODY) -> BODY:
    try:
        return dues(document, case.get("charge"), facts, case["period"], case.get("known"), case.get("settings"),
                    case.get("set_aside"))
    except WrongCall:
        return {"status": "rejected", "findings": []}


ALL = list(questions())


@pytest.mark.parametrize(("document", "case", "facts", "expected"), ALL)
def test_the_oracle_gives_what_a_case_expects(document: Document, case: BODY, facts: BODY, expected: str) -> None:
    answer = answered(document, case, facts)
    if expected in STATUSES:
        assert answer["status"] == expected, answer
    else:
        assert answer["status"] == "charged", answer
        assert Fraction(answer["amount"]) == Fraction(expected)
    if "exact" in case:
        assert Fraction(answer["exact"]) == Fraction(case["exact"])
    if "rule" in case:
        assert answer["rule"] == case["rule"]
    if "missing" in case:
        assert answer.get("missing", []) == case["missing"]
    for way, wanted in case.get("instalments", {}).items():
        every = paid(answer, way)
        assert every == [Fraction(each) for each in (wanted if isinstance(wanted, list) else [wanted] * len(every))]
    for code in case.get("findings", []):
        assert code in answer.get("findings", []), answer


def paid(answer: BODY, name: str) -> list[Fraction]:
    """All instalments in turn; one where it stands for all of them, or their number is not said."""
    way = next(way for way in answer["instalments"] if way["way"] == name)
    every = [Fraction(way["amount"])] * way.get("count", 1)
    if "rest" in way:
        every[-1 if way["rest"]["last"] else 0] = Fraction(way["rest"]["amount"])
    return every


def test_every_rule_set_that_ships_is_among_them() -> None:
    shipped = {folder.name for folder in (REPOSITORY / "core" / "rulesets").iterdir() if folder.is_dir()}
    assert shipped == {"acftu", "cpc", "cyl", "fdp", "igmetall"}
    asked = {parameter.id.split("-")[0] for parameter in ALL}
    assert shipped <= asked
