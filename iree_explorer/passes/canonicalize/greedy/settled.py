"""Where rules need not be tried again: at ops where they failed, and near which nothing has changed since.

MLIR visits all ops in each round, and a region op whenever anything in it changes. Most visits find nothing; those rules that
say how far they look (`Pattern.is_near`) are spared these.
"""

from __future__ import annotations

from xdsl.ir import Operation, Region


class Settled:
    """The ops at which all near patterns failed, with nothing changed near them since.

    Near an op are its own operands and properties, which kinds of ops make the operands, and all that is in its regions.

    Args:
        scope: the region in which ops are rewritten.

    Attributes:
        ids: of these ops, all of which stand in the IR.
    """

    def __init__(self, scope: Region) -> None:
        self.ids: set[int] = set()
        self._scope = scope

    def changed(self, op: Operation) -> None:
        """To be told when `op` has come, has got other operands or properties, or is about to go."""
        ids, scope = self.ids, self._scope
        current: Operation | None = op
        while current is not None:
            ids.discard(id(current))
            block = current.parent
            region = None if block is None else block.parent
            current = None if region is None or region is scope else region.parent
