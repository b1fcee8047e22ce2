"""The Python package: one call, its start, and whole tables, each beside what it is measured by.

``python.py NATIVE MEMBERS``: picoseconds of one answer in the native loop of the same run, and its members as CSV.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import zen
from report import line

import rollbook

PERIOD = "2026-11"
ROWS = 1_000_000

rules = rollbook.RuleSet.builtin("cpc")
waged = {"stage": "full", "category": "waged", "base": Decimal("5400")}

# What `waged` meets of the rule: who owes, the bands of the whole base, the limit, and the rounding.
SAME_RULE = """stage in ["full", "probationary"] and category in ["waged", "annual_salary"]
    ? round(min([base > 10000 ? base * 0.02 : base > 5000 ? base * 0.015 : base > 3000 ? base * 0.01 : base * 0.005, 1000]) * 100) / 100
    : null"""


def microseconds(*calls: Callable[[], object], times: int = 20_000) -> list[float]:
    """The best of many turns of each call, which take turns with one another."""
    best = [float("inf")] * len(calls)
    for _ in range(15):
        for at, call in enumerate(calls):
            start = time.perf_counter()
            for _ in range(times):
                call()
            best[at] = min(best[at], (time.perf_counter() - start) / times * 1e6)
    return best


def calls() -> None:
    by_hand = zen.compile_expression(SAME_RULE)
    floats = {"stage": "full", "category": "waged", "base": 5400}
    assert by_hand.evaluate(floats) == 81 and rules.dues(waged, period=PERIOD).amount == 81
    amount, steps, peer = microseconds(
        lambda: rules.dues(waged, period=PERIOD).amount,
        lambda: rules.dues(waged, period=PERIOD, trace=True),
        lambda: by_hand.evaluate(floats),
    )
    line("one typed call, its amount read", amount, "µs", 2)
    line("one typed call with steps", steps, "µs", 4)
    line("zen-engine's compiled expression of the same rule, times the call", peer / amount, "×", 1, least=True)
    fields, trace, text = microseconds(
        lambda: rules.dues(waged, period=PERIOD).rule,
        lambda: rules.dues(waged, period=PERIOD, trace=True).trace,
        lambda: rules.dues(waged, period=PERIOD, trace=True).explain("zh"),
        times=2_000,
    )
    line("one typed call, all its fields read", fields, "µs", None)
    line("one typed call, its steps read", trace, "µs", None)
    line("one typed call, explained in Chinese", text, "µs", None)


def start() -> None:
    """What the package adds to the start of an interpreter, until the first answer is there."""
    first = "import rollbook; rollbook.RuleSet.builtin('cpc').dues({'stage': 'full', 'category': 'waged', 'base': 5400}, period='2026-11').amount"
    taken: dict[str, list[float]] = {"pass": [], first: []}
    for _ in range(15):
        for code, times in taken.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append((time.perf_counter() - begin) * 1e3)
    line("start: import to first answer, beside an empty interpreter", statistics.median(taken[first]) - statistics.median(taken["pass"]), "ms", 50)


def tables(native: int, members: str) -> None:
    with open(members, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    repeats = ROWS // len(rows)
    columns = {}
    for heading in rows[0]:
        texts = [row[heading] or None for row in rows]
        if heading in ("base", "hardship_amount"):
            minor = pa.array([None if text is None else int(Decimal(text) * 100) for text in texts], pa.int64())
            columns[heading] = pa.concat_arrays([minor] * repeats)
        else:
            columns[heading] = pa.concat_arrays([pa.array(texts)] * repeats).dictionary_encode()
    table = pa.table(columns)
    rules.dues_table(table, period=PERIOD, scale=2)
    best = {1: float("inf"), 2: float("inf")}
    for _ in range(5):
        for threads in best:
            begin = time.perf_counter()
            dues = rules.dues_table(table, period=PERIOD, scale=2, threads=threads)
            best[threads] = min(best[threads], time.perf_counter() - begin)
    counted = {status.as_py(): 0 for status in pa.table(dues)["status"].unique()}
    assert len(dues) == table.num_rows and "charged" in counted
    line("dues_table, base given: million rows a second", len(dues) / best[1] / 1e6, "", None)
    line("dues_table, base given, times the native loop", native * 1e-12 * len(dues) / best[1], "×", 0.6, least=True)
    line("dues_table with a second thread, times one thread", best[1] / best[2], "×", 1.5, least=True)


def memory() -> None:
    """What a million calls leave behind, refusals and explanations among them."""

    def resident() -> float:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096 / 1024**2

    def some(calls: int) -> None:
        for at in range(calls):
            answer = rules.dues({"stage": "full", "category": "waged", "base": at}, period=PERIOD, trace=at % 16 == 0)
            if at % 64 == 0:
                answer.explain("zh"), answer.trace, answer.issues()
                try:
                    rules.dues({"base": 1.5}, period=PERIOD)
                except rollbook.WrongTypeError:
                    pass

    some(100_000)
    before = resident()
    some(1_000_000)
    line("memory after a million calls more", resident() - before, "MiB", 16)


if __name__ == "__main__":
    calls()
    memory()
    start()
    tables(int(sys.argv[1]), sys.argv[2])
