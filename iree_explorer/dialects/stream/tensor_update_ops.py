"""Reads and writes of elements and parts of tensors. IREE: StreamOps.td, OpGroupTensorOps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
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
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_STREAM_RESOURCE,
    INDEX,
    PRIMITIVE_OR_VECTOR,
    STAGING_RESOURCE,
)
from iree_explorer.dialects.stream.rules import rank_of, verify_dynamic_dims
from iree_explorer.ir.assembly.directives import ShapedTiedResult
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
)
from iree_explorer.ir.type_constraints import PRIMITIVE

TARGET = (
    "$target_encoding (`` `{` $target_encoding_dims^ `}`)? `in` "
    "custom<ShapedTiedResult>(type($target), $target_size) attr-dict-with-keyword"
)
"""What formats of ops that update a target in place end in."""


@irdl_op_definition
class TensorFillOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """Fills a part of a tensor with an element, in place."""

    name = "stream.tensor.fill"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_encoding = prop_def(ANY_TYPE)
    target_encoding_dims = var_operand_def(INDEX)
    target_size = operand_def(INDEX)
    start_indices = var_operand_def(INDEX)
    lengths = var_operand_def(INDEX)
    value = operand_def(PRIMITIVE)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $value `,` $target (`[` $start_indices `for` $lengths^ `]`)? `:` "
        f"type($value) `->` {TARGET}"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.target_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.target_encoding,), self.target_encoding_dims)


@irdl_op_definition
class TensorUpdateOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """Overwrites a part of a tensor with another, in place."""

    name = "stream.tensor.update"
    OPERAND_SIZES: ClassVar = ("target_size", "update_size")
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_encoding = prop_def(ANY_TYPE)
    target_encoding_dims = var_operand_def(INDEX)
    target_size = operand_def(INDEX)
    start_indices = var_operand_def(INDEX)
    update = operand_def(ANY_STREAM_RESOURCE)
    update_encoding = prop_def(ANY_TYPE)
    update_encoding_dims = var_operand_def(INDEX)
    update_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $update `,` $target `[` $start_indices `]` `:` "
        "$update_encoding (`` `{` $update_encoding_dims^ `}`)? `in` type($update) `` `{` $update_size `}` `->` "
        f"{TARGET}"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.target_encoding_dims if operand == 0 else self.update_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.update_encoding,), self.update_encoding_dims)
        verify_dynamic_dims((self.target_encoding,), self.target_encoding_dims)


@irdl_op_definition
class TensorLoadOp(IRDLOperation, ShapeAwareOpInterface, SizeAwareOpInterface):
    """An element of a staged tensor."""

    name = "stream.tensor.load"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(STAGING_RESOURCE)
    source_encoding = prop_def(ANY_TYPE)
    source_encoding_dims = var_operand_def(INDEX)
    source_size = operand_def(INDEX)
    indices = var_operand_def(INDEX)
    result = result_def(PRIMITIVE_OR_VECTOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "$source (`[` $indices^ `]`)? `:` $source_encoding (`` `{` $source_encoding_dims^ `}`)? `in` "
        "type($source) `` `{` $source_size `}` `->` type($result) attr-dict-with-keyword"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source_encoding,), self.source_encoding_dims)
        _verify_indices(self.indices, self.source_encoding)


@irdl_op_definition
class TensorStoreOp(IRDLOperation, ShapeAwareOpInterface, SizeAwareOpInterface, FirstOperandTied):
    """Writes an element of a staged tensor, in place."""

    name = "stream.tensor.store"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", STAGING_RESOURCE)

    target = operand_def(T)
    target_encoding = prop_def(ANY_TYPE)
    target_encoding_dims = var_operand_def(INDEX)
    target_size = operand_def(INDEX)
    indices = var_operand_def(INDEX)
    value = operand_def(PRIMITIVE_OR_VECTOR)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ShapedTiedResult,)
    assembly_format = f"$value `,` $target (`[` $indices^ `]`)? `:` type($value) `->` {TARGET}"

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.target_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.target_encoding,), self.target_encoding_dims)
        _verify_indices(self.indices, self.target_encoding)


def _verify_indices(indices: Sequence[SSAValue], encoding: Attribute) -> None:
    if len(indices) != rank_of(encoding):
        raise VerifyException("indices rank mismatch")
