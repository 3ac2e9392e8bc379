"""What a round of the driver finds before it changes anything: the ops to visit, and what there is to clean up first."""

from __future__ import annotations

from collections.abc import Container, Sequence

from xdsl.ir import Operation, Region

from iree_explorer.ir.interfaces.control_flow import has_graph_regions
from iree_explorer.ir.storage import blocks_of, ops_of
from iree_explorer.passes.canonicalize.greedy.rules import RuleBook


class Survey:
    """All ops of a region and of those in it that a visit may do something to, last to visit first.

    An op that has regions is listed behind the first op in them.

    Args:
        region: the region.
        book: the rules of ops.
        settled: ids of ops at which near patterns failed, with nothing changed since.

    Attributes:
        ops: the ops.
        restless: the places in `ops` of those to which a visit may do something, as long as it does nothing to those below.
        constants: the constants among them, in order.
        has_branches: whether any region has several blocks.
        is_simple: whether all regions have one block, in which values are made above their users.
        has_dead: whether nothing uses an op that could then be erased.
    """

    def __init__(self, region: Region, book: RuleBook, settled: Container[int]) -> None:
        self.ops: list[Operation | None] = []
        self.restless: list[int] = []
        self.constants: list[Operation] = []
        self.has_branches = False
        self.is_simple = True
        self.has_dead = False
        self._book = book
        self._settled = settled
        self._around: list[Operation] = []  # Ops around the region that is looked at, without those listed.
        self._look_at(region)

    @property
    def is_all_live(self) -> bool:
        """True only where every region has one block and nothing in it is dead.

        In one block a value's users come after it. So if each op that could die is used at all, the users of its users lead
        to an op that cannot.
        """
        return self.is_simple and not self.has_dead

    def _look_at(self, region: Region) -> None:
        has_branches = region.first_block is not region.last_block
        self.has_branches |= has_branches
        self.is_simple = self.is_simple and not (has_branches or has_graph_regions(region.parent))
        for block in blocks_of(region):
            plain: list[Operation] = []
            for op in ops_of(block):
                if not op.regions:
                    plain.append(op)
                    continue
                self._list(plain)
                plain.clear()
                self._around.append(op)
                for nested in op.regions:
                    self._look_at(nested)
                if self._around and self._around[-1] is op:
                    self._list([self._around.pop()])
            self._list(plain)

    def _list(self, ops: Sequence[Operation]) -> None:
        """Lists ops of one block in a row, and after the first of them those around the block."""
        if self._around and ops:
            ops = [ops[0], *reversed(self._around), *ops[1:]]
            self._around.clear()
        book, settled, listed, restless = self._book, self._settled, self.ops, self.restless
        for op in ops:
            rules = book[type(op)]
            if rules.is_inert:
                continue
            for result in op.results:
                if result.first_use is not None:
                    is_at_rest = rules.rests and id(op) in settled
                    break
            else:
                is_at_rest = rules.rests_unused and id(op) in settled
                if rules.may_die and rules.is_trivially_dead(op):
                    self.has_dead = True
            if not is_at_rest:
                restless.append(len(listed))
                if rules.is_constant:
                    self.constants.append(op)
            listed.append(op)
