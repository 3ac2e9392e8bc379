"""Ops that make buffers and access them. Fields are named as in MLIR's MemRefOps.td, the source of all facts here."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AffineMapAttr,
    BoolAttr,
    IndexType,
    IntegerAttr,
    MemRefType,
    UnrankedMemRefType,
    i64,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.memref.layouts import layout_of
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import (
    ANY_MEMREF,
    ANY_MEMREF_WITH_RANK_OR_WITHOUT,
    element_type,
    may_be_same_shape,
    shape_of,
    verify_dynamic_sizes,
)

INDEX = IndexType()
ALIGNMENT = IntegerAttr.constr(i64)


class AllocLikeOp(IRDLOperation, OpAsmOpInterface):
    """A new buffer: its dynamic sizes, and the symbols of its layout."""

    dynamic_sizes = var_operand_def(INDEX)
    symbol_operands = var_operand_def(INDEX)
    alignment = opt_prop_def(ALIGNMENT)
    memref = result_def(ANY_MEMREF)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(MemoryAllocEffect())
    assembly_format = "`(` $dynamic_sizes `)` (`` `[` $symbol_operands^ `]`)? (`alignment` `=` $alignment^)? attr-dict `:` type($memref)"

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, verifyAllocLikeOp
        type_ = self.memref.type
        assert isinstance(type_, MemRefType)
        verify_dynamic_sizes(type_, len(self.dynamic_sizes))
        symbols = type_.layout.data.num_symbols if isinstance(type_.layout, AffineMapAttr) else 0
        if symbols != len(self.symbol_operands):
            given = len(self.symbol_operands)
            raise VerifyException(
                f"symbol operand count does not equal memref symbol count: expected {symbols}, got {given}"
            )


@irdl_op_definition
class AllocOp(AllocLikeOp):
    """A new buffer, until it is freed."""

    name = "memref.alloc"
    RESULT_NAMES: ClassVar = ("alloc",)


@irdl_op_definition
class AllocaOp(AllocLikeOp):
    """A new buffer, until the function returns."""

    name = "memref.alloca"
    RESULT_NAMES: ClassVar = ("alloca",)


@irdl_op_definition
class CastOp(IRDLOperation, OpAsmOpInterface):
    """The same buffer with more or less of its type known."""

    name = "memref.cast"
    RESULT_NAMES: ClassVar = ("cast",)

    source = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)
    dest = result_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)

    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `to` type($dest)"

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, CastOp::areCastCompatible
        source, dest = self.source.type, self.dest.type
        assert isinstance(source, MemRefType | UnrankedMemRefType)
        assert isinstance(dest, MemRefType | UnrankedMemRefType)
        is_alike = source.element_type == dest.element_type and source.memory_space == dest.memory_space
        if isinstance(source, MemRefType) and isinstance(dest, MemRefType):
            is_alike = is_alike and may_be_same_shape(source, dest) and _may_be_same_layout(source, dest)
        if not is_alike:
            raise VerifyException(f"operand type '{source}' and result type '{dest}' are cast incompatible")


def _may_be_same_layout(one: MemRefType, other: MemRefType) -> bool:
    """Whether two types of buffers of one rank may have the same strides and offset."""
    if one.layout == other.layout:
        return True
    a, b = layout_of(one), layout_of(other)
    if a is None or b is None:
        return False
    pairs = [(x, y) for size, x, y in zip(one.get_shape(), a.strides, b.strides, strict=True) if size != 1]
    return all(DYNAMIC_INDEX in pair or pair[0] == pair[1] for pair in [*pairs, (a.offset, b.offset)])


@irdl_op_definition
class MemorySpaceCastOp(IRDLOperation, OpAsmOpInterface):
    """The same buffer as one of another memory space."""

    name = "memref.memory_space_cast"
    RESULT_NAMES: ClassVar = ("memspacecast",)

    source = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)
    dest = result_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)

    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `to` type($dest)"

    @override
    def verify_(self) -> None:
        # MLIR: MemRefOps.cpp, MemorySpaceCastOp::areCastCompatible
        source, dest = self.source.type, self.dest.type
        if _without_space(source) != _without_space(dest):
            raise VerifyException(f"operand type '{source}' and result type '{dest}' are cast incompatible")


def _without_space(type_: Attribute) -> tuple[Attribute, tuple[int, ...] | None, Attribute | None]:
    assert isinstance(type_, MemRefType | UnrankedMemRefType)
    return type_.element_type, shape_of(type_), type_.layout if isinstance(type_, MemRefType) else None


@irdl_op_definition
class RankOp(IRDLOperation):
    """How many dimensions a buffer has."""

    name = "memref.rank"

    memref = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$memref attr-dict `:` type($memref)"


@irdl_op_definition
class CopyOp(IRDLOperation):
    """Copies all of a buffer to another one of its shape."""

    name = "memref.copy"

    source = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)
    target = operand_def(ANY_MEMREF_WITH_RANK_OR_WITHOUT)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    assembly_format = "$source `,` $target attr-dict `:` type($source) `to` type($target)"

    @override
    def verify_(self) -> None:
        source, target = self.source.type, self.target.type
        if element_type(source) != element_type(target):
            raise VerifyException("requires the same element type for all operands")
        if not may_be_same_shape(source, target):
            raise VerifyException("requires the same shape for all operands")


ELEMENT = VarConstraint("T", AnyAttr())
ACCESSED = MemRefType.constr(ELEMENT)
NOT = BoolAttr.from_bool(False)
_FLAGS = "(`nontemporal` `(` $nontemporal^ `)`)? (`alignment` `(` $alignment^ `)`)? attr-dict `:` type($memref)"


def verify_indices(memref: SSAValue, count: int) -> None:
    """Checks that there are as many numbers as the buffer has dimensions."""
    # MLIR: MemRefOps.cpp, LoadOp::verify, StoreOp::verify
    rank = len(shape_of(memref.type) or ())
    if count != rank:
        raise VerifyException(f"invalid number of indices for accessed memref, expected {rank} but got {count}")


@irdl_op_definition
class LoadOp(IRDLOperation):
    """Reads an element."""

    name = "memref.load"

    T: ClassVar = ELEMENT

    memref = operand_def(ACCESSED)
    indices = var_operand_def(INDEX)
    nontemporal = prop_def(BoolAttr, default_value=NOT)
    alignment = opt_prop_def(ALIGNMENT)
    result = result_def(ELEMENT)

    traits = traits_def(MemoryReadEffect())
    assembly_format = f"$memref `[` $indices `]` {_FLAGS}"

    @override
    def verify_(self) -> None:
        verify_indices(self.memref, len(self.indices))


@irdl_op_definition
class StoreOp(IRDLOperation):
    """Writes an element."""

    name = "memref.store"

    T: ClassVar = ELEMENT

    value = operand_def(ELEMENT)
    memref = operand_def(ACCESSED)
    indices = var_operand_def(INDEX)
    nontemporal = prop_def(BoolAttr, default_value=NOT)
    alignment = opt_prop_def(ALIGNMENT)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = f"$value `,` $memref `[` $indices `]` {_FLAGS}"

    @override
    def verify_(self) -> None:
        verify_indices(self.memref, len(self.indices))
