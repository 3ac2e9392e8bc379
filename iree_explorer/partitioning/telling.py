"""What a witness is told of one block, whatever its algorithm tells. Imported only where there is a witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import PartitionSet
from iree_explorer.partitioning.partitioner import Config, Partitioner
from iree_explorer.partitioning.trace.numbering import Numbering
from iree_explorer.partitioning.trace.recording import OpIds, Witness, replay
from iree_explorer.partitioning.trace.steps import Began, Ended, Opened, Placed, Step
from iree_explorer.partitioning.trace.well_formed import why_malformed


class Telling(Witness):
    """Stands between an algorithm and a witness.

    It keeps what the algorithm tells of a block, and passes it on once the block is divided: with what the algorithm left
    out, and with partitions numbered as they run.
    """

    def __init__(self, witness: Witness, *, checks: bool = True) -> None:
        self._witness = witness
        self._checks = checks
        self._told: list[Step] = []

    @property
    @override
    def ids(self) -> OpIds:
        return self._witness.ids

    @override
    def record(self, step: Step) -> None:
        if self._checks and (wrong := why_malformed(step)):
            raise TypeError(wrong)
        self._told.append(step)

    @override
    def moment(self, name: str, op: Operation) -> None:
        self._witness.moment(name, op)

    def begin(self, partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation) -> None:
        """Tells what is about to be partitioned."""
        self._told.append(_began(partitioner, facts, config, function, self.ids))

    def end(self, partitions: PartitionSet) -> None:
        """Tells the witness what was told, and what was decided but not told: the trace alone rebuilds the partitions.

        Raises:
            InputError: what was told is not what was decided.
        """
        replayed = replay(self._told)[0].partitions
        if self._checks:
            self._require_true(replayed, partitions)
        for partition in partitions:
            number = partition.ordinal
            ops = self.ids.all_of(partition.ops)
            if number not in replayed:
                self._told += [Opened(op, number, "as told") for op in ops[:1]]
            known = set(replayed.get(number, ()))
            self._told += [Placed(op, number, "as told") for op in ops if op not in known]
        numbering = Numbering([partition.ordinal for partition in partitions])
        for step in numbering.steps(self._told):
            self._witness.record(step)
        self._witness.record(Ended(len(partitions)))

    def _require_true(self, told: Mapping[int, Sequence[int]], partitions: PartitionSet) -> None:
        members = {partition.ordinal: set(map(self.ids.of, partition.ops)) for partition in partitions}
        for number, ops in told.items():
            lie = next((op for op in ops if op not in members.get(number, ())), None)
            if lie is not None:
                raise InputError(
                    f"the witness was told that op {lie} joins partition {number}, where the answer has it not"
                )


def _began(partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation, ids: OpIds) -> Began:
    block = facts.block
    region = block.parent
    owner = block.parent_op()
    assert region is not None
    assert owner is not None
    symbol = function.get_attr_or_prop("sym_name")
    return Began(
        scope=cast("Scope", partitioner.scope),  # as `register_partitioner` has seen to
        function=ids.of(function),
        name=getattr(symbol, "data", function.name),
        region=ids.of(owner),
        region_number=owner.regions.index(region),
        block=ids.block(block),
        partitioner=partitioner.name,
        favor=config.favor.value,
    )
