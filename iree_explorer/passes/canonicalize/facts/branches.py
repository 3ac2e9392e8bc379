"""Where control can go in `scf` ops, given constant operands. # MLIR: SCF.cpp, getSuccessorRegions, getEntrySuccessorRegions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xdsl.ir import Operation, Region, SSAValue

from iree_explorer.dialects.arith.flags import IntegerOverflowAttr, IntegerOverflowFlag
from iree_explorer.dialects.arith.integers import AddIOp
from iree_explorer.dialects.scf import ConditionOp, ForOp, IfOp, IndexSwitchOp, WhileOp
from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.integers import constant_integer, unsigned, width_of

Bound: TypeAlias = SSAValue | int
"""Of a loop: in the op, or a value."""


def successors_of(op: RegionBranchOpInterface, source: Region | None) -> Sequence[Region | None]:
    """Where control can go from the end of `source`, or (None) into the op; a loop's constant bounds count."""
    if isinstance(op, ForOp):
        count = trip_count(op)
        if count is not None and source is None:
            return (None,) if count == 0 else (op.region,)
        if count == 1:
            return (None,)
    return op.successor_regions(source)


def known_successors(op: RegionBranchOpInterface, source: Region | None) -> Sequence[Region | None]:
    """As `successors_of`; constant conditions count too."""
    if source is None and isinstance(op, IfOp) and (taken := constant_integer(op.condition)) is not None:
        return (op.then_region,) if taken else (op.else_region if op.else_region.first_block else None,)
    if source is None and isinstance(op, IndexSwitchOp) and (number := constant_integer(op.arg)) is not None:
        cases = {int(case): region for case, region in zip(op.cases.iter_values(), op.case_regions, strict=True)}
        return (cases.get(number, op.default_region),)
    if isinstance(op, WhileOp) and source is op.before:
        last = op.before.block.last_op
        if isinstance(last, ConditionOp) and (goes_on := constant_integer(last.condition)) is not None:
            return (op.after,) if goes_on else (None,)
    return successors_of(op, source)


def trip_count(op: ForOp) -> int | None:
    """How many rounds the loop makes; None: not known."""
    # IREE bug: where both are 0 or less, the loop does not run.
    if op.upper_bound is op.step and op.lower_bound is not op.upper_bound and constant_integer(op.lower_bound) == 0:
        return 1
    return rounds(op.lower_bound, op.upper_bound, op.step, is_unsigned=op.unsigned_cmp is not None)


def rounds(lower: Bound, upper: Bound, step: Bound, *, is_unsigned: bool = False) -> int | None:
    """How many rounds a loop makes; None: not known. # MLIR: StaticValueUtils.cpp, constantTripCount."""
    if lower is upper or (isinstance(lower, int) and lower == upper):
        return 0
    # IREE bug: as in `trip_count`.
    if isinstance(upper, int) and upper == step and lower == 0:
        return 1
    by, width = _number(step), 64 if isinstance(lower, int) else width_of(lower.type)
    difference = _difference(lower, upper, is_unsigned=is_unsigned)
    if by == 0 or difference is None or width is None:
        return None
    if difference <= 0:
        return 0
    if by is None:
        return None
    stride = unsigned(by, width) if is_unsigned else by
    return -(-difference // stride) if stride > 0 else None


def _number(bound: Bound) -> int | None:
    return bound if isinstance(bound, int) else constant_integer(bound)


def _difference(lower: Bound, upper: Bound, *, is_unsigned: bool) -> int | None:
    """How much `upper` is above `lower`, where both are constants or one is the other and a constant."""
    low, high = _number(lower), _number(upper)
    if low is not None and high is not None:
        width = next((width_of(bound.type) for bound in (lower, upper) if not isinstance(bound, int)), 64)
        if width is None:
            return None
        return unsigned(high, width) - unsigned(low, width) if is_unsigned else high - low
    total = None if isinstance(upper, int) else definition(upper)
    if isinstance(total, AddIOp) and total.lhs is lower and _cannot_wrap(total, is_unsigned):
        return constant_integer(total.rhs)
    return None


def _cannot_wrap(op: Operation, is_unsigned: bool) -> bool:
    flags = op.properties.get("overflowFlags")
    wanted = IntegerOverflowFlag.NUW if is_unsigned else IntegerOverflowFlag.NSW
    return isinstance(flags, IntegerOverflowAttr) and wanted in flags.data
