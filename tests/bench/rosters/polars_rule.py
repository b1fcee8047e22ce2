"""A roster in CSV answered by the command and by the same rule written in polars, which give the same bytes.

``polars_rule.py COMMAND``: the command's program, built as it is shipped. Times are those of files: read, answered, written.
The start of Python and the import of polars are not counted, the start of the command is.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

ROWS = 1_000_000
TURNS = 7
WAGED, RETIRED = "中组发〔2008〕3号 第一条至第四条", "中组发〔2008〕3号 第五条"


def invented(rows: int) -> str:
    """Members with a wage or a pension, about 40 bytes a row."""
    lines = ["id,stage,category,base"]
    for row in range(rows):
        category = "retired" if row % 4 == 0 else "waged"
        lines.append(f"M{row:012},full,{category},{row * 7919 % 16_000 + 1_500}.{row * 31 % 100:02}")
    return "\n".join(lines) + "\n"


def by_hand(roster: Path, out: Path) -> None:
    """What these members meet of the rule, exactly: whole fen, rates in thousandths, half up."""
    fen = pl.col("base").str.replace(".", "", literal=True).cast(pl.Int64)
    waged = pl.col("category") == "waged"
    rate = (
        pl.when(~waged)
        .then(pl.when(fen <= 500_000).then(5).otherwise(10))
        .when(fen <= 300_000)
        .then(5)
        .when(fen <= 500_000)
        .then(10)
        .when(fen <= 1_000_000)
        .then(15)
        .otherwise(20)
    )
    due = pl.min_horizontal((fen * rate + 500) // 1000, pl.lit(100_000))
    cents = (due % 100).cast(pl.String).str.zfill(2)
    members = pl.read_csv(roster, schema_overrides={"base": pl.String})
    members.select(
        "id",
        pl.lit("2026-11").alias("period"),
        pl.concat_str((due // 100).cast(pl.String), pl.lit("."), cents).alias("amount"),
        pl.lit("CNY").alias("currency"),
        pl.lit("charged").alias("status"),
        pl.when(waged).then(pl.lit("dues.tariff.waged")).otherwise(pl.lit("dues.tariff.retired")).alias("rule"),
        pl.when(waged).then(pl.lit(WAGED)).otherwise(pl.lit(RETIRED)).alias("cite"),
        pl.lit(None, pl.String).alias("missing"),
        pl.when(waged).then(pl.lit("not_encoded: 见注2")).otherwise(pl.lit("not_encoded: 见注1")).alias("findings"),
    ).write_csv(out)


def seconds(work: Callable[[], object]) -> float:
    """One turn."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(command: str) -> None:
    """Measures both in turns and prints the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        roster, out, peer = (Path(folder, name) for name in ("roster.csv", "dues.csv", "peer.csv"))
        roster.write_text(invented(ROWS), encoding="utf-8")

        def answered(threads: str) -> None:
            words = ["dues", roster, "--rules", "cpc", "--period", "2026-11", "--out", out, "--threads", threads]
            subprocess.run([command, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        works = (lambda: by_hand(roster, peer), lambda: answered("1"), lambda: answered("2"))
        times = list(zip(*([seconds(work) for work in works] for _ in range(TURNS + 1)), strict=True))
        if out.read_bytes() != peer.read_bytes():
            sys.exit("the two do not answer the same")
        by_polars, one, two = (statistics.median(turns[1:]) for turns in times)
        print(f"{ROWS} rows, {roster.stat().st_size} bytes in, {out.stat().st_size} out, the same from both")
        print(f"polars {pl.__version__}, {pl.thread_pool_size()} threads: {by_polars:.2f} s")
        print(f"rollbook dues, one thread: {one:.2f} s, {one / by_polars:.2f} times polars")
        print(f"rollbook dues, two threads: {two:.2f} s, {two / by_polars:.2f} times polars")


if __name__ == "__main__":
    main(sys.argv[1])
