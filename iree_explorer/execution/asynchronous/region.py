"""Where one run of an execution region stands: what whoever watches it may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xdsl.ir import Operation

from iree_explorer.execution.asynchronous.executor import Timepoint
from iree_explorer.execution.asynchronous.region_code import RegionCode
from iree_explorer.execution.code.steps import Frame


@dataclass(eq=False)
class Region:
    """One run of a region: it waits for a timepoint, goes through its items, reaches its own timepoint.

    Attributes:
        number: by issue.
        code: what it runs.
        frame: its values, by the slots of the code's layout.
        timepoint: reached at its end.
        awaited: what it starts after; None: at once.
        next_place: of the item that is next.
        words: where ops are, see `Run.words`.
    """

    number: int
    code: RegionCode
    frame: Frame
    timepoint: Timepoint
    awaited: Timepoint | None = None
    next_place: int = 0
    words: Mapping[Operation, str] = field(default_factory=dict[Operation, str])
