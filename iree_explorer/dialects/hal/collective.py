"""What a collective operation does. IREE: HALAttrs.td and StreamBase.td, CollectiveAttr."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import NoneAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum

from iree_explorer.ir.attribute_parts import parse_word


class CollectiveKind(StrEnum):
    """What a collective does. IREE: HAL_CollectiveKindAttr."""

    ALL_GATHER = "all_gather"
    ALL_REDUCE = "all_reduce"
    ALL_TO_ALL = "all_to_all"
    BROADCAST = "broadcast"
    REDUCE = "reduce"
    REDUCE_SCATTER = "reduce_scatter"
    SEND = "send"
    RECV = "recv"
    SEND_RECV = "send_recv"


class CollectiveReduction(StrEnum):
    """How a reducing collective combines elements. IREE: HAL_CollectiveReductionOpAttr."""

    NONE = "none"
    SUM = "sum"
    PRODUCT = "product"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    AVERAGE = "average"


class CollectiveElementType(StrEnum):
    """The elements of a collective. IREE: HAL_CollectiveElementTypeAttr."""

    SINT8 = "si8"
    UINT8 = "ui8"
    SINT16 = "si16"
    UINT16 = "ui16"
    SINT32 = "si32"
    UINT32 = "ui32"
    SINT64 = "si64"
    UINT64 = "ui64"
    FLOAT16 = "f16"
    FLOAT32 = "f32"
    FLOAT64 = "f64"
    BFLOAT16 = "bf16"


class CollectiveSpecification(ParametrizedAttribute):
    """`<all_reduce with sum : f32>`: a collective of the stream phase or of the HAL, which differ in name only."""

    kind: StringAttr
    reduction: StringAttr | NoneAttr
    element_type: StringAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            kind = parse_word(parser, tuple(CollectiveKind), "valid CollectiveKind")
            reduction: Attribute = NoneAttr()
            if parser.parse_optional_keyword("with"):
                words = map(parser.parse_optional_keyword, CollectiveReduction)
                reduction = next((StringAttr(word) for word in words if word), reduction)
            parser.parse_punctuation(":")
            element_type = parse_word(parser, tuple(CollectiveElementType), "valid CollectiveElementType")
        return [StringAttr(kind), reduction, StringAttr(element_type)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        reduction = f" with {self.reduction.data}" if isinstance(self.reduction, StringAttr) else ""
        printer.print_string(f"<{self.kind.data}{reduction} : {self.element_type.data}>")


@irdl_attr_definition
class CollectiveAttr(CollectiveSpecification):
    """`#hal.collective<all_reduce with sum : f32>`."""

    name = "hal.collective"
