"""`{-# dialect_resources: {…} #-}`: blobs that stand after the module, and the handles that name them."""

from __future__ import annotations

from typing_extensions import override
from xdsl.context import Context
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.syntax.tokens import TokenParser


class ResourceParser(TokenParser):
    """Parses file metadata.

    Attributes:
        resources: per dialect, per handle: its value, a string such as `0x04000000…` (alignment, then the bytes).
    """

    def __init__(self, context: Context, text: str, name: str) -> None:
        super().__init__(context, text, name)
        self.resources: dict[str, dict[str, str]] = {}

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
