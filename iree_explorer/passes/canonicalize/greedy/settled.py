"""Where rules need not be tried again: at ops where they failed, and near which nothing has changed since.

MLIR visits all ops in each round, a region op whenever anything in it changes, and all ops of a block that is merged into
another. Most visits find nothing; those rules that say how far they look are spared these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from xdsl.ir import Operation, OpResult, Region

from iree_explorer.ir.storage import operands_of


class Reach(Protocol):
    """How far the rules of a class of ops look."""

    @property
    def looks_back(self) -> bool:
        """Whether all of them look at nothing but the op and what makes its operands; see `OpRules.looks_back`."""
        ...


class Settled:
    """The ops at which rules failed, with nothing changed since that these look at.

    Near patterns look at what is near an op: its own operands and properties, which kinds of ops make the operands, and all that is
    in its regions.

    Args:
        scope: the region in which ops are rewritten.
        facts: what is known of each class of ops.

    Attributes:
        ids: of the ops at which all near patterns failed, all of which stand in the IR.
    """

    def __init__(self, scope: Region, facts: Mapping[type[Operation], Reach]) -> None:
        self.ids: set[int] = set()
        self._scope = scope
        self._facts = facts
        self._changes = 0
        self._changed_at: dict[int, int] = {}
        self._quiet_since: dict[int, int] = {}

    def clear(self) -> None:
        """To be told after changes that `changed` was not told of."""
        self.ids.clear()
        self._quiet_since.clear()

    def changed(self, op: Operation) -> None:
        """To be told when `op` has come, has got other operands or properties, or is about to go."""
        ids, scope = self.ids, self._scope
        self._changes += 1
        self._changed_at[id(op)] = self._changes
        self._quiet_since.pop(id(op), None)
        current: Operation | None = op
        while current is not None:
            ids.discard(id(current))
            block = current.parent
            region = None if block is None else block.parent
            current = None if region is None or region is scope else region.parent

    def is_quiet(self, op: Operation) -> bool:
        """Whether all rules of an op whose class looks back have failed, and would fail again."""
        since = self._quiet_since.get(id(op))
        if since is None:
            return False
        changed_at, facts = self._changed_at, self._facts
        for operand in operands_of(op):
            if type(operand) is not OpResult:
                continue
            maker = operand.op
            if changed_at.get(id(maker), 0) > since:
                return False
            if not facts[type(maker)].looks_back:
                continue
            for behind in operands_of(maker):
                if type(behind) is OpResult and changed_at.get(id(behind.op), 0) > since:
                    return False
        return True

    def quieten(self, op: Operation) -> None:
        """To be told when all rules of an op whose class looks back have failed."""
        self._quiet_since[id(op)] = self._changes
