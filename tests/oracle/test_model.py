"""The model document: every case that stands in it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Iterator

import pytest

from oracle import Document, dues

MODEL = Document((Path(__file__).parent / "model.yaml").read_text(encoding="utf-8"))


def rows() -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    for case in MODEL.raw["cases"]:
        facts = case.get("facts", {})
        if "vary" in case:
            for value, expected in case["expect"].items():
                yield case, {**facts, case["vary"]: value}, expected
        else:
            yield case, facts, case["expect"]


@pytest.mark.parametrize(("case", "facts", "expected"), list(rows()))
def test_a_case_of_the_model_document_gives_what_it_expects(
    case: dict[str, Any], facts: dict[str, Any], expected: str
) -> None:
    answer = dues(MODEL, case["charge"], facts, case["period"], case.get("known"))
    if expected.replace(".", "").isdigit():
        assert answer["status"] == "charged", answer
        assert Fraction(answer["amount"]) == Fraction(expected)
    else:
        assert answer["status"] == expected
        assert answer.get("missing", []) == case.get("missing", [])
