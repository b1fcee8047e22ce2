"""Rule sets: read, checked, described, shared and pickled."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest

import rollbook
from rollbook import Kind, Owner, Per, RuleSet, RuleSetError, Severity

CLUB = """\
rollbook: 1
id: club
edition: 1
languages: [en]
title: Club
currency: EUR
answers: dues
facts:
  income: { kind: money per month, at_least: 0 }
  child: { kind: yes_no, unless_given: no }
  skills: { kind: set_of, words: [chess, choir, swimming] }
charges:
  dues:
    per: month
    tariff: [ { from: 2020-01-01, chosen: example, rate: 1%, of: income } ]
    reductions:
      children: [ { from: 2020-01-01, chosen: example, when: child, pays: 50% } ]
    round: [ { from: 2020-01-01, chosen: example, is: half_up to 0.01 } ]
"""


def test_a_rule_set_is_read_from_text() -> None:
    club = RuleSet.parse(CLUB)
    assert (club.id, club.edition, club.languages) == ("club", 1, ("en",))
    assert (club.charges, club.answers, len(club.hash)) == (("dues",), "dues", 64)
    answer = club.dues({"income": Decimal("1000.50"), "child": True}, period="2026-11")
    assert (answer.amount, answer.exact) == (Decimal("5.00"), Decimal("5.0025"))


def test_yes_and_no_are_bools_and_nothing_else_is() -> None:
    club = RuleSet.parse(CLUB)
    assert club.dues({"income": 100, "child": False}, period="2026-11").amount == Decimal("1.00")
    for child in (1, "True"):
        assert club.dues({"income": 100, "child": child}, period="2026-11").findings[0].code == "bad_value"


def test_words_are_a_list_or_a_set() -> None:
    club = RuleSet.parse(CLUB)
    for skills in (["chess", "choir"], ("choir",), {"chess"}, frozenset({"swimming", "chess"}), []):
        assert club.validate({"skills": skills}) == ()
    [issue] = club.validate({"skills": {"chess", "poker"}})
    assert (issue.code, issue.params["value"]) == ("unknown_word", "chess|poker")


def test_json_of_a_rule_set_reads_back_as_the_same() -> None:
    club = RuleSet.parse(CLUB)
    again = RuleSet.parse(club.to_json())
    assert again == club and hash(again) == hash(club) and again.hash == club.hash
    assert club != RuleSet.builtin("cpc")


def test_a_handle_is_copied_and_pickled() -> None:
    cpc = RuleSet.builtin("cpc")
    for other in (pickle.loads(pickle.dumps(cpc)), copy.deepcopy(cpc)):
        assert other == cpc
        assert other.dues({"stage": "full", "category": "student"}, period="2026-11").amount == Decimal("0.20")
    assert repr(cpc) == f"<RuleSet cpc edition {cpc.edition}>"


TOWN = """\
rollbook: 1
id: town
edition: 1
languages: [en]
title: Town
currency: EUR
extends: { id: club, edition: 1 }
charges:
  levy:
    per: year
    tariff: [ { from: 2024-01-01, chosen: example, amount: 12 } ]
    round: [ { from: 2024-01-01, chosen: example, is: half_up to 0.01 } ]
"""


def test_a_rule_set_extends_one_that_is_handed_in() -> None:
    club = RuleSet.parse(CLUB)
    town = RuleSet.parse(TOWN, parents=[club])
    assert (town.charges, town.parents, club.parents) == (("dues", "levy"), (club,), ())
    assert town.dues({"income": 1000}, period="2026-11").amount == Decimal("10.00")
    village = RuleSet.parse(TOWN.replace("town", "village").replace("club", "town").replace("levy", "gate"), parents=(town,))
    assert village.charges == ("dues", "levy", "gate")
    for rules in (town, village):
        again = pickle.loads(pickle.dumps(rules))
        assert again == rules and again.parents == rules.parents
    assert RuleSet.check(TOWN, parents=[club]).rule_set == town


def test_a_parent_that_is_not_handed_in_or_is_none_refuses_the_child() -> None:
    with pytest.raises(RuleSetError) as refused:
        RuleSet.parse(TOWN)
    assert refused.value.diagnostics[0].code == "no_parent"
    for wrong in (CLUB, [CLUB], 5, {"club": CLUB}):
        with pytest.raises(rollbook.WrongTypeError, match="`parents` is given as .* pass an iterable of RuleSet"):
            RuleSet.parse(TOWN, parents=wrong)  # type: ignore[arg-type]


def test_a_refused_rule_set_says_where_and_what_would_be_right() -> None:
    with pytest.raises(RuleSetError) as refused:
        RuleSet.parse(CLUB.replace("currency: EUR", "curency: EUR"))
    error = refused.value
    assert (error.code, error.position) == ("refused_rule_set", rollbook.Position(1, 1))
    found = {diagnostic.code: diagnostic for diagnostic in error.diagnostics}
    unknown = found["unknown_key"]
    assert (unknown.position, unknown.severity) == (rollbook.Position(6, 1), Severity.ERROR)
    assert "currency" in f"{unknown.message} {unknown.help}"
    assert "curency: EUR" in unknown.shown
    assert isinstance(error, ValueError)


def test_exceptions_are_pickled_with_everything_they_say() -> None:
    with pytest.raises(RuleSetError) as refused:
        RuleSet.parse("rollbook: 1\n")
    kept = pickle.loads(pickle.dumps(refused.value))
    assert (type(kept), str(kept), kept.code) == (RuleSetError, str(refused.value), refused.value.code)
    assert kept.diagnostics == refused.value.diagnostics


def test_a_check_tells_warnings_and_raises_nothing() -> None:
    good = RuleSet.check(CLUB)
    assert good.rule_set == RuleSet.parse(CLUB)
    assert all(diagnostic.severity is Severity.WARNING for diagnostic in good.diagnostics)
    bad = RuleSet.check(CLUB.replace("rate: 1%", "rate: lots"))
    assert bad.rule_set is None and bad.diagnostics[0].position.line == 15


@pytest.mark.parametrize("text", ["", "{", "rollbook: 2", "\x00", "- a\n- b", "a: &b c", "[" * 100_000])
def test_a_broken_text_is_refused_and_no_more(text: str) -> None:
    with pytest.raises(RuleSetError):
        RuleSet.parse(text)
    assert RuleSet.check(text).rule_set is None


def test_a_text_of_fifty_megabytes_is_refused() -> None:
    with pytest.raises(RuleSetError):
        RuleSet.parse("x" * 50_000_000)


def test_the_facts_are_what_a_form_needs() -> None:
    facts = {fact.name: fact for fact in RuleSet.builtin("cpc").facts()}
    base = facts["base"]
    assert (base.kind, base.per, base.currency, base.owner) == (Kind.MONEY, Per.MONTH, "CNY", Owner.MEMBER)
    assert (base.at_least, base.derived, base.unless_given) == (Decimal(0), True, None)
    assert base.titles == {"zh": "党费计算基数", "en": "dues base"} or set(base.titles) == {"zh", "en"}
    category = facts["category"]
    assert category.kind is Kind.ONE_OF and "waged" in [word.name for word in category.words]
    payments = facts["voluntary_payments"]
    assert [(field.name, field.kind) for field in payments.fields] == [("paid", Kind.MONEY), ("paid_on", Kind.DATE)]
    assert payments.read_by == ("voluntary",)
    assert pickle.loads(pickle.dumps(base)) == base and hash(base) == hash(facts["base"])
