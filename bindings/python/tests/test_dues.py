"""What is owed: numbers, days and words come back in the types of Python, and every part of an answer is a value."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

import rollbook
from rollbook import Answer, Attested, Facts, Per, RuleSet, Severity, Status, Value

WAGED: rollbook.Facts = {"stage": "full", "category": "waged", "base": Decimal("5400")}


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet.builtin("cpc")


def test_the_amount_is_a_decimal_at_the_unit_of_its_rounding(rules: RuleSet) -> None:
    answer = rules.dues(WAGED, period="2026-11")
    assert answer.status is Status.CHARGED
    assert answer.amount == Decimal("81.00")
    assert str(answer.amount) == "81.00"
    assert (answer.currency, answer.unit, answer.charge, answer.period) == ("CNY", Per.MONTH, "dues", "2026-11")


@pytest.mark.parametrize("base", ["5400", 5400, Decimal("5400"), Decimal("54E+2"), Decimal("5400.00")])
def test_a_number_is_text_an_int_or_a_decimal(rules: RuleSet, base: str | int | Decimal) -> None:
    assert rules.dues({**WAGED, "base": base}, period="2026-11").amount == Decimal("81.00")


def test_three_thousand_belongs_to_the_lower_band(rules: RuleSet) -> None:
    assert rules.dues({**WAGED, "base": 3000}, period="2026-11").amount == Decimal("15.00")
    assert rules.dues({**WAGED, "base": Decimal("3000.01")}, period="2026-11").amount == Decimal("30.00")


def test_missing_is_not_zero(rules: RuleSet) -> None:
    answer = rules.dues({"stage": "full", "category": "waged"}, period="2026-11")
    assert (answer.status, answer.amount) == (Status.NEEDS_FACTS, None)
    assert [missing.name for missing in answer.missing] == ["base"]
    assert answer.missing[0].messages["en"] == "still needed: dues base"


def test_a_title_is_as_good_as_a_word(rules: RuleSet) -> None:
    answer = rules.dues({"stage": "正式党员", "category": "学生"}, period="2026-11")
    assert answer.amount == Decimal("0.20")


def test_a_value_that_changed_is_a_list_of_dated_values(rules: RuleSet) -> None:
    base: Value = [{"from": date(2026, 6, 15), "value": 4000}, {"from": "2026-09-01", "value": Decimal(6000)}]
    facts: Facts = {"stage": "full", "category": "waged", "joined": date(2026, 6, 15), "base": base}
    assert rules.dues(facts, period="2026-12").amount == Decimal("40.00")


def test_a_list_of_payments_gives_a_line_each(rules: RuleSet) -> None:
    payments: Value = [
        {"paid": Decimal("500"), "paid_on": date(2026, 3, 1)},
        {"paid": 1500, "paid_on": date(2026, 4, 1)},
    ]
    answer = rules.dues({"voluntary_payments": payments}, charge="voluntary", period="2026")
    assert [(line.record, line.day, line.amount, line.goes_to) for line in answer.lines] == [
        (0, date(2026, 3, 1), Decimal("500.00"), "branch"),
        (1, date(2026, 4, 1), Decimal("1500.00"), "central"),
    ]
    assert answer.amount == Decimal("2000.00")


def test_a_year_is_answered_month_by_month(rules: RuleSet) -> None:
    answer = rules.dues(WAGED, period="2026")
    assert (len(answer.parts), answer.amount, answer.unit) == (12, Decimal("972.00"), None)
    assert (answer.parts[0].period, answer.parts[0].amount) == ("2026-01", Decimal("81.00"))


def test_the_rules_that_were_known_then_are_asked_for_by_a_day(rules: RuleSet) -> None:
    rich = {**WAGED, "base": 60000}
    assert rules.dues(rich, period="2018-03").amount == Decimal("1000.00")
    for known in (date(2016, 12, 31), "2016-12-31"):
        assert rules.dues(rich, period="2018-03", known=known).amount == Decimal("1200.00")


def test_what_the_organisation_decides_is_a_setting(rules: RuleSet) -> None:
    farmer: Facts = {"stage": "full", "category": "farmer"}
    assert rules.dues(farmer, period="2026-11").amount == Decimal("0.20")
    values: list[Value] = [Decimal("0.50"), "0.50", [{"from": date(2020, 1, 1), "value": Decimal("0.5")}]]
    for value in values:
        assert rules.dues(farmer, period="2026-11", settings={"farmer_dues": value}).amount == Decimal("0.50")


def test_a_rule_that_normally_holds_is_set_aside_with_its_reason(rules: RuleSet) -> None:
    answer = rules.dues({**WAGED, "base": 60000}, period="2026-11", set_aside={"dues.limits.cap": "decided in 2026"})
    assert answer.amount == Decimal("1200.00")
    assert [finding.params["reason"] for finding in answer.findings if finding.code == "set_aside"] == [
        "decided in 2026"
    ]


def test_an_answer_says_what_it_rests_on(rules: RuleSet) -> None:
    answer = rules.dues(WAGED, period="2026-11", trace=True)
    assert answer.rule_set == rollbook.RuleSetName(rules.id, rules.edition, rules.hash)
    assert (answer.rule, answer.version, answer.attested) == ("dues.tariff.waged", date(2008, 4, 1), Attested.TRANSCRIBED)
    assert (answer.cite[0].source, answer.cite[0].clause) == ("dues-2008", "arts 1-4")
    assert answer.next_band == rollbook.NextBand(Decimal("10000"), False, Decimal("200.00"))
    assert {finding.severity for finding in answer.findings} == {Severity.NOTE}


def test_an_amount_may_be_paid_in_instalments() -> None:
    shape = Path(__file__).parents[3] / "tests" / "shapes" / "paid_by_week.yaml"
    rules = RuleSet.parse(shape.read_text(encoding="utf-8"))
    notes, quarters, thirteen = rules.dues({"grade": "associate"}, period="2026", charge="fee").instalments
    assert (quarters.way, quarters.amount, quarters.count) == ("quarters", Decimal("25.00"), 4)
    assert quarters.rest == rollbook.Rest(True, Decimal("24.90"))
    assert (quarters.version, quarters.attested) == (date(2024, 1, 1), Attested.OFFICIAL)
    assert [(cite.source, cite.clause) for cite in thirteen.cite] == [("rules", "art. 7")]
    assert thirteen.rest == rollbook.Rest(False, Decimal("8.70"))
    weekly = rules.dues({"pay": 5400}, period="2026-11")
    assert [(way.way, str(way.amount), way.count, way.rest) for way in weekly.instalments] == [
        ("four_weeks", "74.80", None, None),
        ("week", "18.69", None, None),
    ]
    assert pickle.loads(pickle.dumps(weekly)).instalments == weekly.instalments
    assert rules.dues({"pay": 5400}, period="2026-Q1").instalments == ()


def test_a_version_whose_first_day_was_not_seen_says_so(rules: RuleSet) -> None:
    assert rules.dues({"stage": "applicant"}, period="2007-05").version in (None, "not_seen")


def test_the_steps_are_there_when_they_are_asked_for(rules: RuleSet) -> None:
    assert rules.dues(WAGED, period="2026-11").trace is None
    trace = rules.dues(WAGED, period="2026-11", trace=True).trace
    assert trace is not None
    assert [step for step in trace if step.step == "band"] != []
    assert {type(value) for step in trace for value in step.fields.values()} <= {str, int, bool, Decimal, date}


def test_an_explanation_shows_the_arithmetic_in_both_languages(rules: RuleSet) -> None:
    answer = rules.dues(WAGED, period="2026-11", trace=True)
    assert "5400 × 1.5% = 81" in answer.explain("en")
    assert "党费" in answer.explain() and answer.explain() == answer.explain("zh", "text")
    assert "**" in answer.explain("en", format="markdown")
    assert json.loads(answer.explain("en", format="json"))["answer"]["amount"] == "81.00"


def test_canonical_json_is_the_answer(rules: RuleSet) -> None:
    answer = json.loads(rules.dues(WAGED, period="2026-11").to_json())
    assert (answer["amount"], answer["status"], answer["rule_set"]["id"]) == ("81.00", "charged", "cpc")


def test_any_mapping_holds_facts(rules: RuleSet) -> None:
    facts: Facts = MappingProxyType(dict(WAGED))
    assert rules.dues(facts, period="2026-11").amount == Decimal("81.00")


def test_many_are_answered_as_one_by_one(rules: RuleSet) -> None:
    rows: list[Facts] = [{**WAGED, "base": base} for base in range(0, 12000, 750)]
    many = rules.dues_of_many(iter(rows), period="2026-11", trace=True)
    assert many == [rules.dues(row, period="2026-11", trace=True) for row in rows]


def test_answers_are_values(rules: RuleSet) -> None:
    one, same = (rules.dues(WAGED, period="2026-11") for _ in range(2))
    other = rules.dues({**WAGED, "base": 5401}, period="2026-11")
    assert one == same and hash(one) == hash(same) and one is not same
    assert one != other and one != "81.00"
    assert {one: "paid"}[same] == "paid"


def test_answers_do_not_change(rules: RuleSet) -> None:
    answer = rules.dues(WAGED, period="2026-11", trace=True)
    with pytest.raises(AttributeError):
        answer.amount = Decimal(0)  # type: ignore[misc]
    assert answer.next_band is not None
    with pytest.raises(FrozenInstanceError):
        answer.next_band.amount = Decimal(0)  # type: ignore[misc]


@pytest.mark.parametrize("trace", [True, False])
def test_a_pickled_answer_says_everything_that_it_said(rules: RuleSet, trace: bool) -> None:
    answer = rules.dues(WAGED, period="2026-11", trace=trace)
    kept: Answer = pickle.loads(pickle.dumps(answer))
    again: Answer = pickle.loads(pickle.dumps(kept))
    for copy in (kept, again):
        assert copy == answer and hash(copy) == hash(answer) and repr(copy) == repr(answer)
        for name in ("rule_set", "amount", "status", "cite", "findings", "next_band", "trace", "exact", "version"):
            assert getattr(copy, name) == getattr(answer, name)
        for lang in (None, "zh", "en", "fr"):
            assert copy.issues(lang) == answer.issues(lang)
            assert copy.explain(lang) == answer.explain(lang)
            assert copy.explain(lang, "markdown") == answer.explain(lang, "markdown")
        assert copy.explain("en", "json") == answer.explain("en", "json")


def test_a_repr_says_what_the_answer_comes_to(rules: RuleSet) -> None:
    assert repr(rules.dues({"stage": "full"}, period="2026-11")) == (
        "Answer(charge='dues', period='2026-11', status=<Status.NEEDS_FACTS: 'needs_facts'>, amount=None, "
        "currency='CNY', rule='dues', missing=<category>)"
    )


def test_the_repr_of_a_finding_keeps_what_was_told_to_itself(rules: RuleSet) -> None:
    answer = rules.dues({**WAGED, "base": "five thousand"}, period="2026-11")
    assert answer.status is Status.REJECTED
    assert "five thousand" in answer.findings[0].messages["en"]
    assert "five thousand" not in repr(answer) + repr(answer.findings)


def test_a_form_gets_the_issues_of_one_language(rules: RuleSet) -> None:
    missing = rules.dues({"stage": "full", "category": "waged"}, period="2026-11").issues("en")
    assert (missing[0].code, missing[0].path, missing[0].pointer) == ("missing", ("base",), "/base")
    assert missing[0].message == "still needed: dues base"
    [bad] = rules.validate({"voluntary_payments": [{"paid": "x", "paid_on": "2026-01-01"}]}, lang="en")
    assert bad.path == ("voluntary_payments", 0, "paid")
    assert rules.validate(WAGED) == ()
