"""Moving ops and redirecting uses, fast and in the order in which MLIR's clone, replace and erase leave use lists.

The one place of the scheduling passes that knows how xDSL stores operands and links ops.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from xdsl.ir import Block, Operation, SSAValue, SSAValues

__all__ = ["Redirection", "erase", "order_block"]


class Redirection:
    """Replaces values in the ops that use them; an op with many replaced operands is rewritten once, by `finish`.

    Between `redirect` and `finish` use lists are right, but the operands of the users are still the old ones.
    """

    def __init__(self) -> None:
        self._operands: dict[Operation, list[SSAValue]] = {}

    def redirect(self, old: SSAValue, new: SSAValue, inside: Block) -> None:
        """Makes `new` what all users of `old` use, but those in the block `inside`.

        # MLIR: Value::replaceAllUsesWith, where the ops inside are clones and so no users of the old value
        """
        following: Any = old.first_use
        while following is not None:
            use, following = following, following._next_use
            user = use._operation
            if user.parent is inside:
                continue
            old.remove_use(use)
            new.add_use(use)
            operands = self._operands.get(user)
            if operands is None:
                operands = self._operands[user] = list(user._operands)
            operands[use._index] = new

    def finish(self) -> None:
        """Rewrites the operands of all users."""
        for user, operands in self._operands.items():
            cast("Any", user)._operands = SSAValues(operands)
        self._operands.clear()


def erase(op: Operation) -> None:
    """Removes an op whose results are not used."""
    assert op.parent is not None
    op.parent.erase_op(op)


def order_block(block: Block, ops: Iterable[Operation]) -> None:
    """Puts the ops of `block`, all of them, in this order."""
    previous: Operation | None = None
    for op in ops:
        links = cast("Any", op)
        links._prev_op = previous
        if previous is None:
            cast("Any", block)._first_op = op
        else:
            cast("Any", previous)._next_op = op
        previous = op
    if previous is not None:
        cast("Any", previous)._next_op = None
    cast("Any", block)._last_op = previous
