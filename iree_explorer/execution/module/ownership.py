"""Which tied operands may be updated in place: those that nothing reads afterwards.

The value of a resource never changes; an op whose result is tied to an operand writes the result into the operand's storage.
That is safe when the op is the operand's last user and nothing else names the storage. Anywhere else the op gets a copy.
"""

from xdsl.ir import Block, Operation, SSAValue

_READERS = frozenset(
    f"stream.async.{name}"
    for name in (
        "clone",
        "slice",
        "fill",
        "update",
        "copy",
        "transfer",
        "load",
        "store",
        "dispatch",
        "execute",
        "concurrent",
        "collective",
        "parameter.load",
        "parameter.read",
        "parameter.gather",
        "parameter.write",
        "parameter.scatter",
    )
)
_FRESH = frozenset(
    {*_READERS, "stream.async.alloca", "stream.async.splat", "stream.async.constant"} - {"stream.async.load"}
)
_FORWARDS = frozenset(
    {"stream.timepoint.await", "stream.timepoint.barrier", "stream.async.barrier", "stream.async.cast"}
)
_REGIONS = frozenset({"stream.async.execute", "stream.async.concurrent"})


class Ownership:
    """Answers for one function; positions of ops are looked up once a block."""

    def __init__(self) -> None:
        self._positions: dict[Block, dict[Operation, int]] = {}

    def position(self, op: Operation) -> int:
        """The place of an op in its block."""
        block = op.parent
        assert block is not None
        if block not in self._positions:
            self._positions[block] = {inner: place for place, inner in enumerate(block.ops)}
        return self._positions[block][op]

    def is_last_use(self, value: SSAValue, op: Operation, uses: int = 1) -> bool:
        """Whether `op` is the only one of its value's users that is not an earlier reader, and uses it `uses` times."""
        block = defining_block(value)
        if block is None or block is not op.parent:
            return False
        count = 0
        for use in value.uses:
            if use.operation is op:
                count += 1
                continue
            ancestor = ancestor_in(block, use.operation)
            if ancestor is None or ancestor is op or ancestor.name not in _READERS:
                return False
            if self.position(ancestor) > self.position(op):
                return False
        return count == uses

    def may_update_in_place(self, value: SSAValue, op: Operation, uses: int = 1) -> bool:
        """Whether `op`, to which a result tied to `value` belongs, may write into the storage that `value` names.

        All `uses` of the value by the op must be ties. The arguments of execution and concurrency regions pass; their resources know at run time what the region may do.
        """
        while self.is_last_use(value, op, uses):
            owner = value.owner
            if not isinstance(owner, Operation):
                parent = owner.parent_op()
                return parent is not None and parent.name in _REGIONS
            if owner.name not in _FORWARDS:
                return owner.name in _FRESH
            value, op, uses = owner.operands[owner.results.index(value)], owner, 1
        return False

    def dying(self, block: Block, is_tracked: type | tuple[type, ...]) -> dict[Operation, list[SSAValue]]:
        """For each op of a block the values of the tracked types that nothing uses after it."""
        found: dict[Operation, list[SSAValue]] = {}
        values = [*block.args, *(result for op in block.ops for result in op.results)]
        for value in values:
            if not isinstance(value.type, is_tracked):
                continue
            last: Operation | None = None
            for use in value.uses:
                ancestor = ancestor_in(block, use.operation)
                if ancestor is None:
                    last = None
                    break
                if last is None or self.position(ancestor) > self.position(last):
                    last = ancestor
            if last is not None and last is not block.last_op:
                found.setdefault(last, []).append(value)
        return found


def defining_block(value: SSAValue) -> Block | None:
    """The block that a value is an argument of, or made in."""
    owner = value.owner
    return owner.parent if isinstance(owner, Operation) else owner


def ancestor_in(block: Block, op: Operation) -> Operation | None:
    """The op of `block` that is `op` or holds it, None where it is elsewhere."""
    current: Operation | None = op
    while current is not None and current.parent is not block:
        current = current.parent_op()
    return current
