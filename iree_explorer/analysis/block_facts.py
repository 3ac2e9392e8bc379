"""What a partitioner is told about a block: its ops in order, who uses what, also from nested regions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, cast

from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.traits import ConstantLike

from iree_explorer.analysis.hazards import HazardAnalysis
from iree_explorer.dialects.interfaces import (
    AffinityOpInterface,
    GlobalStoreOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    implements,
    would_be_trivially_dead,
)
from iree_explorer.dialects.storage import ops_of
from iree_explorer.dialects.stream.types import ResourceType

if TYPE_CHECKING:
    from iree_explorer.analysis.precedence import Precedence

__all__ = ["BlockFacts", "Kind", "affinity_of", "consumed_values", "is_constant", "users_of"]


class Kind(IntEnum):
    """What a partitioner does with an op at all."""

    HOST = 0
    CONSTANT = 1
    GLOBAL_STORE = 2
    STREAMABLE = 3


class BlockFacts:
    """Facts about one block, computed when asked for. The block must not change while they are in use.

    Most are columns: lists with an entry for each op, by its place in `ops`, which name other ops by their places.

    Attributes:
        block: the block.
        ops: its ops, in order, the terminator included.
        hazards: which ops of the block conflict, by the bytes they touch.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.ops = tuple(ops_of(block))
        self.hazards = HazardAnalysis()

    @cached_property
    def precedence(self) -> Precedence:
        """Which ops of the block must run before which others, by the bytes they touch."""
        from iree_explorer.analysis.precedence import Precedence

        return Precedence(self)

    @cached_property
    def index(self) -> dict[Operation, int]:
        """Place of each op in `ops`."""
        return {op: i for i, op in enumerate(self.ops)}

    @cached_property
    def kinds(self) -> list[Kind]:
        """Kind of each op."""
        return [*map(kind_of_class, map(type, self.ops))]

    @cached_property
    def affinities(self) -> list[Attribute | None]:
        """Where each op asks to run (see `affinity_of`); affinities that are equal are one object."""
        canonical: dict[int, Attribute] = {}
        equal: dict[Attribute, Attribute] = {}
        found: list[Attribute | None] = []
        for op in self.ops:
            affinity = affinity_of(op)
            if affinity is not None:
                known = canonical.get(id(affinity))
                affinity = known or canonical.setdefault(id(affinity), equal.setdefault(affinity, affinity))
            found.append(affinity)
        return found

    @cached_property
    def users(self) -> list[list[int]]:
        """The ops of the block that use a result of each op themselves, newest use first, one entry a use.

        Of constants nothing is told: they have users everywhere, and nobody asks.
        """
        return self._uses[0]

    @cached_property
    def nested_users(self) -> dict[int, list[int]]:
        """Op → the ops of the block in whose regions a result of it is used, newest use first, one entry a use."""
        return self._uses[1]

    @cached_property
    def region_users(self) -> dict[int, list[int]]:
        """Op → region ops, none streamable, that use a result of it themselves or inside, in block order.

        # IREE: ReferencePartitioning.cpp, partitionStreamableOpsReference, `nestedConsumers`
        """
        return self._uses[2]

    @cached_property
    def _uses(self) -> tuple[list[list[int]], dict[int, list[int]], dict[int, list[int]]]:
        places = {id(op): i for i, op in enumerate(self.ops)}
        with_regions = [bool(op.regions) for op in self.ops]
        any_regions = any(with_regions)
        users: list[list[int]] = []
        nested_users: dict[int, list[int]] = {}
        region_users: dict[int, list[int]] = {}
        for i, (op, kind) in enumerate(zip(self.ops, self.kinds, strict=True)):
            direct: list[int] = []
            users.append(direct)
            if kind is Kind.CONSTANT:
                continue
            nested: list[int] = []
            for result in op.results:
                use: Any = result.first_use
                while use is not None:
                    place = places.get(id(use._operation))
                    if place is not None:
                        direct.append(place)
                    elif (around := self.ancestor_of(use._operation)) is not None:
                        nested.append(places[id(around)])
                    use = use._next_use
            if nested:
                nested_users[i] = nested
            around_uses = [user for user in direct if with_regions[user]] if any_regions else []
            if nested or around_uses:
                around_uses = sorted({*around_uses, *nested})
                region_users[i] = [user for user in around_uses if self.kinds[user] is not Kind.STREAMABLE]
        return users, nested_users, region_users

    def ancestor_of(self, op: Operation) -> Operation | None:
        """The op of this block that is or contains `op`; None: it is elsewhere."""
        current: Operation | None = op
        while current is not None and current.parent is not self.block:
            current = current.parent_op()
        return current

    @cached_property
    def tied(self) -> set[int]:
        """Ids of the values of which an op of the block, or nested in one, reuses the storage.

        # IREE: UtilTypes.cpp, TiedOpInterface::hasAnyTiedUses
        """
        found: set[int] = set()
        for op in self.ops:
            for nested in op.walk() if op.regions else (op,):
                if implements(nested, TiedOpInterface) and (ties := nested.used_ties()):
                    found.update([id(nested.operands[operand]) for operand in ties])
        return found

    @cached_property
    def resources(self) -> list[list[SSAValue]]:
        """The resources that each op uses, each once, in operand order."""
        operands = [cast("Any", op)._operands for op in self.ops]
        return [[*{id(v): v for v in values if type(v._type) is ResourceType}.values()] for values in operands]

    def is_side_effecting_host_op(self, op: Operation) -> bool:
        """Whether nothing may be moved across `op`."""
        return not isinstance(op, StreamableOpInterface | GlobalStoreOpInterface) and not would_be_trivially_dead(op)


@cache
def kind_of_class(cls: type[Operation]) -> Kind:
    """The kind of the ops of a class."""
    if _is_constant_class(cls):
        return Kind.CONSTANT
    if issubclass(cls, GlobalStoreOpInterface):
        return Kind.GLOBAL_STORE
    return Kind.STREAMABLE if issubclass(cls, StreamableOpInterface) else Kind.HOST


def users_of(op: Operation) -> Iterator[Operation]:
    """The users of all results, newest use first, one entry a use. MLIR: Operation::getUsers."""
    for result in op.results:
        for use in result.uses:
            yield use.operation


def is_constant(op: Operation) -> bool:
    """Whether the op is a constant to MLIR (`ConstantLike`): free to use anywhere."""
    return _is_constant_class(type(op))


@cache
def _is_constant_class(cls: type[Operation]) -> bool:
    return not issubclass(cls, UnregisteredOp) and cls.has_trait(ConstantLike)


def affinity_of(op: Operation) -> Attribute | None:
    """Where the op asks to run; None: it does not say, or cannot."""
    return op.affinity_attr if implements(op, AffinityOpInterface) else None


def consumed_values(op: Operation) -> dict[SSAValue, None]:
    """Every value that the op or any op nested in it uses; an ordered set.

    # IREE: Partitioning.cpp, collectConsumedValues
    """
    values: dict[SSAValue, None] = {}
    for nested in op.walk():
        for operand in nested.operands:
            values[operand] = None
    return values
