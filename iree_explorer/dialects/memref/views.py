"""Ops that see the memory of a buffer as another one, and one that asks for its size. MLIR: MemRefOps.td, MemRefOps.cpp."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    IndexType,
    MemRefType,
    UnrankedMemRefType,
)
from xdsl.irdl import IRDLOperation, operand_def, result_def, traits_def
from xdsl.traits import NoMemoryEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.memref.layouts import (
    STRIDED_MEMREF,
    Layout,
    dropped_dimensions,
    has_strides,
    layout_of,
    part_layout,
    strided,
    without,
)
from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.slices import OffsetSizeAndStrideOpInterface, verify_in_bounds
from iree_explorer.ir.type_constraints import (
    ANY_MEMREF,
    ANY_MEMREF_WITH_RANK_OR_WITHOUT,
    TypeIs,
    is_rank_reduced,
    shape_of,
)

INDEX = IndexType()
NOT_OF_RANK_0 = TypeIs(
    "unranked.memref of any non-token type values or non-0-ranked.memref of any non-token type values",
    lambda type_: isinstance(type_, UnrankedMemRefType) or (isinstance(type_, MemRefType) and bool(shape_of(type_))),
)


@irdl_op_definition
class DimOp(IRDLOperation, OpAsmOpInterface):
    """The size of a dimension of a buffer."""

    name = "memref.dim"
    RESULT_NAMES: ClassVar = ("dim",)

    source = operand_def(NOT_OF_RANK_0)
    index = operand_def(INDEX)
    result = result_def(INDEX)

    traits = traits_def(NoMemoryEffect())
    assembly_format = "attr-dict $source `,` $index `:` type($source)"


@irdl_op_definition
class ReinterpretCastOp(OffsetSizeAndStrideOpInterface, OpAsmOpInterface):
    """The same memory as a buffer of another offset, other sizes and strides."""

    name = "memref.reinterpret_cast"
    RESULT_NAMES: ClassVar = ("reinterpret_cast",)

    source = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)
    result = result_def(STRIDED_MEMREF)

    traits = traits_def(Pure())
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$source `to` `offset` `` `:` custom<DynamicIndexList>($offsets, $static_offsets) `` `,` `sizes` `` `:` "
        "custom<DynamicIndexList>($sizes, $static_sizes) `` `,` `strides` `` `:` "
        "custom<DynamicIndexList>($strides, $static_strides) attr-dict `:` type($source) `to` type($result)"
    )

    @property
    @override
    def sliced_rank(self) -> int:
        return len(shape_of(self.result.type) or ())

    @property
    @override
    def has_one_offset(self) -> bool:
        return True

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, ReinterpretCastOp::verify
        source, result = self.source.type, self.result.type
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        assert isinstance(result, MemRefType)
        if source.memory_space != result.memory_space:
            types = f"source type '{source}' and result memref type '{result}'"
            raise PlainDefect(f"different memory spaces specified for {types}")
        if source.element_type != result.element_type:
            types = f"('{source.element_type}') does not match result element type ('{result.element_type}')"
            raise VerifyException(f"source element type {types}")
        for dimension, (size, wanted) in enumerate(
            zip(result.get_shape(), self.static_sizes.get_values(), strict=False)
        ):
            _compare("size", wanted, size, f" in dim = {dimension}")
        layout = layout_of(result)
        assert layout is not None
        (offset,) = self.static_offsets.get_values()
        _compare("offset", offset, layout.offset, "")
        strides = zip(layout.strides, self.static_strides.get_values(), strict=False)
        for dimension, (stride, wanted) in enumerate(strides):
            _compare("stride", wanted, stride, f" in dim = {dimension}")


def _compare(what: str, wanted: int, number: int, where: str) -> None:
    if wanted != number:
        wanted_text, text = ("dynamic" if value == DYNAMIC_INDEX else str(value) for value in (wanted, number))
        raise PlainDefect(f"expected result type with {what} = {wanted_text} instead of {text}{where}")


@irdl_op_definition
class SubviewOp(OffsetSizeAndStrideOpInterface, OpAsmOpInterface):
    """A part of a buffer, in the same memory."""

    name = "memref.subview"
    RESULT_NAMES: ClassVar = ("subview",)

    source = operand_def(ANY_MEMREF)
    result = result_def(ANY_MEMREF)

    traits = traits_def(Pure())
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$source `` custom<DynamicIndexList>($offsets, $static_offsets) custom<DynamicIndexList>($sizes, $static_sizes) "
        "custom<DynamicIndexList>($strides, $static_strides) attr-dict `:` type($source) `to` type($result)"
    )

    @property
    @override
    def sliced_rank(self) -> int:
        return len(shape_of(self.source.type) or ())

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, SubViewOp::verify
        source, result = self.source.type, self.result.type
        assert isinstance(source, MemRefType)
        assert isinstance(result, MemRefType)
        if source.memory_space != result.memory_space:
            types = f"base memref type '{source}' and subview memref type '{result}'"
            raise PlainDefect(f"different memory spaces specified for {types}")
        if not has_strides(source):
            raise PlainDefect(f"base type '{source}' is not strided")
        layout = layout_of(source)
        if layout is not None:
            _verify_part(self, source, result, layout)
        verify_in_bounds(self, source.get_shape())


def _verify_part(op: SubviewOp, source: MemRefType, result: MemRefType, layout: Layout) -> None:
    sizes = op.static_sizes.get_values()
    wanted = part_layout(layout, op.static_offsets.get_values(), op.static_strides.get_values())
    whole = strided(source, sizes, wanted)
    expected = f"expected result type to be '{whole}' or a rank-reduced version."
    if len(result.get_shape()) > len(sizes):
        smaller = "expected result rank to be smaller or equal to the source rank"
        raise PlainDefect(f"{smaller}, but got '{result}'")
    if not is_rank_reduced(sizes, result.get_shape()):
        raise PlainDefect(f"{expected} (mismatch of result sizes), but got '{result}'")
    if result.element_type != source.element_type:
        raise PlainDefect(f"expected result element type to be '{source.element_type}', but got '{result}'")
    dropped = dropped_dimensions(whole, result, sizes)
    if dropped is None or layout_of(result) != Layout(wanted.offset, without(wanted.strides, dropped)):
        raise PlainDefect(f"{expected} (mismatch of result layout), but got '{result}'")
