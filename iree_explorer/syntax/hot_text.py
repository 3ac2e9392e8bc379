"""A short cut for the ops that large programs are made of: their text in one go, equal to their assembly format's.

It prints only what it fully understands, and leaves anything else to the assembly format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from xdsl.dialects.builtin import ArrayAttr, DenseArrayBase, IntegerAttr, SymbolRefAttr
from xdsl.ir import Attribute, Operation, SSAValue

from iree_explorer.dialects.interfaces import UNTIED, SizeAwareType

HOT_NAME = "stream.async.dispatch"

_PROPERTIES = frozenset({"affinity", "entry_points", "operandSegmentSizes", "tied_operands"})

TextOf = Callable[[Attribute], "str | None"]
"""The text of an attribute; None where it depends on aliases."""


class DispatchText:
    """Texts of dispatches.

    Args:
        names: of all values; live.
        text_of: the text of an attribute.
    """

    def __init__(self, names: Mapping[SSAValue, str], text_of: TextOf) -> None:
        self._names = names
        self._text_of = text_of
        self._segments: dict[int, tuple[Attribute, list[int]]] = {}

    def of(self, op: Operation) -> str | None:
        """The text of `op`, a dispatch, behind its results; None: it takes the long way."""
        if op.attributes or len(op.results) != 1 or not op.properties.keys() <= _PROPERTIES:
            return None
        bounds = self._bounds(op.properties.get("operandSegmentSizes"))
        head = self._head(op.properties)
        result = op.results[0]
        result_type = self._text_of(result.type)
        if bounds is None or head is None or result_type is None or not isinstance(result.type, SizeAwareType):
            return None
        names = self._names
        values = op.operands
        texts = [names[value] for value in values]
        if bounds[-1] != len(texts) or bounds[6] + 1 != bounds[7]:
            return None
        groups = [texts[start:end] for start, end in pairwise(bounds)]
        operands = self._operands(values[bounds[1] : bounds[2]], groups)
        if operands is None:
            return None
        workload = f"[{', '.join(groups[0])}]" if groups[0] else ""
        return f"{head}{workload}{operands} -> {result_type}{{{groups[6][0]}}}"

    def _bounds(self, segments: Attribute | None) -> list[int] | None:
        """Where the groups of operands start, and where the last one ends."""
        known = self._segments.get(id(segments))
        if known is not None:
            return known[1]
        if not isinstance(segments, DenseArrayBase):
            return None
        bounds = [0]
        for size in segments.iter_values():
            bounds.append(bounds[-1] + int(size))
        if len(bounds) != 8:
            return None
        self._segments[id(segments)] = (segments, bounds)
        return bounds

    def _head(self, properties: Mapping[str, Attribute]) -> str | None:
        """The name of the op, its affinity and its entry point."""
        entries, affinity, tied = (properties.get(name) for name in ("entry_points", "affinity", "tied_operands"))
        if tied is not None and not _is_untied(tied):
            return None
        if (
            not isinstance(entries, ArrayAttr)
            or len(entries.data) != 1
            or not isinstance(entries.data[0], SymbolRefAttr)
        ):
            return None
        entry = self._text_of(entries.data[0])
        if affinity is None:
            return f"{HOT_NAME} {entry}"
        place = self._text_of(affinity)
        return None if place is None else f"{HOT_NAME} on({place}) {entry}"

    def _operands(self, values: Sequence[SSAValue], groups: Sequence[Sequence[str]]) -> str | None:
        """`(%resource[%offset to %end for %length], …) : (type{%size}, …)`."""
        _, names, sizes, offsets, ends, lengths, _ = groups
        ranges = zip(sizes, offsets, ends, lengths, strict=False)
        operands: list[str] = []
        types: list[str] = []
        for value, name in zip(values, names, strict=True):
            type_ = self._text_of(value.type)
            if type_ is None:
                return None
            if not isinstance(value.type, SizeAwareType):
                operands.append(name)
                types.append(type_)
                continue
            part = next(ranges, None)
            if part is None:
                return None
            size, offset, end, length = part
            operands.append(f"{name}[{offset} to {end} for {length}]")
            types.append(f"{type_}{{{size}}}")
        return f"({', '.join(operands)}) : ({', '.join(types)})"


def _is_untied(tied: Attribute) -> bool:
    if not isinstance(tied, ArrayAttr):
        return False
    return all(isinstance(entry, IntegerAttr) and entry.value.data == UNTIED for entry in tied.data)
