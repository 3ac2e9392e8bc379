"""Where ops run, when, and whether they may be moved there. Import from `interfaces`."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import IRDLOperation

from iree_explorer.ir.interfaces.types import AffinityAttr
from iree_explorer.ir.operands import assign_operands
from iree_explorer.ir.storage import implements, with_ancestors


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


class HoistableOpInterface(Operation):
    """An op that may be moved out of loops and into initializers. IREE: HoistableOpInterface."""
