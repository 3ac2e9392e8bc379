"""Directives for what xDSL's assembly formats cannot say: inherent attributes in angle brackets, hidden terminators.

MLIR needs no `custom<…>` for these; they belong to `attr-dict` and `$region` there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, Region
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

from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.format_program import element_in_mlirs_way
from iree_explorer.ir.assembly.region_syntax import add_terminator
from iree_explorer.ir.attribute_parts import raise_wrong_kind
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.defects import PlainDefect


def add_implicit_terminator(body: Region, op_type: type[IRDLOperation]) -> None:
    """Ends a region just parsed in the implicit terminator of `op_type`, where it has none; some ops have no implicit one."""
    trait = op_type.get_trait(SingleBlockImplicitTerminator)
    if trait is not None:
        assert issubclass(trait.op_type, IRDLOperation)
        add_terminator(body, trait.op_type)


def parse_prop_dict(
    parser: Parser, op_name: str, read: Mapping[str, Callable[[], Attribute | None]]
) -> dict[str, Attribute]:
    """`<name = value, …>`, or nothing: the inherent attributes that are written, of those that `read` knows how to read.

    Raises:
        ParseError: a name is unknown or there twice, or no value follows.
    """
    found: dict[str, Attribute] = {}

    is_open = parser.parse_optional_punctuation("<") is not None and parser.parse_optional_punctuation(">") is None
    while is_open:
        position = parser.pos
        name = parser.parse_identifier()
        parser.parse_punctuation("=")
        if name not in read or name in found:
            message = f"custom op '{op_name}' duplicate or unknown property in properties dictionary: {name}"
            parser.raise_error(message, position)
        value = read[name]()
        if value is None:
            parser.raise_error("attribute expected")
        found[name] = value
        is_open = parser.parse_optional_punctuation(">") is None
        if is_open:
            parser.parse_punctuation(",")
    return found


class _PropDict(CustomDirective):
    """`<name = value, …>`: inherent attributes that the format has no place for, where they are set; subclasses say how many.

    Since MLIR's "strict properties" such attributes stand before `attr-dict`, not in it.
    """

    @property
    def variables(self) -> dict[str, AttributeVariable]:
        """The directive's parameters, by the names of the attributes."""
        variables: list[AttributeVariable] = [getattr(self, name) for name in self.parameters]
        return {variable.name: variable for variable in variables}

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        variables, op_def = self.variables, state.op_type.get_irdl_definition()
        readers: dict[str, Callable[[], Attribute | None]] = {}
        for name, variable in variables.items():
            reader = element_in_mlirs_way(variable, op_def)
            assert isinstance(reader, AttributeVariable)
            readers[name] = partial(reader.parse_attr, parser)
        found = parse_prop_dict(parser, state.op_type.name, readers)
        for name, variable in variables.items():
            if name in found:
                variable.set(state, found[name])
            elif not variable.is_optional:
                raise PlainDefect(f"properties dictionary is missing required attribute: {name}")

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        present = [(variable, value) for variable in self.variables.values() if (value := variable.get(op)) is not None]
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
class PropDict(_PropDict):
    """`<name = value>`, or nothing."""

    first: AttributeVariable


@irdl_custom_directive
class PropDictOfTwo(_PropDict):
    """As `PropDict`, for two inherent attributes: `<a = …, b = …>`."""

    first: AttributeVariable
    second: AttributeVariable


@irdl_custom_directive
class PropDictOfThree(_PropDict):
    """As `PropDict`, for three inherent attributes."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable


@irdl_custom_directive
class PropDictOfFour(_PropDict):
    """As `PropDict`, for four inherent attributes."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable
    fourth: AttributeVariable


@irdl_custom_directive
class PropDictOfFive(_PropDict):
    """As `PropDict`, for five inherent attributes."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable
    fourth: AttributeVariable
    fifth: AttributeVariable


class StrippedAttribute(CustomDirective):
    """An attribute as a whole, `#dialect.name<…>` or its alias, or without its name, `<…>`; subclasses say of what kind.

    MLIR: parseCustomAttributeWithFallback, printStrippedAttrOrType.

    Attributes:
        HAS_ALIAS: attributes of this kind have aliases, so they are printed as a whole.
    """

    attribute: AttributeVariable

    KIND: ClassVar[type[ParametrizedAttribute]]
    HAS_ALIAS: ClassVar = True

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        place = parser.pos
        is_whole = (parser.lexer.input.at(place) or "") == "#"
        attribute = parser.parse_attribute() if is_whole else self.KIND.new(self.KIND.parse_parameters(parser))
        if not isinstance(attribute, self.KIND):
            raise_wrong_kind(parser, place)
        self.attribute.set(state, attribute)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        attribute = self.attribute.get(op)
        assert isinstance(attribute, ParametrizedAttribute)
        state.print_whitespace(printer)
        if self.HAS_ALIAS:
            printer.print_attribute(attribute)
        else:
            attribute.print_parameters(printer)
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
        add_implicit_terminator(body, state.op_type)
        self.body.set(state, body)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        body = self.body.get(op)
        last = body.blocks[-1].last_op if body.blocks else None
        shown = last is not None and bool(last.operands or last.attributes)
        state.print_whitespace(printer)
        printer.print_region(body, print_empty_block=False, print_block_terminators=shown)
        end_of_token(state)


@irdl_custom_directive
class OnlyRegion(ImplicitTerminatorRegion):
    """`regions` of an op that has one: it is counted only once all is read. MLIR: OpFormatGen.cpp, regionListParserCode."""

    body: RegionVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        body = parser.parse_optional_region()
        count = int(body is not None)
        while count and parser.parse_optional_punctuation(",") is not None:
            parser.parse_region()
            count += 1
        if body is None or count > 1:
            raise PlainDefect(f"'{state.op_type.name}' op requires one region")
        add_implicit_terminator(body, state.op_type)
        self.body.set(state, body)
