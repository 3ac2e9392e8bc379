"""The attributes of the util dialect. IREE: UtilAttrs.td, UtilAttrs.cpp."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IntAttr, IntegerType, NoneAttr, StringAttr
from xdsl.ir import Attribute, OpaqueSyntaxAttribute, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.typed_attribute import SelfTypedAttribute

_ASSUMPTIONS = ("umin", "umax", "udiv")


@irdl_attr_definition
class IntAssumptionAttr(ParametrizedAttribute):
    """`#util.int.assumption<umin = 1, umax = 8, udiv = 2>`, each part optional."""

    name = "util.int.assumption"

    umin: IntAttr | NoneAttr
    umax: IntAttr | NoneAttr
    udiv: IntAttr | NoneAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        values: dict[str, Attribute] = {}

        def parse_entry() -> None:
            key = parser.parse_identifier()
            parser.parse_punctuation("=")
            if key not in _ASSUMPTIONS or key in values:
                parser.raise_error(f"duplicate or unknown struct parameter name: {key}", parser.pos)
            number = parser.parse_optional_integer(allow_boolean=False, allow_negative=False)
            values[key] = NoneAttr() if number is None else IntAttr(number)

        parser.parse_comma_separated_list(parser.Delimiter.ANGLE, parse_entry)
        return [values.get(key, NoneAttr()) for key in _ASSUMPTIONS]

    @override
    def print_parameters(self, printer: Printer) -> None:
        named = (("umin", self.umin), ("umax", self.umax), ("udiv", self.udiv))
        entries = [f"{key} = {value.data}" for key, value in named if isinstance(value, IntAttr)]
        printer.print_string(f"<{', '.join(entries)}>")


@irdl_attr_definition
class IntAssumptionArrayAttr(ParametrizedAttribute, OpaqueSyntaxAttribute):
    """`#util<int.assumption.array[<umin = 1>, <udiv = 2>]>`: what is assumed of a value, one for each case."""

    name = "util.int.assumption.array"

    cases: ArrayAttr[IntAssumptionAttr]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        return [_parse_array(parser, IntAssumptionAttr)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        _print_array(printer, self.cases.data)


@irdl_attr_definition
class MultiIntAssumptionArrayAttr(ParametrizedAttribute, OpaqueSyntaxAttribute):
    """`#util<int.assumption.multi_array[[<umin = 1>], [<udiv = 2>]]>`: the same of several values."""

    name = "util.int.assumption.multi_array"

    values: ArrayAttr[IntAssumptionArrayAttr]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        return [_parse_array(parser, IntAssumptionArrayAttr)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        _print_array(printer, self.values.data)


def _parse_array(parser: AttrParser, kind: type[ParametrizedAttribute]) -> ArrayAttr[Attribute]:
    """Attributes of one kind in brackets, with their names or without."""

    def parse_element() -> Attribute:
        if parser.lexer.input.content[parser.pos : parser.pos + 1] != "#":
            return kind.new(kind.parse_parameters(parser))
        place = parser.pos
        attribute = parser.parse_attribute()
        if not isinstance(attribute, kind):
            parser.raise_error("invalid kind of attribute specified", place)
        return attribute

    return ArrayAttr(parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parse_element))


def _print_array(printer: Printer, elements: Sequence[ParametrizedAttribute]) -> None:
    with printer.in_square_brackets():
        printer.print_list(elements, lambda element: element.print_parameters(printer))


@irdl_attr_definition
class BytePatternAttr(SelfTypedAttribute):
    """`#util.byte_pattern<n> : type`: made-up contents for tests."""

    name = "util.byte_pattern"

    pattern: IntAttr
    type: Attribute

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [IntAttr(parser.parse_integer())]

    @override
    def print_body(self, printer: Printer) -> None:
        printer.print_string(f"<{self.pattern.data}>")


@irdl_attr_definition
class ByteRangeAttr(ParametrizedAttribute):
    """`#util.byte_range<offset, length>`."""

    name = "util.byte_range"

    offset: IntAttr
    length: IntAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            offset = parser.parse_integer()
            parser.parse_punctuation(",")
            return [IntAttr(offset), IntAttr(parser.parse_integer())]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string(f"<{self.offset.data}, {self.length.data}>")


def _parse_static_dimensions(parser: AttrParser) -> list[int]:
    """Reads dimensions with an `x` behind each. MLIR: AsmParser::parseDimensionList."""
    dimensions: list[int] = []
    place = parser.pos
    while (dimension := parser.parse_optional_integer(allow_boolean=False, allow_negative=False)) is not None:
        dimensions.append(dimension)
        parser.parse_shape_delimiter()
        place = parser.pos
    if parser.parse_optional_punctuation("?") is not None:
        parser.raise_error("expected static shape", place)
    return dimensions


@irdl_attr_definition
class CompositeAttr(ParametrizedAttribute, AliasedAttribute):
    """`#util.composite<Nxi8, [values]>`: values one after the other in memory."""

    name = "util.composite"

    total_length: IntAttr
    values: ArrayAttr[Attribute]

    @override
    def alias_name(self) -> str:
        # IREE: UtilDialect.cpp, UtilOpAsmInterface
        return f"composite_of_{self.total_length.data}b"

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            dimensions = _parse_static_dimensions(parser)
            if len(dimensions) != 1:
                parser.raise_error("invalid length specifier")
            if parser.parse_type() != IntegerType(8):
                parser.raise_error("invalid type specifier; expected i8")
            parser.parse_punctuation(",")
            parser.parse_punctuation("[")
            values: list[Attribute] = []
            while not parser.parse_optional_punctuation("]"):
                values.append(parser.parse_attribute())
                if not parser.parse_optional_punctuation(","):
                    parser.parse_punctuation("]")
                    break
        return [IntAttr(dimensions[0]), ArrayAttr(values)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string(f"<{self.total_length.data}xi8, [")
        if self.total_length.data > 0:
            printer.print_string("\n", indent=0)
            for value in self.values:
                printer.print_string("    ")
                printer.print_attribute(value)
                printer.print_string(",\n", indent=0)
        printer.print_string("]>")


@irdl_attr_definition
class InlineNeverAttr(ParametrizedAttribute):
    """`#util.inline.never`: an inlining policy."""

    name = "util.inline.never"


@irdl_attr_definition
class InlineAlwaysAttr(ParametrizedAttribute):
    """`#util.inline.always`: an inlining policy."""

    name = "util.inline.always"


@irdl_attr_definition
class NullAttr(SelfTypedAttribute):
    """`#util.null : type`: the value that stands for nothing."""

    name = "util.null"

    type: Attribute


@irdl_attr_definition
class UninitializedAttr(SelfTypedAttribute):
    """`#util.uninitialized : type`: contents that nobody reads before writing them."""

    name = "util.uninitialized"

    type: Attribute


@irdl_attr_definition
class PreprocessingPipelineAttr(ParametrizedAttribute):
    """`#util.preprocessing_pipeline<"passes">`."""

    name = "util.preprocessing_pipeline"

    pipeline: StringAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [StringAttr(parser.parse_str_literal())]
