"""The types of what goes in, for annotations.

>>> import rollbook
>>> member: rollbook.Facts = {"stage": "full", "category": "waged", "base": 5400}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import TypeAlias, Union

__all__ = ["Facts", "Scalar", "Value"]

Scalar: TypeAlias = Union[str, int, bool, Decimal, date]
"""One value."""

Value: TypeAlias = Union[Scalar, Set[str], Sequence[Union[str, Mapping[str, Scalar]]]]
"""One value, several words, or records: of a list, or of a value that changed (``from`` and ``value``)."""

Facts: TypeAlias = Mapping[str, Value]
"""What is known of one member or organisation, by name."""
