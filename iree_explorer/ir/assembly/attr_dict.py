"""Attribute dictionaries that hold inherent attributes beside the discardable ones.

In MLIR's `printOptionalAttrDict` the discardable attributes come first, sorted; the inherent ones follow, sorted too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from functools import cache

from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Attribute, Operation
from xdsl.irdl import IRDLOperation
from xdsl.printer import Printer

SEGMENT_SIZES = frozenset({"operandSegmentSizes", "resultSegmentSizes"})
"""Inherent attributes that formats know anyway: what the dictionary says of them is dropped."""


class CustomAssemblyFormat(Operation):
    """An op whose custom form may have inherent attributes in its dictionary, as code of its own in MLIR reads them.

    MLIR's declared formats refuse them ("strict properties"). MLIR: hasCustomAssemblyFormat.
    """


@cache
def inherent_names(definition: type[Operation]) -> Set[str]:
    """The names of the op's inherent attributes."""
    if not issubclass(definition, IRDLOperation):
        return frozenset()
    return definition.get_irdl_definition().properties.keys()


def print_attr_dict(
    printer: Printer,
    op: Operation,
    inherent: Mapping[str, Attribute | None],
    *,
    keyword: bool = False,
    hidden: Collection[str] = (),
) -> None:
    """Prints ` {…}` (` attributes {…}` with `keyword`): the discardable attributes of `op` but `hidden`, then `inherent`.

    An inherent attribute that is None is not there. Nothing is printed where there are no attributes.
    """
    shown = [(name, value) for name, value in sorted(op.attributes.items()) if name not in hidden]
    shown += [(name, value) for name, value in sorted(inherent.items()) if value is not None]
    if not shown:
        return
    printer.print_string(" attributes {" if keyword else " {")
    for index, (name, value) in enumerate(shown):
        printer.print_string(", " if index else "")
        printer.print_identifier_or_string_literal(name)
        if not isinstance(value, UnitAttr):
            printer.print_string(" = ")
            printer.print_attribute(value)
    printer.print_string("}")


def take_inherent(attributes: dict[str, Attribute], names: Collection[str]) -> dict[str, Attribute]:
    """Takes the entries called `names` out of `attributes`: as written, they stand among the discardable ones."""
    return {name: attributes.pop(name) for name in names if name in attributes}
