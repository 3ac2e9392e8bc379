"""Ops of the `tensor` dialect on single elements. MLIR: TensorOps.td, TensorOps.cpp."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, TensorType
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, result_def, traits_def, var_operand_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.element_types import ElementTypes, element_types
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import (
    ANY_RANKED_TENSOR,
    ElementOf,
    SameType,
    TypeIs,
    shape_of,
    verify_dynamic_sizes,
)

INDEX = IndexType()


def _is_static(type_: Attribute) -> bool:
    return isinstance(type_, TensorType) and DYNAMIC_INDEX not in type_.get_shape()


STATIC_TENSOR = TypeIs("statically shaped tensor of any non-token type values", _is_static, (TensorType,))


def _rank(tensor: SSAValue) -> int:
    return len(shape_of(tensor.type) or ())


@irdl_op_definition
class ExtractOp(IRDLOperation, OpAsmOpInterface):
    """An element of a tensor."""

    name = "tensor.extract"
    RESULT_NAMES: ClassVar = ("extracted",)

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    tensor = operand_def(T)
    indices = var_operand_def(INDEX)
    result = result_def(ElementOf(T, "result type matches element type of tensor"))
    assembly_format = "$tensor `[` $indices `]` attr-dict `:` type($tensor)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if len(self.indices) != _rank(self.tensor):
            raise VerifyException("incorrect number of indices for extract_element")


@irdl_op_definition
class InsertOp(IRDLOperation, OpAsmOpInterface):
    """A tensor with one element replaced."""

    name = "tensor.insert"
    RESULT_NAMES: ClassVar = ("inserted",)

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    scalar = operand_def(ElementOf(T, "scalar type matches element type of dest"))
    dest = operand_def(T)
    indices = var_operand_def(INDEX)
    result = result_def(SameType(T, "result type matches type of dest", ANY_RANKED_TENSOR))
    assembly_format = "$scalar `into` $dest `[` $indices `]` attr-dict `:` type($dest)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if len(self.indices) != _rank(self.dest):
            raise VerifyException("incorrect number of indices")


@irdl_op_definition
class FromElementsOp(IRDLOperation, OpAsmOpInterface):
    """A tensor of scalars, in row-major order."""

    name = "tensor.from_elements"
    RESULT_NAMES: ClassVar = ("from_elements",)

    elements = var_operand_def()
    result = result_def(STATIC_TENSOR)
    custom_directives = (ElementTypes,)
    assembly_format = "$elements attr-dict `:` custom<ElementTypes>(type($result), type($elements))"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        if list(self.elements.types) != element_types(self.result.type):
            raise VerifyException("failed to verify that operand types match result element type")


@irdl_op_definition
class SplatOp(IRDLOperation, OpAsmOpInterface):
    """A tensor of which each element is the same; one operand per dynamic dimension."""

    name = "tensor.splat"
    RESULT_NAMES: ClassVar = ("splat",)

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    input = operand_def(ElementOf(T, "operand type matches element type of result"))
    dynamic_sizes = var_operand_def(INDEX)
    aggregate = result_def(T)
    assembly_format = "$input (`[` $dynamic_sizes^ `]`)? attr-dict `:` type($aggregate)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        verify_dynamic_sizes(self.aggregate.type, len(self.dynamic_sizes))
