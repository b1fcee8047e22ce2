"""The numbered points of the meaning of a charge, continued: its stages (points 10 to 19)."""

from __future__ import annotations

from typing import Any

import pytest

from oracle import WrongCall
from small_rules import ask, rules, said, tariff


def version(body: str) -> str:
    return f"{{ from: not_seen, chosen: x, {body} }}"


def owed(body: str, per: str = "month", period: str = "2026-11", amount: str = "30", **facts: Any) -> Any:
    return said(ask(rules(f"owed: {version(body)}\n" + tariff(f"amount: {amount}"), per=per), period, **facts))


# 10 owed, and the as-of day
@pytest.mark.parametrize(("part", "begun", "amount"), [
    ("whole", "2026-11-30", "30.00"), ("none", "2026-11-02", "0.00"), ("none", "2026-11-01", "30.00"),
    ("by_day", "2026-11-30", "1.00"), ("by_day", "2026-11-02", "29.00"), ("whole", "2026-12-01", "not_due")])
def test_10_a_part_of_a_month_counts_as_part_says(part: str, begun: str, amount: str) -> None:
    assert owed(f"starts: begun, part: {part}", begun=begun) == amount


@pytest.mark.parametrize(("part", "begun", "amount"), [
    ("by_month", "2026-11-30", "5.00"), ("by_month", "2026-03-31", "25.00"), ("by_half_year", "2026-06-30", "30.00"),
    ("by_half_year", "2026-07-01", "15.00")])
def test_10_started_units_count_whole(part: str, begun: str, amount: str) -> None:
    assert owed(f"starts: begun, part: {part}", "year", "2026", begun=begun) == amount


def test_10_the_last_day_is_included() -> None:
    assert owed("ends: born, part: by_day", born="2026-11-15") == "15.00"


def test_10_when_is_asked_as_of_each_day() -> None:
    active = [{"from": "2020-01-01", "value": "no"}, {"from": "2026-11-21", "value": "yes"}]
    assert owed("when: active, part: by_day", active=active) == "10.00"


def test_10_an_unknown_day_matters_only_when_it_could_change_the_factor() -> None:
    late = [{"from": "2026-11-21", "value": "yes"}]
    assert owed("when: active, part: whole", active=late) == "30.00"
    assert owed("when: active, part: by_day", active=late) == ["active"]
    assert owed("when: active, part: none", active=late) == ["active"]
    assert owed("when: active, starts: begun, part: none", active=late, begun="2026-11-02") == "0.00"
    assert owed("when: active, part: whole") == ["active"]
    assert owed("when: active, ends: born, part: whole", born="2026-10-01") == "not_due"


def test_10_a_stage_out_of_force_gives_no_rule() -> None:
    stages = "owed: { cite: old art. 1, part: whole }\n" + tariff("amount: 1")
    assert said(ask(rules(stages), "2009-12")) == "no_rule" and said(ask(rules(stages), "2010-01")) == "1.00"


def test_10_the_as_of_day_is_by_default_the_first_owed_day() -> None:
    pay = [{"from": "2026-01-01", "value": "1"}, {"from": "2026-11-11", "value": "2"}]
    assert owed("starts: begun, part: whole", amount="pay", begun="2026-11-12", pay=pay) == "2.00"
    assert owed("starts: begun, part: whole", amount="pay", begun="2026-11-10", pay=pay) == "1.00"


def test_10_only_the_first_owed_part_of_the_year_has_a_yearly_amount() -> None:
    stages = f"owed: {version('starts: begun, part: whole')}\n" + tariff("per: year, due_in: first owed month, amount: 12")
    found = [said(ask(rules(stages), f"2026-{month:02}", begun="2026-03-15")) for month in (2, 3, 4)]
    assert found == ["not_due", "12.00", "not_due"]
    assert said(ask(rules(stages), "2026-01")) == "12.00"
    assert said(ask(rules(stages), "2026", begun="2026-03-15")) == "12.00"


# 11 reductions
def reduced(reductions: str, main: str = "amount: 100", **facts: Any) -> dict[str, Any]:
    return ask(rules(tariff(main) + f"\nreductions: {{ {reductions} }}"), **facts)


HARD = f"hard: {version('when: poor, needs: agreed, pays: 50%')}"


def test_11_needs_that_are_not_met_leave_the_full_amount_with_a_finding() -> None:
    answer = reduced(HARD, poor="yes", agreed="no")
    assert answer["amount"] == "100.00" and answer["findings"] == ["needs_not_met"]
    assert said(reduced(HARD, poor="yes", agreed="yes")) == "50.00"
    assert said(reduced(HARD, poor="yes")) == ["agreed"]
    assert said(reduced(HARD)) == ["poor"]


def test_11_exempt_stops_and_an_amount_skips_the_tariff() -> None:
    answer = reduced(f"hard: {version('when: poor, exempt: yes')}", poor="yes")
    assert (answer["status"], answer["rule"]) == ("exempt", "dues.reductions.hard")
    answer = reduced(f"hard: {version('when: poor, amount: 3')}", "amount: pay", poor="yes")
    assert (answer["amount"], answer["rule"]) == ("3.00", "dues.reductions.hard")


TWO = f"a: {version('when: poor, pays: 50%')}, b: {version('when: active, less: 10%')}"


def test_11_two_reductions_need_to_be_told_how_they_are_taken() -> None:
    both = {"poor": "yes", "active": "yes"}
    assert reduced(TWO, **both)["findings"] == ["two_rules"]
    assert said(reduced(f"take: lowest, {TWO}", **both)) == "50.00"
    assert said(reduced(f"take: [ b, a ], {TWO}", **both)) == "45.00"
    assert said(reduced(f"take: lowest, {TWO}", poor="yes")) == ["active"]


# 12 tariff
def test_12_none_is_no_rule_and_exempt_is_exempt() -> None:
    assert said(ask(rules(tariff("when: active, amount: 1")), active="no")) == "no_rule"
    assert said(ask(rules(tariff("exempt: yes")))) == "exempt"
    assert said(ask(rules(tariff("amount: 0")))) == "0.00"


def test_12_a_schedule_has_its_own_limits_then_its_own_round() -> None:
    own = tariff("rate: 1%, of: pay, at_least: 2.55, at_most: 9.55, round: half_even to 0.1")
    assert [said(ask(rules(own), pay=pay)) for pay in ("1", "333", "5000")] == ["2.60", "3.30", "9.60"]


# 13 schedules
ROWS = "[ { up_to: 100, rate: 1% }, { above: 100, below: 200, rate: 2% }, { from: 200, rate: 3% } ]"


@pytest.mark.parametrize(("pay", "slab", "marginal"), [
    ("100", "1", "1"), ("100.01", "2.0002", "1.0002"), ("199.99", "3.9998", "2.9998"), ("200", "6", "3"),
    ("300", "9", "6")])
def test_13_slab_takes_the_whole_base_and_marginal_each_part(pay: str, slab: str, marginal: str) -> None:
    for form, due in (("slab", slab), ("marginal", marginal)):
        assert ask(rules(tariff(f"{form}: {{ of: pay, bands: {ROWS} }}")), pay=pay)["exact"] == due


@pytest.mark.parametrize(("pay", "found"), [("99.99", "0.9999"), ("100", "2"), ("100.5", "2.01")])
def test_13_a_printed_table_is_looked_up_as_printed_with_the_whole_base(pay: str, found: str) -> None:
    rows = "[ { up_to: 99, rate: 1% }, { from: 100, rate: 2% } ]"
    own = tariff(f"slab: {{ of: pay, published_in: 1, between: down, bands: {rows} }}")
    assert ask(rules(own), pay=pay)["exact"] == found


def test_13_a_hole_in_the_print_is_no_rule_and_a_chosen_row_owns_an_overlap() -> None:
    hole = "{ below: 10, amount: 1 }, { from: 10, up_to: 10, no_rule: gap }"
    rows = f"[ {hole}, {{ above: 10, up_to: 20, amount: 2 }}, {{ from: 20, chosen: x, amount: 3 }} ]"
    own = rules(tariff(f"table: {{ of: pay, bands: {rows} }}"))
    assert [said(ask(own, pay=pay)) for pay in ("9.99", "10", "10.01", "20")] == ["1.00", "no_rule", "2.00", "3.00"]


def test_13_declared_is_at_least_the_minimum() -> None:
    own = rules(tariff("declared: promised, minimum: 5"))
    assert said(ask(own, promised="7")) == "7.00"
    low = ask(own, promised="4")
    assert low["amount"] == "5.00" and low["findings"] == ["declared_too_low"]
    silent = ask(own)
    assert silent["amount"] == "5.00" and silent["assumed"] == ["promised"]


def test_13_rates_by_word() -> None:
    own = rules(tariff("by: kind, rates: { staff: 1%, student: 2% }, of: pay"))
    assert [said(ask(own, kind=kind, pay="50")) for kind in ("staff", "student", "other")] == ["0.50", "1.00", "no_rule"]


# 14 limits
def limited(limits: str, **facts: Any) -> dict[str, Any]:
    return ask(rules(tariff("amount: pay") + f"\nlimits: {{ {limits} }}"), **facts)


CAP = f"cap: {version('at_most: 100, strength: normally')}"
FLOOR = f"floor: {version('at_least: 5, when: active')}"


def test_14_limits_act_with_a_finding() -> None:
    both = f"{CAP}, {FLOOR}"
    assert [said(limited(both, pay=pay, active="yes")) for pay in ("4", "5", "100", "101")] == [
        "5.00", "5.00", "100.00", "100.00"]
    assert limited(both, pay="101", active="yes")["findings"] == ["limit_acted"]
    assert "findings" not in limited(both, pay="100", active="yes")


def test_14_an_undecided_limit_matters_only_when_it_would_act() -> None:
    assert said(limited(FLOOR, pay="4")) == ["active"]
    assert said(limited(FLOOR, pay="5")) == "5.00"


def test_14_crossed_limits_are_rejected() -> None:
    crossed = f"cap: {version('at_most: 4')}, {FLOOR}"
    assert said(limited(crossed, pay="1", active="yes")) == "rejected"


def test_14_what_is_normally_so_may_be_set_aside() -> None:
    own = rules(tariff("amount: pay") + f"\nlimits: {{ {CAP}, {FLOOR} }}")
    answer = ask(own, pay="101", active="no", set_aside={"dues.limits.cap": "agreed"})
    assert answer["amount"] == "101.00" and answer["findings"] == ["set_aside"]
    with pytest.raises(WrongCall):
        ask(own, pay="101", set_aside={"dues.limits.floor": "agreed"})


def test_14_a_share_never_raises_and_never_goes_below_zero() -> None:
    assert said(reduced(f"a: {version('when: poor, pays: 150%')}", poor="yes")) == "100.00"
    assert said(reduced(f"a: {version('when: poor, less: 150%')}", poor="yes")) == "0.00"


# 15 rounding
@pytest.mark.parametrize(("mode", "found"), [
    ("half_up to 0.1", "0.3"), ("half_down to 0.1", "0.2"), ("half_even to 0.1", "0.2"), ("up to 0.05", "0.25"),
    ("down to 0.1", "0.2"), ("ceil to 1", "1"), ("floor to 1", "0"), ("up to 10", "10")])
def test_15_the_amount_is_rounded_once_at_the_end(mode: str, found: str) -> None:
    answer = ask(rules(tariff("amount: 0.25"), rounding=f"round: {version('is: ' + mode)}"))
    assert (answer["exact"], answer["amount"]) == ("0.25", found)


def test_15_a_negative_amount_is_rejected() -> None:
    answer = ask(rules(tariff("amount: pay - 10")), pay="9.99")
    assert answer["status"] == "rejected" and answer["findings"] == ["negative_amount"]


# 16 the status is that of the first stage that stops
def test_16_a_later_stage_is_not_guessed() -> None:
    stages = f"owed: {version('when: active, part: whole')}\n" + tariff("amount: pay")
    assert said(ask(rules(stages))) == ["active"]
    assert said(ask(rules(stages), active="no")) == "not_due"
    assert said(ask(rules(stages), active="yes")) == ["pay"]


def test_16_another_charge_is_read_by_its_rounded_amount() -> None:
    other = f"levy: {{ per: month, tariff: {version('amount: pay / 3')}, round: {version('is: half_up to 1')} }}"
    own = rules(tariff("amount: levy * 2"))
    own = type(own)(yaml_with(own, other))
    assert said(ask(own, pay="10")) == "6.00" and said(ask(own)) == ["pay"]


def yaml_with(document: Any, other: str) -> str:
    import json

    import yaml

    raw = document.raw
    raw["charges"].update(yaml.load(other, Loader=yaml.BaseLoader))
    return json.dumps(raw)


# 17 a line of each record
def lines(*gifts: tuple[str, str], when: str = "gave >= 0") -> dict[str, Any]:
    stages = "each: gifts\nday: on_day\n" + f'tariff: {version(f"""when: "{when}", amount: gave / 3, goes_to: near""")}'
    return ask(rules(stages), gifts=[{"gave": gave, "on_day": day} for gave, day in gifts])


def test_17_each_record_of_the_period_is_a_line_and_each_line_is_rounded() -> None:
    answer = lines(("1", "2026-11-01"), ("1", "2026-11-30"), ("9", "2026-12-01"))
    assert answer["lines"] == [{"amount": "0.33", "goes_to": "near"}] * 2
    assert (answer["amount"], answer["exact"]) == ("0.66", "2/3")


def test_17_no_record_in_the_period_is_not_due() -> None:
    assert said(lines(("1", "2026-10-31"))) == "not_due" and said(lines()) == "not_due"


# 18 the rule that gave the amount
def test_18_the_rule_is_the_alternative_or_reduction_else_the_charge() -> None:
    named = f"tariff: {{ a: {{ cite: new art. 1, when: active, amount: pay }} }}\nreductions: {{ {HARD} }}"
    own = rules(named)
    answer = ask(own, active="yes", pay="4", poor="yes", agreed="yes")
    assert (answer["rule"], answer["version"], answer["amount"]) == ("dues.tariff.a", "2020-01-16", "2.00")
    answer = ask(own, active="no", poor="no")
    assert (answer["rule"], answer["status"], answer.get("version")) == ("dues", "no_rule", None)


# 19 instalments
def instalments(ways: str, period: str = "2026-11", **facts: Any) -> Any:
    answer = ask(rules(tariff("amount: pay") + f"\npay_by: {{ {ways} }}"), period, **facts)
    return [(way["way"], way["amount"], way.get("count"), way.get("rest")) for way in answer.get("instalments", [])]


def test_19_a_share_is_rounded_and_has_no_number() -> None:
    assert instalments(f"week: {version('times: 12 / 52, round: half_up to 0.01')}", pay="81") == [("week", "18.69", None, None)]


@pytest.mark.parametrize(("rest", "last"), [("", True), (", rest: last", True), (", rest: first", False)])
def test_19_parts_add_up_to_the_amount(rest: str, last: bool) -> None:
    way = version(f"parts: 4, round: half_up to 0.05{rest}")
    assert instalments(f"four: {way}", pay="99.90") == [("four", "25.00", 4, {"last": last, "amount": "24.90"})]
    assert instalments(f"four: {way}", pay="100") == [("four", "25.00", 4, None)]


def test_19_a_way_that_is_not_possible_or_not_in_force_is_left_out() -> None:
    ways = f"four: {version('parts: 4, round: up to 1')}, new: {{ cite: new art. 1, times: 1/4, round: up to 1 }}"
    assert instalments(ways, pay="2.50") == [("new", "1.00", None, None)]
    assert instalments(ways, "2019-11", pay="2.50") == []
    answer = ask(rules(tariff("amount: pay") + f"\npay_by: {{ {ways} }}"), pay="2.50")
    assert (answer["amount"], answer["findings"]) == ("2.50", ["no_instalments"])


def test_19_a_longer_period_and_what_is_not_charged_have_none() -> None:
    way = f"week: {version('times: 1/4, round: up to 1')}"
    assert instalments(way, "2026-Q4", pay="8") == [] and instalments(way) == []
