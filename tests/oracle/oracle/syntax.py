"""The expression language: words to a tree, by recursive descent.

A node is a tuple: its kind first, then its parts.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

from .moments import day_of
from .values import MODES

Node = tuple[Any, ...]

TOKEN = re.compile(
    r"\s*(?:(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign><=|>=|!=|[<>=+\-*/(),|%]))"
)
LENGTHS = {"day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "quarter": ("months", 3),
           "half_year": ("months", 6), "year": ("months", 12)}
PERIODS = ("day", "week", "month", "quarter", "half_year", "year")
KEYWORDS = {"if", "then", "else", "or", "and", "not", "in", "exists", "otherwise", "at_least", "at_most", "per",
            "to", "over", "includes"}


class SyntaxFault(Exception):
    pass


def length_unit(word: str) -> tuple[str, int] | None:
    return LENGTHS.get(word) or (LENGTHS.get(word[:-1]) if word.endswith("s") else None)


def tokens_of(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise SyntaxFault(f"cannot read {text[at:]!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found + [("end", "")]


class Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)][1]

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)][0]

    def take(self, *wanted: str) -> bool:
        if self.kind() != "end" and self.peek() in wanted:
            self.at += 1
            return True
        return False

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise SyntaxFault(f"wanted {wanted!r}, found {self.peek()!r}")

    def name(self) -> str:
        if self.kind() != "name":
            raise SyntaxFault(f"wanted a name, found {self.peek()!r}")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def whole(self) -> Node:
        node = self.expression()
        if self.kind() != "end":
            raise SyntaxFault(f"not expected: {self.peek()!r}")
        return node

    def expression(self) -> Node:
        if self.take("if"):
            condition = self.expression()
            self.need("then")
            then = self.expression()
            self.need("else")
            return ("if", condition, then, self.expression())
        return self.alternatives()

    def alternatives(self) -> Node:
        node = self.conjunction()
        while self.take("or"):
            node = ("or", node, self.conjunction())
        return node

    def conjunction(self) -> Node:
        node = self.negation()
        while self.take("and"):
            node = ("and", node, self.negation())
        return node

    def negation(self) -> Node:
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self) -> Node:
        left = self.otherwise()
        if self.take("exists"):
            return ("exists", left)
        if self.take("in"):
            words = [self.name()]
            while self.take("|"):
                words.append(self.name())
            return ("in", left, tuple(words))
        if self.take("includes"):
            return ("includes", left, self.name())
        node: Node | None = None
        while self.kind() == "sign" and self.peek() in ("=", "!=", "<", "<=", ">", ">="):
            sign = self.peek()
            self.at += 1
            right = self.otherwise()
            step: Node = ("compare", sign, left, right)
            node = step if node is None else ("and", node, step)
            left = right
        return left if node is None else node

    def otherwise(self) -> Node:
        node = self.bounded()
        while self.take("otherwise"):
            node = ("otherwise", node, self.bounded())
        return node

    def bounded(self) -> Node:
        node = self.sum()
        while self.peek() in ("at_least", "at_most"):
            node = (self.name(), node, self.sum())
        return node

    def sum(self) -> Node:
        node = self.product()
        while self.kind() == "sign" and self.peek() in ("+", "-"):
            sign = self.peek()
            self.at += 1
            node = (sign, node, self.product())
        return node

    def product(self) -> Node:
        node = self.rate()
        while self.kind() == "sign" and self.peek() in ("*", "/"):
            sign = self.peek()
            self.at += 1
            node = (sign, node, self.rate())
        return node

    def rate(self) -> Node:
        node = self.primary()
        while self.take("per"):
            unit = self.name()
            if unit not in PERIODS:
                raise SyntaxFault(f"not a period: {unit}")
            node = ("per", node, unit)
        return node

    def primary(self) -> Node:
        kind, text = self.kind(), self.peek()
        if self.take("-"):
            return ("minus", self.primary())
        if self.take("("):
            node = self.expression()
            self.need(")")
            return node
        if kind == "date":
            self.at += 1
            return ("day", day_of(text))
        if kind == "number":
            return self.number()
        if kind == "name" and text not in KEYWORDS:
            return self.named()
        raise SyntaxFault(f"not expected: {text!r}")

    def number(self) -> Node:
        value = Fraction(self.peek())
        self.at += 1
        if self.take("%"):
            return ("quantity", value / 100, "")
        if self.kind() == "name" and re.fullmatch(r"[A-Z]{3}", self.peek()):
            self.at += 1
            return ("quantity", value, "money")
        length = length_unit(self.peek()) if self.kind() == "name" else None
        if length is not None:
            self.at += 1
            return ("quantity", value * length[1], length[0])
        return ("quantity", value, "")

    def named(self) -> Node:
        name = self.name()
        if name in ("months", "days") and self.peek() == "from":
            self.need("from")
            first = self.sum()
            self.need("to")
            return ("span", name, first, self.sum())
        if self.peek() != "(":
            return ("name", name)
        self.need("(")
        node = self.call(name)
        self.need(")")
        return node

    def call(self, name: str) -> Node:
        if name == "since":
            return ("since", self.name())
        inner = self.expression()
        if name == "round":
            mode = self.name()
            if mode not in MODES:
                raise SyntaxFault(f"not a rounding mode: {mode}")
            self.need("to")
            return ("round", inner, mode, self.rate())
        if name in ("floor", "ceil"):
            return ("round", inner, name, ("quantity", Fraction(1), ""))
        if name == "average":
            self.need("over")
            return ("average", inner, self.primary())
        if name in ("latest", "earliest", "latched"):
            parts = [inner]
            while self.take(","):
                parts.append(self.expression())
            return (name, *parts)
        raise SyntaxFault(f"no such function: {name}")


@lru_cache(maxsize=20000)
def parse(text: str) -> Node:
    """The tree of one expression."""
    return Parser(text).whole()


def names_in(node: Node) -> list[str]:
    """The names that an expression reads, from left to right (words beside a one_of included)."""
    if node[0] in ("name", "since"):
        return [node[1]]
    parts = node[1:2] if node[0] == "in" else node[1:]
    return [name for part in parts if isinstance(part, tuple) for name in names_in(part)]
