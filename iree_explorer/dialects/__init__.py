"""The dialects: what the IR is. One module per dialect; `make_context` knows them all and imports `builtin` alone.

Another's module is imported when the first op, attribute or type of it is met in a text.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.context import Context
    from xdsl.ir import Dialect

_OURS = {
    "affine": "affine:Affine",
    "arith": "arith:Arith",
    "builtin": "builtin:Builtin",
    "cf": "cf:Cf",
    "check": "check:Check",
    "complex": "complex:Complex",
    "flow": "flow:Flow",
    "func": "func:Func",
    "hal": "hal:HAL",
    "iree_codegen": "iree_codegen:IREECodegen",
    "iree_cpu": "iree_cpu:IREECPU",
    "iree_encoding": "iree_encoding:IREEEncoding",
    "iree_gpu": "iree_gpu:IREEGPU",
    "iree_linalg_ext": "iree_linalg_ext:IREELinalgExt",
    "iree_tensor_ext": "iree_tensor_ext:IREETensorExt",
    "linalg": "linalg:Linalg",
    "math": "math:Math",
    "memref": "memref:MemRef",
    "rocm": "rocm:ROCM",
    "scf": "scf:Scf",
    "stream": "stream:Stream",
    "tensor": "tensor:Tensor",
    "tosa": "tosa:TOSA",
    "util": "util:Util",
    "vector": "vector:Vector",
}
"""Dialect → module of this package and the name of the `Dialect` object in it."""

_XDSL = {
    "bufferization": "bufferization:Bufferization",
    "dlti": "dlti:DLTI",
    "gpu": "gpu:GPU",
    "llvm": "llvm:LLVM",
    "ml_program": "ml_program:MLProgram",
    "ub": "ub:UB",
}
"""Dialect → module of `xdsl.dialects`, for what we have no module of our own for."""

WHOLE = frozenset(
    ("arith", "builtin", "cf", "check", "complex", "func", "iree_encoding", "iree_linalg_ext", "stream", "util")
)
"""Dialects of which every op, attribute and type is here: another name is none of theirs, with unknown dialects allowed too."""

_LATER = frozenset(("emitc", "hal_inline", "hal_loader", "llvm", "nvvm", "rocdl", "spirv", "vm", "vmvx"))
"""Dialects of the compiler that are not here, or in part, of programs that were scheduled before."""

_BESIDE = frozenset(
    (
        *("amdgpu", "arm_neon", "arm_sme", "arm_sve", "io_parameters", "iree_map", "iree_vector_ext", "nvgpu", "pcf"),
        *("pdl", "pdl_interp", "quant", "shape", "smt", "torch_c", "transform"),
    )
)
"""Dialects of the compiler's that are not here, whose ops may stand beside those that are."""


def remedy_for(dialect: str) -> str:
    """What to do about a dialect of the compiler's that is not here; empty: it is here, or none of the compiler's."""
    if dialect in _LATER:
        return "they come after the schedule passes; load the program from before these"
    return "except in generic form, with unregistered dialects allowed" if dialect in _BESIDE else ""


def dialect_names() -> tuple[str, ...]:
    """The names of all dialects that `make_context` registers, sorted."""
    return tuple(sorted(_OURS.keys() | _XDSL.keys()))


def make_context(*, allow_unregistered: bool = False) -> Context:
    """A context that loads each dialect when it is first met; `builtin` is there from the start.

    Args:
        allow_unregistered: accept ops, attributes and types of unknown names, in generic form, and keep them.
    """
    from iree_explorer.ir.late_dialect import LateContext

    context = LateContext(allow_unregistered=allow_unregistered)
    for name in dialect_names():
        context.register_dialect(name, _factory(name))
    context.load_registered_dialect("builtin")
    return context


def _factory(name: str) -> Callable[[], Dialect]:
    return lambda: _load(name)


def _load(name: str) -> Dialect:
    package, path = (__name__, _OURS[name]) if name in _OURS else ("xdsl.dialects", _XDSL[name])
    module, _, attribute = path.partition(":")
    return getattr(import_module(f"{package}.{module}"), attribute)
