"""The `iree_encoding` dialect: tensors whose layout is chosen later. IREE: EncodingOps.td, EncodingAttrs.td."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, TensorType
from xdsl.ir import Attribute, Dialect
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.interfaces import AliasedAttribute
from iree_explorer.dialects.written_attribute import WrittenAttribute


class _LayoutAttr(WrittenAttribute, AliasedAttribute):
    @override
    def alias_name(self) -> str:
        # IREE: EncodingDialect.cpp, EncodingOpAsmInterface
        return "encoding"


@irdl_attr_definition
class EncodingAttr(_LayoutAttr):
    """What a tensor is used for, so that a layout can be chosen: operand, operation, element types, maps."""

    name = "iree_encoding.encoding"


@irdl_attr_definition
class LayoutAttr(_LayoutAttr):
    """Layouts that were chosen, one per resolver."""

    name = "iree_encoding.layout"


@irdl_attr_definition
class TestingAttr(_LayoutAttr):
    """An encoding of IREE's tests."""

    name = "iree_encoding.testing"


@irdl_attr_definition
class UnknownAttr(_LayoutAttr):
    """An encoding that no resolver knows."""

    name = "iree_encoding.unknown"


def _attribute(mnemonic: str, summary: str) -> type[Attribute]:
    class_name = "".join(word.capitalize() for word in mnemonic.split("_")) + "Attr"
    body = {"name": f"iree_encoding.{mnemonic}", "__doc__": summary, "__module__": __name__}
    return irdl_attr_definition(type(class_name, (WrittenAttribute,), body))


PackedStorageAttr = _attribute("packed_storage", "Elements of less than a byte are stored side by side.")
_OTHERS = [
    PackedStorageAttr,
    _attribute("padding", "Padding of each dimension."),
    _attribute("identity", "Row-major, as without an encoding."),
    _attribute("identity_resolver", "Resolves every encoding to row-major."),
    _attribute("unsupported_resolver", "Resolves no encoding."),
    _attribute("specialization_resolver", "Resolves encodings to specialized ones."),
    _attribute("specialized", "An encoding specialized by a resolver."),
]


class _EncodingOp(IRDLOperation):
    """An op that changes the encoding of a tensor and nothing else."""

    source = operand_def(TensorType)
    result = result_def(TensorType)

    @override
    def verify_(self) -> None:
        # IREE: EncodingOps.cpp, verify of both ops
        source, result = self.source.type, self.result.type
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
    encoding_dims = var_operand_def(IndexType())
    traits = traits_def(Pure())
    assembly_format = (
        "attr-dict $source (`encoding_dims` `{` $encoding_dims^ `}`)? `:` type($source) `->` type($result)"
    )


@irdl_op_definition
class UnsetEncodingOp(_EncodingOp):
    """Takes the encoding of a tensor away."""

    name = "iree_encoding.unset_encoding"
    result_dims = var_operand_def(IndexType())
    encoding_dims = var_operand_def(IndexType())
    traits = traits_def(Pure())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict $source (`encoding_dims` `{` $encoding_dims^ `}`)? `:` type($source) `->` type($result) "
        "(`` `{` $result_dims^ `}`)?"
    )


IREEEncoding = Dialect(
    "iree_encoding",
    [SetEncodingOp, UnsetEncodingOp],
    [EncodingAttr, LayoutAttr, TestingAttr, UnknownAttr, *_OTHERS],
)
