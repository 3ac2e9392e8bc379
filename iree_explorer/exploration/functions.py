"""The functions of a program that can be run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xdsl.ir import Operation

from iree_explorer.ir.interfaces.functions import is_public_function
from iree_explorer.partitioning.trace.regions import function_name
from iree_explorer.syntax import Module

Json = dict[str, Any]


def public_functions(module: Module) -> Iterator[Operation]:
    """The functions that can be called: public, with a body."""
    return filter(is_public_function, module.op.body.block.ops)


def runnable_functions(module: Module) -> list[Json]:
    """The public functions that have a body: `{name, inputs, outputs}`, types as users write them (`4x16xf32`)."""
    from iree_explorer.execution.values.signature import signature_of

    found: list[Json] = []
    for op in public_functions(module):
        types = signature_of(op)
        inputs, outputs = ([str(type_) for type_ in part] for part in (types.inputs, types.outputs))
        found.append({"name": function_name(op), "inputs": inputs, "outputs": outputs})
    return found
