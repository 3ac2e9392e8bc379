"""Runs a partitioning algorithm on a block, and tells whose fault it is where one of a user goes wrong."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from xdsl.ir import Block, Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import ExplorerError, InputError, PartitionerError
from iree_explorer.ir.storage import operands_of, type_of
from iree_explorer.partitioning.partition import PartitionSet, numbered, wrong_shape
from iree_explorer.partitioning.partitioner import Config, Partitioner, is_built_in

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness


def run_partitioner(
    partitioner: Partitioner, facts: BlockFacts, config: Config, function: Operation, witness: Witness | None
) -> PartitionSet:
    """Partitions a block of `function`; partitions are numbered as they run, whatever number the algorithm gave them.

    The witness is told all that led to the answer, between `Began` and `Ended`, once there is one.

    Raises:
        InputError: the algorithm answers something else than partitions, numbered from 0 without a gap.
        PartitionerError: a user's raised something (it says what, and at which of the user's lines), or changed the program.
    """
    if witness is None:
        return numbered(_ask(partitioner, facts, config, None))
    from iree_explorer.partitioning.telling import Telling

    telling = Telling(witness, checks=not is_built_in(partitioner))
    telling.begin(partitioner, facts, config, function)
    partitions = _ask(partitioner, facts, config, telling)
    telling.end(partitions)
    return numbered(partitions)


def _ask(partitioner: Partitioner, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
    """What the algorithm answers, if it is partitions numbered from 0 without a gap."""
    if is_built_in(partitioner):
        return partitioner.partition(facts, config, witness)
    before = _state(facts.block)
    try:
        found = partitioner.partition(facts, config, witness)
    except ExplorerError:
        raise
    except Exception as error:
        raise PartitionerError(_raised(partitioner, error)) from error
    if _state(facts.block) != before:
        raise PartitionerError(f"{_called(partitioner)} changed the program, which it may only read")
    wrong = wrong_shape(found)
    if wrong:
        raise InputError(f"{_called(partitioner)} must return {wrong}")
    return found


def _called(partitioner: Partitioner) -> str:
    return f"the {partitioner.scope} partitioner {partitioner.name!r}"


def _state(block: Block) -> list[tuple[object, ...]]:
    """What a careless algorithm could change of the ops of the block and those nested in them, an entry each."""
    return [
        (op, operands_of(op), [*map(type_of, op.results)], dict(op.properties), dict(op.attributes))
        for op in block.walk()
    ]


_PACKAGE = Path(__file__).parents[1]


def _raised(partitioner: Partitioner, error: Exception) -> str:
    """What a partitioner raised, and the innermost line of its author's: not of this package or of an installed one.

    Files of notebook cells are none that a reader knows: there the line is that of the cell.
    """
    words = f"{_called(partitioner)} raised {type(error).__name__}: {error}".rstrip(": ")
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_library(Path(frame.filename))]
    if not own:
        return words
    last = own[-1]
    path = Path(last.filename)
    is_cell = not path.exists() or "ipykernel" in last.filename
    place = f"line {last.lineno}" if is_cell else f"{path.name}:{last.lineno}"
    return f"{words} (at {place}, in {last.name}: {last.line})"


def _is_library(path: Path) -> bool:
    return path.is_relative_to(_PACKAGE) or "site-packages" in path.parts
