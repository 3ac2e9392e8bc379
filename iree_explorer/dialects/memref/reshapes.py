"""Ops that join and split dimensions of a buffer, or say something of its address. MLIR: MemRefOps.td, MemRefOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerAttr, MemRefType, i32
from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.memref.layouts import (
    STRIDED_MEMREF,
    collapsed_layout,
    expanded_type,
    is_contiguous,
    layout_of,
    plain,
    strided,
)
from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.slices import INDEX_ARRAY
from iree_explorer.ir.reassociation import REASSOCIATION, verified_groups, verify_output_shape
from iree_explorer.ir.type_constraints import ANY_MEMREF

INDEX = IndexType()


@irdl_op_definition
class AssumeAlignmentOp(IRDLOperation, OpAsmOpInterface):
    """The same buffer, of which the address is a multiple of a number of bytes."""

    T: ClassVar = VarConstraint("T", ANY_MEMREF)

    name = "memref.assume_alignment"
    RESULT_NAMES: ClassVar = ("assume_align",)

    memref = operand_def(T)
    alignment = prop_def(IntegerAttr.constr(i32))
    result = result_def(T)
    assembly_format = "$memref `,` $alignment attr-dict `:` type($memref)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        alignment = self.alignment.value.data
        if alignment <= 0:
            rule = "32-bit signless integer attribute whose value is positive"
            raise VerifyException(f"attribute 'alignment' failed to satisfy constraint: {rule}")
        if alignment.bit_count() != 1:
            raise VerifyException("alignment must be power of 2")


@irdl_op_definition
class ExtractAlignedPointerAsIndexOp(IRDLOperation, OpAsmOpInterface):
    """The address of a buffer."""

    name = "memref.extract_aligned_pointer_as_index"
    RESULT_NAMES: ClassVar = ("intptr",)

    source = operand_def(ANY_MEMREF)
    aligned_pointer = result_def(INDEX)
    assembly_format = "$source attr-dict `:` type($source) `->` type(results)"
    traits = traits_def(Pure())


@irdl_op_definition
class CollapseShapeOp(IRDLOperation, OpAsmOpInterface):
    """A buffer some of whose dimensions are joined."""

    name = "memref.collapse_shape"
    RESULT_NAMES: ClassVar = ("collapse_shape",)

    src = operand_def(STRIDED_MEMREF)
    reassociation = prop_def(REASSOCIATION)
    result = result_def(STRIDED_MEMREF)
    assembly_format = "$src $reassociation attr-dict `:` type($src) `into` type($result)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, CollapseShapeOp::verify
        groups, source, result = verified_groups(self.reassociation), self.src.type, self.result.type
        assert isinstance(source, MemRefType)
        assert isinstance(result, MemRefType)
        ranks = source.get_num_dims(), result.get_num_dims()
        if ranks[0] < ranks[1]:
            reason = f"This is not a collapse ({ranks[0]} < {ranks[1]})."
            raise VerifyException(f"has source rank {ranks[0]} and result rank {ranks[1]}. {reason}")
        _verify_groups(result.get_shape(), source.get_shape(), groups)
        expected = plain(source, result.get_shape())
        if not is_contiguous(source):
            if layout_of(source) is None:
                return
            layout = collapsed_layout(source, groups)
            if layout is None:
                raise VerifyException("invalid source layout map or collapsing non-contiguous dims")
            expected = strided(source, result.get_shape(), layout)
        if expected != result:
            raise VerifyException(f"expected collapsed type to be '{expected}' but found '{result}'")


@irdl_op_definition
class ExpandShapeOp(IRDLOperation, OpAsmOpInterface):
    """A buffer some of whose dimensions are split."""

    name = "memref.expand_shape"
    RESULT_NAMES: ClassVar = ("expand_shape",)

    src = operand_def(STRIDED_MEMREF)
    output_shape = var_operand_def(INDEX)
    reassociation = prop_def(REASSOCIATION)
    static_output_shape = prop_def(INDEX_ARRAY)
    result = result_def(STRIDED_MEMREF)
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$src $reassociation `output_shape` custom<DynamicIndexList>($output_shape, $static_output_shape) attr-dict "
        "`:` type($src) `into` type($result)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, ExpandShapeOp::verify
        groups, source, result = verified_groups(self.reassociation), self.src.type, self.result.type
        assert isinstance(source, MemRefType)
        assert isinstance(result, MemRefType)
        ranks = source.get_num_dims(), result.get_num_dims()
        if ranks[0] > ranks[1]:
            reason = f"This is not an expansion ({ranks[0]} > {ranks[1]})."
            raise VerifyException(f"has source rank {ranks[0]} and result rank {ranks[1]}. {reason}")
        _verify_groups(source.get_shape(), result.get_shape(), groups)
        expected = expanded_type(source, result.get_shape(), groups)
        if expected is not None and expected != result:
            raise VerifyException(f"expected expanded type to be '{expected}' but found '{result}'")
        verify_output_shape(result, self.static_output_shape.get_values(), len(self.output_shape), "bounds")


def _verify_groups(small: Sequence[int], large: Sequence[int], groups: Sequence[Sequence[int]]) -> None:
    """Checks that the groups join the dimensions of `large` to `small`. MLIR: verifyCollapsedShape."""
    if len(small) != len(groups):
        words = f"found {len(groups)}, expected {len(small)}"
        raise VerifyException(f"invalid number of reassociation groups: {words}")
    following = 0
    for number, group in enumerate(groups):
        for dimension in group:
            if dimension != following:
                raise VerifyException("reassociation indices must be contiguous")
            if dimension >= len(large):
                raise VerifyException(f"reassociation index {dimension} is out of bounds")
            following += 1
        _verify_size(number, small[number], [large[dimension] for dimension in group])
    if not small and any(size != 1 for size in large):
        raise VerifyException("rank 0 memrefs can only be extended/collapsed with/from ones")
    if small and following != len(large):
        words = f"inconsistent with number of reassociation indices ({following})"
        raise VerifyException(f"expanded rank ({len(large)}) {words}")


def _verify_size(number: int, size: int, parts: Sequence[int]) -> None:
    if (size == DYNAMIC_INDEX) != (DYNAMIC_INDEX in parts):
        words = "must be dynamic if and only if reassociation group is dynamic"
        raise VerifyException(f"collapsed dim ({number}) {words}")
    if size not in (DYNAMIC_INDEX, prod(parts)):
        raise VerifyException(f"collapsed dim size ({size}) must equal reassociation group size ({prod(parts)})")
