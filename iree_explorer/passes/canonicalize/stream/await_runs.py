"""Waits for one timepoint, grouped at once where the driver would group them one by one, each time into a larger wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.stream.resource_ops import ResourceSubviewOp
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp
from iree_explorer.ir.storage import operands_of, users_of
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


def run_above(group: Sequence[TimepointAwaitOp], rewriter: Rewriter) -> list[TimepointAwaitOp]:
    """The waits right above `group`, nearest first, that are visited next and would each take in all below it.

    Nothing between these visits can tell whether all were merged at once: one op, for which there are no rules, uses all
    results, so nothing sinks and only that op and the merged wait are seen again; no rule matches the merged wait; what
    makes the operands is on the list already, and stays where it is.

    Args:
        group: the waits that are about to be merged, in their order; the first is the op that is visited.
        rewriter: knows what is visited next.
    """
    first = group[0]
    user = _only_user(group)
    if user is None or rewriter.counts_rewrites or not _stays_above(group, user, rewriter):
        return []
    resources: set[SSAValue] = set()
    if not all(_is_plain(each, resources, rewriter) for each in group):
        return []
    run: list[TimepointAwaitOp] = []
    below = first
    for above in rewriter.work.upcoming():
        if (
            not isinstance(above, TimepointAwaitOp)
            or above.next_op is not below
            or above.await_timepoint is not first.await_timepoint
            or _only_user((above,)) is not user
            or not _is_plain(above, resources, rewriter)
        ):
            break
        run.append(above)
        below = above
    return run


def _only_user(awaits: Iterable[Operation]) -> Operation | None:
    """The op that uses results of each of the waits; None: there is none, or other ops use some, too."""
    only: Operation | None = None
    for each in awaits:
        users = {user for result in each.results for user in users_of(result)}
        if len(users) != 1 or (only is not None and only not in users):
            return None
        (only,) = users
    return only


def _stays_above(group: Sequence[TimepointAwaitOp], user: Operation, rewriter: Rewriter) -> bool:
    """Whether the waits are above `user` in a block of the scope, and visits do nothing to `user`."""
    block = user.parent
    return (
        block is not None
        and block is group[0].parent
        and block.parent is rewriter.scope
        and rewriter.facts[type(user)].is_inert
        and rewriter.order.is_before(group[-1], user)
    )


def _is_plain(op: TimepointAwaitOp, resources: set[SSAValue], rewriter: Rewriter) -> bool:
    """Whether `op` waits for none of `resources`, to which its own are added, nor twice for one, nor for a part of one.

    And all that makes its operands is still to be visited.
    """
    for resource in op.resource_operands:
        if resource in resources or isinstance(definition(resource), ResourceSubviewOp):
            return False
        resources.add(resource)
    makers = map(definition, operands_of(op))
    return op.sync is None and all(maker is None or rewriter.work.is_pending(maker) for maker in makers)


def uses_turned(run: Sequence[TimepointAwaitOp], group: Sequence[TimepointAwaitOp]) -> list[TimepointAwaitOp]:
    """The waits whose results would be replaced an even number of times, one by one.

    Each time, the uses of a result turn around in its list. All of `group` are replaced with each of `run` and once before.
    """
    turned = [each for number, each in enumerate(run) if (len(run) - number) % 2 == 0]
    return turned if len(run) % 2 == 0 else [*turned, *group]
