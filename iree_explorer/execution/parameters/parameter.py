"""One parameter: bytes that programs read, and write where they may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from iree_explorer.errors import ExecutionError, InputError
from iree_explorer.execution.values.elements import Array, Bytes
from iree_explorer.execution.values.resources import Storage

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter.

    Attributes:
        storage: its bytes; of one that repeats a pattern (`is_splat`) just the pattern.
        size: in bytes.
        is_writable: programs may change its bytes.
    """

    storage: Storage
    size: int
    is_writable: bool = False

    @classmethod
    def of(cls, data: Bytes, *, is_writable: bool = False) -> "Parameter":
        """A parameter that is these bytes, shape `(size,)`; no copy is made."""
        return cls(Storage(data), data.size, is_writable)

    @classmethod
    def splat(cls, pattern: bytes, size: int) -> "Parameter":
        """A parameter of `size` bytes that repeat a pattern."""
        return cls(Storage(np.frombuffer(pattern, np.uint8)), size)

    @property
    def is_splat(self) -> bool:
        """Whether it repeats a pattern, and takes no room."""
        return self.storage.data.size != self.size

    def read(self, name: str, start: int, length: int) -> Bytes:
        """The bytes from `start` on: a view, or for a splat a copy.

        Raises:
            ExecutionError: it has less; `name` is how the error calls it.
        """
        if not 0 <= start <= start + length <= self.size:
            raise ExecutionError(
                f"parameter '{name}' has {self.size} bytes, [{start} to {start + length}] is asked for"
            )
        data = self.storage.data
        if not self.is_splat:
            return data[start : start + length]
        return np.resize(np.roll(data, -(start % data.size)), length)

    def write(self, name: str, start: int, length: int) -> Bytes:
        """The bytes from `start` on, to be changed.

        Raises:
            ExecutionError: it has less, or may only be read.
        """
        if not self.is_writable:
            raise ExecutionError(
                f"parameter '{name}' may only be read: give arrays that can be written, or open_parameters(file, 'r+')"
            )
        return self.read(name, start, length)


class Parameters:
    """All parameters of a run.

    Args:
        scopes: by scope, then by key; the scope without a name is `""`.
    """

    def __init__(self, scopes: Mapping[str, Mapping[str, Parameter]] | None = None) -> None:
        self.scopes = scopes or {}

    def find(self, scope: str, key: str) -> Parameter:
        """A parameter.

        Raises:
            ExecutionError: it is not given.
        """
        found = self.scopes.get(scope, {}).get(key)
        if found is None:
            raise ExecutionError(f"parameter '{spell(scope, key)}' is not given; {self._known(scope)}")
        return found

    def _known(self, scope: str) -> str:
        where = f"scope '{scope}'" if scope else "the scope without a name"
        keys = list(self.scopes.get(scope, ()))
        if not keys:
            scopes = ", ".join(f"'{name}'" for name in self.scopes) or "none"
            return f"{where} has no parameters (scopes given: {scopes})"
        rest = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
        return f"{where} has {', '.join(keys[:_MOST_NAMED])}{rest}"


def spell(scope: str, key: str) -> str:
    """A parameter's name as errors show it, `scope::key`."""
    return f"{scope}::{key}" if scope else key


def key_of(key: Any) -> str:
    """What a user hands over as the key of a parameter, or as a scope.

    Raises:
        InputError: it is no text, or one that UTF-8 has no bytes for.
    """
    if not isinstance(key, str):
        raise InputError(f"a parameter's key is a text, not {key!r}")
    try:
        key.encode()
    except UnicodeEncodeError:
        raise InputError(f"{key!r} is no key of a parameter: UTF-8 has no lone surrogates") from None
    return key


def numbers_of(array: Any) -> Array:
    """What a user hands over as an array of numbers.

    Raises:
        InputError: it is none.
    """
    found = np.asarray(array)
    if found.dtype.hasobject or found.dtype.names is not None or found.dtype.kind in "USMm":
        raise InputError(f"an array of {found.dtype} is no parameter")
    return found
