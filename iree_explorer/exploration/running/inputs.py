"""Inputs of a run, filled in from the function's signature: made up, or by the name of a variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from iree_explorer.errors import InputError
from iree_explorer.exploration.functions import public_functions
from iree_explorer.partitioning.trace.regions import function_name
from iree_explorer.syntax import Module

if TYPE_CHECKING:
    import numpy as np

    from iree_explorer.execution.values.text import ValueType

SEED = 0
DYNAMIC_SIZE = 4
"""What an unknown dimension of a made-up input is."""
FILLS = ("random", "ones", "zeros", "iota")
"""Words for made-up inputs, as `execution.values.made_up` tells."""


def filled_inputs(
    module: Module, function: str, inputs: Sequence[Any], variables: Mapping[str, Any] | None = None
) -> list[Any]:
    """One input for each argument of a function.

    Args:
        module: holds the function.
        function: its name.
        inputs: arrays, numbers, or text: a value as `iree-run-module` takes it, one of `FILLS`, or the name of a
            variable; an empty one, and those that are missing, are random, the same each time.
        variables: arrays and numbers by name.

    Raises:
        InputError: there is no such function, there are too many inputs, or one cannot be made up.
    """
    from iree_explorer.execution.values.signature import miscounted, signature_of

    op = next((op for op in public_functions(module) if function_name(op) == function), None)
    if op is None:
        raise InputError(f"the module has no public function @{function}")
    signature = signature_of(op)
    types = signature.inputs
    if len(inputs) > len(types):
        raise InputError(miscounted(function, signature, len(inputs)))
    import numpy as np

    random = np.random.default_rng(SEED)
    filled = [*inputs, *[""] * (len(types) - len(inputs))]
    return [
        _filled(value, type_, place, random, variables or {})
        for place, (value, type_) in enumerate(zip(filled, types, strict=True))
    ]


def _filled(value: Any, type_: ValueType, place: int, random: np.random.Generator, variables: Mapping[str, Any]) -> Any:
    if not isinstance(value, str):
        return value
    word = value.strip()
    if word in variables:
        return _of_type(variables[word], type_)
    if word in ("", *FILLS):
        return _made_up(type_, place, random, word or "random")
    if word.isidentifier() and word not in ("true", "false", "inf", "nan") and not _is_type(word):
        raise InputError(f"input {place}: no variable is called {word!r}, and it is none of {', '.join(FILLS)}")
    return word


def _made_up(type_: ValueType, place: int, random: np.random.Generator, fill: str) -> Any:
    from iree_explorer.execution.values.made_up import made_up

    if type_.element is None:
        raise InputError(f"input {place} is a {type_}: give a value, such as 4x16xf32=1")
    return made_up(type_, random, fill, DYNAMIC_SIZE)


def _is_type(word: str) -> bool:
    """Whether the text is a type with no values, such as `4xf32`, which stands for zeros."""
    from iree_explorer.execution.values.text import parse_type

    try:
        parse_type(word)
    except InputError:
        return False
    return True


def _of_type(value: Any, type_: ValueType) -> Any:
    """An array of a variable as the input takes it: floats of any width become those of the input."""
    import numpy as np

    array = np.asarray(value)
    element = type_.element
    if element is None or type_.shape is None:
        return value
    floats = array.dtype.kind == "f" and element.is_float
    integers = array.dtype.kind in "iub" and element.dtype.kind in "iub" and not element.is_float
    return array.astype(element.dtype) if floats or integers else array
