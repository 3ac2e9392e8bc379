"""Reads `{-# dialect_resources: {…} #-}`, and attributes that name what stands there."""

from __future__ import annotations

from xdsl.context import Context
from xdsl.dialects.builtin import DenseResourceAttr, ShapedType, StringAttr
from xdsl.utils.exceptions import ParseError
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.syntax.reading.tokens import TokenParser
from iree_explorer.syntax.resources import BlobResourceAttr


def make_resource(handle: str, type_: ShapedType, blob: str | None) -> DenseResourceAttr | BlobResourceAttr:
    """The attribute of a handle."""
    if blob is None:
        return DenseResourceAttr.from_params(handle, type_)
    return BlobResourceAttr(StringAttr(handle), type_, StringAttr(blob))


class ResourceParser(TokenParser):
    """Parses file metadata.

    The metadata stands at the end of a text, but is read first, so that attributes know their blobs.

    Attributes:
        resources: per dialect, per handle: its blob.
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self.resources: dict[str, dict[str, str]] = {}

    def read_resources_ahead(self) -> None:
        """Reads the metadata at the end of the text, if any; what is wrong there is found when the text is read."""
        start = self.text_lexer.content.rfind("\n{-#")
        if start < 0:
            return
        try:
            self.resume_at(start)
            self._parse_file_metadata_dictionary()
        except ParseError:
            self.resources.clear()
        self.resume_at(0)

    def _parse_file_metadata_dictionary(self) -> None:
        self.parse_punctuation("{-#")
        while self.token.kind is not Kind.FILE_METADATA_END:
            self._parse_section()
            if self.parse_optional_punctuation(",") is None:
                break
        self.parse_punctuation("#-}")

    def _parse_section(self) -> None:
        span = self.token.span
        section = self.parse_identifier()
        self.parse_punctuation(":")
        if section not in ("dialect_resources", "external_resources"):
            self.raise_error(f"unknown key '{section}' in file metadata dictionary", span)
        kept = self.resources if section == "dialect_resources" else {}
        self.parse_comma_separated_list(self.Delimiter.BRACES, lambda: self._parse_owner(kept))

    def _parse_owner(self, kept: dict[str, dict[str, str]]) -> None:
        owner = self.parse_identifier_or_str_literal()
        self.parse_punctuation(":")
        entries = kept.setdefault(owner, {})
        self.parse_comma_separated_list(self.Delimiter.BRACES, lambda: self._parse_entry(entries))

    def _parse_entry(self, entries: dict[str, str]) -> None:
        key = self.parse_identifier_or_str_literal()
        self.parse_punctuation(":")
        if self.token.kind in (Kind.STRING_LIT, Kind.BYTES_LIT):
            entries[key] = self.parse_str_literal()
        else:
            self.raise_error("expected a string as the value of a resource")
