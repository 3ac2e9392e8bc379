"""The parts of attributes that many have: attributes of one kind, and words of an enumeration, with MLIR's errors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NoReturn, TypeVar

from xdsl.dialects.builtin import FloatAttr, FunctionType, IndexType, IntegerAttr, IntegerType, Signedness
from xdsl.ir import Attribute
from xdsl.parser import AttrParser
from xdsl.utils.lexer import Span

_INDEX_WIDTH = 64

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


_NOT_FLOAT = "floating point value not valid for specified type"


def raise_unexpected_number(parser: AttrParser, place: int, attribute: Attribute) -> None:
    """Refuses a number that is written at `place`, where an attribute of another kind is wanted; others are let through.

    # MLIR: AttributeParser.cpp, parseFloatAttr, parseDecOrHexAttr: the type wanted there is `none`.
    """
    written = parser.lexer.input.slice(place, place + 2) or ""
    if not written.lstrip("-")[:1].isdigit():
        return
    if isinstance(attribute, FloatAttr):
        parser.raise_error(_NOT_FLOAT, parser.pos)
    parser.raise_error("integer literal not valid for specified type", place + written.startswith("-"))


def parse_integer_attribute(parser: AttrParser, type_: IntegerType | IndexType) -> IntegerAttr:
    """Reads an integer attribute, as `parse_attribute_with_type` does; one of another type is the verifier's business."""
    place = parser.pos
    attribute = parse_attribute_with_type(parser, type_)
    if isinstance(attribute, IntegerAttr):
        return attribute
    raise_unexpected_number(parser, place, attribute)
    raise_wrong_kind(parser, place)


def parse_attribute_with_type(parser: AttrParser, type_: IntegerType | IndexType) -> Attribute:
    """Reads an attribute; the type of an integer is known and so not written. MLIR: AsmParser::parseAttribute of a type."""
    behind_minus = parser.pos + 1
    is_negative = parser.parse_optional_punctuation("-") is not None
    place = parser.pos
    number = parser.parse_optional_integer(allow_boolean=False, allow_negative=False)
    if number is not None:
        return IntegerAttr(fit_literal(parser, number, is_negative, type_, place), type_)
    if parser.parse_optional_number(allow_boolean=False) is not None:
        parser.raise_error(_NOT_FLOAT, parser.pos)
    if is_negative:
        parser.raise_error("expected constant integer or floating point value", behind_minus)
    return parser.parse_attribute()


def raise_wrong_type(
    parser: AttrParser, place: int, op_name: str, kinds: Sequence[type[Attribute]], type_: Attribute
) -> NoReturn:
    """Refuses a type just read, from `place` on, that is of none of the classes. MLIR: OpImplementation.h, parseType of a kind."""
    kind, *others = kinds
    name = "function" if kind is FunctionType else kind.name
    name = name if "." in name else f"builtin.{name}"
    # The common base of several classes has no name.
    wanted = "" if others else f": expected {name}, but found '{type_}'"
    parser.raise_error(f"custom op '{op_name}' invalid kind of type specified{wanted}", place, parser.pos)


def fit_literal(
    parser: AttrParser,
    number: int,
    is_negative: bool,
    type_: IntegerType | IndexType,
    place: int | Span[str],
    owner: str = " for attribute",
) -> int:
    """The value of an integer literal, which must fit its type. MLIR: buildAttributeAPInt.

    Args:
        parser: raises the error.
        number: the digits' value.
        is_negative: whether `-` stands before them.
        type_: the type.
        place: where the digits are.
        owner: for the message, what the literal is the value of.
    """
    width, signedness = _INDEX_WIDTH, Signedness.SIGNED
    if isinstance(type_, IntegerType):
        width, signedness = type_.width.data, type_.signedness.data
    if is_negative and signedness is Signedness.UNSIGNED:
        parser.raise_error("negative integer literal not valid for unsigned integer type", place)
    half = 1 << max(width - 1, 0)
    limit = half if signedness is Signedness.SIGNED else 1 << width
    fits = 0 < number <= half and width > 0 if is_negative else number < limit
    if not fits:
        parser.raise_error(f"integer constant out of range{owner}", place)
    return -number if is_negative else number


def parse_word(parser: AttrParser, words: Collection[str], enumeration: str) -> str:
    """Reads a bare word of an enumeration; errors call it `enumeration`, mostly "valid" and its name. MLIR: AttrOrTypeFormatGen.cpp, EnumAttr."""
    place = parser.pos
    word = parser.parse_optional_identifier()
    if word is None:
        parser.raise_error(f"expected keyword for {enumeration}")
    if word not in words:
        parser.raise_error(f"expected one of [{', '.join(words)}] for {enumeration}, got: {word}", place)
    return word


def parse_word_or_string(parser: AttrParser, words: Collection[str], enumeration: str, place: int | None = None) -> str:
    """Reads a word of an enumeration, bare or in quotes. MLIR: FieldParser of enumerations.

    Args:
        parser: raises the errors.
        words: all there are.
        enumeration: its name in C++.
        place: where another word is refused; None: where it stands.
    """
    place = parser.pos if place is None else place
    word = parser.parse_optional_identifier_or_str_literal()
    if word is None:
        parser.raise_error("expected valid keyword or string")
    if word not in words:
        parser.raise_error(f"expected ::{enumeration} to be one of: {', '.join(words)}", place)
    return word
