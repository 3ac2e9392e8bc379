"""Directives for what xDSL's assembly formats cannot say: inherent attributes in angle brackets, hidden terminators.

MLIR needs no `custom<…>` for these; they belong to `attr-dict` and `$region` there.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, Block, ParametrizedAttribute, Region
from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    RegionVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, SingleBlockImplicitTerminator

from iree_explorer.dialects.directives import end_of_token


def add_terminator(body: Region, op_type: type[IRDLOperation]) -> None:
    """Ends a region just parsed with the implicit terminator of `op_type` where none is written.

    MLIR: OpDefinition.cpp, ensureRegionTerminator.
    """
    trait = op_type.get_trait(SingleBlockImplicitTerminator)
    if trait is None:
        return
    if not body.blocks:
        body.add_block(Block())
    last = body.blocks[-1].last_op
    if last is None or not last.has_trait(IsTerminator, value_if_unregistered=True):
        body.blocks[-1].add_op(trait.op_type.create())


def _parse_properties(parser: Parser, state: ParsingState, variables: tuple[AttributeVariable, ...]) -> None:
    by_name = {variable.name: variable for variable in variables}

    def parse_entry() -> None:
        position = parser.pos
        name = parser.parse_identifier_or_str_literal()
        parser.parse_punctuation("=")
        if name not in by_name:
            parser.raise_error(f"'{name}' is no property of this operation", position)
        value = by_name[name].parse_attr(parser)
        if value is None:
            parser.raise_error("attribute expected")
        by_name[name].set(state, value)

    parser.parse_optional_comma_separated_list(parser.Delimiter.ANGLE, parse_entry)


def _print_properties(
    printer: Printer, state: PrintingState, op: IRDLOperation, variables: tuple[AttributeVariable, ...]
) -> None:
    present = [(variable, value) for variable in variables if (value := variable.get(op)) is not None]
    if not present:
        return

    def print_entry(entry: tuple[AttributeVariable, Attribute]) -> None:
        variable, value = entry
        printer.print_string(f"{variable.name} = ")
        variable.print_attr(printer, value)

    state.print_whitespace(printer)
    with printer.in_angle_brackets():
        printer.print_list(present, print_entry)
    end_of_token(state)


@irdl_custom_directive
class PropDict(CustomDirective):
    """`<name = value>`: an inherent attribute that the format has no place for; nothing where it is not set.

    Since MLIR's "strict properties" such attributes stand before `attr-dict`, not in it.
    """

    first: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_properties(parser, state, (self.first,))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_properties(printer, state, op, (self.first,))


@irdl_custom_directive
class PropDictOfTwo(CustomDirective):
    """As `PropDict`, for two inherent attributes: `<a = …, b = …>`."""

    first: AttributeVariable
    second: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_properties(parser, state, (self.first, self.second))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_properties(printer, state, op, (self.first, self.second))


@irdl_custom_directive
class PropDictOfThree(CustomDirective):
    """As `PropDict`, for three inherent attributes."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_properties(parser, state, (self.first, self.second, self.third))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_properties(printer, state, op, (self.first, self.second, self.third))


@irdl_custom_directive
class PropDictOfFour(CustomDirective):
    """As `PropDict`, for four inherent attributes."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable
    fourth: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse_properties(parser, state, (self.first, self.second, self.third, self.fourth))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print_properties(printer, state, op, (self.first, self.second, self.third, self.fourth))


class StrippedAttribute(CustomDirective):
    """An attribute as a whole, `#dialect.name<…>` or its alias, or without its name, `<…>`; subclasses say of what kind.

    It is printed as a whole: kinds for which this is used mostly have aliases. MLIR: parseCustomAttributeWithFallback.
    """

    attribute: AttributeVariable

    KIND: ClassVar[type[ParametrizedAttribute]]

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        attribute = parser.parse_optional_attribute()
        if attribute is None:
            attribute = self.KIND.new(self.KIND.parse_parameters(parser))
        if not isinstance(attribute, self.KIND):
            parser.raise_error(f"custom op '{state.op_type.name}' invalid kind of attribute specified")
        self.attribute.set(state, attribute)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        attribute = self.attribute.get(op)
        assert attribute is not None
        state.print_whitespace(printer)
        printer.print_attribute(attribute)
        end_of_token(state)


@irdl_custom_directive
class OptionalString(CustomDirective):
    """`"text"` or nothing; a `$name` of xDSL would take a `:` after it for the type of the string."""

    value: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        text = parser.parse_optional_str_literal()
        if text is not None:
            self.value.set(state, StringAttr(text))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        self.value.print(printer, state, op)


@irdl_custom_directive
class ImplicitTerminatorRegion(CustomDirective):
    """`{ … }` of an op with an implicit terminator: it is printed only where it has operands or attributes."""

    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        body = parser.parse_region()
        add_terminator(body, state.op_type)
        self.body.set(state, body)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        last = body.blocks[-1].last_op if body.blocks else None
        shown = last is not None and bool(last.operands or last.attributes)
        state.print_whitespace(printer)
        printer.print_region(body, print_empty_block=False, print_block_terminators=shown)
        end_of_token(state)
