"""Literals of numbers, `dense<…>` and `array<…>`, with hexadecimal floats as bit patterns and splats unexpanded."""

from __future__ import annotations

import math
import struct
from typing import NamedTuple, NoReturn, cast

from typing_extensions import override
from xdsl.dialects.builtin import (
    AnyDenseElement,
    AnyFloat,
    BytesAttr,
    ComplexType,
    DenseArrayBase,
    DenseIntOrFPElementsAttr,
    IndexType,
    IntegerType,
    RankedStructure,
    ShapedType,
    Signedness,
    UnrankedMemRefType,
    UnrankedTensorType,
)
from xdsl.ir import Attribute
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.ir.attribute_parts import fit_literal
from iree_explorer.syntax import dense
from iree_explorer.syntax.reading.lexer import integer_of, is_hexadecimal
from iree_explorer.syntax.reading.tokens import TokenParser

_ELEMENT = "expected element literal of primitive type"

_BOOLEANS = {"true": 1, "false": 0}


class Literal(NamedTuple):
    """One number of a tensor literal, before the tensor's type is known."""

    negative: bool
    text: str
    span: Span[str]


class Elements(NamedTuple):
    """A tensor literal.

    Attributes:
        shape: lengths of the nested lists; empty for a single element.
        parts: numbers per element: 1, or 2 of complex elements.
        literals: the numbers in order, `parts` per element.
    """

    shape: tuple[int, ...]
    parts: int
    literals: list[Literal]


def _is_integer(text: str) -> bool:
    return text.isdigit() or is_hexadecimal(text)


class DenseParser(TokenParser):
    """Parses numbers and arrays of them."""

    _literal_offset = 0
    """The place of the `dense` that was read last."""

    # ---- numbers

    def float_of_literal(self, text: str, negative: bool, type_: AnyFloat, span: Span[str]) -> float:
        """The value of a decimal literal, or of the bits that a hexadecimal one spells. MLIR: parseFloatFromLiteral."""
        if is_hexadecimal(text):
            bits = self._float_bits(text, negative, type_, span)
            try:
                return float(type_.unpack(bits, 1)[0])
            except NotImplementedError:
                self._refuse_bits_of(type_, span)
        if text.isdigit():
            self.raise_error(
                "unexpected decimal integer literal for a floating point value\n"
                "add a trailing dot to make the literal a float",
                span,
            )
        return _rounded(-float(text) if negative else float(text), type_)

    def _refuse_bits_of(self, type_: AnyFloat, span: Span[str]) -> NoReturn:
        """Refuses a number of a type whose bits xDSL does not know."""
        self.raise_error(f"the bits of a number of type '{type_}' are not known here", span)

    def _float_bits(self, text: str, negative: bool, type_: AnyFloat, span: Span[str]) -> bytes:
        if negative:
            self.raise_error("hexadecimal float literal should not have a leading minus", span)
        bits = int(text, 16)
        if bits >> type_.bitwidth:
            self.raise_error("hexadecimal float constant out of range for type", span)
        try:
            return bits.to_bytes(type_.compile_time_size, "little")
        except NotImplementedError:
            self.raise_error(f"hexadecimal literals of {type_.name} are not supported", span)

    # ---- array<…>

    def _parse_dense_array(self) -> DenseArrayBase:
        """`array<type(: elements)?>`; an element is a number or, of i1, `true` or `false`."""
        self.advance()
        self.parse_punctuation("<", " after 'array'")
        span = self.token.span
        type_ = self.parse_type()
        if not isinstance(type_, IntegerType | AnyFloat):
            self.raise_error(f"expected integer or float type, got: '{type_}'", span)
        width = type_.width.data if isinstance(type_, IntegerType) else type_.bitwidth
        if width != 1 and width % 8:
            self.raise_error("element type bitwidth must be a multiple of 8", span)
        if self.parse_optional_punctuation(">") is not None:
            return DenseArrayBase(type_, BytesAttr(b""))
        self.parse_punctuation(":", " after dense array type")
        wanted = "expected integer literal" if isinstance(type_, IntegerType) else "expected floating point literal"

        def parse_element() -> bytes:
            return self._array_element_bytes(self._parse_literal(wanted), type_)

        elements = self.parse_comma_separated_list(self.Delimiter.NONE, parse_element)
        self.parse_punctuation(">", " to close an array attribute")
        return DenseArrayBase(type_, BytesAttr(b"".join(elements)))

    def _array_element_bytes(self, literal: Literal, type_: IntegerType | AnyFloat) -> bytes:
        """As `_element_bytes`, with the rules that only arrays have. MLIR: DenseArrayElementParser."""
        negative, text, span = literal
        if isinstance(type_, AnyFloat):
            return self._element_bytes(literal, type_)
        after = self.text_lexer.end_of_blank(span.end)
        if type_.width.data == 1:
            if text not in _BOOLEANS:
                self.raise_error("expected 'true' or 'false' values for i1 type", after)
            return self._element_bytes(literal, type_)
        if text not in _BOOLEANS and not _is_integer(text):
            self.raise_error("expected integer literal", span)
        if text in _BOOLEANS:
            self.raise_error("expected i1 type for 'true' or 'false' values", span)
        value = fit_literal(self, integer_of(text), negative, type_, Span(after, after, span.input), owner="")
        return dense.integer_bytes(type_, value, dense.element_size(type_))

    # ---- dense<…>

    def _parse_dense(self) -> DenseIntOrFPElementsAttr:
        self._literal_offset = self.token.start
        self.advance()
        return self.parse_dense_int_or_fp_elements_attr(None)

    @override
    def parse_dense_int_or_fp_elements_attr(
        self, type: RankedStructure[AnyDenseElement] | None
    ) -> DenseIntOrFPElementsAttr:
        """The rest of a `dense` attribute, `dense` itself being read; `: type` too unless it is known."""
        if type is not None:
            self._literal_offset = self.token.start
        self.parse_punctuation("<", " after 'dense'")
        start = self.token.start
        elements = hexadecimal = None
        if self.token.kind in (Kind.STRING_LIT, Kind.BYTES_LIT):
            hexadecimal = self.parse_str_literal()
        elif self.token.kind is not Kind.GREATER:
            elements = self._parse_elements()
        self.parse_punctuation(">")
        elements_type, place = type, start
        if elements_type is None:
            self.parse_punctuation(":")
            place = self.token.start
            elements_type = self._parse_elements_type()
        if not _has_size(elements_type.get_element_type()):
            self.raise_error(f"dense elements of type {elements_type.get_element_type()} are not supported", place)
        if hexadecimal is not None:
            return self._dense_of_hexadecimal(hexadecimal, elements_type, start)
        return self._dense_of_elements(elements, elements_type)

    def _parse_elements_type(self) -> RankedStructure[AnyDenseElement]:
        start, span = self._literal_offset, self.token.span
        type_ = self.parse_type()
        if isinstance(type_, UnrankedTensorType | UnrankedMemRefType):
            self.raise_error("elements literal type must have static shape", start)
        if not isinstance(type_, ShapedType):
            self.raise_error("elements literal must be a shaped type", start)
        if not type_.has_static_shape():
            self.raise_error("elements literal type must have static shape", start)
        element_type = cast("Attribute", cast("RankedStructure[AnyDenseElement]", type_).get_element_type())
        if not isinstance(element_type, IntegerType | IndexType | AnyFloat | ComplexType):
            self.raise_error(f"dense elements of type {element_type} are not supported", span)
        return cast("RankedStructure[AnyDenseElement]", type_)

    def _parse_elements(self) -> Elements:
        if self.token.kind is not Kind.L_SQUARE:
            return self._parse_element()
        self.enter()
        rows: list[Elements] = []

        def parse_row() -> None:
            rows.append(self._parse_elements())
            if rows[-1].shape != rows[0].shape or rows[-1].parts != rows[0].parts:
                self.raise_error("tensor literal is invalid; ranks are not consistent between elements")

        self.parse_comma_separated_list(self.Delimiter.SQUARE, parse_row)
        self.leave()
        if not rows:
            return Elements((0,), 1, [])
        first = rows[0]
        literals = [literal for row in rows for literal in row.literals]
        return Elements((len(rows), *first.shape), first.parts, literals)

    def _parse_element(self) -> Elements:
        if self.parse_optional_punctuation("(") is None:
            return Elements((), 1, [self._parse_literal()])
        real = self._parse_literal()
        self.parse_punctuation(",", " between complex elements")
        imaginary = self._parse_literal()
        self.parse_punctuation(")", " after complex elements")
        return Elements((), 2, [real, imaginary])

    def _parse_literal(self, wanted: str = _ELEMENT) -> Literal:
        negative = self.parse_optional_punctuation("-") is not None
        token = self.token
        is_boolean = token.kind is Kind.BARE_IDENT and token.text in _BOOLEANS and not negative
        if not is_boolean and token.kind not in (Kind.INTEGER_LIT, Kind.FLOAT_LIT):
            is_number = negative and wanted is _ELEMENT
            self.raise_error("expected integer or floating point literal" if is_number else wanted, token.span)
        self.advance()
        return Literal(negative, token.text, token.span)

    def _dense_of_elements(
        self, elements: Elements | None, type_: RankedStructure[AnyDenseElement]
    ) -> DenseIntOrFPElementsAttr:
        shape = type_.get_shape()
        if elements is None:
            if dense.element_count(type_):
                message = f"parsed zero elements, but type ('{type_}') expected at least 1"
                self.raise_error(message, self._literal_offset)
            return dense.make_dense(type_, b"")
        if elements.shape and elements.shape != shape:
            wanted, got = (", ".join(map(str, dims)) for dims in (shape, elements.shape))
            self.raise_error(
                f"inferred shape of elements literal ([{got}]) does not match type ([{wanted}])",
                self._literal_offset,
            )
        element_type = type_.get_element_type()
        is_complex = isinstance(element_type, ComplexType)
        part_type = element_type.element_type if isinstance(element_type, ComplexType) else element_type
        if elements.literals and elements.parts == 1 and is_complex:
            expected, of = (2 * dense.element_count(type_), type_) if elements.shape else (2, element_type)
            message = f"parsed {len(elements.literals)} elements, but type ('{of}') expected {expected} elements"
            self.raise_error(message, self._literal_offset)
        if (
            elements.parts == 2 and not is_complex
        ):  # differs: MLIR takes the parts for elements, and crashes where they are too many
            self.raise_error("expected element type to be complex", self._literal_offset)
        data = b"".join(self._element_bytes(literal, part_type) for literal in elements.literals)
        return dense.make_dense(type_, data)

    def _element_bytes(self, literal: Literal, type_: IntegerType | IndexType | AnyFloat) -> bytes:
        negative, text, span = literal
        if isinstance(type_, AnyFloat):
            if text in _BOOLEANS:
                self.raise_error("expected floating point literal", span)
            if is_hexadecimal(text):
                return self._float_bits(text, negative, type_, span)
            number = self.float_of_literal(text, negative, type_, span)
            try:
                return type_.pack([number])
            except NotImplementedError:
                self._refuse_bits_of(type_, span)
        if text in _BOOLEANS:
            if not isinstance(type_, IntegerType) or type_.width.data != 1:
                self.raise_error("expected i1 type for 'true' or 'false' values", span)
            text = str(_BOOLEANS[text])
        elif not _is_integer(text):
            self.raise_error("expected integer elements, but parsed floating-point", span)
        if negative and isinstance(type_, IntegerType) and type_.signedness.data is Signedness.UNSIGNED:
            self.raise_error("expected unsigned integer elements, but parsed negative value", span)
        value = fit_literal(self, integer_of(text), negative, type_, span, owner=" for type")
        if isinstance(type_, IndexType):
            return struct.pack("<q", value)
        return dense.integer_bytes(type_, value, dense.element_size(type_))

    def _dense_of_hexadecimal(
        self, text: str, type_: RankedStructure[AnyDenseElement], start: int
    ) -> DenseIntOrFPElementsAttr:
        try:
            if not is_hexadecimal(text):
                raise ValueError
            raw = bytes.fromhex(text[2:])
        except ValueError:
            self.raise_error("expected string containing hex digits starting with `0x`", start)
        element_type = type_.get_element_type()
        size = dense.element_size(element_type)
        if isinstance(element_type, IntegerType):
            size = dense.storage_width(element_type)
        if len(raw) not in (size, size * dense.element_count(type_)):
            self.raise_error(f"elements hex data size is invalid for provided type: '{type_}'", self._literal_offset)
        return dense.make_dense(type_, dense.from_mlir_bytes(element_type, raw))


def _has_size(type_: AnyDenseElement) -> bool:
    """Whether an element's bytes are known: xDSL knows none of integers of more than 64 bits, `f80` and `f128`."""
    try:
        return dense.element_size(type_) > 0
    except NotImplementedError:
        return False


def _rounded(value: float, type_: AnyFloat) -> float:
    """`value`, or an infinity where it is too large for `type_`."""
    try:
        type_.pack([value])
    except OverflowError:
        return math.copysign(math.inf, value)
    except NotImplementedError:
        pass
    return value
