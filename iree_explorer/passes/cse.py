"""Common subexpression elimination: of ops that do the same, the first does it for all it dominates.

# MLIR: CSE.cpp
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import takewhile

from typing_extensions import override
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.traits import Commutative, IsolatedFromAbove, IsTerminator, MemoryEffectKind

from iree_explorer.ir.block_graph import dominator_tree
from iree_explorer.ir.interfaces.effects import is_memory_effect_free, would_be_trivially_dead
from iree_explorer.ir.storage import with_ancestors
from iree_explorer.passes.canonicalize.facts.constants import attribute_key
from iree_explorer.passes.canonicalize.facts.memory import effects_of, may_write
from iree_explorer.passes.canonicalize.greedy.use_lists import has_uses, replace_uses
from iree_explorer.passes.operation_pass import OperationPass, PassRun


@dataclass(frozen=True)
class CSEPass(OperationPass):
    """`cse`: also erases ops that are dead."""

    name = "cse"
    class_name = "CSEPass"

    @override
    def apply(self, op: Operation, run: PassRun) -> None:
        walk = _Walk()
        for region in op.regions:
            walk.region(region, _Scopes())
        for dead in walk.dead:
            dead.detach()
            dead.erase()
        run.made.extend(walk.reached_into)


@dataclass(slots=True)
class _Scopes:
    """The ops known at a place, by what they do; leaving a block forgets what was learnt in it."""

    known: dict[Hashable, Operation] = field(default_factory=dict[Hashable, Operation])
    _learnt: list[tuple[Hashable, Operation | None]] = field(default_factory=list["tuple[Hashable, Operation | None]"])

    def learn(self, key: Hashable, op: Operation) -> None:
        self._learnt.append((key, self.known.get(key)))
        self.known[key] = op

    def depth(self) -> int:
        return len(self._learnt)

    def forget(self, depth: int) -> None:
        """Forgets all that was learnt since the depth was `depth`."""
        while len(self._learnt) > depth:
            key, before = self._learnt.pop()
            if before is None:
                del self.known[key]
            else:
                self.known[key] = before


class _Walk:
    """Goes through regions along their dominator trees."""

    def __init__(self) -> None:
        self.dead: list[Operation] = []
        self.reached_into: dict[Operation, None] = {}
        """Ops in whose regions values from around are used that were not, which not every op allows."""

    def region(self, region: Region, scopes: _Scopes) -> None:
        first = region.first_block
        if first is None:
            return
        depth = scopes.depth()
        if first is region.last_block:
            self._block(first, scopes)
        else:
            self._tree(first, scopes)
        scopes.forget(depth)

    def _tree(self, entry: Block, scopes: _Scopes) -> None:
        """Visits each block after those that dominate it, knowing what these know."""
        children = dominator_tree(entry)
        pending: list[Block | int] = [entry]
        while pending:
            item = pending.pop()
            if isinstance(item, int):
                scopes.forget(item)
                continue
            pending.append(scopes.depth())
            self._block(item, scopes)
            pending += reversed(children[item])

    def _block(self, block: Block, scopes: _Scopes) -> None:
        for op in block.ops:
            for region in op.regions:
                self.region(region, _Scopes() if op.has_trait(IsolatedFromAbove) else scopes)
            self._simplify(op, scopes)

    def _simplify(self, op: Operation, scopes: _Scopes) -> None:
        if op.has_trait(IsTerminator):
            return
        if not has_uses(op) and would_be_trivially_dead(op):
            self.dead.append(op)
            return
        if any(region.first_block is not region.last_block for region in op.regions):
            return
        only_reads = not is_memory_effect_free(op)
        if only_reads and not _only_reads(op):
            return
        key = _key(op, {})
        known = scopes.known.get(key)
        if known is None or (only_reads and (known.parent is not op.parent or _is_written_between(known, op))):
            scopes.learn(key, op)
            return
        replace_uses(list(zip(op.results, known.results, strict=True)))
        self.dead.append(op)
        home = known.parent_op()
        self.reached_into.update(
            dict.fromkeys(takewhile(lambda around: around is not home, with_ancestors(op.parent_op())))
        )


def _only_reads(op: Operation) -> bool:
    effects = effects_of(op) or ()
    return bool(effects) and all(effect.kind is MemoryEffectKind.READ for effect in effects)


def _is_written_between(first: Operation, last: Operation) -> bool:
    op = first.next_op
    while op is not None and op is not last:
        if may_write(op):
            return True
        op = op.next_op
    return False


def _key(op: Operation, inner: dict[SSAValue, int]) -> Hashable:
    """Equal exactly for ops that do the same; `inner` numbers the values of the bodies that are compared.

    # MLIR: OperationSupport.cpp, OperationEquivalence::isEquivalentTo
    """
    operands: list[Hashable] = [inner.get(value, value) for value in op.operands]
    if op.has_trait(Commutative, value_if_unregistered=False):
        operands.sort(key=lambda value: (isinstance(value, int), value if isinstance(value, int) else id(value)))
    bodies = tuple(_body_key(region, inner) for region in op.regions)
    for result in op.results:
        inner[result] = len(inner)
    facts = _attributes_key(op.properties), _attributes_key(op.attributes), tuple(op.result_types)
    return op.name, tuple(operands), facts, bodies


def _body_key(region: Region, inner: dict[SSAValue, int]) -> Hashable:
    return tuple(_block_key(block, inner) for block in region.blocks)


def _block_key(block: Block, inner: dict[SSAValue, int]) -> Hashable:
    for argument in block.args:
        inner[argument] = len(inner)
    return tuple(argument.type for argument in block.args), tuple(_key(op, inner) for op in block.ops)


def _attributes_key(attributes: dict[str, Attribute]) -> Hashable:
    return tuple([(name, attribute_key(attributes[name])) for name in sorted(attributes)])
