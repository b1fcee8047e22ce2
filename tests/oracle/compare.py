"""Holds an engine against the oracle on generated documents.

    python compare.py --engine "path/to/engine" --seed 0 --count 10000

Documents are generated from the seeds, or read from a file that generate.py has written (--documents).
Ends with `N passed, N failed`; exit 1 when a document failed, 2 when the engine ended early.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Iterator

from engine_process import Engine, EngineEnded
from generate import document as generated
from oracle import Document, dues
from oracle.confirm import confirms

KEYS = ("status", "amount", "exact", "rule", "version", "missing", "instalments", "next_band")
# Codes whose refusal has to show an example.
WITH_EXAMPLE = ("two_rules", "band_gap", "band_overlap", "band_edge", "same_dates")
BANDS = ("band_gap", "band_overlap", "band_edge")
BATCH = 250
Message = dict[str, Any]


@dataclass
class Tried:
    """A generated document with the oracle's answer to each probe (none for a faulty document)."""

    drawn: Message
    expected: list[Message]


def tried(drawn: Message) -> Tried:
    if drawn["fault"] is not None:
        return Tried(drawn, [])
    document = Document(drawn["text"])
    return Tried(drawn, [answer(document, probe) for probe in drawn["probes"]])


def tried_seed(seed: int) -> Tried:
    return tried(generated(seed))


def answer(document: Document, probe: Message) -> Message:
    try:
        return dues(document, probe["charge"], probe["facts"], probe["period"], probe.get("known"),
                    probe.get("settings"), probe.get("set_aside"))
    except Exception as problem:  # reported with the document, as a failure of the oracle
        return {"status": f"oracle: {type(problem).__name__}: {problem}"}


def checks(batch: list[Tried]) -> list[Message]:
    return [{"id": f"c{each.drawn['seed']}", "do": "check", "text": each.drawn["text"]} for each in batch]


def questions(batch: list[Tried], checked: dict[Any, Message]) -> list[Message]:
    """The probes of every sound document that was accepted."""
    found = []
    for each in batch:
        text_id = f"c{each.drawn['seed']}"
        if each.drawn["fault"] is not None or not checked[text_id].get("accepted"):
            continue
        for index, probe in enumerate(each.drawn["probes"]):
            asked = {key: value for key, value in probe.items() if value not in (None, {}) or key == "facts"}
            found.append({"id": f"q{each.drawn['seed']}.{index}", "do": "dues", "text_id": text_id, **asked})
    return found


def codes_that_meet(fault: str) -> tuple[str, ...]:
    """A gap or overlap of a single point is an edge; the engine may tell the three apart its own way."""
    return BANDS if fault in BANDS else (fault,)


def refused_rightly(drawn: Message, check: Message) -> list[str]:
    """What is wrong with the engine's view of a faulty document; nothing if all is well."""
    fault = drawn["fault"]
    if check.get("accepted"):
        # Conditions that calculate or compare facts are not decided; saying so is as good as a refusal.
        if fault == "two_rules" and any(each.get("code") == "undecided" for each in check.get("diagnostics", [])):
            return []
        return [f"accepted, though it has the fault {fault}"]
    found = [each for each in check.get("diagnostics", []) if each.get("severity", "error") == "error"]
    meeting = [each for each in found if each.get("code") in codes_that_meet(fault)]
    if not meeting:
        return [f"refused, but not for {fault}: {[each.get('code') for each in found]}"]
    if fault not in WITH_EXAMPLE:
        return []
    document = Document(drawn["text"])
    return [f"example does not show {each['code']}: {each.get('example')}" for each in meeting
            if not confirms(each["code"], document, each.get("example"))]


def answered_rightly(each: Tried, check: Message, answers: dict[Any, Message], keys: tuple[str, ...]) -> list[str]:
    """What is wrong with the engine's view of a sound document; nothing if all is well."""
    diagnostics = check.get("diagnostics", [])
    if not check.get("accepted"):
        return [f"refused, though it is sound: {json.dumps(diagnostics, ensure_ascii=False)}"]
    undecided = any(found.get("code") == "undecided" for found in diagnostics)
    wrong = []
    for index, (probe, expected) in enumerate(zip(each.drawn["probes"], each.expected)):
        got = answers[f"q{each.drawn['seed']}.{index}"]
        if any(plain(key, got.get(key)) != plain(key, expected.get(key)) for key in keys):
            asked = json.dumps(probe, ensure_ascii=False)
            wrong.append(f"probe {asked}\n      oracle {show(expected)}\n      engine {show(got)}")
        codes = [found if isinstance(found, str) else found.get("code") for found in got.get("findings") or []]
        if "two_rules" in codes and not undecided:
            wrong.append(f"two_rules in an answer, without a warning: {json.dumps(probe, ensure_ascii=False)}")
    return wrong


def plain(key: str, value: Any) -> Any:
    """A key that is absent, null or an empty list says the same; names and codes stand without what explains them."""
    if value is None or value == []:
        return None
    if key == "findings":
        return sorted({each if isinstance(each, str) else each["code"] for each in value})
    if key == "missing":
        return [each if isinstance(each, str) else each["name"] for each in value]
    if key == "instalments":
        return [{part: each[part] for part in ("way", "amount", "count", "rest", "version") if part in each} for each in value]
    return value


def show(found: Message) -> str:
    return json.dumps({key: found[key] for key in (*KEYS, "findings", "error", "parts", "lines") if key in found},
                      ensure_ascii=False)


def batches(stream: Iterator[Tried]) -> Iterator[list[Tried]]:
    batch: list[Tried] = []
    for each in stream:
        batch.append(each)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def compare(stream: Iterator[Tried], engine: Engine, keys: tuple[str, ...], most: int) -> tuple[int, int]:
    """Prints up to `most` failures; gives how many documents passed and failed."""
    passed = failed = 0
    for batch in batches(stream):
        checked = engine.ask(checks(batch))
        answers = engine.ask(questions(batch, checked))
        for each in batch:
            check = checked[f"c{each.drawn['seed']}"]
            if each.drawn["fault"] is None:
                wrong = answered_rightly(each, check, answers, keys)
            else:
                wrong = refused_rightly(each.drawn, check)
            passed, failed = (passed + 1, failed) if not wrong else (passed, failed + 1)
            if wrong and failed <= most:
                print(f"seed {each.drawn['seed']} (fault: {each.drawn['fault']})")
                print("\n".join(f"    {line}" for line in wrong))
                print("\n".join(f"    | {line}" for line in each.drawn["text"].splitlines()))
    return passed, failed


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--engine", required=True, help="command that speaks JSON lines")
    reader.add_argument("--documents", help="file of JSON lines from generate.py")
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--count", type=int, default=1000)
    reader.add_argument("--keys", default=",".join(KEYS), help="keys of the answer that must agree")
    reader.add_argument("--show", type=int, default=20, help="at most so many failures are printed in full")
    asked = reader.parse_args()
    engine = Engine(asked.engine)
    keys = tuple(asked.keys.split(","))
    with ProcessPoolExecutor() as pool:
        try:
            if asked.documents:
                with open(asked.documents, encoding="utf-8") as lines:
                    passed, failed = compare(pool.map(tried, map(json.loads, lines), chunksize=50), engine, keys,
                                             asked.show)
            else:
                seeds = range(asked.seed, asked.seed + asked.count)
                passed, failed = compare(pool.map(tried_seed, seeds, chunksize=50), engine, keys, asked.show)
        except EngineEnded as ended:
            pool.shutdown(cancel_futures=True)
            print(ended, file=sys.stderr)
            return 2
    engine.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
