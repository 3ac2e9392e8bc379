"""Partitions, and the rules that a set of them must keep whatever algorithm made it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, cast

from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import Kind, affinity_of, consumed_values
from iree_explorer.ir.interfaces import StreamableOpInterface, TimelineOpInterface, are_compatible, implements
from iree_explorer.ir.storage import operands_of, results_of, users_of
from iree_explorer.syntax.printing.in_errors import value_in_error


@dataclass(frozen=True)
class Partition:
    """Ops of one block that become one region (an execution region, or a wave of one).

    Attributes:
        ordinal: unique in its set. Algorithms number as they like, from 0 without a gap; then it is the place in the set,
            so that everything a reader sees counts partitions as they run (`numbered`).
        ops: its ops, in the order in which they joined. An op may be in several partitions: each gets its own copy.
        ins: values that its ops use and that are not made in it, in order of first use; of any type.
        outs: values made in it that are used outside, in the order in which they are made. A value has one maker.
        affinity: where all of it can run; None: anywhere.
    """

    ordinal: int
    ops: Sequence[Operation]
    ins: Sequence[SSAValue]
    outs: Sequence[SSAValue]
    affinity: Attribute | None = None
    _is_closed: bool = field(default=False, init=False, repr=False, compare=False)
    """Whether `ins` and `outs` were worked out from `ops`, so that none can lack; a changed copy starts without."""

    @cached_property
    def members(self) -> frozenset[Operation]:
        """`ops`, to look one up."""
        return frozenset(self.ops)


@dataclass(frozen=True)
class PartitionSet:
    """The partitions of one block, in an order in which they can run: whoever makes a value before those who use it."""

    partitions: Sequence[Partition] = ()

    def __len__(self) -> int:
        return len(self.partitions)

    def __iter__(self):
        return iter(self.partitions)


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a partition set breaks.

    Attributes:
        rule: which one, in a word or two.
        message: the compiler's words, with the op's name for a value that it shows in full.
        partition: ordinal of the partition; -1: no single one.
        op: the op at fault; None: no single one.
        at_op: whether the compiler reports it at that op, rather than at the op around the block.
        value: what the compiler shows in full; None: nothing.
        after: the op that `op` must run after, where that is the rule.
    """

    rule: str
    message: str
    partition: int
    op: Operation | None = None
    at_op: bool = False
    value: SSAValue | None = None
    after: Operation | None = None

    @property
    def message_in_full(self) -> str:
        """The compiler's words."""
        if self.value is None:
            return self.message
        return self.message.replace(_described(self.value), value_in_error(self.value))


def wrong_shape(found: object) -> str | None:
    """What an algorithm has to return, where this is something else; None: it is a set of partitions.

    Their ordinals are 0, 1, 2 …, in any order: by them the steps that it tells name partitions.
    """
    if not isinstance(found, PartitionSet):
        return f"a PartitionSet, as partitions_of(facts, groups) makes one, not {found!r:.80}"
    partitions = found.partitions
    if not isinstance(partitions, tuple | list):
        return f"a PartitionSet of a tuple or list, not of {partitions!r:.80}"
    for partition in cast("Sequence[object]", partitions):
        if not isinstance(partition, Partition):
            return f"a PartitionSet of Partitions, not of {partition!r:.80}"
        if not partition._is_closed and (wrong := _wrong_fields(partition)):  # pyright: ignore[reportPrivateUsage]
            return wrong
    ordinals = [partition.ordinal for partition in found]
    if {*map(type, ordinals)} - {int} or set(ordinals) != set(range(len(ordinals))):
        return f"partitions with ordinals from 0 to {len(ordinals) - 1}, each once, not {ordinals!r:.80}"
    return None


def _wrong_fields(partition: Partition) -> str | None:
    """As `wrong_shape`, of a partition that `close_partition` did not make."""
    for name, kind in (("ops", Operation), ("ins", SSAValue), ("outs", SSAValue)):
        listed: object = getattr(partition, name)
        if not isinstance(listed, tuple | list):
            return f"partitions whose {name} are a tuple or list, not {listed!r:.80}"
        for each in cast("Sequence[object]", listed):
            if not isinstance(each, kind):
                return f"partitions whose {name} are each an {kind.__name__}, not {each!r:.80}"
    if not isinstance(cast("object", partition.affinity), Attribute | None):
        return f"partitions whose affinity is an Attribute or None, not {partition.affinity!r:.80}"
    return None


def numbered(partitions: PartitionSet) -> PartitionSet:
    """The same partitions, the ordinal of each its place in the set."""
    return PartitionSet(tuple(_with_ordinal(partition, place) for place, partition in enumerate(partitions)))


def _with_ordinal(partition: Partition, ordinal: int) -> Partition:
    if partition.ordinal == ordinal:
        return partition
    other = Partition(ordinal, partition.ops, partition.ins, partition.outs, partition.affinity)
    object.__setattr__(other, "_is_closed", partition._is_closed)  # pyright: ignore[reportPrivateUsage]  (of this module)
    return other


def close_partition(
    ordinal: int,
    ops: Sequence[Operation],
    affinity: Attribute | None = None,
    cloned: Collection[Operation] = (),
    escaped: set[Operation] | None = None,
) -> Partition:
    """The partition of these ops (in the order in which they joined: from the last in the block to the first).

    Args:
        ordinal: the partition's.
        ops: its ops.
        affinity: where it runs.
        cloned: those of `ops` that are in other partitions too. Their results go out only where something that cannot
            be in a partition uses them, and only from the first partition closed with the same `escaped`.
        escaped: cloned ops whose results went out of a partition already; is added to.

    # IREE: ReferencePartitioning.cpp, "Emit partitions in forward order"
    """
    in_order = ops[::-1]
    used = [*chain.from_iterable(map(operands_of, in_order))]
    ins = dict(zip(map(id, used), used, strict=True))
    made = [*chain.from_iterable(map(results_of, in_order))]
    for result in made:
        ins.pop(id(result), None)
    members = set(map(id, ops))
    if cloned:
        outs = [r for op in in_order for r in _outs_of(op, members, op in cloned, escaped)]
    else:
        outs = [result for result in made if _leaves(result, members)]
    partition = Partition(ordinal, tuple(ops), tuple(ins.values()), tuple(outs), affinity)
    object.__setattr__(partition, "_is_closed", True)
    return partition


def _outs_of(op: Operation, members: set[int], is_cloned: bool, escaped: set[Operation] | None) -> list[OpResult]:
    """The results of an op that go out of its partition; see `close_partition`."""
    if not is_cloned:
        return [result for result in op.results if _leaves(result, members)]
    if escaped is not None and op in escaped:
        return []
    outs = [r for r in op.results if any(not isinstance(user, StreamableOpInterface) for user in users_of(r))]
    if outs and escaped is not None:
        escaped.add(op)
    return outs


def _leaves(value: SSAValue, members: set[int]) -> bool:
    """Whether an op that is none of `members`, which are ids, uses the value."""
    use: Any = value.first_use  # Not `users_of`: asked of every value, and mostly answered by the first use.
    while use is not None:
        if id(use._operation) not in members:
            return True
        use = use._next_use
    return False


def broken_rule(partitions: PartitionSet) -> Violation | None:
    """The first rule that the set breaks, None where it breaks none.

    # IREE: Partitioning.cpp, PartitionSet::verify, Partition::verify
    """
    consumed: dict[Operation, Iterable[SSAValue]] = {}
    for partition in partitions:
        found = _op_rules(partition) or _undeclared(partition) or _circular_dependency(partition, consumed)
        if found is not None:
            return found
    return _out_of_order(partitions)


def broken_structure(partitions: PartitionSet, facts: BlockFacts, waves: bool) -> Violation | None:
    """Rules that IREE's algorithm keeps by construction and that IREE does not check; None: all are kept.

    Every member is a streamable op of the block; a value goes out of one partition only; in waves, an op is in one
    wave only, and in a later one than ops whose bytes it touches. An execution region holds each streamable op: what is
    in none, no later pass of the compiler can lower; ops that are in no wave run one after the other.
    """
    owner: dict[SSAValue, int] = {}
    homes: dict[Operation, list[int]] = {}
    for place, partition in enumerate(partitions):
        number = partition.ordinal
        for op in partition.ops:
            if op.parent is not facts.block or not isinstance(op, StreamableOpInterface):
                why = "is not streamable" if op.parent is facts.block else "is none of this block"
                return Violation("foreign op", f"'{op.name}' op {why}: it cannot be in a partition", number, op, True)
            others = homes.setdefault(op, [])
            if waves and others and others[-1] != place:
                return Violation("duplicated op", "op is in more than one wave", number, op, True)
            if others and others[-1] == place:
                return Violation("duplicated op", f"op is in partition {number} twice", number, op, True)
            others.append(place)
        for value in partition.outs:
            if value in owner:
                message = f"value {_described(value)} goes out of partitions {owner[value]} and {number}"
                maker = value.op if isinstance(value, OpResult) else None  # A block argument may be handed through.
                return Violation("two producers", message, number, maker, True)
            owner[value] = number
    return _hazard_between(partitions, facts, homes, waves) if waves else _left_out(facts, homes)


def broken_exchange(partitions: PartitionSet, facts: BlockFacts, waves: bool) -> Violation | None:
    """Rules on what partitions hand on, for algorithms that nobody has proven right; None: all are kept.

    A value that is used outside of its partition goes out of one; a region runs behind those whose bytes it touches. The set
    breaks none of the other rules.
    """
    homes: dict[Operation, list[int]] = {}
    for place, partition in enumerate(partitions):
        for op in partition.ops:
            homes.setdefault(op, []).append(place)
    return _lost_output(partitions, facts, homes) or (
        None if waves else _hazard_between(partitions, facts, homes, waves=False)
    )


def _lost_output(
    partitions: PartitionSet, facts: BlockFacts, homes: Mapping[Operation, Collection[int]]
) -> Violation | None:
    """A value that goes out of no partition, but is used where its op has no copy: by the host, or in another partition.

    Of cheap ops the regions of the host make their own; a cheap op in no partition is in none because nothing else uses it.
    """
    outs = {value for partition in partitions for value in partition.outs}
    for op, places in homes.items():
        for result in op.results:
            for user in () if result in outs else users_of(result):
                around = facts.ancestor_of(user)
                if (around is not user and _is_cheap(op)) or (around not in homes and _is_cheap(user)):
                    continue
                if around is None or around not in homes or not set(homes[around]) <= set(places):
                    number = partitions.partitions[min(places)].ordinal
                    message = (
                        f"'{op.name}' op makes a value that is used outside of partition {number} and does not go out"
                    )
                    return Violation("lost output", message, number, op, at_op=True)
    return None


def _left_out(facts: BlockFacts, placed: Collection[Operation]) -> Violation | None:
    """A streamable op in no partition, but for cheap ones: of those the regions that use them make their own."""
    for op, kind in zip(facts.ops, facts.kinds, strict=True):
        if kind is Kind.STREAMABLE and op not in placed and not _is_cheap(op):
            message = f"'{op.name}' op is in no partition: each streamable op has to be in one"
            return Violation("left out", message, -1, op, at_op=True)
    return None


def _is_cheap(op: Operation) -> bool:
    return isinstance(op, StreamableOpInterface) and op.prefer_clone_to_consumers()


def _hazard_between(
    partitions: PartitionSet, facts: BlockFacts, homes: Mapping[Operation, Collection[int]], waves: bool
) -> Violation | None:
    """An op that runs before, or in waves at once with, one whose bytes it has to wait for.

    Of several copies of that one the last counts, unless the op uses its own. Between regions ops that do no work wait for none.
    """
    noun = "wave" if waves else "partition"
    precedence = facts.precedence
    for op, places in homes.items():
        first = min(places)
        for edge in precedence.ins[facts.index[op]]:
            other = facts.ops[edge.before]
            last = max(homes.get(other, (-1,)))
            if last <= first - edge.distance * waves:
                continue
            if waves or (edge.distance and precedence.works[edge.after] and not _uses(op, other)):
                where = f"of the same {noun}" if last == first else f"of a later {noun}"
                message = f"op must run after a '{other.name}' op {where}"
                return Violation("hazard", message, partitions.partitions[first].ordinal, op, at_op=True, after=other)
    return None


def _uses(op: Operation, maker: Operation) -> bool:
    return any(isinstance(value, OpResult) and value.op is maker for value in consumed_values(op))


def _op_rules(partition: Partition) -> Violation | None:
    wanted = partition.affinity
    for op in partition.ops:
        if wanted is not None and (affinity := affinity_of(op)) is not wanted and not are_compatible(wanted, affinity):
            message = f"op affinity {affinity} is not compatible with the partition affinity {wanted}"
            return Violation("affinity", message, partition.ordinal, op, at_op=True)
        if implements(op, TimelineOpInterface) and op.timeline_result is not None:
            message = (
                "cannot partition timeline op with result timepoint; "
                "result timepoints from partitioned ops not yet supported"
            )
            return Violation("result timepoint", message, partition.ordinal, op, at_op=True)
    return None


def _undeclared(partition: Partition) -> Violation | None:
    """A value that is used or goes out, and neither comes in nor is made inside."""
    if partition._is_closed:  # pyright: ignore[reportPrivateUsage]  (of this module)
        return None
    declared = {*map(id, partition.ins), *map(id, chain.from_iterable(map(results_of, partition.ops)))}
    for op in partition.ops:
        if not declared.issuperset(map(id, operands_of(op))):
            message = "operand not declared in partition inputs or by an op within the partition"
            return Violation("undeclared input", message, partition.ordinal, op)
    if not declared.issuperset(map(id, partition.outs)):
        message = "output not defined by an op within the partition (or captured)"
        return Violation("undeclared output", message, partition.ordinal)
    return None


def _circular_dependency(partition: Partition, consumed: dict[Operation, Iterable[SSAValue]]) -> Violation | None:
    """An op that makes an input uses an output, itself or in its regions. `consumed` remembers what region ops use."""
    outs = set(map(id, partition.outs))
    if not outs:
        return None
    for op in {value.op: None for value in partition.ins if type(value) is OpResult}:
        used: Iterable[SSAValue] = operands_of(op)
        if op.regions:
            if op not in consumed:
                consumed[op] = consumed_values(op)
            used = consumed[op]
        if not outs.isdisjoint(map(id, used)):
            output = next(v for v in used if id(v) in outs)
            message = (
                f"circular dependency: input operation uses partition output {_described(output)} - "
                "this indicates the operation should be inside the partition"
            )
            return Violation("cycle", message, partition.ordinal, op, value=output)
    return None


def _out_of_order(partitions: PartitionSet) -> Violation | None:
    below: set[int] = set()
    for partition in reversed(partitions.partitions):
        if not below.isdisjoint(map(id, partition.ins)):
            value = next(v for v in partition.ins if id(v) in below)
            message = f"partition set out of order; value captured declared as escaping below: {_described(value)}"
            return Violation("order", message, partition.ordinal, value=value)
        below.update(map(id, partition.outs))
    return None


def _described(value: SSAValue) -> str:
    owner = value.owner
    if isinstance(owner, Block):
        return value_in_error(value)
    return f"of '{owner.name}' op"
