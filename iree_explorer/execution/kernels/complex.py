"""The complex dialect on numpy values."""

from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Function, Step, Unary
from iree_explorer.execution.fields import required
from iree_explorer.execution.kernels.arith import result_element
from iree_explorer.execution.kernels.math import reciprocal_sqrt

COMPLEX: Table[Scope] = Table()

_SAME: dict[str, Function] = {
    "abs": np.abs,
    "add": np.add,
    "angle": np.angle,
    "conj": np.conj,
    "cos": np.cos,
    "div": np.divide,
    "eq": np.equal,
    "exp": np.exp,
    "expm1": np.expm1,
    "im": np.imag,
    "log": np.log,
    "log1p": np.log1p,
    "mul": np.multiply,
    "neg": np.negative,
    "neq": np.not_equal,
    "pow": np.power,
    "powi": np.power,
    "re": np.real,
    "rsqrt": reciprocal_sqrt,
    "sign": np.sign,
    "sin": np.sin,
    "sqrt": np.sqrt,
    "sub": np.subtract,
    "tan": np.tan,
    "tanh": np.tanh,
}


def _same(function: Function) -> Callable[[Operation], Function]:
    return lambda _: function


for _name, _function in _SAME.items():
    COMPLEX.computes(f"complex.{_name}")(_same(_function))


@COMPLEX.computes("complex.create")
def _create(op: Operation) -> Binary:
    dtype = result_element(op).dtype
    return lambda real, imaginary: np.asarray(real + 1j * imaginary).astype(dtype)[()]


@COMPLEX.computes("complex.atan2")
def _atan2(_: Operation) -> Binary:
    def compute(y: Any, x: Any) -> Any:
        return -1j * np.log((x + 1j * y) / np.sqrt(x * x + y * y))

    return compute


@COMPLEX.computes("complex.bitcast")
def _bitcast(op: Operation) -> Unary:
    dtype = result_element(op).dtype
    return lambda value: np.asarray(value).view(dtype)[()]


@COMPLEX.lowers("complex.constant")
def _constant(op: Operation, scope: Scope) -> Step | None:
    parts: Any = required(op, "value")
    real, imaginary = (item.value.data for item in parts.data)
    scope.constant(op.results[0], result_element(op).dtype.type(complex(real, imaginary)))
