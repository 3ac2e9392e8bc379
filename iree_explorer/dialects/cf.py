"""The `cf` dialect: branches between blocks.

All ops are defined here: xDSL's miss branch weights and effects. Fields are named as in MLIR's ControlFlowOps.td, the
source of all facts here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias, cast

from typing_extensions import override
from xdsl.dialects.builtin import DenseArrayBase, DenseIntElementsAttr, IntegerType, StringAttr, VectorType, i1, i32
from xdsl.ir import Attribute, Block, Dialect, Operation, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    successor_def,
    traits_def,
    var_operand_def,
    var_successor_def,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import BranchOpInterface
from iree_explorer.ir.operands import segment_bounds, segment_sizes, segments_property, sizes_attr

BlockCall: TypeAlias = tuple[Block, Sequence[UnresolvedOperand], Sequence[Attribute]]
"""A successor with its operands and their types, as written."""


def verify_successor_types(op: BranchOpInterface) -> None:
    """Checks the operands against the arguments of each successor. MLIR: detail::verifyBranchSuccessorOperands."""
    for index, block in enumerate(op.successors):
        operands = op.successor_operands(index)
        if len(operands) != len(block.args):
            raise PlainDefect(
                f"branch has {len(operands)} operands for successor #{index}, but target block has {len(block.args)}"
            )
        for place, (operand, argument) in enumerate(zip(operands, block.args, strict=True)):
            if operand.type != argument.type:
                raise PlainDefect(f"type mismatch for bb argument #{place} of successor #{index}")


@irdl_op_definition
class AssertOp(IRDLOperation):
    """Ends the program with a message where the condition is false."""

    name = "cf.assert"
    arg = operand_def(i1)
    msg = prop_def(StringAttr)
    assembly_format = "$arg `,` $msg attr-dict"
    traits = traits_def(MemoryWriteEffect())


@irdl_op_definition
class BranchOp(IRDLOperation, BranchOpInterface):
    """Goes to a block."""

    name = "cf.br"
    dest_operands = var_operand_def(AnyAttr())
    dest = successor_def()
    assembly_format = "$dest (`(` $dest_operands^ `:` type($dest_operands) `)`)? attr-dict"
    traits = traits_def(IsTerminator(), Pure())

    def __init__(self, dest: Block, *dest_operands: Operation | SSAValue):
        super().__init__(operands=[dest_operands], successors=[dest])

    @override
    def successor_range(self, index: int) -> range:
        return range(len(self.operands))

    @override
    def verify_(self) -> None:
        verify_successor_types(self)


@irdl_op_definition
class CondBranchOp(IRDLOperation, BranchOpInterface):
    """Goes to one of two blocks."""

    name = "cf.cond_br"
    condition = operand_def(i1)
    true_dest_operands = var_operand_def(AnyAttr())
    false_dest_operands = var_operand_def(AnyAttr())
    branch_weights = opt_prop_def(DenseArrayBase.constr(i32))
    true_dest = successor_def()
    false_dest = successor_def()
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "$condition (`weights` `(` $branch_weights^ `)`)? `,` "
        "$true_dest (`(` $true_dest_operands^ `:` type($true_dest_operands) `)`)? `,` "
        "$false_dest (`(` $false_dest_operands^ `:` type($false_dest_operands) `)`)? attr-dict"
    )
    traits = traits_def(IsTerminator(), Pure())

    def __init__(
        self,
        condition: Operation | SSAValue,
        true_dest: Block,
        true_dest_operands: Sequence[Operation | SSAValue],
        false_dest: Block,
        false_dest_operands: Sequence[Operation | SSAValue],
    ):
        super().__init__(
            operands=[condition, true_dest_operands, false_dest_operands], successors=[true_dest, false_dest]
        )

    @override
    def successor_range(self, index: int) -> range:
        bounds = segment_bounds(self)
        return range(bounds[index + 1], bounds[index + 2])

    @override
    def resize_successor(self, index: int, change: int) -> None:
        self.properties |= segments_property(*_resized(segment_sizes(self), index + 1, change))

    @override
    def verify_(self) -> None:
        verify_successor_types(self)


@irdl_op_definition
class SwitchOp(IRDLOperation, BranchOpInterface):
    """Goes to the block whose case value equals the flag, else to the default block."""

    name = "cf.switch"
    flag = operand_def(IntegerType)
    default_operands = var_operand_def(AnyAttr())
    case_operands = var_operand_def(AnyAttr())
    case_values = opt_prop_def(DenseIntElementsAttr)
    case_operand_segments = prop_def(DenseArrayBase.constr(i32))
    default_destination = successor_def()
    case_destinations = var_successor_def()
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(IsTerminator(), Pure())

    @override
    def successor_range(self, index: int) -> range:
        _, default, cases, _ = segment_bounds(self)
        if index == 0:
            return range(default, cases)
        bounds = _bounds(self.case_operand_segments)
        return range(cases + bounds[index - 1], cases + bounds[index])

    @override
    def resize_successor(self, index: int, change: int) -> None:
        group = 1 if index == 0 else 2
        self.properties |= segments_property(*_resized(segment_sizes(self), group, change))
        if index > 0:
            self.properties["case_operand_segments"] = sizes_attr(*_resized(self._case_sizes(), index - 1, change))

    def _case_sizes(self) -> tuple[int, ...]:
        return tuple(self.case_operand_segments.get_values())

    @override
    def verify_(self) -> None:
        values = 0 if self.case_values is None else len(self.case_values)
        if values != len(self.case_destinations):
            raise VerifyException(
                f"number of case values ({values}) should match number of case destinations ({len(self.case_destinations)})"
            )
        verify_successor_types(self)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> SwitchOp:
        unresolved = parser.parse_unresolved_operand()
        parser.parse_punctuation(":")
        flag_type = parser.parse_type()
        flag = parser.resolve_operand(unresolved, flag_type)
        parser.parse_punctuation(",")
        with parser.in_square_brackets():
            parser.parse_keyword("default")
            default = _parse_block_call(parser)
            cases: list[tuple[int, BlockCall]] = []
            while parser.parse_optional_punctuation(","):
                cases.append((_parse_case_value(parser, flag_type), _parse_block_call(parser)))
        attributes = parser.parse_optional_attr_dict()
        properties: dict[str, Attribute] = {"case_operand_segments": sizes_attr(*(len(call[1]) for _, call in cases))}
        if cases:
            vector = VectorType(cast("IntegerType", flag_type), [len(cases)])
            properties["case_values"] = DenseIntElementsAttr.from_list(vector, [value for value, _ in cases])
        return cls.build(
            operands=[
                flag,
                _resolve(parser, default),
                [value for _, call in cases for value in _resolve(parser, call)],
            ],
            successors=[default[0], [call[0] for _, call in cases]],
            properties=properties,
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.flag)
        printer.print_string(" : ")
        printer.print_attribute(self.flag.type)
        printer.print_string(", [")
        labels = ["default", *(str(value) for value in (self.case_values.get_values() if self.case_values else ()))]
        with printer.indented():
            for index, (label, block) in enumerate(zip(labels, self.successors, strict=True)):
                printer.print_string("," if index else "")
                printer.print_string("\n")
                printer.print_string(f"{label}: ")
                _print_block_call(printer, block, self.successor_operands(index))
        if self.case_values is not None:
            printer.print_string("\n")
        printer.print_string("]")
        printer.print_op_attributes(self.attributes)


@lru_cache(maxsize=64)
def _bounds(sizes: DenseArrayBase[IntegerType]) -> tuple[int, ...]:
    """Where each of consecutive groups begins, and where the last one ends: a switch is asked for each of its cases."""
    return 0, *accumulate(sizes.get_values())


def _resized(sizes: Sequence[int], index: int, change: int) -> Sequence[int]:
    return [size + change if number == index else size for number, size in enumerate(sizes)]


def _parse_case_value(parser: Parser, type_: Attribute) -> int:
    place = parser.pos
    value = parser.parse_integer()
    bits = type_.width.data if isinstance(type_, IntegerType) else 0
    if not -(1 << bits) >> 1 <= value < 1 << bits:
        parser.raise_error(f"custom op '{SwitchOp.name}' case value is out of range for '{type_}'", place)
    return value


def _parse_block_call(parser: Parser) -> BlockCall:
    parser.parse_punctuation(":")
    block = parser.parse_successor()
    if parser.parse_optional_punctuation("(") is None:
        return block, (), ()
    operands = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
    parser.parse_punctuation(":")
    types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
    parser.parse_punctuation(")")
    return block, operands, types


def _resolve(parser: Parser, call: BlockCall) -> Sequence[SSAValue]:
    return parser.resolve_operands(call[1], call[2], parser.pos)


def _print_block_call(printer: Printer, block: Block, operands: Sequence[SSAValue]) -> None:
    printer.print_block_name(block)
    if operands:
        with printer.in_parens():
            printer.print_list(operands, printer.print_operand)
            printer.print_string(" : ")
            printer.print_list([operand.type for operand in operands], printer.print_attribute)


Cf = Dialect("cf", [AssertOp, BranchOp, CondBranchOp, SwitchOp], [])
