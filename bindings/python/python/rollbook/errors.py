"""What is raised: one family of exceptions, each with a code that never changes its meaning.

    RollbookError
    ├── RuleSetError         a rule set was refused           also a ValueError
    ├── UnknownRuleSetError  no rule set of this id ships     also a LookupError
    ├── WrongTypeError       a float, None, a datetime …      also a TypeError
    └── WrongCallError       an unknown charge, a wrong day … also a ValueError

What a member told is never in an exception: a fact that cannot be read is a finding of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all of this package
if TYPE_CHECKING:
    from typing import Any

    from .records import Diagnostic, Position

__all__ = ["RollbookError", "RuleSetError", "UnknownRuleSetError", "WrongCallError", "WrongTypeError"]


class RollbookError(Exception):
    """Why a call cannot be answered at all.

    ``code`` and ``params`` are the contract, the message is for people.
    """

    code: str
    """What kind of error it is, such as ``unknown_charge``; the same in every language."""
    message: str
    """What is wrong, for people."""
    params: Mapping[str, str]
    """What the message is filled with, by name."""
    position: Position | None
    """Where it is in the text, when a text was read."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with a rule set that is refused; empty for every other code."""

    def __init__(
        self,
        code: str,
        message: str,
        params: Mapping[str, str] | None = None,
        position: Position | None = None,
        diagnostics: tuple[Diagnostic, ...] = (),
    ) -> None:
        super().__init__(code, message, params, position, diagnostics)
        self.code = code
        self.message = message
        self.params = dict(params or {})
        self.position = position
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.code, self.message, self.params, self.position, self.diagnostics))


class RuleSetError(RollbookError, ValueError):
    """A rule set was refused.

    >>> import rollbook
    >>> try:
    ...     rollbook.RuleSet.parse("rollbook: 1\\nid: mine\\nedtion: 1\\n")
    ... except RuleSetError as refused:
    ...     last = refused.diagnostics[-1]
    ...     print(refused.code, last.code, last.position.line, last.help)
    refused_rule_set unknown_key 3 did you mean `edition`?
    """


class UnknownRuleSetError(RollbookError, LookupError):
    """No rule set of this id ships with the library."""


class WrongTypeError(RollbookError, TypeError):
    """A value is of a type that cannot carry it exactly, or of none; the message says what to pass.

    >>> import rollbook
    >>> rules = rollbook.RuleSet.builtin("cpc")
    >>> rules.dues({"stage": "full", "category": "waged", "base": 5400.0}, period="2026-11")
    Traceback (most recent call last):
    ...
    rollbook.errors.WrongTypeError: `base` is given as a float; pass decimal.Decimal, int or str
    """


class WrongCallError(RollbookError, ValueError):
    """The call itself is wrong: an unknown charge or setting, a period or day that cannot be read."""
