"""The generator and the comparison themselves: what is planted is real, what is sound is sound."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from drawn import probes
from generate import document as generated
from oracle import Document, dues
from oracle.confirm import confirms, tables
from oracle.document import Version, in_force
from oracle.moments import LONG_AGO, NEVER, day_of

HERE = Path(__file__).parent
SEEDS = range(600)


def edges_of(document: Document) -> set[Fraction]:
    found = {Fraction(1)}
    for table in tables(document.raw):
        for row in table["bands"]:
            for word in ("from", "above", "up_to", "below"):
                if word in row:
                    edge = Fraction(row[word])
                    found.update(edge + step for step in (0, Fraction(1, 100), Fraction(-1, 100), 1, -1) if edge + step >= 0)
    return found


def shows(fault: str, document: Document, value: Fraction) -> bool:
    return confirms(fault, document, {"value": str(value) if value.denominator == 1 else probes.decimal(value)})


@pytest.mark.parametrize("fault", ["band_gap", "band_overlap", "band_edge"])
def test_a_planted_band_fault_shows_at_some_value_and_a_sound_document_has_none(fault: str) -> None:
    faulty = [drawn for drawn in map(generated, SEEDS) if drawn["fault"] == fault]
    assert faulty
    for drawn in faulty:
        document = Document(drawn["text"])
        assert any(shows(fault, document, value) for value in edges_of(document)), drawn["seed"]
    for seed in range(0, 200, 2):
        document = Document(generated(seed)["text"])
        assert not any(shows("band_edge", document, value) for value in edges_of(document)), seed


def test_planted_twins_of_a_version_tie_and_those_of_a_sound_document_do_not() -> None:
    for drawn in map(generated, SEEDS):
        if drawn["fault"] in (None, "same_dates"):
            found = confirms("same_dates", Document(drawn["text"]), {"period": "2030-01"})
            assert found == (drawn["fault"] == "same_dates"), drawn["seed"]


def test_a_planted_second_rule_applies_beside_the_first_for_some_facts() -> None:
    faulty = [drawn for drawn in map(generated, SEEDS) if drawn["fault"] == "two_rules"]
    assert faulty
    for drawn in faulty:
        document = Document(drawn["text"])
        assert any(confirms("two_rules", document, example) for example in examples(document, drawn["seed"])), drawn["seed"]


def examples(document: Document, seed: int) -> list[dict[str, Any]]:
    """Random facts, the numbers taken from the conditions of the document."""
    rng = random.Random(seed)
    numbers = sorted(set(re.findall(r"\b[0-9]+\b", str(document.raw))))
    found = []
    for _ in range(3000):
        facts: dict[str, Any] = {}
        for name, body in document.facts.items():
            kind = body["kind"]
            if kind == "one_of":
                facts[name] = rng.choice(list(body["words"]))
            elif kind == "yes_no":
                facts[name] = rng.choice(["yes", "no"])
            elif kind == "date":
                facts[name] = rng.choice(["1990-01-01", "2013-01-01", "2016-01-01", "2025-01-01"])
            elif kind not in ("share", "list"):
                facts[name] = str(int(rng.choice(numbers)) + rng.choice([-1, 0, 1])).replace("-1", "0")
        found.append({"facts": facts, "period": rng.choice(["2030-01", "2010-01", "2016-01"])})
    return found


def test_no_probe_of_a_sound_document_meets_two_rules_and_every_status_is_met() -> None:
    statuses = set()
    for seed in range(0, 600, 2):
        drawn = generated(seed)
        document = Document(drawn["text"])
        for probe in drawn["probes"]:
            answer = dues(document, probe["charge"], probe["facts"], probe["period"], probe["known"], probe["settings"],
                          probe.get("set_aside"))
            assert "two_rules" not in answer.get("findings", []), seed
            statuses.add(answer["status"])
    assert statuses == {"charged", "exempt", "not_due", "needs_facts", "no_rule", "rejected"}


def test_the_same_seed_gives_the_same_document() -> None:
    assert generated(7) == generated(7)


def test_the_version_that_holds_is_that_of_a_brute_force_timeline() -> None:
    """Sorted by (issued, from), the last that is issued and in force, day by day."""
    rng = random.Random(5)
    start = day_of("2020-01-01")
    for _ in range(300):
        pairs = {(start + rng.randrange(30), rng.choice([LONG_AGO, start + rng.randrange(30)])) for _ in range(5)}
        versions = [Version(first, rng.choice([NEVER, start + 20 + rng.randrange(20)]), issued, {})
                    for issued, first in pairs]
        timeline = sorted(versions, key=lambda each: (each.issued, each.first))
        for effective in range(start, start + 45, 3):
            for known in range(start, start + 45, 3):
                holding = None
                for each in timeline:
                    if each.issued <= known and each.first <= effective and not effective > each.last:
                        holding = each
                assert in_force(versions, effective, known) is holding


ENGINE = """
import json, sys
sys.path.insert(0, {here!r})
from oracle import Document, dues
texts = {{}}
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "check":
        texts[asked["id"]] = asked["text"]
        answer = {{"accepted": True, "diagnostics": []}}
    else:
        answer = dues(Document(texts[asked["text_id"]]), asked["charge"], asked["facts"], asked["period"],
                      asked.get("known"), asked.get("settings"), asked.get("set_aside"))
        if {wrong} and "amount" in answer:
            answer["amount"] += "1"
    print(json.dumps({{**answer, "id": asked["id"]}}), flush=True)
"""


@pytest.mark.parametrize(("wrong", "fails"), [(False, range(10, 11)), (True, range(11, 21))])
def test_the_comparison_fails_an_engine_that_accepts_faults_or_answers_otherwise(
    tmp_path: Path, wrong: bool, fails: range
) -> None:
    engine = tmp_path / "engine.py"
    engine.write_text(ENGINE.format(here=str(HERE), wrong=wrong), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, str(HERE / "compare.py"), "--engine", f"{sys.executable} {engine}", "--count", "20", "--show", "0"],
        capture_output=True, text=True, check=False,
    )
    last = found.stdout.splitlines()[-1]
    assert found.returncode == 1, found.stderr
    assert int(last.split()[2]) in fails and last.endswith("failed"), last
