"""The attributes of the HAL dialect that host programs carry, affinities aside. IREE: HALAttrs.td, HALAttrs.cpp."""

from __future__ import annotations

import re

from typing_extensions import override
from xdsl.dialects.builtin import (
    ArrayAttr,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    IntAttr,
    IntegerAttr,
    NoneAttr,
    StringAttr,
    SymbolRefAttr,
)
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition, param_def
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.types import DeviceType
from iree_explorer.ir.attribute_parts import parse_attribute_of, raise_wrong_kind
from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.typed_attribute import FixedTypeAttribute, SelfTypedAttribute


def symbol_fragment(name: str) -> str:
    """`name` in lower case, as part of a symbol. IREE: StringUtils.cpp, sanitizeSymbolName."""
    letters = name.encode(errors="surrogateescape").decode("latin-1")  # each byte is a character there
    return re.sub(r"[^A-Za-z0-9_]", "_", letters).lower()


@irdl_attr_definition
class ExecutableTargetAttr(ParametrizedAttribute, AliasedAttribute):
    """`#hal.executable.target<"backend", "format", {configuration}>`: what kernels are compiled for."""

    name = "hal.executable.target"

    backend: StringAttr
    format: StringAttr
    configuration: DictionaryAttr

    @override
    def alias_name(self) -> str:
        # IREE: HALDialect.cpp, HALOpAsmInterface
        return f"executable_target_{symbol_fragment(self.format.data)}"

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            backend = parse_attribute_of(parser, StringAttr)
            parser.parse_punctuation(",")
            format_ = parse_attribute_of(parser, StringAttr)
            comma = parser.parse_optional_punctuation(",")
            return [backend, format_, parse_attribute_of(parser, DictionaryAttr) if comma else DictionaryAttr({})]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.backend)
            printer.print_string(", ")
            printer.print_attribute(self.format)
            if self.configuration.data:
                printer.print_string(", ")
                printer.print_attribute(self.configuration)


def _parse_targets(parser: AttrParser) -> list[ExecutableTargetAttr]:
    """One target or more, and the bracket that closes them."""
    targets = parser.parse_comma_separated_list(
        parser.Delimiter.NONE, lambda: parse_attribute_of(parser, ExecutableTargetAttr)
    )
    parser.parse_punctuation("]")
    return targets


@irdl_attr_definition
class DeviceTargetAttr(FixedTypeAttribute, AliasedAttribute):
    """`#hal.device.target<"id", {configuration}, [executable targets]> : !hal.device`."""

    name = "hal.device.target"

    device_id: StringAttr
    configuration: DictionaryAttr
    executable_targets: ArrayAttr[Attribute]

    @override
    def get_type(self) -> Attribute:
        return DeviceType()

    @override
    def alias_name(self) -> str:
        # IREE: HALDialect.cpp, HALOpAsmInterface; HALAttrs.cpp, DeviceTargetAttr::getSymbolNameFragment
        name = self.device_id.data
        if isinstance(ordinal := self.configuration.data.get("ordinal"), IntegerAttr):
            name += f"_{ordinal.value.data}_"
        return f"device_target_{symbol_fragment(name)}"

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        configuration: Attribute = DictionaryAttr({})
        targets: list[ExecutableTargetAttr] = []
        with parser.in_angle_brackets():
            device_id = parse_attribute_of(parser, StringAttr)
            if parser.parse_optional_punctuation(","):
                if parser.parse_optional_punctuation("["):
                    targets = _parse_targets(parser)
                else:
                    configuration = parse_attribute_of(parser, DictionaryAttr)
                    if parser.parse_optional_punctuation(","):
                        parser.parse_punctuation("[")
                        targets = _parse_targets(parser)
        return [device_id, configuration, ArrayAttr(targets)]

    @override
    def print_body(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.device_id)
            if self.configuration.data:
                printer.print_string(", ")
                printer.print_attribute(self.configuration)
            if self.executable_targets.data:
                # One by one, as IREE does it: in an attribute of its own an alias of theirs would count as a level deeper.
                printer.print_string(", [")
                printer.print_list(self.executable_targets, printer.print_attribute)
                printer.print_string("]")


@irdl_attr_definition
class DeviceAliasAttr(FixedTypeAttribute):
    """`#hal.device.alias<"id"[ordinal], {configuration}> : !hal.device`: a device by a name the compiler resolves."""

    name = "hal.device.alias"

    device_id: StringAttr
    ordinal: IntAttr | NoneAttr
    configuration: DictionaryAttr | NoneAttr

    @override
    def get_type(self) -> Attribute:
        return DeviceType()

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        ordinal: Attribute = NoneAttr()
        with parser.in_angle_brackets():
            device_id = parse_attribute_of(parser, StringAttr)
            if parser.parse_optional_punctuation("["):
                number = parser.parse_optional_integer(allow_boolean=False)
                parser.parse_punctuation("]")
                ordinal = NoneAttr() if number is None else IntAttr(number)
            comma = parser.parse_optional_punctuation(",")
            return [device_id, ordinal, parse_attribute_of(parser, DictionaryAttr) if comma else NoneAttr()]

    @override
    def print_body(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.device_id)
            if isinstance(self.ordinal, IntAttr):
                printer.print_string(f"[{self.ordinal.data}]")
            if isinstance(self.configuration, DictionaryAttr):
                printer.print_string(", ")
                printer.print_attribute(self.configuration)


@irdl_attr_definition
class DeviceOrdinalAttr(SelfTypedAttribute):
    """`#hal.device.ordinal<n> : !hal.device`: the n-th device that the runtime has."""

    name = "hal.device.ordinal"

    ordinal: IntAttr
    type: Attribute

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [IntAttr(parser.parse_integer())]

    @override
    def print_body(self, printer: Printer) -> None:
        printer.print_string(f"<{self.ordinal.data}>")


@irdl_attr_definition
class DeviceFallbackAttr(SelfTypedAttribute):
    """`#hal.device.fallback<@device> : !hal.device`: the device of another global."""

    name = "hal.device.fallback"

    device: SymbolRefAttr = param_def(FlatSymbolRefAttrConstr)
    type: Attribute

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            place = parser.pos
            device = parse_attribute_of(parser, SymbolRefAttr)
            return [raise_wrong_kind(parser, place) if device.nested_references.data else device]

    @override
    def print_body(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.device)


@irdl_attr_definition
class DeviceSelectAttr(SelfTypedAttribute):
    """`#hal.device.select<[devices]> : !hal.device`: the first of these that the runtime has."""

    name = "hal.device.select"

    devices: ArrayAttr[Attribute]
    type: Attribute

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [parse_attribute_of(parser, ArrayAttr)]

    @override
    def print_body(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.devices)

    @override
    def verify(self) -> None:
        # IREE: HALAttrs.cpp, DeviceSelectAttr::verify
        if not self.devices.data:
            raise VerifyException("must have at least one device to select")
        if not all(isinstance(device, _SELECTABLE) for device in self.devices):
            raise VerifyException(
                "can only select between #hal.device.alias, #hal.device.target, #hal.device.ordinal, "
                "#hal.device.fallback, or other device initialization attributes"
            )


_SELECTABLE = (DeviceAliasAttr, DeviceTargetAttr, DeviceOrdinalAttr, DeviceFallbackAttr, DeviceSelectAttr)
