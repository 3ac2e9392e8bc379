"""The attributes of the stream dialect. IREE: StreamAttrs.td, StreamTypes.cpp."""

from __future__ import annotations

from typing import cast

from typing_extensions import override
from xdsl.dialects.builtin import DictionaryAttr, IntAttr, NoneAttr, StringAttr
from xdsl.ir import Attribute, Data, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum

from iree_explorer.dialects.hal.collective import CollectiveSpecification
from iree_explorer.dialects.stream.types import TimepointType
from iree_explorer.ir.attribute_parts import parse_attribute_of
from iree_explorer.ir.typed_attribute import FixedTypeAttribute, SelfTypedAttribute


class Favor(StrEnum):
    """What partitioning prefers. IREE: Stream_FavorAttr."""

    DEBUG = "debug"
    MIN_PEAK_MEMORY = "min-peak-memory"
    MAX_CONCURRENCY = "max-concurrency"


@irdl_attr_definition
class CollectiveAttr(CollectiveSpecification):
    """`#stream.collective<all_reduce with sum : f32>`; the reduction is `none` where it is not written."""

    name = "stream.collective"


@irdl_attr_definition
class PartitioningConfigAttr(Data[Favor]):
    """`#stream.partitioning_config<"max-concurrency">`, looked up as `stream.partitioning` on an op or its ancestors.

    IREE bug: it prints `<favor-max-concurrency>`, which it cannot read back; both forms are read here.
    """

    name = "stream.partitioning_config"

    @property
    def favor(self) -> Favor:
        """What partitioning prefers under this config."""
        return self.data

    @classmethod
    @override
    def parse_parameter(cls, parser: AttrParser) -> Favor:
        place = parser.pos - len("partitioning_config")
        with parser.in_angle_brackets():
            start = parser.pos
            if parser.parse_optional_keyword("favor"):
                return cls._parse_printed_favor(parser, start)
            word = parser.parse_str_literal()
        return Favor(word) if word in set(Favor) else parser.raise_error(f"unknown favor value: {word}", place)

    @staticmethod
    def _parse_printed_favor(parser: AttrParser, start: int) -> Favor:
        """What follows `favor` in the printed form, `-max-concurrency`; the form begins at `start`."""
        words: list[str] = []
        while parser.parse_optional_punctuation("-"):
            words.append(parser.parse_identifier())
        word = "-".join(words)
        return Favor(word) if word in set(Favor) else parser.raise_error("expected string", start)

    @override
    def print_parameter(self, printer: Printer) -> None:
        printer.print_string(f"<favor-{self.data}>")


_MEMORY_MODELS = ("Unified", "Discrete")

RESOURCE_CONFIG_DEFAULTS = {
    "max_allocation_size": "0",
    "min_buffer_offset_alignment": "0",
    "max_buffer_range": "0",
    "min_buffer_range_alignment": "0",
    "index_bits": "32",
    "alias_mutable_bindings": "false",
    "memory_model": "Discrete",
}
"""Key → value of a key that the text leaves out, in printing order. IREE: ResourceConfigAttr::parse."""


@irdl_attr_definition
class ResourceConfigAttr(ParametrizedAttribute):
    """`#stream.resource_config<{…}>`: the limits of a device's buffers; looked up as `stream.resources`.

    IREE bug: it prints `alias_mutable_bindings` as 0 or 1 but reads only true and false; both are read here.
    """

    name = "stream.resource_config"

    max_allocation_size: IntAttr
    min_buffer_offset_alignment: IntAttr
    max_buffer_range: IntAttr
    min_buffer_range_alignment: IntAttr
    index_bits: IntAttr
    alias_mutable_bindings: IntAttr
    memory_model: StringAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        values = dict(RESOURCE_CONFIG_DEFAULTS)
        with parser.in_angle_brackets():
            parser.parse_punctuation("{")
            while not parser.parse_optional_punctuation("}"):
                key = parser.parse_identifier()
                parser.parse_punctuation("=")
                values[key] = cls._parse_value(parser, key)
                parser.parse_optional_punctuation(",")
        *numbers, aliasing, model = (values[key] for key in RESOURCE_CONFIG_DEFAULTS)
        flag = IntAttr(int(aliasing not in ("false", "0")))
        return [*(IntAttr(int(number)) for number in numbers), flag, StringAttr(model)]

    @staticmethod
    def _parse_value(parser: AttrParser, key: str) -> str:
        place = parser.pos
        if key not in RESOURCE_CONFIG_DEFAULTS or key == "memory_model":
            model = parser.parse_identifier()
            return model if model in _MEMORY_MODELS else parser.raise_error(f"unknown memory model: {model}", place)
        if key == "alias_mutable_bindings" and (flag := parser.parse_optional_boolean()) is not None:
            return "true" if flag else "false"
        return str(parser.parse_integer())

    @override
    def print_parameters(self, printer: Printer) -> None:
        values = [str(cast("IntAttr | StringAttr", value).data) for value in self.parameters]
        pairs = zip(RESOURCE_CONFIG_DEFAULTS, values, strict=True)
        printer.print_string("<{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}>")


class ParameterReferenceAttr(SelfTypedAttribute):
    """`<"scope"::"key", {…}> : type`: a constant that is loaded when the program starts.

    Its parameters are scope, key, configuration and type. Each class declares them anew: attributes that are equal are those
    whose own fields are, and xDSL compares no inherited ones.
    """

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            scope, key = parse_parameter_reference(parser)
            config: Attribute = (
                parse_attribute_of(parser, DictionaryAttr) if parser.parse_optional_punctuation(",") else NoneAttr()
            )
        return [scope, key, config]

    @override
    def print_body(self, printer: Printer) -> None:
        printer.print_string("<")
        scope, key, config, _ = self.parameters
        assert isinstance(scope, StringAttr | NoneAttr)
        assert isinstance(key, StringAttr)
        print_parameter_reference(printer, scope, key)
        if not isinstance(config, NoneAttr):
            printer.print_string(", ")
            printer.print_attribute(config)
        printer.print_string(">")


@irdl_attr_definition
class NamedParameterAttr(ParameterReferenceAttr):
    """`#stream.parameter.named<"scope"::"key", {…}> : type`."""

    name = "stream.parameter.named"

    scope: StringAttr | NoneAttr
    key: StringAttr
    config: DictionaryAttr | NoneAttr
    type: Attribute


def parse_parameter_reference(parser: AttrParser) -> tuple[StringAttr | NoneAttr, StringAttr]:
    """Reads `"key"` or `"scope"::"key"`. IREE: StreamTypes.cpp, parseParameterReference."""
    first = _parse_string(parser)
    if not parser.parse_optional_punctuation(":"):
        return NoneAttr(), first
    parser.parse_punctuation(":")
    return first, _parse_string(parser)


def _parse_string(parser: AttrParser) -> StringAttr:
    """A string without a type of its own."""
    text = parser.parse_optional_str_literal()
    return parse_attribute_of(parser, StringAttr) if text is None else StringAttr(text)


def print_parameter_reference(printer: Printer, scope: StringAttr | NoneAttr, key: StringAttr) -> None:
    """Prints `"key"` or `"scope"::"key"`. IREE: StreamTypes.cpp, printParameterReference."""
    if isinstance(scope, StringAttr):
        printer.print_string(f'"{scope.data}"::')
    printer.print_string(f'"{key.data}"')


@irdl_attr_definition
class TimepointAttr(FixedTypeAttribute):
    """`#stream.timepoint<immediate>`: a timepoint that is already reached, the only constant one."""

    name = "stream.timepoint"

    @override
    def get_type(self) -> Attribute:
        return TimepointType()

    @classmethod
    @override
    def parse_body(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            word = parser.parse_identifier()
        if word != "immediate":
            parser.raise_error("only immediate timepoint attrs are supported")
        return []

    @override
    def print_body(self, printer: Printer) -> None:
        printer.print_string("<immediate>")
