"""Inputs to try a function with, made up from their types."""

from typing import Any

import numpy as np

from iree_explorer.errors import InputError
from iree_explorer.execution.values.elements import DYNAMIC, Array, Element
from iree_explorer.execution.values.text import ValueType


def made_up(type_: ValueType, generator: np.random.Generator, fill: str = "random", dynamic: int = 1) -> Any:
    """Numbers of a type: an array, or a numpy scalar where the type has no shape.

    Args:
        type_: the input's.
        generator: where random numbers come from.
        fill: `random`, floats from a normal distribution and integers from 0 to 9; `ones`; `zeros`; `iota`, which counts
            from 0 in memory order. Integers of few bits take what fits into them.
        dynamic: the size of dynamic dimensions.

    Raises:
        InputError: no values of the type can be made up: it is a buffer, a fence.
    """
    element = type_.element
    if element is None:
        raise InputError(f"no value of type {type_} can be made up")
    shape = tuple(dynamic if size == DYNAMIC else size for size in type_.shape or ())
    array = _numbers(fill, shape, element, generator).astype(element.dtype)
    return array[()] if type_.shape is None else array


def _numbers(fill: str, shape: tuple[int, ...], element: Element, generator: np.random.Generator) -> Array:
    if fill in ("ones", "zeros"):
        return np.full(shape, fill == "ones")
    if fill == "iota":
        numbers = np.arange(int(np.prod(shape, dtype=np.int64))).reshape(shape)
        return numbers % _positives(element) if element.is_integer else numbers
    if element.is_integer:
        return np.asarray(generator.integers(0, min(10, _positives(element)), shape))
    return np.asarray(generator.standard_normal(shape))


def _positives(element: Element) -> int:
    """How many integers from 0 on an element type has, as far as numpy counts."""
    return 2 if element.bits == 1 else 1 << min(element.bits - 1, 62)
