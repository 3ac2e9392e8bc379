"""`#dialect.name<…>`, `!dialect.name<…>`, `#dialect<name …>`, aliases, and names that no dialect of ours knows."""

from __future__ import annotations

import re
from typing import Any, Literal, NoReturn, cast, overload

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import NoneAttr, OpaqueAttr, UnregisteredAttr
from xdsl.ir import Attribute, Data, ParametrizedAttribute, TypeAttribute, TypedAttribute
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.dialects import WHOLE
from iree_explorer.syntax.reading.tokens import TokenParser
from iree_explorer.syntax.reading.wording import unbalanced

_PRETTY_SYMBOL = re.compile(r"([a-zA-Z_][\w.]*)(?:<(.*)>)?", re.ASCII | re.DOTALL)

_MNEMONIC = re.compile(r"[ \t\r\n]*([a-zA-Z_][\w$.]*)", re.ASCII)

_OWN_WORDS = {
    ("hal", "attribute"): "HAL",
    ("hal", "type"): "HAL",
    ("flow", "type"): "Flow",
    ("iree_tensor_ext", "type"): "TensorExt",
}
"""Dialects that say in their own words that they do not know a name."""


class DialectSymbolParser(TokenParser):
    """Parses what begins with `#` or `!`.

    `symbol_offset` is the place of the `#` or `!` that was read last.

    What no dialect of ours knows is kept as its text, where `allow_unregistered` and the dialect is not one of `WHOLE`:
    attributes as `OpaqueAttr` of the dialect's name, the text after it and the type, as MLIR keeps them; types as
    `UnregisteredAttr`.
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self.allow_unregistered = context.allow_unregistered
        self.symbol_offset = 0
        self._balanced_until = 0
        """Up to here the brackets in the bodies of symbols are known to be balanced."""

    @overload
    def _parse_extended_type_or_attribute(self, attr_or_dialect_name: str, is_type: Literal[False]) -> Attribute: ...

    @overload
    def _parse_extended_type_or_attribute(self, attr_or_dialect_name: str, is_type: Literal[True]) -> TypeAttribute: ...

    @override
    def _parse_extended_type_or_attribute(self, attr_or_dialect_name: str, is_type: bool) -> Attribute:
        """What follows `#name` or `!name`."""
        body, content = self.token.start, self.text_lexer.content
        if body >= self._balanced_until and content.startswith("<", body):
            bracket, self._balanced_until = unbalanced(content, body)
            if bracket:
                self.raise_error(f"unbalanced '{bracket}' character in pretty dialect name", self._balanced_until)
        return self._parse_symbol(attr_or_dialect_name, is_type)

    def _parse_symbol(self, attr_or_dialect_name: str, is_type: bool) -> Attribute:
        dialect, dot, mnemonic = attr_or_dialect_name.partition(".")
        start = self.symbol_offset
        span = Span(start, start + 1, self.text_lexer.input)
        if dot:
            definition = self._definition(attr_or_dialect_name, is_type)
            if definition is not None:
                return self._parse_body(definition)
            return self._unregistered(dialect, mnemonic + self._raw_body(), is_type, span)
        if self.token.kind is not Kind.LESS:
            return self._aliased(attr_or_dialect_name, is_type)
        return self._parse_opaque(dialect, is_type, span)

    def _definition(self, name: str, is_type: bool) -> type[Attribute] | None:
        allowed, self.ctx.allow_unregistered = self.ctx.allow_unregistered, False
        try:
            return self.ctx.get_optional_type(name) if is_type else self.ctx.get_optional_attr(name)
        finally:
            self.ctx.allow_unregistered = allowed

    def _aliased(self, name: str, is_type: bool) -> Attribute:
        attribute = self.attribute_aliases.get(("!" if is_type else "#") + name)
        if attribute is None:
            self.raise_error(f"undefined symbol alias id '{name}'")
        return attribute

    def _parse_opaque(self, dialect: str, is_type: bool, span: Span[str]) -> Attribute:
        """`<name …>` after a dialect's name."""
        content = self.text_lexer.content
        mnemonic = _MNEMONIC.match(content, self.token.end)
        name = f"{dialect}.{mnemonic[1]}" if mnemonic else ""
        definition = self._definition(name, is_type) if mnemonic else None
        if mnemonic is None or definition is None:
            return self._unregistered(dialect, self._raw_body()[1:-1], is_type, span)
        self.resume_at(mnemonic.end())
        attribute = self._parse_body(definition)
        self.parse_punctuation(">")
        return attribute

    def _parse_body(self, definition: type[Attribute]) -> Attribute:
        around, self.speaker = self.speaker, ""
        body = self.token.start
        try:
            if issubclass(definition, ParametrizedAttribute):
                if self.token.kind is Kind.LESS and _has_no_body(definition):
                    self._raw_body()
                    return definition()
                return definition.new(definition.parse_parameters(self))
            data = cast("type[Data[Any]]", definition)
            return data(data.parse_parameter(self))
        except VerifyException as error:
            self.raise_error(str(error), body)
        finally:
            self.speaker = around

    def with_trailing_type(self, attribute: Attribute, *, is_alias: bool) -> Attribute:
        """`attribute`, with the type that may follow it in the text. MLIR: Parser::parseExtendedAttr."""
        if is_alias or self.token.kind is not Kind.COLON:
            return attribute
        if isinstance(attribute, OpaqueAttr):
            self.advance()
            return OpaqueAttr(attribute.ident, attribute.value, self.parse_type())
        if isinstance(attribute, TypedAttribute):
            span = self.token.span
            self.advance()
            if (type_ := self.parse_type()) != attribute.get_type():
                self.raise_error(
                    f"attribute type different than expected: expected {type_}, but got {attribute.get_type()}", span
                )
        return attribute

    # ---- unknown names

    def _raw_body(self) -> str:
        """The text of a `<…>` with everything balanced in it, if one comes next; else nothing."""
        if self.token.kind is not Kind.LESS:
            return ""
        start = self.token.start
        end = self._raw_scan_balanced(start + 1) + 1
        self.resume_at(end)
        return self.text_lexer.content[start:end]

    def _unregistered(self, dialect: str, symbol: str, is_type: bool, span: Span[str]) -> Attribute:
        if not self.allow_unregistered or dialect in WHOLE:
            self._raise_unregistered(dialect, symbol, is_type, span)
        if not is_type:
            return OpaqueAttr.from_strings(dialect, symbol, NoneAttr())
        pretty = _PRETTY_SYMBOL.fullmatch(symbol)
        name = f"{dialect}.{pretty[1]}" if pretty else f"{dialect}."
        definition = UnregisteredAttr.with_name_and_type(name, True)
        body = (pretty[2] or "") if pretty else symbol
        return definition(name, True, pretty is None, body)

    def _raise_unregistered(self, dialect: str, symbol: str, is_type: bool, span: Span[str]) -> NoReturn:
        """What MLIR's generated parsers, and those of some dialects, say of an unknown name; where it begins."""
        kind = "type" if is_type else "attribute"
        mnemonic = _MNEMONIC.match(symbol)
        name = mnemonic[1] if mnemonic else ""
        begin = span.start + len(dialect) + 2
        known = self.ctx.get_optional_dialect(dialect)
        if known is None:
            is_pretty = self.text_lexer.content.startswith(".", begin - 1)
            type_ = "none" if is_type or self.parse_optional_punctuation(":") is None else self.parse_type()
            text = f'`!"{dialect}"<"{symbol}">`' if is_type else f'#"{dialect}"<"{symbol}"> : \'{type_}\''
            self.raise_error(
                f"{text} {kind} created with unregistered dialect. If this is intended, please call "
                "allowUnregisteredDialects() on the MLIRContext, or use -allow-unregistered-dialect "
                "with the MLIR opt tool used",
                begin if is_pretty else span,
            )
        if dialect == "builtin" or not any(issubclass(each, TypeAttribute) == is_type for each in known.attributes):
            self.raise_error(f"dialect '{dialect}' provides no {kind} parsing hook", begin)
        if not name:
            self.raise_error("expected valid keyword", self.text_lexer.end_of_blank(begin))
        title = _OWN_WORDS.get((dialect, kind))
        if title is not None:
            behind = self.text_lexer.end_of_blank(begin + len(name))
            self.raise_error(f"unknown {title} {kind}: {name}", behind if is_type else begin)
        self.raise_error(f"unknown {' ' * is_type}{kind} `{name}` in dialect `{dialect}`", begin)


def _has_no_body(definition: type[ParametrizedAttribute]) -> bool:
    """Whether nothing is read behind the name: MLIR's parsers of dialects leave alone what they do not ask for."""
    is_own = definition.parse_parameters.__func__ is not ParametrizedAttribute.parse_parameters.__func__
    return not is_own and not definition.get_irdl_definition().parameters
