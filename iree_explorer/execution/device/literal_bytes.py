"""The bytes of constants: dense literals, texts, byte patterns, what is composed of them, parameters."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias, cast

import numpy as np
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.fields import integer_of
from iree_explorer.execution.kernels.literals import dense_array, shape_of
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
    if attribute.name == "util.composite":
        return _composite(attribute)
    if isinstance(attribute, StringAttr):
        return _fixed(np.frombuffer(_text_bytes(attribute), np.uint8))
    type_ = _type_of(attribute)
    return _fixed(pack(dense_array(attribute, type_), element_of(type_)))


def literal_size(attribute: Any) -> int:
    """How many bytes a constant takes.

    Raises:
        ExecutionError: the attribute is no constant that the backend knows.
    """
    if attribute.name == "util.composite":
        return attribute.total_length.data
    if isinstance(attribute, StringAttr):
        return len(_text_bytes(attribute))
    type_ = _type_of(attribute)
    return element_of(type_).byte_length(math.prod(shape_of(type_)))


def _type_of(attribute: Attribute) -> Attribute:
    type_: Any = getattr(attribute, "type", None) or getattr(attribute, "get_type", lambda: None)()
    if type_ is None:
        raise ExecutionError(f"constant {attribute} is not supported")
    return type_


def _text_bytes(attribute: StringAttr) -> bytes:
    return attribute.data.encode("utf-8", "surrogateescape")


def _composite(attribute: Any) -> Literal:
    """Constants one after the other."""
    parts = [(literal_bytes(value), literal_size(value)) for value in attribute.values]

    def join(parameters: Parameters, size: int) -> Bytes:
        found = [part(parameters, length) for part, length in parts]
        return _fixed(np.concatenate(found) if found else np.zeros(0, np.uint8))(parameters, size)

    return join


def _fixed(data: Bytes) -> Literal:
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
