"""One op for each constant of a region. # MLIR: FoldUtils.cpp, OperationFolder."""

from __future__ import annotations

from collections.abc import Hashable

from xdsl.ir import Attribute, Block, Operation, Region
from xdsl.traits import IsolatedFromAbove

from iree_explorer.passes.canonicalize.facts.constants import attribute_key
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


class ConstantUniquer:
    """Keeps one op for each constant of an isolated region, at the start of the region's first block.

    It lives for one round of the driver: constants made in a round are made unique in the next.

    # MLIR: FoldUtils.cpp, OperationFolder::insertKnownConstant
    """

    def __init__(self, rewriter: Rewriter) -> None:
        self._rewriter = rewriter
        self._owned: set[Operation] = set()
        self._scopes: dict[Region, dict[Hashable, Operation]] = {}

    def insert(self, op: Operation, value: Attribute) -> bool:
        """Takes in the constant `op`; False: there was such a constant already, which has replaced `op`."""
        known, key, start = self._scope_of(op, value)
        if key in known:
            self._rewriter.replace_op(op, known[key].results)
            return False
        if not self._is_at(op, start):
            assert start.first_op is not None
            self._rewriter.move_before(op, start.first_op)
        known[key] = op
        self._owned.add(op)
        return True

    def keep(self, op: Operation, value: Attribute) -> bool:
        """Takes in the constant `op` where that changes nothing; False: it is to be replaced or moved, and is not taken in."""
        known, key, start = self._scope_of(op, value)
        if key in known or not self._is_at(op, start):
            return False
        known[key] = op
        self._owned.add(op)
        return True

    def _scope_of(self, op: Operation, value: Attribute) -> tuple[dict[Hashable, Operation], Hashable, Block]:
        """The constants that there are where `op` belongs, the one that it is, and the block at whose start they stand."""
        region = _insertion_region(op)
        key = op.name.partition(".")[0], attribute_key(value), op.results[0].type
        return self._scopes.setdefault(region, {}), key, region.blocks[0]

    def _is_at(self, op: Operation, block: Block) -> bool:
        """Whether `op` is at the start of `block`, or follows constants that are."""
        return op.parent is block and (block.first_op is op or op.prev_op in self._owned)


def _insertion_region(op: Operation) -> Region:
    """The innermost region around `op` whose op is isolated from above. # MLIR: FoldUtils.cpp, getInsertionRegion."""
    region = op.parent_region()
    while True:
        assert region is not None
        parent = region.parent
        assert parent is not None
        if parent.has_trait(IsolatedFromAbove) or parent.parent is None:
            return region
        region = parent.parent.parent
