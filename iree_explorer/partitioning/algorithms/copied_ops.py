"""Which cheap ops can be copied to whoever uses them, so that nobody has to wait for them."""

from __future__ import annotations

from xdsl.ir import Attribute, Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import affinity_of, users_of_results
from iree_explorer.analysis.values import is_changed_in_place
from iree_explorer.ir.interfaces import StreamableOpInterface, tied_base_value


def is_copied(op: Operation, facts: BlockFacts) -> bool:
    """Whether every region that uses a result of `op` can have its own copy.

    The op must like to be copied, what it reads must stay as it is, and each user must run where it does.
    """
    if not isinstance(op, StreamableOpInterface) or not op.prefer_clone_to_consumers():
        return False
    if any(is_changed_in_place(value) or tied_base_value(value) in facts.changed_storages for value in op.operands):
        return False
    affinity = affinity_of(op)
    if affinity is None:
        return True
    users = (facts.ancestor_of(user) for user in users_of_results(op))
    return all(_runs_with(user, affinity) for user in users if isinstance(user, StreamableOpInterface))


def _runs_with(user: StreamableOpInterface, affinity: Attribute) -> bool:
    own = affinity_of(user)
    if own is not None or user.prefer_clone_to_consumers():
        return own == affinity
    makers = {value.owner for value in user.operands if isinstance(value.owner, Operation)}
    cheap = (
        maker for maker in makers if isinstance(maker, StreamableOpInterface) and maker.prefer_clone_to_consumers()
    )
    return all(affinity_of(maker) in (None, affinity) for maker in cheap)


def is_used_by_host(op: Operation, facts: BlockFacts) -> bool:
    """Whether anything of this block uses a result of `op` that cannot have a copy: what works on the host.

    Work for devices inside the regions of a host op can: it gets a copy there. IREE: rematerialization.
    """
    return any(
        facts.ancestor_of(user) is not None and not isinstance(user, StreamableOpInterface)
        for user in users_of_results(op)
    )
