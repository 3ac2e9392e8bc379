"""What ops, types and attributes can be asked: MLIR's and IREE's interfaces as mix-in classes.

An op implements an interface by naming the mix-in among its bases; ask with `isinstance`. A method answers with
IREE's semantics; where IREE reads an inherent attribute or an operand group of a fixed name, so does the default
here (`affinity`, `tied_operands`, `await_timepoint`, `result_timepoint`). Default methods suit most ops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Flag
from functools import partial
from typing import ClassVar, Final, NamedTuple, TypeAlias

from typing_extensions import override
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.ir.interfaces.effects import (
    is_memory_effect_free,
    is_pure,
    is_speculatable,
    would_be_trivially_dead,
)
from iree_explorer.ir.interfaces.ties import (
    UNTIED,
    FirstOperandTied,
    TiedOpInterface,
    TiedResourcePassthrough,
    tied_base_value,
    tied_operands_attr,
)
from iree_explorer.ir.interfaces.types import (
    AffinityAttr,
    AliasedAttribute,
    GlobalType,
    SizeAwareType,
    are_compatible,
    can_execute_together,
    is_size_aware,
    number_of_sizes,
)
from iree_explorer.ir.operands import assign_operands
from iree_explorer.ir.storage import implements, type_of, with_ancestors

__all__ = [
    "ASM_RESULT_NAMES",
    "UNTIED",
    "AffinityAttr",
    "AffinityOpInterface",
    "AliasedAttribute",
    "AsyncAccessOpInterface",
    "AsyncAccessRange",
    "ClosureOpInterface",
    "FirstOperandTied",
    "GlobalLoadOpInterface",
    "GlobalOpInterface",
    "GlobalStoreOpInterface",
    "GlobalType",
    "HoistableOpInterface",
    "OpAsmOpInterface",
    "PrintsAroundRegion",
    "ResourceAccess",
    "ResultNamer",
    "ShapeAwareOpInterface",
    "SizeAwareOpInterface",
    "SizeAwareType",
    "StreamAffinityOp",
    "StreamableOpInterface",
    "SubviewEffectOpInterface",
    "TiedOpInterface",
    "TiedResourcePassthrough",
    "TimelineAwareOpInterface",
    "TimelineOpInterface",
    "access_ranges_of",
    "always_named",
    "are_compatible",
    "can_execute_together",
    "implements",
    "is_memory_effect_free",
    "is_pure",
    "is_size_aware",
    "is_speculatable",
    "is_streamable",
    "lookup_affinity",
    "lookup_affinity_or_default",
    "number_of_sizes",
    "size_in_list",
    "tied_base_value",
    "tied_operands_attr",
    "timepoints_awaited_by",
    "would_be_trivially_dead",
]


class OpAsmOpInterface(Operation):
    """How an op's values are called in the text. MLIR: OpAsmOpInterface.

    Attributes:
        RESULT_NAMES: of the first results, where they are always called the same.
    """

    RESULT_NAMES: ClassVar[tuple[str, ...]] = ()

    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        """The results that have a name of their own, in result order; a name groups the unnamed ones after it."""
        return zip(self.results, self.RESULT_NAMES, strict=False)

    def asm_block_arg_names(self, region: Region) -> Iterable[tuple[SSAValue, str]]:  # noqa: ARG002  (a hook)
        """The block arguments of `region`, one of this op's, that have a name of their own."""
        return ()


ResultNamer: TypeAlias = Callable[[Operation], Iterable[tuple[SSAValue, str]]]
"""An `asm_result_names` that is no method."""

ASM_RESULT_NAMES: dict[type[Operation], ResultNamer] = {}
"""`asm_result_names` of op classes that are not ours, filled by the modules that register them."""


def always_named(name: str) -> ResultNamer:
    """Calls the first result of every op `name`."""
    return lambda op: ((op.results[0], name),)


class PrintsAroundRegion(Operation):
    """An op of one region whose text around it depends on nothing in the region but the names of its arguments."""


class AffinityOpInterface(Operation):
    """An op that can say where it runs. IREE: AffinityOpInterface."""

    @property
    def affinity_attr(self) -> Attribute | None:
        """Where the op runs; None: anywhere."""
        return self.properties.get("affinity") or self.attributes.get("affinity")

    @affinity_attr.setter
    def affinity_attr(self, value: Attribute | None) -> None:
        if value is None:
            self.properties.pop("affinity", None)
        else:
            self.properties["affinity"] = value


class StreamAffinityOp(AffinityOpInterface):
    """An op of another dialect that is placed by the discardable attribute `stream.affinity`.

    IREE: StreamExternalModels.cpp.
    """

    @property
    @override
    def affinity_attr(self) -> Attribute | None:
        return self.attributes.get("stream.affinity")

    @affinity_attr.setter
    def affinity_attr(self, value: Attribute | None) -> None:
        if value is None:
            self.attributes.pop("stream.affinity", None)
        else:
            self.attributes["stream.affinity"] = value


def lookup_affinity(op: Operation | None) -> Attribute | None:
    """The affinity of `op` or of its nearest ancestor that has one. IREE: StreamTypes.cpp, AffinityAttr::lookup."""
    for here in with_ancestors(op):
        if isinstance(here, AffinityOpInterface) and (affinity := here.affinity_attr) is not None:
            return affinity
        if isinstance(affinity := here.attributes.get("stream.affinity"), AffinityAttr):
            return affinity
    return None


def lookup_affinity_or_default(op: Operation) -> Attribute | None:
    """As `lookup_affinity`, else the nearest `stream.affinity.default`. IREE: AffinityAttr::lookupOrDefault."""
    if (affinity := lookup_affinity(op)) is not None:
        return affinity
    defaults = (here.attributes.get("stream.affinity.default") for here in with_ancestors(op))
    return next((default for default in defaults if isinstance(default, AffinityAttr)), None)


class StreamableOpInterface(Operation):
    """An op that can run asynchronously, inside an execution region. IREE: StreamableOpInterface."""

    def is_metadata(self) -> bool:
        """Whether the op only renames or slices memory and does no work."""
        return False

    def prefer_clone_to_consumers(self) -> bool:
        """Whether recomputing the op in every region that uses it is cheaper than sharing its result."""
        return False


def is_streamable(op: Operation) -> bool:
    """Whether `op` can be placed into execution regions."""
    return isinstance(op, StreamableOpInterface)


class TimelineOpInterface(Operation):
    """An op ordered by timepoints. IREE: TimelineOpInterface."""

    @property
    def await_timepoints(self) -> Sequence[SSAValue]:
        """What must be reached before the op runs."""
        await_timepoint: SSAValue | None = getattr(self, "await_timepoint", None)
        return () if await_timepoint is None else (await_timepoint,)

    @property
    def timeline_result(self) -> SSAValue | None:
        """Reached when the op is complete; None: the op has none. IREE: getResultTimepoint."""
        return getattr(self, "result_timepoint", None)

    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        """Makes `timepoint` the only one that is waited for; None: the op waits for nothing."""
        assert isinstance(self, IRDLOperation)
        assign_operands(self, "await_timepoint", () if timepoint is None else (timepoint,))


def timepoints_awaited_by(op: Operation) -> Sequence[SSAValue]:
    """What must be reached before `op` runs; nothing where it is not ordered by timepoints."""
    return op.await_timepoints if implements(op, TimelineOpInterface) else ()


class TimelineAwareOpInterface(Operation):
    """An op outside the stream dialect that takes part in timelines by fences. IREE: TimelineAwareOpInterface."""

    def participates_in_timeline(self) -> bool:
        """Whether this very op does."""
        return True

    def signal_fence(self) -> SSAValue | None:
        """What the op signals when it is complete; None: nothing."""
        return None


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
    return [*map(_new_range, zip(accesses, resources, starts, ends, lengths))]  # noqa: B905


_new_range: Final[Callable[[tuple[object, ...]], AsyncAccessRange]] = partial(tuple.__new__, AsyncAccessRange)


class AsyncAccessOpInterface(Operation):
    """An op that tells which bytes of which resources it reads and writes. IREE: AsyncAccessOpInterface."""

    def access_ranges(self) -> list[AsyncAccessRange]:
        """Every access, in IREE's order; an in-place update is a read of the operand and a write of the result."""
        raise NotImplementedError

    def plain_bounds(self) -> tuple[Sequence[SSAValue], Sequence[SSAValue]] | None:
        """Where ranges that it reads start, and where those that it writes end, where no more need be known.

        That is where each resource that it uses is only read, and each of its results is a resource that it writes from its
        start. None: it does more, or nobody has asked for it so far.
        """
        return None


class SubviewEffectOpInterface(Operation):
    """An op of the command phase that touches parts of resources. IREE: SubviewEffectOpInterface."""


class HoistableOpInterface(Operation):
    """An op that may be moved out of loops and into initializers. IREE: HoistableOpInterface."""


class ClosureOpInterface(Operation):
    """An op whose region sees captured operands as block arguments. IREE: ClosureOpInterface."""

    @property
    def closure_operands(self) -> Sequence[SSAValue]:
        """The captured values, one per block argument."""
        raise NotImplementedError

    @property
    def closure_results(self) -> Sequence[SSAValue]:
        """The results that the region yields."""
        raise NotImplementedError


class GlobalOpInterface(Operation):
    """An op that defines a global. IREE: GlobalOpInterface."""

    @property
    def global_name(self) -> str:
        """Its symbol."""
        raise NotImplementedError

    @property
    def global_type(self) -> Attribute:
        """The type of what it stores."""
        raise NotImplementedError

    @property
    def is_global_mutable(self) -> bool:
        """Whether it may be stored to outside of initializers."""
        raise NotImplementedError


class GlobalLoadOpInterface(Operation):
    """An op that loads a global by its symbol. IREE: GlobalLoadOpInterface."""


class GlobalStoreOpInterface(Operation):
    """An op that stores a global by its symbol. IREE: GlobalStoreOpInterface."""
