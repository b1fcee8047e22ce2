"""Writes a tree of maps, lists and text as YAML, in block or flow style.

A key may end in one or more NULs, which are not written: so that a tree can hold a duplicate key.
"""

from __future__ import annotations

import json
import random
import re
from typing import Any

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ .%|=<>*/()+-]*")


def scalar(text: str, flow: bool) -> str:
    plain = PLAIN.fullmatch(text) is not None and not text.endswith(" ")
    if not plain or (flow and "(" in text and "," in text):
        return json.dumps(text, ensure_ascii=False)
    return text


def key_text(key: str) -> str:
    return key.rstrip("\0")


def flow(node: Any) -> str:
    if isinstance(node, dict):
        inner = ", ".join(f"{key_text(key)}: {flow(value)}" for key, value in node.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(node, list):
        return f"[ {', '.join(flow(each) for each in node)} ]" if node else "[]"
    return scalar(node, True)


def block(node: Any, depth: int, rng: random.Random) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str):
                lines.append(f"{pad}{key_text(key)}: {scalar(value, False)}")
            elif not value or as_flow(value, depth, rng):
                lines.append(f"{pad}{key_text(key)}: {flow(value)}")
            else:
                lines.append(f"{pad}{key_text(key)}:")
                lines += block(value, depth + 1, rng)
        return lines
    for each in node:
        if isinstance(each, str) or not each or as_flow(each, depth, rng):
            lines.append(f"{pad}- {flow(each)}")
        else:
            inner = block(each, depth + 1, rng)
            lines.append(f"{pad}- {inner[0].lstrip()}")
            lines += inner[1:]
    return lines


def as_flow(node: Any, depth: int, rng: random.Random) -> bool:
    return depth > 0 and len(flow(node)) < 150 and rng.random() < 0.5


def yaml_text(node: dict[str, Any], rng: random.Random) -> str:
    return "\n".join(block(node, 0, rng)) + "\n"
