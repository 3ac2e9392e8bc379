"""`{-# … #-}`: what stands behind the module. Blobs by the handles that attributes name, and what other tools left there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from iree_explorer.syntax.escapes import keyword_or_string

Blobs: TypeAlias = Mapping[str, bytes | None]
"""Handle → four bytes of alignment and the elements'; None where the text does not hold them."""

External: TypeAlias = Mapping[str, Sequence[str]]
"""Name of a tool → its entries, as they are written: `key: true`, `key: "text"`."""


def entry_text(key: str, value: str) -> str:
    """The text of an entry.

    Args:
        key: its name.
        value: what is behind the colon, as it is written.
    """
    return f"{keyword_or_string(key)}: {value}"


def blob_text(blob: bytes) -> str:
    """A blob as a text holds it; an empty one has no alignment. MLIR: AsmPrinter.cpp, ResourceBuilder::buildBlob."""
    return f'"0x{blob.hex().upper()}"' if len(blob) > 4 else '"0x00000000"'


def metadata_text(blobs: Blobs, external: External) -> list[str]:
    """The lines of a text's metadata, an empty one first; none where there is nothing to tell."""
    entries = [entry_text(handle, blob_text(blob)) for handle, blob in blobs.items() if blob is not None]
    sections = {"dialect_resources": {"builtin": entries}, "external_resources": external}
    told = {name: [*_section(owners)] for name, owners in sections.items()}
    lines = [*_joined([f"  {name}: {{", *inner, "  }"] for name, inner in told.items() if inner)]
    return ["", "{-#", *lines, "#-}"] if lines else []


def _section(owners: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return _joined(
        [f"    {owner}: {{", *_joined([f"      {entry}"] for entry in entries), "    }"]
        for owner, entries in owners.items()
        if entries
    )


def _joined(parts: Iterator[list[str]]) -> Iterator[str]:
    """The lines of all parts, a comma behind each but the last."""
    before: list[str] = []
    for part in parts:
        if before:
            yield from before[:-1]
            yield before[-1] + ","
        before = part
    yield from before
