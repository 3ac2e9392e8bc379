"""Values as the compiler's errors show them: the whole op, in generic form, with the names it has in its own function."""

from __future__ import annotations

from typing import Final

from typing_extensions import override
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr
from xdsl.ir import Attribute, BlockArgument, Operation, SSAValue
from xdsl.traits import IsolatedFromAbove

from iree_explorer.ir.storage import with_ancestors
from iree_explorer.syntax import dense
from iree_explorer.syntax.printing.aliases import render
from iree_explorer.syntax.printing.attributes import AttributePrinter
from iree_explorer.syntax.printing.names import Names
from iree_explorer.syntax.printing.printer import GenericPrinter

_LARGEST: Final = 16
"""Elements that are told of a dense attribute. MLIR: OpPrintingFlags::elideLargeElementsAttrs."""


def value_in_error(value: SSAValue) -> str:
    """What an error says where it names a value. MLIR: Diagnostics.cpp, adjustPrintingFlags; AsmPrinter.cpp, Value::print."""
    if isinstance(value, BlockArgument):
        return f"<block argument> of type '{value.type}' at index: {value.index}"
    assert isinstance(value.owner, Operation)
    return _text_of(value.owner)


def op_in_error(op: Operation) -> str:
    """What an error says where it names an op: of several lines, the first is a new one. MLIR: Diagnostics.cpp, appendOp."""
    text = _text_of(op)
    return f"\n{text}" if "\n" in text else text


def attribute_in_error(attribute: Attribute) -> str:
    """What an error says where it names an attribute. MLIR: Diagnostics.cpp, operator<<(Attribute)."""
    printer = AttributePrinter()
    printer.print_attribute(attribute)
    for alias in printer.aliases.used:
        alias.used = False
    return render(printer.out)


def _text_of(op: Operation) -> str:
    *_, outermost = with_ancestors(op)
    isolated = (around for around in with_ancestors(op) if around.has_trait(IsolatedFromAbove))
    printer = _ErrorPrinter(Names.of(next(isolated, outermost), generic=True))
    printer.print_op(op)
    for alias in printer.aliases.used:
        alias.used = False  # so that each is printed in full
    return render(printer.out)


class _ErrorPrinter(GenericPrinter):
    """Prints ops in generic form, without the elements of large attributes."""

    @override
    def _print_dense(self, attribute: DenseIntOrFPElementsAttr) -> None:
        if dense.element_count(attribute.type) <= _LARGEST or dense.is_splat(attribute):
            super()._print_dense(attribute)
            return
        self.out.append("dense_resource<__elided__> : ")
        self.print_attribute(attribute.type)


def _as_written(self: Attribute) -> str:
    return attribute_in_error(self)


Attribute.__str__ = _as_written
"""So that attributes and types in messages (`f"… got {type_}"`), in xDSL's too, are written as the compiler writes them."""
