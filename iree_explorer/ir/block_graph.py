"""The blocks of a region as a graph: where each may go, what can be reached, and what lies on every way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from xdsl.ir import Block

from iree_explorer.ir.storage import successors_of


def successors(block: Block) -> Sequence[Block]:
    """The blocks that the end of `block` may go to."""
    return () if block.last_op is None else successors_of(block.last_op)


def predecessors(block: Block) -> Iterator[Block]:
    """The blocks that may go to `block`, each as often as it does: `block.predecessors()`, without finding them all at once."""
    return (home for use in block.uses if (home := use.operation.parent) is not None)


def only_predecessor(block: Block) -> Block | None:
    """The block that alone, and in one way alone, goes to `block`."""
    found = tuple(islice(predecessors(block), 2))
    return found[0] if len(found) == 1 else None


def walk_depth_first(entry: Block, seen: dict[Block, None]) -> list[Block]:
    """The blocks that `entry` reaches without passing through `seen` ones, itself too, each after its successors.

    Adds them to `seen` in the order in which they are entered, first successors first. A walk does not leave the region.
    """
    seen[entry] = None
    left: list[Block] = []
    path = [(entry, iter(successors(entry)))]
    while path:
        block, pending = path[-1]
        for successor in pending:
            if successor not in seen and successor.parent is entry.parent:
                seen[successor] = None
                path.append((successor, iter(successors(successor))))
                break
        else:
            left.append(block)
            path.pop()
    return left


def immediate_dominators(entry: Block) -> dict[Block, Block | None]:
    """Each block that `entry` reaches → the last other block on every way to it; of `entry` None.

    They are in the order in which a depth-first walk enters them, so a dominator comes before what it dominates.

    Source: Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.
    """
    entered: dict[Block, None] = {}
    order = walk_depth_first(entry, entered)[::-1]
    place = {block: index for index, block in enumerate(order)}
    parents = _parents(_predecessors(order, place))
    return {block: order[parents[place[block]]] if block is not entry else None for block in entered}


def dominator_tree(entry: Block) -> dict[Block, list[Block]]:
    """Each block that `entry` reaches → the blocks whose immediate dominator it is; in the order of a depth-first walk."""
    parents = immediate_dominators(entry)
    children: dict[Block, list[Block]] = {block: [] for block in parents}
    for block, parent in parents.items():
        if parent is not None:
            children[parent].append(block)
    return children


def _predecessors(order: Sequence[Block], place: dict[Block, int]) -> list[list[int]]:
    predecessors: list[list[int]] = [[] for _ in order]
    for index, block in enumerate(order):
        for successor in successors(block):
            if successor in place:
                predecessors[place[successor]].append(index)
    return predecessors


def _parents(predecessors: Sequence[Sequence[int]]) -> list[int]:
    """For each block of a reverse post-order its dominator, by place; the first block's is itself."""
    parents = [0, *(-1 for _ in predecessors[1:])]
    changed = True
    while changed:
        changed = False
        for index in range(1, len(parents)):
            known = [predecessor for predecessor in predecessors[index] if parents[predecessor] >= 0]
            common = known[0]
            for predecessor in known[1:]:
                common = _intersection(common, predecessor, parents)
            if parents[index] != common:
                parents[index] = common
                changed = True
    return parents


def _intersection(first: int, second: int, parents: Sequence[int]) -> int:
    while first != second:
        while first > second:
            first = parents[first]
        while second > first:
            second = parents[second]
    return first
