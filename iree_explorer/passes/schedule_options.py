"""What scheduling is asked for, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iree_explorer.partitioning.config import (
    DEFAULT_FAVOR,
    DEFAULT_PARTITIONER,
    SCOPES,
    Scope,
    favor_named,
    scopes_named,
)
from iree_explorer.partitioning.partitioner import find_partitioner
from iree_explorer.passes.operation_pass import OperationPass
from iree_explorer.passes.pipeline import Pipeline, function_by_function
from iree_explorer.passes.schedule_concurrency import ScheduleConcurrencyPass
from iree_explorer.passes.schedule_execution import ScheduleExecutionPass


@dataclass(frozen=True, slots=True)
class ScheduleOptions:
    """What to run, and what holds where the program itself says nothing.

    Attributes:
        passes: some of `execution` and `concurrency`; they run in this order, whatever order is given.
        favor: what partitioning prefers: `debug`, `min-peak-memory` or `max-concurrency`.
        execution, concurrency: names of partitioners.

    Raises:
        InputError: a name is unknown.
    """

    passes: tuple[Scope, ...] = SCOPES
    favor: str = DEFAULT_FAVOR.value
    execution: str = DEFAULT_PARTITIONER
    concurrency: str = DEFAULT_PARTITIONER

    @staticmethod
    def of(passes: str | Sequence[str], favor: str | None, execution: str, concurrency: str) -> ScheduleOptions:
        """What a user asks for: `passes` may be names with commas between them, `favor` None is the default."""
        return ScheduleOptions(scopes_named(passes), favor or DEFAULT_FAVOR.value, execution, concurrency)

    def __post_init__(self) -> None:
        scopes_named(self.passes)
        favor_named(self.favor)
        find_partitioner("execution", self.execution)
        find_partitioner("concurrency", self.concurrency)

    def pipeline(self) -> Pipeline:
        """The passes, as `iree-opt` runs them."""
        chosen: list[OperationPass] = []
        if "execution" in self.passes:
            chosen.append(ScheduleExecutionPass(self.execution, self.favor))
        if "concurrency" in self.passes:
            chosen.append(ScheduleConcurrencyPass(self.concurrency, self.favor))
        return function_by_function(*chosen)
