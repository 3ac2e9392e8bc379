"""Rules of `iree_linalg_ext.*`. # IREE: LinalgExtOps.cpp.

Those of static sizes of attention are not here.
"""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, MemRefType, VectorType
from xdsl.ir import Region, SSAValue

from iree_explorer.dialects.arith.casts import IndexCastOp
from iree_explorer.dialects.iree_linalg_ext.base import yielded
from iree_explorer.dialects.iree_linalg_ext.indexed import GatherOp, MapLoadOp, MappedOp, MapStoreOp
from iree_explorer.dialects.iree_linalg_ext.ordered import SortOp
from iree_explorer.dialects.linalg.named import CopyOp
from iree_explorer.dialects.linalg.structured import Operands
from iree_explorer.dialects.tensor import ExtractOp
from iree_explorer.ir.type_constraints import element_type, shape_of
from iree_explorer.passes.canonicalize.building import index_constant
from iree_explorer.passes.canonicalize.facts.integers import constant_integer
from iree_explorer.passes.canonicalize.facts.slices import Slice
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import dim_of, size_of, tensor_like, tensor_shape
from iree_explorer.passes.canonicalize.tensor.reshapes import RESHAPES
from iree_explorer.passes.canonicalize.tensor.slices import extract_slice


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


@pattern("ConvertGatherToExtract")
def _gather_one(op: GatherOp, rewriter: Rewriter) -> bool:
    """Of a batch of one the gathered part is taken as it is."""
    if op.mask is not None or any(isinstance(operand.type, MemRefType) for operand in op.operands):
        return False
    depth, shape = len(op.dimension_map), tensor_shape(op.source)
    batch = len(tensor_shape(op.output)) - (len(shape) - depth)
    if any(size != 1 for size in tensor_shape(op.indices)[:batch]):
        return False
    starts = _starts(op, depth, rewriter)
    rest = [dim_of(op.source, dim, rewriter) for dim in range(depth, len(shape))]
    part = Slice(
        [*(starts[dim] for dim in op.dimension_map.get_values()), *[0] * len(rest)],
        [*[1] * depth, *rest],
        [1] * len(shape),
    )
    type_ = tensor_like(op.source.type, [*[1] * depth, *shape[depth:]])
    slice_ = rewriter.insert(extract_slice(op.source, part, type_)).result
    rewriter.replace_op(op, (_reshaped(slice_, op.output, batch, rewriter),))
    return True


def _starts(op: GatherOp, depth: int, rewriter: Rewriter) -> list[SSAValue]:
    """Where the part begins, one number per indexed dimension."""
    zero = rewriter.insert(index_constant(0)).result
    place = [zero] * len(tensor_shape(op.indices))
    starts: list[SSAValue] = []
    for number in range(depth):
        place[-1] = rewriter.insert(index_constant(number)).result
        element = ExtractOp.create(operands=[op.indices, *place], result_types=[element_type(op.indices.type)])
        start = IndexCastOp.create(operands=[rewriter.insert(element).result], result_types=[IndexType()])
        starts.append(rewriter.insert(start).results[0])
    return starts


def _reshaped(part: SSAValue, output: SSAValue, batch: int, rewriter: Rewriter) -> SSAValue:
    """The part with as many leading dimensions of size 1 as the output has."""
    rank, wanted = len(tensor_shape(part)), len(tensor_shape(output))
    if rank < wanted:
        groups = [list(range(batch)), *([dim + batch] for dim in range(rank - 1))]
        sizes = [1] * batch + [size_of(part, dim, rewriter) for dim in range(1, rank)]
        return rewriter.insert(RESHAPES.expanded(part, output.type, groups, sizes)).results[0]
    if rank > wanted:
        first = rank - wanted + 1
        groups = [list(range(first)), *([dim] for dim in range(first, rank))]
        return rewriter.insert(RESHAPES.collapsed(part, output.type, groups)).results[0]
    return part


RULES = (
    OpRules("iree_linalg_ext.gather", (_gather_one,)),
    OpRules("iree_linalg_ext.map_load", (_copy_identity,)),
    OpRules("iree_linalg_ext.map_store", (_copy_identity,)),
    OpRules("iree_linalg_ext.sort", (_sort_what_is_used,)),
)
