"""Tensors and the devices they are on. IREE: FlowOps.td, OpGroupTensorOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Attribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure

from iree_explorer.dialects.iree_tensor_ext.ops import verify_dynamic_dims
from iree_explorer.dialects.stream.constraints import INDEX
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    HoistableOpInterface,
)
from iree_explorer.ir.interfaces.named_dims import NamedDims
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR


class TensorTargetOp(IRDLOperation, AffinityOpInterface, HoistableOpInterface, NamedDims):
    """An op that says where a tensor is to be; `target` is its affinity. IREE: StreamExternalModels.cpp."""

    OPERAND_DIMS: ClassVar = {"operand": "operand_dims"}
    RESULT_DIMS: ClassVar = "operand_dims"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    operand = operand_def(T)
    operand_dims = var_operand_def(INDEX)
    target = prop_def(AnyAttr())
    result = result_def(T)

    traits = traits_def(Pure())

    @property
    @override
    def affinity_attr(self) -> Attribute | None:
        return self.target

    @affinity_attr.setter
    def affinity_attr(self, value: Attribute | None) -> None:
        if value is not None:
            self.target = value

    @override
    def verify_(self) -> None:
        verify_dynamic_dims((self.operand,), self.operand_dims)


@irdl_op_definition
class TensorBarrierOp(TensorTargetOp, FirstOperandTied):
    """Keeps a tensor where it is up to here."""

    name = "flow.tensor.barrier"

    assembly_format = "$operand `:` type($result) (`{` $operand_dims^ `}`)? `on` $target attr-dict-with-keyword"


@irdl_op_definition
class TensorTransferOp(TensorTargetOp):
    """A tensor brought to another device."""

    name = "flow.tensor.transfer"

    assembly_format = "$operand `:` type($result) (`{` $operand_dims^ `}`)? `to` $target attr-dict-with-keyword"
