"""A partitioner of execution regions of our own: as rarely as possible does work change hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.partitioning.algorithms.fewest_run import FewestRun
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import PartitionSet

if TYPE_CHECKING:
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace.recording import Witness


class FewestHandovers:
    """As few execution regions as hand-overs between places, and to and from the host, allow."""

    name = "fewest-handovers"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:  # noqa: ARG002 (a protocol)
        """The partitions, first to run first; their ordinals are in that order, too."""
        run = FewestRun(facts)
        for op in facts.ops:
            run.visit(op)
        run.merge()
        found = run.close()
        if witness is not None:
            from iree_explorer.partitioning.algorithms.fewest_story import tell

            tell(run, witness)
        return found
