"""Which op comes first, asked many times while ops are inserted, moved and erased."""

from xdsl.ir import Block, Operation

_GAP = 1 << 20


class Order:
    """Numbers for ops that grow along their block; made when first asked for, and again where no number is left.

    # MLIR: Block.cpp, Block::recomputeOpOrder; Operation.cpp, Operation::updateOrderIfNecessary
    """

    def __init__(self) -> None:
        self._numbers: dict[Operation, int] = {}

    def is_before(self, a: Operation, b: Operation) -> bool:
        """Whether `a` comes before `b`, an op of the same block."""
        self._number(a)
        number = self._number(b)
        return self._numbers[a] < number  # Asked again: numbering `b` may have renumbered all.

    def forget(self, op: Operation) -> None:
        """To be told when `op` leaves its place."""
        self._numbers.pop(op, None)

    def _number(self, op: Operation) -> int:
        known = self._numbers.get(op)
        if known is not None:
            return known
        previous, following = op.prev_op, op.next_op
        low = None if previous is None else self._numbers.get(previous)
        high = None if following is None else self._numbers.get(following)
        if previous is None and high is not None:
            number = high - _GAP
        elif following is None and low is not None:
            number = low + _GAP
        elif low is not None and high is not None and high - low > 1:
            number = (low + high) // 2
        else:
            assert op.parent is not None
            self._renumber(op.parent)
            return self._numbers[op]
        self._numbers[op] = number
        return number

    def _renumber(self, block: Block) -> None:
        for place, op in enumerate(block.ops):
            self._numbers[op] = place * _GAP
