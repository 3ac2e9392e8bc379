"""Whether a step is what its class declares. Of an algorithm's own, a page or a file would find out much later, far from who told it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from xdsl.ir import Operation

from iree_explorer.partitioning.trace.steps import (
    Cloned,
    Flushed,
    LeftForRematerialization,
    Opened,
    Placed,
    Sayable,
    Visited,
    Weighed,
)

_TELLABLE = (Cloned, Flushed, LeftForRematerialization, Opened, Placed, Visited, Weighed)
"""What an algorithm may tell; who runs it tells the rest."""


def why_malformed(step: object) -> str | None:
    """What is wrong with a step that an algorithm tells; None: nothing."""
    if not isinstance(step, Sayable):
        return f"{step!r:.80} is no step of a trace"
    if not isinstance(step, _TELLABLE):
        return f"{type(step).__name__} is not for an algorithm to tell: {', '.join(c.__name__ for c in _TELLABLE)} are"
    for field in fields(step):
        declared, value = _declared(type(step))[field.name], getattr(step, field.name)
        if not _fits(value, declared):
            wanted = f"one of {get_args(declared)}" if get_origin(declared) is Literal else field.type
            hint = ", whose number is witness.ids.of(op)" if isinstance(value, Operation) else ""
            return f"{type(step).__name__}.{field.name} is {wanted}, not {value!r:.60}{hint}"
    return None


@cache
def _declared(cls: type[Any]) -> dict[str, Any]:
    """Field → its type."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


def _fits(value: Any, declared: Any) -> bool:
    origin, inner = get_origin(declared), get_args(declared)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin is UnionType:
        return any(_fits(value, each) for each in inner)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(each, inner[0]) for each in value)
    if declared in (int, bool, NoneType):
        return type(value) is declared
    if not isinstance(value, declared):
        return False
    return not is_dataclass(declared) or all(
        _fits(getattr(value, field), each) for field, each in _declared(declared).items()
    )
