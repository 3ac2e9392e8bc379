"""What a partitioner is told about a block: its ops in order, who uses what, also from nested regions."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from xdsl.ir import Attribute, Block, Operation, SSAValue

from iree_explorer.analysis.hazards import HazardAnalysis
from iree_explorer.analysis.op_facts import Kind, affinity_of, kind_of_class
from iree_explorer.analysis.values import storages_changed_by
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.interfaces import (
    GlobalStoreOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    implements,
    would_be_trivially_dead,
)
from iree_explorer.ir.interfaces.control_flow import has_graph_regions
from iree_explorer.ir.storage import ancestor_in, operands_of, ops_of, type_of, users_of

if TYPE_CHECKING:
    from iree_explorer.analysis.precedence import Precedence


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

        return Precedence(self.ops, self.hazards)

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
    def changed_storages(self) -> set[SSAValue]:
        """The storages that any op of the block, or one inside it, writes in place; see `storages_changed_by`."""
        return set[SSAValue]().union(*map(storages_changed_by, self.ops))

    @cached_property
    def is_in_order(self) -> bool:
        """Whether each op surely stands above all that uses its results.

        Unsure, as of constants the users are not known: in blocks that control may not reach, and where order does not matter.
        """
        region = self.block.parent
        if region is None or region.first_block is not self.block or has_graph_regions(region.parent):
            return False
        users, nested_users = enumerate(self.users), self.nested_users.items()
        return all(min(uses) > op for op, uses in chain(users, nested_users) if uses)

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
                for user in users_of(result):
                    place = places.get(id(user))
                    if place is not None:
                        direct.append(place)
                    elif (around := self.ancestor_of(user)) is not None:
                        nested.append(places[id(around)])
            if nested:
                nested_users[i] = nested
            around_uses = [user for user in direct if with_regions[user]] if any_regions else []
            if nested or around_uses:
                around_uses = sorted({*around_uses, *nested})
                region_users[i] = [user for user in around_uses if self.kinds[user] is not Kind.STREAMABLE]
        return users, nested_users, region_users

    def ancestor_of(self, op: Operation) -> Operation | None:
        """The op of this block that is or contains `op`; None: it is elsewhere."""
        return ancestor_in(self.block, op)

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
        return [
            [*{id(v): v for v in values if type(type_of(v)) is ResourceType}.values()]
            for values in map(operands_of, self.ops)
        ]

    def is_side_effecting_host_op(self, op: Operation) -> bool:
        """Whether nothing may be moved across `op`."""
        return not isinstance(op, StreamableOpInterface | GlobalStoreOpInterface) and not would_be_trivially_dead(op)
