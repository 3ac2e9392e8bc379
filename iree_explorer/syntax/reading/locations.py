"""`loc(…)`: read behind ops and arguments and forgotten, kept as the value of an attribute."""

from __future__ import annotations

from typing import cast

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import (
    CallSiteLoc,
    FileLineColLoc,
    FusedLoc,
    IntAttr,
    LocationAttr,
    NameLoc,
    NoneAttr,
    StringAttr,
    UnknownLoc,
)
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.syntax.reading.tokens import STRINGS, TokenParser

_UNKNOWN = UnknownLoc()


class LocationParser(TokenParser):
    """Parses locations."""

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self._awaited_aliases: dict[str, int] = {}
        """Aliases of locations of ops and arguments that are not defined yet → the place of their first use."""

    @override
    def parse_optional_location(self) -> LocationAttr | None:
        """An op's or argument's location; unknown always, as `iree-opt` prints none without --mlir-print-debuginfo."""
        if self.parse_optional_keyword("loc") is None:
            return None
        with self.in_parens():
            alias = self.token
            if alias.kind is Kind.HASH_IDENT and "." not in alias.text and alias.text not in self.attribute_aliases:
                self._awaited_aliases.setdefault(alias.text, alias.start)
                self.advance()
            else:
                self._parse_location()
        return _UNKNOWN

    def check_location_aliases(self) -> None:
        """Refuses locations whose aliases, which may be defined after their use, are not defined or no locations."""
        for name, offset in self._awaited_aliases.items():
            if name not in self.attribute_aliases:
                self.raise_error("operation location alias was never defined", offset)
            self._check_is_location(name, offset)

    def _check_is_location(self, name: str, offset: int) -> None:
        value = self.attribute_aliases[name]
        if not isinstance(value, LocationAttr):
            self.raise_error(f"expected location, but found '{value}'", offset)

    def parse_location_attribute(self) -> LocationAttr | None:
        """`loc(…)`, if it comes next."""
        if self.parse_optional_keyword("loc") is None:
            return None
        with self.in_parens():
            return self._parse_location()

    @override
    def _parse_location(self) -> LocationAttr:
        token = self.token
        self.enter()
        if token.kind is Kind.HASH_IDENT:
            location = self._aliased_location(token.text)
        elif token.kind in STRINGS:
            location = self._file_or_name()
        elif self.parse_optional_keyword("unknown") is not None:
            location = _UNKNOWN
        else:
            location = self._compound_location()
        self.leave()
        return location

    def _aliased_location(self, name: str) -> LocationAttr:
        """A location by its alias, or one of a dialect's kind, which is unknown here."""
        if "." in name:
            self.parse_attribute()
            return _UNKNOWN
        offset = self.token.start
        self.advance()
        if name not in self.attribute_aliases:
            self.raise_error(f"undefined symbol alias id '{name[1:]}'", self.token.start)
        self._check_is_location(name, offset)
        return cast("LocationAttr", self.attribute_aliases[name])

    def _file_or_name(self) -> LocationAttr:
        text = StringAttr(self.parse_str_literal())
        if self.parse_optional_punctuation("(") is not None:
            child = self._parse_location()
            self.parse_punctuation(")")
            return NameLoc(text, child)
        if self.parse_optional_punctuation(":") is None:
            return NameLoc(text, NoneAttr())
        line = self._number()
        column = self._number() if self.parse_optional_punctuation(":") is not None else 0
        if self.parse_optional_keyword("to") is not None:
            self.parse_optional_integer(allow_boolean=False, allow_negative=False)
            self.parse_punctuation(":")
            self._number()
        return FileLineColLoc(text, IntAttr(line), IntAttr(column))

    def _number(self) -> int:
        return self.parse_integer(allow_boolean=False, allow_negative=False)

    def _compound_location(self) -> LocationAttr:
        if self.parse_optional_keyword("callsite") is not None:
            with self.in_parens():
                callee = self._parse_location()
                self.parse_keyword("at")
                return CallSiteLoc(callee, self._parse_location())
        if self.parse_optional_keyword("fused") is None:
            self.raise_error("expected location instance")
        metadata = NoneAttr()
        if self.parse_optional_punctuation("<") is not None:
            metadata = self.parse_attribute()
            self.parse_punctuation(">")
        parts = self.parse_comma_separated_list(self.Delimiter.SQUARE, self._parse_location)
        return FusedLoc(tuple(parts), metadata)
