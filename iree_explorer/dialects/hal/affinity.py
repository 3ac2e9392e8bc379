"""The affinities of the HAL dialect: on which devices and queues work runs. IREE: HALAttrs.td, HALAttrs.cpp."""

from __future__ import annotations

from typing import TypeAlias

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IntAttr, NoneAttr, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.interfaces import AffinityAttr, can_execute_together

ANY_QUEUE = -1
"""The queue mask of an affinity that names no queues: all bits are set."""


def _parse_device_and_queues(parser: AttrParser) -> tuple[StringAttr, IntAttr]:
    with parser.in_angle_brackets():
        device = parser.parse_symbol_name()
        mask = ANY_QUEUE
        if parser.parse_optional_punctuation(","):
            mask = 0
            for bit in parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_integer):
                mask |= 1 << bit % 64  # IREE bug: a queue there cannot be is one that can.
        return device, IntAttr(_signed(mask))


def _signed(mask: int) -> int:
    """The mask as C++ stores it: all 64 bits set is -1."""
    return mask - (1 << 64) if mask >= 1 << 63 else mask


def _print_queues(printer: Printer, mask: int) -> None:
    if mask != ANY_QUEUE:
        queues = ", ".join(str(bit) for bit in range(64) if mask >> bit & 1)
        printer.print_string(f", [{queues}]")


@irdl_attr_definition
class DeviceAffinityAttr(ParametrizedAttribute, AffinityAttr):
    """`#hal.device.affinity<@device, [queues]>`: one device, and those of its queues that may be used."""

    name = "hal.device.affinity"

    device: SymbolRefAttr
    queue_mask: IntAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        device, mask = _parse_device_and_queues(parser)
        return [SymbolRefAttr(device), mask]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.device)
            _print_queues(printer, self.queue_mask.data)

    @override
    def is_executable_with(self, other: Attribute | None) -> bool:
        # IREE: HALAttrs.cpp, DeviceAffinityAttr::isExecutableWith
        return _is_on_queues_of(self, other)

    @override
    def join_and(self, other: Attribute | None) -> AffinityAttr | None:
        return _join_and(self, other)

    @override
    def join_or(self, other: Attribute | None) -> AffinityAttr | None:
        return _join_or(self, other)


@irdl_attr_definition
class DevicePromiseAttr(ParametrizedAttribute, AffinityAttr):
    """`#hal.device.promise<@device, [queues]>`: as an affinity, of a device that is only known later."""

    name = "hal.device.promise"

    device: StringAttr
    queue_mask: IntAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        return list(_parse_device_and_queues(parser))

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(f"@{self.device.data}")
            _print_queues(printer, self.queue_mask.data)

    @override
    def is_executable_with(self, other: Attribute | None) -> bool:
        # IREE: HALAttrs.cpp, DevicePromiseAttr::isExecutableWith
        return _is_on_queues_of(self, other)

    @override
    def join_and(self, other: Attribute | None) -> AffinityAttr | None:
        return _join_and(self, other)

    @override
    def join_or(self, other: Attribute | None) -> AffinityAttr | None:
        return _join_or(self, other)


SingleDevice: TypeAlias = DeviceAffinityAttr | DevicePromiseAttr


def _same_device(lhs: SingleDevice, rhs: Attribute | None) -> SingleDevice | None:
    """`rhs`, where it is of the same kind and device as `lhs`."""
    if isinstance(lhs, DeviceAffinityAttr) and isinstance(rhs, DeviceAffinityAttr) and lhs.device == rhs.device:
        return rhs
    if isinstance(lhs, DevicePromiseAttr) and isinstance(rhs, DevicePromiseAttr) and lhs.device == rhs.device:
        return rhs
    return None


def _with_queues(affinity: SingleDevice, mask: int) -> SingleDevice:
    if isinstance(affinity, DeviceAffinityAttr):
        return DeviceAffinityAttr(affinity.device, IntAttr(_signed(mask)))
    return DevicePromiseAttr(affinity.device, IntAttr(_signed(mask)))


def _is_on_queues_of(affinity: SingleDevice, other: Attribute | None) -> bool:
    """Whether `affinity` names the same device as `other` and no queue that `other` does not."""
    if other is None:
        return True
    same = _same_device(affinity, other)
    return same is not None and affinity.queue_mask.data & same.queue_mask.data == affinity.queue_mask.data


def _join_and(affinity: SingleDevice, other: Attribute | None) -> AffinityAttr | None:
    if other is None:
        return affinity
    same = _same_device(affinity, other) if can_execute_together(affinity, other) else None
    return None if same is None else _with_queues(affinity, affinity.queue_mask.data & same.queue_mask.data)


def _join_or(affinity: SingleDevice, other: Attribute | None) -> AffinityAttr | None:
    if other is None:
        return affinity
    if isinstance(other, DeviceOptimalAttr):
        return other.join_or(affinity)
    if (same := _same_device(affinity, other)) is not None:
        return _with_queues(affinity, affinity.queue_mask.data | same.queue_mask.data)
    return DeviceOptimalAttr(ArrayAttr([affinity, other]))


@irdl_attr_definition
class DeviceOptimalAttr(ParametrizedAttribute, AffinityAttr):
    """`#hal.device.optimal<[affinities]>`: whichever of these the runtime finds best."""

    name = "hal.device.optimal"

    affinities: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [ArrayAttr(parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_attribute))]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets(), printer.in_square_brackets():
            printer.print_list(self.affinities.data, lambda affinity: _print_member(printer, affinity))

    @override
    def verify(self) -> None:
        # IREE: HALAttrs.cpp, DeviceOptimalAttr::verify
        if not self.affinities.data:
            raise VerifyException("must have at least one device affinity")
        if not all(isinstance(affinity, SingleDevice | NoneAttr) for affinity in self.affinities):
            raise VerifyException("can only select between HAL affinity attrs")

    @override
    def is_executable_with(self, other: Attribute | None) -> bool:
        # IREE: HALAttrs.cpp, DeviceOptimalAttr::isExecutableWith; the runtime may pick any pair of the two sets.
        if other is None:
            return True
        others = other.affinities.data if isinstance(other, DeviceOptimalAttr) else (other,)
        return all(
            affinity.is_executable_with(one)
            for affinity in self.affinities
            if isinstance(affinity, SingleDevice)
            for one in others
        )

    @override
    def join_and(self, other: Attribute | None) -> AffinityAttr | None:
        return self._join(other, union=False)

    @override
    def join_or(self, other: Attribute | None) -> AffinityAttr | None:
        return self._join(other, union=True)

    def _join(self, other: Attribute | None, *, union: bool) -> AffinityAttr | None:
        """Merges device by device, devices in order of their first mention. IREE: HALAttrs.cpp, joinDeviceOptimalAttr."""
        if other is None:
            return self
        merged: dict[str, Attribute | None] = {}
        for affinity in self.affinities:
            assert isinstance(affinity, SingleDevice)
            merged.setdefault(_device_name(affinity), affinity)
        for affinity in other.affinities.data if isinstance(other, DeviceOptimalAttr) else (other,):
            if not isinstance(affinity, SingleDevice):
                return None
            device = _device_name(affinity)
            present = merged.get(device)
            if isinstance(present, SingleDevice):
                # IREE bug: joined with all of the other choice, not with its member; of that, nothing may come.
                merged[device] = present.join_or(other) if union else present.join_and(other)
            elif union and device not in merged:
                merged[device] = affinity
        return DeviceOptimalAttr(ArrayAttr([affinity or NoneAttr() for affinity in merged.values()]))


def _print_member(printer: Printer, affinity: Attribute) -> None:
    """Prints one choice; what was lost in a join as MLIR prints an attribute that is none."""
    if isinstance(affinity, NoneAttr):
        printer.print_string("<<NULL ATTRIBUTE>>")
    else:
        printer.print_attribute(affinity)


def _device_name(affinity: SingleDevice) -> str:
    return affinity.device.data if isinstance(affinity, DevicePromiseAttr) else affinity.device.string_value()
