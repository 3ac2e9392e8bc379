"""Rules of `stream.async.load` and `store`: elements of resources. # IREE: StreamOpFolders.cpp."""

from __future__ import annotations

from iree_explorer.dialects.arith.casts import BitcastOp
from iree_explorer.dialects.arith.integers import AddIOp
from iree_explorer.dialects.stream.async_access_ops import AsyncLoadOp, AsyncStoreOp
from iree_explorer.dialects.stream.async_ops import AsyncCloneOp, AsyncSliceOp, AsyncTransferOp
from iree_explorer.ir.storage import retype
from iree_explorer.passes.canonicalize.building import affinity_of, index_constant
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.stream.common import byte_width, transfer_as


@pattern("FoldAsyncLoadBitcast")
def _fold_async_load_bitcast(op: AsyncLoadOp, rewriter: Rewriter) -> bool:
    """Loads the type that the only user casts the bits to."""
    user = op.result.get_user_of_unique_use()
    if not isinstance(user, BitcastOp):
        return False
    retype(op.results[0], user.results[0].type)
    rewriter.modified(op)
    rewriter.replace_op(user, op.results)
    return True


@pattern("FoldAsyncCloneIntoLoad")
def _fold_async_clone_into_load(op: AsyncLoadOp, rewriter: Rewriter) -> bool:
    """Transfers the bytes that are loaded, where a clone of the whole resource was transferred for this load alone."""
    whole = definition(op.source)
    if not isinstance(whole, AsyncTransferOp) or not whole.result.has_one_use():
        return False
    clone = definition(whole.source)
    if not isinstance(clone, AsyncCloneOp):
        return False
    size = rewriter.insert(index_constant(byte_width(op.result.type))).result
    zero = rewriter.insert(index_constant(0)).result
    end = rewriter.insert_or_fold(AddIOp(op.source_offset, size))
    part = AsyncSliceOp.build(
        operands=[clone.source, clone.source_size, op.source_offset, end, size],
        result_types=[clone.source.type],
        properties=affinity_of(clone),
    )
    rewriter.insert(part)
    staged = rewriter.insert(transfer_as(whole, part.results[0], size))
    load = AsyncLoadOp.build(operands=[staged.results[0], size, zero], result_types=[op.result.type])
    rewriter.replace_op_with(op, load)
    return True


@pattern("FoldAsyncStoreBitcast")
def _fold_async_store_bitcast(op: AsyncStoreOp, rewriter: Rewriter) -> bool:
    """Stores what was there before its bits were cast."""
    cast = definition(op.value)
    if not isinstance(cast, BitcastOp):
        return False
    rewriter.assign(op, value=cast.operands[0])
    return True


RULES = (
    OpRules("stream.async.load", (_fold_async_load_bitcast, _fold_async_clone_into_load)),
    OpRules("stream.async.store", (_fold_async_store_bitcast,)),
)
