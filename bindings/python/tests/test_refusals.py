"""What is refused, with the same codes as in every language: no digit is lost, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rollbook import RollbookError, RuleSet, Status, UnknownRuleSetError, WrongCallError, WrongTypeError


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet.builtin("cpc")


def ask(rules: RuleSet, **facts: Any) -> Any:
    return rules.dues({"stage": "full", "category": "waged", **facts}, period="2026-11")


@pytest.mark.parametrize(
    ("value", "given"),
    [
        (5400.0, "a float"),
        (float("nan"), "a float"),
        (float("inf"), "a float"),
        (True, "a bool"),
        (None, "None"),
        (b"5400", "a bytes"),
        (Decimal("NaN"), "a Decimal that is no number"),
        (Decimal("-Infinity"), "a Decimal that is no number"),
        (Fraction(1, 3), "a Fraction"),
        (5400j, "a complex"),
        (datetime(2026, 11, 1), "a datetime"),
        (10**5000, "an int of thousands of digits"),
        ("54\ud800", "a str with half a character (a lone surrogate)"),
        (object(), "an object"),
        ({"from": "2026-01-01", "value": 1}, "a dict"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_type_that_cannot_carry_an_amount_is_refused_by_name(rules: RuleSet, value: object, given: str) -> None:
    with pytest.raises(WrongTypeError) as refused:
        ask(rules, base=value)
    assert isinstance(refused.value, TypeError) and isinstance(refused.value, RollbookError)
    assert (refused.value.code, refused.value.params["name"]) == ("wrong_type", "base")
    assert str(refused.value).startswith(f"`base` is given as {given}; pass ")


def test_a_refusal_says_what_to_pass(rules: RuleSet) -> None:
    for name, value, wanted in [
        ("base", 5400.0, "decimal.Decimal, int or str"),
        ("base", True, "decimal.Decimal, int or str"),
        ("base", None, "a value, or leave out what is not known"),
        ("joined", datetime(2026, 11, 1), "datetime.date or str"),
        ("stage", 1.0, "str"),
        ("voluntary_payments", 1.0, "a list of dicts"),
    ]:
        with pytest.raises(WrongTypeError, match="given as") as refused:
            ask(rules, **{name: value})
        assert refused.value.params["wanted"] == wanted


def test_a_float_inside_a_history_or_a_record_is_refused_with_its_place(rules: RuleSet) -> None:
    with pytest.raises(WrongTypeError) as refused:
        ask(rules, base=[{"from": date(2026, 1, 1), "value": 1.5}])
    assert refused.value.params["name"] == "base/0/value"
    with pytest.raises(WrongTypeError) as refused:
        ask(rules, voluntary_payments=[{"paid": 10, "paid_on": datetime(2026, 1, 1)}])
    assert refused.value.params == {
        "name": "voluntary_payments/0/paid_on",
        "given": "a datetime",
        "wanted": "datetime.date or str",
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("bsae", 5400, "unknown_fact"),
        ("category", "wagged", "unknown_word"),
        ("base", "5,400", "bad_value"),
        ("base", "", "bad_value"),
        ("base", -1, "out_of_range"),
        ("base", 10**60, "bad_value"),
        ("base", Decimal("1E+9999"), "bad_value"),
        ("joined", "2026-02-30", "bad_value"),
        ("base", date(2026, 1, 1), "bad_value"),
        ("base", [], "bad_history"),
        ("base", [{"from": "2026-01-01", "value": 1}, {"from": "2026-01-01", "value": 2}], "bad_history"),
        ("base", "9" * 50_000_000, "bad_value"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_a_finding_of_the_answer(
    rules: RuleSet, name: str, value: object, code: str
) -> None:
    answer = ask(rules, **{name: value})
    assert answer.status is Status.REJECTED
    assert [finding.code for finding in answer.findings] == [code]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"period": "2026-13"}, "bad_period"),
        ({"period": "2026-11-01"}, "bad_period"),
        ({"period": ""}, "bad_period"),
        ({"charge": "duse"}, "unknown_charge"),
        ({"known": "yesterday"}, "bad_date"),
        ({"settings": {"farmer_deus": "0.5"}}, "unknown_setting"),
        ({"settings": {"farmer_dues": "2.00"}}, "bad_setting"),
        ({"set_aside": {"dues.tariff.waged": "no"}}, "not_set_aside"),
    ],
)
def test_a_wrong_call_has_a_code(rules: RuleSet, arguments: dict[str, Any], code: str) -> None:
    with pytest.raises(WrongCallError) as wrong:
        rules.dues({}, **{"period": "2026-11", **arguments})
    assert wrong.value.code == code
    assert isinstance(wrong.value, ValueError)


@pytest.mark.parametrize(
    "arguments",
    [
        {"period": 2026},
        {"period": date(2026, 11, 1)},
        {"period": None},
        {"known": datetime(2026, 11, 1)},
        {"charge": 1},
        {"settings": {"farmer_dues": 0.5}},
        {"settings": [("farmer_dues", "0.5")]},
        {"set_aside": {"dues.limits.cap": None}},
    ],
)
def test_an_argument_of_another_type_is_refused(rules: RuleSet, arguments: dict[str, Any]) -> None:
    with pytest.raises(WrongTypeError) as refused:
        rules.dues({}, **{"period": "2026-11", **arguments})
    assert refused.value.code == "wrong_type"


def test_facts_are_a_mapping_of_names(rules: RuleSet) -> None:
    facts: Any
    for facts in (None, [("base", 1)], "base", 5400, {1: 2}):
        with pytest.raises(WrongTypeError):
            rules.dues(facts, period="2026-11")


def test_a_rule_set_that_does_not_ship_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownRuleSetError) as unknown:
        RuleSet.builtin("cpcc")
    assert (unknown.value.code, unknown.value.params["near"]) == ("unknown_rule_set", "cpc")
    assert isinstance(unknown.value, LookupError)


def test_an_unknown_format_is_refused(rules: RuleSet) -> None:
    answer = rules.dues({}, period="2026-11")
    with pytest.raises(ValueError, match="text, markdown or json"):
        answer.explain("en", format="pdf")  # type: ignore[arg-type]
