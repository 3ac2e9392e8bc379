"""How a program wants to be partitioned: the options there are, and the attributes of ops that say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from xdsl.dialects.builtin import DictionaryAttr, StringAttr
from xdsl.ir import Operation

from iree_explorer.dialects.stream.attributes import Favor, PartitioningConfigAttr
from iree_explorer.errors import InputError
from iree_explorer.ir.storage import with_ancestors

Scope = Literal["execution", "concurrency"]
"""Which pass decides: execution puts ops into execution regions, concurrency puts a region's ops into waves."""

SCOPES: tuple[Scope, ...] = ("execution", "concurrency")
"""In the order in which the passes run."""

FAVOR_ATTR = "stream.partitioning"
PARTITIONERS_ATTR = "iree_explorer.partitioning"

DEFAULT_FAVOR = Favor.MIN_PEAK_MEMORY
"""IREE: Partitioning options, --iree-stream-partitioning-favor."""

DEFAULT_PARTITIONER = "reference"
"""The compiler's own algorithm, in both scopes."""


def scopes_named(names: str | Iterable[str]) -> tuple[Scope, ...]:
    """The scopes of these names, in the order given; a str holds names with commas between them.

    Raises:
        InputError: there is no such scope.
    """
    if isinstance(names, str):
        names = [word for part in names.split(",") if (word := part.strip())]
    try:
        words = tuple(names)
    except TypeError:
        raise InputError(f"passes are names, not {names!r}") from None
    return tuple(_scope_named(word) for word in words)


def _scope_named(name: str) -> Scope:
    for scope in SCOPES:
        if scope == name:
            return scope
    raise InputError(f"no pass is called {name!r}; there are {', '.join(SCOPES)}")


def favor_named(name: str) -> Favor:
    """The favor of this name.

    Raises:
        InputError: there is none.
    """
    for favor in Favor:
        if favor == name:
            return favor
    raise InputError(f"no favor is called {name!r}; there are {', '.join(Favor)}")


def lookup_favor(op: Operation, default: Favor = DEFAULT_FAVOR) -> Favor:
    """What to favor for `op`: `stream.partitioning` of `op` or its nearest ancestor that has it, else `default`.

    # IREE: StreamTypes.cpp, PartitioningConfigAttr::lookup
    """
    for here in with_ancestors(op):
        if isinstance(found := here.attributes.get(FAVOR_ATTR), PartitioningConfigAttr):
            return found.favor
    return default


def asks_itself(op: Operation) -> bool:
    """Whether `op` says for itself how its blocks are partitioned, rather than an op around it."""
    return FAVOR_ATTR in op.attributes or PARTITIONERS_ATTR in op.attributes


def lookup_partitioner(op: Operation, scope: Scope, default: str) -> tuple[str, Operation | None]:
    """Which algorithm partitions `op`'s blocks, and the op that asks for it (None where nobody does).

    The nearest `iree_explorer.partitioning = {execution = "…", concurrency = "…"}` that names one for `scope` decides.
    """
    for here in with_ancestors(op):
        found = here.attributes.get(PARTITIONERS_ATTR)
        if isinstance(found, DictionaryAttr) and isinstance(name := found.data.get(scope), StringAttr):
            return name.data, here
    return default, None
