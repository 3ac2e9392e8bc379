"""The one place where untyped IR is read: attributes and operand segments of an operation by their MLIR names.

Kernels and host functions hold ops of some twenty dialects, found by name in tables and loaded lazily; reading them by
the names of the generic form needs none of their classes.
"""

from xdsl.dialects.builtin import (
    AffineMapAttr,
    ArrayAttr,
    DenseArrayBase,
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IntAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
)
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.ir.affine import AffineMap

from iree_explorer.errors import ExecutionError


def field(op: Operation, name: str) -> Attribute | None:
    """An inherent or discardable attribute, None where the op has none of that name."""
    found = op.properties.get(name)
    return found if found is not None else op.attributes.get(name)


def required(op: Operation, name: str) -> Attribute:
    """As `field`.

    Raises:
        ExecutionError: the op has no such attribute.
    """
    found = field(op, name)
    if found is None:
        raise ExecutionError(f"{op.name} has no attribute '{name}'")
    return found


def integers(op: Operation, name: str) -> list[int]:
    """A dense array, dense elements or array of integers; empty where the op has no such attribute."""
    return integers_of(field(op, name))


def integers_of(attribute: Attribute | None) -> list[int]:
    """The integers of a dense array, dense elements, or an array attribute."""
    if attribute is None:
        return []
    if isinstance(attribute, DenseArrayBase | DenseIntOrFPElementsAttr):
        return [int(value) for value in attribute.get_values()]
    if isinstance(attribute, ArrayAttr):
        return [integer_of(item) for item in attribute]
    raise ExecutionError(f"expected integers, found {attribute}")


def integer_of(attribute: Attribute) -> int:
    """The value of an integer or boolean attribute."""
    if isinstance(attribute, IntAttr):
        return attribute.data
    if isinstance(attribute, IntegerAttr | FloatAttr):
        return int(attribute.value.data)
    raise ExecutionError(f"expected an integer, found {attribute}")


def integer(op: Operation, name: str) -> int:
    """An integer attribute, which the op must have."""
    return integer_of(required(op, name))


def flag(op: Operation, name: str) -> bool:
    """A boolean or unit attribute; absent is false."""
    found = field(op, name)
    if isinstance(found, IntegerAttr):
        return bool(found.value.data)
    return found is not None


def text(op: Operation, name: str, default: str = "") -> str:
    """A string or symbol name attribute."""
    found = field(op, name)
    if isinstance(found, StringAttr):
        return found.data
    if isinstance(found, SymbolRefAttr):
        return symbol_path(found)[-1]
    return default


def symbol_path(attribute: Attribute | None) -> tuple[str, ...]:
    """The names of a symbol reference, outermost first."""
    if not isinstance(attribute, SymbolRefAttr):
        raise ExecutionError(f"expected a symbol, found {attribute}")
    return (attribute.root_reference.data, *(nested.data for nested in attribute.nested_references))


def maps(op: Operation, name: str = "indexing_maps") -> tuple[AffineMap, ...]:
    """An array of affine maps; empty where the op has none."""
    found = field(op, name)
    if not isinstance(found, ArrayAttr):
        return ()
    return tuple(item.data for item in found if isinstance(item, AffineMapAttr))


def segments(op: Operation) -> list[tuple[SSAValue, ...]]:
    """The operands by ODS operand, in ODS order; one segment of all where the op records no sizes."""
    sizes = field(op, "operandSegmentSizes")
    if sizes is None:
        return [tuple(op.operands)]
    parts: list[tuple[SSAValue, ...]] = []
    start = 0
    for size in integers_of(sizes):
        parts.append(tuple(op.operands[start : start + size]))
        start += size
    return parts


def describe(op: Operation) -> str:
    """An op's name, with its symbol where it has one: `func.func @main`."""
    symbol = op.attributes.get("sym_name") or op.properties.get("sym_name")
    return f"{op.name} @{symbol.data}" if isinstance(symbol, StringAttr) else op.name
