"""Resources as tensors of a shape and encoding: the tensor phase. IREE: StreamOps.td, OpGroupTensorOps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import NoneAttr, TensorType
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import AFFINITY, ANY_STREAM_RESOURCE, INDEX
from iree_explorer.dialects.stream.rules import rank_of, verify_dynamic_dims
from iree_explorer.ir.assembly.index_lists import StartsForLengths
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    OpAsmOpInterface,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
)
from iree_explorer.ir.interfaces.encodings import are_encodings_compatible
from iree_explorer.ir.type_constraints import PRIMITIVE

SOURCE_TO_RESULT = (
    "$source_encoding (`` `{` $source_encoding_dims^ `}`)? `in` type($source) `` `{` $source_size `}` `->` "
    "$result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` type($result) `` `{` $result_size `}` "
    "attr-dict-with-keyword"
)
"""What formats of ops from one encoded resource to another end in."""


@irdl_op_definition
class TensorSizeOfOp(IRDLOperation, AffinityOpInterface):
    """How many bytes an encoded tensor takes."""

    name = "stream.tensor.sizeof"

    encoding = prop_def(ANY_TYPE)
    encoding_dims = var_operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    storage_size = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $encoding (`{` $encoding_dims^ `}`)? attr-dict `:` type($storage_size)"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.encoding,), self.encoding_dims)


@irdl_op_definition
class TensorEmptyOp(
    IRDLOperation,
    OpAsmOpInterface,
    AffinityOpInterface,
    StreamableOpInterface,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
):
    """A tensor whose contents are not defined."""

    name = "stream.tensor.empty"
    RESULT_NAMES: ClassVar = ("empty",)
    RESULT_SIZE: ClassVar = "result_size"

    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? `:` $result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )

    @override
    def is_metadata(self) -> bool:
        return True

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)


@irdl_op_definition
class TensorConstantOp(
    IRDLOperation, OpAsmOpInterface, AffinityOpInterface, StreamableOpInterface, ShapeAwareOpInterface
):
    """A tensor with constant contents."""

    name = "stream.tensor.constant"
    RESULT_NAMES: ClassVar = ("cst",)

    value = prop_def(AnyAttr())
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? `:` $result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` "
        "type($result) `=` $value attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)


@irdl_op_definition
class TensorSplatOp(
    IRDLOperation, AffinityOpInterface, StreamableOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface
):
    """A tensor with the same element all over."""

    name = "stream.tensor.splat"
    RESULT_SIZE: ClassVar = "result_size"

    value = operand_def(PRIMITIVE)
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $value `:` type($value) `->` "
        "$result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` type($result) `` `{` $result_size `}` "
        "attr-dict-with-keyword"
    )

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)


class TensorMoveOp(
    IRDLOperation, AffinityOpInterface, StreamableOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface
):
    """Makes one encoded tensor from another."""

    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(ANY_STREAM_RESOURCE)
    source_encoding = prop_def(ANY_TYPE)
    source_encoding_dims = var_operand_def(INDEX)
    source_size = operand_def(INDEX)
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = f"(`on` `(` $affinity^ `)`)? $source `:` {SOURCE_TO_RESULT}"

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source_encoding,), self.source_encoding_dims)
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)


@irdl_op_definition
class TensorCloneOp(TensorMoveOp):
    """A copy of a tensor, possibly of another shape."""

    name = "stream.tensor.clone"

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, TensorCloneOp::verify
        source, result = (
            type_.encoding if isinstance(type_, TensorType) else NoneAttr()
            for type_ in (self.source_encoding, self.result_encoding)
        )
        if not are_encodings_compatible(source, result):
            have, want = ("<<NULL ATTRIBUTE>>" if isinstance(each, NoneAttr) else each for each in (source, result))
            raise VerifyException(f"clones changing tensor encoding from {have} to {want}; not allowed")
        super().verify_()


@irdl_op_definition
class TensorEncodeOp(TensorMoveOp):
    """A tensor in another encoding."""

    name = "stream.tensor.encode"


@irdl_op_definition
class TensorSliceOp(
    IRDLOperation, AffinityOpInterface, StreamableOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface
):
    """A copy of a part of a tensor."""

    name = "stream.tensor.slice"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(ANY_STREAM_RESOURCE)
    source_encoding = prop_def(ANY_TYPE)
    source_encoding_dims = var_operand_def(INDEX)
    source_size = operand_def(INDEX)
    start_indices = var_operand_def(INDEX)
    lengths = var_operand_def(INDEX)
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (StartsForLengths,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `[` custom<StartsForLengths>($start_indices, $lengths) `]` "
        f"`:` {SOURCE_TO_RESULT}"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source_encoding,), self.source_encoding_dims)
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)
        rank = rank_of(self.source_encoding)
        if len(self.start_indices) != rank or len(self.lengths) != rank:
            raise VerifyException("start_indices/lengths rank mismatch")
