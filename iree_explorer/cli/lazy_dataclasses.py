"""A third of the time until a command reads its input, saved: methods of dataclasses are compiled when they are called.

On the way to `opt`, xDSL defines 220 dataclasses with 1000 methods and this package 100 with 540, each of which the standard
library compiles from a text of its own while a module is imported; a command calls a tenth of them. Leaner classes here would
save a third of it at most: the rest is xDSL's. Nor does one that has no docstring get one, its signature: for that the
standard library takes the signature of some base classes apart, token by token.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, Final

Function = Callable[..., Any]

_HOOK: Final = "_create_fn"
"""Python 3.11 and 3.12: makes one method of a dataclass. Later versions compile all methods of a class at once, and faster."""

_INSPECT: Final = "inspect"
"""The module that tells `dataclasses` the signature of a class."""


def compile_methods_late() -> None:
    """From now on and for all of the process, methods of new dataclasses are compiled by the first call.

    Only for a process that is all ours: it changes the standard library. Where that has no such function, nothing happens.
    """
    create: Function | None = getattr(dataclasses, _HOOK, None)
    if create is not None and not isinstance(create, _LateCreator):
        setattr(dataclasses, _HOOK, _LateCreator(create))
        setattr(dataclasses, _INSPECT, SimpleNamespace(**{**vars(inspect), "signature": _no_signature}))


def _no_signature(_: object) -> str:
    """What `dataclasses` takes for the signature of a class: none, so that its docstring is its name.

    No `ValueError`, as of a class that has none to tell: Python 3.11 before 3.11.4 does not expect it.
    """
    return ""


class _LateCreator:
    """Takes the place of the function that makes methods."""

    def __init__(self, create: Function) -> None:
        self._create = create

    def __call__(self, name: str, args: Sequence[str], body: Sequence[str], **context: Any) -> Function:
        """A method that makes the one that is meant, puts it in its own place in the class, and calls it."""
        create = self._create
        compiled: list[Function] = []  # Not `cache`: to wrap a function takes as long as all else here.

        def late(self_: Any, /, *arguments: Any, **options: Any) -> Any:
            if not compiled:
                compiled.append(create(name, args, body, **context))
            [method] = compiled
            method.__qualname__ = late.__qualname__
            _replace(type(self_), name, late, method)
            return method(self_, *arguments, **options)

        late.__name__ = name
        return late


def _replace(cls: type, name: str, old: Function, new: Function) -> None:
    for base in cls.__mro__:
        if base.__dict__.get(name) is old:
            setattr(base, name, new)
