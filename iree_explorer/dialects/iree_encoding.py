"""The `iree_encoding` dialect: tensors whose layout is chosen later. IREE: EncodingOps.td, EncodingAttrs.td."""

from __future__ import annotations

from collections.abc import Mapping

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, DenseArrayBase, IndexType, TensorType
from xdsl.ir import Attribute, Dialect, ParametrizedAttribute
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_attr_definition,
    operand_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.interfaces import AliasedAttribute
from iree_explorer.dialects.struct_attribute import (
    ATTRIBUTE,
    SIZES,
    WORD,
    FieldKind,
    StructAttribute,
    parse_sizes,
    print_sizes,
)
from iree_explorer.dialects.written_attribute import WrittenAttribute


class _AliasedEncoding(AliasedAttribute):
    @override
    def alias_name(self) -> str:
        # IREE: EncodingDialect.cpp, EncodingOpAsmInterface
        return "encoding"


@irdl_attr_definition
class EncodingAttr(StructAttribute, _AliasedEncoding):
    """What a tensor is used for, so that a layout can be chosen.

    Fields: `operand_index`, `op_type` (a word such as `matmul`), `element_types`, `original_element_type`,
    `user_indexing_maps`, `iteration_sizes` (of the op's loops; the dynamic marker where not known).
    """

    name = "iree_encoding.encoding"

    @classmethod
    @override
    def kinds(cls) -> Mapping[str, FieldKind]:
        return {
            "operand_index": ATTRIBUTE,
            "op_type": WORD,
            "element_types": ATTRIBUTE,
            "original_element_type": ATTRIBUTE,
            "user_indexing_maps": ATTRIBUTE,
            "iteration_sizes": SIZES,
        }


@irdl_attr_definition
class TestingAttr(StructAttribute, _AliasedEncoding):
    """An encoding of IREE's tests."""

    name = "iree_encoding.testing"

    @classmethod
    @override
    def kinds(cls) -> Mapping[str, FieldKind]:
        return {"layouts": ATTRIBUTE, "original_element_type": ATTRIBUTE}


@irdl_attr_definition
class LayoutAttr(ParametrizedAttribute, _AliasedEncoding):
    """Layouts that were chosen, one per resolver."""

    name = "iree_encoding.layout"
    layouts: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [parser.parse_attribute()]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.layouts)


@irdl_attr_definition
class PaddingAttr(ParametrizedAttribute):
    """Padding of each dimension, in elements; the dynamic marker where it is not known yet."""

    name = "iree_encoding.padding"
    padding: DenseArrayBase

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [parse_sizes(parser)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            print_sizes(printer, self.padding)


@irdl_attr_definition
class UnknownAttr(WrittenAttribute, _AliasedEncoding):
    """An encoding that no resolver knows."""

    name = "iree_encoding.unknown"


def _attribute(mnemonic: str, summary: str) -> type[Attribute]:
    class_name = "".join(word.capitalize() for word in mnemonic.split("_")) + "Attr"
    body = {"name": f"iree_encoding.{mnemonic}", "__doc__": summary, "__module__": __name__}
    return irdl_attr_definition(type(class_name, (WrittenAttribute,), body))


PackedStorageAttr = _attribute("packed_storage", "Elements of less than a byte are stored side by side.")
_OTHERS = [
    PackedStorageAttr,
    _attribute("identity", "Row-major, as without an encoding."),
    _attribute("identity_resolver", "Resolves every encoding to row-major."),
    _attribute("unsupported_resolver", "Resolves no encoding."),
    _attribute("specialization_resolver", "Resolves encodings to specialized ones."),
    _attribute("specialized", "An encoding specialized by a resolver."),
]


class _EncodingOp(IRDLOperation):
    """An op that changes the encoding of a tensor and nothing else."""

    @override
    def verify_(self) -> None:
        # IREE: EncodingOps.cpp, verify of both ops
        source, result = self.operands[0].type, self.results[0].type
        assert isinstance(source, TensorType)
        assert isinstance(result, TensorType)
        if source.element_type != result.element_type:
            raise VerifyException("element types mismatch")
        if len(source.get_shape()) != len(result.get_shape()):
            raise VerifyException("cannot change the rank of the tensor")


@irdl_op_definition
class SetEncodingOp(_EncodingOp):
    """Gives a tensor the encoding of its result's type."""

    name = "iree_encoding.set_encoding"
    source = operand_def(TensorType)
    encoding_dims = var_operand_def(IndexType())
    result = result_def(TensorType)
    traits = traits_def(Pure())
    assembly_format = (
        "attr-dict $source (`encoding_dims` `{` $encoding_dims^ `}`)? `:` type($source) `->` type($result)"
    )


@irdl_op_definition
class UnsetEncodingOp(_EncodingOp):
    """Takes the encoding of a tensor away."""

    name = "iree_encoding.unset_encoding"
    source = operand_def(TensorType)
    result_dims = var_operand_def(IndexType())
    encoding_dims = var_operand_def(IndexType())
    result = result_def(TensorType)
    traits = traits_def(Pure())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict $source (`encoding_dims` `{` $encoding_dims^ `}`)? `:` type($source) `->` type($result) "
        "(`` `{` $result_dims^ `}`)?"
    )


IREEEncoding = Dialect(
    "iree_encoding",
    [SetEncodingOp, UnsetEncodingOp],
    [EncodingAttr, LayoutAttr, TestingAttr, UnknownAttr, PaddingAttr, *_OTHERS],
)
