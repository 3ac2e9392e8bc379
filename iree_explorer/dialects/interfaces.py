"""What ops, types and attributes can be asked: MLIR's and IREE's interfaces as mix-in classes.

An op implements an interface by naming the mix-in among its bases; ask with `isinstance`. A method answers with
IREE's semantics; where IREE reads an inherent attribute or an operand group of a fixed name, so does the default
here (`affinity`, `tied_operands`, `await_timepoint`, `result_timepoint`). Default methods suit most ops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Flag

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IndexType, IntegerAttr
from xdsl.ir import Attribute, Operation, OpResult, Region, SSAValue, TypeAttribute
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.effects import (
    is_memory_effect_free,
    is_pure,
    is_speculatable,
    would_be_trivially_dead,
)
from iree_explorer.dialects.operands import assign_operands

__all__ = [
    "ASM_RESULT_NAMES",
    "AffinityAttr",
    "AffinityOpInterface",
    "AliasedAttribute",
    "AsyncAccessOpInterface",
    "AsyncAccessRange",
    "ClosureOpInterface",
    "GlobalLoadOpInterface",
    "GlobalOpInterface",
    "GlobalStoreOpInterface",
    "HoistableOpInterface",
    "OpAsmOpInterface",
    "ResourceAccess",
    "ShapeAwareOpInterface",
    "SizeAwareOpInterface",
    "SizeAwareType",
    "StreamableOpInterface",
    "SubviewEffectOpInterface",
    "TiedOpInterface",
    "TiedResourcePassthrough",
    "TimelineAwareOpInterface",
    "TimelineOpInterface",
    "is_memory_effect_free",
    "is_pure",
    "is_speculatable",
    "would_be_trivially_dead",
]

UNTIED = -1
"""In a `tied_operands` array: the result is tied to no operand. IREE: TiedOpInterface::kUntiedIndex."""


class OpAsmOpInterface(Operation):
    """How an op's values are called in the text. MLIR: OpAsmOpInterface."""

    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        """The results that have a name of their own, in result order; a name groups the unnamed ones after it."""
        return ()

    def asm_block_arg_names(self, region: Region) -> Iterable[tuple[SSAValue, str]]:  # noqa: ARG002  (a hook)
        """The block arguments of `region`, one of this op's, that have a name of their own."""
        return ()

    def asm_default_dialect(self, region: Region) -> str:  # noqa: ARG002  (a hook)
        """The dialect whose ops are printed in `region` without its name; empty: none."""
        return ""


ASM_RESULT_NAMES: dict[type[Operation], Callable[[Operation], Iterable[tuple[SSAValue, str]]]] = {}
"""`asm_result_names` of op classes that are not ours, filled by the modules that register them."""


class AliasedAttribute(Attribute):
    """An attribute or type that MLIR prints as an alias at the top of the file. MLIR: OpAsmDialectInterface."""

    def alias_name(self) -> str | None:
        """The alias without `#` or `!` and before it is made unique, such as `device_target_local`; None: no alias."""
        raise NotImplementedError


class SizeAwareType(TypeAttribute):
    """A type whose values carry one size operand in every signature (`type{%size}`). IREE: SizeAwareTypeInterface."""


class GlobalType(TypeAttribute):
    """A type of globals with a say in how they may be accessed. IREE: GlobalTypeInterface."""

    def is_access_storage_compatible(self, accessed: Attribute) -> bool:
        """Whether a global of this type may be read as `accessed`."""
        return accessed == self


class AffinityAttr(Attribute):
    """Where work runs. IREE: Stream AffinityAttr."""

    def is_executable_with(self, other: Attribute | None) -> bool:
        """Whether work of both can run on the same queue, in one region; asked of two different affinities."""
        return are_compatible(self, other)

    def join_and(self, other: Attribute | None) -> AffinityAttr | None:  # noqa: ARG002  (a hook)
        """The affinity of work that must run on both; None: there is no such place."""
        return self

    def join_or(self, other: Attribute | None) -> AffinityAttr | None:  # noqa: ARG002  (a hook)
        """The affinity of work that may run on either; None: there is no such place."""
        return self


def are_compatible(desired: Attribute | None, required: Attribute | None) -> bool:
    """Whether an op of affinity `desired` may live in a region of affinity `required`; None fits all.

    IREE: StreamTypes.cpp, AffinityAttr::areCompatible.
    """
    return desired is None or required is None or desired == required


def can_execute_together(lhs: Attribute | None, rhs: Attribute | None) -> bool:
    """Whether two ops can be in one execution region. IREE: StreamTypes.cpp, AffinityAttr::canExecuteTogether."""
    if lhs is None or rhs is None or lhs == rhs:
        return True
    return isinstance(lhs, AffinityAttr) and lhs.is_executable_with(rhs)


class AffinityOpInterface(Operation):
    """An op that can say where it runs. IREE: AffinityOpInterface."""

    def requires_affinity(self) -> bool:
        """Whether an affinity must be assigned to the op at all."""
        return True

    def pins_value_affinity(self) -> bool:
        """Whether operands and results stay where the op is, whatever placement says."""
        return False

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

    @property
    def result_affinity_attr(self) -> Attribute | None:
        """Where the results are; mostly where the op runs."""
        return self.affinity_attr

    def remove_affinity_attrs(self) -> None:
        """Drops all that the op says about places."""
        self.affinity_attr = None


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
    while op is not None:
        if isinstance(op, AffinityOpInterface) and (affinity := op.affinity_attr) is not None:
            return affinity
        if isinstance(affinity := op.attributes.get("stream.affinity"), AffinityAttr):
            return affinity
        op = op.parent_op()
    return None


def lookup_affinity_or_default(op: Operation) -> Attribute | None:
    """As `lookup_affinity`, else the nearest `stream.affinity.default`. IREE: AffinityAttr::lookupOrDefault."""
    if (affinity := lookup_affinity(op)) is not None:
        return affinity
    parent: Operation | None = op
    while parent is not None:
        if isinstance(affinity := parent.attributes.get("stream.affinity.default"), AffinityAttr):
            return affinity
        parent = parent.parent_op()
    return None


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


class TiedOpInterface(Operation):
    """An op of which results may reuse the storage of operands. IREE: TiedOpInterface.

    The default reads `tied_operands`: for each result of `tied_results_range()`, an index into the operands from
    `tied_operands_base()` on, or -1.
    """

    def tied_operands_base(self) -> int:
        """The first operand that results may be tied to."""
        return 0

    def tied_results_range(self) -> tuple[int, int]:
        """The results that may be tied: first and number."""
        return 0, len(self.results)

    def _tied_values(self) -> Sequence[int]:
        stored = self.properties.get("tied_operands")
        if not isinstance(stored, ArrayAttr):
            return ()
        return [entry.value.data for entry in stored.data if isinstance(entry, IntegerAttr)]

    def tied_operand_index(self, result: int) -> int | None:
        """The operand, among all of the op's, that result number `result` is tied to; None: untied."""
        values = self._tied_values()
        first, count = self.tied_results_range()
        place = result - first
        if not (0 <= place < count and place < len(values)) or values[place] == UNTIED:
            return None
        return self.tied_operands_base() + values[place]

    def tied_operand_indices(self) -> list[int]:
        """Per result of `tied_results_range()`: the operand tied to it, among all, or -1; empty: nothing is tied."""
        values = self._tied_values()
        if not values:
            return []
        base = self.tied_operands_base()
        return [UNTIED if value == UNTIED else base + value for value in values]

    def tied_operand_of(self, result: SSAValue) -> SSAValue | None:
        """The operand whose storage `result`, one of this op's, reuses; None: untied."""
        assert isinstance(result, OpResult)
        index = self.tied_operand_index(result.index)
        return self._operands[index] if index is not None and index < len(self._operands) else None

    def is_operand_tied(self, operand: int) -> bool:
        """Whether a result reuses the storage of operand number `operand`, counted among all."""
        return operand in self.tied_operand_indices()

    def results_tied_to(self, operand: int) -> list[OpResult]:
        """The results that reuse the storage of operand number `operand`. IREE: getOperandTiedResults."""
        first, _ = self.tied_results_range()
        return [self.results[first + i] for i, k in enumerate(self.tied_operand_indices()) if k == operand]

    def verify_tied_operands(self) -> None:
        """Checks that `tied_operands` has one entry per tied result. IREE: UtilTypes.cpp, detail::verifyTiedOp."""
        count = len(self.tied_operand_indices())
        if count and count != self.tied_results_range()[1]:
            raise VerifyException("op results/tied operand indices mismatch")


class FirstOperandTied(TiedOpInterface):
    """An op whose only resource result is always its first operand: fills, copies, updates, barriers."""

    @override
    def tied_operand_index(self, result: int) -> int | None:
        return 0 if result == 0 else None

    @override
    def tied_operand_indices(self) -> list[int]:
        return [0]


def tied_base_value(value: SSAValue) -> SSAValue:
    """The value at the start of the chain of ties that ends in `value`. IREE: TiedOpInterface::findTiedBaseValue."""
    while isinstance(op := value.owner, TiedOpInterface) and (tied := op.tied_operand_of(value)) is not None:
        value = tied
    return value


def tied_operands_attr(indices: Iterable[int]) -> ArrayAttr[IntegerAttr[IndexType]]:
    """The attribute of a `tied_operands` property."""
    index = IndexType()
    return ArrayAttr([IntegerAttr(i, index) for i in indices])


class TiedResourcePassthrough(Operation):
    """An op that neither reads nor writes the resources it passes on. IREE: TiedResourcePassthrough."""


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


class TimelineAwareOpInterface(Operation):
    """An op outside the stream dialect that takes part in timelines by fences. IREE: TimelineAwareOpInterface."""

    def participates_in_timeline(self) -> bool:
        """Whether this very op does."""
        return True

    def await_fences(self) -> Sequence[SSAValue]:
        """What must be signalled before the op runs."""
        return ()

    def signal_fence(self) -> SSAValue | None:
        """What the op signals when it is complete; None: nothing."""
        return None


class SizeAwareOpInterface(Operation):
    """An op that knows the byte sizes of its resources. IREE: SizeAwareOpInterface.

    (IREE's getOperandSize and getResultSize; ops have operands named `operand_size` and `result_size`.)
    """

    def size_of_operand(self, operand: int) -> SSAValue | None:  # noqa: ARG002  (a hook)
        """The size of operand number `operand`, counted among all; None: not known here."""
        return None

    def size_of_result(self, result: int) -> SSAValue | None:  # noqa: ARG002  (a hook)
        """The size of result number `result`; None: not known here."""
        return None


def size_in_list(index: int, values: Sequence[SSAValue], sizes: Sequence[SSAValue]) -> SSAValue | None:
    """The size of `values[index]`, where `sizes` has one entry per size-aware value; None: it has no size.

    IREE: UtilTypes.cpp, findValueSizeInList.
    """
    if index >= len(values) or not isinstance(values[index].type, SizeAwareType):
        return None
    place = sum(isinstance(value.type, SizeAwareType) for value in values[:index])
    return sizes[place] if place < len(sizes) else None


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


@dataclass(frozen=True, slots=True)
class AsyncAccessRange:
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


class AsyncAccessOpInterface(Operation):
    """An op that tells which bytes of which resources it reads and writes. IREE: AsyncAccessOpInterface."""

    def access_ranges(self) -> list[AsyncAccessRange]:
        """Every access, in IREE's order; an in-place update is a read of the operand and a write of the result."""
        raise NotImplementedError


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
