"""`{-# dialect_resources: {…} #-}`: blobs that stand after the module, and the handles that name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from typing_extensions import override
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, BuiltinAttribute, TypedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.printer import Printer

from iree_explorer.syntax.escapes import keyword_or_string, quoted

Resources: TypeAlias = "dict[str, dict[str, str | None]]"
"""Per dialect, per handle: its blob, or None where it has none."""


@irdl_attr_definition
class BlobResourceAttr(BuiltinAttribute, TypedAttribute):
    """`dense_resource<handle> : type` whose blob is known; xDSL's `DenseResourceAttr` stands for one that is not.

    Attributes:
        resource_handle: its name in the text.
        type: a shaped type.
        blob: `0x`, then in hexadecimal four bytes of alignment and the elements' bytes, all little-endian.
    """

    name = "dense_resource"
    resource_handle: StringAttr
    type: Attribute
    blob: StringAttr

    @property
    def elements(self) -> bytes:
        """The elements' bytes, in MLIR's layout."""
        return bytes.fromhex(self.blob.data[2:])[4:]

    @override
    def get_type(self) -> Attribute:
        return self.type

    @override
    def print_without_type(self, printer: Printer) -> None:
        printer.print_string(f"dense_resource<{keyword_or_string(self.resource_handle.data)}>")

    @override
    def print_builtin(self, printer: Printer) -> None:
        self.print_without_type(printer)
        printer.print_string(" : ")
        printer.print_attribute(self.type)


def metadata_text(resources: Mapping[str, Mapping[str, str | None]]) -> list[str]:
    """The lines of a text's metadata, an empty one first; none where no blob is known."""
    lines: list[str] = []
    for dialect, blobs in resources.items():
        entries = [
            f"      {keyword_or_string(handle)}: {quoted(blob)}" for handle, blob in blobs.items() if blob is not None
        ]
        if entries:
            lines += [f"    {dialect}: {{", *",\n".join(entries).split("\n"), "    }"]
    return ["", "{-#", "  dialect_resources: {", *lines, "  }", "#-}"] if lines else []
