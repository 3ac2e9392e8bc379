"""Attributes written `#name<a = …, b = …>`: named fields in any order, printed in the order of their definition.

MLIR: the `struct` directive of attribute formats (AttrOrTypeFormatGen.cpp).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, DictionaryAttr, StringAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.parser import AttrParser
from xdsl.printer import Printer


@dataclass(frozen=True)
class FieldKind:
    """How the value of a field is read and printed."""

    parse: Callable[[AttrParser], Attribute]
    print: Callable[[Printer, Attribute], None]


def _parse_attribute_or_type(parser: AttrParser) -> Attribute:
    type_ = parser.parse_optional_type()
    return parser.parse_attribute() if type_ is None else type_


def _print_attribute(printer: Printer, value: Attribute) -> None:
    printer.print_attribute(value)


def _parse_word(parser: AttrParser) -> Attribute:
    return StringAttr(parser.parse_identifier())


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
WORD = FieldKind(_parse_word, _print_word)
"""A bare word, stored as a string."""
SIZES = FieldKind(parse_sizes, print_sizes)
"""Integers, of which some may be dynamic (`?`)."""


@dataclass(frozen=True, init=False)  # or its subclasses would not compare `fields`
class StructAttribute(ParametrizedAttribute):
    """An attribute of named fields, each of which may be missing."""

    fields: DictionaryAttr

    @classmethod
    def kinds(cls) -> Mapping[str, FieldKind]:
        """The fields that there are, in the order of printing."""
        raise NotImplementedError

    def get(self, name: str) -> Attribute | None:
        """The value of a field; None: it is missing."""
        return self.fields.data.get(name)

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        kinds, fields = cls.kinds(), dict[str, Attribute]()

        def parse_field() -> None:
            name = parser.parse_identifier()
            if name not in kinds or name in fields:
                parser.raise_error(f"duplicate or unknown struct parameter name: {name}")
            parser.parse_punctuation("=")
            fields[name] = kinds[name].parse(parser)

        parser.parse_comma_separated_list(parser.Delimiter.ANGLE, parse_field)
        return [DictionaryAttr(fields)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        values = self.fields.data
        with printer.in_angle_brackets():
            for index, (name, kind) in enumerate((n, k) for n, k in self.kinds().items() if n in values):
                printer.print_string(f", {name} = " if index else f"{name} = ")
                kind.print(printer, values[name])


@dataclass(frozen=True, init=False)
class ConfiguredAttribute(StructAttribute):
    """An attribute with one field, `configuration`: a dictionary that only a code generator reads."""

    @classmethod
    @override
    def kinds(cls) -> Mapping[str, FieldKind]:
        return {"configuration": ATTRIBUTE}
