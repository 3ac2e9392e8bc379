"""The simplest partitioners, for debugging: one op an execution region, and no waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.ir.interfaces import is_streamable
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.groups import partitions_of
from iree_explorer.partitioning.partition import PartitionSet

if TYPE_CHECKING:
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace.recording import Witness


class SerialExecution:
    """Every streamable op is a partition of its own, in the order of the block."""

    name = "serial"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:  # noqa: ARG002 (a protocol)
        """One partition an op. There is nothing to tell the witness: of each op it hears where it is anyway."""
        return partitions_of(facts, ([op] for op in facts.ops if is_streamable(op)))


class SerialConcurrency:
    """No waves: the ops of a region run one after the other."""

    name = "serial"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:  # noqa: ARG002 (a protocol)
        """No partition."""
        return PartitionSet()
