"""How control and values flow between blocks and regions: MLIR's control-flow interfaces as mix-in classes.

Source of the questions and their meaning: MLIR ControlFlowInterfaces.td.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import cache

from typing_extensions import override
from xdsl.ir import Operation, Region, SSAValue
from xdsl.traits import IsTerminator
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.block_traits import HasOnlyGraphRegion
from iree_explorer.ir.operands import splice_operands
from iree_explorer.ir.storage import type_of


class ParallelCombiningOpInterface(Operation):
    """What an iteration of a parallel loop contributes to what all of them share. MLIR: ParallelCombiningOpInterface."""

    @property
    @abstractmethod
    def updated_destination(self) -> SSAValue:
        """What it contributes to."""


class BranchOpInterface(Operation):
    """A terminator that passes values to the arguments of its successor blocks. MLIR: BranchOpInterface."""

    @abstractmethod
    def successor_range(self, index: int) -> range:
        """The numbers of the operands that are passed to successor number `index`, one for each of its arguments."""

    def resize_successor(self, index: int, change: int) -> None:
        """To be told when `change` more operands are passed to successor number `index` than properties say."""

    def successor_operands(self, index: int) -> Sequence[SSAValue]:
        """What the arguments of successor number `index` become, one value per argument."""
        passed = self.successor_range(index)
        return self.operands[passed.start : passed.stop]

    def splice_successor_operands(self, index: int, at: int, removed: int, values: Sequence[SSAValue]) -> None:
        """Passes `values` to successor number `index` in the place of `removed` others, from its argument `at` on."""
        splice_operands(self, self.successor_range(index).start + at, removed, values)
        self.resize_successor(index, len(values) - removed)


class RegionRules(Operation):
    """An op with rules that are checked once all in its regions is right. MLIR: verifyRegions, verifyRegionTrait."""

    @abstractmethod
    def verify_regions(self) -> None:
        """Checks the op's regions.

        Raises:
            VerifyException: they break a rule.
        """


class RegionBranchOpInterface(RegionRules):
    """An op that runs its regions: where control goes and what it carries. `None` stands for the op itself."""

    @abstractmethod
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        """Where control can go from the end of `source` (`None`: from before the op): to regions or (`None`) behind the op."""

    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:  # noqa: ARG002  (a hook)
        """The op's operands that become the inputs of `target` when control comes from before the op."""
        return ()

    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        """The values defined by arriving at `target`: arguments of a region, or results of the op."""
        if target is None:
            return self.results
        block = target.blocks.first
        return () if block is None else block.args

    @override
    def verify_regions(self) -> None:
        """What is carried along each edge is of the types that arrive. MLIR: verifyTypesAlongControlFlowEdges."""
        for target in self.successor_regions(None):
            self._verify_edge("parent", target, self.entry_operands(target))
        for region in self.regions:
            for block in region.blocks:
                last = block.last_op
                if isinstance(last, RegionBranchTerminatorOpInterface):
                    for target in self.successor_regions(region):
                        self._verify_edge(f"Operation {last.name}", target, last.forwarded_operands())

    def _verify_edge(self, source: str, target: Region | None, operands: Sequence[SSAValue]) -> None:
        place = f"Operation {self.name}" if target is None else f"Region #{self.get_region_index(target)}"
        verify_edge(f"from {source} to {place}", operands, self.successor_inputs(target))


def verify_edge(name: str, operands: Sequence[SSAValue], inputs: Sequence[SSAValue]) -> None:
    """Checks that what is carried to a region or behind an op is of the types that arrive there."""
    edge = f"along control flow edge {name}"
    if len(inputs) != len(operands):
        counts = f"region branch point has {len(operands)} operands, but region successor needs {len(inputs)} inputs"
        raise VerifyException(f"{edge}: {counts}")
    for number, (given, arriving) in enumerate(zip(map(type_of, operands), map(type_of, inputs), strict=True)):
        if given is not arriving and given != arriving:
            types = f"'{given}' should match successor input type #{number} '{arriving}'"
            raise VerifyException(f"{edge}: successor operand type #{number} {types}")


class ClosureOpInterface(RegionBranchOpInterface):
    """An op that runs its region once, on what it captures: its first operands are the region's arguments.

    IREE: ClosureOpInterface, and RegionBranchOpInterface: each op of ours that has one has the other.
    """

    @property
    @abstractmethod
    def closure_operands(self) -> Sequence[SSAValue]:
        """The captured values, one per block argument."""

    @property
    @abstractmethod
    def closure_results(self) -> Sequence[SSAValue]:
        """The results that the region yields."""

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.regions if source is None else (None,)

    @override
    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:
        return self.closure_operands

    @override
    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        return self.closure_results if target is None else super().successor_inputs(target)


class RegionBranchTerminatorOpInterface(Operation):
    """A terminator of a region of a `RegionBranchOpInterface`."""

    def forwarded_operands(self) -> Sequence[SSAValue]:
        """The operands that become the inputs of where control goes next."""
        return self.operands


def has_graph_regions(op: Operation | None) -> bool:
    """Whether order does not matter in the op's regions. MLIR: mayBeGraphRegion."""
    return op is not None and _has_graph_regions(type(op))


@cache
def _has_graph_regions(cls: type[Operation]) -> bool:
    return cls.has_trait(HasOnlyGraphRegion, value_if_unregistered=True)


def region_terminator(region: Region) -> Operation | None:
    """The terminator of a region of one block; None: the region is empty or its block ends in none."""
    block = region.blocks.last
    last = None if block is None else block.last_op
    return last if last is not None and last.has_trait(IsTerminator) else None
