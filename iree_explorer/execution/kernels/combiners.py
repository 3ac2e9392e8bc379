"""What a reduction folds with: recognised by the op that combines the accumulator with a term."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from iree_explorer.execution.kernels.arith import settle, signed, unsigned
from iree_explorer.execution.values.elements import Array, Element

_MOST_IN_ORDER = 4096
"""Sums of more terms are left to numpy, which adds pairwise: faster, and nearer the true sum than one in order."""

_FEW_POINTS = 64
"""As many terms for each result are folded one after the other where results lie closer together than terms: a window's."""


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

    def fold(self, out: Array, initial: Array | None, terms: Array, axes: tuple[int, ...]) -> None:
        """Fills `out` with `initial` combined with `terms` folded over `axes`.

        Args:
            out: of the shape that is left, ascending.
            initial: of the same shape; None for what changes nothing, of a fold of floats only.
            terms: over all loops.
            axes: of `terms`.
        """
        is_empty = 0 in terms.shape
        if self.widen is _same and terms.dtype == out.dtype and axes and not is_empty:
            if self._must_keep_order(terms, axes):
                start = np.zeros(out.shape, out.dtype) if initial is None else initial
                out[...] = _sum_in_order(start, terms, axes)
                return
            if _is_window(terms, axes):
                self._fold_points(out, terms, axes)
            else:
                self.ufunc.reduce(terms, axis=axes, out=out)
            if initial is not None:
                self.ufunc(initial, out, out=out)
            return
        out[...] = self._folded(_neutral(self.ufunc, out) if initial is None else initial, terms, axes)

    def _folded(self, initial: Array, terms: Array, axes: tuple[int, ...]) -> Array:
        wide = self.widen(terms)
        if axes and self._must_keep_order(wide, axes):
            return np.asarray(self.narrow(_sum_in_order(self.widen(initial), wide, axes)))
        if 0 in terms.shape:
            return initial
        folded = self.ufunc.reduce(wide, axis=axes) if axes else wide
        return np.asarray(self.narrow(self.ufunc(self.widen(initial), folded)))

    def _fold_points(self, out: Array, terms: Array, axes: tuple[int, ...]) -> None:
        index: list[Any] = [slice(None)] * terms.ndim
        for number, point in enumerate(itertools.product(*[range(terms.shape[axis]) for axis in axes])):
            for axis, place in zip(axes, point, strict=True):
                index[axis] = place
            if number:
                self.ufunc(out, terms[tuple(index)], out=out)
            else:
                out[...] = terms[tuple(index)]

    def _must_keep_order(self, terms: Array, axes: tuple[int, ...]) -> bool:
        """Whether numpy would sum pairwise where IREE sums in order: floats along the last axis, not too many."""
        is_last = terms.ndim - 1 in axes and terms.dtype.kind == "f" and self.ufunc is np.add
        return is_last and terms.size <= _MOST_IN_ORDER


def _is_window(terms: Array, axes: tuple[int, ...]) -> bool:
    """Whether neighbours in memory belong to different results, of few terms each."""
    strides = [(abs(stride), axis) for axis, stride in enumerate(terms.strides) if terms.shape[axis] > 1]
    few = 1 < math.prod(terms.shape[axis] for axis in axes) <= _FEW_POINTS
    return few and bool(strides) and min(strides)[1] not in axes


NEUTRAL: dict[np.ufunc, float] = {np.add: 0.0, np.multiply: 1.0, np.maximum: -np.inf, np.minimum: np.inf}
"""By fold of floats, the number that changes nothing."""


def _neutral(ufunc: np.ufunc, like: Array) -> Array:
    return np.full(like.shape, NEUTRAL[ufunc], like.dtype)


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
