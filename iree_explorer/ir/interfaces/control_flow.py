"""How control and values flow between blocks and regions: MLIR's control-flow interfaces as mix-in classes.

Source of the questions and their meaning: MLIR ControlFlowInterfaces.td.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import ModuleOp, UnregisteredOp
from xdsl.ir import Operation, Region, SSAValue
from xdsl.traits import IsTerminator

from iree_explorer.ir.operands import splice_operands
from iree_explorer.ir.storage import implements


class BranchOpInterface(Operation):
    """A terminator that passes values to the arguments of its successor blocks. MLIR: BranchOpInterface."""

    def successor_range(self, index: int) -> range:
        """The numbers of the operands that are passed to successor number `index`, one for each of its arguments."""
        raise NotImplementedError

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


class RegionBranchOpInterface(Operation):
    """An op that runs its regions: where control goes and what it carries. `None` stands for the op itself."""

    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        """Where control can go from the end of `source` (`None`: from before the op): to regions or (`None`) behind the op."""
        raise NotImplementedError

    def entry_operands(self, target: Region | None) -> Sequence[SSAValue]:  # noqa: ARG002  (a hook)
        """The op's operands that become the inputs of `target` when control comes from before the op."""
        return ()

    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        """The values defined by arriving at `target`: arguments of a region, or results of the op."""
        if target is None:
            return self.results
        block = target.blocks.first
        return () if block is None else block.args


class RegionBranchTerminatorOpInterface(Operation):
    """A terminator of a region of a `RegionBranchOpInterface`."""

    def forwarded_operands(self) -> Sequence[SSAValue]:
        """The operands that become the inputs of where control goes next."""
        return self.operands


def has_graph_regions(op: Operation | None) -> bool:
    """Whether order does not matter in the op's regions. MLIR: mayBeGraphRegion."""
    return op is not None and (type(op) is ModuleOp or implements(op, UnregisteredOp))


def region_terminator(region: Region) -> Operation | None:
    """The terminator of a region of one block; None: the region is empty or its block ends in none."""
    block = region.blocks.last
    last = None if block is None else block.last_op
    return last if last is not None and last.has_trait(IsTerminator) else None
