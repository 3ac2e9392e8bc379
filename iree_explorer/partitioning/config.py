"""What a program says about how it wants to be partitioned, by attributes on ops or the ops around them."""

from __future__ import annotations

from typing import Literal

from xdsl.dialects.builtin import DictionaryAttr, StringAttr
from xdsl.ir import Operation

from iree_explorer.dialects.stream.attributes import Favor, PartitioningConfigAttr

__all__ = ["FAVOR_ATTR", "PARTITIONERS_ATTR", "Favor", "Scope", "lookup_favor", "lookup_partitioner"]

Scope = Literal["execution", "concurrency"]
"""Which pass decides: execution puts ops into execution regions, concurrency puts a region's ops into waves."""

FAVOR_ATTR = "stream.partitioning"
PARTITIONERS_ATTR = "iree_explorer.partitioning"

DEFAULT_FAVOR = Favor.MIN_PEAK_MEMORY
"""IREE: Partitioning options, --iree-stream-partitioning-favor."""


def lookup_favor(op: Operation, default: Favor = DEFAULT_FAVOR) -> Favor:
    """What to favor for `op`: `stream.partitioning` of `op` or its nearest ancestor that has it, else `default`.

    # IREE: StreamTypes.cpp, PartitioningConfigAttr::lookup
    """
    current: Operation | None = op
    while current is not None:
        if isinstance(found := current.attributes.get(FAVOR_ATTR), PartitioningConfigAttr):
            return found.favor
        current = current.parent_op()
    return default


def lookup_partitioner(op: Operation, scope: Scope, default: str) -> tuple[str, Operation | None]:
    """Which algorithm partitions `op`'s blocks, and the op that asks for it (None where nobody does).

    The nearest `iree_explorer.partitioning = {execution = "…", concurrency = "…"}` that names one for `scope` decides.
    """
    current: Operation | None = op
    while current is not None:
        found = current.attributes.get(PARTITIONERS_ATTR)
        if isinstance(found, DictionaryAttr) and isinstance(name := found.data.get(scope), StringAttr):
            return name.data, current
        current = current.parent_op()
    return default, None
