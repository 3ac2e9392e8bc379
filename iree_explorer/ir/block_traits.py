"""Traits of what an op's regions are, and in which ops it may stand. MLIR: OpDefinition.h; Operation.cpp."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override
from xdsl import traits
from xdsl.ir import Operation
from xdsl.traits import NoTerminator, OpTrait
from xdsl.utils.exceptions import VerifyException


class SingleBlock(OpTrait):
    """Each region has one block, or none; the block is not empty where it needs a terminator."""

    @override
    def verify(self, op: Operation) -> None:
        for number, region in enumerate(op.regions):
            entry = region.first_block
            if entry is None:
                continue
            if entry.next_block is not None:
                raise VerifyException(f"expects region #{number} to have 0 or 1 blocks")
            if entry.last_op is None and not op.has_trait(NoTerminator):
                raise VerifyException("expects a non-empty block")


class SingleBlockImplicitTerminator(traits.SingleBlockImplicitTerminator):
    """As xDSL's; what blocks end in is checked by `verify_terminators`, once all in the regions is right."""

    @override
    def verify(self, op: Operation) -> None:
        SingleBlock().verify(op)

    def verify_terminators(self, op: Operation) -> None:
        """Refuses a block that ends in another op. MLIR: OpDefinition.h, SingleBlockImplicitTerminator::verifyRegionTrait."""
        for region in op.regions:
            last = region.first_block and region.first_block.last_op
            if last is not None and not isinstance(last, self.op_type):
                raise VerifyException(f"expects regions to end with '{self.op_type.name}', found '{last.name}'")


class NoRegionArguments(OpTrait):
    """The regions' entry blocks have no arguments."""

    @override
    def verify(self, op: Operation) -> None:
        for number, region in enumerate(op.regions):
            if region.first_block is not None and region.first_block.args:
                which = f"region #{number}" if len(op.regions) > 1 else "region"
                raise VerifyException(f"{which} should have no arguments")


class HasOnlyGraphRegion(OpTrait):
    """The order of the ops in the regions does not matter. MLIR: RegionKindInterface.h."""


class AffineScope(OpTrait):
    """All values at the top level of the regions are symbols of affine maps."""


@dataclass(frozen=True)
class ParentOneOf(OpTrait):
    """The op stands in an op of one of these names; as xDSL's `HasParent`, which takes classes."""

    names: tuple[str, ...]

    @override
    def verify(self, op: Operation) -> None:
        parent = op.parent_op()
        if parent is not None and parent.name not in self.names:
            which = "" if len(self.names) == 1 else "to be one of "
            raise VerifyException(f"expects parent op {which}'{', '.join(self.names)}'")
