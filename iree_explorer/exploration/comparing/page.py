"""A comparison as the page shows it beside the document of the run before: the other run's, aligned texts and graphs, figures and differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iree_explorer.exploration.comparing.aligned_graphs import aligned_graphs
from iree_explorer.exploration.comparing.compared import Compared
from iree_explorer.exploration.edits import Text, gaps

Json = dict[str, Any]
Hunk = list[int]
"""`[start before, end before, start after, end after]`: these lines differ."""

_NAME = re.compile(r"%[\w$.-]+")


def comparison_json(comparison: Compared) -> Json:
    """What `comparison` of the document's schema describes."""
    before, after = comparison.before, comparison.after
    identical = all(old == new for old, new in comparison.ops.items())
    return {
        "names": list(comparison.names),
        "rows": [{"name": r.name, "before": r.before, "after": r.after, "change": r.change} for r in comparison.rows],
        "ops": None if identical else sorted(map(list, comparison.ops.items())),
        "differences": list(_differences(comparison)),
        "hunks": list(hunks(before.lines_after, after.lines_after, comparison.ops)),
        "graphs": list(aligned_graphs(comparison)),
        "other": after.packed,
    }


def _differences(comparison: Compared) -> Iterator[Json]:
    for difference in comparison.differences:
        before, after = difference.places()
        yield {
            "ops": [difference.before_op, difference.after_op],
            "function": difference.function,
            "label": difference.label,
            "differs": list(difference.differs),
            "before": before,
            "after": after,
        }


def hunks(before: Text, after: Text, ops: Mapping[int, int]) -> Iterator[Hunk]:
    """Where two texts differ, in order; lines of one op that differ in names only stand beside each other."""
    whole = gaps([(line, 0) for line, _ in before], [(line, 0) for line, _ in after])
    for old_start, old_end, new_start, new_end in whole:
        old = [(_NAME.sub("%", line.strip()), ops.get(op, -1)) for line, op in before[old_start:old_end]]
        new = [(_NAME.sub("%", line.strip()), op) for line, op in after[new_start:new_end]]
        yield from _paired(list(gaps(old, new)), (old_start, old_end, new_start, new_end))


def _paired(inner: Sequence[tuple[int, int, int, int]], place: tuple[int, int, int, int]) -> Iterator[Hunk]:
    """The gaps inside of a hunk, and the lines between them, each beside its counterpart."""
    old_start, old_end, new_start, new_end = place
    at_old, at_new = 0, 0
    for a, b, c, d in [*inner, (old_end - old_start,) * 2 + (new_end - new_start,) * 2]:
        for k in range(a - at_old):
            yield [
                old_start + at_old + k,
                old_start + at_old + k + 1,
                new_start + at_new + k,
                new_start + at_new + k + 1,
            ]
        if b > a or d > c:
            yield [old_start + a, old_start + b, new_start + c, new_start + d]
        at_old, at_new = b, d
