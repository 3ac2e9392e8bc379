"""The parts of attributes that many have: attributes of one kind, and words of an enumeration, with MLIR's errors."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn, TypeVar

from xdsl.ir import Attribute
from xdsl.parser import AttrParser

_INT64 = 1 << 63

_AttributeT = TypeVar("_AttributeT", bound=Attribute)


def parse_attribute_of(parser: AttrParser, kind: type[_AttributeT]) -> _AttributeT:
    """Reads an attribute of a kind. MLIR: AsmParser::parseAttribute."""
    place = parser.pos
    attribute = parser.parse_attribute()
    if not isinstance(attribute, kind):
        raise_wrong_kind(parser, place)
    return attribute


def raise_wrong_kind(parser: AttrParser, place: int) -> NoReturn:
    """Refuses the attribute that begins at `place`, as MLIR does one of another kind than is wanted."""
    parser.raise_error("invalid kind of attribute specified", place)


def parse_int64(parser: AttrParser) -> int:
    """Reads an integer that has room in 64 bits. MLIR: AsmParser::parseInteger."""
    place = parser.pos
    number = parser.parse_integer(allow_boolean=False)
    return number if -_INT64 <= number < _INT64 else parser.raise_error("integer value too large", place)


def parse_word(parser: AttrParser, words: Collection[str], enumeration: str) -> str:
    """Reads a bare word of an enumeration that is called `enumeration` in errors. MLIR: AttrOrTypeFormatGen.cpp, EnumAttr."""
    place = parser.pos
    word = parser.parse_optional_identifier()
    if word is None:
        parser.raise_error(f"expected keyword for valid {enumeration}")
    if word not in words:
        parser.raise_error(f"expected one of [{', '.join(words)}] for valid {enumeration}, got: {word}", place)
    return word


def parse_word_or_string(parser: AttrParser, words: Collection[str], enumeration: str) -> str:
    """Reads a word of an enumeration, bare or in quotes; `enumeration` is its name in C++. MLIR: FieldParser of enumerations."""
    place = parser.pos
    word = parser.parse_optional_identifier_or_str_literal()
    if word is None:
        parser.raise_error("expected valid keyword or string")
    if word not in words:
        parser.raise_error(f"expected ::{enumeration} to be one of: {', '.join(words)}", place)
    return word
