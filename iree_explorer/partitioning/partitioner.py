"""What a partitioning algorithm is, the table of all, and how one is run.

An algorithm is a small object. It is handed facts about one block, says which ops go together, and tells a witness why.
It never changes IR: the pass that asked verifies the answer before it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError
from iree_explorer.partitioning.config import Favor
from iree_explorer.partitioning.partition import PartitionSet
from iree_explorer.partitioning.steps import Scope
from iree_explorer.partitioning.trace import Began, Ended, Opened, Placed, Recorder, Witness, replay

__all__ = ["Config", "Partitioner", "find_partitioner", "partitioner_names", "register_partitioner", "run_partitioner"]


@dataclass(frozen=True, slots=True)
class Config:
    """How the program wants to be partitioned."""

    favor: Favor = Favor.MIN_PEAK_MEMORY


class Partitioner(Protocol):
    """A partitioning algorithm."""

    @property
    def name(self) -> str:
        """What attributes and options call it."""
        ...

    @property
    def scope(self) -> Scope:
        """`execution`: blocks of a function become execution regions; `concurrency`: an execution region, waves."""
        ...

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The partitions of the block, in an order in which they can run.

        Decisions may be told to `witness` (`Weighed`, `Opened`, `Placed`, `Cloned` …); those that lead to the result
        but were not told are added by the caller.
        """
        ...


_TABLE: dict[tuple[Scope, str], Partitioner] = {}
_SCOPES: tuple[Scope, ...] = ("execution", "concurrency")


def register_partitioner(partitioner: Partitioner) -> Partitioner:
    """Adds an algorithm to the table, in place of one of the same name and scope.

    Raises:
        InputError: the scope is unknown, or the name is taken by an algorithm of this package.
    """
    if partitioner.scope not in _SCOPES:
        raise InputError(f"a partitioner's scope is 'execution' or 'concurrency', not {partitioner.scope!r}")
    key = (partitioner.scope, partitioner.name)
    _load_own()
    if key in _TABLE and type(_TABLE[key]).__module__.startswith(__package__ or "iree_explorer"):
        raise InputError(f"the {partitioner.scope} partitioner {partitioner.name!r} is built in and cannot be replaced")
    _TABLE[key] = partitioner
    return partitioner


def find_partitioner(scope: Scope, name: str) -> Partitioner:
    """The algorithm of this name.

    Raises:
        InputError: there is none.
    """
    _load_own()
    try:
        return _TABLE[scope, name]
    except KeyError:
        names = ", ".join(partitioner_names(scope))
        raise InputError(f"no {scope} partitioner is called {name!r}; there are {names}") from None


def partitioner_names(scope: Scope) -> tuple[str, ...]:
    """The names of all algorithms of a scope, those of this package first."""
    _load_own()
    return tuple(name for known, name in _TABLE if known == scope)


def _load_own() -> None:
    if _TABLE:
        return
    from iree_explorer.partitioning.balanced_concurrency import BalancedConcurrency
    from iree_explorer.partitioning.fewest_handovers import FewestHandovers
    from iree_explorer.partitioning.reference_concurrency import ReferenceConcurrency
    from iree_explorer.partitioning.reference_execution import ReferenceExecution
    from iree_explorer.partitioning.serial import SerialConcurrency, SerialExecution

    own: tuple[Partitioner, ...] = (
        ReferenceExecution(),
        ReferenceConcurrency(),
        SerialExecution(),
        SerialConcurrency(),
        FewestHandovers(),
        BalancedConcurrency(),
    )
    _TABLE.update({(p.scope, p.name): p for p in own})


def run_partitioner(
    partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation, witness: Witness | None
) -> PartitionSet:
    """Partitions a block, between `Began` and `Ended`."""
    if witness is None:
        return partitioner.partition(facts, config, None)
    began = _began(partitioner, facts, config, function, witness)
    told = Recorder(witness.ids)
    witness.record(began)
    partitions = partitioner.partition(facts, config, _Tee(witness, told))
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

    def record(self, step: object) -> None:
        self.witness.record(step)  # pyright: ignore[reportArgumentType]
        self.kept.record(step)  # pyright: ignore[reportArgumentType]

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
