"""What a reduction folds with: recognised by the op that combines the accumulator with a term."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from iree_explorer.execution.elements import Array, Element
from iree_explorer.execution.kernels.arith import settle, signed, unsigned

_MOST_IN_ORDER = 4096
"""Longer sums are left to numpy, which adds pairwise: faster, and nearer the true sum than one in order."""


@dataclass(frozen=True, slots=True)
class Combiner:
    """An associative and commutative fold.

    Attributes:
        ufunc: numpy's.
        element: type of terms and results.
        widen: brings terms and the accumulator into the type that folds.
        narrow: brings the result back.
    """

    ufunc: np.ufunc
    element: Element
    widen: Callable[[Any], Any]
    narrow: Callable[[Any], Any]

    def fold(self, initial: Array, terms: Array, axes: tuple[int, ...]) -> Array:
        """`initial` combined with `terms` folded over `axes`; `initial` has the shape that is left."""
        wide = self.widen(terms)
        if axes and self._must_keep_order(wide, axes):
            return np.asarray(self.narrow(_sum_in_order(self.widen(initial), wide, axes)))
        folded = self.ufunc.reduce(wide, axis=axes) if axes else wide
        return np.asarray(self.narrow(self.ufunc(self.widen(initial), folded)))

    def _must_keep_order(self, terms: Array, axes: tuple[int, ...]) -> bool:
        """Whether numpy would sum pairwise where IREE sums in order: floats along the last axis, not too many."""
        is_last = terms.ndim - 1 in axes and terms.dtype.kind == "f" and self.ufunc is np.add
        return is_last and math.prod(terms.shape[axis] for axis in axes) <= _MOST_IN_ORDER


_UFUNCS: dict[str, np.ufunc] = {
    "arith.addf": np.add,
    "arith.mulf": np.multiply,
    "arith.maximumf": np.maximum,
    "arith.minimumf": np.minimum,
    "arith.maxnumf": np.fmax,
    "arith.minnumf": np.fmin,
    "arith.addi": np.add,
    "arith.muli": np.multiply,
    "arith.andi": np.bitwise_and,
    "arith.ori": np.bitwise_or,
    "arith.xori": np.bitwise_xor,
    "arith.maxsi": np.maximum,
    "arith.minsi": np.minimum,
    "arith.maxui": np.maximum,
    "arith.minui": np.minimum,
    "complex.add": np.add,
    "complex.mul": np.multiply,
}


def combiner(name: str, element: Element) -> Combiner | None:
    """The fold by an op, None where the op is none."""
    ufunc = _UFUNCS.get(name)
    if ufunc is None:
        return None
    if element.is_float and element.bits < 32:
        dtype = element.dtype
        return Combiner(ufunc, element, lambda a: a.astype(np.float32), lambda a: a.astype(dtype))
    if not element.is_integer:
        return Combiner(ufunc, element, _same, _same)
    if name in ("arith.maxui", "arith.minui"):
        return Combiner(ufunc, element, lambda a: unsigned(a, element), lambda a: settle(a, element))
    if element.bits == 1:
        return Combiner(_of_bools(name, ufunc), element, _same, _same)
    if not element.is_narrow and name not in ("arith.addi", "arith.muli"):
        return Combiner(ufunc, element, _same, _same)
    return Combiner(ufunc, element, lambda a: signed(a, element), lambda a: settle(a, element))


def _of_bools(name: str, ufunc: np.ufunc) -> np.ufunc:
    """The fold on bits: a sum is exclusive or, a signed maximum (true is -1) is and."""
    swapped: dict[str, np.ufunc] = {
        "arith.addi": np.logical_xor,
        "arith.xori": np.logical_xor,
        "arith.muli": np.logical_and,
        "arith.andi": np.logical_and,
        "arith.ori": np.logical_or,
        "arith.maxsi": np.logical_and,
        "arith.minsi": np.logical_or,
    }
    return swapped.get(name, ufunc)


def _sum_in_order(initial: Array, terms: Array, axes: tuple[int, ...]) -> Array:
    """`initial` plus the terms, added one after the other, the last axis fastest."""
    kept = [axis for axis in range(terms.ndim) if axis not in axes]
    rows = terms.transpose((*kept, *axes)).reshape((*(terms.shape[axis] for axis in kept), -1))
    if not rows.shape[-1]:
        return initial
    return np.add.accumulate(np.concatenate([initial[..., None], rows], axis=-1), axis=-1)[..., -1]


def _same(value: Any) -> Any:
    return value
