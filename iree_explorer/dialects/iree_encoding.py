"""The `iree_encoding` dialect: tensors whose layout is chosen later. IREE: EncodingOps.td, EncodingAttrs.td."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AffineMapAttr,
    ArrayAttr,
    ComplexType,
    DenseArrayBase,
    FixedBitwidthType,
    IndexType,
    IntegerAttr,
    IntegerType,
    NoneAttr,
    TensorType,
)
from xdsl.ir import Attribute, Dialect, ParametrizedAttribute, SSAValue, TypeAttribute
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

from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.interfaces.encodings import SerializableEncoding, VerifiableEncoding
from iree_explorer.ir.struct_attribute import (
    ATTRIBUTE,
    SIZES,
    FieldKind,
    StructAttribute,
    attribute_of,
    parse_sizes,
    print_sizes,
    word_of,
)
from iree_explorer.ir.written_attribute import WrittenAttribute


class _AliasedEncoding(AliasedAttribute):
    @override
    def alias_name(self) -> str:
        # IREE: EncodingDialect.cpp, EncodingOpAsmInterface
        return "encoding"


_OP_TYPE = word_of("mlir::iree_compiler::IREE::Encoding::EncodingOpType", ("matmul", "scaled_matmul", "conv"))


def _dims_of(maps: tuple[Attribute, ...], number: int) -> int | None:
    """How many loops a user's operand is indexed by, by a map or several applied in turn; None: there is no map."""
    one = maps[number]
    parts = one.data if isinstance(one, ArrayAttr) else (one,)
    if not all(isinstance(part, AffineMapAttr) for part in parts):
        raise VerifyException(f"found a non-composable attribute in `user_indexing_maps` at index: {number}")
    first = parts[0] if parts else None
    return first.data.num_dims if isinstance(first, AffineMapAttr) else None


@irdl_attr_definition
class EncodingAttr(StructAttribute, _AliasedEncoding, SerializableEncoding):
    """What a tensor is used for, so that a layout can be chosen.

    Fields: `operand_index`, `op_type` (a word such as `matmul`), `element_types`, `original_element_type`,
    `user_indexing_maps`, `iteration_sizes` (of the op's loops; the dynamic marker where not known).
    """

    name = "iree_encoding.encoding"

    @classmethod
    @override
    def kinds(cls) -> Mapping[str, FieldKind]:
        return {
            "operand_index": attribute_of(IntegerAttr).required,
            "op_type": _OP_TYPE.required,
            "element_types": attribute_of(ArrayAttr).required,
            "original_element_type": attribute_of(TypeAttribute),
            "user_indexing_maps": attribute_of(ArrayAttr),
            "iteration_sizes": SIZES,
        }

    @property
    def dynamic_sizes(self) -> int:
        """How many sizes of the op's loops are not known."""
        sizes = self.get("iteration_sizes")
        return sum(size == DYNAMIC_INDEX for size in sizes.iter_values()) if isinstance(sizes, DenseArrayBase) else 0

    @override
    def is_serialized(self) -> bool:
        return False

    @override
    def verify(self) -> None:
        # IREE: EncodingAttrs.cpp, EncodingAttr::verify
        maps, index, sizes = (self.get(name) for name in ("user_indexing_maps", "operand_index", "iteration_sizes"))
        dims: int | None = None
        if isinstance(maps, ArrayAttr) and isinstance(index, IntegerAttr):
            if not 0 <= index.value.data < len(maps):
                raise VerifyException("`operandIndex` exceeds the size of `user_indexing_maps`")
            every = [_dims_of(maps.data, number) for number in range(len(maps))]
            dims = every[index.value.data]
        if not isinstance(sizes, DenseArrayBase):
            return
        if dims is None:
            raise VerifyException("found `iteration_sizes` without any corresponding `user_indexing_maps`")
        if len(sizes) != dims:
            raise VerifyException(
                f"found an encoding with {len(sizes)} iteration sizes, but expected {dims} "
                "based on the user indexing maps"
            )


@irdl_attr_definition
class TestingAttr(StructAttribute, _AliasedEncoding, SerializableEncoding):
    """An encoding of IREE's tests."""

    name = "iree_encoding.testing"

    @classmethod
    @override
    def kinds(cls) -> Mapping[str, FieldKind]:
        return {"layouts": attribute_of(ArrayAttr), "original_element_type": ATTRIBUTE}

    @override
    def is_serialized(self) -> bool:
        return self.get("layouts") is not None


@irdl_attr_definition
class LayoutAttr(ParametrizedAttribute, _AliasedEncoding, SerializableEncoding, VerifiableEncoding):
    """Layouts that were chosen, one per resolver."""

    name = "iree_encoding.layout"
    layouts: ArrayAttr[Attribute]

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [attribute_of(ArrayAttr).parse(parser)]

    @override
    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.layouts)

    @override
    def verify(self) -> None:
        # IREE: EncodingAttrs.cpp, LayoutAttr::verify
        if not self.layouts.data:
            raise VerifyException("expected non-empty layouts")
        if not all(isinstance(layout, SerializableEncoding) for layout in self.layouts):
            raise VerifyException("expected all the layout attributes to implement SerializableAttr")

    @override
    def verify_encoding(self, element_type: Attribute) -> None:
        for layout in self.layouts:
            if isinstance(layout, VerifiableEncoding):
                layout.verify_encoding(element_type)

    @override
    def is_serialized(self) -> bool:
        return all(isinstance(layout, SerializableEncoding) and layout.is_serialized() for layout in self.layouts)

    @override
    def is_identity_layout(self) -> bool:
        return all(isinstance(layout, SerializableEncoding) and layout.is_identity_layout() for layout in self.layouts)


@irdl_attr_definition
class PaddingAttr(ParametrizedAttribute, SerializableEncoding):
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

    @property
    def sizes(self) -> tuple[int, ...]:
        """The padding of each dimension."""
        return cast("DenseArrayBase[IntegerType]", self.padding).get_values()

    @override
    def is_serialized(self) -> bool:
        return DYNAMIC_INDEX not in self.sizes

    @override
    def is_identity_layout(self) -> bool:
        return not any(self.sizes)

    @override
    def verify(self) -> None:
        # IREE: EncodingAttrs.cpp, PaddingAttr::verify
        if any(size < 0 and size != DYNAMIC_INDEX for size in self.sizes):
            raise VerifyException("expected all padding values need to be non-negative or dynamic")


@irdl_attr_definition
class UnknownAttr(WrittenAttribute, _AliasedEncoding):
    """An encoding that no resolver knows."""

    name = "iree_encoding.unknown"


class _Resolver(WrittenAttribute):
    """What chooses how encoded tensors are stored."""

    OMITS_EMPTY: ClassVar = True


def _attribute(mnemonic: str, summary: str) -> type[Attribute]:
    class_name = "".join(word.capitalize() for word in mnemonic.split("_")) + "Attr"
    body = {"name": f"iree_encoding.{mnemonic}", "__doc__": summary, "__module__": __name__}
    return irdl_attr_definition(type(class_name, (_Resolver,), body))


@irdl_attr_definition
class PackedStorageAttr(WrittenAttribute, SerializableEncoding, VerifiableEncoding):
    """Elements of less than a byte are stored side by side."""

    name = "iree_encoding.packed_storage"
    OMITS_EMPTY: ClassVar = True

    @override
    def is_serialized(self) -> bool:
        return True

    @override
    def is_compatible_with(self, other: SerializableEncoding | None) -> bool:
        return other is None or isinstance(other, PackedStorageAttr)

    @override
    def verify_encoding(self, element_type: Attribute) -> None:
        # IREE: EncodingAttrs.cpp, PackedStorageAttr::verifyEncoding
        if isinstance(element_type, ComplexType):
            width = 2 * element_type.element_type.bitwidth
        elif isinstance(element_type, FixedBitwidthType):
            width = element_type.bitwidth
        else:  # the compiler crashes
            raise VerifyException(f"packed_storage is not for elements of type {element_type}")
        words = f"bit-width of the element type is {width} but packed_storage"
        if width > _MOST_PACKED_BITS:
            raise VerifyException(f"{words} is currently only supported for sub-byte types")
        if width.bit_count() != 1:
            raise VerifyException(f"{words} currently only supports types with power-of-two bitwidth")


_MOST_PACKED_BITS = 7


@irdl_attr_definition
class IdentityAttr(WrittenAttribute, SerializableEncoding):
    """Row-major, as without an encoding."""

    name = "iree_encoding.identity"

    @override
    def is_serialized(self) -> bool:
        return True

    @override
    def is_identity_layout(self) -> bool:
        return True


@irdl_attr_definition
class SpecializedAttr(WrittenAttribute, SerializableEncoding):
    """An encoding specialized by a resolver."""

    name = "iree_encoding.specialized"

    @override
    def is_serialized(self) -> bool:
        return False


_OTHERS = [
    IdentityAttr,
    PackedStorageAttr,
    SpecializedAttr,
    _attribute("identity_resolver", "Resolves every encoding to row-major."),
    _attribute("unsupported_resolver", "Resolves no encoding."),
    _attribute("specialization_resolver", "Resolves encodings to specialized ones."),
]


def _verify_encodings(verb: str, plain: tuple[str, Attribute], encoded: tuple[str, Attribute]) -> None:
    """Checks an op's sides, each with its name: `plain` has no encoding, `encoded` has one. IREE: EncodingOps.cpp."""
    (plain_side, plain_type), (encoded_side, type_) = plain, encoded
    assert isinstance(plain_type, TensorType)
    assert isinstance(type_, TensorType)
    if not isinstance(plain_type.encoding, NoneAttr):
        raise VerifyException(f"{plain_side} of {verb} op cannot have a tensor encoding")
    if not isinstance(type_.encoding, SerializableEncoding):
        raise VerifyException(f"{encoded_side} of {verb} op expected to have a valid tensor encoding")
    if len(plain_type.get_shape()) != len(type_.get_shape()):
        raise VerifyException("cannot change the rank of the tensor")
    pairs = zip(plain_type.get_shape(), type_.get_shape(), strict=True)
    if any(a != b and DYNAMIC_INDEX not in (a, b) for a, b in pairs):
        raise VerifyException("expected to preserve the logical shape of the tensor")


def _verify_encoding_dims(type_: Attribute, dims: Sequence[SSAValue]) -> None:
    encoding = type_.encoding if isinstance(type_, TensorType) else None
    if isinstance(encoding, EncodingAttr) and len(dims) != encoding.dynamic_sizes:
        raise VerifyException(
            f"encoding expects {encoding.dynamic_sizes} dynamic encoding dimension(s), but {len(dims)} provided"
        )


@irdl_op_definition
class SetEncodingOp(IRDLOperation):
    """Gives a tensor the encoding of its result's type."""

    name = "iree_encoding.set_encoding"
    source = operand_def(TensorType)
    encoding_dims = var_operand_def(IndexType())
    result = result_def(TensorType)
    traits = traits_def(Pure())
    assembly_format = (
        "attr-dict $source (`encoding_dims` `{` $encoding_dims^ `}`)? `:` type($source) `->` type($result)"
    )

    @override
    def verify_(self) -> None:
        _verify_encodings("set_encoding", ("source", self.source.type), ("result", self.result.type))
        _verify_encoding_dims(self.result.type, self.encoding_dims)


@irdl_op_definition
class UnsetEncodingOp(IRDLOperation):
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

    @override
    def verify_(self) -> None:
        _verify_encodings("unset_encoding", ("result", self.result.type), ("source", self.source.type))
        shape = self.result.type.get_shape()
        if len(self.result_dims) != shape.count(DYNAMIC_INDEX):
            raise VerifyException(
                f"result type set has {shape.count(DYNAMIC_INDEX)} dynamic dimensions but only "
                f"{len(self.result_dims)} dimension values are attached"
            )
        _verify_encoding_dims(self.source.type, self.encoding_dims)


IREEEncoding = Dialect(
    "iree_encoding",
    [SetEncodingOp, UnsetEncodingOp],
    [EncodingAttr, LayoutAttr, TestingAttr, UnknownAttr, PaddingAttr, *_OTHERS],
)
