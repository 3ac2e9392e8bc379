"""The scf dialect, for kernels and host functions alike: bodies run in the frame of the code around them."""

from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.fields import integers, segments
from iree_explorer.execution.kernels.slices import mixed
from iree_explorer.execution.kernels.space import points
from iree_explorer.execution.program import Body, Frame, Scope, Step, Table, single_block

SCF: Table[Scope] = Table()


def _store(frame: Frame, targets: tuple[int, ...], values: list[Any]) -> None:
    for slot, value in zip(targets, values, strict=True):
        frame[slot] = value


@SCF.lowers("scf.if")
def _if(op: Operation, scope: Scope) -> Step:
    condition = scope.slot(op.operands[0])
    then, otherwise = (_optional_body(op, scope, number) for number in range(2))
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        chosen = frame[condition]
        if getattr(chosen, "ndim", 0):
            left, right = then(frame, ()), otherwise(frame, ())
            _store(frame, targets, [np.where(chosen, a, b) for a, b in zip(left, right, strict=True)])
        else:
            _store(frame, targets, (then if chosen else otherwise)(frame, ()))

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
        if stride <= 0:
            raise ExecutionError(f"a loop's step is {stride}, it must be positive")
        dtype = first.dtype.type
        if is_unsigned:
            first, last = (int(v) % (1 << (8 * v.dtype.itemsize)) for v in (first, last))
        for place in range(int(first), int(last), int(stride)):
            values = body(frame, (dtype(place), *values))
        _store(frame, targets, values)

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
            if not go_on:
                break
            values = after(frame, values)
        _store(frame, targets, values)

    return step


@SCF.lowers("scf.index_switch")
def _index_switch(op: Operation, scope: Scope) -> Step:
    chosen = scope.slot(op.operands[0])
    default, *cases = [scope.body(region) for region in op.regions]
    by_value = dict(zip(integers(op, "cases"), cases, strict=True))
    targets = scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        _store(frame, targets, by_value.get(int(frame[chosen]), default)(frame, ()))

    return step


@SCF.lowers("scf.execute_region")
def _execute_region(op: Operation, scope: Scope) -> Step:
    body = scope.body(op.regions[0])
    targets = scope.slots_of(op.results)
    return lambda frame: _store(frame, targets, body(frame, ()))


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
            _store(frame, arguments, [*places, *shared])
            body.run(frame)
            inserts.run(frame)
        _store(frame, targets, shared)

    return step
