"""What a call gave, and how it shows itself."""

from dataclasses import dataclass
from html import escape
from typing import Any, Final

from typing_extensions import override

from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.execution.values.elements import Element
from iree_explorer.execution.values.text import format_result

_MOST: Final = 32
"""Elements that are shown of an output."""


@dataclass(frozen=True, slots=True, repr=False)
class RunResult:
    """What a call gave; a notebook shows the outputs and a Gantt chart.

    Attributes:
        outputs: arrays, and numpy scalars for results that are no tensors.
        timeline: what ran when.
        elements: the element type of each output, which numpy's dtype does not always tell (`i4`).
    """

    outputs: tuple[Any, ...]
    timeline: Timeline
    elements: tuple[Element | None, ...] = ()

    @override
    def __repr__(self) -> str:
        return "\n".join(["<RunResult", *self._told(), f"{self.timeline.summary}>"])

    def _repr_html_(self) -> str:
        outputs = "".join(f"<pre>{escape(text)}</pre>" for text in self._told())
        return f"<div>{outputs}<p>{escape(self.timeline.summary)}</p>{self.timeline.to_svg()}</div>"

    def _told(self) -> list[str]:
        """The outputs as `iree-run-module` prints them, of large ones the beginning."""
        elements = self.elements or (None,) * len(self.outputs)
        pairs = zip(self.outputs, elements, strict=True)
        return [format_result(number, value, element, _MOST) for number, (value, element) in enumerate(pairs)]
