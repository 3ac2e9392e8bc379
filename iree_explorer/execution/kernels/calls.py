"""Calls of functions from kernels: of those beside them in their executable."""

from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Table
from iree_explorer.execution.code.steps import RUN, Code, Frame, Step, fill
from iree_explorer.execution.fields import required, segments, symbol_path
from iree_explorer.execution.kernels.scope import SPACE, KernelScope
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.ir.symbols import symbol_name

CALLS: Table[KernelScope] = Table()
CALL_NAMES = ("func.call", "util.call")


def callee(op: Operation) -> Operation | None:
    """The function that a call names, looked up from the innermost symbol table outwards; None where there is none."""
    name = symbol_path(required(op, "callee"))[-1]
    parent = op.parent_op()
    while parent is not None:
        for region in parent.regions:
            for block in region.blocks:
                for found in block.ops:
                    if isinstance(found, FunctionOpInterface) and symbol_name(found) == name:
                        return found
        parent = parent.parent_op()
    return None


@CALLS.lowers(*CALL_NAMES)
def _call(op: Operation, scope: KernelScope) -> Step:
    code = _code(op, scope)
    sources, targets = scope.slots_of(segments(op)[0]), scope.slots_of(op.results)

    def step(frame: Frame) -> None:
        inner = code.frame()
        inner[RUN], inner[SPACE] = frame[RUN], frame[SPACE]
        fill(frame, targets, code([frame[slot] for slot in sources], inner))

    return step


def _code(op: Operation, scope: KernelScope) -> Code:
    function = callee(op)
    if function is None or function.regions[0].blocks.first is None:
        raise ExecutionError("the function has no body: it is defined elsewhere")
    if function in scope.callers:
        raise ExecutionError("a function that calls itself is not supported by the numpy backend")
    inner = KernelScope(scope.table, scope.locate, callers=scope.callers | {function})
    return inner.code(function.regions[0])
