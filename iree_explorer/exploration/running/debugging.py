"""A debugged run for a reader of the page: where it stands, in the document's numbers, and its values in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from iree_explorer.exploration.functions import public_functions
from iree_explorer.exploration.running.runs import (
    Json,
    failure_json,
    numbers_json,
    result_json,
    timeline_json,
)
from iree_explorer.partitioning.trace.regions import function_name

if TYPE_CHECKING:
    from iree_explorer.execution import Debugger
    from iree_explorer.execution.debugging.inspection import LiveValue
    from iree_explorer.execution.debugging.stepper import Unit
    from iree_explorer.exploration.explored import Explored

MOST_VALUES = 60
"""Values that a page is told of at one stop."""

MOST_SPANS = 400
"""Ops of the timeline that a page is told of while the run goes on: the last."""

_PREVIEW = 6


def total_ops(exploration: Explored, function: str) -> int:
    """Ops on resources in a call of a function of the schedule and in the initializers before it.

    0 where branches, loops or calls decide.
    """
    from iree_explorer.execution.observing.progress import expected_ops

    module = exploration.scheduled.module
    called = [op for op in module.op.body.block.ops if op.name == "util.initializer"]
    called += [op for op in public_functions(module) if function_name(op) == function]
    counts = [expected_ops(op) for op in called]
    return 0 if None in counts else sum(count or 0 for count in counts)


class DebuggedRun:
    """A session as the page shows it.

    Args:
        exploration: whose schedule it runs.
        function: that runs.
        session: stands still whenever this is asked.
    """

    def __init__(self, exploration: Explored, function: str, session: Debugger) -> None:
        self.session = session
        self.function = function
        self._exploration = exploration
        self._total = total_ops(exploration, function)
        self._numbers = {op: number for number, op in enumerate(exploration.scheduled.module.op.walk())}
        self._ids = exploration.op_ids()
        self._known: dict[str, tuple[object, Json]] = {}

    def break_on(self, ops: Iterable[int]) -> None:
        """Stops before these ops, by their ids in the document, and nowhere else."""
        wanted = frozenset(ops)
        self.session.clear()
        if wanted:
            self.session.break_at(lambda unit: not unit.is_end and not wanted.isdisjoint(self._ids_of(unit)))

    def _ids_of(self, unit: Unit | None) -> tuple[int, ...]:
        return () if unit is None else self._ids.get(self._numbers.get(unit.op, -1), ())

    def to_json(self) -> Json:
        """Where it stands: `debug` of the page's types."""
        stop = self.session.stop
        spans = self.session.timeline
        last, following = self._ids_of(stop.last), self._ids_of(stop.next)
        return {
            "reason": stop.reason,
            "message": stop.message,
            "op": following[0] if following else -1,
            "last": last[0] if last else -1,
            "done": len(spans.spans),
            "total": self._total,
            "where": str(self.session.where()),
            "values": self._values(),
            "timeline": timeline_json(self._exploration, spans.tail(MOST_SPANS)),
        }

    def result_json(self) -> Json | None:
        """What the page shows of the run once it is over, `run` of its types; None before."""
        if self.session.result is not None:
            return result_json(self._exploration, self.function, self.session.result)
        error = self.session.error
        return None if error is None else failure_json(self._exploration, self.function, error)

    def _values(self) -> list[Json]:
        values = self.session.inspector.values()
        shown = [self._value(value) for value in values[:MOST_VALUES]]
        left_out = len(values) - len(shown)
        if left_out > 0:
            shown.append({"name": "…", "type": "", "note": f"{left_out} more", "text": "", "min": None, "max": None})
        return shown

    def _value(self, value: LiveValue) -> Json:
        """A value, looked at again only where an op has written to its bytes."""
        import numpy as np

        key = (value.state, value.type, value.note)
        known = self._known.get(value.name)
        if known is not None and known[0] == key:
            return known[1]
        first = value.array.reshape(-1)[:_PREVIEW]
        text = np.array2string(first, precision=4, separator=", ")
        found = {
            "name": value.name,
            "type": value.type,
            "note": value.note,
            "text": text if value.array.size <= _PREVIEW else text[:-1] + ", …]",
            "nan": value.nan_count,
            "inf": value.infinite_count,
            **numbers_json(value.array),
        }
        self._known[value.name] = (key, found)
        return found
