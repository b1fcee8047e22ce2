"""The types of what goes in, for annotations.

>>> import rollbook
>>> member: rollbook.Facts = {"stage": "full", "category": "waged", "base": 5400}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, Union

__all__ = ["ArrowArray", "ArrowStream", "Facts", "Scalar", "Table", "Value"]

Scalar: TypeAlias = Union[str, int, bool, Decimal, date]
"""One value."""

Value: TypeAlias = Union[Scalar, Set[str], Sequence[Union[str, Mapping[str, Scalar]]]]
"""One value, several words, or records: of a list, or of a value that changed (``from`` and ``value``)."""

Facts: TypeAlias = Mapping[str, Value]
"""What is known of one member or organisation, by name."""


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface, in pieces: of polars, pandas, pyarrow, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class ArrowArray(Protocol):
    """A table with the Arrow PyCapsule interface, in one piece: a record batch."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


Table: TypeAlias = Union[ArrowStream, ArrowArray, Mapping[str, Union[Collection[Any], ArrowStream, ArrowArray]]]
"""A table: anything with the Arrow PyCapsule interface, or columns by their headings."""
