"""What tells the code generator about values, and what it takes buffers apart with. IREE: IREECodegenOps.td."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, MemRefType
from xdsl.ir import Attribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    SameVariadicResultSize,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_result_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_codegen.attributes import SWIZZLE
from iree_explorer.dialects.iree_codegen.ops import INDEX, STRIDED_MEMREF, TENSOR_OR_MEMREF
from iree_explorer.dialects.iree_codegen.types import NullPointerType
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import TypeIs


def _is_strided_scalar(type_: Attribute) -> bool:
    return isinstance(type_, MemRefType) and not type_.shape.data


@irdl_op_definition
class ExtractStridedMetadataOp(IRDLOperation):
    """The memory behind a buffer, and where in it which elements stand; unlike memref's it is not folded."""

    name = "iree_codegen.extract_strided_metadata"

    source = operand_def(STRIDED_MEMREF)
    base_buffer = result_def(TypeIs("strided memref of any non-token type values of ranks 0", _is_strided_scalar))
    offset = result_def(INDEX)
    sizes = var_result_def(INDEX)
    strides = var_result_def(INDEX)

    irdl_options = (SameVariadicResultSize(),)
    traits = traits_def(Pure())
    assembly_format = "$source `:` type($source) `->` type(results) attr-dict"

    @override
    def verify_(self) -> None:
        # IREE: IREECodegenOps.cpp, ExtractStridedMetadataOp::inferReturnTypes
        inferred = tuple(self._inferred_types())
        if inferred != tuple(self.result_types):
            wanted, found = (", ".join(f"'{type_}'" for type_ in types) for types in (inferred, self.result_types))
            raise VerifyException(
                f"inferred type(s) {wanted} are incompatible with return type(s) of operation {found}"
            )

    def _inferred_types(self) -> Iterator[Attribute]:
        source = self.source.type
        assert isinstance(source, MemRefType)
        yield MemRefType(source.element_type, (), memory_space=source.memory_space)
        yield from [IndexType()] * (1 + 2 * source.get_num_dims())


@irdl_op_definition
class SwizzleHintOp(IRDLOperation):
    """The buffer or tensor, whose accesses may be spread over memory banks."""

    name = "iree_codegen.swizzle_hint"

    T: ClassVar = VarConstraint("T", TENSOR_OR_MEMREF)

    operand = operand_def(T)
    swizzle = prop_def(SWIZZLE)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$operand `[` $swizzle attr-dict `]` `:` type($result)"


@irdl_op_definition
class IndexHintOp(IRDLOperation):
    """The index, and how it varies over the lanes of a GPU."""

    name = "iree_codegen.index_hint"

    input = operand_def(INDEX)
    hint = prop_def(AnyAttr())
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$input `(` $hint `)` attr-dict `:` type($input)"


@irdl_op_definition
class NullPointerOp(IRDLOperation):
    """A pointer to nothing, for microkernels."""

    name = "iree_codegen.null_pointer"

    result = result_def(NullPointerType())

    traits = traits_def(Pure())
    assembly_format = "attr-dict"
