"""How xDSL stores ops, values and uses: short ways to read, to make and to link ops by the ten thousand.

What is made here is what `Operation.create` and `Block.add_op` make, in a fifth of the time: they check what is known
here, and set each attribute through several calls. What is read here is what properties of xDSL give, without a call of
a Python function for each op or value.

The uses of a value are a list linked both ways, the newest first. Where a use goes out of one and to the front of another, the
steps are spelled out, in `use_all`, `move_use`, `renew_uses` and `renew_operands`: they run for each operand of a large program,
and a call would take as long as they do.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeGuard, TypeVar

from xdsl.dialects.builtin import UnknownLoc, UnregisteredOp
from xdsl.ir import Attribute, Block, BlockArgument, Operation, OpResult, Region, SSAValue, SSAValues, Use

_new: Any = object.__new__

_UNKNOWN: Any = UnknownLoc()

_NONE: Mapping[str, Attribute] = {}

_OpT = TypeVar("_OpT", bound=Operation)

operands_of: Final[Callable[[Operation], SSAValues[SSAValue]]] = attrgetter("_operands")
"""The operands of an op as they are now: what `op.operands` is a view of."""
operand_at: Final[Callable[[SSAValues[SSAValue], int], SSAValue]] = tuple.__getitem__
"""One of some operands; xDSL's own `operands[index]` looks at what kind of index it is given."""
operand_uses_of: Final[Callable[[Operation], tuple[Use, ...]]] = attrgetter("_operand_uses")
"""The uses of an op's operands, in the order of the operands."""
results_of: Final[Callable[[Operation], SSAValues[OpResult]]] = attrgetter("results")
"""`op.results`; as a function for `map`."""
successors_of: Final[Callable[[Operation], Sequence[Block]]] = attrgetter("_successors")
"""The blocks that an op may go to, as they are now: what `op.successors` is a view of."""
type_of: Final[Callable[[SSAValue], Attribute]] = attrgetter("_type")
"""`value.type`; as a function for `map`, which takes no longer for it than for a field."""


class _SlimUse:
    """All that a `Use` of xDSL is, in half of the memory: a large program has ten of these an op, and meets them in any order."""

    __slots__ = ("_index", "_next_use", "_operation", "_prev_use")

    operation = property(attrgetter("_operation"))
    index = property(attrgetter("_index"))


first_use_of: Final[Callable[[SSAValue], Use | None]] = attrgetter("first_use")
"""The newest use of a value; None: nothing uses it."""


def are_distinct(values: Sequence[SSAValue]) -> bool:
    """Whether no value is there twice."""
    return len(set(map(id, values))) == len(values)


def implements(op: Operation, interface: type[_OpT]) -> TypeGuard[_OpT]:
    """`isinstance`, three times as fast where it is asked of every op: these classes are abstract base classes."""
    return _implements(type(op), interface)


@cache
def _implements(cls: type[Operation], interface: type[Operation]) -> bool:
    return issubclass(cls, interface)


def uses_of(value: SSAValue) -> list[Use]:
    """The uses of `value` as they are now, the newest first: `value.uses`, three times as fast where they are few."""
    uses: list[Use] = []
    use: Any = value.first_use
    while use is not None:
        uses.append(use)
        use = use._next_use
    return uses


def users_of(value: SSAValue) -> list[Operation]:
    """The op of each use of `value`, the newest use first; an op that uses it twice is there twice."""
    users: list[Operation] = []
    use: Any = value.first_use
    while use is not None:
        users.append(use._operation)
        use = use._next_use
    return users


def ancestor_in(block: Block, op: Operation) -> Operation | None:
    """The op of `block` that is `op` or has it inside, None where it is elsewhere: `block.find_ancestor_op_in_block(op)`."""
    current: Operation | None = op
    while current is not None and (home := current.parent) is not block:
        region = None if home is None else home.parent
        current = None if region is None else region.parent
    return current


def store_operands(op: Operation, operands: Iterable[SSAValue], uses: tuple[Use, ...] | None = None) -> None:
    """Makes `operands` those of `op`, whose uses are in the values' use lists already; None: its uses stay."""
    stored: Any = op
    stored._operands = SSAValues(operands)
    if uses is not None:
        stored._operand_uses = uses


def retype(value: SSAValue, new_type: Attribute) -> None:
    """Gives a value another type in place."""
    stored: Any = value
    stored._type = new_type


def make_op(
    cls: type[_OpT],
    operands: Iterable[SSAValue],
    result_types: Sequence[Attribute],
    properties: Mapping[str, Attribute],
    attributes: Mapping[str, Attribute] = _NONE,
    regions: Sequence[Region] = (),
) -> _OpT:
    """A fresh op without successors, in no block yet."""
    op = _new(cls)
    op._operands = values = SSAValues(operands)
    op._operand_uses = use_all(op, values)
    results: list[OpResult] = []
    for index, type_ in enumerate(result_types):
        result = _new(OpResult)
        result._type = type_
        result.op = op
        result.index = index
        results.append(result)
    op.results = SSAValues(results)
    op.properties = dict(properties)
    op.attributes = dict(attributes)
    op.location = _UNKNOWN
    op._successors = ()
    op._successor_uses = ()
    op.regions = tuple(regions)
    for region in regions:
        region.parent = op
    return op


def make_block(arg_types: Iterable[Attribute]) -> Block:
    """A fresh block without ops, in no region yet."""
    block: Any = Block()
    arguments: list[Any] = []
    for index, type_ in enumerate(arg_types):
        argument = _new(BlockArgument)
        argument._type = type_
        argument.block = block
        argument.index = index
        argument.location = _UNKNOWN
        arguments.append(argument)
    block._args = tuple(arguments)
    return block


def erase_arguments(block: Block, numbers: Container[int]) -> None:
    """Drops the arguments of these numbers, which nothing uses."""
    stored: Any = block
    kept = [argument for argument in block.args if argument.index not in numbers]
    for index, argument in enumerate(kept):
        argument.index = index
    stored._args = tuple(kept)


def use_all(op: Operation, operands: Iterable[Any], start: int = 0) -> tuple[Use, ...]:
    """Makes `op` the newest user of each of its operands from number `start` on, in their order; returns the uses."""
    uses: list[Any] = []
    for index, value in enumerate(operands, start):
        use = _new(_SlimUse)
        use._operation = op
        use._index = index
        use._prev_use = None
        use._next_use = first = value.first_use
        if first is not None:
            first._prev_use = use
        value.first_use = use
        uses.append(use)
    return tuple(uses)


def move_use(use: Any, old: Any, new: Any) -> None:
    """Makes a use of `old` the newest of `new`; the operand of the op stays to be replaced."""
    newer, older = use._prev_use, use._next_use
    if newer is None:
        old.first_use = older
    else:
        newer._next_use = older
    if older is not None:
        older._prev_use = newer
    use._prev_use = None
    use._next_use = first = new.first_use
    if first is not None:
        first._prev_use = use
    new.first_use = use


def renew_uses(values: Iterable[Any], uses: Iterable[Any]) -> None:
    """Makes each use the newest of its value."""
    for value, use in zip(values, uses, strict=True):
        newer, older = use._prev_use, use._next_use
        if newer is None:
            continue  # It is already.
        newer._next_use = older
        if older is not None:
            older._prev_use = newer
        use._prev_use = None
        use._next_use = first = value.first_use
        first._prev_use = use
        value.first_use = use


def renew_operands(op: Any, replacements: Mapping[int, SSAValue]) -> None:
    """Replaces operands, by `id`, and makes `op` the newest user of each, in their order, as if it had been made anew."""
    operands: list[Any] = []
    is_changed = False
    for value, use in zip(op._operands, op._operand_uses, strict=True):
        other: Any = replacements.get(id(value), value)
        operands.append(other)
        newer, older = use._prev_use, use._next_use
        if other is not value:
            is_changed = True
        elif newer is None:
            continue  # It is the newest already.
        if newer is None:
            value.first_use = older
        else:
            newer._next_use = older
        if older is not None:
            older._prev_use = newer
        use._prev_use = None
        use._next_use = first = other.first_use
        if first is not None:
            first._prev_use = use
        other.first_use = use
    if is_changed:
        op._operands = SSAValues(operands)


def copy_op(op: _OpT) -> tuple[_OpT, list[tuple[Operation, Operation]]]:
    """A copy of `op` with all that is in it, as xDSL's `clone` makes it, without hints of names.

    Returns:
        The copy, and each op beside its copy, in the order of the text.
    """
    copier = _Copier()
    copy = copier.copy(op)
    copier.link()
    return copy, copier.pairs


class _Copier:
    """Copies ops first and links them to values and blocks afterwards: either may be used before it is defined."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Operation, Operation]] = []
        self._values: dict[int, Any] = {}
        self._blocks: dict[Block, Block] = {}

    def copy(self, op: _OpT) -> _OpT:
        old: Any = op
        new: Any = make_op(type(op), (), [result._type for result in old.results], op.properties, op.attributes)
        new.location = op.location
        self.pairs.append((op, new))
        for result, other in zip(old.results, new.results, strict=True):
            self._values[id(result)] = other
        if old.regions:
            new.regions = tuple([self._copy_region(region) for region in old.regions])
            for region in new.regions:
                region.parent = new
        return new

    def _copy_region(self, region: Region) -> Region:
        copies = [make_block(block.arg_types) for block in region.blocks]
        for block, copy in zip(region.blocks, copies, strict=True):
            self._blocks[block] = copy
            for argument, other in zip(block.args, copy.args, strict=True):
                other.location = argument.location
                self._values[id(argument)] = other
            append_ops(copy, [self.copy(op) for op in ops_of(block)])
        return Region(copies)

    def link(self) -> None:
        """Gives the copies their operands and successors, those from outside of the op as they are."""
        values, blocks = self._values, self._blocks
        old: Any
        new: Any
        for old, new in self.pairs:
            new._operands = operands = SSAValues([values.get(id(operand), operand) for operand in old._operands])
            new._operand_uses = use_all(new, operands)
            if old._successors:
                new.successors = [blocks.get(block, block) for block in old._successors]


def append_ops(block: Block, ops: Iterable[Operation]) -> None:
    """Puts ops that are in no block, or are no longer linked to one, at the end of `block`, which is not inside of them."""
    links: Any = block
    last: Any = links._last_op
    op: Any
    for op in ops:
        op.parent = block
        op._prev_op = last
        if last is None:
            links._first_op = op
        else:
            last._next_op = op
        last = op
    if last is not None:
        last._next_op = None  # It may have had one where it was before.
    links._last_op = last


def order_block(block: Block, ops: Iterable[Operation]) -> None:
    """Makes `ops` the ops of `block`, in this order; those that it had and that are not among them are still linked to it."""
    links: Any = block
    links._first_op = links._last_op = None
    append_ops(block, ops)


def insert_op(block: Block, op: Operation, after: Operation | None) -> None:
    """Puts an op that is in no block, and not around `block`, right after another one, or (None) at the block's start."""
    links: Any = block
    previous: Any = after
    new: Any = op
    following = links._first_op if previous is None else previous._next_op
    new.parent = block
    new._prev_op, new._next_op = previous, following
    if previous is None:
        links._first_op = new
    else:
        previous._next_op = new
    if following is None:
        links._last_op = new
    else:
        following._prev_op = new


def written_name(op: Operation) -> str:
    """The name that a text calls `op` by, which is not that of its class where nobody has registered it."""
    return op.op_name.data if isinstance(op, UnregisteredOp) else op.name


def with_ancestors(op: Operation | None) -> Iterator[Operation]:
    """`op`, the op around it, and so on outwards."""
    while op is not None:
        yield op
        op = op.parent_op()


def nested_ops(op: Operation) -> Iterator[Operation]:
    """The ops directly in the regions of `op`, as they are now."""
    for region in op.regions:
        for block in blocks_of(region):
            yield from ops_of(block)


def blocks_of(region: Region) -> list[Block]:
    """The blocks of `region` as they are now."""
    links: Any = region
    block = links._first_block
    if block is links._last_block:
        return [] if block is None else [block]
    blocks: list[Block] = []
    while block is not None:
        blocks.append(block)
        block = block._next_block
    return blocks


def ops_of(block: Block) -> list[Operation]:
    """The ops of `block` as they are now."""
    ops: list[Operation] = []
    links: Any = block
    op = links._first_op
    while op is not None:
        ops.append(op)
        op = op._next_op
    return ops
