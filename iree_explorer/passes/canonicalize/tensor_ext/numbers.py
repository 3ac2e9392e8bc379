"""Rules of `iree_tensor_ext.*` ops on sizes and barriers. # IREE: TensorExtOpFolders.cpp."""

from __future__ import annotations

from xdsl.ir import Operation

from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules


def _fold_ordinal(op: Operation) -> Folded | None:
    """A constant is no workload; the same number twice is one."""
    constant = constant_value(op.operands[0])
    if constant is not None:
        return (constant,)
    source = definition(op.operands[0])
    if source is None or source.name != op.name or source.properties["ordinal"] != op.properties["ordinal"]:
        return None
    return (source.operands[0],)


def _fold_barrier(op: Operation) -> Folded | None:
    """Of two barriers in a row one is left."""
    source = definition(op.operands[0])
    return (op.operands[0],) if source is not None and source.name == op.name else None


RULES = (
    OpRules("iree_tensor_ext.dispatch.workload.ordinal", fold=_fold_ordinal),
    OpRules("iree_tensor_ext.compute_barrier.start", fold=_fold_barrier),
    OpRules("iree_tensor_ext.compute_barrier.end", fold=_fold_barrier),
)
