"""A loaded program: its IR, its text, and where each op stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import Location
from iree_explorer.ir.storage import with_ancestors
from iree_explorer.syntax.resources import External
from iree_explorer.syntax.source import Source


@dataclass(frozen=True, repr=False)
class Module:
    """What `parse` returns.

    Attributes:
        op: the module; a text without one is wrapped in one, as `iree-opt` does.
        source: the text it was read from.
        offsets: per op of the text, the place of its name, in characters from the text's start.
        external: what tools left behind the module in its text; it is printed again.
    """

    op: ModuleOp
    source: Source
    offsets: Mapping[Operation, int]
    external: External = field(default_factory=dict[str, Sequence[str]])

    @override
    def __repr__(self) -> str:
        return f"<Module {self.source.name!r}, {len(self.op.body.ops)} ops at its top>"

    def location_of(self, op: Operation) -> Location | None:
        """Where `op`, or else the nearest op around it, stands in the text; None: neither was read from it."""
        offset = next((found for here in with_ancestors(op) if (found := self.offsets.get(here)) is not None), None)
        return None if offset is None else self.source.location(offset)
