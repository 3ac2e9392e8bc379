"""Source programs compiled by IREE to stream IR, then run by both backends: where do their results differ?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import iree_explorer as ie


@dataclass(frozen=True)
class Call:
    """A function of a source program and what it is called on.

    Attributes:
        name: for a reader.
        text: the function, called `@f`.
        inputs: arrays.
        tolerance: relative and absolute; 0: the results are the same numbers.
    """

    name: str
    text: str
    inputs: tuple[Any, ...]
    tolerance: float = 0.0


def disagreements(calls: Sequence[Call]) -> list[str]:
    """One line for each call whose results differ; they are compiled as one module, and scheduled by this package."""
    text = "\n".join(call.text.replace("@f(", f"@f{number}(") for number, call in enumerate(calls))
    module = ie.schedule(ie.load(text), trace=False).module
    return [line for number, call in enumerate(calls) if (line := _disagreement(module, f"f{number}", call))]


def _disagreement(module: Any, function: str, call: Call) -> str:
    have, want = (
        ie.run(module, function, *call.inputs, backend=backend, workers=1).outputs for backend in ("numpy", "iree")
    )
    for number, (a, b) in enumerate(zip(have, want, strict=True)):
        if a.shape != b.shape or a.dtype != b.dtype:
            return f"{call.name}: result {number} is {a.shape} {a.dtype}, on iree {b.shape} {b.dtype}"
        differ = np.argwhere(~_same(a, b, call.tolerance))
        if len(differ):
            at = tuple(int(place) for place in differ[0])
            return f"{call.name}: result {number} at {at} is {a[at]}, on iree {b[at]}; {len(differ)} of {a.size} differ"
    return ""


def _same(a: np.ndarray, b: np.ndarray, tolerance: float) -> np.ndarray:
    if a.dtype.kind in "biu":
        return np.asarray(a == b)
    wide = np.complex128 if a.dtype.kind == "c" else np.float64
    x, y = a.astype(wide), b.astype(wide)
    with np.errstate(all="ignore"):
        near = np.abs(x - y) <= tolerance * (1 + np.abs(y))
    return (x == y) | (np.isnan(x) & np.isnan(y)) | (np.isfinite(x) & np.isfinite(y) & near)
