"""The compiler's own partitioners: what `iree-opt` does, to the letter. IREE: ReferencePartitioning.cpp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.partitioning.algorithms.concurrency_run import ConcurrencyRun
from iree_explorer.partitioning.algorithms.execution_run import ExecutionRun
from iree_explorer.partitioning.config import Favor, Scope
from iree_explorer.partitioning.partition import PartitionSet

if TYPE_CHECKING:
    from iree_explorer.partitioning.partitioner import Config
    from iree_explorer.partitioning.trace.recording import Witness


class ReferenceExecution:
    """Execution regions: each op where its first consumer is."""

    name = "reference"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:  # noqa: ARG002 (a protocol)
        """The partitions, first to run first. IREE's algorithm looks at no config."""
        run = ExecutionRun(facts)
        if witness is not None:
            from iree_explorer.partitioning.algorithms.execution_story import ExecutionStory

            run.watcher = ExecutionStory(run, witness)
        for op in reversed(range(len(facts.ops))):
            run.visit(op)
        return run.close()


class ReferenceConcurrency:
    """Waves: each op in one that is early enough for all that has a hazard with it; none at all favoring debugging."""

    name = "reference"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The waves, first to run first."""
        if config.favor is Favor.DEBUG:
            return PartitionSet()
        run = ConcurrencyRun(facts, latest=config.favor is Favor.MAX_CONCURRENCY)
        if witness is not None:
            from iree_explorer.partitioning.algorithms.concurrency_story import ConcurrencyStory

            run.watcher = ConcurrencyStory(run, witness)
        for op in reversed(range(len(facts.ops))):
            run.visit(op)
        return run.close()
