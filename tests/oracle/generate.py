"""Writes generated documents with probes as JSON lines; half of them have exactly one planted fault.

    python generate.py --seed 1 --count 10000 > documents.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
from typing import Any, Iterator

from drawn import faults, parts, probes, tariffs
from drawn.emit import yaml_text


def document(seed: int, count: int = 10) -> dict[str, Any]:
    """One document: the same seed gives the same text and the same probes."""
    rng = random.Random(seed)
    draw = parts.Draw(rng, per=rng.choice(["month", "month", "month", "quarter", "half_year", "year"]))
    tree = draw.tree
    tree.update({"rollbook": "1", "id": f"drawn-{seed}", "edition": "1", "languages": ["en"], "title": "Drawn rules",
                 "currency": "CNY", "answers": "dues"})
    tree["sources"] = parts.sources(draw)
    tree["settings"] = parts.settings(draw)
    tree["facts"] = parts.facts(draw)
    tree["terms"] = parts.terms(draw)
    tree["charges"] = {"dues": tariffs.charge(draw)}
    if "gifts" in tree["facts"]:
        tree["charges"]["gift"] = tariffs.lines(draw)
    if draw.chance(0.2):
        tree["charges"]["levy"] = tariffs.on_another(draw)
    asked = probes.probes(draw, count)
    fault = faults.plant(draw) if seed % 2 else None
    return {"seed": seed, "text": yaml_text(tree, rng), "fault": fault, "probes": asked}


def documents(seed: int, count: int, probes_each: int = 10) -> Iterator[dict[str, Any]]:
    for each in range(seed, seed + count):
        yield document(each, probes_each)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seed", type=int, required=True, help="seed of the first document; they count up")
    reader.add_argument("--count", type=int, default=1)
    reader.add_argument("--probes", type=int, default=10, help="questions to each document")
    asked = reader.parse_args()
    for each in documents(asked.seed, asked.count, asked.probes):
        print(json.dumps(each, ensure_ascii=False))


if __name__ == "__main__":
    main()
