"""Small rule sets for the tests: one charge, the stages given, common facts."""

from __future__ import annotations

from typing import Any

from oracle import Document, dues

HEAD = """
rollbook: 1
id: small
currency: CNY
answers: dues
sources:
  old: { in_force: 2010-01-01, issued: 2010-01-01 }
  new: { in_force: 2020-01-16, issued: 2020-03-01 }
facts:
  kind: { kind: one_of, words: { staff: 职工, student: 学生, other: 其他 } }
  pay: { kind: money per month, at_least: 0 }
  bonus: { kind: money per month, unless_given: 0 }
  active: { kind: yes_no }
  poor: { kind: yes_no }
  agreed: { kind: yes_no }
  heads: { kind: count }
  begun: { kind: date, unless_given: long_ago }
  born: { kind: date }
  promised: { kind: money per month }
  gifts: { kind: list, record: { gave: { kind: money }, on_day: { kind: date } } }
"""
CENTS = "round: { from: not_seen, chosen: x, is: half_up to 0.01 }"


def rules(stages: str, more: str = "", per: str = "month", rounding: str = CENTS) -> Document:
    """A document whose charge `dues` has the stages (lines of YAML); `more` stands before the charges."""
    lines = "\n".join(f"    {line}" for line in (f"per: {per}\n" + stages + "\n" + rounding).splitlines())
    return Document(f"{HEAD}{more}\ncharges:\n  dues:\n{lines}\n")


def tariff(body: str) -> str:
    return f"tariff: [ {{ from: not_seen, chosen: x, {body} }} ]"


def ask(document: Document, period: str = "2026-11", known: str | None = None, settings: Any = None,
        set_aside: Any = None, **facts: Any) -> dict[str, Any]:
    return dues(document, "dues", facts, period, known, settings, set_aside)


def said(answer: dict[str, Any]) -> Any:
    """The amount of a charged answer, the names of needs_facts, else the status."""
    return answer.get("amount") or answer.get("missing") or answer["status"]


def worked(expression: str, period: str = "2026-11", **facts: Any) -> Any:
    """The amount that an expression comes to, as a monthly charge to the fen."""
    return said(ask(rules(tariff(f'amount: "{expression}"')), period, **facts))


def decided(condition: str, period: str = "2026-11", **facts: Any) -> Any:
    """Whether a condition holds: 1.00, no_rule, or the names that are missing."""
    return said(ask(rules(tariff(f'when: "{condition}", amount: 1')), period, **facts))
