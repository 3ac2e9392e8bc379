"""The bytes of constants: dense literals, byte patterns, parameters."""

from collections.abc import Callable
from typing import Any, TypeAlias, cast

import numpy as np
from xdsl.ir import Attribute

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.fields import integer_of
from iree_explorer.execution.kernels.literals import dense_array
from iree_explorer.execution.parameters.parameter import Parameters, spell
from iree_explorer.execution.values.elements import Bytes, element_of, pack

Literal: TypeAlias = Callable[[Parameters, int], Bytes]


def literal_bytes(attribute: Attribute) -> Literal:
    """The function from parameters and a size to the bytes of a constant; a literal's are made once.

    Raises:
        ExecutionError: the attribute is no constant that the backend knows.
    """
    if attribute.name.startswith("stream.parameter"):
        return _parameter(attribute)
    if attribute.name == "util.byte_pattern":
        pattern = integer_of(cast("Any", attribute).pattern)
        return lambda _, size: np.full(size, pattern & 0xFF, np.uint8)
    type_: Any = getattr(attribute, "type", None) or getattr(attribute, "get_type", lambda: None)()
    if type_ is None:
        raise ExecutionError(f"constant {attribute} is not supported")
    data = pack(dense_array(attribute, type_), element_of(type_))

    def fixed(_: Parameters, size: int) -> Bytes:
        if data.size < size:
            padded = np.zeros(size, np.uint8)
            padded[: data.size] = data
            return padded
        return data[:size]

    return fixed


def _parameter(attribute: Any) -> Literal:
    scope = getattr(getattr(attribute, "scope", None), "data", "") or ""
    key = attribute.key.data

    def load(parameters: Parameters, size: int) -> Bytes:
        found = parameters.find(scope, key)
        data = found.read(spell(scope, key), 0, size)
        return data.copy() if found.is_writable else data

    return load
