"""Ops of `linalg` on whole tensors that are no nests of loops: `pack`, `unpack`, `softmax`.

Source of all facts: MLIR LinalgRelayoutOps.td, LinalgOps.td, LinalgOps.cpp (PackOp, UnPackOp, SoftmaxOp).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, IntegerAttr, TensorType, i64
from xdsl.dialects.utils import (
    get_dynamic_index_list,
    print_dynamic_index_list,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.linalg.structured import verify_destination_style
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.index_lists import parse_index_list
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import ANY_SHAPED, element_type, shape_of

INDEX_ARRAY = DenseArrayBase.constr(i64)


SelfT = TypeVar("SelfT", bound="RelayoutOp")


class RelayoutOp(IRDLOperation, OpAsmOpInterface, CustomAssemblyFormat):
    """Between a tensor and its tiles: the outer dimensions count tiles, the inner ones go inside a tile.

    Fields: `source`, `dest`, `padding_value` (pack only), `inner_tiles` and `static_inner_tiles`, `inner_dims_pos` (the
    unpacked dimension of each tile size), `outer_dims_perm` (the order of the outer dimensions; absent or empty: unchanged).
    """

    def tiles(self) -> list[SSAValue | int]:
        """The sizes of a tile, one per entry of `inner_dims_pos`."""
        static = self.properties["static_inner_tiles"]
        assert isinstance(static, DenseArrayBase)
        return get_dynamic_index_list(static.get_values(), self.dynamic_tiles(), DYNAMIC_INDEX)

    @abstractmethod
    def dynamic_tiles(self) -> Sequence[SSAValue]:
        """The sizes that are values."""

    def padding(self) -> SSAValue | None:
        """What fills up tiles that the source does not fill; None: there is no such tile."""
        return None

    @abstractmethod
    def unpacked_and_packed(self) -> tuple[SSAValue, SSAValue]:
        """The operand without tiles and the one with."""

    @override
    def verify_(self) -> None:
        unpacked, packed = self.unpacked_and_packed()
        shape, packed_shape = shape_of(unpacked.type), shape_of(packed.type)
        positions = self.properties["inner_dims_pos"]
        assert isinstance(positions, DenseArrayBase)
        if shape is None or packed_shape is None:
            raise VerifyException("expected ranked source and destination")
        _verify_permutation(self.properties.get("outer_dims_perm"), len(shape))
        if len(set(positions.get_values())) != len(positions) or max(positions.get_values(), default=0) >= len(shape):
            raise VerifyException("invalid inner_dims_pos vector")
        if len(self.tiles()) != len(positions):
            raise VerifyException("tiling factors must equal the number of dimensions to tile")
        if len(packed_shape) != len(shape) + len(positions):
            raise VerifyException(
                "packed rank != (unpacked rank + num tiling factors), got "
                f"{len(packed_shape)} != {len(shape) + len(positions)}"
            )
        for tile, size in zip(self.tiles(), packed_shape[len(shape) :], strict=True):
            if (size if isinstance(tile, int) else DYNAMIC_INDEX) != size or (isinstance(tile, int) and tile != size):
                raise VerifyException(
                    "mismatch in inner tile sizes specified and shaped of tiled dimension in the packed type"
                )
        if element_type(unpacked.type) != element_type(packed.type):
            raise VerifyException("expected elements of source and destination to be of the same type")
        verify_destination_style(self, self.operands[1:2])

    @classmethod
    def operand_groups(
        cls,
        source: SSAValue,
        dest: SSAValue,
        padding: SSAValue | None,  # noqa: ARG003  (only a pack has one)
        tiles: Sequence[SSAValue],
    ) -> Sequence[SSAValue | Sequence[SSAValue]]:
        """The operands in the op's order."""
        return source, dest, tiles

    @classmethod
    @override
    def parse(cls: type[SelfT], parser: Parser) -> SelfT:
        source = parser.parse_unresolved_operand()
        padding = _parse_padding(parser)
        properties: dict[str, Attribute] = {}
        for name in ("outer_dims_perm", "inner_dims_pos"):
            if parser.parse_optional_keyword(name) is not None:
                parser.parse_punctuation("=")
                values = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parser.parse_integer)
                properties[name] = DenseArrayBase.from_list(i64, values)
        parser.parse_keyword("inner_tiles")
        parser.parse_punctuation("=")
        dynamic, static = parse_index_list(parser)
        properties["static_inner_tiles"] = DenseArrayBase.from_list(i64, static)
        parser.parse_keyword("into")
        dest = parser.parse_unresolved_operand()
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        source_value = parser.resolve_operand(source, parser.parse_type())
        parser.parse_punctuation("->")
        dest_value = parser.resolve_operand(dest, parser.parse_type())
        tiles = [parser.resolve_operand(tile, IndexType()) for tile in dynamic]
        return cls.build(
            operands=cls.operand_groups(source_value, dest_value, padding, tiles),
            result_types=[[dest_value.type] if isinstance(dest_value.type, TensorType) else []],
            properties=properties,
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.operands[0])
        if (padding := self.padding()) is not None:
            printer.print_string(" padding_value(")
            printer.print_operand(padding)
            printer.print_string(" : ")
            printer.print_attribute(padding.type)
            printer.print_string(")")
        for name in ("outer_dims_perm", "inner_dims_pos"):
            values = self.properties.get(name)
            if isinstance(values, DenseArrayBase) and (len(values) or name == "inner_dims_pos"):
                printer.print_string(f" {name} = [{', '.join(str(value) for value in values.get_values())}]")
        static = self.properties["static_inner_tiles"]
        assert isinstance(static, DenseArrayBase)
        printer.print_string(" inner_tiles = ")
        print_dynamic_index_list(printer, DYNAMIC_INDEX, self.dynamic_tiles(), static.get_values())
        printer.print_string(" into ")
        printer.print_operand(self.operands[1])
        print_attr_dict(printer, self, {}, hidden=(AttrSizedOperandSegments.attribute_name,))
        printer.print_string(" : ")
        printer.print_attribute(self.operands[0].type)
        printer.print_string(" -> ")
        printer.print_attribute(self.operands[1].type)


def _verify_permutation(permutation: Attribute | None, rank: int) -> None:
    if isinstance(permutation, DenseArrayBase) and len(permutation):
        values = permutation.get_values()
        if len(values) != rank or sorted(values) != list(range(rank)):
            raise VerifyException("invalid outer_dims_perm vector")


def _parse_padding(parser: Parser) -> SSAValue | None:
    if parser.parse_optional_keyword("padding_value") is None:
        return None
    with parser.in_parens():
        value = parser.parse_unresolved_operand()
        parser.parse_punctuation(":")
        return parser.resolve_operand(value, parser.parse_type())


@irdl_op_definition
class PackOp(RelayoutOp):
    """The source as tiles."""

    name = "linalg.pack"
    RESULT_NAMES: ClassVar = ("pack",)
    source = operand_def(ANY_SHAPED)
    dest = operand_def(ANY_SHAPED)
    padding_value = opt_operand_def(AnyAttr())
    inner_tiles = var_operand_def(IndexType())
    outer_dims_perm = opt_prop_def(INDEX_ARRAY)
    inner_dims_pos = prop_def(INDEX_ARRAY)
    static_inner_tiles = prop_def(INDEX_ARRAY)
    result = var_result_def(AnyAttr())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())

    @override
    def dynamic_tiles(self) -> Sequence[SSAValue]:
        return self.inner_tiles

    @override
    def padding(self) -> SSAValue | None:
        return self.padding_value

    @override
    def unpacked_and_packed(self) -> tuple[SSAValue, SSAValue]:
        return self.source, self.dest

    @classmethod
    @override
    def operand_groups(
        cls, source: SSAValue, dest: SSAValue, padding: SSAValue | None, tiles: Sequence[SSAValue]
    ) -> Sequence[SSAValue | Sequence[SSAValue]]:
        return source, dest, () if padding is None else (padding,), tiles


@irdl_op_definition
class UnPackOp(RelayoutOp):
    """The destination put together from tiles."""

    name = "linalg.unpack"
    RESULT_NAMES: ClassVar = ("unpack",)
    source = operand_def(ANY_SHAPED)
    dest = operand_def(ANY_SHAPED)
    inner_tiles = var_operand_def(IndexType())
    outer_dims_perm = opt_prop_def(INDEX_ARRAY)
    inner_dims_pos = prop_def(INDEX_ARRAY)
    static_inner_tiles = prop_def(INDEX_ARRAY)
    result = var_result_def(AnyAttr())
    traits = traits_def(Pure())

    @override
    def dynamic_tiles(self) -> Sequence[SSAValue]:
        return self.inner_tiles

    @override
    def unpacked_and_packed(self) -> tuple[SSAValue, SSAValue]:
        return self.dest, self.source


@irdl_op_definition
class SoftmaxOp(IRDLOperation):
    """`exp(x - max(x)) / sum(exp(x - max(x)))` along one dimension."""

    name = "linalg.softmax"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    dimension = prop_def(IntegerAttr.constr(type=i64))
    result = var_result_def(AnyAttr())
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` `ins` `(` $input `:` type($input) `)` "
        "`outs` `(` $output `:` type($output) `)` (`->` type($result)^)?"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        shape, dimension = shape_of(self.input.type) or (), self.dimension.value.data
        if shape != shape_of(self.output.type):
            raise VerifyException("incompatible output shape")
        if not 0 <= dimension < len(shape):
            raise VerifyException("incorrect dimension specified")
        verify_destination_style(self, (self.output,))
