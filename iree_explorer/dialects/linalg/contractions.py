"""Structured ops with a hidden region and indexing maps of their own: `matmul` and its kin, `contract`, `elementwise`.

Source of all facts: MLIR LinalgStructuredOps.td, LinalgOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, ArrayAttr
from xdsl.ir import Attribute, Region
from xdsl.ir.affine import AffineDimExpr, AffineMap
from xdsl.irdl import opt_prop_def, prop_def
from xdsl.parser import Parser
from xdsl.printer import Printer

from iree_explorer.dialects.linalg.attributes import ElementwiseKindAttr, TypeFnAttr
from iree_explorer.dialects.linalg.bodies import BodyBuilder, elementwise_body, multiply_add_body
from iree_explorer.dialects.linalg.named import HiddenBodyOp, wants_unsigned
from iree_explorer.dialects.linalg.named_table import NamedOpDefinition
from iree_explorer.dialects.linalg.structured import PARALLEL, REDUCTION, Operands
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import shape_of

_DEFAULT_MAPS = {
    "linalg.matmul": NamedOpDefinition("m n +k", "m k, k n -> m n", multiply_add_body),
    "linalg.batch_matmul": NamedOpDefinition("b m n +k", "b m k, b k n -> b m n", multiply_add_body),
    "linalg.batch_reduce_matmul": NamedOpDefinition("+b m n +k", "b m k, b k n -> m n", multiply_add_body),
}
"""What the op computes where it is written without maps."""


def _map_array(maps: Sequence[AffineMap]) -> ArrayAttr[AffineMapAttr]:
    return ArrayAttr(AffineMapAttr(map_) for map_ in maps)


def _parse_maps(parser: Parser) -> Attribute | None:
    if parser.parse_optional_keyword("indexing_maps") is None:
        return None
    parser.parse_punctuation("=")
    return parser.parse_attribute()


class ContractionOp(HiddenBodyOp):
    """`out += lhs * rhs` over any maps."""

    cast = opt_prop_def(TypeFnAttr)

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        return multiply_add_body(BodyBuilder(element_types), wants_unsigned(properties))


class MatmulLikeOp(ContractionOp):
    """A contraction with default maps, which are not printed; the generic form may leave them out."""

    indexing_maps = opt_prop_def(ArrayAttr[AffineMapAttr])

    @override
    def maps(self) -> Sequence[AffineMap]:
        return [map_.data for map_ in self.indexing_maps or self.default_maps()]

    @classmethod
    def default_maps(cls) -> ArrayAttr[AffineMapAttr]:
        """The maps of the op as its name says."""
        return _map_array(_DEFAULT_MAPS[cls.name].maps(None, None))

    @override
    def iterators(self) -> Sequence[str]:
        return _DEFAULT_MAPS[self.name].iterators()

    @classmethod
    @override
    def parse(cls, parser: Parser) -> MatmulLikeOp:
        maps = _parse_maps(parser)
        return cls.parse_rest(parser, {"indexing_maps": cls.default_maps() if maps is None else maps})

    @override
    def print(self, printer: Printer) -> None:
        if self.indexing_maps is not None and self.indexing_maps != self.default_maps():
            printer.print_string(" indexing_maps = ")
            printer.print_attribute(self.indexing_maps)
        self.print_rest(printer, hidden=("indexing_maps",))


@irdl_op_definition
class MatmulOp(MatmulLikeOp):
    """A product of two matrices."""

    name = "linalg.matmul"


@irdl_op_definition
class BatchMatmulOp(MatmulLikeOp):
    """As many products of two matrices as the batch is large."""

    name = "linalg.batch_matmul"


@irdl_op_definition
class BatchReduceMatmulOp(MatmulLikeOp):
    """The sum of the products of a batch."""

    name = "linalg.batch_reduce_matmul"


@irdl_op_definition
class ContractOp(ContractionOp):
    """A contraction over the maps that are written down; a loop that the output does not index is a reduction."""

    name = "linalg.contract"
    indexing_maps = prop_def(ArrayAttr[AffineMapAttr])

    @override
    def maps(self) -> Sequence[AffineMap]:
        return [map_.data for map_ in self.indexing_maps]

    @override
    def iterators(self) -> Sequence[str]:
        *_, output = self.maps()
        kept = {expr.position for expr in output.results if isinstance(expr, AffineDimExpr)}
        return [PARALLEL if loop in kept else REDUCTION for loop in range(output.num_dims)]

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ContractOp:
        maps = _parse_maps(parser)
        if maps is None:
            parser.raise_error("expected 'indexing_maps' attribute")
        return cls.parse_rest(parser, {"indexing_maps": maps})

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" indexing_maps = ")
        printer.print_attribute(self.indexing_maps)
        self.print_rest(printer, hidden=("indexing_maps",))


@irdl_op_definition
class ElementwiseOp(HiddenBodyOp):
    """One function, element by element, over maps that may transpose and broadcast."""

    name = "linalg.elementwise"
    kind = prop_def(ElementwiseKindAttr)
    indexing_maps = prop_def(ArrayAttr[AffineMapAttr])

    @override
    def maps(self) -> Sequence[AffineMap]:
        return [map_.data for map_ in self.indexing_maps]

    @override
    def iterators(self) -> Sequence[str]:
        return [PARALLEL] * self.maps()[-1].num_dims

    @classmethod
    @override
    def build_body(cls, element_types: Sequence[Attribute], properties: dict[str, Attribute]) -> Region:
        kind = properties["kind"]
        assert isinstance(kind, ElementwiseKindAttr)
        return elementwise_body(str(kind.data.value), element_types)

    @classmethod
    @override
    def of_operands(
        cls,
        operands: Operands,
        result_types: Sequence[Attribute],
        properties: dict[str, Attribute] | None = None,
        attributes: dict[str, Attribute] | None = None,
    ) -> ElementwiseOp:
        rank = max([len(shape_of(output.type) or ()) for output in operands.outputs], default=0)
        identities = [AffineMap.identity(rank)] * (len(operands.inputs) + 1)
        given = {"indexing_maps": _map_array(identities)} | (properties or {})
        return super().of_operands(operands, result_types, given, attributes)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ElementwiseOp:
        properties: dict[str, Attribute] = {"kind": ElementwiseKindAttr(ElementwiseKindAttr.parse_parameter(parser))}
        if (maps := _parse_maps(parser)) is not None:
            properties["indexing_maps"] = maps
        return cls.parse_rest(parser, properties)

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(f" <{self.kind.data.value}>")
        rank = len(shape_of(self.outputs[0].type) or ())
        if set(self.maps()) != {AffineMap.identity(rank)}:
            printer.print_string(" indexing_maps = ")
            printer.print_attribute(self.indexing_maps)
        self.print_rest(printer, hidden=("indexing_maps", "kind"))
