"""The `custom<…>` directives of the command phase. IREE: StreamOps.cpp, parse… and print… of the same names."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, FunctionType, IndexType, IntegerAttr, i32
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    RegionVariable,
    TypeDirective,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer

from iree_explorer.dialects.stream.directives import parse_captures, print_captures
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.assembly.directives import end_of_token, parse_sizes, print_sizes
from iree_explorer.ir.assembly.format_directives import add_implicit_terminator
from iree_explorer.ir.interfaces import ResourceAccess

_WORDS = {"ro": ResourceAccess.READ, "wo": ResourceAccess.WRITE, "rw": ResourceAccess.READ | ResourceAccess.WRITE}
_NAMES = {access: word for word, access in _WORDS.items()}


def access_attr(access: ResourceAccess) -> IntegerAttr:
    """What a resource is used for, as ops store it."""
    return IntegerAttr(access.value, i32)


def accesses(attribute: Attribute | None) -> list[ResourceAccess]:
    """The entries of an array attribute of accesses."""
    entries = attribute.data if isinstance(attribute, ArrayAttr) else ()
    return [ResourceAccess(entry.value.data) for entry in entries if isinstance(entry, IntegerAttr)]


class _Resources:
    """`rw %resource[%offset for %length]`, any number of them."""

    def __init__(self) -> None:
        self.resources: list[UnresolvedOperand] = []
        self.offsets: list[UnresolvedOperand] = []
        self.lengths: list[UnresolvedOperand] = []
        self.accesses: list[IntegerAttr] = []

    def parse_after_access(self, parser: Parser, access: ResourceAccess) -> None:
        self.accesses.append(access_attr(access))
        self.resources.append(parser.parse_unresolved_operand())
        with parser.in_square_brackets():
            self.offsets.append(parser.parse_unresolved_operand())
            parser.parse_keyword("for")
            self.lengths.append(parser.parse_unresolved_operand())


def _print_resource(
    printer: Printer, access: ResourceAccess, resource: SSAValue, offset: SSAValue, length: SSAValue
) -> None:
    printer.print_string(f"{_NAMES.get(access, '')} ")
    printer.print_operand(resource)
    printer.print_string("[")
    printer.print_operand(offset)
    printer.print_string(" for ")
    printer.print_operand(length)
    printer.print_string("]")


@irdl_custom_directive
class DispatchResources(CustomDirective):
    """`rw %resource[%offset for %length] : type{%size}`, one a line."""

    resources: VariadicOperandVariable
    resource_types: TypeDirective
    resource_sizes: VariadicOperandVariable
    resource_offsets: VariadicOperandVariable
    resource_lengths: VariadicOperandVariable
    resource_accesses: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        found = _Resources()
        types: list[Attribute] = []
        sizes: list[UnresolvedOperand] = []

        def parse_one() -> None:
            found.parse_after_access(parser, _WORDS.get(parser.parse_identifier(), ResourceAccess.NONE))
            parser.parse_punctuation(":")
            types.append(parser.parse_type())
            sizes.extend(parse_sizes(parser, types[-1]))

        parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_one)
        self.resources.set(state, found.resources)
        self.resource_types.set(state, types)
        self.resource_sizes.set(state, sizes)
        self.resource_offsets.set(state, found.offsets)
        self.resource_lengths.set(state, found.lengths)
        self.resource_accesses.set(state, ArrayAttr(found.accesses))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        sizes = iter(self.resource_sizes.get(op))
        entries = zip(
            accesses(self.resource_accesses.get(op)),
            self.resources.get(op),
            self.resource_offsets.get(op),
            self.resource_lengths.get(op),
            strict=True,
        )
        for index, (access, resource, offset, length) in enumerate(entries):
            printer.print_string(",\n  " if index else "\n  ")
            _print_resource(printer, access, resource, offset, length)
            printer.print_string(" : ")
            printer.print_attribute(resource.type)
            print_sizes(printer, resource.type, sizes)
        end_of_token(state)


@irdl_custom_directive
class CmdCallOperands(CustomDirective):
    """`(ro %resource[%offset for %length], %value)`."""

    operands: VariadicOperandVariable
    offsets: VariadicOperandVariable
    lengths: VariadicOperandVariable
    accesses: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        found = _Resources()

        def parse_one() -> None:
            word = parser.parse_optional_keyword_in(tuple(_WORDS))
            if word is None:
                found.resources.append(parser.parse_unresolved_operand())
            else:
                found.parse_after_access(parser, _WORDS[word])

        parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_one)
        self.operands.set(state, found.resources)
        self.offsets.set(state, found.offsets)
        self.lengths.set(state, found.lengths)
        self.accesses.set(state, ArrayAttr(found.accesses))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        parts = zip(accesses(self.accesses.get(op)), self.offsets.get(op), self.lengths.get(op), strict=True)

        def print_one(operand: SSAValue) -> None:
            if isinstance(operand.type, ResourceType):
                access, offset, length = next(parts)
                _print_resource(printer, access, operand, offset, length)
            else:
                printer.print_operand(operand)

        with printer.in_parens():
            printer.print_list(self.operands.get(op), print_one)
        end_of_token(state)


@irdl_custom_directive
class ExplicitResourceRegion(CustomDirective):
    """`(%operand as %argument: type{%size}) { … }`; the terminator is not printed."""

    operands: VariadicOperandVariable
    operand_types: TypeDirective
    operand_sizes: VariadicOperandVariable
    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        captures = parse_captures(parser)
        self.operands.set(state, captures.operands)
        self.operand_types.set(state, captures.types)
        self.operand_sizes.set(state, captures.sizes)
        body = parser.parse_region(captures.arguments)
        add_implicit_terminator(body, state.op_type)
        self.body.set(state, body)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        print_captures(printer, self.operands, self.operand_sizes, body, op)
        printer.print_string(" ")
        printer.print_region(body, print_entry_block_args=False, print_empty_block=False, print_block_terminators=False)
        end_of_token(state)


@irdl_custom_directive
class DispatchFunctionSignature(CustomDirective):
    """`(%arg0[%arg1 for %arg2]: !stream.resource<*>, %arg3: i32) -> type`; a resource comes with offset and length."""

    function_type: AttributeVariable
    arg_attrs: AttributeVariable
    res_attrs: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        types: list[Attribute] = []
        attrs: list[DictionaryAttr] = []

        def parse_argument() -> None:
            parser.parse_unresolved_operand()
            has_range = parser.parse_optional_punctuation("[") is not None
            if has_range:
                parser.parse_unresolved_operand()
                parser.parse_keyword("for")
                parser.parse_unresolved_operand()
                parser.parse_punctuation("]")
            parser.parse_punctuation(":")
            types.append(parser.parse_type())
            attrs.append(DictionaryAttr(parser.parse_optional_dictionary_attr_dict()))
            if has_range:
                types.extend((IndexType(), IndexType()))
                attrs.extend((DictionaryAttr({}), DictionaryAttr({})))

        parser.parse_comma_separated_list(parser.Delimiter.PAREN, parse_argument)
        result_types, result_attrs = self._parse_results(parser)
        self.function_type.set(state, FunctionType.from_lists(types, result_types))
        if attrs:
            self.arg_attrs.set(state, ArrayAttr(attrs))
        if result_attrs:
            self.res_attrs.set(state, ArrayAttr(result_attrs))

    @staticmethod
    def _parse_results(parser: Parser) -> tuple[list[Attribute], list[DictionaryAttr]]:
        def parse_result() -> tuple[Attribute, DictionaryAttr]:
            type_ = parser.parse_type()
            return type_, DictionaryAttr(parser.parse_optional_dictionary_attr_dict())

        if parser.parse_optional_punctuation("->") is None:
            return [], []
        results = parser.parse_optional_comma_separated_list(parser.Delimiter.PAREN, parse_result)
        if results is None:
            results = parser.parse_comma_separated_list(parser.Delimiter.NONE, parse_result)
        return [type_ for type_, _ in results], [attrs for _, attrs in results]

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        function_type = self.function_type.get(op)
        assert isinstance(function_type, FunctionType)
        inputs, outputs = function_type.inputs.data, function_type.outputs.data
        printer.print_string("(")
        index = 0
        while index < len(inputs):
            printer.print_string(f", %arg{index}" if index else "%arg0")
            is_resource = isinstance(inputs[index], ResourceType)
            printer.print_string(f"[%arg{index + 1} for %arg{index + 2}]: " if is_resource else ": ")
            printer.print_attribute(inputs[index])
            printer.print_op_attributes(_entry(self.arg_attrs.get(op), index))
            index += 3 if is_resource else 1
        printer.print_string(")")
        if outputs:
            self._print_results(printer, outputs, self.res_attrs.get(op))
        end_of_token(state)

    @staticmethod
    def _print_results(printer: Printer, types: tuple[Attribute, ...], attrs: Attribute | None) -> None:
        printer.print_string(" -> " if len(types) == 1 else " -> (")
        for index, type_ in enumerate(types):
            printer.print_string(", " if index else "")
            printer.print_attribute(type_)
            printer.print_op_attributes(_entry(attrs, index))
        printer.print_string("" if len(types) == 1 else ")")


def _entry(attrs: Attribute | None, index: int) -> dict[str, Attribute]:
    if not isinstance(attrs, ArrayAttr) or index >= len(attrs.data):
        return {}
    entry = attrs.data[index]
    return dict(entry.data) if isinstance(entry, DictionaryAttr) else {}
