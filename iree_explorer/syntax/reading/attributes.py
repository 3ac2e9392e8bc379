"""Attributes and types as MLIR reads them, each distinct text of a type or dialect attribute parsed only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import (
    AffineMapAttr,
    AffineSetAttr,
    AnyFloat,
    ArrayAttr,
    DenseResourceAttr,
    FloatAttr,
    FunctionType,
    IndexType,
    IntAttr,
    IntegerAttr,
    IntegerType,
    LocationAttr,
    NoneType,
    ShapedType,
    Signedness,
    StringAttr,
    SymbolRefAttr,
    UnitAttr,
    f64,
    i1,
    i64,
)
from xdsl.ir import Attribute, TypeAttribute
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.attribute_parts import fit_literal
from iree_explorer.ir.typed_attribute import OwnTypeAttribute
from iree_explorer.syntax.escapes import unescape
from iree_explorer.syntax.rare_attributes import DistinctAttr, TypedStringAttr
from iree_explorer.syntax.reading.affine import AffineParser
from iree_explorer.syntax.reading.builtin_types import STRUCTURED_TYPES, BuiltinTypeParser
from iree_explorer.syntax.reading.dense_literals import DenseParser
from iree_explorer.syntax.reading.dialect_symbols import DialectSymbolParser
from iree_explorer.syntax.reading.lexer import integer_of
from iree_explorer.syntax.reading.locations import LocationParser
from iree_explorer.syntax.reading.resources import ResourceParser, make_resource
from iree_explorer.syntax.resources import BlobResourceAttr

_AttributeT = TypeVar("_AttributeT", bound=Attribute)


def _balanced(depth: int) -> str:
    """A regular expression of `<…>` in which angle brackets nest at most `depth` deep."""
    inner = rf"|{_balanced(depth - 1)}" if depth else ""
    return rf'<(?:->|[^<>"\-\n]|-(?!>)|"[^"\\\n]*+"{inner})*+>'


_BODY = re.compile(_balanced(4))

_INTEGER_TYPE = re.compile(r"([su]?)i([1-9][0-9]*|0)")

_SIGNEDNESS = {"": Signedness.SIGNLESS, "s": Signedness.SIGNED, "u": Signedness.UNSIGNED}

MAX_INTEGER_WIDTH = (1 << 24) - 1
"""MLIR: IntegerType::kMaxWidth."""

_MAX_WIDTH_NUMBER = (1 << 32) - 1
"""What MLIR takes for a number in the name of a type. MLIR: Token::getIntTypeBitwidth."""

_WIDTH_DIGITS = 11
"""So many digits are too many."""


class AttributeParser(
    AffineParser, BuiltinTypeParser, DenseParser, DialectSymbolParser, LocationParser, ResourceParser
):
    """Parses attributes and types.

    The memo's key is a piece of text from its first token to its closing `>`. What such a text means does not depend on
    where it stands: aliases cannot be redefined, and no attribute or type speaks of SSA values.

    Attributes:
        known_types: the memo, by text, of types.
        known_attributes: the memo of dialect attributes.
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self.known_types: dict[str, TypeAttribute] = {}
        self.known_attributes: dict[str, Attribute] = {}
        self._distinct: dict[int, DistinctAttr] = {}
        self._handlers: dict[Kind, Callable[[], Attribute | None]] = {
            Kind.HASH_IDENT: self._parse_hash_attribute,
            Kind.STRING_LIT: self._parse_string,
            Kind.BYTES_LIT: self._parse_string,
            Kind.INTEGER_LIT: self._parse_number,
            Kind.FLOAT_LIT: self._parse_number,
            Kind.MINUS: self._parse_number,
            Kind.L_SQUARE: self._parse_array,
            Kind.L_BRACE: self._parse_optional_builtin_dict_attr,
            Kind.AT_IDENT: self._parse_optional_symref_attr,
            Kind.BARE_IDENT: self._parse_named_attribute,
        }
        self._named: dict[str, Callable[[], Attribute]] = {
            "true": self._parse_true_or_false,
            "false": self._parse_true_or_false,
            "unit": self._parse_unit,
            "loc": self._parse_location_value,
            "dense": self._parse_dense,
            "distinct": self._parse_distinct,
            "dense_resource": self._parse_dense_resource,
            "array": self._parse_dense_array,
            "affine_map": self._parse_map,
            "affine_set": self._parse_set,
            "strided": self._parse_strided,
        }

    # ---- entry points

    @override
    def parse_optional_attribute(self) -> Attribute | None:
        handler = self._handlers.get(self.token.kind)
        if handler is None:
            return self.parse_optional_type()
        self.enter()
        attribute = handler()
        self.leave()
        return attribute

    @override
    def parse_optional_type(self) -> TypeAttribute | None:
        token = self.token
        if token.kind is Kind.EXCLAMATION_IDENT:
            return self._memoised(self.known_types, self._parse_dialect_type)
        if token.kind is Kind.BARE_IDENT:
            return self._parse_named_type(token.text)
        if token.kind is Kind.L_PAREN:
            self.enter()
            function_type = self.parse_optional_function_type()
            self.leave()
            return function_type
        return None

    @override
    def parse_optional_function_type(self) -> FunctionType | None:
        if self.token.kind is not Kind.L_PAREN:
            return None
        inputs = self.parse_comma_separated_list(self.Delimiter.PAREN, self.parse_type)
        self.parse_punctuation("->", " in function type")
        if self.token.kind is Kind.L_PAREN:
            outputs = self.parse_comma_separated_list(self.Delimiter.PAREN, self.parse_type)
        else:
            outputs = [self.parse_type()]
        return FunctionType.from_lists(inputs, outputs)

    # ---- dictionaries

    @override
    def parse_optional_dictionary_attr_dict(self) -> dict[str, Attribute]:
        return self._parse_dictionary() if self.token.kind is Kind.L_BRACE else {}

    def _parse_dictionary(self) -> dict[str, Attribute]:
        entries: dict[str, Attribute] = {}
        self.parse_comma_separated_list(
            self.Delimiter.BRACES, lambda: self._parse_named_attribute_into(entries), " in attribute dictionary"
        )
        return entries

    def _parse_named_attribute_into(self, entries: dict[str, Attribute]) -> None:
        start = self.token.start
        name = self.parse_optional_identifier_or_str_literal()
        if not name:
            self.raise_error("expected valid attribute name" if name == "" else "expected attribute name", start)
        if name in entries:
            self.raise_error(f"duplicate key '{name}' in dictionary attribute", start)
        entries[name] = UnitAttr() if self.parse_optional_punctuation("=") is None else self.parse_attribute()

    # ---- the memo

    def _memoised(self, memo: dict[str, _AttributeT], parse: Callable[[], _AttributeT]) -> _AttributeT:
        """What `parse` makes of the coming text; from `memo` where the same text was met before."""
        token = self.token
        lexer = self.text_lexer
        end = token.end
        body = _BODY.match(lexer.content, end) if lexer.content.startswith("<", end) else None
        if body is not None:
            end = body.end()
        elif lexer.content.startswith("<", end):
            return self._nested(parse)
        key = lexer.content[token.start : end]
        known = memo.get(key)
        if known is not None and not (isinstance(known, OwnTypeAttribute) and self._colon_follows(end)):
            lexer.pos = end
            self._parser_state.current_token = lexer.lex()
            return known
        parsed = self._nested(parse)
        if self.token.start == lexer.end_of_blank(end):
            memo[key] = parsed
        return parsed

    def _colon_follows(self, offset: int) -> bool:
        """Whether a type of its own may follow the attribute that ends at `offset`."""
        lexer = self.text_lexer
        return lexer.content.startswith(":", lexer.end_of_blank(offset))

    def _nested(self, parse: Callable[[], _AttributeT]) -> _AttributeT:
        self.enter()
        parsed = parse()
        self.leave()
        return parsed

    # ---- dialect attributes and types

    def _parse_dialect_type(self) -> TypeAttribute:
        self.symbol_offset = self.token.start
        token = self._consume_token()
        return self._parse_extended_type_or_attribute(token.text[1:], True)

    def _parse_dialect_attribute(self) -> Attribute:
        self.symbol_offset = self.token.start
        token = self._consume_token()
        return self._parse_extended_type_or_attribute(token.text[1:], False)

    def _parse_hash_attribute(self) -> Attribute:
        name = self.token.text
        attribute = self._memoised(self.known_attributes, self._parse_dialect_attribute)
        return self.with_trailing_type(attribute, is_alias=name in self.attribute_aliases)

    # ---- builtin types

    def _parse_named_type(self, name: str) -> TypeAttribute | None:
        known = self.known_types.get(name)
        if known is not None:
            self.advance()
            return known
        if name in STRUCTURED_TYPES:
            return self._memoised(self.known_types, self._parse_structured_type)
        scalar = self._scalar_type(name)
        if scalar is not None:
            self.advance()
            self.known_types[name] = scalar
        return scalar

    def _parse_structured_type(self) -> TypeAttribute:
        parsed = self._parse_optional_builtin_parametrized_type()
        assert parsed is not None
        return parsed

    def _scalar_type(self, name: str) -> TypeAttribute | None:
        if match := _INTEGER_TYPE.fullmatch(name):
            if int(match[2][:_WIDTH_DIGITS]) > _MAX_WIDTH_NUMBER:
                self.raise_error("invalid integer width")
            width = int(match[2])
            if width > MAX_INTEGER_WIDTH:
                self.raise_error(f"integer bitwidth is limited to {MAX_INTEGER_WIDTH} bits")
            return IntegerType(width, _SIGNEDNESS[match[1]])
        if name == "index":
            return IndexType()
        if name == "none":
            return self._none_type()
        return self._builtin_float_types.get(name)

    def _none_type(self) -> TypeAttribute:
        return NoneType()

    # ---- builtin attributes

    def _parse_string(self) -> StringAttr | TypedStringAttr:
        token = self._consume_token()
        value = StringAttr(unescape(token.text[1:-1]))
        if self.parse_optional_punctuation(":") is None:
            return value
        type_ = self.parse_type()
        return value if isinstance(type_, NoneType) else TypedStringAttr(value, type_)

    def _parse_distinct(self) -> DistinctAttr:
        """`distinct[number]<attribute>`; nothing between the angle brackets stands for `unit`. MLIR: parseDistinctAttr."""
        start = self.token.start
        self.advance()
        self.parse_punctuation("[", " after 'distinct'")
        token = self._parse_token(Kind.INTEGER_LIT, "expected distinct ID")
        number = integer_of(token.text)
        if number >= 1 << 64:
            self.raise_error("expected an unsigned 64-bit integer")
        self.parse_punctuation("]", " to close distinct ID")
        self.parse_punctuation("<", " after distinct ID")
        referenced = UnitAttr() if self.token.kind is Kind.GREATER else self.parse_attribute()
        self.parse_punctuation(">", " to close distinct attribute")
        known = self._distinct.setdefault(number, DistinctAttr(IntAttr(number), referenced))
        if known.referenced != referenced:
            self.raise_error(f"referenced attribute does not match previous definition: {known.referenced}", start)
        return known

    def _parse_array(self) -> ArrayAttr:
        self.advance()
        if self.parse_optional_punctuation("]") is not None:
            return ArrayAttr(())
        elements = self.parse_comma_separated_list(self.Delimiter.NONE, self.parse_attribute)
        self._parse_token(Kind.R_SQUARE, "expected ',' or ']'")
        return ArrayAttr(elements)

    def _parse_named_attribute(self) -> Attribute | None:
        handler = self._named.get(self.token.text)
        return self.parse_optional_type() if handler is None else handler()

    def _parse_true_or_false(self) -> IntegerAttr:
        token = self._consume_token()
        return IntegerAttr(int(token.text == "true"), i1)

    def _parse_unit(self) -> UnitAttr:
        self.advance()
        return UnitAttr()

    @override
    def parse_optional_builtin_int_or_float_attr(self) -> IntegerAttr | FloatAttr | None:
        token = self.token
        if token.kind is Kind.BARE_IDENT and token.text in ("true", "false"):
            return self._parse_true_or_false()
        if token.kind in (Kind.INTEGER_LIT, Kind.FLOAT_LIT, Kind.MINUS):
            return self._parse_number()
        return None

    def _parse_number(self) -> IntegerAttr | FloatAttr:
        """`-`? number (`:` type)?; i64 or f64 where there is no type."""
        negative = self.parse_optional_punctuation("-") is not None
        token = self.token
        if token.kind not in (Kind.INTEGER_LIT, Kind.FLOAT_LIT):
            self.raise_wrong_token("expected constant integer or floating point value")
        self.advance()
        is_float = token.kind is Kind.FLOAT_LIT
        type_ = f64 if is_float else i64
        if self.parse_optional_punctuation(":") is not None:
            type_ = self.parse_type()
        if isinstance(type_, AnyFloat):
            return FloatAttr(self.float_of_literal(token.text, negative, type_, token.span), type_)
        if is_float:
            self.raise_error("floating point value not valid for specified type")
        if not isinstance(type_, IntegerType | IndexType):
            self.raise_error("integer literal not valid for specified type", token.span)
        try:
            return IntegerAttr(fit_literal(self, integer_of(token.text), negative, type_, token.span), type_)
        except VerifyException:
            self.raise_error("integer constant out of range for attribute", token.span)

    def _parse_map(self) -> AffineMapAttr:
        self.advance()
        self.parse_punctuation("<", " in affine map")
        affine_map = self.parse_map_body()
        self.parse_punctuation(">", " in affine map")
        return AffineMapAttr(affine_map)

    def _parse_set(self) -> AffineSetAttr:
        self.advance()
        self.parse_punctuation("<", " in integer set")
        affine_set = self.parse_set_body()
        self.parse_punctuation(">", " in integer set")
        return AffineSetAttr(affine_set)

    def _parse_strided(self) -> Attribute:
        self.advance()
        return self._parse_strided_layout_attr()

    def _parse_dense_resource(self) -> DenseResourceAttr | BlobResourceAttr:
        """`dense_resource<name> : type`; the blob of that name may come later, or never."""
        self.advance()
        self.parse_punctuation("<", " after 'dense_resource'")
        handle = self.parse_optional_identifier_or_str_literal()
        if handle is None:
            self.raise_error("expected identifier key for 'resource' entry")
        self.parse_punctuation(">")
        place = self.token.start
        self.parse_punctuation(":")
        type_ = self.parse_type()
        if not isinstance(type_, ShapedType):
            self.raise_error("`dense_resource` expected a shaped type", place)
        return make_resource(handle, type_, self.resources.get("builtin", {}).get(handle))

    @override
    def _parse_optional_symref_attr(self) -> SymbolRefAttr | None:
        root = self.parse_optional_symbol_name()
        if root is None:
            return None
        nested: list[StringAttr] = []
        content = self.text_lexer.content
        while self.token.kind is Kind.COLON and content.startswith("::", self.token.start):
            self.resume_at(self.token.start + 2)
            name = self.parse_optional_symbol_name()
            if name is None:
                self.raise_wrong_token("expected nested symbol reference identifier")
            nested.append(name)
        return SymbolRefAttr(root, ArrayAttr(nested))

    @override
    def parse_optional_symbol_name(self) -> StringAttr | None:
        token = self._parse_optional_token(Kind.AT_IDENT)
        if token is None:
            return None
        name = token.text[1:]
        return StringAttr(unescape(name[1:-1]) if name.startswith('"') else name)

    def _parse_location_value(self) -> LocationAttr:
        location = self.parse_location_attribute()
        assert location is not None
        return location
