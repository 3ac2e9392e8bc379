"""What stands below what: the parts of a graph in the order of time.

Text order is that of time, but in a program that was refused: its partitions never became regions, and one may wait for
a step of the host that waits for it in turn. Such parts make one `Circle`, whose nodes stand level by level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from iree_explorer.graph.model import Graph, Node, Region, Unit, nodes_of


@dataclass(frozen=True, slots=True)
class Circle:
    """Regions and steps of the host (nodes) of which each waits for all others, in text order.

    Attributes:
        levels: node → how many levels stand above its own: what a node needs of the circle is above it. No two steps
            of the host share one.
    """

    regions: tuple[Region, ...]
    steps: tuple[int, ...]
    levels: Mapping[int, int]


Part = Unit | Circle


def in_time(graph: Graph, predecessors: Sequence[Sequence[int]]) -> list[Part]:
    """The parts of `graph`, each after all that it waits for; where they can be, in text order."""
    units = list(graph.units())
    place = {node: index for index, unit in enumerate(units) for node in nodes_of(unit)}
    waits = [
        {place[source] for node in nodes_of(unit) for source in predecessors[node]} - {index}
        for index, unit in enumerate(units)
    ]
    if all(source < index for index, sources in enumerate(waits) for source in sources):
        return list(units)
    return [_part([units[index] for index in members], predecessors) for members in _in_order(waits)]


def _part(units: Sequence[Unit], predecessors: Sequence[Sequence[int]]) -> Part:
    if len(units) == 1:
        return units[0]
    regions = tuple(unit for unit in units if isinstance(unit, Region))
    steps = tuple(unit.id for unit in units if isinstance(unit, Node))
    inside = sorted(node for unit in units for node in nodes_of(unit))
    levels: dict[int, int] = {}
    taken: set[int] = set()
    for node in inside:
        level = max((levels[source] + 1 for source in predecessors[node] if source in levels), default=0)
        if node in steps:
            while level in taken:
                level += 1
            taken.add(level)
        levels[node] = level
    return Circle(regions, steps, levels)


def _in_order(waits: Sequence[set[int]]) -> list[list[int]]:
    """What waits for itself together, all in order: each after what it waits for, else the first of the text first."""
    together = _circles(waits)
    group = {unit: number for number, members in enumerate(together) for unit in members}
    left = [
        {group[source] for unit in members for source in waits[unit]} - {number}
        for number, members in enumerate(together)
    ]
    feeds: dict[int, list[int]] = {}
    for number, sources in enumerate(left):
        for source in sources:
            feeds.setdefault(source, []).append(number)
    missing = [len(sources) for sources in left]
    ready = [(members[0], number) for number, members in enumerate(together) if not missing[number]]
    ready.sort()
    order: list[list[int]] = []
    while ready:
        _, number = heappop(ready)
        order.append(together[number])
        for fed in feeds.get(number, ()):
            missing[fed] -= 1
            if not missing[fed]:
                heappush(ready, (together[fed][0], fed))
    return order


def _circles(waits: Sequence[set[int]]) -> list[list[int]]:
    """Strongly connected components (Tarjan's algorithm, without recursion), each sorted."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(waits)):
        if root in index:
            continue
        work = [(root, iter(sorted(waits[root])))]
        while work:
            unit, sources = work[-1]
            if unit not in index:
                index[unit] = low[unit] = len(index)
                stack.append(unit)
                on_stack.add(unit)
            source = next(sources, None)
            if source is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[unit])
                if low[unit] == index[unit]:
                    found.append(_popped(stack, unit))
                    on_stack.difference_update(found[-1])
            elif source not in index:
                work.append((source, iter(sorted(waits[source]))))
            elif source in on_stack:
                low[unit] = min(low[unit], index[source])
    return found


def _popped(stack: list[int], last: int) -> list[int]:
    """Takes all from the top of the stack down to `last` off it; sorted."""
    taken = [stack.pop()]
    while taken[-1] != last:
        taken.append(stack.pop())
    return sorted(taken)
