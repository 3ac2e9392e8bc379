"""Values that are made by the ten thousand: steps of a trace, nodes and edges of a graph. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from typing_extensions import dataclass_transform

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[_Value]) -> type[_Value]:
    """`dataclass(frozen=True, slots=True)` for type checkers alone: they refuse an assignment, Python does not look.

    A frozen dataclass takes four times as long to make, as it sets each of its own fields around its own guard.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
