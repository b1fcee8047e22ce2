"""Exact membership dues from written, dated and cited rules, with the clause and every step.

>>> from decimal import Decimal
>>> import rollbook
>>> rules = rollbook.RuleSet.builtin("cpc")
>>> answer = rules.dues({"stage": "full", "category": "waged", "base": Decimal("5400")}, period="2026-11")
>>> answer.amount, answer.cite[0].titles["en"]
(Decimal('81.00'), '中组发〔2008〕3号 arts 1-4')
"""

from __future__ import annotations

from ._native import Answer, DuesTable, RuleSet, __version__
from .enums import Attested, Format, Kind, Owner, Per, Severity, Status
from .errors import RollbookError, RuleSetError, UnknownRuleSetError, WrongCallError, WrongTypeError

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all of this package
if TYPE_CHECKING:
    from .records import (
        Bounds,
        Checked,
        Citation,
        Diagnostic,
        Fact,
        Field,
        Finding,
        Instalment,
        Issue,
        Line,
        Missing,
        NextBand,
        Part,
        Position,
        Related,
        Rest,
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
    "Instalment",
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
    "Rest",
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


if not TYPE_CHECKING:  # to a type checker, a name that does not exist is a mistake

    def __getattr__(name: str) -> object:
        """The parts of answers and the types for annotations, which are made when the first of them is asked for."""
        if name in __all__:
            from . import records, types

            return getattr(types if name in types.__all__ else records, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """All public names, those that are not made yet among them."""
    return sorted(__all__)
