"""Comparisons and selection of the `arith` dialect.

Source of types, traits and assembly formats: MLIR ArithOps.td, ArithOps.cpp.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.arith import CMPF_COMPARISON_OPERATIONS, CMPI_COMPARISON_OPERATIONS
from xdsl.dialects.builtin import IntegerAttr, i1, i64
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    OperandVariable,
    ParsingState,
    PrintingState,
    TypeDirective,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.flags import NO_FASTMATH, FastMathFlagsAttr
from iree_explorer.ir.assembly.directives import end_of_token, parse_operands
from iree_explorer.ir.assembly.enum_directives import EnumDirective, verify_number
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import (
    BOOL_LIKE,
    FLOAT_LIKE,
    NON_ZERO_WIDTH_INTEGER_LIKE,
    BoolsLike,
    shape_of,
    with_element_type,
)


@irdl_custom_directive
class CmpIPredicate(EnumDirective):
    """`slt`, `uge` and so on."""

    predicate: AttributeVariable
    words = tuple(CMPI_COMPARISON_OPERATIONS)
    number_type = i64


@irdl_custom_directive
class CmpFPredicate(EnumDirective):
    """`olt`, `une` and so on."""

    predicate: AttributeVariable
    words = tuple(CMPF_COMPARISON_OPERATIONS)
    number_type = i64


@irdl_op_definition
class CmpIOp(IRDLOperation):
    """Compares integers; see `CMPI_COMPARISON_OPERATIONS` for the numbers of the predicates."""

    name = "arith.cmpi"
    T: ClassVar = VarConstraint("T", NON_ZERO_WIDTH_INTEGER_LIKE)
    predicate = prop_def(IntegerAttr)
    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(BoolsLike(T))
    custom_directives = (CmpIPredicate,)
    assembly_format = "custom<CmpIPredicate>($predicate) `,` $lhs `,` $rhs attr-dict `:` type($lhs)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        verify_number(self, "predicate", CmpIPredicate)


@irdl_op_definition
class CmpFOp(IRDLOperation):
    """Compares floats; see `CMPF_COMPARISON_OPERATIONS` for the numbers of the predicates."""

    name = "arith.cmpf"
    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    predicate = prop_def(IntegerAttr)
    lhs = operand_def(T)
    rhs = operand_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    result = result_def(BoolsLike(T))
    custom_directives = (CmpFPredicate,)
    assembly_format = (
        "custom<CmpFPredicate>($predicate) `,` $lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($lhs)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        verify_number(self, "predicate", CmpFPredicate)


@irdl_custom_directive
class SelectOperands(CustomDirective):
    """`%condition, %a, %b`. MLIR: ArithOps.cpp, SelectOp::parse."""

    condition: OperandVariable
    true_value: OperandVariable
    false_value: OperandVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        fields = (self.condition, self.true_value, self.false_value)
        operands = parse_operands(parser, len(fields))
        for field, operand in zip(fields, operands, strict=True):
            field.set(state, operand)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        printer.print_list(op.operands, printer.print_operand)
        end_of_token(state)


@irdl_custom_directive
class SelectType(CustomDirective):
    """`[condition type,] type`: the condition's type is printed where it is not `i1`. MLIR: ArithOps.cpp, SelectOp::print."""

    condition: TypeDirective
    result: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        first = parser.parse_type()
        if parser.parse_optional_punctuation(",") is None:
            self.condition.set(state, (i1,))
            self.result.set(state, (first,))
        else:
            self.condition.set(state, (first,))
            self.result.set(state, (parser.parse_type(),))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        (condition,) = self.condition.get(op)
        if condition != i1:
            printer.print_attribute(condition)
            printer.print_string(", ")
        printer.print_attribute(self.result.get(op)[0])
        end_of_token(state)


@irdl_op_definition
class SelectOp(IRDLOperation):
    """One of two values of any type, or element by element where the condition has a shape."""

    name = "arith.select"
    T: ClassVar = VarConstraint("T", AnyAttr())
    condition = operand_def(BOOL_LIKE)
    true_value = operand_def(T)
    false_value = operand_def(T)
    result = result_def(T)
    custom_directives = (SelectOperands, SelectType)
    assembly_format = "custom<SelectOperands>($condition, $true_value, $false_value) attr-dict `:` custom<SelectType>(type($condition), type($result))"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        condition, result = self.condition.type, self.result.type
        if condition != i1 and (shape_of(result) is None or condition != with_element_type(result, i1)):
            raise VerifyException("failed to verify that condition is signless i1 or has matching shape")
