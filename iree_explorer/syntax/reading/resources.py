"""Reads `{-# … #-}`, and what attributes name there. MLIR: AsmParser/Parser.cpp, parseFileMetadataDictionary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from xdsl.context import Context
from xdsl.dialects.builtin import BytesAttr
from xdsl.utils.exceptions import ParseError
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.syntax.escapes import quoted
from iree_explorer.syntax.reading.tokens import STRINGS, TokenParser
from iree_explorer.syntax.resources import blob_text, entry_text

_KEEP_NOTHING: Final = frozenset(
    ("hal", "iree_codegen", "iree_cpu", "iree_encoding", "iree_linalg_ext", "ml_program", "util")
)
"""Dialects that may have a section of resources, though nothing can stand in it."""

_ENTRY: Final = "for 'resource' entry"


class ResourceParser(TokenParser):
    """Parses file metadata.

    The metadata mostly stands at the end of a text, but is read first, so that attributes know their blobs.

    Attributes:
        blobs: of the builtin dialect, by handle: four bytes of alignment, then the elements'.
        external: per tool, its entries as they are written.
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self.blobs: dict[str, BytesAttr] = {}
        self.external: dict[str, list[str]] = {}

    def read_resources_ahead(self) -> None:
        """Reads the metadata at the end of the text, if any; what is wrong there is found when the text is read."""
        start = self.text_lexer.content.rfind("\n{-#")
        if start < 0:
            return
        try:
            self.resume_at(start)
            self._parse_file_metadata_dictionary()
        except ParseError:
            self.blobs.clear()
        self.external.clear()
        self.resume_at(0)

    def _parse_file_metadata_dictionary(self) -> None:
        self.parse_punctuation("{-#")
        self._parse_rest(self._parse_section, Kind.FILE_METADATA_END, "#-}")

    def _parse_section(self) -> None:
        place = self.token.start
        section = self._parse_key("in file metadata dictionary")
        self.parse_punctuation(":")
        parse_owner = {"dialect_resources": self._parse_dialect, "external_resources": self._parse_tool}.get(section)
        if parse_owner is None:
            self.raise_at(f"unknown key '{section}' in file metadata dictionary", place)
        self.parse_punctuation("{")
        self._parse_rest(parse_owner)

    def _parse_dialect(self) -> None:
        place = self.token.start
        dialect = self._parse_key(_ENTRY)
        if dialect not in self.ctx.registered_dialect_names:
            self.raise_at(f"dialect '{dialect}' is unknown", place)
        self._parse_opening()
        if dialect != "builtin" and dialect not in _KEEP_NOTHING:
            self.raise_at(f"unexpected 'resource' section for dialect '{dialect}'", self.token.start)
        self._parse_rest(lambda: self._parse_dialect_entry(dialect))

    def _parse_dialect_entry(self, dialect: str) -> None:
        place = self.token.start
        key = self._parse_entry_key(_ENTRY)
        if dialect != "builtin":
            self.raise_at(f"unknown 'resource' key '{key}' for dialect '{dialect}'", place)
        self.parse_punctuation(":")
        self.blobs[key] = self._parse_blob(key)

    def _parse_tool(self) -> None:
        entries = self.external.setdefault(self._parse_key(_ENTRY), [])
        self._parse_opening()
        self._parse_rest(lambda: entries.append(self._parse_tool_entry()))

    def _parse_tool_entry(self) -> str:
        """MLIR: FallbackAsmResourceMap::ResourceCollection::parseResource."""
        key = self._parse_entry_key("for 'external_resources' entry")
        self.parse_punctuation(":")
        truth = self.parse_optional_boolean()
        if truth is not None:
            return entry_text(key, str(truth).lower())
        if self.token.kind in STRINGS and self.token.text.startswith('"0x'):
            return entry_text(key, blob_text(self._parse_blob(key).data))
        text = self.parse_optional_str_literal()
        if text is None:
            self._raise_value(f"expected string value for key '{key}'")
        return entry_text(key, quoted(text))

    # ---- keys and values

    def _parse_key(self, where: str) -> str:
        """The name of a section, a dialect or a tool."""
        key = self.parse_optional_identifier()
        return self.raise_error(f"expected identifier key {where}") if key is None else key

    def _parse_entry_key(self, where: str) -> str:
        """What a resource is called."""
        place = self.token.start
        key = self.parse_optional_str_literal()
        if key == "":
            self.raise_at(f"expected identifier key {_ENTRY}", place)
        return self._parse_key(where) if key is None else key

    def _parse_blob(self, key: str) -> BytesAttr:
        """MLIR: ParsedResourceEntry::parseAsBlob."""
        text = self.token.text[1:-1] if self.token.kind in STRINGS else ""
        blob = _bytes_of(text)
        if blob is None:
            self._raise_value(f"expected hex string blob for key '{key}'")
        problem = f"expected hex string blob for key '{key}' to encode alignment in first 4 bytes"
        if len(blob) < 4:
            self._raise_value(problem)
        alignment = int.from_bytes(blob[:4], "little")
        if alignment & (alignment - 1):
            self._raise_value(f"{problem}, but got non-power-of-2 value: {alignment}")
        self.advance()
        return BytesAttr(blob)

    def _raise_value(self, message: str) -> NoReturn:
        self.raise_at(message, self.token.start)

    # ---- lists

    def _parse_opening(self) -> None:
        self.parse_punctuation(":")
        self.parse_punctuation("{")

    def _parse_rest(self, parse_one: Callable[[], None], end: Kind = Kind.R_BRACE, closing: str = "}") -> None:
        """What is in a list whose opening was read, with commas between, and its end. MLIR: Parser::parseCommaSeparatedListUntil."""
        if self._parse_optional_token(end) is not None:
            return
        parse_one()
        while self.parse_optional_punctuation(",") is not None:
            parse_one()
        if self._parse_optional_token(end) is None:
            self.raise_wrong_token(f"expected ',' or '{closing}'")


def _bytes_of(text: str) -> bytes | None:
    """The bytes that a text of hexadecimal digits stands for; None: it is none."""
    if not text.startswith("0x"):
        return None
    try:
        found = bytes.fromhex(text[2:])
    except ValueError:
        return None
    return found if 2 * len(found) == len(text) - 2 else None
