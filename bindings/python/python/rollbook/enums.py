"""Words that an answer uses, as enums whose members are also plain text: ``Status.CHARGED == "charged"``."""

from __future__ import annotations

from enum import Enum

__all__ = ["Attested", "Format", "Kind", "Owner", "Per", "Severity", "Status"]


class _Word(str, Enum):
    """A text that is one of a few; it is printed as it is written."""

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)


class Status(_Word):
    """What an answer amounts to.

    >>> Status("charged") is Status.CHARGED
    True
    >>> f"{Status.NEEDS_FACTS}"
    'needs_facts'
    >>> Status.EXEMPT.is_settled, Status.NO_RULE.is_settled
    (True, False)
    """

    CHARGED = "charged"
    """An amount is owed."""
    EXEMPT = "exempt"
    """The rules exempt."""
    NOT_DUE = "not_due"
    """Nothing is owed in this period."""
    NEEDS_FACTS = "needs_facts"
    """Facts are missing that still matter."""
    NO_RULE = "no_rule"
    """The rules say nothing, or two things."""
    REJECTED = "rejected"
    """Something told is not acceptable; the findings say what."""

    @property
    def is_settled(self) -> bool:
        """Whether a total can go on: charged has an amount, exempt and not due count as 0."""
        return self in (Status.CHARGED, Status.EXEMPT, Status.NOT_DUE)


class Severity(_Word):
    """How grave a finding or a diagnostic is."""

    NOTE = "note"
    """Worth knowing."""
    WARNING = "warning"
    """Worth looking at."""
    ERROR = "error"
    """There is no amount, or no rule set, because of it."""


class Attested(_Word):
    """How well the text of a rule is known, the best first."""

    OFFICIAL = "official"
    """Compared with the issuer's text."""
    TRANSCRIBED = "transcribed"
    """Copied from a copy of the text."""
    SECONDARY = "secondary"
    """Known from what others say about it."""
    UNCONFIRMED = "unconfirmed"
    """Not confirmed by anybody."""
    CHOSEN = "chosen"
    """The text is silent, and the authors of the rule set decided."""


class Per(_Word):
    """A length of time that an amount is for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Owner(_Word):
    """Whom a fact or a charge belongs to."""

    MEMBER = "member"
    ORGANISATION = "organisation"


class Kind(_Word):
    """The kind of a fact, which says how its value is read."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SET_OF = "set_of"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    DAYS = "days"
    MONTHS = "months"
    TEXT = "text"
    MEMBER = "member"
    ORGANISATION = "organisation"
    LIST = "list"
    ROUNDING = "rounding"


class Format(_Word):
    """The form of an explanation."""

    TEXT = "text"
    """Lines to read."""
    MARKDOWN = "markdown"
    """Markdown, for a document or a notebook."""
    JSON = "json"
    """JSON, for a program."""
