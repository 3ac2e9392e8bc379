"""Which ops run together, and why. Nothing here changes IR.

What an algorithm of one's own needs: it gets `BlockFacts` and returns a `PartitionSet`, most easily what `partitions_of`
makes of groups of ops; `register_partitioner` makes it known.
"""

from typing import TYPE_CHECKING

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import affinity_of
from iree_explorer.ir.interfaces import is_streamable
from iree_explorer.partitioning.groups import partitions_of
from iree_explorer.partitioning.partition import Partition, PartitionSet, close_partition
from iree_explorer.partitioning.partitioner import (
    Config,
    Partitioner,
    find_partitioner,
    partitioner_names,
    register_partitioner,
)

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness as Witness

__all__ = [
    "BlockFacts",
    "Config",
    "Partition",
    "PartitionSet",
    "Partitioner",
    "Witness",
    "affinity_of",
    "close_partition",
    "find_partitioner",
    "is_streamable",
    "partitioner_names",
    "partitions_of",
    "register_partitioner",
]


def __getattr__(name: str) -> object:
    """`Witness`, imported when first asked for: whoever records no trace needs none of it."""
    if name != "Witness":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from iree_explorer.partitioning.trace.recording import Witness

    return Witness
