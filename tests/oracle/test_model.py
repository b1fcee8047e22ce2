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


# --- the worked numbers of the published tables --------------------------------------------------------------

PUBLISHED = "3200→32 4500→45 5400→81 5800→87 6300→94.5 6900→103.5 7500→112.5 8400→126 9500→142.5 10000→150 11500→230"
BOUNDARIES = (
    "0→0 2999.99→14.99995 3000→15 3000.01→30.0001 5000→50 5000.01→75.00015 10000→150 10000.01→200.0002 50000→1000"
)
RETIRED = "3000→15 5000→25 5000.01→50.0001 6000→60"
BEFORE_2008 = "400→2 400.01→4.0001 600→6 800→12 1500→30 1500.01→45.0003"


def pairs(table: str) -> list[tuple[str, str]]:
    return [(base, due) for base, _, due in (entry.partition("→") for entry in table.split())]


def exactly(period: str, **facts: str) -> str:
    answer = dues(MODEL, "dues", {"stage": "full", **facts}, period)
    assert answer["status"] == "charged", answer
    return answer["exact"]


@pytest.mark.parametrize(("base", "due"), pairs(PUBLISHED))
def test_the_published_wage_table_is_met(base: str, due: str) -> None:
    assert exactly("2026-11", category="waged", base=base) == due


@pytest.mark.parametrize(("base", "due"), pairs(BOUNDARIES))
def test_a_boundary_of_2008_has_the_whole_base_at_its_bands_rate(base: str, due: str) -> None:
    assert exactly("2026-11", category="waged", base=base) == due


@pytest.mark.parametrize(("base", "due"), pairs(RETIRED))
def test_the_retired_have_two_bands(base: str, due: str) -> None:
    assert exactly("2026-11", category="retired", base=base) == due


@pytest.mark.parametrize(("base", "due"), pairs(BEFORE_2008))
def test_a_month_before_2008_has_the_rates_of_1998(base: str, due: str) -> None:
    assert exactly("2007-05", category="waged", base=base) == due


@pytest.mark.parametrize(("period", "due"), [("2016-12", "1200"), ("2017-01", "1000"), ("2026-11", "1000")])
def test_the_soft_cap_came_in_2017(period: str, due: str) -> None:
    assert exactly(period, category="waged", base="60000") == due


def test_a_student_owes_twenty_fen_and_needs_no_base() -> None:
    assert exactly("2026-11", category="student") == "0.2"


def test_the_remittance_is_a_twentieth_of_what_was_paid() -> None:
    answer = dues(MODEL, "remittance", {"level": "province", "dues_received": "18720"}, "2026")
    assert answer["amount"] == "936.00"


@pytest.mark.parametrize(("given", "missing"), [
    ({"category": "waged", "base": "3000"}, ["stage"]),
    ({"stage": "full", "category": "waged"}, ["base"]),
    ({"stage": "full", "category": "waged", "post_pay": "3000"}, ["employer"]),
    ({"stage": "full", "category": "waged", "post_pay": "3000", "employer": "organ"},
     ["grade_pay", "allowances", "income_tax", "social_insurance", "housing_fund"]),
])
def test_only_what_still_matters_is_missing(given: dict[str, str], missing: list[str]) -> None:
    assert dues(MODEL, "dues", given, "2026-11")["missing"] == missing


def test_the_practice_of_2009_subtracts_income_tax_only() -> None:
    items = {"category": "waged", "employer": "organ", "post_pay": "3000", "grade_pay": "500", "allowances": "600",
             "income_tax": "100", "social_insurance": "400", "housing_fund": "500"}
    assert exactly("2010-05", **items) == "40"  # 4000 at 1 %
    assert exactly("2018-05", **items) == "31"  # 3100 at 1 %


def test_a_single_payment_of_a_thousand_goes_to_the_central_level() -> None:
    payments = [{"paid": "999.99", "paid_on": "2026-11-02"}, {"paid": "1000", "paid_on": "2026-11-30"},
                {"paid": "5", "paid_on": "2026-12-01"}]
    answer = dues(MODEL, "voluntary", {"voluntary_payments": payments}, "2026-11")
    assert answer["lines"] == [{"amount": "999.99", "goes_to": "branch"}, {"amount": "1000.00", "goes_to": "central"}]
    assert answer["amount"] == "1999.99"
