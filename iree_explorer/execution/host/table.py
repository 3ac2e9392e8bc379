"""The table of what the host can do; the modules beside this one fill it, each with the ops of a dialect."""

from xdsl.ir import Operation

from iree_explorer.execution.code.scope import Lowering, Table
from iree_explorer.execution.code.steps import RUN, Step
from iree_explorer.execution.device.work import DEVICE, device_op
from iree_explorer.execution.kernels.affine import AFFINE
from iree_explorer.execution.kernels.arith import ARITH
from iree_explorer.execution.kernels.casts import CASTS
from iree_explorer.execution.kernels.cf import CF
from iree_explorer.execution.kernels.complex import COMPLEX
from iree_explorer.execution.kernels.extended import EXTENDED
from iree_explorer.execution.kernels.math import MATH
from iree_explorer.execution.kernels.scf import SCF
from iree_explorer.execution.kernels.tensor import TENSOR
from iree_explorer.execution.module.scope import HostScope

HOST: Table[HostScope] = Table(ARITH, EXTENDED, CASTS, MATH, COMPLEX, TENSOR, AFFINE, CF, SCF)


def no_op(*names: str) -> None:
    """Registers ops that do nothing at run time."""

    def nothing(_: Operation, __: HostScope) -> None:
        return None

    HOST.lowers(*names)(nothing)


@HOST.recognises
def _on_resources(op: Operation) -> Lowering | None:
    """Ops on resources outside of any region, which only a program that is not scheduled has."""
    return _perform_now if op.name in DEVICE else None


def _perform_now(op: Operation, scope: HostScope) -> Step:
    compiled = device_op(op, scope)
    return lambda frame: frame[RUN].perform_now(compiled, frame)
