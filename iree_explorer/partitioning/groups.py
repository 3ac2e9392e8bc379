"""The short way to an algorithm's answer: groups of ops in, partitions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xdsl.ir import Attribute, Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import affinity_of
from iree_explorer.errors import InputError
from iree_explorer.partitioning.partition import PartitionSet, close_partition


def partitions_of(facts: BlockFacts, groups: Iterable[Iterable[Operation]]) -> PartitionSet:
    """The partitions of these groups of ops, which run in the order given.

    Args:
        facts: about the block of the ops.
        groups: each becomes a partition; one without ops becomes none. The order within a group does not matter. An op
            in several groups is copied into each of them.

    Each partition runs where the first of its ops asks to run that asks for anything. Whether the ops may run together,
    and in this order, is for the pass to say.

    Raises:
        InputError: something in a group is no op of the block.
    """
    in_order = facts.index.__getitem__
    members = [[*dict.fromkeys(group)] for group in groups]
    counts = Counter(op for ops in members for op in ops)
    foreign = next((op for op in counts if op not in facts.index), None)
    if foreign is not None:
        raise InputError(f"a group holds ops of the block, as in facts.ops, not {foreign!r:.80}")
    copied = {op for op, count in counts.items() if count > 1}
    escaped: set[Operation] = set()
    return PartitionSet(
        tuple(
            close_partition(ordinal, ops[::-1], _affinity_of_all(ops), copied, escaped)
            for ordinal, ops in enumerate(sorted(ops, key=in_order) for ops in members if ops)
        )
    )


def _affinity_of_all(ops: Iterable[Operation]) -> Attribute | None:
    return next((affinity for affinity in map(affinity_of, ops) if affinity is not None), None)
