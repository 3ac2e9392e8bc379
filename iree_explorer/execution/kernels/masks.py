"""Control flow in bodies that are evaluated on whole arrays: each element goes its own way.

Both branches run on all elements, loops until the last element has left; what an element does not ask for is masked out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from xdsl.ir import Operation

from iree_explorer.execution.code.steps import Body, Frame

_CONTROL = frozenset({"scf.if", "scf.for", "scf.while", "scf.index_switch", "affine.for", "affine.if"})


def is_array(value: Any) -> bool:
    """Whether a value is one number for each element, and not one for all."""
    return getattr(value, "ndim", 0) > 0


def is_guarded(op: Operation) -> bool:
    """Whether an op may run on elements that do not ask for it, so that what it cannot do for them is no error."""
    parent = op.parent_op()
    while parent is not None and not parent.name.startswith(("linalg.", "tensor.", "func.")):
        if parent.name in _CONTROL:
            return True
        parent = parent.parent_op()
    return False


def select(condition: Any, left: Sequence[Any], right: Sequence[Any]) -> list[Any]:
    """Values of `left` where the condition holds, else of `right`."""
    return [a if a is b else np.where(condition, a, b) for a, b in zip(left, right, strict=True)]


def switch_each(chosen: Any, cases: Mapping[int, Body], default: Body, frame: Frame) -> list[Any]:
    """What each element's case yields."""
    values = default(frame, ())
    for value, case in cases.items():
        if np.any(chosen == value):
            values = select(chosen == value, case(frame, ()), values)
    return values


def repeat_each(before: Body, after: Body, frame: Frame, go_on: Any, values: list[Any]) -> list[Any]:
    """The rest of a while loop, after its condition said `go_on` and handed on `values` for the first time."""
    is_on = go_on
    while np.any(is_on):
        go_on, *found = before(frame, after(frame, values))
        values = select(is_on, found, values)
        is_on = is_on & go_on
    return values


def count_each(
    body: Body, frame: Frame, bounds: tuple[Any, Any, Any], values: list[Any], *, is_unsigned: bool
) -> list[Any]:
    """A counted loop whose bounds (first, end, stride) differ from element to element."""
    place, last, stride = bounds
    if is_unsigned:
        place, last = (np.asarray(bound).view(f"u{bound.dtype.itemsize}") for bound in (place, last))
        stride = stride.astype(place.dtype)
    counter = np.asarray(bounds[0]).dtype
    left = np.where(place < last, (last - place + stride - 1) // stride, 0)
    while np.any(left > 0):
        values = select(left > 0, body(frame, (np.asarray(place).view(counter)[()], *values)), values)
        place, left = place + stride, left - 1
    return values
