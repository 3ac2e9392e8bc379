"""Reductions of vectors along some of their dimensions. MLIR: VectorOps.td, VectorOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    AffineMapAttr,
    AnyFloat,
    ArrayAttr,
    DenseArrayBase,
    DictionaryAttr,
    IndexType,
    IntegerType,
    StringAttr,
    VectorType,
    i64,
)
from xdsl.ir import Attribute
from xdsl.ir.affine import AffineDimExpr, AffineMap
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    irdl_attr_definition,
    operand_def,
    opt_operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.irdl.constraints import VarConstraint
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.flags import NO_FASTMATH, FastMathFlagsAttr
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.attribute_parts import parse_attribute_of, raise_wrong_kind
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_VECTOR, element_type, is_signless_integer, shape_of
from iree_explorer.ir.word_attribute import WordAttribute


class CombiningKind(StrEnum):
    """How two elements become one."""

    ADD = "add"
    MUL = "mul"
    MINUI = "minui"
    MINSI = "minsi"
    MINNUMF = "minnumf"
    MAXUI = "maxui"
    MAXSI = "maxsi"
    MAXNUMF = "maxnumf"
    AND = "and"
    OR = "or"
    XOR = "xor"
    MAXIMUMF = "maximumf"
    MINIMUMF = "minimumf"
    MAXIMUMNUMF = "maximumnumf"
    MINIMUMNUMF = "minimumnumf"

    def supports(self, type_: Attribute) -> bool:
        """Whether elements of a type can be combined so. MLIR: VectorOps.cpp, isSupportedCombiningKind."""
        is_number = isinstance(type_, IntegerType | IndexType)
        if self in (CombiningKind.ADD, CombiningKind.MUL):
            return is_number or isinstance(type_, AnyFloat)
        return isinstance(type_, AnyFloat) if self.endswith("f") else is_number


class IteratorType(StrEnum):
    """Whether a dimension is one of the result or one along which elements are combined."""

    PARALLEL = "parallel"
    REDUCTION = "reduction"


@irdl_attr_definition
class CombiningKindAttr(WordAttribute[CombiningKind]):
    """`#vector.kind<add>`."""

    name = "vector.kind"
    WORDS: ClassVar = CombiningKind
    CPP_NAME: ClassVar = "mlir::vector::CombiningKind"


@irdl_attr_definition
class IteratorTypeAttr(WordAttribute[IteratorType]):
    """`#vector.iterator_type<parallel>`."""

    name = "vector.iterator_type"
    WORDS: ClassVar = IteratorType
    CPP_NAME: ClassVar = "mlir::vector::IteratorType"


ADD = CombiningKindAttr(CombiningKind.ADD)


@irdl_custom_directive
class Kind(CustomDirective):
    """`<add>`."""

    kind: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        place = parser.pos
        attribute = parser.parse_optional_attribute()
        if attribute is None:
            attribute = CombiningKindAttr(CombiningKindAttr.parse_parameter(parser))
        self.kind.set(state, attribute if isinstance(attribute, CombiningKindAttr) else raise_wrong_kind(parser, place))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        kind = self.kind.get(op)
        assert isinstance(kind, CombiningKindAttr)
        state.print_whitespace(printer)
        kind.print_parameter(printer)
        end_of_token(state)


@irdl_op_definition
class ReductionOp(IRDLOperation):
    """The elements of a vector, combined to one."""

    name = "vector.reduction"

    T: ClassVar = VarConstraint("T", AnyAttr())

    vector = operand_def(ANY_VECTOR)
    acc = opt_operand_def(T)
    kind = prop_def(CombiningKindAttr)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    dest = result_def(T)

    traits = traits_def(Pure())
    custom_directives = (Kind,)
    assembly_format = (
        "custom<Kind>($kind) `,` $vector (`,` $acc^)? (`fastmath` `` $fastmath^)? attr-dict "
        "`:` type($vector) `into` type($dest)"
    )

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, ReductionOp::verify
        if element_type(self.vector.type) != element_type(self.dest.type):
            raise VerifyException("failed to verify that source operand and result have same element type")
        rank = len(shape_of(self.vector.type) or ())
        if rank > 1:
            raise VerifyException(f"unsupported reduction rank: {rank}")
        if not self.kind.data.supports(self.dest.type):
            raise VerifyException(f"unsupported reduction type ''{self.dest.type}'' for kind '{self.kind.data}'")


@irdl_op_definition
class MultiDimReductionOp(IRDLOperation):
    """The elements of a vector, combined along some dimensions, and with those of another vector."""

    name = "vector.multi_reduction"

    T: ClassVar = VarConstraint("T", AnyAttr())

    source = operand_def(ANY_VECTOR)
    acc = operand_def(T)
    kind = prop_def(CombiningKindAttr)
    reduction_dims = prop_def(DenseArrayBase.constr(i64))
    dest = result_def(T)

    traits = traits_def(Pure())
    custom_directives = (Kind,)
    assembly_format = (
        "custom<Kind>($kind) `,` $source `,` $acc attr-dict $reduction_dims `:` type($source) `to` type($dest)"
    )

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, MultiDimReductionOp::verify
        source = self.source.type
        assert isinstance(source, VectorType)
        reduced = self.reduction_dims.get_values()
        kept = [dimension for dimension in range(len(source.get_shape())) if dimension not in reduced]
        expected = source.element_type
        if kept:
            flags = source.scalable_dims.data
            scalable = ArrayAttr(flags[dimension] for dimension in kept)
            expected = VectorType(source.element_type, [source.get_shape()[dimension] for dimension in kept], scalable)
        if self.dest.type != expected:
            raise VerifyException(f"destination type '{self.dest.type}' is incompatible with source type '{source}'")


_INHERENT = ("fastmath", "indexing_maps", "iterator_types", "kind")


@irdl_op_definition
class ContractionOp(IRDLOperation, CustomAssemblyFormat):
    """Products of the elements of two vectors, combined along some dimensions, and with those of a third vector."""

    name = "vector.contract"

    T: ClassVar = VarConstraint("T", AnyAttr())

    lhs = operand_def(ANY_VECTOR)
    rhs = operand_def(ANY_VECTOR)
    acc = operand_def(T)
    indexing_maps = prop_def(ArrayAttr[AffineMapAttr])
    iterator_types = prop_def(ArrayAttr[IteratorTypeAttr])
    kind = prop_def(CombiningKindAttr, default_value=ADD)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    result = result_def(T)

    traits = traits_def(Pure())

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ContractionOp:
        place = parser.pos
        trait = parse_attribute_of(parser, DictionaryAttr)
        operands = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
        extra = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        parser.parse_keyword("into")
        result = parser.parse_type()
        if len(operands) != 3 or len(types) != 2:
            parser.raise_error("expected 2 vectors and an accumulator", place)
        attributes = {**extra, **trait.data}
        properties = {name: attributes.pop(name) for name in _INHERENT if name in attributes}
        properties["iterator_types"] = _iterator_types(parser, properties.get("iterator_types"), place)
        return cls.create(
            operands=parser.resolve_operands(operands, (*types, result), place),
            result_types=(result,),
            properties={"kind": ADD, "fastmath": NO_FASTMATH, **properties},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        words = ArrayAttr(StringAttr(iterator.data) for iterator in self.iterator_types)
        shown: dict[str, Attribute] = {"indexing_maps": self.indexing_maps, "iterator_types": words, "kind": self.kind}
        if self.fastmath != NO_FASTMATH:
            shown = {"fastmath": self.fastmath, **shown}
        printer.print_string(" ")
        printer.print_attribute(DictionaryAttr(shown))
        printer.print_string(" ")
        printer.print_list(self.operands, printer.print_operand)
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_list((self.lhs.type, self.rhs.type), printer.print_attribute)
        printer.print_string(" into ")
        printer.print_attribute(self.result.type)

    @override
    def verify_(self) -> None:
        # MLIR: VectorOps.cpp, ContractionOp::verify
        element = element_type(self.lhs.type)
        if element != element_type(self.rhs.type):
            raise VerifyException("failed to verify that lhs and rhs have same element type")
        if isinstance(element, IntegerType) and not is_signless_integer(element):
            raise VerifyException("only supports signless integer types")
        maps = self._verify_maps()
        contracted = self._pairs(maps, "reduction")
        if not contracted:
            raise VerifyException("expected at least one contracting dimension pair")
        self._verify_pairs(contracted, "contracting")
        batches = self._pairs(maps, "parallel")
        self._verify_pairs(batches, "batch")
        self._verify_result(maps)
        if not self.kind.data.supports(element_type(self.result.type)):
            raise VerifyException("unsupported contraction type")

    def _verify_maps(self) -> Sequence[AffineMap]:
        maps = [map_.data for map_ in self.indexing_maps]
        if len(maps) != len(self.operands):
            raise VerifyException("expected an indexing map for each vector operand")
        loops = len(self.iterator_types)
        for number, (map_, operand) in enumerate(zip(maps, self.operands, strict=True)):
            rank = len(shape_of(operand.type) or ())
            expected = f"expected indexing map {number} to "
            if map_.num_symbols:
                raise VerifyException(f"{expected}have no symbols")
            if map_.num_dims != loops:
                raise VerifyException(f"{expected}have {loops} number of inputs")
            if len(map_.results) != rank:
                raise VerifyException(f"{expected}have {rank} number of outputs")
            if not all(isinstance(result, AffineDimExpr) for result in map_.results) or len(set(map_.results)) < rank:
                raise VerifyException(f"{expected}be a projected permutation of its inputs")
        return maps

    def _pairs(self, maps: Sequence[AffineMap], kind: str) -> list[tuple[int, int]]:
        """The dimensions of both vectors that a loop of a kind goes along."""
        loops = [AffineDimExpr(loop) for loop, iterator in enumerate(self.iterator_types) if iterator.data == kind]
        lhs, rhs = maps[0].results, maps[1].results
        return [(lhs.index(loop), rhs.index(loop)) for loop in loops if loop in lhs and loop in rhs]

    def _verify_pairs(self, pairs: Sequence[tuple[int, int]], which: str) -> None:
        lhs, rhs = shape_of(self.lhs.type) or (), shape_of(self.rhs.type) or ()
        if any(lhs[one] != rhs[other] for one, other in pairs):
            raise VerifyException(f"invalid {which} dimension map")

    def _verify_result(self, maps: Sequence[AffineMap]) -> None:
        # MLIR: VectorOps.cpp, verifyOutputShape
        type_ = self.result.type
        extents: dict[int, int] = {}
        for operand, map_ in zip((self.rhs, self.lhs), (maps[1], maps[0]), strict=True):
            extents |= {
                loop.position: size
                for loop, size in zip(map_.results, shape_of(operand.type) or (), strict=True)
                if isinstance(loop, AffineDimExpr)
            }
        contracted = {maps[0].results[one] for one, _ in self._pairs(maps, "reduction")}
        is_scalar = set(maps[0].results) <= contracted and set(maps[1].results) <= contracted
        if is_scalar != (not isinstance(type_, VectorType)):
            raise VerifyException("invalid accumulator/result vector shape")
        if not isinstance(type_, VectorType):
            return
        if len(extents) < maps[0].num_dims:
            raise VerifyException("expected all dimensions to be either a LHS or a RHS dimension")
        shape = [extents[loop.position] for loop in maps[2].results if isinstance(loop, AffineDimExpr)]
        expected = VectorType(type_.element_type, shape, type_.scalable_dims)
        if type_ != expected:
            raise VerifyException(f"invalid accumulator/result vector shape, expected: '{expected}'")


def _iterator_types(parser: Parser, value: Attribute | None, place: int) -> ArrayAttr[IteratorTypeAttr]:
    """Iterator types as the op stores them, from the strings of the text."""
    if not isinstance(value, ArrayAttr):
        parser.raise_error("custom op 'vector.contract' expected \"iterator_types\" array attribute", place)
    words = [entry.data for entry in value if isinstance(entry, StringAttr)]
    for word in words:
        if word not in tuple(IteratorType):
            parser.raise_error(f"custom op 'vector.contract' unexpected iterator_type ({word})", place)
    return ArrayAttr(IteratorTypeAttr(IteratorType(word)) for word in words)
