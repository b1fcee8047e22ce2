"""Many threads, many processes, many calls."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from multiprocessing import get_context

import pytest

from rollbook import Facts, RollbookError, RuleSet

FACTS: Facts = {"stage": "full", "category": "waged", "base": Decimal("5400")}


def amount(rules: RuleSet, base: int) -> Decimal | None:
    return rules.dues({**FACTS, "base": base}, period="2026-11").amount


def test_one_handle_serves_many_threads() -> None:
    rules = RuleSet.builtin("cpc")
    bases = list(range(0, 20_000, 25))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda base: amount(rules, base), bases))
    assert answers == [amount(rules, base) for base in bases]


def test_the_first_use_from_many_threads_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: RuleSet.builtin("cpc").facts()[0].name, range(16)))
    assert len(set(ids)) == 1


def test_a_handle_goes_to_another_process() -> None:
    rules = RuleSet.builtin("cpc")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(amount, rules, 5400).result() == Decimal("81.00")


def resident() -> int:
    """The memory of this process in KiB; Linux says it."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def test_a_million_calls_keep_their_size() -> None:
    rules = RuleSet.builtin("cpc")

    def calls(count: int) -> None:
        for number in range(count):
            answer = rules.dues({**FACTS, "base": number}, period="2026-11", trace=number % 2 == 0)
            if number % 100 == 0:
                assert answer.findings and answer.issues() and answer.trace and answer.explain("zh")
            if number % 10 == 1:
                assert rules.dues({**FACTS, "base": -1}, period="2026-11").status == "rejected"
            if number % 10 == 2:
                with pytest.raises(TypeError):
                    rules.dues({"base": 1.0}, period="2026-11")  # type: ignore[dict-item]
            if number % 10 == 3:
                with pytest.raises(RollbookError):
                    rules.dues(FACTS, period="2026-13")
            if number % 2_000 == 0:
                RuleSet.builtin("cpc")

    calls(100_000)
    before = resident()
    calls(1_000_000)
    grown = resident() - before
    assert grown < 4_096, f"{grown} KiB more"  # 4 bytes for each call would be too many
