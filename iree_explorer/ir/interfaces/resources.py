"""How large the resources and tensors of ops are, and which bytes ops read and write. Import from `interfaces`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from enum import Flag
from functools import partial
from typing import ClassVar, Final, NamedTuple

from xdsl.ir import Operation, SSAValue

from iree_explorer.ir.interfaces.types import is_size_aware
from iree_explorer.ir.storage import type_of


class SizeAwareOpInterface(Operation):
    """An op that knows the byte sizes of its resources. IREE: SizeAwareOpInterface.

    (IREE's getOperandSize and getResultSize; ops have operands named `operand_size` and `result_size`.)

    Attributes:
        OPERAND_SIZES: the fields with the sizes of operands: of the first one, and (the last name) of all others.
        RESULT_SIZE: the field with the size of the resource among the results; empty: not known here.
    """

    OPERAND_SIZES: ClassVar[tuple[str, ...]] = ()
    RESULT_SIZE: ClassVar[str] = ""

    def size_of_operand(self, operand: int) -> SSAValue | None:
        """The size of operand number `operand`, counted among all; None: not known here."""
        fields = self.OPERAND_SIZES
        return getattr(self, fields[0 if operand == 0 else -1]) if fields else None

    def size_of_result(self, result: int) -> SSAValue | None:  # noqa: ARG002  (a hook)
        """The size of result number `result`; None: not known here."""
        return getattr(self, self.RESULT_SIZE) if self.RESULT_SIZE else None


def size_in_list(index: int, values: Sequence[SSAValue], sizes: Sequence[SSAValue]) -> SSAValue | None:
    """The size of `values[index]`, where `sizes` has one entry per size-aware value; None: it has no size.

    IREE: UtilTypes.cpp, findValueSizeInList.
    """
    if len(values) == len(sizes):
        return sizes[index]  # All have one; regions may make thousands of resources.
    place = 0
    for number, value in enumerate(values):
        has_size = is_size_aware(type_of(value))
        if number == index:
            return sizes[place] if has_size and place < len(sizes) else None
        place += has_size
    return None


class ShapeAwareOpInterface(Operation):
    """An op that knows the dynamic dimensions of its shaped values. IREE: ShapeAwareOpInterface."""

    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:  # noqa: ARG002  (a hook)
        """One value per `?` in the shape of operand number `operand`."""
        return ()

    def result_dynamic_dims(self, result: int) -> Sequence[SSAValue]:  # noqa: ARG002  (a hook)
        """One value per `?` in the shape of result number `result`."""
        return ()


class ResourceAccess(Flag):
    """What an op does with bytes of a resource. IREE: ResourceAccessBitfield."""

    NONE = 0
    READ = 1
    WRITE = 2


class AsyncAccessRange(NamedTuple):
    """Bytes `[start, end)` of a resource, `length` of them; `start` None is 0. IREE: AsyncAccessRange."""

    access: ResourceAccess
    resource: SSAValue
    start: SSAValue | None
    end: SSAValue
    length: SSAValue

    @property
    def is_read_only(self) -> bool:
        """Whether nothing is written."""
        return self.access is ResourceAccess.READ

    def may_overlap(self, other: AsyncAccessRange) -> bool:
        """False only where both provably touch no common byte. IREE: StreamTypes.cpp, mayOverlap."""
        if self.resource is not other.resource:
            return False
        return not (self.end is other.start or self.start is other.end)

    def conflicts_with(self, other: AsyncAccessRange) -> bool:
        """Whether both may touch a common byte, and one of them writes it."""
        read = ResourceAccess.READ
        return (self.access is not read or other.access is not read) and self.may_overlap(other)


def access_ranges_of(
    accesses: Iterable[ResourceAccess],
    resources: Iterable[SSAValue],
    starts: Iterable[SSAValue | None],
    ends: Iterable[SSAValue],
    lengths: Iterable[SSAValue],
) -> list[AsyncAccessRange]:
    """A range for each access, up to the end of the shortest list; twice as fast as to make them one by one."""
    return [*map(_new_range, zip(accesses, resources, starts, ends, lengths))]  # noqa: B905 (to the shortest)


_new_range: Final[Callable[[tuple[object, ...]], AsyncAccessRange]] = partial(tuple.__new__, AsyncAccessRange)


class AsyncAccessOpInterface(Operation):
    """An op that tells which bytes of which resources it reads and writes. IREE: AsyncAccessOpInterface."""

    @abstractmethod
    def access_ranges(self) -> list[AsyncAccessRange]:
        """Every access, in IREE's order; an in-place update is a read of the operand and a write of the result."""

    def plain_bounds(self) -> tuple[Sequence[SSAValue], Sequence[SSAValue]] | None:
        """Where ranges that it reads start, and where those that it writes end, where no more need be known.

        That is where each resource that it uses is only read, and each of its results is a resource that it writes from its
        start. None: it does more, or nobody has asked for it so far.
        """
        return None


class SubviewEffectOpInterface(Operation):
    """An op of the command phase that touches parts of resources. IREE: SubviewEffectOpInterface."""
