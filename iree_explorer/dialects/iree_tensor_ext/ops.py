"""Ops of the iree_tensor_ext dialect on tensors in bindings and on grids of kernels. IREE: TensorExtOps.td."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    DenseArrayBase,
    IndexType,
    IntegerAttr,
    IntegerType,
    ShapedType,
    TensorType,
    i64,
)
from xdsl.ir import Attribute, SSAValue
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
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import FirstOperandTied, HoistableOpInterface
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, TypeIs, is_rank_reduced

INDEX = IndexType()


DISPATCH_TENSOR = TypeIs("dispatch.tensor", lambda type_: isinstance(type_, DispatchTensorType))
WRITABLE_DISPATCH_TENSOR = TypeIs(
    "dispatch.tensor",
    lambda type_: isinstance(type_, DispatchTensorType) and type_.tensor_access is not TensorAccess.READ_ONLY,
)


def _dynamic_dims(type_: Attribute) -> int:
    shape = type_.get_shape() if isinstance(type_, ShapedType | DispatchTensorType) else ()
    return sum(dimension == DYNAMIC_INDEX for dimension in shape)


def verify_dynamic_dims(value: SSAValue, dims: Sequence[SSAValue]) -> None:
    """Checks that there is one dimension per `?` in the type of `value`. IREE: TensorExtOps.cpp, verifyOpDynamicDims."""
    required = _dynamic_dims(value.type)
    if len(dims) != required:
        raise VerifyException(
            f"value set has {required} dynamic dimensions but only {len(dims)} dimension values are attached"
        )


@irdl_op_definition
class BitCastOp(IRDLOperation, FirstOperandTied, HoistableOpInterface, NamedDims):
    """The same bytes as a tensor of another type."""

    name = "iree_tensor_ext.bitcast"

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
        verify_dynamic_dims(self.source, self.source_dims)
        verify_dynamic_dims(self.result, self.result_dims)


def _verify_static_and_dynamic(
    name: str, static: DenseArrayBase[IntegerType], dynamic: Sequence[SSAValue], rank: int
) -> None:
    values = static.get_values()
    if len(values) != rank:
        raise VerifyException(f"expected {rank} {name} values, got {len(values)}")
    if sum(value == DYNAMIC_INDEX for value in values) != len(dynamic):
        raise VerifyException(f"expected the number of dynamic {name} values to match the number of dynamic operands")


def _verify_slice(op: DispatchTensorLoadOp | DispatchTensorStoreOp, rank: int) -> None:
    """MLIR: ViewLikeInterface.cpp, OffsetSizeAndStrideOpInterface, verify."""
    for name, static in (("offsets", op.static_offsets), ("sizes", op.static_sizes)):
        for value in static.get_values():
            if value < 0 and value != DYNAMIC_INDEX:
                raise PlainDefect(f"expected {name} to be non-negative, but got {value}")
    _verify_static_and_dynamic("offset", op.static_offsets, op.offsets, rank)
    _verify_static_and_dynamic("size", op.static_sizes, op.sizes, rank)
    _verify_static_and_dynamic("stride", op.static_strides, op.strides, rank)


@irdl_op_definition
class DispatchTensorLoadOp(IRDLOperation, FirstOperandTied, NamedDims):
    """A slice of a binding, as a tensor."""

    name = "iree_tensor_ext.dispatch.tensor.load"

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}
    RESULT_DIMS: ClassVar = "sizes"

    source = operand_def(DISPATCH_TENSOR)
    source_dims = var_operand_def(INDEX)
    offsets = var_operand_def(INDEX)
    sizes = var_operand_def(INDEX)
    strides = var_operand_def(INDEX)
    static_offsets = prop_def(DenseArrayBase.constr(i64))
    static_sizes = prop_def(DenseArrayBase.constr(i64))
    static_strides = prop_def(DenseArrayBase.constr(i64))
    result = result_def(ANY_RANKED_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$source `,` `offsets` `=` custom<DynamicIndexList>($offsets, $static_offsets) "
        "`,` `sizes` `=` custom<DynamicIndexList>($sizes, $static_sizes) "
        "`,` `strides` `=` custom<DynamicIndexList>($strides, $static_strides) "
        "attr-dict `:` type($source) (`{` $source_dims^ `}`)? `->` type($result)"
    )

    @override
    def verify_(self) -> None:
        assert isinstance(self.source.type, DispatchTensorType)
        verify_dynamic_dims(self.source, self.source_dims)
        _verify_slice(self, len(self.source.type.get_shape()))


@irdl_op_definition
class DispatchTensorStoreOp(IRDLOperation, NamedDims):
    """Writes a tensor to a slice of a binding."""

    name = "iree_tensor_ext.dispatch.tensor.store"

    OPERAND_DIMS: ClassVar = {"target": "target_dims"}

    value = operand_def(ANY_RANKED_TENSOR)
    target = operand_def(WRITABLE_DISPATCH_TENSOR)
    target_dims = var_operand_def(INDEX)
    offsets = var_operand_def(INDEX)
    sizes = var_operand_def(INDEX)
    strides = var_operand_def(INDEX)
    static_offsets = prop_def(DenseArrayBase.constr(i64))
    static_sizes = prop_def(DenseArrayBase.constr(i64))
    static_strides = prop_def(DenseArrayBase.constr(i64))

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$value `,` $target `,` `offsets` `=` custom<DynamicIndexList>($offsets, $static_offsets) "
        "`,` `sizes` `=` custom<DynamicIndexList>($sizes, $static_sizes) "
        "`,` `strides` `=` custom<DynamicIndexList>($strides, $static_strides) "
        "attr-dict `:` type($value) `->` type($target) (`{` $target_dims^ `}`)?"
    )

    @override
    def verify_(self) -> None:
        assert isinstance(self.target.type, DispatchTensorType)
        verify_dynamic_dims(self.target, self.target_dims)
        _verify_slice(self, len(self.target.type.get_shape()))
        self._verify_value()

    def _verify_value(self) -> None:
        # MLIR: TensorOps.cpp, produceSliceErrorMsg
        type_, sizes = self.value.type, self.static_sizes.get_values()
        assert isinstance(type_, TensorType)
        if len(sizes) < type_.get_num_dims():
            raise PlainDefect("expected rank to be smaller or equal to the other rank. ")
        if not is_rank_reduced(sizes, type_.get_shape()):
            whole = TensorType(type_.element_type, sizes)
            raise PlainDefect(f"expected type to be '{whole}' or a rank-reduced version. (size mismatch) ")


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
        verify_dynamic_dims(self.value, self.value_dims)
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
