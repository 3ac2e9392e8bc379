"""What a partitioning algorithm is, and the table of all.

An algorithm is a small object. It is handed facts about one block, says which ops go together, and tells a witness why.
It never changes IR: the pass that asked verifies the answer before it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast
from weakref import WeakSet

from typing_extensions import override

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError
from iree_explorer.partitioning.config import DEFAULT_FAVOR, SCOPES, Favor, Scope
from iree_explorer.partitioning.partition import PartitionSet

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


@dataclass(frozen=True, slots=True)
class Config:
    """How the program wants to be partitioned."""

    favor: Favor = DEFAULT_FAVOR


class Partitioner(Protocol):
    """A partitioning algorithm."""

    @property
    def name(self) -> str:
        """What attributes and options call it."""
        ...

    @property
    def scope(self) -> str:
        """`execution`: blocks of a function become execution regions; `concurrency`: an execution region, waves.

        Not a `Scope`, so that the type checker takes a class that only says `scope = "execution"`.
        """
        ...

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The partitions of the block, in an order in which they can run.

        Of execution regions each streamable op has to be in one, but for cheap ones that only the host's regions use
        (`prefer_clone_to_consumers`); ops in no wave run one after the other. What breaks a rule is refused by name.

        Decisions may be told to `witness` (`Weighed`, `Opened`, `Placed`, `Cloned` …); those that lead to the result
        but were not told are added by the caller.
        """
        ...


class Listener(Protocol):
    """Who wants to know of partitioners that users register."""

    def partitioner_registered(self, partitioner: Partitioner) -> None:
        """Is called when the table has it: one more, or another of the same name."""
        ...


@dataclass(frozen=True, slots=True)
class Registered:
    """What `register_partitioner` did; its repr is a sentence, for a cell that ends with the call.

    Attributes:
        name: what attributes and options call the partitioner.
        scope: what it divides.
        replaced: whether it took the place of one that was registered before.
    """

    name: str
    scope: Scope
    replaced: bool

    @override
    def __repr__(self) -> str:
        how = "takes the place of the one registered before" if self.replaced else "is registered"
        return f"<the {self.scope} partitioner {self.name!r} {how}: {self.scope}={self.name!r} chooses it>"


_OWN: dict[tuple[Scope, str], str] = {
    ("execution", "reference"): "reference:ReferenceExecution",
    ("concurrency", "reference"): "reference:ReferenceConcurrency",
    ("execution", "serial"): "serial:SerialExecution",
    ("concurrency", "serial"): "serial:SerialConcurrency",
    ("execution", "fewest-handovers"): "fewest_handovers:FewestHandovers",
    ("concurrency", "balanced"): "balanced:BalancedConcurrency",
}
"""Scope and name of each algorithm of this package → its module and class, imported when it is first asked for."""

_LOADED: dict[tuple[Scope, str], Partitioner] = {}
"""Those that were asked for, and those that users registered."""

_LISTENERS: WeakSet[Listener] = WeakSet()


def register_partitioner(partitioner: Partitioner) -> Registered:
    """Adds an algorithm to the table, in place of one of the same name and scope.

    Args:
        partitioner: an object with `name`, `scope` and `partition`, as `Partitioner` says.

    Returns:
        Under which name, and whether another had it.

    Raises:
        InputError: it lacks something, the name is no text, `partition` takes other arguments, the scope is unknown, or the
            name is taken by an algorithm of this package.
    """
    if isinstance(partitioner, type):
        raise InputError(f"register an object, not the class: {partitioner.__name__}()")
    lacking = [name for name in ("name", "scope", "partition") if not hasattr(partitioner, name)]
    if lacking:
        raise InputError(f"a partitioner has {', '.join(lacking)}; {partitioner!r} has not")
    if not isinstance(cast("object", partitioner.name), str) or not partitioner.name:
        raise InputError(f"a partitioner's name is a text, not {partitioner.name!r}")
    if not callable(partitioner.partition):
        raise InputError(f"a partitioner's partition is a method, not {partitioner.partition!r}")
    if (taken := _other_parameters(partitioner.partition)) is not None:
        raise InputError(f"a partitioner's partition takes (facts, config, witness), not {taken}")
    if partitioner.scope not in SCOPES:
        raise InputError(f"a partitioner's scope is 'execution' or 'concurrency', not {partitioner.scope!r}")
    key = (partitioner.scope, partitioner.name)
    if key in _OWN:
        raise InputError(f"the {partitioner.scope} partitioner {partitioner.name!r} is built in and cannot be replaced")
    registered = Registered(partitioner.name, partitioner.scope, replaced=key in _LOADED)
    _LOADED[key] = partitioner
    for listener in [*_LISTENERS]:
        listener.partitioner_registered(partitioner)
    return registered


def _other_parameters(method: Callable[..., object]) -> str | None:
    """What a method takes, where it cannot be called with facts, config and witness; None: it can, for all that is known."""
    from inspect import Parameter, Signature, signature  # takes long to import

    try:
        found = signature(method)
    except (TypeError, ValueError):  # it has none that Python knows
        return None
    try:
        found.bind(None, None, None)
    except TypeError:
        return str(Signature([each.replace(annotation=Parameter.empty) for each in found.parameters.values()]))
    return None


def listen(listener: Listener) -> None:
    """Tells an object of partitioners that users register, for as long as it lives."""
    _LISTENERS.add(listener)


def partitioner_choices() -> dict[str, list[str]]:
    """Scope → the names of all its algorithms, as `partitioner_names` gives them."""
    return {scope: list(partitioner_names(scope)) for scope in SCOPES}


def find_partitioner(scope: Scope, name: str) -> Partitioner:
    """The algorithm of this name.

    Raises:
        InputError: there is none.
    """
    key = (scope, str(name))
    if key not in _LOADED and key in _OWN:
        module, _, class_name = _OWN[key].partition(":")
        _LOADED[key] = getattr(import_module(f"iree_explorer.partitioning.algorithms.{module}"), class_name)()
    if key not in _LOADED:
        if hasattr(name, "partition") and not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError(f"a partitioner is chosen by its name: register_partitioner(…), then {scope}='its name'")
        names = ", ".join(partitioner_names(scope))
        raise InputError(f"no {scope} partitioner is called {name!r}; there are {names}")
    return _LOADED[key]


def is_built_in(partitioner: Partitioner) -> bool:
    """Whether it is an algorithm of this package."""
    return (partitioner.scope, partitioner.name) in _OWN


def partitioner_names(scope: Scope) -> tuple[str, ...]:
    """The names of all algorithms of a scope, those of this package first."""
    return tuple(name for known, name in dict.fromkeys([*_OWN, *_LOADED]) if known == scope)
