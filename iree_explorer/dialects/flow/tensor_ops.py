"""Tensors of host programs before they become resources. IREE: FlowOps.td, OpGroupTensorOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, StringAttr, TensorType
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import ConstantLike, MemoryAllocEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.flow.directives import ShapedOperandList, ShapedTiedTensor, TypedConstant
from iree_explorer.dialects.iree_tensor_ext.ops import RetypeOp, verify_dynamic_dims
from iree_explorer.dialects.stream.constraints import INDEX
from iree_explorer.ir.assembly.index_lists import StartsForLengths
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    FirstOperandTied,
    HoistableOpInterface,
    StreamableOpInterface,
    StreamAffinityOp,
)
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, ElementOf, element_type, shape_of


def verify_alike(**tensors: SSAValue) -> None:
    """Checks that tensors have one rank and element type; the names are those of the op's fields.

    MLIR: OpBase.td, AllRanksMatch and AllElementTypesMatch.
    """
    types = [value.type for value in tensors.values() if isinstance(value.type, TensorType)]
    names = ", ".join(tensors)
    if len({len(type_.get_shape()) for type_ in types}) > 1:
        raise VerifyException(f"failed to verify that all of {{{names}}} have same rank")
    verify_same_elements(**tensors)


def verify_same_elements(**tensors: SSAValue) -> None:
    """As `verify_alike`, of the element type alone."""
    if len({element_type(value.type) for value in tensors.values()}) > 1:
        raise VerifyException(f"failed to verify that all of {{{', '.join(tensors)}}} have same element type")


class CloneToConsumersOp(StreamableOpInterface):
    """A streamable op that is better made again than shared. IREE: StreamExternalModels.cpp."""

    @override
    def prefer_clone_to_consumers(self) -> bool:
        return True


@irdl_op_definition
class TensorConstantOp(IRDLOperation, StreamAffinityOp):
    """A tensor with constant contents."""

    name = "flow.tensor.constant"

    value = prop_def(AnyAttr())
    result = result_def(ANY_RANKED_TENSOR)

    traits = traits_def(Pure(), ConstantLike())
    custom_directives = (TypedConstant,)
    assembly_format = "attr-dict custom<TypedConstant>($value, type($result))"


@irdl_op_definition
class TensorDynamicConstantOp(IRDLOperation, StreamAffinityOp):
    """A tensor with constant contents whose shape the compiler may not know."""

    name = "flow.tensor.dynamic_constant"

    value = prop_def(AnyAttr())
    result = result_def(ANY_RANKED_TENSOR)

    assembly_format = "attr-dict $value `->` type($result)"


@irdl_op_definition
class TensorTieShapeOp(IRDLOperation, NamedDims):
    """A tensor with its dynamic dimensions."""

    name = "flow.tensor.tie_shape"

    OPERAND_DIMS: ClassVar = {"operand": "dynamic_dims"}
    RESULT_DIMS: ClassVar = "dynamic_dims"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    operand = operand_def(T)
    dynamic_dims = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$operand attr-dict `:` type($result) (`{` $dynamic_dims^ `}`)?"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.operand,), self.dynamic_dims)


class TensorCastOp(RetypeOp):
    """The same elements as a tensor of another type."""


@irdl_op_definition
class TensorReshapeOp(TensorCastOp, CloneToConsumersOp):
    """The same elements in another shape."""

    name = "flow.tensor.reshape"

    @override
    def verify_(self) -> None:
        verify_same_elements(source=self.source, result=self.result)
        super().verify_()


@irdl_op_definition
class TensorBitCastOp(TensorCastOp):
    """The same bits as other elements."""

    name = "flow.tensor.bitcast"


@irdl_op_definition
class TensorLoadOp(IRDLOperation, NamedDims):
    """An element of a tensor."""

    name = "flow.tensor.load"

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    source = operand_def(T)
    source_dims = var_operand_def(INDEX)
    indices = var_operand_def(INDEX)
    result = result_def(ElementOf(T, "value type matches element type of target operand"))

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = "$source (`[` $indices^ `]`)? `:` type($source) (`{` $source_dims^ `}`)? attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.source,), self.source_dims)


@irdl_op_definition
class TensorStoreOp(IRDLOperation, NamedDims):
    """A tensor with one element changed."""

    name = "flow.tensor.store"

    OPERAND_DIMS: ClassVar = {"target": "target_dims"}

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    value = operand_def(ElementOf(T, "value type matches element type of target operand"))
    target = operand_def(T)
    target_dims = var_operand_def(INDEX)
    indices = var_operand_def(INDEX)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "$value `,` $target (`[` $indices^ `]`)? `:` type($target) (`{` $target_dims^ `}`)? attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.target,), self.target_dims)


class TensorMakeOp(IRDLOperation, StreamAffinityOp, CloneToConsumersOp, NamedDims):
    """A new tensor."""

    result_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    assembly_format = "`:` type($result) (`{` $result_dims^ `}`)? attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result,), self.result_dims)


@irdl_op_definition
class TensorAllocaOp(TensorMakeOp):
    """A new tensor with memory of its own."""

    name = "flow.tensor.alloca"

    traits = traits_def(MemoryAllocEffect())


@irdl_op_definition
class TensorEmptyOp(TensorMakeOp, HoistableOpInterface):
    """A tensor whose contents are not defined."""

    name = "flow.tensor.empty"

    traits = traits_def(Pure())


@irdl_op_definition
class TensorSplatOp(IRDLOperation, StreamAffinityOp, CloneToConsumersOp, HoistableOpInterface, NamedDims):
    """A tensor with the same element all over."""

    name = "flow.tensor.splat"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    value = operand_def(ElementOf(T, "value type matches element type of result"))
    result_dims = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$value `:` type($result) (`{` $result_dims^ `}`)? attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.result,), self.result_dims)


@irdl_op_definition
class TensorCloneOp(IRDLOperation, StreamAffinityOp, HoistableOpInterface, NamedDims):
    """A copy of a tensor."""

    name = "flow.tensor.clone"

    OPERAND_DIMS: ClassVar = {"operand": "operand_dims"}
    RESULT_DIMS: ClassVar = "operand_dims"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    operand = operand_def(T)
    operand_dims = var_operand_def(INDEX)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$operand `:` type($result) (`{` $operand_dims^ `}`)? attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.operand,), self.operand_dims)


@irdl_op_definition
class TensorEncodeOp(IRDLOperation, StreamAffinityOp, NamedDims):
    """A tensor in another encoding."""

    name = "flow.tensor.encode"

    OPERAND_DIMS: ClassVar = {"operand": "operand_dims"}

    operand = operand_def(ANY_RANKED_TENSOR)
    operand_dims = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "$operand `:` type($operand) (`{` $operand_dims^ `}`)? `->` type($result) (`{` $result_dims^ `}`)? "
        "attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_alike(operand=self.operand, result=self.result)
        verify_dynamic_dims((self.operand,), self.operand_dims)
        verify_dynamic_dims((self.result,), self.result_dims)
        shapes = zip(shape_of(self.operand.type) or (), shape_of(self.result.type) or (), strict=True)
        if any(DYNAMIC_INDEX not in (a, b) and a != b for a, b in shapes):
            raise VerifyException("the operand shape and result shape are not compatible")


@irdl_op_definition
class TensorSliceOp(IRDLOperation, StreamAffinityOp, HoistableOpInterface, NamedDims):
    """A part of a tensor."""

    name = "flow.tensor.slice"

    OPERAND_DIMS: ClassVar = {"source": "source_dims"}

    source = operand_def(ANY_RANKED_TENSOR)
    source_dims = var_operand_def(INDEX)
    start_indices = var_operand_def(INDEX)
    lengths = var_operand_def(INDEX)
    result_dims = var_operand_def(INDEX)
    result = result_def(ANY_RANKED_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (StartsForLengths,)
    assembly_format = (
        "$source `[` custom<StartsForLengths>($start_indices, $lengths) `]` `:` type($source) (`{` $source_dims^ `}`)? `->` "
        "type($result) (`{` $result_dims^ `}`)? attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_alike(source=self.source, result=self.result)
        verify_dynamic_dims((self.source,), self.source_dims)
        verify_dynamic_dims((self.result,), self.result_dims)


@irdl_op_definition
class TensorUpdateOp(IRDLOperation, StreamAffinityOp, HoistableOpInterface, FirstOperandTied, NamedDims):
    """A tensor with a part overwritten."""

    name = "flow.tensor.update"

    OPERAND_DIMS: ClassVar = {"target": "target_dims", "update": "update_dims"}
    RESULT_DIMS: ClassVar = "target_dims"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    target = operand_def(T)
    target_dims = var_operand_def(INDEX)
    start_indices = var_operand_def(INDEX)
    update = operand_def(ANY_RANKED_TENSOR)
    update_dims = var_operand_def(INDEX)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ShapedTiedTensor,)
    assembly_format = (
        "$update `,` $target `[` $start_indices `]` `:` type($update) (`{` $update_dims^ `}`)? `->` "
        "custom<ShapedTiedTensor>(type($result), $target_dims) attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_alike(update=self.update, target=self.target, result=self.result)
        verify_dynamic_dims((self.update,), self.update_dims)
        verify_dynamic_dims((self.target,), self.target_dims)


@irdl_op_definition
class TensorTraceOp(IRDLOperation, NamedDims):
    """Prints tensors for debugging."""

    name = "flow.tensor.trace"

    OPERAND_DIMS: ClassVar = {"values": "value_dims"}

    key = prop_def(StringAttr)
    values = var_operand_def(ANY_RANKED_TENSOR)
    value_dims = var_operand_def(INDEX)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (ShapedOperandList,)
    assembly_format = (
        "$key `=` `[` custom<ShapedOperandList>($values, type($values), $value_dims) `]` attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        verify_dynamic_dims(self.values, self.value_dims)
