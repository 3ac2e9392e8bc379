"""What a partitioner is told about a block: its ops in order, who uses what, also from nested regions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue
from xdsl.traits import ConstantLike

from iree_explorer.analysis.hazards import HazardAnalysis
from iree_explorer.dialects.interfaces import (
    AffinityOpInterface,
    GlobalStoreOpInterface,
    StreamableOpInterface,
    would_be_trivially_dead,
)

if TYPE_CHECKING:
    from iree_explorer.analysis.precedence import Precedence

__all__ = ["BlockFacts", "affinity_of", "consumed_values", "is_constant", "users_of"]


class BlockFacts:
    """Facts about one block, computed when asked for. The block must not change while they are in use.

    Attributes:
        block: the block.
        ops: its ops, in order, the terminator included.
        index: place of each op in `ops`.
        hazards: which ops of the block conflict, by the bytes they touch.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.ops = tuple(block.ops)
        self.index: dict[Operation, int] = {op: i for i, op in enumerate(self.ops)}
        self.hazards = HazardAnalysis()

    @cached_property
    def precedence(self) -> Precedence:
        """Which ops of the block must run before which others, by the bytes they touch."""
        from iree_explorer.analysis.precedence import Precedence

        return Precedence(self)

    def ancestor_of(self, op: Operation) -> Operation | None:
        """The op of this block that is or contains `op`; None: it is elsewhere."""
        current: Operation | None = op
        while current is not None and current.parent is not self.block:
            current = current.parent_op()
        return current

    def is_side_effecting_host_op(self, op: Operation) -> bool:
        """Whether nothing may be moved across `op`."""
        return not isinstance(op, StreamableOpInterface | GlobalStoreOpInterface) and not would_be_trivially_dead(op)

    @cached_property
    def nested_consumers(self) -> dict[SSAValue, list[Operation]]:
        """Value defined in this block → region ops of it, none streamable, that use the value, in block order.

        # IREE: ReferencePartitioning.cpp, partitionStreamableOpsReference, `nestedConsumers`
        """
        consumers: dict[SSAValue, list[Operation]] = {}
        for op in self.ops:
            if not op.regions or isinstance(op, StreamableOpInterface):
                continue
            for value in consumed_values(op):
                if isinstance(value, OpResult) and value.op.parent is self.block:
                    consumers.setdefault(value, []).append(op)
        return consumers


def users_of(op: Operation) -> Iterator[Operation]:
    """The users of all results, newest use first, one entry a use. MLIR: Operation::getUsers."""
    for result in op.results:
        for use in result.uses:
            yield use.operation


def is_constant(op: Operation) -> bool:
    """Whether the op is a constant to MLIR (`ConstantLike`): free to use anywhere."""
    return _is_constant_class(type(op))


@cache
def _is_constant_class(cls: type[Operation]) -> bool:
    return not issubclass(cls, UnregisteredOp) and cls.has_trait(ConstantLike)


def affinity_of(op: Operation) -> Attribute | None:
    """Where the op asks to run; None: it does not say, or cannot."""
    return op.affinity_attr if isinstance(op, AffinityOpInterface) else None


def consumed_values(op: Operation) -> dict[SSAValue, None]:
    """Every value that the op or any op nested in it uses; an ordered set.

    # IREE: Partitioning.cpp, collectConsumedValues
    """
    values: dict[SSAValue, None] = {}
    for nested in op.walk():
        for operand in nested.operands:
            values[operand] = None
    return values
