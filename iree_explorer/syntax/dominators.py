"""Which blocks of a region come before a block on every way to it."""

from __future__ import annotations

from xdsl.ir import Block


def children_in_dominator_tree(entry: Block) -> dict[Block, list[Block]]:
    """For each block that can be reached from `entry`, the blocks that it dominates immediately.

    Source: Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.
    """
    order = _reverse_postorder(entry)
    place = {block: index for index, block in enumerate(order)}
    parents = _immediate_dominators(order, place)
    children: dict[Block, list[Block]] = {block: [] for block in order}
    for index, parent in enumerate(parents):
        if index:
            children[order[parent]].append(order[index])
    return children


def _immediate_dominators(order: list[Block], place: dict[Block, int]) -> list[int]:
    predecessors: list[list[int]] = [[] for _ in order]
    for index, block in enumerate(order):
        for successor in _successors(block):
            predecessors[place[successor]].append(index)
    parents = [-1] * len(order)
    parents[0] = 0
    changed = True
    while changed:
        changed = False
        for index in range(1, len(order)):
            known = [predecessor for predecessor in predecessors[index] if parents[predecessor] >= 0]
            common = known[0]
            for predecessor in known[1:]:
                common = _intersection(common, predecessor, parents)
            if parents[index] != common:
                parents[index] = common
                changed = True
    return parents


def _intersection(first: int, second: int, parents: list[int]) -> int:
    while first != second:
        while first > second:
            first = parents[first]
        while second > first:
            second = parents[second]
    return first


def _successors(block: Block) -> tuple[Block, ...]:
    last = block.last_op
    successors = () if last is None else last.successors
    return tuple(successor for successor in successors if successor.parent is block.parent)


def _reverse_postorder(entry: Block) -> list[Block]:
    order: list[Block] = []
    seen = {entry}
    pending = [(entry, iter(_successors(entry)))]
    while pending:
        block, successors = pending[-1]
        following = next((successor for successor in successors if successor not in seen), None)
        if following is None:
            order.append(block)
            pending.pop()
        else:
            seen.add(following)
            pending.append((following, iter(_successors(following))))
    return order[::-1]
