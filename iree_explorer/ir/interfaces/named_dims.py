"""Ops whose dynamic dimensions are operand groups of their own, found by the names of fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.ir import SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.ir.interfaces.resources import ShapeAwareOpInterface
from iree_explorer.ir.interfaces.types import number_of_sizes
from iree_explorer.ir.operands import operand_groups


class NamedDims(ShapeAwareOpInterface):
    """Says by field names where dimensions are: of operands `field of the value → field of its dimensions`, and of results."""

    OPERAND_DIMS: ClassVar[dict[str, str]] = {}
    RESULT_DIMS: ClassVar[str] = "result_dims"

    @override
    def result_dynamic_dims(self, result: int) -> Sequence[SSAValue]:
        return _dims_of(result, self.results, getattr(self, self.RESULT_DIMS))

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        assert isinstance(self, IRDLOperation)
        groups = operand_groups(self)
        for values, dims in self.OPERAND_DIMS.items():
            start, size = groups[values]
            if start <= operand < start + size:
                return _dims_of(operand - start, self.operands[start : start + size], getattr(self, dims))
        return ()


def _dims_of(index: int, values: Sequence[SSAValue], dims: Sequence[SSAValue]) -> Sequence[SSAValue]:
    if len(values) == 1:
        return dims  # of types, too, that are not shaped themselves
    start = sum(number_of_sizes(value.type) for value in values[:index])
    return dims[start : start + number_of_sizes(values[index].type)]
