"""Two schedules side by side, as a value: which ops went elsewhere, and what each schedule comes to in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from typing_extensions import override

from iree_explorer.exploration.comparing.differences import OpDifference
from iree_explorer.exploration.comparing.table import Row, figure_row, table_text
from iree_explorer.exploration.explored import Explored
from iree_explorer.graph.figures import Figures

if TYPE_CHECKING:
    from iree_explorer.exploration.comparing.measure import Measured

SHOWN = 40
"""Ops in the text of a comparison; a longer list says how many more there are."""


@dataclass(frozen=True)
class Compared:
    """Two explorations, op by op.

    Attributes:
        before, after: the two.
        names: what a reader calls them; what they were scheduled with, where that tells them apart.
        ops: id of an op before → id of the same op after.
        differences: the ops whose region, wave, affinity or number of copies differs, in text order; partitions and
            waves are numbered by each schedule as it likes, so those that share most ops count as the same.
        measured: of runs of both; None: they were not run.
    """

    before: Explored
    after: Explored
    names: tuple[str, str]
    ops: Mapping[int, int] = field(repr=False)
    differences: tuple[OpDifference, ...]
    measured: Measured | None = None

    @cached_property
    def figures(self) -> tuple[Figures, Figures]:
        """Static figures of both, over all functions."""
        return figures(self.before), figures(self.after)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All figures as a table."""
        # A program that was refused has no schedule: what its partitions come to is no figure of one.
        before, after = (
            None if exploration.refusal is not None else found
            for exploration, found in zip((self.before, self.after), self.figures, strict=True)
        )
        rows = [
            figure_row(name, _figure(before, key), _figure(after, key), is_bytes=key == "peak_bytes")
            for name, key in _FIGURES
        ]
        return (*rows, *(self.measured.rows() if self.measured else ()))

    def to_text(self) -> str:
        """The figures as a table, then the ops that differ."""
        lines = [*table_text(self.names, self.rows)]
        count = len(self.differences)
        lines += ["", f"{count} op{'' if count == 1 else 's'} placed differently" + (":" if count else "")]
        for function, group in groupby(self.differences[:SHOWN], lambda difference: difference.function):
            lines += [f"  in @{function}:", *(f"    {difference}" for difference in group)]
        if count > SHOWN:
            lines.append(f"  and {count - SHOWN} more")
        for name, exploration in zip(self.names, (self.before, self.after), strict=True):
            if exploration.refusal is not None:
                lines += ["", f"{name} was refused: {exploration.refusal}"]
        return "\n".join(lines) + "\n"

    @override
    def __repr__(self) -> str:
        return f"<Comparison of {self.before.title!r}\n{self.to_text()}>"


_FIGURES = (
    ("regions", "regions"),
    ("waves", "waves"),
    ("widest wave", "widest"),
    ("critical path", "critical_path"),
    ("peak bytes", "peak_bytes"),
    ("awaits", "awaits"),
    ("copies", "copies"),
    ("ops in regions", "ops"),
)
_OF_WAVES = frozenset({"waves", "widest"})


def _figure(found: Figures | None, key: str) -> int | None:
    """None: there is no such figure. A schedule without waves, as `debug` makes it, is not one of none: its ops run one by one."""
    if found is None or (key in _OF_WAVES and found.waves == 0 < found.ops):
        return None
    return getattr(found, key)


def figures(exploration: Explored) -> Figures:
    """Static figures of a schedule, over all functions."""
    return sum(exploration.figures, Figures())
