"""The parts of an answer and of a rule set: frozen records that compare by value and can be pickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .enums import Attested, Kind, Owner, Per, Severity, Status

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all of this package
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Literal

    from ._native import RuleSet

__all__ = [
    "Bounds",
    "Checked",
    "Citation",
    "Diagnostic",
    "Fact",
    "Field",
    "Finding",
    "Instalment",
    "Issue",
    "Line",
    "Missing",
    "NextBand",
    "Part",
    "Position",
    "Related",
    "Rest",
    "RuleSetName",
    "Step",
    "Word",
]


@dataclass(frozen=True, slots=True)
class RuleSetName:
    """Which rules answered."""

    id: str
    """The short name."""
    edition: int
    """The edition; it counts up."""
    hash: str
    """The SHA-256 of the canonical document without its cases, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and greatest amount of an answer that is still open."""

    at_least: Decimal
    at_most: Decimal


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of a source."""

    source: str
    """The short name of the source in the rule set."""
    clause: str | None
    """The clause as it is written in the rule set (``art. 6``); None cites the whole instrument."""
    titles: Mapping[str, str] = field(hash=False)
    """Source and clause as a reader writes them, by language."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that still matters and is not known."""

    name: str
    """The fact, or the term that can be given."""
    on: date | None
    """The day for which it is wanted, when the history that was given begins later."""
    messages: Mapping[str, str] = field(hash=False, repr=False)
    """A sentence that says so, by language."""


@dataclass(frozen=True, slots=True)
class NextBand:
    """Where the next band of a tariff begins, and what it would cost."""

    from_: Decimal | Fraction
    """The edge."""
    included: bool
    """Whether the edge itself already belongs to the next band."""
    amount: Decimal
    """The amount there; just above the edge, if it does not belong."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The instalment that takes what rounding leaves."""

    last: bool
    """Whether it is the last one; otherwise the first."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Instalment:
    """A way in which an amount is paid in instalments."""

    way: str
    """The name of the way."""
    amount: Decimal
    """One instalment."""
    count: int | None
    """How many there are; None, where the rules say what one is and not how many."""
    rest: Rest | None
    """The one that takes what rounding leaves, where that makes it differ from the others."""
    version: date | Literal["not_seen"] | None
    """The first day of the version of the way."""
    cite: tuple[Citation, ...]
    """The clauses that the way rests on."""
    attested: Attested
    """How well the version of the way is attested."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a charge that goes through a list."""

    record: int
    """The number of the record, counted from 0."""
    day: date
    status: Status
    amount: Decimal | None
    """The rounded amount."""
    exact: Decimal | Fraction | None
    """The amount before rounding."""
    rule: str
    goes_to: str | None
    """Who gets it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a longer period."""

    period: str
    status: Status
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer has to say beside its amount. Code and params are the contract, messages are renderings.

    The repr names the code and the places, never a value that somebody told.
    """

    code: str
    severity: Severity
    path: str
    """The rule that it concerns, as a dotted place in the rule set; or empty."""
    pointer: str
    """The fact that it concerns, as a JSON pointer such as ``/base``; or empty."""
    params: Mapping[str, str] = field(hash=False, repr=False)
    cite: tuple[Citation, ...]
    messages: Mapping[str, str] = field(hash=False, repr=False)
    """The message, by language."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of an evaluation: what it read and what it gave."""

    step: str
    """What was done: ``fact``, ``band``, ``rated``, ``limit``, ``rounded`` and so on."""
    fields: Mapping[str, str | int | bool | Decimal | Fraction | date] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Issue:
    """What a form shows at a field, in one language."""

    code: str
    """The code of the finding, or ``missing`` for a fact that is needed and was not given."""
    severity: Severity
    path: tuple[str | int, ...]
    """The place of the fact: its name, and for a field of a record the record's number, from 0, and the field."""
    pointer: str
    """The same place as a JSON pointer: ``/base``, ``/payments/0/paid``."""
    rule: str
    """The rule that it concerns, as a dotted place in the rule set; or empty."""
    params: Mapping[str, str] = field(hash=False, repr=False)
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a fault."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of a rule set: where it is, what it is, and what would be right."""

    code: str
    severity: Severity
    path: str
    """The dotted place in the document, such as ``charges.dues.tariff.waged[0]``; or empty."""
    position: Position
    message: str
    help: str | None
    related: tuple[Related, ...]
    example: str | None
    """The smallest case that shows the fault."""
    shown: str = field(repr=False)
    """Message, place and the lines of the document as a compiler shows them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a ``one_of`` or ``set_of``."""

    name: str
    """Its name, as it is given."""
    titles: Mapping[str, str] = field(hash=False)
    """What people call it, by language."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the records of a list."""

    name: str
    titles: Mapping[str, str] = field(hash=False)
    kind: Kind
    words: tuple[Word, ...]
    at_least: Decimal | Fraction | None
    at_most: Decimal | Fraction | None
    currency: str | None
    per: Per | None
    decimals: int | None
    """The most decimals that a value can have; None where any number of them is read."""
    unless_given: str | None
    """What holds for a record without it, as a value is written."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a rule set reads: what a form or a roster must hold."""

    name: str
    """Its name, under which its value is given."""
    titles: Mapping[str, str] = field(hash=False)
    """What people call it, by language: the label of a field, the heading of a column."""
    means: Mapping[str, str] = field(hash=False)
    """What it means, in a sentence, by language; empty where the rule set does not say."""
    owner: Owner
    kind: Kind
    words: tuple[Word, ...]
    at_least: Decimal | Fraction | None
    at_most: Decimal | Fraction | None
    currency: str | None
    """The currency of money, by its three letters."""
    per: Per | None
    """The length of time that money is for."""
    decimals: int | None
    """The most decimals that a value can have; None where any number of them is read."""
    unless_given: str | None
    """What holds when it is not given, as a value is written; None where it is then unknown."""
    derived: bool
    """Whether it stands in for a value that the rules can also work out from other facts."""
    read_by: tuple[str, ...]
    """The charges that can read it."""
    fields: tuple[Field, ...]
    """The fields of the records of a list."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    rule_set: RuleSet | None
    """The rule set, unless it is refused."""
    diagnostics: tuple[Diagnostic, ...]
    """Errors and warnings, in the order of their places."""
