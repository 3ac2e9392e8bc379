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
        region = _insertion_region(op)
        known = self._scopes.setdefault(region, {})
        key = op.name.partition(".")[0], attribute_key(value), op.results[0].type
        if key in known:
            self._rewriter.replace_op(op, known[key].results)
            return False
        self._hoist(op, region.blocks[0])
        known[key] = op
        self._owned.add(op)
        return True

    def _hoist(self, op: Operation, block: Block) -> None:
        """Moves `op` to the start of `block`, unless it is there already or follows constants that are."""
        first = block.first_op
        if op.parent is block and (first is op or op.prev_op in self._owned):
            return
        assert first is not None
        self._rewriter.move_before(op, first)


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
