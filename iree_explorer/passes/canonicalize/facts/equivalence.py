"""When two ops do the same. # MLIR: OperationSupport.cpp, OperationEquivalence."""

from collections.abc import Hashable

from xdsl.ir import Operation


def same_but_operands(a: Operation, b: Operation) -> bool:
    """Whether two ops without bodies differ in nothing but their operands, of which they have the same number."""
    return (
        a.name == b.name
        and len(a.operands) == len(b.operands)
        and a.properties == b.properties
        and a.attributes == b.attributes
        and len(a.regions) == len(b.regions)
        and a.result_types == b.result_types
    )


def key_but_operands(op: Operation) -> Hashable:
    """Equal for two ops that `same_but_operands` holds of."""
    return op.name, len(op.operands), frozenset(op.properties.items()), frozenset(op.attributes.items())
