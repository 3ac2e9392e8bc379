"""What both scheduling passes share: their options, and how they ask for the partitions of a block."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override
from xdsl.ir import Operation, Region

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError, PassError
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.partitioning.config import (
    DEFAULT_FAVOR,
    DEFAULT_PARTITIONER,
    Scope,
    favor_named,
    lookup_favor,
    lookup_partitioner,
)
from iree_explorer.partitioning.partition import (
    PartitionSet,
    Violation,
    broken_exchange,
    broken_rule,
    broken_structure,
)
from iree_explorer.partitioning.partitioner import Config, Partitioner, find_partitioner, is_built_in
from iree_explorer.partitioning.run import run_partitioner
from iree_explorer.passes.operation_pass import OperationPass, PassRun

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


@dataclass(frozen=True, slots=True)
class PartitionRun:
    """One pass on one function, or on one execution region of it.

    Attributes:
        op: where attributes are looked up, and what errors are reported at.
        function: the function.
        partitioner: the algorithm.
        config: what it is told.
        pass_run: module and witness.
    """

    op: Operation
    function: Operation
    partitioner: Partitioner
    config: Config
    pass_run: PassRun

    @property
    def is_reference(self) -> bool:
        """Whether all has to be as the compiler does it, its errors included."""
        return self.partitioner.name == DEFAULT_PARTITIONER

    @property
    def witness(self) -> Witness | None:
        """Who is told of the decisions."""
        return self.pass_run.witness

    def partition(self, facts: BlockFacts) -> PartitionSet:
        """The partitions of a block, verified.

        Raises:
            PassError: they break a rule.
        """
        partitions = run_partitioner(self.partitioner, facts, self.config, self.function, self.witness)
        found = broken_rule(partitions)
        waves = self.partitioner.scope == "concurrency"
        if found is None and not self.is_reference:
            found = broken_structure(partitions, facts, waves)
        if found is None and not is_built_in(self.partitioner):
            found = broken_exchange(partitions, facts, waves)
        if found is not None:
            raise self.refusal(found)
        return partitions

    def refusal(self, found: Violation) -> PassError:
        """The error that ends the pass, told to the witness first."""
        own = "" if self.is_reference else f" (partitioner {self.partitioner.name!r})"
        op, witness, brief = found.op, self.witness, found.message + own
        if witness is not None:
            from iree_explorer.partitioning.trace.steps import Refused

            witness.record(Refused(found.rule, brief, found.partition, -1 if op is None else witness.ids.of(op)))
        place = self.pass_run.location_of(op if found.at_op and op is not None else self.op)
        notes = () if found.after is None else (("it must run after this op", self.pass_run.location_of(found.after)),)
        return PassError(found.message_in_full + own, place, notes, brief)


@dataclass(frozen=True)
class SchedulingPass(OperationPass):
    """A pass that divides blocks into partitions, and makes region ops of these.

    Attributes:
        scope: what it divides.
        partitioner: the algorithm where no attribute names one.
        favor: what to favor where no attribute says.
    """

    interface = FunctionOpInterface
    scope: ClassVar[Scope]

    partitioner: str = DEFAULT_PARTITIONER
    favor: str = DEFAULT_FAVOR.value

    @override
    def apply(self, op: Operation, run: PassRun) -> None:
        if op.regions and op.regions[0].blocks:
            self.schedule(op, op.regions[0], run)

    @abstractmethod
    def schedule(self, function: Operation, body: Region, run: PassRun) -> None:
        """Schedules a function with a body.

        Raises:
            PassError: it cannot be scheduled.
        """

    def partition_run(self, op: Operation, function: Operation, run: PassRun) -> PartitionRun:
        """What attributes of `op`, in `function` or the same, and of the ops around it ask for; the pass's options where they don't.

        Raises:
            PassError: an attribute names an algorithm that does not exist.
            InputError: an option does.
        """
        name, asker = lookup_partitioner(op, self.scope, self.partitioner)
        try:
            found = find_partitioner(self.scope, name)
        except InputError as error:
            if asker is None:
                raise
            raise PassError(error.message, run.location_of(asker)) from None
        return PartitionRun(op, function, found, Config(lookup_favor(op, favor_named(self.favor))), run)
