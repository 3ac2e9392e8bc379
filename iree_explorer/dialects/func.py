"""The `func` dialect: functions, calls and returns.

The ops are defined here, with MLIR's text, effects and messages; xDSL's know fewer properties, and bring its rewriter along.
Source of all facts: MLIR FuncOps.td, FuncOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    FunctionType,
    StringAttr,
    SymbolNameConstraint,
    UnitAttr,
)
from xdsl.ir import Attribute, Dialect, Operation
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import ConstantLike, IsolatedFromAbove, IsTerminator, Pure, ReturnLike, SymbolOpInterface, SymbolTable
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.format_directives import PropDict, PropDictOfTwo
from iree_explorer.ir.assembly.function_syntax import parse_optional_body, parse_signature, print_signature
from iree_explorer.ir.block_traits import AffineScope, ParentOneOf
from iree_explorer.ir.defects import NestedDefect, NestedPlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.control_flow import RegionRules
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.symbols import SymbolUses

_INHERENT = ("sym_name", "function_type", "sym_visibility", "arg_attrs", "res_attrs")


@irdl_op_definition
class FuncOp(FunctionOpInterface, RegionRules, OpAsmOpInterface, CustomAssemblyFormat):
    """A function, or the declaration of one (`body` without blocks)."""

    name = "func.func"
    sym_name = prop_def(SymbolNameConstraint())
    sym_visibility = opt_prop_def(StringAttr)
    no_inline = opt_prop_def(UnitAttr)
    traits = traits_def(AffineScope(), IsolatedFromAbove(), SymbolOpInterface())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> FuncOp:
        visibility = parser.parse_optional_visibility_keyword()
        name = parser.parse_symbol_name()
        signature = parse_signature(parser)
        attributes = parser.parse_optional_attr_dict_with_keyword(_INHERENT)
        body = parse_optional_body(parser, cls.name, signature.arguments)
        properties: dict[str, Attribute | None] = {
            "sym_name": name,
            "function_type": signature.function_type,
            "sym_visibility": visibility,
            "arg_attrs": signature.arg_attrs,
            "res_attrs": signature.res_attrs,
        }
        op = cls(properties=properties, regions=[body])
        op.attributes.update({} if attributes is None else attributes.data)
        if (no_inline := op.attributes.pop("no_inline", None)) is not None:
            op.properties["no_inline"] = no_inline
        return op

    @override
    def print(self, printer: Printer) -> None:
        if self.sym_visibility is not None:
            printer.print_string(f" {self.sym_visibility.data}")
        printer.print_string(" ")
        printer.print_symbol_name(self.sym_name.data)
        print_signature(printer, self.function_type, self.body, self.arg_attrs, self.res_attrs)
        print_attr_dict(printer, self, {"no_inline": self.no_inline}, keyword=True)
        if self.body.blocks:
            printer.print_string(" ")
            printer.print_region(self.body, print_entry_block_args=False, print_empty_block=False)

    @override
    def verify_regions(self) -> None:
        for block in self.body.blocks:
            last = block.last_op
            if last is not None and last.has_trait(ReturnLike, value_if_unregistered=False):
                self._verify_returned(last)

    def _verify_returned(self, last: Operation) -> None:
        expected, name = self.function_type.outputs.data, self.sym_name.data
        if len(last.operands) != len(expected):
            raise NestedDefect(
                last, f"has {len(last.operands)} operands, but enclosing function (@{name}) returns {len(expected)}"
            )
        for index, (operand, type_) in enumerate(zip(last.operands, expected, strict=True)):
            if operand.type != type_:
                given = f"type of return operand {index} ('{operand.type}')"
                raise NestedPlainDefect(
                    last, f"{given} doesn't match function result type ('{type_}') in function @{name}"
                )


class CalleeMatches(SymbolUses):
    """The callee exists and takes and returns what the call says. MLIR: CallOp::verifySymbolUses."""

    @override
    def verify_uses(self, op: Operation) -> None:
        assert isinstance(op, CallOp)
        callee = SymbolTable.lookup_symbol(op, op.callee)
        if not isinstance(callee, FuncOp):
            raise VerifyException(f"'{op.callee.string_value()}' does not reference a valid function")
        self._verify_types("operand", op.arguments.types, callee.function_type.inputs.data)
        self._verify_types("result", op.result_types, callee.function_type.outputs.data)

    @staticmethod
    def _verify_types(kind: str, provided: Sequence[Attribute], expected: Sequence[Attribute]) -> None:
        if len(provided) != len(expected):
            raise VerifyException(f"incorrect number of {kind}s for callee")
        for index, (ours, theirs) in enumerate(zip(provided, expected, strict=True)):
            if ours != theirs:
                raise VerifyException(
                    f"{kind} type mismatch: expected {kind} type '{theirs}', but provided '{ours}' "
                    f"for {kind} number {index}"
                )


@irdl_op_definition
class CallOp(IRDLOperation):
    """Calls a function of the same module by name."""

    name = "func.call"
    callee = prop_def(FlatSymbolRefAttrConstr)
    arguments = var_operand_def(AnyAttr())
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    no_inline = opt_prop_def(UnitAttr)
    results_ = var_result_def(AnyAttr())
    custom_directives = (PropDict, PropDictOfTwo)
    assembly_format = (
        "$callee `(` $arguments `)` custom<PropDictOfTwo>($arg_attrs, $res_attrs) custom<PropDict>($no_inline) "
        "attr-dict `:` functional-type($arguments, $results_)"
    )
    traits = traits_def(CalleeMatches())


@irdl_op_definition
class CallIndirectOp(IRDLOperation):
    """Calls the function that a value stands for."""

    name = "func.call_indirect"
    callee = operand_def(FunctionType)
    callee_operands = var_operand_def(AnyAttr())
    results_ = var_result_def(AnyAttr())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> CallIndirectOp:
        callee = parser.parse_unresolved_operand()
        operands = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        type_ = parser.parse_type()
        if not isinstance(type_, FunctionType):
            parser.raise_error("expected a function type")
        return cls.build(
            operands=[
                parser.resolve_operand(callee, type_),
                parser.resolve_operands(operands, type_.inputs.data, parser.pos),
            ],
            result_types=[type_.outputs.data],
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.callee)
        with printer.in_parens():
            printer.print_list(self.callee_operands, printer.print_operand)
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_attribute(self.callee.type)


@irdl_op_definition
class ConstantOp(IRDLOperation, OpAsmOpInterface):
    """A function as a value."""

    name = "func.constant"
    RESULT_NAMES: ClassVar = ("f",)
    value = prop_def(FlatSymbolRefAttrConstr)
    result = result_def(FunctionType)
    assembly_format = "attr-dict $value `:` type($result)"
    traits = traits_def(Pure(), ConstantLike())


@irdl_op_definition
class ReturnOp(IRDLOperation):
    """Ends a function."""

    name = "func.return"
    operands_ = var_operand_def(AnyAttr())
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"
    traits = traits_def(ParentOneOf(("func.func",)), IsTerminator(), ReturnLike(), Pure())


Func = Dialect("func", [FuncOp, CallOp, CallIndirectOp, ConstantOp, ReturnOp], [])
