"""Changing one operand group of an op in place; xDSL itself can only replace single operands or all of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from xdsl.dialects.builtin import DenseArrayBase, i32
from xdsl.ir import SSAValue, SSAValues, Use
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation

_SEGMENTS = AttrSizedOperandSegments.attribute_name


def segment_sizes(op: IRDLOperation) -> tuple[int, ...]:
    """How many operands each group of `op` has, in order, where it says so; much faster than to ask for the groups."""
    sizes = op.properties.get(_SEGMENTS)
    return _unpacked(sizes) if isinstance(sizes, DenseArrayBase) else ()


@lru_cache(maxsize=4096)
def _unpacked(sizes: DenseArrayBase) -> tuple[int, ...]:
    return tuple(cast("Any", sizes).get_values())


def operand_groups(op: IRDLOperation) -> dict[str, tuple[int, int]]:
    """Field name of each operand group of `op`, in order → its first operand and how many it has."""
    groups: dict[str, tuple[int, int]] = {}
    start = 0
    for name, _ in op.get_irdl_definition().operands:
        group: Any = getattr(op, name)
        size = 0 if group is None else 1 if isinstance(group, SSAValue) else len(group)
        groups[name] = start, size
        start += size
    return groups


def assign_operands(op: IRDLOperation, name: str, values: Sequence[SSAValue]) -> None:
    """Makes `values` the operand group `name` of `op`, as MLIR's `MutableOperandRange::assign` does.

    The operands before the group keep their place in their values' use lists; those after it do so only where the
    group keeps its size.
    """
    groups = operand_groups(op)
    start, size = groups[name]
    if size == len(values):
        for index, value in enumerate(values, start):
            op.operands[index] = value
        return
    operands = tuple(op.operands)
    _replace_tail(op, start, (*values, *operands[start + size :]))
    if _SEGMENTS in op.properties:
        sizes = [len(values) if group == name else count for group, (_, count) in groups.items()]
        op.properties[_SEGMENTS] = DenseArrayBase.from_list(i32, sizes)


def _replace_tail(op: IRDLOperation, start: int, tail: Sequence[SSAValue]) -> None:
    """Replaces all operands from number `start` on. The one place that knows how xDSL stores operands."""
    internals = cast("Any", op)
    values: tuple[SSAValue, ...] = tuple(internals._operands)
    uses: tuple[Use, ...] = internals._operand_uses
    for value, use in zip(values[start:], uses[start:], strict=True):
        value.remove_use(use)
    new_uses = [Use(op, index) for index in range(start, start + len(tail))]
    for value, use in zip(tail, new_uses, strict=True):
        value.add_use(use)
    internals._operands = SSAValues((*values[:start], *tail))
    internals._operand_uses = (*uses[:start], *new_uses)
