"""Runs a partitioning algorithm before a witness. What is needed to tell of decisions is imported only then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.partitioning.partition import PartitionSet
from iree_explorer.partitioning.partitioner import Config, Partitioner, ask_partitioner
from iree_explorer.partitioning.trace.recording import Began, Ended, Opened, Placed, Recorder, Step, Witness, replay


def partition_before(
    witness: Witness, partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation
) -> PartitionSet:
    """The partitions of the block, with the steps that lead to them between `Began` and `Ended`."""
    began = _began(partitioner, facts, config, function, witness)
    told = Recorder(witness.ids)
    witness.record(began)
    partitions = ask_partitioner(partitioner, facts, config, _Tee(witness, told))
    _tell_the_rest(began, told, partitions, witness)
    witness.record(Ended(tuple(p.ordinal for p in partitions)))
    return partitions


@dataclass(slots=True)
class _Tee:
    """Passes all on, and keeps the steps that place ops."""

    witness: Witness
    kept: Recorder

    @property
    def ids(self):
        return self.witness.ids

    def record(self, step: Step) -> None:
        if not isinstance(cast("object", step), Step):
            raise TypeError(f"{step!r} is no step of a trace")
        self.witness.record(step)
        self.kept.record(step)

    def moment(self, name: str, op: Operation) -> None:
        self.witness.moment(name, op)


def _began(partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation, witness: Witness) -> Began:
    block = facts.block
    region = block.parent
    owner = block.parent_op()
    assert region is not None
    assert owner is not None
    symbol = function.get_attr_or_prop("sym_name")
    return Began(
        scope=partitioner.scope,
        function=witness.ids.of(function),
        name=getattr(symbol, "data", function.name),
        region=witness.ids.of(owner),
        region_number=owner.regions.index(region),
        block=next(i for i, b in enumerate(region.blocks) if b is block),
        partitioner=partitioner.name,
        favor=config.favor.value,
    )


def _tell_the_rest(began: Began, told: Recorder, partitions: PartitionSet, witness: Witness) -> None:
    """Records what an algorithm decided but did not tell, so that the trace alone rebuilds its partitions."""
    replayed = replay([began, *told.steps])[0].partitions
    for partition in partitions:
        number = partition.ordinal
        found = replayed.get(number)
        known = None if found is None else set(found)
        for op in map(witness.ids.of, partition.ops):
            if known is None:
                witness.record(Opened(op, number, "as told"))
                known = set[int]()
            if op not in known:
                witness.record(Placed(op, number, "as told"))
