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


def walk_depth_first(entry: Block, seen: dict[Block, Block | None]) -> list[Block]:
    """The blocks that `entry` reaches without passing through `seen` ones, itself too, each after its successors.

    Adds each to `seen`, with the block it was entered from (None: `entry`), in the order in which they are entered, first
    successors first. A walk does not leave the region.
    """
    seen[entry] = None
    left: list[Block] = []
    path = [(entry, iter(successors(entry)))]
    while path:
        block, pending = path[-1]
        for successor in pending:
            if successor not in seen and successor.parent is entry.parent:
                seen[successor] = block
                path.append((successor, iter(successors(successor))))
                break
        else:
            left.append(block)
            path.pop()
    return left


def immediate_dominators(entry: Block) -> dict[Block, Block | None]:
    """Each block that `entry` reaches → the last other block on every way to it; of `entry` None.

    They are in the order in which a depth-first walk enters them, so a dominator comes before what it dominates.

    Source: Georgiadis: Linear-Time Algorithms for Dominators and Related Problems, 2005, section 2.3 (Semi-NCA), which is
    what LLVM uses.
    """
    entered: dict[Block, Block | None] = {}
    walk_depth_first(entry, entered)
    blocks = list(entered)
    place = {block: index for index, block in enumerate(blocks)}
    tree = [-1 if origin is None else place[origin] for origin in entered.values()]
    dominators = _semidominators(tree, _predecessors(blocks, place))
    for index in range(1, len(blocks)):
        dominator = tree[index]
        while dominator > dominators[index]:
            dominator = dominators[dominator]
        dominators[index] = dominator
    return {block: blocks[dominators[index]] if index else None for index, block in enumerate(blocks)}


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


def _semidominators(tree: Sequence[int], predecessors: Sequence[Sequence[int]]) -> list[int]:
    """For each block the first one from which a way leads to it through later blocks alone; blocks are as entered.

    Args:
        tree: for each block the one it was entered from; of the first -1.
        predecessors: for each block those that may go to it.
    """
    found = list(range(len(tree)))
    least = list(found)  # For each block the one of the least semidominator on the part of its path that is known.
    above = [-1] * len(tree)  # Where that part ends; -1: nothing is known.
    for index in range(len(tree) - 1, 0, -1):
        for predecessor in predecessors[index]:
            _shorten(predecessor, above, least, found)
            found[index] = min(found[index], found[least[predecessor]])
        above[index] = tree[index]
    return found


def _shorten(block: int, above: list[int], least: list[int], found: Sequence[int]) -> None:
    """Makes the known part of the path of `block`, and of all blocks on it, one edge long."""
    path: list[int] = []
    while above[block] >= 0 and above[above[block]] >= 0:
        path.append(block)
        block = above[block]
    for block in reversed(path):
        origin = above[block]
        if found[least[origin]] < found[least[block]]:
            least[block] = least[origin]
        above[block] = above[origin]
