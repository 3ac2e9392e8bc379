"""What the compiler may and may not assume about values. IREE: UtilOps.td."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, SymbolRefAttr
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    RangeOf,
    RangeVarConstraint,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.hints import isa

from iree_explorer.dialects.util.attributes import IntAssumptionAttr
from iree_explorer.dialects.util.constraints import ELEMENT_OR_TENSOR, INTEGER_OR_INDEX
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.format_directives import PropDictOfTwo
from iree_explorer.ir.attribute_constraints import ANY_TYPE, AttributeIs
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.typed_attribute import type_of_attribute


@irdl_op_definition
class NumericOptionalNarrowOp(IRDLOperation):
    """A hint that a narrower type would do."""

    name = "util.numeric.optional_narrow"

    T: ClassVar = VarConstraint("T", ELEMENT_OR_TENSOR)

    operand = operand_def(T)
    semantic_type = prop_def(ANY_TYPE)
    min_value = opt_prop_def(AnyAttr())
    max_value = opt_prop_def(AnyAttr())
    result = result_def(T)

    traits = traits_def(Pure())
    custom_directives = (PropDictOfTwo,)
    assembly_format = (
        "$operand `:` type($operand) `as` $semantic_type custom<PropDictOfTwo>($min_value, $max_value) attr-dict"
    )


@irdl_op_definition
class OptimizationBarrierOp(IRDLOperation):
    """Values that the compiler may assume nothing about."""

    name = "util.optimization_barrier"

    T: ClassVar = RangeVarConstraint("T", RangeOf(AnyAttr()))

    operands_ = var_operand_def(T)
    results_ = var_result_def(T)

    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"


@irdl_op_definition
class UnfoldableConstantOp(IRDLOperation, CustomAssemblyFormat):
    """A constant that no folding sees through."""

    name = "util.unfoldable_constant"

    value = prop_def(AnyAttr())
    result = result_def()

    @classmethod
    @override
    def parse(cls, parser: Parser) -> UnfoldableConstantOp:
        attributes = parser.parse_optional_attr_dict()
        value = parser.parse_attribute()
        if isinstance(value, SymbolRefAttr):
            parser.parse_punctuation(":")
            type_: Attribute | None = parser.parse_type()
        else:
            type_ = type_of_attribute(value)
        if type_ is None:
            parser.raise_error("expected an attribute that has a type")
        return cls.create(properties={"value": value}, attributes=attributes, result_types=(type_,))

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        if self.attributes:
            printer.print_op_attributes(self.attributes)
            printer.print_string(" ")
        printer.print_attribute(self.value)
        if isinstance(self.value, SymbolRefAttr):
            printer.print_string(" : ")
            printer.print_attribute(self.result.type)


def _are_assumptions(attribute: Attribute) -> bool:
    return isa(attribute, ArrayAttr[ArrayAttr[IntAssumptionAttr]])


ASSUMPTIONS = AttributeIs("list of int attribute assumptions for multiple values", _are_assumptions, stored=ArrayAttr)


@irdl_op_definition
class AssumeIntOp(IRDLOperation, CustomAssemblyFormat):
    """What the compiler may assume about integers: their range and what divides them."""

    name = "util.assume.int"

    T: ClassVar = RangeVarConstraint("T", RangeOf(INTEGER_OR_INDEX))

    operands_ = var_operand_def(T)
    assumptions = prop_def(ASSUMPTIONS)
    results_ = var_result_def(T)

    traits = traits_def(Pure())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> AssumeIntOp:
        rows: list[ArrayAttr[IntAssumptionAttr]] = []

        def parse_assumption() -> IntAssumptionAttr:
            return IntAssumptionAttr.new(IntAssumptionAttr.parse_parameters(parser))

        def parse_row() -> UnresolvedOperand:
            operand = parser.parse_unresolved_operand()
            row = parser.parse_optional_comma_separated_list(parser.Delimiter.SQUARE, parse_assumption)
            rows.append(ArrayAttr([parse_assumption()] if row is None else row))
            return operand

        operands = parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_row)
        parser.parse_punctuation(":")
        position = parser.pos
        types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        attributes = parser.parse_optional_attr_dict()
        return cls.create(
            operands=parser.resolve_operands(operands, types, position),
            result_types=types,
            properties={"assumptions": ArrayAttr(rows)},
            attributes=attributes,
        )

    @property
    def rows(self) -> Sequence[ArrayAttr[IntAssumptionAttr]]:
        """Of each operand what holds of it: always, or in each of the cases."""
        assert isa(self.assumptions, ArrayAttr[ArrayAttr[IntAssumptionAttr]])
        return self.assumptions.data

    @override
    def print(self, printer: Printer) -> None:
        # IREE: UtilOps.cpp, AssumeIntOp::print; one operand a line, where there are several
        many = len(self.operands) > 1
        printer.print_string(" ")
        with printer.indented(2 if many else 0):
            for index, (operand, row) in enumerate(zip(self.operands, self.rows, strict=True)):
                printer.print_string(", " if index else "")
                if many:
                    printer.print_string("\n")
                self._print_row(printer, operand, row)
        with printer.indented(1 if many else 0):
            printer.print_string("\n" if many else " ")
            printer.print_string(": ")
            printer.print_list([operand.type for operand in self.operands], printer.print_attribute)
            printer.print_op_attributes(self.attributes)

    @staticmethod
    def _print_row(printer: Printer, operand: SSAValue, row: ArrayAttr[IntAssumptionAttr]) -> None:
        printer.print_operand(operand)
        if len(row) == 1:
            row.data[0].print_parameters(printer)
            return
        with printer.in_square_brackets():
            printer.print_list(row.data, lambda assumption: assumption.print_parameters(printer))

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, AssumeIntOp::verify; a row of one assumption holds for every case
        if len(self.operands) != len(self.rows):
            raise VerifyException(f"expected {len(self.operands)} assumption rows to match number of operands")
        rank: int | None = None
        for index, row in enumerate(self.rows):
            if len(row) == 1:
                continue
            if rank is not None and rank != len(row):
                raise VerifyException(f"expected operand #{index} to have {rank} assumptions but it has {len(row)}")
            rank = len(row)
