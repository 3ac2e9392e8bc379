"""`dense_resource<handle>`: elements that stand behind the module, under a name."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import BytesAttr, NoneAttr, StringAttr
from xdsl.ir import Attribute, BuiltinAttribute, TypedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.printer import Printer


@irdl_attr_definition
class DenseResourceElementsAttr(BuiltinAttribute, TypedAttribute):
    """`dense_resource<handle> : type`; xDSL's `DenseResourceAttr` does not know its blob.

    Attributes:
        resource_handle: its name in the text.
        type: a shaped type.
        blob: four bytes of alignment, then the elements', all little-endian; none where the text does not hold them.
    """

    name = "dense_resource"
    resource_handle: StringAttr
    type: Attribute
    blob: BytesAttr | NoneAttr

    @property
    def elements(self) -> bytes | None:
        """The elements' bytes, in MLIR's layout; None: they are not known."""
        return None if isinstance(self.blob, NoneAttr) else self.blob.data[4:]

    @override
    def get_type(self) -> Attribute:
        return self.type

    @override
    def print_without_type(self, printer: Printer) -> None:
        printer.print_string(f'dense_resource<"{self.resource_handle.data}">')

    @override
    def print_builtin(self, printer: Printer) -> None:
        self.print_without_type(printer)
        printer.print_string(" : ")
        printer.print_attribute(self.type)
