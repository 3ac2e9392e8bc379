"""Rules of `iree_linalg_ext.*`. # IREE: LinalgExtOps.cpp.

Those of gathers of one part, of padding around `im2col` and of static sizes of attention are not here.
"""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType, VectorType
from xdsl.ir import Region

from iree_explorer.dialects.iree_linalg_ext.base import yielded
from iree_explorer.dialects.iree_linalg_ext.indexed import MapLoadOp, MappedOp, MapStoreOp
from iree_explorer.dialects.iree_linalg_ext.ordered import SortOp
from iree_explorer.dialects.linalg.named import CopyOp
from iree_explorer.dialects.linalg.structured import Operands
from iree_explorer.ir.type_constraints import shape_of
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern


@pattern("ConvertIdentityMapLoadStoreToCopy")
def _copy_identity(op: MapLoadOp | MapStoreOp, rewriter: Rewriter) -> bool:
    """Where all indices stay as they are, elements are but copied."""
    source, output = op.operands
    if source.type != output.type or isinstance(source.type, MemRefType | VectorType) or not _keeps_indices(op):
        return False
    if isinstance(op, MapLoadOp):
        is_all = DYNAMIC_INDEX not in (shape_of(source.type) or ())
    else:
        is_all = bool(constant_integer(yielded(op.transformation_region)[-1]))
    if is_all:
        rewriter.replace_op_with(op, CopyOp.of_operands(Operands([source], [output]), op.result_types))
    return is_all


def _keeps_indices(op: MappedOp) -> bool:
    """Whether the region yields the indices that it is given, in their order, and one value more."""
    region = op.regions[0]
    return list(yielded(region)[:-1]) == list(region.block.args)


@pattern("RemoveUnusedSortOpResults")
def _sort_what_is_used(op: SortOp, rewriter: Rewriter) -> bool:
    """Sorts only what is used, or decides the order."""
    if any(isinstance(output.type, MemRefType) for output in op.outputs):
        return False
    arguments = op.region.block.args
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    used = [
        number
        for number, (result, pair) in enumerate(zip(op.results, pairs, strict=True))
        if any(value.first_use is not None for value in (result, *pair))
    ]
    if len(used) == len(op.results):
        return False
    new = SortOp.build(
        operands=[(), [op.outputs[number] for number in used]],
        result_types=[[op.results[number].type for number in used]],
        properties={"dimension": op.dimension},
        regions=[Region()],
    )
    op.region.move_blocks(new.region)
    for number, pair in enumerate(pairs):
        if number not in used:
            for argument in pair:
                new.region.block.erase_arg(argument)
    rewriter.insert(new)
    rewriter.replace_all_uses([(op.results[number], result) for number, result in zip(used, new.results, strict=True)])
    rewriter.erase_op(op)
    return True


RULES = (
    OpRules("iree_linalg_ext.map_load", (_copy_identity,)),
    OpRules("iree_linalg_ext.map_store", (_copy_identity,)),
    OpRules("iree_linalg_ext.sort", (_sort_what_is_used,)),
)
