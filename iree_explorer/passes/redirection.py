"""Redirecting uses, fast and in the order in which MLIR's clone, replace and erase leave use lists."""

from __future__ import annotations

from xdsl.ir import Block, Operation, SSAValue

from iree_explorer.ir.storage import move_use, operands_of, store_operands, uses_of


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
        for use in uses_of(old):
            user = use.operation
            if user.parent is inside:
                continue
            move_use(use, old, new)
            operands = self._operands.get(user)
            if operands is None:
                operands = self._operands[user] = list(operands_of(user))
            operands[use.index] = new

    def finish(self) -> None:
        """Rewrites the operands of all users."""
        for user, operands in self._operands.items():
            store_operands(user, operands)
        self._operands.clear()
