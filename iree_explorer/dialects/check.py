"""The check dialect: what a test program expects of its values. IREE: Modules/Check/IR/CheckOps.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import AnyFloat, Float32Type, FloatAttr, TensorType, UnrankedTensorType, f32
from xdsl.ir import Attribute, Dialect, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_operand_def,
    prop_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.types import BufferViewType, DeviceType
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import (
    SIGNLESS_INTEGER,
    TypeIs,
    element_type,
    is_float,
    is_signless_integer,
)
from iree_explorer.ir.typed_attribute import type_of_attribute

DEVICE = DeviceType()
DEFAULT_ATOL = FloatAttr(1e-4, f32)
DEFAULT_RTOL = FloatAttr(0.0, f32)


def _is_tensor(type_: Attribute) -> bool:
    return isinstance(type_, TensorType | UnrankedTensorType)


VIEW_OR_TENSOR = TypeIs(
    "buffer_view or tensor of any non-token type values",
    lambda type_: isinstance(type_, BufferViewType) or _is_tensor(type_),
)
VIEW_OR_INTEGERS = TypeIs(
    "buffer_view or tensor of signless integer values",
    lambda type_: isinstance(type_, BufferViewType) or (_is_tensor(type_) and is_signless_integer(element_type(type_))),
)
VIEW_OR_FLOATS = TypeIs(
    "buffer_view or tensor of floating-point values",
    lambda type_: isinstance(type_, BufferViewType) or (_is_tensor(type_) and is_float(element_type(type_))),
)
TENSOR = TypeIs("tensor of any non-token type values", _is_tensor)
FLOATS = TypeIs(
    "tensor of floating-point values", lambda type_: _is_tensor(type_) and isinstance(element_type(type_), AnyFloat)
)


@irdl_custom_directive
class Tolerances(CustomDirective):
    """`, atol x, rtol y`, each left out where it has its default.

    IREE bug: where only `atol` has its default, what IREE prints it cannot read back; here it can be read.
    """

    atol: AttributeVariable
    rtol: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        variables = {"atol": self.atol, "rtol": self.rtol}
        while variables and parser.parse_optional_punctuation(","):
            name = parser.parse_keyword_in(tuple(variables))
            variables[name].set(state, FloatAttr.parse_with_type(parser, f32))
            variables = {} if name == "rtol" else {"rtol": self.rtol}

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        for name, variable, default in (("atol", self.atol, DEFAULT_ATOL), ("rtol", self.rtol, DEFAULT_RTOL)):
            value = variable.get(op)
            if isinstance(value, FloatAttr) and value != default:
                printer.print_string(f", {name} ")
                value.print_without_type(printer)
        end_of_token(state)


@irdl_op_definition
class ExpectTrueOp(IRDLOperation):
    """The number is not 0."""

    name = "check.expect_true"

    operand = operand_def(SIGNLESS_INTEGER)

    assembly_format = "`(` $operand `)` attr-dict `:` type($operand)"


@irdl_op_definition
class ExpectFalseOp(IRDLOperation):
    """The number is 0."""

    name = "check.expect_false"

    operand = operand_def(SIGNLESS_INTEGER)

    assembly_format = "`(` $operand `)` attr-dict `:` type($operand)"


@irdl_op_definition
class ExpectAllTrueOp(IRDLOperation):
    """No element is 0."""

    name = "check.expect_all_true"

    device = opt_operand_def(DEVICE)
    operand = operand_def(VIEW_OR_INTEGERS)

    assembly_format = "(`<` $device^ `>`)? `` `(` $operand `)` attr-dict `:` type($operand)"


@irdl_op_definition
class ExpectEqOp(IRDLOperation):
    """Both values are the same, element for element."""

    name = "check.expect_eq"

    T: ClassVar = VarConstraint("T", VIEW_OR_TENSOR)

    device = opt_operand_def(DEVICE)
    lhs = operand_def(T)
    rhs = operand_def(T)

    assembly_format = "(`<` $device^ `>`)? `` `(` $lhs `,` $rhs `)` attr-dict `:` type($lhs)"


def verify_value_type(lhs: SSAValue, value: Attribute) -> None:
    """Checks that a constant has the type of what it is compared with. MLIR: OpBase.td, AllTypesMatch."""
    if type_of_attribute(value) != lhs.type:
        raise VerifyException("failed to verify that all of {lhs, value} have same type")


@irdl_op_definition
class ExpectEqConstOp(IRDLOperation):
    """The value is a constant, element for element."""

    name = "check.expect_eq_const"

    device = opt_operand_def(DEVICE)
    lhs = operand_def(TENSOR)
    value = prop_def(AnyAttr())

    assembly_format = "(`<` $device^ `>`)? `` `(` $lhs `,` $value `)` attr-dict `:` type($lhs)"

    @override
    def verify_(self) -> None:
        verify_value_type(self.lhs, self.value)


@irdl_op_definition
class ExpectAlmostEqOp(IRDLOperation):
    """Both values are near each other: `|lhs - rhs| <= atol + rtol * |rhs|`, element for element."""

    name = "check.expect_almost_eq"

    T: ClassVar = VarConstraint("T", VIEW_OR_FLOATS)

    device = opt_operand_def(DEVICE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    atol = prop_def(FloatAttr[Float32Type], default_value=DEFAULT_ATOL)
    rtol = prop_def(FloatAttr[Float32Type], default_value=DEFAULT_RTOL)

    custom_directives = (Tolerances,)
    assembly_format = (
        "(`<` $device^ `>`)? `` `(` $lhs `,` $rhs custom<Tolerances>($atol, $rtol) `)` attr-dict `:` type($lhs)"
    )


@irdl_op_definition
class ExpectAlmostEqConstOp(IRDLOperation):
    """The value is near a constant: `|lhs - value| <= atol + rtol * |value|`, element for element."""

    name = "check.expect_almost_eq_const"

    device = opt_operand_def(DEVICE)
    lhs = operand_def(FLOATS)
    value = prop_def(AnyAttr())
    atol = prop_def(FloatAttr[Float32Type], default_value=DEFAULT_ATOL)
    rtol = prop_def(FloatAttr[Float32Type], default_value=DEFAULT_RTOL)

    custom_directives = (Tolerances,)
    assembly_format = (
        "(`<` $device^ `>`)? `` `(` $lhs `,` $value custom<Tolerances>($atol, $rtol) `)` attr-dict `:` type($lhs)"
    )

    @override
    def verify_(self) -> None:
        verify_value_type(self.lhs, self.value)


Check = Dialect(
    "check",
    [
        ExpectAllTrueOp,
        ExpectAlmostEqConstOp,
        ExpectAlmostEqOp,
        ExpectEqConstOp,
        ExpectEqOp,
        ExpectFalseOp,
        ExpectTrueOp,
    ],
)
