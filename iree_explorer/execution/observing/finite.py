"""Finds the op that made the first NaN or infinity: one whose outputs hold one while its inputs hold none.

Only dispatches can make one: other ops on resources move bytes, and a constant or a parameter that is not finite was meant
to be. A dispatch that reads nothing (it fills a tensor with a constant, say -inf before a maximum) was meant to as well.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from typing_extensions import override
from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.iree_tensor_ext import TensorAccess
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.execution.asynchronous.region import Region
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import Frame, Layout
from iree_explorer.execution.device.work import DeviceOp, Range, Work, label
from iree_explorer.execution.faults import OpError
from iree_explorer.execution.fields import segments
from iree_explorer.execution.module.symbols import Symbols
from iree_explorer.execution.observing.tensor_views import TensorViews, result_arguments, seen
from iree_explorer.execution.values.elements import Element, element_of


@dataclass(frozen=True, slots=True, repr=False)
class NonFinite:
    """A value that is not finite, made of finite ones.

    Attributes:
        op: that made it.
        label: how errors and timelines call it, `dispatch @softmax`.
        value: the result that it is in, `%7` as the text prints it.
        type: of the result, `4x16xf32`.
        index: of the first such element, one number a dimension.
        number: that element, `nan` or `inf`.
        count: of such elements.
    """

    op: Operation
    label: str
    value: str
    type: str
    index: tuple[int, ...]
    number: str
    count: int

    @override
    def __str__(self) -> str:
        more = f", the first of {self.count}" if self.count > 1 else ""
        return f"makes {self.number} of finite inputs: {self.value}{list(self.index)} of {self.type}{more}"

    @override
    def __repr__(self) -> str:
        return f"<{self.label} {self}>"


@dataclass(frozen=True, slots=True)
class _Part:
    """A tensor of floats in a range that an op touches.

    Attributes:
        range: place of the range among those that the op reads or writes.
        offset: of the tensor in it, in bytes.
        element: of the tensor.
        result: place of the op's result that the range is; -1: of none.
        is_input: it is read.
    """

    range: int
    offset: int
    element: Element
    result: int
    is_input: bool

    def not_finite(self, ranges: tuple[Range, ...]) -> Any:
        """Which elements are not finite, in a row."""
        part = ranges[self.range]
        data = part.storage.data[part.start + self.offset : part.end]
        width = self.element.dtype.itemsize
        return ~np.isfinite(data[: data.size // width * width].view(self.element.dtype))


class FiniteWatch(Witness):
    """Sees each dispatch, and tells `found` of those that make values that are not finite of finite ones."""

    starts_threads = False

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.views = TensorViews(symbols)
        self._parts: dict[Operation, tuple[list[_Part], list[_Part]]] = {}
        self._layouts: dict[int, Layout] = {}
        self._excused: set[int] = set()

    @abstractmethod
    def found(self, finding: NonFinite) -> None:
        """An op made one."""

    @override
    def entered(self, layout: Layout, frame: Frame) -> None:
        self._layouts[id(frame)] = layout

    @override
    def left(self, frame: Frame) -> None:
        self._layouts.pop(id(frame), None)

    @override
    def began(self, region: Region) -> None:
        self._layouts[id(region.frame)] = region.code.layout

    @override
    def ended(self, region: Region) -> None:
        self._layouts.pop(id(region.frame), None)

    @override
    def before(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        """What an op is about to overwrite is looked at while it is there."""
        if op.op.name != "stream.async.dispatch":
            return
        _, writes = self._parts_of(op.op)
        if any(part.is_input and part.not_finite(work.writes).any() for part in writes):
            self._excused.add(id(work))

    @override
    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        if op.op.name != "stream.async.dispatch":
            return
        if id(work) in self._excused:
            self._excused.discard(id(work))
            return
        reads, writes = self._parts_of(op.op)
        for part in writes:
            wrong = part.not_finite(work.writes)
            if wrong.any():
                if self._has_input(op.op) and not self._has_wrong_input(op.op, reads, work, frame):
                    self.found(self._finding(op.op, part, work, wrong, frame))
                return

    def _parts_of(self, op: Operation) -> tuple[list[_Part], list[_Part]]:
        found = self._parts.get(op)
        if found is None:
            found = self._parts[op] = self._read_parts(op)
        return found

    def _read_parts(self, op: Operation) -> tuple[list[_Part], list[_Part]]:
        """The tensors of floats that an op reads and writes. Ranges come in the order of the operands, results last."""
        operands, results = segments(op)[1], result_arguments(op)
        tied = {operands[place] for place in results if place < len(operands)}
        reads: list[_Part] = []
        writes: list[_Part] = []
        counts = [0, 0]
        for place, bindings in enumerate(self.views.bindings(op)):
            is_operand = place < len(operands)
            if is_operand and not isinstance(operands[place].type, ResourceType):
                continue
            is_written = not is_operand or operands[place] in tied
            number, counts[is_written] = counts[is_written], counts[is_written] + 1
            result = results.index(place) if place in results else -1
            for binding in bindings:
                element = element_of(binding.type)
                if binding.offset is None or element.is_integer or element.storage_bits < 8:
                    continue
                is_input = binding.access is not TensorAccess.WRITE_ONLY
                (writes if is_written else reads).append(_Part(number, binding.offset, element, result, is_input))
        return reads, [part for part in writes if part.result >= 0]

    def _has_input(self, op: Operation) -> bool:
        return any(isinstance(operand.type, ResourceType) for operand in segments(op)[1])

    def _has_wrong_input(self, op: Operation, reads: list[_Part], work: Work, frame: Frame) -> bool:
        if any(part.not_finite(work.reads).any() for part in reads):
            return True
        scalars = [value for value in segments(op)[1] if not isinstance(value.type, ResourceType)]
        return any(not np.isfinite(number) for value in scalars if (number := self._scalar(value, frame)) is not None)

    def _scalar(self, value: SSAValue, frame: Frame) -> Any:
        layout = self._layouts.get(id(frame))
        slot = layout.slots.get(value) if layout is not None else None
        number = frame[slot] if slot is not None else None
        return number if isinstance(number, np.generic) and number.dtype.kind in "fc" else None

    def _finding(self, op: Operation, part: _Part, work: Work, wrong: Any, frame: Frame) -> NonFinite:
        def number(value: SSAValue) -> int | None:
            layout = self._layouts.get(id(frame))
            slot = layout.slots.get(value) if layout is not None else None
            return None if slot is None or frame[slot] is None else int(frame[slot])

        result = op.results[part.result]
        touched = work.writes[part.range]
        data = touched.storage.data[touched.start + part.offset : touched.end]
        array, type_ = seen(data, self.views.of(result), number)
        flat = int(np.argmax(wrong))
        if array.dtype != part.element.dtype:  # the result is seen as another tensor than this op makes
            array, type_ = data.view(part.element.dtype), f"{wrong.size}x{part.element.name}"
        index = tuple(int(place) for place in np.unravel_index(flat, array.shape)) if flat < array.size else (flat,)
        name = self.symbols.names.get(id(result), "a result")
        return NonFinite(op, label(op), name, type_, index, str(array.reshape(-1)[flat]), int(np.count_nonzero(wrong)))


class FiniteCheck(FiniteWatch):
    """Fails the first op that makes a value that is not finite of finite ones."""

    @override
    def found(self, finding: NonFinite) -> None:
        raise OpError(finding.op, str(finding), self.symbols.locate, finding.label)
