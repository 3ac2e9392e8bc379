"""Loops whose iterations run in any order. Fields are named as in MLIR's AffineOps.td, the source of all facts here and AffineOps.cpp."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, cast

from typing_extensions import override
from xdsl.dialects.builtin import (
    AffineMapAttr,
    ArrayAttr,
    DenseIntOrFPElementsAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
    Signedness,
    StringAttr,
    TensorType,
    i32,
    i64,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.ir.affine import AffineConstantExpr, AffineMap
from xdsl.irdl import AnyAttr, IRDLOperation, prop_def, region_def, traits_def, var_operand_def, var_result_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import RecursivelySpeculatable, RecursiveMemoryEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.affine.maps import result_texts
from iree_explorer.dialects.affine.regions import YieldOp
from iree_explorer.dialects.affine.symbols import verify_dims_and_symbols
from iree_explorer.dialects.arith.atomics import ATOMIC_RMW_KINDS
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.assembly.mlir_parser import MLIRParser
from iree_explorer.ir.assembly.region_syntax import (
    parse_optional_arrow_types,
    parse_region_with_terminator,
    print_loop_body,
)
from iree_explorer.ir.attribute_constraints import I64_ARRAY, AttributeIs
from iree_explorer.ir.attribute_parts import raise_unexpected_number, raise_wrong_kind
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import is_float

_OF_FLOATS = frozenset(("addf", "maximumf", "maxnumf", "minimumf", "minnumf", "mulf"))
_OTHER_SIGN = {
    **dict.fromkeys(("maxs", "mins"), Signedness.UNSIGNED),
    **dict.fromkeys(("maxu", "minu"), Signedness.SIGNED),
}
"""Reduction → of which signedness its integers may not be."""


def _is_groups(attribute: Attribute) -> bool:
    return isinstance(attribute, DenseIntOrFPElementsAttr) and attribute.get_element_type() == i32


def _are_reductions(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(
        isinstance(kind, IntegerAttr) and kind.type == i64 and 0 <= kind.value.data < len(ATOMIC_RMW_KINDS)
        for kind in cast("ArrayAttr[Attribute]", attribute).data
    )


_GROUPS = AttributeIs("32-bit signless integer elements attribute", _is_groups, stored=DenseIntOrFPElementsAttr)
_KINDS = AttributeIs("Reduction ops", _are_reductions, stored=ArrayAttr)


class Bounds(NamedTuple):
    """Where the counters begin, or end.

    Attributes:
        side: `lower` or `upper`.
        word: `max` or `min`, which of the results in a group counts.
        map: its results, those of a group in a row.
        groups: how many results each counter's group has.
        operands: of the map.
    """

    side: str
    word: str
    map: AffineMap
    groups: Sequence[int]
    operands: Sequence[SSAValue]


@irdl_op_definition
class ParallelOp(IRDLOperation, CustomAssemblyFormat):
    """A band of loops. Each counter begins at the greatest of a group of results of one map and ends below the least of another's.

    The operands are those of the lower bounds' map and then those of the upper bounds'.
    """

    name = "affine.parallel"
    reductions = prop_def(_KINDS)
    lower_bounds_map = prop_def(AffineMapAttr, prop_name="lowerBoundsMap")
    lower_bounds_groups = prop_def(_GROUPS, prop_name="lowerBoundsGroups")
    upper_bounds_map = prop_def(AffineMapAttr, prop_name="upperBoundsMap")
    upper_bounds_groups = prop_def(_GROUPS, prop_name="upperBoundsGroups")
    steps = prop_def(I64_ARRAY)
    map_operands = var_operand_def(IndexType())
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    traits = traits_def(SingleBlockImplicitTerminator(YieldOp), RecursiveMemoryEffect(), RecursivelySpeculatable())

    @property
    def bounds(self) -> tuple[Bounds, Bounds]:
        """The lower bounds and the upper ones."""
        lower, upper = self.lower_bounds_map.data, self.upper_bounds_map.data
        first = lower.num_dims + lower.num_symbols
        return (
            Bounds("lower", "max", lower, _numbers(self.lower_bounds_groups), self.map_operands[:first]),
            Bounds("upper", "min", upper, _numbers(self.upper_bounds_groups), self.map_operands[first:]),
        )

    @override
    def verify_(self) -> None:
        arguments, steps = len(self.region.block.args), len(_numbers(self.steps))
        lower, upper = (len(bounds.groups) for bounds in self.bounds)
        if not lower == upper == steps == arguments:
            raise VerifyException(
                f"the number of region arguments ({arguments}) and the number of map groups for lower ({lower}) "
                f"and upper bound ({upper}), and the number of steps ({steps}) must all match"
            )
        for bounds in self.bounds:
            if 0 in bounds.groups:
                raise VerifyException(f"expected {bounds.side} bound map to have at least one result")
            if len(bounds.map.results) != (wanted := sum(bounds.groups)):
                raise VerifyException(f"expected {bounds.side} bounds map to have {wanted} results")
        kinds = _numbers(self.reductions)
        if len(kinds) != len(self.results):
            raise VerifyException("a reduction must be specified for each output")
        if not all(_joins(ATOMIC_RMW_KINDS[kind], type_) for kind, type_ in zip(kinds, self.result_types, strict=True)):
            raise VerifyException("result type cannot match reduction attribute")
        for bounds in self.bounds:
            verify_dims_and_symbols(self, bounds.operands, bounds.map.num_dims)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> ParallelOp:
        assert isinstance(parser, MLIRParser)
        counters = parser.parse_comma_separated_list(
            parser.Delimiter.PAREN, lambda: parser.parse_argument(expect_type=False)
        )
        parser.parse_punctuation("=")
        lower_map, lower, lower_groups = parser.parse_grouped_map_of_values("max")
        if parser.parse_optional_keyword("to") is None:
            parser.raise_error(f"custom op '{cls.name}' expected 'to'")
        upper_map, upper, upper_groups = parser.parse_grouped_map_of_values("min")
        steps = _parse_steps(parser) if parser.parse_optional_keyword("step") else [1] * len(counters)
        kinds: Sequence[int] = ()
        if parser.parse_optional_keyword("reduce"):
            kinds = parser.parse_comma_separated_list(parser.Delimiter.PAREN, lambda: _parse_reduction(parser))
        types = parse_optional_arrow_types(parser)
        region = parse_region_with_terminator(parser, YieldOp, [each.resolve(IndexType()) for each in counters])
        return cls.build(
            operands=[(*lower, *upper)],
            result_types=[types],
            regions=[region],
            properties={
                "reductions": _array(kinds),
                "lowerBoundsMap": AffineMapAttr(lower_map),
                "lowerBoundsGroups": _groups(lower_groups),
                "upperBoundsMap": AffineMapAttr(upper_map),
                "upperBoundsGroups": _groups(upper_groups),
                "steps": _array(steps),
            },
            attributes=parser.parse_optional_attr_dict(),
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" (")
        printer.print_list(self.region.block.args, printer.print_ssa_value)
        lower, upper = (_bounds_text(printer, bounds) for bounds in self.bounds)
        printer.print_string(f") = ({lower}) to ({upper})")
        steps = _numbers(self.steps)
        if any(step != 1 for step in steps):
            printer.print_string(f" step ({', '.join(map(str, steps))})")
        if self.results:
            kinds = ", ".join(f'"{ATOMIC_RMW_KINDS[kind]}"' for kind in _numbers(self.reductions))
            printer.print_string(f" reduce ({kinds}) -> (")
            printer.print_list(self.result_types, printer.print_attribute)
            printer.print_string(")")
        print_loop_body(printer, self.region, gives_values=bool(self.results))
        print_attr_dict(printer, self, {})


def _joins(kind: str, type_: Attribute) -> bool:
    """Whether a reduction is of values of a type. # MLIR: AffineOps.cpp, isResultTypeMatchAtomicRMWKind."""
    if kind == "assign":
        return True
    if kind in _OF_FLOATS:
        return is_float(type_)
    return isinstance(type_, IntegerType) and type_.signedness.data is not _OTHER_SIGN.get(kind)


def _numbers(attribute: Attribute) -> list[int]:
    if isinstance(attribute, DenseIntOrFPElementsAttr):
        return [int(number) for number in attribute.get_values()]
    return [number.value.data for number in cast("ArrayAttr[IntegerAttr]", attribute).data]


def _array(numbers: Sequence[int]) -> ArrayAttr[IntegerAttr]:
    return ArrayAttr([IntegerAttr(number, i64) for number in numbers])


def _groups(sizes: Sequence[int]) -> DenseIntOrFPElementsAttr:
    return DenseIntOrFPElementsAttr.from_list(TensorType(i32, [len(sizes)]), sizes)


def _parse_steps(parser: MLIRParser) -> list[int]:
    map_, _, _ = parser.parse_grouped_map_of_values("")
    steps = [result.value for result in map_.results if isinstance(result, AffineConstantExpr)]
    if len(steps) != len(map_.results):
        parser.raise_error(f"custom op '{ParallelOp.name}' steps must be constant integers", parser.op_offset)
    return steps


def _parse_reduction(parser: Parser) -> int:
    """Reads a reduction's name in quotes; returns its number."""
    place = parser.pos
    attribute = parser.parse_attribute()
    if not isinstance(attribute, StringAttr):
        raise_unexpected_number(parser, place, attribute)
        raise_wrong_kind(parser, place)
    if attribute.data not in ATOMIC_RMW_KINDS:
        parser.raise_error(f"custom op '{ParallelOp.name}' invalid reduction value: {attribute}", place)
    return ATOMIC_RMW_KINDS.index(attribute.data)


def _bounds_text(printer: Printer, bounds: Bounds) -> str:
    """`%a, max(%b, symbol(%c))`."""
    results = iter(result_texts(printer, bounds.map, bounds.operands))
    groups = [list(islice(results, size)) for size in bounds.groups]
    return ", ".join(group[0] if len(group) == 1 else f"{bounds.word}({', '.join(group)})" for group in groups)
