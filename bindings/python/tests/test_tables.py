"""Whole tables: in by the Arrow PyCapsule interface or as columns, and out with the columns of the command's output."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from rollbook import RuleSet, Status, WrongCallError, WrongTypeError

EXAMPLES = Path(__file__).parents[3] / "examples"
COLUMNS = ("id", "period", "amount", "currency", "status", "rule", "cite", "missing", "findings")
MEMBERS: dict[str, list[Any]] = {
    "id": ["M1", "M2", "M3", "M4"],
    "stage": ["full", "full", "applicant", "full"],
    "category": ["waged", "student", "waged", "waged"],
    "base": [Decimal("5400.00"), None, Decimal("3000.00"), None],
}
AMOUNTS = [Decimal("81.00"), Decimal("0.20"), None, None]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet.builtin("cpc")


def dues(rules: RuleSet, table: Any, **arguments: Any) -> Any:
    return rules.dues_table(table, **{"period": "2026-11", "lang": "en", **arguments})


def of_duckdb() -> Any:
    members = pl.DataFrame(MEMBERS)  # noqa: F841 - DuckDB finds it by its name
    return duckdb.sql("select * replace (base::decimal(18, 2) as base) from members")


KINDS: dict[str, Callable[[], Any]] = {
    "dict": lambda: MEMBERS,
    "polars": lambda: pl.DataFrame(MEMBERS),
    "polars lazy types": lambda: pl.DataFrame(MEMBERS).with_columns(pl.col("category").cast(pl.Categorical)),
    "pandas": lambda: pd.DataFrame(MEMBERS),
    "pandas categories": lambda: pd.DataFrame(MEMBERS).astype({"category": "category"}),
    "pyarrow table": lambda: pa.table(MEMBERS),
    "pyarrow batch": lambda: pa.RecordBatch.from_pydict(MEMBERS),
    "pyarrow reader": lambda: pa.table(MEMBERS).to_reader(max_chunksize=1),
    "dict of arrays": lambda: {name: pa.chunked_array([column[:1], column[1:]]) for name, column in arrays().items()},
    "dict of series": lambda: {column.name: column for column in pl.DataFrame(MEMBERS)},
    "duckdb": of_duckdb,
}


def arrays() -> dict[str, Any]:
    table = pa.table(MEMBERS)
    return {name: table[name].combine_chunks() for name in MEMBERS}


@pytest.mark.parametrize("kind", KINDS)
def test_any_table_is_answered_row_by_row(rules: RuleSet, kind: str) -> None:
    answered = dues(rules, KINDS[kind]())
    assert answered.column_names == COLUMNS and len(answered) == 4
    assert answered["id"] == MEMBERS["id"]
    assert answered["amount"] == AMOUNTS
    assert answered["status"] == ["charged", "charged", "not_due", "needs_facts"]
    assert answered["missing"] == [None, None, None, "base"]
    assert answered["currency"] == ["CNY", "CNY", None, None]
    assert answered["rule"][:2] == ["dues.tariff.waged", "dues.tariff.fixed"]


def test_any_library_takes_the_answers(rules: RuleSet) -> None:
    answered = dues(rules, MEMBERS)
    assert pl.DataFrame(answered)["amount"].to_list() == AMOUNTS
    assert pa.table(answered)["amount"].to_pylist() == AMOUNTS
    assert pa.schema(answered).names == list(COLUMNS)
    frame = pd.DataFrame.from_arrow(answered)
    assert list(frame["status"]) == ["charged", "charged", "not_due", "needs_facts"]
    total = duckdb.sql("select sum(amount) from answered where status = 'charged'")
    assert total is not None and total.fetchall() == [(Decimal("81.20"),)]
    assert answered.to_pydict() == pa.table(answered).to_pydict()


def test_answers_are_those_of_one_by_one(rules: RuleSet) -> None:
    bases = [Decimal(number * 125).scaleb(-1) for number in range(1_000)]
    members = {"stage": ["full"] * 1_000, "category": ["waged", "retired"] * 500, "base": bases}
    answered = dues(rules, members)
    rows = [dict(zip(members, row, strict=True)) for row in zip(*members.values(), strict=True)]
    single = rules.dues_of_many(rows, period="2026-11")
    assert answered["amount"] == [answer.amount for answer in single]
    assert answered["rule"] == [answer.rule for answer in single]
    assert answered.explain(7) == rules.dues(rows[7], period="2026-11", trace=True)


def test_a_row_explains_itself(rules: RuleSet) -> None:
    answered = dues(rules, pa.table(MEMBERS).to_reader(max_chunksize=1))
    assert "5400 × 1.5% = 81" in answered.explain(0).explain("en")
    assert answered.explain(-1).status is Status.NEEDS_FACTS
    assert answered.explain(3) == answered.explain(-1)
    for row in (4, -5, 2**62):
        with pytest.raises(IndexError):
            answered.explain(row)


def test_whole_minor_units_come_out_as_they_went_in(rules: RuleSet) -> None:
    members = {"stage": ["full"] * 2, "category": ["waged"] * 2, "base": [540_000, None]}
    for table in (members, pl.DataFrame(members), pa.table(members)):
        answered = dues(rules, table, scale=2)
        assert answered["amount"] == [8_100, None]
        field = pa.schema(answered).field("amount")
        assert (field.type, field.metadata) == (pa.int64(), {b"rollbook.scale": b"2"})
    small = pl.DataFrame(members, schema_overrides={"base": pl.UInt32})
    assert dues(rules, small, scale=2)["amount"] == [8_100, None]


def test_decimals_come_out_with_all_their_places(rules: RuleSet) -> None:
    table = pa.table({"stage": ["full"], "category": ["waged"], "base": pa.array([5400], pa.decimal128(12, 4))})
    assert pa.schema(dues(rules, table)).field("amount").type == pa.decimal128(38, 4)
    plain = pa.table({"stage": ["full"], "category": ["student"], "base": pa.array([5400], pa.decimal128(12, 0))})
    assert dues(rules, plain)["amount"] == [Decimal("0.20")]


def test_decimals_have_the_same_places_where_no_row_before_was_charged(rules: RuleSet) -> None:
    stages = ["activist"] * 20_000 + ["full"]
    base = pa.array([Decimal("3001")] * len(stages), pa.decimal128(10, 0))
    answered = pa.table(dues(rules, pa.table({"stage": stages, "category": ["waged"] * len(stages), "base": base})))
    assert answered["amount"].type == pa.decimal128(38, 2)
    assert answered["amount"].null_count == 20_000 and answered["amount"][20_000].as_py() == Decimal("30.01")


def test_an_amount_that_does_not_fit_the_declared_scale_is_no_smaller_amount(rules: RuleSet) -> None:
    members = {"stage": ["full"], "category": ["student"], "base": [1]}
    with pytest.raises(ValueError, match="an amount has 1 decimals; give scale=1"):
        dues(rules, members, scale=0)


@pytest.mark.parametrize(
    ("base", "given"),
    [
        ([5400.0], "a column of Float64"),
        (pa.array([5400.0], pa.float32()), "a column of Float32"),
        ([5400], "a column of Int64"),
        ([True], "a column of Boolean"),
        ([datetime(2026, 1, 1)], "a column of Timestamp"),
        ([date(2026, 1, 1)], "a column of Date32"),
        ([b"5400"], "a column of Binary"),
        ([["5400"]], "a column of List"),
    ],
)
def test_a_column_that_cannot_carry_money_exactly_is_refused_by_name(rules: RuleSet, base: Any, given: str) -> None:
    with pytest.raises(WrongTypeError) as refused:
        dues(rules, pa.table({"stage": ["full"], "base": base}))
    assert refused.value.params["name"] == "base"
    assert refused.value.params["given"].startswith(given)


def test_a_cell_of_a_dict_that_is_a_float_is_refused_with_its_row(rules: RuleSet) -> None:
    with pytest.raises(WrongTypeError) as refused:
        dues(rules, {"base": [Decimal(1), 5400.0]})
    assert refused.value.params["name"] == "base/1"
    with pytest.raises(ValueError, match="mixes types in row 1"):
        dues(rules, {"base": [Decimal(1), "5400"]})


def test_a_float_that_is_no_fact_is_nobodys_business(rules: RuleSet) -> None:
    with pytest.warns(UserWarning, match="`base_guess`.*the nearest is `base`"):
        answered = dues(rules, {**MEMBERS, "base_guess": [0.5] * 4})
    assert answered.ignored == ("base_guess",)
    assert "base_guess" not in answered.column_names


def test_a_bad_cell_costs_its_own_row(rules: RuleSet) -> None:
    answered = dues(rules, {**MEMBERS, "base": ["5,400", None, "", " 5400 "]})
    assert answered["status"] == ["rejected", "charged", "not_due", "charged"]
    said = "bad_value: dues base: `5,400` cannot be read; write it as 1234.56; did you mean `5400`?"
    assert answered["findings"][0] == said


def test_headings_may_be_titles(rules: RuleSet) -> None:
    answered = dues(rules, {"编号": ["a"], "发展阶段": ["正式党员"], "类别": ["学生"]})
    assert (answered["id"], answered["amount"]) == (["a"], [Decimal("0.20")])
    with pytest.raises(ValueError, match="tell the same fact"):
        dues(rules, {"stage": ["full"], "发展阶段": ["正式党员"]})


def test_days_and_words_of_other_kinds_are_read(rules: RuleSet) -> None:
    members = {**MEMBERS, "joined": [date(2026, 12, 1), date(2020, 1, 1), None, None]}
    for table in (members, pl.DataFrame(members)):
        assert dues(rules, table)["status"][:2] == ["not_due", "charged"]


def test_numbers_at_the_edge_of_their_type_are_read_exactly(rules: RuleSet) -> None:
    largest = "9" * 38
    decimals = pa.array([Decimal(largest)], pa.decimal128(38, 0))
    answered = dues(rules, pa.table({"stage": ["full"], "category": ["waged"], "base": decimals}), period="2016-12")
    assert answered["status"] == ["rejected"] and answered["findings"][0].startswith("overflow: ")
    units = pa.array([2**64 - 1], pa.uint64())
    answered = dues(rules, pa.table({"stage": ["full"], "category": ["waged"], "base": units}), scale=2)
    assert answered["amount"] == [100_000]


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_threads_change_nothing(rules: RuleSet, threads: int) -> None:
    rows = 100_000
    bases = pa.array([Decimal(number % 15_000) for number in range(rows)], pa.decimal128(18, 2))
    stage = pa.array(["full"] * rows).dictionary_encode()
    category = pa.array([("waged", "retired", "student", "pilot")[number % 4] for number in range(rows)])
    table = pa.table({"id": range(rows), "stage": stage, "category": category, "base": bases})
    seen: list[tuple[int, int]] = []
    answered = dues(rules, table, threads=threads, progress=lambda done, total: seen.append((done, total)))
    assert pa.table(answered).equals(pa.table(dues(rules, table)))
    assert seen[-1] == (rows, rows) and seen == sorted(seen) and len(seen) > 1
    assert answered["status"][:4] == ["charged", "charged", "charged", "rejected"]


def test_a_progress_that_raises_ends_the_work(rules: RuleSet) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    table = {"stage": ["full"] * 100_000, "category": ["student"] * 100_000}
    with pytest.raises(KeyboardInterrupt):
        dues(rules, table, threads=2, progress=stop)


def test_how_well_amounts_are_attested_is_told_where_it_is_asked_for(rules: RuleSet) -> None:
    answered = dues(rules, MEMBERS, attested=True)
    assert answered.column_names == (*COLUMNS, "attested")
    # An applicant owes nothing, and one whose base is missing nothing yet: no text decides.
    assert answered["attested"] == ["transcribed", "transcribed", None, None]
    assert pl.DataFrame(answered)["attested"].to_list() == answered["attested"]
    assert answered["attested"][0] == rules.dues({"stage": "full", "category": "waged", "base": "5400"}, period="2026-11").attested
    assert dues(rules, {}, attested=True)["attested"] == []
    assert dues(rules, MEMBERS).column_names == COLUMNS


def test_rows_by_one_rule_may_be_attested_differently(rules: RuleSet) -> None:
    retired = {"stage": ["full"] * 3, "category": ["retired"] * 3, "base": ["3000", None, "3000"], "basic_pension": [None, "3000", None]}
    answered = dues(rules, retired, attested=True)
    assert answered["amount"] == ["15.00"] * 3 or answered["amount"] == [Decimal("15.00")] * 3
    assert len(set(answered["rule"])) == 1
    for row, attested in enumerate(answered["attested"]):
        assert answered.explain(row).attested == attested
    assert len(set(answered["attested"])) == 2


def test_an_empty_table_has_all_columns(rules: RuleSet) -> None:
    tables: list[Any] = [{}, {"id": [], "base": []}, pl.DataFrame({"base": []}, schema={"base": pl.Decimal(10, 2)})]
    for table in tables:
        answered = dues(rules, table)
        assert len(answered) == 0 and answered["amount"] == []
        assert pa.table(answered).num_rows == 0
        with pytest.raises(KeyError):
            answered["nothing"]


def test_wrong_calls_are_refused(rules: RuleSet) -> None:
    with pytest.raises(WrongCallError) as wrong:
        dues(rules, MEMBERS, charge="duse")
    assert wrong.value.code == "unknown_charge"
    for table in (None, "roster.csv", [("base", [1])], 5):
        with pytest.raises(WrongTypeError):
            dues(rules, table)
    for arguments in ({"threads": 0}, {"scale": 40}):
        with pytest.raises(ValueError):
            dues(rules, MEMBERS, **arguments)
    with pytest.raises(ValueError, match="different lengths"):
        dues(rules, {"base": ["1"], "stage": []})


def test_a_table_says_what_the_command_says_of_the_same_roster(rules: RuleSet) -> None:
    call = ["dues", "roster.csv", "--rules", "cpc", "--period", "2026-11", "--lang", "en", "--attested"]
    command = subprocess.run(
        [sys.executable, "-m", "rollbook", *call], cwd=EXAMPLES, capture_output=True, encoding="utf-8", check=True
    )
    expected = list(csv.DictReader(io.StringIO(command.stdout)))
    roster = list(csv.DictReader((EXAMPLES / "roster.csv").open(encoding="utf-8-sig")))
    table = {heading: [row[heading] or None for row in roster] for heading in roster[0]}
    answered = dues(rules, table, attested=True).to_pydict()
    assert len(expected) == len(roster) > 30
    assert {"transcribed", None} <= set(answered["attested"])
    for column in (*COLUMNS, "attested"):
        said = ["" if cell is None else str(cell) for cell in answered[column]]
        assert said == [row[column] for row in expected], column
