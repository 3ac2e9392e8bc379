"""A partitioner of waves of our own: as few as the hazards allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.partitioning.algorithms.balanced_run import BalancedRun
from iree_explorer.partitioning.config import Favor, Scope
from iree_explorer.partitioning.partition import PartitionSet

if TYPE_CHECKING:
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace.recording import Witness


class BalancedConcurrency:
    """The fewest waves; little memory or equal width with what freedom is left; none at all favoring debugging."""

    name = "balanced"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The waves, first to run first; their ordinals are in that order, too."""
        if config.favor is Favor.DEBUG:
            return PartitionSet()
        run = BalancedRun(facts, evenly=config.favor is Favor.MAX_CONCURRENCY)
        if witness is not None:
            from iree_explorer.partitioning.algorithms.balanced_story import BalancedStory

            run.watcher = BalancedStory(run, witness)
        run.fill_all()
        return run.close()
