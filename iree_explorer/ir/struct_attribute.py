"""Attributes written `#name<a = …, b = …>`: named fields in any order, printed in the order of their definition.

MLIR: the `struct` directive of attribute formats (AttrOrTypeFormatGen.cpp).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, DictionaryAttr, StringAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from iree_explorer.ir.attribute_parts import parse_word_or_string, raise_wrong_kind


@dataclass(frozen=True)
class FieldKind:
    """How the value of a field is read and printed, and whether there must be one."""

    parse: Callable[[AttrParser], Attribute]
    print: Callable[[Printer, Attribute], None]
    is_required: bool = False

    @property
    def required(self) -> FieldKind:
        """The kind of a field that must be there."""
        return replace(self, is_required=True)


def _parse_attribute_or_type(parser: AttrParser) -> Attribute:
    type_ = parser.parse_optional_type()
    return parser.parse_attribute() if type_ is None else type_


def _print_attribute(printer: Printer, value: Attribute) -> None:
    printer.print_attribute(value)


def _print_word(printer: Printer, value: Attribute) -> None:
    assert isinstance(value, StringAttr)
    printer.print_string(value.data)


def parse_sizes(parser: AttrParser) -> DenseArrayBase:
    """Reads `[4, ?]`; `?` becomes the dynamic marker."""

    def parse_size() -> int:
        return DYNAMIC_INDEX if parser.parse_optional_punctuation("?") is not None else parser.parse_integer()

    return DenseArrayBase.from_list(i64, parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parse_size))


def print_sizes(printer: Printer, value: Attribute) -> None:
    """Prints `[4, ?]`."""
    assert isinstance(value, DenseArrayBase)
    sizes = ("?" if size == DYNAMIC_INDEX else str(size) for size in value.iter_values())
    printer.print_string(f"[{', '.join(sizes)}]")


ATTRIBUTE = FieldKind(_parse_attribute_or_type, _print_attribute)
"""Any attribute or type."""


def word_of(enumeration: str, words: tuple[str, ...]) -> FieldKind:
    """One of some bare words, stored as a string; `enumeration` is what the compiler calls them in C++."""

    def parse(parser: AttrParser) -> Attribute:
        return StringAttr(parse_word_or_string(parser, words, enumeration))

    return FieldKind(parse, _print_word)


def attribute_of(*kinds: type[Attribute]) -> FieldKind:
    """An attribute or type of one of these kinds."""

    def parse(parser: AttrParser) -> Attribute:
        place = parser.pos
        value = _parse_attribute_or_type(parser)
        return value if isinstance(value, kinds) else raise_wrong_kind(parser, place)

    return FieldKind(parse, _print_attribute)


SIZES = FieldKind(parse_sizes, print_sizes)
"""Integers, of which some may be dynamic (`?`)."""


@dataclass(frozen=True, init=False)  # or its subclasses would not compare `fields`
class StructAttribute(ParametrizedAttribute):
    """An attribute of named fields, each of which may be missing."""

    fields: DictionaryAttr

    @classmethod
    @abstractmethod
    def kinds(cls) -> Mapping[str, FieldKind]:
        """The fields that there are, in the order of printing."""

    def get(self, name: str) -> Attribute | None:
        """The value of a field; None: it is missing."""
        return self.fields.data.get(name)

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        kinds, fields, end = cls.kinds(), dict[str, Attribute](), parser.pos + 1

        def parse_field() -> None:
            nonlocal end
            name = parser.parse_identifier()
            parser.parse_punctuation("=")
            if name not in kinds or name in fields:
                parser.raise_error(f"duplicate or unknown struct parameter name: {name}", parser.pos)
            fields[name] = kinds[name].parse(parser)
            end = parser.pos

        parser.parse_comma_separated_list(parser.Delimiter.ANGLE, parse_field)
        missing = [name for name, kind in kinds.items() if kind.is_required and name not in fields]
        if missing:
            words = f"struct is missing required parameter: {missing[0]}" if fields else "expected valid keyword"
            parser.raise_error(words, end)
        return [DictionaryAttr(fields)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        values = self.fields.data
        with printer.in_angle_brackets():
            for index, (name, kind) in enumerate((n, k) for n, k in self.kinds().items() if n in values):
                printer.print_string(f", {name} = " if index else f"{name} = ")
                kind.print(printer, values[name])
