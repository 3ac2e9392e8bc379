"""Which values may be symbols, which do not change while the loops around run, and which dimensions. # MLIR: AffineOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from xdsl.dialects.builtin import IndexType, IntegerAttr, ShapedType
from xdsl.ir import BlockArgument, Operation, OpResult, Region, SSAValue
from xdsl.traits import ConstantLike
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.block_traits import AffineScope
from iree_explorer.ir.interfaces.effects import is_pure

_Requirement: TypeAlias = tuple[SSAValue, bool]
"""A value, and whether it has to be a symbol; else a dimension will do."""

_LINEAR = ("affine.apply", "affine.delinearize_index", "affine.linearize_index")
"""Ops whose results are dimensions where their operands are."""
_LOOPS = ("affine.for", "affine.parallel")
_DIMS = ("memref.dim", "tensor.dim")
_SIZES = {"memref.alloc": "dynamic_sizes", "memref.subview": "sizes", "memref.view": "sizes"}
"""Ops whose sizes tell whether the size of the result is a symbol → the field of those that are values."""


def is_symbol(value: SSAValue) -> bool:
    """Whether a value may be a symbol of whatever op uses it. # MLIR: isValidSymbol(Value)."""
    if not isinstance(value.type, IndexType):
        return False
    return _is_at_the_top(value) or (
        isinstance(value, OpResult) and _is_valid(value, _scope_around(value.op), must_be_symbol=True)
    )


def verify_dims_and_symbols(op: Operation, operands: Sequence[SSAValue], num_dims: int) -> None:
    """Checks the operands of one of an op's affine maps.

    Args:
        op: whose map it is.
        operands: the values of the dimensions, then those of the symbols.
        num_dims: how many are dimensions.

    Raises:
        VerifyException: one may not be what it is used as.
    """
    scope = _scope_around(op)
    for number, operand in enumerate(operands):
        if not _is_valid(operand, scope, must_be_symbol=number >= num_dims):
            raise VerifyException(f"operand cannot be used as a {'dimension id' if number < num_dims else 'symbol'}")


def _is_valid(value: SSAValue, scope: Region | None, *, must_be_symbol: bool) -> bool:
    # A chain of ops may be long, and name a value more than once.
    left: list[_Requirement] = [(value, must_be_symbol)]
    seen: set[_Requirement] = set()
    while left:
        requirement = left.pop()
        if requirement not in seen:
            seen.add(requirement)
            others = _required_for(*requirement, scope)
            if others is None:
                return False
            left += others
    return True


def _required_for(value: SSAValue, must_be_symbol: bool, scope: Region | None) -> Sequence[_Requirement] | None:
    """What else must hold for a value to be a symbol of ops in `scope`, or a dimension; None: it never is."""
    if not isinstance(value.type, IndexType):
        return None
    if scope is not None and _region_of(value) is scope:
        return ()
    if not isinstance(value, OpResult):
        return () if not must_be_symbol and _is_counter(value) else None
    op = value.op
    if op.has_trait(ConstantLike):
        return ()
    if op.name in _LINEAR and not must_be_symbol:
        return [(operand, False) for operand in op.operands]
    if op.name in _DIMS:
        return _required_of_size(*op.operands)
    return [(operand, True) for operand in op.operands] if is_pure(op) else None


def _required_of_size(shaped: SSAValue, dimension: SSAValue) -> Sequence[_Requirement] | None:
    """The same, for the size of a dimension. # MLIR: isDimOpValidSymbol."""
    if _is_at_the_top(shaped):
        return ()
    source = shaped.op if isinstance(shaped, OpResult) else None
    field = None if source is None else _SIZES.get(source.name)
    number = _constant(dimension)
    if field is None or number is None or not isinstance(shaped.type, ShapedType):
        return None
    shape = shaped.type.get_shape()
    if not 0 <= number < len(shape):
        return None
    return () if shape[number] >= 0 else [(getattr(source, field)[sum(size < 0 for size in shape[:number])], True)]


def _constant(value: SSAValue) -> int | None:
    attribute = value.op.properties.get("value") if isinstance(value, OpResult) else None
    return attribute.value.data if isinstance(attribute, IntegerAttr) else None


def _is_counter(value: SSAValue) -> bool:
    """Whether it counts how often an affine loop ran; `affine.for` also carries values."""
    if not isinstance(value, BlockArgument) or (loop := value.block.parent_op()) is None or loop.name not in _LOOPS:
        return False
    return loop.name == "affine.parallel" or value.index == 0


def _is_at_the_top(value: SSAValue) -> bool:
    region = _region_of(value)
    return region is not None and _is_scope(region)


def _region_of(value: SSAValue) -> Region | None:
    block = value.owner.parent if isinstance(value.owner, Operation) else value.owner
    return None if block is None else block.parent


def _is_scope(region: Region) -> bool:
    return region.parent is not None and region.parent.has_trait(AffineScope)


def _scope_around(op: Operation) -> Region | None:
    region = op.parent_region()
    while region is not None and not _is_scope(region):
        region = None if region.parent is None else region.parent.parent_region()
    return region
