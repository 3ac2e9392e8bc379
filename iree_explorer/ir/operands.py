"""Changing some operands of an op in place; xDSL itself can only replace single operands or all of them.

The order of a value's uses shows in the text, so uses that MLIR inserts anew are inserted anew here.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from struct import pack
from typing import Any
from weakref import WeakKeyDictionary

from xdsl.dialects.builtin import BytesAttr, DenseArrayBase, i32
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import AttrSizedOperandSegments, IRDLOperation

from iree_explorer.ir.storage import operand_uses_of, operands_of, renew_operands, renew_uses, store_operands, use_all

_SEGMENTS = AttrSizedOperandSegments.attribute_name


@lru_cache(maxsize=1024)
def sizes_attr(*sizes: int) -> DenseArrayBase:
    """Numbers of operands as a property of an op."""
    # What `DenseArrayBase.from_list` makes; that looks at the range of each number, and a switch may have thousands.
    return DenseArrayBase(i32, BytesAttr(pack(f"<{len(sizes)}i", *sizes)))


def segments_property(*sizes: int) -> dict[str, Attribute]:
    """The property of a fresh op that tells how many operands each group has."""
    return {_SEGMENTS: sizes_attr(*sizes)}


def segment_sizes(op: IRDLOperation) -> tuple[int, ...]:
    """How many operands each group of `op` has, in order, where it says so; much faster than to ask for the groups."""
    sizes = op.properties.get(_SEGMENTS)
    return (_KNOWN.get(id(sizes)) or _unpacked(sizes))[1]


def segment_bounds(op: Operation) -> tuple[int, ...]:
    """Where each operand group of `op` begins, and where the last one ends."""
    sizes = op.properties.get(_SEGMENTS)
    return (_KNOWN.get(id(sizes)) or _unpacked(sizes))[2]


_KNOWN: dict[int, tuple[object, tuple[int, ...], tuple[int, ...]]] = {}
"""By `id` of the attribute, which is kept alive with it: ops share theirs, and to hash one takes longer than to unpack it."""

_MANY = 4096


def _unpacked(sizes: object) -> tuple[object, tuple[int, ...], tuple[int, ...]]:
    if not isinstance(sizes, DenseArrayBase):
        return sizes, (), (0,)
    if len(_KNOWN) >= _MANY:
        _KNOWN.clear()
    unpacked = tuple(sizes.get_values())
    known = _KNOWN[id(sizes)] = sizes, unpacked, (0, *accumulate(unpacked))
    return known


def operand_groups(op: IRDLOperation) -> dict[str, tuple[int, int]]:
    """Field name of each operand group of `op`, in order → its first operand and how many it has."""
    names = _group_names(type(op))
    if sizes := segment_sizes(op):
        return dict(zip(names, zip(segment_bounds(op), sizes, strict=False), strict=True))
    groups: dict[str, tuple[int, int]] = {}
    start = 0
    for name in names:
        group: Any = getattr(op, name)
        size = 0 if group is None else 1 if isinstance(group, SSAValue) else len(group)
        groups[name] = start, size
        start += size
    return groups


@cache
def _group_names(cls: type[IRDLOperation]) -> tuple[str, ...]:
    return tuple([name for name, _ in cls.get_irdl_definition().operands])


def assign_operands(op: IRDLOperation, name: str, values: Sequence[SSAValue]) -> None:
    """Makes `values` the operand group `name` of `op`, as MLIR's `MutableOperandRange::assign` does.

    The operands before the group keep their place in their values' use lists; those after it do so only where the
    group keeps its size.
    """
    sizes = segment_sizes(op)
    place = _group_names(type(op)).index(name)
    start, size = (segment_bounds(op)[place], sizes[place]) if sizes else operand_groups(op)[name]
    if size == len(values):
        for index, value in enumerate(values, start):
            op.operands[index] = value
        return
    splice_operands(op, start, size, values)
    if sizes:
        op.properties[_SEGMENTS] = sizes_attr(*sizes[:place], len(values), *sizes[place + 1 :])


def set_last_operand(op: IRDLOperation, value: SSAValue, replacements: Mapping[int, SSAValue]) -> None:
    """Gives `op` an operand for its last operand group, which has none, and replaces others, by `id`.

    As `assign_operands` where there is no room for one more operand: `op` is then the newest user of each.
    """
    count = len(operands_of(op))
    _has_room(op, count, count + 1)
    renew_operands(op, replacements)
    store_operands(op, (*operands_of(op), value), (*operand_uses_of(op), *use_all(op, (value,), count)))
    op.properties[_SEGMENTS] = sizes_attr(*segment_sizes(op)[:-1], 1)


_CAPACITIES: WeakKeyDictionary[Operation, int] = WeakKeyDictionary()
"""For how many operands there is room in an op whose operands have become more or fewer; others have no room to spare."""


def splice_operands(op: Operation, start: int, removed: int, values: Sequence[SSAValue]) -> None:
    """Puts `values` in the place of `removed` operands from number `start` on.

    Uses by operands behind them are inserted anew, and where there is no room for all, those by the operands before them too.

    # MLIR: OperationSupport.cpp, OperandStorage::setOperands, resize
    """
    operands, uses = tuple(operands_of(op)), operand_uses_of(op)
    head, tail = operands[:start], (*values, *operands[start + removed :])
    if not _has_room(op, len(operands), len(head) + len(tail)):
        renew_uses(head, uses[:start])
    for value, use in zip(operands[start:], uses[start:], strict=True):
        value.remove_use(use)
    store_operands(op, (*head, *tail), (*uses[:start], *use_all(op, tail, start)))


def _has_room(op: Operation, count: int, wanted: int) -> bool:
    """Whether `wanted` operands fit where `count` are now; makes room for them where they don't."""
    capacity = _CAPACITIES.get(op, count)
    # MLIR: llvm::NextPowerOf2, the first power greater than its argument.
    _CAPACITIES[op] = capacity if wanted <= capacity else max(1 << (capacity + 2).bit_length(), wanted)
    return wanted <= capacity
