"""The text of builtin attributes and types. MLIR: AsmPrinter.cpp, printAttributeImpl and printTypeImpl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from typing_extensions import override
from xdsl.dialects.builtin import (
    AffineMapAttr,
    AffineSetAttr,
    AnyFloat,
    ArrayAttr,
    BytesAttr,
    ComplexType,
    DenseArrayBase,
    DenseIntOrFPElementsAttr,
    DictionaryAttr,
    FloatAttr,
    FusedLoc,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefType,
    NoneAttr,
    OpaqueAttr,
    StringAttr,
    SymbolRefAttr,
    UnitAttr,
    UnrankedMemRefType,
    f64,
    i64,
)
from xdsl.ir import Attribute

from iree_explorer.ir.affine_text import map_text, set_text
from iree_explorer.ir.assembly.columns import ColumnPrinter
from iree_explorer.ir.dense_resource import DenseResourceElementsAttr
from iree_explorer.syntax import dense, escapes
from iree_explorer.syntax.floats import bits_text, float_text
from iree_explorer.syntax.printing.aliases import Alias, DistinctNumber, Mark
from iree_explorer.syntax.rare_attributes import DistinctAttr

_HEX_LIMIT = 100
"""Dense attributes of more elements are printed as their bytes. MLIR: --mlir-print-elementsattrs-with-hex-if-larger."""


class BuiltinAttributePrinter(ColumnPrinter):
    """Prints builtin attributes and types in MLIR's form, where that is not xDSL's.

    Attributes:
        out: the text so far.
        newline: what starts a new line at the present indentation.
        blobs: those that were named.
    """

    def __init__(self) -> None:
        super().__init__(stream=None)
        self.out: list[str | Alias | DistinctNumber | Mark] = []
        self.newline = "\n"
        self.blobs: dict[str, bytes | None] = {}
        self._distinct: dict[Attribute, int] = {}
        self._handlers: dict[type, Callable[[Any], None]] = {
            IntegerAttr: self._print_integer,
            FloatAttr: self._print_float_attr,
            StringAttr: self._print_string_attr,
            BytesAttr: self._print_bytes,
            ArrayAttr: self._print_array,
            DictionaryAttr: self._print_dictionary_attr,
            SymbolRefAttr: self._print_symbol,
            AffineMapAttr: self._print_map,
            AffineSetAttr: self._print_set,
            DenseIntOrFPElementsAttr: self._print_dense,
            DenseArrayBase: self._print_dense_array,
            DenseResourceElementsAttr: self._print_dense_resource,
            DistinctAttr: self._print_distinct,
            FusedLoc: self._print_fused,
            OpaqueAttr: self._print_opaque,
            MemRefType: self._print_memref,
            UnrankedMemRefType: self._print_unranked_memref,
        }

    # ---- text

    @override
    def print_string(self, text: str, *, indent: int | None = None) -> None:
        if "\n" in text and indent != 0:
            text = text.replace("\n", self.newline if indent is None else "\n" + "  " * indent)
        self.out.append(text)

    @override
    def _print_new_line(self, indent: int | None = None, print_message: bool = True) -> None:
        self.out.append(self.newline if indent is None else "\n" + "  " * indent)

    @override
    def print_string_literal(self, string: str) -> None:
        self.out.append(escapes.quoted(string))

    @override
    def print_bytes_literal(self, bytestring: bytes) -> None:
        self.out.append(f'"{escapes.escaped_bytes(bytestring)}"')

    @override
    def print_identifier_or_string_literal(self, string: str | StringAttr) -> None:
        self.out.append(escapes.keyword_or_string(_text_of(string)))

    @override
    def print_symbol_name(self, sym_name: str | StringAttr) -> None:
        self.out.append(f"@{escapes.symbol(_text_of(sym_name))}")

    @override
    def print_float(self, value: float, type: AnyFloat) -> None:
        self.out.append(float_text(value, type))

    # ---- attributes

    def _print_in_full(self, attribute: Attribute) -> None:
        """Prints the attribute itself, whether it has an alias or not."""
        handler = self._handlers.get(type(attribute))
        if handler is None:
            super().print_attribute(attribute)
        else:
            handler(attribute)

    def _print_elided(self, attribute: Attribute) -> None:
        """Prints `attribute` where the types i64 and f64 go without saying. MLIR: AttrTypeElision::May."""
        if isinstance(attribute, IntegerAttr) and attribute.type == i64:
            self.out.append(str(attribute.value.data))
        elif isinstance(attribute, FloatAttr) and attribute.type == f64:
            self.out.append(float_text(attribute.value.data, f64))
        else:
            self.print_attribute(attribute)

    def _print_integer(self, attribute: IntegerAttr) -> None:
        type_ = attribute.type
        self.print_int(attribute.value.data, type_)
        if not isinstance(type_, IntegerType) or not _is_i1(type_):
            self.out.append(" : ")
            self.print_attribute(type_)

    def _print_float_attr(self, attribute: FloatAttr) -> None:
        self.out.append(float_text(attribute.value.data, attribute.type))
        self.out.append(" : ")
        self.print_attribute(attribute.type)

    def _print_string_attr(self, attribute: StringAttr) -> None:
        self.out.append(escapes.quoted(attribute.data))

    def _print_bytes(self, attribute: BytesAttr) -> None:
        self.print_bytes_literal(attribute.data)

    def _print_distinct(self, attribute: DistinctAttr) -> None:
        self.out += ["distinct[", DistinctNumber(attribute, self._distinct), "]<"]
        if not isinstance(attribute.referenced, UnitAttr):
            self.print_attribute(attribute.referenced)
        self.out.append(">")

    def _print_fused(self, attribute: FusedLoc) -> None:
        with self.in_location():
            self.out.append("fused")
            if not isinstance(attribute.metadata, NoneAttr):
                self.out.append("<")
                self.print_attribute(attribute.metadata)
                self.out.append(">")
            self.out.append("[")
            self.print_list(cast("ArrayAttr[Attribute]", attribute.locations).data, self.print_attribute)
            self.out.append("]")

    def _print_array(self, attribute: ArrayAttr[Attribute]) -> None:
        self.out.append("[")
        self.print_list(attribute.data, self._print_elided)
        self.out.append("]")

    def _print_dictionary_attr(self, attribute: DictionaryAttr) -> None:
        self.print_attr_dict(attribute.data)

    @override
    def print_attr_dict(self, attr_dict: Mapping[str, Attribute]) -> None:
        """`{name = value, …}`, sorted by name as every dictionary is in MLIR."""
        self.out.append("{")
        for index, name in enumerate(sorted(attr_dict)):
            self.out.append(f"{', ' if index else ''}{escapes.keyword_or_string(name)}")
            if not isinstance(attr_dict[name], UnitAttr):
                self.out.append(" = ")
                self.print_attribute(attr_dict[name])
        self.out.append("}")

    def _print_symbol(self, attribute: SymbolRefAttr) -> None:
        parts = [attribute.root_reference, *attribute.nested_references.data]
        self.out.append("::".join([f"@{escapes.symbol(part.data)}" for part in parts]))

    def _print_map(self, attribute: AffineMapAttr) -> None:
        self.out.append(f"affine_map<{map_text(attribute.data)}>")

    def _print_set(self, attribute: AffineSetAttr) -> None:
        self.out.append(f"affine_set<{set_text(attribute.data)}>")

    def _print_opaque(self, attribute: OpaqueAttr) -> None:
        """MLIR: printDialectSymbol."""
        dialect, symbol = attribute.ident.data, attribute.value.data
        self.out.append(f"#{dialect}.{symbol}" if _is_pretty(symbol) else f"#{dialect}<{symbol}>")
        if not isinstance(attribute.type, NoneAttr):
            self.out.append(" : ")
            self.print_attribute(attribute.type)

    @override
    def print_elements(self, attribute: Attribute) -> None:
        """Prints a dense attribute without its type. MLIR: printAttributeWithoutType."""
        if isinstance(attribute, DenseIntOrFPElementsAttr):
            self._print_dense_elements(attribute)
        else:
            assert isinstance(attribute, DenseResourceElementsAttr)
            self._print_resource_handle(attribute)

    def _print_dense_resource(self, attribute: DenseResourceElementsAttr) -> None:
        self._print_resource_handle(attribute)
        self.out.append(" : ")
        self.print_attribute(attribute.type)

    def _print_resource_handle(self, attribute: DenseResourceElementsAttr) -> None:
        handle = attribute.resource_handle.data
        self.blobs[handle] = None if isinstance(attribute.blob, NoneAttr) else attribute.blob.data
        self.out.append(f"dense_resource<{escapes.keyword_or_string(handle)}>")

    # ---- numbers in bulk

    def _print_dense_array(self, attribute: DenseArrayBase[Any]) -> None:
        type_ = attribute.elt_type
        self.out.append("array<")
        self.print_attribute(type_)
        if len(attribute):
            elements = _element_texts(type_, attribute.data.data)
            self.out.append(f": {', '.join(elements)}")
        self.out.append(">")

    def _print_dense(self, attribute: DenseIntOrFPElementsAttr) -> None:
        self._print_dense_elements(attribute)
        self.out.append(" : ")
        self.print_attribute(attribute.type)

    def _print_dense_elements(self, attribute: DenseIntOrFPElementsAttr) -> None:
        """MLIR: printDenseIntOrFPElementsAttr."""
        element_type = attribute.get_element_type()
        data = attribute.data.data
        count = dense.element_count(attribute.type)
        self.out.append("dense<")
        if dense.is_splat(attribute):
            self.out.extend(_element_texts(element_type, data[: dense.element_size(element_type)]))
        elif count > _HEX_LIMIT:
            self.out.append(f'"0x{dense.to_mlir_bytes(element_type, data).hex().upper()}"')
        elif count:
            self.out.append(_nested(_element_texts(element_type, data), attribute.get_shape()))
        self.out.append(">")

    # ---- builtin types

    def _print_memref(self, type_: MemRefType[Attribute]) -> None:
        self.out.append("memref<")
        self._print_shape(type_.get_shape())
        self.print_attribute(type_.element_type)
        layout = type_.layout
        is_identity = isinstance(layout, AffineMapAttr) and _is_identity(layout)
        self._print_memref_details([] if is_identity else [layout], type_.memory_space)

    def _print_unranked_memref(self, type_: UnrankedMemRefType[Attribute]) -> None:
        self.out.append("memref<*x")
        self.print_attribute(type_.element_type)
        self._print_memref_details([], type_.memory_space)

    def _print_memref_details(self, layouts: Iterable[Attribute], memory_space: Attribute) -> None:
        for detail in (*layouts, memory_space):
            if not isinstance(detail, NoneAttr):
                self.out.append(", ")
                self._print_elided(detail)
        self.out.append(">")

    def _print_shape(self, shape: Sequence[int]) -> None:
        self.print_dimension_list(shape)
        if shape:
            self.out.append("x")


def _text_of(name: str | StringAttr) -> str:
    """The text of a name. xDSL hands over text up to 0.74, the attribute from 0.75 on."""
    return name.data if isinstance(name, StringAttr) else name


def _is_i1(type_: IntegerType) -> bool:
    return type_.width.data == 1 and type_.signedness.data.value == 0


def _is_identity(layout: AffineMapAttr) -> bool:
    affine_map = layout.data
    return affine_map.num_symbols == 0 and affine_map == affine_map.identity(affine_map.num_dims)


def _is_pretty(symbol: str) -> bool:
    """Whether `symbol` may stand behind a dot. MLIR: isDialectSymbolSimpleEnoughForPrettyForm."""
    if not symbol[:1].isalpha():
        return False
    body = symbol.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")
    return not body or (body.startswith("<") and body.endswith(">"))


def _element_texts(type_: Attribute, data: bytes) -> list[str]:
    """The text of each element in `data`."""
    if isinstance(type_, ComplexType):
        parts = _element_texts(type_.element_type, data)
        return [f"({real},{imaginary})" for real, imaginary in zip(parts[::2], parts[1::2], strict=True)]
    if isinstance(type_, AnyFloat):
        size = type_.compile_time_size
        return [bits_text(data[i : i + size], type_) for i in range(0, len(data), size)]
    numbers = cast("Iterable[int]", cast("IntegerType | IndexType", type_).iter_unpack(data))
    if isinstance(type_, IntegerType) and _is_i1(type_):
        return ["true" if number else "false" for number in numbers]
    return [str(number) for number in numbers]


def _nested(elements: Sequence[str], shape: Sequence[int]) -> str:
    if not shape:
        return elements[0]
    if len(shape) == 1:
        return f"[{', '.join(elements)}]"
    step = len(elements) // shape[0]
    rows = (_nested(elements[i : i + step], shape[1:]) for i in range(0, len(elements), step))
    return f"[{', '.join(rows)}]"
