"""What a partitioning algorithm is, the table of all, and how one is run.

An algorithm is a small object. It is handed facts about one block, says which ops go together, and tells a witness why.
It never changes IR: the pass that asked verifies the answer before it does.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import ExplorerError, InputError, PartitionerError
from iree_explorer.partitioning.config import Favor, Scope
from iree_explorer.partitioning.partition import PartitionSet, wrong_shape

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness

__all__ = ["Config", "Partitioner", "find_partitioner", "partitioner_names", "register_partitioner", "run_partitioner"]


@dataclass(frozen=True, slots=True)
class Config:
    """How the program wants to be partitioned."""

    favor: Favor = Favor.MIN_PEAK_MEMORY


class Partitioner(Protocol):
    """A partitioning algorithm."""

    @property
    def name(self) -> str:
        """What attributes and options call it."""
        ...

    @property
    def scope(self) -> Scope:
        """`execution`: blocks of a function become execution regions; `concurrency`: an execution region, waves."""
        ...

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        """The partitions of the block, in an order in which they can run.

        Decisions may be told to `witness` (`Weighed`, `Opened`, `Placed`, `Cloned` …); those that lead to the result
        but were not told are added by the caller.
        """
        ...


_OWN: dict[tuple[Scope, str], str] = {
    ("execution", "reference"): "reference_execution:ReferenceExecution",
    ("concurrency", "reference"): "reference_concurrency:ReferenceConcurrency",
    ("execution", "serial"): "serial:SerialExecution",
    ("concurrency", "serial"): "serial:SerialConcurrency",
    ("execution", "fewest-handovers"): "fewest_handovers:FewestHandovers",
    ("concurrency", "balanced"): "balanced_concurrency:BalancedConcurrency",
}
"""Scope and name of each algorithm of this package → its module and class, imported when it is first asked for."""

_LOADED: dict[tuple[Scope, str], Partitioner] = {}
"""Those that were asked for, and those that users registered."""

_SCOPES: tuple[Scope, ...] = ("execution", "concurrency")


def register_partitioner(partitioner: Partitioner) -> Partitioner:
    """Adds an algorithm to the table, in place of one of the same name and scope.

    Raises:
        InputError: it lacks something, the scope is unknown, or the name is taken by an algorithm of this package.
    """
    if isinstance(partitioner, type):
        raise InputError(f"register an object, not the class: {partitioner.__name__}()")
    lacking = [name for name in ("name", "scope", "partition") if not hasattr(partitioner, name)]
    if lacking:
        raise InputError(f"a partitioner has {', '.join(lacking)}; {partitioner!r} has not")
    if partitioner.scope not in _SCOPES:
        raise InputError(f"a partitioner's scope is 'execution' or 'concurrency', not {partitioner.scope!r}")
    key = (partitioner.scope, partitioner.name)
    if key in _OWN:
        raise InputError(f"the {partitioner.scope} partitioner {partitioner.name!r} is built in and cannot be replaced")
    _LOADED[key] = partitioner
    return partitioner


def find_partitioner(scope: Scope, name: str) -> Partitioner:
    """The algorithm of this name.

    Raises:
        InputError: there is none.
    """
    key = (scope, name)
    if key not in _LOADED and key in _OWN:
        module, _, class_name = _OWN[key].partition(":")
        _LOADED[key] = getattr(import_module(f"iree_explorer.partitioning.algorithms.{module}"), class_name)()
    if key not in _LOADED:
        names = ", ".join(partitioner_names(scope))
        raise InputError(f"no {scope} partitioner is called {name!r}; there are {names}")
    return _LOADED[key]


def partitioner_names(scope: Scope) -> tuple[str, ...]:
    """The names of all algorithms of a scope, those of this package first."""
    return tuple(name for known, name in dict.fromkeys([*_OWN, *_LOADED]) if known == scope)


def run_partitioner(
    partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation, witness: Witness | None
) -> PartitionSet:
    """Partitions a block, between `Began` and `Ended`."""
    if witness is None:
        return ask_partitioner(partitioner, facts, config, None)
    from iree_explorer.partitioning.trace.telling import partition_before

    return partition_before(witness, partitioner, facts, config, function)


def ask_partitioner(
    partitioner: Partitioner, facts: BlockFacts, config: Config, witness: Witness | None
) -> PartitionSet:
    """What the algorithm answers.

    Raises:
        InputError: it answers something else than partitions, numbered from 0 without a gap.
        PartitionerError: a user's raised something; it says what, and at which of the user's lines.
    """
    try:
        found = cast("object", partitioner.partition(facts, config, witness))
    except Exception as error:
        if isinstance(error, ExplorerError) or (partitioner.scope, partitioner.name) in _OWN:
            raise
        raise PartitionerError(_raised(partitioner, error)) from error
    wrong = wrong_shape(found)
    if wrong:
        raise InputError(f"the {partitioner.scope} partitioner {partitioner.name!r} must return {wrong}")
    return cast("PartitionSet", found)


_PACKAGE = Path(__file__).parents[1]


def _raised(partitioner: Partitioner, error: Exception) -> str:
    """What a partitioner raised, and the innermost line of its author's: not of this package or of an installed one.

    Files of notebook cells are none that a reader knows: there the line is that of the cell.
    """
    words = f"the {partitioner.scope} partitioner {partitioner.name!r} raised {type(error).__name__}: {error}".rstrip(
        ": "
    )
    frames = traceback.extract_tb(error.__traceback__)[1:]
    own = [frame for frame in frames if not _is_library(Path(frame.filename))]
    if not own:
        return words
    last = own[-1]
    path = Path(last.filename)
    is_cell = not path.exists() or "ipykernel" in last.filename
    place = f"line {last.lineno}" if is_cell else f"{path.name}:{last.lineno}"
    return f"{words} (at {place}, in {last.name}: {last.line})"


def _is_library(path: Path) -> bool:
    return path.is_relative_to(_PACKAGE) or "site-packages" in path.parts
