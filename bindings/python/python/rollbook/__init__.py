"""Exact membership dues from written, dated and cited rules, with the clause and every step.

>>> from decimal import Decimal
>>> import rollbook
>>> rules = rollbook.RuleSet.builtin("cpc")
>>> answer = rules.dues({"stage": "full", "category": "waged", "base": Decimal("5400")}, period="2026-11")
>>> answer.amount, answer.cite[0].titles["en"]
(Decimal('81.00'), '中组发〔2008〕3号 arts 1-4')
"""

from __future__ import annotations

from dataclasses import dataclass

from ._native import Answer, DuesTable, RuleSet, __version__
from .enums import Attested, Format, Kind, Owner, Per, Severity, Status
from .errors import RollbookError, RuleSetError, UnknownRuleSetError, WrongCallError, WrongTypeError
from .records import (
    Bounds,
    Citation,
    Diagnostic,
    Fact,
    Field,
    Finding,
    Issue,
    Line,
    Missing,
    NextBand,
    Part,
    Position,
    Related,
    RuleSetName,
    Step,
    Word,
)
from .types import Facts, Scalar, Table, Value

__all__ = [
    "Answer",
    "Attested",
    "Bounds",
    "Checked",
    "Citation",
    "Diagnostic",
    "DuesTable",
    "Fact",
    "Facts",
    "Field",
    "Finding",
    "Format",
    "Issue",
    "Kind",
    "Line",
    "Missing",
    "NextBand",
    "Owner",
    "Part",
    "Per",
    "Position",
    "Related",
    "RollbookError",
    "RuleSet",
    "RuleSetError",
    "RuleSetName",
    "Scalar",
    "Severity",
    "Status",
    "Step",
    "Table",
    "UnknownRuleSetError",
    "Value",
    "Word",
    "WrongCallError",
    "WrongTypeError",
    "__version__",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    rule_set: RuleSet | None
    """The rule set, unless it is refused."""
    diagnostics: tuple[Diagnostic, ...]
    """Errors and warnings, in the order of their places."""
