"""Rules of `builtin.*`. # MLIR: BuiltinDialect.cpp."""

from __future__ import annotations

from xdsl.dialects.builtin import UnrealizedConversionCastOp

from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules


def _fold_cast(op: UnrealizedConversionCastOp) -> Folded | None:
    """A cast to the types that there are, or were before another cast of all of them."""
    operands, types = list(op.operands), [result.type for result in op.results]
    if not operands or not types:
        return None
    if [operand.type for operand in operands] == types:
        return operands
    before = definition(operands[0])
    if not isinstance(before, UnrealizedConversionCastOp) or list(before.results) != operands:
        return None
    return list(before.operands) if [operand.type for operand in before.operands] == types else None


RULES = (OpRules(UnrealizedConversionCastOp.name, fold=_fold_cast),)
