"""Replacing operands in place, in the order in which MLIR would: the order of a value's uses shows in the text.

A use that is set anew becomes the first of its value's use list, in xDSL as in MLIR. xDSL stores the operands of an op as
a tuple, so single replacements in an op of n operands cost n each; these functions build the tuple once for all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from xdsl.ir import Operation, SSAValue, Use

from iree_explorer.ir.storage import move_use, operand_uses_of, operands_of, store_operands, users_of, uses_of


def set_operands(op: Operation, changes: Mapping[int, SSAValue]) -> None:
    """Makes `changes[i]` operand number `i` of `op`; the other operands keep their place in their use lists."""
    operands, uses = list(operands_of(op)), operand_uses_of(op)
    for index, value in changes.items():
        move_use(uses[index], operands[index], value)
        operands[index] = value
    store_operands(op, operands)


def replace_uses(replacements: Iterable[tuple[SSAValue, SSAValue]], spared: Operation | None = None) -> list[Operation]:
    """Replaces each value by its other in all ops but `spared`; returns the users, one for each use, in MLIR's order.

    # MLIR: PatternMatch.cpp, RewriterBase::replaceAllUsesWith, replaceAllUsesExcept
    """
    users: list[Operation] = []
    operands: dict[Operation, list[SSAValue]] = {}
    for old, new in replacements:
        if old is new:
            users += users_of(old)
            continue
        for use in uses_of(old):
            user = use.operation
            if user is spared:
                continue
            move_use(use, old, new)
            if user not in operands:
                operands[user] = list(operands_of(user))
            operands[user][use.index] = new
            users.append(user)
        if new.name_hint is None:
            new.name_hint = old.name_hint
    for user, values in operands.items():
        store_operands(user, values)
    return users


def turn_uses(value: SSAValue) -> None:
    """Turns the list of the value's uses around, as replacing the value by another does."""
    for use in uses_of(value):
        move_use(use, value, value)


def has_uses(op: Operation) -> bool:
    """Whether anything uses a result of `op`."""
    for result in op.results:  # noqa: SIM110  (asked of every op again and again, and a generator takes twice as long)
        if result.first_use is not None:
            return True
    return False


def has_other_users(value: SSAValue, op: Operation) -> bool:
    """Whether an op other than `op` uses `value`."""
    use: Any = value.first_use  # Not `users_of`: a constant may have a hundred thousand.
    while use is not None:
        if use._operation is not op:
            return True
        use = use._next_use
    return False


_NEAR = 16
_SAMPLE = 64


class UserCounts:
    """Tells which values have several users, asked again and again while users go.

    A region op may use a value thousands of times in a row, and what is behind these uses in the list is far away. So
    some uses found there are kept in mind, and count as long as they stand.
    """

    def __init__(self) -> None:
        self._samples: dict[SSAValue, list[Use]] = {}

    def has_two_other_users(self, value: SSAValue, op: Operation) -> bool:
        """Whether two or more ops other than `op` use `value`.

        # MLIR: GreedyPatternRewriteDriver::addOperandsToWorklist (its comment says at most 2 users, of which `op` is one)
        """
        other: Operation | None = None
        use: Any = value.first_use
        for _ in range(_NEAR):
            if use is None:
                return False
            user = use._operation
            if user is not op and user is not other:
                if other is not None:
                    return True
                other = user
            use = use._next_use
        return self._has_two_far_users(value, op)

    def _has_two_far_users(self, value: SSAValue, op: Operation) -> bool:
        known = [use for use in self._samples.get(value, ()) if _stands(use, value)]
        if sum(use.operation is not op for use in known) < 2:
            known = _uses_by_others(value, op)
        self._samples[value] = known
        return sum(use.operation is not op for use in known) >= 2


def _uses_by_others(value: SSAValue, op: Operation) -> list[Use]:
    """A use of `value` by each op other than `op`, of so many ops at most."""
    found: dict[int, Use] = {}
    for use in value.uses:
        if use.operation is not op:
            found.setdefault(id(use.operation), use)
            if len(found) == _SAMPLE:
                break
    return list(found.values())


def _stands(use: Use, value: SSAValue) -> bool:
    """Whether `use`, once a use of `value`, still is one."""
    uses = operand_uses_of(use.operation)
    return use.index < len(uses) and uses[use.index] is use and operands_of(use.operation)[use.index] is value
