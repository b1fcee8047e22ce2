"""What a fact of each kind takes: `docs/types.md`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rollbook import Kind, RuleSet

KINDS: dict[str, list[Any]] = {
    "yes_no": [True, False, "yes", "no"],
    "one_of": ["red", "Blue"],
    "set_of": [["red"], ("red", "blue"), {"red"}, frozenset({"blue"})],
    "count": [3, Decimal(3), "3"],
    "number": [Decimal("1234.56"), 3, "1234.56"],
    "share": [Decimal("0.05"), 1, "5%", "0.05"],
    "money": [Decimal("5400.50"), 5400, "5400.50", [{"from": date(2026, 1, 31), "value": Decimal(1)}]],
    "date": [date(2026, 1, 31), "2026-01-31"],
    "month": ["2026-01"],
    "days": [30, "30", "30 days"],
    "months": [6, "6", "6 months"],
    "text": ["as it is"],
    "member": ["M1"],
    "organisation": ["B7"],
    "list": [[{"gave": Decimal(5)}, {"gave": "5.50"}]],
}
FORMS = {
    "one_of": ", words: { red: Red, blue: Blue }",
    "set_of": ", words: { red: Red, blue: Blue }",
    "list": ", record: { gave: { kind: money } }",
}


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    facts = "\n".join(f"  {kind}_fact: {{ kind: {kind}{FORMS.get(kind, '')} }}" for kind in KINDS)
    return RuleSet.parse(
        f"""
rollbook: 1
id: kinds
edition: 1
languages: [en]
title: Kinds
currency: EUR
sources: {{ rules: {{ title: Rules, in_force: 2020-01-01, attested: official }} }}
facts:
{facts}
charges:
  dues: {{ per: month, tariff: {{ cite: rules, amount: 5 }}, round: {{ cite: rules, is: half_up to 0.01 }} }}
"""
    )


def test_all_kinds_of_facts_are_tried() -> None:
    assert set(KINDS) | {"rounding"} == {kind.value for kind in Kind}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in KINDS.items() for value in values])
def test_a_fact_takes_what_the_book_says(rules: RuleSet, kind: str, value: Any) -> None:
    assert rules.validate({f"{kind}_fact": value}) == ()
