"""What all structured ops of the `linalg` dialect share: a nest of loops, given by indexing maps and iterator types.

The op computes, for every point of the loops' box, its region from one element per operand; map number i of `maps()` says
which element of operand number i. Results are the outputs after the last point.

Source of the rules and messages: MLIR LinalgInterfaces.cpp (verifyStructuredOpInterface), DestinationStyleOpInterface.cpp.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType, TensorType
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.ir.affine import AffineDimExpr, AffineExpr, AffineMap
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.traits import (
    ConditionallySpeculatable,
    EffectInstance,
    MemoryEffect,
    MemoryEffectKind,
    RecursivelySpeculatable,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.type_constraints import element_type, shape_of

PARALLEL = "parallel"
REDUCTION = "reduction"

MEMOIZED_MAPS = "linalg.memoized_indexing_maps"
"""An attribute that MLIR keeps on named ops and never prints."""


class LinalgOp(OpAsmOpInterface, CustomAssemblyFormat):
    """A structured op; the fields are `inputs`, `outputs` and `region`, the results one per output tensor."""

    @abstractmethod
    def input_operands(self) -> Sequence[SSAValue]:
        """The operands that are only read."""

    @abstractmethod
    def output_operands(self) -> Sequence[SSAValue]:
        """The operands that hold the first value of each result, or are written to."""

    def body_region(self) -> Region:
        """The region that computes one point: one argument per operand, one yielded value per output."""
        return self.regions[0]

    @abstractmethod
    def maps(self) -> Sequence[AffineMap]:
        """Per operand, from the loops' counters to the operand's indices."""

    @abstractmethod
    def iterators(self) -> Sequence[str]:
        """Per loop, `parallel` or `reduction` (or `window`)."""

    @override
    def asm_block_arg_names(self, region: Region) -> Iterable[tuple[SSAValue, str]]:
        block = region.blocks.first
        if block is None:
            return
        inputs = len(self.input_operands())
        for index, argument in enumerate(block.args):
            yield argument, "in" if index < inputs else "out"


class LinalgEffects(MemoryEffect):
    """Operands that are buffers are read and outputs also written; tensors are values. MLIR: getGenericEffectsImpl."""

    @classmethod
    @override
    def get_effects(cls, op: Operation) -> AbstractSet[EffectInstance]:
        assert isinstance(op, LinalgOp)
        inputs, outputs = op.input_operands(), op.output_operands()
        effects = {
            EffectInstance(MemoryEffectKind.READ, value)
            for value in (*inputs, *outputs)
            if isinstance(value.type, MemRefType)
        }
        effects |= {
            EffectInstance(MemoryEffectKind.WRITE, value) for value in outputs if isinstance(value.type, MemRefType)
        }
        return effects


class LinalgSpeculatability(ConditionallySpeculatable):
    """On tensors, as speculatable as the region's ops. MLIR: getGenericSpeculatabilityImpl."""

    @classmethod
    @override
    def is_speculatable(cls, op: Operation) -> bool:
        on_tensors = not any(isinstance(value.type, MemRefType) for value in op.operands)
        return on_tensors and RecursivelySpeculatable.is_speculatable(op)


# --- Verification --------------------------------------------------------------------------------------------------------


def verify_structured(op: LinalgOp) -> None:
    """Checks maps, iterators, shapes, the region's arguments and the results against each other."""
    if not op.body_region().blocks:
        raise VerifyException("expects to have 1 region with 1 block")
    operands = (*op.input_operands(), *op.output_operands())
    maps, loops = op.maps(), len(op.iterators())
    if len(maps) != len(operands):
        raise VerifyException(
            f"expected the number of indexing_map ({len(maps)}) to be equal to the number of input/output operands "
            f"({len(operands)})"
        )
    for index, (operand, map_) in enumerate(zip(operands, maps, strict=True)):
        _verify_map(index, map_, loops, len(shape_of(operand.type) or ()))
    _verify_shapes(operands, maps, loops)
    _verify_region_arguments(op, operands)
    verify_destination_style(op, op.output_operands())


def _verify_map(index: int, map_: AffineMap, loops: int, rank: int) -> None:
    if map_.num_symbols:
        raise VerifyException(f"unexpected symbols in indexing_map #{index}")
    if map_.num_dims != loops:
        raise VerifyException(f"expected indexing_map #{index} to have {loops} dim(s) to match the number of loops")
    if len(map_.results) != rank:
        raise VerifyException(
            f"expected operand rank ({rank}) to match the result rank of indexing_map #{index} ({len(map_.results)})"
        )


def loop_ranges(operands: Sequence[SSAValue], maps: Sequence[AffineMap], loops: int) -> list[int | None]:
    """Per loop, its number of iterations: that of the first dimension indexed by it alone; -1: dynamic; None: no such one."""
    ranges: list[int | None] = [None] * loops
    for operand, map_ in zip(operands, maps, strict=True):
        for size, expr in zip(shape_of(operand.type) or (), map_.results, strict=True):
            if isinstance(expr, AffineDimExpr) and ranges[expr.position] is None:
                ranges[expr.position] = size
    return ranges


def _verify_shapes(operands: Sequence[SSAValue], maps: Sequence[AffineMap], loops: int) -> None:
    ranges = loop_ranges(operands, maps, loops)
    if None in ranges:
        raise VerifyException("invalid indexing maps are non-invertible")
    if DYNAMIC_INDEX in ranges:
        return
    last = [size - 1 for size in ranges if size is not None]
    for index, (operand, map_) in enumerate(zip(operands, maps, strict=True)):
        for dim, (size, expr) in enumerate(zip(shape_of(operand.type) or (), map_.results, strict=True)):
            if size != DYNAMIC_INDEX:
                _verify_dimension(index, dim, size, expr, last)


def _verify_dimension(index: int, dim: int, size: int, expr: AffineExpr, last: Sequence[int]) -> None:
    ends = expr.eval([0] * len(last), []), expr.eval(last, [])
    if 0 in (size, *(end + 1 for end in last)):
        return
    if min(ends) < 0:
        raise VerifyException(f"unexpected result less than 0 at expression #{dim} in operand #{index}")
    inferred = max(ends) + 1
    exact = isinstance(expr, AffineDimExpr)
    if inferred != size if exact else inferred > size:
        relation = "be" if exact else "be greater than or equal to"
        raise VerifyException(
            f"inferred input/output operand #{index} has shape's dimension #{dim} to {relation} {inferred}, but found {size}"
        )


def _verify_region_arguments(op: LinalgOp, operands: Sequence[SSAValue]) -> None:
    block = op.body_region().blocks.first
    arguments = () if block is None else block.args
    if len(arguments) != len(operands):
        raise VerifyException(
            "expected as many non-induction variable region arguments as the number of input/output operands"
        )
    for index, (argument, operand) in enumerate(zip(arguments, operands, strict=True)):
        if argument.type != element_type(operand.type):
            raise VerifyException(
                f"expected type of bb argument #{index} ('{argument.type}') to match element or self type of the "
                f"corresponding operand ('{element_type(operand.type)}')"
            )


def verify_destination_style(op: Operation, outputs: Sequence[SSAValue]) -> None:
    """Checks that the results are as many and of the same types as the output tensors."""
    tensors = [value for value in outputs if isinstance(value.type, TensorType)]
    if len(op.results) != len(tensors):
        raise VerifyException(
            f"expected the number of tensor results ({len(op.results)}) to be equal to the number of output tensors "
            f"({len(tensors)})"
        )
    for index, (result, output) in enumerate(zip(op.results, tensors, strict=True)):
        if result.type != output.type:
            raise VerifyException(
                f"expected type of operand #{len(op.operands) - len(outputs) + index} ('{output.type}') to match type of "
                f"corresponding result ('{result.type}')"
            )


# --- Text ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operands:
    """`ins(…) outs(…)`, resolved."""

    inputs: Sequence[SSAValue]
    outputs: Sequence[SSAValue]

    def element_types(self) -> list[Attribute]:
        """The types of the region's arguments."""
        return [element_type(value.type) for value in (*self.inputs, *self.outputs)]


def parse_group(parser: Parser, keyword: str) -> Sequence[SSAValue]:
    """Reads `keyword(%a, %b : type, type)`, or nothing."""
    if parser.parse_optional_keyword(keyword) is None:
        return ()
    position = parser.pos
    with parser.in_parens():
        position = parser.pos if keyword == "ins" else position
        unresolved: Sequence[UnresolvedOperand] = (
            parser.parse_optional_undelimited_comma_separated_list(
                parser.parse_optional_unresolved_operand, parser.parse_unresolved_operand
            )
            or ()
        )
        parser.parse_punctuation(":")
        types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        return parser.resolve_operands(unresolved, types, position)


def parse_ins_outs(parser: Parser) -> Operands:
    """Reads `ins(%a : type) outs(%b : type)`; each may be missing."""
    inputs = parse_group(parser, "ins")
    return Operands(inputs, parse_group(parser, "outs"))


def print_group(printer: Printer, keyword: str, values: Sequence[SSAValue]) -> None:
    """Prints ` keyword(%a, %b : type, type)`, or nothing where there are no values."""
    if not values:
        return
    printer.print_string(f" {keyword}(")
    printer.print_list(values, printer.print_operand)
    printer.print_string(" : ")
    printer.print_list([value.type for value in values], printer.print_attribute)
    printer.print_string(")")


def print_ins_outs(printer: Printer, op: LinalgOp) -> None:
    """Prints ` ins(…) outs(…)`."""
    print_group(printer, "ins", op.input_operands())
    print_group(printer, "outs", op.output_operands())
