"""Which regions wait for others though they use nothing that these make: one of the two changes storage that both use.

IREE's reference partitioner leaves that to whoever made the program; partitioners that know no better than to cut it do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import Operation, SSAValue

from iree_explorer.dialects.interfaces import StreamableOpInterface, TiedOpInterface, tied_base_value
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.partitioning.partition import Partition

__all__ = ["conflicting"]


def conflicting(partitions: Iterable[Partition]) -> list[list[int]]:
    """For each partition, by place, the places of earlier ones that it has to wait for: each the last of its way.

    What it waits for anyway, as it takes in what they make, is left out.
    """
    used: list[dict[SSAValue, bool]] = []
    before: list[set[int]] = []
    makers: dict[SSAValue, int] = {}
    found: list[list[int]] = []
    for place, partition in enumerate(partitions):
        touched = _touched(partition.ops)
        known = {makers[value] for value in partition.ins if value in makers}
        known = known.union(*(before[other] for other in known))
        waits: list[int] = []
        for other in reversed(range(place)):
            if other not in known and _conflict(used[other], touched):
                waits.append(other)
                known |= {other, *before[other]}
        found.append(waits)
        used.append(touched)
        before.append(known)
        makers.update((value, place) for value in partition.outs)
    return found


def _conflict(first: dict[SSAValue, bool], second: dict[SSAValue, bool]) -> bool:
    return any(changes or second[storage] for storage, changes in first.items() if storage in second)


def _touched(ops: Sequence[Operation]) -> dict[SSAValue, bool]:
    """The storages that ops use, by the first value with it, and whether they change it."""
    found: dict[SSAValue, bool] = {}
    for op in ops:
        is_work = isinstance(op, StreamableOpInterface) and not op.is_metadata()
        for number, value in enumerate(op.operands):
            if isinstance(value.type, ResourceType):
                base = tied_base_value(value)
                changes = is_work and isinstance(op, TiedOpInterface) and op.is_operand_tied(number)
                found[base] = found.get(base, False) or changes
    return found
