"""Rules of `iree_linalg_ext.im2col`: paddings around it become its own. # IREE: LinalgExtOps.cpp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseArrayBase, IntegerType, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import SSAValue

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.iree_linalg_ext.transforms import Im2colOp
from iree_explorer.dialects.tensor import EmptyOp, PadOp
from iree_explorer.passes.canonicalize.affine.sums import sum_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.slices import Mixed, known, static_numbers, values_of
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern
from iree_explorer.passes.canonicalize.tensor.building import as_type, plain_tensor, size_of
from iree_explorer.passes.canonicalize.tensor.pads import constant_padding, paddings


@dataclass
class _Paddings:
    """What is put before and behind each dimension, empty where nothing is, and the value that is put there."""

    input_low: Mixed
    input_high: Mixed
    output_low: Mixed
    output_high: Mixed
    value: SSAValue

    @staticmethod
    def of(op: Im2colOp, value: SSAValue) -> _Paddings:
        """Those of an op."""
        return _Paddings(
            _mixed(op.static_input_pad_low, op.input_pad_low),
            _mixed(op.static_input_pad_high, op.input_pad_high),
            _mixed(op.static_output_pad_low, op.output_pad_low),
            _mixed(op.static_output_pad_high, op.output_pad_high),
            value,
        )

    def sides(self) -> tuple[Mixed, Mixed, Mixed, Mixed]:
        return self.input_low, self.input_high, self.output_low, self.output_high


def _mixed(static: DenseArrayBase[IntegerType], dynamic: Iterable[SSAValue]) -> Mixed:
    return get_dynamic_index_list(static.get_values(), list(dynamic), DYNAMIC_INDEX)


def _static(values: Mixed) -> DenseArrayBase[IntegerType]:
    return DenseArrayBase.from_list(i64, static_numbers(values))


def _known_paddings(op: PadOp) -> tuple[Mixed, Mixed]:
    """Those of a pad, with numbers for constants. # MLIR: PadOp::getMixedPadImpl."""
    low, high = ([known(size, size) for size in sizes] for sizes in paddings(op))
    return low, high


def _added(before: Mixed, more: Mixed, rewriter: Rewriter) -> Mixed:
    """Both paddings, one after the other."""
    return [sum_of(pair, rewriter) for pair in zip(before, more, strict=True)] if before else more


def _common_value(op: Im2colOp, pad: PadOp) -> SSAValue | None:
    """The value of the paddings of both; None: they have different ones, or one that is computed."""
    value = constant_padding(pad)
    if value is None or op.pad_value is None:
        return value
    constants = definition(op.pad_value), definition(value)
    are_same = all(isinstance(each, ConstantOp) for each in constants)
    return op.pad_value if are_same and _value(constants[0]) == _value(constants[1]) else None


def _value(constant: object) -> object:
    return constant.value if isinstance(constant, ConstantOp) else None


def _im2col(like: Im2colOp, source: SSAValue, output: SSAValue, pads: _Paddings) -> Im2colOp:
    """A fresh op with other paddings; sizes that are constants are taken into it."""
    rest, dynamic, static = iter(like.output_sizes), list[SSAValue](), list[DenseArrayBase[IntegerType]]()
    for sizes in cast("ArrayAttr[DenseArrayBase[IntegerType]]", like.static_output_sizes):
        mixed = [next(rest) if size == DYNAMIC_INDEX else size for size in sizes.get_values()]
        folded = [known(size, size) for size in mixed]
        dynamic += values_of(folded)
        static.append(_static(folded))
    names = ("input_pad_low", "input_pad_high", "output_pad_low", "output_pad_high")
    kept = ("strides", "dilations", "static_kernel_size", "static_offsets", "batch_pos", "m_pos", "k_pos")
    return Im2colOp.build(
        operands=[source, output, like.kernel_size, like.offsets, dynamic, *map(values_of, pads.sides()), pads.value],
        properties={
            **{name: like.properties[name] for name in (*kept, "input_k_perm", "output_perm")},
            "static_output_sizes": ArrayAttr(static),
            **{f"static_{name}": _static(side) for name, side in zip(names, pads.sides(), strict=True)},
        },
        result_types=[[output.type]],
    )


@pattern("FoldInputPadIntoIm2col")
def _take_in_padding_before(op: Im2colOp, rewriter: Rewriter) -> bool:
    """Pads what it reads by itself."""
    pad = definition(op.input)
    value = _common_value(op, pad) if isinstance(pad, PadOp) else None
    if not isinstance(pad, PadOp) or value is None:
        return False
    pads, (low, high) = _Paddings.of(op, value), _known_paddings(pad)
    pads.input_low = _added(pads.input_low, low, rewriter)
    pads.input_high = _added(pads.input_high, high, rewriter)
    rewriter.replace_op_with(op, _im2col(op, pad.source, op.output, pads))
    return True


def _padded_behind(op: PadOp, rewriter: Rewriter) -> SSAValue | None:
    """What an `im2col` that pads its output makes, inserted; None: `op` pads something else, or cannot be taken in."""
    source = definition(op.source)
    if not isinstance(source, Im2colOp) or op.source.get_unique_use() is None:
        return None
    value = _common_value(source, op) if isinstance(definition(source.output), EmptyOp) else None
    if value is None:
        return None
    low, high = _known_paddings(op)
    old = [size_of(source.output, number, rewriter) for number in range(len(low))]
    shape = [sum_of(sizes, rewriter) for sizes in zip(old, low, high, strict=True)]
    output = rewriter.insert(EmptyOp(values_of(shape), plain_tensor(op.result.type, static_numbers(shape)))).tensor
    pads = _Paddings.of(source, value)
    pads.output_low, pads.output_high = _both(pads, low, high, rewriter)
    return rewriter.insert(_im2col(source, source.input, output, pads)).results[0]


def _take_in_of_one_type(op: PadOp, rewriter: Rewriter) -> bool:
    new = _padded_behind(op, rewriter)
    if new is not None:
        rewriter.replace_op(op, (as_type(new, op.result.type, rewriter),))
    return new is not None


@pattern("FoldOutputPadIntoIm2col", root="tensor.pad", mended=_take_in_of_one_type)
def _take_in_padding_behind(op: PadOp, rewriter: Rewriter) -> bool:
    """Pads what `im2col` makes by itself."""
    # IREE bug: the result may have another type than what it replaces.
    new = _padded_behind(op, rewriter)
    if new is not None:
        rewriter.replace_op(op, (new,))
    return new is not None


def _both(pads: _Paddings, low: Mixed, high: Mixed, rewriter: Rewriter) -> tuple[Mixed, Mixed]:
    """The paddings of the output with more behind them, dimension by dimension."""
    if not pads.output_low:
        return low, high
    pairs = [
        (sum_of((a, b), rewriter), sum_of((c, d), rewriter))
        for a, b, c, d in zip(pads.output_low, low, pads.output_high, high, strict=True)
    ]
    return [first for first, _ in pairs], [last for _, last in pairs]


RULES = (OpRules("iree_linalg_ext.im2col", (_take_in_padding_before, _take_in_padding_behind)),)
