"""Builtin attributes, dense ones aside, as MLIR reads them. MLIR: AttributeParser.cpp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import (
    AffineMapAttr,
    AffineSetAttr,
    AnyFloat,
    ArrayAttr,
    FloatAttr,
    IndexType,
    IntAttr,
    IntegerAttr,
    IntegerType,
    LocationAttr,
    NoneAttr,
    NoneType,
    ShapedType,
    StridedLayoutAttr,
    StringAttr,
    SymbolRefAttr,
    TensorType,
    UnitAttr,
    f64,
    i1,
    i64,
)
from xdsl.ir import Attribute
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.attribute_parts import fit_literal
from iree_explorer.ir.dense_resource import DenseResourceElementsAttr
from iree_explorer.syntax.escapes import unescape
from iree_explorer.syntax.rare_attributes import DistinctAttr, TypedStringAttr
from iree_explorer.syntax.reading.affine import AffineParser
from iree_explorer.syntax.reading.dense_literals import DenseParser
from iree_explorer.syntax.reading.lexer import integer_of
from iree_explorer.syntax.reading.locations import LocationParser
from iree_explorer.syntax.reading.resources import ResourceParser

_NO_BLOB = NoneAttr()


class BuiltinAttributeParser(AffineParser, DenseParser, LocationParser, ResourceParser):
    """Parses builtin attributes."""

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self._distinct: dict[int, DistinctAttr] = {}
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

    def _parse_strided(self) -> StridedLayoutAttr:
        """`strided<[1, ?], offset: ?>`. # MLIR: AttributeParser.cpp, parseStridedLayoutAttr."""
        self.advance()
        self.parse_punctuation("<", " after 'strided'")
        strides = self.parse_comma_separated_list(self.Delimiter.SQUARE, self._parse_stride)
        if self.parse_optional_punctuation(">") is not None:
            return StridedLayoutAttr(strides, 0)
        self.parse_punctuation(",")
        if self.parse_optional_keyword("offset") is None:
            self.raise_wrong_token("expected 'offset' after comma")
        self.parse_punctuation(":", " after 'offset'")
        offset = self._parse_stride()
        self.parse_punctuation(">")
        return StridedLayoutAttr(strides, offset)

    def _parse_stride(self) -> int | None:
        """A stride or an offset; None: a dynamic one."""
        if self.parse_optional_punctuation("?") is not None:
            return None
        place = self.token.start
        is_negative = self.parse_optional_punctuation("-") is not None
        token = self.token
        number = integer_of(token.text) if token.kind is Kind.INTEGER_LIT else None
        if number is None or number >= 1 << 63:
            self.raise_at("expected a 64-bit signed integer or '?'", place)
        self.advance()
        return -number if is_negative else number

    def parse_elements(self, type_: TensorType[Any]) -> Attribute:
        """As `MLIRParser.parse_elements`."""
        if self.parse_optional_keyword("dense") is not None:
            return self.parse_dense_int_or_fp_elements_attr(type_)
        is_resource = self.token.kind is Kind.BARE_IDENT and self.token.text == "dense_resource"
        return self._parse_dense_resource(type_) if is_resource else self.parse_attribute()

    def _parse_dense_resource(self, known: ShapedType | None = None) -> DenseResourceElementsAttr:
        """`dense_resource<name> : type`, without the type where that is known; the blob of that name may come later, or never."""
        self.advance()
        self.parse_punctuation("<", " after 'dense_resource'")
        handle = self.parse_optional_identifier_or_str_literal()
        if handle is None:
            self.raise_error("expected identifier key for 'resource' entry")
        self.parse_punctuation(">")
        type_ = known
        if type_ is None:
            place = self.token.start
            self.parse_punctuation(":")
            type_ = self.parse_type()
            if not isinstance(type_, ShapedType):
                self.raise_error("`dense_resource` expected a shaped type", place)
        return DenseResourceElementsAttr(StringAttr(handle), type_, self.blobs.get(handle, _NO_BLOB))

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
