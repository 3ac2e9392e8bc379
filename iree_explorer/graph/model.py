"""A function's schedule as a picture's data: nodes, edges, regions and waves, as numbers and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, get_args

from typing_extensions import override

from iree_explorer.frozen import frozen

NodeKind = Literal[
    "dispatch",
    "copy",
    "fill",
    "constant",
    "transfer",
    "update",
    "slice",
    "clone",
    "alloca",
    "host",
    "other",
]
"""What a node does; chooses its colour. `host`: it runs on the host, between the regions."""

EdgeKind = Literal["resource", "tied", "timepoint", "captured"]
"""How a node depends on another:

* `resource`: it reads what the other wrote, in the same region;
* `tied`: as `resource`, and its result reuses the storage (it writes in place);
* `timepoint`: what it reads comes from another region, so a timepoint is waited for;
* `captured`: a region reads what the host made.
"""

NODE_KINDS: tuple[NodeKind, ...] = get_args(NodeKind)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)

NOWHERE = -1
"""In a node's `region` and `wave`: none. In `origin`: it is no copy."""


@frozen
class Node:
    """One op of the schedule.

    Attributes:
        id: its place in `Graph.nodes`.
        op: op id before the passes; that of the op it was made from where a pass made it.
        origin: for a further copy of an op, the id of that op; else -1.
        name: op name, such as `stream.async.dispatch`.
        label: what a reader looks for: a dispatch's export, else the short op name.
        detail: a few words more.
        region: ordinal of its region, -1 on the host.
        wave: ordinal of its wave, -1 where the region has none.
        size: bytes that it produces, None where that is not a constant.
        ops: how many ops it stands for; more than one where a picture was folded.
        own: id of the very op that is drawn; -1 for a folded node.
    """

    id: int
    op: int
    origin: int
    name: str
    label: str
    detail: str
    kind: NodeKind
    region: int = NOWHERE
    wave: int = NOWHERE
    size: int | None = None
    ops: int = 1
    own: int = NOWHERE


@frozen
class Edge:
    """`target` needs `source` (places in `Graph.nodes`); `label` is the value's name, `size` its bytes."""

    source: int
    target: int
    kind: EdgeKind
    label: str = ""
    size: int | None = None


@frozen
class Wave:
    """Ops of a region that run at once; `nodes` are places in `Graph.nodes`, in text order."""

    ordinal: int
    label: str
    nodes: tuple[int, ...]


@frozen
class Region:
    """An execution region.

    Attributes:
        ordinal: unique in the graph; the partition's own where the function has one block.
        label: such as `partition 2`.
        affinity: where it runs, as printed; empty where nobody says.
        awaits: labels of what it waits for, in operand order.
        waves: in the order in which they run; empty before concurrency was scheduled. A node that does no work (a
            constant, a view) may be in none.
        nodes: places in `Graph.nodes`, in text order.
        op: op id of the region op, -1 where it is not known.
    """

    ordinal: int
    label: str
    affinity: str
    awaits: tuple[str, ...]
    waves: tuple[Wave, ...]
    nodes: tuple[int, ...]
    op: int = NOWHERE


Unit = Region | Node
"""What runs as a whole: a region, or a node outside of every region."""


def nodes_of(unit: Unit) -> tuple[int, ...]:
    """Places of a unit's nodes in `Graph.nodes`, in text order."""
    return unit.nodes if isinstance(unit, Region) else (unit.id,)


@dataclass(frozen=True)
class Graph:
    """The schedule of one function. Nodes are in text order and every edge goes forward in it."""

    function: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    regions: tuple[Region, ...] = ()

    @cached_property
    def _region(self) -> Mapping[int, Region]:
        return {region.ordinal: region for region in self.regions}

    @cached_property
    def _neighbours(self) -> tuple[list[list[int]], list[list[int]]]:
        before: list[list[int]] = [[] for _ in self.nodes]
        after: list[list[int]] = [[] for _ in self.nodes]
        for edge in self.edges:
            before[edge.target].append(edge.source)
            after[edge.source].append(edge.target)
        return before, after

    def region(self, ordinal: int) -> Region:
        """The region of this ordinal."""
        return self._region[ordinal]

    def neighbours(self) -> tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]]:
        """Per node: what it needs, and what it feeds, in edge order."""
        return self._neighbours

    def units(self) -> Iterator[Unit]:
        """Regions as wholes and host nodes, in text order; a region without nodes comes last."""
        seen: set[int] = set()
        for node in self.nodes:
            if node.region == NOWHERE:
                yield node
            elif node.region not in seen:
                seen.add(node.region)
                yield self.region(node.region)
        yield from (region for region in self.regions if region.ordinal not in seen)

    def host_nodes(self) -> Iterator[Node]:
        """The nodes outside of every region, in text order."""
        return (node for node in self.nodes if node.region == NOWHERE)

    @override
    def __repr__(self) -> str:
        waves = [wave for region in self.regions for wave in region.waves]
        widest = max((len(wave.nodes) for wave in waves), default=0)
        figures = (
            (len(self.nodes), "node"),
            (len(self.edges), "edge"),
            (len(self.regions), "region"),
            (len(waves), "wave"),
        )
        words = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in figures)
        return f"<Graph @{self.function}: {words}" + (f", the widest of {widest}>" if waves else ">")


@lru_cache(maxsize=4096)
def byte_text(size: int | None) -> str:
    """Bytes as a reader wants them, such as `64 B` or `1.5 KB` (of 1024); empty for None."""
    if size is None:
        return ""
    amount, unit = float(size), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    digits = f"{amount:.1f}".removesuffix(".0") if unit != "B" and amount < 100 else f"{amount:.0f}"
    return f"{digits} {unit}"
