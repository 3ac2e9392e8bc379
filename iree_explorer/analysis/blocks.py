"""Blocks and the ops in them: which dominates which, and in which order to visit or to put them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from xdsl.ir import Block, Operation, OpResult, Region, SSAValue

from iree_explorer.dialects.storage import operands_of, ops_of

__all__ = ["BlockOrders", "block_dominates", "blocks_in_dominance_order", "stable_order", "topological_order"]


class BlockOrders:
    """Which of two ops of a block comes first, in constant time. xDSL itself walks the block.

    Inserting and erasing ops keeps what is known right; after moving ops, `forget` must be called.
    """

    def __init__(self) -> None:
        self._places: dict[Block, dict[Operation, int]] = {}

    def places_in(self, block: Block) -> dict[Operation, int]:
        """Place of each op that was in the block when it was first asked about; ops inserted later are not in it."""
        places = self._places.get(block)
        if places is None:
            places = self._places[block] = {op: i for i, op in enumerate(block.ops)}
        return places

    def is_before(self, a: Operation, b: Operation) -> bool:
        """Whether `a` comes before `b`, an op of the same block."""
        assert a.parent is not None
        places = self.places_in(a.parent)
        place_of_a, place_of_b = places.get(a), places.get(b)
        if place_of_a is None or place_of_b is None:
            return _is_found_before(a, b)
        return place_of_a < place_of_b

    def forget(self, block: Block) -> None:
        """The ops of the block have been put into another order."""
        self._places.pop(block, None)


def _is_found_before(a: Operation, b: Operation) -> bool:
    """Looks in both directions at once: ops that are near each other are found fast."""
    back, forth = b.prev_op, b.next_op
    while back is not None or forth is not None:
        if back is a:
            return True
        if forth is a:
            return False
        back = back.prev_op if back is not None else None
        forth = forth.next_op if forth is not None else None
    return False


def blocks_in_dominance_order(region: Region) -> list[Block]:
    """The blocks of `region`, each after those that dominate it; unreachable ones last, as they stand.

    # IREE: ScheduleExecution.cpp, sortBlocksInDominanceOrder
    """
    blocks = list(region.blocks)
    if len(blocks) <= 1:
        return blocks
    children = _dominator_tree_children(region)
    marked: dict[Block, None] = {}
    for block in reversed(blocks):
        if block in children:
            _mark_after_children(block, children, marked)
    ordered = list(reversed(marked))
    # Differs: on unreachable blocks the real tool crashes.
    return ordered + [block for block in blocks if block not in marked]


def _mark_after_children(root: Block, children: dict[Block, list[Block]], marked: dict[Block, None]) -> None:
    pending = [(root, False)]
    while pending:
        block, entered = pending.pop()
        if entered:
            marked.setdefault(block)
        elif block not in marked:
            pending.append((block, True))
            pending.extend((child, False) for child in reversed(children[block]))


def block_dominates(above: Block, below: Block) -> bool:
    """Whether every way to `below` leads through `above`; a block of an outer region is asked by where `below` is in."""
    current: Block | None = below
    while current is not None and current.parent is not above.parent:
        current = current.parent_block()
    if current is None or above.parent is None:
        return False
    if current is above:
        return True
    parents = immediate_dominators(above.parent)
    step: Block | None = current
    while step is not None and step is not above:
        step = parents.get(step)
    return step is above


def immediate_dominators(region: Region) -> dict[Block, Block | None]:
    """Block → its immediate dominator, in the order of a depth-first walk from the entry (which has None).

    Unreachable blocks are not in it. The algorithm is Cooper, Harvey and Kennedy's.
    """
    preorder, postorder = _walk_depth_first(region)
    number = {block: i for i, block in enumerate(postorder)}
    predecessors: dict[Block, list[Block]] = {block: [] for block in preorder}
    for block in preorder:
        for successor in _successors(block):
            predecessors[successor].append(block)
    entry = preorder[0]
    dominator: dict[Block, Block] = {entry: entry}
    changed = True
    while changed:
        changed = False
        for block in reversed(postorder):
            if block is entry:
                continue
            known = [p for p in predecessors[block] if p in dominator]
            best = known[0]
            for other in known[1:]:
                best = _intersect(best, other, dominator, number)
            if dominator.get(block) is not best:
                dominator[block] = best
                changed = True
    return {block: None if block is entry else dominator[block] for block in preorder}


def _intersect(a: Block, b: Block, dominator: dict[Block, Block], number: dict[Block, int]) -> Block:
    while a is not b:
        while number[a] < number[b]:
            a = dominator[a]
        while number[b] < number[a]:
            b = dominator[b]
    return a


def _dominator_tree_children(region: Region) -> dict[Block, list[Block]]:
    parents = immediate_dominators(region)
    children: dict[Block, list[Block]] = {block: [] for block in parents}
    for block, parent in parents.items():
        if parent is not None:
            children[parent].append(block)
    return children


def _walk_depth_first(region: Region) -> tuple[list[Block], list[Block]]:
    """The reachable blocks in pre-order, first successor first, and in post-order."""
    preorder: list[Block] = []
    postorder: list[Block] = []
    seen: set[Block] = set()
    pending: list[tuple[Block, bool]] = [(region.blocks[0], False)]
    while pending:
        block, done = pending.pop()
        if done:
            postorder.append(block)
        elif block not in seen:
            seen.add(block)
            preorder.append(block)
            pending.append((block, True))
            pending.extend((s, False) for s in reversed(_successors(block)) if s not in seen)
    return preorder, postorder


def _successors(block: Block) -> Sequence[Block]:
    return () if block.last_op is None else block.last_op.successors


def topological_order(ops: Sequence[Operation]) -> tuple[list[Operation], bool]:
    """The ops of one block (its terminator left out), producers before users, and whether that was possible.

    MLIR goes over the ops again and again, taking each that is ready. So an op is taken in the first round in which
    nothing is left to wait for: the round of the last producer, or the one after it where that producer comes later
    in the block. Here rounds are computed at once. An op waits for what it uses and for what its nested ops use. In a
    cycle the first op that is left is taken as if it were ready.

    # MLIR: TopologicalSortUtils.cpp, sortTopologically
    """
    if _is_in_order(ops):
        return list(ops), True
    index = {id(op): i for i, op in enumerate(ops)}
    waits = [_producers_in(op, index) for op in ops]
    rounds = _rounds(waits)
    if rounds is None:
        return _order_with_cycles(ops, waits), False
    return [ops[i] for i in sorted(range(len(ops)), key=rounds.__getitem__)], True


def _is_in_order(ops: Sequence[Operation]) -> bool:
    """Whether each op stands below those that make what it, or an op nested in it, uses; as most do."""
    places = {id(op): i for i, op in enumerate(ops)}
    known: set[int] = set()  # Ids of values that are made above, or not in this block.
    for place, op in enumerate(ops):
        pending = [op]
        while pending:
            nested = pending.pop()
            operands = operands_of(nested)
            if not known.issuperset(map(id, operands)):
                for value in operands:
                    if id(value) not in known and _place_of_maker(value, places) > place:
                        return False
                    known.add(id(value))
            known.update(map(id, nested.results))
            for region in nested.regions:
                for block in region.blocks:
                    pending += reversed(ops_of(block))
    return True


def _place_of_maker(value: SSAValue, places: dict[int, int]) -> int:
    """The place of the op that makes `value` or has its maker inside; -1: it is none of these, or made by no op."""
    maker: Operation | None = value.op if type(value) is OpResult else None
    while maker is not None:
        place = places.get(id(maker))
        if place is not None:
            return place
        maker = maker.parent_op()
    return -1


def stable_order(
    ops: Sequence[Operation], pairs: Iterable[tuple[Operation, Operation]] = ()
) -> tuple[list[Operation], bool]:
    """As `topological_order`, but of all that is ready the op is taken that stood first.

    So what waits for an op below it stands right after that, and passes nothing that stood further down. Of each of the
    `pairs`, where both are among the ops, the second waits for the first, too.
    """
    index = {id(op): i for i, op in enumerate(ops)}
    waits = [set(_producers_in(op, index)) for op in ops]
    for first, second in pairs:
        if id(first) in index and id(second) in index:
            waits[index[id(second)]].add(index[id(first)])
    users: list[list[int]] = [[] for _ in ops]
    for place, producers in enumerate(waits):
        for producer in producers:
            users[producer].append(place)
    ready = [place for place, producers in enumerate(waits) if not producers]
    ordered: list[Operation] = []
    while ready:
        place = heappop(ready)
        ordered.append(ops[place])
        for user in users[place]:
            waits[user].discard(place)
            if not waits[user]:
                heappush(ready, user)
    if len(ordered) < len(ops):
        return _order_with_cycles(ops, [_producers_in(op, index) for op in ops]), False
    return ordered, True


def _producers_in(op: Operation, index: dict[int, int]) -> list[int]:
    """Places of the ops that `op`, or an op nested in it, takes a value from, also through ops nested in those.

    `index` has the place of each op by its `id`.
    """
    found: list[int] = []
    operands = operands_of(op)
    for operand in _values_from_outside(op) if op.regions else operands:
        parent: Operation | None = operand.op if type(operand) is OpResult else None
        while parent is not None and parent is not op:
            place = index.get(id(parent))
            if place is not None:
                found.append(place)
                break
            parent = parent.parent_op()
    return found


def _values_from_outside(op: Operation) -> list[SSAValue]:
    """The values that `op` and nested ops use, each once, in no order, less those that nested ops make."""
    # By id: hashing a value costs a call, and a region may hold all ops of a program.
    used: dict[int, SSAValue] = {}
    made: set[int] = set()
    pending = [op]
    while pending:
        nested = pending.pop()
        operands = operands_of(nested)
        used.update(zip(map(id, operands), operands, strict=True))
        made.update(map(id, nested.results))
        for region in nested.regions:
            for block in region.blocks:
                pending += ops_of(block)
    return [value for number, value in used.items() if number not in made]


def _rounds(waits: Sequence[Sequence[int]]) -> list[int] | None:
    """For each op the round in which it is taken, None where some ops wait for each other."""
    rounds = [-1] * len(waits)
    open_: set[int] = set()
    for start in range(len(waits)):
        pending = [start]
        while pending:
            i = pending[-1]
            if rounds[i] >= 0:
                pending.pop()
                continue
            missing = [j for j in waits[i] if rounds[j] < 0]
            if any(j in open_ for j in missing) or (missing and i in open_):
                return None
            if missing:
                open_.add(i)
                pending.extend(missing)
                continue
            rounds[i] = max((rounds[j] + (j > i) for j in waits[i]), default=0)
            open_.discard(i)
            pending.pop()
    return rounds


def _order_with_cycles(ops: Sequence[Operation], waits: Sequence[Sequence[int]]) -> list[Operation]:
    """As MLIR does it, round by round."""
    left = list(range(len(ops)))
    waiting = set(left)
    taken: list[int] = []
    while left:
        rest: list[int] = []
        for i in left:
            if any(j in waiting for j in waits[i]):
                rest.append(i)
            else:
                waiting.discard(i)
                taken.append(i)
        if len(rest) == len(left):
            waiting.discard(rest[0])
            taken.append(rest.pop(0))
        left = rest
    return [ops[i] for i in taken]
