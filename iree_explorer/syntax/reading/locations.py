"""`loc(…)`: read behind ops and arguments and forgotten, kept as the value of an attribute.

# MLIR: LocationParser.cpp
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import (
    ArrayAttr,
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
from xdsl.ir import Attribute
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.syntax.reading.lexer import integer_of
from iree_explorer.syntax.reading.tokens import STRINGS, TokenParser

_UNKNOWN: Final = UnknownLoc()

_LIMIT = 1 << 32
"""Lines and columns are less."""

_LINE = "expected integer line number in FileLineColRange"
_COLUMN = "expected integer column number in FileLineColRange"


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
        self.parse_punctuation("(", " in location")
        alias = self.token
        if alias.kind is Kind.HASH_IDENT and "." not in alias.text and alias.text not in self.attribute_aliases:
            self._awaited_aliases.setdefault(alias.text, alias.start)
            self.advance()
        else:
            self._parse_location()
        self.parse_punctuation(")", " in location")
        return _UNKNOWN

    def check_location_aliases(self) -> None:
        """Refuses locations whose aliases, which may be defined after their use, are not defined or no locations."""
        for name, offset in self._awaited_aliases.items():
            if name not in self.attribute_aliases:
                self.raise_error("operation location alias was never defined", offset)
            value = self.attribute_aliases[name]
            if not isinstance(value, LocationAttr):
                self.raise_error(f"expected location, but found '{value}'", offset)

    def parse_location_attribute(self) -> LocationAttr | None:
        """`loc(…)`, if it comes next."""
        if self.parse_optional_keyword("loc") is None:
            return None
        self.parse_punctuation("(", " in inline location")
        location = self._parse_location()
        self.parse_punctuation(")", " in inline location")
        return location

    @override
    def _parse_location(self) -> LocationAttr:
        self.enter()
        token = self.token
        if token.kind is Kind.HASH_IDENT:
            location = self._location_of_attribute()
        elif token.kind in STRINGS:
            location = self._file_or_name()
        elif self.parse_optional_keyword("callsite") is not None:
            location = self._call_site()
        elif self.parse_optional_keyword("fused") is not None:
            location = self._fused()
        elif self.parse_optional_keyword("unknown") is not None:
            location = _UNKNOWN
        else:
            self.raise_wrong_token("expected location instance")
        self.leave()
        return location

    def _location_of_attribute(self) -> LocationAttr:
        """A location by its alias."""
        attribute = self.parse_attribute()
        if not isinstance(attribute, LocationAttr):
            self.raise_error(f"expected location attribute, but got{attribute}")
        return attribute

    def _file_or_name(self) -> LocationAttr:
        text = StringAttr(self.parse_str_literal())
        if self.parse_optional_punctuation(":") is not None:
            return self._in_file(text if text.data else StringAttr("-"))
        if self.parse_optional_punctuation("(") is None:
            return NameLoc(text, NoneAttr())
        child = self._parse_location()
        self.parse_punctuation(")", " after child location of NameLoc")
        return NameLoc(text, NoneAttr() if child == _UNKNOWN else child)

    def _in_file(self, file: StringAttr) -> FileLineColLoc:
        line = self._number(_LINE)
        if self.parse_optional_punctuation(":") is None:
            return FileLineColLoc(file, IntAttr(line), IntAttr(0))
        column = self._number(_COLUMN)
        if self.parse_optional_keyword("to") is not None:
            self._end_of_range()
        return FileLineColLoc(file, IntAttr(line), IntAttr(column))

    def _end_of_range(self) -> None:
        """The end of a range; differs: it is forgotten, as xDSL's locations have none."""
        if self.token.kind is Kind.INTEGER_LIT:
            self._number(_LINE)
        if self.parse_optional_punctuation(":") is None:
            self.raise_wrong_token("expected either integer or `:` post `to` in FileLineColRange")
        self._number(_COLUMN)

    def _number(self, wanted: str) -> int:
        token = self.token
        number = integer_of(token.text) if token.kind is Kind.INTEGER_LIT else _LIMIT
        if number >= _LIMIT:
            self.raise_wrong_token(wanted)
        self.advance()
        return number

    def _call_site(self) -> CallSiteLoc:
        self.parse_punctuation("(", " in callsite location")
        callee = self._parse_location()
        if self.parse_optional_keyword("at") is None:
            self.raise_wrong_token("expected 'at' in callsite location")
        caller = self._parse_location()
        self.parse_punctuation(")", " in callsite location")
        return CallSiteLoc(callee, caller)

    def _fused(self) -> LocationAttr:
        metadata = NoneAttr()
        if self.parse_optional_punctuation("<") is not None:
            metadata = self.parse_attribute()
            self.parse_punctuation(">", " after fused location metadata")
        parts = self.parse_comma_separated_list(self.Delimiter.SQUARE, self._parse_location, " in fused location")
        return _fuse(parts, metadata)


def _fuse(parts: Sequence[LocationAttr], metadata: Attribute) -> LocationAttr:
    """Each known location once, those fused with the same metadata one by one; the only one itself. MLIR: FusedLoc::get."""
    known: dict[LocationAttr, None] = {}
    for part in parts:
        if isinstance(part, FusedLoc) and part.metadata == metadata:
            known.update(dict.fromkeys(cast("ArrayAttr[LocationAttr]", part.locations)))
        elif part != _UNKNOWN:
            known[part] = None
    if isinstance(metadata, NoneAttr) and len(known) < 2:
        return next(iter(known), _UNKNOWN)
    return FusedLoc(tuple(known) or (_UNKNOWN,), metadata)
