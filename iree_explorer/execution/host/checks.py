"""The check dialect: what a test function asserts about values. A check that does not hold is noted; the function goes on."""

from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.run import CheckFailure
from iree_explorer.execution.code.steps import RUN, Frame, Step
from iree_explorer.execution.fields import field, required
from iree_explorer.execution.host.table import HOST
from iree_explorer.execution.kernels.literals import dense_array
from iree_explorer.execution.module.scope import HostScope
from iree_explorer.execution.values.elements import Array, element_of
from iree_explorer.execution.values.resources import BufferView

ATOL, RTOL = 1e-4, 0.0
"""Tolerances of an almost-equal check that gives none. IREE: CheckOps.td."""


def _check(op: Operation, scope: HostScope, why_not: Callable[[list[Any]], str]) -> Step:
    """The step that notes a failure where `why_not(operands)` gives a reason."""
    sources, name = scope.slots_of(op.operands), op.name

    def step(frame: Frame) -> None:
        run = frame[RUN]
        run.checks += 1
        with np.errstate(all="ignore"):
            reason = why_not([frame[slot] for slot in sources])
        if reason:
            run.check_failures.append(CheckFailure(name, reason))

    return step


@HOST.lowers("check.expect_true")
def _true(op: Operation, scope: HostScope) -> Step:
    return _check(op, scope, lambda values: "" if values[0] else "expected true")


@HOST.lowers("check.expect_false")
def _false(op: Operation, scope: HostScope) -> Step:
    return _check(op, scope, lambda values: "expected false" if values[0] else "")


@HOST.lowers("check.expect_all_true")
def _all_true(op: Operation, scope: HostScope) -> Step:
    return _check(op, scope, lambda values: "" if np.all(values[-1].array()) else "expected all true")


@HOST.lowers("check.expect_eq")
def _eq(op: Operation, scope: HostScope) -> Step:
    return _check(op, scope, lambda values: equal_failure(values[-2], values[-1]))


@HOST.lowers("check.expect_eq_const")
def _eq_const(op: Operation, scope: HostScope) -> Step:
    want = _constant(op)
    return _check(op, scope, lambda values: _differ(values[-1].array(), want))


def tolerances(op: Operation) -> tuple[float, float]:
    """`(atol, rtol)` of an almost-equal check."""
    found = [getattr(getattr(field(op, name), "value", None), "data", None) for name in ("atol", "rtol")]
    atol, rtol = (
        default if value is None else float(value) for value, default in zip(found, (ATOL, RTOL), strict=True)
    )
    return atol, rtol


@HOST.lowers("check.expect_almost_eq")
def _almost(op: Operation, scope: HostScope) -> Step:
    atol, rtol = tolerances(op)
    return _check(op, scope, lambda values: almost_equal_failure(values[-2], values[-1], atol, rtol))


@HOST.lowers("check.expect_almost_eq_const")
def _almost_const(op: Operation, scope: HostScope) -> Step:
    want, (atol, rtol) = _constant(op), tolerances(op)
    return _check(op, scope, lambda values: _differ_much(values[-1].array(), want, atol, rtol))


def _constant(op: Operation) -> Array:
    value: Any = required(op, "value")
    return dense_array(value, op.operands[-1].type if element_of(op.operands[-1].type) else value.type)


def equal_failure(left: BufferView, right: BufferView) -> str:
    """Why two views are not bit for bit the same, empty where they are.

    Raises:
        ExecutionError: they have different types.
    """
    return _differ(*_pair(left, right))


def almost_equal_failure(left: BufferView, right: BufferView, atol: float, rtol: float) -> str:
    """Why two views are further apart than `atol + rtol * |right|`, empty where they are not.

    Raises:
        ExecutionError: they have different types.
    """
    return _differ_much(*_pair(left, right), atol, rtol)


def _pair(left: BufferView, right: BufferView) -> tuple[Array, Array]:
    if left.element != right.element or left.shape != right.shape:
        raise ExecutionError(f"{left} is compared with {right}")
    return left.array(), right.array()


def _differ(have: Array, want: Array) -> str:
    """Why two arrays are not bit for bit the same, empty where they are."""
    if have.tobytes() == want.tobytes():
        return ""
    raw = f"u{have.dtype.itemsize}" if have.dtype.itemsize <= 8 else None
    a, b = (np.ascontiguousarray(x).reshape(-1) for x in (have, want))
    different = a.view(raw) != b.view(raw) if raw else a != b
    return _first(a, b, different)


def _differ_much(have: Array, want: Array, atol: float, rtol: float) -> str:
    """Why two arrays are further apart than `atol + rtol * |want|`, empty where they are not.

    IREE: runtime/src/iree/base/internal/math.h, iree_math_fuzzy_compare_f64.
    """
    a, b = (np.asarray(x).reshape(-1).astype(np.float64) for x in (have, want))
    close = (a == b) | (np.isnan(a) & np.isnan(b)) | (np.isfinite(b) & (np.abs(a - b) <= atol + rtol * np.abs(b)))
    return "" if close.all() else _first(a, b, ~close) + f" (atol {atol:g}, rtol {rtol:g})"


def _first(a: Array, b: Array, different: Array) -> str:
    place = int(np.argmax(different))
    return f"element {place} is {a[place]}, expected {b[place]}; {int(different.sum())} of {a.size} differ"
