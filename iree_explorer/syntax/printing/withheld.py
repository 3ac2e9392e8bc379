"""Literals that are too large for a reader: a text names them, and what they hold is kept beside it."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from xdsl.dialects.builtin import DenseIntOrFPElementsAttr

from iree_explorer.syntax import dense
from iree_explorer.syntax.escapes import keyword_or_string
from iree_explorer.syntax.resources import blob_text

LARGEST: Final = 4096
"""Bytes of a literal or a resource that are still shown."""
_TOO_LARGE: Final = rf'"0x([0-9A-F]{{{2 * LARGEST + 2},}})"'

_LITERAL: Final = re.compile(f"dense<{_TOO_LARGE}>")
_NAMED: Final = re.compile(r"dense_resource<(__elided_[0-9a-f]{12}__)>")
_HANDLE: Final = r'^      (\w++|"[^"\n]*+"): '
_BLOB: Final = re.compile(rf"{_HANDLE}{_TOO_LARGE}(?=,?$)")
_EMPTY: Final = re.compile(rf'(?m){_HANDLE}"0x00000000"(?=,?$)')

_NOTHING: Final = bytes(4)
"""An empty blob."""


class Withheld:
    """What texts leave out, so that one with a model's weights opens as quickly as one without.

    In a text stands `dense_resource<__elided_…__>` for a literal, as with --mlir-elide-elementsattrs-if-larger, but named
    after what it holds, and an empty resource for a large one.
    """

    def __init__(self) -> None:
        self._literals: dict[str, bytes] = {}
        self._blobs: dict[str, bytes] = {}
        self._names: dict[int, tuple[DenseIntOrFPElementsAttr, str]] = {}

    def name_of(self, attribute: DenseIntOrFPElementsAttr) -> str | None:
        """The name under which a literal is left out; None: it is shown."""
        if len(attribute.data.data) <= LARGEST or dense.is_splat(attribute):
            return None
        if id(attribute) not in self._names:
            raw = dense.to_mlir_bytes(attribute.get_element_type(), attribute.data.data)
            self._names[id(attribute)] = attribute, self._keep(raw)
        return self._names[id(attribute)][1]

    def shown(self, handle: str, blob: bytes | None) -> bytes | None:
        """What a text shows of a resource: all of it, or an empty one."""
        if blob is None or len(blob) <= LARGEST:
            return blob
        self._blobs[keyword_or_string(handle)] = blob
        return _NOTHING

    def shorten(self, line: str) -> str:
        """A line of a text that another tool printed, without what is large."""
        if len(line) <= 2 * LARGEST:
            return line
        if blob := _BLOB.match(line):
            self._blobs[blob[1]] = bytes.fromhex(blob[2])
            return _entry(blob[1], _NOTHING) + line[blob.end() :]
        return _LITERAL.sub(lambda match: f"dense_resource<{self._keep(bytes.fromhex(match[1]))}>", line)

    def restore(self, text: str) -> str:
        """A text with all that it left out."""
        if self._literals:
            text = _NAMED.sub(lambda match: self._literal(match[1], match[0]), text)
        return _EMPTY.sub(self._restored_entry, text) if self._blobs else text

    def _keep(self, raw: bytes) -> str:
        name = f"__elided_{blake2b(raw, digest_size=6).hexdigest()}__"
        self._literals[name] = raw
        return name

    def _literal(self, name: str, otherwise: str) -> str:
        raw = self._literals.get(name)
        return otherwise if raw is None else f'dense<"0x{raw.hex().upper()}">'

    def _restored_entry(self, match: re.Match[str]) -> str:
        return _entry(match[1], self._blobs.get(match[1], _NOTHING))


def _entry(handle: str, blob: bytes) -> str:
    """A line of metadata, without its comma."""
    return f"      {handle}: {blob_text(blob)}"
