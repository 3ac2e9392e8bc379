"""HAL attributes of whole programs and of compiled executables. IREE: HALAttrs.td, HALAttrs.cpp."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, IntAttr, NoneAttr, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, Data, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.attributes import ExecutableTargetAttr
from iree_explorer.ir.attribute_parts import parse_attribute_of, parse_word
from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.word_attribute import WordAttribute


class ExecutionModel(StrEnum):
    """How a function of the program is called. IREE: HAL_ExecutionModelAttr."""

    SYNCHRONOUS = "synchronous"
    COARSE_FENCES = "coarse_fences"


@irdl_attr_definition
class ABIConventionAttr(Data[ExecutionModel]):
    """`#hal.abi.convention<coarse_fences>`."""

    name = "hal.abi.convention"

    @classmethod
    @override
    def parse_parameter(cls, parser: AttrParser) -> ExecutionModel:
        with parser.in_angle_brackets():
            return ExecutionModel(parse_word(parser, tuple(ExecutionModel), "Execution model for function invocation"))

    @override
    def print_parameter(self, printer: Printer) -> None:
        printer.print_string(f"<{self.data}>")


class DescriptorType(StrEnum):
    """What a binding of a kernel is bound to. IREE: HAL_DescriptorTypeAttr."""

    UNIFORM_BUFFER = "uniform_buffer"
    STORAGE_BUFFER = "storage_buffer"


@irdl_attr_definition
class DescriptorTypeAttr(WordAttribute[DescriptorType]):
    """`#hal.descriptor_type<storage_buffer>`."""

    name = "hal.descriptor_type"
    WORDS: ClassVar = DescriptorType
    CPP_NAME: ClassVar = "mlir::iree_compiler::IREE::HAL::DescriptorType"


DESCRIPTOR_FLAGS = ("None", "ReadOnly", "Indirect")
"""Words of a bit enum: the first for 0, then one a bit. IREE: HALAttrs.td, HAL_DescriptorFlagsAttr."""


def number_of_flags(flags: StringAttr, words: tuple[str, ...]) -> int:
    """The number that a bit enum is stored as where an op has it."""
    return sum(1 << words.index(word) >> 1 for word in flags.data.split("|"))


def flags_of_number(number: int, words: tuple[str, ...]) -> StringAttr:
    """The words of a number; bits that have none are left out."""
    return StringAttr("|".join(word for bit, word in enumerate(words[1:]) if number >> bit & 1) or words[0])


def parse_flags(parser: AttrParser, words: tuple[str, ...]) -> StringAttr:
    """Reads a bit enum: `"A|B"` in quotes, or one bare word."""
    place = parser.pos
    written = parser.parse_optional_identifier_or_str_literal()
    if written is None:
        parser.raise_error("expected keyword for valid Descriptor flags")
    chosen = written.split("|")
    if not set(chosen) <= set(words):
        parser.raise_error(f"expected one of [{', '.join(words)}] for valid Descriptor flags, got: {written}", place)
    return StringAttr("|".join(word for word in words if word in chosen))


def print_flags(printer: Printer, flags: StringAttr) -> None:
    """Prints a bit enum, in quotes where it has several words."""
    printer.print_string(f'"{flags.data}"' if "|" in flags.data else flags.data)


@irdl_attr_definition
class PipelineBindingAttr(ParametrizedAttribute):
    """`#hal.pipeline.binding<storage_buffer, ReadOnly>`; the flags are `None` where none are written."""

    name = "hal.pipeline.binding"

    type: StringAttr
    flags: StringAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            type_ = parse_word(parser, tuple(DescriptorType), "valid DescriptorType")
            flags = StringAttr("None")
            if parser.parse_optional_punctuation(","):
                flags = parse_flags(parser, DESCRIPTOR_FLAGS)
        return [StringAttr(type_), flags]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(self.type.data)
            if self.flags.data != "None":
                printer.print_string(", ")
                print_flags(printer, self.flags)


@irdl_attr_definition
class PipelineLayoutAttr(ParametrizedAttribute, AliasedAttribute):
    """`#hal.pipeline.layout<constants = n, bindings = [...], flags = Indirect>`: the interface of a kernel."""

    name = "hal.pipeline.layout"

    bindings: ArrayAttr[Attribute]
    constants: IntAttr
    flags: StringAttr | NoneAttr

    @override
    def alias_name(self) -> str:
        # IREE: HALDialect.cpp, HALOpAsmInterface
        return "pipeline_layout"

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        constants = 0
        flags: Attribute = NoneAttr()
        with parser.in_angle_brackets():
            if parser.parse_optional_keyword("constants"):
                parser.parse_punctuation("=")
                constants = parser.parse_integer()
                parser.parse_punctuation(",")
            parser.parse_keyword("bindings")
            parser.parse_punctuation("=")
            bindings = parser.parse_comma_separated_list(
                parser.Delimiter.SQUARE, lambda: parse_attribute_of(parser, PipelineBindingAttr)
            )
            if parser.parse_optional_punctuation(","):
                parser.parse_keyword("flags")
                parser.parse_punctuation("=")
                flags = parse_flags(parser, ("None", "Indirect"))
        return [ArrayAttr(bindings), IntAttr(constants), flags]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            if self.constants.data:
                printer.print_string(f"constants = {self.constants.data}, ")
            printer.print_string("bindings = ")
            printer.print_attribute(self.bindings)
            if isinstance(self.flags, StringAttr):
                printer.print_string(", flags = ")
                print_flags(printer, self.flags)


@irdl_attr_definition
class ExecutableObjectAttr(ParametrizedAttribute):
    """`#hal.executable.object<{path = "file", data = …}>`: a binary that kernels are linked with."""

    name = "hal.executable.object"

    path: StringAttr | NoneAttr
    data: Attribute

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            entries = parser.parse_optional_dictionary_attr_dict()
        return [entries.get("path", NoneAttr()), entries.get("data", NoneAttr())]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string("<{")
        if isinstance(self.path, StringAttr):
            printer.print_string("path = ")
            printer.print_attribute(self.path)
        if not isinstance(self.data, NoneAttr):
            printer.print_string(", data = ")
            printer.print_attribute(self.data)
        printer.print_string("}>")


@irdl_attr_definition
class ExecutableObjectsAttr(ParametrizedAttribute):
    """`#hal.executable.objects<{target = [objects], …}>`."""

    name = "hal.executable.objects"

    targets: ArrayAttr[Attribute]
    target_objects: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        def parse_entry() -> tuple[Attribute, Attribute]:
            target = parser.parse_attribute()
            parser.parse_punctuation("=")
            return target, parser.parse_attribute()

        with parser.in_angle_brackets():
            entries = parser.parse_comma_separated_list(parser.Delimiter.BRACES, parse_entry)
        return [ArrayAttr([target for target, _ in entries]), ArrayAttr([objects for _, objects in entries])]

    @override
    def print_parameters(self, printer: Printer) -> None:
        def print_entry(entry: tuple[Attribute, Attribute]) -> None:
            printer.print_attribute(entry[0])
            printer.print_string(" = ")
            printer.print_attribute(entry[1])

        printer.print_string("<{")
        printer.print_list(zip(self.targets, self.target_objects, strict=True), print_entry)
        printer.print_string("}>")

    @override
    def verify(self) -> None:
        # IREE: HALAttrs.cpp, ExecutableObjectsAttr::verify
        if len(self.targets) != len(self.target_objects):
            raise VerifyException("targets and objects must be 1:1")
        if not all(isinstance(target, ExecutableTargetAttr) for target in self.targets):
            raise VerifyException("target keys must be #hal.executable.target attributes")
        if not all(isinstance(objects, ArrayAttr) for objects in self.target_objects):
            raise VerifyException("target objects must be an array of #hal.executable.object attributes")


@irdl_attr_definition
class DeviceLinkAttr(ParametrizedAttribute):
    """`(@a -> @b = {unified_memory = true, transparent_access = true})`: what one device may do with another's memory."""

    name = "hal.device.link"

    source_device: SymbolRefAttr
    target_device: SymbolRefAttr
    unified_memory: IntAttr
    transparent_access: IntAttr
    extra_properties: DictionaryAttr | NoneAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        flags = {"unified_memory": False, "transparent_access": False}

        def parse_flag() -> None:
            key = parser.parse_keyword_in(tuple(flags))
            parser.parse_punctuation("=")
            flags[key] = parser.parse_boolean()

        with parser.in_parens():
            source = parser.parse_attribute()
            parser.parse_punctuation("->")
            target = parser.parse_attribute()
            parser.parse_punctuation("=")
            parser.parse_comma_separated_list(parser.Delimiter.BRACES, parse_flag)
            comma = parser.parse_optional_punctuation(",")
            extra: Attribute = parser.parse_attribute() if comma else NoneAttr()
        return [source, target, *(IntAttr(int(flag)) for flag in flags.values()), extra]

    @override
    def print_parameters(self, printer: Printer) -> None:
        flags = (("unified_memory", self.unified_memory), ("transparent_access", self.transparent_access))
        with printer.in_parens():
            printer.print_attribute(self.source_device)
            printer.print_string(" -> ")
            printer.print_attribute(self.target_device)
            printer.print_string(" = {" + ", ".join(f"{key} = true" for key, flag in flags if flag.data) + "}")
            if isinstance(self.extra_properties, DictionaryAttr):
                printer.print_string(", ")
                printer.print_attribute(self.extra_properties)


@irdl_attr_definition
class DeviceTopologyAttr(ParametrizedAttribute):
    """`#hal.device.topology<links = [(@a -> @b = {…}), …]>`."""

    name = "hal.device.topology"

    links: ArrayAttr[DeviceLinkAttr]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            parser.parse_keyword("links")
            parser.parse_punctuation("=")
            links = parser.parse_comma_separated_list(
                parser.Delimiter.SQUARE, lambda: DeviceLinkAttr.new(DeviceLinkAttr.parse_parameters(parser))
            )
        return [ArrayAttr(links)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string("<links = [")
        printer.print_list(self.links, lambda link: link.print_parameters(printer))
        printer.print_string("]>")
