"""Rules of `tensor.pad`. # MLIR: TensorOps.cpp.

Those that put pads of different parts together are not here.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import Attribute, OpResult, SSAValue

from iree_explorer.dialects.tensor import CastOp, PadOp, YieldOp
from iree_explorer.passes.canonicalize.affine.sums import sum_of
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.shapes import says_as_much
from iree_explorer.passes.canonicalize.facts.slices import Mixed, known
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import cast, is_static, tensor_like, tensor_shape


def _fold_pad(op: PadOp) -> Folded | None:
    """Nothing around a tensor of static shape."""
    is_same = op.source.type == op.result.type and is_static(op.source)
    return (op.source,) if is_same and op.nofold is None else None


def paddings(op: PadOp) -> tuple[Mixed, Mixed]:
    """How much is put before and behind each dimension."""
    low = get_dynamic_index_list(op.static_low.get_values(), list(op.low), DYNAMIC_INDEX)
    return low, get_dynamic_index_list(op.static_high.get_values(), list(op.high), DYNAMIC_INDEX)


def _pad(like: PadOp, source: SSAValue, low: Mixed, high: Mixed, type_: Attribute, rewriter: Rewriter) -> PadOp:
    """A pad with a copy of the region of `like`, inserted."""
    new = PadOp.build(
        operands=[source, *([v for v in values if isinstance(v, SSAValue)] for values in (low, high))],
        properties={"static_low": _static(low), "static_high": _static(high), "nofold": like.nofold},
        result_types=[type_],
        regions=[like.region.clone()],
    )
    return rewriter.insert(new)


def _static(values: Mixed) -> DenseArrayBase:
    return DenseArrayBase.from_list(i64, [value if isinstance(value, int) else DYNAMIC_INDEX for value in values])


@pattern("FoldStaticZeroPadding")
def _pad_with_nothing(op: PadOp, rewriter: Rewriter) -> bool:
    """With nothing around it a tensor is but cast."""
    if op.nofold is not None or any(known(size, DYNAMIC_INDEX) != 0 for sizes in paddings(op) for size in sizes):
        return False
    rewriter.replace_op_with(op, cast(op.source, op.result.type))
    return True


@pattern("FoldSourceTensorCast")
def _pad_before_cast(op: PadOp, rewriter: Rewriter) -> bool:
    """Pads the tensor before its cast."""
    source = definition(op.source)
    if not isinstance(source, CastOp) or not says_as_much(source.source.type, source.dest.type):
        return False
    shape, (low, high) = tensor_shape(op.result), paddings(op)
    sizes = op.padded_shape(tensor_shape(source.source))
    type_ = tensor_like(op.result.type, [a if b == DYNAMIC_INDEX else b for a, b in zip(sizes, shape, strict=True)])
    if type_ == op.result.type:
        rewriter.set_operand(op, 0, source.source)
        return True
    new = _pad(op, source.source, low, high, type_, rewriter)
    rewriter.replace_op_with(op, cast(new.result, op.result.type))
    return True


@pattern("FoldTargetTensorCast")
def _pad_to_cast(op: PadOp, rewriter: Rewriter) -> bool:
    """Pads to the shape that the only user casts to."""
    use = op.result.get_unique_use()
    user = None if use is None else use.operation
    if not isinstance(user, CastOp) or not says_as_much(user.dest.type, op.result.type):
        return False
    new = _pad(op, op.source, *paddings(op), user.dest.type, rewriter)
    rewriter.replace_all_uses_with(op.result, new.result)
    rewriter.erase_op(op)
    rewriter.replace_op(user, (new.result,))
    return True


@pattern("FoldStaticPadding")
def _pad_constant_sizes(op: PadOp, rewriter: Rewriter) -> bool:
    """The type says how large the whole is, where that is known."""
    shape, (low, high) = tensor_shape(op.result), paddings(op)
    low, high = ([known(size, size) for size in sizes] for sizes in (low, high))
    wanted = [
        _sum(part) if size == DYNAMIC_INDEX else size
        for size, part in zip(shape, zip(tensor_shape(op.source), low, high, strict=True), strict=True)
    ]
    if wanted == list(shape) or all(size == DYNAMIC_INDEX for size in wanted):
        return False
    new = _pad(op, op.source, low, high, tensor_like(op.result.type, wanted), rewriter)
    rewriter.replace_op_with(op, cast(new.result, op.result.type))
    return True


def _sum(sizes: Sequence[SSAValue | int]) -> int:
    numbers = [size for size in sizes if isinstance(size, int) and size != DYNAMIC_INDEX]
    return sum(numbers) if len(numbers) == len(sizes) else DYNAMIC_INDEX


@pattern("FoldConsecutiveConstantPadding")
def _pad_of_pad(op: PadOp, rewriter: Rewriter) -> bool:
    """Of two pads with one value one is left."""
    inner = definition(op.source)
    if op.nofold is not None or not isinstance(inner, PadOp) or inner.nofold is not None:
        return False
    value, inner_value = constant_padding(op), constant_padding(inner)
    if value is None or inner_value is None or not is_same_scalar(value, inner_value):
        return False
    (low, high), (inner_low, inner_high) = paddings(op), paddings(inner)
    high = [sum_of(pair, rewriter) for pair in zip(high, inner_high, strict=True)]
    low = [sum_of(pair, rewriter) for pair in zip(low, inner_low, strict=True)]
    rewriter.replace_op(op, (_pad(op, inner.source, low, high, op.result.type, rewriter).result,))
    return True


def constant_padding(op: PadOp) -> SSAValue | None:
    """The value that all new elements have; None: they are computed. # MLIR: PadOp::getConstantPaddingValue."""
    last = op.region.block.last_op
    value = last.value if isinstance(last, YieldOp) else None
    if value is None or constant_value(value) is not None:
        return value
    block = value.op.parent if isinstance(value, OpResult) else value.owner
    return None if block is op.region.block else value


def is_same_scalar(one: SSAValue, other: SSAValue) -> bool:
    """Whether two values are one, or the same constant."""
    constant = constant_value(one)
    return one is other or (constant is not None and constant == constant_value(other))


RULES = (
    OpRules(
        "tensor.pad",
        (_pad_with_nothing, _pad_before_cast, _pad_to_cast, _pad_constant_sizes, _pad_of_pad),
        _fold_pad,
    ),
)
