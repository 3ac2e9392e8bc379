"""Builtin types: those of one word, tensors, vectors, memrefs, complex numbers and tuples, with rules of what they hold.

# MLIR: TypeParser.cpp
"""

from __future__ import annotations

import re
from typing import Any

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AffineMapAttr,
    AnyFloat,
    ArrayAttr,
    BoolAttr,
    ComplexType,
    FunctionType,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefLayoutAttr,
    MemRefType,
    NoneAttr,
    NoneType,
    Signedness,
    StridedLayoutAttr,
    TensorType,
    TupleType,
    UnrankedMemRefType,
    UnrankedTensorType,
    VectorType,
)
from xdsl.ir import Attribute, TypeAttribute
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.interfaces.encodings import VerifiableEncoding
from iree_explorer.syntax.reading.tokens import TokenParser

STRUCTURED_TYPES = frozenset({"tensor", "vector", "memref", "complex", "tuple"})

_INTEGER_TYPE = re.compile(r"([su]?)i([1-9][0-9]*|0)")

_SIGNEDNESS = {"": Signedness.SIGNLESS, "s": Signedness.SIGNED, "u": Signedness.UNSIGNED}

_MAX_INTEGER_WIDTH = (1 << 24) - 1
"""MLIR: IntegerType::kMaxWidth."""

_MAX_WIDTH_NUMBER = (1 << 32) - 1
"""What MLIR takes for a number in the name of a type. MLIR: Token::getIntTypeBitwidth."""

_WIDTH_DIGITS = 11
"""So many digits are too many."""

_MAX_DIMENSION = (1 << 63) - 1

_DIMENSION_STARTS = (Kind.INTEGER_LIT, Kind.QUESTION)

_NUMBERS = (IntegerType, IndexType, AnyFloat)

_NEVER_IN_TENSORS = (TensorType, UnrankedTensorType, MemRefType, UnrankedMemRefType, FunctionType, NoneType, TupleType)
"""The builtin types that are no elements of tensors; those of dialects are. # MLIR: TensorType::isValidElementType."""

_IN_MEMREFS = (*_NUMBERS, ComplexType, MemRefType, UnrankedMemRefType, VectorType)
"""# MLIR: BaseMemRefType::isValidElementType."""


class BuiltinTypeParser(TokenParser):
    """Parses builtin types, but for functions'."""

    # ---- of one word

    def _scalar_type(self, name: str) -> TypeAttribute | None:
        """The builtin type of one word, `index` or `i32` or `f32`; None: there is none of this name."""
        if match := _INTEGER_TYPE.fullmatch(name):
            if int(match[2][:_WIDTH_DIGITS]) > _MAX_WIDTH_NUMBER:
                self.raise_error("invalid integer width")
            width = int(match[2])
            if width > _MAX_INTEGER_WIDTH:
                self.raise_error(f"integer bitwidth is limited to {_MAX_INTEGER_WIDTH} bits")
            return IntegerType(width, _SIGNEDNESS[match[1]])
        if name == "index":
            return IndexType()
        if name == "none":
            return NoneType()
        return self._builtin_float_types.get(name)

    # ---- of several parts

    @override
    def _parse_optional_builtin_parametrized_type(self) -> TypeAttribute | None:
        name = self.token.text
        if self.token.kind is not Kind.BARE_IDENT or name not in STRUCTURED_TYPES:
            return None
        start = self.token.start
        self.advance()
        self.parse_punctuation("<", f" in {name} type")
        match name:
            case "tensor":
                return self._tensor()
            case "vector":
                return self._vector(start)
            case "memref":
                return self._memref(start)
            case "complex":
                return self._complex()
            case _:
                return self._tuple()

    def _close(self, name: str) -> None:
        self.parse_punctuation(">", f" in {name} type")

    # ---- shapes

    @override
    def parse_shape_dimension(self, allow_dynamic: bool = True) -> int:
        """One dimension, `DYNAMIC_INDEX` of a `?`; of `0x4` only the `0`, as the rest is a delimiter and more."""
        token = self.token
        if allow_dynamic and self.parse_optional_punctuation("?") is not None:
            return DYNAMIC_INDEX
        if token.kind is not Kind.INTEGER_LIT:
            self.raise_error("invalid dimension", token.start)
        if token.text[:2] in ("0x", "0X"):
            self.resume_at(token.start + 1)
            return 0
        if len(token.text) > len(str(_MAX_DIMENSION)) or int(token.text) > _MAX_DIMENSION:
            self.raise_error("invalid dimension", token.span)
        self.advance()
        return int(token.text)

    @override
    def parse_shape_delimiter(self) -> None:
        if self._parse_optional_shape_delimiter() is None:
            self.raise_error("expected 'x' in dimension list")

    def _dimensions(self) -> list[int] | None:
        """The dimensions and their delimiters; None: the shape is not ranked, `*x`."""
        if self.parse_optional_punctuation("*") is not None:
            self.parse_shape_delimiter()
            return None
        dimensions: list[int] = []
        while self.token.kind in _DIMENSION_STARTS:
            dimensions.append(self.parse_shape_dimension())
            self.parse_shape_delimiter()
        return dimensions

    # ---- each of them

    def _tensor(self) -> TypeAttribute:
        shape = self._dimensions()
        offset = self.token.start
        element = self.parse_type()
        encoding: Attribute = NoneAttr()
        if self.parse_optional_punctuation(",") is not None:
            encoding = self.parse_optional_attribute() or encoding
            if isinstance(encoding, VerifiableEncoding) and shape is not None:
                self._verify_encoding(encoding, element)
        self._close("tensor")
        if shape is None and not isinstance(encoding, NoneAttr):
            self.raise_error("cannot apply encoding to unranked tensor", self.token.start)
        if isinstance(element, _NEVER_IN_TENSORS):
            self.raise_error("invalid tensor element type", offset)
        return UnrankedTensorType(element) if shape is None else TensorType(element, shape, encoding)

    def _verify_encoding(self, encoding: VerifiableEncoding, element: Attribute) -> None:
        try:
            encoding.verify_encoding(element)
        except VerifyException as error:
            self.raise_error(str(error), self.token.start)

    def _vector(self, start: int) -> TypeAttribute:
        shape: list[int] = []
        scalable: list[bool] = []
        while self.token.kind in (Kind.INTEGER_LIT, Kind.L_SQUARE):
            scalable.append(self.parse_optional_punctuation("[") is not None)
            shape.append(self.parse_shape_dimension(allow_dynamic=False))
            if scalable[-1] and self.parse_optional_punctuation("]") is None:
                self.raise_error("missing ']' closing scalable dimension", self.token.start)
            self.parse_shape_delimiter()
        element = self.parse_type()
        self._close("vector")
        if not isinstance(element, _NUMBERS):
            self.raise_error("failed to verify 'elementType': VectorElementTypeInterface instance", start)
        if 0 in shape:
            sizes = ", ".join(map(str, shape))
            self.raise_error(f"vector types must have positive constant sizes but got {sizes}", start)
        return VectorType(element, shape, ArrayAttr(map(BoolAttr.from_bool, scalable)))

    def _memref(self, start: int) -> TypeAttribute:
        shape = self._dimensions()
        offset = self.token.start
        element = self.parse_type()
        if not isinstance(element, _IN_MEMREFS):
            self.raise_error("invalid memref element type", offset)
        layout, space = self._layout_and_space(is_ranked=shape is not None)
        if shape is None:
            return UnrankedMemRefType.from_type(element, space)
        self._check_layout(layout, len(shape), start)
        return MemRefType(element, shape, layout, space)

    def _layout_and_space(self, *, is_ranked: bool) -> tuple[Any, Attribute]:
        """What follows the element type of a memref, up to the `>`; `NoneAttr` for what is not there."""
        layout: Attribute = NoneAttr()
        space: Attribute = NoneAttr()
        is_first = True
        while self.parse_optional_punctuation(">") is None:
            if self.parse_optional_punctuation(",") is None:
                where = " in memref type" if is_first else ""
                self._parse_token(Kind.GREATER, f"expected ',' or '>'{where}")
            is_first = False
            if self.token.kind is Kind.GREATER:
                self.raise_error("expected list element")
            attribute = self.parse_attribute()
            if not isinstance(attribute, MemRefLayoutAttr):
                if not isinstance(space, NoneAttr):
                    self.raise_error("multiple memory spaces specified in memref type", self.token.start)
                space = NoneAttr() if _is_default_space(attribute) else attribute
            elif not is_ranked:
                self.raise_error("cannot have affine map for unranked memref type", self.token.start)
            elif not isinstance(space, NoneAttr):
                self.raise_error("expected memory space to be last in memref type", self.token.start)
            else:
                layout = attribute
        return layout, space

    def _check_layout(self, layout: Attribute, rank: int, start: int) -> None:
        """# MLIR: MemRefType::verify, by way of MemRefLayoutAttrInterface::verifyLayout."""
        if isinstance(layout, StridedLayoutAttr) and len(layout.strides) != rank:
            self.raise_error("expected the number of strides to match the rank", start)
        if isinstance(layout, AffineMapAttr) and layout.data.num_dims != rank:
            sides = f"{rank} != {layout.data.num_dims}"
            self.raise_error(f"memref layout mismatch between rank and affine map: {sides}", start)

    def _complex(self) -> TypeAttribute:
        offset = self.token.start
        element = self.parse_type()
        self._close("complex")
        if not isinstance(element, IntegerType | AnyFloat):
            self.raise_error("invalid element type for complex", offset)
        return ComplexType(element)

    def _tuple(self) -> TypeAttribute:
        if self.parse_optional_punctuation(">") is not None:
            return TupleType(())
        types = self.parse_comma_separated_list(self.Delimiter.NONE, self.parse_type)
        self._close("tuple")
        return TupleType(tuple(types))


def _is_default_space(attribute: Attribute) -> bool:
    """MLIR: skipDefaultMemorySpace."""
    return isinstance(attribute, IntegerAttr) and attribute.value.data == 0
