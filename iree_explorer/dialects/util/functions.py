"""Functions, initializers, calls, and what else `util.return` ends.

IREE: UtilOps.td, OpGroupStructuralOps; UtilOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    FunctionType,
    StringAttr,
    SymbolNameConstraint,
)
from xdsl.ir import Attribute, Operation
from xdsl.irdl import (
    IRDLOperation,
    lazy_traits_def,
    opt_prop_def,
    prop_def,
    region_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import (
    HasParent,
    IsTerminator,
    NoMemoryEffect,
    Pure,
    RecursiveMemoryEffect,
    ReturnLike,
    SymbolOpInterface,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.util.signatures import parse_tied_signature, print_tied_signature, tied_values
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.directives import OperandTypeList, TiedFunctionResultList
from iree_explorer.ir.assembly.format_directives import PropDictOfTwo
from iree_explorer.ir.assembly.function_syntax import parse_optional_body
from iree_explorer.ir.assembly.region_syntax import parse_assignments, print_assignments
from iree_explorer.ir.block_traits import AffineScope
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import UNTIED, StreamAffinityOp, TiedOpInterface
from iree_explorer.ir.interfaces.control_flow import RegionBranchTerminatorOpInterface
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol

INHERENT = ("sym_name", "function_type", "tied_operands", "sym_visibility", "arg_attrs", "res_attrs")
"""What a function's signature says; not allowed in its attribute dictionary."""


@irdl_op_definition
class InitializerOp(FunctionOpInterface, StreamAffinityOp, CustomAssemblyFormat):
    """Runs once when the program is loaded, in the order of the module."""

    name = "util.initializer"

    traits = traits_def(IsolatedFromAbove())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> InitializerOp:
        attributes = parser.parse_optional_attr_dict_with_keyword()
        body = parser.parse_region()
        return cls.create(
            properties={"function_type": FunctionType.from_lists((), ())},
            attributes={} if attributes is None else dict(attributes.data),
            regions=(body,),
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.body, print_empty_block=False)


@irdl_op_definition
class FuncOp(FunctionOpInterface, StreamAffinityOp, CustomAssemblyFormat):
    """A function of the program; without a body it is defined elsewhere."""

    name = "util.func"

    sym_name = prop_def(SymbolNameConstraint())
    tied_operands = opt_prop_def(TIED_OPERANDS)
    sym_visibility = opt_prop_def(StringAttr)
    inlining_policy = opt_prop_def()

    traits = traits_def(AffineScope(), IsolatedFromAbove(), SymbolOpInterface())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> FuncOp:
        visibility = parser.parse_optional_keyword_in(("public", "private", "nested"))
        properties: dict[str, Attribute] = {} if visibility is None else {"sym_visibility": StringAttr(visibility)}
        properties["sym_name"] = parser.parse_symbol_name()
        signature = parse_tied_signature(parser)
        properties |= signature.properties()
        parsed = parser.parse_optional_attr_dict_with_keyword(("sym_visibility", "sym_name", "function_type"))
        attributes = {} if parsed is None else dict(parsed.data)
        properties |= {name: attributes.pop(name) for name in (*INHERENT, "inlining_policy") if name in attributes}
        body = parse_optional_body(parser, cls.name, signature.arguments)
        return cls.create(properties=properties, attributes=attributes, regions=(body,))

    @override
    def print(self, printer: Printer) -> None:
        visibility = "public" if self.sym_visibility is None else self.sym_visibility.data
        printer.print_string(f" {visibility} ")
        printer.print_symbol_name(self.sym_name.data)
        print_tied_signature(
            printer, self.function_type, tied_values(self.tied_operands), self.arg_attrs, self.res_attrs
        )
        policy = {} if self.inlining_policy is None else {"inlining_policy": self.inlining_policy}
        printer.print_op_attributes(self.attributes | policy, print_keyword=True)
        if self.body.blocks:
            printer.print_string(" ")
            printer.print_region(self.body, print_entry_block_args=False, print_empty_block=False)

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, FuncOp::verify
        count = len(self.function_type.inputs)
        for result, operand in enumerate(tied_values(self.tied_operands)):
            if operand != UNTIED and not 0 <= operand < count:
                raise VerifyException(f"result #{result} tied to invalid operand index {operand}")


class _CallSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: UtilOps.cpp, CallOp::verifySymbolUses
        assert isinstance(op, CallOp)
        callee = lookup_symbol(op, op.callee)
        if not isinstance(callee, FuncOp):
            raise VerifyException(f"undefined/incompatible callee: {op.callee.string_value()}")
        expected = FunctionType.from_lists([value.type for value in op.operands], [value.type for value in op.results])
        if callee.function_type != expected:
            raise VerifyException(
                f"function type mismatch; expected '{expected}' but callee is '{callee.function_type}'"
            )
        if not _ties_equal(callee.tied_operands, op.tied_operands):
            raise VerifyException(
                f"function tied operands mismatch; have {op.tied_operands} but callee is {callee.tied_operands}"
            )


def _ties_equal(lhs: Attribute | None, rhs: Attribute | None) -> bool:
    """Whether two `tied_operands` mean the same. IREE: UtilOps.cpp, areTiedOperandsEqual."""
    if any(value != UNTIED for value in tied_values(lhs)) != any(value != UNTIED for value in tied_values(rhs)):
        return False
    return lhs is None or rhs is None or lhs == rhs


@irdl_op_definition
class CallOp(IRDLOperation, TiedOpInterface):
    """Calls a function; results may be tied to operands."""

    name = "util.call"

    callee = prop_def(FlatSymbolRefAttrConstr)
    operands_ = var_operand_def()
    tied_operands = opt_prop_def(TIED_OPERANDS)
    arg_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    res_attrs = opt_prop_def(ArrayAttr[DictionaryAttr])
    results_ = var_result_def()

    traits = traits_def(_CallSymbolUses())
    custom_directives = (OperandTypeList, PropDictOfTwo, TiedFunctionResultList)
    assembly_format = (
        "$callee `(` $operands_ `)` custom<PropDictOfTwo>($arg_attrs, $res_attrs) attr-dict `:` "
        "custom<OperandTypeList>(type($operands_)) `->` "
        "custom<TiedFunctionResultList>(ref($operands_), ref(type($operands_)), type($results_), $tied_operands)"
    )

    @override
    def verify_(self) -> None:
        self.verify_tied_operands()


@irdl_op_definition
class ReturnOp(IRDLOperation):
    """Ends a function or an initializer."""

    name = "util.return"

    operands_ = var_operand_def()

    traits = lazy_traits_def(lambda: (Pure(), ReturnLike(), IsTerminator(), HasParent(*_returning_ops())))
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, ReturnOp::verify
        parent = self.parent_op()
        if not isinstance(parent, FunctionOpInterface):
            return
        expected = () if isinstance(parent, InitializerOp) else parent.function_type.outputs.data
        if len(self.operands) != len(expected):
            raise VerifyException(
                f"has {len(self.operands)} operands, but enclosing function-like op returns {len(expected)}"
            )
        for index, (type_, operand) in enumerate(zip(expected, self.operands, strict=True)):
            if type_ != operand.type:
                raise VerifyException(
                    f"type of return operand {index} ('{operand.type}') doesn't match function result type ('{type_}')"
                )


def _returning_ops() -> tuple[type[IRDLOperation], ...]:
    return (InitializerOp, FuncOp, HoistableConversionOp)


@irdl_op_definition
class HoistableConversionOp(IRDLOperation, CustomAssemblyFormat):
    """A conversion that another conversion undoes, so that the two may meet and vanish."""

    name = "util.hoistable_conversion"

    tag = prop_def(StringAttr)
    inverse_tag = prop_def(StringAttr, prop_name="inverseTag")
    inputs = var_operand_def()
    results_ = var_result_def()
    body = region_def()

    traits = traits_def(RecursiveMemoryEffect())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> HoistableConversionOp:
        tag = StringAttr(parser.parse_str_literal())
        parser.parse_keyword("inverts")
        with parser.in_parens():
            inverse = StringAttr(parser.parse_str_literal())

        names, operands = parse_assignments(parser, cls.name)
        position = parser.pos
        parser.parse_punctuation(":")
        type_ = parser.parse_function_type()
        inputs: Sequence[Attribute] = type_.inputs.data
        if len(inputs) != len(operands):
            counts = f"(expected {len(operands)} got {len(inputs)})"
            parser.raise_error(f"custom op '{cls.name}' expected as many input types as operands {counts}", position)
        arguments = [name.resolve(input_) for name, input_ in zip(names, inputs, strict=True)]
        return cls.create(
            operands=parser.resolve_operands(operands, inputs, position),
            result_types=type_.outputs.data,
            properties={"tag": tag, "inverseTag": inverse},
            regions=(parser.parse_region(arguments),),
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(f' "{self.tag.data}" inverts("{self.inverse_tag.data}") ')
        print_assignments(printer, self.body.block.args, self.inputs)
        printer.print_string(" : ")
        inputs, outputs = [value.type for value in self.inputs], [value.type for value in self.results_]
        printer.print_attribute(FunctionType.from_lists(inputs, outputs))
        printer.print_string(" ")
        printer.print_region(self.body, print_entry_block_args=False, print_empty_block=False)
        printer.print_op_attributes(self.attributes)

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, HoistableConversionOp::verify
        if len(self.body.blocks) != 1:
            raise VerifyException("expected exactly one block in the body region")
        block = self.body.block
        if len(block.args) != len(self.inputs):
            raise VerifyException(f"expected {len(self.inputs)} block arguments but got {len(block.args)}")
        for number, (argument, value) in enumerate(zip(block.args, self.inputs, strict=True)):
            if argument.type != value.type:
                types = f"type '{argument.type}' does not match input type '{value.type}'"
                raise VerifyException(f"block argument #{number} {types}")
        assert isinstance(block.last_op, ReturnOp)
        returned = block.last_op.operands
        if len(returned) != len(self.results_):
            raise VerifyException(f"return has {len(returned)} operands but op has {len(self.results_)} results")
        for number, (operand, result) in enumerate(zip(returned, self.results_, strict=True)):
            if operand.type != result.type:
                types = f"type '{operand.type}' does not match result type '{result.type}'"
                raise VerifyException(f"return operand #{number} {types}")


@irdl_op_definition
class UnreachableOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends a block that is never reached."""

    name = "util.unreachable"

    message = opt_prop_def(StringAttr)

    traits = traits_def(NoMemoryEffect(), ReturnLike(), IsTerminator())
    assembly_format = "($message^)? attr-dict"


@irdl_op_definition
class SCFUnreachableOp(IRDLOperation):
    """Marks a place in structured control flow that is never reached; ends no block."""

    name = "util.scf.unreachable"

    message = opt_prop_def(StringAttr)

    assembly_format = "($message^)? attr-dict"
