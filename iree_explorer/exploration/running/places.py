"""Where the ops of a run stand, in the words of the graphs: a run itself only counts the regions that it issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from iree_explorer.graph.model import NOWHERE

if TYPE_CHECKING:
    from xdsl.ir import Operation

    from iree_explorer.exploration.explored import Explored


def place_words(exploration: Explored, function: str) -> dict[int, str]:
    """Number of an op in the scheduled module (in pre-order) → its region and wave, of region ops and what they hold.

    `partition 1, wave 0`; in functions other than the one that runs `partition 1 of @setup, wave 0`.
    """
    found: dict[int, str] = {}
    for number, (owner, label, wave) in exploration.region_places().items():
        region = label if owner == function else f"{label} of @{owner}"
        found[number] = region if wave == NOWHERE else f"{region}, wave {wave}"
    return found


def place_of(exploration: Explored, function: str) -> Callable[[Operation], str]:
    """The same of the ops themselves; empty where an op is in no region."""
    words = place_words(exploration, function)
    known = {op: words.get(number, "") for number, op in enumerate(exploration.scheduled.module.op.walk())}
    return lambda op: known.get(op, "")
