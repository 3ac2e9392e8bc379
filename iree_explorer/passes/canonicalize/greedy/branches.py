"""Branches between blocks: which operands they pass to the arguments of the blocks they go to.

# MLIR: ControlFlowInterfaces.td, BranchOpInterface
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from xdsl.dialects.builtin import DenseArrayBase, i32
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.operands import splice_operands

_SEGMENTS = "operandSegmentSizes"
_CASES = "case_operand_segments"


def branch_operands(op: Operation, successor: int) -> range | None:
    """The numbers of the operands that `op` passes to its successor number `successor`; None: it is no known branch."""
    if op.name == "cf.br":
        return range(len(op.operands))
    if op.name == "cf.cond_br":
        return _segment(_sizes(op, _SEGMENTS), successor + 1)
    if op.name == "cf.switch":
        flag, default, _ = _sizes(op, _SEGMENTS)
        return _segment((flag, default, *_sizes(op, _CASES)), successor + 1)
    return None


def erase_branch_operand(op: Operation, successor: int, argument: int) -> None:
    """`op` passes nothing more for argument number `argument` of its successor."""
    passed = branch_operands(op, successor)
    assert passed is not None
    splice_operands(op, passed[argument], 1, ())
    _resize(op, successor, -1)


def append_branch_operands(op: Operation, successor: int, values: Sequence[SSAValue]) -> None:
    """`op` passes `values` too, to new last arguments of its successor."""
    passed = branch_operands(op, successor)
    assert passed is not None
    splice_operands(op, passed.stop, 0, values)
    _resize(op, successor, len(values))


def _segment(sizes: Sequence[int], index: int) -> range:
    ends = list(accumulate(sizes))
    return range(ends[index] - sizes[index], ends[index])


def _sizes(op: Operation, name: str) -> tuple[int, ...]:
    sizes = op.properties[name]
    assert isinstance(sizes, DenseArrayBase)
    return tuple(int(size) for size in sizes.iter_values())


def _resize(op: Operation, successor: int, change: int) -> None:
    if op.name == "cf.cond_br":
        _add(op, _SEGMENTS, successor + 1, change)
    elif op.name == "cf.switch":
        _add(op, _SEGMENTS, 1 if successor == 0 else 2, change)
        if successor > 0:
            _add(op, _CASES, successor - 1, change)


def _add(op: Operation, name: str, index: int, change: int) -> None:
    sizes = list(_sizes(op, name))
    sizes[index] += change
    op.properties[name] = DenseArrayBase.from_list(i32, sizes)
