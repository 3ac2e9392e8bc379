"""Which nodes made a value: seen through region arguments, yields, waits and arithmetic on the host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue
from xdsl.traits import IsTerminator

from iree_explorer.dialects.stream.types import ResourceType, TimepointType
from iree_explorer.frozen import frozen
from iree_explorer.ir.interfaces import ClosureOpInterface
from iree_explorer.ir.interfaces.control_flow import BranchOpInterface

AWAIT = "stream.timepoint.await"
REGION_OPS = frozenset({"stream.async.execute", "stream.async.concurrent"})


@frozen
class Source:
    """A node that made a value, and the value as the node gives it."""

    node: int
    value: SSAValue


@dataclass(slots=True)
class Producers:
    """Answers who made a value. `node_of` has the nodes so far; values are asked for after all ops before their use.

    `ends` has, for an op of the host that holds other nodes, the node of its end: what it gives is ready only there.
    """

    node_of: Mapping[Operation, int]
    ends: Mapping[Operation, int]
    # By `id`, as everything that is asked for outlives this: hashing a value takes longer than the look-up.
    _known: dict[int, tuple[Source, ...]] = field(default_factory=dict[int, tuple[Source, ...]])
    _captures: dict[Operation, Sequence[SSAValue]] = field(default_factory=dict[Operation, Sequence[SSAValue]])

    def of(self, value: SSAValue) -> tuple[Source, ...]:
        """The nodes that made `value`, without repetition; none for constants, arguments and the like."""
        known = self._known.get(id(value))
        return self._search(value) if known is None else known

    def _search(self, value: SSAValue) -> tuple[Source, ...]:
        """Looks `value` up, on a stack of its own: there may be more values in a row than Python's stack is deep."""
        known = self._known
        begun = self._begin(value)
        while begun:
            last = begun[-1]
            for origin in last.origins:
                if id(origin) not in known and (deeper := self._begin(origin)):
                    begun += deeper
                    break
                last.add(known[id(origin)])
            else:
                begun.pop()
                sources = known[id(last.value)] = tuple(last.found.values())
                if begun:
                    begun[-1].add(sources)
        return known[id(value)]

    def _begin(self, value: SSAValue) -> list[_Search]:
        """The search for what made `value`; none where a node did, which is known at once."""
        origins = self._origins(value)
        if isinstance(origins, Source):
            self._known[id(value)] = (origins,)
            return []
        # A value that is asked for while it is looked up has no further makers.
        self._known[id(value)] = ()
        return [_Search(value, iter(origins))]

    def _origins(self, value: SSAValue) -> Source | Sequence[SSAValue]:
        """The node that gives `value`, or the values that it stands for or is computed from."""
        if not isinstance(value, OpResult):
            assert isinstance(value, BlockArgument)
            return self._captured(value)
        op = value.op
        node = self._node(op)
        if node is not None:
            return Source(node, value)
        if op.name in REGION_OPS:
            return self._yielded(op, value)
        if op.name == AWAIT:
            return op.operands[value.index : value.index + 1]
        # Host arithmetic is no node: its result comes from what its operands come from.
        return () if isinstance(value.type, TimepointType) else op.operands

    def _node(self, op: Operation) -> int | None:
        """The node that gives an op's results; None: it is no node."""
        return self.ends.get(op, self.node_of.get(op)) if self.ends else self.node_of.get(op)

    def _captured(self, argument: BlockArgument) -> Source | Sequence[SSAValue]:
        """An argument of a region op stands for what is captured, one of a later block for what the branches bring."""
        block = argument.owner
        op = block.parent_op()
        if op is not None and op.name in REGION_OPS:
            return (self._captured_by(op)[argument.index],)
        if op is not None and op in self.node_of:
            return Source(self.node_of[op], argument)
        return [
            use.operation.successor_operands(use.index)[argument.index]
            for use in block.uses
            if isinstance(use.operation, BranchOpInterface)
        ]

    def _captured_by(self, op: Operation) -> Sequence[SSAValue]:
        """What a region op captures, read off it once."""
        known = self._captures.get(op)
        if known is None:
            assert isinstance(op, ClosureOpInterface)
            known = self._captures[op] = tuple(op.closure_operands)
        return known

    def _yielded(self, op: Operation, result: OpResult) -> Sequence[SSAValue]:
        """A result of a region op is what its terminator yields."""
        block: Block | None = op.regions[0].first_block
        last = block.last_op if block is not None else None
        if last is None or isinstance(result.type, TimepointType):
            return ()
        return last.operands[result.index : result.index + 1]


class _Search:
    """A value while it is looked up.

    Attributes:
        origins: the values still to come that it stands for or is computed from.
        found: what made those before, by node.
    """

    def __init__(self, value: SSAValue, origins: Iterator[SSAValue]) -> None:
        self.value = value
        self.origins = origins
        self.found: dict[int, Source] = {}

    def add(self, sources: Sequence[Source]) -> None:
        """What made one of them."""
        self.found.update((source.node, source) for source in sources)


def is_plumbing(op: Operation) -> bool:
    """Whether the op is drawn as edges or not at all: constants, waits, joins, scalar arithmetic, ends of regions.

    A choice between resources is none: the host makes it, so regions may have to wait for it, or it for them.
    """
    if op.name in REGION_OPS or op.name.startswith("stream.timepoint.") or op.has_trait(IsTerminator):
        return True
    if op.regions or (op.name == "arith.select" and isinstance(op.results[0].type, ResourceType)):
        return False
    dialect = op.name.partition(".")[0]
    return dialect in _SCALAR_DIALECTS or op.name in _SCALAR_OPS or _only_indices(op)


_SCALAR_DIALECTS = frozenset({"arith", "math", "affine", "complex"})
_SCALAR_OPS = frozenset(
    {
        "hal.element_type",
        "hal.encoding_type",
        "stream.resource.size",
        "stream.tensor.sizeof",
        "util.align",
        "util.null",
        "util.sizeof",
        "util.unreachable",
    }
)


def _only_indices(op: Operation) -> bool:
    """Sizes, dimensions and their like: pure in all dialects that have them."""
    return (
        bool(op.results)
        and all(isinstance(result.type, IndexType) for result in op.results)
        and op.name not in ("stream.async.load", "util.call", "func.call")
    )
