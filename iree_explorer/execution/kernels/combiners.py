"""What a reduction folds with: recognised by the op that combines the accumulator with a term."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from iree_explorer.execution.elements import Array, Element
from iree_explorer.execution.kernels.arith import settle, signed, unsigned


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
        folded = self.ufunc.reduce(self.widen(terms), axis=axes) if axes else self.widen(terms)
        return np.asarray(self.narrow(self.ufunc(self.widen(initial), folded)))

    def join(self, left: Any, right: Any) -> Any:
        """Two values combined."""
        return self.narrow(self.ufunc(self.widen(left), self.widen(right)))


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


def _same(value: Any) -> Any:
    return value
