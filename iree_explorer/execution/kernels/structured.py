"""Structured ops (`linalg.generic` and all that means the same) over whole arrays.

The body is evaluated on arrays that broadcast over the loop dimensions, a block of points at a time. A result that folds over
loops is recognised by the op that combines the accumulator with a term: sums of products become matrix products, other folds
ufunc reductions. Only a body that does anything else with its accumulator runs once per point of the reduced loops.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from xdsl.ir import Block, Operation, Region, SSAValue

from iree_explorer.dialects.linalg.structured import LinalgOp
from iree_explorer.execution.code.scope import single_block
from iree_explorer.execution.code.steps import Frame, Step, Steps, fill
from iree_explorer.execution.kernels import workspace
from iree_explorer.execution.kernels.destinations import Destination, destination
from iree_explorer.execution.kernels.elementwise import Buffer, Buffers, Index, blocks, part
from iree_explorer.execution.kernels.indices import index_slots, ramp
from iree_explorer.execution.kernels.plans import Dependence, Plan, Shape, plan_output, starts_neutral
from iree_explorer.execution.kernels.pointwise import PointByPoint
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.execution.kernels.scope import SPACE, KernelScope
from iree_explorer.execution.kernels.space import Access, Space
from iree_explorer.execution.values.elements import Array, element_of

FEWEST: Final = 8
"""Blocks that each part of an op has at least, where several threads share it."""


@dataclass(frozen=True, slots=True)
class Output:
    """How one output is made once the terms are known.

    Attributes:
        plan: whether terms are stored, folded, or multiplied and summed.
        slots: of the terms.
        axes: the loops that are folded.
        is_neutral: the fold starts from the number that changes nothing.
        dtype: of the output's elements.
        destination: where it is stored, where it may be computed there.
        buffer: slot of the buffer that stands for the output itself, so that the last op of the body writes there.
    """

    plan: Plan
    slots: tuple[int, ...]
    axes: tuple[int, ...]
    is_neutral: bool
    dtype: "np.dtype[np.generic]"
    destination: Destination | None
    buffer: int | None

    @property
    def access(self) -> Access:
        """Of the output."""
        return self.plan.access

    def new(self, frame: Frame, initial: Array) -> Array:
        """The array for the output, with no contents yet."""
        found = self.destination.array(frame) if self.destination is not None else None
        return workspace.empty(frame[SPACE], initial.shape, self.dtype) if found is None else found

    def finish(self, frame: Frame, target: Array, initial: Array, sizes: tuple[int, ...]) -> None:
        """Fills (a block of) the output, over its dims ascending."""
        terms = [np.asarray(frame[slot]) for slot in self.slots]
        plan, fold = self.plan, self.plan.fold
        if fold is None:
            if terms[0] is not target:
                target[...] = terms[0]
            return
        start = None if self.is_neutral else initial
        if plan.contraction is not None:
            left, right = (_full_rank(term, len(sizes)) for term in terms)
            plan.contraction(target, start, left, right, sizes, frame[SPACE])
        else:
            fold.fold(target, start, np.broadcast_to(terms[0], sizes), self.axes)


def _full_rank(array: Array, rank: int) -> Array:
    return array.reshape((1,) * rank) if array.ndim == 0 else array


@dataclass(frozen=True, slots=True)
class _Call:
    """What one call of a vectorised body works on.

    Attributes:
        sizes: of all loops.
        views: slots of arguments, with the operands over all loops.
        targets: outputs, over their dims ascending.
        starts: what they begin with, likewise.
    """

    sizes: tuple[int, ...]
    views: list[tuple[int, Array]]
    targets: list[Array]
    starts: list[Array]


class Vectorised:
    """A body whose terms are evaluated over whole arrays, a block of the leading loops at a time."""

    def __init__(self, scope: KernelScope, op: Operation, block: Block, shape: Shape, plans: list[Plan]) -> None:
        facts = Dependence(block, shape)
        skipped = {op for plan in plans for op in plan.skipped}
        ops = [inner for inner in block.ops if inner is not block.last_op and inner not in skipped]
        self.space = Space((*shape.inputs, *shape.outputs), len(shape.outputs))
        self.accesses = (*shape.inputs, *shape.outputs)
        self.inputs = len(shape.inputs)
        used = [argument for argument in block.args if any(use.operation not in skipped for use in argument.uses)]
        terms = {term for plan in plans for term in plan.terms}
        self.arguments = [(a.index, scope.slot(a)) for a in block.args if a in used or a in terms]
        self.indices = index_slots(scope, block)
        kept = [value for plan in plans for value in plan.terms]
        shared = Buffers(ops, facts.dims_of, scope.function_of, scope.new_slot, kept)
        own = _own_buffers(plans, op, shape.rank, facts, scope)
        scope.buffers, scope.claimed = {**shared.assigned, **own}, set()
        self.steps: Steps = scope.steps(ops)
        claimed, scope.buffers = scope.claimed, {}
        self.buffers: list[Buffer] = [buffer for buffer in shared.buffers if buffer.slot in claimed]
        self.outputs = [
            _output(scope, op, number, plan, shape, own.get(plan.term), claimed) for number, plan in enumerate(plans)
        ]
        self.free = _common_prefix(plans, shape.rank) if self.steps.steps else 0
        self.is_view = not self.steps.steps and len(plans) == 1 and plans[0].fold is None

    def __call__(self, frame: Frame, operands: Sequence[Array]) -> list[Array]:
        """The outputs for inputs and initial outputs, in order."""
        sizes = self.space.sizes(operands)
        views = [(slot, self.accesses[number].view(operands[number], sizes)) for number, slot in self.arguments]
        if self.is_view and self.outputs[0].destination is None and not self.indices:
            return [self._as_view(frame, views, sizes)]
        initials = operands[self.inputs :]
        found = [output.new(frame, initial) for output, initial in zip(self.outputs, initials, strict=True)]
        targets = [output.access.ascending(array) for output, array in zip(self.outputs, found, strict=True)]
        starts = [output.access.ascending(array) for output, array in zip(self.outputs, initials, strict=True)]
        call = _Call(sizes, views, targets, starts)
        cut = list(blocks(sizes, self.free))
        parts = min(PROCESSORS.parts(), len(cut) // FEWEST)
        if parts <= 1:
            self._blocks(frame, cut, call)
        else:
            runs = [cut[i * len(cut) // parts : (i + 1) * len(cut) // parts] for i in range(parts)]
            PROCESSORS.share([partial(self._apart, frame[:], run, call) for run in runs])
        return found

    def _apart(self, frame: Frame, indices: Sequence[Index], call: _Call) -> None:
        """As `_blocks`, in a frame and with memory of its own: others run at the same time."""
        frame[SPACE] = workspace.take()
        self._blocks(frame, indices, call)
        workspace.give_back(frame[SPACE])

    def _as_view(self, frame: Frame, views: list[tuple[int, Array]], sizes: tuple[int, ...]) -> Array:
        """A body that hands on what it is given: nothing is copied."""
        for slot, view in views:
            frame[slot] = view
        output = self.outputs[0]
        return output.access.arrange(np.broadcast_to(np.asarray(frame[output.slots[0]]), sizes))

    def _blocks(self, frame: Frame, indices: Sequence[Index], call: _Call) -> None:
        """The body for some blocks, in order."""
        scratch: list[Array] = []
        for index in indices:
            self._block(frame, index, call, scratch)

    def _block(self, frame: Frame, index: Index, call: _Call, scratch: list[Array]) -> None:
        """The body for a block of the leading loops; buffers in `scratch` are made for the first, the largest."""
        cut = call.sizes if not index else (*(i.stop - i.start for i in index), *call.sizes[len(index) :])
        for slot, view in call.views:
            frame[slot] = part(view, index)
        for dim, slot in self.indices:
            frame[slot] = ramp(dim, cut, index[dim].start if dim < len(index) else 0)
        if len(scratch) < len(self.buffers):
            scratch += [workspace.empty(frame[SPACE], buffer.shape(cut), buffer.dtype) for buffer in self.buffers]
        for buffer, array in zip(self.buffers, scratch, strict=True):
            shape = buffer.shape(cut)
            frame[buffer.slot] = array if array.shape == shape else array[tuple(slice(size) for size in shape)]
        pieces = [target[index] if index else target for target in call.targets]
        for output, piece in zip(self.outputs, pieces, strict=True):
            if output.buffer is not None:
                frame[output.buffer] = piece
        self.steps.run(frame)
        for output, piece, start in zip(self.outputs, pieces, call.starts, strict=True):
            output.finish(frame, piece, start[index] if index else start, cut)


def _own_buffers(
    plans: list[Plan], op: Operation, rank: int, facts: Dependence, scope: KernelScope
) -> dict[SSAValue, int]:
    """Terms that the body may compute right into the output: those that vary along all loops and are of its type."""
    own: dict[SSAValue, int] = {}
    for plan, result in zip(plans, op.results, strict=True):
        fits = plan.fold is None and len(facts.dims_of(plan.term)) == rank
        if fits and element_of(plan.term.type).dtype == element_of(result.type).dtype:
            own.setdefault(plan.term, scope.new_slot())
    return own


def _output(
    scope: KernelScope, op: Operation, number: int, plan: Plan, shape: Shape, own: int | None, claimed: set[int]
) -> Output:
    result = op.results[number]
    axes = tuple(dim for dim in range(shape.rank) if dim not in plan.access.dims)
    initial = op.operands[len(op.operands) - len(op.results) + number]
    return Output(
        plan,
        scope.slots_of(plan.terms),
        axes,
        starts_neutral(plan, initial),
        element_of(result.type).dtype,
        destination(scope, result, op, computed_in_place),
        own if own in claimed else None,
    )


def _common_prefix(plans: list[Plan], rank: int) -> int:
    """How many loops, from the outermost, all outputs have; none where matrix products need the whole arrays."""
    if any(plan.contraction is not None for plan in plans):
        return 0
    dims = frozenset(range(rank)).intersection(*(plan.access.dims for plan in plans))
    return next((dim for dim in range(rank) if dim not in dims), rank)


def computed_in_place(op: Operation, value: SSAValue) -> SSAValue | None:
    """The result of an element-wise op that reads `value` where it writes: both may be one array."""
    if not isinstance(op, LinalgOp) or len(op.results) != 1 or op.results[0].type != value.type:
        return None
    inputs, maps = list(op.input_operands()), op.maps()
    if inputs.count(value) != 1 or any(kind != "parallel" for kind in op.iterators()):
        return None
    output = Access(maps[-1])
    same = maps[inputs.index(value)] == maps[-1]
    return op.results[0] if same and output.is_projection and len(output.dims) == output.rank else None


def structured(
    scope: KernelScope, op: Operation, shape: Shape, region: Region, operands: Sequence[SSAValue]
) -> Step | None:
    """The step of a structured op with a body; `operands` are its inputs, then its outputs."""
    block = single_block(region)
    facts = Dependence(block, shape)
    assert block.last_op is not None
    plans = [plan_output(shape, number, value, facts) for number, value in enumerate(block.last_op.operands)]
    whole = [plan for plan in plans if plan is not None]
    is_whole = len(whole) == len(plans)
    run = Vectorised(scope, op, block, shape, whole) if is_whole else PointByPoint(scope, block, shape)
    sources, targets = scope.slots_of(operands), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        fill(frame, targets, run(frame, [np.asarray(frame[slot]) for slot in sources]))

    return step
