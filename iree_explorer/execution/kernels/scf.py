"""The scf dialect, for kernels and host functions alike: bodies run in the frame of the code around them."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table, single_block
from iree_explorer.execution.code.steps import Body, Frame, Step, fill
from iree_explorer.execution.fields import integers, segments
from iree_explorer.execution.kernels.masks import count_each, is_array, repeat_each, select, switch_each
from iree_explorer.execution.kernels.slices import mixed
from iree_explorer.execution.kernels.space import points

SCF: Table[Scope] = Table()


@SCF.lowers("scf.if")
def _if(op: Operation, scope: Scope) -> Step:
    condition = scope.slot(op.operands[0])
    return branch(op, scope, lambda frame: frame[condition])


def branch(op: Operation, scope: Scope, condition: Callable[[Frame], Any]) -> Step:
    """Runs the first region of an op or the second; both where the condition is an array, and takes of each its part."""
    then, otherwise = (_optional_body(op, scope, number) for number in range(2))
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        chosen = condition(frame)
        if is_array(chosen):
            fill(frame, targets, select(chosen, then(frame, ()), otherwise(frame, ())))
        else:
            fill(frame, targets, (then if chosen else otherwise)(frame, ()))

    return step


def _optional_body(op: Operation, scope: Scope, number: int) -> Body:
    if number < len(op.regions) and op.regions[number].blocks.first is not None:
        return scope.body(op.regions[number])
    return Body((), scope.steps(()), ())


@SCF.lowers("scf.for")
def _for(op: Operation, scope: Scope) -> Step:
    low, high, step_, *initial = scope.slots_of(op.operands)
    body = scope.body(op.regions[0])
    targets = scope.slots_of(op.results)
    is_unsigned = "unsignedCmp" in op.properties

    def step(frame: Frame) -> None:
        values = [frame[slot] for slot in initial]
        first, last, stride = frame[low], frame[high], frame[step_]
        if np.any(stride <= 0):
            raise ExecutionError(f"a loop's step is {np.min(stride)}, it must be positive")
        if is_array(first) or is_array(last) or is_array(stride):
            fill(frame, targets, count_each(body, frame, (first, last, stride), values, is_unsigned=is_unsigned))
            return
        dtype = first.dtype.type
        if is_unsigned:
            first, last = (int(v) % (1 << (8 * v.dtype.itemsize)) for v in (first, last))
        for place in range(int(first), int(last), int(stride)):
            values = body(frame, (dtype(place), *values))
        fill(frame, targets, values)

    return step


@SCF.lowers("scf.while")
def _while(op: Operation, scope: Scope) -> Step:
    initial = scope.slots_of(op.operands)
    before, after = scope.body(op.regions[0]), scope.body(op.regions[1])
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        values = [frame[slot] for slot in initial]
        while True:
            go_on, *values = before(frame, values)
            if is_array(go_on):
                values = repeat_each(before, after, frame, go_on, values)
                break
            if not go_on:
                break
            values = after(frame, values)
        fill(frame, targets, values)

    return step


@SCF.lowers("scf.index_switch")
def _index_switch(op: Operation, scope: Scope) -> Step:
    chosen = scope.slot(op.operands[0])
    default, *cases = [scope.body(region) for region in op.regions]
    by_value = dict(zip(integers(op, "cases"), cases, strict=True))
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        value = frame[chosen]
        if is_array(value):
            fill(frame, targets, switch_each(value, by_value, default, frame))
        else:
            fill(frame, targets, by_value.get(int(value), default)(frame, ()))

    return step


@SCF.lowers("scf.execute_region")
def _execute_region(op: Operation, scope: Scope) -> Step:
    body = scope.body(op.regions[0])
    targets = scope.slots_of(op.results)
    return lambda frame: fill(frame, targets, body(frame, ()))


@SCF.lowers("scf.forall")
def _forall(op: Operation, scope: Scope) -> Step:
    lows, highs, steps, outputs = segments(op)
    bounds = [
        mixed(scope, integers(op, name), dynamic)
        for name, dynamic in (("staticLowerBound", lows), ("staticUpperBound", highs), ("staticStep", steps))
    ]
    block = single_block(op.regions[0])
    terminator = block.last_op
    if terminator is None:
        raise ExecutionError("scf.forall has no terminator")
    body = scope.steps(inner for inner in block.ops if inner is not terminator)
    inserts = scope.steps(single_block(terminator.regions[0]).ops) if terminator.regions else scope.steps(())
    arguments, sources = scope.slots_of(block.args), scope.slots_of(outputs)
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        shared = [np.array(frame[slot]) for slot in sources]
        low, high, stride = (bound(frame) for bound in bounds)
        counts = [-(-(b - a) // s) for a, b, s in zip(low, high, stride, strict=True)]
        for point in points(counts, range(len(counts))):
            places = [np.int64(a + i * s) for a, i, s in zip(low, point, stride, strict=True)]
            fill(frame, arguments, [*places, *shared])
            body.run(frame)
            inserts.run(frame)
        fill(frame, targets, shared)

    return step


@SCF.lowers("scf.parallel")
def _parallel(op: Operation, scope: Scope) -> Step:
    low, high, strides, initial = (scope.slots_of(part) for part in segments(op))
    block = single_block(op.regions[0])
    reduce = block.last_op
    if reduce is None:
        raise ExecutionError("scf.parallel has no terminator")
    body = scope.body(op.regions[0])
    folds = [scope.body(region) for region in reduce.regions]
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        values = [frame[slot] for slot in initial]
        ranges = [
            range(int(frame[a]), int(frame[b]), int(frame[c])) for a, b, c in zip(low, high, strides, strict=True)
        ]
        for point in itertools.product(*ranges):
            terms = body(frame, [np.int64(place) for place in point])
            values = [fold(frame, pair)[0] for fold, *pair in zip(folds, values, terms, strict=True)]
        fill(frame, targets, values)

    return step
