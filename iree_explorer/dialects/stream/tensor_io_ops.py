"""Where tensors of the outside become resources and back, and how they are traced. IREE: StreamOps.td."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, StringAttr, UnitAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
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

from iree_explorer.dialects.stream.constraints import AFFINITY, INDEX, STAGING_RESOURCE, STREAM_OR_STAGING_RESOURCE
from iree_explorer.dialects.stream.rules import verify_dynamic_dims
from iree_explorer.dialects.stream.tensor_directives import EncodedResourceOperands
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    number_of_sizes,
)


@irdl_op_definition
class TensorImportOp(IRDLOperation, AffinityOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface, FirstOperandTied):
    """The resource behind an outside value, such as a buffer view."""

    name = "stream.tensor.import"
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def()
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    consume = opt_prop_def(UnitAttr)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(STREAM_OR_STAGING_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`consume` $consume^)? $source `:` type($source) `->` "
        "$result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` type($result) `{` $result_size `}` "
        "attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result_encoding,), self.result_encoding_dims)


@irdl_op_definition
class TensorExportOp(IRDLOperation, AffinityOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface, FirstOperandTied):
    """A resource as an outside value, such as a buffer view."""

    name = "stream.tensor.export"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(STREAM_OR_STAGING_RESOURCE)
    source_encoding = prop_def(ANY_TYPE)
    source_encoding_dims = var_operand_def(INDEX)
    source_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def()

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `:` $source_encoding (`` `{` $source_encoding_dims^ `}`)? `in` "
        "type($source) `` `{` $source_size `}` `->` type($result) attr-dict-with-keyword"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_encoding_dims

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source_encoding,), self.source_encoding_dims)


@irdl_op_definition
class TensorTraceOp(IRDLOperation, ShapeAwareOpInterface, SizeAwareOpInterface):
    """Prints tensors for debugging."""

    name = "stream.tensor.trace"

    key = prop_def(StringAttr)
    resources = var_operand_def(STAGING_RESOURCE)
    resource_sizes = var_operand_def(INDEX)
    resource_encodings = prop_def(ArrayAttr)
    resource_encoding_dims = var_operand_def(INDEX)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (EncodedResourceOperands,)
    assembly_format = (
        "$key `=` `[` custom<EncodedResourceOperands>($resources, type($resources), $resource_sizes, "
        "$resource_encodings, $resource_encoding_dims) `]` attr-dict-with-keyword"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return self.resource_sizes[operand] if operand < len(self.resource_sizes) else None

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        counts = [number_of_sizes(encoding) for encoding in self.resource_encodings]
        first = sum(counts[:operand])
        return self.resource_encoding_dims[first : first + counts[operand]] if operand < len(counts) else ()

    @override
    def verify_(self) -> None:
        if not len(self.resources) == len(self.resource_encodings) == len(self.resource_sizes):
            raise VerifyException("each resource needs a matching resource encoding and size (array length mismatch)")
        verify_dynamic_dims(self.resource_encodings, self.resource_encoding_dims)
