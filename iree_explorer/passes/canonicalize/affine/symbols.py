"""Which values are symbols: they do not change while the loops around run. # MLIR: AffineOps.cpp, isValidSymbol."""

from __future__ import annotations

from xdsl.dialects.builtin import IndexType
from xdsl.ir import Operation, Region, SSAValue
from xdsl.traits import IsolatedFromAbove

from iree_explorer.ir.block_traits import AffineScope
from iree_explorer.ir.interfaces.effects import is_pure
from iree_explorer.passes.canonicalize.facts.constants import is_constant
from iree_explorer.passes.canonicalize.facts.definition import definition


def is_symbol(value: SSAValue) -> bool:
    """Whether a value may be a symbol of the ops that use it."""
    if not isinstance(value.type, IndexType):
        return False
    region = _region_of(value)
    if region is not None and _is_scope(region):
        return True
    op = definition(value)
    return op is not None and _is_symbol_in(value, _scope_around(op))


def _is_symbol_in(value: SSAValue, region: Region | None) -> bool:
    if not isinstance(value.type, IndexType):
        return False
    if region is not None and _region_of(value) is region:
        return True
    op = definition(value)
    if op is None:
        return _is_symbol_around(value, region)
    if is_constant(value):
        return True
    if is_pure(op) and all(_is_symbol_in(operand, region) for operand in op.operands):
        return True
    return _is_symbol_around(value, region)


def _is_symbol_around(value: SSAValue, region: Region | None) -> bool:
    """Whether the value comes from around the op that has the region, where that may be."""
    op = None if region is None else region.parent
    if op is None or op.has_trait(IsolatedFromAbove) or op.parent is None or op.parent.parent is None:
        return False
    return _is_symbol_in(value, op.parent.parent)


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
