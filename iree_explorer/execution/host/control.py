"""Host ops of the util and func dialects: calls, globals, control flow."""

from typing import Any

from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import returns
from iree_explorer.execution.code.steps import RUN, Exit, Frame, Step, fill, unchanged
from iree_explorer.execution.fields import required, segments, symbol_path, text
from iree_explorer.execution.host.table import HOST, no_op
from iree_explorer.execution.module.scope import HostScope

HOST.leaves("util.return", "func.return")(returns)
no_op("util.unfoldable_constant.end")


@HOST.lowers("util.call", "func.call")
def _call(op: Operation, scope: HostScope) -> Step:
    callee = symbol_path(required(op, "callee"))[-1]
    operands = segments(op)[0]
    sources, targets = scope.slots_of(operands), scope.slots_of(op.results)
    symbols = scope.symbols

    def step(frame: Frame) -> None:
        fill(frame, targets, frame[RUN].call(symbols.function(callee), [frame[slot] for slot in sources]))

    return step


@HOST.lowers("util.optimization_barrier", "util.assume.int")
def _barrier(op: Operation, scope: HostScope) -> Step:
    return scope.apply_many(unchanged, op.operands, op.results)


@HOST.lowers("util.global.load")
def _load(op: Operation, scope: HostScope) -> Step:
    name, target = text(op, "global"), scope.slot(op.results[0])
    cell = scope.symbols.global_named(name)

    def step(frame: Frame) -> None:
        if cell.value is None:
            raise ExecutionError(f"global @{name} is read before it is written")
        frame[target] = cell.value

    return step


@HOST.lowers("util.global.store")
def _store(op: Operation, scope: HostScope) -> Step:
    cell, origin = scope.symbols.global_named(text(op, "global")), scope.slot(op.operands[0])

    def step(frame: Frame) -> None:
        cell.value = frame[origin]

    return step


@HOST.lowers("util.global.address")
def _address(op: Operation, scope: HostScope) -> None:
    scope.constant(op.results[0], scope.symbols.global_named(text(op, "global")))


@HOST.lowers("util.global.load.indirect")
def _load_indirect(op: Operation, scope: HostScope) -> Step:
    def load(cell: Any) -> Any:
        if cell.value is None:
            raise ExecutionError(f"global @{cell.name} is read before it is written")
        return cell.value

    return scope.apply(load, op.operands, op.results[0])


@HOST.lowers("util.global.store.indirect")
def _store_indirect(op: Operation, scope: HostScope) -> Step:
    origin, cell = scope.slots_of(op.operands)

    def step(frame: Frame) -> None:
        frame[cell].value = frame[origin]

    return step


@HOST.lowers("util.null")
def _null(op: Operation, scope: HostScope) -> None:
    scope.constant(op.results[0], None)


# Control flow


@HOST.leaves("util.unreachable")
def _unreachable(op: Operation, _: HostScope) -> Exit:
    message = text(op, "message", "unreachable code was reached")

    def leave(_: Frame) -> int:
        raise ExecutionError(message)

    return leave


@HOST.lowers("util.align")
def _align(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda value, to: (value + to - 1) // to * to, op.operands, op.results[0])


@HOST.lowers("util.cmp.eq")
def _equal(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda a, b: a is b, op.operands, op.results[0])


@HOST.lowers("util.cmp.ne")
def _differ(op: Operation, scope: HostScope) -> Step:
    return scope.apply(lambda a, b: a is not b, op.operands, op.results[0])


# Numbers


@HOST.lowers("util.switch")
def _choose(op: Operation, scope: HostScope) -> Step:
    def choose(*values: Any) -> Any:
        index, default, *cases = values
        return cases[index] if 0 <= index < len(cases) else default

    return scope.apply(choose, op.operands, op.results[0])


def _least(*values: Any) -> Any:
    return min(values)


def _greatest(*values: Any) -> Any:
    return max(values)


@HOST.lowers("util.range.min")
def _range_min(op: Operation, scope: HostScope) -> Step:
    return scope.apply(_least, op.operands, op.results[0])


@HOST.lowers("util.range.max")
def _range_max(op: Operation, scope: HostScope) -> Step:
    return scope.apply(_greatest, op.operands, op.results[0])


@HOST.lowers("util.range.extents")
def _extents(op: Operation, scope: HostScope) -> Step:
    """The smallest offset, and the greatest offset plus length."""
    count = len(op.operands) // 2

    def extents(*values: Any) -> tuple[Any, Any]:
        ends = [offset + length for offset, length in zip(values[:count], values[count:], strict=True)]
        return min(values[:count]), max(ends)

    return scope.apply_many(extents, op.operands, op.results)
