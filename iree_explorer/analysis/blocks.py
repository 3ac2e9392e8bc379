"""The ops of a block: which comes first, and in which order to put them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from xdsl.ir import Block, Operation, OpResult, SSAValue

from iree_explorer.ir.storage import operands_of, ops_of

_GAP = 1 << 20
"""Between the numbers of two ops that were side by side when they were numbered: room for ops that come between them."""


class BlockOrders:
    """Which of two ops of a block comes first, asked many times while ops come and go. xDSL itself walks the block.

    Ops have numbers that grow along their block: made when first asked for, and again where no number is left.
    Inserting and erasing ops keeps what is known right; of ops that move, `forget` or `forget_block` must be told.

    # MLIR: Block.cpp, Block::recomputeOpOrder; Operation.cpp, Operation::updateOrderIfNecessary
    """

    def __init__(self) -> None:
        self._numbers: dict[Block, dict[Operation, int]] = {}

    def is_before(self, a: Operation, b: Operation) -> bool:
        """Whether `a` comes before `b`, an op of the same block."""
        block = a.parent
        assert block is not None
        numbers = self._numbers.get(block)
        if numbers is None:
            numbers = self._numbers[block] = _numbered(block)
        if a not in numbers:
            _number(a, numbers)
        if b not in numbers:
            _number(b, numbers)
        return numbers[a] < numbers[b]

    def forget(self, op: Operation) -> None:
        """To be told when `op` is about to leave its place."""
        if op.parent is not None and (numbers := self._numbers.get(op.parent)) is not None:
            numbers.pop(op, None)

    def forget_block(self, block: Block) -> None:
        """To be told when the ops of `block` have been put into another order, or leave it."""
        self._numbers.pop(block, None)


def _number(op: Operation, numbers: dict[Operation, int]) -> None:
    """Gives `op` a number between those of its neighbours; where there is none, gives all ops of its block new ones."""
    previous, following = op.prev_op, op.next_op
    low = None if previous is None else numbers.get(previous)
    high = None if following is None else numbers.get(following)
    if previous is None and high is not None:
        numbers[op] = high - _GAP
    elif following is None and low is not None:
        numbers[op] = low + _GAP
    elif low is not None and high is not None and high - low > 1:
        numbers[op] = (low + high) // 2
    else:
        assert op.parent is not None
        numbers.update(_numbered(op.parent))


def _numbered(block: Block) -> dict[Operation, int]:
    return {op: place * _GAP for place, op in enumerate(ops_of(block))}


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
