"""What directives ask of a printer besides xDSL's: long lists at once, as a region's captures and yields, and literals without types."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue
from xdsl.printer import Printer

from iree_explorer.ir.interfaces import number_of_sizes


class ColumnPrinter(Printer):
    """A printer that tells the texts of many values or types at once, for a directive to join."""

    def print_elements(self, attribute: Attribute) -> None:
        """Prints a dense attribute without its type. MLIR: printAttributeWithoutType."""
        raise NotImplementedError

    def print_without_aliases(self, attribute: Attribute) -> None:
        """Prints an attribute or type in full, whatever else names it by an alias. MLIR: Type::print, to a bare stream."""
        raise NotImplementedError

    def texts_of_values(self, values: Sequence[SSAValue]) -> list[str]:
        """What each value is called."""
        raise NotImplementedError

    def texts_of_types(self, types: Sequence[Attribute]) -> list[str] | None:
        """The text of each type; None: some text is not known before all is printed, as an alias is not."""
        raise NotImplementedError


def sized_type_texts(printer: ColumnPrinter, types: Sequence[Attribute], sizes: Sequence[SSAValue]) -> list[str] | None:
    """`type{%size}` for each type; None: one has another number of sizes, or a text that is not known yet."""
    distinct = {id(type_): type_ for type_ in types}.values()
    if len(sizes) != len(types) or any(number_of_sizes(type_) != 1 for type_ in distinct):
        return None
    texts = printer.texts_of_types(types)
    if texts is None:
        return None
    return [f"{text}{{{size}}}" for text, size in zip(texts, printer.texts_of_values(sizes), strict=True)]
