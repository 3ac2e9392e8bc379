"""The cf dialect, for kernels and host functions alike: branches between blocks, assertions."""

from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Exit, Frame, Step
from iree_explorer.execution.fields import field, integers_of, segments, text

CF: Table[Scope] = Table()


@CF.leaves("cf.br")
def _br(op: Operation, scope: Scope) -> Exit:
    return scope.jump(op.successors[0], op.operands)


@CF.leaves("cf.cond_br")
def _cond_br(op: Operation, scope: Scope) -> Exit:
    (condition,), true_values, false_values = segments(op)
    chosen = scope.slot(condition)
    then = scope.jump(op.successors[0], true_values)
    otherwise = scope.jump(op.successors[1], false_values)
    return lambda frame: then(frame) if frame[chosen] else otherwise(frame)


@CF.leaves("cf.switch")
def _switch(op: Operation, scope: Scope) -> Exit:
    (flag,), default_values, case_values = segments(op)
    chosen = scope.slot(flag)
    default = scope.jump(op.successors[0], default_values)
    counts = integers_of(field(op, "case_operand_segments"))
    jumps: dict[int, Exit] = {}
    start = 0
    for value, count, block in zip(integers_of(field(op, "case_values")), counts, op.successors[1:], strict=True):
        jumps[value] = scope.jump(block, case_values[start : start + count])
        start += count
    return lambda frame: jumps.get(int(frame[chosen]), default)(frame)


@CF.lowers("cf.assert")
def _assert(op: Operation, scope: Scope) -> Step:
    holds, message = scope.slot(op.operands[0]), text(op, "msg")

    def step(frame: Frame) -> None:
        if not frame[holds]:
            raise ExecutionError(f"assertion failed: {message}")

    return step
