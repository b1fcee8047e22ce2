"""Many threads, many processes, many calls."""

from __future__ import annotations

import resource
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from multiprocessing import get_context

from rollbook import Facts, RuleSet

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


def test_a_million_calls_keep_their_size() -> None:
    rules = RuleSet.builtin("cpc")

    def calls() -> int:
        for number in range(500_000):
            answer = rules.dues(FACTS, period="2026-11", trace=number % 2 == 0)
            if number % 100 == 0:
                assert answer.findings and answer.issues() and (answer.trace or number % 2)
            if number % 10 == 0:
                try:
                    rules.dues({"base": 1.0}, period="2026-11")  # type: ignore[dict-item]
                except TypeError:
                    pass
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    first = calls()
    assert calls() - first < 4_096  # KiB
