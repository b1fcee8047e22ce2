"""The numbered points of the meaning of a charge, each by a small rule set of its own (points 1 to 9)."""

from __future__ import annotations

import pytest

from oracle import WrongCall
from small_rules import ask, decided, rules, said, tariff, worked

HISTORY = [{"from": "2026-03-01", "value": "100"}, {"from": "2026-11-10", "value": "200"}]


# 1 inputs and periods
@pytest.mark.parametrize("period", ["2026-11-01", "2026-13", "2026-Q5", "2026-H3", "26", ""])
def test_01_what_is_no_period_is_rejected(period: str) -> None:
    assert ask(rules(tariff("amount: 1")), period)["status"] == "rejected"


def test_01_a_shorter_period_than_the_charges_is_rejected() -> None:
    assert ask(rules(tariff("amount: 1"), per="quarter"), "2026-11")["status"] == "rejected"


@pytest.mark.parametrize(("period", "total"), [("2026-Q4", "3.00"), ("2026-H1", "6.00"), ("2026", "12.00")])
def test_01_a_longer_period_is_the_total_of_its_parts(period: str, total: str) -> None:
    answer = ask(rules(tariff("amount: 1")), period)
    assert answer["amount"] == total and len(answer["parts"]) == int(total.split(".")[0])


def test_01_a_part_that_is_not_due_counts_nothing_in_the_total() -> None:
    owed = "owed: { from: not_seen, chosen: x, starts: begun, part: whole }\n"
    answer = ask(rules(owed + tariff("amount: 1")), "2026", begun="2026-10-31")
    assert answer["amount"] == "3.00" and [part["status"] for part in answer["parts"]][8:10] == ["not_due", "charged"]


def test_01_a_part_that_is_undecided_leaves_the_whole_without_total() -> None:
    answer = ask(rules(tariff("amount: pay")), "2026-Q4", pay=[{"from": "2026-11-01", "value": "5"}])
    assert answer["status"] == "needs_facts" and "amount" not in answer


# 2 reading
@pytest.mark.parametrize("facts", [{"pay": "-1"}, {"pay": "1e3"}, {"pay": "5,400"}, {"kind": "boss"}, {"heads": "1.5"},
                                   {"born": "2026-02-30"}, {"active": "true"}, {"pay": ".5"}])
def test_02_a_misfit_is_rejected_though_nothing_reads_it(facts: dict[str, str]) -> None:
    assert ask(rules(tariff("amount: 1")), **facts)["status"] == "rejected"


def test_02_a_word_may_be_given_by_its_title() -> None:
    assert decided("kind = staff", kind="职工") == "1.00"


def test_02_a_setting_out_of_bounds_is_a_wrong_call() -> None:
    more = "settings: { fee: { kind: money per month, from: not_seen, chosen: x, at_least: 1, at_most: 2, default: 1 } }"
    document = rules(tariff("amount: fee"), more)
    assert said(ask(document, settings={"fee": "2"})) == "2.00"
    with pytest.raises(WrongCall):
        ask(document, settings={"fee": "2.01"})


# 3 values
def test_03_unless_given_replaces_and_is_reported() -> None:
    answer = ask(rules(tariff("amount: bonus + 1")))
    assert answer["amount"] == "1.00" and answer["assumed"] == ["bonus"]


def test_03_thirds_are_exact() -> None:
    answer = ask(rules(tariff("amount: pay / 3")), pay="10")
    assert (answer["exact"], answer["amount"]) == ("10/3", "3.33")


# 4 versions
TWO = "tariff: [ { cite: old art. 1, amount: 1 }, { cite: new art. 1, amount: 31 } ]"


@pytest.mark.parametrize(("on", "amount"), [("period_start", "1.00"), ("period_end", "31.00"), ("by_day", "16.48")])
def test_04_a_version_inside_the_period_counts_as_versions_on_says(on: str, amount: str) -> None:
    # by_day: 15 of the 31 days of January 2020 at 1, 16 at 31
    assert said(ask(rules(f"versions_on: {on}\n" + TWO), "2020-01")) == amount


@pytest.mark.parametrize(("period", "known", "amount"), [
    ("2020-02", None, "31.00"), ("2020-02", "2020-02-29", "1.00"), ("2020-02", "2020-03-01", "31.00"),
    ("2009-12", None, "no_rule")])
def test_04_a_version_holds_once_it_is_issued_and_in_force(period: str, known: str | None, amount: str) -> None:
    assert said(ask(rules(TWO), period, known)) == amount


def test_04_a_repealed_rule_no_longer_holds() -> None:
    stages = "tariff: [ { cite: old art. 1, amount: 1 }, { cite: new art. 1, repealed: yes } ]"
    assert said(ask(rules(stages), "2020-01")) == "1.00" and said(ask(rules(stages), "2020-02")) == "no_rule"


def test_04_an_until_ends_a_version_with_its_last_day() -> None:
    stages = "versions_on: period_end\ntariff: [ { from: not_seen, chosen: x, until: 2026-01-31, amount: 1 } ]"
    assert said(ask(rules(stages), "2026-01")) == "1.00" and said(ask(rules(stages), "2026-02")) == "no_rule"


# 5 the as-of day
def as_of(day: str, **facts: object) -> object:
    return said(ask(rules(f'as_of: {{ from: not_seen, chosen: x, is: "{day}" }}\n' + tariff("amount: pay")), **facts))


@pytest.mark.parametrize(("day", "amount"), [("period_start", "100.00"), ("2026-11-09", "100.00"),
                                             ("2026-11-10", "200.00"), ("2026-02-28", ["pay"])])
def test_05_a_history_gives_its_last_record_up_to_the_day(day: str, amount: object) -> None:
    assert as_of(day, pay=HISTORY) == amount


def test_05_a_single_value_holds_on_all_days() -> None:
    assert as_of("1900-01-01", pay="5") == "5.00"


def test_05_since_is_the_first_day_of_the_run() -> None:
    kinds = [{"from": "2020-01-01", "value": "other"}, {"from": "2026-03-05", "value": "staff"},
             {"from": "2026-08-01", "value": "staff"}]
    assert decided("since(kind) = 2026-03-05", kind=kinds) == "1.00"
    assert decided("since(kind) = long_ago", kind="staff") == "1.00"
    assert decided("since(kind) = long_ago", kind=kinds[2:], period="2026-08") == "1.00"


# 6 three values
@pytest.mark.parametrize(("condition", "found"), [
    ("active and poor", ["poor"]), ("not active and poor", "no_rule"), ("active or poor", "1.00"),
    ("not active or poor", ["poor"]), ("poor and agreed", ["poor", "agreed"]),
    ("pay + heads * 1 CNY per month > 3", ["pay", "heads"]),
    ("if poor then active else active", "1.00"), ("if poor then active else not active", ["poor"])])
def test_06_the_unknown_stays_unknown_where_it_matters(condition: str, found: object) -> None:
    assert decided(condition, active="yes") == found


def test_06_a_list_that_is_not_given_is_unknown() -> None:
    stages = "each: gifts\nday: on_day\n" + tariff("amount: gave")
    assert said(ask(rules(stages))) == ["gifts"]


# 7 days and division
def test_07_month_steps_clamp_to_the_months_end() -> None:
    assert decided("2024-01-31 + 1 month = 2024-02-29") == "1.00"
    assert decided("born + 18 years = 2022-02-28", born="2004-02-29") == "1.00"
    assert decided("months from 2024-01-31 to 2024-02-29 = 1 month") == "1.00"
    assert decided("months from 2024-01-30 to 2024-02-28 = 0 months") == "1.00"


def test_07_division_by_zero_is_rejected() -> None:
    assert worked("pay / heads", pay="3", heads="0") == "rejected"


def test_07_an_average_is_the_mean_of_the_ends_of_the_months_before() -> None:
    history = [{"from": "2026-01-01", "value": "10"}, {"from": "2026-10-31", "value": "40"}]
    assert worked("average(pay over 3 months)", pay=history) == "20.00"
    assert worked("average(pay over 3 months)", pay=history, period="2026-02") == ["pay"]


def test_07_a_latch_keeps_its_last_switch() -> None:
    pay = [{"from": "2026-01-01", "value": "10"}, {"from": "2026-03-01", "value": "60"},
           {"from": "2026-05-01", "value": "45"}, {"from": "2026-07-01", "value": "30"}]
    rule = "latched(pay > 50, pay < 40)"
    found = [decided(rule, f"2026-0{month}", pay=pay) for month in (2, 4, 6, 8)]
    assert found == ["no_rule", "1.00", "1.00", "no_rule"]
    assert decided(rule, "2026-02", pay=[{"from": "2026-01-01", "value": "45"}]) == ["pay"]


def test_07_a_period_is_said_for_another_exactly() -> None:
    assert worked("(1000 CNY per year) per month") == "83.33"
    assert worked("(100 CNY per quarter) per month + 100 CNY per month") == "133.33"


# 8 alternatives
def choice(*alternatives: str, **facts: str) -> object:
    named = "\n".join(f"  {chr(97 + at)}: {{ from: not_seen, chosen: x, {body} }}" for at, body in enumerate(alternatives))
    answer = ask(rules("tariff:\n" + named), **facts)
    return "two_rules" if "two_rules" in answer.get("findings", []) else said(answer)


def test_08_one_true_and_the_others_false_is_it() -> None:
    assert choice("when: active, amount: 1", "when: not active, amount: 2", active="no") == "2.00"


def test_08_two_true_are_two_rules() -> None:
    assert choice("when: active, amount: 1", "when: poor, amount: 2", active="yes", poor="yes") == "two_rules"


def test_08_one_true_and_one_unknown_is_undecided() -> None:
    assert choice("when: active, amount: 1", "when: poor, amount: 2", active="yes") == ["poor"]


def test_08_all_unknown_are_named_in_the_order_of_the_alternatives() -> None:
    assert choice("when: poor, amount: 1", "when: active, amount: 2") == ["poor", "active"]


def test_08_otherwise_comes_when_all_others_are_false() -> None:
    assert choice("when: active, amount: 1", "otherwise: yes, amount: 2", active="no") == "2.00"
    assert choice("when: active, amount: 1", "otherwise: yes, amount: 2") == ["active"]


def test_08_instead_of_makes_the_other_false_or_unknown() -> None:
    two = ("when: active, amount: 1", "when: poor, instead_of: a, amount: 2")
    assert choice(*two, active="yes", poor="yes") == "2.00"
    assert choice(*two, active="yes", poor="no") == "1.00"
    assert choice(*two, active="yes") == ["poor"]


def test_08_none_true_is_no_rule() -> None:
    assert choice("when: active, amount: 1", active="no") == "no_rule"


def test_08_a_table_by_word_applies_to_the_words_it_lists() -> None:
    two = ("by: kind, amounts: { staff: 1, student: 0.20 }", "when: kind = other, amount: 3")
    assert [choice(*two, kind=word) for word in ("staff", "student", "other")] == ["1.00", "0.20", "3.00"]
    assert choice(*two) == ["kind"]


# 9 terms
def term(body: str, stages: str = tariff("amount: base"), **facts: object) -> object:
    return said(ask(rules(stages, f"terms: {{ base: {{ kind: money per month, at_least: 0, {body} }} }}"), **facts))


FORMULA = '{ from: not_seen, chosen: x, is: "pay - bonus" }'


def test_09_a_given_term_goes_before_its_formula_and_a_difference_is_found() -> None:
    more = f"terms: {{ base: {{ kind: money per month, given: first, formula: [ {FORMULA} ] }} }}"
    answer = ask(rules(tariff("amount: base"), more), base="7", pay="5")
    assert answer["amount"] == "7.00" and "given_differs" in answer["findings"]


def test_09_a_term_out_of_its_range_is_rejected() -> None:
    assert term(f"formula: [ {FORMULA} ]", pay="5", bonus="6") == "rejected"


def test_09_a_term_that_can_be_given_is_named_while_none_of_its_facts_is_given() -> None:
    one = "one: { from: not_seen, chosen: x, when: active, is: pay }"
    open_ones = one + ', two: { from: not_seen, chosen: x, when: not active, is: "pay * heads" }'
    assert term(f"given: first, formula: {{ {open_ones} }}") == ["base"]
    assert term(f"given: first, formula: {{ {open_ones} }}", pay="5") == ["active"]
    assert term(f"given: first, formula: {{ {open_ones} }}", active="yes", heads="2") == ["base"]
    assert term(f"given: first, formula: {{ {open_ones} }}", active="no", heads="2") == ["pay"]
    assert term(f"given: first, formula: [ {FORMULA} ]", bonus="2") == ["base"]


def test_09_a_term_that_cannot_be_given_is_never_named() -> None:
    assert term(f"formula: [ {FORMULA} ]") == ["pay"]


def test_09_a_term_has_its_own_day_under_the_callers() -> None:
    own = f'as_of: {{ from: not_seen, chosen: x, is: "year_start + 3 months" }}, formula: [ {FORMULA} ]'
    assert term(own, pay=HISTORY) == "100.00"


def test_09_a_term_without_a_true_alternative_is_known_not_to_be() -> None:
    rest = "formula: { only: { from: not_seen, chosen: x, when: active, is: pay } }"
    otherwise = tariff("amount: base otherwise 3")
    assert term(rest, otherwise, active="no") == "3.00"
    assert term(rest, otherwise) == ["active"]
    assert term(rest, tariff("amount: if base exists then 1 else 2"), active="no") == "2.00"
