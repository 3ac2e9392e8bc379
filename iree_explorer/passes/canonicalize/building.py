"""Small things that rules of all dialects make: fresh ops of common kinds, properties, places for new ops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import IndexType, IntegerAttr
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.values import InsertionPoint, is_usable_at
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import bool_attr
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter

if TYPE_CHECKING:
    from iree_explorer.dialects.arith.comparisons import SelectOp


def before(op: Operation) -> InsertionPoint:
    """The place right before `op`."""
    assert op.parent is not None
    return InsertionPoint(op.parent, op, BlockOrders())


def affinity_of(op: Operation) -> dict[str, Attribute]:
    """The properties that give another op the place of `op`."""
    affinity = op.properties.get("affinity")
    return {} if affinity is None else {"affinity": affinity}


def index_constant(value: int) -> ConstantOp:
    """A fresh `arith.constant` of type `index`."""
    return ConstantOp(IntegerAttr(value, IndexType()))


def bool_constant(value: bool) -> ConstantOp:
    """A fresh `arith.constant` that is `true` or `false`."""
    return ConstantOp(bool_attr(value))


def select(condition: SSAValue, true_value: SSAValue, false_value: SSAValue) -> SelectOp:
    """A fresh `arith.select`."""
    from iree_explorer.dialects.arith.comparisons import SelectOp

    return SelectOp.create(operands=[condition, true_value, false_value], result_types=[true_value.type])


def try_move_before(value: SSAValue, op: Operation, rewriter: Rewriter) -> bool:
    """Makes `value` usable at `op` by moving what makes it; False: it can't be. # IREE: tryMoveProducerBefore.

    Where it can't be, what was moved until that shows stays where it is now.
    """
    moving: dict[Operation, Iterator[SSAValue]] = {}  # each makes an operand of the one before it
    current: SSAValue | None = value
    while current is not None:
        producer = definition(current)
        if producer is op or producer in moving:
            return False
        if producer is not None and producer.parent is not op.parent:
            if not is_usable_at(current, before(op)):
                return False
        elif producer is not None and not rewriter.order.is_before(producer, op):
            moving[producer] = iter(producer.operands)
        current = _next_operand(moving, op, rewriter)
    return True


def _next_operand(moving: dict[Operation, Iterator[SSAValue]], op: Operation, rewriter: Rewriter) -> SSAValue | None:
    """What is to be made usable next. Ops of which all operands are, are moved before `op`; None: all ops are."""
    while moving:
        producer, operands = next(reversed(moving.items()))
        following = next(operands, None)
        if following is not None:
            return following
        del moving[producer]
        rewriter.move_before(producer, op)
    return None
