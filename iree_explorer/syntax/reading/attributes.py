"""Attributes and types as MLIR reads them, each distinct text of a type or dialect attribute parsed only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Attribute, TypeAttribute
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.typed_attribute import OwnTypeAttribute
from iree_explorer.syntax.reading.builtin_attributes import BuiltinAttributeParser
from iree_explorer.syntax.reading.builtin_types import STRUCTURED_TYPES, BuiltinTypeParser
from iree_explorer.syntax.reading.dialect_symbols import DialectSymbolParser

_AttributeT = TypeVar("_AttributeT", bound=Attribute)


def _balanced(depth: int) -> str:
    """A regular expression of `<…>` in which angle brackets nest at most `depth` deep."""
    inner = rf"|{_balanced(depth - 1)}" if depth else ""
    return rf'<(?:->|[^<>"\-\n]|-(?!>)|"[^"\\\n]*+"{inner})*+>'


_BODY = re.compile(_balanced(4))


class AttributeParser(BuiltinAttributeParser, BuiltinTypeParser, DialectSymbolParser):
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
