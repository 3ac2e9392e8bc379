"""Ops of the iree_tensor_ext dialect on tensors in bindings and on grids of kernels. IREE: TensorExtOps.td."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    IndexType,
    IntegerAttr,
    ShapedType,
)
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_tensor_ext.types import DispatchTensorType, TensorAccess
from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import FirstOperandTied, HoistableOpInterface
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.interfaces.slices import OffsetSizeAndStrideOpInterface, verify_part_type
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, TypeIs, element_type

INDEX = IndexType()


DISPATCH_TENSOR = TypeIs("dispatch.tensor", lambda type_: isinstance(type_, DispatchTensorType))
WRITABLE_DISPATCH_TENSOR = TypeIs(
    "dispatch.tensor",
    lambda type_: isinstance(type_, DispatchTensorType) and type_.tensor_access is not TensorAccess.READ_ONLY,
)


def _dynamic_dims(type_: Attribute) -> int:
    shape = type_.get_shape() if isinstance(type_, ShapedType | DispatchTensorType) else ()
    return sum(dimension == DYNAMIC_INDEX for dimension in shape)


def verify_boundary_types(op: Operation) -> None:
    """Refuses shapes of indices among what a dispatch takes and gives. # IREE: FlowOps.cpp, verifyIOType."""
    for type_ in (*op.operand_types, *op.result_types):
        if isinstance(type_, ShapedType) and isinstance(getattr(type_, "element_type", None), IndexType):
            boundary = "index types must not cross the dispatch boundary"
            raise VerifyException(f"I/O type '{type_}' is invalid: {boundary}")


def verify_dynamic_dims(values: Iterable[SSAValue], dims: Sequence[SSAValue]) -> None:
    """Checks that there is one dimension per `?` in the types of `values`. IREE: TensorExtOps.cpp, verifyOpDynamicDims."""
    required = sum(_dynamic_dims(value.type) for value in values)
    if len(dims) != required:
        raise VerifyException(
            f"value set has {required} dynamic dimensions but only {len(dims)} dimension values are attached"
        )


class RetypeOp(IRDLOperation, FirstOperandTied, HoistableOpInterface, NamedDims):
    """A tensor as one of another type, both with their dynamic dimensions."""

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}

    source = operand_def(ANY_RANKED_TENSOR)
    source_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "$source `:` type($source) (`{` $source_dims^ `}`)? `->` type($result) (`{` $result_dims^ `}`)? "
        "attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source,), self.source_dims)
        verify_dynamic_dims((self.result,), self.result_dims)


@irdl_op_definition
class BitCastOp(RetypeOp):
    """The same bytes as a tensor of another type."""

    name = "iree_tensor_ext.bitcast"


@irdl_op_definition
class DispatchTensorLoadOp(OffsetSizeAndStrideOpInterface, FirstOperandTied, NamedDims):
    """A slice of a binding, as a tensor."""

    name = "iree_tensor_ext.dispatch.tensor.load"

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}
    RESULT_DIMS: ClassVar = "sizes"

    source = operand_def(DISPATCH_TENSOR)
    source_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    traits = traits_def(Pure())
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$source `,` `offsets` `=` custom<DynamicIndexList>($offsets, $static_offsets) "
        "`,` `sizes` `=` custom<DynamicIndexList>($sizes, $static_sizes) "
        "`,` `strides` `=` custom<DynamicIndexList>($strides, $static_strides) "
        "attr-dict `:` type($source) (`{` $source_dims^ `}`)? `->` type($result)"
    )

    @property
    @override
    def sliced_rank(self) -> int:
        return _rank(self.source)

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source,), self.source_dims)


@irdl_op_definition
class DispatchTensorStoreOp(OffsetSizeAndStrideOpInterface, NamedDims):
    """Writes a tensor to a slice of a binding."""

    name = "iree_tensor_ext.dispatch.tensor.store"

    OPERAND_DIMS: ClassVar = {"target": "target_dims"}

    value = operand_def(ANY_RANKED_TENSOR)
    target = operand_def(WRITABLE_DISPATCH_TENSOR)
    target_dims = var_operand_def(INDEX)

    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$value `,` $target `,` `offsets` `=` custom<DynamicIndexList>($offsets, $static_offsets) "
        "`,` `sizes` `=` custom<DynamicIndexList>($sizes, $static_sizes) "
        "`,` `strides` `=` custom<DynamicIndexList>($strides, $static_strides) "
        "attr-dict `:` type($value) `->` type($target) (`{` $target_dims^ `}`)?"
    )

    @property
    @override
    def sliced_rank(self) -> int:
        return _rank(self.target)

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.target,), self.target_dims)
        verify_part_type(self.static_sizes.get_values(), element_type(self.value.type), self.value.type)


def _rank(binding: SSAValue) -> int:
    assert isinstance(binding.type, DispatchTensorType)
    return len(binding.type.get_shape())


@irdl_op_definition
class DispatchWorkgroupCountFromSliceOp(IRDLOperation):
    """The grid of a kernel as its tiling will make it; decided later."""

    name = "iree_tensor_ext.dispatch.workgroup_count_from_slice"

    operands_ = var_operand_def(INDEX)
    x = result_def(INDEX)
    y = result_def(INDEX)
    z = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "attr-dict `(` $operands_ `)`"


@irdl_op_definition
class DispatchWorkgroupCountSplitReductionModifierOp(IRDLOperation):
    """The grid of a kernel whose reduction is split; decided later."""

    name = "iree_tensor_ext.dispatch.workgroup_count_split_reduction_modifier"

    workgroup_x = operand_def(INDEX)
    workgroup_y = operand_def(INDEX)
    workgroup_z = operand_def(INDEX)
    workload = var_operand_def(INDEX)
    result_x = result_def(INDEX)
    result_y = result_def(INDEX)
    result_z = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = (
        "attr-dict `workgroups` `(` $workgroup_x `,` $workgroup_y `,` $workgroup_z `)` `workload` `(` $workload `)`"
    )


@irdl_op_definition
class DispatchWorkloadOrdinalOp(IRDLOperation):
    """A number that the kernel gets as part of its workload."""

    name = "iree_tensor_ext.dispatch.workload.ordinal"

    operand = operand_def(INDEX)
    ordinal = prop_def(IntegerAttr[IndexType])
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "attr-dict $operand `,` $ordinal `:` type($operand)"


class ComputeBarrierOp(IRDLOperation, NamedDims):
    """A tensor that no fusion crosses."""

    OPERAND_DIMS: ClassVar = {"value": "value_dims"}
    RESULT_DIMS: ClassVar = "value_dims"

    value = operand_def(ANY_RANKED_TENSOR)
    value_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    traits = traits_def(Pure())
    assembly_format = "$value `:` type($value) (`{` $value_dims^ `}`)? `->` type($result) attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.value,), self.value_dims)
        if self.value.type != self.result.type:
            raise VerifyException("value and result types must match")


@irdl_op_definition
class ComputeBarrierStartOp(ComputeBarrierOp):
    """Where a part begins that is computed on its own."""

    name = "iree_tensor_ext.compute_barrier.start"


@irdl_op_definition
class ComputeBarrierEndOp(ComputeBarrierOp):
    """Where a part ends that is computed on its own."""

    name = "iree_tensor_ext.compute_barrier.end"
