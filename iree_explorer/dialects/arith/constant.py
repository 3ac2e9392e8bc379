"""`arith.constant`. xDSL's own would bring all of its arith dialect along, which most programs need no other op of.

Source of types, traits and the assembly format: MLIR ArithOps.td, ArithOps.cpp.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IndexType,
    IndexTypeConstr,
    IntegerAttr,
    IntegerType,
    NoneType,
    SignlessIntegerConstraint,
    StringAttr,
    i1,
)
from xdsl.ir import Attribute, Operation, OpResult, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrConstraint,
    IRDLOperation,
    ParamAttrConstraint,
    VarConstraint,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.irdl.constraints import VerificationContext
from xdsl.traits import ConstantLike, HasFolder, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.dense_resource import DenseResourceElementsAttr
from iree_explorer.ir.interfaces import OpAsmOpInterface

ConstantValue = IntegerAttr | FloatAttr | DenseIntOrFPElementsAttr | DenseResourceElementsAttr


class _FoldsToItsValue(HasFolder):
    """Tells `ConstantLike.get_constant_value` what a constant holds."""

    @classmethod
    @override
    def fold(cls, op: Operation) -> Sequence[SSAValue | Attribute]:
        return (op.properties["value"],)


@dataclass(frozen=True)
class _StringOfNoType(AttrConstraint[StringAttr]):
    """A string, which MLIR takes for a value of type `none`: never the type of a constant's result."""

    type: VarConstraint[Attribute]

    @override
    def verify(self, attr: Attribute, constraint_context: VerificationContext) -> None:
        if not isinstance(attr, StringAttr):
            raise VerifyException(f"{attr} should be a string")
        self.type.verify(NoneType(), constraint_context)

    @override
    def variables(self) -> set[str]:
        return self.type.variables()

    @override
    def get_bases(self) -> set[type[Attribute]]:
        return {StringAttr}

    @override
    def mapping_type_vars(self, type_var_mapping: object) -> _StringOfNoType:
        return self


@irdl_op_definition
class ConstantOp(IRDLOperation, OpAsmOpInterface):
    """A number, or a vector or tensor of numbers."""

    name = "arith.constant"

    _T: ClassVar = VarConstraint("T", AnyAttr())

    result = result_def(_T)
    value = prop_def(
        IntegerAttr.constr((SignlessIntegerConstraint | IndexTypeConstr) & _T)
        | ParamAttrConstraint(FloatAttr, (AnyAttr(), _T))
        | ParamAttrConstraint(DenseIntOrFPElementsAttr, (_T, AnyAttr()))
        | ParamAttrConstraint(DenseResourceElementsAttr, (AnyAttr(), _T, AnyAttr()))
        | _StringOfNoType(_T)
    )

    traits = traits_def(Pure(), ConstantLike(), _FoldsToItsValue())
    assembly_format = "attr-dict $value"

    def __init__(self, value: ConstantValue, type_: Attribute | None = None) -> None:
        super().__init__(result_types=[value.get_type() if type_ is None else type_], properties={"value": value})

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        """`c4`, `c4_i32`, `true`, `false`; `cst` for all but scalar integers. MLIR: ConstantOp::getAsmResultNames."""
        value, type_ = self.value, self.result.type
        if not isinstance(value, IntegerAttr) or not isinstance(type_, IntegerType | IndexType):
            yield self.result, "cst"
        elif type_ == i1:
            yield self.result, "true" if value.value.data else "false"
        elif isinstance(type_, IndexType):
            yield self.result, f"c{value.value.data}"
        else:
            yield self.result, f"c{value.value.data}_{type_}"


def integer_of(value: SSAValue) -> int | None:
    """The integer that a constant gives; None: `value` is no such result."""
    if not isinstance(value, OpResult) or not isinstance(value.op, ConstantOp):
        return None
    attribute = value.op.properties.get("value")
    return attribute.value.data if isinstance(attribute, IntegerAttr) else None
