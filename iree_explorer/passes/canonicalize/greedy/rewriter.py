"""The hands of a pattern: every change it makes goes through a `Rewriter`, which tells the driver what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.ir.block_graph import walk_depth_first
from iree_explorer.ir.operands import assign_operands
from iree_explorer.ir.storage import (
    append_ops,
    blocks_of,
    operand_at,
    operands_of,
    ops_of,
    order_block,
    type_of,
    users_of,
)
from iree_explorer.passes.canonicalize.greedy.settled import Settled
from iree_explorer.passes.canonicalize.greedy.use_lists import (
    UserCounts,
    has_other_users,
    has_uses,
    replace_uses,
    set_operands,
)
from iree_explorer.passes.canonicalize.greedy.work_list import WorkList

_Op = TypeVar("_Op", bound=Operation)


class ClassFacts(Protocol):
    """What has to be known of a class of ops to change them safely."""

    @property
    def is_constant(self) -> bool:
        """Whether the op is a constant, which nothing but its death can change."""
        ...

    @property
    def is_inert(self) -> bool:
        """Whether a visit never does anything to the op."""
        ...

    @property
    def looks_back(self) -> bool:
        """Whether all rules look at nothing but the op and what makes its operands; see `OpRules.looks_back`."""
        ...

    def fold_to_values(self, op: Operation) -> list[tuple[SSAValue, Operation | None]] | None:
        """The values `op` folds to, each with the fresh op where it is a constant; None: it is not replaced."""
        ...

    def is_trivially_dead(self, op: Operation) -> bool:
        """Whether `op` may be erased, given that nothing uses it."""
        ...


class Rewriter:
    """Changes IR, and puts the ops that are to be visited again on the list.

    # MLIR: GreedyPatternRewriteDriver.cpp, class GreedyPatternRewriteDriver; PatternMatch.cpp, class RewriterBase

    Attributes:
        scope: the region in which ops are rewritten; no op outside is ever visited.
        order: places of ops, kept up to date by every change made here.
        facts: what is known of each class of ops.
        work: the ops to visit (again).
        created: ops inserted so far, with those nested in them.
        erased: ops erased since the list was last replaced; None: nobody wants to know.
        suspects: ops that some rules of IREE break: by a value of another type, or one that cannot be seen from there.
        counts_rewrites: whether a round ends after so many rewrites: then none may do at once what takes several.
        settled: where patterns need not be tried again.
        branch_ends: block → the block where plain branches from it ended when a rule followed them; None: in a circle.
    """

    def __init__(self, scope: Region, facts: Mapping[type[Operation], ClassFacts]) -> None:
        self.scope = scope
        self.facts = facts
        self.work = WorkList(scope, facts)
        self.order = BlockOrders()
        self.created: list[Operation] = []
        self.erased: list[Operation] | None = None
        self.suspects: list[Operation] = []
        self.counts_rewrites = False
        self.settled = Settled(scope, facts)
        self.branch_ends: dict[Block, Block | None] = {}
        self._user_counts = UserCounts()
        self._block: Block | None = None
        self._before: Operation | None = None

    # --- Where new ops go ---

    def set_insertion_point(self, op: Operation) -> None:
        """New ops go right before `op`."""
        self._block, self._before = op.parent, op

    def set_insertion_point_after(self, op: Operation) -> None:
        """New ops go right after `op`, each after the one inserted before it."""
        self._block, self._before = op.parent, op.next_op

    def set_insertion_point_to_start(self, block: Block) -> None:
        """New ops go to the start of `block`, each after the one inserted before it."""
        self._block, self._before = block, block.first_op

    def set_insertion_point_to_end(self, block: Block) -> None:
        """New ops go to the end of `block`, each after the one inserted before it."""
        self._block, self._before = block, None

    # --- Changes ---

    def insert(self, op: _Op) -> _Op:
        """Inserts a fresh op, with what is nested in it, at the insertion point."""
        self._place(op)
        self._announce(op)
        return op

    def insert_unvisited(self, op: Operation) -> None:
        """As `insert`, but what is nested in `op` is not visited in this round: patterns that build regions tell nobody of them."""
        self._place(op)
        self.created += op.walk()
        self.work.push(op)

    def insert_or_fold(self, op: Operation) -> SSAValue:
        """The result of a fresh op of one result: inserted, or what it folds to (a constant then is inserted).

        # MLIR: Builders.h, OpBuilder::createOrFold
        """
        self._place(op)
        folded = self.facts[type(op)].fold_to_values(op)
        if folded is None:
            self._announce(op)
            return op.results[0]
        ((value, constant),) = folded
        if constant is not None:
            self.insert(constant)
        self._unplace(op)
        op.erase()
        return value

    def replace_op(self, op: Operation, values: Sequence[SSAValue]) -> None:
        """Replaces the results of `op` by `values`, one each, and erases it."""
        self.replace_all_uses(list(zip(op.results, values, strict=True)))
        self.erase_op(op)

    def replace_op_with(self, op: Operation, new: Operation) -> None:
        """Inserts `new` at the insertion point in the place of `op`."""
        self.replace_op(op, self.insert(new).results)

    def replace_all_uses(
        self, replacements: Iterable[tuple[SSAValue, SSAValue]], spared: Operation | None = None
    ) -> None:
        """Replaces each value by its other everywhere but in `spared`."""
        replacements = list(replacements)
        for old, new in replacements:
            before, after = type_of(old), type_of(new)
            if before is not after and before != after:
                self.suspects += users_of(old)
        for user in dict.fromkeys(replace_uses(replacements, spared)):
            self.modified(user)

    def replace_all_uses_with(self, old: SSAValue, new: SSAValue, spared: Operation | None = None) -> None:
        """Replaces `old` by `new` everywhere but in `spared`."""
        self.replace_all_uses(((old, new),), spared)

    def erase_op(self, op: Operation) -> None:
        """Erases `op`, which nothing uses any more, and before it all that is nested in it, uses before definitions."""
        for region in reversed(op.regions):
            for block in post_order(region):
                for nested in reversed(ops_of(block)):
                    self.erase_op(nested)
        self._forget(op)
        self.settled.changed(op)
        if op.parent is not None:
            self._unplace(op)
        if has_uses(op):
            op.erase(safe_erase=False)
        else:
            op.drop_all_references()

    def erase_block(self, block: Block) -> None:
        """Erases `block` with its ops; what still uses its values must be unreachable too."""
        for op in reversed(tuple(block.ops)):
            for result in op.results:
                result.erase(safe_erase=False)
            self.erase_op(op)
        region = block.parent
        assert region is not None
        region.erase_block(block, safe_erase=False)

    def modified(self, op: Operation) -> None:
        """To be told after a change of the op itself: its operands, properties or place."""
        self.settled.changed(op)
        self.work.push(op)

    def set_operand(self, op: Operation, index: int, value: SSAValue) -> None:
        """Replaces one operand."""
        set_operands(op, {index: value})
        self.modified(op)

    def set_operands(self, op: Operation, changes: dict[int, SSAValue]) -> None:
        """Replaces some operands, by number."""
        operands = operands_of(op)
        for number, value in changes.items():
            before, after = type_of(operand_at(operands, number)), type_of(value)
            if before is not after and before != after:
                self.suspects.append(op)
                break
        set_operands(op, changes)
        self.modified(op)

    def assign(self, op: IRDLOperation, **groups: SSAValue | Sequence[SSAValue] | None) -> None:
        """Replaces whole operand groups by field name, in the order given; a group may change its size."""
        for name, values in groups.items():
            assign_operands(op, name, () if values is None else (values,) if isinstance(values, SSAValue) else values)
        self.modified(op)

    def set_property(self, op: Operation, name: str, value: Attribute | None) -> None:
        """Sets or (None) drops a property."""
        if value is None:
            op.properties.pop(name, None)
        else:
            op.properties[name] = value
        self.modified(op)

    def move_before(self, op: Operation, target: Operation) -> None:
        """Moves `op` right before `target`, telling nobody."""
        assert target.parent is not None
        self.settled.changed(op)
        self._unplace(op)
        target.parent.insert_op_before(op, target)
        self.settled.changed(op)

    def split_block(self, block: Block, first: Operation) -> Block:
        """Moves `first` and all after it to a new block right behind `block`, and visits them again: `first` first.

        # MLIR: RewriterBase::splitBlock moves them one by one, the last one first
        """
        moved = tuple(_from(first))
        for op in moved:
            self.order.forget(op)
        after = block.split_before(first)
        for op in reversed(moved):
            self.work.push(op)
        return after

    def merge_blocks(self, source: Block, dest: Block, values: Sequence[SSAValue]) -> None:
        """Moves the ops of `source` to the end of `dest`, with `values` for its arguments, and erases it."""
        for argument, value in zip(source.args, values, strict=True):
            self.replace_all_uses_with(argument, value)
        moved = ops_of(source)
        self.order.forget_block(source)
        order_block(source, ())
        append_ops(dest, moved)
        self.work.push_siblings(moved)
        self.erase_block(source)

    def inline_block_before(self, source: Block, target: Operation, values: Sequence[SSAValue]) -> None:
        """Moves the ops of `source` right before `target`, with `values` for its arguments, and erases it."""
        for argument, value in zip(source.args, values, strict=True):
            self.replace_all_uses_with(argument, value)
        for op in tuple(source.ops):
            self.move_before(op, target)
            self.work.push(op)
        self.erase_block(source)

    # --- The parts of a change ---

    def _place(self, op: Operation) -> None:
        assert self._block is not None, "no insertion point"
        if self._before is None:
            self._block.add_op(op)
        else:
            self._block.insert_op_before(op, self._before)
        self.settled.changed(op)

    def _unplace(self, op: Operation) -> None:
        """Takes `op` out of its block; an insertion point at it moves on to the op after it."""
        if self._before is op:
            self._before = op.next_op
        self.order.forget(op)
        op.detach()

    def _announce(self, op: Operation) -> None:
        for nested in op.walk() if op.regions else (op,):
            self.created.append(nested)
            self.work.push(nested)

    def _forget(self, op: Operation) -> None:
        """What may become simpler once `op` is gone: the ops that define operands which few others use."""
        if self.erased is not None:
            self.erased.append(op)
        # Each value once: a region op may capture thousands of resources of one size, all uses of a list in a row.
        operands = {id(operand): operand for operand in operands_of(op)}.values()
        freed = [each.op for each in operands if type(each) is OpResult and self._is_freed_by(op, each)]
        for _, makers in groupby(freed, lambda maker: maker.parent):
            self.work.push_siblings(tuple(makers))
        self.work.remove(op)

    def _is_freed_by(self, op: Operation, value: OpResult) -> bool:
        """Whether the maker of `value` is to be visited when `op`, which uses it, is gone.

        A constant is visited for nothing but to be erased: not as long as anything uses it, wherever it is on the list.
        """
        if self.facts[type(value.op)].is_constant:
            return not has_other_users(value, op)
        return not self._user_counts.has_two_other_users(value, op)


def _from(first: Operation) -> Iterable[Operation]:
    op: Operation | None = first
    while op is not None:
        yield op
        op = op.next_op


def post_order(region: Region) -> list[Block]:
    """The blocks of `region`, each after its successors (loops aside); unreachable ones in further rounds.

    # MLIR: llvm::post_order_ext, repeated from the first block not visited yet
    """
    blocks = blocks_of(region)
    if len(blocks) <= 1:
        return blocks
    done: list[Block] = []
    seen: dict[Block, Block | None] = {}
    for first in blocks:
        if first not in seen:
            done += walk_depth_first(first, seen)
    return done
