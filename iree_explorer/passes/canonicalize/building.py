"""Small things that rules of all dialects make: fresh ops of common kinds, properties, places for new ops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.builtin import IndexType, IntegerAttr
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.analysis.values import InsertionPoint
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.passes.canonicalize.facts.integers import bool_attr

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
